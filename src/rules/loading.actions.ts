import { plus } from '../kit/time.ts';
import { reader, transaction, type Db, type Tx } from '../kit/tx.ts';
import { shipRules } from './actions.ts';
import { calendar as shippedCalendar } from './calendar.data.ts';
import { countWith } from './calendar.rules.ts';
import type { RuleBook } from './contract.ts';
import { pauseFor } from './outages.rules.ts';
import { hashOf, isPublic, shelve, shelved, type Shelved } from './shelf.rules.ts';
import { insertCalendar } from './calendar.store.ts';
import { bodiesOf, calendarsOf, livesOf, outagesSince } from './views.ts';

const texts = new Map<string, RuleBook>();
/** No limit that still runs began longer ago. */
const longestLimit = { days: 800 } as const;

/**
 * Makes what this process knows of rules, calendars and outages as new as the database. A text is fetched once, since its hash names it.
 * Called at the start, after each change made here, and every few seconds by every process (`keepRules`), so that no purchase asks.
 */
export async function loadRules(db: Db): Promise<void> {
  const on = await reader(db);
  const [lives, calendars, outages] = await Promise.all([
    livesOf(on),
    calendarsOf(on),
    outagesSince(on, { since: plus(on.business, { days: -longestLimit.days }) }),
  ]);
  const shown = lives.filter(({ state }) => isPublic(state));
  const known = new Map(shelved().map(({ book }) => [hashOf(book), book]));
  const unknown = shown.filter(({ sha256 }) => {
    const hash = sha256.toString('hex');
    return !known.has(hash) && !texts.has(hash);
  });
  const bodies =
    unknown.length > 0 ? await bodiesOf(on, { versions: unknown.map((one) => one.version) }) : [];
  for (const { body } of bodies) {
    const book = JSON.parse(body) as RuleBook;
    texts.set(hashOf(book), book);
  }
  shelve(
    shown.flatMap(({ sha256, ...life }): Shelved[] => {
      const hash = sha256.toString('hex');
      // A text that was changed between the two reads comes with the next look.
      const book = known.get(hash) ?? texts.get(hash);
      return book ? [{ book, life }] : [];
    }),
  );
  countWith(calendars[0]?.body ?? shippedCalendar);
  pauseFor(outages.map(({ id, from, to, zh, en }) => ({ id, from, to, reason: { zh, en } })));
}

/** The calendar that the program brings with it, as the first row. Repeating it changes nothing. */
const shipCalendar = (tx: Tx): Promise<unknown> =>
  insertCalendar(tx, {
    calendar: shippedCalendar,
    number: 1,
    byId: null,
    at: tx.business,
    recountFrom: null,
  });

/** What the program brings with it, rules and calendar, stands in the database beside what operators add. Repeating it changes nothing. */
export const shipAll = (db: Db): Promise<void> =>
  transaction(db, async (tx) => {
    await shipRules(tx);
    await shipCalendar(tx);
  });

const every_ms = 5000;

/** Loads now and again every few seconds, until it is ended. A look that fails (the database is away) is made good by the next. */
export async function keepRules(db: Db): Promise<{ stop: () => Promise<void> }> {
  await loadRules(db);
  let looking: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking.then(() => loadRules(db)).catch(() => undefined);
  }, every_ms);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await looking;
    },
  };
}
