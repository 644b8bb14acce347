import { fen, type Fen } from '../kit/money.ts';
import { instant, type Instant } from '../kit/time.ts';

/** One row of a statement; `left` is known of debits only. */
export type Row = {
  readonly incoming: boolean;
  readonly amount: Fen;
  readonly left: Fen | null;
  readonly at: Instant;
};

const change = (rows: readonly Row[]): bigint =>
  rows.reduce((sum, row) => sum + (row.incoming ? row.amount : -row.amount), 0n);

/**
 * The balance after each row of a page that is newest first. A debit says what it left; the other rows follow from the moments around
 * them. `balance` is that of the account now, for the first page, null on later pages. Rows of one moment have no order among them, so a
 * credit beside others of its moment has no balance of its own; nor has a page without any debit that is not the first.
 */
export function balancesAfter(rows: readonly Row[], balance: Fen | null): (Fen | null)[] {
  const moments = [...new Set(rows.map((row) => row.at))].map((at) => rows.filter((row) => row.at === at));
  const after = moments.map((together, i) => (i === 0 && balance !== null ? balance : leftBy(together)));
  for (let i = 1; i < moments.length; i += 1) {
    const newer = after[i - 1] ?? null;
    if (newer !== null) after[i] = newer - change(moments[i - 1] ?? []);
  }
  for (let i = moments.length - 2; i >= 0; i -= 1) {
    const older = after[i + 1] ?? null;
    if (after[i] === null && older !== null) after[i] = older + change(moments[i] ?? []);
  }
  return moments.flatMap((together, i) =>
    together.map((row) => row.left ?? (together.length === 1 ? inFen(after[i] ?? null) : null)),
  );
}

/** What a moment left, where its debits alone tell it: the least that any of them left. */
function leftBy(together: readonly Row[]): bigint | null {
  const lefts = together.map((row) => row.left);
  return lefts.reduce<bigint | null>(
    (least, left) => (left === null || least === null ? null : left < least ? left : least),
    lefts[0] ?? null,
  );
}

const inFen = (amount: bigint | null): Fen | null => (amount === null ? null : fen(amount));

export type Cursor = { readonly at: Instant; readonly key: string; readonly leg: number };

export const printCursor = ({ at, key, leg }: Cursor): string => `${at}.${key}.${leg}`;

export function parseCursor(text: string): Cursor | undefined {
  const [, at, key, leg] =
    /^(\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(\d{1,5})$/.exec(text) ?? [];
  return at && key && leg ? { at: instant(Number(at)), key, leg: Number(leg) } : undefined;
}
