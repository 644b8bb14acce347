import { deepEqual, ok } from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { prove } from '../bin/prove.ts';
import { sequenceAll } from '../src/evidence/sequencer.jobs.ts';
import { testLog } from './log.ts';
import { eachIsNamed, holds } from './damage.ts';
import { testDatabase } from './database.ts';
import { inPieces, testFiles } from './files.ts';
import { aShop, buyers, stock, wishFor } from './world.ts';
import { transaction } from '../src/kit/tx.ts';
import { purchaseLane } from '../src/checkout/lanes.actions.ts';
import { cancelSealed } from '../src/delivery/cancel.actions.ts';
import { confirm } from '../src/delivery/completion.actions.ts';
import { lapseOrders, markLateLines, releaseOrders, remindShops } from '../src/delivery/jobs.ts';
import { cancelLate } from '../src/delivery/line-late.actions.ts';
import { decline, fulfil, revealContent } from '../src/delivery/manual/actions.ts';
import { manualListing } from './listings.ts';
import { revealLane } from '../src/delivery/lanes.actions.ts';
import { putBlob } from '../src/kit/blob.ts';
import { done } from '../src/kit/result.ts';
import { dueNow } from '../src/kit/deadlines.ts';

const { db, ownerUrl, clock } = await testDatabase();
const { folder: files } = testFiles(db);
const proved = { db, ownerUrl, files };

test('prove holds on a world that was made by the real actions', async () => {
  const shelf = await aShop(db, [{}, {}]);
  const kept = await putBlob(
    db,
    inPieces(Buffer.from('a file')),
    { max_bytes: 100 },
    async (_, file, keep) => {
      await keep();
      return done(file);
    },
  );
  ok(kept.ok);
  const [a, b] = shelf.listings.map((one) => one.variantId) as [string, string];
  await stock(db, shelf, a, 60);
  await stock(db, shelf, b, 30);
  const people = await buyers(db, 20);
  for (const [i, buyerId] of people.entries()) {
    const answer = await purchaseLane(db).submit(
      await wishFor(db, { buyerId, variantId: i % 3 ? a : b, quantity: 1 + (i % 4) }),
    );
    ok(answer.ok);
    const orderId = answer.value.orders[0]?.orderId ?? '';
    const asking = { orderId, buyerIds: [buyerId], userId: buyerId };
    if (i % 2)
      ok(
        (
          await revealLane(db).submit({
            ...asking,
            unit: { line: 1, place: 1 },
            viewer: { sessionId: null, deviceId: null, scopes: [] },
            deviceHash: Buffer.alloc(16),
            addressHash: Buffer.alloc(16),
          })
        ).ok,
      );
    if (i % 4 === 1 && i % 4 < 2) await transaction(db, (tx) => confirm(tx, asking));
    if (i % 5 === 0)
      await transaction(db, (tx) =>
        cancelSealed(tx, { ...asking, unit: { line: 1, place: 1 }, paymentId: null }),
      );
  }
  for (const [what, act, days] of [
    ['order.confirm', lapseOrders, 8],
    ['order.release', releaseOrders, 4],
  ] as const) {
    clock.forward({ days });
    await transaction(db, async (tx) => act(tx, await dueNow(tx, { now: tx.business, what, limit: 100 })));
  }
  await laterOrders();
  await sequenceAll(testLog(db));
  await holds(proved);
});

/** Goods delivered by hand: one that waits, one delivered and seen, one that the shop refused, one that came too late. */
async function laterOrders(): Promise<void> {
  const shelf = await aShop(db, [manualListing()]);
  const [{ variantId } = { variantId: '' }] = shelf.listings;
  const bought = async () => {
    const [buyerId = ''] = await buyers(db, 1);
    const answer = await purchaseLane(db).submit(await wishFor(db, { buyerId, variantId }));
    ok(answer.ok);
    return { buyerId, orderId: answer.value.orders[0]?.orderId ?? '' };
  };
  const hand = { shopId: shelf.shopId, userId: shelf.ownerId, line: 1 };
  const [done, refused, late] = [await bought(), await bought(), await bought()];
  await transaction(db, (tx) =>
    fulfil(tx, { ...hand, orderId: done.orderId, units: [{ account: 'a', password: 'geheim-1' }] }),
  );
  ok(
    (
      await transaction(db, (tx) =>
        revealContent(tx, {
          orderId: done.orderId,
          buyerIds: [done.buyerId],
          userId: done.buyerId,
          line: 1,
          place: 1,
          viewer: { sessionId: null, deviceId: null, scopes: [] },
          deviceHash: Buffer.alloc(16),
          addressHash: Buffer.alloc(16),
        }),
      )
    ).ok,
  );
  await transaction(db, (tx) => decline(tx, { ...hand, orderId: refused.orderId, reason: '今天没有货' }));
  clock.forward({ minutes: 31 });
  for (const [what, act] of [
    ['delivery.accept', remindShops],
    ['delivery.late', markLateLines],
  ] as const)
    await transaction(db, async (tx) => act(tx, await dueNow(tx, { now: tx.business, what, limit: 100 })));
  ok(
    (
      await transaction(db, (tx) =>
        cancelLate(tx, { orderId: late.orderId, buyerIds: [late.buyerId], userId: late.buyerId }),
      )
    ).ok,
  );
  await bought();
}

// Each damage is done by SQL as the owner in a transaction that is rolled back after the look.
const one = (table: string, where = 'true'): string => `(select ctid from ${table} where ${where} limit 1)`;

test('prove names it: a byte of a file was changed', async () => {
  const [name = ''] = readdirSync(files, { recursive: true, encoding: 'utf8' }).filter(
    (one) => one.length > 64,
  );
  const path = join(files, name);
  const bytes = readFileSync(path);
  writeFileSync(path, 'a fibe');
  const { offences } = await prove({ url: ownerUrl, files });
  deepEqual(
    offences.map(({ says }) => says),
    ['every file is there, and its bytes have its hash'],
  );
  writeFileSync(path, bytes);
});

eachIsNamed(proved, [
  [
    'a wallet gets a fen from nowhere',
    `update ledger.accounts set balance_fen = balance_fen + 1 where ctid = ${one('ledger.accounts', "kind = 'wallet'")}`,
    'every running balance is what its transfers add up to',
  ],
  [
    'a shop loses its balance row',
    `delete from ledger.accounts where ctid = ${one('ledger.accounts', "kind = 'available' and balance_fen > 0")}`,
    'no account with a floor is missing its row',
  ],
  [
    'a release is made smaller',
    `update ledger.transfers set amount_fen = amount_fen - 1 where ctid = ${one('ledger.transfers', "kind = 'escrow.released'")}`,
    'what each debit of escrow says is left is what is left',
  ],
  [
    'a debit gets a number too high',
    `update ledger.transfers set debit_seq = 9 where ctid = ${one('ledger.transfers', "kind = 'escrow.fee'")}`,
    'debits are numbered 1 to n, without a hole',
  ],
  [
    'a funding disappears',
    `delete from ledger.transfers where ctid = ${one('ledger.transfers', "kind = 'order.funded'")}`,
    'escrow holds what its order says: the total less refunds until it is released, nothing before or after',
  ],
  [
    'a fee is too high',
    `update ledger.transfers t set amount_fen = amount_fen + case kind when 'escrow.fee' then 10 else -10 end where debit_id = (select debit_id from ledger.transfers where kind = 'escrow.fee' limit 1) and kind in ('escrow.fee', 'escrow.released')`,
    'a shop gets what is released less the fee, rounded down',
  ],
  [
    'a line pays to a line that is not there',
    `update ledger.transfers set credit_id = replace(credit_id, '.1', '.7') where ctid = ${one('ledger.transfers', "kind = 'order.funded'")}`,
    'every escrow account belongs to a line of an order',
  ],
  [
    'a refund is written into an order',
    `update orders.orders set refunded_fen = 1 where ctid = ${one('orders.orders', 'refunded_fen = 0')}`,
    'refunds of an order are what went back from its escrow',
  ],
  [
    'an order is made cheaper',
    `update orders.orders set total_fen = total_fen - 1 where ctid = ${one('orders.orders', 'refunded_fen = 0')}`,
    'an order costs what its lines cost',
  ],
  [
    'a price component is edited',
    `update orders.lines set components = jsonb_set(components, '{0,amount}', '"1"') where ctid = ${one('orders.lines')}`,
    'a line costs its price times its quantity, and its components add up to it',
  ],
  [
    'a state is set without a step',
    `update orders.orders set state = 'refunded' where ctid = ${one('orders.orders', "state = 'completed'")}`,
    'the steps of an order lead from its beginning to its state, each from where the one before ended',
  ],
  [
    'a step disappears',
    `delete from orders.steps where ctid = ${one('orders.steps', 'step = 2')}`,
    'the steps of an order lead from its beginning to its state, each from where the one before ended',
  ],
  [
    'a number is taken out of a line',
    `update orders.lines set numbers = numbers[2:] where ctid = ${one('orders.lines', 'quantity > 1')}`,
    'a paid line has as many numbers as it sold, an unpaid one has none',
  ],
  [
    'a key is sold a second time',
    `update orders.lines l set numbers = (select numbers from orders.lines m where m.pool_id = l.pool_id and m.order_id <> l.order_id and m.quantity = l.quantity limit 1) where ctid = (select l.ctid from orders.lines l join orders.lines m on m.pool_id = l.pool_id and m.quantity = l.quantity and m.order_id <> l.order_id limit 1)`,
    'no key was sold twice',
  ],
  [
    'a delivered unit disappears',
    `delete from delivery.units where ctid = ${one('delivery.units')}`,
    'every number of a paid line is delivered, or was cancelled unseen',
  ],
  [
    'a sold key disappears',
    `delete from inventory.keys where ctid = (select k.ctid from inventory.keys k join delivery.units u using (shop_id, pool_id, number) limit 1)`,
    'what was sold is a key that was in stock',
  ],
  [
    'a key changes its batch',
    `update inventory.keys k set batch_id = shop_id where ctid = ${one('inventory.keys')}`,
    'every key came in with a batch of its pool',
  ],
  [
    'an unsold key disappears',
    `delete from inventory.keys where ctid = (select k.ctid from inventory.keys k left join delivery.units u using (shop_id, pool_id, number) where u.number is null limit 1)`,
    'a batch has as many keys as the log was told',
  ],
  [
    'a batch is said to begin later',
    `update inventory.batches set first_number = first_number + 1 where ctid = ${one('inventory.batches')}`,
    'the batches of a pool follow one another from its first number to its last',
  ],
  [
    'numbers are invented behind the last batch',
    `update inventory.pools set last_number = last_number + 5 where ctid = ${one('inventory.pools')}`,
    'the batches of a pool follow one another from its first number to its last',
  ],
  [
    'stock is invented',
    `update inventory.pools set on_hand = on_hand + 1 where ctid = ${one('inventory.pools')}`,
    'what a pool has on hand is its keys that can be sold',
  ],
  [
    'stock is locked by nobody',
    `update inventory.pools set reserved = reserved + 1 where ctid = ${one('inventory.pools')}`,
    'what a pool holds for unpaid orders is what they reserved',
  ],
  [
    'a look at a key is hidden',
    `delete from delivery.reveals where ctid = ${one('delivery.reveals')}`,
    'each look at a key is recorded, the first as its time',
  ],
  [
    'a delivery of a paid line disappears',
    `with c as (delete from delivery.contents) delete from delivery.lines where ctid = ${one('delivery.lines', "state = 'waiting'")}`,
    'every paid line of goods that are delivered later has its delivery, and no other line has one',
  ],
  [
    'a line is said to be delivered',
    `update delivery.lines set state = 'delivered', delivered_at = paid_at where ctid = ${one('delivery.lines', "state = 'waiting'")}`,
    'an order of later goods is as far as its lines are',
  ],
  [
    'a cancelled line is said to have given nothing back, and its money is kept',
    `delete from ledger.transfers where kind = 'order.refunded' and debit_id = (select order_id || '.' || line from delivery.lines where state = 'failed' limit 1)`,
    'a line that failed or was cancelled left nothing in escrow, and says what went back',
  ],
  [
    'the deadline of a promise disappears',
    `delete from kit.deadlines where ctid = ${one('kit.deadlines', "what = 'delivery.undelivered'")}`,
    'a line that waits for its delivery has the deadlines of its promise, and no other line has',
  ],
  [
    'what was delivered by hand disappears',
    `delete from delivery.contents where ctid = ${one('delivery.contents')}`,
    'what was delivered by hand has its content, one for each unit',
  ],
  [
    'a look at what was delivered by hand is hidden',
    `delete from delivery.content_reveals where ctid = ${one('delivery.content_reveals')}`,
    'each look at what was delivered by hand is recorded, the first as its time',
  ],
  [
    'the fact of a delivery disappears',
    `delete from evidence.events where ctid = ${one('evidence.events', "kind = 'delivery.delivered'")}`,
    'every delivery, and every promise that was broken, is a fact in evidence',
  ],
  [
    'a deadline disappears',
    `insert into kit.deadlines select shop_id, id, 'order.expire', placed_at, placed_at, '43', '1.0.0', 'elapsed' from orders.orders limit 1`,
    'an order has the deadline of its state, and no other',
  ],
  [
    'a fingerprint disappears, so the key could be imported again',
    `delete from inventory.fingerprints where ctid = ${one('inventory.fingerprints')}`,
    'a key that is sealed is found by its fingerprint',
  ],
  [
    'a checkout is made cheaper',
    `update checkout.checkouts set total_fen = total_fen - 1 where ctid = ${one('checkout.checkouts')}`,
    'a checkout costs what its orders cost, and its orders know it',
  ],
  [
    'the words that a buyer ticked are edited',
    `update checkout.texts set text = text || '。' where ctid = ${one('checkout.texts')}`,
    'the words of every text that was ticked are kept under their hash',
  ],
  [
    'a fact disappears',
    `delete from evidence.events where ctid = ${one('evidence.events', "kind = 'delivery.revealed'")}`,
    'every look at a key is a fact in evidence',
  ],
  [
    'a fact is dated back',
    `update evidence.events set at = at - interval '1 hour' where ctid = ${one('evidence.events', "kind = 'order.purchased'")}`,
    'each leaf of the log is its fact, and the newest checkpoint is the root over all',
  ],
  [
    'a fact is told otherwise',
    `update evidence.events set payload = set_byte(payload, 20, (get_byte(payload, 20) + 1) % 256) where ctid = ${one('evidence.events')}`,
    'every fact opens, and is what was committed to',
  ],
  [
    'a leaf of the log is exchanged',
    `update evidence.edges set data = overlay(data placing sha256('other') from 3 * 32 + 1) where level = 0`,
    'each leaf of the log is its fact, and the newest checkpoint is the root over all',
  ],
  [
    'a file is said to be larger',
    `update kit.blobs set size_bytes = size_bytes + 1 where ctid = ${one('kit.blobs')}`,
    'every file is there, and its bytes have its hash',
  ],
  [
    'a file gets the hash of another',
    `update kit.blobs set sha256 = sha256('other') where ctid = ${one('kit.blobs')}`,
    'every file is there, and its bytes have its hash',
  ],
  [
    'a fact takes the place of another in the log',
    `update evidence.events set place = 1 where ctid = ${one('evidence.events', 'place > 1')}`,
    'every batch of the log has its facts, numbered 1 to n',
  ],
  [
    'the tail of the log is cut off',
    `delete from evidence.batches where first = (select max(first) from evidence.batches)`,
    'the newest checkpoint is of the whole log',
  ],
]);
