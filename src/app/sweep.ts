import { dueAfter, type Due } from '../kit/deadlines.ts';
import { platformId } from '../kit/ids.ts';
import { lane, type Lane } from '../kit/lane.ts';
import { instant, type Instant } from '../kit/time.ts';
import { isLostConnection, reader, type Db, type Tx } from '../kit/tx.ts';
import { holdBack } from '../rules/calendar.actions.ts';
import type { Log } from './log.ts';

/**
 * What a kind of deadline does when it has come: locks the things, looks again, and clears or moves each deadline (kit/deadlines) in the
 * same transaction. `due` are different things. It may be called twice for one deadline, and with one that is no longer due.
 */
export type DeadlineAction = (tx: Tx, due: readonly Due[]) => Promise<void>;
export type DeadlineTable = Readonly<Record<string, DeadlineAction>>;

export type Failure = { what: string; about: string; error: string };
export type Swept = { fired: Record<string, number>; failed: Failure[] };

export type Sweep = {
  /** Fires everything that is due, in order of due time, until nothing is left that has not been tried. */
  run(): Promise<Swept>;
  /** Deadlines whose action failed and that wait to be tried again. */
  failing(): Failure[];
  readonly whats: readonly string[];
};

const batchMax = 500;
const firstPause_ms = 2_000;
const longestPause_ms = 600_000;

type Trouble = Failure & { attempts: number; notBefore: Instant };

/** One sweep per process; any number of processes may sweep one database, since firing twice is harmless. */
export function openSweep(db: Db, table: DeadlineTable, log: Log): Sweep {
  const lanes = new Map(Object.entries(table).map(([what, act]) => [what, laneOf(db, what, act)]));
  const whats = [...lanes.keys()];
  const troubles = new Map<string, Trouble>();
  const passes = { db, lanes, whats, troubles, log };
  let running: Promise<Swept> | undefined;
  return {
    // Two callers in one process share a run, and the second looks once more: what fell due meanwhile is its own concern.
    run: async () => {
      if (running) await running.catch(() => undefined);
      running ??= sweep(passes).finally(() => (running = undefined));
      return running;
    },
    failing: () => [...troubles.values()].map(({ what, about, error }) => ({ what, about, error })),
    whats,
  };
}

// One batch at a time, so that a second deadline of one thing never overtakes its first.
const laneOf = (db: Db, what: string, act: DeadlineAction): Lane<Due, null> =>
  lane<Due, null>({
    name: `deadline ${what}`,
    db,
    batchMax,
    inFlightMax: 1,
    run: async (tx, due) => {
      await act(tx, due);
      return due.map(() => null);
    },
  });

type Passes = {
  db: Db;
  lanes: ReadonlyMap<string, Lane<Due, null>>;
  whats: readonly string[];
  troubles: Map<string, Trouble>;
  log: Log;
};

const keyOf = (due: Due): string => `${due.what} ${due.about} ${due.shopId}`;

/** Passes from the oldest to the newest, again as long as a pass found something that had not been tried in this run. */
async function sweep(passes: Passes): Promise<Swept> {
  const tried = new Set<string>();
  const swept: Swept = { fired: {}, failed: [] };
  if (passes.whats.length === 0) return swept;
  for (;;) {
    const before = tried.size;
    await pass(passes, tried, swept);
    if (tried.size === before) return swept;
  }
}

async function pass(passes: Passes, tried: Set<string>, swept: Swept): Promise<void> {
  let after = { dueAt: instant(0), about: platformId, what: '' };
  for (;;) {
    const on = await reader(passes.db);
    const due = await dueAfter(on, { now: on.business, whats: passes.whats, after, limit: batchMax });
    const batch = untilRepeated(due);
    const last = batch.at(-1);
    if (!last) return;
    const untried = batch.filter((one) => isFresh(passes, tried, one, on.wall));
    // A declared outage that this deadline does not hold yet moves it; it is not due.
    const fresh = await holdBack(passes.db, untried);
    for (const one of untried) tried.add(`${keyOf(one)} ${one.dueAt}`);
    const from = performance.now();
    for (const [what, group] of Map.groupBy(fresh, (one) => one.what)) await fire(passes, what, group, swept);
    // Of a great many that fall due at once, ordinary work gets every other moment.
    if (due.length === batchMax) await new Promise((rest) => setTimeout(rest, performance.now() - from));
    after = last;
  }
}

/** The rows up to where a thing comes a second time: its next deadline waits for its first. */
export function untilRepeated<D extends Due>(due: readonly D[]): D[] {
  const seen = new Set<string>();
  const list: D[] = [];
  for (const one of due) {
    if (seen.has(one.about)) break;
    seen.add(one.about);
    list.push(one);
  }
  return list;
}

function isFresh({ troubles }: Passes, tried: Set<string>, due: Due, wall: Instant): boolean {
  if (tried.has(`${keyOf(due)} ${due.dueAt}`)) return false;
  const trouble = troubles.get(keyOf(due));
  return !trouble || trouble.notBefore <= wall;
}

/** Gives one kind to its action; a row that fails is put aside and tried again later, the others go on. */
async function fire(passes: Passes, what: string, due: readonly Due[], swept: Swept): Promise<void> {
  const at = passes.lanes.get(what);
  if (!at) return;
  const results = await Promise.allSettled(due.map((one) => at.submit(one)));
  for (const [index, result] of results.entries()) {
    const one = due[index] as Due;
    if (result.status === 'fulfilled') {
      passes.troubles.delete(keyOf(one));
      swept.fired[what] = (swept.fired[what] ?? 0) + 1;
    } else if (isLostConnection(result.reason)) throw result.reason;
    else swept.failed.push(putAside(passes, one, result.reason));
  }
}

function putAside({ troubles, db, log }: Passes, due: Due, error: unknown): Failure {
  const attempts = (troubles.get(keyOf(due))?.attempts ?? 0) + 1;
  const pause_ms = Math.min(longestPause_ms, firstPause_ms * 2 ** (attempts - 1));
  const failure = { what: due.what, about: due.about, error: sentenceOf(error) };
  troubles.set(keyOf(due), { ...failure, attempts, notBefore: instant(db.wall.now() + pause_ms) });
  log.error({ error, what: due.what, about: due.about, attempts }, 'a deadline failed');
  return failure;
}

export const sentenceOf = (error: unknown): string =>
  (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 300);
