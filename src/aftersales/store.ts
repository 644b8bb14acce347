import { bare, json, query, sql, statement, t, ts, tsAll } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';
import type { CaseState, ObjectionState } from './machine.ts';
import type { ReasonCode, Remedy } from './reasons.data.ts';
import type { Share } from './payout.rules.ts';
import type { Turn } from './rules.ts';
import type { Liability } from './words.contract.ts';

type Keys = { shops: string[]; ids: string[] };

export const caseShape = {
  shopId: t.uuid,
  id: t.uuid,
  orderId: t.uuid,
  buyerId: t.uuid,
  line: t.int,
  places: t.array(t.int),
  goods: t.text,
  reason: t.word<ReasonCode>(),
  filedReason: t.word<ReasonCode>(),
  state: t.word<CaseState>(),
  steps: t.int,
  rulebook: t.text,
  remedy: t.word<Remedy>(),
  asked: t.fen,
  awardRemedy: t.word<Remedy | 'none'>().null,
  awardFen: t.fen.null,
  liability: t.json<Liability>().null,
  presumed: t.bool,
  answerHours: t.int.null,
  offers: t.int,
  rounds: t.int,
  reopened: t.bool,
  handlerId: t.uuid.null,
  seniorId: t.uuid.null,
  turn: t.word<Turn>().null,
  dueAt: t.instant.null,
  sinceAt: t.instant.null,
  decideBy: t.instant.null,
  filedAt: t.instant,
  endedAt: t.instant.null,
};
export const caseColumns = sql`
  c.shop_id, c.id, c.order_id, c.buyer_id, c.line, c.places, c.goods, c.reason, c.filed_reason, c.state, c.steps, c.rulebook, c.remedy, c.asked_fen as asked,
  c.award_remedy, c.award_fen as award_fen, c.liability, c.presumed, c.answer_hours, c.offers, c.rounds, c.reopened, c.handler_id, c.senior_id, c.turn, c.due_at, c.since_at, c.decide_by, c.filed_at, c.ended_at`;

/** Where cases are and how their orders were paid, before anything is locked: a payment is locked first of all. */
export const findKeys = query(
  'aftersales.find_keys',
  { shopId: t.uuid, id: t.uuid, orderId: t.uuid, buyerId: t.uuid, paymentId: t.uuid.null },
  (p: { ids: string[] }) => sql`
  select c.shop_id, c.id, c.order_id, c.buyer_id, k.payment_id
    from unnest(${bare(p.ids)}::uuid[]) as x(id)
   cross join lateral (select * from aftersales.cases c where c.id = x.id offset 0) c
   cross join lateral (select * from orders.orders o where o.shop_id = c.shop_id and o.id = c.order_id offset 0) o
   cross join lateral (select * from checkout.checkouts k where k.buyer_id = o.buyer_id and k.idempotency_key = o.checkout_key offset 0) k`,
);

/** The same of an order that gets its first case. */
export const findOrderPayment = query(
  'aftersales.find_order_payment',
  { paymentId: t.uuid.null },
  (p: { shopId: string; orderId: string }) => sql`
  select k.payment_id from orders.orders o
   cross join lateral (select * from checkout.checkouts k where k.buyer_id = o.buyer_id and k.idempotency_key = o.checkout_key offset 0) k
   where o.shop_id = ${p.shopId} and o.id = ${p.orderId}`,
);

export const lockCases = query(
  'aftersales.lock_cases',
  caseShape,
  (p: Keys) => sql`
  select ${caseColumns}
    from (select * from unnest(${bare(p.shops)}::uuid[], ${bare(p.ids)}::uuid[]) as x(shop_id, id) order by shop_id, id) x
   cross join lateral (select * from aftersales.cases c where c.shop_id = x.shop_id and c.id = x.id for update) c`,
);

/** What hangs on locked cases. A statement of its own: the one that waited for the lock would still see what was there before the wait. */
export const findHanging = query(
  'aftersales.find_hanging',
  {
    id: t.uuid,
    statements: t.int,
    exhibits: t.int,
    assignments: t.int,
    ringsAt: t.instant.null,
    decidesAt: t.instant.null,
  },
  (p: Keys) => sql`
  select c.id,
         (select count(*) from aftersales.statements s where s.shop_id = c.shop_id and s.case_id = c.id) as statements,
         (select count(*) from aftersales.exhibits e where e.shop_id = c.shop_id and e.case_id = c.id) as exhibits,
         (select count(*) from aftersales.assignments a where a.shop_id = c.shop_id and a.case_id = c.id) as assignments,
         (select d.due_at from kit.deadlines d where d.shop_id = c.shop_id and d.about = c.id and d.what = case c.state when 'negotiation' then 'case.remedy' when 'refused' then 'case.escalate'
            when 'intervention' then 'case.accept' when 'evidence' then 'case.evidence' when 'decided' then 'case.finalise' when 'executing' then 'case.execute' when 'executed' then 'case.close'
            when 'lapsed' then 'case.unhold' when 'jury_asked' then 'jury.consent' when 'jury' then 'jury.close' when 'arbitration' then 'case.panel'
            when 'chaired' then 'case.chair' when 'awarded' then 'case.final' else 'case.decide' end) as rings_at,
         (select d.due_at from kit.deadlines d where d.shop_id = c.shop_id and d.about = c.id and d.what = 'case.decide') as decides_at
    from unnest(${bare(p.shops)}::uuid[], ${bare(p.ids)}::uuid[]) as x(shop_id, id)
   cross join lateral (select * from aftersales.cases c where c.shop_id = x.shop_id and c.id = x.id offset 0) c`,
);

/** Every case of an order; the caller holds the order's lock, under which cases are filed. */
export const casesOfOrder = query(
  'aftersales.cases_of_order',
  caseShape,
  (p: { shopId: string; orderId: string }) => sql`
  select ${caseColumns} from aftersales.cases c where c.shop_id = ${p.shopId} and c.order_id = ${p.orderId} order by c.id`,
);

export const insertCase = statement(
  'aftersales.insert_case',
  (p: {
    shopId: string;
    id: string;
    orderId: string;
    buyerId: string;
    line: number;
    places: readonly number[];
    goods: string;
    reason: string;
    state: string;
    rulebook: string;
    remedy: string;
    asked: bigint;
    presumed: boolean;
    answerHours: number | null;
    turn: string | null;
    due: Instant | null;
    at: Instant;
  }) => sql`
  insert into aftersales.cases (shop_id, id, order_id, buyer_id, line, places, goods, reason, filed_reason, state, rulebook, remedy, asked_fen, presumed, answer_hours, turn, due_at, since_at, filed_at)
  values (${p.shopId}, ${p.id}, ${p.orderId}, ${p.buyerId}, ${p.line}::smallint, ${bare(p.places)}::int[], ${p.goods}, ${p.reason}, ${p.reason}, ${p.state}, ${p.rulebook}, ${p.remedy},
          ${p.asked}::bigint, ${p.presumed}::boolean, ${p.answerHours}::smallint, ${p.turn}::text, ${ts(p.due)}::timestamptz, ${ts(p.at)}::timestamptz, ${ts(p.at)}::timestamptz)`,
);

type Written = {
  state: string;
  reason: string;
  steps: number;
  remedy: string;
  asked: string;
  awardRemedy: string | null;
  award: string | null;
  liability: unknown;
  presumed: boolean;
  offers: number;
  rounds: number;
  reopened: boolean;
  handler: string | null;
  senior: string | null;
  turn: string | null;
  due: string | null;
  since: string | null;
  decide: string | null;
  ended: string | null;
};
/** Cases as they are after their steps; `rows` is one JSON array, since a liability and nulls stand in it. */
export const writeCases = statement(
  'aftersales.write_cases',
  (p: Keys & { rows: readonly Written[] }) => sql`
  merge into aftersales.cases c
  using (select k.shop_id, k.id, r.* from unnest(${bare(p.shops)}::uuid[], ${bare(p.ids)}::uuid[]) with ordinality as k(shop_id, id, n)
          join lateral (select ${json(p.rows)}::jsonb -> (k.n - 1)::int as row) j on true
         cross join lateral jsonb_to_record(j.row) as r(state text, reason text, steps int, remedy text, asked bigint, "awardRemedy" text, award bigint, liability jsonb, presumed boolean, offers int,
                rounds int, reopened boolean, handler uuid, senior uuid, turn text, due timestamptz, since timestamptz, decide timestamptz, ended timestamptz)) x
     on c.shop_id = x.shop_id and c.id = x.id
   when matched then update set state = x.state, reason = x.reason, steps = x.steps, remedy = x.remedy, asked_fen = x.asked, award_remedy = x."awardRemedy", award_fen = x.award, liability = x.liability,
        presumed = x.presumed, offers = x.offers, rounds = x.rounds, reopened = x.reopened, handler_id = x.handler, senior_id = x.senior, turn = x.turn, due_at = x.due, since_at = x.since,
        decide_by = x.decide, ended_at = x.ended
   when not matched then do nothing`,
);

/** The times of cases whose deadlines were moved (article 6), so that lists and pages say what the deadline says. */
export const writeDues = statement(
  'aftersales.write_dues',
  (p: Keys & { dues: readonly (Instant | null)[]; decides: readonly (Instant | null)[] }) => sql`
  update aftersales.cases c set due_at = x.due, decide_by = x.decide
    from unnest(${bare(p.shops)}::uuid[], ${bare(p.ids)}::uuid[], ${tsAll(p.dues)}::timestamptz[], ${tsAll(p.decides)}::timestamptz[]) as x(shop_id, id, due, decide)
   where c.shop_id = x.shop_id and c.id = x.id`,
);

export const insertSteps = statement(
  'aftersales.insert_steps',
  (p: {
    shops: string[];
    cases: string[];
    steps: number[];
    froms: string[];
    events: string[];
    tos: string[];
    kinds: string[];
    bys: (string | null)[];
    articles: string[];
    at: Instant;
  }) => sql`
  insert into aftersales.steps (shop_id, case_id, step, from_state, event, to_state, by_kind, by_id, article, at)
  select x.*, ${ts(p.at)}::timestamptz
    from unnest(${bare(p.shops)}::uuid[], ${bare(p.cases)}::uuid[], ${bare(p.steps)}::int[], ${bare(p.froms)}::text[], ${bare(p.events)}::text[], ${bare(p.tos)}::text[], ${bare(p.kinds)}::text[], ${bare(p.bys)}::uuid[], ${bare(p.articles)}::text[]) as x`,
);

export const insertStatements = statement(
  'aftersales.insert_statements',
  (p: {
    shops: string[];
    cases: string[];
    numbers: number[];
    kinds: string[];
    sides: string[];
    bys: (string | null)[];
    bodies: string[];
    at: Instant;
  }) => sql`
  insert into aftersales.statements (shop_id, case_id, number, kind, by_kind, by_id, body, at)
  select x.shop_id, x.case_id, x.number, x.kind, x.by_kind, x.by_id, x.body::jsonb, ${ts(p.at)}::timestamptz
    from unnest(${bare(p.shops)}::uuid[], ${bare(p.cases)}::uuid[], ${bare(p.numbers)}::int[], ${bare(p.kinds)}::text[], ${bare(p.sides)}::text[], ${bare(p.bys)}::uuid[], ${p.bodies}::text[])
      as x(shop_id, case_id, number, kind, by_kind, by_id, body)`,
);

export const insertExhibits = statement(
  'aftersales.insert_exhibits',
  (p: {
    shops: string[];
    cases: string[];
    numbers: number[];
    sides: string[];
    bys: (string | null)[];
    kinds: string[];
    captions: string[];
    texts: string[];
    hashes: Buffer[];
    formed: (Instant | null)[];
    codes: string[];
    files: (string | null)[];
    audiences: string[];
    redactions: (number | null)[];
    at: Instant;
  }) => sql`
  insert into aftersales.exhibits (shop_id, case_id, number, by_kind, by_id, kind, caption, text, sha256, formed_at, code, file_id, audience, redaction_of, at)
  select x.*, ${ts(p.at)}::timestamptz
    from unnest(${bare(p.shops)}::uuid[], ${bare(p.cases)}::uuid[], ${bare(p.numbers)}::int[], ${bare(p.sides)}::text[], ${bare(p.bys)}::uuid[], ${bare(p.kinds)}::text[], ${p.captions}::text[], ${p.texts}::text[],
                ${p.hashes}::bytea[], ${bare(tsAll(p.formed))}::timestamptz[], ${p.codes}::text[], ${bare(p.files)}::uuid[], ${bare(p.audiences)}::text[], ${bare(p.redactions)}::int[]) as x`,
);

export const insertAssignment = statement(
  'aftersales.insert_assignment',
  (p: {
    shopId: string;
    caseId: string;
    number: number;
    tier: 1 | 2 | 3;
    userId: string;
    at: Instant;
  }) => sql`
  insert into aftersales.assignments (shop_id, case_id, number, tier, user_id, at)
  values (${p.shopId}, ${p.caseId}, ${p.number}, ${p.tier}::smallint, ${p.userId}, ${ts(p.at)}::timestamptz)`,
);

/** Who had a case in hands before. */
export const readAssignments = query(
  'aftersales.read_assignments',
  { tier: t.int, userId: t.uuid },
  (p: { shopId: string; caseId: string }) => sql`
  select tier, user_id from aftersales.assignments where shop_id = ${p.shopId} and case_id = ${p.caseId} order by number`,
);

export const insertExecution = statement(
  'aftersales.insert_execution',
  (p: {
    shopId: string;
    caseId: string;
    orderId: string;
    line: number;
    kind: string;
    amount: bigint;
    shares: readonly Share[];
    places: readonly { place: number; amount: bigint }[];
    key: string;
    article: string;
    paidFirst: boolean;
    at: Instant;
  }) => sql`
  insert into aftersales.executions (shop_id, case_id, order_id, line, kind, amount_fen, shares, places, key, article, paid_first, at)
  values (${p.shopId}, ${p.caseId}, ${p.orderId}, ${p.line}::smallint, ${p.kind}, ${p.amount}::bigint, ${json(p.shares)}::jsonb, ${json(p.places)}::jsonb, ${p.key}, ${p.article}, ${p.paidFirst}::boolean, ${ts(p.at)}::timestamptz)`,
);

export const insertChannelRefund = statement(
  'aftersales.insert_channel_refund',
  (p: {
    shopId: string;
    orderId: string;
    line: number;
    channel: string;
    reference: string;
    amount: bigint;
    shares: readonly Share[];
    places: readonly { place: number; amount: bigint }[];
    key: string;
    at: Instant;
  }) => sql`
  insert into aftersales.channel_refunds (shop_id, order_id, line, channel, reference, amount_fen, shares, places, key, at)
  values (${p.shopId}, ${p.orderId}, ${p.line}::smallint, ${p.channel}, ${p.reference}, ${p.amount}::bigint, ${json(p.shares)}::jsonb, ${json(p.places)}::jsonb, ${p.key}, ${ts(p.at)}::timestamptz)`,
);

const shareText = t.json<{ source: Share['source']; amount: string }[]>();
/** What was carried out for a line so far, for what of it is already back. */
export const executionsOfLine = query(
  'aftersales.executions_of_line',
  { caseId: t.uuid.null, kind: t.text, amount: t.fen, shares: shareText, paidFirst: t.bool, at: t.instant },
  (p: { shopId: string; orderId: string; line: number }) => sql`
  select case_id, kind, amount_fen as amount, shares, paid_first, at from aftersales.executions
   where shop_id = ${p.shopId} and order_id = ${p.orderId} and line = ${p.line}::smallint
   union all
  select null, 'channel', amount_fen, shares, false, at from aftersales.channel_refunds
   where shop_id = ${p.shopId} and order_id = ${p.orderId} and line = ${p.line}::smallint order by at, case_id`,
);

export const lockObjection = query(
  'aftersales.lock_objection',
  { state: t.word<ObjectionState>(), text: t.text, byId: t.uuid, at: t.instant },
  (p: { shopId: string; caseId: string }) => sql`
  select state, text, by_id, at from aftersales.objections where shop_id = ${p.shopId} and case_id = ${p.caseId} for update`,
);

export const insertObjection = statement(
  'aftersales.insert_objection',
  (p: { shopId: string; caseId: string; text: string; byId: string; at: Instant }) => sql`
  insert into aftersales.objections (shop_id, case_id, state, text, by_id, at)
  values (${p.shopId}, ${p.caseId}, 'open', ${p.text}, ${p.byId}, ${ts(p.at)}::timestamptz)`,
);

export const decideObjectionRow = statement(
  'aftersales.decide_objection',
  (p: {
    shopId: string;
    caseId: string;
    state: string;
    reasons: string;
    byId: string;
    key: string | null;
    at: Instant;
  }) => sql`
  update aftersales.objections set state = ${p.state}, reasons = ${p.reasons}, decided_by = ${p.byId}, key = ${p.key}::uuid, decided_at = ${ts(p.at)}::timestamptz
   where shop_id = ${p.shopId} and case_id = ${p.caseId}`,
);

/** What a shop owes those who paid for it; the caller holds the shop's balance. */
export const owedBy = query(
  'aftersales.owed_by',
  { owed: t.big },
  (p: { shopId: string }) => sql`
  select (select coalesce(sum((x->>'amount')::bigint), 0)
            from (select shares from aftersales.executions where shop_id = ${p.shopId} union all select shares from aftersales.channel_refunds where shop_id = ${p.shopId}) e
           cross join lateral jsonb_array_elements(e.shares) x where x->>'source' in ('fund', 'insurance'))::bigint
       - (select coalesce(sum(m.amount_fen), 0) from ledger.transfers m where m.credit_kind = 'receivable' and m.credit_id = ${p.shopId}::text)::bigint as owed`,
);
