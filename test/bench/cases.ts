import pg from 'pg';
import { escalate, refuseClaim } from '../../src/aftersales/actions.ts';
import { speak, seatOf } from '../../src/aftersales/talk/actions.ts';
import { openSessions } from '../../src/identity/people.actions.ts';
import { must } from '../../src/kit/assert.ts';
import { newId } from '../../src/kit/ids.ts';
import { encodeId } from '../../src/kit/public-id.ts';
import { instant, systemClock } from '../../src/kit/time.ts';
import { openDb, transaction, type Db } from '../../src/kit/tx.ts';
import type { Viewer } from '../../src/kit/viewer.ts';
import { anExhibit, bought, buyerOf, caseShop, filed, ownerOf, staffer, type Bought } from '../cases.ts';
import { stock } from '../world.ts';
import type { Answer } from './http-load.ts';
import { benchKeys, copyAs, cpuSeconds, load, proved, startProgram, stop, type Bench } from './bench.ts';
import { median } from './load.ts';

const seconds = 3;

/**
 * What a case page with 200 facts costs, and what a long queue costs the desk. The long queues are copies of one case that went through the
 * real actions, in databases of their own: their other rows are missing, so `prove` speaks of the original.
 */
export async function caseFigures(bench: Bench, rounds: number): Promise<void> {
  const shelf = await caseShop(bench.db);
  await stock(bench.db, shelf, must(shelf.listings[0], 'a listing').variantId, 10);
  const one = await bought(bench.db, shelf);
  const caseId = await escalated(bench.db, one);
  await talked(bench, one, 200);
  await proved(bench);
  // Before the copies: the server is still busy with a million rows when they are in.
  await pageFigure(bench, { caseId, userId: one.buyerId, rounds });
  await copyAs(bench, 'few');
  await copyAs(bench, 'many');
  for (const [name, count] of [
    ['few', 1000],
    ['many', 1_000_000],
  ] as const)
    await copiesOf(bench.server.urlOf(name, 'mengyue_owner'), caseId, count, bench.tell);
  const desk = await staffer(bench.db, 'support');
  for (const name of ['few', 'many']) await hireOn(bench, name, desk);
  await queueFigure(bench, { desk, caseId, orderId: one.orderId, rounds });
}

async function escalated(db: Db, one: Bought): Promise<string> {
  const caseId = await filed(db, one, { reason: 'WRONG_SPEC' });
  const refused = await transaction(db, (tx) =>
    refuseClaim(tx, {
      caseId,
      viewer: ownerOf(one.shelf),
      defence: 'NOT_AS_CLAIMED',
      text: '发的就是 100 元',
      exhibit: anExhibit,
    }),
  );
  if (!refused.ok) throw new Error(refused.refusal);
  await transaction(db, (tx) => escalate(tx, { caseId, viewer: buyerOf(one.buyerId), text: '请裁决' }));
  return caseId;
}

/** A long quarrel: both sides write until the order has `facts` facts. The clock goes on between, since nobody may write that fast. */
async function talked(bench: Bench, one: Bought, facts: number): Promise<void> {
  let ahead_ms = 0;
  const db = openDb({
    url: bench.url,
    wall: { now: () => instant(systemClock.now() + ahead_ms) },
    keys: benchKeys,
    demo: true,
  });
  const count = async (): Promise<number> => {
    const { rows } = await db.reads.query('select count(*) as n from evidence.events where about = $1', [
      one.orderId,
    ]);
    return Number(rows[0].n);
  };
  for (let i = 0; (await count()) < facts; i++) {
    ahead_ms += 10_000;
    const [viewer, userId] =
      i % 2 === 0
        ? [buyerOf(one.buyerId), one.buyerId]
        : [ownerOf(one.shelf), must(one.shelf.ownerId, 'an owner')];
    await transaction(db, async (tx) => {
      const seat = must(await seatOf(tx, viewer as Viewer, one.orderId), 'a seat in the conversation');
      const said = await speak(tx, {
        seat,
        userId: userId as string,
        text: `第 ${i} 句：卡号还是提示不存在，请看上面的截图。`,
        as: 'text',
        hours: undefined,
        until: undefined,
        cite: [],
        files: [],
      });
      if (!said.ok) throw new Error(said.refusal);
    });
  }
  await db.pool.end();
}

/** So many open cases in all, each with its own time, spread over the orders of all the others; the original stays alone on its own. */
async function copiesOf(
  url: string,
  caseId: string,
  count: number,
  tell: (text: string) => void,
): Promise<void> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  const { rows } = await owner.query<{ names: string }>(
    `select string_agg(column_name, ', ') as names from information_schema.columns
      where table_schema = 'aftersales' and table_name = 'cases' and is_generated = 'NEVER'
        and column_name not in ('id', 'decide_by', 'shop_id', 'order_id', 'buyer_id')`,
  );
  const names = must(rows[0], 'the columns').names;
  await owner.query(
    `with others as (
       select shop_id, id, buyer_id, row_number() over (order by id) - 1 as place
         from orders.orders where id <> (select order_id from aftersales.cases where id = $1))
     insert into aftersales.cases (id, decide_by, shop_id, order_id, buyer_id, ${names})
     select gen_random_uuid(), c.decide_by + n * interval '1 second', o.shop_id, o.id, o.buyer_id, ${names
       .split(', ')
       .map((name) => `c.${name}`)
       .join(', ')}
       from aftersales.cases c cross join generate_series(2, $2::int) as n join others o on o.place = n % (select count(*) from others) where c.id = $1`,
    [caseId, count],
  );
  await owner.query('vacuum analyze');
  tell(`${count} cases wait`);
  await owner.end();
}

const session = async (db: Db, userId: string): Promise<string> => {
  const visitor = { deviceId: newId(db.wall.now()), userAgent: 'bench', ip: '127.0.0.1', known: true };
  const [opened] = await transaction(db, (tx) => openSessions(tx, [{ userId, kind: 'account', ...visitor }]));
  return `mengyue=${must(opened, 'a session').token.reveal()}`;
};

/** One request at a time, after a warm-up. */
async function loaded(
  port: number,
  cookie: string,
  path: string,
  before: () => void = () => undefined,
): Promise<Answer> {
  const heads = [`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncookie: ${cookie}`];
  const task = { port, connections: 1, heads, bodies: [], ok: 200, warmUp: 0 };
  await load({ ...task, seconds: 2 });
  before();
  const answer = await load({ ...task, seconds });
  if (answer.failed > 0) throw new Error(`${path}: ${JSON.stringify(answer.statuses)}`);
  return answer;
}

/** CPU of program and database for one case page. */
async function pageFigure(
  bench: Bench,
  p: { caseId: string; userId: string; rounds: number },
): Promise<void> {
  const cookie = await session(bench.db, p.userId);
  const runs: number[] = [];
  for (let round = 0; round < p.rounds; round++) {
    const { process: program, port } = await startProgram(bench, { WORKER: 'off' });
    const used = (): number => cpuSeconds(bench, [must(program.pid, 'a process')]);
    let before = 0;
    const answer = await loaded(
      port,
      cookie,
      `/cases/${encodeId('case', p.caseId)}`,
      () => (before = used()),
    );
    runs.push(((used() - before) * 1000) / (answer.perSecond * seconds));
    await stop(program);
  }
  bench.report({ name: 'case.page', value: median(runs), unit: 'ms of CPU', runs, must: '< 30' });
}

/** The same account is staff in the copy. */
async function hireOn(bench: Bench, name: string, { userId }: Viewer): Promise<void> {
  const [from, to] = [bench.ownerUrl, bench.server.urlOf(name, 'mengyue_owner')].map(
    (connectionString) => new pg.Client({ connectionString }),
  ) as [pg.Client, pg.Client];
  await Promise.all([from.connect(), to.connect()]);
  for (const [table, key] of [
    ['identity.users', 'id'],
    ['identity.staff', 'user_id'],
  ]) {
    const { rows } = await from.query(`select row_to_json(x) as row from ${table} x where ${key} = $1`, [
      userId,
    ]);
    for (const { row } of rows)
      await to.query(`insert into ${table} select * from json_populate_record(null::${table}, $1)`, [
        JSON.stringify(row),
      ]);
  }
  await Promise.all([from.end(), to.end()]);
}

/** The desk's list in its several views and searches, with a thousand and with a million cases that wait. */
async function queueFigure(
  bench: Bench,
  p: { desk: Viewer; caseId: string; orderId: string; rounds: number },
): Promise<void> {
  const asked = [
    '',
    '?view=free',
    '?view=mine',
    '?view=late',
    '?view=fast',
    '?reason=WRONG_SPEC',
    `?search=${encodeId('order', p.orderId)}`,
    `?search=${encodeId('case', p.caseId)}`,
  ];
  const runs: number[] = [];
  for (let round = 0; round < p.rounds; round++) {
    const [few, many] = [await p50s(bench, 'few', p.desk, asked), await p50s(bench, 'many', p.desk, asked)];
    for (const [i, query] of asked.entries())
      bench.tell(
        `${query.replace(/=(cas|ord)_.*/, '=$1_…').padEnd(20)} ${few[i]?.toFixed(1)} ms with 1,000 cases, ${many[i]?.toFixed(1)} ms with 1,000,000`,
      );
    const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);
    runs.push(sum(many) / sum(few));
  }
  bench.report({
    name: 'case.queue_growth',
    ratio: median(runs),
    unit: 'p50s with 1,000,000 per 1,000 cases',
    runs,
    must: '≤ 1.5',
  });
}

/** The p50 of each way into the desk's list, in one of the databases. */
async function p50s(bench: Bench, name: string, desk: Viewer, asked: readonly string[]): Promise<number[]> {
  const url = bench.server.urlOf(name, 'mengyue_app');
  const db = openDb({ url, wall: systemClock, keys: benchKeys, demo: true });
  const cookie = await session(db, must(desk.userId, 'somebody'));
  await db.pool.end();
  const { process: program, port } = await startProgram(bench, { WORKER: 'off', BENCH_URL: url });
  const values: number[] = [];
  for (const query of asked) values.push((await loaded(port, cookie, `/api/v1/case-desk${query}`)).p50);
  await stop(program);
  return values;
}
