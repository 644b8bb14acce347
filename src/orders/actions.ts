import { publish } from '../kit/outbox.ts';
import { send, type Tx } from '../kit/tx.ts';
import type { Viewer } from '../kit/viewer.ts';
import {
  applied,
  firstStates,
  type Line,
  type NewLine,
  type NewOrder,
  type Order,
  type Step,
} from './rules.ts';
import {
  deleteHolds,
  findOrder,
  findOwnOrders,
  insertHolds,
  insertLaterOrders,
  insertLines,
  insertOrders,
  insertSteps,
  lockOrders,
  readHolds,
  readLines,
  writeNumbers,
  writeOrders,
} from './store.ts';

export type OrderKey = { readonly shopId: string; readonly id: string };
const keys = (list: readonly OrderKey[]) => ({
  shops: list.map((o) => o.shopId),
  ids: list.map((o) => o.id),
});
const arrayText = (numbers: readonly bigint[]): string => `{${numbers.join(',')}}`;

/** Writes new orders with their lines, whose numbers are there when the money is; it travels with the commit. */
export function createOrders(
  tx: Tx,
  list: readonly { order: NewOrder; lines: readonly NewLine[] }[],
  rulebook: string,
): void {
  if (list.length === 0) return;
  const orders = list.map((one) => one.order);
  const lines = list.flatMap((one) =>
    one.lines.map((line) => ({ ...line, shopId: one.order.shopId, orderId: one.order.id })),
  );
  const [pooled, later] = [orders.filter((o) => o.mode === 'pool'), orders.filter((o) => o.mode !== 'pool')];
  const rows = (some: readonly NewOrder[]) => ({
    ...keys(some),
    buyers: some.map((o) => o.buyerId),
    keys: some.map((o) => o.checkoutKey),
    states: some.map((o) => firstStates[o.firstEvent]),
    firsts: some.map((o) => o.firstEvent),
    totals: some.map((o) => o.total),
    rulebook,
    settleDays: some.map((o) => o.settleDays),
    paid: some.map((o) => o.paidAt),
    at: tx.business,
  });
  if (pooled.length > 0) send(tx, insertOrders(tx, rows(pooled)));
  if (later.length > 0) send(tx, insertLaterOrders(tx, { ...rows(later), modes: later.map((o) => o.mode) }));
  send(
    tx,
    insertLines(tx, {
      shops: lines.map((l) => l.shopId),
      orders: lines.map((l) => l.orderId),
      lines: lines.map((l) => l.number),
      listings: lines.map((l) => l.listingId),
      versions: lines.map((l) => l.version),
      variants: lines.map((l) => l.variantId),
      pools: lines.map((l) => l.poolId),
      goods: lines.map((l) => l.goods),
      quantities: lines.map((l) => l.quantity),
      prices: lines.map((l) => l.price),
      totals: lines.map((l) => l.total),
      components: lines.map((l) => l.components),
      fees: lines.map((l) => l.fee),
      numbers: lines.map((l) => arrayText(l.numbers)),
    }),
  );
}

/** Locks orders in the order of their keys and reads their lines. Those that are not there are not in the answer. */
export async function lockWithLines(
  tx: Tx,
  list: readonly OrderKey[],
): Promise<{ order: Order; lines: Line[] }[]> {
  if (list.length === 0) return [];
  const [orders, lines] = await Promise.all([lockOrders(tx, keys(list)), readLines(tx, keys(list))]);
  const byOrder = new Map(orders.map((order) => [order.id, { order, lines: [] as Line[] }]));
  for (const line of lines) byOrder.get(line.orderId)?.lines.push(line);
  return [...byOrder.values()];
}

/** Reads lines of orders that the caller has locked. */
export const linesOf = (tx: Tx, list: readonly OrderKey[]): Promise<Line[]> => readLines(tx, keys(list));

/** Makes steps: the new state and the history row go together. Answers the orders as they are now. */
export function makeSteps(tx: Tx, steps: readonly Step[]): Order[] {
  const after = steps.map(applied);
  if (steps.length === 0) return after;
  send(
    tx,
    writeOrders(tx, {
      ...keys(after),
      states: after.map((o) => o.state),
      steps: after.map((o) => o.steps),
      refunded: after.map((o) => o.refunded),
      paid: after.map((o) => o.paidAt),
      completed: after.map((o) => o.completedAt),
      release: after.map((o) => o.releaseAt),
      released: after.map((o) => o.releasedAt),
    }),
    insertSteps(tx, {
      shops: after.map((o) => o.shopId),
      orders: after.map((o) => o.id),
      steps: after.map((o) => o.steps),
      froms: steps.map((s) => s.order.state),
      events: steps.map((s) => s.event),
      tos: after.map((o) => o.state),
      kinds: steps.map((s) => s.by),
      bys: steps.map((s) => s.byId),
      at: tx.business,
    }),
  );
  return after;
}

/** Gives lines the numbers they got. */
export function numberLines(
  tx: Tx,
  list: readonly { shopId: string; orderId: string; line: number; numbers: readonly bigint[] }[],
): void {
  if (list.length === 0) return;
  send(
    tx,
    writeNumbers(tx, {
      shops: list.map((l) => l.shopId),
      orders: list.map((l) => l.orderId),
      lines: list.map((l) => l.line),
      numbers: list.map((l) => arrayText(l.numbers)),
    }),
  );
}

export type Hold = {
  shopId: string;
  orderId: string;
  reason: 'case' | 'risk' | 'legal' | 'channel_complaint' | 'warranty';
  ref: string;
};
const holdColumns = (list: readonly Hold[]) => ({
  shops: list.map((h) => h.shopId),
  orders: list.map((h) => h.orderId),
  reasons: list.map((h) => h.reason),
  refs: list.map((h) => h.ref),
});

/**
 * Money with a hold is not released. Holding twice for the same reason is one hold. The caller has locked the order. News `order.held` goes
 * out, also when a hold ends, so that what stands still with the money hears of it.
 */
export function addHolds(tx: Tx, list: readonly Hold[]): Promise<number> {
  tellHolds(tx, list);
  return insertHolds(tx, { ...holdColumns(list), at: tx.business });
}
export function removeHolds(tx: Tx, list: readonly Hold[]): Promise<number> {
  tellHolds(tx, list);
  return deleteHolds(tx, holdColumns(list));
}

function tellHolds(tx: Tx, list: readonly Hold[]): void {
  if (list.length === 0) return;
  send(
    tx,
    publish(tx, [
      { event: 'order.held', about: list.map((h) => h.orderId), shops: list.map((h) => h.shopId) },
    ]),
  );
}

/** The ids of orders that have at least one hold. */
export async function heldOrders(tx: Tx, list: readonly OrderKey[]): Promise<Set<string>> {
  return new Set((await readHolds(tx, keys(list))).map((row) => row.orderId));
}

/** The ids of orders that wait for a review of their purchase (article 49): nobody looks at their keys meanwhile. */
export async function reviewedOrders(tx: Tx, list: readonly OrderKey[]): Promise<Set<string>> {
  if (list.length === 0) return new Set();
  const rows = await readHolds(tx, keys(list));
  return new Set(rows.filter((row) => row.reason === 'risk').map((row) => row.orderId));
}

/** Which of these orders a court, the police or a regulator keeps: no money leaves them, to nobody (article 40). */
export async function legallyHeld(tx: Tx, list: readonly OrderKey[]): Promise<Set<string>> {
  const rows = await readHolds(tx, keys(list));
  return new Set(rows.flatMap((row) => (row.reason === 'legal' ? [row.orderId] : [])));
}

/** The shop and buyer of an order that the viewer may see: its buyer, somebody of its shop, or staff. Others learn nothing. */
export async function orderSeenBy(
  tx: Tx,
  viewer: Viewer,
  orderId: string,
): Promise<{ shopId: string; buyerId: string } | undefined> {
  const [row] = await findOrder(tx, {
    orderId,
    buyerIds: viewer.buyerIds,
    shopIds: viewer.shops.map((s) => s.shopId),
    staff: viewer.staff.length > 0,
  });
  return row;
}

/** The shops of orders that belong to one of the given buyers, by order id. Orders of others are not in the answer. */
export async function ownOrders(
  tx: Tx,
  asked: readonly { orderId: string; buyerIds: readonly string[] }[],
): Promise<Map<string, OrderKey>> {
  const pairs = asked.flatMap((one) => one.buyerIds.map((buyerId) => ({ orderId: one.orderId, buyerId })));
  if (pairs.length === 0) return new Map();
  const rows = await findOwnOrders(tx, {
    ids: pairs.map((p) => p.orderId),
    buyers: pairs.map((p) => p.buyerId),
  });
  return new Map(rows.map((row) => [`${row.id}/${row.buyerId}`, { shopId: row.shopId, id: row.id }]));
}

/** The key of an order in the answer of `ownOrders`, for one who asked. */
export const ownOrder = (
  found: ReadonlyMap<string, OrderKey>,
  asked: { orderId: string; buyerIds: readonly string[] },
): OrderKey | undefined =>
  asked.buyerIds.map((buyerId) => found.get(`${asked.orderId}/${buyerId}`)).find((key) => key !== undefined);
