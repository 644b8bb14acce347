import { must } from '../../kit/assert.ts';
import { clearDeadlines, type Due } from '../../kit/deadlines.ts';
import { faultPoint } from '../../kit/fault.ts';
import { publish } from '../../kit/outbox.ts';
import { send, type Tx } from '../../kit/tx.ts';
import { recordNext } from '../../evidence/actions.ts';
import type { Json } from '../../evidence/leaf.rules.ts';
import { versionsOf } from '../../catalog/versions.actions.ts';
import type { OrderKey } from '../../orders/actions.ts';
import { deliverLines } from '../line.actions.ts';
import { isOpen } from '../line.rules.ts';
import {
  clearWatch,
  freeMoney,
  holdDownloads,
  putGrants,
  setFixDeadline,
  setWatch,
  type HeldDownload,
} from './held.actions.ts';
import { correctGrant, grantFor, isGood, reportFrom, stepGrant, type Grant, type Release } from './rules.ts';
import { closeProblem, insertGrants } from './store.ts';

/** What evidence says of a release; an address itself is never in it. */
export const proofOf = (release: Release): { readonly [key: string]: Json } => ({
  release: release.id,
  origin: release.origin,
  version: release.version,
  name: release.name,
  sha256: release.sha256.toString('hex'),
  size: release.size,
  host: release.host,
  reach: release.reach,
  reachedAt: release.reachedAt,
  page: release.page?.toString('hex') ?? null,
});

/**
 * Gives the lines of these orders what is registered for their listings, and corrects what waits for a correction. A line whose shop has
 * registered nothing that works is not delivered (F016, F177): it waits, and from ten minutes after payment everybody hears of it. Doing it again
 * changes nothing.
 */
export async function deliverDownloads(tx: Tx, orders: readonly OrderKey[]): Promise<void> {
  const held = await holdDownloads(tx, orders);
  faultPoint('delivery.download.after-lock');
  for (const one of held.values()) await correctAll(tx, one);
  const due = await dueLines([...held.values()], tx);
  const grants = due.flatMap(({ held: one, line, file, quantity, release }) =>
    release && isGood(release)
      ? [
          grantFor({
            line: { shopId: line.shopId, orderId: line.orderId, line: line.line },
            buyerId: one.later.order.buyerId,
            releaseId: release.id,
            quantity,
            stated: file,
            rulebook: one.later.order.rulebook,
            at: tx.business,
          }),
        ]
      : [],
  );
  watchMissing(tx, due);
  if (grants.length === 0) return;
  await insertGrants(tx, { rows: grants });
  faultPoint('delivery.download.after-grants');
  await deliverLines(
    tx,
    grants.map((grant) => ({
      shopId: grant.shopId,
      orderId: grant.orderId,
      line: grant.line,
      by: 'system' as const,
      byId: null,
      proof: {
        kind: 'download',
        nth: 1,
        allowed: grant.allowed,
        expiresAt: grant.expiresAt,
        ...proofOf(must(held.get(grant.orderId)?.releases.get(grant.releaseId), 'the release of a grant')),
      },
    })),
  );
  faultPoint('delivery.download.after-lines');
  for (const grant of grants) closeDelivered(tx, held, grant);
}

type DueLine = Awaited<ReturnType<typeof dueLines>>[number];

/** Lines that wait for a download, with what their version of the listing stated. */
async function dueLines(all: readonly HeldDownload[], tx: Tx) {
  const waiting = all.flatMap((held) =>
    held.later.later
      .filter((line) => line.goods === 'download' && line.mode === 'automatic' && isOpen(line))
      .map((line) => ({
        held,
        line,
        bought: must(
          held.later.lines.find((one) => one.number === line.line),
          'a line that is delivered was bought',
        ),
      })),
  );
  const versions = await versionsOf(
    tx,
    waiting.map((one) => one.bought),
  );
  return waiting.flatMap(({ held, line, bought }, i) => {
    const file = versions[i]?.content.file;
    const release = held.newest.get(line.listingId);
    return file ? [{ held, line, file, quantity: bought.quantity, release }] : [];
  });
}

function watchMissing(tx: Tx, due: readonly DueLine[]): void {
  for (const { held, line, release } of due)
    if (!isGood(release)) setWatch(tx, held, reportFrom(line.paidAt, held.later.order.rulebook), line.paidAt);
}

/** What was reported as missing is there now. */
function closeDelivered(tx: Tx, all: ReadonlyMap<string, HeldDownload>, grant: Grant): void {
  const held = must(all.get(grant.orderId), 'the order of a grant is held');
  held.grants.set(grant.line, grant);
  clearWatch(tx, held);
  const problem = held.problems.get(grant.line);
  if (!problem) return;
  send(tx, closeProblem(tx, { ...problem, outcome: 'corrected', at: tx.business }));
  held.problems.delete(grant.line);
  setFixDeadline(tx, held);
}

/** Gives every download of the order that waits for a correction the newest release of its listing, as a new delivery (F181). */
async function correctAll(tx: Tx, held: HeldDownload): Promise<void> {
  const { order } = held.later;
  for (const [line, grant] of held.grants) {
    const problem = held.problems.get(line);
    const old = held.releases.get(grant.releaseId);
    const release = old && held.newest.get(old.listingId);
    if (!problem || !release || !isGood(release) || release.id === grant.releaseId) continue;
    const stepped = stepGrant(grant, 'correct', 'merchant');
    if (!stepped) continue;
    const corrected = correctGrant(stepped, release.id, order.rulebook, tx.business);
    held.grants.set(line, corrected);
    held.problems.delete(line);
    putGrants(tx, [corrected]);
    send(tx, closeProblem(tx, { ...problem, outcome: 'corrected', at: tx.business }));
    freeMoney(tx, held, line);
    setFixDeadline(tx, held);
    await recordNext(tx, [
      {
        shopId: order.shopId,
        about: order.id,
        kind: 'delivery.corrected',
        actor: 'merchant',
        keyOwner: order.buyerId,
        body: { line, nth: corrected.nth, before: grant.releaseId, ...proofOf(release) },
      },
    ]);
    await publish(tx, [{ event: 'download.corrected', about: [order.id], shops: [order.shopId] }]);
  }
}

/** Deadline download.missing: ten minutes after payment there is still nothing to download. Shop and buyer hear of it (F211). */
export async function tellMissing(tx: Tx, due: readonly Due[]): Promise<void> {
  const held = await holdDownloads(
    tx,
    due.map((d) => ({ shopId: d.shopId, id: d.about })),
  );
  const missing = due.flatMap((d) => {
    const one = held.get(d.about);
    const lines = one?.later.later.filter((line) => line.goods === 'download' && isOpen(line)) ?? [];
    if (one) clearWatch(tx, one);
    return one && lines.length > 0 ? [{ order: one.later.order, lines }] : [];
  });
  send(
    tx,
    clearDeadlines(
      tx,
      due.filter((d) => !held.has(d.about)),
    ),
  );
  if (missing.length === 0) return;
  await recordNext(
    tx,
    missing.map(({ order, lines }) => ({
      shopId: order.shopId,
      about: order.id,
      kind: 'delivery.missing',
      actor: 'clock',
      keyOwner: order.buyerId,
      body: { lines: lines.map((line) => line.line), paidAt: order.paidAt, article: '16' },
    })),
  );
  await publish(tx, [
    {
      event: 'download.missing',
      about: missing.map(({ order }) => order.id),
      shops: missing.map(({ order }) => order.shopId),
    },
  ]);
}
