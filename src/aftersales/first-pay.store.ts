import { bare, query, sql, statement, t, ts } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';
import type { TakerKind } from './first-pay.rules.ts';

/** Makes and locks the counters, always in the same order, so that two payments for one person are counted one after the other. */
export const lockCounters = query(
  'aftersales.lock_counters',
  { kind: t.word<TakerKind>(), key: t.text },
  (p: { kinds: string[]; keys: string[] }) => sql`
  insert into aftersales.first_pay_counters as c (kind, key)
  select distinct x.kind, x.key from unnest(${bare(p.kinds)}::text[], ${p.keys}::text[]) as x(kind, key) order by 1, 2
  on conflict (kind, key) do update set key = excluded.key returning kind, key`,
);

/** What was paid first since a moment, for each counter; the caller has locked them. */
export const takenSince = query(
  'aftersales.taken_since',
  { kind: t.word<TakerKind>(), sum: t.fen, count: t.int },
  (p: { kinds: string[]; keys: string[]; since: Instant }) => sql`
  select x.kind, coalesce(f.sum, 0)::bigint as sum, coalesce(f.count, 0)::int as count from unnest(${bare(p.kinds)}::text[], ${p.keys}::text[]) as x(kind, key)
   cross join lateral (select sum(amount_fen) as sum, count(*) as count from aftersales.first_payments f
                        where f.kind = x.kind and f.key = x.key and f.at > ${ts(p.since)}::timestamptz) f`,
);

export const insertFirstPayments = statement(
  'aftersales.insert_first_payments',
  (p: {
    kinds: string[];
    keys: string[];
    caseId: string;
    shopId: string;
    trigger: string;
    amount: bigint;
    at: Instant;
  }) => sql`
  insert into aftersales.first_payments (kind, key, case_id, shop_id, trigger, amount_fen, at)
  select x.kind, x.key, ${p.caseId}, ${p.shopId}, ${p.trigger}, ${p.amount}::bigint, ${ts(p.at)}::timestamptz from unnest(${bare(p.kinds)}::text[], ${p.keys}::text[]) as x(kind, key)`,
);
