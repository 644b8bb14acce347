import type { Sort } from './storefront.contract.ts';

/** Where the next page begins: after the row with this sort key and id. */
export type Cursor = { readonly key: bigint; readonly id: string };

const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const firstId = '00000000-0000-0000-0000-000000000000';
const most = 9_000_000_000_000_000_000n;

/** Before the first row of a list in this order. A search orders by one number, smallest first, newest first within it. */
export function startOf(sort: Sort, searching: boolean): Cursor {
  if (searching || sort === 'new' || sort === 'best') return { key: -most, id: lastId };
  return sort === 'cheap' ? { key: -1n, id: firstId } : { key: most, id: lastId };
}

/** A cursor as text for addresses; it says in which order it was made, so that it cannot be used in another. */
export const cursorText = (sort: Sort, cursor: Cursor): string =>
  `${sort[0]}${cursor.key.toString(36)}~${cursor.id.replaceAll('-', '')}`;

/** The cursor in the text, or undefined when it is not one of this order. */
export function cursorOf(sort: Sort, text: string): Cursor | undefined {
  const match =
    /^([bcdn])(-?[0-9a-z]{1,13})~([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/.exec(
      text,
    );
  if (!match || match[1] !== sort[0]) return undefined;
  const key = parse36(match[2] ?? '');
  return key < -most || key > most ? undefined : { key, id: match.slice(3).join('-') };
}

function parse36(text: string): bigint {
  const digits = text.replace('-', '');
  let value = 0n;
  for (const digit of digits) value = value * 36n + BigInt(Number.parseInt(digit, 36));
  return text.startsWith('-') ? -value : value;
}

/** A listing in the ranking. */
export type Ranked = {
  readonly shopId: string;
  readonly listingId: string;
  readonly categoryId: string;
  readonly sold: number;
};

/** The next of a ranking after a cursor: best sold first, newest first among equals. The place of a cursor is found by its value, so a ranking that changed meanwhile neither repeats nor fails. */
export function rankedAfter(
  ranking: readonly Ranked[],
  after: Cursor,
  wanted: { categoryId: string | null; shopId: string | null; shops: readonly string[] | null },
  limit: number,
): Ranked[] {
  const found: Ranked[] = [];
  for (const one of ranking) {
    if (wanted.categoryId !== null && one.categoryId !== wanted.categoryId) continue;
    if (wanted.shopId !== null && one.shopId !== wanted.shopId) continue;
    if (wanted.shops !== null && !wanted.shops.includes(one.shopId)) continue;
    const key = BigInt(-one.sold);
    if (key < after.key || (key === after.key && one.listingId >= after.id)) continue;
    found.push(one);
    if (found.length === limit) break;
  }
  return found;
}

/** The stock as it is told: exactly up to the limit, null above, zero where there is no pool. */
export const stockTold = (stock: bigint | number | null | undefined, limit: number): number | null => {
  const count = Number(stock ?? 0);
  return count > limit ? null : count;
};
