import { check, type Check } from './check.ts';

const onWay = `('shipped', 'in_transit')`;

/** Parcels, seen from their lines, their facts and their clocks. */
export const parcelChecks: readonly Check[] = [
  check(
    'a parcel that was signed for is delivered, one that was paid back is not, and every other one is under way',
    `
    select p.order_id || '.' || p.line as row, 'parcel ' || p.state || ', line ' || d.state as wrong from delivery.parcels p
      join delivery.lines d on d.shop_id = p.shop_id and d.order_id = p.order_id and d.line = p.line
     where d.mode <> 'shipping' or d.state <> case p.state when 'signed' then 'delivered' when 'refunded' then 'failed' else 'delivering' end
    union all
    select d.order_id || '.' || d.line, 'line ' || d.state || ' without a parcel' from delivery.lines d
      left join delivery.parcels p on p.shop_id = d.shop_id and p.order_id = d.order_id and p.line = d.line
     where d.mode = 'shipping' and d.state in ('delivering', 'delivered') and p.line is null`,
  ),
  check(
    'a parcel on its way has the clock of its standing still, and a refusal that nobody answered its own',
    `
    select w.order_id::text as row, 'waits for ' || coalesce(w.wanted, 'nothing') || ', has ' || coalesce(k.has, 'nothing') as wrong
      from (select p.shop_id, p.order_id,
                   nullif(concat_ws(', ', case when bool_or(p.state = 'refused') then 'parcel.answer' end, case when bool_or(p.state in ${onWay}) then 'parcel.still' end), '') as wanted
              from delivery.parcels p group by 1, 2) w
      cross join lateral (select string_agg(d.what, ', ' order by d.what) as has from kit.deadlines d
                           where d.shop_id = w.shop_id and d.about = w.order_id and d.what in ('parcel.still', 'parcel.answer')) k
     where w.wanted is distinct from k.has`,
  ),
  check(
    'a refusal has a photo and is a fact, and so is every check and every signature',
    `
    select p.order_id || '.' || p.line as row, 'no photo' as wrong from delivery.parcels p
     where p.refused_at is not null and not exists (select from delivery.parcel_photos f where f.shop_id = p.shop_id and f.order_id = p.order_id and f.line = p.line)
    union all
    select f.order_id || '.' || f.line, 'no ' || f.kind from (
      select shop_id, order_id, line, 'delivery.parcel_refuse' as kind from delivery.parcels where refused_at is not null
      union all select shop_id, order_id, line, 'delivery.parcel_sign' from delivery.parcels where signed_at is not null
      union all select shop_id, order_id, line, 'delivery.parcel_' || stage from delivery.parcel_checks) f
      left join evidence.events e on e.shop_id = f.shop_id and e.about = f.order_id and e.kind = f.kind where e.about is null`,
  ),
];
