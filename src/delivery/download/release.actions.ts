import { putBlob, type Bytes, type BlobRefusal } from '../../kit/blob.ts';
import { cleanFileName } from '../../kit/file-name.ts';
import { newId } from '../../kit/ids.ts';
import { canonicalJson } from '../../kit/json.ts';
import { askOutside, type OutboundRefusal } from '../../kit/outbound.ts';
import { publish } from '../../kit/outbox.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { newDataKey, openDataKey, seal, Secret, unseal, type Keyring } from '../../kit/secret.ts';
import { reader, transaction, type Db, type Tx } from '../../kit/tx.ts';
import type { CatalogRefusal } from '../../catalog/contract.ts';
import { fileOfListing, stateFile } from '../../catalog/file.actions.ts';
import { recordNext } from '../../evidence/actions.ts';
import { must } from '../../kit/assert.ts';
import { fileLimits, type DownloadRefusal } from './contract.ts';
import { afterLook, lookAt, type Look } from './reach.rules.ts';
import type { Release } from './rules.ts';
import {
  insertProbe,
  insertRelease,
  lockRelease,
  newestReleases,
  readReleases,
  writeReach,
} from './store.ts';

export type Address = { readonly url: string; readonly code: Secret };
type AtListing = { readonly shopId: string; readonly listingId: string; readonly byId: string };
export type UploadRefusal = DownloadRefusal | BlobRefusal | OutboundRefusal | CatalogRefusal;

const keyName = (shopId: string, id: string): string => `release|v1|${shopId}|${id}`;

/** The address of a release, for its buyers and for looking whether it opens. */
export function openAddress(ring: Keyring, release: Release): Address {
  const wrapped = must(release.wrapped, 'an address is sealed');
  const sealed = must(release.sealed, 'an address is sealed');
  const key = openDataKey(ring, keyName(release.shopId, release.id), wrapped);
  const { url, code } = JSON.parse(unseal(key, `address|${release.id}`, sealed).toString()) as {
    url: string;
    code: string;
  };
  return { url, code: new Secret(code) };
}

/** Whether files can be registered for this listing: it is one of the shop's, and it says what its download is (F177). */
async function checkListing(db: Db, p: AtListing): Promise<UploadRefusal | undefined> {
  const listing = await fileOfListing(await reader(db), p);
  if (!listing) return 'LISTING_NOT_FOUND';
  return listing.file ? undefined : 'LISTING_NO_DOWNLOAD';
}

/**
 * Takes the file of a listing: counted, hashed and scanned as it comes; of a refused one nothing stays. The listing says in a new version which file its
 * buyers get, and whoever waits for a correction gets it (F181). The same file again is the same release.
 */
export async function uploadRelease(
  db: Db,
  p: AtListing & { version: string; name: string; source: Bytes; expected: number | undefined },
): Promise<Result<Release, UploadRefusal>> {
  const refused = await checkListing(db, p);
  if (refused) return refuse(refused);
  const limits = { max_bytes: fileLimits.bytes, expected_bytes: p.expected };
  return putBlob(db, p.source, limits, async (tx, file, keep): Promise<Result<Release, UploadRefusal>> => {
    const release: Release = {
      ...blank(tx, p),
      origin: 'platform',
      sha256: Buffer.from(file.sha256, 'hex'),
      size: file.size,
      reach: 'own',
    };
    return register(tx, p, release, keep);
  });
}

const blank = (tx: Tx, p: AtListing & { version: string; name: string }) => ({
  shopId: p.shopId,
  id: newId(tx.wall),
  listingId: p.listingId,
  version: p.version,
  name: cleanFileName(p.name),
  wrapped: null,
  sealed: null,
  host: '',
  at: tx.business,
  reachedAt: tx.business,
  failures: 0,
  page: null,
  infected: false,
});

async function register(
  tx: Tx,
  p: AtListing,
  release: Release,
  keep: () => Promise<void>,
): Promise<Result<Release, UploadRefusal>> {
  const { version, name, size, origin } = release;
  const sha256 = release.sha256.toString('hex');
  const stated = await stateFile(tx, { ...p, file: { version, from: origin, name, size, sha256 } });
  if (!stated.ok) return stated;
  const [newest] = await newestReleases(tx, { shops: [p.shopId], listings: [p.listingId] });
  const same = newest && newest.origin === 'platform' && origin === 'platform' && isSame(newest, release);
  if (same) return done(newest);
  await keep();
  await insertRelease(tx, { ...release, byId: p.byId });
  await recordNext(tx, [
    {
      shopId: p.shopId,
      about: p.listingId,
      kind: 'listing.release',
      actor: `user:${p.byId}`,
      keyOwner: null,
      body: {
        release: release.id,
        origin,
        version,
        name,
        size,
        sha256,
        page: release.page?.toString('hex') ?? null,
      },
    },
  ]);
  await publish(tx, [{ event: 'download.released', about: [p.listingId], shops: [p.shopId] }]);
  return done(release);
}

const isSame = (a: Release, b: Release): boolean =>
  a.sha256.equals(b.sha256) && a.version === b.version && a.name === b.name;

/** How much of a page is read and archived by its hash. */
const pageMax_bytes = 512 * 1024;
const lookAtAddress = async (
  db: Db,
  url: string,
): Promise<{ look: Look; answer: OutboundRefusal | undefined }> => {
  const answer = await askOutside(db, { url, max_bytes: pageMax_bytes, cut: true, time_ms: 15_000 });
  return { look: lookAt(answer), answer: answer.ok ? undefined : answer.refusal };
};

/**
 * Registers an address with its code (F016). The platform opens it once: what does not open is not registered, and what it showed is archived by its hash.
 * Refuses what the outbound guard refuses, LINK_MOVED for a redirect, LINK_DEAD for what says that it is gone or answers with an error.
 */
export async function registerAddress(
  db: Db,
  p: AtListing & {
    version: string;
    name: string;
    url: string;
    code: string;
    sha256: string;
    size: number | null;
  },
): Promise<Result<Release, UploadRefusal>> {
  const refused = await checkListing(db, p);
  if (refused) return refuse(refused);
  const { look, answer } = await lookAtAddress(db, p.url);
  if (answer) return refuse(answer, { said: look.said });
  if (look.said === 'moved') return refuse('LINK_MOVED');
  if (look.reach !== 'alive') return refuse('LINK_DEAD', { said: look.said });
  return transaction(db, async (tx) => {
    const base = blank(tx, p);
    const { key, wrapped } = newDataKey(tx.keys, keyName(p.shopId, base.id));
    const plain = Buffer.from(canonicalJson({ url: p.url, code: p.code }));
    const release: Release = {
      ...base,
      origin: 'address',
      sha256: Buffer.from(p.sha256, 'hex'),
      size: p.size,
      wrapped,
      sealed: seal(key, `address|${base.id}`, plain),
      host: new URL(p.url).hostname,
      reach: 'alive',
      page: look.page,
    };
    const answered = await register(tx, p, release, async () => undefined);
    if (answered.ok)
      await insertProbe(tx, { shopId: p.shopId, releaseId: release.id, at: tx.business, ...look });
    return answered;
  });
}

/**
 * Looks once more whether the address of a release opens, and writes down what was found. One that turned dead, or opens again, is news. Runs outside any
 * transaction; a file of the platform needs no look.
 */
export async function lookAgain(db: Db, at: { shopId: string; id: string }): Promise<void> {
  const [release] = await readReleases(await reader(db), { shops: [at.shopId], ids: [at.id] });
  if (!release || release.origin !== 'address') return;
  const { look } = await lookAtAddress(db, openAddress(db.keys, release).url);
  await transaction(db, async (tx) => {
    const [before] = await lockRelease(tx, at);
    if (!before) return;
    const after = afterLook(before, look);
    await insertProbe(tx, { shopId: at.shopId, releaseId: at.id, at: tx.business, ...look });
    await writeReach(tx, { ...at, ...after, at: tx.business });
    const turned = (before.reach === 'dead') !== (after.reach === 'dead');
    if (turned)
      await publish(tx, [
        {
          event: after.reach === 'dead' ? 'download.dead' : 'download.alive',
          about: [at.id],
          shops: [at.shopId],
        },
      ]);
  });
}
