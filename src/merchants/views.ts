import { query, sql, t } from '../kit/sql.ts';
import type { ShopTier } from './contract.ts';

/** Shops as everybody may see them: public. */
export const readShops = query(
  'merchants.read_shops',
  {
    id: t.uuid,
    name: t.text,
    slug: t.text,
    intro: t.text,
    tier: t.word<ShopTier>(),
    feeBps: t.int,
    openedAt: t.instant,
    verifiedAt: t.instant.null,
    selfRun: t.bool,
  },
  (p: { ids: readonly string[] }) => sql`
  select id, name, slug, intro, tier, fee_bps, opened_at, verified_at, self_run from merchants.shops where id = any(${p.ids}::uuid[])`,
);
