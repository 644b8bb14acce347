import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { aCase } from '../../../test/case-facts.ts';
import { judged } from '../../../test/cases.ts';
import { fen } from '../../kit/money.ts';
import { instant } from '../../kit/time.ts';
import { applyFinding, decideFind, decideSignGroup, isAlarm, isBatchFault, isGroup } from './rules.ts';

for (const [cases, sold, expected] of [
  [1, 1, false],
  [1, 1000, false],
  [2, 40, true],
  [2, 41, false],
  [3, 1000, true],
] as const)
  test(`F129 article 9: ${cases} cases of ${sold} sold ${expected ? 'are' : 'are no'} alarm`, () =>
    equal(isAlarm('1.0.0', { cases, sold }), expected));

test('F129 article 28: five cases are heard together, and what is not about the goods does not count', () => {
  equal(isGroup('1.0.0', 4), false);
  equal(isGroup('1.0.0', 5), true);
  for (const [reason, expected] of [
    ['CARD_INVALID', true],
    ['COUNTERFEIT', true],
    ['NO_DOWNLOAD', true],
    ['OTHER', false],
    ['OFF_PLATFORM', false],
    ['DUPLICATE_CHARGE', false],
  ] as const)
    equal(isBatchFault(reason), expected, reason);
});

const now = instant('2026-11-20T12:00:00Z');
const facts = (parts = {}) => ({
  group: { state: 'open' as const, rulebook: '1.0.0', proposedBy: null },
  byId: 'me',
  now,
  involved: false,
  asked: [fen(100_000n), fen(100_000n)],
  ...parts,
});
const said = (result: { ok: boolean; refusal?: string; value?: { event: string } }) =>
  result.ok ? result.value?.event : result.refusal;

for (const [what, parts, finding, expected] of [
  ['at the limit', {}, {}, 'decide'],
  ['above the limit', { asked: [fen(200_001n)] }, {}, 'propose'],
  ['that gives nothing, however much was asked', { asked: [fen(900_000n)] }, { remedy: 'none' }, 'decide'],
  ['with a sum', {}, { amount: fen(1n) }, 'AMOUNT_TOO_HIGH'],
  ['by somebody of the shop', { involved: true }, {}, 'CONFLICT_OF_INTEREST'],
  ['twice', { group: { ...facts().group, state: 'decided' } }, {}, 'NOT_YOUR_TURN'],
] as const)
  test(`F129 one finding ${what}: ${expected}`, () =>
    equal(said(decideFind(facts(parts), judged(finding as object))), expected));

test('F129 the second person is another one', () => {
  const group = { state: 'signing' as const, rulebook: '1.0.0', proposedBy: 'me' };
  equal(said(decideSignGroup(facts({ group }), true)), 'SAME_EYES');
  equal(said(decideSignGroup(facts({ group, byId: 'other' }), true)), 'countersign');
  equal(said(decideSignGroup(facts({ group, byId: 'other' }), false)), 'send_back');
});

for (const [state, left, remedy, expected] of [
  ['negotiation', 9750n, 'refund', 'found 9750'],
  ['refused', 4000n, 'refund', 'found 4000'],
  ['review', 9750n, 'none', 'found 0'],
  ['negotiation', 0n, 'refund', 'unfit'],
  ['negotiation', 9750n, 'perform', 'unfit'],
  ['executed', 9750n, 'refund', 'settled'],
  ['withdrawn', 9750n, 'refund', 'settled'],
  ['decided', 9750n, 'refund', 'settled'],
  ['arbitration', 9750n, 'refund', 'settled'],
] as const)
  test(`F129 a finding of ${remedy} on a case in ${state} with ${left} left: ${expected}`, () => {
    const lost = { merchant: 0, buyer: 100, platform: 0, carrier: 0, issuer: 0 };
    const applied = applyFinding(aCase({ state, asked: fen(9750n) }), {
      groupId: 'g',
      byId: 'me',
      judged: judged({ remedy, ...(remedy === 'none' ? { liability: lost } : {}) }),
      refundable: fen(left),
      now,
    });
    equal(applied.outcome === 'found' ? `found ${applied.move.facts?.awardFen}` : applied.outcome, expected);
  });
