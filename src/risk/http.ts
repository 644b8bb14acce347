import { decodeId, encodeId } from '../kit/public-id.ts';
import { done, refuse } from '../kit/result.ts';
import { serve } from '../kit/route.ts';
import { plus } from '../kit/time.ts';
import { reader, transaction, type Tx } from '../kit/tx.ts';
import type { Viewer } from '../kit/viewer.ts';
import { must } from '../kit/assert.ts';
import { versionAt } from '../rules/terms.rules.ts';
import {
  appealMeasure,
  decideProposed,
  frozenShops,
  hearAppeal,
  propose,
  restrictionsOf,
} from './actions.ts';
import { riskContract } from './contract.ts';
import { binds, freshSignals, stepFor, unrestricted, windowStart, type Measure } from './rules.ts';
import { stepTicket } from './tickets.actions.ts';
import {
  healthOf,
  inspectionsOpen,
  measuresOf,
  measuresWaiting,
  namesOf,
  pausesNow,
  penaltiesPublished,
  scoreOf,
  scoresOf,
  signalsOf,
  stepsOfMeasures,
  subjectsWithNews,
  ticketsNow,
} from './views.ts';
import type { Side } from './words.contract.ts';

const atOnce = 100;
const isStaff = (viewer: Viewer): boolean => viewer.staff.length > 0;
const uuidOf = (side: Side, id: string): string | undefined =>
  decodeId(side === 'buyer' ? 'user' : 'shop', id);
const publicOf = (side: Side, id: string): string => encodeId(side === 'buyer' ? 'user' : 'shop', id);

/** All that is on record about one subject: what was found, and measures with their steps, from the newest. */
async function recordOf(on: Tx, subjects: readonly string[]) {
  const [measures, steps, ...found] = await Promise.all([
    measuresOf(on, { viewerSubjects: subjects }),
    stepsOfMeasures(on, { viewerSubjects: subjects }),
    ...subjects.map((viewerSubject) => signalsOf(on, { viewerSubject })),
  ]);
  const version = versionAt(on.business);
  const signals = found.flat();
  const side = signals[0]?.side ?? 'buyer';
  const fresh = new Set(
    freshSignals(side, signals, measures, { version, now: on.business }).map((one) => one.id),
  );
  const shown = signals.map((one) => ({ ...one, fresh: fresh.has(one.id) }));
  return {
    side,
    raw: { measures, signals },
    signals: shown,
    measures: measures.map((one) => ({
      ...one,
      measureId: one.id,
      binds: binds(one, on.business),
      signals: shown.filter((signal) => one.signals.includes(signal.id)),
      steps: steps.filter((step) => step.measureId === one.id).map((step) => ({ ...step, by: step.byKind })),
    })),
  };
}

/** Whom it is about sees what was confirmed, and never who the officers are. */
const forSubject = <M extends Pick<Measure, 'startsAt'>>(measures: readonly M[]): M[] =>
  measures.filter((one) => one.startsAt !== null);

/** An officer had a part in it, so that somebody else decides next. */
const hadPart = (one: Pick<Measure, 'state' | 'proposedBy' | 'confirmedBy'>, viewer: Viewer): boolean =>
  one.proposedBy === viewer.userId || (one.state !== 'proposed' && one.confirmedBy === viewer.userId);

async function scoreNow(on: Tx, shopId: string): Promise<number> {
  const since = windowStart('merchant', versionAt(on.business), on.business);
  return (await scoreOf(on, { viewerShop: shopId, since }))[0]?.score ?? 100;
}

const healthHours = 24;
/** What the listing was called when it paused. */
const titleOf = (one: { facts: Readonly<Record<string, unknown>> }): string =>
  typeof one.facts['title'] === 'string' ? one.facts['title'] : '';

export const riskRoutes = {
  mine: serve(riskContract.mine, async ({ db, viewer }) => {
    const on = await reader(db);
    const subjects = viewer.buyerIds;
    const [record, limits] = await Promise.all([recordOf(on, subjects), restrictionsOf(on, subjects)]);
    return done({
      measures: forSubject(record.measures),
      restrictions: [...limits.values()][0] ?? unrestricted,
    });
  }),
  appeal: serve(riskContract.appeal, ({ db, viewer }, { measureId, reasons }) =>
    transaction(db, (tx) =>
      appealMeasure(tx, {
        subjects: viewer.buyerIds,
        userId: must(viewer.userId, 'an account has an id'),
        measureId,
        text: reasons,
      }),
    ),
  ),
  ofShop: serve(riskContract.ofShop, async ({ db }, { shopId }) => {
    const on = await reader(db);
    const [record, score, scores, pauses, frozen, tickets, health] = await Promise.all([
      recordOf(on, [shopId]),
      scoreNow(on, shopId),
      scoresOf(on, { viewerShop: shopId }),
      pausesNow(on, { viewerShop: shopId, limit: atOnce }),
      frozenShops(on, [shopId]),
      ticketsNow(on, { viewerShop: shopId, limit: atOnce }),
      healthOf(on, { viewerShop: shopId, since: plus(on.business, { hours: -healthHours }) }),
    ]);
    return done({
      score,
      scores,
      measures: forSubject(record.measures),
      pauses: pauses.map((one) => ({ ...one, title: titleOf(one) })),
      frozen: frozen.has(shopId),
      tickets,
      health,
    });
  }),
  appealForShop: serve(riskContract.appealForShop, ({ db, viewer }, { shopId, measureId, reasons }) =>
    transaction(db, (tx) =>
      appealMeasure(tx, {
        subjects: [shopId],
        userId: must(viewer.userId, 'an owner has an id'),
        measureId,
        text: reasons,
      }),
    ),
  ),
  published: serve(riskContract.published, async ({ db }, { limit }) =>
    done({ penalties: await penaltiesPublished(await reader(db), { limit }) }),
  ),
  queue: serve(riskContract.queue, async ({ db, viewer }) => {
    const on = await reader(db);
    const since = windowStart('merchant', versionAt(on.business), on.business);
    const [tickets, measures, subjects, pauses, inspections] = await Promise.all([
      ticketsNow(on, { viewerShop: null, limit: atOnce }),
      measuresWaiting(on, { viewerStaff: isStaff(viewer), limit: atOnce }),
      subjectsWithNews(on, { viewerStaff: isStaff(viewer), since, limit: atOnce }),
      pausesNow(on, { viewerShop: null, limit: atOnce }),
      inspectionsOpen(on, { viewerStaff: isStaff(viewer), limit: atOnce }),
    ]);
    const ids = [...tickets, ...measures, ...subjects].map((one) => one.subjectId);
    const names = await namesOf(on, {
      viewerStaff: isStaff(viewer),
      ids: [...new Set([...ids, ...pauses.map((one) => one.shopId)])],
    });
    const nameOf = (id: string): string => names.find((one) => one.id === id)?.name ?? '';
    return done({
      tickets: tickets.map((one) => ({
        ...one,
        ticketId: one.id,
        name: nameOf(one.subjectId),
        subjectId: publicOf(one.kind === 'velocity' ? 'buyer' : 'merchant', one.subjectId),
        mine: one.proposedBy === viewer.userId,
      })),
      measures: measures.map((one) => ({
        ...one,
        measureId: one.id,
        name: nameOf(one.subjectId),
        subjectId: publicOf(one.side, one.subjectId),
        mine: hadPart(one, viewer),
      })),
      subjects: subjects.map((one) => ({
        ...one,
        name: nameOf(one.subjectId),
        subjectId: publicOf(one.side, one.subjectId),
      })),
      pauses: pauses.map((one) => ({
        ...one,
        title: titleOf(one),
        shopName: nameOf(one.shopId),
      })),
      inspections,
    });
  }),
  subject: serve(riskContract.subject, async ({ db, viewer }, { side, subjectId }) => {
    const id = uuidOf(side, subjectId);
    const on = await reader(db);
    if (id === undefined) return refuse('SUBJECT_NOT_FOUND');
    const record = await recordOf(on, [id]);
    const isShop = side === 'merchant';
    const [[named], score, frozen] = await Promise.all([
      namesOf(on, { viewerStaff: isStaff(viewer), ids: [id] }),
      isShop ? scoreNow(on, id) : null,
      frozenShops(on, [id]),
    ]);
    if (!named) return refuse('SUBJECT_NOT_FOUND');
    const { raw } = record;
    const next = stepFor(side, raw.signals, raw.measures, {
      version: versionAt(on.business),
      now: on.business,
    });
    return done({
      side,
      name: named.name,
      signals: record.signals,
      measures: record.measures.map((one) => ({ ...one, mine: hadPart(one, viewer) })),
      next,
      score,
      frozen: frozen.has(id),
    });
  }),
  propose: serve(riskContract.propose, async ({ db, viewer }, { subjectId, measure, ...wish }) => {
    const id = uuidOf(wish.side, subjectId);
    if (id === undefined) return refuse('SUBJECT_NOT_FOUND');
    return transaction(db, (tx) => propose(tx, { ...wish, viewer, subjectId: id, step: measure }));
  }),
  decide: serve(riskContract.decide, ({ db, viewer }, asked) =>
    transaction(db, (tx) => decideProposed(tx, { ...asked, viewer })),
  ),
  hear: serve(riskContract.hear, ({ db, viewer }, { reasons, ...asked }) =>
    transaction(db, (tx) => hearAppeal(tx, { ...asked, viewer, text: reasons })),
  ),
  ticket: serve(riskContract.ticket, ({ db, viewer }, asked) =>
    transaction(db, (tx) => stepTicket(tx, { ...asked, viewer })),
  ),
};
