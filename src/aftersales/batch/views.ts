import { bare, query, sql, t, ts } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';
import type { CaseState } from '../machine.ts';
import type { ReasonCode } from '../reasons.data.ts';
import type { GroupState } from './machine.ts';

/** What filed cases are about: the batch of their first key, or the listing. */
export const subjectsOf = query(
  'aftersales.subjects_of',
  {
    shopId: t.uuid,
    caseId: t.uuid,
    reason: t.word<ReasonCode>(),
    rulebook: t.text,
    filedAt: t.instant,
    listingId: t.uuid,
    subjectId: t.uuid,
  },
  (p: { viewerShops: readonly string[]; ids: readonly string[] }) => sql`
  select c.shop_id, c.id as case_id, c.reason, c.rulebook, c.filed_at, l.listing_id,
         coalesce((select k.batch_id from inventory.keys k where k.shop_id = l.shop_id and k.pool_id = l.pool_id and k.number = l.numbers[c.places[1]]), l.listing_id) as subject_id
    from unnest(${bare(p.viewerShops)}::uuid[], ${bare(p.ids)}::uuid[]) as x(shop_id, id)
   cross join lateral (select * from aftersales.cases c where c.shop_id = x.shop_id and c.id = x.id) c
   cross join lateral (select * from orders.lines l where l.shop_id = c.shop_id and l.order_id = c.order_id and l.number = c.line) l
   order by c.id`,
);

/** Cases about a batch since a moment that were not withdrawn or turned away, oldest first; `open`: nothing is settled in them yet. */
export const casesAbout = query(
  'aftersales.cases_about',
  { caseId: t.uuid, buyerId: t.uuid, open: t.bool },
  (p: { shopId: string; viewerSubject: string; since: Instant }) => sql`
  select c.id as case_id, c.buyer_id, c.state in ('negotiation', 'refused', 'intervention', 'review', 'evidence', 'signing') as open
    from aftersales.case_subjects s join aftersales.cases c on c.shop_id = s.shop_id and c.id = s.case_id
   where s.shop_id = ${p.shopId} and s.subject_id = ${p.viewerSubject} and s.at >= ${ts(p.since)}::timestamptz and c.state not in ('withdrawn', 'inadmissible') order by s.at, c.id`,
);

/** How many units of a batch, or of a listing, were sold. */
export const soldOf = query(
  'aftersales.sold_of',
  { sold: t.int },
  (p: { shopId: string; viewerSubject: string }) => sql`
  select coalesce(
    (select least(greatest(o.next_number - b.first_number, 0), b.count) from inventory.batches b join inventory.pools o on o.shop_id = b.shop_id and o.id = b.pool_id
      where b.shop_id = ${p.shopId} and b.id = ${p.viewerSubject}),
    (select coalesce(sum(l.quantity), 0) from orders.lines l where l.shop_id = ${p.shopId} and l.listing_id = ${p.viewerSubject}))::bigint as sold`,
);

/** Groups and batches that rang, newest first, for the desk. */
export const groupsShown = query(
  'aftersales.groups_shown',
  {
    id: t.uuid,
    shopId: t.uuid,
    shopName: t.text,
    title: t.text,
    state: t.word<GroupState>(),
    openedAt: t.instant,
    cases: t.int,
    waiting: t.int,
    asked: t.fen,
  },
  (p: { viewerStaff: boolean; limit: number }) => sql`
  select g.id, g.shop_id, s.name as shop_name, v.content->>'title' as title, g.state, g.opened_at, m.cases, m.waiting, m.asked
    from aftersales.case_groups g join merchants.shops s on s.id = g.shop_id
    join catalog.listings l on l.shop_id = g.shop_id and l.id = g.listing_id
    join catalog.listing_versions v on v.shop_id = l.shop_id and v.listing_id = l.id and v.version = l.version
   cross join lateral (select count(*) filter (where m.left_at is null) as cases, count(*) filter (where m.left_at is null and m.found_at is null) as waiting,
                              coalesce(sum(c.asked_fen) filter (where m.left_at is null), 0)::bigint as asked
                         from aftersales.case_group_members m join aftersales.cases c on c.shop_id = m.shop_id and c.id = m.case_id
                        where m.shop_id = g.shop_id and m.group_id = g.id) m
   where ${p.viewerStaff}::boolean order by g.opened_at desc, g.id limit ${p.limit}::int`,
);

export const alarmsShown = query(
  'aftersales.alarms_shown',
  {
    shopName: t.text,
    shopId: t.uuid,
    listingId: t.uuid,
    title: t.text,
    isBatch: t.bool,
    cases: t.int,
    sold: t.int,
    alarmedAt: t.instant,
    suspended: t.bool,
  },
  (p: { viewerStaff: boolean; limit: number }) => sql`
  select s.name as shop_name, w.shop_id, w.listing_id, v.content->>'title' as title, w.subject_id <> w.listing_id as is_batch, w.cases, w.sold, w.alarmed_at,
         exists (select 1 from risk.pauses p where p.shop_id = w.shop_id and p.listing_id = w.listing_id and p.cause = 'batch') as suspended
    from aftersales.batch_watches w join merchants.shops s on s.id = w.shop_id
    join catalog.listings l on l.shop_id = w.shop_id and l.id = w.listing_id
    join catalog.listing_versions v on v.shop_id = l.shop_id and v.listing_id = l.id and v.version = l.version
   where w.alarmed_at is not null and ${p.viewerStaff}::boolean order by w.alarmed_at desc limit ${p.limit}::int`,
);

/** Whether an alarm keeps a listing from being sold, and whose it is. */
export const stoppedBatches = query(
  'aftersales.stopped_batches',
  { shopId: t.uuid },
  (p: { viewerListing: string }) => sql`
  select p.shop_id from catalog.listings l join risk.pauses p on p.shop_id = l.shop_id and p.listing_id = l.id
   where l.id = ${p.viewerListing} and p.cause = 'batch'`,
);

const groupHead = {
  id: t.uuid,
  shopId: t.uuid,
  shopName: t.text,
  listingId: t.uuid,
  title: t.text,
  isBatch: t.bool,
  state: t.word<GroupState>(),
  rulebook: t.text,
  representativeId: t.uuid,
  proposedBy: t.uuid.null,
  finding: t.json<Record<string, unknown>>().null,
  openedAt: t.instant,
  decidedAt: t.instant.null,
};

/** The head of a group; the caller has decided that the viewer may see it. */
export const groupHeadOf = query(
  'aftersales.group_head',
  groupHead,
  (p: { viewerGroup: string }) => sql`
  select g.id, g.shop_id, s.name as shop_name, g.listing_id, v.content->>'title' as title, g.subject_id <> g.listing_id as is_batch, g.state, g.rulebook, g.representative_id, g.proposed_by, g.finding,
         g.opened_at, g.decided_at
    from aftersales.case_groups g join merchants.shops s on s.id = g.shop_id
    join catalog.listings l on l.shop_id = g.shop_id and l.id = g.listing_id
    join catalog.listing_versions v on v.shop_id = l.shop_id and v.listing_id = l.id and v.version = l.version
   where g.id = ${p.viewerGroup}`,
);

export const membersShown = query(
  'aftersales.members_shown',
  {
    caseId: t.uuid,
    buyerId: t.uuid,
    state: t.word<CaseState>(),
    reason: t.word<ReasonCode>(),
    remedy: t.text,
    asked: t.fen,
    paid: t.fen.null,
    outcome: t.text.null,
    left: t.bool,
    joinedAt: t.instant,
  },
  (p: { shopId: string; viewerGroup: string }) => sql`
  select c.id as case_id, c.buyer_id, c.state, c.reason, c.remedy, c.asked_fen as asked, e.amount_fen as paid, m.outcome, m.left_at is not null as left, m.joined_at
    from aftersales.case_group_members m join aftersales.cases c on c.shop_id = m.shop_id and c.id = m.case_id
    left join aftersales.executions e on e.shop_id = c.shop_id and e.case_id = c.id
   where m.shop_id = ${p.shopId} and m.group_id = ${p.viewerGroup} order by m.joined_at, c.id`,
);

export const wordsOfGroup = query(
  'aftersales.words_of_group',
  { number: t.int, text: t.text, at: t.instant },
  (p: { shopId: string; viewerGroup: string }) => sql`
  select number, text, at from aftersales.case_group_words where shop_id = ${p.shopId} and group_id = ${p.viewerGroup} order by number`,
);

/** The group that a case is or was in. */
export const groupOfCase = query(
  'aftersales.group_of_case',
  { groupId: t.uuid, left: t.bool, outcome: t.text.null },
  (p: { shopId: string; viewerCase: string }) => sql`
  select group_id, left_at is not null as left, outcome from aftersales.case_group_members where shop_id = ${p.shopId} and case_id = ${p.viewerCase}`,
);
