import assert from 'node:assert/strict';
import { prove } from '../../bin/prove.ts';
import type { Acknowledged } from './clients.ts';
import type { World } from './shop.ts';

/**
 * Looks at the rows alone, whatever state a crash left: all that was answered is there, nothing is there twice, and prove finds nothing.
 * Call it while no client has an answer under way.
 */
export async function nothingLost(world: World, said: Acknowledged, wrong: readonly string[]): Promise<void> {
  assert.deepEqual(wrong.slice(0, 5), []);
  const bought = new Map(
    (
      await world.rows(
        `select buyer_id || '/' || idempotency_key as name, array_to_string(order_ids, ',') as orders from checkout.checkouts`,
      )
    ).map((row) => [row['name'], row['orders']]),
  );
  for (const one of said.purchases)
    assert.equal(
      bought.get(`${one.buyerId}/${one.key}`),
      one.orderIds.join(),
      'a purchase that was answered is stored, with the same orders',
    );
  const [count] = await world.rows(
    `select (select count(*) from orders.orders) as orders, (select coalesce(sum(cardinality(order_ids)), 0) from checkout.checkouts) as told`,
  );
  assert.equal(count?.['orders'], count?.['told'], 'no order exists beside its checkout');
  await oneKeyEach(world, said);
  const trades = new Map(
    (await world.rows('select trade_no, payment_id from payments.trades')).map((row) => [
      row['trade_no'],
      row['payment_id'],
    ]),
  );
  for (const one of said.trades)
    assert.equal(trades.get(one.tradeNo), one.paymentId, 'a notice that was acknowledged is stored');
  const [stock] = await world.rows(
    'select count(*)::int as keys, (select count(*)::int from inventory.fingerprints) as prints from inventory.keys',
  );
  const told = said.imports.flatMap((one) => one.keys).length;
  assert.equal(stock?.['keys'], stock?.['prints'], 'every key has its fingerprint');
  assert.ok(
    Number(stock?.['prints']) >= told && Number(stock?.['keys']) <= world.stocked.size,
    'what was imported is in stock, once',
  );
  await saidOnce(world, said);
  const { offences } = await prove({ url: world.ownerUrl, keys: world.keys });
  assert.deepEqual(offences, []);
}

/** A key that was shown belongs to one unit of one order, and its look was recorded. */
async function oneKeyEach(world: World, { reveals }: Acknowledged): Promise<void> {
  const rows = await world.rows(
    `select order_id || '' as "orderId", count(*)::int as looks from delivery.reveals group by order_id`,
  );
  const looks = new Map(rows.map((row) => [row['orderId'], row['looks']]));
  const ownerOf = new Map<string, string>();
  for (const { orderId, secret } of reveals) {
    assert.ok(world.stocked.has(secret), 'what was shown is a key of the shop');
    assert.equal(ownerOf.get(secret) ?? orderId, orderId, 'no key is shown to two buyers');
    ownerOf.set(secret, orderId);
    assert.ok(Number(looks.get(orderId)) >= 1, 'a look that was answered is recorded');
  }
}

/** Words that were answered are there, once, as the demand of their order. */
async function saidOnce(world: World, { messages }: Acknowledged): Promise<void> {
  if (messages.length === 0) return;
  const rows = await world.rows(
    `select order_id || '' as "orderId", string_agg(id || '', ',') filter (where kind = 'demand') as demands from messaging.messages group by order_id`,
  );
  const demands = new Map(rows.map((row) => [row['orderId'], row['demands']]));
  for (const { orderId, messageId } of messages)
    assert.equal(demands.get(orderId), messageId, 'a message that was answered is stored, once');
}

/** Waits until nothing is under way any more: no deadline that has come, no news, nothing that the log lacks. */
export async function quiet(world: World): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const [row] = await world.rows(
      `select (select count(*)::int from kit.deadlines where due_at <= ${businessNow})
            + (select count(*)::int from kit.outbox) + (select count(*)::int from evidence.pending) as left`,
    );
    if (row?.['left'] === 0) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  const left = await world.rows(
    `(select event, attempts, error from kit.outbox limit 5)
     union all (select what, null, due_at::text from kit.deadlines where due_at <= ${businessNow} limit 5)`,
  );
  assert.fail(`something is still under way after 30 s: ${JSON.stringify(left)}`);
}

const businessNow = `(select now() + offset_ms * interval '1 millisecond' from kit.clock)`;

/** After all is quiet: every payment that came was decided, and every fact has its leaf. */
export async function allDone(world: World): Promise<void> {
  const unapplied = await world.rows(
    `select id, sum(amount)::text as left from (
       select credit_id as id, amount_fen as amount from ledger.transfers where credit_kind = 'unapplied'
       union all select debit_id, -amount_fen from ledger.transfers where debit_kind = 'unapplied') as moves
      group by id having sum(amount) <> 0`,
  );
  assert.deepEqual(unapplied, [], 'no money waits without a decision');
  const [log] = await world.rows(
    'select (select count(*)::int from evidence.events) as events, (select sum(events)::int from evidence.batches) as leaves',
  );
  assert.equal(log?.['events'], log?.['leaves'], 'every fact is in the log');
}
