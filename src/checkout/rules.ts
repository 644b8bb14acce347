import { must } from '../kit/assert.ts';
import { fen, sumFen, type Fen } from '../kit/money.ts';
import { refuse, done, type Result } from '../kit/result.ts';
import type { Instant } from '../kit/time.ts';
import type { Language } from '../kit/text.ts';
import type { OrderMode } from '../catalog/content.contract.ts';
import { manualMax } from '../catalog/manual.contract.ts';
import { priceOf, type Offer, type PriceComponent } from '../catalog/rules.ts';
import { freeIn, type Pool } from '../inventory/pool.rules.ts';
import { languageTicked, type ShownText } from './acknowledgement.rules.ts';
import { decideAnswers, type Answered, type Typed } from './answer.rules.ts';
import type { CheckoutRefusal } from './contract.ts';

export type Item = {
  readonly variantId: string;
  readonly quantity: number;
  readonly answers?: Typed | undefined;
  readonly again?: Typed | undefined;
};
export type Ticked = { readonly name: string; readonly hash: string; readonly at?: Instant | undefined };

/** One request to buy, as it waits in the lane. */
export type Purchase = {
  readonly buyerId: string;
  readonly key: string;
  readonly inputHash: Buffer;
  readonly items: readonly Item[];
  readonly total: Fen;
  readonly paidBy: 'wallet' | 'channel';
  readonly channel: string | null;
  readonly acknowledgements: readonly Ticked[];
  readonly language: Language;
  readonly addressHash: Buffer;
  /** Shops the buyer works for, whose goods are not for them. */
  readonly ownShops: readonly string[];
};

export type PricedLine = {
  readonly offer: Offer;
  readonly quantity: number;
  readonly price: Fen;
  readonly total: Fen;
  readonly components: readonly PriceComponent[];
  readonly answered: readonly Answered[];
};

const noAnswers: readonly Answered[] = [];

/** The texts these versions need, each different one once. */
export function neededTexts(texts: readonly (readonly ShownText[])[]): ShownText[] {
  return [...new Map(texts.flat().map((one) => [one.hash.zh, one])).values()];
}

/** Prices each line exactly; the total is the sum of the lines and nothing else (F172). */
export function priceLines(
  offers: readonly Offer[],
  items: readonly Pick<Item, 'quantity'>[],
): { lines: PricedLine[]; total: Fen } {
  const lines = items.map((item, i) => {
    const offer = must(offers[i], 'an offer for every item');
    const { unit, total, components } = priceOf(offer, item.quantity);
    return { offer, quantity: item.quantity, price: unit, total, components, answered: noAnswers };
  });
  return { lines, total: sumFen(lines.map((line) => line.total)) };
}

type Facts = {
  readonly offers: readonly (Offer | undefined)[];
  readonly texts: (offer: Offer) => readonly ShownText[];
  readonly bought: (listingId: string) => number;
  readonly pool: (poolId: string) => Pool | undefined;
};

export type Agreed = {
  readonly lines: PricedLine[];
  readonly total: Fen;
  readonly ticked: readonly TickedText[];
};
export type TickedText = {
  readonly text: ShownText;
  readonly language: Language;
  readonly at: Instant | undefined;
};

/** Whether these goods can be sold to this buyer on these terms; money is the caller's next question. Refuses with the first reason. */
export function decidePurchase(wish: Purchase, facts: Facts): Result<Agreed, CheckoutRefusal> {
  const offers: Offer[] = [];
  for (const offer of facts.offers) {
    if (!offer) return refuse('GOODS_NOT_FOUND');
    if (offer.state !== 'live') return refuse('GOODS_NOT_ON_SALE');
    if (!offer.ready) return refuse('GOODS_NOT_READY');
    if (wish.ownShops.includes(offer.shopId)) return refuse('OWN_GOODS');
    offers.push(offer);
  }
  const tooMany = limitBroken(wish.items, offers, facts.bought);
  if (tooMany !== undefined) return refuse('QUANTITY_LIMIT', { limit: tooMany });
  const ticked = tickedTexts(wish, neededTexts(offers.map(facts.texts)));
  if (!ticked) return refuse('ACKNOWLEDGEMENT_MISSING');
  const priced = priceLines(offers, wish.items);
  if (priced.total !== wish.total) return refuse('PRICE_CHANGED', { total: priced.total.toString() });
  const answered = answerAll(priced.lines, wish.items);
  if (!answered.ok) return answered;
  const short = shortPool(priced.lines, facts.pool);
  if (short !== undefined) return refuse('OUT_OF_STOCK', { left: Number(short) });
  return done({ lines: answered.value, total: priced.total, ticked });
}

/** The lines with what the buyer answered for each; most goods ask nothing. */
function answerAll(
  lines: readonly PricedLine[],
  items: readonly Item[],
): Result<PricedLine[], CheckoutRefusal> {
  const all: PricedLine[] = [];
  for (const [i, line] of lines.entries()) {
    const item = must(items[i], 'an item for each line');
    const answered = decideAnswers(item.variantId, line.offer.questions, item);
    if (!answered.ok) return answered;
    all.push(answered.value.length === 0 ? line : { ...line, answered: answered.value });
  }
  return done(all);
}

function tickedTexts(wish: Purchase, needed: readonly ShownText[]): TickedText[] | undefined {
  const ticked: TickedText[] = [];
  for (const text of needed) {
    const one = wish.acknowledgements.find(
      (each) => each.name === text.name && languageTicked(text, each.hash),
    );
    const language = one && languageTicked(text, one.hash);
    if (!one || !language) return undefined;
    ticked.push({ text, language, at: one.at });
  }
  return ticked;
}

function limitBroken(
  items: readonly Item[],
  offers: readonly Offer[],
  bought: (listingId: string) => number,
): number | undefined {
  const wanted = new Map<string, number>();
  for (const [i, item] of items.entries()) {
    const offer = must(offers[i], 'an offer for every item');
    const units = (wanted.get(offer.listingId) ?? 0) + item.quantity;
    wanted.set(offer.listingId, units);
    const perOrder =
      offer.mode === 'manual' ? Math.min(offer.perOrderMax ?? manualMax, manualMax) : offer.perOrderMax;
    if (perOrder !== null && units > perOrder) return perOrder;
    if (offer.perBuyerMax !== null && bought(offer.listingId) + units > offer.perBuyerMax)
      return offer.perBuyerMax;
  }
  return undefined;
}

/** What is left in the first pool that cannot serve these lines together. */
function shortPool(
  lines: readonly PricedLine[],
  pool: (poolId: string) => Pool | undefined,
): bigint | undefined {
  const wanted = new Map<string, bigint>();
  for (const line of lines)
    if (line.offer.mode === 'pool')
      wanted.set(line.offer.poolId, (wanted.get(line.offer.poolId) ?? 0n) + BigInt(line.quantity));
  for (const [poolId, count] of wanted) {
    const stock = pool(poolId);
    const free = stock ? freeIn(stock) : 0n;
    if (free < count) return free;
  }
  return undefined;
}

/** Limits on unpaid orders, so that nobody can lock a shop's stock (VGSR article 44). */
export function reservationRefused(
  counts: ReadonlyMap<string, number>,
  wish: Purchase,
  listingIds: readonly string[],
  limits: { perBuyer: number; perListing: number; perAddress: number },
): boolean {
  if ((counts.get(`buyer/${wish.buyerId}`) ?? 0) >= limits.perBuyer) return true;
  if ((counts.get(`address/${wish.addressHash.toString('hex')}`) ?? 0) >= limits.perAddress) return true;
  return listingIds.some(
    (listing) => (counts.get(`listing/${wish.buyerId}/${listing}`) ?? 0) >= limits.perListing,
  );
}

/** Orders of a checkout: the lines of each shop that are delivered in one way together, in the order in which they first appear. */
export function byShop(
  lines: readonly PricedLine[],
): { shopId: string; mode: OrderMode; lines: PricedLine[]; total: Fen }[] {
  const parts = new Map<string, PricedLine[]>();
  for (const line of lines) {
    const key = `${line.offer.shopId} ${line.offer.mode}`;
    const known = parts.get(key);
    if (known) known.push(line);
    else parts.set(key, [line]);
  }
  return [...parts.values()].map((own) => {
    const { offer } = must(own[0], 'a part has a line');
    return {
      shopId: offer.shopId,
      mode: offer.mode,
      lines: own,
      total: fen(own.reduce((sum, line) => sum + line.total, 0n)),
    };
  });
}
