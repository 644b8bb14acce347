import { firstKey, moveDeadlines, runningBetween, type OpenDeadline } from '../kit/deadlines.ts';
import { newId, platformId } from '../kit/ids.ts';
import { publish } from '../kit/outbox.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import type { Words } from '../kit/text.ts';
import { instant, plus, type Instant } from '../kit/time.ts';
import { reader, transaction, type Db, type Tx } from '../kit/tx.ts';
import type { CalendarRefusal } from './calendar.contract.ts';
import { calendar as shippedCalendar, type Calendar, type Year } from './calendar.data.ts';
import { coveredUntil, decideCalendar } from './calendar.rules.ts';
import {
  finishOutage,
  finishRecount,
  insertCalendar,
  insertOutage,
  lockNewestCalendar,
  takeOutage,
  takeRecount,
} from './calendar.store.ts';
import { recounted } from './explain.rules.ts';
import { loadRules } from './loading.actions.ts';
import { decideOutage, outagesNow, pausedTo } from './outages.rules.ts';
import { calendarsOf } from './views.ts';

/**
 * Publishes a calendar that adds a year, or says one anew, to the one before. Refuses days that cannot be. Deadlines that reach beyond what
 * was published before are computed again by the job (`recountSome`), and only ever become later.
 */
export async function loadCalendar(
  tx: Tx,
  p: { version: string; year: Year; byId: string },
): Promise<Result<{ version: string }, CalendarRefusal>> {
  const [newest] = await lockNewestCalendar(tx);
  const before = newest?.body ?? shippedCalendar;
  const decided = decideCalendar(before, p.version, p.year);
  if (!decided.ok) return decided;
  const isNew = !before.years.some(({ year }) => year === p.year.year);
  const made = await insertCalendar(tx, {
    calendar: decided.value,
    number: (newest?.number ?? 1) + 1,
    byId: p.byId,
    at: tx.business,
    recountFrom: isNew ? coveredUntil(before) : instant(Date.UTC(p.year.year, 0, 1)),
  });
  if (made === 0) return refuse('CALENDAR_KNOWN');
  const facts = { version: p.version, year: p.year.year };
  const about = [newId(tx.wall)];
  await publish(tx, [
    { event: 'platform.fact', about, shops: [platformId], data: { kind: 'rules.calendar', facts } },
  ]);
  return done({ version: p.version });
}

/** Declares an outage. Deadlines that run in it are moved by the job; one that falls due meanwhile is moved instead of fired (F186). */
export async function declareOutage(
  tx: Tx,
  p: { from: Instant; to: Instant; reason: Words; byId: string },
): Promise<Result<{ id: string }, CalendarRefusal>> {
  const decided = decideOutage(p, tx.business);
  if (!decided.ok) return decided;
  const id = newId(tx.wall);
  const { from, to, reason, byId } = p;
  await insertOutage(tx, { id, from, to, zh: reason.zh, en: reason.en, byId, at: tx.business });
  await publish(tx, [
    {
      event: 'platform.fact',
      about: [id],
      shops: [platformId],
      data: { kind: 'rules.outage', facts: { from, to } },
    },
  ]);
  return done({ id });
}

/** A version takes effect on the day it was announced for, whatever happens before. */
const mayMove = ({ what }: OpenDeadline): boolean => what !== 'rules.take_effect';

type Moved = { from: OpenDeadline; dueAt: Instant; paused: number };

/** Moves deadlines and tells whom they concern: the news says why and until when, for the order's page, its evidence and its people. */
async function moveAll(tx: Tx, moves: readonly Moved[], why: Words): Promise<number> {
  const moved = await moveDeadlines(tx, moves);
  const places = new Map(moves.map((one) => [keyOf(one.from), one]));
  const list = moved.flatMap((key) => places.get(keyOf(key)) ?? []);
  if (list.length === 0) return 0;
  await publish(tx, [
    {
      event: 'deadline.moved',
      about: list.map(({ from }) => from.about),
      shops: list.map(({ from }) => from.shopId),
      data: {
        why,
        moves: list.map(({ from, dueAt }) => ({
          about: from.about,
          what: from.what,
          article: from.article,
          from: from.dueAt,
          to: dueAt,
        })),
      },
    },
  ]);
  return list.length;
}

const keyOf = ({ shopId, about, what }: { shopId: string; about: string; what: string }): string =>
  `${shopId} ${about} ${what}`;

/** Deadlines that are due by their row but not by the outages that were declared: moved, and so not fired. Answers what may fire. */
export async function holdBack(db: Db, due: readonly OpenDeadline[]): Promise<OpenDeadline[]> {
  if (outagesNow().length === 0) return [...due];
  const moves = due.flatMap((from): Moved[] => {
    const to = mayMove(from) && pausedTo(from);
    return to ? [{ from, dueAt: to.dueAt, paused: to.paused }] : [];
  });
  if (moves.length === 0) return [...due];
  await transaction(db, (tx) => moveAll(tx, moves, outageWords));
  const held = new Set(moves.map(({ from }) => keyOf(from)));
  return due.filter((one) => !held.has(keyOf(one)));
}

const outageWords: Words = {
  zh: '平台故障期间不计入时限，已顺延',
  en: 'outages of the platform do not count; the time was extended',
};
const calendarWords: Words = {
  zh: '放假安排公布，时限已重算',
  en: 'the days off were published; the time was computed again',
};

const pageSize = 1000;

/** Goes through all running deadlines in pages of one transaction each; what was moved stays moved if it is cut off, and repeating is harmless. */
async function throughAll(
  db: Db,
  span: { from: Instant; to: Instant },
  why: Words,
  moveOf: (row: OpenDeadline) => Omit<Moved, 'from'> | undefined,
): Promise<number> {
  let after: Parameters<typeof runningBetween>[1]['after'] = firstKey;
  let count = 0;
  for (;;) {
    const rows = await runningBetween(await reader(db), { ...span, after, limit: pageSize });
    const moves = rows.flatMap((from): Moved[] => {
      const to = moveOf(from);
      return to ? [{ from, ...to }] : [];
    });
    if (moves.length > 0) count += await transaction(db, (tx) => moveAll(tx, moves, why));
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return count;
    after = last;
  }
}

/** Outages that are new: every deadline they lie in is moved. Two processes share the outages between them. */
export async function applyOutages(db: Db): Promise<number> {
  await loadRules(db);
  let count = 0;
  for (;;) {
    const next = await transaction(db, async (tx) => {
      const [outage] = await takeOutage(tx);
      if (!outage) return undefined;
      // The row stays locked while its deadlines are moved in transactions of their own, so that a process that dies leaves it to the next.
      count += await throughAll(db, outage, outageWords, (row) => pausedTo(row));
      await finishOutage(tx, { id: outage.id });
      return outage.id;
    });
    if (next === undefined) return count;
  }
}

/** Deadlines that reach beyond what was published before a calendar: computed again with the newest one, and never shortened (article 6). */
export async function recountAll(db: Db): Promise<number> {
  await loadRules(db);
  let count = 0;
  for (;;) {
    const next = await transaction(db, async (tx) => {
      const [one] = await takeRecount(tx);
      if (!one) return undefined;
      const before = await calendarBefore(db, one.version);
      const far = plus(tx.business, { days: 4000 });
      count += await throughAll(db, { from: one.recountFrom, to: far }, calendarWords, (row) =>
        recounted(row, before),
      );
      await finishRecount(tx, one);
      return one.version;
    });
    if (next === undefined) return count;
  }
}

async function calendarBefore(db: Db, version: string): Promise<Calendar> {
  const all = await calendarsOf(await reader(db));
  const at = all.findIndex((one) => one.version === version);
  return all[at + 1]?.body ?? shippedCalendar;
}
