import { deepEqual, equal, notEqual, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../test/database.ts';
import { aShop, buyers, stock, wishFor } from '../../test/world.ts';
import { must } from '../kit/assert.ts';
import { dueNow } from '../kit/deadlines.ts';
import { instant, plus, type Span } from '../kit/time.ts';
import { transaction } from '../kit/tx.ts';
import { purchaseLane } from '../checkout/lanes.actions.ts';
import { cancelSealed } from './cancel.actions.ts';
import { verifyUnit, type Look } from './card-key.actions.ts';
import { confirm } from './completion.actions.ts';
import { lapseOrders, releaseOrders } from './jobs.ts';
import { revealLane } from './lanes.actions.ts';

const { db, asOwner, clock } = await testDatabase();
const shelf = await aShop(db, [
  {},
  { title: '高价卡', variants: [{ id: null, name: '500 元', price: '50000', on: true, tiers: [] }] },
]);
const [card, dear] = shelf.listings.map((one) => one.variantId) as [string, string];
const keys = await stock(db, shelf, card, 100);
await stock(db, shelf, dear, 10);

async function bought(variantId = card, quantity = 1): Promise<{ orderId: string; buyerId: string }> {
  const [buyerId = ''] = await buyers(db, 1, 1_000_000n);
  const answer = await purchaseLane(db).submit(await wishFor(db, { buyerId, variantId, quantity }));
  ok(answer.ok);
  return { orderId: must(answer.value.orders[0], 'an order').orderId, buyerId };
}

// An API key is never asked for a password; browsers are tested with identity's step-up.
const look = (p: { orderId: string; buyerId: string }, place = 1): Look => ({
  orderId: p.orderId,
  buyerIds: [p.buyerId],
  userId: p.buyerId,
  unit: { line: 1, place },
  viewer: { sessionId: null, deviceId: null, scopes: ['keys:reveal'] },
  deviceHash: Buffer.alloc(16, 1),
  addressHash: Buffer.alloc(16, 2),
});
const asking = (p: { orderId: string; buyerId: string }) => ({
  orderId: p.orderId,
  buyerIds: [p.buyerId],
  userId: p.buyerId,
});

async function sweep(what: string, act: typeof lapseOrders, span: Span): Promise<void> {
  clock.forward(span);
  await transaction(db, async (tx) => act(tx, await dueNow(tx, { now: tx.business, what, limit: 100 })));
}
const stateOf = async (orderId: string): Promise<unknown> =>
  (await asOwner('select state from orders.orders where id = $1', [orderId]))[0]?.['state'];
const available = async (): Promise<bigint> =>
  BigInt(
    String(
      (
        await asOwner(`select balance_fen from ledger.accounts where kind = 'available' and id = $1`, [
          shelf.shopId,
        ])
      )[0]?.['balance_fen'],
    ),
  );

test('F017 a reveal shows the key that was imported, starts its clock once, and every look is recorded', async () => {
  const order = await bought();
  const first = await revealLane(db).submit(look(order));
  ok(first.ok);
  ok(keys.includes(first.value.secret.reveal()));
  equal(String(first.value.secret), '[secret]');
  equal(first.value.first, true);
  clock.forward({ minutes: 30 });
  const second = await revealLane(db).submit(look(order));
  ok(second.ok);
  equal(second.value.secret.reveal(), first.value.secret.reveal());
  deepEqual(
    [second.value.first, second.value.reveals, second.value.revealedAt],
    [false, 2, first.value.revealedAt],
  );
  equal(second.value.verifyUntil, plus(first.value.revealedAt, { hours: 2 }));
  deepEqual(
    (await asOwner('select nth from delivery.reveals where order_id = $1 order by nth', [order.orderId])).map(
      (row) => row['nth'],
    ),
    [1, 2],
  );
  deepEqual(
    (await asOwner('select kind from evidence.events where about = $1 order by seq', [order.orderId])).map(
      (row) => row['kind'],
    ),
    ['order.purchased', 'delivery.revealed', 'delivery.revealed'],
  );
});

test('F017 two tabs at the same moment: both see the key, one is the first', async () => {
  const order = await bought();
  const answers = await Promise.all(Array.from({ length: 8 }, () => revealLane(db).submit(look(order))));
  equal(answers.filter((one) => one.ok && one.value.first).length, 1);
  equal(new Set(answers.map((one) => (one.ok ? one.value.secret.reveal() : 'refused'))).size, 1);
});

test('somebody else learns nothing: another buyer, and an order that is not there, give one answer', async () => {
  const order = await bought();
  const [stranger = ''] = await buyers(db, 1);
  const foreign = await revealLane(db).submit(look({ ...order, buyerId: stranger }));
  const absent = await revealLane(db).submit(
    look({ orderId: '01900000-0000-7000-8000-00000000dead', buyerId: stranger }),
  );
  deepEqual(foreign, { ok: false, refusal: 'ORDER_NOT_FOUND' });
  deepEqual(absent, foreign);
});

test('F017 a browser that has not confirmed its password is asked for it above 200 yuan', async () => {
  const order = await bought(dear);
  deepEqual(
    await revealLane(db).submit({
      ...look(order),
      viewer: { sessionId: null, deviceId: null, scopes: null },
    }),
    { ok: false, refusal: 'PASSWORD_NEEDED' },
  );
  equal((await asOwner('select 1 from delivery.reveals where order_id = $1', [order.orderId])).length, 0);
});

for (const [units, revealed, answer] of [
  [1, 0, 'KEYS_STILL_SEALED'],
  [2, 1, 'KEYS_STILL_SEALED'],
  [2, 2, 'completed'],
] as const)
  test(`F148 the buyer confirms an order of ${units} with ${revealed} revealed: ${answer}`, async () => {
    const order = await bought(card, units);
    for (let place = 1; place <= revealed; place++) ok((await revealLane(db).submit(look(order, place))).ok);
    const confirmed = await transaction(db, (tx) => confirm(tx, asking(order)));
    equal(confirmed.ok ? confirmed.value.state : confirmed.refusal, answer);
    const again = await transaction(db, (tx) => confirm(tx, asking(order)));
    if (confirmed.ok) deepEqual(again, { ok: false, refusal: 'ORDER_ALREADY_COMPLETED' });
  });

test('F148 money is released T+3 after confirmation, once, less the fee, and not before', async () => {
  const order = await bought();
  ok((await revealLane(db).submit(look(order))).ok);
  ok((await transaction(db, (tx) => confirm(tx, asking(order)))).ok);
  const before = await available();
  await sweep('order.release', releaseOrders, { days: 2 });
  equal(await available(), before);
  await sweep('order.release', releaseOrders, { days: 1 });
  const after = await available();
  ok(after - before >= 9750n - 195n);
  await sweep('order.release', releaseOrders, { days: 30 });
  equal(await available(), after);
  deepEqual(
    await asOwner(
      `select kind, amount_fen from ledger.transfers where about = $1 order by key, leg offset 1`,
      [order.orderId],
    ),
    [
      { kind: 'escrow.released', amount_fen: '9555' },
      { kind: 'escrow.fee', amount_fen: '195' },
    ],
  );
});

for (const [what, reveal, after, state] of [
  ['revealed, 23 h later', true, { hours: 23 }, 'delivered'],
  ['revealed, 24 h later', true, { hours: 24 }, 'completed'],
  ['sealed, 6 days later', false, { days: 6 }, 'delivered'],
] as const)
  test(`an order with its key ${what} is ${state}`, async () => {
    const order = await bought();
    if (reveal) ok((await revealLane(db).submit(look(order))).ok);
    await sweep('order.confirm', lapseOrders, after);
    equal(await stateOf(order.orderId), state);
  });

test('F020 an unseen key can be cancelled until 24:00 of the seventh day, and only then the order confirms itself', async () => {
  clock.set(instant('2027-03-01T04:00:00.000Z'));
  const cancel = (order: Awaited<ReturnType<typeof bought>>) =>
    transaction(db, (tx) =>
      cancelSealed(tx, { ...asking(order), unit: { line: 1, place: 1 }, paymentId: null }),
    );
  const [kept, returned] = [await bought(), await bought()];
  await sweep('order.confirm', lapseOrders, { days: 7, hours: 11 });
  equal(await stateOf(kept.orderId), 'delivered');
  ok((await cancel(returned)).ok);
  await sweep('order.confirm', lapseOrders, { hours: 1 });
  equal(await stateOf(kept.orderId), 'completed');
  deepEqual(await cancel(kept), { ok: false, refusal: 'CANCEL_WINDOW_OVER' });
});

test('F020 a sealed key is cancelled: the money is back in the wallet, the number is sold to the next buyer first', async () => {
  const order = await bought(card, 2);
  const cancelled = await transaction(db, (tx) =>
    cancelSealed(tx, { ...asking(order), unit: { line: 1, place: 2 }, paymentId: null }),
  );
  deepEqual(cancelled, { ok: true, value: { refunded: 9750n, to: 'wallet' } });
  equal(await stateOf(order.orderId), 'delivered');
  const [line] = await asOwner('select numbers[2] as number from orders.lines where order_id = $1', [
    order.orderId,
  ]);
  const next = await bought();
  const [sold] = await asOwner('select numbers[1] as number from orders.lines where order_id = $1', [
    next.orderId,
  ]);
  equal(sold?.['number'], line?.['number']);
  const last = await transaction(db, (tx) =>
    cancelSealed(tx, { ...asking(order), unit: { line: 1, place: 1 }, paymentId: null }),
  );
  ok(last.ok);
  equal(await stateOf(order.orderId), 'refunded');
  deepEqual(
    await transaction(db, (tx) =>
      cancelSealed(tx, { ...asking(order), unit: { line: 1, place: 1 }, paymentId: null }),
    ),
    { ok: false, refusal: 'UNIT_NOT_FOUND' },
  );
});

test('F019 a number that came back is not sold again when its key expires too soon', async () => {
  const order = await bought();
  const numberOf = async (orderId: string): Promise<unknown> =>
    (await asOwner('select numbers[1] as number from orders.lines where order_id = $1', [orderId]))[0]?.[
      'number'
    ];
  const number = await numberOf(order.orderId);
  const cancelled = await transaction(db, (tx) =>
    cancelSealed(tx, { ...asking(order), unit: { line: 1, place: 1 }, paymentId: null }),
  );
  ok(cancelled.ok);
  await asOwner('update inventory.pools set careful = true where id = $1', [card]);
  // The listing promises 24 hours of use.
  await asOwner('update inventory.keys set expires_at = $3 where pool_id = $1 and number = $2', [
    card,
    number,
    new Date(plus(clock.now(), { hours: 23 })),
  ]);
  notEqual(await numberOf((await bought()).orderId), number);
});

test('a revealed key cannot be cancelled without a reason, and verifying twice is one verification', async () => {
  const order = await bought();
  ok((await revealLane(db).submit(look(order))).ok);
  deepEqual(
    await transaction(db, (tx) =>
      cancelSealed(tx, { ...asking(order), unit: { line: 1, place: 1 }, paymentId: null }),
    ),
    { ok: false, refusal: 'UNIT_ALREADY_REVEALED' },
  );
  const unit = { line: 1, place: 1 };
  ok((await transaction(db, (tx) => verifyUnit(tx, { ...asking(order), unit }))).ok);
  ok((await transaction(db, (tx) => verifyUnit(tx, { ...asking(order), unit }))).ok);
  equal(
    (
      await asOwner(`select 1 from evidence.events where about = $1 and kind = 'delivery.result'`, [
        order.orderId,
      ])
    ).length,
    1,
  );
});
