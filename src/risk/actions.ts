import { clearDeadlines, setDeadlines, type Due } from '../kit/deadlines.ts';
import { newId, platformId } from '../kit/ids.ts';
import { publish } from '../kit/outbox.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { toJson } from '../kit/json.ts';
import { send, type Tx } from '../kit/tx.ts';
import type { Viewer } from '../kit/viewer.ts';
import { must } from '../kit/assert.ts';
import { recordNext } from '../evidence/actions.ts';
import { openBook } from '../ledger/actions.ts';
import { account } from '../ledger/rules.ts';
import { limitOf } from '../rules/rules.ts';
import { versionAt } from '../rules/terms.rules.ts';
import type { RiskRefusal } from './contract.ts';
import type { MeasureEvent, MeasureState } from './machine.ts';
import {
  articleOfMeasure,
  decideAppealMeasure,
  decideEnd,
  decideHear,
  decidePropose,
  decideSecond,
  restrictionsBy,
  scorePoints,
  unrestricted,
  type Measure,
  type NewSignal,
  type Restrictions,
  type ScoreKind,
} from './rules.ts';
import {
  insertMeasure,
  insertMeasureStep,
  insertScores,
  insertSignals,
  lockMeasures,
  lockMeasuresOf,
  writeMeasure,
} from './store.ts';
import { bindingOf, signalsOf, standingsNow } from './views.ts';
import type { MeasureStep, Side } from './words.contract.ts';

/** Notes facts about buyers and shops, each with what shows it; one that is known is not noted again. Answers how many are new. */
export async function noteSignals(tx: Tx, list: readonly NewSignal[]): Promise<number> {
  if (list.length === 0) return 0;
  const fresh = await insertSignals(tx, {
    subjects: list.map((one) => one.subjectId),
    ids: list.map(() => newId(tx.wall)),
    sides: list.map((one) => one.side),
    kinds: list.map((one) => one.kind),
    refs: list.map((one) => one.ref),
    evidences: list.map((one) => toJson(one.evidence)),
    at: tx.business,
  });
  if (fresh.length > 0)
    send(tx, publish(tx, [{ event: 'risk.signal', about: fresh.map((one) => one.subjectId) }]));
  return fresh.length;
}

/** What these buyers may less than others, by their ids; whoever has no measure is not limited and not in the map. */
export async function restrictionsOf(
  tx: Tx,
  buyerIds: readonly string[],
): Promise<Map<string, Restrictions>> {
  const rows = buyerIds.length > 0 ? await bindingOf(tx, { viewerBuyers: [...new Set(buyerIds)] }) : [];
  const bySubject = Map.groupBy(rows, (one) => one.subjectId);
  return new Map(
    [...bySubject].flatMap(([id, own]) => {
      const found = restrictionsBy(own, tx.business);
      return found === unrestricted ? [] : [[id, found] as const];
    }),
  );
}

/** Shops whose money does not leave the platform now: no release from escrow, no payout (articles 34, 47). */
export async function frozenShops(tx: Tx, shopIds: readonly string[]): Promise<Set<string>> {
  if (shopIds.length === 0) return new Set();
  const rows = await standingsNow(tx, { viewerShops: [...new Set(shopIds)] });
  return new Set(rows.filter((one) => one.frozen).map((one) => one.shopId));
}

/** Which of these shops may put nothing new on sale (articles 34, 36, 47). */
export async function newListingsStopped(tx: Tx, shopIds: readonly string[]): Promise<Set<string>> {
  if (shopIds.length === 0) return new Set();
  const rows = await standingsNow(tx, { viewerShops: [...new Set(shopIds)] });
  return new Set(rows.filter((one) => one.newStopped).map((one) => one.shopId));
}

/** Points for shops, in the transaction of what they are for (F117). The same cause counts once. */
export function addScores(tx: Tx, list: readonly { shopId: string; kind: ScoreKind; ref: string }[]): void {
  if (list.length === 0) return;
  send(
    tx,
    insertScores(tx, {
      shops: list.map((one) => one.shopId),
      kinds: list.map((one) => one.kind),
      refs: list.map((one) => one.ref),
      points: list.map((one) => scorePoints[one.kind]),
      at: tx.business,
    }),
  );
}

export type Answer = Result<{ measureId: string; state: MeasureState }, RiskRefusal>;

export const isInvolved = (viewer: Viewer, subjectId: string): boolean =>
  viewer.buyerIds.includes(subjectId) || viewer.shops.some((one) => one.shopId === subjectId);

const staffId = (viewer: Viewer): string => must(viewer.userId, 'staff has an id');

/** An officer proposes a measure on evidence; it binds nobody before a second one confirms it. */
export async function propose(
  tx: Tx,
  p: {
    viewer: Viewer;
    side: Side;
    subjectId: string;
    step: MeasureStep;
    signals: readonly string[];
    reasons: string;
  },
): Promise<Answer> {
  const measures = await lockMeasuresOf(tx, p);
  const signals = await signalsOf(tx, { viewerSubject: p.subjectId });
  if (signals.length === 0) return refuse('SUBJECT_NOT_FOUND');
  const version = versionAt(tx.business);
  const decided = decidePropose(p, {
    signals,
    measures,
    version,
    now: tx.business,
    involved: isInvolved(p.viewer, p.subjectId),
  });
  if (!decided.ok) return decided;
  const id = newId(tx.wall);
  const article = articleOfMeasure(p.side, 'propose');
  const byId = staffId(p.viewer);
  const written = await insertMeasure(tx, {
    subjectId: p.subjectId,
    id,
    side: p.side,
    step: p.step,
    signals: decided.value.fresh,
    reasons: p.reasons,
    articles: [article],
    rulebook: version,
    byId,
    at: tx.business,
  });
  // Somebody else proposed in the same moment: the first one stands.
  if (written === 0) return refuse('MEASURE_PENDING');
  const one = {
    id,
    subjectId: p.subjectId,
    side: p.side,
    step: p.step,
    steps: 1,
    state: 'proposed' as const,
  };
  await enterStep(tx, one, { from: 'none', event: 'propose', by: 'operator', byId, text: p.reasons });
  return done({ measureId: id, state: 'proposed' });
}

type Entered = Pick<Measure, 'id' | 'subjectId' | 'side' | 'step' | 'steps' | 'state'>;
type StepOf = {
  from: MeasureState;
  event: MeasureEvent;
  by: 'operator' | 'buyer' | 'merchant' | 'clock';
  byId: string | null;
  text: string;
};

/** One step of a measure: its row, its fact in the log, its news. The caller holds the measure. */
async function enterStep(tx: Tx, one: Entered, { from, event, by, byId, text }: StepOf): Promise<void> {
  const article = articleOfMeasure(one.side, event);
  send(
    tx,
    insertMeasureStep(tx, {
      subjectId: one.subjectId,
      measureId: one.id,
      step: one.steps,
      from,
      event,
      to: one.state,
      by,
      byId,
      article,
      text,
      at: tx.business,
    }),
  );
  await recordNext(tx, [
    {
      shopId: one.side === 'merchant' ? one.subjectId : platformId,
      about: one.id,
      kind: `risk.${event}`,
      actor: byId ? `${by}:${byId}` : by,
      keyOwner: one.side === 'buyer' ? one.subjectId : null,
      body: { step: one.step, from, to: one.state, article, text },
    },
  ]);
  send(
    tx,
    publish(tx, [
      {
        event: `risk.${event}`,
        about: [one.id],
        shops: one.side === 'merchant' ? [one.subjectId] : [],
        data: { side: one.side, step: one.step, subject: one.subjectId },
      },
    ]),
  );
}

async function move(tx: Tx, before: Measure, after: Measure, p: Omit<StepOf, 'from'>): Promise<Answer> {
  send(tx, writeMeasure(tx, after));
  await enterStep(tx, after, { ...p, from: before.state });
  return done({ measureId: after.id, state: after.state });
}

const deadlineKind = (one: Pick<Measure, 'side'>): string =>
  one.side === 'buyer' ? 'risk.measure_end' : 'risk.penalty_end';

/** The second person confirms or rejects (DESIGN 8). A penalty's points are written with it (F117), and it ends by a deadline. */
export async function decideProposed(
  tx: Tx,
  p: { viewer: Viewer; measureId: string; agrees: boolean; text: string },
): Promise<Answer> {
  const [one] = await lockMeasures(tx, { ids: [p.measureId] });
  if (!one) return refuse('MEASURE_NOT_FOUND');
  const byId = staffId(p.viewer);
  const decided = decideSecond(one, {
    agrees: p.agrees,
    byId,
    now: tx.business,
    involved: isInvolved(p.viewer, one.subjectId),
  });
  if (!decided.ok) return decided;
  const after = decided.value;
  // A release of this shop's money that is under way ends first, and the next one finds it frozen.
  if (after.step === 'ban') await openBook(tx, [account('available', after.subjectId)]);
  if (p.agrees) bring(tx, after);
  return move(tx, one, after, { event: p.agrees ? 'confirm' : 'reject', by: 'operator', byId, text: p.text });
}

/** What a measure brings when it begins. */
function bring(tx: Tx, one: Measure): void {
  if (one.endsAt !== null)
    send(
      tx,
      setDeadlines(tx, [
        {
          shopId: platformId,
          about: one.id,
          what: deadlineKind(one),
          dueAt: one.endsAt,
          startAt: tx.business,
          article: articleOfMeasure(one.side, 'end'),
          version: one.rulebook,
          clock: limitOf(one.rulebook, one.side === 'buyer' ? 'MEASURE_TERM' : 'PENALTY_WINDOW').clock,
        },
      ]),
    );
  if (one.step === 'warning' || one.step === 'ban')
    addScores(tx, [{ shopId: one.subjectId, kind: one.step, ref: one.id }]);
}

/** Whom it is about appeals; a measure of somebody else is not there. */
export async function appealMeasure(
  tx: Tx,
  p: { subjects: readonly string[]; userId: string; measureId: string; text: string },
): Promise<Answer> {
  const [one] = await lockMeasures(tx, { ids: [p.measureId] });
  if (!one || !p.subjects.includes(one.subjectId) || one.startsAt === null)
    return refuse('MEASURE_NOT_FOUND');
  const decided = decideAppealMeasure(one, tx.business);
  if (!decided.ok) return decided;
  const by = one.side === 'buyer' ? ('buyer' as const) : ('merchant' as const);
  return move(tx, one, decided.value, { event: 'appeal', by, byId: p.userId, text: p.text });
}

/** A third person hears the appeal. What is overturned is as if it had not been: no limit, no points. */
export async function hearAppeal(
  tx: Tx,
  p: { viewer: Viewer; measureId: string; upholds: boolean; text: string },
): Promise<Answer> {
  const [one] = await lockMeasures(tx, { ids: [p.measureId] });
  if (!one) return refuse('MEASURE_NOT_FOUND');
  const byId = staffId(p.viewer);
  const decided = decideHear(one, {
    upholds: p.upholds,
    byId,
    now: tx.business,
    involved: isInvolved(p.viewer, one.subjectId),
  });
  if (!decided.ok) return decided;
  if (!p.upholds) {
    send(tx, clearDeadlines(tx, [{ shopId: platformId, about: one.id, what: deadlineKind(one) }]));
    if (one.step === 'warning' || one.step === 'ban')
      addScores(tx, [{ shopId: one.subjectId, kind: `overturned_${one.step}`, ref: one.id }]);
  }
  return move(tx, one, decided.value, {
    event: p.upholds ? 'uphold' : 'overturn',
    by: 'operator',
    byId,
    text: p.text,
  });
}

/** Deadlines risk.measure_end and risk.penalty_end: measures whose time is over end by themselves. Firing again is harmless. */
export async function endMeasures(tx: Tx, due: readonly Due[]): Promise<void> {
  const rows = await lockMeasures(tx, { ids: due.map((one) => one.about) });
  for (const one of rows) {
    const after = decideEnd(one, tx.business);
    if (after) await move(tx, one, after, { event: 'end', by: 'clock', byId: null, text: '' });
  }
  await clearDeadlines(tx, due);
}
