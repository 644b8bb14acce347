import { query, sql, t, ts } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';
import type { MeasureState, TicketState } from './machine.ts';
import type { Evidence } from './rules.ts';
import { measureColumns, measureShape } from './store.ts';
import type { MeasureStep, PauseCause, Side, SignalKind, TicketKind } from './words.contract.ts';

/** All that was found about one subject, newest first. */
export const signalsOf = query(
  'risk.signals_of',
  {
    id: t.uuid,
    side: t.word<Side>(),
    kind: t.word<SignalKind>(),
    evidence: t.json<Evidence>(),
    at: t.instant,
  },
  (p: { viewerSubject: string }) => sql`
  select id, side, kind, evidence, at from risk.signals where subject_id = ${p.viewerSubject} order by at desc, id desc limit 200`,
);

/** All measures of these subjects, newest first. Whom they are about sees none that is only proposed: the route leaves those out. */
export const measuresOf = query(
  'risk.measures_of',
  measureShape,
  (p: { viewerSubjects: readonly string[] }) => sql`
  select ${measureColumns}
    from risk.measures where subject_id = any(${[...p.viewerSubjects]}::uuid[]) order by proposed_at desc, id desc limit 100`,
);

export const stepsOfMeasures = query(
  'risk.steps_of_measures',
  {
    measureId: t.uuid,
    step: t.int,
    event: t.text,
    byKind: t.text,
    byId: t.uuid.null,
    article: t.text,
    text: t.text,
    at: t.instant,
  },
  (p: { viewerSubjects: readonly string[] }) => sql`
  select measure_id, step, event, by_kind, by_id, article, text, at from risk.measure_steps
   where subject_id = any(${[...p.viewerSubjects]}::uuid[]) order by measure_id, step`,
);

/** What binds these buyers now; nothing for most. */
export const bindingOf = query(
  'risk.binding_of',
  {
    id: t.uuid,
    subjectId: t.uuid,
    step: t.word<MeasureStep>(),
    state: t.word<MeasureState>(),
    endsAt: t.instant.null,
    rulebook: t.text,
  },
  (p: { viewerBuyers: readonly string[] }) => sql`
  select m.id, m.subject_id, m.step, m.state, m.ends_at, m.rulebook
    from unnest(${[...p.viewerBuyers]}::uuid[]) as x(id)
   cross join lateral (select * from risk.measures m where m.subject_id = x.id and m.state in ('running', 'appealed', 'upheld')) m`,
);

/** Shops whose money waits and who may put nothing new on sale: by a silent shop's alarm, a ban, or a rate of disputes. */
export const standingsNow = query(
  'risk.standings_now',
  { shopId: t.uuid, frozen: t.bool, banned: t.bool, newStopped: t.bool },
  (p: { viewerShops: readonly string[] }) => sql`
  select x.id as shop_id, coalesce(r.is, false) or coalesce(b.is, false) as frozen, coalesce(b.is, false) as banned,
         coalesce(d.is, false) or coalesce(r.is, false) or coalesce(b.is, false) as new_stopped
    from unnest(${[...p.viewerShops]}::uuid[]) as x(id)
    left join lateral (select true as is from risk.tickets t where t.subject_id = x.id and t.kind = 'runaway' and t.ended_at is null limit 1) r on true
    left join lateral (select true as is from risk.tickets t where t.subject_id = x.id and t.kind = 'dispute_rate' and t.ended_at is null
                                               and t.facts->>'level' = 'freeze' limit 1) d on true
    left join lateral (select true as is from risk.measures m where m.subject_id = x.id and m.step = 'ban' and m.state in ('running', 'appealed', 'upheld') limit 1) b on true`,
);

export const scoresOf = query(
  'risk.scores_of',
  { kind: t.text, points: t.int, at: t.instant },
  (p: { viewerShop: string }) => sql`
  select kind, points, at from risk.scores where shop_id = ${p.viewerShop} order by at desc, ref limit 50`,
);
/** 100 less what was lost and given back in the window, between 0 and 100: the published formula of article 36's score events. */
export const scoreOf = query(
  'risk.score_of',
  { score: t.int },
  (p: { viewerShop: string; since: Instant }) => sql`
  select greatest(0, least(100, 100 + coalesce(sum(points), 0)))::int as score from risk.scores where shop_id = ${p.viewerShop} and at > ${ts(p.since)}::timestamptz`,
);

/** Which causes keep these listings paused. */
export const pausesOfListings = query(
  'risk.pauses_of_listings',
  { shopId: t.uuid, listingId: t.uuid, cause: t.word<PauseCause>(), since: t.instant },
  (p: { viewerShops: readonly string[]; listings: readonly string[] }) => sql`
  select d.shop_id, d.listing_id, d.cause, d.since from unnest(${[...p.viewerShops]}::uuid[], ${[...p.listings]}::uuid[]) as x(shop_id, listing_id)
   cross join lateral (select * from risk.pauses d where d.shop_id = x.shop_id and d.listing_id = x.listing_id) d order by d.since, d.cause`,
);

/** All pauses, of one shop or of everybody. */
export const pausesNow = query(
  'risk.pauses_now',
  {
    shopId: t.uuid,
    listingId: t.uuid,
    cause: t.word<PauseCause>(),
    since: t.instant,
    facts: t.json<Record<string, string | number | null>>(),
  },
  (p: { viewerShop: string | null; limit: number }) => sql`
  select shop_id, listing_id, cause, since, facts from risk.pauses where (${p.viewerShop}::uuid is null or shop_id = ${p.viewerShop}::uuid) order by since desc, listing_id limit ${p.limit}::int`,
);

/** The series of the health page: what was measured since a moment. */
export const healthOf = query(
  'risk.health_of',
  {
    listingId: t.uuid,
    at: t.instant,
    deliveries: t.int,
    late: t.int,
    p95: t.int.null,
    promise: t.int,
    stock: t.int.null,
  },
  (p: { viewerShop: string; since: Instant }) => sql`
  select listing_id, at, deliveries, late, p95_seconds as p95, promise_seconds as promise, stock from risk.health
   where shop_id = ${p.viewerShop} and at > ${ts(p.since)}::timestamptz order by at, listing_id limit 2000`,
);

/** Open tickets, oldest first, and of a shop also those that are over. */
export const ticketsNow = query(
  'risk.tickets_now',
  {
    id: t.uuid,
    kind: t.word<TicketKind>(),
    subjectId: t.uuid,
    state: t.word<TicketState>(),
    facts: t.json<Record<string, string | number | null>>(),
    openedAt: t.instant,
    proposedBy: t.uuid.null,
    dueAt: t.instant.null,
  },
  (p: { viewerShop: string | null; limit: number }) => sql`
  select k.id, k.kind, k.subject_id, k.state, k.facts, k.opened_at, k.proposed_by, d.due_at
    from risk.tickets k left join kit.deadlines d on d.about = k.id and d.what = 'risk.review'
   where case when ${p.viewerShop}::uuid is null then k.ended_at is null else k.subject_id = ${p.viewerShop}::uuid and k.ended_at is null end
   order by k.opened_at, k.id limit ${p.limit}::int`,
);

/** What waits for a second or a third person. */
export const measuresWaiting = query(
  'risk.measures_waiting',
  {
    id: t.uuid,
    subjectId: t.uuid,
    side: t.word<Side>(),
    step: t.word<MeasureStep>(),
    state: t.word<MeasureState>(),
    proposedBy: t.uuid,
    confirmedBy: t.uuid.null,
    at: t.instant,
  },
  (p: { viewerStaff: boolean; limit: number }) => sql`
  select id, subject_id, side, step, state, proposed_by, confirmed_by, proposed_at as at from risk.measures
   where ${p.viewerStaff} and ended_at is null and state in ('proposed', 'appealed') order by proposed_at, id limit ${p.limit}::int`,
);

/** Who has evidence against them that no measure used, newest first. */
export const subjectsWithNews = query(
  'risk.subjects_with_news',
  { side: t.word<Side>(), subjectId: t.uuid, fresh: t.int, lastAt: t.instant },
  (p: { viewerStaff: boolean; since: Instant; limit: number }) => sql`
  select s.side, s.subject_id, count(*) as fresh, max(s.at) as last_at from risk.signals s
   where ${p.viewerStaff} and s.at > ${ts(p.since)}::timestamptz and not exists (select 1 from risk.measures m where m.subject_id = s.subject_id and s.id = any(m.signals))
   group by s.side, s.subject_id order by max(s.at) desc, s.subject_id limit ${p.limit}::int`,
);

/** Names of people and shops, for the staff. */
export const namesOf = query(
  'risk.names_of',
  { id: t.uuid, name: t.text },
  (p: { viewerStaff: boolean; ids: readonly string[] }) => sql`
  select id, name from identity.users where ${p.viewerStaff} and id = any(${[...p.ids]}::uuid[])
  union all
  select id, name from merchants.shops where ${p.viewerStaff} and id = any(${[...p.ids]}::uuid[])`,
);

/** Penalties of shops, public (article 34): confirmed ones only. */
export const penaltiesPublished = query(
  'risk.penalties_published',
  {
    shopId: t.uuid,
    shopName: t.text,
    step: t.word<MeasureStep>(),
    state: t.word<MeasureState>(),
    reasons: t.text,
    articles: t.array(t.text),
    at: t.instant,
    endsAt: t.instant.null,
  },
  (p: { limit: number }) => sql`
  select m.subject_id as shop_id, s.name as shop_name, m.step, m.state, m.reasons, m.articles, m.starts_at as at, m.ends_at
    from risk.measures m join merchants.shops s on s.id = m.subject_id
   where m.side = 'merchant' and m.starts_at is not null order by m.starts_at desc, m.id limit ${p.limit}::int`,
);

/** Orders of high value with their switches, for whoever may see the order. */
export const highOrderOf = query(
  'risk.high_order_of',
  {
    total: t.fen,
    extraDays: t.int,
    witness: t.bool,
    anchoredAt: t.instant.null,
    inspectedAt: t.instant.null,
  },
  (p: { shopId: string; viewerOrder: string }) => sql`
  select total_fen as total, extra_days, witness, anchored_at, inspected_at from risk.high_orders where shop_id = ${p.shopId} and order_id = ${p.viewerOrder}`,
);
export const inspectionsOpen = query(
  'risk.inspections_open',
  { shopId: t.uuid, orderId: t.uuid, shopName: t.text, total: t.fen, witness: t.bool, at: t.instant },
  (p: { viewerStaff: boolean; limit: number }) => sql`
  select h.shop_id, h.order_id, s.name as shop_name, h.total_fen as total, h.witness, h.at
    from risk.high_orders h join merchants.shops s on s.id = h.shop_id where ${p.viewerStaff} and h.inspected_at is null order by h.at, h.order_id limit ${p.limit}::int`,
);

/** What was counted of a shop last, public. */
export const ratesOf = query(
  'risk.rates_of',
  { orders: t.int, disputed: t.int, answered: t.int, firstSeconds: t.int.null, at: t.instant },
  (p: { shopId: string }) => sql`
  select orders, disputed, answered, first_seconds, at from risk.rates where shop_id = ${p.shopId}`,
);
