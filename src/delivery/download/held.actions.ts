import { clearDeadlines, setDeadlines, type Deadline } from '../../kit/deadlines.ts';
import { derivedId } from '../../kit/ids.ts';
import { instant } from '../../kit/time.ts';
import { send, type Tx } from '../../kit/tx.ts';
import { addHolds, ownOrder, ownOrders, removeHolds, type OrderKey } from '../../orders/actions.ts';
import { articleOfParam } from '../../rules/rules.ts';
import { holdLines, type HeldLater } from '../line.actions.ts';
import { isOpen } from '../line.rules.ts';
import type { Asking } from '../units.actions.ts';
import type { Grant, Problem, Release } from './rules.ts';
import { newestReleases, readGrants, readProblems, readReleases, writeGrants } from './store.ts';

/** A locked order with what its lines may download, kept up to date while changes are decided. */
export type HeldDownload = {
  readonly later: HeldLater;
  readonly grants: Map<number, Grant>;
  readonly problems: Map<number, Problem>;
  /** The releases of its grants by id, and the newest of each listing by the listing's id. */
  readonly releases: Map<string, Release>;
  readonly newest: Map<string, Release>;
};

/** Locks orders with their lines, and reads grants, open problems and releases, which are written under the order's lock only. */
export async function holdDownloads(tx: Tx, keys: readonly OrderKey[]): Promise<Map<string, HeldDownload>> {
  const held = await holdLines(tx, keys);
  const orders = [...held.values()];
  const at = {
    shops: orders.map(({ order }) => order.shopId),
    orders: orders.map(({ order }) => order.id),
  };
  if (orders.length === 0) return new Map();
  const lines = orders.flatMap((one) => one.later.filter((line) => line.goods === 'download'));
  const [grants, problems, newest] = await Promise.all([
    readGrants(tx, at),
    readProblems(tx, at),
    newestReleases(tx, { shops: lines.map((l) => l.shopId), listings: lines.map((l) => l.listingId) }),
  ]);
  const given = await readReleases(tx, {
    shops: grants.map((one) => one.shopId),
    ids: grants.map((one) => one.releaseId),
  });
  const releases = new Map([...newest, ...given].map((one) => [one.id, one]));
  const byListing = new Map(newest.map((one) => [one.listingId, one]));
  const of = <T extends { orderId: string; line: number }>(rows: readonly T[], id: string) =>
    new Map(rows.filter((row) => row.orderId === id).map((row) => [row.line, row]));
  return new Map(
    orders.map((later): [string, HeldDownload] => {
      const { id } = later.order;
      return [id, { later, grants: of(grants, id), problems: of(problems, id), releases, newest: byListing }];
    }),
  );
}

/** The order of a buyer who asks, if it is theirs. */
export async function holdOwnDownload(tx: Tx, asked: Asking): Promise<HeldDownload | undefined> {
  const key = ownOrder(await ownOrders(tx, [asked]), asked);
  return key && (await holdDownloads(tx, [key])).get(key.id);
}

/** Whether a line is delivered as a download at all, and still waits for it. */
export const isWaiting = (held: HeldDownload, line: number): boolean =>
  held.later.later.some((one) => one.line === line && one.goods === 'download' && isOpen(one));

/** Grants as they are now; travels with the commit. */
export function putGrants(tx: Tx, rows: readonly Grant[]): void {
  if (rows.length > 0) send(tx, writeGrants(tx, { rows }));
}

const holdOf = ({ later }: HeldDownload, line: number) => ({
  shopId: later.order.shopId,
  orderId: later.order.id,
  reason: 'warranty' as const,
  ref: derivedId(later.order.id, `download/${line}`),
});

/** While an address is being corrected the order is not confirmed and its money does not move (VGSR articles 16, 41). */
export const holdMoney = (tx: Tx, held: HeldDownload, line: number): void =>
  send(tx, addHolds(tx, [holdOf(held, line)]));

/** The hold ends; an order that was completed meanwhile gets its release back. */
export function freeMoney(tx: Tx, held: HeldDownload, line: number): void {
  const { order } = held.later;
  send(tx, removeHolds(tx, [holdOf(held, line)]));
  if (order.state !== 'completed' || order.releaseAt === null || order.releasedAt !== null) return;
  const dueAt = instant(Math.max(order.releaseAt, tx.business));
  send(tx, setDeadlines(tx, [deadlineOf(held, 'order.release', dueAt, tx.business, '42')]));
}

function deadlineOf(
  { later: { order } }: HeldDownload,
  what: string,
  dueAt: Tx['business'],
  startAt: Tx['business'],
  article: string,
): Deadline {
  return {
    shopId: order.shopId,
    about: order.id,
    what,
    dueAt,
    startAt,
    article,
    version: order.rulebook,
    clock: 'elapsed',
  };
}

/** One deadline for all open problems of an order: the first that is due. */
export function setFixDeadline(tx: Tx, held: HeldDownload): void {
  const { order } = held.later;
  const open = [...held.problems.values()];
  const dues = open.map((one) => one.dueAt);
  if (dues.length === 0) {
    send(tx, clearDeadlines(tx, [{ shopId: order.shopId, about: order.id, what: 'download.fix' }]));
    return;
  }
  const dueAt = instant(Math.min(...dues));
  const startAt = instant(Math.min(...open.map((one) => one.openedAt)));
  const article = articleOfParam(order.rulebook, 'LINK_FIX');
  send(tx, setDeadlines(tx, [deadlineOf(held, 'download.fix', dueAt, startAt, article)]));
}

/** From ten minutes after payment a missing address is told to shop and buyer (F211). */
export const setWatch = (tx: Tx, held: HeldDownload, dueAt: Tx['business'], startAt: Tx['business']): void =>
  send(
    tx,
    setDeadlines(tx, [
      deadlineOf(
        held,
        'download.missing',
        dueAt,
        startAt,
        articleOfParam(held.later.order.rulebook, 'NO_ADDRESS'),
      ),
    ]),
  );

export const clearWatch = (tx: Tx, { later: { order } }: HeldDownload): void =>
  send(tx, clearDeadlines(tx, [{ shopId: order.shopId, about: order.id, what: 'download.missing' }]));
