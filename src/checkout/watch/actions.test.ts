import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { clockwork, filing, staffer } from '../../../test/cases.ts';
import { testDatabase } from '../../../test/database.ts';
import { aShop, buyers, stock, wishFor } from '../../../test/world.ts';
import { fileCase } from '../../aftersales/actions.ts';
import { revealLane } from '../../delivery/lanes.actions.ts';
import { must } from '../../kit/assert.ts';
import { transaction } from '../../kit/tx.ts';
import { decideProposed, noteSignals, propose } from '../../risk/actions.ts';
import { stepTicket } from '../../risk/tickets.actions.ts';
import type { BuyerSignal, MeasureStep } from '../../risk/words.contract.ts';
import { purchaseLane } from '../lanes.actions.ts';
import { inspectOrder } from './actions.ts';

const { db, clock, asOwner } = await testDatabase();
const work = clockwork(db);
const shelf = await aShop(db, [{}]);
const { variantId } = must(shelf.listings[0], 'a listing');
await stock(db, shelf, variantId, 400);

async function buy(buyerId: string, quantity: number): Promise<string> {
  const answer = await purchaseLane(db).submit(await wishFor(db, { buyerId, variantId, quantity }));
  if (!answer.ok) return answer.refusal;
  return must(answer.value.orders[0], 'an order').orderId;
}
const look = async (orderId: string, buyerId: string): Promise<string> => {
  const shown = await revealLane(db).submit({
    orderId,
    buyerIds: [buyerId],
    userId: buyerId,
    unit: { line: 1, place: 1 },
    viewer: { sessionId: null, deviceId: null, scopes: [] },
    deviceHash: Buffer.alloc(16),
    addressHash: Buffer.alloc(16),
  });
  return shown.ok ? 'shown' : shown.refusal;
};
const ticketOf = async (buyerId: string) =>
  (await asOwner('select id, state from risk.tickets where subject_id = $1', [buyerId]))[0];

test('F057 50 equal cards in 10 minutes by a new account: keys and money wait, and go on when an officer finds nothing', async () => {
  const [buyerId = ''] = await buyers(db, 1, 100_000_000n);
  const first = await buy(buyerId, 30);
  clock.forward({ minutes: 5 });
  await work.news();
  equal(await ticketOf(buyerId), undefined, 'thirty are not fifty');
  const second = await buy(buyerId, 20);
  await work.news();
  const ticket = await ticketOf(buyerId);
  equal(ticket?.['state'], 'open');
  for (const orderId of [first, second]) equal(await look(orderId, buyerId), 'ORDER_IN_REVIEW');
  const answer = await transaction(db, async (tx) =>
    stepTicket(tx, {
      viewer: await staffer(db, 'risk'),
      ticketId: String(ticket?.['id']),
      event: 'pass',
      text: '企业年会采购，有说明',
    }),
  );
  ok(answer.ok);
  await work.news();
  equal(await look(first, buyerId), 'shown');
  deepEqual(await asOwner(`select 1 from orders.holds where reason = 'risk'`, []), []);
});

test('F057 a review that nobody looks at ends by itself after 30 minutes; an old account, and ten minutes apart, are none', async () => {
  const [fresh = '', slow = '', old = ''] = await buyers(db, 3, 100_000_000n);
  await asOwner(`update identity.users set created_at = created_at - interval '30 days' where id = $1`, [
    old,
  ]);
  const held = await buy(fresh, 50);
  await buy(old, 50);
  await buy(slow, 25);
  await work.news();
  clock.forward({ minutes: 11 });
  await buy(slow, 25);
  await work.news();
  deepEqual([await ticketOf(slow), await ticketOf(old)], [undefined, undefined]);
  equal(await look(held, fresh), 'ORDER_IN_REVIEW');
  clock.forward({ minutes: 18, seconds: 59 });
  await work.due();
  await work.news();
  equal(await look(held, fresh), 'ORDER_IN_REVIEW', 'a second before');
  clock.forward({ seconds: 1 });
  await work.due();
  await work.news();
  equal(await look(held, fresh), 'shown');
  equal((await ticketOf(fresh))?.['state'], 'lapsed');
});

test('F098 F207 an order from 1000 yuan on waits longer, has the way of its goods in its log, and is inspected; below it has none of these', async () => {
  const [buyerId = ''] = await buyers(db, 1, 100_000_000n);
  const [high, low] = [await buy(buyerId, 11), await buy(buyerId, 10)];
  await work.news();
  await work.news();
  const order = async (id: string) =>
    (await asOwner('select settle_days, total_fen from orders.orders where id = $1', [id]))[0];
  deepEqual(await order(high), { settle_days: 6, total_fen: '106700' });
  deepEqual(await order(low), { settle_days: 3, total_fen: '97000' });
  const rows = await asOwner(
    'select order_id, anchored_at is not null as anchored, inspected_at from risk.high_orders where order_id = any($1)',
    [[high, low]],
  );
  deepEqual(rows, [{ order_id: high, anchored: true, inspected_at: null }]);
  const facts = async (id: string) =>
    (await asOwner('select kind from evidence.events where about = $1 order by seq', [id])).map(
      (row) => row['kind'],
    );
  deepEqual(await facts(high), ['order.purchased', 'order.provenance']);
  deepEqual(await facts(low), ['order.purchased']);
  const officer = await staffer(db, 'risk');
  const inspect = () => transaction(db, (tx) => inspectOrder(tx, { viewer: officer, orderId: high }));
  deepEqual(
    (await Promise.all([inspect(), inspect()])).map((one) => one.ok).toSorted(),
    [false, true],
    'once',
  );
  deepEqual((await facts(high)).at(-1), 'order.inspected');
});

test('F053 whoever is limited buys risky goods up to the day’s limit, and still files a case', async () => {
  const [buyerId = ''] = await buyers(db, 1, 100_000_000n);
  const [a, b] = [await staffer(db, 'risk'), await staffer(db, 'risk')];
  const ladder: [MeasureStep, BuyerSignal][] = [
    ['notice', 'bad_faith'],
    ['fewer_fast', 'own_use'],
    ['no_first_pay', 'reused_exhibit'],
    ['limit_goods', 'paid_twice'],
  ];
  for (const [step, kind] of ladder) {
    await transaction(db, (tx) =>
      noteSignals(tx, [{ subjectId: buyerId, side: 'buyer', kind, ref: step, evidence: {} }]),
    );
    const [row] = await asOwner('select id from risk.signals where subject_id = $1 and ref = $2', [
      buyerId,
      step,
    ]);
    const proposed = await transaction(db, (tx) =>
      propose(tx, {
        viewer: a,
        side: 'buyer',
        subjectId: buyerId,
        step,
        signals: [String(row?.['id'])],
        reasons: '有证据的一项',
      }),
    );
    ok(proposed.ok, `${step}: ${proposed.ok ? '' : proposed.refusal}`);
    const { measureId } = proposed.value;
    ok(
      (
        await transaction(db, (tx) =>
          decideProposed(tx, { viewer: b, measureId, agrees: true, text: '属实' }),
        )
      ).ok,
    );
  }
  equal(await buy(buyerId, 6), 'RISKY_GOODS_LIMIT', '585 yuan at once');
  const orders = await Promise.all([buy(buyerId, 3), buy(buyerId, 3)]);
  equal(
    orders.filter((one) => one === 'RISKY_GOODS_LIMIT').length,
    1,
    '292.50 and 292.50 in one moment: one of them',
  );
  const orderId = must(
    orders.find((one) => one !== 'RISKY_GOODS_LIMIT'),
    'one was bought',
  );
  equal(await look(orderId, buyerId), 'shown');
  const filed = await transaction(db, (tx) =>
    fileCase(tx, filing({ orderId, buyerId, shelf }, { reason: 'WRONG_SPEC' })),
  );
  ok(filed.ok, 'no measure stands before a case');
  clock.forward({ hours: 24, minutes: 1 });
  ok((await buy(buyerId, 5)).length > 30, 'the next day');
});
