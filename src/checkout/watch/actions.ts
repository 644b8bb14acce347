import { fen, noFen, type Fen } from '../../kit/money.ts';
import { must } from '../../kit/assert.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { plus } from '../../kit/time.ts';
import { send, type Tx } from '../../kit/tx.ts';
import type { Viewer } from '../../kit/viewer.ts';
import { recordNext } from '../../evidence/actions.ts';
import { addHolds, lockWithLines, orderSeenBy, removeHolds } from '../../orders/actions.ts';
import { isInvolved, restrictionsOf } from '../../risk/actions.ts';
import { classHighOrders, inspect, markAnchored } from '../../risk/high.actions.ts';
import { openTickets, openTicketAbout } from '../../risk/tickets.actions.ts';
import { param } from '../../rules/rules.ts';
import { versionAt } from '../../rules/terms.rules.ts';
import type { PurchaseWatchRefusal } from './contract.ts';
import { burstSince, chainOf, isUnusual, riskyGoods, type Burst } from './rules.ts';
import { burstsOf, highOrdersAmong, reviewedBy, soldOf, spentOnRisky } from './views.ts';

type Keys = { readonly shops: readonly string[]; readonly ids: readonly string[] };

/** F057: purchases out of the ordinary wait for a look: their keys stay sealed and their money stays, for half an hour at most (article 49). */
export async function holdUnusual(tx: Tx, keys: Keys): Promise<number> {
  const version = versionAt(tx.business);
  const bursts = await burstsOf(tx, {
    viewerShops: keys.shops,
    ids: keys.ids,
    since: burstSince(version, tx.business),
    bornAfter: plus(tx.business, { days: -param(version, 'NEW_ACCOUNT') }),
  });
  let held = 0;
  for (const one of bursts) if (isUnusual(one, version, tx.business)) held += await hold(tx, one);
  return held;
}

async function hold(tx: Tx, one: Burst): Promise<number> {
  await lockWithLines(tx, one.orders);
  const [fresh] = await openTickets(tx, [
    {
      kind: 'velocity',
      subjectId: one.buyerId,
      // The same burst is one ticket, however many purchases it has.
      ref: `${one.variantId}/${Math.floor(tx.business / 3_600_000)}`,
      facts: { units: one.units, orders: one.orders.length, variant: one.variantId },
    },
  ]);
  const ref = fresh ?? (await openTicketAbout(tx, 'velocity', one.buyerId));
  if (!ref) return 0;
  return addHolds(
    tx,
    one.orders.map(({ shopId, id }) => ({ shopId, orderId: id, reason: 'risk' as const, ref })),
  );
}

/** A review ended well, or nobody looked in time: what waited goes on. Answers whose orders they were. */
export async function releaseReviewed(
  tx: Tx,
  ticketId: string,
): Promise<{ shopId: string; orderId: string; buyerId: string }[]> {
  const rows = await reviewedBy(tx, { viewerTicket: ticketId });
  await lockWithLines(
    tx,
    rows.map((row) => ({ shopId: row.shopId, id: row.orderId })),
  );
  await removeHolds(
    tx,
    rows.map((row) => ({ shopId: row.shopId, orderId: row.orderId, reason: 'risk' as const, ref: ticketId })),
  );
  return rows;
}

/** F207: orders of high value get their class, and the way of their goods is fixed as a fact of their log (article 48). */
export async function classAndAnchor(tx: Tx, keys: Keys): Promise<number> {
  const version = versionAt(tx.business);
  const rows = await highOrdersAmong(tx, {
    viewerShops: keys.shops,
    ids: keys.ids,
    from: BigInt(param(version, 'HIGH_VALUE')),
  });
  if (rows.length === 0) return 0;
  await lockWithLines(tx, rows);
  await classHighOrders(
    tx,
    rows.map((row) => ({
      shopId: row.shopId,
      orderId: row.id,
      total: row.total,
      extra_days: param(version, 'HIGH_VALUE_EXTRA'),
      witness: row.hasAccount,
    })),
  );
  for (const row of rows) {
    const sold = await soldOf(tx, { shopId: row.shopId, viewerOrder: row.id });
    await recordNext(tx, [
      {
        shopId: row.shopId,
        about: row.id,
        kind: 'order.provenance',
        actor: 'system',
        keyOwner: row.buyerId,
        body: { article: '48', chain: sold.map(chainOf).map((links) => links.map((link) => ({ ...link }))) },
      },
    ]);
    send(tx, markAnchored(tx, { shopId: row.shopId, orderId: row.id }));
  }
  return rows.length;
}

/** An officer inspected an order of high value: a fact of its log, once. Who has a part in the order leaves it to others. */
export async function inspectOrder(
  tx: Tx,
  p: { viewer: Viewer; orderId: string },
): Promise<Result<{ orderId: string }, PurchaseWatchRefusal>> {
  const seen = await orderSeenBy(tx, p.viewer, p.orderId);
  if (!seen) return refuse('ORDER_NOT_FOUND');
  await lockWithLines(tx, [{ shopId: seen.shopId, id: p.orderId }]);
  const byId = must(p.viewer.userId, 'staff has an id');
  const involved = isInvolved(p.viewer, seen.shopId) || isInvolved(p.viewer, seen.buyerId);
  if (involved || !(await inspect(tx, { shopId: seen.shopId, orderId: p.orderId, byId })))
    return refuse('NOT_TO_INSPECT');
  await recordNext(tx, [
    {
      shopId: seen.shopId,
      about: p.orderId,
      kind: 'order.inspected',
      actor: `operator:${byId}`,
      keyOwner: null,
      body: { article: '48' },
    },
  ]);
  return done({ orderId: p.orderId });
}

/** What limited buyers may still spend on risky goods today (article 38); nobody else is in the answer. */
export async function riskyLeft(tx: Tx, buyerIds: readonly string[]): Promise<Map<string, Fen>> {
  const limits = await restrictionsOf(tx, buyerIds);
  const limited = [...limits].flatMap(([id, one]) =>
    one.goodsDay === null ? [] : [{ id, most: one.goodsDay }],
  );
  if (limited.length === 0) return new Map();
  const rows = await spentOnRisky(tx, {
    viewerBuyers: limited.map((one) => one.id),
    goods: riskyGoods,
    since: plus(tx.business, { hours: -24 }),
  });
  return new Map(
    limited.map(({ id, most }) => {
      const spent = rows.find((row) => row.buyerId === id)?.spent ?? noFen;
      return [id, spent < most ? fen(most - spent) : noFen];
    }),
  );
}
