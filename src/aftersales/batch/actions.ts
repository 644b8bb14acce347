import { must } from '../../kit/assert.ts';
import { faultPoint } from '../../kit/fault.ts';
import { newId } from '../../kit/ids.ts';
import { fen } from '../../kit/money.ts';
import { publish, type Delivered } from '../../kit/outbox.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { plus } from '../../kit/time.ts';
import { reader, send, transaction, type Db, type Tx } from '../../kit/tx.ts';
import type { Viewer } from '../../kit/viewer.ts';
import { cureListings, pauseListings } from '../../catalog/pause.actions.ts';
import { recordNext } from '../../evidence/actions.ts';
import { param } from '../../rules/rules.ts';
import { applyMoves, hears, seenFrom } from '../actions.ts';
import type { Judgment } from '../desk.rules.ts';
import { holdCases, refundable, type File } from '../held.actions.ts';
import type { CaseRefusal } from '../refusals.contract.ts';
import type { Move } from '../rules.ts';
import { emptyDocket } from '../write.actions.ts';
import type { GroupState } from './machine.ts';
import {
  applyFinding,
  decideDissolve,
  decideFind,
  decideSignGroup,
  isAlarm,
  isBatchFault,
  isGroup,
  type GroupFacts,
} from './rules.ts';
import {
  holdWatch,
  insertGroup,
  insertGroupStep,
  insertMembers,
  insertSubject,
  insertWords,
  leaveGroupRow,
  lockGroup,
  memberOf,
  noteOutcomes,
  openGroupOf,
  waitingMembers,
  writeGroup,
  writeWatch,
} from './store.ts';
import { casesAbout, membersShown, soldOf, stoppedBatches, subjectsOf } from './views.ts';

type Subject = Awaited<ReturnType<typeof subjectsOf>>[number];

/** case.file: each case about quality is counted with the others about its batch. Counting one twice is harmless. */
export async function watchBatches(db: Db, news: readonly Delivered[]): Promise<void> {
  const filed = news.flatMap((one) => one.body.about.map((id, i) => ({ id, shop: one.body.shops[i] ?? '' })));
  const found = await subjectsOf(await reader(db), {
    viewerShops: filed.map((one) => one.shop),
    ids: filed.map((one) => one.id),
  });
  for (const subject of found.filter((one) => isBatchFault(one.reason)))
    await transaction(db, (tx) => watch(tx, subject));
}

/** Counts one case: rings once for a batch (article 9), and brings the cases together when there are enough (article 28). */
async function watch(tx: Tx, p: Subject): Promise<void> {
  const { shopId, subjectId, listingId, rulebook } = p;
  const [held] = await holdWatch(tx, { shopId, subjectId, listingId });
  await insertSubject(tx, { shopId, caseId: p.caseId, listingId, subjectId, at: p.filedAt });
  const since = plus(tx.business, { days: -param(rulebook, 'BATCH_WITHIN') });
  const about = await casesAbout(tx, { shopId, viewerSubject: subjectId, since });
  const [{ sold } = { sold: 0 }] = await soldOf(tx, { shopId, viewerSubject: subjectId });
  const rings = held?.alarmedAt === null && isAlarm(rulebook, { cases: about.length, sold });
  const suspended = rings ? await alarm(tx, p, { cases: about.length, sold }) : false;
  send(
    tx,
    writeWatch(tx, {
      shopId,
      subjectId,
      cases: about.length,
      sold,
      alarmed: rings ? tx.business : null,
      suspended,
    }),
  );
  faultPoint('aftersales.batch.after-watch');
  if (isGroup(rulebook, about.length))
    await gather(
      tx,
      p,
      about.filter((one) => one.open),
    );
}

/** The sale of the rest stops until the platform lets it go on, and the shop and the staff hear of it. */
async function alarm(tx: Tx, p: Subject, seen: { cases: number; sold: number }): Promise<boolean> {
  const { shopId, listingId, subjectId } = p;
  const stopped = await pauseListings(tx, [{ shopId, listingId, cause: 'batch', facts: { ...seen } }]);
  await recordNext(tx, [
    {
      shopId,
      about: subjectId,
      kind: 'batch.alarm',
      actor: 'system',
      keyOwner: null,
      body: {
        listing: listingId,
        article: '9',
        cases: seen.cases,
        sold: seen.sold,
        suspended: String(stopped.length > 0),
      },
    },
  ]);
  send(tx, publish(tx, [{ event: 'case.batch_alarm', about: [p.caseId], shops: [shopId], data: seen }]));
  return stopped.length > 0;
}

type Open = { readonly caseId: string; readonly buyerId: string };
async function gather(tx: Tx, p: Subject, open: readonly Open[]): Promise<void> {
  const { shopId, subjectId, listingId, rulebook } = p;
  const [first] = open;
  if (!first) return;
  const [group] = await openGroupOf(tx, { shopId, subjectId });
  const groupId = group?.id ?? newId(tx.wall);
  if (!group) {
    send(
      tx,
      insertGroup(tx, {
        shopId,
        groupId,
        listingId,
        subjectId,
        rulebook,
        representativeId: first.buyerId,
        at: tx.business,
      }),
    );
    noteStep(
      tx,
      { shopId, groupId },
      { step: 1, from: 'none', event: 'open', to: 'open', byId: null, text: '' },
    );
  }
  await insertMembers(tx, { shopId, groupId, cases: open.map((one) => one.caseId), at: tx.business });
  const joined = group ? [p.caseId] : open.map((one) => one.caseId);
  send(tx, publish(tx, [{ event: 'case.grouped', about: joined, shops: joined.map(() => shopId) }]));
}

type Step = {
  step: number;
  from: GroupState;
  event: string;
  to: GroupState;
  byId: string | null;
  text: string;
};
const noteStep = (tx: Tx, key: { shopId: string; groupId: string }, p: Step): void =>
  send(
    tx,
    insertGroupStep(tx, { ...key, ...p, by: p.byId ? 'operator' : 'system', article: '28', at: tx.business }),
  );

type Of = { readonly groupId: string; readonly viewer: Viewer };
type Answered = Result<{ groupId: string; state: GroupState }, CaseRefusal>;

/** One move of the staff about a group: locks it, decides, writes the step; a decision is news, and the finding reaches the cases from there. */
async function atGroup(
  tx: Tx,
  p: Of,
  decide: (facts: GroupFacts) => ReturnType<typeof decideFind>,
  what: { finding?: Judgment; text: string },
): Promise<Answered> {
  const [group] = hears(p.viewer) ? await lockGroup(tx, { groupId: p.groupId }) : [];
  if (!group) return refuse('GROUP_NOT_FOUND');
  const { shopId, id: groupId } = group;
  const members = (await membersShown(tx, { shopId, viewerGroup: groupId })).filter((one) => !one.left);
  const byId = must(p.viewer.userId, 'staff has an id');
  const decided = decide({
    group,
    byId,
    now: tx.business,
    involved:
      p.viewer.shops.some((one) => one.shopId === shopId) ||
      members.some((one) => p.viewer.buyerIds.includes(one.buyerId)),
    asked: members.filter((one) => one.outcome === null).map((one) => one.asked),
  });
  if (!decided.ok) return decided;
  const { event, to } = decided.value;
  const finding = what.finding ? { ...what.finding, amount: null, byId } : group.finding;
  const steps = group.steps + 1;
  noteStep(tx, { shopId, groupId }, { step: steps, from: group.state, event, to, byId, text: what.text });
  send(
    tx,
    writeGroup(tx, {
      shopId,
      groupId,
      state: to,
      steps,
      finding,
      proposedBy: event === 'propose' ? byId : to === 'open' ? null : group.proposedBy,
      representativeId: group.representativeId,
      decided: to === 'decided' ? tx.business : null,
    }),
  );
  faultPoint('aftersales.batch.after-decision');
  if (to === 'decided')
    send(tx, publish(tx, [{ event: 'caseGroup.decided', about: [groupId], shops: [shopId] }]));
  return done({ groupId, state: to });
}

/** One finding for all cases of a group (F129). */
export const findGroup = (tx: Tx, p: Of & { judged: Judgment }): Promise<Answered> =>
  atGroup(tx, p, (facts) => decideFind(facts, p.judged), { finding: p.judged, text: '' });
export const signGroup = (tx: Tx, p: Of & { agrees: boolean; text: string }): Promise<Answered> =>
  atGroup(tx, p, (facts) => decideSignGroup(facts, p.agrees), { text: p.text });
export const dissolveGroup = (tx: Tx, p: Of & { text: string }): Promise<Answered> =>
  atGroup(tx, p, decideDissolve, { text: p.text });

/** What an alarm stopped is on sale again, for a reason that stays in evidence (article 9). Whoever works in the shop may not. */
export async function resumeBatch(
  tx: Tx,
  p: { readonly listingId: string; readonly viewer: Viewer; readonly text: string },
): Promise<Result<{ listingId: string }, CaseRefusal>> {
  const { listingId, viewer } = p;
  const [stopped] = hears(viewer) ? await stoppedBatches(tx, { viewerListing: listingId }) : [];
  if (!stopped) return refuse('BATCH_NOT_STOPPED');
  const { shopId } = stopped;
  if (viewer.shops.some((one) => one.shopId === shopId)) return refuse('CONFLICT_OF_INTEREST');
  const cured = await cureListings(tx, [{ shopId, listingId, cause: 'batch' }]);
  if (cured.length === 0) return refuse('BATCH_NOT_STOPPED');
  const body = { article: '9', by: must(viewer.userId, 'staff has an id'), text: p.text };
  await recordNext(tx, [
    { shopId, about: listingId, kind: 'batch.resumed', actor: 'operator', keyOwner: null, body },
  ]);
  return done({ listingId });
}

const chunk = 20;

/** caseGroup.decided: the finding reaches every case that waits for it, some at a time. A second run finds nothing left to do. */
export async function applyGroups(db: Db, news: readonly Delivered[]): Promise<void> {
  for (const groupId of news.flatMap((one) => one.body.about))
    while ((await transaction(db, (tx) => applySome(tx, groupId))) > 0);
}

/** Brings a finding to the next cases, each under its lock, so that what settled one meanwhile stands. Answers how many it looked at. */
export async function applySome(tx: Tx, groupId: string): Promise<number> {
  const [group] = await lockGroup(tx, { groupId });
  if (group?.state !== 'decided') return 0;
  const { shopId } = group;
  const waiting = await waitingMembers(tx, { shopId, groupId, limit: chunk });
  if (waiting.length === 0) return 0;
  const files = await holdCases(
    tx,
    waiting.map((one) => one.caseId),
  );
  const { byId, ...judged } = group.finding as unknown as Judgment & { byId: string };
  const applied = [...files.values()].map((file) => ({
    file,
    ...applyFinding(file.case, { groupId, byId, judged, refundable: refundable(file), now: tx.business }),
  }));
  const fresh = await noteOutcomes(tx, {
    shopId,
    groupId,
    cases: applied.map((one) => one.file.case.id),
    outcomes: applied.map((one) => one.outcome),
    at: tx.business,
  });
  const reached = new Set(fresh.map((row) => row.caseId));
  const moves = applied.flatMap((one): { file: File; move: Move }[] =>
    one.outcome === 'found' && reached.has(one.file.case.id) ? [{ file: one.file, move: one.move }] : [],
  );
  await applyMoves(tx, emptyDocket(), moves);
  faultPoint('aftersales.batch.after-finding');
  return waiting.length;
}

type OfCase = { readonly caseId: string; readonly viewer: Viewer };

/** The group in which a buyer's case waits, with the case held: whoever leaves and whoever finds come one after the other. */
async function asMember(tx: Tx, p: OfCase) {
  const seen = await seenFrom(tx, p.viewer, p.caseId);
  if (seen?.side !== 'buyer') return undefined;
  // A group is locked before its cases, as a finding does.
  const [at] = await memberOf(tx, { shopId: seen.shopId, caseId: p.caseId });
  const [group] = at ? await lockGroup(tx, at) : [];
  if (!group) return undefined;
  await holdCases(tx, [p.caseId]);
  const [still] = await memberOf(tx, { shopId: seen.shopId, caseId: p.caseId });
  return still ? { group, buyerId: seen.buyerId } : undefined;
}

/** A buyer takes a case out of its group, before the finding; it goes on by itself. */
export async function leaveGroup(tx: Tx, p: OfCase): Promise<Result<{ caseId: string }, CaseRefusal>> {
  const at = await asMember(tx, p);
  if (!at || at.group.state === 'decided') return refuse('GROUP_OVER');
  const { shopId, id: groupId } = at.group;
  await leaveGroupRow(tx, { shopId, caseId: p.caseId, at: tx.business });
  const rest = (await membersShown(tx, { shopId, viewerGroup: groupId })).filter((one) => !one.left);
  const next = rest.find((one) => one.buyerId === at.group.representativeId) ?? rest[0];
  if (next && next.buyerId !== at.group.representativeId)
    send(
      tx,
      writeGroup(tx, { ...at.group, groupId, representativeId: next.buyerId, decided: at.group.decidedAt }),
    );
  send(tx, publish(tx, [{ event: 'case.ungrouped', about: [p.caseId], shops: [shopId] }]));
  return done({ caseId: p.caseId });
}

/** The representative says something for all of them, which the desk and the other members read. */
export async function speakForGroup(
  tx: Tx,
  p: OfCase & { text: string },
): Promise<Result<{ caseId: string }, CaseRefusal>> {
  const at = await asMember(tx, p);
  if (!at || at.group.state === 'decided') return refuse('GROUP_OVER');
  if (at.group.representativeId !== at.buyerId) return refuse('NOT_REPRESENTATIVE');
  const { shopId, id: groupId } = at.group;
  const byId = must(p.viewer.userId, 'a buyer has an id');
  send(tx, insertWords(tx, { shopId, groupId, byId, text: p.text, at: tx.business }));
  await recordNext(tx, [
    {
      shopId,
      about: groupId,
      kind: 'caseGroup.said',
      actor: `buyer:${byId}`,
      keyOwner: byId,
      body: { text: p.text },
    },
  ]);
  return done({ caseId: p.caseId });
}

export const groupTotal = (members: readonly { asked: bigint; outcome: string | null; left: boolean }[]) =>
  fen(members.filter((one) => !one.left && one.outcome === null).reduce((sum, one) => sum + one.asked, 0n));
