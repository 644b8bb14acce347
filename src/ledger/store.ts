import { bare, query, sql, statement, t, ts, uuids } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';
import type { AccountKind } from './contract.ts';

type Accounts = { kinds: string[]; ids: string[] };

/** Locks in the order of the primary key, so that two writers never wait for each other. */
export const lockFloors = query(
  'ledger.lock_floors',
  { kind: t.word<AccountKind>(), id: t.text, left: t.big, debits: t.big },
  (p: Accounts) => sql`
  select a.kind, a.id, a.balance_fen as left, a.debits
    from (select * from unnest(${bare(p.kinds)}::text[], ${bare(p.ids)}::text[]) as x(kind, id) order by kind, id) x
   cross join lateral (select * from ledger.accounts a where a.kind = x.kind and a.id = x.id for update) a`,
);

/** Escrow is funded once, under its order's id, and its debits are numbered; the caller holds the lock of the line. */
export const readEscrows = query(
  'ledger.read_escrows',
  { id: t.text, left: t.big, debits: t.big },
  (p: { ids: string[] }) => sql`
  select x.id, coalesce(d.debit_left_fen, f.funded, 0) as left, coalesce(d.debit_seq, 0) as debits
    from unnest(${bare(p.ids)}::text[]) as x(id)
    left join lateral (select sum(f.amount_fen)::bigint as funded from ledger.transfers f
                        where f.key = split_part(x.id, '.', 1)::uuid and f.credit_kind = 'escrow' and f.credit_id = x.id) f on true
    left join lateral (select d.debit_seq, d.debit_left_fen from ledger.transfers d
                        where d.debit_kind = 'escrow' and d.debit_id = x.id and d.debit_seq is not null order by d.debit_seq desc limit 1) d on true`,
);

/** Money in flight (unapplied, refund, payout): credits less debits; the caller holds the lock of the payment, refund or payout. */
export const readInFlight = query(
  'ledger.read_in_flight',
  { kind: t.word<AccountKind>(), id: t.text, left: t.big, debits: t.big },
  (p: Accounts) => sql`
  select x.kind, x.id, coalesce(c.credited, 0) - coalesce(d.debited, 0) as left, coalesce(d.debits, 0) as debits
    from unnest(${bare(p.kinds)}::text[], ${bare(p.ids)}::text[]) as x(kind, id)
    left join lateral (select sum(c.amount_fen)::bigint as credited from ledger.transfers c
                        where c.credit_kind = x.kind and c.credit_id = x.id and c.credit_kind in ('unapplied', 'refund', 'payout')) c on true
    left join lateral (select sum(d.amount_fen)::bigint as debited, count(*) as debits from ledger.transfers d
                        where d.debit_kind = x.kind and d.debit_id = x.id and d.debit_seq is not null) d on true`,
);

export const insertAccounts = statement(
  'ledger.insert_accounts',
  (p: Accounts) => sql`
  insert into ledger.accounts (kind, id, balance_fen) select kind, id, 0 from unnest(${bare(p.kinds)}::text[], ${bare(p.ids)}::text[]) as x(kind, id)
  on conflict (kind, id) do nothing`,
);

export const setBalances = statement(
  'ledger.set_balances',
  (p: Accounts & { balances: bigint[]; debits: bigint[] }) => sql`
  merge into ledger.accounts a
   using unnest(${bare(p.kinds)}::text[], ${bare(p.ids)}::text[], ${bare(p.balances)}::bigint[], ${bare(p.debits)}::bigint[]) as x(kind, id, balance, debits)
      on a.kind = x.kind and a.id = x.id
    when matched then update set balance_fen = x.balance, debits = x.debits when not matched then do nothing`,
);

export const insertTransfers = statement(
  'ledger.insert_transfers',
  (p: {
    keys: string[];
    legs: number[];
    kinds: string[];
    debitKinds: string[];
    debitIds: string[];
    seqs: (bigint | null)[];
    lefts: (bigint | null)[];
    creditKinds: string[];
    creditIds: string[];
    amounts: bigint[];
    abouts: string[];
    at: Instant;
  }) => sql`
  insert into ledger.transfers (key, leg, kind, debit_kind, debit_id, debit_seq, debit_left_fen, credit_kind, credit_id, amount_fen, about, at)
  select (${uuids(p.keys)}::uuid[])[x.n], (${bare(p.legs)}::smallint[])[x.n], x.kind, x.debit_kind, x.debit_id, x.seq, x.rest, x.credit_kind, x.credit_id, (${bare(p.amounts)}::bigint[])[x.n], (${uuids(p.abouts)}::uuid[])[x.n], ${ts(p.at)}::timestamptz
    from unnest(${bare(p.kinds)}::text[], ${bare(p.debitKinds)}::text[], ${bare(p.debitIds)}::text[], ${bare(p.seqs)}::bigint[], ${bare(p.lefts)}::bigint[], ${bare(p.creditKinds)}::text[], ${bare(p.creditIds)}::text[])
         with ordinality as x(kind, debit_kind, debit_id, seq, rest, credit_kind, credit_id, n)`,
);
