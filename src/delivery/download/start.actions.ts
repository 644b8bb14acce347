import { must } from '../../kit/assert.ts';
import { faultPoint } from '../../kit/fault.ts';
import { newId } from '../../kit/ids.ts';
import { publish } from '../../kit/outbox.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import type { Secret } from '../../kit/secret.ts';
import { instant, plus, type Instant } from '../../kit/time.ts';
import { reader, send, transaction, type Db, type Tx } from '../../kit/tx.ts';
import { recordNext } from '../../evidence/actions.ts';
import { linkLimits, type DownloadRefusal } from './contract.ts';
import { holdDownloads, holdOwnDownload, putGrants, type HeldDownload } from './held.actions.ts';
import { readLink, signLink, type LinkName } from './link.rules.ts';
import type { AskingLine } from './problem.actions.ts';
import { openAddress, type Address } from './release.actions.ts';
import { cannotDownload, decideStart, type Grant, type Release } from './rules.ts';
import { findLink, insertDownload, insertLink, readGrants, readReleases, startLink } from './store.ts';

/** Who downloads, for the record: hashes, never the address itself. */
export type Trace = { readonly deviceHash: Buffer; readonly addressHash: Buffer };
export type Started =
  | { readonly kind: 'platform'; readonly token: string; readonly expiresAt: Instant; readonly left: number }
  | { readonly kind: 'address'; readonly url: string; readonly code: Secret; readonly left: number };

/**
 * The buyer asks for the download (a POST, by a gesture: a page that is fetched ahead downloads nothing). For a file of the platform a signed link, which
 * counts when its first byte is asked for; for an address the address with its code, which is recorded at once.
 */
export async function startDownload(
  tx: Tx,
  p: AskingLine & Trace,
): Promise<Result<Started, DownloadRefusal>> {
  const held = await holdOwnDownload(tx, p);
  if (!held) return refuse('ORDER_NOT_FOUND');
  if (!held.later.later.some((one) => one.line === p.line && one.goods === 'download'))
    return refuse('DOWNLOAD_NOT_FOUND');
  const grant = held.grants.get(p.line);
  const release = grant && held.releases.get(grant.releaseId);
  const refused = cannotDownload(grant, release, tx.business);
  if (refused || !grant || !release) return refuse(refused ?? 'DOWNLOAD_NOT_READY');
  if (release.origin === 'platform') return done(await makeLink(tx, p, grant, release));
  const count = await countDownload(tx, held, p.line, p);
  if (!count.ok) return count;
  const address: Address = openAddress(tx.keys, release);
  return done({ kind: 'address', url: address.url, code: address.code, left: grant.allowed - grant.used });
}

async function makeLink(tx: Tx, p: AskingLine, grant: Grant, release: Release): Promise<Started> {
  const linkId = newId(tx.wall);
  // Links run on the wall clock, so what is left of the grant's business time is carried over.
  const left_ms = Math.min(grant.expiresAt - tx.business, linkLimits.hours * 3_600_000);
  const expiresAt = plus(tx.wall, { ms: left_ms });
  const { shopId, orderId, line } = grant;
  await insertLink(tx, {
    shopId,
    id: linkId,
    orderId,
    line,
    releaseId: release.id,
    userId: p.userId,
    expiresAt,
  });
  return {
    kind: 'platform',
    token: signLink(tx.keys, { shopId, linkId, expiresAt }),
    expiresAt,
    left: grant.allowed - grant.used,
  };
}

/** Counts and records one download; the first one ends the right to cancel without a reason, and no other right. */
async function countDownload(
  tx: Tx,
  held: HeldDownload,
  line: number,
  by: { userId: string } & Trace,
): Promise<Result<Grant, DownloadRefusal>> {
  const { order } = held.later;
  const before = held.grants.get(line);
  const release = before && held.releases.get(before.releaseId);
  const decided = decideStart(before, release, tx.business);
  if (!decided.ok) return decided;
  const { grant, first } = decided.value;
  held.grants.set(line, grant);
  putGrants(tx, [grant]);
  const { deviceHash, addressHash, userId } = by;
  send(
    tx,
    insertDownload(tx, {
      shopId: order.shopId,
      orderId: order.id,
      line,
      releaseId: grant.releaseId,
      userId,
      deviceHash,
      addressHash,
      at: tx.business,
    }),
  );
  faultPoint('delivery.download.after-count');
  await recordNext(tx, [
    {
      shopId: order.shopId,
      about: order.id,
      kind: 'delivery.downloaded',
      actor: `buyer:${userId}`,
      keyOwner: order.buyerId,
      body: {
        line,
        first,
        used: grant.used,
        allowed: grant.allowed,
        nth: grant.nth,
        origin: must(release, 'the release of a grant').origin,
        sha256: must(release, 'the release of a grant').sha256.toString('hex'),
        device: deviceHash.toString('base64url'),
        address: addressHash.toString('base64url'),
      },
    },
  ]);
  faultPoint('delivery.download.after-evidence');
  if (first) await publish(tx, [{ event: 'download.first', about: [order.id], shops: [order.shopId] }]);
  return done(grant);
}

/** What a link opens. */
export type Opened = Pick<Release, 'name' | 'sha256' | 'size'> & { readonly etag: string };

/**
 * What a signed link opens, for GET and HEAD. Counting is apart, so that HEAD and a range that cannot be satisfied count nothing. Refuses LINK_INVALID (not
 * ours, too old, resumed too often), FILE_WITHHELD, DOWNLOAD_ENDED, DOWNLOAD_EXPIRED, DOWNLOADS_USED_UP for a link that was not counted yet.
 */
export async function openLink(
  db: Db,
  token: string,
): Promise<Result<{ name: LinkName; file: Opened; counted: boolean }, DownloadRefusal>> {
  const name = readLink(db.keys, token, db.wall.now());
  if (!name) return refuse('LINK_INVALID');
  const on = await reader(db);
  const [link] = await findLink(on, { shopId: name.shopId, id: name.linkId });
  if (!link || link.starts >= linkLimits.starts) return refuse('LINK_INVALID');
  const at = { shops: [link.shopId], orders: [link.orderId] };
  const [grants, [release]] = await Promise.all([
    readGrants(on, at),
    readReleases(on, { shops: [link.shopId], ids: [link.releaseId] }),
  ]);
  const grant = grants.find((one) => one.line === link.line);
  const counted = link.countedAt !== null;
  const refused = cannotDownload(grant && { ...grant, used: counted ? 0 : grant.used }, release, on.business);
  if (refused || !release) return refuse(refused ?? 'LINK_INVALID');
  const { sha256, size } = release;
  const etag = `"${sha256.toString('hex')}"`;
  return done({ name, file: { name: release.name, sha256, size, etag }, counted });
}

/** One start on a link. The first is the download: counted and recorded under the order's lock, once however many come at a time. */
export async function countStart(
  db: Db,
  name: LinkName,
  trace: Trace,
): Promise<Result<null, DownloadRefusal>> {
  return transaction(db, async (tx) => {
    const at = { shopId: name.shopId, id: name.linkId };
    const [named] = await findLink(tx, at);
    if (!named) return refuse('LINK_INVALID');
    const held = (await holdDownloads(tx, [{ shopId: named.shopId, id: named.orderId }])).get(named.orderId);
    // Read once more under the order's lock: another start may have counted meanwhile.
    const [link] = await findLink(tx, at);
    if (!held || !link) return refuse('LINK_INVALID');
    if (link.countedAt === null) {
      const count = await countDownload(tx, held, link.line, { ...trace, userId: link.userId });
      if (!count.ok) return count;
    }
    await startLink(tx, { ...at, at: instant(tx.business) });
    return done(null);
  });
}
