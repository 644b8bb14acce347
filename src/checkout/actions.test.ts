import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../test/database.ts';
import { aShop, buyers, stock, wishFor } from '../../test/world.ts';
import { transaction } from '../kit/tx.ts';
import { purchaseLane } from './lanes.actions.ts';
import { purchaseAll } from './purchase.actions.ts';

const { db, asOwner, another } = await testDatabase();
const shelf = await aShop(db, [
  {},
  { title: '抢购点卡' },
  { title: '限购点卡', limits: { perBuyer: 2, perOrder: 2 } },
]);
const [plain, flash, limited] = shelf.listings.map((one) => one.variantId) as [string, string, string];
await stock(db, shelf, plain, 50);
await stock(db, shelf, flash, 10);
await stock(db, shelf, limited, 50);
const count = async (text: string, values: unknown[] = []): Promise<number> =>
  Number((await asOwner(`select count(*) as n from ${text}`, values))[0]?.['n']);

test('F012 one key from a wallet: order, line, unit, money, evidence, deadline and news in one transaction', async () => {
  const [buyerId = ''] = await buyers(db, 1, 20_000n);
  const wish = await wishFor(db, { buyerId, variantId: plain });
  const [answer] = await transaction(db, (tx) => purchaseAll(tx, [wish]));
  ok(answer?.ok);
  equal(answer.value.state, 'paid');
  const order = answer.value.orders[0]?.orderId;
  const [row] = await asOwner(
    'select state, total_fen, steps, first_event from orders.orders where id = $1',
    [order],
  );
  deepEqual(row, { state: 'delivered', total_fen: '9750', steps: 1, first_event: 'purchase' });
  deepEqual(await asOwner('select numbers::text from orders.lines where order_id = $1', [order]), [
    { numbers: '{1}' },
  ]);
  deepEqual(await asOwner('select state from delivery.units where order_id = $1', [order]), [
    { state: 'sealed' },
  ]);
  deepEqual(
    await asOwner(`select amount_fen, debit_left_fen, credit_id from ledger.transfers where key = $1`, [
      order,
    ]),
    [{ amount_fen: '9750', debit_left_fen: '10250', credit_id: `${order}.1` }],
  );
  deepEqual(await asOwner('select kind, seq from evidence.events where about = $1', [order]), [
    { kind: 'order.purchased', seq: 1 },
  ]);
  deepEqual(await asOwner('select what from kit.deadlines where about = $1', [order]), [
    { what: 'order.confirm' },
  ]);
  equal(await count(`kit.outbox where event = 'order.purchased' and body->'about' ? $1`, [order]), 1);
});

test('F170 the same buyer and key is one purchase, also twice in one batch and from two processes; another input is refused', async () => {
  const [buyerId = ''] = await buyers(db, 1);
  const wish = await wishFor(db, { buyerId, variantId: plain });
  const second = another();
  const answers = await Promise.all([
    ...Array.from({ length: 10 }, () => purchaseLane(db).submit(wish)),
    ...Array.from({ length: 10 }, () => purchaseLane(second).submit(wish)),
  ]);
  for (const answer of answers) deepEqual(answer, answers[0]);
  equal(await count('orders.orders where buyer_id = $1', [buyerId]), 1);
  const other = { ...(await wishFor(db, { buyerId, variantId: plain, quantity: 2 })), key: wish.key };
  deepEqual(await purchaseLane(db).submit(other), { ok: false, refusal: 'IDEMPOTENCY_KEY_REUSED' });
});

test('F012 fifty buyers on ten keys from two processes: exactly ten get one each, forty are refused and pay nothing', async () => {
  const people = await buyers(db, 50);
  const second = another();
  const wishes = await Promise.all(people.map((buyerId) => wishFor(db, { buyerId, variantId: flash })));
  const answers = await Promise.all(wishes.map((wish, i) => purchaseLane(i % 2 ? db : second).submit(wish)));
  equal(answers.filter((one) => one.ok).length, 10);
  for (const one of answers) if (!one.ok) equal(one.refusal, 'OUT_OF_STOCK');
  equal(await count('delivery.units where pool_id = $1', [flash]), 10);
  const [money] = await asOwner(
    `select sum(balance_fen) as sum from ledger.accounts where kind = 'wallet' and id = any($1)`,
    [people],
  );
  equal(money?.['sum'], String(50n * 100_000n - 10n * 9750n));
});

for (const [what, change, money, refusal] of [
  ['another price than the one seen', { total: 9000n }, 100_000n, 'PRICE_CHANGED'],
  ['a text that was not ticked', { acknowledgements: [] }, 100_000n, 'ACKNOWLEDGEMENT_MISSING'],
  ['too little in the wallet', {}, 100n, 'WALLET_TOO_LOW'],
  [
    'goods that are not there',
    { items: [{ variantId: '01900000-0000-7000-8000-00000000dead', quantity: 1 }] },
    100_000n,
    'GOODS_NOT_FOUND',
  ],
  [
    'more than is left',
    { items: [{ variantId: plain, quantity: 900 }], total: 9700n * 900n },
    100_000_000n,
    'OUT_OF_STOCK',
  ],
  ['goods of the own shop', { ownShops: [shelf.shopId] }, 100_000n, 'OWN_GOODS'],
] as const)
  test(`F172 ${what}: ${refusal}, and nothing is written`, async () => {
    const [buyerId = ''] = await buyers(db, 1, money);
    const wish = { ...(await wishFor(db, { buyerId, variantId: plain })), ...change } as Parameters<
      typeof purchaseAll
    >[1][number];
    const [answer] = await transaction(db, (tx) => purchaseAll(tx, [wish]));
    equal(answer?.ok === false && answer.refusal, refusal);
    equal(await count('orders.orders where buyer_id = $1', [buyerId]), 0);
    equal(await count('checkout.checkouts where buyer_id = $1', [buyerId]), 0);
  });

test('a limited listing is sold to one buyer as often as its limit says, also when all ask at once', async () => {
  const [buyerId = ''] = await buyers(db, 1, 1_000_000n);
  const wishes = await Promise.all(
    Array.from({ length: 5 }, () => wishFor(db, { buyerId, variantId: limited })),
  );
  const answers = await Promise.all(wishes.map((wish) => purchaseLane(db).submit(wish)));
  equal(answers.filter((one) => one.ok).length, 2);
  for (const one of answers) if (!one.ok) equal(one.refusal, 'QUANTITY_LIMIT');
});

test('F139 twenty keys at a tier price: every unit is a row with its own number', async () => {
  const [buyerId = ''] = await buyers(db, 1, 10_000_000n);
  const wish = await wishFor(db, { buyerId, variantId: plain, quantity: 20 });
  equal(wish.total, 20n * 9700n);
  const answer = await purchaseLane(db).submit(wish);
  ok(answer.ok);
  equal(await count('delivery.units where order_id = $1', [answer.value.orders[0]?.orderId]), 20);
});

test('F176 the words of every text that was ticked are kept once, also when the first purchase was rolled back', async () => {
  const [buyerId = ''] = await buyers(db, 1, 100_000n);
  const other = await aShop(db, [{ title: '新点卡' }], 'texts');
  const variantId = other.listings[0]?.variantId ?? '';
  await stock(db, other, variantId, 5);
  const before = await count('checkout.texts');
  const buy = async (fail: boolean): Promise<unknown> => {
    const wish = await wishFor(db, { buyerId, variantId });
    return transaction(db, async (tx) => {
      const [answer] = await purchaseAll(tx, [wish]);
      if (fail) throw new Error('rolled back');
      return answer;
    });
  };
  await buy(true).catch(() => {});
  equal(await count('checkout.texts'), before);
  for (let i = 0; i < 3; i++) await buy(false);
  equal(
    await count(
      `checkout.checkouts c cross join lateral jsonb_array_elements(c.acknowledgements) a left join checkout.texts t on t.hash = a->>'hash' where t.hash is null`,
    ),
    0,
  );
});
