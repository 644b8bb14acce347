import type pg from 'pg';
import { assert } from './assert.ts';
import { commitFaultPoint } from './fault.ts';
import { beginSoon, commit, isLostConnection, perDb, retried, type Db, type EarlyTx } from './tx.ts';

/**
 * Gathers the requests that are waiting (never waits for more) and runs them as one transaction: lock the facts of all in one order,
 * decide one after another in memory, apply all with set-based statements. Each caller gets its own answer after the commit.
 */
export type Lane<Q, A> = { submit(request: Q): Promise<A>; drained(): Promise<void>; waiting(): number };

/** More requests wait than the lane takes: answer 503 with Retry-After. */
export class LaneFull extends Error {
  override name = 'LaneFull';
}

export type LaneSettings<Q, A> = {
  name: string;
  db: Db;
  /** Answers in the order of the requests. Called again with the same requests after a deadlock, so it changes nothing but the database. */
  run: (tx: EarlyTx, requests: readonly Q[]) => Promise<readonly A[]>;
  /** `run` awaits `tx.begun` by itself before it looks at the business clock, so that its reads travel with the beginning. */
  early?: boolean;
  batchMax?: number;
  waitingMax?: number;
  inFlightMax?: number;
};

/**
 * How many must wait for a batch to begin beside none, one or two in flight. A batch has a price of its own whatever is in it, so a further
 * one is begun only when it is worth it: at half load the waiting gather while one commits, at full load three overlap.
 */
const worthFrom = [1, 16, 64] as const;

type Waiting<Q, A> = { request: Q; resolve: (answer: A) => void; reject: (error: unknown) => void };

export function lane<Q, A>(settings: LaneSettings<Q, A>): Lane<Q, A> {
  const { batchMax = 256, waitingMax = 5000, inFlightMax = worthFrom.length } = settings;
  let queue: Waiting<Q, A>[] = [];
  let inFlight = 0;
  let running = 0;
  let pendingStart = false;
  const idle: (() => void)[] = [];

  const start = (): void => {
    pendingStart = false;
    while (inFlight < inFlightMax && queue.length >= (worthFrom[inFlight] ?? 1)) {
      // An equal part for each batch in flight, so that one is decided while PostgreSQL writes another and commits a third.
      const size = Math.min(
        batchMax,
        Math.max(worthFrom[1], Math.ceil((queue.length + running) / inFlightMax)),
      );
      const batch = queue.slice(0, size);
      queue = queue.slice(size);
      inFlight++;
      running += batch.length;
      void runBatch(settings, batch).finally(() => {
        running -= batch.length;
        ended();
      });
    }
  };
  const ended = (): void => {
    inFlight--;
    if (queue.length > 0) soon();
    else if (inFlight === 0) for (const tell of idle.splice(0)) tell();
  };
  const soon = (): void => {
    if (pendingStart) return;
    pendingStart = true;
    setImmediate(start);
  };

  return {
    submit: (request) =>
      new Promise<A>((resolve, reject) => {
        if (queue.length >= waitingMax) return reject(new LaneFull(`${settings.name} is full`));
        queue.push({ request, resolve, reject });
        soon();
      }),
    drained: () =>
      queue.length === 0 && inFlight === 0 ? Promise.resolve() : new Promise((resolve) => idle.push(resolve)),
    waiting: () => queue.length,
  };
}

async function runBatch<Q, A>(settings: LaneSettings<Q, A>, batch: readonly Waiting<Q, A>[]): Promise<void> {
  try {
    const requests = batch.map((one) => one.request);
    const answers = await retried(settings.db, () => attemptBatch(settings, requests));
    batch.forEach((one, index) => one.resolve(answers[index] as A));
  } catch (error) {
    // A lost connection says nothing about any request, so nothing is repeated here: the caller repeats with the same key.
    if (batch.length === 1 || isLostConnection(error)) for (const one of batch) one.reject(error);
    else for (const one of batch) await runBatch(settings, [one]);
  }
}

async function attemptBatch<Q, A>(
  settings: LaneSettings<Q, A>,
  requests: readonly Q[],
): Promise<readonly A[]> {
  const client: pg.PoolClient = await settings.db.pool.connect();
  let broken: Error | undefined;
  try {
    const tx = beginSoon(settings.db, client);
    if (!settings.early) await tx.begun;
    const answers = await settings.run(tx, requests);
    assert(answers.length === requests.length, `${settings.name} answers every request of its batch`);
    commitFaultPoint(settings.name, 'before-commit');
    const committed = commit(client, tx, settings.name);
    commitFaultPoint(settings.name, 'commit-sent');
    await committed;
    commitFaultPoint(settings.name, 'after-commit');
    return answers;
  } catch (error) {
    await client.query('rollback').catch((failed: Error) => (broken = failed));
    throw error;
  } finally {
    client.release(broken);
  }
}

/** One lane of a kind for each database of the process: `laneOf('checkout.purchase', purchaseAll)(db).submit(wish)`. */
export function laneOf<Q, A>(
  name: string,
  run: LaneSettings<Q, A>['run'],
  limits: Pick<LaneSettings<Q, A>, 'batchMax' | 'waitingMax' | 'inFlightMax' | 'early'> = {},
): (db: Db) => Lane<Q, A> {
  return perDb((db) => {
    const made = lane({ name, db, run, ...limits });
    open.add(made as Lane<never, unknown>);
    return made;
  });
}

const open = new Set<Lane<never, unknown>>();

/** Waits until every lane of the process has answered what it took: the last thing before a shutdown. */
export const drainLanes = async (): Promise<void> =>
  void (await Promise.all([...open].map((one) => one.drained())));
