import { must } from '../../kit/assert.ts';
import { faultPoint } from '../../kit/fault.ts';
import { publish } from '../../kit/outbox.ts';
import { send, type Tx } from '../../kit/tx.ts';
import { versionsOf } from '../../catalog/versions.actions.ts';
import { recordNext } from '../../evidence/actions.ts';
import type { Json } from '../../evidence/leaf.rules.ts';
import { answersOf } from '../../orders/answer.actions.ts';
import type { OrderKey } from '../../orders/actions.ts';
import {
  abandonRequests,
  createRequests,
  holdRequests,
  lineKey,
  wantCancelled,
  type NewRequest,
  type Supplied,
} from '../../supply/actions.ts';
import { deliverLines, failLines, holdLines, startLines, type HeldLater } from '../line.actions.ts';
import { isOpen, type LaterLine } from '../line.rules.ts';
import { targetKey } from './contract.ts';
import { resetTimes } from './deadline.actions.ts';
import type { TopupState } from './machine.ts';
import {
  decideTopup,
  filledBy,
  firstTopup,
  giveUpTime,
  isUnderWay,
  standOf,
  unarrived,
  waitsFor,
  type Topup,
} from './rules.ts';
import { insertTopups, topupsOf, writeTopups } from './store.ts';

/** An order with its top-ups, all locked: the order first, then the supplier's requests. */
export type HeldTopup = {
  readonly held: HeldLater;
  readonly line: LaterLine;
  readonly topup: Topup;
  readonly supplied: Supplied | undefined;
};

/** Locks orders with their top-ups and the requests behind them. Orders without top-ups are not in the answer. */
export async function holdTopups(tx: Tx, orders: readonly OrderKey[]): Promise<HeldTopup[]> {
  const held = await holdLines(tx, orders);
  if (held.size === 0) return [];
  const topups = await topupsOf(tx, {
    shops: [...held.values()].map((one) => one.order.shopId),
    orders: [...held.keys()],
  });
  const supplied = await holdRequests(tx, topups);
  return topups.map((topup) => {
    const one = must(held.get(topup.orderId), 'a top-up belongs to an order that is held');
    const line = must(
      one.later.find((each) => each.line === topup.line),
      'a top-up is a line',
    );
    return { held: one, line, topup, supplied: supplied.get(lineKey(topup)) };
  });
}

export const changeTopups = (tx: Tx, list: readonly Topup[]): void =>
  list.length === 0 ? undefined : send(tx, writeTopups(tx, { list }));

/**
 * Begins the top-ups of orders that were paid (F028): one request for a line, however often the news comes. Nothing is sent here; the
 * pump of supply sends after the commit. From now on the line is under way, and cancelled at the supplier first.
 */
export async function beginTopups(tx: Tx, orders: readonly OrderKey[]): Promise<void> {
  const held = await holdLines(tx, orders);
  const lines = [...held.values()].flatMap((one) =>
    one.later
      .filter((line) => line.mode === 'direct' && line.state === 'waiting')
      .map((line) => ({ one, line })),
  );
  if (lines.length === 0) return;
  const wanted = await wantedOf(tx, lines);
  const states = await createRequests(
    tx,
    wanted.map((one) => one.request),
  );
  faultPoint('delivery.topup.after-requests');
  const topups = wanted.map(({ topup }, i): Topup => ({
    ...topup,
    state: states[i] === 'held' ? 'held' : 'queued',
  }));
  if (topups.length > 0) await insertTopups(tx, { list: topups, at: tx.business });
  faultPoint('delivery.topup.after-rows');
  await startLines(
    tx,
    topups.map((one) => ({ ...one, by: 'system', byId: null })),
  );
  tellShops(
    tx,
    'topup.held',
    topups.filter((one) => one.state === 'held'),
  );
  // What cannot be asked of anybody (the account was erased meanwhile) goes back at once.
  await failLines(
    tx,
    lines
      .filter(({ line }) => !topups.some((one) => one.orderId === line.orderId && one.line === line.line))
      .map(({ line }) => ({
        ...line,
        by: 'system',
        byId: null,
        reason: 'nothing says what to fill',
        article: '15',
      })),
  );
  faultPoint('delivery.topup.after-lines');
}

type Waiting = { readonly one: HeldLater; readonly line: LaterLine };

/** What is to be filled for lines, where their version and the buyer's answer say it. */
async function wantedOf(tx: Tx, lines: readonly Waiting[]): Promise<{ request: NewRequest; topup: Topup }[]> {
  const goods = lines.map(({ one, line }) =>
    must(
      one.lines.find((each) => each.number === line.line),
      'a later line is a line of its order',
    ),
  );
  const [versions, answers] = await Promise.all([
    versionsOf(tx, goods),
    answersOf(
      tx,
      lines.map(({ line }) => line),
    ),
  ]);
  return lines.flatMap(({ line }, i): { request: NewRequest; topup: Topup }[] => {
    const { content } = must(versions[i], 'a line has its version');
    const { variantId } = must(goods[i], 'goods for each line');
    const target = answers[i]?.[targetKey]?.reveal();
    const topup = firstTopup(line, content, variantId, target);
    if (!topup || target === undefined) return [];
    const { shopId, orderId, face } = topup;
    return [{ request: { shopId, orderId, line: line.line, variantId, face, target }, topup }];
  });
}

/** Does what the supplier's words mean for these orders: delivered, delivered in part, failed, or late. Safe to repeat. */
export async function followTopups(tx: Tx, orders: readonly OrderKey[]): Promise<void> {
  const all = await holdTopups(tx, orders);
  const moved = all.flatMap((one): Moved[] => {
    const to = one.supplied && decideTopup(one.topup.state, standOf(requestOf(one.supplied)));
    return to ? [{ ...one, to, filled: filledBy(one.supplied?.attempts ?? []) }] : [];
  });
  if (moved.length === 0) return;
  const delivered = await deliver(tx, moved);
  faultPoint('delivery.topup.after-lines');
  await failLines(
    tx,
    moved
      .filter(({ to }) => to === 'failed' || to === 'cancelled')
      .map(({ line, supplied, to }) => ({
        ...line,
        by: 'supplier',
        byId: null,
        reason: supplied?.request.why ?? to,
        article: '15',
      })),
  );
  const changed = moved.map(({ topup, to, filled, line }): Topup => {
    const arrived = filled?.charged ?? null;
    // It was delivered to a line that had ended otherwise: the buyer has the money already.
    const unwanted = (to === 'success' || to === 'partial') && !delivered.has(lineKey(line));
    return { ...topup, state: to, arrived, lateAt: to === 'late' || unwanted ? tx.business : topup.lateAt };
  });
  changeTopups(tx, changed);
  await recordLate(
    tx,
    moved.filter((_, i) => changed[i]?.lateAt !== null),
  );
  tellShops(
    tx,
    'topup.held',
    changed.filter((one) => one.state === 'held'),
  );
  // What goes on waits for the same times as before.
  const over = changed.filter((one) => !isUnderWay(one.state));
  await resetTimes(
    tx,
    await holdTopups(
      tx,
      over.map((one) => ({ shopId: one.shopId, id: one.orderId })),
    ),
  );
}

type Moved = HeldTopup & { readonly to: TopupState; readonly filled: ReturnType<typeof filledBy> };
const requestOf = (one: Supplied) => ({ state: one.request.state, attempts: one.attempts });

/** What arrived, whole or in part. Answers the lines that are delivered. */
async function deliver(tx: Tx, moved: readonly Moved[]): Promise<Set<string>> {
  const arrived = moved.filter(({ to }) => to === 'success' || to === 'partial');
  const changed = await deliverLines(
    tx,
    arrived.map(({ line, held, topup, filled }) => {
      const charged = filled?.charged ?? topup.face;
      const goods = must(
        held.lines.find((each) => each.number === line.line),
        'a later line is a line of its order',
      );
      const refund = unarrived(goods.total, topup.face, charged);
      return {
        ...line,
        by: 'supplier' as const,
        byId: null,
        proof: proofOf(topup, filled),
        ...(refund > 0n ? { refund } : {}),
      };
    }),
  );
  return new Set(changed.flatMap(({ line }) => (line?.state === 'delivered' ? [lineKey(line)] : [])));
}

/** The arrival proof (lifecycles 2.2c): the supplier's serial and its answer to our own question; the account masked. */
function proofOf(topup: Topup, filled: Moved['filled']): { readonly [key: string]: Json } {
  return {
    masked: topup.masked,
    face: topup.face.toString(),
    arrived: (filled?.charged ?? 0n).toString(),
    number: filled?.number ?? null,
    serial: filled?.supplierNo ?? null,
    voucher: filled?.voucher ?? null,
    said: filled?.said ?? null,
  };
}

async function recordLate(tx: Tx, late: readonly Moved[]): Promise<void> {
  if (late.length === 0) return;
  await recordNext(
    tx,
    late.map(({ topup, held, filled }) => ({
      shopId: topup.shopId,
      about: topup.orderId,
      kind: 'delivery.late_arrival',
      actor: 'supplier',
      keyOwner: held.order.buyerId,
      body: { line: topup.line, ...proofOf(topup, filled), claimedFrom: 'merchant', article: '15' },
    })),
  );
  tellShops(
    tx,
    'topup.late',
    late.map((one) => one.topup),
  );
}

export function tellShops(
  tx: Tx,
  event: 'topup.held' | 'topup.late' | 'topup.wrong' | 'topup.stop_missed',
  list: readonly { shopId: string; orderId: string }[],
): void {
  if (list.length === 0) return;
  const orders = [...new Map(list.map((one) => [one.orderId, one])).values()];
  send(
    tx,
    publish(tx, [{ event, about: orders.map((one) => one.orderId), shops: orders.map((one) => one.shopId) }]),
  );
}

/**
 * Lines that were asked back (news delivery.cancel_asked, and when a wish to wait has ended): what was never sent is over and refunded at
 * once, the rest is stopped at the supplier, whose word decides. While the buyer wants to wait, the clock's asking waits too.
 */
export async function askBackTopups(tx: Tx, orders: readonly OrderKey[]): Promise<void> {
  const all = await holdTopups(tx, orders);
  await stopTopups(
    tx,
    all.filter(
      ({ line, topup }) =>
        isOpen(line) && line.cancelAskedAt !== null && waitsFor(line, topup, tx.business) === undefined,
    ),
    'asked back before anything was sent',
  );
  await resetTimes(tx, await holdTopups(tx, orders));
}

/**
 * News order.refunded: a line that ended otherwise (by a case, say) while its top-up is under way. It is stopped where that is possible, and
 * late if it arrives. What its own supplier ended is over already.
 */
export async function abandonRefunded(tx: Tx, orders: readonly OrderKey[]): Promise<void> {
  const all = await holdTopups(tx, orders);
  const gone = all.filter(
    ({ line, topup }) => !isOpen(line) && line.state !== 'delivered' && isUnderWay(topup.state),
  );
  if (gone.length === 0) return;
  await abandonRequests(
    tx,
    gone.map(({ topup }) => topup),
  );
  const after = await holdRequests(
    tx,
    gone.map(({ topup }) => topup),
  );
  changeTopups(
    tx,
    gone.map(({ topup }) => ({
      ...topup,
      gaveUpAt: tx.business,
      state: after.get(lineKey(topup))?.request.state === 'abandoned' ? 'returned' : 'cancelled',
    })),
  );
  await resetTimes(tx, await holdTopups(tx, orders));
}

/** Stops top-ups where that is still possible. Answers what went back at once. */
export async function stopTopups(tx: Tx, list: readonly HeldTopup[], reason: string): Promise<bigint> {
  const open = list.filter(({ line, topup }) => isOpen(line) && isUnderWay(topup.state));
  const endedNow = await wantCancelled(
    tx,
    open.map(({ topup }) => topup),
  );
  const over = open.filter(({ topup }) => endedNow.has(lineKey(topup)));
  const changed = await failLines(
    tx,
    over.map(({ line }) => ({ ...line, by: 'system' as const, byId: null, reason, article: '15' })),
  );
  changeTopups(
    tx,
    over.map(({ topup }) => ({ ...topup, state: 'cancelled' as const })),
  );
  return changed.reduce((sum, one) => sum + one.refunded, 0n);
}

/**
 * The supplier had its time to answer and said nothing final: the money goes back (VGSR article 18), the number goes on being asked about,
 * and what arrives is late. Lines whose time has not come are left alone.
 */
export async function giveUpTopups(tx: Tx, orders: readonly OrderKey[]): Promise<void> {
  const all = await holdTopups(tx, orders);
  const over = all.filter(({ line, topup }) => {
    const at = isOpen(line) && isUnderWay(topup.state) ? giveUpTime(line, topup) : undefined;
    return at !== undefined && at <= tx.business;
  });
  await abandonRequests(
    tx,
    over.map(({ topup }) => topup),
  );
  await failLines(
    tx,
    over.map(({ line }) => ({
      ...line,
      by: 'system',
      byId: null,
      reason: 'the supplier gave no final word in time',
      article: '18',
    })),
  );
  changeTopups(
    tx,
    over.map(({ topup }) => ({ ...topup, state: 'returned', gaveUpAt: tx.business })),
  );
  await resetTimes(tx, await holdTopups(tx, orders));
}
