import { done, refuse, type Result } from '../kit/result.ts';
import type { Queryable, RowOf } from '../kit/sql.ts';
import type { Tx } from '../kit/tx.ts';
import { insertIdentity, lockShopRow, newestIdentities, type identityShape } from './identity.store.ts';

export type ShopIdentity = RowOf<typeof identityShape>;
export type IdentityFields = Omit<ShopIdentity, 'number' | 'at'>;

/** Enters who runs a shop. SHOP_NOT_FOUND: there is none. What stood there before stays as it was. */
export async function recordIdentity(
  tx: Tx,
  p: IdentityFields & { byId: string | null },
): Promise<Result<{ number: number }, 'SHOP_NOT_FOUND'>> {
  const [shop] = await lockShopRow(tx, p);
  if (!shop) return refuse('SHOP_NOT_FOUND');
  const [last] = await newestIdentities(tx, { shops: [p.shopId] });
  const number = (last?.number ?? 0) + 1;
  await insertIdentity(tx, { ...p, number, at: tx.business });
  return done({ number });
}

/** Who runs each shop, in the order asked; undefined where nobody was checked. Callers decide who may know it. */
export async function identitiesOf(
  on: Queryable,
  shops: readonly string[],
): Promise<(ShopIdentity | undefined)[]> {
  const rows = await newestIdentities(on, { shops: [...new Set(shops)] });
  return shops.map((shopId) => rows.find((row) => row.shopId === shopId));
}
