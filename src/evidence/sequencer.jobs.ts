import type pg from 'pg';
import { done, refuse, type Result } from '../kit/result.ts';
import { reader } from '../kit/tx.ts';
import { pendingNow } from './log.views.ts';
import type { SigningRefusal } from './log.rules.ts';
import { batchMax, sequenceBatch, signTree, type Log } from './sequencer.actions.ts';

/** What /healthz says about the log. `standby`: another process sequences. `refused`: the shop sells on, nothing is signed; see the reason. */
export type LogHealth = {
  readonly state: 'starting' | 'sequencing' | 'standby' | 'refused' | 'failing' | 'stopped';
  readonly reason: SigningRefusal | null;
  /** Leaves under the newest checkpoint that this process signed or saw signed. */
  readonly size: number;
  readonly error: string | null;
};

type Say = (next: Partial<LogHealth>) => void;

export type Sequencer = { health(): LogHealth; stop(): Promise<void> };

// One number for the whole database: whoever holds this lock sequences.
const lockNumber = 7305110;

/** What comes in meanwhile waits for the next round: few large rounds, since each signs and writes to the disk. */
const pause_ms = 250;
const standbyPause_ms = 1000;

/**
 * Sequences and signs every 250 ms as long as this process holds the lock; otherwise waits for it.
 * The order flow never waits for any of this. An error (a lost database, an unreachable head) is told by health() and tried again.
 */
export function startSequencer(log: Log): Sequencer {
  let health: LogHealth = { state: 'starting', reason: null, size: 0, error: null };
  const say: Say = (next) => void (health = { ...health, reason: null, error: null, ...next });
  const stopping = new AbortController();
  const ended = run(log, say, stopping.signal).finally(() => say({ state: 'stopped' }));
  return {
    health: () => health,
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}

async function run(log: Log, say: Say, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    try {
      if (!(await asLeader(log, say, stopping))) say({ state: 'standby' });
    } catch (error) {
      say({ state: 'failing', error: error instanceof Error ? error.message : String(error) });
    }
    await pause(standbyPause_ms, stopping);
  }
}

/** Runs rounds on a lock held by one connection; false when another process holds it. Ends with a throw when the connection or a round fails. */
async function asLeader(log: Log, say: Say, stopping: AbortSignal): Promise<boolean> {
  const client = await log.db.pool.connect();
  let lost: Error | undefined;
  const onLost = (error: Error): void => void (lost = error);
  client.on('error', onLost);
  let leading = false;
  try {
    leading = await tryLock(client);
    for (let settled = false; leading && !stopping.aborted;) {
      if (lost) throw lost;
      // A quiet shop costs one small query a round: nothing is locked or read from the head until something waits.
      if (settled && !(await isWaiting(log))) {
        await pause(pause_ms, stopping);
        continue;
      }
      const { size, reason } = await round(log, stopping, batchMax / 2);
      settled = reason === null;
      say(settled ? { state: 'sequencing', size } : { state: 'refused', reason });
      await pause(pause_ms, stopping);
    }
    return leading;
  } finally {
    client.off('error', onLost);
    // The lock belongs to the connection, so the connection ends with the leadership.
    client.release(leading);
  }
}

async function tryLock(client: pg.PoolClient): Promise<boolean> {
  const { rows } = await client.query<[string]>({
    text: 'select pg_try_advisory_lock($1)',
    values: [lockNumber],
    rowMode: 'array',
  } as pg.QueryArrayConfig);
  return rows[0]?.[0] === 't';
}

type Round = { readonly events: number; readonly size: number; readonly reason: SigningRefusal | null };

/**
 * Signs what a crash left unsigned, then sequences and signs batch after batch as long as each holds at least `enough` events. Sequences
 * nothing while signing is refused.
 */
async function round(log: Log, stopping: AbortSignal, enough: number): Promise<Round> {
  for (let events = 0, last = batchMax; ;) {
    const signed = await signTree(log);
    if (!signed.ok) {
      if (signed.refusal === 'HEAD_MOVED') throw new Error('LOG_HEAD was moved by somebody else');
      return { events, size: 0, reason: signed.refusal };
    }
    if (stopping.aborted || last < enough) return { events, size: signed.value.size, reason: null };
    last = await sequenceBatch(log.db);
    events += last;
  }
}

/** Everything pending is sequenced and signed now: for tests, and for laying out a demo world. Answers how many events, or why nothing is signed. */
export async function sequenceAll(log: Log): Promise<Result<number, SigningRefusal>> {
  const { events, reason } = await round(log, new AbortController().signal, 1);
  return reason === null ? done(events) : refuse(reason);
}

const isWaiting = async (log: Log): Promise<boolean> => (await waitingEvents(log)).events > 0;

/** How much waits for the sequencer, for /healthz and the operator. */
export async function waitingEvents(
  log: Pick<Log, 'db'>,
): Promise<{ events: number; oldestAt: number | null }> {
  const [row] = await pendingNow(await reader(log.db));
  return row ?? { events: 0, oldestAt: null };
}

async function pause(ms: number, stopping: AbortSignal): Promise<void> {
  if (stopping.aborted) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, ms);
    stopping.addEventListener('abort', done, { once: true });
    function done(): void {
      clearTimeout(timer);
      stopping.removeEventListener('abort', done);
      resolve();
    }
  });
}
