import { assert, must } from '../kit/assert.ts';
import { clearDeadlines, setDeadlines, type Due } from '../kit/deadlines.ts';
import { faultPoint } from '../kit/fault.ts';
import { newId } from '../kit/ids.ts';
import { publish } from '../kit/outbox.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { plus, type Instant } from '../kit/time.ts';
import { send, type Tx } from '../kit/tx.ts';
import { recordNext } from '../evidence/actions.ts';
import { openBook, writeBook } from '../ledger/actions.ts';
import { enter, leftIn, type Book } from '../ledger/book.rules.ts';
import { account, escrowOf, releaseEscrow } from '../ledger/rules.ts';
import { frozenShops } from '../risk/actions.ts';
import { heldOrders, lockWithLines, makeSteps } from '../orders/actions.ts';
import type { Line, Order, Step } from '../orders/rules.ts';
import { termsOf } from '../rules/terms.rules.ts';
import { decideConfirm, decideLapse, decideRelease } from './completion.rules.ts';
import type { DeliveryRefusal } from './contract.ts';
import { contentsSeen } from './manual/seen.actions.ts';
import { holdOrders, holdOwnOrders, type Asking } from './units.actions.ts';

/** The buyer confirms that everything works; the money goes to the shop T+n later (F148). */
export async function confirm(
  tx: Tx,
  p: Asking & { userId: string },
): Promise<Result<{ state: string; releaseAt: Instant | null }, DeliveryRefusal>> {
  const [held] = await holdOwnOrders(tx, [p]);
  if (!held) return refuse('ORDER_NOT_FOUND');
  if ((await heldOrders(tx, [held.order])).has(held.order.id)) return refuse('ORDER_IN_CASE');
  const decided = decideConfirm(
    held.order,
    [...held.units.values(), ...(await contentsSeen(tx, held.order))],
    p.userId,
    tx.business,
  );
  if (!decided.ok) return decided;
  const [order] = await complete(tx, [decided.value]);
  return done({
    state: must(order, 'the order that was completed').state,
    releaseAt: order?.releaseAt ?? null,
  });
}

/** Orders whose time to be confirmed by the clock has come. Firing again is harmless. */
export async function lapseAll(tx: Tx, due: readonly Due[]): Promise<void> {
  const held = await holdOrders(
    tx,
    due.map((d) => ({ shopId: d.shopId, id: d.about })),
  );
  const inCase = await heldOrders(
    tx,
    [...held.values()].map((one) => one.order),
  );
  await waitForCases(
    tx,
    due.filter((d) => inCase.has(d.about) && held.get(d.about)?.order.state === 'delivered'),
  );
  const steps = due.flatMap((d) => {
    const one = held.get(d.about);
    const step = one && !inCase.has(d.about) ? decideLapse(one.order, d.dueAt, tx.business) : undefined;
    return step ? [step] : [];
  });
  const stale = due.filter((d) => !steps.some((step) => step.order.id === d.about));
  await clearDeadlines(
    tx,
    stale
      .filter((d) => held.get(d.about)?.order.state !== 'delivered')
      .map((d) => ({ ...d, what: 'order.confirm' })),
  );
  await complete(tx, steps);
}

/** While a case is open nothing is confirmed by the clock (VGSR article 41): it looks again a day later, or when the case ends. */
const waitForCases = (tx: Tx, due: readonly Due[]): Promise<void> =>
  setDeadlines(
    tx,
    due.map((d) => ({
      ...d,
      what: 'order.confirm',
      dueAt: plus(tx.business, { hours: 24 }),
      clock: 'elapsed' as const,
    })),
  );

async function complete(tx: Tx, steps: readonly Step[]): Promise<Order[]> {
  if (steps.length === 0) return [];
  faultPoint('delivery.complete.before-write');
  const orders = makeSteps(tx, steps);
  faultPoint('delivery.complete.after-steps');
  send(
    tx,
    clearDeadlines(
      tx,
      orders.map((order) => ({ shopId: order.shopId, about: order.id, what: 'order.confirm' })),
    ),
    setDeadlines(
      tx,
      orders.map((order) => ({
        shopId: order.shopId,
        about: order.id,
        what: 'order.release',
        dueAt: must(order.releaseAt, 'a completed order has its release'),
        startAt: tx.business,
        article: termsOf(order.rulebook).articles.settleDelay,
        version: order.rulebook,
        clock: 'elapsed' as const,
      })),
    ),
    publish(tx, [
      { event: 'order.completed', about: orders.map((o) => o.id), shops: orders.map((o) => o.shopId) },
    ]),
  );
  faultPoint('delivery.complete.after-deadlines');
  await recordNext(
    tx,
    orders.map((order, i) => {
      const step = must(steps[i], 'a step for each order');
      return {
        shopId: order.shopId,
        about: order.id,
        kind: 'order.completed',
        actor: step.byId ? `buyer:${step.byId}` : 'clock',
        keyOwner: order.buyerId,
        body: { by: step.by, event: step.event, releaseAt: order.releaseAt },
      };
    }),
  );
  faultPoint('delivery.complete.after-evidence');
  return orders;
}

/**
 * Releases the money of orders whose settlement delay is over: what is left in each line's escrow goes to the shop, less the fee. Money
 * with a hold stays (VGSR article 3). Numbered debits make a second release of the same money impossible.
 */
export async function releaseAll(tx: Tx, due: readonly Due[]): Promise<void> {
  const keys = due.map((d) => ({ shopId: d.shopId, id: d.about }));
  const [orders, held] = [await lockWithLines(tx, keys), await heldOrders(tx, keys)];
  faultPoint('delivery.release.after-lock');
  const ready = orders.flatMap((one) => {
    const step = decideRelease(one.order, held.has(one.order.id), tx.business);
    return step ? [{ ...one, step }] : [];
  });
  // Under the locks of the shops' accounts, which a freeze takes too: what is read now stays true until the commit.
  const book = await openBook(tx, accountsOf(ready));
  const frozen = await frozenShops(
    tx,
    ready.map(({ order }) => order.shopId),
  );
  const released = ready.filter(({ order }) => !frozen.has(order.shopId));
  const waiting = new Set(ready.filter((one) => !released.includes(one)).map(({ order }) => order.id));
  // A held order gets its deadline back from whoever takes the hold away; a frozen shop's is looked at again in an hour (article 47).
  send(
    tx,
    clearDeadlines(
      tx,
      due
        .filter((d) => !waiting.has(d.about) && !waits(orders, d, tx.business))
        .map((d) => ({ ...d, what: 'order.release' })),
    ),
    setDeadlines(
      tx,
      due
        .filter((d) => waiting.has(d.about))
        .map((d) => ({
          ...d,
          what: 'order.release',
          dueAt: plus(tx.business, { hours: 1 }),
          clock: 'elapsed' as const,
        })),
    ),
  );
  if (released.length === 0) return;
  faultPoint('delivery.release.before-write');
  const sums = release(tx, book, released);
  faultPoint('delivery.release.after-money');
  const after = makeSteps(
    tx,
    released.map((one) => one.step),
  );
  faultPoint('delivery.release.after-steps');
  await recordNext(
    tx,
    after.map((order) => ({
      shopId: order.shopId,
      about: order.id,
      kind: 'order.settled',
      actor: 'clock',
      keyOwner: order.buyerId,
      body: { amount: (sums.get(order.id) ?? 0n).toString() },
    })),
  );
  faultPoint('delivery.release.after-evidence');
  send(
    tx,
    publish(tx, [
      { event: 'order.settled', about: after.map((o) => o.id), shops: after.map((o) => o.shopId) },
    ]),
  );
  faultPoint('delivery.release.after-news');
}

/** The time of this order was moved to later after the sweep had read it. */
const waits = (orders: readonly { order: Order }[], due: Due, now: Instant): boolean =>
  orders.some(
    ({ order }) =>
      order.id === due.about &&
      order.releaseAt !== null &&
      order.releaseAt > now &&
      order.releasedAt === null,
  );

const accountsOf = (orders: readonly { order: Order; lines: readonly Line[] }[]) =>
  orders.flatMap(({ order, lines }) => [
    account('available', order.shopId),
    ...lines.map((line) => escrowOf(order.id, line.number)),
  ]);

function release(
  tx: Tx,
  book: Book,
  orders: readonly { order: Order; lines: readonly Line[] }[],
): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { order, lines } of orders) {
    const lefts = lines.map((line) => ({ line, left: leftIn(book, escrowOf(order.id, line.number)) }));
    const transfers = lefts.flatMap(({ line, left }) =>
      releaseEscrow({
        orderId: order.id,
        shopId: order.shopId,
        line: line.number,
        left,
        fee_bps: BigInt(line.fee),
      }),
    );
    assert(enter(book, newId(tx.wall), transfers), 'what is left in escrow can be released');
    sums.set(
      order.id,
      lefts.reduce((sum, one) => sum + one.left, 0n),
    );
  }
  writeBook(tx, book);
  return sums;
}
