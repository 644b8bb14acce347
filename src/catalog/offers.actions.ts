import { must } from '../kit/assert.ts';
import type { Queryable } from '../kit/sql.ts';
import type { Tx } from '../kit/tx.ts';
import { settleDaysOf } from '../merchants/rules.ts';
import { versionAt } from '../rules/rules.ts';
import { findOffers } from './offers.store.ts';
import type { Offer } from './rules.ts';
import { knownVersion, versionsOf, type Version, type VersionAt } from './versions.actions.ts';

export type Wanted = { readonly variantId: string; readonly buyerId: string };

/**
 * What each buyer is offered, in the order asked; undefined where there is no such variant. Offers that cannot be bought now come with
 * their state ('suspended', 'off', …), so that the purchase can say why. One statement for all of them; content of versions that this
 * process has not seen yet costs a second one.
 */
export async function offersOf(on: Tx, wanted: readonly Wanted[]): Promise<(Offer | undefined)[]> {
  if (wanted.length === 0) return [];
  const rows = await findOffers(on, {
    variantIds: [...new Set(wanted.map((one) => one.variantId))],
    buyerIds: [...new Set(wanted.map((one) => one.buyerId))],
  });
  const offers = new Map<string, Offer>();
  const discounts = new Map<string, number>();
  for (const row of rows)
    if (row.kind === 'discount')
      discounts.set(`${row.shopId}.${row.id}`, must(row.discountBps, 'a group has a discount'));
  const found = rows.filter((row) => row.kind === 'variant');
  const versions = await versionsFor(on, found.map(placeOf));
  // Asked now: a batch sends its first questions before its clock is known.
  const rulebook = versionAt(on.business);
  found.forEach((row, index) => {
    const offer = offerOf(row, must(versions[index], 'each row has its version'), rulebook);
    if (offer) offers.set(row.id, offer);
  });
  return wanted.map(({ variantId, buyerId }) => {
    const offer = offers.get(variantId);
    if (!offer || discounts.size === 0) return offer;
    const bps = discounts.get(`${offer.shopId}.${buyerId}`);
    return bps ? { ...offer, groupDiscount_bps: bps } : offer;
  });
}

type Row = Awaited<ReturnType<typeof findOffers>>[number];

const placeOf = (row: Row): VersionAt => ({
  shopId: row.shopId,
  listingId: must(row.listingId, 'a variant has a listing'),
  version: must(row.version, 'a listing has a version'),
});

async function versionsFor(on: Queryable, places: readonly VersionAt[]): Promise<Version[]> {
  const quick: Version[] = [];
  for (const place of places) {
    const version = knownVersion(place);
    if (!version) return versionsOf(on, places);
    quick.push(version);
  }
  return quick;
}

/** Undefined for a variant that the newest version no longer has. */
function offerOf(row: Row, version: Version, rulebook: string): Offer | undefined {
  const { content } = version;
  const variant = version.variants.get(row.id);
  if (!variant) return undefined;
  return {
    shopId: row.shopId,
    shopName: must(row.shopName, 'a shop has a name'),
    listingId: must(row.listingId, 'a variant has a listing'),
    variantId: row.id,
    poolId: row.id,
    version: must(row.version, 'a listing has a version'),
    versionHash: version.hash,
    state: must(row.state, 'an offer has a state'),
    goods: content.goods,
    delivery: content.delivery.mode,
    mode: version.mode,
    ready: version.ready,
    deliveryWithin_seconds: content.delivery.within_seconds ?? 0,
    opening: content.opening,
    questions: content.questions,
    title: content.title,
    variantName: variant.name,
    price: variant.price,
    tiers: variant.tiers,
    groupDiscount_bps: 0,
    perBuyerMax: content.limits.perBuyer,
    perOrderMax: content.limits.perOrder,
    useWithin_hours: content.useWithin_hours,
    feeBps: must(row.feeBps, 'a shop has a fee'),
    settleDays: settleDaysOf(must(row.tier, 'a shop has a tier'), rulebook),
    noReasonDays: content.afterSales.noReason_days ?? 0,
    acks: version.acks,
  };
}
