import type { TopupCarrier, TopupSpeed, TopupTarget } from '../../catalog/topup.contract.ts';
import { query, sql, t } from '../../kit/sql.ts';
import type { LineState } from '../line.machine.ts';
import type { TopupState } from './machine.ts';

/** Top-ups whose buyer said that the number is wrong and that are still under way, the nearest clock first. */
export const wrongOfShop = query(
  'delivery.topups_wrong',
  { orderId: t.uuid, masked: t.text, until: t.instant, tried: t.bool },
  (p: { viewerShop: string }) => sql`
  select u.order_id, u.masked, u.wrong_until as until, u.wrong_tried_at is not null as tried from delivery.topups u
   where u.shop_id = ${p.viewerShop} and u.wrong_until is not null and u.state in ('queued', 'held', 'submitted', 'unknown') order by u.wrong_until limit 100`,
);

/** What arrived after its buyer had got the money back: the shop's to claim from its supplier. */
export const lateOfShop = query(
  'delivery.topups_late',
  { orderId: t.uuid, masked: t.text, amount: t.fen, at: t.instant },
  (p: { viewerShop: string }) => sql`
  select u.order_id, u.masked, coalesce(u.arrived_fen, u.face_fen) as amount, u.late_at as at from delivery.topups u
   where u.shop_id = ${p.viewerShop} and u.late_at is not null order by u.late_at desc limit 100`,
);

export const countsOfShop = query(
  'delivery.topup_counts',
  { held: t.int, unknown: t.int },
  (p: { viewerShop: string }) => sql`
  select count(*) filter (where u.state = 'held') as held, count(*) filter (where u.state = 'unknown') as unknown
    from delivery.topups u join delivery.lines l on l.shop_id = u.shop_id and l.order_id = u.order_id and l.line = u.line
   where u.shop_id = ${p.viewerShop} and l.state in ('waiting', 'accepted', 'delivering')`,
);

/** The top-ups of one order with their lines, for its page; the caller has decided that the viewer may see it. */
export const topupsShown = query(
  'delivery.topups_shown',
  {
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
    lineState: t.word<LineState>(),
    promisedAt: t.instant,
    dueAt: t.instant,
    cancelAskedAt: t.instant.null,
    guide: t.text,
  },
  (p: { shopId: string; viewerOrder: string }) => sql`
  select u.shop_id, u.order_id, u.line, u.state, u.masked, u.label, u.target, u.carrier, u.region, u.speed, u.face_fen as face, u.arrived_fen as arrived, u.waits_until, u.wrong_at, u.wrong_until,
         u.wrong_tried_at, u.wrong_by_id, u.gave_up_at, u.late_at, l.state as line_state, l.promised_at, l.due_at, l.cancel_asked_at, v.content->>'verification' as guide
    from delivery.topups u
    join delivery.lines l on l.shop_id = u.shop_id and l.order_id = u.order_id and l.line = u.line
    join orders.lines g on g.shop_id = u.shop_id and g.order_id = u.order_id and g.number = u.line
    join catalog.listing_versions v on v.shop_id = g.shop_id and v.listing_id = g.listing_id and v.version = g.version
   where u.shop_id = ${p.shopId} and u.order_id = ${p.viewerOrder} order by u.line`,
);

/** Lines of one order that wait for their top-up to begin: it does so milliseconds after the payment. As above, the caller has decided. */
export const topupsAwaited = query(
  'delivery.topups_awaited',
  {
    shopId: t.uuid,
    orderId: t.uuid,
    line: t.int,
    listingId: t.uuid,
    version: t.int,
    variantId: t.uuid,
    lineState: t.word<LineState>(),
    promisedAt: t.instant,
    dueAt: t.instant,
    cancelAskedAt: t.instant.null,
  },
  (p: { shopId: string; viewerOrder: string }) => sql`
  select l.shop_id, l.order_id, l.line, g.listing_id, g.version, g.variant_id, l.state as line_state, l.promised_at, l.due_at, l.cancel_asked_at
    from delivery.lines l
    join orders.lines g on g.shop_id = l.shop_id and g.order_id = l.order_id and g.number = l.line
   where l.shop_id = ${p.shopId} and l.order_id = ${p.viewerOrder} and l.mode = 'direct' and l.state = 'waiting' order by l.line`,
);
