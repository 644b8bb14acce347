import { clearDeadlines, setDeadlines, type Due } from '../../kit/deadlines.ts';
import { faultPoint } from '../../kit/fault.ts';
import { must } from '../../kit/assert.ts';
import { publish } from '../../kit/outbox.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { instant, type Instant } from '../../kit/time.ts';
import { send, type Tx } from '../../kit/tx.ts';
import { versionsOf } from '../../catalog/versions.actions.ts';
import { recordNext } from '../../evidence/actions.ts';
import type { Json } from '../../evidence/leaf.rules.ts';
import { ownOrder, ownOrders } from '../../orders/actions.ts';
import { dueBy } from '../../rules/rules.ts';
import { deliverLines, failLines, holdLines, startLines, type HeldLater } from '../line.actions.ts';
import { isOpen, type LaterLine } from '../line.rules.ts';
import type { Carrier, ParcelRefusal } from './contract.ts';
import type { ParcelEvent, ParcelState } from './machine.ts';
import {
  answersKept,
  decideParcel,
  decideRefusal,
  follow,
  isTracking,
  missingFrom,
  onItsWay,
  standsStill,
  type Answers,
  type Missing,
  type Parcel,
  type Track,
} from './rules.ts';
import { insertCheck, insertClaim, insertTracks, putParcel, readParcels } from './store.ts';
import { photosOf } from './views.ts';

type At = { readonly shopId: string; readonly orderId: string; readonly line: number };
type Shop = At & { readonly userId: string };
/** A buyer's wish: which of their orders it is, is looked up. */
type Mine = {
  readonly orderId: string;
  readonly line: number;
  readonly userId: string;
  readonly buyerIds: readonly string[];
};
type Held = { readonly held: HeldLater; readonly line: LaterLine; readonly parcel: Parcel | undefined };
type Answer = Result<{ state: ParcelState }, ParcelRefusal>;

async function hold(tx: Tx, at: At): Promise<Held | undefined> {
  const held = (await holdLines(tx, [{ shopId: at.shopId, id: at.orderId }])).get(at.orderId);
  const line = held?.later.find((one) => one.line === at.line && one.mode === 'shipping');
  if (!held || !line) return undefined;
  const parcels = await readParcels(tx, at);
  return { held, line, parcel: parcels.find((one) => one.line === at.line) };
}

async function holdMine(tx: Tx, mine: Mine): Promise<(Held & { parcel: Parcel; at: At }) | undefined> {
  const key = ownOrder(await ownOrders(tx, [mine]), mine);
  const at = key && { shopId: key.shopId, orderId: key.id, line: mine.line };
  if (!at) return undefined;
  const found = await hold(tx, at);
  return found?.parcel ? { ...found, parcel: found.parcel, at } : undefined;
}

const aboutOf = ({ shopId, orderId }: At) => ({ shopId, about: orderId });

/** The clocks of the parcels of an order: how long one may stand still, and how long a shop may leave a refusal unanswered (article 13). */
async function setClocks(tx: Tx, { order }: HeldLater): Promise<void> {
  const about = { shopId: order.shopId, about: order.id };
  const parcels = await readParcels(tx, { shopId: order.shopId, orderId: order.id });
  const first = (times: readonly Instant[]): Instant | undefined =>
    times.length === 0 ? undefined : instant(Math.min(...times));
  const starts = {
    'parcel.still': first(
      parcels.filter(({ state }) => state === 'shipped' || state === 'in_transit').map((one) => one.movedAt),
    ),
    'parcel.answer': first(
      parcels.flatMap((one) => (one.state === 'refused' && one.refusedAt !== null ? [one.refusedAt] : [])),
    ),
  };
  const params = { 'parcel.still': 'PARCEL_STILL', 'parcel.answer': 'REFUSED_ANSWER' } as const;
  for (const what of ['parcel.still', 'parcel.answer'] as const) {
    const startAt = starts[what];
    if (startAt === undefined) send(tx, clearDeadlines(tx, [{ ...about, what }]));
    else {
      const { dueAt } = dueBy(order.rulebook, params[what], startAt);
      const article = '13';
      send(
        tx,
        setDeadlines(tx, [
          { ...about, what, dueAt, startAt, article, version: order.rulebook, clock: 'elapsed' as const },
        ]),
      );
    }
  }
}

/** Writes a parcel, its clocks, the fact for evidence, and the news of its new state. */
async function write(
  tx: Tx,
  held: HeldLater,
  parcel: Parcel,
  fact: { kind: ParcelEvent; actor: string; body?: Readonly<Record<string, Json>> },
): Promise<void> {
  await putParcel(tx, parcel);
  await setClocks(tx, held);
  faultPoint('delivery.parcel.after-row');
  await recordNext(tx, [
    {
      ...aboutOf(parcel),
      kind: `delivery.parcel_${fact.kind}`,
      actor: fact.actor,
      keyOwner: held.order.buyerId,
      body: {
        line: parcel.line,
        state: parcel.state,
        carrier: parcel.carrier,
        tracking: parcel.tracking,
        ...fact.body,
      },
    },
  ]);
  send(
    tx,
    publish(tx, [
      {
        event: `parcel.${parcel.state}`,
        about: [parcel.orderId],
        shops: [parcel.shopId],
        data: { line: parcel.line },
      },
    ]),
  );
}

/** Enters carrier and number: the promise to send it is kept with that. Entering it again corrects it until something has happened. */
export async function ship(tx: Tx, p: Shop & { carrier: Carrier; tracking: string }): Promise<Answer> {
  const found = await hold(tx, p);
  if (!found) return refuse('PARCEL_NOT_FOUND');
  const tracking = p.tracking.toUpperCase();
  if (!isTracking(tracking)) return refuse('TRACKING_INVALID');
  const { held, line, parcel } = found;
  if (!isOpen(line) || (parcel && !onItsWay(parcel.state))) return refuse('PARCEL_CLOSED');
  const now = tx.business;
  if (!parcel) {
    await startLines(tx, [
      { shopId: p.shopId, orderId: p.orderId, line: p.line, by: 'merchant', byId: p.userId },
    ]);
    faultPoint('delivery.parcel.after-start');
  }
  const shipped: Parcel = {
    shopId: p.shopId,
    orderId: p.orderId,
    line: p.line,
    state: 'shipped',
    carrier: p.carrier,
    tracking,
    shippedAt: parcel?.shippedAt ?? now,
    shippedBy: p.userId,
    // Correcting a number is no movement.
    movedAt: parcel?.movedAt ?? now,
    askedAt: now,
    signedAt: null,
    refusedAt: null,
    refusedWhy: '',
    answeredAt: null,
    returnedAt: null,
    endedAt: null,
  };
  await write(tx, held, shipped, { kind: 'ship', actor: `merchant:${p.userId}` });
  return done({ state: 'shipped' });
}

/** What follows for the line: a signature is the delivery, and what was paid back is not delivered any more. */
async function settle(
  tx: Tx,
  parcel: Parcel,
  by: { by: 'system' | 'merchant'; byId: string | null },
): Promise<void> {
  const at = { shopId: parcel.shopId, orderId: parcel.orderId, line: parcel.line };
  const proof = { carrier: parcel.carrier, tracking: parcel.tracking, signedAt: parcel.signedAt };
  if (parcel.state === 'signed') await deliverLines(tx, [{ ...at, ...by, proof }]);
  if (parcel.state === 'refunded')
    await failLines(tx, [
      { ...at, ...by, reason: parcel.refusedAt === null ? 'lost' : 'refused', article: '13' },
    ]);
  faultPoint('delivery.parcel.after-line');
}

const system = { by: 'system', byId: null } as const;

/** What a carrier said about a parcel that is still open. Saying it again changes nothing. */
export async function heard(tx: Tx, at: At, tracks: readonly Track[]): Promise<ParcelState | undefined> {
  const found = await hold(tx, at);
  if (!found?.parcel || found.parcel.endedAt !== null) return found?.parcel?.state;
  const { held, parcel } = found;
  const fresh = tracks.filter((one) => one.at >= parcel.shippedAt && one.at <= tx.business);
  await insertTracks(tx, { ...at, list: fresh, at: tx.business });
  const after = { ...follow(parcel, fresh, tx.business), askedAt: tx.business };
  if (after.state === parcel.state) {
    await putParcel(tx, after);
    await setClocks(tx, held);
    return after.state;
  }
  await settle(tx, after, system);
  const kind = after.state === 'signed' ? 'sign' : after.state === 'refunded' ? 'return' : 'move';
  await write(tx, held, after, { kind, actor: `carrier:${parcel.carrier}` });
  return after.state;
}

/** One step of the buyer that needs nothing but the parcel's state. */
const buyers =
  (event: 'sign' | 'give_up') =>
  async (tx: Tx, mine: Mine): Promise<Answer> => {
    const found = await holdMine(tx, mine);
    if (!found) return refuse('PARCEL_NOT_FOUND');
    const after = decideParcel(found.parcel, event, 'buyer', tx.business);
    if (!after) return refuse('PARCEL_CLOSED');
    await settle(tx, after, system);
    await write(tx, found.held, after, { kind: event, actor: `buyer:${mine.userId}` });
    return done({ state: after.state });
  };
/** The buyer has it, where the carrier has not said so. Refuses PARCEL_NOT_FOUND, PARCEL_CLOSED. */
export const sign = buyers('sign');
/** It stands still, and the buyer wants the money back (article 13). Refuses PARCEL_NOT_FOUND, PARCEL_CLOSED. */
export const giveUp = buyers('give_up');

async function known(tx: Tx, at: At, photos: readonly string[]): Promise<Buffer[] | undefined> {
  const rows = await photosOf(tx, { shopId: at.shopId, viewerOrder: at.orderId });
  const own = new Set(rows.filter((row) => row.line === at.line).map((row) => row.sha256.toString('hex')));
  return photos.every((sha) => own.has(sha)) ? photos.map((sha) => Buffer.from(sha, 'hex')) : undefined;
}

/** The buyer refused it at the door, with photos (F023). Refuses PARCEL_NOT_FOUND, PARCEL_CLOSED, PHOTO_NEEDED, PHOTO_UNKNOWN. */
export async function refuseParcel(
  tx: Tx,
  mine: Mine & { why: string; photos: readonly string[] },
): Promise<Answer> {
  const found = await holdMine(tx, mine);
  if (!found) return refuse('PARCEL_NOT_FOUND');
  const photos = await known(tx, found.at, mine.photos);
  if (!photos) return refuse('PHOTO_UNKNOWN');
  const decided = decideRefusal(found.parcel, photos.length, tx.business);
  if (!decided.ok) return decided;
  const after = { ...decided.value, refusedWhy: mine.why };
  await write(tx, found.held, after, {
    kind: 'refuse',
    actor: `buyer:${mine.userId}`,
    body: { reason: 'REFUSED_DELIVERY', why: mine.why, photos: [...mine.photos] },
  });
  return done({ state: after.state });
}

/** The shop refunds a refused parcel now, or waits until it is back. Refuses PARCEL_NOT_FOUND, PARCEL_CLOSED. */
export async function answerRefusal(tx: Tx, p: Shop & { refund: boolean }): Promise<Answer> {
  const found = await hold(tx, p);
  if (!found?.parcel) return refuse('PARCEL_NOT_FOUND');
  const event = p.refund ? 'concede' : 'answer';
  const after = decideParcel(found.parcel, event, 'merchant', tx.business);
  if (!after) return refuse('PARCEL_CLOSED');
  await settle(tx, after, { by: 'merchant', byId: p.userId });
  await write(tx, found.held, after, { kind: event, actor: `merchant:${p.userId}` });
  return done({ state: after.state });
}

/** Deadline parcel.still: no movement for so long; the buyer may give it up. Deadline parcel.answer: the shop was silent about a refusal. */
export const fireParcels = async (tx: Tx, due: readonly Due[]): Promise<void> => {
  for (const one of due) {
    const at = { shopId: one.shopId, orderId: one.about };
    const held = (await holdLines(tx, [{ shopId: at.shopId, id: at.orderId }])).get(at.orderId);
    const parcels = held ? await readParcels(tx, at) : [];
    for (const parcel of parcels) await fireOne(tx, must(held, 'an order with parcels is held'), parcel, one);
    if (held) await setClocks(tx, held);
    else send(tx, clearDeadlines(tx, [{ shopId: one.shopId, about: one.about, what: one.what }]));
  }
};

async function fireOne(tx: Tx, held: HeldLater, parcel: Parcel, due: Due): Promise<void> {
  const { rulebook } = held.order;
  const until =
    due.what === 'parcel.still'
      ? dueBy(rulebook, 'PARCEL_STILL', parcel.movedAt).dueAt
      : parcel.state === 'refused' && parcel.refusedAt !== null
        ? dueBy(rulebook, 'REFUSED_ANSWER', parcel.refusedAt).dueAt
        : undefined;
  if (until === undefined || tx.business < until) return;
  if (due.what === 'parcel.still' && !standsStill(parcel, until, tx.business)) return;
  const event = due.what === 'parcel.still' ? 'still' : 'lapse';
  const after = decideParcel(parcel, event, 'clock', tx.business);
  if (!after) return;
  await settle(tx, after, system);
  await write(tx, held, after, { kind: event, actor: 'clock' });
}

/**
 * What the buyer looked at (F022, F025): kept beside the parcel and in evidence, with the hashes of the photos; of an unboxing what the
 * listing of the order gives back for what is missing. Refuses PARCEL_NOT_FOUND, PHOTO_UNKNOWN.
 */
export async function check(
  tx: Tx,
  mine: Mine & { stage: 'signoff' | 'unboxing'; answers: Answers; photos: readonly string[] },
): Promise<Result<Missing, ParcelRefusal>> {
  const found = await holdMine(tx, mine);
  if (!found) return refuse('PARCEL_NOT_FOUND');
  const photos = await known(tx, found.at, mine.photos);
  if (!photos) return refuse('PHOTO_UNKNOWN');
  const bought = must(
    found.held.lines.find((one) => one.number === mine.line),
    'a later line was bought',
  );
  const [version] = await versionsOf(tx, [bought]);
  const parts = must(version, 'a line has its version').content.parcel?.parts ?? [];
  const answers = answersKept(mine.stage, mine.answers, parts.length);
  const missing =
    mine.stage === 'unboxing'
      ? missingFrom(answers, { ...bought, parts })
      : missingFrom({}, { ...bought, parts: [] });
  await insertCheck(tx, {
    ...found.at,
    stage: mine.stage,
    answers,
    photos,
    suggested: missing.suggested,
    byId: mine.userId,
    at: tx.business,
  });
  await recordNext(tx, [
    {
      ...aboutOf(found.at),
      kind: `delivery.parcel_${mine.stage}`,
      actor: `buyer:${mine.userId}`,
      keyOwner: found.held.order.buyerId,
      body: {
        line: mine.line,
        answers: { ...answers },
        photos: [...mine.photos],
        suggested: missing.suggested.toString(),
        reasons: [...missing.reasons],
      },
    },
  ]);
  return done(missing);
}

/** A shop's claim against its carrier: a fact of the order. Nothing of the buyer's waits for it (F024). Refuses PARCEL_NOT_FOUND. */
export async function claimCarrier(
  tx: Tx,
  p: Shop & { claimNo: string; note: string },
): Promise<Result<{ number: number }, ParcelRefusal>> {
  const found = await hold(tx, p);
  if (!found?.parcel) return refuse('PARCEL_NOT_FOUND');
  const [made] = await insertClaim(tx, { ...p, byId: p.userId, at: tx.business });
  const { number } = must(made, 'the claim that was entered');
  await recordNext(tx, [
    {
      ...aboutOf(p),
      kind: 'delivery.parcel_carrier_claim',
      actor: `merchant:${p.userId}`,
      keyOwner: found.held.order.buyerId,
      body: { line: p.line, carrier: found.parcel.carrier, claimNo: p.claimNo, number },
    },
  ]);
  return done({ number });
}
