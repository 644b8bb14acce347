import { sorts, type Sort } from '../../src/inventory/storefront.contract.ts';

/** What the address of a list says: order, cursor, words. What is not known is the default. */
export function listQuery(request: Request): {
  sort: Sort;
  cursor?: string;
  q: string;
  limit: number;
  deposit?: 'full';
} {
  const query = new URL(request.url).searchParams;
  const cursor = query.get('cursor');
  const sort = sorts.find((one) => one === query.get('sort')) ?? 'best';
  const only = query.get('deposit') === 'full' ? { deposit: 'full' as const } : {};
  return { ...only, sort, q: (query.get('q') ?? '').slice(0, 60), limit: 20, ...(cursor ? { cursor } : {}) };
}
