import { must } from '../kit/assert.ts';
import { fen, type Fen } from '../kit/money.ts';
import type { Queryable } from '../kit/sql.ts';
import type { ListingContent, OrderMode } from './content.contract.ts';
import { noKinds } from './kinds.contract.ts';
import { readVersions } from './offers.store.ts';
import { acksOf, isReady, orderModeOf, type AckName, type Tier } from './rules.ts';

/** A version as the program keeps it: its content, its hash, and what a purchase reads of it, parsed once. */
export type Version = {
  readonly content: ListingContent;
  readonly hash: string;
  readonly acks: readonly AckName[];
  readonly mode: OrderMode;
  readonly ready: boolean;
  readonly variants: ReadonlyMap<
    string,
    { readonly name: string; readonly price: Fen; readonly tiers: readonly Tier[] }
  >;
};
export type VersionAt = { readonly shopId: string; readonly listingId: string; readonly version: number };

// Versions are immutable, so this is knowledge and not a cache that could be stale. The oldest go first when there are too many.
const known = new Map<string, Version>();
const knownMax = 8000;

const nameOf = (at: Pick<VersionAt, 'listingId' | 'version'>): string => `${at.listingId}.${at.version}`;

/** The version if this process has read it before. */
export const knownVersion = (at: VersionAt): Version | undefined => known.get(nameOf(at));

/** The versions in the order asked for; those that this process has not read yet come with one query. Each must exist. */
export async function versionsOf(on: Queryable, asked: readonly VersionAt[]): Promise<Version[]> {
  const missing = asked.filter((at) => !known.has(nameOf(at)));
  const fresh = new Map<string, Version>();
  if (missing.length > 0) {
    const rows = await readVersions(on, {
      shopIds: missing.map((at) => at.shopId),
      listingIds: missing.map((at) => at.listingId),
      versions: missing.map((at) => at.version),
    });
    for (const row of rows) fresh.set(nameOf(row), parse(row.content, row.hash));
  }
  const answer = asked.map((at) =>
    must(fresh.get(nameOf(at)) ?? known.get(nameOf(at)), 'a version of a listing exists'),
  );
  for (const [name, version] of fresh) remember(name, version);
  return answer;
}

/** For how many days each shop takes things back without a reason, as its page said when it was ordered; 0: what the rulebook says. */
export const noReasonDays = async (on: Queryable, asked: readonly VersionAt[]): Promise<number[]> =>
  (await versionsOf(on, asked)).map(({ content }) => content.afterSales.noReason_days ?? 0);

function remember(name: string, version: Version): void {
  if (known.size >= knownMax) known.delete(must(known.keys().next().value, 'a full map has a first key'));
  known.set(name, version);
}

// A version that was written before a kind of goods existed does not state its fields.
const parse = (stored: ListingContent, hash: Buffer): Version => asKept({ ...noKinds, ...stored }, hash);

const asKept = (content: ListingContent, hash: Buffer): Version => ({
  content,
  hash: hash.toString('hex'),
  acks: acksOf(content),
  mode: orderModeOf(content),
  ready: isReady(content),
  variants: new Map(
    content.variants.map((one) => [
      one.id,
      {
        name: one.name,
        price: fen(one.price),
        tiers: one.tiers.map((tier) => ({ from: tier.from, price: fen(tier.price) })),
      },
    ]),
  ),
});
