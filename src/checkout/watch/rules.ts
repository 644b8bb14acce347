import { fen, sumFen, type Fen } from '../../kit/money.ts';
import { plus, type Instant } from '../../kit/time.ts';
import { param } from '../../rules/rules.ts';

/** What one buyer bought of one variant within the window. */
export type Burst = {
  readonly buyerId: string;
  readonly variantId: string;
  readonly units: number;
  readonly createdAt: Instant;
  readonly orders: readonly { readonly shopId: string; readonly id: string }[];
};

/** F057: a new account that bought so many equal cards within minutes (article 49). */
export const isUnusual = (one: Pick<Burst, 'units' | 'createdAt'>, version: string, now: Instant): boolean =>
  one.units >= param(version, 'VELOCITY_UNITS') &&
  one.createdAt > plus(now, { days: -param(version, 'NEW_ACCOUNT') });

export const burstSince = (version: string, now: Instant): Instant =>
  plus(now, { minutes: -param(version, 'VELOCITY_WITHIN') });

/** The way of the goods of one order, from their source to the buyer's look: the links of its evidence (article 48, F207). */
export type Link = { readonly step: 'issue' | 'import' | 'list' | 'sell' | 'reveal'; readonly says: string };
export type Sold = {
  readonly listingHash: string;
  readonly version: number;
  readonly batches: readonly { readonly id: string; readonly root: string; readonly source: string }[];
  readonly saleCommitment: string;
};

export const chainOf = (sold: Sold): Link[] => [
  ...sold.batches.flatMap((batch): Link[] => [
    { step: 'issue', says: batch.source },
    { step: 'import', says: batch.root },
  ]),
  { step: 'list', says: `${sold.version}:${sold.listingHash}` },
  { step: 'sell', says: sold.saleCommitment },
  // The looks follow as events of the same order, each with the hash of the one before it.
  { step: 'reveal', says: 'delivery.revealed' },
];

/** Goods that turn into money elsewhere at once. */
export const riskyGoods: readonly string[] = ['card', 'account'];
type Priced = readonly { readonly offer: { readonly goods: string }; readonly total: Fen }[];
const riskyOf = (lines: Priced): Fen =>
  sumFen(lines.filter((line) => riskyGoods.includes(line.offer.goods)).map((line) => line.total));

/** What is left of a buyer's day where these lines pass it (article 38); undefined where nothing limits, or all fits. */
export function overRisky(left: ReadonlyMap<string, Fen>, buyerId: string, lines: Priced): Fen | undefined {
  const most = left.get(buyerId);
  return most !== undefined && riskyOf(lines) > most ? most : undefined;
}

/** Takes a purchase off the day of a limited buyer, for the next ones of the same batch. */
export function spendRisky(left: Map<string, Fen>, buyerId: string, lines: Priced): void {
  const most = left.get(buyerId);
  if (most !== undefined) left.set(buyerId, fen(most - riskyOf(lines)));
}
