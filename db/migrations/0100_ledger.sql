-- ledger: a list of transfers. One row moves money from one account to one other, so the books balance by construction.
create schema ledger;
grant usage on schema ledger to mengyue_app;

-- Accounts with a running balance and a floor of zero: wallet, available, reserve, deposit. All others are folded from the transfers.
create table ledger.accounts (
  kind text not null check (kind in ('wallet', 'available', 'reserve', 'deposit')),
  id text not null,
  balance_fen bigint not null check (balance_fen >= 0),
  debits bigint not null default 0,
  primary key (kind, id)
) with (fillfactor = 70);
grant select, insert, update on ledger.accounts to mengyue_app;

create table ledger.transfers (
  key uuid not null,
  leg smallint not null,
  kind text not null,
  debit_kind text not null,
  debit_id text not null,
  -- Debits of accounts with a floor are numbered 1, 2, 3 …, with what is left after each: the database itself refuses a second release.
  debit_seq bigint,
  debit_left_fen bigint check (debit_left_fen >= 0),
  credit_kind text not null,
  credit_id text not null,
  amount_fen bigint not null check (amount_fen > 0),
  about uuid not null,
  at timestamptz not null,
  primary key (key, leg),
  check (debit_kind <> credit_kind or debit_id <> credit_id),
  check ((debit_seq is null) = (debit_left_fen is null)),
  check (debit_seq is not null or debit_kind not in ('wallet', 'available', 'reserve', 'deposit', 'escrow', 'unapplied', 'refund', 'payout'))
);
create unique index transfers_debits on ledger.transfers (debit_kind, debit_id, debit_seq) where debit_seq is not null;
create index transfers_credits on ledger.transfers (credit_kind, credit_id, at)
  where credit_kind in ('wallet', 'available', 'reserve', 'deposit', 'receivable', 'unapplied', 'refund', 'payout');
grant select, insert on ledger.transfers to mengyue_app;
