import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { callerAs } from '../../../test/caller.ts';
import { bought, buyerOf, caseShop, deskOf, staffer } from '../../../test/cases.ts';
import { testDatabase } from '../../../test/database.ts';
import { stock } from '../../../test/world.ts';
import { encodeId } from '../../kit/public-id.ts';
import type { Viewer } from '../../kit/viewer.ts';
import { assign } from '../desk.actions.ts';
import { queueRoutes } from './http.ts';

const database = await testDatabase();
const { db, asOwner, clock } = database;
const shelf = await caseShop(db);
await stock(db, shelf, shelf.listings[0]?.variantId ?? '', 60);
const { run, said, escalated } = deskOf(database, shelf);
const [anna, boris] = [await staffer(db, 'support'), await staffer(db, 'arbitrator')];

const callAs = callerAs(db, clock, queueRoutes);
type Row = {
  caseId: string;
  state: string;
  mine: boolean;
  holder: string | null;
  decideBy: string;
  reason: string;
};

const shown = encodeId('case', await escalated(await bought(db, shelf)));
const taken = await escalated(await bought(db, shelf));
equal(said(await run((tx) => assign(tx, { caseId: taken, viewer: anna }))), 'review');

/** Cases by the thousand, copies of one, each with its own time; every tenth of another scene, every hundredth in somebody's hands. */
await asOwner(
  `insert into aftersales.cases (shop_id, id, order_id, buyer_id, line, places, goods, reason, filed_reason, state, rulebook, remedy, asked_fen, presumed, handler_id, turn, due_at, since_at, decide_by, filed_at)
   select c.shop_id, gen_random_uuid(), c.order_id, c.buyer_id, c.line, c.places, c.goods, case when n % 10 = 0 then 'NOT_DELIVERED' else c.reason end, c.filed_reason, case when n % 100 = 0 then 'review' else c.state end,
          c.rulebook, c.remedy, c.asked_fen, c.presumed, case when n % 100 = 0 then $2::uuid end, c.turn, c.due_at, c.since_at, c.decide_by + n * interval '1 minute' / 10, c.filed_at
     from aftersales.cases c, generate_series(1, 3000) n where c.id = (select id from aftersales.cases where state = 'intervention' and shop_id = $1 limit 1)`,
  [shelf.shopId, boris.userId],
);
await asOwner('analyze aftersales.cases', []);

async function walk(viewer: Viewer, asked: object, limit = 100): Promise<Row[]> {
  const rows: Row[] = [];
  let after: string | undefined;
  for (let page = 0; page < 60; page += 1) {
    const answer = await callAs(viewer).queue({ ...asked, limit, ...(after ? { after } : {}) });
    rows.push(...answer.cases);
    if (!answer.next) return rows;
    after = answer.next;
  }
  throw new Error('the queue has no end');
}

test('F051 F184 the queue is walked page by page in the order of the time left, whatever its length: nothing twice, nothing left out', async () => {
  const rows = await walk(anna, {});
  equal(rows.length, 3002);
  equal(new Set(rows.map((row) => row.caseId)).size, 3002);
  const times = rows.map((row) => Date.parse(row.decideBy));
  deepEqual(
    times,
    times.toSorted((a, b) => a - b),
  );
});

test('each way to narrow the queue gives exactly its own cases, alone and with a scene', async () => {
  const all = await walk(anna, {});
  const count = (fits: (row: Row) => boolean) => all.filter(fits).length;
  equal((await walk(boris, { view: 'mine' })).length, 30);
  const free = await walk(anna, { view: 'free' });
  ok(free.length === 2971 && free.every((row) => row.holder === null));
  const scene = await walk(anna, { reason: 'NOT_DELIVERED' });
  equal(
    scene.length,
    count((row) => row.reason === 'NOT_DELIVERED'),
  );
  const both = await walk(boris, { view: 'mine', reason: 'NOT_DELIVERED' }, 7);
  deepEqual([both.length, both.every((row) => row.mine)], [30, true]);
  equal((await walk(anna, { view: 'signing' })).length, 0);
  equal((await walk(anna, { view: 'late' })).length, 0);
});

test('numbers beside the ways are counted no further than 99', async () => {
  const { counts } = await callAs(boris).queue({});
  deepEqual(counts, { all: 100, mine: 30, free: 100, late: 0 });
});

test('a case is found by its number, its last six characters, its order and its shop', async () => {
  const find = async (search: string) =>
    (await callAs(anna).queue({ search })).cases.map((row: Row) => row.caseId) as string[];
  deepEqual(await find(shown), [shown]);
  deepEqual(await find(shown.slice(-6).toUpperCase()), [shown]);
  const [order] = await asOwner('select order_id from aftersales.cases where id = $1', [taken]);
  deepEqual(await find(encodeId('order', String(order?.['order_id']))), [encodeId('case', taken)]);
  const [named] = await asOwner('select name from merchants.shops where id = $1', [shelf.shopId]);
  equal((await find(String(named?.['name']).slice(0, 3))).length, 30);
  deepEqual(await find('没有这家店'), []);
});

test('F051 whoever is in the matter, or had it before, hears from the machine that they cannot take it', async () => {
  const caseId = encodeId('case', taken);
  const own = await callAs(anna).standing({ caseId });
  deepEqual([own.mine, own.before.length, own.before[0].me], [true, 1, true]);
  const inShop = { ...boris, shops: [{ shopId: shelf.shopId, role: 'goods' as const }] };
  equal((await callAs(inShop).standing({ caseId: shown })).take.code, 'CONFLICT_OF_INTEREST');
  equal((await callAs(boris).standing({ caseId: shown })).take.ok, true);
});

test('nobody but the staff has a queue', async () => {
  const buyer = (await bought(db, shelf, { reveal: 0 })).buyerId;
  for (const ask of ['queue', 'standing'])
    await callAs(buyerOf(buyer))
      [ask]({ caseId: shown })
      .then(
        () => ok(false, ask),
        (error: { code: string }) =>
          ok(['FORBIDDEN', 'NOT_FOUND', 'CASE_NOT_FOUND'].includes(error.code), error.code),
      );
});

test('every way into the queue walks an index and looks at no more rows than a page of it', async () => {
  const plans = async (where: string): Promise<string> =>
    (
      await asOwner(
        `explain select id from aftersales.cases c where c.desk_by is not null and ${where} and (c.desk_by, c.id) > (timestamptz '2026-01-01', '00000000-0000-0000-0000-000000000000'::uuid) order by c.desk_by, c.id limit 30`,
        [],
      )
    )
      .map((row) => String(row['QUERY PLAN']))
      .join('\n');
  for (const where of [
    'true',
    "c.reason = 'WRONG_SPEC'",
    'c.holder_id is null',
    `c.shop_id = '${shelf.shopId}'`,
  ]) {
    const plan = await plans(where);
    ok(/Index (Only )?Scan using cases_desk/.test(plan) && !plan.includes('Sort'), `${where}\n${plan}`);
  }
});
