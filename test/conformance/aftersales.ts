import { attachFile, exhibitsFrom } from '../../src/aftersales/exhibits/actions.ts';
import { enterHold } from '../../src/aftersales/outside/hold.actions.ts';
import { enterRequest } from '../../src/aftersales/outside/lawful.actions.ts';
import { endRecording, startRecording, takeChunk } from '../../src/aftersales/recording/actions.ts';
import { recordExternal } from '../../src/aftersales/outside/pack.actions.ts';
import { must } from '../../src/kit/assert.ts';
import { newId } from '../../src/kit/ids.ts';
import { encodeId } from '../../src/kit/public-id.ts';
import { transaction, type Db } from '../../src/kit/tx.ts';
import { decideProposed, noteSignals, propose } from '../../src/risk/actions.ts';
import { openTickets } from '../../src/risk/tickets.actions.ts';
import { buyerOf, filed, staffer, type Bought } from '../cases.ts';
import type { TestDatabase } from '../database.ts';
import { buyers } from '../world.ts';

/** The first bytes of a WebM file as Chromium records it. */
const webmHead = Buffer.from(
  '1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581021853806701ffffffffffffff',
  'hex',
);

/** A group of cases, with the buyer's. */
export async function grouped(
  { asOwner }: TestDatabase,
  p: { shopId: string; caseId: string; buyerId: string },
): Promise<string> {
  const id = '01900000-0000-7000-8000-00000000c0a5';
  await asOwner(
    `insert into aftersales.case_groups (shop_id, id, listing_id, subject_id, state, rulebook, representative_id, opened_at)
     select l.shop_id, $1, l.listing_id, l.listing_id, 'open', '1.0.0', $4, c.filed_at from aftersales.cases c join orders.lines l on l.shop_id = c.shop_id and l.order_id = c.order_id and l.number = c.line where c.shop_id = $2 and c.id = $3`,
    [id, p.shopId, p.caseId, p.buyerId],
  );
  await asOwner(
    `insert into aftersales.case_group_members (shop_id, group_id, case_id, joined_at) select shop_id, $1, id, filed_at from aftersales.cases where shop_id = $2 and id = $3`,
    [id, p.shopId, p.caseId],
  );
  return encodeId('caseGroup', id);
}

/** A measure about the buyer that is in force, and a ticket about the shop. */
export async function watched({ db, asOwner }: TestDatabase, p: { buyerId: string; shopId: string }) {
  const evidence = {
    subjectId: p.buyerId,
    side: 'buyer' as const,
    kind: 'own_use' as const,
    ref: 'x',
    evidence: {},
  };
  await transaction(db, (tx) => noteSignals(tx, [evidence]));
  const [signal] = await asOwner('select id from risk.signals where subject_id = $1', [p.buyerId]);
  const [one, other] = [await staffer(db, 'risk'), await staffer(db, 'risk')];
  const wish = {
    viewer: one,
    side: evidence.side,
    subjectId: p.buyerId,
    step: 'notice' as const,
    reasons: 'for the test',
  };
  const proposed = await transaction(db, (tx) => propose(tx, { ...wish, signals: [String(signal?.['id'])] }));
  if (!proposed.ok) throw new Error(proposed.refusal);
  const { measureId } = proposed.value;
  await transaction(db, (tx) => decideProposed(tx, { viewer: other, measureId, agrees: true, text: 'seen' }));
  const [ticketId] = await transaction(db, (tx) =>
    openTickets(tx, [{ kind: 'unreachable', subjectId: p.shopId, ref: 'x', facts: {} }]),
  );
  return {
    measureId: encodeId('measure', measureId),
    ticketId: encodeId('ticket', must(ticketId, 'a ticket')),
  };
}

/** What was taken outside of an order, and what authorities ordered about it. */
export async function outsideOf(db: Db, { buyerId, orderId }: { buyerId: string; orderId: string }) {
  const by = {
    authority: '法院',
    kind: 'court' as const,
    number: '1',
    documentHash: Buffer.alloc(32),
    byId: newId(db.wall.now()),
  };
  return transaction(db, async (tx) => {
    const until = tx.business;
    const taken = { orderId, kind: '12315' as const, number: '1', authority: '12315', filedAt: until };
    const record = await recordExternal(tx, buyerOf(buyerId), taken);
    const about = { ...by, scope: 'order' as const };
    const hold = await enterHold(tx, { ...about, subjectId: orderId, reason: '保全', until, secret: true });
    const subject = encodeId('order', orderId);
    const span = { fromAt: null, toAt: null, dueAt: until };
    const request = await enterRequest(tx, { ...about, ...span, basis: 'x', asked: 'x', subject });
    if (!record.ok || !hold.ok || !request.ok) throw new Error('the doors of the world were refused');
    return {
      recordId: encodeId('externalRecord', record.value.recordId),
      holdId: encodeId('legalHold', hold.value.holdId),
      requestId: encodeId('lawfulRequest', request.value.requestId),
    };
  });
}

/** A recording of the buyer, ended. */
export async function recorded(
  db: Db,
  { buyerId, orderId }: { buyerId: string; orderId: string },
): Promise<string> {
  const viewer = buyerOf(buyerId);
  const started = await transaction(db, (tx) => startRecording(tx, viewer, { orderId, source: 'screen' }));
  if (!started.ok) throw new Error(started.refusal);
  const named = { orderId, recordingId: started.value.id };
  const file = new File([new Uint8Array(webmHead)], 'piece');
  const piece = await takeChunk(db, viewer, { ...named, number: 1, file });
  const ended = await endRecording(db, viewer, named);
  if (!piece.ok || !ended.ok) throw new Error('a recording was refused');
  return encodeId('recording', named.recordingId);
}

/** A case of the buyer with a file as its first exhibit. */
export async function claimed(db: Db, one: Bought): Promise<string> {
  const kept = await attachFile(db, buyerOf(one.buyerId), {
    orderId: one.orderId,
    file: new File(['log'], 'log.txt'),
  });
  if (!kept.ok) throw new Error(kept.refusal);
  const shown = { kind: 'other' as const, caption: '', text: '', formedAt: null };
  const wished = [{ ...shown, fileId: kept.value.fileId, redactedId: null }];
  const exhibits = await transaction(db, (tx) =>
    exhibitsFrom(tx, { orderId: one.orderId, side: 'buyer', wished }),
  );
  if (!exhibits.ok) throw new Error(exhibits.refusal);
  return filed(db, one, { exhibits: exhibits.value });
}

/** Somebody sits in a jury about the case. */
export async function juror(
  { db, asOwner }: TestDatabase,
  p: { shopId: string; caseId: string },
): Promise<string> {
  const [userId = ''] = await buyers(db, 1);
  const at = new Date(db.wall.now());
  await asOwner(
    `insert into aftersales.tribunals (shop_id, case_id, kind, state, seats, after_seq, tokens, people, list_sha256, asked_at)
     values ($1, $2, 'jury', 'sealing', 17, 1, '{x}', array[$3::uuid], sha256('x'), $4)`,
    [p.shopId, p.caseId, userId, at],
  );
  await asOwner(
    `insert into aftersales.seats (shop_id, case_id, kind, user_id, rank, state, seated_at) values ($1, $2, 'jury', $3, 1, 'seated', $4)`,
    [p.shopId, p.caseId, userId, at],
  );
  return userId;
}
