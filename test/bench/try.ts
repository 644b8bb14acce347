// A quick look at the lane while it is being tuned; the figures that count come from main.ts.
import { rmSync } from 'node:fs';
import { migrate } from '../../src/app/migrate.ts';
import { ownerRole, appRole, startPostgres } from '../../src/app/postgres.ts';
import { keyringOf } from '../../src/kit/secret.ts';
import { systemClock } from '../../src/kit/time.ts';
import { openDb } from '../../src/kit/tx.ts';
import { prove } from '../../bin/prove.ts';
import { buying, closedLoop, median, noticing, openPayments, percentile } from './load.ts';
import { yardstick } from './tpcb.ts';
import { layOutBench } from './world.ts';

const dataDir = '/tmp/lead-bench';
rmSync(dataDir, { recursive: true, force: true });
const server = await startPostgres({ dataDir, version: 18 });
const url = server.urlOf('mengyue', appRole), ownerUrl = server.urlOf('mengyue', ownerRole);
await migrate(ownerUrl, new Date());
const db = openDb({ url, wall: systemClock, keys: keyringOf(Buffer.alloc(32, 7), true), demo: true });
const tell = (text: string): void => console.log(text);
const world = await layOutBench(db, ownerUrl, { listings: 1000, buyers: 10_000, keysEach: 300, hotKeys: 200_000, flashKeys: 500, tell });
const tpcb = await yardstick(ownerUrl, tell);
tell(tpcb.name);
import { readdirSync, readFileSync } from 'node:fs';
function pgCpu(): number {
  const parent = server.pid();
  let ticks = 0;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const f = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (Number(f[1]) === parent || Number(name) === parent) ticks += Number(f[11]) + Number(f[12]);
    } catch { /* gone */ }
  }
  return ticks * 10_000;
}
const costs = async (one: () => Promise<{ perSecond: number; latencies: number[]; failed: number }>) => {
  const a = process.cpuUsage(), b = pgCpu();
  const m = await one();
  const c = process.cpuUsage(a), d = pgCpu() - b;
  const n = m.latencies.length * 1.33;
  console.log(`   cpu us: node ${((c.user + c.system) / n).toFixed(0)} pg ${(d / n).toFixed(0)}`);
  return m;
};
const report = (name: string, base: number, m: { perSecond: number; latencies: number[]; failed: number }): void =>
  console.log(name.padEnd(12), m.perSecond.toFixed(0).padStart(7), '/s', (m.perSecond / base).toFixed(2), 'x', 'p50', median(m.latencies).toFixed(2), 'p99', percentile(m.latencies, 0.99).toFixed(1), 'failed', m.failed);
import { Session } from 'node:inspector/promises';
import { writeFileSync } from 'node:fs';
if (process.argv[3]) {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await closedLoop(256, 2, 1, buying(db, world.spread, world.buyers));
  await session.post('Profiler.start');
  report('spread256', 1, await costs(() => closedLoop(256, 5, 0, buying(db, world.spread, world.buyers))));
  const { profile } = await session.post('Profiler.stop');
  writeFileSync('/tmp/spread.cpuprofile', JSON.stringify(profile));
  await db.pool.end();
  await server.stop();
  process.exit(0);
}
const openedPayments = await openPayments(db, world.spread, world.buyers, 18_000);
tell(`opened ${openedPayments.length} payments`);
for (let round = 0; round < Number(process.argv[2] ?? 2); round++) {
  const base = await tpcb.measure(3);
  console.log('tpcb', base);
  report('spread256', base, await costs(() => closedLoop(256, 3, 1, buying(db, world.spread, world.buyers))));
  report('hot256', base, await costs(() => closedLoop(256, 3, 1, buying(db, [world.hot], world.buyers))));
  report('spread64', base, await costs(() => closedLoop(64, 2, 0.5, buying(db, world.spread, world.buyers))));
  report('alone', base, await costs(() => closedLoop(1, 2, 0.5, buying(db, world.spread, world.buyers))));
  const some = openedPayments.splice(0, 9000);
  report('notice', base, await costs(() => closedLoop(256, 0.7, 0.2, noticing(db, some))));
}
const proved = await prove({ url: ownerUrl, keys: db.keys });
console.log('offences', JSON.stringify(proved.offences.map((o) => [o.says, o.offences[0]]), null, 1));
await db.pool.end();
await server.stop();
