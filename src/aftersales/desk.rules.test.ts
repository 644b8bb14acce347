import { equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { aCase, noon, price, refusalOf } from '../../test/case-facts.ts';
import { fen } from '../kit/money.ts';
import {
  awardOf,
  decideAssign,
  decideJudge,
  decideSign,
  type DeskFacts,
  type Judgment,
} from './desk.rules.ts';
import { merchantAnswers } from './rules.ts';

const deskFacts = (parts: Partial<DeskFacts> = {}): DeskFacts => ({
  case: aCase({ state: 'review', handlerId: 'h' }),
  byId: 'h',
  now: noon,
  refundable: price,
  involved: false,
  before: [],
  reissue: 'ok',
  ...parts,
});
const judged = (parts: Partial<Judgment> = {}): Judgment => ({
  facts: 'f',
  weighing: 'w',
  reasons: 'r',
  articles: ['5'],
  remedy: 'refund',
  amount: null,
  liability: merchantAnswers,
  reason: null,
  ...parts,
});
const none = { merchant: 0, buyer: 0, platform: 0, carrier: 0, issuer: 0 };
for (const [says, given, expected] of [
  ['a reasoned award', judged(), '9750'],
  ['without an article', judged({ articles: [] }), 'ARTICLE_MISSING'],
  ['with an article that does not exist', judged({ articles: ['5', '999'] }), 'ARTICLE_MISSING'],
  ['with shares of 90', judged({ liability: { ...none, merchant: 90 } }), 'LIABILITY_WRONG'],
  ['an award where the buyer answers', judged({ liability: { ...none, buyer: 100 } }), 'LIABILITY_WRONG'],
  ['nothing where the shop answers', judged({ remedy: 'none' }), 'LIABILITY_WRONG'],
  ['nothing', judged({ remedy: 'none', liability: { ...none, buyer: 100 } }), '0'],
  ['too much', judged({ amount: fen(9751n) }), 'AMOUNT_TOO_HIGH'],
  ['shared', judged({ amount: fen(5000n), liability: { ...none, merchant: 50, buyer: 50 } }), '5000'],
  ['a scene of no such remedy', judged({ remedy: 'reissue', reason: 'COUNTERFEIT' }), 'REMEDY_UNFIT'],
] as const)
  test(`F212 F138 a judgment ${says}: ${expected}`, () => {
    const award = awardOf(deskFacts(), given);
    equal(award.ok ? award.value.amount.toString() : award.refusal, expected);
  });

test('F051 F118 no conflict of interest: not the buyer, not the shop, not in two instances, not one pair of eyes', () => {
  const open = aCase({ state: 'intervention' });
  equal(refusalOf(decideAssign(deskFacts({ case: open }))), 'done');
  equal(refusalOf(decideAssign(deskFacts({ case: open, involved: true }))), 'CONFLICT_OF_INTEREST');
  const appealed = aCase({ state: 'appealed', handlerId: 'h' });
  equal(
    refusalOf(decideAssign(deskFacts({ case: appealed, before: [{ tier: 1, userId: 'h' }] }))),
    'CONFLICT_OF_INTEREST',
  );
  equal(refusalOf(decideAssign(deskFacts({ case: appealed, before: [{ tier: 1, userId: 'y' }] }))), 'done');
  equal(refusalOf(decideJudge(deskFacts({ byId: 'other' }), judged())), 'NOT_ASSIGNED');
  const big = decideJudge(deskFacts({ refundable: fen(200_001n) }), judged());
  ok(big.ok && big.value.event === 'propose', 'above the limit it takes two');
  const signing = aCase({ state: 'signing', handlerId: 'h' });
  equal(refusalOf(decideSign(deskFacts({ case: signing }), { agrees: true, text: '' })), 'SAME_EYES');
  equal(
    refusalOf(decideSign(deskFacts({ case: signing, byId: 'second' }), { agrees: true, text: '' })),
    'done',
  );
});
