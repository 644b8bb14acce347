import type { Log as EvidenceLog } from '../evidence/sequencer.actions.ts';
import { startSequencer } from '../evidence/sequencer.jobs.ts';
import { overdue } from '../kit/deadlines.ts';
import { isLostConnection, reader, type Db } from '../kit/tx.ts';
import type { Config } from './config.ts';
import { evidenceCheck } from './evidence.ts';
import type { HealthCheck } from './health.ts';
import { openLog, type Log } from './log.ts';
import { pumpOnce, type ReactionTable } from './pump.ts';
import { deadlines, reactions, timers } from './reactions.ts';
import { openSweep, type DeadlineTable, type Sweep } from './sweep.ts';

/** Work that runs again and again; `afterMove` also right after the business clock was moved. */
export type Timer = {
  name: string;
  every_ms: number;
  afterMove?: boolean;
  run: (db: Db) => Promise<unknown>;
};

export type WorkTables = { reactions: ReactionTable; deadlines: DeadlineTable; timers: readonly Timer[] };
export const workTables: WorkTables = { reactions, deadlines, timers };

export type Worker = { stop: () => Promise<void>; sweep: Sweep; checks: readonly HealthCheck[] };

const pumpEvery_ms = 250;
const sweepEvery_ms = 1000;

/**
 * The background work of this process: news, deadlines, timers. Any number of processes may work on one database. While the database is
 * away each loop waits and says so once; when it is back they go on by themselves. `stop` lets what runs come to its end.
 */
export async function startWorker(p: {
  db: Db;
  config: Pick<Config, 'logLevel'>;
  tables?: WorkTables;
  log?: Log;
  /** Absent in tests that need no sequencer. */
  evidence?: EvidenceLog;
}): Promise<Worker> {
  const { db, tables = workTables } = p;
  const log = p.log ?? openLog(p.config.logLevel);
  const sweep = openSweep(db, tables.deadlines, log);
  const stopping = new AbortController();
  const loops = [
    loop('news', pumpEvery_ms, async () => (await pumpOnce(db, tables.reactions, log)) > 0),
    loop('deadlines', sweepEvery_ms, async () => void (await sweep.run())),
    ...tables.timers.map((timer) => loop(timer.name, timer.every_ms, async () => void (await timer.run(db)))),
  ].map((one) => keepRunning(one, log, stopping.signal));
  const sequencer = p.evidence ? startSequencer(p.evidence) : undefined;
  return {
    sweep,
    checks: [
      { name: 'deadlines', check: () => deadlineHealth(db, sweep) },
      ...(sequencer ? [evidenceCheck(sequencer)] : []),
    ],
    stop: async () => {
      stopping.abort();
      await Promise.all([...loops, sequencer?.stop()]);
    },
  };
}

/** `run` answers true when there is more to do at once. */
type Loop = { name: string; every_ms: number; run: () => Promise<boolean | void> };
const loop = (name: string, every_ms: number, run: Loop['run']): Loop => ({ name, every_ms, run });

const troublePause_ms = 1000;

async function keepRunning({ name, every_ms, run }: Loop, log: Log, stopping: AbortSignal): Promise<void> {
  let inTrouble = false;
  while (!stopping.aborted) {
    try {
      const more = await run();
      if (inTrouble) log.info({ work: name }, 'background work goes on');
      inTrouble = false;
      if (more !== true) await pause(every_ms, stopping);
    } catch (error) {
      if (!inTrouble) {
        const why = isLostConnection(error) ? 'the database is away' : 'it failed';
        log.error({ error, work: name }, `background work waits: ${why}`);
      }
      inTrouble = true;
      await pause(Math.max(every_ms, troublePause_ms), stopping);
    }
  }
}

async function pause(ms: number, stopping: AbortSignal): Promise<void> {
  if (stopping.aborted) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      stopping.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    stopping.addEventListener('abort', done, { once: true });
  });
}

/** A deadline that is a minute late, or of a kind that nobody acts on, is told. */
async function deadlineHealth(db: Db, sweep: Sweep): Promise<Awaited<ReturnType<HealthCheck['check']>>> {
  const on = await reader(db);
  const late = (await overdue(on, on.business)).filter(({ oldest }) => on.business - oldest > 60_000);
  const failing = sweep.failing().length;
  if (late.length === 0 && failing === 0) return { state: 'good' };
  return {
    state: 'worse',
    note: 'some deadlines are late',
    late: late.map(({ what, count }) => ({ what, count })),
    failing,
  };
}
