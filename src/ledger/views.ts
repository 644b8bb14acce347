import { query, sql, t, ts } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';

/** The balance of a wallet or of a shop's account, as its owner sees it. */
export const balanceOf = query(
  'ledger.balance_of',
  { kind: t.text, balance: t.fen },
  (p: { viewerId: string }) => sql`
  select kind, balance_fen as balance from ledger.accounts where id = ${p.viewerId} and kind in ('wallet', 'available', 'reserve', 'deposit')`,
);

const statementShape = {
  key: t.uuid,
  leg: t.int,
  kind: t.text,
  incoming: t.bool,
  other: t.text,
  amount: t.fen,
  left: t.fen.null,
  about: t.uuid,
  at: t.instant,
};

/** The movements of one account, newest first, each debit with what it left. The cursor is time, key and leg of the last row seen. */
export const statementOf = query(
  'ledger.statement_of',
  statementShape,
  (p: {
    kind: string;
    viewerId: string;
    beforeAt: Instant | null;
    beforeKey: string | null;
    beforeLeg: number | null;
    limit: number;
  }) => sql`
  select * from (
    select key, leg, kind, false as incoming, credit_kind as other, amount_fen as amount, debit_left_fen as left, about, at
      from ledger.transfers where debit_kind = ${p.kind} and debit_id = ${p.viewerId} and debit_seq is not null
    union all
    select key, leg, kind, true, debit_kind, amount_fen, null, about, at
      from ledger.transfers where credit_kind = ${p.kind} and credit_id = ${p.viewerId} and credit_kind in ('wallet', 'available', 'reserve', 'deposit', 'receivable')
  ) m
  where ${ts(p.beforeAt)}::timestamptz is null or (at, key, leg) < (${ts(p.beforeAt)}::timestamptz, ${p.beforeKey}::uuid, ${p.beforeLeg}::smallint)
  order by at desc, key desc, leg desc limit ${p.limit}`,
);
