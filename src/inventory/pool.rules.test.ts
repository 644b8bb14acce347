import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { freeIn, giveBack, reserve, takeNumbers, unreserve, type Pool } from './pool.rules.ts';

const aPool = (p: Partial<Pool> = {}): Pool => ({
  shopId: 's',
  id: 'p',
  next: 1n,
  last: 10n,
  reserved: 0n,
  onHand: 10n,
  returned: 0,
  careful: false,
  back: [],
  keys: [],
  tookBack: [],
  skipped: [],
  touched: false,
  ...p,
});

for (const [what, pool, count, held, numbers] of [
  ['two of ten', {}, 2, false, [1n, 2n]],
  ['all of ten', {}, 10, false, [1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n, 9n, 10n]],
  ['eleven of ten', {}, 11, false, undefined],
  ['what others hold', { reserved: 9n }, 2, false, undefined],
  ['what it held itself', { reserved: 9n }, 2, true, [1n, 2n]],
  ['what came back first', { next: 8n, onHand: 4n, returned: 1, back: [3n] }, 2, false, [3n, 8n]],
  [
    'past an expired key',
    {
      careful: true,
      keys: [
        { number: 1n, usable: false },
        { number: 2n, usable: true },
      ],
    },
    1,
    false,
    [2n],
  ],
  ['only expired keys', { careful: true, keys: [{ number: 1n, usable: false }] }, 1, false, undefined],
] as const)
  test(`a buyer takes ${what}: ${numbers?.join(', ') ?? 'nothing'}`, () =>
    deepEqual(takeNumbers(aPool(structuredClone(pool) as Partial<Pool>), count, held), numbers));

test('a shortage changes nothing', () => {
  const pool = aPool({ next: 9n, onHand: 2n });
  const before = structuredClone(pool);
  equal(takeNumbers(pool, 3, false), undefined);
  deepEqual(pool, before);
});

test('at most a fifth of a pool is held by unpaid orders, and one always may be', () => {
  const pool = aPool();
  deepEqual([reserve(pool, 2, 20), reserve(pool, 1, 20), pool.reserved], [true, false, 2n]);
  const small = aPool({ last: 1n, onHand: 1n });
  deepEqual([reserve(small, 1, 20), reserve(small, 1, 20)], [true, false]);
});

test('F012 whatever is taken, held, freed and given back: no number is out twice, and the counts are true', () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('take' as const), n: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ do: fc.constant('hold' as const), n: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ do: fc.constant('back' as const), n: fc.constant(1) }),
    fc.record({ do: fc.constant('free' as const), n: fc.constant(1) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let pool = aPool({ last: 30n, onHand: 30n });
      const out = new Set<bigint>();
      for (const one of steps) {
        // Each step is a transaction of its own: what came back is read anew.
        pool = {
          ...pool,
          back: Array.from({ length: 30 }, (_, i) => BigInt(i + 1)).filter(
            (n) => n < pool.next && !out.has(n),
          ),
          tookBack: [],
          skipped: [],
        };
        if (one.do === 'hold') reserve(pool, one.n, 50);
        if (one.do === 'free' && pool.reserved > 0n) unreserve(pool, 1n);
        const last = [...out].at(-1);
        if (one.do === 'back' && last !== undefined) {
          out.delete(last);
          giveBack(pool, [last]);
        }
        if (one.do === 'take')
          for (const number of takeNumbers(pool, one.n, false) ?? []) {
            ok(!out.has(number), `number ${number} is out twice`);
            out.add(number);
          }
        equal(pool.onHand, 30n - BigInt(out.size));
        ok(freeIn(pool) >= 0n);
      }
    }),
    { seed: 42, numRuns: 500 },
  );
});
