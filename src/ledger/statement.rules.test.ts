import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { fen } from '../kit/money.ts';
import { instant } from '../kit/time.ts';
import { balancesAfter, parseCursor, printCursor, type Row } from './statement.rules.ts';

const came = (amount: bigint): Row => ({ incoming: true, amount: fen(amount), left: null });
const went = (amount: bigint, left: bigint): Row => ({
  incoming: false,
  amount: fen(amount),
  left: fen(left),
});

test('each row of a statement has the balance after it, worked out from the balance now and from what debits left', () => {
  const rows = [came(500n), went(300n, 700n), came(1000n)];
  deepEqual(balancesAfter(rows, fen(1200n)), [1200n, 700n, 1000n]);
  deepEqual(balancesAfter(rows, null), [1200n, 700n, 1000n]);
});

test('a later page without a debit tells no balances instead of wrong ones', () => {
  deepEqual(balancesAfter([came(5n), came(7n)], null), [null, null]);
  deepEqual(balancesAfter([came(5n), came(7n)], fen(12n)), [12n, 7n]);
  deepEqual(balancesAfter([], fen(0n)), []);
});

test('a cursor comes back as it was printed, and nothing else is taken for one', () => {
  const cursor = { at: instant(1_795_000_000_000), key: '01a1fe45-db73-76f6-b112-0d6111e9f9c1', leg: 2 };
  deepEqual(parseCursor(printCursor(cursor)), cursor);
  for (const text of ['', '1', '1.2.3', `1.${cursor.key}`, `x.${cursor.key}.1`])
    equal(parseCursor(text), undefined);
});
