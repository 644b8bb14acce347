import { reader, type Db, type Reader } from '../kit/tx.ts';
import type { Instant } from '../kit/time.ts';
import { readCategories, readRanking } from './storefront.views.ts';
import type { Ranked } from './storefront.rules.ts';

export type RankedCategory = {
  readonly id: string;
  readonly slug: string;
  readonly zh: string;
  readonly en: string;
  readonly icon: string;
  readonly listings: number;
};

/** What sells well and how many are on sale in each category, as it was a few seconds ago. */
export type Ranking = {
  readonly at: Instant;
  readonly listings: readonly Ranked[];
  readonly categories: readonly RankedCategory[];
};

const fresh_ms = 5000;
const known = new WeakMap<Db['pool'], Promise<Ranking>>();
const ages = new WeakMap<Promise<Ranking>, Instant>();

/** The ranking, read again when it is older than five seconds; public. Many who ask at once wait for one reading. */
export async function rankingOf(db: Db): Promise<Ranking> {
  const wall = db.wall.now();
  const ranking = known.get(db.pool);
  const age = ranking && ages.get(ranking);
  if (ranking && age !== undefined && wall - age < fresh_ms) return ranking;
  const fresh = readFresh(await reader(db), wall);
  known.set(db.pool, fresh);
  ages.set(fresh, wall);
  // A reading that failed is not kept: the next who asks tries again.
  fresh.catch(() => known.delete(db.pool));
  return fresh;
}

async function readFresh(on: Reader, at: Instant): Promise<Ranking> {
  const [listings, categories] = await Promise.all([readRanking(on), readCategories(on)]);
  const counts = new Map<string, number>();
  for (const one of listings) counts.set(one.categoryId, (counts.get(one.categoryId) ?? 0) + 1);
  return {
    at,
    listings,
    categories: categories.map((one) => ({ ...one, listings: counts.get(one.id) ?? 0 })),
  };
}
