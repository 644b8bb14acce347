import { query, sql, t } from '../../kit/sql.ts';
import type { ExhibitKind } from '../exhibits.data.ts';
import { externalColumns, externalShape, linkColumns, linkShape } from './store.ts';

type Key = { shopId: string; viewerOrder: string };

/** What was taken outside about an order; the caller has decided that the viewer may see it. */
export const externalsOf = query(
  'aftersales.externals_of',
  externalShape,
  (p: Key) => sql`
  select ${externalColumns} from aftersales.external_records x where x.shop_id = ${p.shopId} and x.order_id = ${p.viewerOrder} order by x.filed_at, x.id`,
);

/** Files that were put beside an order, in its conversation and its cases: the originals by their hashes, and the copies that everybody sees. */
export const filesOf = query(
  'aftersales.files_of',
  {
    id: t.uuid,
    byId: t.uuid,
    name: t.text,
    type: t.text,
    original: t.bytes,
    view: t.bytes.null,
    at: t.instant,
    place: t.word<'conversation' | 'exhibit'>(),
  },
  (p: Key) => sql`
  select a.id, a.by_id, a.name, a.type, a.original, a.view, a.at, 'conversation' as place from messaging.attachments a where a.shop_id = ${p.shopId} and a.order_id = ${p.viewerOrder}
  union all
  select f.id, f.by_id, f.name, f.type, f.original, f.view, f.at, 'exhibit' as place from aftersales.exhibit_files f where f.shop_id = ${p.shopId} and f.order_id = ${p.viewerOrder}
   order by at, id`,
);

/** What was shown in a case. `audience` platform: it holds somebody's secrets, and the other side has the copy without them. */
export const shownIn = query(
  'aftersales.shown_in',
  {
    number: t.int,
    by: t.text,
    kind: t.word<ExhibitKind>(),
    caption: t.text,
    text: t.text,
    sha256: t.bytes,
    audience: t.word<'parties' | 'platform'>(),
    fileId: t.uuid.null,
    formedAt: t.instant.null,
    at: t.instant,
  },
  (p: { shopId: string; viewerCase: string }) => sql`
  select e.number, e.by_kind as by, e.kind, e.caption, e.text, e.sha256, e.audience, e.file_id, e.formed_at, e.at
    from aftersales.exhibits e where e.shop_id = ${p.shopId} and e.case_id = ${p.viewerCase} order by e.number`,
);

/** Places whose code two people opened in one of these cases (aftersales/exhibits). */
export const wholeKeysOf = query(
  'aftersales.whole_keys_of',
  { line: t.int, place: t.int },
  (p: { shopId: string; viewerCases: readonly string[] }) => sql`
  select c.line, u.place from aftersales.unsealings u join aftersales.cases c on c.shop_id = u.shop_id and c.id = u.case_id
   where u.shop_id = ${p.shopId} and u.case_id = any(${p.viewerCases}::uuid[]) and u.granted = 'whole' and u.state in ('granted', 'shown')`,
);

/** The orders that a payment paid for. */
export const ordersOfPayment = query(
  'aftersales.orders_of_payment',
  { shopId: t.uuid, id: t.uuid, buyerId: t.uuid },
  (p: { viewerPayment: string }) => sql`
  select o.shop_id, o.id, o.buyer_id
    from payments.payments x
   cross join lateral (select * from checkout.checkouts k where k.buyer_id = x.buyer_id and k.payment_id = x.id offset 0) k
   cross join lateral (select * from orders.orders o where o.buyer_id = k.buyer_id and o.id = any(k.order_ids) offset 0) o
   where x.id = ${p.viewerPayment} order by o.id`,
);

/** The complaints of an order; the caller has decided that the viewer may see it. */
export const linksOf = query(
  'aftersales.complaint_links_of',
  linkShape,
  (p: Key) => sql`
  select ${linkColumns} from aftersales.complaint_links l where l.shop_id = ${p.shopId} and l.order_id = ${p.viewerOrder} order by l.at, l.number`,
);

/** The complaints about a shop. */
export const linksOfShop = query(
  'aftersales.complaint_links_of_shop',
  linkShape,
  (p: { viewerShop: string; limit: number }) => sql`
  select ${linkColumns} from aftersales.complaint_links l where l.shop_id = ${p.viewerShop} order by l.at desc, l.number limit ${p.limit}::int`,
);

/** The links of complaints, where they have one; for staff. */
export const linksByNumber = query(
  'aftersales.complaint_links_by_number',
  { ...linkShape, shopName: t.text },
  (p: { viewerChannels: readonly string[]; numbers: readonly string[] }) => sql`
  select ${linkColumns}, s.name as shop_name from unnest(${p.viewerChannels}::text[], ${p.numbers}::text[]) as x(channel, number)
    join aftersales.complaint_links l on l.channel = x.channel and l.number = x.number join merchants.shops s on s.id = l.shop_id`,
);

/** The clocks of our own cases, for a list of complaints. */
export const caseClocks = query(
  'aftersales.case_clocks',
  { id: t.uuid, state: t.text, turn: t.text.null, dueAt: t.instant.null },
  (p: { viewerShops: readonly string[]; cases: readonly (string | null)[] }) => sql`
  select c.id, c.state, c.turn, c.due_at from unnest(${p.viewerShops}::uuid[], ${p.cases}::uuid[]) as x(shop_id, id)
    join aftersales.cases c on c.shop_id = x.shop_id and c.id = x.id`,
);

/** Who hears of a complaint; for notifications, not for screens. */
export const peopleOfLink = query(
  'aftersales.people_of_complaint_link',
  { shopId: t.uuid, orderId: t.uuid, buyerId: t.uuid, owners: t.array(t.uuid) },
  (p: { viewerLink: string }) => sql`
  select l.shop_id, l.order_id, o.buyer_id, array(select distinct m.user_id from identity.memberships m where m.shop_id = l.shop_id and m.role in ('owner', 'orders')) as owners
    from aftersales.complaint_links l join orders.orders o on o.shop_id = l.shop_id and o.id = l.order_id where l.about = ${p.viewerLink}`,
);

/** That the thing of a hold is there, and its shop where it has one; for staff. */
export const heldSubject = query(
  'aftersales.held_subject',
  { shopId: t.uuid.null },
  (p: { viewerScope: string; id: string }) => sql`
  select shop_id from orders.orders where ${p.viewerScope}::text = 'order' and id = ${p.id}
  union all select id from merchants.shops where ${p.viewerScope}::text = 'shop' and id = ${p.id}
  union all select null::uuid from identity.users where ${p.viewerScope}::text = 'user' and id = ${p.id}
  union all select e.shop_id from evidence.events e where ${p.viewerScope}::text = 'evidence' and e.about = ${p.id} and e.seq = 1`,
);

/** The orders of a shop or a buyer whose money has not left escrow; for staff. */
export const openOrdersOf = query(
  'aftersales.open_orders_of',
  { shopId: t.uuid, id: t.uuid },
  (p: { viewerScope: string; subjectId: string }) => sql`
  select o.shop_id, o.id from orders.orders o
   where o.released_at is null and o.state in ('awaiting', 'delivering', 'delivered', 'completed')
     and ((${p.viewerScope}::text = 'shop' and o.shop_id = ${p.subjectId}) or (${p.viewerScope}::text = 'user' and o.buyer_id = ${p.subjectId})) order by o.shop_id, o.id`,
);

/** The people of orders that a hold stands on; for notifications, not for screens. */
export const peopleOfOrders = query(
  'aftersales.people_of_orders',
  { id: t.uuid, buyerId: t.uuid, owners: t.array(t.uuid) },
  (p: { viewerShops: readonly string[]; ids: readonly string[] }) => sql`
  select o.id, o.buyer_id, array(select distinct m.user_id from identity.memberships m where m.shop_id = o.shop_id and m.role = 'owner') as owners
    from unnest(${p.viewerShops}::uuid[], ${p.ids}::uuid[]) as x(shop_id, id) join orders.orders o on o.shop_id = x.shop_id and o.id = x.id`,
);
