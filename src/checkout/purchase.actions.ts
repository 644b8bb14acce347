import { assert, must } from '../kit/assert.ts';
import { faultPoint } from '../kit/fault.ts';
import { newId } from '../kit/ids.ts';
import { fen, type Fen } from '../kit/money.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { plus, type Instant } from '../kit/time.ts';
import { toJson } from '../kit/json.ts';
import type { Tx } from '../kit/tx.ts';
import { offersOf } from '../catalog/offers.actions.ts';
import { knownVersion, versionsOf } from '../catalog/versions.actions.ts';
import type { Offer, PriceComponent } from '../catalog/rules.ts';
import { sealingKeys } from '../evidence/user-keys.actions.ts';
import { lockPoolsFor, lookAtKeys, reservationCounts } from '../inventory/pool.actions.ts';
import { reserve, takeNumbers, type Pool } from '../inventory/pool.rules.ts';
import { openBook } from '../ledger/actions.ts';
import { enter, hasPage, leftIn } from '../ledger/book.rules.ts';
import { account, fundFromWallet } from '../ledger/rules.ts';
import type { NewLine, NewOrder } from '../orders/rules.ts';
import { termsOf, versionAt, type Terms } from '../rules/terms.rules.ts';
import { textsOf, type ShownText } from './acknowledgement.rules.ts';
import { keepTexts } from './texts.actions.ts';
import type { CheckoutRefusal } from './contract.ts';
import {
  byShop,
  decidePurchase,
  reservationRefused,
  type Agreed,
  type PricedLine,
  type Purchase,
} from './rules.ts';
import { writeDecided, type Decided, type NewCheckout } from './purchase-write.actions.ts';
import { findCheckouts, readBought, type Checkout } from './store.ts';
import { riskyLeft } from './watch/actions.ts';
import { overRisky, spendRisky } from './watch/rules.ts';

export type Bought = {
  readonly state: 'paid' | 'open';
  readonly orders: { readonly orderId: string; readonly shopId: string }[];
  readonly total: Fen;
  readonly paymentId: string | null;
  readonly payUntil: Instant | null;
};
export type PurchaseAnswer = Result<Bought, CheckoutRefusal | 'IDEMPOTENCY_KEY_REUSED'>;

/** One batch in memory: the facts that were locked, and what follows from the decisions so far. */
type Batch = Decided & {
  readonly at: Instant;
  readonly wall: Instant;
  readonly offers: (Offer | undefined)[][];
  readonly texts: (offer: Offer) => readonly ShownText[];
  readonly known: Map<string, { hash: Buffer; answer: PurchaseAnswer }>;
  readonly bought: Map<string, number>;
  readonly counts: Map<string, number>;
  /** What buyers under a measure may still spend on risky goods today (article 38). */
  readonly riskyLeft: Map<string, Fen>;
};

/**
 * Buys for many buyers at once, in one transaction (DESIGN 3, lanes): lock the facts of all, decide one after another, write all with
 * set-based statements. A single purchase is a batch of one. The same buyer and key again give the first answer (F170); a shortage is a
 * refusal and never a delivery (F012); the money, the keys, the evidence and the news of a purchase are one commit.
 */
export async function purchaseAll(
  tx: Tx & { begun?: Promise<void> },
  wishes: readonly Purchase[],
): Promise<PurchaseAnswer[]> {
  const batch = await loadBatch(tx, wishes);
  const answers = wishes.map((wish, i) => buyOnce(batch, wish, i));
  await writeDecided(tx, batch);
  return answers;
}

async function loadBatch(tx: Tx & { begun?: Promise<void> }, wishes: readonly Purchase[]): Promise<Batch> {
  const pairs = wishes.flatMap((wish) =>
    wish.items.map((item) => ({ variantId: item.variantId, buyerId: wish.buyerId })),
  );
  const items = wishes.flatMap((wish) =>
    wish.items.map((item) => ({ poolId: item.variantId, count: item.quantity })),
  );
  const holders = wishes.filter((wish) => wish.paidBy === 'channel');
  // Sent together, in the order of locks. The lock of a buyer's wallet also makes two batches with the same buyer wait for each other,
  // so what is read of the buyer after it (keys used, limits, reservations) stays true until the commit.
  const [book, before, offers, pools, counts, limits] = await Promise.all([
    openBook(
      tx,
      wishes.map((wish) => account('wallet', wish.buyerId)),
    ),
    findCheckouts(tx, { buyers: wishes.map((wish) => wish.buyerId), keys: wishes.map((wish) => wish.key) }),
    offersOf(tx, pairs),
    lockPoolsFor(tx, items),
    holders.length > 0
      ? reservationCounts(tx, {
          buyers: holders.map((wish) => wish.buyerId),
          addresses: holders.map((wish) => wish.addressHash),
        })
      : new Map<string, number>(),
    riskyLeft(
      tx,
      wishes.map((wish) => wish.buyerId),
    ),
    tx.begun,
    sealingKeys(
      tx,
      wishes.map((wish) => wish.buyerId),
    ),
  ]);
  faultPoint('checkout.purchase.after-lock');
  // The batch has its clock by now: an order is bound to the version in force at that instant.
  const terms = termsOf(versionAt(tx.business));
  const found = offers.filter((offer) => offer !== undefined);
  const [bought, texts] = await Promise.all([
    boughtBefore(tx, pairs, offers),
    textsFor(tx, found),
    lookAtKeys(
      tx,
      pools,
      found
        .map((offer) => ({ poolId: offer.poolId, count: 1, useWithin_hours: offer.useWithin_hours }))
        .concat(items.map((item) => ({ ...item, useWithin_hours: null }))),
    ),
  ]);
  await keepTexts(tx, new Set(found.map(texts)));
  const perWish: (Offer | undefined)[][] = [];
  let from = 0;
  for (const wish of wishes) perWish.push(offers.slice(from, (from += wish.items.length)));
  return {
    terms,
    at: tx.business,
    wall: tx.wall,
    offers: perWish,
    texts,
    book,
    pools,
    counts,
    bought,
    riskyLeft: limits,
    known: knownAnswers(before, terms),
    checkouts: [],
    reservations: [],
    payments: [],
  };
}

async function textsFor(tx: Tx, offers: readonly Offer[]): Promise<(offer: Offer) => readonly ShownText[]> {
  const unknown = offers.filter((offer) => !knownVersion(offer));
  const read = await versionsOf(tx, unknown);
  const fresh = new Map(
    unknown.map((offer, i) => [
      `${offer.listingId}.${offer.version}`,
      must(read[i], 'a version for each offer'),
    ]),
  );
  return (offer) =>
    textsOf(
      must(
        fresh.get(`${offer.listingId}.${offer.version}`) ?? knownVersion(offer),
        'the version of an offer was read',
      ).content,
    );
}

/** Units of limited listings that these buyers have bought: 'buyer/listing' to a count. */
async function boughtBefore(
  tx: Tx,
  pairs: readonly { buyerId: string }[],
  offers: readonly (Offer | undefined)[],
): Promise<Map<string, number>> {
  const limited = offers.flatMap((offer, i) =>
    offer && offer.perBuyerMax !== null
      ? [{ offer, buyerId: must(pairs[i], 'a pair for each offer').buyerId }]
      : [],
  );
  if (limited.length === 0) return new Map();
  const rows = await readBought(tx, {
    shops: limited.map((l) => l.offer.shopId),
    listings: limited.map((l) => l.offer.listingId),
    buyers: limited.map((l) => l.buyerId),
  });
  return new Map(rows.map((row) => [`${row.buyerId}/${row.listingId}`, row.units]));
}

const idOf = (wish: { buyerId: string; key: string }): string => `${wish.buyerId}/${wish.key}`;

/** The first answer of a key, rebuilt from its rows. */
export function answerOf(checkout: Checkout, terms: Pick<Terms, 'paymentHold_minutes'>): Bought {
  const open = checkout.state !== 'paid';
  return {
    state: open ? 'open' : 'paid',
    orders: checkout.orderIds.map((orderId, i) => ({
      orderId,
      shopId: must(checkout.shopIds[i], 'each order has its shop'),
    })),
    total: fen(checkout.total),
    paymentId: checkout.paymentId,
    payUntil: open ? plus(checkout.at, { minutes: terms.paymentHold_minutes }) : null,
  };
}

const knownAnswers = (rows: readonly Checkout[], terms: Terms): Batch['known'] =>
  new Map(rows.map((row) => [idOf(row), { hash: row.inputHash, answer: done(answerOf(row, terms)) }]));

function buyOnce(batch: Batch, wish: Purchase, i: number): PurchaseAnswer {
  const known = batch.known.get(idOf(wish));
  if (known) return known.hash.equals(wish.inputHash) ? known.answer : refuse('IDEMPOTENCY_KEY_REUSED');
  const agreed = decidePurchase(wish, {
    offers: batch.offers[i] ?? [],
    texts: batch.texts,
    bought: (listingId) => batch.bought.get(`${wish.buyerId}/${listingId}`) ?? 0,
    pool: (poolId) => batch.pools.get(poolId),
  });
  if (!agreed.ok) return agreed;
  const overLimit = overRisky(batch.riskyLeft, wish.buyerId, agreed.value.lines);
  if (overLimit !== undefined) return refuse('RISKY_GOODS_LIMIT', { left: overLimit.toString() });
  const answer =
    wish.paidBy === 'wallet'
      ? payFromWallet(batch, wish, agreed.value)
      : beginPayment(batch, wish, agreed.value);
  // A refusal has written nothing, so the same key may succeed later; an answer is final.
  if (answer.ok) {
    batch.known.set(idOf(wish), { hash: wish.inputHash, answer });
    spendRisky(batch.riskyLeft, wish.buyerId, agreed.value.lines);
    for (const line of agreed.value.lines) {
      const key = `${wish.buyerId}/${line.offer.listingId}`;
      if (line.offer.perBuyerMax !== null)
        batch.bought.set(key, (batch.bought.get(key) ?? 0) + line.quantity);
    }
  }
  return answer;
}

const isPooled = (line: PricedLine): boolean => line.offer.mode === 'pool';

/** Takes the numbers of all lines that are sold from a pool, all or none; the others get none. */
function takeAll(batch: Batch, lines: readonly PricedLine[]): bigint[][] | undefined {
  const before =
    lines.length > 1
      ? new Map(
          [...new Set(lines.filter(isPooled).map((l) => l.offer.poolId))].map((id) => [
            id,
            structuredClone(must(batch.pools.get(id), 'a pool that can serve')),
          ]),
        )
      : undefined;
  const taken: bigint[][] = [];
  for (const line of lines) {
    if (!isPooled(line)) {
      taken.push([]);
      continue;
    }
    const numbers = takeNumbers(
      must(batch.pools.get(line.offer.poolId), 'a pool that can serve'),
      line.quantity,
      false,
    );
    if (!numbers) {
      for (const [id, pool] of before ?? []) batch.pools.set(id, pool);
      return undefined;
    }
    taken.push(numbers);
  }
  return taken;
}

function payFromWallet(batch: Batch, wish: Purchase, agreed: Agreed): PurchaseAnswer {
  const wallet = account('wallet', wish.buyerId);
  const balance = hasPage(batch.book, wallet) ? leftIn(batch.book, wallet) : fen(0n);
  if (balance < agreed.total)
    return refuse('WALLET_TOO_LOW', { missing: (agreed.total - balance).toString() });
  const taken = takeAll(batch, agreed.lines);
  if (!taken) return refuse('OUT_OF_STOCK', { left: 0 });
  const checkout = draft(batch, wish, agreed, taken);
  for (const { order, lines } of checkout.orders) {
    const paid = enter(
      batch.book,
      order.id,
      fundFromWallet({
        buyerId: wish.buyerId,
        lines: lines.map((line) => ({ orderId: order.id, number: line.number, amount: line.total })),
      }),
    );
    assert(paid, 'a wallet that holds the total pays the orders');
  }
  batch.checkouts.push(checkout);
  return done({
    state: 'paid',
    orders: checkout.orders.map(({ order }) => ({ orderId: order.id, shopId: order.shopId })),
    total: agreed.total,
    paymentId: null,
    payUntil: null,
  });
}

function beginPayment(batch: Batch, wish: Purchase, agreed: Agreed): PurchaseAnswer {
  const listings = [...new Set(agreed.lines.map((line) => line.offer.listingId))];
  if (reservationRefused(batch.counts, wish, listings, batch.terms)) return refuse('RESERVATION_LIMIT');
  const held: [Pool, bigint][] = [];
  for (const line of agreed.lines.filter(isPooled)) {
    const pool = must(batch.pools.get(line.offer.poolId), 'a pool that can serve');
    if (!reserve(pool, line.quantity, batch.terms.reservedShare_percent)) {
      for (const [one, count] of held) one.reserved -= count;
      return refuse('RESERVATION_LIMIT');
    }
    held.push([pool, BigInt(line.quantity)]);
  }
  const paymentId = newId(batch.wall);
  const checkout = draft(batch, wish, agreed, undefined, paymentId);
  const payUntil = plus(batch.at, { minutes: batch.terms.paymentHold_minutes });
  batch.payments.push({
    id: paymentId,
    purpose: 'checkout',
    buyerId: wish.buyerId,
    checkoutKey: wish.key,
    channel: must(wish.channel, 'a payment has a channel'),
    amount: agreed.total,
    expiresAt: payUntil,
  });
  for (const { order, lines } of checkout.orders.filter((one) => one.order.mode === 'pool'))
    for (const line of lines)
      batch.reservations.push({
        shopId: order.shopId,
        poolId: line.poolId,
        orderId: order.id,
        listingId: line.listingId,
        buyerId: wish.buyerId,
        addressHash: wish.addressHash,
        quantity: line.quantity,
      });
  countUp(batch.counts, wish, listings);
  batch.checkouts.push(checkout);
  return done({
    state: 'open',
    orders: checkout.orders.map(({ order }) => ({ orderId: order.id, shopId: order.shopId })),
    total: agreed.total,
    paymentId,
    payUntil,
  });
}

function countUp(counts: Map<string, number>, wish: Purchase, listings: readonly string[]): void {
  for (const key of [
    `buyer/${wish.buyerId}`,
    `address/${wish.addressHash.toString('hex')}`,
    ...listings.map((listing) => `listing/${wish.buyerId}/${listing}`),
  ])
    counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** The components as JSON, written out because they are written for every line of every purchase. */
const componentsJson = (components: readonly PriceComponent[]): string =>
  `[${components.map((one) => (one.kind === 'base' ? `{"kind":"base","unit":"${one.unit}","amount":"${one.amount}"}` : toJson(one))).join(',')}]`;

function draft(
  batch: Batch,
  wish: Purchase,
  agreed: Agreed,
  taken: readonly (readonly bigint[])[] | undefined,
  paymentId: string | null = null,
): NewCheckout {
  const orders = byShop(agreed.lines).map((part) => {
    const id = newId(batch.wall);
    const lines = part.lines.map((line, i): NewLine => ({
      number: i + 1,
      listingId: line.offer.listingId,
      version: line.offer.version,
      variantId: line.offer.variantId,
      poolId: line.offer.poolId,
      goods: line.offer.goods,
      quantity: line.quantity,
      price: line.price,
      total: line.total,
      fee: line.offer.feeBps,
      components: componentsJson(line.components),
      numbers: taken?.[agreed.lines.indexOf(line)] ?? [],
    }));
    const order: NewOrder = {
      shopId: part.shopId,
      id,
      buyerId: wish.buyerId,
      checkoutKey: wish.key,
      mode: part.mode,
      firstEvent: !taken ? 'place' : part.mode === 'pool' ? 'purchase' : 'order',
      total: part.total,
      settleDays:
        must(part.lines[0], 'an order has a line').offer.settleDays +
        (part.total >= batch.terms.highValue ? batch.terms.highValueExtra_days : 0),
      paidAt: taken ? batch.at : null,
    };
    return { order, lines, priced: part.lines };
  });
  return { wish, agreed, paymentId, orders };
}
