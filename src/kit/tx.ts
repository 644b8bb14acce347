import { Socket } from 'node:net';
import pg from 'pg';
import { assert, BrokenPromise } from './assert.ts';
import { gathered } from './reads.ts';
import type { Keyring } from './secret.ts';
import type { Queryable } from './sql.ts';
import { instant, type Clock, type Instant } from './time.ts';

// Values come as PostgreSQL's text; kit/sql parses them by the declared shape of each query.
const asText = { getTypeParser: () => (text: unknown) => text };

/** The database as the program knows it. `demo` allows the business clock to be moved; `keys` open what is stored sealed. */
export type Db = {
  /** For transactions. Ending it ends both pools. */
  readonly pool: pg.Pool;
  /** For reads of their own. */
  readonly reads: pg.Pool;
  readonly wall: Clock;
  readonly keys: Keyring;
  readonly demo: boolean;
  readonly counters: Counters;
};
export type Counters = { retries: number; deadlocks: number };

/**
 * One transaction: its two clocks were taken once. `business` runs orders, deadlines and evidence, and a demo may move it forwards;
 * `wall` runs sessions, codes, rate limits, signatures, ids and jobs.
 */
export type Tx = Queryable & {
  readonly business: Instant;
  readonly wall: Instant;
  readonly keys: Keyring;
  readonly demo: boolean;
  readonly sent: Promise<unknown>[];
};
/** Reads outside a transaction, each its own snapshot, with the same two clocks. */
export type Reader = Tx;

export type DbSettings = {
  url: string;
  wall: Clock;
  keys: Keyring;
  demo: boolean;
  connections?: number;
  name?: string;
};

const always = '-c timezone=UTC -c datestyle=ISO -c extra_float_digits=1';
// What runs inside a transaction finds its rows by their keys. A plan that was made while a table was small or empty must not become a
// scan that stays with the connection while the table grows: measured, such a plan made one purchase take 165 ms instead of 1.
const byKeys =
  '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off';

class Pools extends pg.Pool {
  readonly reads: pg.Pool;
  constructor(settings: pg.PoolConfig) {
    super({ ...settings, options: `${always} ${byKeys}` });
    this.reads = new pg.Pool({ ...settings, options: always });
    // An idle connection may die with its server; the pool makes a new one for the next request.
    // So may one in the middle of a transaction, between two statements: the next statement fails, and that is where it is answered.
    for (const pool of [this, this.reads]) {
      pool.on('error', () => {});
      pool.on('connect', (client) => void client.on('error', () => {}));
    }
  }
  override async end(): Promise<void> {
    await this.reads.end();
    await super.end();
  }
}

/** What is written in one turn of the event loop leaves in one system call: a purchase sends its fourteen statements in two packets. */
function gatheringSocket(): Socket {
  const socket = new Socket();
  const write = socket.write.bind(socket) as (...args: unknown[]) => boolean;
  let gathering = false;
  const leave = (): void => {
    gathering = false;
    socket.uncork();
  };
  socket.write = (...args: unknown[]): boolean => {
    if (!gathering) {
      gathering = true;
      socket.cork();
      process.nextTick(leave);
    }
    return write(...args);
  };
  return socket;
}

export function openDb(settings: DbSettings): Db {
  const pool = new Pools({
    connectionString: settings.url,
    max: settings.connections ?? 16,
    application_name: settings.name ?? 'mengyue',
    types: asText as unknown as pg.CustomTypesConfig,
    pipeline: true,
    stream: gatheringSocket,
    connectionTimeoutMillis: 5000,
  } as pg.PoolConfig);
  return {
    pool,
    reads: pool.reads,
    wall: settings.wall,
    keys: settings.keys,
    demo: settings.demo,
    counters: { retries: 0, deadlocks: 0 },
  };
}

const beginText = 'begin; select offset_ms from kit.clock';

/**
 * Runs `act` in one transaction and commits; a throw rolls back. Deadlocks and serialisation failures are run again, three times at most,
 * and counted. A commit that the server turned into a rollback throws.
 */
export const transaction = <T>(db: Db, act: (tx: Tx) => Promise<T>): Promise<T> =>
  retried(db, () => attemptTransaction(db, act));

/** Runs an attempt again after a deadlock or a serialisation failure, three times at most; each is counted. */
export async function retried<T>(db: Db, run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      const code = errorCode(error);
      if ((code !== '40P01' && code !== '40001') || attempt > 3) throw error;
      db.counters.retries++;
      if (code === '40P01') db.counters.deadlocks++;
    }
  }
}

async function attemptTransaction<T>(db: Db, act: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await db.pool.connect();
  let broken: Error | undefined;
  try {
    const tx = await begin(db, client);
    const value = await act(tx);
    await commit(client, tx, 'a transaction');
    return value;
  } catch (error) {
    broken = await rollback(client);
    throw error;
  } finally {
    client.release(broken);
  }
}

async function rollback(client: pg.PoolClient): Promise<Error | undefined> {
  try {
    await client.query('rollback');
    return undefined;
  } catch (error) {
    // A connection that cannot roll back is thrown away; PostgreSQL rolls back when it closes.
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** A write whose answer nobody needs before the commit: it travels together with the writes after it, and the commit waits for all. */
export function send(tx: Tx, ...writes: readonly Promise<unknown>[]): void {
  for (const write of writes) {
    // Its failure is seen at the commit; until then it must not count as unhandled.
    write.catch(() => {});
    tx.sent.push(write);
  }
}

/** Commits after all that was sent; a commit that the server turned into a rollback throws the first failure. */
export async function commit(client: pg.PoolClient, tx: Tx, name: string): Promise<void> {
  const end = client.query('commit');
  const results = await Promise.allSettled([...tx.sent, end]);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  assert((await end).command === 'COMMIT', `${name}: what was committed is not rolled back`);
}

/** Begins on a connection that the caller holds (lanes, the sequencer). */
export async function begin(db: Db, client: pg.PoolClient): Promise<Tx> {
  const tx = beginSoon(db, client);
  await tx.begun;
  return tx;
}

/** A transaction whose first statements travel together with its beginning: `business` holds only once `begun` has come. */
export type EarlyTx = Tx & { readonly begun: Promise<void> };

export function beginSoon(db: Db, client: pg.PoolClient): EarlyTx {
  const tx = { ...txOn(db, tellingFirst(client), 0), begun: Promise.resolve() };
  tx.begun = client.query({ text: beginText, rowMode: 'array' } as pg.QueryConfig).then((answer) => {
    const [, clock] = answer as unknown as [unknown, { rows: [[string]] }];
    tx.business = instant(tx.wall + Number(clock.rows[0][0]));
  });
  // Whoever awaits it hears of its failure; whoever failed before need not.
  tx.begun.catch(() => {});
  return tx;
}

function txOn(db: Db, run: Queryable['run'], offset_ms: number): Tx {
  const wall = db.wall.now();
  return { run, business: instant(wall + offset_ms), wall, keys: db.keys, demo: db.demo, sent: [] };
}

/** After its first failure a transaction answers every statement with 25P02; what is told is the failure itself. */
function tellingFirst(client: pg.PoolClient): Queryable['run'] {
  let first: unknown;
  return (prepared) =>
    client.query(prepared).catch((error: unknown) => {
      if (errorCode(error) !== '25P02') first ??= error;
      throw first ?? error;
    });
}

/** For reads that need no transaction. The clock row is read once in a second at most: a demo's moved clock is seen within that time. */
export async function reader(db: Db): Promise<Reader> {
  return txOn(db, readsOf(db), await offsetOf(db));
}

/** The same for what finds every row by its key and is asked very often: on connections that plan a statement once, by its keys. */
export async function keyReader(db: Db): Promise<Reader> {
  return txOn(db, keyReadsOf(db), await offsetOf(db));
}

const offsets = new WeakMap<Db, { at: number; offset_ms: number }>();

async function offsetOf(db: Db): Promise<number> {
  if (!db.demo) return 0;
  const known = offsets.get(db);
  const at = db.wall.now();
  if (known && at - known.at < 1000) return known.offset_ms;
  const result = await db.reads.query<[string]>({
    text: 'select offset_ms from kit.clock',
    rowMode: 'array',
  } as pg.QueryArrayConfig);
  const offset_ms = Number(result.rows[0]?.[0] ?? 0);
  offsets.set(db, { at, offset_ms });
  return offset_ms;
}

/** One of something for each database of the process, made when it is first asked for. */
export function perDb<T>(make: (db: Db) => T): (db: Db) => T {
  const made = new WeakMap<Db, T>();
  return (db) => {
    const known = made.get(db) ?? make(db);
    made.set(db, known);
    return known;
  };
}

const readsOf = perDb((db) => gathered(db.reads));
const keyReadsOf = perDb((db) => gathered(db.pool));

/** After the clock was moved in this process, reads see it at once. */
export const forgetOffset = (db: Db): void => void offsets.delete(db);

/** The SQLSTATE of a database error, or undefined. */
export function errorCode(error: unknown): string | undefined {
  if (error instanceof BrokenPromise) return undefined;
  return error && typeof error === 'object' && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}

/** The connection to the database is lost or refused: the answer is unknown, and the caller may repeat with the same key. */
export function isLostConnection(error: unknown): boolean {
  const code = errorCode(error);
  if (code !== undefined)
    return (
      code.startsWith('08') ||
      code.startsWith('57P') ||
      // Its disk or memory is full, or its disk fails: nothing was done, and a repeat does no harm.
      code.startsWith('53') ||
      code.startsWith('58') ||
      // A quota or a limit on files ends the disk as well, but has no SQLSTATE of its own.
      (code === 'XX000' && /could not (extend|write|create) .*file/.test((error as Error).message)) ||
      code === 'ECONNREFUSED' ||
      code === 'ECONNRESET' ||
      code === 'ENOENT' ||
      code === 'EPIPE'
    );
  return (
    error instanceof Error &&
    /Connection terminated|is not queryable|connection timeout|timeout exceeded when trying to connect/i.test(
      error.message,
    )
  );
}
