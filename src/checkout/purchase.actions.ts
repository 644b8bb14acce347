import { assert, must } from '../kit/assert.ts';
import { faultPoint } from '../kit/fault.ts';
import { newId } from '../kit/ids.ts';
import { fen, type Fen } from '../kit/money.ts';
import { publish } from '../kit/outbox.ts';
import { firstDeadlines } from '../kit/deadlines.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { plus, type Instant } from '../kit/time.ts';
import { toJson } from '../kit/json.ts';
import { send, type Tx } from '../kit/tx.ts';
import { offersOf } from '../catalog/offers.actions.ts';
import { knownVersion, versionsOf } from '../catalog/versions.actions.ts';
import type { Offer, PriceComponent } from '../catalog/rules.ts';
import { deliverSealed } from '../delivery/card-key.actions.ts';
import { record } from '../evidence/actions.ts';
import { sealingKeys } from '../evidence/user-keys.actions.ts';
import {
  lockPoolsFor,
  lookAtKeys,
  reservationCounts,
  writeBackPools,
  writeReservations,
  type Reservation,
} from '../inventory/pool.actions.ts';
import { reserve, takeNumbers, type Pool } from '../inventory/pool.rules.ts';
import { openBook, writeBook } from '../ledger/actions.ts';
import { enter, hasPage, leftIn, type Book } from '../ledger/book.rules.ts';
import { account, fundFromWallet } from '../ledger/rules.ts';
import { createOrders } from '../orders/actions.ts';
import type { NewLine, NewOrder } from '../orders/rules.ts';
import { createPayments, type NewPayment } from '../payments/actions.ts';
import { confirmSealedAt, currentVersion, termsOf, type Terms } from '../rules/terms.rules.ts';
import { textsOf, type ShownText } from './acknowledgement.rules.ts';
import type { CheckoutRefusal } from './contract.ts';
import { orderEvidence } from './evidence.rules.ts';
import {
  byShop,
  decidePurchase,
  reservationRefused,
  type Agreed,
  type PricedLine,
  type Purchase,
} from './rules.ts';
import { addBought, findCheckouts, insertCheckouts, readBought, type Checkout } from './store.ts';

export type Bought = {
  readonly state: 'paid' | 'open';
  readonly orders: { readonly orderId: string; readonly shopId: string }[];
  readonly total: Fen;
  readonly paymentId: string | null;
  readonly payUntil: Instant | null;
};
export type PurchaseAnswer = Result<Bought, CheckoutRefusal | 'IDEMPOTENCY_KEY_REUSED'>;

type NewCheckout = {
  wish: Purchase;
  agreed: Agreed;
  paymentId: string | null;
  orders: { order: NewOrder; lines: NewLine[]; priced: PricedLine[] }[];
};

/** One batch in memory: the facts that were locked, and what follows from the decisions so far. */
type Batch = {
  readonly terms: Terms;
  readonly at: Instant;
  readonly wall: Instant;
  readonly offers: (Offer | undefined)[][];
  readonly texts: (offer: Offer) => readonly ShownText[];
  readonly known: Map<string, { hash: Buffer; answer: PurchaseAnswer }>;
  readonly book: Book;
  readonly pools: Map<string, Pool>;
  readonly bought: Map<string, number>;
  readonly counts: Map<string, number>;
  readonly checkouts: NewCheckout[];
  readonly reservations: Reservation[];
  readonly payments: NewPayment[];
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
  await writeBatch(tx, batch);
  return answers;
}

async function loadBatch(tx: Tx & { begun?: Promise<void> }, wishes: readonly Purchase[]): Promise<Batch> {
  const terms = termsOf(currentVersion);
  const pairs = wishes.flatMap((wish) =>
    wish.items.map((item) => ({ variantId: item.variantId, buyerId: wish.buyerId })),
  );
  const items = wishes.flatMap((wish) =>
    wish.items.map((item) => ({ poolId: item.variantId, count: item.quantity })),
  );
  const holders = wishes.filter((wish) => wish.paidBy === 'channel');
  // Sent together, in the order of locks. The lock of a buyer's wallet also makes two batches with the same buyer wait for each other,
  // so what is read of the buyer after it (keys used, limits, reservations) stays true until the commit.
  const [book, before, offers, pools, counts] = await Promise.all([
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
    tx.begun,
    sealingKeys(
      tx,
      wishes.map((wish) => wish.buyerId),
    ),
  ]);
  faultPoint('checkout.purchase.after-lock');
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
  const answer =
    wish.paidBy === 'wallet'
      ? payFromWallet(batch, wish, agreed.value)
      : beginPayment(batch, wish, agreed.value);
  // A refusal has written nothing, so the same key may succeed later; an answer is final.
  if (answer.ok) {
    batch.known.set(idOf(wish), { hash: wish.inputHash, answer });
    for (const line of agreed.value.lines) {
      const key = `${wish.buyerId}/${line.offer.listingId}`;
      if (line.offer.perBuyerMax !== null)
        batch.bought.set(key, (batch.bought.get(key) ?? 0) + line.quantity);
    }
  }
  return answer;
}

/** Takes the numbers of all lines, all or none. */
function takeAll(batch: Batch, lines: readonly PricedLine[]): bigint[][] | undefined {
  const before =
    lines.length > 1
      ? new Map(
          [...new Set(lines.map((l) => l.offer.poolId))].map((id) => [
            id,
            structuredClone(must(batch.pools.get(id), 'a pool that can serve')),
          ]),
        )
      : undefined;
  const taken: bigint[][] = [];
  for (const line of lines) {
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
  for (const line of agreed.lines) {
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
  for (const { order, lines } of checkout.orders)
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
      firstEvent: taken ? 'purchase' : 'place',
      total: part.total,
      settleDays: must(part.lines[0], 'an order has a line').offer.settleDays,
      paidAt: taken ? batch.at : null,
    };
    return { order, lines, priced: part.lines };
  });
  return { wish, agreed, paymentId, orders };
}

async function writeBatch(tx: Tx, batch: Batch): Promise<void> {
  const { checkouts, terms } = batch;
  if (checkouts.length === 0) return;
  const orders = checkouts.flatMap((one) => one.orders.map((order) => ({ ...order, checkout: one })));
  const paid = orders.filter(({ order }) => order.firstEvent === 'purchase');
  faultPoint('checkout.purchase.before-write');
  createOrders(tx, orders, currentVersion);
  faultPoint('checkout.purchase.after-orders');
  deliverSealed(
    tx,
    paid.flatMap(({ order, lines }) =>
      lines.map((line) => ({
        shopId: order.shopId,
        orderId: order.id,
        line: line.number,
        poolId: line.poolId,
        numbers: line.numbers,
      })),
    ),
  );
  faultPoint('checkout.purchase.after-keys');
  writeCheckouts(tx, checkouts);
  faultPoint('checkout.purchase.after-checkouts');
  writeBook(tx, batch.book);
  faultPoint('checkout.purchase.after-money');
  writeBackPools(tx, batch.pools.values());
  faultPoint('checkout.purchase.after-pools');
  writeReservations(tx, batch.reservations, plus(tx.business, { minutes: terms.paymentHold_minutes }));
  send(tx, createPayments(tx, batch.payments), countBought(tx, checkouts));
  faultPoint('checkout.purchase.after-payments');
  await record(
    tx,
    orders.map(({ order, lines, priced, checkout }) => ({
      shopId: order.shopId,
      about: order.id,
      seq: 1,
      kind: order.firstEvent === 'purchase' ? 'order.purchased' : 'order.placed',
      actor: `buyer:${order.buyerId}`,
      keyOwner: order.buyerId,
      body: orderEvidence({
        order,
        lines,
        priced,
        ticked: checkout.agreed.ticked,
        language: checkout.wish.language,
        at: tx.business,
      }),
    })),
  );
  faultPoint('checkout.purchase.after-evidence');
  send(
    tx,
    firstDeadlines(
      tx,
      orders.map(({ order }) => firstDeadline(order, tx.business, terms)),
    ),
    publish(tx, newsOf(orders)),
  );
  faultPoint('checkout.purchase.after-news');
}

function firstDeadline(order: NewOrder, at: Instant, terms: Terms) {
  const common = {
    shopId: order.shopId,
    about: order.id,
    startAt: at,
    version: currentVersion,
    clock: 'elapsed',
  } as const;
  return order.firstEvent === 'purchase'
    ? {
        ...common,
        what: 'order.confirm',
        dueAt: confirmSealedAt(at, currentVersion),
        article: terms.articles.autoConfirm,
      }
    : {
        ...common,
        what: 'order.expire',
        dueAt: plus(at, { minutes: terms.paymentHold_minutes }),
        article: terms.articles.paymentHold,
      };
}

function newsOf(orders: readonly { order: NewOrder }[]) {
  return (['purchase', 'place'] as const).flatMap((first) => {
    const some = orders.filter(({ order }) => order.firstEvent === first).map(({ order }) => order);
    return some.length === 0
      ? []
      : [
          {
            event: first === 'purchase' ? 'order.purchased' : 'order.placed',
            about: some.map((o) => o.id),
            shops: some.map((o) => o.shopId),
          },
        ];
  });
}

function writeCheckouts(tx: Tx, list: readonly NewCheckout[]): void {
  const array = (ids: readonly string[]): string => `{${ids.join(',')}}`;
  send(
    tx,
    insertCheckouts(tx, {
      buyers: list.map((c) => c.wish.buyerId),
      keys: list.map((c) => c.wish.key),
      hashes: list.map((c) => c.wish.inputHash),
      states: list.map((c) => (c.paymentId ? 'open' : 'paid')),
      shops: list.map((c) => array(c.orders.map(({ order }) => order.shopId))),
      orders: list.map((c) => array(c.orders.map(({ order }) => order.id))),
      totals: list.map((c) => c.agreed.total),
      paidBys: list.map((c) => c.wish.paidBy),
      payments: list.map((c) => c.paymentId),
      acknowledgements: list.map((c) =>
        toJson(
          c.agreed.ticked.map((one) => ({
            name: one.text.name,
            hash: one.text.hash[one.language],
            language: one.language,
            at: one.at ?? tx.business,
          })),
        ),
      ),
      at: tx.business,
    }),
  );
}

async function countBought(tx: Tx, checkouts: readonly NewCheckout[]): Promise<void> {
  const units = new Map<string, { shopId: string; listingId: string; buyerId: string; units: number }>();
  for (const { wish, agreed } of checkouts) {
    for (const line of agreed.lines) {
      if (line.offer.perBuyerMax === null) continue;
      const key = `${wish.buyerId}/${line.offer.listingId}`;
      const known = units.get(key) ?? {
        shopId: line.offer.shopId,
        listingId: line.offer.listingId,
        buyerId: wish.buyerId,
        units: 0,
      };
      units.set(key, { ...known, units: known.units + line.quantity });
    }
  }
  const rows = [...units.values()].sort((a, b) =>
    a.listingId + a.buyerId < b.listingId + b.buyerId ? -1 : 1,
  );
  if (rows.length > 0)
    await addBought(tx, {
      shops: rows.map((r) => r.shopId),
      listings: rows.map((r) => r.listingId),
      buyers: rows.map((r) => r.buyerId),
      units: rows.map((r) => r.units),
    });
}
