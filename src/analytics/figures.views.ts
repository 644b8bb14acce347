import { query, sql, t, ts } from '../kit/sql.ts';
import { beijingDay, endOfBeijingDay, plus, type Instant } from '../kit/time.ts';
import { reader, type Db, type Reader } from '../kit/tx.ts';
import { must } from '../kit/assert.ts';
import { fen, type Fen } from '../kit/money.ts';
import { oldestId } from './rules.ts';

const moneyNow = query(
  'analytics.money_now',
  { held: t.fen, heldOrders: t.int, backOrders: t.int, back: t.fen, paidOut: t.fen },
  (p: { since: Instant }) => sql`
  select coalesce(sum(total_fen - refunded_fen) filter (where state in ('awaiting', 'delivering', 'delivered', 'completed') and released_at is null), 0)::bigint as held,
         count(*) filter (where state in ('awaiting', 'delivering', 'delivered', 'completed') and released_at is null) as held_orders,
         count(*) filter (where refunded_fen > 0 and paid_at >= ${ts(p.since)}::timestamptz) as back_orders,
         coalesce(sum(refunded_fen) filter (where paid_at >= ${ts(p.since)}::timestamptz), 0)::bigint as back,
         coalesce(sum(total_fen - refunded_fen) filter (where released_at >= ${ts(p.since)}::timestamptz), 0)::bigint as paid_out
    from orders.orders`,
);

// Orders of a day are found by the primary key: shop and the oldest id that the day can hold.
const keysSince = query(
  'analytics.keys_since',
  { keys: t.int, median: t.int.null },
  (p: { since: Instant; oldest: string }) => sql`
  select count(*) as keys, round(percentile_cont(0.5) within group (order by extract(epoch from u.delivered_at - o.paid_at)) * 1000)::bigint as median
    from merchants.shops s
    join orders.orders o on o.shop_id = s.id and o.id >= ${p.oldest}::uuid and o.paid_at >= ${ts(p.since)}::timestamptz
    join orders.lines l on l.shop_id = o.shop_id and l.order_id = o.id
    join delivery.units u on u.shop_id = l.shop_id and u.pool_id = l.pool_id and u.number = any(l.numbers) and u.order_id = o.id`,
);

/** What everybody may know of the house: sums and counts over all shops, nobody's own. */
export type Figures = {
  readonly asOf: Instant;
  readonly held: Fen;
  readonly heldOrders: number;
  readonly keysToday: number;
  readonly median_ms: number | null;
  readonly backOrders: number;
  readonly back: Fen;
  readonly paidOut: Fen;
};

const fresh_ms = 10_000;
const known = new WeakMap<Db['pool'], { readonly at: Instant; readonly figures: Promise<Figures> }>();

/** The figures of the house, public, read again when they are older than ten seconds. Many who ask at once wait for one reading. */
export function figuresOf(db: Db): Promise<Figures> {
  const at = db.wall.now();
  const last = known.get(db.pool);
  if (last && at - last.at < fresh_ms) return last.figures;
  const figures = readFigures(db);
  known.set(db.pool, { at, figures });
  // A reading that failed is not kept: the next who asks tries again.
  figures.catch(() => known.delete(db.pool));
  return figures;
}

const periodDays = 30;

async function readFigures(db: Db): Promise<Figures> {
  const on: Reader = await reader(db);
  const today = plus(endOfBeijingDay(beijingDay(on.business)), { days: -1 });
  const [[money], [keys]] = await Promise.all([
    moneyNow(on, { since: plus(on.business, { days: -periodDays }) }),
    keysSince(on, { since: today, oldest: oldestId(today, on) }),
  ]);
  const { held, ...sums } = must(money, 'sums are one row');
  return {
    asOf: on.business,
    held: fen(held),
    ...sums,
    keysToday: keys?.keys ?? 0,
    median_ms: keys?.median ?? null,
  };
}
