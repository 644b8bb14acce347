import { bare, texts, query, sql, statement, t, ts, uuids } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';

const checkoutShape = {
  buyerId: t.uuid,
  key: t.text,
  inputHash: t.bytes,
  state: t.word<'open' | 'paid' | 'expired' | 'cancelled'>(),
  shopIds: t.array(t.uuid),
  orderIds: t.array(t.uuid),
  total: t.fen,
  paidBy: t.word<'wallet' | 'channel'>(),
  paymentId: t.uuid.null,
  at: t.instant,
};
export type Checkout = {
  buyerId: string;
  key: string;
  inputHash: Buffer;
  state: 'open' | 'paid' | 'expired' | 'cancelled';
  shopIds: string[];
  orderIds: string[];
  total: bigint;
  paidBy: 'wallet' | 'channel';
  paymentId: string | null;
  at: Instant;
};

type Keys = { buyers: string[]; keys: string[] };

export const findCheckouts = query(
  'checkout.find_checkouts',
  checkoutShape,
  (p: Keys) => sql`
  select c.buyer_id, c.idempotency_key as key, c.input_hash, c.state, c.shop_ids, c.order_ids, c.total_fen as total, c.paid_by, c.payment_id, c.at
    from unnest(${uuids(p.buyers)}::uuid[], ${p.keys}::text[]) as x(buyer_id, key)
   cross join lateral (select * from checkout.checkouts c where c.buyer_id = x.buyer_id and c.idempotency_key = x.key offset 0) c`,
);

export const lockCheckouts = query(
  'checkout.lock_checkouts',
  checkoutShape,
  (p: Keys) => sql`
  select c.buyer_id, c.idempotency_key as key, c.input_hash, c.state, c.shop_ids, c.order_ids, c.total_fen as total, c.paid_by, c.payment_id, c.at
    from (select * from unnest(${uuids(p.buyers)}::uuid[], ${p.keys}::text[]) as x(buyer_id, key) order by buyer_id, key) x
   cross join lateral (select * from checkout.checkouts c where c.buyer_id = x.buyer_id and c.idempotency_key = x.key for update) c`,
);

/** The orders of a checkout come as '{a,b}', because unnest takes a two-dimensional array apart. */
export const insertCheckouts = statement(
  'checkout.insert_checkouts',
  (
    p: Keys & {
      hashes: Buffer[];
      states: string[];
      shops: string[];
      orders: string[];
      totals: bigint[];
      paidBys: string[];
      payments: (string | null)[];
      acknowledgements: string[];
      at: Instant;
    },
  ) => sql`
  insert into checkout.checkouts (buyer_id, idempotency_key, input_hash, state, shop_ids, order_ids, total_fen, paid_by, payment_id, acknowledgements, at)
  select (${uuids(p.buyers)}::uuid[])[x.n], x.key, x.hash, x.state, x.shops::uuid[], x.orders::uuid[], (${bare(p.totals)}::bigint[])[x.n], x.paid_by, (${uuids(p.payments)}::uuid[])[x.n], x.acks::jsonb, ${ts(p.at)}::timestamptz
    from unnest(${p.keys}::text[], ${p.hashes}::bytea[], ${bare(p.states)}::text[], string_to_array(${texts(p.shops)}::text, chr(31)), string_to_array(${texts(p.orders)}::text, chr(31)), ${bare(p.paidBys)}::text[],
                string_to_array(${texts(p.acknowledgements)}::text, chr(31))) with ordinality as x(key, hash, state, shops, orders, paid_by, acks, n)`,
);

export const setCheckoutStates = statement(
  'checkout.set_states',
  (p: Keys & { states: string[] }) => sql`
  merge into checkout.checkouts c using unnest(${uuids(p.buyers)}::uuid[], ${p.keys}::text[], ${bare(p.states)}::text[]) as x(buyer_id, key, state)
     on c.buyer_id = x.buyer_id and c.idempotency_key = x.key
   when matched then update set state = x.state when not matched then do nothing`,
);

export const readBought = query(
  'checkout.read_bought',
  { listingId: t.uuid, buyerId: t.uuid, units: t.int },
  (p: { shops: string[]; listings: string[]; buyers: string[] }) => sql`
  select b.listing_id, b.buyer_id, b.units from unnest(${uuids(p.shops)}::uuid[], ${uuids(p.listings)}::uuid[], ${uuids(p.buyers)}::uuid[]) as x(shop_id, listing_id, buyer_id)
   cross join lateral (select * from checkout.bought b where b.shop_id = x.shop_id and b.listing_id = x.listing_id and b.buyer_id = x.buyer_id offset 0) b`,
);

export const addBought = statement(
  'checkout.add_bought',
  (p: { shops: string[]; listings: string[]; buyers: string[]; units: number[] }) => sql`
  insert into checkout.bought (shop_id, listing_id, buyer_id, units)
  select * from unnest(${uuids(p.shops)}::uuid[], ${uuids(p.listings)}::uuid[], ${uuids(p.buyers)}::uuid[], ${bare(p.units)}::bigint[])
  on conflict (shop_id, listing_id, buyer_id) do update set units = checkout.bought.units + excluded.units`,
);

/** `settled` is false for a text that this very transaction wrote: it may yet be rolled back. */
export const findTexts = query(
  'checkout.find_texts',
  { hash: t.text, settled: t.bool },
  (p: { hashes: string[] }) => sql`
  select hash, xmin::text <> coalesce(pg_current_xact_id_if_assigned()::xid::text, '') as settled
    from checkout.texts where hash = any(${p.hashes}::text[])`,
);

export const insertTexts = statement(
  'checkout.insert_texts',
  (p: {
    hashes: string[];
    languages: string[];
    names: string[];
    articles: string[];
    titles: string[];
    texts: string[];
    at: Instant;
  }) => sql`
  insert into checkout.texts (hash, language, name, article, title, text, at)
  select x.*, ${ts(p.at)}::timestamptz
    from unnest(${p.hashes}::text[], ${p.languages}::text[], ${p.names}::text[], ${p.articles}::text[], ${p.titles}::text[], ${p.texts}::text[]) as x
  on conflict (hash) do nothing`,
);
