import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownerRole, startPostgres } from '../src/app/postgres.ts';

// A throw-away PostgreSQL for tests. Nothing in it is worth a disk flush.
const testSettings = {
  fsync: 'off',
  full_page_writes: 'off',
  shared_buffers: '128MB',
  min_wal_size: '128MB',
  max_wal_size: '1GB',
  max_connections: '200',
};

export type TestServer = { url: string; dataDir: string; stop: (keep?: boolean) => Promise<void> };

/** Starts a server in a temporary folder; `url` is its owner's. stop() removes all of it. */
export async function startTestServer(version: 18 | 15 = 18): Promise<TestServer> {
  removeLeftovers();
  const dataDir = join(tmpdir(), `mengyue-test-${process.pid}-${version}`);
  const server = await startPostgres({ dataDir, version, settings: testSettings });
  const stop = async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { url: server.urlOf('postgres', ownerRole), dataDir, stop };
}

/** Servers of test runs that were killed: their folder carries the number of a process that is gone. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = /^mengyue-test-(\d+)-/.exec(name)?.[1];
    if (!pid || isAlive(Number(pid))) continue;
    const folder = join(tmpdir(), name);
    try {
      process.kill(
        Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]),
        'SIGQUIT',
      );
    } catch {
      // Its server is gone as well.
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (problem) {
    return (problem as NodeJS.ErrnoException).code === 'EPERM';
  }
}

// By hand: `node test/server.ts [15]` keeps one running, so that single test files start at once.
if (import.meta.main) {
  const server = await startTestServer(process.argv[2] === '15' ? 15 : 18);
  console.log(`export MENGYUE_TEST_SERVER='${server.url}'`);
  const still = setInterval(() => undefined, 1 << 30);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => {
      clearInterval(still);
      void server.stop();
    });
}
