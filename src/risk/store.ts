import { query, sql, statement, t, ts } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';
import type { MeasureState, TicketState } from './machine.ts';
import type { MeasureStep, PauseCause, Side, SignalKind, TicketKind } from './words.contract.ts';

/** Facts about somebody; one that is known is left as it is. Answers the new ones. */
export const insertSignals = query(
  'risk.insert_signals',
  { subjectId: t.uuid, id: t.uuid },
  (p: {
    subjects: string[];
    ids: string[];
    sides: Side[];
    kinds: SignalKind[];
    refs: string[];
    evidences: string[];
    at: Instant;
  }) => sql`
  insert into risk.signals (subject_id, id, side, kind, ref, evidence, at)
  select x.subject_id, x.id, x.side, x.kind, x.ref, x.evidence::jsonb, ${ts(p.at)}::timestamptz
    from unnest(${p.subjects}::uuid[], ${p.ids}::uuid[], ${p.sides}::text[], ${p.kinds}::text[], ${p.refs}::text[], ${p.evidences}::text[])
      as x(subject_id, id, side, kind, ref, evidence)
  on conflict (subject_id, kind, ref) do nothing
  returning subject_id, id`,
);

/** A measure as its screens and its steps read it. */
export const measureShape = {
  id: t.uuid,
  subjectId: t.uuid,
  side: t.word<Side>(),
  step: t.word<MeasureStep>(),
  state: t.word<MeasureState>(),
  steps: t.int,
  signals: t.array(t.uuid),
  reasons: t.text,
  articles: t.array(t.text),
  rulebook: t.text,
  proposedBy: t.uuid,
  proposedAt: t.instant,
  confirmedBy: t.uuid.null,
  startsAt: t.instant.null,
  endsAt: t.instant.null,
  appealUntil: t.instant.null,
  heardBy: t.uuid.null,
  endedAt: t.instant.null,
};
export const measureColumns = sql`
  id, subject_id, side, step, state, steps, signals, reasons, articles, rulebook, proposed_by, proposed_at, confirmed_by, starts_at,
         ends_at, appeal_until, heard_by, ended_at`;

/** Measures by their ids, locked in the order of their keys. */
export const lockMeasures = query(
  'risk.lock_measures',
  measureShape,
  (p: { ids: readonly string[] }) => sql`
  select ${measureColumns}
    from risk.measures where id = any(${[...p.ids]}::uuid[]) order by subject_id, id for update`,
);

/** All measures of one subject, locked, so that two proposals wait for each other where there is one already. */
export const lockMeasuresOf = query(
  'risk.lock_measures_of',
  measureShape,
  (p: { subjectId: string }) => sql`
  select ${measureColumns}
    from risk.measures where subject_id = ${p.subjectId} order by id for update`,
);

/** One proposal at a time for a subject: the index refuses the second one, which then writes nothing. */
export const insertMeasure = statement(
  'risk.insert_measure',
  (p: {
    subjectId: string;
    id: string;
    side: Side;
    step: MeasureStep;
    signals: readonly string[];
    reasons: string;
    articles: readonly string[];
    rulebook: string;
    byId: string;
    at: Instant;
  }) => sql`
  insert into risk.measures (subject_id, id, side, step, state, steps, signals, reasons, articles, rulebook, proposed_by, proposed_at)
  values (${p.subjectId}, ${p.id}, ${p.side}, ${p.step}, 'proposed', 1, ${[...p.signals]}::uuid[], ${p.reasons}, ${[...p.articles]}::text[], ${p.rulebook},
          ${p.byId}, ${ts(p.at)}::timestamptz)
  on conflict (subject_id) where state = 'proposed' do nothing`,
);

export const writeMeasure = statement(
  'risk.write_measure',
  (p: {
    subjectId: string;
    id: string;
    state: MeasureState;
    steps: number;
    confirmedBy: string | null;
    startsAt: Instant | null;
    endsAt: Instant | null;
    appealUntil: Instant | null;
    heardBy: string | null;
    endedAt: Instant | null;
  }) => sql`
  update risk.measures set state = ${p.state}, steps = ${p.steps}::int, confirmed_by = ${p.confirmedBy}::uuid, starts_at = ${ts(p.startsAt)}::timestamptz,
         ends_at = ${ts(p.endsAt)}::timestamptz, appeal_until = ${ts(p.appealUntil)}::timestamptz, heard_by = ${p.heardBy}::uuid, ended_at = ${ts(p.endedAt)}::timestamptz
   where subject_id = ${p.subjectId} and id = ${p.id}`,
);

export const insertMeasureStep = statement(
  'risk.insert_measure_step',
  (p: {
    subjectId: string;
    measureId: string;
    step: number;
    from: string;
    event: string;
    to: string;
    by: string;
    byId: string | null;
    article: string;
    text: string;
    at: Instant;
  }) => sql`
  insert into risk.measure_steps (subject_id, measure_id, step, from_state, event, to_state, by_kind, by_id, article, text, at)
  values (${p.subjectId}, ${p.measureId}, ${p.step}::int, ${p.from}, ${p.event}, ${p.to}, ${p.by}, ${p.byId}::uuid, ${p.article}, ${p.text}, ${ts(p.at)}::timestamptz)`,
);

/** Points of a shop; the same cause counts once. */
export const insertScores = statement(
  'risk.insert_scores',
  (p: { shops: string[]; kinds: string[]; refs: string[]; points: number[]; at: Instant }) => sql`
  insert into risk.scores (shop_id, kind, ref, points, at)
  select x.*, ${ts(p.at)}::timestamptz from unnest(${p.shops}::uuid[], ${p.kinds}::text[], ${p.refs}::uuid[], ${p.points}::int[]) as x
  on conflict do nothing`,
);

const ticketShape = {
  id: t.uuid,
  kind: t.word<TicketKind>(),
  subjectId: t.uuid,
  state: t.word<TicketState>(),
  steps: t.int,
  facts: t.json<Record<string, string | number | null>>(),
  proposedBy: t.uuid.null,
  endedBy: t.uuid.null,
  endedAt: t.instant.null,
};

/** Opens tickets; one that is there for the same cause is left as it is. Answers the new ones. */
export const insertTickets = query(
  'risk.insert_tickets',
  { id: t.uuid },
  (p: {
    ids: string[];
    kinds: TicketKind[];
    subjects: string[];
    refs: string[];
    states: TicketState[];
    facts: string[];
    at: Instant;
  }) => sql`
  insert into risk.tickets (id, kind, subject_id, ref, state, steps, facts, opened_at)
  select x.id, x.kind, x.subject_id, x.ref, x.state, 1, x.facts::jsonb, ${ts(p.at)}::timestamptz
    from unnest(${p.ids}::uuid[], ${p.kinds}::text[], ${p.subjects}::uuid[], ${p.refs}::text[], ${p.states}::text[], ${p.facts}::text[])
      as x(id, kind, subject_id, ref, state, facts)
  on conflict (kind, subject_id, ref) do nothing
  returning id`,
);

export const lockTickets = query(
  'risk.lock_tickets',
  ticketShape,
  (p: { ids: readonly string[] }) => sql`
  select id, kind, subject_id, state, steps, facts, proposed_by, ended_by, ended_at from risk.tickets
   where id = any(${[...p.ids]}::uuid[]) order by id for update`,
);

/** The open tickets of a kind about these subjects, locked. */
export const lockOpenTickets = query(
  'risk.lock_open_tickets',
  ticketShape,
  (p: { kind: TicketKind; subjects: readonly string[] }) => sql`
  select id, kind, subject_id, state, steps, facts, proposed_by, ended_by, ended_at from risk.tickets
   where kind = ${p.kind} and subject_id = any(${[...p.subjects]}::uuid[]) and ended_at is null order by id for update`,
);

export const writeTicket = statement(
  'risk.write_ticket',
  (p: {
    id: string;
    state: TicketState;
    steps: number;
    proposedBy: string | null;
    endedBy: string | null;
    endedAt: Instant | null;
  }) => sql`
  update risk.tickets set state = ${p.state}, steps = ${p.steps}::int, proposed_by = ${p.proposedBy}::uuid, ended_by = ${p.endedBy}::uuid, ended_at = ${ts(p.endedAt)}::timestamptz
   where id = ${p.id}`,
);

export const insertTicketSteps = statement(
  'risk.insert_ticket_steps',
  (p: {
    ids: string[];
    steps: number[];
    froms: string[];
    events: string[];
    tos: string[];
    bys: string[];
    byIds: (string | null)[];
    articles: string[];
    texts: string[];
    at: Instant;
  }) => sql`
  insert into risk.ticket_steps (ticket_id, step, from_state, event, to_state, by_kind, by_id, article, text, at)
  select x.*, ${ts(p.at)}::timestamptz
    from unnest(${p.ids}::uuid[], ${p.steps}::int[], ${p.froms}::text[], ${p.events}::text[], ${p.tos}::text[], ${p.bys}::text[], ${p.byIds}::uuid[],
                ${p.articles}::text[], ${p.texts}::text[]) as x`,
);

/** Pauses of listings; one that stands is left as it is. Answers the new ones. */
export const insertPauses = query(
  'risk.insert_pauses',
  { shopId: t.uuid, listingId: t.uuid, cause: t.word<PauseCause>() },
  (p: { shops: string[]; listings: string[]; causes: PauseCause[]; facts: string[]; at: Instant }) => sql`
  insert into risk.pauses (shop_id, listing_id, cause, facts, since)
  select x.shop_id, x.listing_id, x.cause, x.facts::jsonb, ${ts(p.at)}::timestamptz
    from unnest(${p.shops}::uuid[], ${p.listings}::uuid[], ${p.causes}::text[], ${p.facts}::text[]) as x(shop_id, listing_id, cause, facts)
  on conflict do nothing
  returning shop_id, listing_id, cause`,
);

/** Cured causes go; answers those that stood. */
export const deletePauses = query(
  'risk.delete_pauses',
  { shopId: t.uuid, listingId: t.uuid, cause: t.word<PauseCause>() },
  (p: { shops: string[]; listings: string[]; causes: PauseCause[] }) => sql`
  delete from risk.pauses d using unnest(${p.shops}::uuid[], ${p.listings}::uuid[], ${p.causes}::text[]) as x(shop_id, listing_id, cause)
   where d.shop_id = x.shop_id and d.listing_id = x.listing_id and d.cause = x.cause
  returning d.shop_id, d.listing_id, d.cause`,
);

export const insertPauseEvents = statement(
  'risk.insert_pause_events',
  (p: {
    shops: string[];
    listings: string[];
    ids: string[];
    events: string[];
    causes: string[];
    facts: string[];
    at: Instant;
  }) => sql`
  insert into risk.pause_events (shop_id, listing_id, id, event, cause, facts, at)
  select x.shop_id, x.listing_id, x.id, x.event, x.cause, x.facts::jsonb, ${ts(p.at)}::timestamptz
    from unnest(${p.shops}::uuid[], ${p.listings}::uuid[], ${p.ids}::uuid[], ${p.events}::text[], ${p.causes}::text[], ${p.facts}::text[])
      as x(shop_id, listing_id, id, event, cause, facts)`,
);

export const insertHealth = statement(
  'risk.insert_health',
  (p: {
    shops: string[];
    listings: string[];
    deliveries: number[];
    lates: number[];
    p95s: (number | null)[];
    promises: number[];
    stocks: (number | null)[];
    at: Instant;
  }) => sql`
  insert into risk.health (shop_id, listing_id, at, deliveries, late, p95_seconds, promise_seconds, stock)
  select x.shop_id, x.listing_id, ${ts(p.at)}::timestamptz, x.deliveries, x.late, x.p95, x.promise, x.stock
    from unnest(${p.shops}::uuid[], ${p.listings}::uuid[], ${p.deliveries}::int[], ${p.lates}::int[], ${p.p95s}::int[], ${p.promises}::int[], ${p.stocks}::int[])
      as x(shop_id, listing_id, deliveries, late, p95, promise, stock)
  on conflict do nothing`,
);

/** Orders of article 48, once. */
export const insertHighOrders = statement(
  'risk.insert_high_orders',
  (p: {
    shops: string[];
    orders: string[];
    totals: bigint[];
    extras: number[];
    witnesses: boolean[];
    at: Instant;
  }) => sql`
  insert into risk.high_orders (shop_id, order_id, total_fen, extra_days, witness, at)
  select x.*, ${ts(p.at)}::timestamptz from unnest(${p.shops}::uuid[], ${p.orders}::uuid[], ${p.totals}::bigint[], ${p.extras}::smallint[], ${p.witnesses}::bool[]) as x
  on conflict do nothing`,
);

export const setAnchored = statement(
  'risk.set_anchored',
  (p: { shopId: string; orderId: string; at: Instant }) => sql`
  update risk.high_orders set anchored_at = ${ts(p.at)}::timestamptz where shop_id = ${p.shopId} and order_id = ${p.orderId} and anchored_at is null`,
);

export const setInspected = statement(
  'risk.set_inspected',
  (p: { shopId: string; orderId: string; byId: string; at: Instant }) => sql`
  update risk.high_orders set inspected_at = ${ts(p.at)}::timestamptz, inspected_by = ${p.byId}
   where shop_id = ${p.shopId} and order_id = ${p.orderId} and inspected_at is null`,
);

export const putRates = statement(
  'risk.put_rates',
  (p: {
    shopId: string;
    orders: number;
    disputed: number;
    answered: number;
    firstSeconds: number | null;
    at: Instant;
  }) => sql`
  insert into risk.rates (shop_id, orders, disputed, answered, first_seconds, at)
  values (${p.shopId}, ${p.orders}::int, ${p.disputed}::int, ${p.answered}::int, ${p.firstSeconds}::int, ${ts(p.at)}::timestamptz)
  on conflict (shop_id) do update set orders = excluded.orders, disputed = excluded.disputed, answered = excluded.answered,
    first_seconds = excluded.first_seconds, at = excluded.at`,
);
