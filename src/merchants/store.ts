import { sql, statement, ts, tsAll } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';

export const insertShops = statement(
  'merchants.insert_shops',
  (p: {
    ids: string[];
    names: string[];
    slugs: string[];
    intros: string[];
    tiers: string[];
    fees: number[];
    verifiedAts: (Instant | null)[];
    selfRun: boolean[];
    at: Instant;
  }) => sql`
  insert into merchants.shops (id, name, slug, intro, tier, fee_bps, verified_at, self_run, opened_at)
  select x.*, ${ts(p.at)}::timestamptz
    from unnest(${p.ids}::uuid[], ${p.names}::text[], ${p.slugs}::text[], ${p.intros}::text[], ${p.tiers}::text[], ${p.fees}::smallint[],
                ${tsAll(p.verifiedAts)}::timestamptz[], ${p.selfRun}::boolean[]) as x`,
);
