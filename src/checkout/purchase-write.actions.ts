import { must } from '../kit/assert.ts';
import { firstDeadlines } from '../kit/deadlines.ts';
import { faultPoint } from '../kit/fault.ts';
import { toJson } from '../kit/json.ts';
import { publish } from '../kit/outbox.ts';
import { plus, type Instant } from '../kit/time.ts';
import { send, type Tx } from '../kit/tx.ts';
import { deliverSealed } from '../delivery/card-key.actions.ts';
import { queueLines } from '../delivery/line.actions.ts';
import { promiseOf } from '../catalog/promise.rules.ts';
import { record } from '../evidence/actions.ts';
import { writeBackPools, writeReservations, type Reservation } from '../inventory/pool.actions.ts';
import type { Pool } from '../inventory/pool.rules.ts';
import { writeBook } from '../ledger/actions.ts';
import type { Book } from '../ledger/book.rules.ts';
import { createOrders } from '../orders/actions.ts';
import { keepAnswers } from '../orders/answer.actions.ts';
import type { NewLine, NewOrder } from '../orders/rules.ts';
import { createPayments, type NewPayment } from '../payments/actions.ts';
import { confirmSealedAt, type Terms } from '../rules/terms.rules.ts';
import { orderEvidence } from './evidence.rules.ts';
import type { Agreed, PricedLine, Purchase } from './rules.ts';
import { addBought, insertCheckouts } from './store.ts';

export type NewCheckout = {
  wish: Purchase;
  agreed: Agreed;
  paymentId: string | null;
  orders: { order: NewOrder; lines: NewLine[]; priced: PricedLine[] }[];
};

/** What the decisions of a batch leave to be written. */
export type Decided = {
  readonly terms: Terms;
  readonly book: Book;
  readonly pools: Map<string, Pool>;
  readonly checkouts: NewCheckout[];
  readonly reservations: Reservation[];
  readonly payments: NewPayment[];
};

/** Writes the purchases of a batch with set-based statements: orders, keys, money, stock, evidence, deadlines and news travel with the commit. */
export async function writeDecided(tx: Tx, batch: Decided): Promise<void> {
  const { checkouts, terms } = batch;
  if (checkouts.length === 0) return;
  const orders = checkouts.flatMap((one) => one.orders.map((order) => ({ ...order, checkout: one })));
  const paid = orders.filter(({ order }) => order.firstEvent === 'purchase');
  faultPoint('checkout.purchase.before-write');
  createOrders(tx, orders, terms.version);
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
  queueLater(tx, orders, terms);
  const answers = answersToKeep(orders);
  if (answers.length > 0) await keepAnswers(tx, answers);
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
      orders
        .filter(({ order }) => order.firstEvent !== 'order')
        .map(({ order, priced }) => firstDeadline(order, priced, tx.business, terms)),
    ),
    publish(tx, newsOf(orders)),
  );
  faultPoint('checkout.purchase.after-news');
}

/** What was paid at once and is delivered later begins to wait. */
function queueLater(tx: Tx, orders: readonly NewCheckout['orders'][number][], terms: Terms): void {
  queueLines(
    tx,
    orders
      .filter(({ order }) => order.firstEvent === 'order')
      .flatMap(({ order, lines, priced }) =>
        lines.map((line, i) => {
          const { offer } = must(priced[i], 'a price for each line');
          return {
            shopId: order.shopId,
            orderId: order.id,
            line: line.number,
            listingId: line.listingId,
            goods: offer.goods,
            mode: offer.delivery,
            paymentId: null,
            rulebook: terms.version,
            ...promiseOf({
              paidAt: tx.business,
              within_seconds: offer.deliveryWithin_seconds,
              opening: offer.opening,
              lateAuto_hours: terms.lateAuto_hours,
              mode: offer.delivery,
            }),
          };
        }),
      ),
  );
}

/** The answers of new lines; most orders have none. */
const answersToKeep = (orders: readonly NewCheckout['orders'][number][]) =>
  orders.flatMap(({ order, lines, priced }) =>
    lines.flatMap((line, i) => {
      const { answered } = must(priced[i], 'a price for each line');
      return answered.length === 0
        ? []
        : [
            {
              shopId: order.shopId,
              orderId: order.id,
              line: line.number,
              buyerId: order.buyerId,
              answers: Object.fromEntries(answered.map((one) => [one.question.key, one.answer])),
            },
          ];
    }),
  );

function firstDeadline(order: NewOrder, priced: readonly PricedLine[], at: Instant, terms: Terms) {
  const promised_days = Math.max(...priced.map(({ offer }) => offer.noReasonDays));
  const common = {
    shopId: order.shopId,
    about: order.id,
    startAt: at,
    version: terms.version,
    clock: 'elapsed',
  } as const;
  return order.firstEvent === 'purchase'
    ? {
        ...common,
        what: 'order.confirm',
        dueAt: confirmSealedAt(at, terms.version, promised_days),
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
