import { clearDeadlines, setDeadlines, type Deadline } from '../kit/deadlines.ts';
import { faultPoint } from '../kit/fault.ts';
import { noFen, type Fen } from '../kit/money.ts';
import { publish } from '../kit/outbox.ts';
import type { Actor } from '../kit/machine.ts';
import { send, type Tx } from '../kit/tx.ts';
import type { DeliveryMode, GoodsKind } from '../catalog/content.contract.ts';
import { recordNext, type NewEvent } from '../evidence/actions.ts';
import type { Json } from '../evidence/leaf.rules.ts';
import { lockWithLines, makeSteps, type OrderKey } from '../orders/actions.ts';
import type { Line, Order } from '../orders/rules.ts';
import { lockPayments } from '../payments/actions.ts';
import { termsOf } from '../rules/terms.rules.ts';
import { backFor } from './delay.rules.ts';
import type { LineEvent } from './line.machine.ts';
import { giveBack } from './line-refund.actions.ts';
import {
  autoConfirmLater,
  decideLine,
  decideSteps,
  nextTimes,
  type LaterLine,
  type Timed,
} from './line.rules.ts';
import { insertDeliveries, lockDeliveries, paymentsOfLines, writeDeliveries } from './line.store.ts';
import type { Promised } from '../catalog/promise.rules.ts';

/** A locked order of goods that are delivered later, kept up to date while changes are decided. */
export type HeldLater = { order: Order; readonly lines: readonly Line[]; later: LaterLine[] };

export type LineAt = { readonly shopId: string; readonly orderId: string; readonly line: number };
/** Who did it: 'merchant' with the user's id, 'supplier', or 'system' for the program itself. */
export type Hand = { readonly by: Actor; readonly byId: string | null };
type Change = LineAt &
  Hand & {
    readonly event: LineEvent;
    /** Gives money of the line back: this much, or all that is left of it. */
    readonly refund?: Fen | 'all';
    /** What evidence says of it; never a secret. */
    readonly fact: { readonly kind: string; readonly body: { readonly [key: string]: Json } };
  };
/** What became of a change: `changed` is false where it had happened before, or something else had. */
export type Changed = {
  readonly changed: boolean;
  readonly line: LaterLine | undefined;
  readonly refunded: Fen;
};

/**
 * Locks orders of later goods with their lines, in the order of locks: payments, orders, lines. Orders that are not there, and those that
 * were never paid, are not in the answer. A kind of goods calls this first, looks, and then starts, delivers or fails its lines.
 */
export async function holdLines(tx: Tx, orders: readonly OrderKey[]): Promise<Map<string, HeldLater>> {
  if (orders.length === 0) return new Map();
  const keys = { shops: orders.map((one) => one.shopId), orders: orders.map((one) => one.id) };
  const payments = (await paymentsOfLines(tx, keys)).flatMap((row) => row.paymentId ?? []);
  if (payments.length > 0) await lockPayments(tx, payments);
  const locked = await lockWithLines(tx, orders);
  const rows = await lockDeliveries(tx, keys);
  const byOrder = Map.groupBy(rows, (row) => row.orderId);
  return new Map(
    locked.flatMap(({ order, lines }): [string, HeldLater][] => {
      const later = byOrder.get(order.id);
      return later ? [[order.id, { order, lines, later }]] : [];
    }),
  );
}

/** A line that was paid now and waits for its delivery. */
export type PaidLine = LineAt &
  Promised & {
    readonly listingId: string;
    readonly goods: GoodsKind;
    readonly mode: DeliveryMode;
    readonly paymentId: string | null;
    readonly rulebook: string;
  };

/** Begins the delivery of lines that were paid in this transaction: their promises run, and news delivery.due goes out. Travels with the commit. */
export function queueLines(tx: Tx, list: readonly PaidLine[]): void {
  if (list.length === 0) return;
  const acceptBy = (one: PaidLine) => (one.mode === 'manual' ? one.acceptBy : null);
  send(
    tx,
    insertDeliveries(tx, {
      shops: list.map((one) => one.shopId),
      orders: list.map((one) => one.orderId),
      lines: list.map((one) => one.line),
      listings: list.map((one) => one.listingId),
      goods: list.map((one) => one.goods),
      modes: list.map((one) => one.mode),
      payments: list.map((one) => one.paymentId),
      acceptBy: list.map(acceptBy),
      promised: list.map((one) => one.promisedAt),
      due: list.map((one) => one.dueAt),
      at: tx.business,
    }),
  );
  const orders = [...Map.groupBy(list, (one) => one.orderId).values()];
  send(
    tx,
    setDeadlines(
      tx,
      orders.flatMap((lines) =>
        waitingFor(
          tx,
          { shopId: lines[0]?.shopId ?? '', id: lines[0]?.orderId ?? '', rulebook: lines[0]?.rulebook ?? '' },
          lines.map((one) => ({ ...freshTimes, ...one, acceptBy: acceptBy(one) })),
          tx.business,
        ),
      ),
    ),
    publish(tx, [
      {
        event: 'delivery.due',
        about: orders.map((lines) => lines[0]?.orderId ?? ''),
        shops: orders.map((lines) => lines[0]?.shopId ?? ''),
      },
    ]),
  );
}

const freshTimes = { state: 'waiting', lateAt: null, cancelAskedAt: null } as const;
type Timeless = Pick<Order, 'shopId' | 'id' | 'rulebook'>;

/** The deadlines of an order that waits for its goods. */
function waitingFor(tx: Tx, order: Timeless, lines: readonly Timed[], startAt: Tx['business']): Deadline[] {
  const { accept, late, undelivered } = nextTimes(lines, tx.business);
  const { articles } = termsOf(order.rulebook);
  return (
    [
      ['delivery.accept', accept],
      ['delivery.late', late],
      ['delivery.undelivered', undelivered],
    ] as const
  ).flatMap(([what, dueAt]) =>
    dueAt === null
      ? []
      : [
          {
            shopId: order.shopId,
            about: order.id,
            what,
            dueAt,
            startAt,
            article: articles.late,
            version: order.rulebook,
            clock: 'elapsed' as const,
          },
        ],
  );
}

/** Puts the deadlines of these orders as their lines now are, and takes away those that nothing waits for. */
export function resetDeadlines(tx: Tx, all: readonly HeldLater[]): void {
  const set = all.flatMap(({ order, later }) => waitingFor(tx, order, later, order.paidAt ?? tx.business));
  const wanted = new Set(set.map((one) => `${one.about} ${one.what}`));
  const gone = all.flatMap(({ order }) =>
    ['delivery.accept', 'delivery.late', 'delivery.undelivered']
      .filter((what) => !wanted.has(`${order.id} ${what}`))
      .map((what) => ({ shopId: order.shopId, about: order.id, what })),
  );
  send(tx, clearDeadlines(tx, gone), setDeadlines(tx, set));
}

/** Says that a shop has taken these lines on. Saying it twice changes nothing. */
export const acceptLines = (tx: Tx, list: readonly (LineAt & Hand)[]): Promise<Changed[]> =>
  changeLines(
    tx,
    list.map((one) => ({ ...one, event: 'accept', fact: { kind: 'delivery.accepted', body: {} } })),
  );

/** Says that a line is under way: sent to a supplier, or being made. Starting twice changes nothing. */
export const startLines = (tx: Tx, list: readonly (LineAt & Hand)[]): Promise<Changed[]> =>
  changeLines(
    tx,
    list.map((one) => ({ ...one, event: 'start', fact: { kind: 'delivery.started', body: {} } })),
  );

/**
 * Says that lines are delivered, with the proof (JSON without secrets) for evidence (VGSR article 13): the content lies where the buyer finds
 * it. When all lines of an order are, it steps to delivered and its time to confirm runs. `refund` gives a part of the line's money back where
 * not all could be delivered. Delivering twice, or what was cancelled meanwhile, changes nothing: look at `changed`.
 */
export const deliverLines = (
  tx: Tx,
  list: readonly (LineAt & Hand & { proof: { readonly [key: string]: Json }; refund?: Fen })[],
): Promise<Changed[]> =>
  changeLines(
    tx,
    list.map(({ proof, ...one }) => ({
      ...one,
      event: 'deliver',
      fact: { kind: 'delivery.delivered', body: { proof } },
    })),
  );

/** Says that lines cannot be delivered: their money goes back to where it came from (VGSR article 18, or `article`). Failing twice changes nothing. */
export const failLines = (
  tx: Tx,
  list: readonly (LineAt & Hand & { reason: string; article: string })[],
): Promise<Changed[]> =>
  changeLines(
    tx,
    list.map(({ reason, article, ...one }) => ({
      ...one,
      event: 'fail',
      refund: 'all',
      fact: { kind: 'delivery.failed', body: { reason, article } },
    })),
  );

/** Changes lines, in the order asked, and everything that follows from it in one transaction: money, steps, deadlines, evidence, news. */
export async function changeLines(tx: Tx, asked: readonly Change[]): Promise<Changed[]> {
  if (asked.length === 0) return [];
  const orders = new Map(asked.map((one) => [one.orderId, { shopId: one.shopId, id: one.orderId }]));
  const held = await holdLines(tx, [...orders.values()]);
  faultPoint('delivery.line.after-lock');
  const changes = asked.map((change) => ({ change, line: changeOne(held, change, tx.business) }));
  const made = changes.filter((one) => one.line !== undefined) as Made[];
  if (made.length === 0)
    return asked.map((one) => ({ changed: false, line: lineOf(held, one), refunded: noFen }));
  const refunds = await giveBack(
    tx,
    made.map(({ change, line }) => ({
      shopId: change.shopId,
      orderId: change.orderId,
      line: change.line,
      buyerId: orderOf(held, change).order.buyerId,
      paymentId: line.paymentId,
      asked: backFor(change, line, orderOf(held, change)),
    })),
  );
  made.forEach(({ change, line }, i) =>
    putLine(held, change, { ...line, refunded: (line.refunded + (refunds[i] ?? noFen)) as Fen }),
  );
  faultPoint('delivery.line.after-money');
  writeLines(
    tx,
    made.flatMap(({ change }) => lineOf(held, change) ?? []),
  );
  const touched = [...new Set(made.map(({ change }) => orderOf(held, change)))];
  const ended = stepOrders(tx, touched, made, refunds);
  faultPoint('delivery.line.after-steps');
  resetDeadlines(tx, touched);
  confirmAfterDelivery(tx, ended);
  faultPoint('delivery.line.after-deadlines');
  await recordNext(
    tx,
    made.map(({ change }, i) => eventOf(held, change, refunds[i] ?? noFen)),
  );
  faultPoint('delivery.line.after-evidence');
  tellChanges(tx, made, touched, ended, refunds);
  faultPoint('delivery.line.after-news');
  const amounts = new Map(made.map((one, i) => [one.change, refunds[i] ?? noFen]));
  return asked.map((one) => ({
    changed: amounts.has(one),
    line: lineOf(held, one),
    refunded: amounts.get(one) ?? noFen,
  }));
}

type Made = { readonly change: Change; readonly line: LaterLine };

function changeOne(held: ReadonlyMap<string, HeldLater>, change: Change, now: Tx['business']) {
  const line = lineOf(held, change);
  const after = line && decideLine(line, change, now);
  if (after) putLine(held, change, after);
  return after;
}

const lineOf = (held: ReadonlyMap<string, HeldLater>, at: LineAt): LaterLine | undefined =>
  held.get(at.orderId)?.later.find((one) => one.line === at.line);

function orderOf(held: ReadonlyMap<string, HeldLater>, at: LineAt): HeldLater {
  const one = held.get(at.orderId);
  if (!one) throw new Error(`the order of a line that changes is held: ${at.orderId}`);
  return one;
}

function putLine(held: ReadonlyMap<string, HeldLater>, at: LineAt, after: LaterLine): void {
  const one = orderOf(held, at);
  one.later = one.later.map((line) => (line.line === at.line ? after : line));
}

/** Writes lines that changed; travels with the commit. */
export function writeLines(tx: Tx, lines: readonly LaterLine[]): void {
  if (lines.length === 0) return;
  send(
    tx,
    writeDeliveries(tx, {
      shops: lines.map((l) => l.shopId),
      orders: lines.map((l) => l.orderId),
      lines: lines.map((l) => l.line),
      states: lines.map((l) => l.state),
      accepted: lines.map((l) => l.acceptedAt),
      acceptedBy: lines.map((l) => l.acceptedBy),
      started: lines.map((l) => l.startedAt),
      late: lines.map((l) => l.lateAt),
      asked: lines.map((l) => l.cancelAskedAt),
      delivered: lines.map((l) => l.deliveredAt),
      ended: lines.map((l) => l.endedAt),
      refunded: lines.map((l) => l.refunded),
    }),
  );
}

/** Steps each order as its lines now say; answers those that became delivered. */
function stepOrders(
  tx: Tx,
  touched: readonly HeldLater[],
  made: readonly Made[],
  refunds: readonly Fen[],
): HeldLater[] {
  const queues = touched.map((held) => {
    const own = made.flatMap((one, i) => (one.change.orderId === held.order.id ? [i] : []));
    const last = made[own.at(-1) ?? 0];
    const refunded = own.reduce((sum, i) => sum + (refunds[i] ?? 0n), 0n) as Fen;
    const { by = 'system', byId = null } = last?.change ?? {};
    return { held, steps: decideSteps({ order: held.order, after: held.later, refunded, by, byId }) };
  });
  const before = new Map(touched.map((held) => [held, held.order.state]));
  for (let round = 0; queues.some(({ steps }) => steps.length > round); round++) {
    const now = queues.filter(({ steps }) => steps.length > round);
    const after = makeSteps(
      tx,
      now.flatMap(({ held, steps }) => {
        const step = steps[round];
        return step ? [{ order: held.order, ...step }] : [];
      }),
    );
    now.forEach(({ held }, i) => (held.order = after[i] ?? held.order));
  }
  return touched.filter((held) => held.order.state === 'delivered' && before.get(held) !== 'delivered');
}

function confirmAfterDelivery(tx: Tx, delivered: readonly HeldLater[]): void {
  send(
    tx,
    setDeadlines(
      tx,
      delivered.map(({ order, later }) => {
        const terms = termsOf(order.rulebook);
        return {
          shopId: order.shopId,
          about: order.id,
          what: 'order.confirm',
          dueAt: autoConfirmLater(later, terms),
          startAt: tx.business,
          article: terms.articles.autoConfirm,
          version: order.rulebook,
          clock: 'elapsed' as const,
        };
      }),
    ),
  );
}

/** Who acted, as evidence says it: a person with their id, or the part of the program. */
export const actorOf = ({ by, byId }: Hand): string => (byId === null ? by : `${by}:${byId}`);

function eventOf(held: ReadonlyMap<string, HeldLater>, change: Change, refunded: Fen): NewEvent {
  const { order } = orderOf(held, change);
  const line = lineOf(held, change);
  return {
    shopId: change.shopId,
    about: change.orderId,
    kind: change.fact.kind,
    actor: actorOf(change),
    keyOwner: order.buyerId,
    body: {
      line: change.line,
      ...change.fact.body,
      promisedAt: line?.promisedAt ?? null,
      late: line?.lateAt !== null,
      refunded: refunded.toString(),
    },
  };
}

function tellChanges(
  tx: Tx,
  made: readonly Made[],
  touched: readonly HeldLater[],
  delivered: readonly HeldLater[],
  refunds: readonly Fen[],
): void {
  const refunded = touched.filter((held) =>
    made.some((one, i) => one.change.orderId === held.order.id && (refunds[i] ?? 0n) > 0n),
  );
  const news = (event: string, list: readonly HeldLater[]) =>
    list.length === 0
      ? []
      : [{ event, about: list.map((one) => one.order.id), shops: list.map((one) => one.order.shopId) }];
  send(tx, publish(tx, [...news('order.delivered', delivered), ...news('order.refunded', refunded)]));
}
