import { faultPoint } from '../kit/fault.ts';
import { assert, must } from '../kit/assert.ts';
import { clearDeadlines, firstDeadlines } from '../kit/deadlines.ts';
import { publish } from '../kit/outbox.ts';
import type { Instant } from '../kit/time.ts';
import { send, type Tx } from '../kit/tx.ts';
import { noReasonDays, versionsOf } from '../catalog/versions.actions.ts';
import { deliverSealed, type Sealed } from '../delivery/card-key.actions.ts';
import { queueLines } from '../delivery/line.actions.ts';
import { promiseOf } from '../catalog/promise.rules.ts';
import { recordNext, type NewEvent } from '../evidence/actions.ts';
import { endReservations, lockPoolsFor, lookAtKeys, writeBackPools } from '../inventory/pool.actions.ts';
import { canTake, takeNumbers, unreserve, type Pool } from '../inventory/pool.rules.ts';
import { openBook, writeBook } from '../ledger/actions.ts';
import { enter, leftIn, type Book } from '../ledger/book.rules.ts';
import { account, fundFromPayment } from '../ledger/rules.ts';
import { lockWithLines, makeSteps, numberLines } from '../orders/actions.ts';
import type { Line, Order, Step } from '../orders/rules.ts';
import { lockPayments } from '../payments/actions.ts';
import { refundUnappliedMoney, type RefundWish } from '../payments/refund.actions.ts';
import { confirmSealedAt, termsOf } from '../rules/terms.rules.ts';
import { decideApply, type CancelledBy, type PaidFor } from './apply.rules.ts';
import { lockCheckouts, setCheckoutStates, type Checkout } from './store.ts';

type Ordered = { order: Order; lines: Line[] };
const isPooled = ({ order }: Ordered): boolean => order.mode === 'pool';
type Case = {
  readonly paymentId: string;
  readonly checkout: Checkout;
  readonly orders: Ordered[];
  readonly left: bigint;
};

type Batch = {
  readonly book: Book;
  readonly pools: Map<string, Pool>;
  readonly steps: Step[];
  readonly delivered: Sealed[];
  /** Orders that are paid now and delivered later. */
  readonly waiting: (Ordered & { paymentId: string })[];
  readonly states: { checkout: Checkout; state: Checkout['state'] }[];
  readonly refunds: RefundWish[];
  readonly ended: Order[];
};

/**
 * Decides what the unapplied money of these payments pays, many at once: an open checkout is paid and delivered; money that came late
 * revives its orders where stock and price allow, else goes back; what is paid twice or too much goes back (F005, F169, VGSR article 32).
 * Deciding again is harmless: money that was applied is no longer there.
 */
export async function applyAll(tx: Tx, paymentIds: readonly string[]): Promise<void> {
  const cases = await loadCases(tx, paymentIds);
  await decideCases(tx, cases, false);
}

async function loadCases(tx: Tx, paymentIds: readonly string[]): Promise<Omit<Case, 'left'>[]> {
  const payments = (await lockPayments(tx, [...new Set(paymentIds)]))
    .filter((one) => one?.purpose === 'checkout')
    .map((one) => must(one, 'a payment for a checkout'));
  const checkouts = await lockCheckouts(tx, {
    buyers: payments.map((one) => one.buyerId),
    keys: payments.map((one) => one.checkoutKey),
  });
  const orders = await lockWithLines(
    tx,
    checkouts.flatMap((one) =>
      one.orderIds.map((id, i) => ({ id, shopId: must(one.shopIds[i], 'each order has its shop') })),
    ),
  );
  const byId = new Map(orders.map((one) => [one.order.id, one]));
  const byKey = new Map(checkouts.map((one) => [`${one.buyerId}/${one.key}`, one]));
  return payments.map((payment) => {
    const checkout = must(
      byKey.get(`${payment.buyerId}/${payment.checkoutKey}`),
      'a payment for a checkout has one',
    );
    return {
      paymentId: payment.id,
      checkout,
      orders: checkout.orderIds.map((id) => must(byId.get(id), 'a checkout has its orders')),
    };
  });
}

/**
 * Unpaid checkouts whose time is over, named by one of their orders: paid after all if the money has come meanwhile, else cancelled, the
 * stock freed, and what came in part goes back. A success that comes still later finds the checkout expired (F005).
 */
export async function expireAll(tx: Tx, paymentIds: readonly string[]): Promise<void> {
  await decideCases(tx, await loadCases(tx, paymentIds), true);
}

async function decideCases(tx: Tx, cases: readonly Omit<Case, 'left'>[], expiring: boolean): Promise<void> {
  if (cases.length === 0) return;
  const lines = cases.flatMap((one) => one.orders.flatMap((one) => (isPooled(one) ? one.lines : [])));
  const [book, pools] = await Promise.all([
    openBook(
      tx,
      cases.map((one) => account('unapplied', one.paymentId)),
    ),
    lockPoolsFor(
      tx,
      lines.map((line) => ({ poolId: line.poolId, count: line.quantity })),
    ),
  ]);
  await lookAtKeys(tx, pools, await wishesOf(tx, pools, lines));
  faultPoint('checkout.apply.after-lock');
  const batch: Batch = {
    book,
    pools,
    steps: [],
    delivered: [],
    waiting: [],
    states: [],
    refunds: [],
    ended: [],
  };
  for (const one of cases)
    decideCase(
      batch,
      { ...one, left: leftIn(book, account('unapplied', one.paymentId)) },
      expiring,
      tx.business,
    );
  await write(tx, batch, lines);
}

/** How long the keys of each line must still be usable; asked only where keys expire (VGSR article 14). */
async function wishesOf(tx: Tx, pools: ReadonlyMap<string, Pool>, lines: readonly Line[]) {
  const careful = lines.filter((line) => pools.get(line.poolId)?.careful);
  const versions = await versionsOf(tx, careful);
  return careful.map((line, i) => ({
    poolId: line.poolId,
    count: line.quantity,
    useWithin_hours: versions[i]?.content.useWithin_hours ?? null,
  }));
}

function decideCase(batch: Batch, one: Case, expiring: boolean, now: Instant): void {
  const decision = decideApply({
    state: one.checkout.state,
    total: one.checkout.total,
    left: one.left,
    expiring,
    stock: () => stockFor(batch, one, one.checkout.state === 'open'),
  });
  if (decision.pay) pay(batch, one, decision.pay, now);
  if (decision.cancel) cancel(batch, one, decision.cancel);
  if (decision.refund)
    batch.refunds.push({
      paymentId: one.paymentId,
      amount: decision.refund.amount,
      reason: decision.refund.reason,
    });
}

/** Whether the orders can be served now: from what they hold, or, where they were cancelled, from what is free. */
function stockFor(batch: Batch, one: Case, held: boolean): boolean {
  const wanted = new Map<string, number>();
  for (const line of one.orders.filter(isPooled).flatMap((order) => order.lines))
    wanted.set(line.poolId, (wanted.get(line.poolId) ?? 0) + line.quantity);
  return [...wanted].every(([poolId, count]) => {
    const pool = batch.pools.get(poolId);
    return pool !== undefined && canTake(pool, count, held);
  });
}

/** The same steps for goods that are delivered later. */
const laterEvents = { pay: 'fund', revive: 'revive_funded' } as const;

function pay(batch: Batch, one: Case, how: PaidFor, now: Instant): void {
  for (const ordered of one.orders) {
    const { order, lines } = ordered;
    for (const line of isPooled(ordered) ? lines : []) {
      const numbers = must(
        takeNumbers(must(batch.pools.get(line.poolId), 'a line has its pool'), line.quantity, how === 'pay'),
        'what was held or is free can be taken',
      );
      batch.delivered.push({
        shopId: order.shopId,
        orderId: order.id,
        line: line.number,
        poolId: line.poolId,
        numbers,
      });
    }
    const transfers = fundFromPayment({
      paymentId: one.paymentId,
      lines: lines.map((line) => ({ orderId: order.id, number: line.number, amount: line.total })),
    });
    assert(enter(batch.book, order.id, transfers), 'the payment covers its orders');
    if (!isPooled(ordered)) batch.waiting.push({ ...ordered, paymentId: one.paymentId });
    const event = isPooled(ordered) ? how : laterEvents[how];
    batch.steps.push({ order, event, by: 'channel', byId: null, facts: { paidAt: now } });
    if (how === 'pay') batch.ended.push(order);
  }
  batch.states.push({ checkout: one.checkout, state: 'paid' });
}

function cancel(batch: Batch, one: Case, why: CancelledBy): void {
  for (const ordered of one.orders) {
    const { order, lines } = ordered;
    for (const line of isPooled(ordered) ? lines : [])
      unreserve(must(batch.pools.get(line.poolId), 'a line has its pool'), BigInt(line.quantity));
    batch.steps.push({ order, event: why, by: why === 'expire' ? 'clock' : 'system', byId: null });
    batch.ended.push(order);
  }
  batch.states.push({ checkout: one.checkout, state: why === 'expire' ? 'expired' : 'cancelled' });
}

async function write(tx: Tx, batch: Batch, lines: readonly Line[]): Promise<void> {
  faultPoint('checkout.apply.before-write');
  const after = makeSteps(tx, batch.steps);
  faultPoint('checkout.apply.after-steps');
  const paid = after.filter((order) => order.state === 'delivered');
  const cancelled = after.filter((order) => order.state === 'cancelled');
  numberLines(tx, batch.delivered);
  deliverSealed(tx, batch.delivered);
  await queueWaiting(tx, batch.waiting);
  faultPoint('checkout.apply.after-keys');
  writeBook(tx, batch.book);
  faultPoint('checkout.apply.after-money');
  writeBackPools(tx, batch.pools.values());
  faultPoint('checkout.apply.after-pools');
  const ended = lines.filter((line) => batch.ended.some((order) => order.id === line.orderId));
  if (ended.length > 0) send(tx, endReservations(tx, ended));
  send(
    tx,
    setCheckoutStates(tx, {
      buyers: batch.states.map((s) => s.checkout.buyerId),
      keys: batch.states.map((s) => s.checkout.key),
      states: batch.states.map((s) => s.state),
    }),
  );
  send(
    tx,
    clearDeadlines(
      tx,
      batch.ended.map((order) => ({ shopId: order.shopId, about: order.id, what: 'order.expire' })),
    ),
  );
  const days = await noReasonDays(tx, lines);
  const promised = new Map<string, number>();
  lines.forEach((line, i) =>
    promised.set(line.orderId, Math.max(promised.get(line.orderId) ?? 0, days[i] ?? 0)),
  );
  send(
    tx,
    firstDeadlines(
      tx,
      paid.map((order) => confirmLater(order, tx.business, promised.get(order.id) ?? 0)),
    ),
  );
  faultPoint('checkout.apply.after-states');
  await recordNext(
    tx,
    after.map((order, i) => eventOf(order, must(batch.steps[i], 'a step for each order'), batch)),
  );
  faultPoint('checkout.apply.after-evidence');
  const unserved = new Set(batch.steps.flatMap((step) => (step.event === 'unserve' ? [step.order.id] : [])));
  tell(tx, 'order.purchased', paid);
  tell(
    tx,
    'order.cancelled',
    cancelled.filter((order) => !unserved.has(order.id)),
  );
  tell(
    tx,
    'order.unserved',
    cancelled.filter((order) => unserved.has(order.id)),
  );
  faultPoint('checkout.apply.after-news');
  // Reads the money that is left after the transfers above: they were sent before, on the same connection.
  if (batch.refunds.length > 0) await refundUnappliedMoney(tx, batch.refunds);
}

/** What was paid and is delivered later begins to wait; the promise counts from now. */
async function queueWaiting(tx: Tx, waiting: Batch['waiting']): Promise<void> {
  if (waiting.length === 0) return;
  const versions = await versionsOf(
    tx,
    waiting.flatMap((one) => one.lines),
  );
  const all = waiting.flatMap((one) => one.lines.map((line) => ({ ...one, line })));
  queueLines(
    tx,
    all.map(({ order, line, paymentId }, i) => {
      const { content } = must(versions[i], 'a version for each line');
      return {
        shopId: order.shopId,
        orderId: order.id,
        line: line.number,
        listingId: line.listingId,
        goods: content.goods,
        mode: content.delivery.mode,
        paymentId,
        rulebook: order.rulebook,
        ...promiseOf({
          paidAt: tx.business,
          within_seconds: content.delivery.within_seconds ?? 0,
          opening: content.opening,
          lateAuto_hours: termsOf(order.rulebook).lateAuto_hours,
          mode: content.delivery.mode,
        }),
      };
    }),
  );
}

function tell(tx: Tx, event: string, orders: readonly Order[]): void {
  if (orders.length === 0) return;
  send(tx, publish(tx, [{ event, about: orders.map((o) => o.id), shops: orders.map((o) => o.shopId) }]));
}

function confirmLater(order: Order, at: Instant, promised_days: number) {
  const terms = termsOf(order.rulebook);
  return {
    shopId: order.shopId,
    about: order.id,
    what: 'order.confirm',
    dueAt: confirmSealedAt(at, order.rulebook, promised_days),
    startAt: at,
    article: terms.articles.autoConfirm,
    version: order.rulebook,
    clock: 'elapsed' as const,
  };
}

const evidenceKinds: Partial<Record<Order['state'], string>> = {
  delivered: 'order.paid',
  awaiting: 'order.funded',
};

function eventOf(order: Order, step: Step, batch: Batch): NewEvent {
  const delivered = batch.delivered
    .filter((one) => one.orderId === order.id)
    .map((one) => ({ line: one.line, pool: one.poolId, numbers: one.numbers.map(String), state: 'sealed' }));
  return {
    shopId: order.shopId,
    about: order.id,
    kind: evidenceKinds[order.state] ?? 'order.cancelled',
    actor: step.by,
    keyOwner: order.buyerId,
    body: { event: step.event, total: order.total.toString(), delivery: delivered },
  };
}
