import { must } from '../kit/assert.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import type { Queryable } from '../kit/sql.ts';
import type { Tx } from '../kit/tx.ts';
import { publishVersion } from './actions.ts';
import type { CatalogRefusal } from './contract.ts';
import type { FileContent } from './file.contract.ts';
import { readVersions } from './offers.store.ts';
import { lockListings, readListings } from './store.ts';

export type StatedFile = Pick<FileContent, 'version' | 'from' | 'name' | 'size' | 'sha256'>;

/** What a listing of a shop says of its download at this moment; undefined where there is no such listing, null where it is none. */
export async function fileOfListing(
  on: Queryable,
  p: { shopId: string; listingId: string },
): Promise<{ title: string; state: string; file: FileContent | null } | undefined> {
  const [listing] = await readListings(on, p);
  if (!listing) return undefined;
  const { content } = await newest(on, p, listing.version);
  return { title: content.title, state: listing.state, file: content.file ?? null };
}

async function newest(on: Queryable, p: { shopId: string; listingId: string }, version: number) {
  const rows = await readVersions(on, {
    shopIds: [p.shopId],
    listingIds: [p.listingId],
    versions: [version],
  });
  return must(rows[0], 'a listing has its version');
}

/**
 * States in a new version of a listing which file its buyers get: version, name, size, SHA-256 (VGSR article 16). What it says already makes no
 * version. Refuses LISTING_NOT_FOUND, LISTING_STATE_REFUSED where the listing is no download, and all that publishing a version refuses.
 */
export async function stateFile(
  tx: Tx,
  p: { shopId: string; listingId: string; byId: string; file: StatedFile },
): Promise<Result<{ version: number }, CatalogRefusal>> {
  const [listing] = await lockListings(tx, { shopIds: [p.shopId], listingIds: [p.listingId] });
  if (!listing) return refuse('LISTING_NOT_FOUND');
  const { content } = await newest(tx, p, listing.version);
  if (!content.file) return refuse('LISTING_STATE_REFUSED', { state: listing.state });
  const answer = await publishVersion(tx, {
    shopId: p.shopId,
    listingId: p.listingId,
    categoryId: listing.categoryId,
    content: { ...content, file: { ...content.file, ...p.file } },
    after: listing.version,
    byId: p.byId,
  });
  if (!answer.ok && answer.refusal === 'LISTING_UNCHANGED') return done({ version: listing.version });
  return answer;
}
