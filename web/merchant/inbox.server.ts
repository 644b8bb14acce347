import type { Api } from '../api.ts';
import { tried } from '../page.server.ts';
import type { TaskKind } from './inbox.view.ts';
import { may, type MyShop } from './shop.server.ts';

/** Listings whose addresses are looked into, one by one. */
const listingsShown = 5;

/** A part of the inbox: what it holds, or that it could not be read; the others are shown all the same. */
type Part<T> = { readonly value: T; readonly failed: boolean };
async function part<T>(asked: Promise<T> | null, without: T): Promise<Part<T>> {
  if (!asked) return { value: without, failed: false };
  try {
    const answer = await tried(asked);
    return answer.ok ? { value: answer.value, failed: false } : { value: without, failed: true };
  } catch {
    return { value: without, failed: true };
  }
}

/** Everything that waits for a shop besides its stock, as far as whoever looks works on it. */
export async function loadSources(api: Api, shop: MyShop) {
  const shopId = shop.id;
  const orders = may(shop, 'orders');
  const goods = may(shop, 'goods');
  const none = { cases: [], next: null, now: '' };
  const [cases, talks, deliveries, corrections, topups, imports] = await Promise.all([
    part(orders ? api.cases.inbox({ shopId }) : null, none),
    part(orders ? api.messaging.ofShop({ shopId, waiting: true }) : null, {
      threads: [],
      waiting: 0,
      unread: 0,
    }),
    part(orders ? api.delivery.todo({ shopId, limit: 50 }).then((answer) => answer.deliveries) : null, []),
    part(goods ? problemsOf(api, shopId) : null, []),
    part(orders || goods ? api.topups.shopTopups({ shopId }) : null, null),
    part(goods ? api.inventory.listImports({ shopId, limit: 20 }).then((answer) => answer.items) : null, []),
  ]);
  const failed: (readonly [TaskKind, Part<unknown>])[] = [
    ['case', cases],
    ['talk', talks],
    ['delivery', deliveries],
    ['correction', corrections],
    ['topup', topups],
    ['stock', imports],
  ];
  return {
    cases: cases.value.cases,
    more: cases.value.next !== null,
    talks: talks.value.threads,
    deliveries: deliveries.value,
    corrections: corrections.value,
    topups: topups.value,
    imports: imports.value,
    missing: failed.flatMap(([kind, one]) => (one.failed ? [kind] : [])),
  };
}

/** Addresses that stopped answering and wait for their correction, by when the first of their orders is refunded. */
async function problemsOf(api: Api, shopId: string) {
  const { listings } = await api.downloads.listDownloads({ shopId });
  const broken = listings.filter((one) => one.open > 0).slice(0, listingsShown);
  const known = await Promise.all(
    broken.map(({ listingId }) => api.downloads.listReleases({ shopId, listingId })),
  );
  return broken.flatMap(({ listingId, title }, index) => {
    const problems = known[index]?.problems ?? [];
    const [dueAt] = problems.map((one) => one.dueAt).toSorted();
    return dueAt === undefined ? [] : [{ listingId, title, count: problems.length, dueAt }];
  });
}
