import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { createHash } from 'node:crypto';
import { instant, plus } from '../../kit/time.ts';
import { decideSeal, keptBecause, retainedUntil, rootOver } from './rules.ts';

const one = (n: number): Buffer => Buffer.alloc(32, n);
const hash = (...parts: Uint8Array[]): Buffer => {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part);
  return sum.digest();
};
const leaf = (n: number): Buffer => hash(Buffer.from([0]), one(n));
const node = (a: Buffer, b: Buffer): Buffer => hash(Buffer.from([1]), a, b);

test('F072 the root of a binder is RFC 6962 over its records, worked out here by hand', () => {
  deepEqual(rootOver([one(1)]), leaf(1));
  deepEqual(rootOver([one(1), one(2), one(3)]), node(node(leaf(1), leaf(2)), leaf(3)));
  ok(!rootOver([one(2), one(1)]).equals(rootOver([one(1), one(2)])), 'their order counts');
});

const records = [4, 5].map((seq) => ({ seq, commitment: one(seq) }));
for (const [says, state, last, list, sealed] of [
  ['an order that is not over is not sealed', 'delivered', null, records, undefined],
  ['a completed order is sealed', 'completed', null, records, [1, 4, 5]],
  ['a refunded one as well', 'refunded', null, records, [1, 4, 5]],
  ['what came after the seal is a supplement', 'completed', { number: 2, sealSeq: 3 }, records, [3, 4, 5]],
  ['a seal alone needs none', 'completed', { number: 1, sealSeq: 5 }, [], undefined],
] as const)
  test(`F072 ${says}`, () => {
    const made = decideSeal({ state, last, records: list });
    deepEqual(made && [made.number, made.from, made.to], sealed);
  });

const done = instant(Date.parse('2026-11-20T04:00:00Z'));
const three = instant(Date.parse('2029-11-20T04:00:00Z'));
test('F073 evidence is kept for three years from completion, and longer while a case is open or an authority holds it', () => {
  equal(retainedUntil(done, '1.0.0'), three);
  const facts = {
    completedAt: done,
    rulebook: '1.0.0',
    openCases: 0,
    held: false,
    now: plus(three, { seconds: -1 }),
  };
  deepEqual(keptBecause(facts), ['retention']);
  deepEqual(keptBecause({ ...facts, now: three }), []);
  deepEqual(keptBecause({ ...facts, now: three, openCases: 1 }), ['case']);
  deepEqual(keptBecause({ ...facts, now: three, held: true }), ['hold']);
  deepEqual(
    keptBecause({ ...facts, completedAt: null, now: plus(three, { days: 9999 }) }),
    ['retention'],
    'one that is not over',
  );
  equal(
    retainedUntil(instant(Date.parse('2028-02-29T00:00:00Z')), '1.0.0'),
    Date.parse('2031-03-01T00:00:00Z'),
  );
});
