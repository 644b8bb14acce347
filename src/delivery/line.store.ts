import { bare, query, sql, statement, t, ts, tsAll } from '../kit/sql.ts';
import type { Fen } from '../kit/money.ts';
import type { Instant } from '../kit/time.ts';
import type { DeliveryMode, GoodsKind } from '../catalog/content.contract.ts';
import type { LineState } from './line.machine.ts';

type Keys = { shops: string[]; orders: string[] };
type LineKeys = Keys & { lines: number[] };

export const lineShape = {
  shopId: t.uuid,
  orderId: t.uuid,
  line: t.int,
  listingId: t.uuid,
  goods: t.word<GoodsKind>(),
  mode: t.word<DeliveryMode>(),
  state: t.word<LineState>(),
  paymentId: t.uuid.null,
  paidAt: t.instant,
  acceptBy: t.instant.null,
  promisedAt: t.instant,
  dueAt: t.instant,
  acceptedAt: t.instant.null,
  acceptedBy: t.uuid.null,
  startedAt: t.instant.null,
  lateAt: t.instant.null,
  cancelAskedAt: t.instant.null,
  deliveredAt: t.instant.null,
  endedAt: t.instant.null,
  refunded: t.fen,
};

export const insertDeliveries = statement(
  'delivery.insert_lines',
  (
    p: LineKeys & {
      listings: string[];
      goods: string[];
      modes: string[];
      payments: (string | null)[];
      acceptBy: (Instant | null)[];
      promised: Instant[];
      due: Instant[];
      at: Instant;
    },
  ) => sql`
  insert into delivery.lines (shop_id, order_id, line, listing_id, goods, mode, state, payment_id, accept_by, promised_at, due_at, paid_at)
  select x.shop_id, x.order_id, x.line, x.listing_id, x.goods, x.mode, 'waiting', x.payment_id, x.accept_by, x.promised_at, x.due_at, ${ts(p.at)}::timestamptz
    from unnest(${bare(p.shops)}::uuid[], ${bare(p.orders)}::uuid[], ${bare(p.lines)}::smallint[], ${bare(p.listings)}::uuid[], ${bare(p.goods)}::text[], ${bare(p.modes)}::text[], ${bare(p.payments)}::uuid[],
                ${bare(tsAll(p.acceptBy))}::timestamptz[], ${bare(tsAll(p.promised))}::timestamptz[], ${bare(tsAll(p.due))}::timestamptz[])
      as x(shop_id, order_id, line, listing_id, goods, mode, payment_id, accept_by, promised_at, due_at)`,
);

/** The payments that funded these orders' later lines; they are locked before the orders, and never change. */
export const paymentsOfLines = query(
  'delivery.payments_of_lines',
  { paymentId: t.uuid.null },
  (p: Keys) => sql`
  select distinct d.payment_id from unnest(${bare(p.shops)}::uuid[], ${bare(p.orders)}::uuid[]) as x(shop_id, order_id)
   cross join lateral (select * from delivery.lines d where d.shop_id = x.shop_id and d.order_id = x.order_id offset 0) d`,
);

/** Locks the lines of orders that the caller has locked. */
export const lockDeliveries = query(
  'delivery.lock_lines',
  lineShape,
  (p: Keys) => sql`
  select d.shop_id, d.order_id, d.line, d.listing_id, d.goods, d.mode, d.state, d.payment_id, d.paid_at, d.accept_by, d.promised_at, d.due_at, d.accepted_at, d.accepted_by, d.started_at,
         d.late_at, d.cancel_asked_at, d.delivered_at, d.ended_at, d.refunded_fen as refunded
    from (select * from unnest(${bare(p.shops)}::uuid[], ${bare(p.orders)}::uuid[]) as x(shop_id, order_id) order by shop_id, order_id) x
   cross join lateral (select * from delivery.lines d where d.shop_id = x.shop_id and d.order_id = x.order_id order by d.line for update) d`,
);

export const writeDeliveries = statement(
  'delivery.write_lines',
  (
    p: LineKeys & {
      states: string[];
      accepted: (Instant | null)[];
      acceptedBy: (string | null)[];
      started: (Instant | null)[];
      late: (Instant | null)[];
      asked: (Instant | null)[];
      delivered: (Instant | null)[];
      ended: (Instant | null)[];
      refunded: Fen[];
    },
  ) => sql`
  merge into delivery.lines d using unnest(${bare(p.shops)}::uuid[], ${bare(p.orders)}::uuid[], ${bare(p.lines)}::smallint[], ${bare(p.states)}::text[], ${bare(tsAll(p.accepted))}::timestamptz[], ${bare(p.acceptedBy)}::uuid[],
                ${bare(tsAll(p.started))}::timestamptz[], ${bare(tsAll(p.late))}::timestamptz[], ${bare(tsAll(p.asked))}::timestamptz[], ${bare(tsAll(p.delivered))}::timestamptz[], ${bare(tsAll(p.ended))}::timestamptz[], ${bare(p.refunded)}::bigint[])
      as x(shop_id, order_id, line, state, accepted, accepted_by, started, late, asked, delivered, ended, refunded)
     on d.shop_id = x.shop_id and d.order_id = x.order_id and d.line = x.line
   when matched then update set state = x.state, accepted_at = x.accepted, accepted_by = x.accepted_by, started_at = x.started, late_at = x.late, cancel_asked_at = x.asked, delivered_at = x.delivered,
        ended_at = x.ended, refunded_fen = x.refunded when not matched then do nothing`,
);
