import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { appRole, ownerRole, startPostgres, type Postgres } from '../../src/app/postgres.ts';
import { insertKey } from '../../src/identity/key.store.ts';
import { must } from '../../src/kit/assert.ts';
import type { FaultPoint } from '../../src/kit/fault.ts';
import { newId } from '../../src/kit/ids.ts';
import { keyringOf, sha256, type Keyring } from '../../src/kit/secret.ts';
import { systemClock } from '../../src/kit/time.ts';
import { openDb, transaction, type Db } from '../../src/kit/tx.ts';
import { templateOn } from '../database.ts';
import { aShop, buyers, stock, type Shelf } from '../world.ts';

const settings = { shared_buffers: '64MB', min_wal_size: '64MB', max_wal_size: '512MB' };

/** PostgreSQL as in production (fsync on), in a folder of its own, that may be killed, or stopped and started again. */
export async function durableServer() {
  const folder = mkdtempSync(join(tmpdir(), 'mengyue-faults-'));
  let server = await startPostgres({ dataDir: folder, settings });
  const stopServer = () => server.stop();
  const startServer = async () => void (server = await startPostgres({ dataDir: folder, settings }));
  const stop = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { server, folder, stop, stopServer, startServer };
}

export type Person = { readonly userId: string; readonly token: string };
export type World = {
  readonly db: Db;
  /** A keyring of its own: the program remembers opened keys by the keyring, and another world has other keys. */
  readonly keys: Keyring;
  readonly url: string;
  readonly ownerUrl: string;
  readonly folder: string;
  readonly shelf: Shelf;
  readonly owner: Person;
  readonly people: readonly Person[];
  /** Every key that lies in stock, for ever. */
  readonly stocked: Set<string>;
  readonly rows: (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;
  readonly end: () => Promise<void>;
};

/** A small world in a database of its own: one shop, three listings with 1,500 keys each, 32 buyers with wallets and API keys. */
export async function aWorld(
  server: Postgres,
  parent: string,
  options: { keys?: number } = {},
): Promise<World> {
  const name = `world_${(counter += 1)}`;
  const template = await templateOn(server.urlOf('postgres', ownerRole));
  await visit(server.urlOf('postgres', ownerRole), (client) =>
    client.query(`create database ${name} template ${template}`),
  );
  const [url, ownerUrl] = [server.urlOf(name, appRole), server.urlOf(name, ownerRole)];
  const keys = keyringOf(Buffer.alloc(32, 7), true);
  const db = openDb({ url, wall: systemClock, keys, demo: true, connections: 4 });
  const shelf = await aShop(db, [{}, { title: '星屿游戏点卡 200 元' }, { title: '星屿游戏点卡 300 元' }]);
  const stocked = new Set<string>();
  for (const { variantId } of shelf.listings)
    for (const key of await stock(db, shelf, variantId, options.keys ?? 1500)) stocked.add(key);
  const people = await withKeys(db, await buyers(db, 32, 1_000_000_000n));
  const [owner] = await withKeys(db, [shelf.ownerId]);
  const rows = (text: string, values: unknown[] = []) =>
    visit(ownerUrl, async (client) => (await client.query(text, values)).rows as Record<string, unknown>[]);
  const folder = mkdtempSync(join(parent, 'program-'));
  return {
    db,
    keys,
    url,
    ownerUrl,
    folder,
    shelf,
    owner: must(owner, 'the owner of the shop'),
    people,
    stocked,
    rows,
    end: () => db.pool.end(),
  };
}

let counter = 0;
const scopes = [
  'checkouts:write',
  'checkouts:read',
  'orders:read',
  'orders:write',
  'keys:reveal',
  'payments:read',
  'inventory:write',
  'inventory:read',
];

const withKeys = (db: Db, userIds: readonly string[]): Promise<Person[]> =>
  transaction(db, async (tx) => {
    const people = userIds.map((userId) => ({ userId, token: `mgy_${userId.replaceAll('-', '')}` }));
    for (const one of people)
      await insertKey(tx, {
        tokenHash: sha256(one.token),
        id: newId(tx.wall),
        userId: one.userId,
        name: 'test',
        scopes,
        at: tx.wall,
      });
    return people;
  });

export async function visit<T>(url: string, act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

export type Running = {
  readonly address: string;
  readonly ended: Promise<{ signal: string | null; code: number | null }>;
  readonly child: ChildProcess;
};
export type Trouble = {
  readonly dies?: `${FaultPoint}:${number}`;
  readonly killsPostgres?: `${FaultPoint}:${number}:${number}`;
  readonly worker?: 'off';
};

/** Starts the program on a world; it listens on `port` (0: a free one) when this resolves, or has died on the way. */
export async function startShop(
  world: Pick<World, 'url' | 'folder'>,
  port: number,
  trouble: Trouble = {},
): Promise<Running | undefined> {
  const env = {
    PATH: process.env['PATH'] ?? '',
    // The program starts some hundred times here; compiled once, it starts in half the time.
    NODE_COMPILE_CACHE: join(world.folder, '..', 'compiled'),
    ...(trouble.dies ? { FAULTS: trouble.dies } : {}),
    ...(trouble.killsPostgres ? { KILL_POSTGRES: trouble.killsPostgres } : {}),
    ...(trouble.worker ? { WORKER: trouble.worker } : {}),
  };
  const child = spawn(
    process.execPath,
    [`${import.meta.dirname}/../children/shop.ts`, world.url, world.folder, String(port)],
    { env, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = once(child, 'exit').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as string | null,
  }));
  const lines = createInterface({ input: must(child.stdout, 'it speaks') });
  const address = await Promise.race([
    once(lines, 'line').then(([line]) => String(line)),
    ended.then(() => undefined),
  ]);
  if (address === undefined && !trouble.dies) throw new Error('the program did not start');
  return address === undefined ? undefined : { address, ended, child };
}

export async function stopShop(running: Running, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
  running.child.kill(signal);
  await running.ended;
}
