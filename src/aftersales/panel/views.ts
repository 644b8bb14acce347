import { bare, query, sql, t } from '../../kit/sql.ts';
import type { TribunalKind } from './draw.rules.ts';

type Of = { shopId: string; viewerCase: string; buyerIds: readonly string[] };

/** Arbitrators who have nothing to do with a case: no party, nobody of its shop, and nobody who had it in hands (F051, F118). */
export const freeArbitrators = query(
  'aftersales.free_arbitrators',
  { userId: t.uuid },
  (p: Of) => sql`
  select s.user_id from identity.staff s
   where s.role = 'arbitrator' and s.user_id <> all(${bare(p.buyerIds)}::uuid[])
     and not exists (select 1 from identity.memberships m where m.shop_id = ${p.shopId} and m.user_id = s.user_id)
     and not exists (select 1 from aftersales.assignments a where a.shop_id = ${p.shopId} and a.case_id = ${p.viewerCase} and a.user_id = s.user_id)
   order by s.user_id`,
);

/**
 * Volunteers of good record without conflict: enough completed orders, or a role in a verified shop; no party, nobody of the shop, none who
 * ever had a case with it, and nobody of the platform's staff.
 */
export const freeJurors = query(
  'aftersales.free_jurors',
  { userId: t.uuid },
  (p: Of & { orders: number }) => sql`
  select j.user_id from aftersales.jurors j
   where j.willing and j.user_id <> all(${bare(p.buyerIds)}::uuid[])
     and not exists (select 1 from identity.staff s where s.user_id = j.user_id)
     and not exists (select 1 from aftersales.assignments a where a.shop_id = ${p.shopId} and a.case_id = ${p.viewerCase} and a.user_id = j.user_id)
     and not exists (select 1 from identity.memberships m where m.shop_id = ${p.shopId} and m.user_id = j.user_id)
     and not exists (select 1 from aftersales.cases c where c.buyer_id = j.user_id and c.shop_id = ${p.shopId})
     and ((select count(*) from (select 1 from orders.orders o where o.buyer_id = j.user_id and o.completed_at is not null limit ${p.orders}::int) o) >= ${p.orders}::int
       or exists (select 1 from identity.memberships m join merchants.shops h on h.id = m.shop_id where m.user_id = j.user_id and h.verified_at is not null))
   order by j.user_id`,
);

/** Everybody who is the buyer of an order: the account itself and, of a guest's order, the account that claimed it. */
export const buyersOf = query(
  'aftersales.buyers_of',
  { userId: t.uuid },
  (p: { viewerBuyer: string }) => sql`
  select ${p.viewerBuyer}::uuid as user_id union select g.user_id from identity.guest_claims g where g.guest_id = ${p.viewerBuyer}`,
);

/** Whether somebody may sit on juries at all. */
export const jurorRecord = query(
  'aftersales.juror_record',
  { willing: t.bool, orders: t.int, verified: t.bool, staff: t.bool },
  (p: { viewerId: string; orders: number }) => sql`
  select coalesce((select j.willing from aftersales.jurors j where j.user_id = ${p.viewerId}), false) as willing,
         (select count(*) from (select 1 from orders.orders o where o.buyer_id = ${p.viewerId} and o.completed_at is not null limit ${p.orders}::int) o) as orders,
         exists (select 1 from identity.memberships m join merchants.shops h on h.id = m.shop_id where m.user_id = ${p.viewerId} and h.verified_at is not null) as verified,
         exists (select 1 from identity.staff s where s.user_id = ${p.viewerId}) as staff`,
);

/** Tribunals whose lot is there: the first published checkpoint that covers the event by which they were asked for. */
export const drawable = query(
  'aftersales.drawable',
  { caseId: t.uuid, kind: t.word<TribunalKind>(), size: t.int, root: t.bytes },
  (p: { viewerLimit: number }) => sql`
  select w.case_id, w.kind, n.size, k.root
    from (select * from aftersales.tribunals w where w.state = 'drawing' order by w.asked_at limit ${p.viewerLimit}::int) w
    join aftersales.cases c on c.shop_id = w.shop_id and c.id = w.case_id and c.state = case w.kind when 'jury' then 'jury' else 'arbitration' end
   cross join lateral (select b.first + e.place - 1 as index from evidence.events e join evidence.batches b on b.id = e.batch where e.shop_id = w.shop_id and e.about = c.order_id and e.seq = w.after_seq) l
   cross join lateral (select n.size from evidence.notes n where n.size > l.index order by n.size limit 1) n
   cross join lateral (select k.root from evidence.checkpoints k where k.size = n.size) k`,
);

const tribunalKey = (p: { shopId: string; viewerCase: string }) =>
  sql`shop_id = ${p.shopId} and case_id = ${p.viewerCase}`;

/** Tribunals of a case, for its page. */
export const tribunalsOf = query(
  'aftersales.tribunals_of',
  {
    kind: t.word<TribunalKind>(),
    state: t.text,
    seats: t.int,
    round: t.int,
    tokens: t.array(t.text),
    listSha256: t.bytes,
    sourceSize: t.int.null,
    sourceRoot: t.bytes.null,
    askedAt: t.instant,
    drawnAt: t.instant.null,
    endedAt: t.instant.null,
  },
  (p: { shopId: string; viewerCase: string }) => sql`
  select kind, state, seats, round, tokens, list_sha256, source_size, source_root, asked_at, drawn_at, ended_at
    from aftersales.tribunals where ${tribunalKey(p)} order by asked_at, kind`,
);

/** Their seats with names; whoever shows them decides who may read the names, and when votes are shown. */
export const seatsShown = query(
  'aftersales.seats_shown',
  {
    kind: t.word<TribunalKind>(),
    userId: t.uuid,
    name: t.text,
    rank: t.int,
    state: t.text,
    reason: t.text,
    sealedAt: t.instant.null,
    openedAt: t.instant.null,
    choice: t.text.null,
    body: t.json<Record<string, unknown>>().null,
  },
  (p: { shopId: string; viewerCase: string }) => sql`
  select s.kind, s.user_id, u.name, s.rank, s.state, s.reason, b.at as sealed_at, b.opened_at, b.choice, b.body
    from aftersales.seats s join identity.users u on u.id = s.user_id
    left join aftersales.ballots b on b.shop_id = s.shop_id and b.case_id = s.case_id and b.kind = s.kind and b.user_id = s.user_id
   where s.shop_id = ${p.shopId} and s.case_id = ${p.viewerCase} order by s.kind, s.rank`,
);

/** The cases in which somebody sits now, what ends first comes first. */
export const seatsOf = query(
  'aftersales.seats_of',
  {
    caseId: t.uuid,
    shopId: t.uuid,
    kind: t.word<TribunalKind>(),
    state: t.text,
    voted: t.bool,
    opened: t.bool,
    seat: t.text,
    dueAt: t.instant.null,
    live: t.bool,
    seatedAt: t.instant,
  },
  (p: { viewerId: string; limit: number }) => sql`
  select s.case_id, s.shop_id, s.kind, w.state, b.user_id is not null as voted, b.opened_at is not null as opened, s.state as seat, c.due_at,
         c.state = case s.kind when 'jury' then 'jury' else 'arbitration' end and s.state = 'seated' as live, s.seated_at
    from aftersales.seats s
    join aftersales.tribunals w on w.shop_id = s.shop_id and w.case_id = s.case_id and w.kind = s.kind
    join aftersales.cases c on c.shop_id = s.shop_id and c.id = s.case_id
    left join aftersales.ballots b on b.shop_id = s.shop_id and b.case_id = s.case_id and b.kind = s.kind and b.user_id = s.user_id
   where s.user_id = ${p.viewerId} order by s.seated_at desc limit ${p.limit}::int`,
);

/** Where somebody sits on a jury, if they do. */
export const jurySeat = query(
  'aftersales.jury_seat',
  { shopId: t.uuid, state: t.text, seat: t.text, sealed: t.bool, opened: t.bool, choice: t.text.null },
  (p: { viewerId: string; caseId: string }) => sql`
  select s.shop_id, w.state, s.state as seat, b.user_id is not null as sealed, b.opened_at is not null as opened, b.choice
    from aftersales.seats s
    join aftersales.tribunals w on w.shop_id = s.shop_id and w.case_id = s.case_id and w.kind = s.kind
    left join aftersales.ballots b on b.shop_id = s.shop_id and b.case_id = s.case_id and b.kind = s.kind and b.user_id = s.user_id
   where s.user_id = ${p.viewerId} and s.case_id = ${p.caseId} and s.kind = 'jury'`,
);

/** Requests of recusal that wait for somebody of the staff. */
export const openRecusals = query(
  'aftersales.open_recusals',
  { caseId: t.uuid, by: t.text, text: t.text, name: t.text, at: t.instant },
  (p: { viewerStaff: boolean; limit: number }) => sql`
  select r.case_id, r.by_kind as by, r.text, u.name, r.at from aftersales.recusals r join identity.users u on u.id = r.user_id
   where r.state = 'open' and ${p.viewerStaff}::boolean order by r.at limit ${p.limit}::int`,
);

/** Who sits in these cases now, to be told. */
export const sittingIn = query(
  'aftersales.sitting_in',
  {
    caseId: t.uuid,
    kind: t.word<TribunalKind>(),
    userId: t.uuid,
    dueAt: t.instant.null,
    sealBy: t.instant.null,
  },
  (p: { viewerCases: readonly string[] }) => sql`
  select s.case_id, s.kind, s.user_id, c.due_at,
         (select d.due_at from kit.deadlines d where d.shop_id = c.shop_id and d.about = c.id and d.what = 'jury.reveal') as seal_by
    from unnest(${bare(p.viewerCases)}::uuid[]) as x(id)
    join aftersales.cases c on c.id = x.id join aftersales.seats s on s.shop_id = c.shop_id and s.case_id = c.id where s.state = 'seated'`,
);

/**
 * Who still has to do what a clock of a tribunal waits for: vote in a panel, seal before the votes are opened, open what was sealed. For
 * reminders, not for screens.
 */
export const seatsToRemind = query(
  'aftersales.seats_to_remind',
  { caseId: t.uuid, userId: t.uuid },
  (p: { viewerCases: readonly string[]; shops: readonly string[]; whats: readonly string[] }) => sql`
  select s.case_id, s.user_id
    from unnest(${bare(p.shops)}::uuid[], ${bare(p.viewerCases)}::uuid[], ${bare(p.whats)}::text[]) as x(shop_id, case_id, what)
    join aftersales.tribunals w on w.shop_id = x.shop_id and w.case_id = x.case_id and w.kind = case x.what when 'case.panel' then 'panel' else 'jury' end
    join aftersales.seats s on s.shop_id = w.shop_id and s.case_id = w.case_id and s.kind = w.kind and s.state = 'seated'
    left join aftersales.ballots b on b.shop_id = s.shop_id and b.case_id = s.case_id and b.kind = s.kind and b.user_id = s.user_id
   where case x.what when 'case.panel' then w.state = 'voting' and b.user_id is null
                     when 'jury.reveal' then w.state = 'sealing' and b.user_id is null
                     else w.state = 'opening' and b.user_id is not null and b.opened_at is null end
   order by s.case_id, s.rank`,
);
