import { bare, query, sql, statement, t, ts, tsAll } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';
import type { TopupCarrier, TopupSpeed, TopupTarget } from '../../catalog/topup.contract.ts';
import type { TopupState } from './machine.ts';
import type { Topup } from './rules.ts';

const topupShape = {
  shopId: t.uuid,
  orderId: t.uuid,
  line: t.int,
  state: t.word<TopupState>(),
  masked: t.text,
  label: t.text,
  target: t.word<TopupTarget>(),
  carrier: t.word<TopupCarrier>(),
  region: t.text,
  speed: t.word<TopupSpeed>(),
  face: t.fen,
  arrived: t.fen.null,
  waitsUntil: t.instant.null,
  wrongAt: t.instant.null,
  wrongUntil: t.instant.null,
  wrongTriedAt: t.instant.null,
  wrongById: t.uuid.null,
  gaveUpAt: t.instant.null,
  lateAt: t.instant.null,
};
const columns = sql`u.shop_id, u.order_id, u.line, u.state, u.masked, u.label, u.target, u.carrier, u.region, u.speed, u.face_fen as face, u.arrived_fen as arrived, u.waits_until,
  u.wrong_at, u.wrong_until, u.wrong_tried_at, u.wrong_by_id, u.gave_up_at, u.late_at`;

type Keys = { shops: string[]; orders: string[] };

/** The top-ups of orders that the caller has locked. */
export const topupsOf = query(
  'delivery.topups_of',
  topupShape,
  (p: Keys) => sql`
  select u.* from (select distinct * from unnest(${bare(p.shops)}::uuid[], ${bare(p.orders)}::uuid[]) as x(shop_id, order_id)) x
   cross join lateral (select ${columns} from delivery.topups u where u.shop_id = x.shop_id and u.order_id = x.order_id order by u.line offset 0) u`,
);

export const insertTopups = statement(
  'delivery.insert_topups',
  (p: { list: readonly Topup[]; at: Instant }) => sql`
  insert into delivery.topups (shop_id, order_id, line, state, masked, label, target, carrier, region, speed, face_fen, at)
  select x.*, ${ts(p.at)}::timestamptz
    from unnest(${bare(p.list.map((u) => u.shopId))}::uuid[], ${bare(p.list.map((u) => u.orderId))}::uuid[], ${bare(p.list.map((u) => u.line))}::smallint[], ${bare(p.list.map((u) => u.state))}::text[],
                ${p.list.map((u) => u.masked)}::text[], ${p.list.map((u) => u.label)}::text[], ${bare(p.list.map((u) => u.target))}::text[], ${bare(p.list.map((u) => u.carrier))}::text[],
                ${p.list.map((u) => u.region)}::text[], ${bare(p.list.map((u) => u.speed))}::text[], ${bare(p.list.map((u) => u.face))}::bigint[]) as x`,
);

export const writeTopups = statement(
  'delivery.write_topups',
  (p: { list: readonly Topup[] }) => sql`
  merge into delivery.topups u
  using unnest(${bare(p.list.map((u) => u.shopId))}::uuid[], ${bare(p.list.map((u) => u.orderId))}::uuid[], ${bare(p.list.map((u) => u.line))}::smallint[], ${bare(p.list.map((u) => u.state))}::text[],
               ${p.list.map((u) => u.masked)}::text[], ${bare(p.list.map((u) => u.arrived))}::bigint[], ${bare(tsAll(p.list.map((u) => u.waitsUntil)))}::timestamptz[],
               ${bare(tsAll(p.list.map((u) => u.wrongAt)))}::timestamptz[], ${bare(tsAll(p.list.map((u) => u.wrongUntil)))}::timestamptz[], ${bare(tsAll(p.list.map((u) => u.wrongTriedAt)))}::timestamptz[],
               ${bare(p.list.map((u) => u.wrongById))}::uuid[], ${bare(tsAll(p.list.map((u) => u.gaveUpAt)))}::timestamptz[], ${bare(tsAll(p.list.map((u) => u.lateAt)))}::timestamptz[])
    as x(shop_id, order_id, line, state, masked, arrived, waits_until, wrong_at, wrong_until, wrong_tried_at, wrong_by_id, gave_up_at, late_at)
     on u.shop_id = x.shop_id and u.order_id = x.order_id and u.line = x.line
   when matched then update set state = x.state, masked = x.masked, arrived_fen = x.arrived, waits_until = x.waits_until, wrong_at = x.wrong_at, wrong_until = x.wrong_until,
        wrong_tried_at = x.wrong_tried_at, wrong_by_id = x.wrong_by_id, gave_up_at = x.gave_up_at, late_at = x.late_at
   when not matched then do nothing`,
);
