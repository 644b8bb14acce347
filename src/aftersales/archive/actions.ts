import { must } from '../../kit/assert.ts';
import { setDeadlines } from '../../kit/deadlines.ts';
import { faultPoint } from '../../kit/fault.ts';
import type { Tx } from '../../kit/tx.ts';
import { recordNext } from '../../evidence/actions.ts';
import { keptByLaw } from '../../evidence/hold/actions.ts';
import { lockWithLines, type OrderKey } from '../../orders/actions.ts';
import { articleOfParam, dueBy } from '../../rules/rules.ts';
import { decideSeal, keptBecause, type Kept } from './rules.ts';
import { archivedIdle, insertArchives, lastSeals, recordsAfter } from './store.ts';
import { keepingOf, ordersOfPeople } from './views.ts';

/**
 * Seals what orders have on record since their last seal: the archive of one that has just completed, else a supplement. Answers how many
 * seals were made; doing it again makes none. The seal is itself a record of the order, and its root stands readable in the public log.
 */
export async function sealOrders(tx: Tx, keys: readonly OrderKey[]): Promise<number> {
  const unique = [...new Map(keys.map((key) => [key.id, key])).values()];
  const held = (await lockWithLines(tx, unique)).map((one) => one.order);
  const named = { shops: held.map((o) => o.shopId), orders: held.map((o) => o.id) };
  const seals = new Map((await lastSeals(tx, named)).map((one) => [one.orderId, one]));
  const records = Map.groupBy(
    await recordsAfter(tx, { ...named, afters: held.map((o) => seals.get(o.id)?.sealSeq ?? 0) }),
    (row) => row.about,
  );
  const made = held.flatMap((order) => {
    const last = seals.get(order.id) ?? null;
    const sealing = decideSeal({ state: order.state, last, records: records.get(order.id) ?? [] });
    return sealing ? [{ order, ...sealing }] : [];
  });
  const recorded = await recordNext(
    tx,
    made.map(({ order, number, from, to, root }) => ({
      shopId: order.shopId,
      about: order.id,
      kind: 'order.archived',
      actor: 'platform',
      keyOwner: order.buyerId,
      body: { number, from, to, root: root.toString('hex') },
      publicFacts: { n: to - from + 1, r: root.toString('base64') },
    })),
  );
  if (made.length === 0) return 0;
  await insertArchives(tx, {
    shops: made.map((one) => one.order.shopId),
    orders: made.map((one) => one.order.id),
    numbers: made.map((one) => one.number),
    froms: made.map((one) => one.from),
    tos: made.map((one) => one.to),
    roots: made.map((one) => one.root),
    seals: made.map((_, i) => must(recorded[i], 'a record for each seal').seq),
    at: tx.business,
  });
  faultPoint('archive.seal.after-row');
  return made.length;
}

/** Something was added to orders, named by themselves or by a case: what is archived gets a supplement within the time of article 23. */
export async function plantSupplements(
  tx: Tx,
  named: { shops: readonly string[]; abouts: readonly string[] },
): Promise<void> {
  const idle = await archivedIdle(tx, named);
  await setDeadlines(
    tx,
    idle.map(({ shopId, orderId, rulebook }) => ({
      shopId,
      about: orderId,
      what: 'archive.seal',
      dueAt: dueBy(rulebook, 'ARCHIVE', tx.business).dueAt,
      startAt: tx.business,
      article: articleOfParam(rulebook, 'ARCHIVE'),
      version: rulebook,
      clock: 'elapsed' as const,
    })),
  );
}

/**
 * Why the evidence of each order is kept, in the order asked; an empty list: nothing keeps it. Whoever deletes anything of an order asks
 * this first (F073): the years of the rulebook, an open case, and what an authority holds (the order, its shop or its buyer).
 */
export async function keptOrders(
  on: Tx,
  orders: readonly { shopId: string; orderId: string }[],
): Promise<Kept[][]> {
  const rows = await keepingOf(on, {
    viewerShops: orders.map((one) => one.shopId),
    orders: orders.map((one) => one.orderId),
  });
  const law = await keptByLaw(
    on,
    rows.flatMap((row) => [row.orderId, row.shopId, row.buyerId]),
  );
  const byId = new Map(rows.map((row) => [row.orderId, row]));
  return orders.map(({ orderId }) => {
    const row = byId.get(orderId);
    if (!row) return [];
    const held = [row.orderId, row.shopId, row.buyerId].some((id) => law.has(id));
    return keptBecause({ ...row, held, now: on.business });
  });
}

/**
 * Which of these people's keys must not be erased, because evidence that has to be kept is sealed with them. eraseUserKeys is called for
 * nobody who is in the answer.
 */
export async function keptPeople(on: Tx, userIds: readonly string[]): Promise<Set<string>> {
  const orders = await ordersOfPeople(on, { viewerIds: userIds });
  const kept = await keptOrders(on, orders);
  const owners = await keepingOf(on, {
    viewerShops: orders.map((one) => one.shopId),
    orders: orders.map((one) => one.orderId),
  });
  const buyers = new Map(owners.map((row) => [row.orderId, row.buyerId]));
  const held = await keptByLaw(on, userIds);
  const people = orders.flatMap(({ orderId }, i) =>
    (kept[i] ?? []).length > 0 ? [must(buyers.get(orderId), 'an order has its buyer')] : [],
  );
  return new Set([...people, ...held]);
}
