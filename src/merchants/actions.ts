import { must } from '../kit/assert.ts';
import { newId } from '../kit/ids.ts';
import type { Instant } from '../kit/time.ts';
import type { Tx } from '../kit/tx.ts';
import { addMembers } from '../identity/people.actions.ts';
import { openAccounts } from '../ledger/actions.ts';
import { subscribeByDuty } from '../rules/actions.ts';
import { versionAt } from '../rules/rules.ts';
import type { ShopTier } from './contract.ts';
import { settleDaysOf } from './rules.ts';
import { insertShops } from './store.ts';
import { readShops } from './views.ts';

export type NewShop = {
  readonly id?: string;
  readonly name: string;
  readonly slug: string;
  readonly intro: string;
  readonly tier: ShopTier;
  /** The platform's fee of a sale, in hundredths of a percent. */
  readonly feeBps: number;
  readonly ownerId: string;
  readonly verified: boolean;
  /** The platform itself sells here (自营, F061). */
  readonly selfRun?: boolean;
};

/** Opens shops with their accounts (available, reserve, deposit) and their owners. Answers their ids in the same order. A taken slug fails the transaction. */
export async function createShops(tx: Tx, shops: readonly NewShop[]): Promise<string[]> {
  if (shops.length === 0) return [];
  const ids = shops.map((shop) => shop.id ?? newId(tx.wall));
  await insertShops(tx, {
    ids,
    names: shops.map((s) => s.name),
    slugs: shops.map((s) => s.slug),
    intros: shops.map((s) => s.intro),
    tiers: shops.map((s) => s.tier),
    fees: shops.map((s) => s.feeBps),
    verifiedAts: shops.map((s) => (s.verified ? tx.business : null)),
    selfRun: shops.map((s) => s.selfRun ?? false),
    at: tx.business,
  });
  await Promise.all([
    openAccounts(
      tx,
      ids.flatMap((id) => (['available', 'reserve', 'deposit'] as const).map((kind) => ({ kind, id }))),
    ),
    addMembers(
      tx,
      shops.map((shop, i) => ({
        shopId: must(ids[i], 'an id'),
        userId: shop.ownerId,
        role: 'owner' as const,
      })),
    ),
    subscribeByDuty(
      tx,
      shops.map((shop) => shop.ownerId),
    ),
  ]);
  return ids;
}

export type Shop = {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly intro: string;
  readonly tier: ShopTier;
  readonly feeBps: number;
  /** T+n for orders that are placed now. */
  readonly settleDays: number;
  readonly openedAt: Instant;
  readonly verifiedAt: Instant | null;
  readonly selfRun: boolean;
};

/** The shops in the order of the ids; undefined for an id that no shop has. */
export async function shopsByIds(on: Tx, ids: readonly string[]): Promise<(Shop | undefined)[]> {
  if (ids.length === 0) return [];
  const rows = await readShops(on, { ids: [...new Set(ids)] });
  const rulebook = versionAt(on.business);
  const byId = new Map(rows.map((row) => [row.id, { ...row, settleDays: settleDaysOf(row.tier, rulebook) }]));
  return ids.map((id) => byId.get(id));
}
