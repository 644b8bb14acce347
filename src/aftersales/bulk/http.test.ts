import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { callerAs } from '../../../test/caller.ts';
import { bought, buyerOf, caseShop, clockwork, deskOf, filed, ownerOf } from '../../../test/cases.ts';
import { testDatabase } from '../../../test/database.ts';
import { stock } from '../../../test/world.ts';
import { encodeId } from '../../kit/public-id.ts';
import { transaction } from '../../kit/tx.ts';
import { withdraw } from '../actions.ts';
import { bulkRoutes } from './http.ts';

const database = await testDatabase();
const { db, asOwner, clock } = database;
const [shelf, other] = [await caseShop(db), await caseShop(db)];
for (const one of [shelf, other]) await stock(db, one, one.listings[0]?.variantId ?? '', 60);
const { wallet } = deskOf(database, shelf);
const work = clockwork(db);
const shop = ownerOf(shelf);
const shopId = encodeId('shop', shelf.shopId);

const callAs = callerAs(db, clock, bulkRoutes);
const named = (id: string): string => encodeId('case', id);

test('many cases are agreed to at once: what it costs is said before, each has its own result, and one that fails stops no other', async () => {
  const people = [];
  for (let n = 0; n < 4; n += 1) people.push(await bought(db, shelf));
  const cases: string[] = [];
  for (const who of people) cases.push(await filed(db, who));
  const [a = '', b = '', c = '', gone = ''] = cases;
  const last = people[3];
  ok(last);
  await transaction(db, (tx) => withdraw(tx, { caseId: gone, viewer: buyerOf(last.buyerId), text: '' }));
  const caseIds = [a, b, c, gone].map(named);
  const outlook = await callAs(shop).outlook({ shopId, caseIds });
  deepEqual([outlook.amount, outlook.escrow, outlook.own], ['29250', '29250', '0']);
  deepEqual(
    outlook.rows.map((row: { able: { ok: boolean } }) => row.able.ok),
    [true, true, true, false],
  );
  const before = await wallet(people[0] as (typeof people)[number]);
  const answer = await callAs(shop).agreeAll({ shopId, caseIds });
  deepEqual([answer.done, answer.failed], [3, 1]);
  deepEqual(
    answer.results.map(
      (one: { done: boolean; state: string | null; code: string | null }) => one.state ?? one.code,
    ),
    ['executed', 'executed', 'executed', 'NOT_YOUR_TURN'],
  );
  equal((await wallet(people[0] as (typeof people)[number])) - before, 9750n);
  // Pressed once more, nothing is paid once more.
  const again = await callAs(shop).agreeAll({ shopId, caseIds });
  equal(again.done, 0);
  equal((await wallet(people[0] as (typeof people)[number])) - before, 9750n);
  const [paid] = await asOwner(
    'select count(*)::int as n from aftersales.executions where case_id = any($1::uuid[])',
    [cases],
  );
  equal(paid?.['n'], 3);
});

test('a case of another shop is not there, in the outlook and in the agreement', async () => {
  const theirs = await filed(db, await bought(db, other));
  const caseIds = [named(theirs)];
  await callAs(shop)
    .outlook({ shopId, caseIds })
    .then(
      () => ok(false),
      (error: { code: string }) => equal(error.code, 'CASE_NOT_FOUND'),
    );
  const { results } = await callAs(shop).agreeAll({ shopId, caseIds });
  equal(results[0].code, 'CASE_NOT_FOUND');
  equal(
    (await asOwner('select state from aftersales.cases where id = $1', [theirs]))[0]?.['state'],
    'negotiation',
  );
});

test('the inbox goes on page by page by what ends first, and finds by number, order and words', async () => {
  const cases: string[] = [];
  for (let n = 0; n < 6; n += 1) {
    cases.push(await filed(db, await bought(db, shelf)));
    clock.forward({ minutes: 1 });
  }
  const found: string[] = [];
  let after: string | undefined;
  do {
    const list = await callAs(shop).inbox({ shopId, turn: 'mine', limit: 4, ...(after ? { after } : {}) });
    found.push(...list.cases.map((one: { caseId: string }) => one.caseId));
    after = list.next ?? undefined;
  } while (after);
  deepEqual(found, cases.map(named));
  const search = async (text: string): Promise<string[]> =>
    (await callAs(shop).inbox({ shopId, search: text })).cases.map((one: { caseId: string }) => one.caseId);
  const [first = ''] = cases;
  deepEqual(await search(named(first).slice(-6)), [named(first)]);
  const [order] = await asOwner('select order_id from aftersales.cases where id = $1', [first]);
  deepEqual(await search(encodeId('order', String(order?.['order_id']))), [named(first)]);
  ok((await search('没有这个商品')).length === 0);
  // What nobody has to answer any more waits for no shop.
  clock.forward({ hours: 25 });
  await work.due();
  equal((await callAs(shop).inbox({ shopId, turn: 'mine' })).cases.length, 0);
});
