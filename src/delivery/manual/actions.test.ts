import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../../test/database.ts';
import { manualListing } from '../../../test/listings.ts';
import { aShop, buyers, wishFor } from '../../../test/world.ts';
import { openLog } from '../../app/log.ts';
import { pumpAll } from '../../app/pump.ts';
import { reactions } from '../../app/reactions.ts';
import { purchaseLane } from '../../checkout/lanes.actions.ts';
import { transaction } from '../../kit/tx.ts';
import { confirm } from '../completion.actions.ts';
import { acceptOrders, decline, fulfil, revealContent, seeAnswers } from './actions.ts';

const { db, asOwner } = await testDatabase();
const shelf = await aShop(db, [manualListing()]);
const other = await aShop(db, [manualListing()]);
const { variantId = '' } = shelf.listings[0] ?? {};
const hand = { shopId: shelf.shopId, userId: shelf.ownerId };

async function bought(quantity = 1) {
  const [buyerId = ''] = await buyers(db, 1);
  const answer = await purchaseLane(db).submit(await wishFor(db, { buyerId, variantId, quantity }));
  ok(answer.ok, answer.ok ? '' : answer.refusal);
  return { buyerId, orderId: answer.value.orders[0]?.orderId ?? '' };
}
const unit = { account: 'wang@example.cn', password: 'Geheim-2026' };
const deliver = (orderId: string, units = [unit] as Record<string, string>[], by = hand) =>
  transaction(db, (tx) => fulfil(tx, { ...by, orderId, line: 1, units }));
const look = (made: { buyerId: string; orderId: string }, place = 1, scopes: string[] | null = []) =>
  transaction(db, (tx) =>
    revealContent(tx, {
      orderId: made.orderId,
      buyerIds: [made.buyerId],
      userId: made.buyerId,
      line: 1,
      place,
      viewer: { sessionId: null, deviceId: null, scopes },
      deviceHash: Buffer.alloc(16, 1),
      addressHash: Buffer.alloc(16, 2),
    }),
  );
const kinds = async (orderId: string) =>
  (await asOwner('select kind from evidence.events where about = $1 order by seq', [orderId])).map(
    (row) => row['kind'],
  );

test('F017 what is delivered by hand lies sealed in the database, and only a look of its buyer opens it, each time recorded', async () => {
  const made = await bought(2);
  deepEqual(await look(made), { ok: false, refusal: 'ORDER_NOT_DELIVERED' });
  const done = await deliver(made.orderId, [unit, { ...unit, password: 'Zweites' }]);
  deepEqual(done, { ok: true, value: { state: 'delivered', version: 1, orderState: 'delivered' } });
  const rows = await asOwner('select sealed, reveals from delivery.contents where order_id = $1', [
    made.orderId,
  ]);
  equal(rows.length, 2);
  ok(rows.every((row) => !(row['sealed'] as Buffer).toString('latin1').includes('Geheim')));
  const events = await asOwner('select payload from evidence.events where about = $1', [made.orderId]);
  ok(events.every((row) => !String(row['payload']).includes('Geheim')));
  const [first, second] = [await look(made), await look(made)];
  ok(first.ok && second.ok);
  deepEqual(
    [first.value.first, first.value.reveals, second.value.first, second.value.reveals],
    [true, 1, false, 2],
  );
  equal(first.value.fields.find((one) => one.key === 'password')?.value.reveal(), 'Geheim-2026');
  equal(String(first.value.fields[0]?.value), '[secret]');
  equal(
    (await asOwner('select 1 from delivery.content_reveals where order_id = $1', [made.orderId])).length,
    2,
  );
  const [stranger = ''] = await buyers(db, 1);
  deepEqual(await look({ ...made, buyerId: stranger }), { ok: false, refusal: 'ORDER_NOT_FOUND' });
  deepEqual(await look(made, 7), { ok: false, refusal: 'UNIT_NOT_FOUND' });
});

test('F017 a browser that has not confirmed the password sees nothing of what is worth much', async () => {
  const made = await bought();
  await deliver(made.orderId);
  deepEqual(await look(made, 1, null), { ok: false, refusal: 'PASSWORD_NEEDED' });
});

test('VGSR 13 a form that says only "sent" is no delivery; what is missing or wrong is named by field and place', async () => {
  const { orderId } = await bought();
  const refusal = async (units: Record<string, string>[]) => {
    const answer = await deliver(orderId, units);
    return answer.ok ? 'delivered' : [answer.refusal, answer.detail?.['key'], answer.detail?.['place']];
  };
  deepEqual(await refusal([{ account: '已发', password: '已发货！' }]), [
    'CONTENT_SAYS_NOTHING',
    'account',
    1,
  ]);
  deepEqual(await refusal([{ account: 'a' }]), ['CONTENT_INCOMPLETE', 'password', 1]);
  deepEqual(await refusal([unit, unit]), ['CONTENT_INCOMPLETE', undefined, 3]);
  equal(
    (await asOwner('select state from orders.orders where id = $1', [orderId]))[0]?.['state'],
    'awaiting',
  );
  equal((await asOwner('select 1 from delivery.contents where order_id = $1', [orderId])).length, 0);
});

test('several orders are taken on at once; those of others, and those taken on before, are left', async () => {
  const [one, two] = [await bought(), await bought()];
  const ids = [one.orderId, two.orderId];
  deepEqual(await transaction(db, (tx) => acceptOrders(tx, { ...hand, orderIds: ids })), {
    accepted: 2,
    already: 0,
  });
  deepEqual(await transaction(db, (tx) => acceptOrders(tx, { ...hand, orderIds: ids })), {
    accepted: 0,
    already: 2,
  });
  const stranger = { shopId: other.shopId, userId: other.ownerId };
  deepEqual(await transaction(db, (tx) => acceptOrders(tx, { ...stranger, orderIds: ids })), {
    accepted: 0,
    already: 2,
  });
  deepEqual(await deliver(one.orderId, [unit], stranger), { ok: false, refusal: 'DELIVERY_NOT_FOUND' });
  const [row] = await asOwner('select accepted_by from delivery.lines where order_id = $1', [one.orderId]);
  equal(row?.['accepted_by'], shelf.ownerId);
});

test('a correction is a new version beside the old, and the buyer looks at the new one before confirming', async () => {
  const made = await bought();
  await deliver(made.orderId);
  ok((await look(made)).ok);
  const corrected = await deliver(made.orderId, [{ ...unit, password: 'Richtig' }]);
  deepEqual(corrected, { ok: true, value: { state: 'delivered', version: 2, orderState: 'delivered' } });
  const early = await transaction(db, (tx) =>
    confirm(tx, { orderId: made.orderId, buyerIds: [made.buyerId], userId: made.buyerId }),
  );
  equal(early.ok ? '' : early.refusal, 'KEYS_STILL_SEALED');
  const seen = await look(made);
  ok(seen.ok);
  equal(seen.value.version, 2);
  equal(seen.value.fields.find((one) => one.key === 'password')?.value.reveal(), 'Richtig');
  ok(
    (
      await transaction(db, (tx) =>
        confirm(tx, { orderId: made.orderId, buyerIds: [made.buyerId], userId: made.buyerId }),
      )
    ).ok,
  );
  deepEqual(await deliver(made.orderId), { ok: false, refusal: 'DELIVERY_CLOSED' });
  deepEqual(await kinds(made.orderId), [
    'order.placed',
    'delivery.delivered',
    'delivery.revealed',
    'delivery.corrected',
    'delivery.revealed',
    'order.completed',
  ]);
});

test('F018 who sees what the buyer answered is a fact of the order; when all is over nobody of the shop sees it any more', async () => {
  const { orderId } = await bought();
  const seen = await transaction(db, (tx) => seeAnswers(tx, { ...hand, orderId }));
  ok(seen.ok);
  equal(seen.value[0]?.answers['target']?.reveal(), '13800138000');
  const [event] = await asOwner(
    `select kind from evidence.events where about = $1 and kind = 'delivery.answers_seen'`,
    [orderId],
  );
  ok(event);
  ok((await transaction(db, (tx) => decline(tx, { ...hand, orderId, line: 1, reason: '账号开不了' }))).ok);
  deepEqual(await transaction(db, (tx) => seeAnswers(tx, { ...hand, orderId })), {
    ok: false,
    refusal: 'DELIVERY_CLOSED',
  });
});

test('F014 the shop hears of a paid order and the buyer of the delivery, each once', async () => {
  const made = await bought();
  await pumpAll(db, reactions, openLog('silent'));
  await deliver(made.orderId);
  await pumpAll(db, reactions, openLog('silent'));
  await pumpAll(db, reactions, openLog('silent'));
  const told = await asOwner(
    `select user_id, kind from notifications.messages where data->>'order' = $1 order by kind`,
    [made.orderId],
  );
  deepEqual(told, [
    { user_id: made.buyerId, kind: 'order.delivered' },
    { user_id: shelf.ownerId, kind: 'shop.due' },
  ]);
});
