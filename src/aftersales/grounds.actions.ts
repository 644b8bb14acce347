import { fen } from '../kit/money.ts';
import type { Tx } from '../kit/tx.ts';
import { priceOf } from '../catalog/rules.ts';
import { versionsOf } from '../catalog/versions.actions.ts';
import { proRataOf } from '../delivery/membership/actions.ts';
import type { Line } from '../orders/rules.ts';
import { recounted, type Grounds, type Recount } from './grounds.rules.ts';
import { ticked, tradesOf } from './grounds.views.ts';

type Pinned = Pick<
  Line,
  'shopId' | 'orderId' | 'number' | 'listingId' | 'version' | 'variantId' | 'quantity' | 'total'
>;

/** Computes the price of a line again, from the listing version that the order pinned, as the checkout did. */
export async function recountOf(tx: Tx, line: Pinned): Promise<Recount> {
  const [version] = await versionsOf(tx, [line]);
  const variant = version?.variants.get(line.variantId);
  // A variant that the version does not have any more cannot be computed again; the price stands.
  if (!variant) return recounted(line.total, line.total);
  const { total } = priceOf({ ...variant, groupDiscount_bps: 0 }, line.quantity);
  return recounted(line.total, fen(total));
}

/** What the platform's own records say about a claim. */
export async function groundsOf(tx: Tx, line: Pinned, paymentId: string | null): Promise<Grounds> {
  const key = { shopId: line.shopId, viewerOrder: line.orderId };
  const [price, [told], [left], trades] = await Promise.all([
    recountOf(tx, line),
    ticked(tx, { ...key, name: 'binding-rule' }),
    proRataOf(tx, [{ shopId: line.shopId, orderId: line.orderId, line: line.number }]),
    paymentId === null ? [] : tradesOf(tx, { paymentId, viewerOrder: line.orderId }),
  ]);
  return { price, bindingTold: told?.ticked ?? false, proRata: left?.value ?? null, trades };
}
