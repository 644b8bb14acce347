import { execFileSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { userInfo } from 'node:os';
import pg from 'pg';

/** Transactions per second of pgbench's TPC-B-like load: the yardstick that every ratio is taken against. */
export type Yardstick = { readonly name: string; measure: (seconds: number) => Promise<number> };

const scale = 50;

/** pgbench where the machine has one; else the same tables and transaction driven by our own loop, and the output says so. */
export async function yardstick(url: string, tell: (text: string) => void): Promise<Yardstick> {
  const pgbench = ['/usr/bin/pgbench', ...globSync('/usr/lib/postgresql/*/bin/pgbench')].find((path) =>
    existsSync(path),
  );
  await layOut(url, tell);
  const { host, port, user, password, database } = new pg.Client({ connectionString: url });
  if (!pgbench)
    return {
      name: `own TPC-B-like loop (no pgbench here), 32 clients, scale ${scale}`,
      measure: (seconds) => ownLoop(url, seconds),
    };
  const args = [
    '-n',
    '-M',
    'prepared',
    '-c',
    '32',
    '-j',
    '2',
    '-h',
    host,
    '-p',
    String(port),
    '-U',
    user ?? userInfo().username,
    '-T',
  ];
  return {
    name: `pgbench TPC-B-like, prepared, 32 clients, 2 threads, scale ${scale}`,
    measure: async (seconds) => {
      const out = execFileSync(pgbench, [...args, String(seconds), database ?? ''], {
        encoding: 'utf8',
        env: { ...process.env, ...(password ? { PGPASSWORD: password } : {}) },
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      return Number(/tps = ([\d.]+)/.exec(out)?.[1]);
    },
  };
}

/** pgbench's own tables (pgbench -i), made by SQL so that it works without the program. */
async function layOut(url: string, tell: (text: string) => void): Promise<void> {
  tell('yardstick tables');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`
    create table pgbench_branches (bid int not null primary key, bbalance int, filler char(88)) with (fillfactor=100);
    create table pgbench_tellers (tid int not null primary key, bid int, tbalance int, filler char(84)) with (fillfactor=100);
    create table pgbench_accounts (aid int not null, bid int, abalance int, filler char(84)) with (fillfactor=100);
    create table pgbench_history (tid int, bid int, aid int, delta int, mtime timestamp, filler char(22));
    insert into pgbench_branches (bid, bbalance) select n, 0 from generate_series(1, ${scale}) n;
    insert into pgbench_tellers (tid, bid, tbalance) select n, (n - 1) / 10 + 1, 0 from generate_series(1, ${scale * 10}) n;
    insert into pgbench_accounts (aid, bid, abalance, filler) select n, (n - 1) / 100000 + 1, 0, '' from generate_series(1, ${scale * 100_000}) n;
    alter table pgbench_accounts add primary key (aid)`);
  await client.query('vacuum analyze pgbench_accounts, pgbench_branches, pgbench_tellers');
  await client.end();
}

async function ownLoop(url: string, seconds: number): Promise<number> {
  const clients = await Promise.all(
    Array.from({ length: 32 }, async () => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      return client;
    }),
  );
  const until = performance.now() + seconds * 1000;
  let done = 0;
  const below = (n: number): number => 1 + Math.floor(Math.random() * n);
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() < until) {
        const [aid, tid, bid, delta] = [
          below(100_000 * scale),
          below(10 * scale),
          below(scale),
          below(10_000) - 5000,
        ];
        await client.query('begin');
        await client.query({
          name: 'a',
          text: 'update pgbench_accounts set abalance = abalance + $1 where aid = $2',
          values: [delta, aid],
        });
        await client.query({
          name: 's',
          text: 'select abalance from pgbench_accounts where aid = $1',
          values: [aid],
        });
        await client.query({
          name: 't',
          text: 'update pgbench_tellers set tbalance = tbalance + $1 where tid = $2',
          values: [delta, tid],
        });
        await client.query({
          name: 'b',
          text: 'update pgbench_branches set bbalance = bbalance + $1 where bid = $2',
          values: [delta, bid],
        });
        await client.query({
          name: 'h',
          text: 'insert into pgbench_history (tid, bid, aid, delta, mtime) values ($1, $2, $3, $4, localtimestamp)',
          values: [tid, bid, aid, delta],
        });
        await client.query('end');
        done++;
      }
    }),
  );
  await Promise.all(clients.map((client) => client.end()));
  return done / seconds;
}
