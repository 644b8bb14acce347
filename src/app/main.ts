import { readConfig, productionFaults, WrongSettings, type Config } from './config.ts';
import { asOwner, openDatabase, type Database } from './database.ts';
import { demoAccounts, layOutDemo } from './demo.ts';
import { openEvidence } from './evidence.ts';
import { openFiles } from './files.ts';
import { startHttp } from './http.ts';
import { openIssuers } from './issuers.ts';
import { masterKey } from './master-key.ts';
import { migrate } from './migrate.ts';
import { openPayments } from './payments.ts';
import { openSupply } from './supply.ts';
import { step } from './progress.ts';
import { buildWeb, webIsBuilt } from './web-build.ts';
import { startWorker } from './worker.ts';
import { keyringOf } from '../kit/secret.ts';
import { systemClock } from '../kit/time.ts';
import { shipGuides } from '../community/guides.actions.ts';
import { installCarriers, sandboxCarrier } from '../delivery/parcel/carriers.actions.ts';
import { keepRules, shipAll } from '../rules/loading.actions.ts';
import { openDb } from '../kit/tx.ts';

/** What was started, to be ended in the opposite order. */
const ends: { name: string; end: () => Promise<void> }[] = [];
let ending = false;

/** Starts everything in the order in which it is needed; what this function does is what `npm start` means. */
async function main(): Promise<void> {
  const config = readConfig(process.env, process.argv.slice(2));
  console.log(
    `盟约 Mengyue, ${config.mode === 'demo' ? 'demo 演示' : 'production'}, data in ${config.dataDir}`,
  );

  // Pages that have to be built are built beside what the database needs; whoever waits for them at the end is told why they fail.
  const pages = config.workerOnly || webIsBuilt() ? undefined : buildWeb();
  pages?.catch(() => undefined);
  const database = await step('database', () => openDatabase(config, say));
  ends.push({ name: 'database', end: database.stop });
  const world = await prepareWorld(config, database);

  const { mode } = config;
  const key = masterKey(config.masterKeyFile, { demo: mode === 'demo', mayMake: world === 'empty', say });
  refuseUnsafeProduction(config, world, key.demo);
  const keys = keyringOf(key.bytes, key.demo);
  const db = openDb({ url: database.appUrl, wall: systemClock, keys, demo: mode === 'demo' });
  ends.push({ name: 'connections', end: () => db.pool.end() });
  await shipAll(db);
  await shipGuides(db);
  const rules = await keepRules(db);
  ends.push({ name: 'rules', end: rules.stop });
  openFiles(db, config);

  if (world === 'empty') {
    const demo = mode === 'demo' && (database.embedded || config.demoWorld);
    if (demo) {
      await mark(database, 'demo, unfinished');
      await step('laying out the demo world', (tell) => layOutDemo(db, tell));
    }
    await mark(database, mode);
  }
  if (pages) await step('building the pages', () => pages);

  // The worker begins first and ends last: what a request started, it brings to its end.
  const evidence = openEvidence(db, config);
  const payments = await openPayments(db, config);
  ends.push({ name: 'payment channels', end: payments.stop });
  openIssuers(db, config, payments.sandbox);
  if (config.mode === 'demo') installCarriers(db, sandboxCarrier);
  const supply = openSupply(db, config, payments.sandbox);
  const worker = config.worker ? await startWorker({ db, config, evidence }) : undefined;
  if (worker) ends.push({ name: 'worker', end: worker.stop });
  if (config.workerOnly) return;
  const { formTargets } = payments;
  const http = await startHttp({ db, config, evidence, checks: worker?.checks ?? [], formTargets });
  payments.listensAt(http.address);
  supply.listensAt(http.address);
  ends.push({ name: 'http', end: http.stop });
  announce(config, http.address);
}

type World = 'empty' | 'demo' | 'production';

/** Migrates, and says what lives in the database. A demo world whose layout was cut off is begun anew. */
async function prepareWorld(config: Config, database: Database): Promise<World> {
  await step('migrations', (tell) => migrate(database.ownerUrl, new Date(), { say: tell }));
  const found = await readMark(database);
  if (found === 'demo, unfinished') {
    if (!database.recreate)
      throw new WrongSettings(
        'The demo world in DATABASE_URL was laid out only in part. Empty that database and start again.',
      );
    say('the demo world was laid out only in part; beginning anew');
    await database.recreate();
    await migrate(database.ownerUrl, new Date());
    return 'empty';
  }
  if (found === 'production' && config.mode === 'demo')
    throw new WrongSettings(
      'This database belongs to a production. Set MODE=production, or another DATA_DIR for a demo.',
    );
  return found === 'demo' || found === 'production' ? found : 'empty';
}

const readMark = (database: Database): Promise<string | undefined> =>
  asOwner(database.ownerUrl, async (client) => {
    const { rows } = await client.query(`select value from kit.marks where name = 'world'`);
    return rows[0]?.value;
  });

/** In a demo the business clock may be moved; in production no row lets it. */
const mark = (database: Database, world: string): Promise<unknown> =>
  asOwner(database.ownerUrl, async (client) => {
    await client.query(
      `insert into kit.marks (name, value) values ('world', $1) on conflict (name) do update set value = excluded.value`,
      [world],
    );
    await client.query('update kit.clock set movable = $1', [world !== 'production']);
  });

function refuseUnsafeProduction(config: Config, world: World, keyIsDemo: boolean): void {
  const faults = productionFaults(config, { databaseIsDemo: world === 'demo', keyIsDemo });
  if (faults.length > 0) throw new WrongSettings(['Production does not start:', ...faults].join('\n  '));
}

function announce(config: Config, address: string): void {
  console.log(`\n  ${config.publicOrigin ?? address}\n`);
  if (config.mode === 'demo' && demoAccounts.length > 0) {
    console.log('  demo accounts 演示账号');
    for (const account of demoAccounts)
      console.log(`    ${account.role.padEnd(12)} ${account.login.padEnd(28)} ${account.password}`);
    console.log('');
  }
  console.log('  Ctrl-C stops it.');
}

function say(line: string): void {
  console.log(`  ${line}`);
}

/** Ends what runs, newest first, so that nothing loses what it stands on. A second call waits for the first. */
async function end(code: number): Promise<void> {
  if (ending) return;
  ending = true;
  // Whatever hangs must not keep the operator waiting: the database survives being cut off.
  setTimeout(() => process.exit(code || 1), 20_000).unref();
  for (const { name, end: stop } of ends.toReversed()) {
    try {
      await stop();
    } catch (problem) {
      console.error(`  ${name} did not end well: ${problem instanceof Error ? problem.message : problem}`);
    }
  }
  process.exit(code);
}

async function fail(problem: unknown): Promise<void> {
  if (problem instanceof WrongSettings) console.error(problem.message);
  else if (isBusyPort(problem))
    console.error(`${problem.message}. Set PORT to another one, or end the program that has it.`);
  else console.error(problem);
  await end(problem instanceof WrongSettings ? 2 : 1);
}

const isBusyPort = (problem: unknown): problem is Error =>
  problem instanceof Error && 'code' in problem && problem.code === 'EADDRINUSE';

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0));
// The process that npm started went away without a word (kill -9): this one does not stay behind.
process.on('disconnect', () => void end(0));
process.channel?.unref();
process.on('uncaughtException', (problem) => void fail(problem));

await main().catch(fail);
