import { deepEqual, equal, match, notEqual, ok, throws } from 'node:assert/strict';
import { inspect } from 'node:util';
import { test } from 'node:test';
import fc from 'fast-check';
import { derivedId, newId } from './ids.ts';
import { allocate, fen, parseYuan, splitFee, yuan } from './money.ts';
import { decodeId, encodeId, idPrefixes, type IdKind } from './public-id.ts';
import { keyOf, seal, Secret, unseal } from './secret.ts';
import { bare, sql, texts } from './sql.ts';
import { beijingDay, endOfBeijingDay, instant, iso, plus } from './time.ts';

const seeded = { seed: 42, numRuns: 1000 };
const amount = fc.bigInt({ min: 0n, max: 10n ** 15n - 1n });

test('a fee is rounded down by less than one fen, and nothing is lost', () => {
  fc.assert(
    fc.property(amount, fc.bigInt({ min: 0n, max: 10_000n }), (price, bps) => {
      const { fee, net } = splitFee(fen(price), bps);
      equal(fee + net, price);
      ok(fee * 10_000n <= price * bps && price * bps < (fee + 1n) * 10_000n);
    }),
    seeded,
  );
});

test('shares add up to the whole, each within one fen of its part', () => {
  fc.assert(
    fc.property(
      amount,
      fc.array(fc.bigInt({ min: 1n, max: 1000n }), { minLength: 1, maxLength: 20 }),
      (total, weights) => {
        const parts = allocate(fen(total), weights);
        const all = weights.reduce((sum, weight) => sum + weight, 0n);
        equal(
          parts.reduce((sum, part) => sum + part, 0n),
          total,
        );
        parts.forEach((part, i) =>
          ok(
            part * all >= total * (weights[i] ?? 0n) - all && part * all <= total * (weights[i] ?? 0n) + all,
          ),
        );
      },
    ),
    seeded,
  );
});

for (const [text, value] of [
  ['97.5', 9750n],
  ['0.01', 1n],
  ['12', 1200n],
  ['1.234', undefined],
  ['-1', undefined],
  ['1e3', undefined],
  ['', undefined],
] as const)
  test(`${text || 'nothing'} yuan is ${value ?? 'no amount'}`, () => equal(parseYuan(text), value));

test('yuan are printed with two decimals and read back', () => {
  fc.assert(
    fc.property(amount, (value) => equal(parseYuan(yuan(value)), value)),
    seeded,
  );
  equal(yuan(-5n), '-0.05');
});

test('money is never negative', () => throws(() => fen(-1n), /never negative/));

test('ids are UUIDv7, sort by their making, and a derived one is the same for the same cause', () => {
  const early = newId(instant(1_000_000)),
    late = newId(instant(2_000_000));
  ok(early < late);
  match(late, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  match(derivedId(late, 'a'), /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  equal(derivedId(late, 'a'), derivedId(late, 'a'));
  notEqual(derivedId(late, 'a'), derivedId(late, 'b'));
  equal(new Set(Array.from({ length: 5000 }, () => newId(instant(5)))).size, 5000);
});

test('a public id reads back, keeps the order of ids, and is no id of another kind', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.uuid(), (a, b) => {
      const [first, second] = [encodeId('order', a), encodeId('order', b)];
      equal(decodeId('order', first), a);
      equal(first < second, a < b);
      equal(decodeId('shop', first), undefined);
    }),
    seeded,
  );
  for (const text of [
    'ord_',
    'ord_0',
    'ord_zzzzzzzzzzzzzzzzzzzzzzzzzz',
    'ord_vvvvvvvvvvvvvvvvvvvvvvvvvv',
    '',
  ])
    equal(decodeId('order', text), undefined);
  equal(new Set(Object.values(idPrefixes)).size, (Object.keys(idPrefixes) as IdKind[]).length);
});

test('F017 a secret cannot be printed, logged, or put into JSON', () => {
  const secret = new Secret('Q7RM-2KXD');
  for (const text of [
    String(secret),
    `${secret}`,
    JSON.stringify({ secret }),
    inspect(secret),
    inspect({ deep: { secret } }),
  ])
    ok(!text.includes('Q7RM'), text);
  equal(secret.reveal(), 'Q7RM-2KXD');
});

test('F017 what is sealed opens only with its key, its binding and all its bytes', () => {
  const key = keyOf(Buffer.alloc(32, 1));
  const sealed = seal(key, 'card|1', Buffer.from('secret'));
  equal(unseal(key, 'card|1', sealed).toString(), 'secret');
  throws(() => unseal(key, 'card|2', sealed));
  throws(() => unseal(keyOf(Buffer.alloc(32, 2)), 'card|1', sealed));
  sealed[14] = (sealed[14] ?? 0) ^ 1;
  throws(() => unseal(key, 'card|1', sealed));
});

test('every value of a statement is a parameter, also inside a spliced fragment', () => {
  const built = sql`select ${1} where a = ${'x'} and ${sql`b = ${2} or c = ${3}`} limit ${4}`;
  deepEqual(built, {
    text: 'select $1 where a = $2 and b = $3 or c = $4 limit $5',
    values: [1, 'x', 2, 3, 4],
  });
});

test('bare arrays and joined texts hold what they were given', () => {
  equal(bare(['a', null, 3, 4n, true, '']), '{a,NULL,3,4,true,""}');
  equal(bare([]), '{}');
  equal(texts(['{"a":1}', '[]']), '{"a":1}\u001f[]');
});

test('a Beijing day ends at 24:00 in Beijing', () => {
  const at = instant('2026-11-20T20:00:00+08:00');
  equal(beijingDay(at), '2026-11-20');
  equal(iso(endOfBeijingDay('2026-11-20')), '2026-11-20T16:00:00.000Z');
  equal(beijingDay(plus(at, { hours: 4 })), '2026-11-21');
});
