import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../../test/database.ts';
import { aShop, buyers, stock, wishFor } from '../../../test/world.ts';
import { purchaseLane } from '../../checkout/lanes.actions.ts';
import { setFaultPoint } from '../../kit/fault.ts';
import { must } from '../../kit/assert.ts';
import { Secret } from '../../kit/secret.ts';
import { transaction } from '../../kit/tx.ts';
import { revealLane } from '../lanes.actions.ts';
import { checkCode, checksOf, type Typed } from './actions.ts';

const { db, asOwner } = await testDatabase();
const shelf = await aShop(db);
const { variantId } = must(shelf.listings[0], 'a listing');
await stock(db, shelf, variantId, 60);

type Own = { orderId: string; buyerId: string };
async function bought(quantity = 1): Promise<Own> {
  const [buyerId = ''] = await buyers(db, 1, 1_000_000n);
  const answer = await purchaseLane(db).submit(await wishFor(db, { buyerId, variantId, quantity }));
  ok(answer.ok);
  return { orderId: must(answer.value.orders[0], 'an order').orderId, buyerId };
}
async function seen(own: Own, place = 1): Promise<string> {
  const answer = await revealLane(db).submit({
    orderId: own.orderId,
    buyerIds: [own.buyerId],
    userId: own.buyerId,
    unit: { line: 1, place },
    viewer: { sessionId: null, deviceId: null, scopes: ['keys:reveal'] },
    deviceHash: Buffer.alloc(16, 1),
    addressHash: Buffer.alloc(16, 2),
  });
  ok(answer.ok);
  return answer.value.secret.reveal();
}
const check = (own: Own, typed: string, parts: Partial<Typed> = {}) =>
  transaction(db, (tx) =>
    checkCode(tx, {
      orderId: own.orderId,
      buyerIds: [own.buyerId],
      userId: own.buyerId,
      unit: { line: 1, place: 1 },
      part: 'secret',
      typed: new Secret(typed),
      ...parts,
    }),
  );

test('F045 a typed code is compared, counted, recorded as evidence, and never kept', async () => {
  const own = await bought();
  const secret = await seen(own);
  const swapped = secret.replace('0', 'O');
  const first = await check(own, swapped);
  ok(first.ok);
  equal(first.value.verdict, 'case_or_space');
  deepEqual(first.value.findings, [{ kind: 'lookalike' }]);
  const second = await check(own, secret);
  ok(second.ok);
  deepEqual([second.value.nth, second.value.verdict], [2, 'same']);
  const rows = await asOwner('select * from delivery.code_checks where order_id = $1 order by nth', [
    own.orderId,
  ]);
  equal(rows.length, 2);
  for (const row of rows)
    for (const typed of [secret, swapped])
      ok(!JSON.stringify(row).includes(typed), 'what was typed is not kept');
  const events = await asOwner(
    `select kind from evidence.events where about = $1 and kind = 'delivery.code_checked'`,
    [own.orderId],
  );
  equal(events.length, 2);
});

test('F043 F045 the comparisons of an order are the steps already tried of a case, oldest first', async () => {
  const own = await bought(2);
  const [one, two] = [await seen(own, 1), await seen(own, 2)];
  await check(own, two);
  await check(own, one.slice(0, -1), { unit: { line: 1, place: 1 } });
  const other = await bought();
  const [tried = [], none] = await transaction(db, (tx) =>
    checksOf(tx, [
      { shopId: shelf.shopId, id: own.orderId },
      { shopId: shelf.shopId, id: other.orderId },
    ]),
  );
  deepEqual(
    tried.map((row) => [row.place, row.nth, row.verdict, row.findings]),
    [
      [1, 1, 'other_unit', [{ kind: 'other_unit', unit: '1-2' }]],
      [1, 2, 'different', [{ kind: 'shorter', count: 1 }]],
    ],
  );
  deepEqual(none, []);
});

test('F045 a sealed key answers nothing, neither for itself nor as a neighbour', async () => {
  const own = await bought(2);
  const first = await seen(own, 1);
  const [sealedKey] = await asOwner(
    'select count(*)::int as n from delivery.units where order_id = $1 and revealed_at is null',
    [own.orderId],
  );
  equal(sealedKey?.['n'], 1);
  const sealed = await check(own, first, { unit: { line: 1, place: 2 } });
  ok(!sealed.ok && sealed.refusal === 'UNIT_STILL_SEALED');
  // The neighbour's own key is right, and still nobody learns it while it is sealed.
  const second = await check(own, await keyOf(own, 2));
  ok(second.ok);
  equal(second.value.verdict, 'different');
  const foreign = await check({ ...own, buyerId: (await buyers(db, 1))[0] ?? '' }, first);
  ok(!foreign.ok && foreign.refusal === 'ORDER_NOT_FOUND');
  const nothing = await check(own, first, { unit: { line: 1, place: 3 } });
  ok(!nothing.ok && nothing.refusal === 'UNIT_NOT_FOUND');
});

/** A sealed key, read past the buyer: by the same opening that a reveal uses. */
async function keyOf(own: Own, place: number): Promise<string> {
  const { openKeys } = await import('../../inventory/keys.actions.ts');
  const [row] = await asOwner('select shop_id, pool_id, numbers from orders.lines where order_id = $1', [
    own.orderId,
  ]);
  const numbers = row?.['numbers'] as string[];
  const [key] = await transaction(db, (tx) =>
    openKeys(tx, [
      {
        shopId: String(row?.['shop_id']),
        poolId: String(row?.['pool_id']),
        number: BigInt(numbers[place - 1] ?? 0),
      },
    ]),
  );
  return must(key, 'a key').secret.reveal();
}

test('a comparison that dies between its row and its evidence leaves neither', async () => {
  const own = await bought();
  const secret = await seen(own);
  setFaultPoint('delivery.check.after-insert', 1, () => {
    throw new Error('cut');
  });
  await check(own, secret).then(
    () => ok(false, 'it was cut'),
    (error: Error) => equal(error.message, 'cut'),
  );
  deepEqual(await asOwner('select nth from delivery.code_checks where order_id = $1', [own.orderId]), []);
  const again = await check(own, secret);
  ok(again.ok && again.value.nth === 1);
});
