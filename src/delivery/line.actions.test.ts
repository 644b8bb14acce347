import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../test/database.ts';
import { manualListing } from '../../test/listings.ts';
import { aShop, buyers, stock, wishFor } from '../../test/world.ts';
import { must } from '../kit/assert.ts';
import { fen } from '../kit/money.ts';
import { dueNow } from '../kit/deadlines.ts';
import { Secret } from '../kit/secret.ts';
import { transaction, type Tx } from '../kit/tx.ts';
import { purchaseLane } from '../checkout/lanes.actions.ts';
import { answersOf } from '../orders/answer.actions.ts';
import { markLateLines, refundLateLines } from './jobs.ts';
import { acceptLines, deliverLines, failLines, holdLines, startLines } from './line.actions.ts';
import { cancelLate } from './line-late.actions.ts';

const { db, clock, asOwner } = await testDatabase();
const shelf = await aShop(db, [manualListing(), {}]);
const [manual = '', plain = ''] = shelf.listings.map((one) => one.variantId);
await stock(db, shelf, plain, 20);
const [shopId, byId] = [shelf.shopId, shelf.ownerId];

async function bought(variantId = manual, quantity = 1) {
  const [buyerId = ''] = await buyers(db, 1);
  const wish = await wishFor(db, { buyerId, variantId, quantity });
  const answer = await purchaseLane(db).submit(wish);
  ok(answer.ok, answer.ok ? '' : answer.refusal);
  return { buyerId, orderId: answer.value.orders[0]?.orderId ?? '', total: answer.value.total };
}
const orderRow = async (orderId: string) =>
  (
    await asOwner(
      'select state, mode, first_event, steps, total_fen, refunded_fen, paid_at is not null as paid from orders.orders where id = $1',
      [orderId],
    )
  )[0];
const lineRow = async (orderId: string) =>
  (await asOwner('select * from delivery.lines where order_id = $1', [orderId]))[0] ?? {};
const deadlines = async (orderId: string): Promise<unknown[]> =>
  (await asOwner('select what from kit.deadlines where about = $1 order by what', [orderId])).map(
    (row) => row['what'],
  );
const events = async (orderId: string): Promise<unknown[]> =>
  (await asOwner('select kind from evidence.events where about = $1 order by seq', [orderId])).map(
    (row) => row['kind'],
  );
const news = async (orderId: string): Promise<unknown[]> =>
  (
    await asOwner(`select event from kit.outbox where body->'about' ? $1 order by body->'about', event`, [
      orderId,
    ])
  ).map((row) => row['event']);
const wallet = async (userId: string): Promise<bigint> =>
  BigInt(
    String(
      (
        await asOwner(`select balance_fen from ledger.accounts where kind = 'wallet' and id = $1`, [userId])
      )[0]?.['balance_fen'],
    ),
  );
const at = (orderId: string, line = 1) => ({ shopId, orderId, line, by: 'merchant' as const, byId });
const sweep = (what: string, act: (tx: Tx, due: Awaited<ReturnType<typeof dueNow>>) => Promise<void>) =>
  transaction(db, async (tx) => act(tx, await dueNow(tx, { now: tx.business, what, limit: 100 })));

test('F012 goods delivered by hand: the money waits in escrow, the promise runs, and the shop hears of it', async () => {
  const { orderId } = await bought();
  deepEqual(await orderRow(orderId), {
    state: 'awaiting',
    mode: 'manual',
    first_event: 'order',
    steps: 1,
    total_fen: '9750',
    refunded_fen: '0',
    paid: true,
  });
  const line = await lineRow(orderId);
  equal(line['state'], 'waiting');
  deepEqual(await deadlines(orderId), ['delivery.accept', 'delivery.late', 'delivery.undelivered']);
  deepEqual(await events(orderId), ['order.placed']);
  deepEqual(await news(orderId), ['delivery.due']);
  const held = await transaction(db, (tx) => holdLines(tx, [{ shopId, id: orderId }]));
  equal(held.get(orderId)?.later.length, 1);
});

test('answers are sealed with the key of the buyer and open for whoever delivers', async () => {
  const { orderId } = await bought();
  const [row] = await asOwner('select sealed from orders.answers where order_id = $1', [orderId]);
  ok(!String(must(row, 'kept answers')['sealed'] as Buffer).includes('13800138000'));
  const [answers] = await transaction(db, (tx) => answersOf(tx, [{ shopId, orderId, line: 1 }]));
  equal(answers?.['target']?.reveal(), '13800138000');
});

test('accepting, delivering and confirming by the clock, each once: the second time changes nothing', async () => {
  const { orderId } = await bought();
  const accepted = await transaction(db, (tx) => acceptLines(tx, [at(orderId)]));
  deepEqual(
    accepted.map((one) => one.changed),
    [true],
  );
  equal((await orderRow(orderId))?.['state'], 'delivering');
  deepEqual(await deadlines(orderId), ['delivery.late', 'delivery.undelivered']);
  const again = await transaction(db, (tx) => acceptLines(tx, [at(orderId)]));
  deepEqual(
    again.map((one) => one.changed),
    [false],
  );
  const delivered = await transaction(db, (tx) =>
    deliverLines(tx, [{ ...at(orderId), proof: { units: 1 } }]),
  );
  deepEqual(
    delivered.map((one) => one.changed),
    [true],
  );
  equal((await orderRow(orderId))?.['state'], 'delivered');
  deepEqual(await deadlines(orderId), ['order.confirm']);
  deepEqual(await events(orderId), ['order.placed', 'delivery.accepted', 'delivery.delivered']);
  deepEqual(await news(orderId), ['delivery.due', 'order.delivered']);
  const twice = await transaction(db, (tx) => deliverLines(tx, [{ ...at(orderId), proof: { units: 1 } }]));
  deepEqual(
    twice.map((one) => one.changed),
    [false],
  );
});

test('what cannot be delivered goes back whole, and the order with it; a part goes back with the delivery', async () => {
  const { orderId, buyerId } = await bought();
  const before = await wallet(buyerId);
  const [failed] = await transaction(db, (tx) =>
    failLines(tx, [{ ...at(orderId), reason: '缺货', article: '18' }]),
  );
  equal(failed?.refunded, 9750n);
  equal(await wallet(buyerId), before + 9750n);
  equal((await orderRow(orderId))?.['state'], 'refunded');
  deepEqual(await deadlines(orderId), []);
  const other = await bought();
  const [part] = await transaction(db, (tx) =>
    deliverLines(tx, [
      { ...at(other.orderId), by: 'supplier', byId: null, proof: { arrived: '50' }, refund: fen(4000n) },
    ]),
  );
  equal(part?.refunded, 4000n);
  const row = await orderRow(other.orderId);
  deepEqual([row?.['state'], row?.['refunded_fen'], row?.['steps']], ['delivered', '4000', 3]);
});

test('F062 O5x a broken promise is recorded, opens the one-click cancel, and ends by itself at twice its time', async () => {
  const [one, two] = [await bought(), await bought()];
  const early = await transaction(db, (tx) =>
    cancelLate(tx, { orderId: one.orderId, buyerIds: [one.buyerId], userId: one.buyerId }),
  );
  equal(early.ok ? '' : early.refusal, 'DELIVERY_NOT_LATE');
  clock.forward({ minutes: 31 });
  await sweep('delivery.late', markLateLines);
  await sweep('delivery.late', markLateLines);
  ok((await lineRow(one.orderId))['late_at'] !== null);
  deepEqual(await events(one.orderId), ['order.placed', 'delivery.late']);
  const before = await wallet(one.buyerId);
  const cancelled = await transaction(db, (tx) =>
    cancelLate(tx, { orderId: one.orderId, buyerIds: [one.buyerId], userId: one.buyerId }),
  );
  deepEqual(cancelled, { ok: true, value: { refunded: 9750n, to: 'wallet', asked: 0 } });
  equal(await wallet(one.buyerId), before + 9750n);
  const stranger = await transaction(db, (tx) =>
    cancelLate(tx, { orderId: two.orderId, buyerIds: [one.buyerId], userId: one.buyerId }),
  );
  equal(stranger.ok ? '' : stranger.refusal, 'ORDER_NOT_FOUND');
  clock.forward({ minutes: 30 });
  await sweep('delivery.undelivered', refundLateLines);
  await sweep('delivery.undelivered', refundLateLines);
  equal((await orderRow(two.orderId))?.['state'], 'refunded');
  equal((await lineRow(two.orderId))['state'], 'cancelled');
  deepEqual(await deadlines(two.orderId), []);
});

test('a checkout of keys and of goods delivered by hand makes one order for each way of delivery', async () => {
  const [buyerId = ''] = await buyers(db, 1);
  const [a, b] = [
    await wishFor(db, { buyerId, variantId: manual }),
    await wishFor(db, { buyerId, variantId: plain }),
  ];
  const answer = await purchaseLane(db).submit({
    ...a,
    items: [...a.items, ...b.items],
    total: fen(a.total + b.total),
    acknowledgements: [...a.acknowledgements, ...b.acknowledgements],
  });
  ok(answer.ok, answer.ok ? '' : answer.refusal);
  const states = await Promise.all(answer.value.orders.map((one) => orderRow(one.orderId)));
  deepEqual(
    states.map((row) => [row?.['mode'], row?.['state']]),
    [
      ['manual', 'awaiting'],
      ['pool', 'delivered'],
    ],
  );
});

test('questions: unanswered, wrong and different answers are refused with their key, and nothing is written', async () => {
  const [buyerId = ''] = await buyers(db, 1);
  const wish = await wishFor(db, { buyerId, variantId: manual });
  const refusal = async (answers: Record<string, string>, again: Record<string, string> = answers) => {
    const secrets = (all: Record<string, string>) =>
      Object.fromEntries(Object.entries(all).map(([key, text]) => [key, new Secret(text)]));
    const [item] = wish.items;
    const answer = await purchaseLane(db).submit({
      ...wish,
      items: [
        { variantId: item?.variantId ?? '', quantity: 1, answers: secrets(answers), again: secrets(again) },
      ],
    });
    ok(!answer.ok);
    return [answer.refusal, answer.detail?.['key']];
  };
  deepEqual(await refusal({}), ['QUESTION_UNANSWERED', 'target']);
  deepEqual(await refusal({ target: '12' }), ['ANSWER_INVALID', 'target']);
  deepEqual(await refusal({ target: '13800138000' }, { target: '13800138001' }), [
    'ANSWERS_DIFFER',
    'target',
  ]);
  deepEqual(await refusal({ target: '13800138000', other: 'x' }), ['ANSWER_INVALID', 'other']);
});

test('a line that is under way at a supplier is asked back before its money goes back', async () => {
  const { orderId, buyerId } = await bought();
  await asOwner(`update delivery.lines set mode = 'direct' where order_id = $1`, [orderId]);
  await transaction(db, (tx) => startLines(tx, [{ ...at(orderId), by: 'system', byId: null }]));
  clock.forward({ hours: 1 });
  const answer = await transaction(db, (tx) =>
    cancelLate(tx, { orderId, buyerIds: [buyerId], userId: buyerId }),
  );
  deepEqual(answer, { ok: true, value: { refunded: 0n, to: 'wallet', asked: 1 } });
  equal((await orderRow(orderId))?.['state'], 'delivering');
  ok((await news(orderId)).includes('delivery.cancel_asked'));
  deepEqual(await deadlines(orderId), ['delivery.late']);
});
