import { bare, query, sql, statement, t, ts, tsAll } from '../kit/sql.ts';
import type { Fen } from '../kit/money.ts';
import type { Instant } from '../kit/time.ts';
import type { AttemptState, RequestState } from './machine.ts';
import type { Act, Attempt } from './rules.ts';

export const attemptShape = {
  shopId: t.uuid,
  id: t.uuid,
  orderId: t.uuid,
  line: t.int,
  nth: t.int,
  number: t.text,
  supplierId: t.uuid,
  productNo: t.text,
  face: t.fen,
  maxCost: t.fen,
  state: t.word<AttemptState>(),
  wish: t.word<Act>(),
  dueAt: t.instant.null,
  sends: t.int,
  asks: t.int,
  cancels: t.int,
  cancelWanted: t.bool,
  abandoned: t.bool,
  silentAt: t.instant.null,
  refusal: t.text.null,
  supplierNo: t.text.null,
  cost: t.fen.null,
  charged: t.fen.null,
  voucher: t.text.null,
  said: t.text.null,
};
export const attemptColumns = sql`a.shop_id, a.id, a.order_id, a.line, a.nth, a.number, a.supplier_id, a.product_no, a.face_fen as face, a.max_cost_fen as max_cost, a.state, a.wish, a.due_at,
  a.sends, a.asks, a.cancels, a.cancel_wanted, a.abandoned, a.silent_at, a.refusal, a.supplier_no, a.cost_fen as cost, a.charged_fen as charged, a.voucher, a.said`;

/** What is due now, and the account it is about: locked, so that several processes share the work. A closed breaker holds back only what is new. */
export const takeDue = query(
  'supply.take_due',
  { ...attemptShape, targetSealed: t.bytes.null },
  (p: { wall: Instant; limit: number }) => sql`
  select ${attemptColumns}, r.target_sealed
    from supply.attempts a
   cross join lateral (select * from supply.requests r where r.shop_id = a.shop_id and r.order_id = a.order_id and r.line = a.line offset 0) r
    left join lateral (select h.open_until from supply.health h where h.shop_id = a.shop_id and h.supplier_id = a.supplier_id offset 0) h on true
   where a.due_at <= ${ts(p.wall)}::timestamptz and (a.wish <> 'send' or h.open_until is null or h.open_until <= ${ts(p.wall)}::timestamptz)
   order by a.due_at limit ${p.limit}::int for update of a skip locked`,
);

type Keys = { shops: string[]; ids: string[] };
export const lockAttempts = query(
  'supply.lock_attempts',
  attemptShape,
  (p: Keys) => sql`
  select a.* from (select * from unnest(${bare(p.shops)}::uuid[], ${bare(p.ids)}::uuid[]) as x(shop_id, id) order by shop_id, id) x
   cross join lateral (select ${attemptColumns} from supply.attempts a where a.shop_id = x.shop_id and a.id = x.id for update) a`,
);

const requestShape = {
  shopId: t.uuid,
  orderId: t.uuid,
  line: t.int,
  variantId: t.uuid,
  face: t.fen,
  masked: t.text,
  state: t.word<RequestState>(),
  why: t.text.null,
  attempts: t.int,
};
type LineKeys = { shops: string[]; orders: string[]; lines: number[] };
/** Requests are locked before their attempts, everywhere. */
export const lockRequests = query(
  'supply.lock_requests',
  requestShape,
  (p: LineKeys) => sql`
  select r.* from (select distinct * from unnest(${bare(p.shops)}::uuid[], ${bare(p.orders)}::uuid[], ${bare(p.lines)}::smallint[]) as x(shop_id, order_id, line) order by shop_id, order_id, line) x
   cross join lateral (select r.shop_id, r.order_id, r.line, r.variant_id, r.face_fen as face, r.masked, r.state, r.why, r.attempts
                         from supply.requests r where r.shop_id = x.shop_id and r.order_id = x.order_id and r.line = x.line for update) r`,
);

/** Requests that never had an attempt because nobody could take them. */
export const lockUntried = query(
  'supply.lock_untried',
  requestShape,
  (p: { shopId: string; variantId: string | null }) => sql`
  select r.shop_id, r.order_id, r.line, r.variant_id, r.face_fen as face, r.masked, r.state, r.why, r.attempts
    from supply.requests r where r.shop_id = ${p.shopId} and r.state = 'held' and r.attempts = 0 and (${p.variantId}::uuid is null or r.variant_id = ${p.variantId}::uuid)
   order by r.order_id, r.line limit 500 for update`,
);

/** The attempts of requests that the caller has locked. */
export const lockAttemptsOfLines = query(
  'supply.lock_attempts_of_lines',
  attemptShape,
  (p: LineKeys) => sql`
  select a.* from (select * from unnest(${bare(p.shops)}::uuid[], ${bare(p.orders)}::uuid[], ${bare(p.lines)}::smallint[]) as x(shop_id, order_id, line) order by shop_id, order_id, line) x
   cross join lateral (select ${attemptColumns} from supply.attempts a where a.shop_id = x.shop_id and a.order_id = x.order_id and a.line = x.line order by a.nth for update) a`,
);

/** Whose attempt it is; not locked. */
export const findAttempt = query(
  'supply.find_attempt',
  { shopId: t.uuid, orderId: t.uuid, line: t.int },
  (p: { shopId: string; id: string }) =>
    sql`select shop_id, order_id, line from supply.attempts where shop_id = ${p.shopId} and id = ${p.id}`,
);

export const routesOfVariants = query(
  'supply.routes_of_variants',
  {
    shopId: t.uuid,
    variantId: t.uuid,
    place: t.int,
    supplierId: t.uuid,
    productNo: t.text,
    maxCost: t.fen,
    usable: t.bool,
    price: t.fen.null,
  },
  (p: { shops: string[]; variants: string[]; wall: Instant }) => sql`
  select r.shop_id, r.variant_id, r.place, r.supplier_id, r.product_no, r.max_cost_fen as max_cost, s.is_on and (h.open_until is null or h.open_until <= ${ts(p.wall)}::timestamptz) as usable,
         g.price_fen as price
    from (select distinct * from unnest(${bare(p.shops)}::uuid[], ${bare(p.variants)}::uuid[]) as x(shop_id, variant_id)) x
   cross join lateral (select * from supply.routes r where r.shop_id = x.shop_id and r.variant_id = x.variant_id offset 0) r
   cross join lateral (select s.is_on from supply.suppliers s where s.shop_id = r.shop_id and s.id = r.supplier_id offset 0) s
    left join lateral (select h.open_until from supply.health h where h.shop_id = r.shop_id and h.supplier_id = r.supplier_id offset 0) h on true
    left join lateral (select g.price_fen from supply.products g where g.shop_id = r.shop_id and g.supplier_id = r.supplier_id and g.product_no = r.product_no offset 0) g on true
   order by r.shop_id, r.variant_id, r.place`,
);

export const insertRequests = statement(
  'supply.insert_requests',
  (
    p: LineKeys & {
      variants: string[];
      faces: bigint[];
      sealed: Buffer[];
      masked: string[];
      states: string[];
      whys: (string | null)[];
      attempts: number[];
      at: Instant;
    },
  ) => sql`
  insert into supply.requests (shop_id, order_id, line, variant_id, face_fen, target_sealed, masked, state, why, attempts, at)
  select x.*, ${ts(p.at)}::timestamptz
    from unnest(${bare(p.shops)}::uuid[], ${bare(p.orders)}::uuid[], ${bare(p.lines)}::smallint[], ${bare(p.variants)}::uuid[], ${bare(p.faces)}::bigint[], ${p.sealed}::bytea[], ${p.masked}::text[],
                ${bare(p.states)}::text[], ${bare(p.whys)}::text[], ${bare(p.attempts)}::smallint[]) as x`,
);

export const insertAttempts = statement(
  'supply.insert_attempts',
  (
    p: LineKeys & {
      ids: string[];
      nths: number[];
      numbers: string[];
      suppliers: string[];
      products: string[];
      faces: bigint[];
      caps: bigint[];
      wall: Instant;
      at: Instant;
    },
  ) => sql`
  insert into supply.attempts (shop_id, order_id, line, id, nth, number, supplier_id, product_no, face_fen, max_cost_fen, state, wish, due_at, at)
  select x.*, 'queued', 'send', ${ts(p.wall)}::timestamptz, ${ts(p.at)}::timestamptz
    from unnest(${bare(p.shops)}::uuid[], ${bare(p.orders)}::uuid[], ${bare(p.lines)}::smallint[], ${bare(p.ids)}::uuid[], ${bare(p.nths)}::smallint[], ${bare(p.numbers)}::text[],
                ${bare(p.suppliers)}::uuid[], ${p.products}::text[], ${bare(p.faces)}::bigint[], ${bare(p.caps)}::bigint[]) as x`,
);

/** What changes in an attempt. Times of the business clock are set once: when it was first sent and when it ended. */
export const writeAttempts = statement(
  'supply.write_attempts',
  (p: { list: readonly Attempt[]; ended: boolean[]; at: Instant }) => sql`
  merge into supply.attempts a
  using unnest(${bare(p.list.map((a) => a.shopId))}::uuid[], ${bare(p.list.map((a) => a.id))}::uuid[], ${bare(p.list.map((a) => a.state))}::text[], ${bare(p.list.map((a) => a.wish))}::text[],
               ${bare(tsAll(p.list.map((a) => a.dueAt)))}::timestamptz[], ${bare(p.list.map((a) => a.sends))}::smallint[], ${bare(p.list.map((a) => a.asks))}::int[], ${bare(p.list.map((a) => a.cancels))}::smallint[],
               ${bare(p.list.map((a) => a.cancelWanted))}::bool[], ${bare(p.list.map((a) => a.abandoned))}::bool[], ${bare(tsAll(p.list.map((a) => a.silentAt)))}::timestamptz[],
               ${p.list.map((a) => a.refusal)}::text[], ${p.list.map((a) => a.supplierNo)}::text[], ${bare(p.list.map((a) => a.cost))}::bigint[], ${bare(p.list.map((a) => a.charged))}::bigint[],
               ${p.list.map((a) => a.voucher)}::text[], ${p.list.map((a) => a.said)}::text[], ${bare(p.ended)}::bool[])
    as x(shop_id, id, state, wish, due_at, sends, asks, cancels, cancel_wanted, abandoned, silent_at, refusal, supplier_no, cost, charged, voucher, said, ended)
     on a.shop_id = x.shop_id and a.id = x.id
   when matched then update set state = x.state, wish = x.wish, due_at = x.due_at, sends = x.sends, asks = x.asks, cancels = x.cancels, cancel_wanted = x.cancel_wanted, abandoned = x.abandoned,
        silent_at = x.silent_at, refusal = x.refusal, supplier_no = x.supplier_no, cost_fen = x.cost, charged_fen = x.charged, voucher = x.voucher, said = x.said,
        sent_at = coalesce(a.sent_at, case when x.sends > 0 then ${ts(p.at)}::timestamptz end), ended_at = coalesce(a.ended_at, case when x.ended then ${ts(p.at)}::timestamptz end)
   when not matched then do nothing`,
);

/** The account is forgotten with the end of the request. */
export const writeRequests = statement(
  'supply.write_requests',
  (p: LineKeys & { states: string[]; whys: (string | null)[]; attempts: number[]; at: Instant }) => sql`
  merge into supply.requests r
  using unnest(${bare(p.shops)}::uuid[], ${bare(p.orders)}::uuid[], ${bare(p.lines)}::smallint[], ${bare(p.states)}::text[], ${bare(p.whys)}::text[], ${bare(p.attempts)}::smallint[])
    as x(shop_id, order_id, line, state, why, attempts)
     on r.shop_id = x.shop_id and r.order_id = x.order_id and r.line = x.line
   when matched then update set state = x.state, why = x.why, attempts = x.attempts,
        target_sealed = case when x.state in ('open', 'held') then r.target_sealed end,
        ended_at = case when x.state in ('open', 'held') then null else coalesce(r.ended_at, ${ts(p.at)}::timestamptz) end
   when not matched then do nothing`,
);

export const writeTarget = statement(
  'supply.write_target',
  (p: { shopId: string; orderId: string; line: number; sealed: Buffer; masked: string }) => sql`
  update supply.requests set target_sealed = ${p.sealed}, masked = ${p.masked} where shop_id = ${p.shopId} and order_id = ${p.orderId} and line = ${p.line}::smallint`,
);

export const insertExchanges = statement(
  'supply.insert_exchanges',
  (p: {
    shops: string[];
    attempts: string[];
    acts: string[];
    answers: string[];
    saids: string[];
    at: Instant;
  }) => sql`
  insert into supply.exchanges (shop_id, attempt_id, nth, act, answer, said, at)
  select x.shop_id, x.attempt_id, coalesce(e.last, 0) + x.place, x.act, x.answer, x.said, ${ts(p.at)}::timestamptz
    from (select u.*, row_number() over (partition by attempt_id order by ord) as place
            from unnest(${bare(p.shops)}::uuid[], ${bare(p.attempts)}::uuid[], ${bare(p.acts)}::text[], ${bare(p.answers)}::text[], ${p.saids}::text[]) with ordinality as u(shop_id, attempt_id, act, answer, said, ord)) x
   cross join lateral (select max(e.nth) as last from supply.exchanges e where e.shop_id = x.shop_id and e.attempt_id = x.attempt_id) e`,
);

export const insertNotice = statement(
  'supply.insert_notice',
  (p: {
    shopId: string;
    id: string;
    supplierId: string;
    attemptId: string | null;
    genuine: boolean;
    decision: string;
    bodyHash: Buffer;
    sender: string;
    at: Instant;
  }) => sql`
  insert into supply.notices (shop_id, id, supplier_id, attempt_id, genuine, decision, body_hash, sender, at)
  values (${p.shopId}, ${p.id}, ${p.supplierId}, ${p.attemptId}, ${p.genuine}, ${p.decision}, ${p.bodyHash}, ${p.sender}, ${ts(p.at)}::timestamptz)`,
);

export const noticeSeen = query(
  'supply.notice_seen',
  { count: t.int },
  (p: { shopId: string; supplierId: string; bodyHash: Buffer }) => sql`
  select count(*) as count from supply.notices where shop_id = ${p.shopId} and supplier_id = ${p.supplierId} and body_hash = ${p.bodyHash} and genuine`,
);

/** Suppliers by id, with what is needed to speak to them. */
export const readSuppliers = query(
  'supply.read_suppliers',
  {
    shopId: t.uuid,
    id: t.uuid,
    name: t.text,
    protocol: t.word<'yrapi' | 'sandbox'>(),
    address: t.text,
    userNo: t.text,
    keySealed: t.bytes.null,
    isOn: t.bool,
    alarm: t.fen,
    silences: t.int,
  },
  (p: Keys) => sql`
  select s.*, coalesce(h.silences, 0) as silences
    from (select distinct * from unnest(${bare(p.shops)}::uuid[], ${bare(p.ids)}::uuid[]) as x(shop_id, id)) x
   cross join lateral (select s.shop_id, s.id, s.name, s.protocol, s.address, s.user_no, s.key_sealed, s.is_on, s.alarm_fen as alarm from supply.suppliers s where s.shop_id = x.shop_id and s.id = x.id offset 0) s
    left join lateral (select h.silences from supply.health h where h.shop_id = s.shop_id and h.supplier_id = s.id offset 0) h on true`,
);

export const upsertSuppliers = statement(
  'supply.upsert_supplier',
  (p: {
    shopId: string;
    id: string;
    name: string;
    protocol: string;
    address: string;
    userNo: string;
    keySealed: Buffer | null;
    isOn: boolean;
    alarm: Fen;
    at: Instant;
  }) => sql`
  insert into supply.suppliers (shop_id, id, name, protocol, address, user_no, key_sealed, is_on, alarm_fen, at)
  values (${p.shopId}, ${p.id}, ${p.name}, ${p.protocol}, ${p.address}, ${p.userNo}, ${p.keySealed}, ${p.isOn}, ${p.alarm}, ${ts(p.at)}::timestamptz)
  on conflict (shop_id, id) do update set name = excluded.name, address = excluded.address, user_no = excluded.user_no, key_sealed = excluded.key_sealed, is_on = excluded.is_on, alarm_fen = excluded.alarm_fen`,
);

export const writeHealth = statement(
  'supply.write_health',
  (p: { shops: string[]; suppliers: string[]; silences: number[]; openUntil: (Instant | null)[] }) => sql`
  insert into supply.health (shop_id, supplier_id, silences, open_until)
  select * from unnest(${bare(p.shops)}::uuid[], ${bare(p.suppliers)}::uuid[], ${bare(p.silences)}::int[], ${bare(tsAll(p.openUntil))}::timestamptz[])
  on conflict (shop_id, supplier_id) do update set silences = excluded.silences, open_until = excluded.open_until`,
);

export const writeBalance = statement(
  'supply.write_balance',
  (p: {
    shopId: string;
    supplierId: string;
    balance: Fen | null;
    trouble: string | null;
    wall: Instant;
  }) => sql`
  insert into supply.health as h (shop_id, supplier_id, balance_fen, balance_at, trouble) values (${p.shopId}, ${p.supplierId}, ${p.balance}, ${ts(p.wall)}::timestamptz, ${p.trouble})
  on conflict (shop_id, supplier_id) do update set balance_fen = coalesce(excluded.balance_fen, h.balance_fen), balance_at = excluded.balance_at, trouble = excluded.trouble`,
);

export const upsertProducts = statement(
  'supply.upsert_products',
  (p: {
    shopId: string;
    supplierId: string;
    nos: string[];
    names: string[];
    carriers: string[];
    prices: Fen[];
    onSale: boolean[];
    wall: Instant;
  }) => sql`
  insert into supply.products (shop_id, supplier_id, product_no, name, carrier, price_fen, on_sale, at)
  select ${p.shopId}::uuid, ${p.supplierId}::uuid, x.*, ${ts(p.wall)}::timestamptz
    from unnest(${p.nos}::text[], ${p.names}::text[], ${bare(p.carriers)}::text[], ${bare(p.prices)}::bigint[], ${bare(p.onSale)}::bool[]) as x
  on conflict (shop_id, supplier_id, product_no) do update set name = excluded.name, carrier = excluded.carrier, price_fen = excluded.price_fen, on_sale = excluded.on_sale, at = excluded.at`,
);

export const dropRoutes = statement(
  'supply.drop_routes',
  (p: { shopId: string; variantId: string }) =>
    sql`delete from supply.routes where shop_id = ${p.shopId} and variant_id = ${p.variantId}`,
);
export const insertRoutes = statement(
  'supply.insert_routes',
  (p: { shopId: string; variantId: string; suppliers: string[]; products: string[]; caps: Fen[] }) => sql`
  insert into supply.routes (shop_id, variant_id, place, supplier_id, product_no, max_cost_fen)
  select ${p.shopId}::uuid, ${p.variantId}::uuid, x.place, x.supplier_id, x.product_no, x.cap
    from unnest(${bare(p.suppliers)}::uuid[], ${p.products}::text[], ${bare(p.caps)}::bigint[]) with ordinality as x(supplier_id, product_no, cap, place)`,
);

/** Suppliers whose balance was not asked for lately, so that the shop hears of it before its buyers do. */
export const staleBalances = query(
  'supply.stale_balances',
  { shopId: t.uuid, id: t.uuid },
  (p: { before: Instant; limit: number }) => sql`
  select s.shop_id, s.id from supply.suppliers s left join supply.health h on h.shop_id = s.shop_id and h.supplier_id = s.id
   where s.is_on and (h.balance_at is null or h.balance_at < ${ts(p.before)}::timestamptz) order by h.balance_at nulls first limit ${p.limit}::int`,
);
