import { fen, type Fen } from '../kit/money.ts';
import { instant, type Instant } from '../kit/time.ts';

/** One row of a statement; `left` is known of debits only. */
export type Row = { readonly incoming: boolean; readonly amount: Fen; readonly left: Fen | null };

const signed = (row: Row): bigint => (row.incoming ? row.amount : -row.amount);

/**
 * The balance after each row of a page that is newest first. A debit says what it left, and the rows around it follow from it;
 * `balance` is that of the account now, for the first page, null on later pages. A page without any debit that is not the first stays
 * without balances.
 */
export function balancesAfter(rows: readonly Row[], balance: Fen | null): (Fen | null)[] {
  const after: (bigint | null)[] = rows.map((row) => row.left);
  if (balance !== null && rows.length > 0) after[0] = balance;
  for (let i = 1; i < rows.length; i += 1) {
    const newer = after[i - 1];
    if (after[i] === null && newer !== null && newer !== undefined)
      after[i] = newer - signed(rows[i - 1] as Row);
  }
  for (let i = rows.length - 2; i >= 0; i -= 1) {
    const older = after[i + 1];
    if (after[i] === null && older !== null && older !== undefined) after[i] = older + signed(rows[i] as Row);
  }
  return after.map((one) => (one === null ? null : fen(one)));
}

export type Cursor = { readonly at: Instant; readonly key: string; readonly leg: number };

export const printCursor = ({ at, key, leg }: Cursor): string => `${at}.${key}.${leg}`;

export function parseCursor(text: string): Cursor | undefined {
  const [, at, key, leg] =
    /^(\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(\d{1,5})$/.exec(text) ?? [];
  return at && key && leg ? { at: instant(Number(at)), key, leg: Number(leg) } : undefined;
}
