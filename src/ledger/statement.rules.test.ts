import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { fen } from '../kit/money.ts';
import { instant } from '../kit/time.ts';
import { balancesAfter, parseCursor, printCursor, type Row } from './statement.rules.ts';

let second = 1000;
const at = (moment?: number) => instant(1_795_000_000_000 + (moment ?? (second -= 1)) * 1000);
const came = (amount: bigint, moment?: number): Row => ({
  incoming: true,
  amount: fen(amount),
  left: null,
  at: at(moment),
});
const went = (amount: bigint, left: bigint, moment?: number): Row => ({
  incoming: false,
  amount: fen(amount),
  left: fen(left),
  at: at(moment),
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

test('rows of one moment have no order: a credit among them tells no balance, and those before and after stay right', () => {
  // 1000 came; then, in one moment, 195 went and 97 came back, sorted the wrong way round; then 3 came.
  const rows = [came(3n, 3), went(195n, 805n, 2), came(97n, 2), came(1000n, 1)];
  deepEqual(balancesAfter(rows, fen(905n)), [905n, 805n, null, 1000n]);
  deepEqual(balancesAfter(rows, null), [null, 805n, null, null]);
  const legs = [went(100n, 800n, 2), went(100n, 900n, 2), came(1000n, 1)];
  deepEqual(balancesAfter(legs, null), [800n, 900n, 1000n]);
});

test('a cursor comes back as it was printed, and nothing else is taken for one', () => {
  const cursor = { at: instant(1_795_000_000_000), key: '01a1fe45-db73-76f6-b112-0d6111e9f9c1', leg: 2 };
  deepEqual(parseCursor(printCursor(cursor)), cursor);
  for (const text of ['', '1', '1.2.3', `1.${cursor.key}`, `x.${cursor.key}.1`])
    equal(parseCursor(text), undefined);
});
