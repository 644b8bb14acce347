import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compareCodes, type Compared } from './rules.ts';

const issued = { number: '6021884000127101', secret: 'KX7O-91QW-MN2P' };
const neighbour = { number: '6021884000128888', secret: 'ZZ8P-72RR-AA4C', unit: '1-2' };
const compare = (typed: string, parts: Partial<Compared> = {}) =>
  compareCodes({ issued, typed, part: 'secret', format: 'free', others: [neighbour], ...parts });

const table: readonly (readonly [
  typed: string,
  verdict: string,
  findings: string,
  parts?: Partial<Compared>,
])[] = [
  ['KX7O-91QW-MN2P', 'same', ''],
  [' KX7O-91QW-MN2P', 'case_or_space', 'space'],
  ['KX7O-91QW-MN2P\u200b', 'case_or_space', 'space'],
  ['KX7O 91QW MN2P', 'case_or_space', 'space hyphen'],
  ['KX7O91QWMN2P', 'case_or_space', 'hyphen'],
  ['kx7o-91qw-mn2p', 'case_or_space', 'case'],
  ['ＫX7O-91QW-MN2P', 'case_or_space', 'wide'],
  ['KX7O－91QW－MN2P', 'case_or_space', 'wide'],
  ['KX70-91QW-MN2P', 'case_or_space', 'lookalike'],
  ['KX7O-9lQW-MN2P', 'case_or_space', 'lookalike'],
  ['KX70 -91QW-MN2P', 'case_or_space', 'lookalike space'],
  ['6021884000127101', 'case_or_space', 'other_part'],
  ['ZZ8P72RRAA4C', 'other_unit', 'other_unit'],
  ['6021 8840 0012 8888', 'other_unit', 'other_unit'],
  ['KX7O-91QW-MN2Q', 'different', 'differs'],
  ['KX7O-91QW-MQQQ', 'different', 'differs'],
  ['AAAA-91QW-MN2P', 'different', 'differs_much'],
  ['KX7O-91QW-MN2', 'different', 'shorter'],
  ['KX7O-91QW-MN2PPP', 'different', 'longer'],
  ['卡密', 'different', 'format shorter'],
  ['6021884000127101', 'same', '', { part: 'number', format: 'digits16' }],
  ['6021 8840 0012 7101', 'case_or_space', 'space', { part: 'number', format: 'digits16' }],
  ['60218840001271O1', 'case_or_space', 'lookalike', { part: 'number', format: 'digits16' }],
  ['602188400012710', 'different', 'format shorter', { part: 'number', format: 'digits16' }],
  ['KX7O-91QW-MN2P', 'same', '', { part: 'number', issued: { number: null, secret: issued.secret } }],
];

for (const [typed, verdict, findings, parts] of table)
  test(`F045 ${JSON.stringify(typed)} is ${verdict}${findings && `: ${findings}`}`, () => {
    const found = compare(typed, parts);
    assert.equal(found.verdict, verdict);
    assert.equal(found.findings.map((one) => one.kind).join(' '), findings);
  });

test('F045 differing characters are counted up to three, missing and extra ones always', () => {
  assert.deepEqual(compare('KX7O-91QW-MQQQ').findings, [{ kind: 'differs', count: 3 }]);
  assert.deepEqual(compare('KX7O-91QW-QQQQ').findings, [{ kind: 'differs_much' }]);
  assert.deepEqual(compare('KX7O-91QW').findings, [{ kind: 'shorter', count: 4 }]);
  assert.deepEqual(compare('ZZ8P-72RR-AA4C').findings, [{ kind: 'other_unit', unit: '1-2' }]);
});

test('F045 an answer never holds a character of the issued key, whatever is typed', () => {
  const alphabet = fc.constantFrom(...'KX7O91QWMN2PABZ05 -lI０'.split(''));
  fc.assert(
    fc.property(fc.string({ unit: alphabet, maxLength: 30 }), (typed) => {
      const { verdict, findings } = compare(typed);
      assert.equal(verdict === 'same', typed === issued.secret);
      for (const { kind, count, unit, ...rest } of findings) {
        assert.deepEqual(rest, {});
        if (kind === 'differs') assert.ok(count !== undefined && count >= 1 && count <= 3);
        assert.equal(unit !== undefined, kind === 'other_unit');
      }
    }),
    { seed: 45, numRuns: 2000 },
  );
});

test('F045 what is typed decides nothing but the answer: a sealed neighbour takes no part', () => {
  assert.equal(compare('ZZ8P-72RR-AA4C', { others: [] }).verdict, 'different');
});
