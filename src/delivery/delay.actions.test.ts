import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../test/database.ts';
import { manualListing } from '../../test/listings.ts';
import { aShop, buyers, wishFor } from '../../test/world.ts';
import { transaction } from '../kit/tx.ts';
import { purchaseLane } from '../checkout/lanes.actions.ts';
import { acceptLines, deliverLines } from './line.actions.ts';

const { db, clock, asOwner } = await testDatabase();
const listing = manualListing();
const shelf = await aShop(db, [
  { ...listing, opening: null, delivery: { ...listing.delivery, within_seconds: 8 * 3600 } },
]);

// Promised in eight hours; delivered so many hours after the payment, and what of 97.50 yuan comes back by itself.
for (const [hours, back] of [
  [7, 0n],
  [8.5, 0n],
  [10, 195n],
  [15, 487n],
] as const)
  test(`F062 F104 promised in 8 hours and delivered after ${hours}: ${back} fen come back with the delivery, out of escrow, once`, async () => {
    const [buyerId = ''] = await buyers(db, 1);
    const answer = await purchaseLane(db).submit(
      await wishFor(db, { buyerId, variantId: shelf.listings[0]?.variantId ?? '' }),
    );
    ok(answer.ok, answer.ok ? '' : answer.refusal);
    const orderId = answer.value.orders[0]?.orderId ?? '';
    const at = { shopId: shelf.shopId, orderId, line: 1, by: 'merchant' as const, byId: shelf.ownerId };
    clock.forward({ minutes: hours * 60 });
    await transaction(db, (tx) => acceptLines(tx, [at]));
    for (let i = 0; i < 2; i += 1)
      await transaction(db, (tx) => deliverLines(tx, [{ ...at, proof: { units: 1 } }]));
    const [row] = await asOwner(
      `select o.refunded_fen::text as refunded, o.state,
              (select coalesce(sum(paid_fen), 0)::text from orders.losses l where l.order_id = o.id) as lost,
              (select coalesce(sum(amount_fen), 0)::text from ledger.transfers t where t.about = o.id and t.credit_kind = 'wallet') as got
         from orders.orders o where o.id = $1`,
      [orderId],
    );
    deepEqual([row?.['refunded'], row?.['lost'], row?.['got']], [String(back), String(back), String(back)]);
    equal(row?.['state'], 'delivered');
  });
