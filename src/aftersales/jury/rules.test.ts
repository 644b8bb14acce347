import { deepEqual, equal } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { aCase } from '../../../test/case-facts.ts';
import { instant } from '../../kit/time.ts';
import { commitmentOf, countOf, decideCommit, decideOpen, type Choice } from './rules.ts';
import { withoutNames } from './sheet.rules.ts';

const me = '01930000-0000-7000-8000-000000000001';
const vote = { token: '0123456789abcdef', choice: 'buyer' as Choice, nonce: 'nonce-nonce-nonce' };
const facts = (parts = {}) => ({
  case: aCase({ state: 'jury' }),
  byId: me,
  now: instant('2026-11-20T12:00:00Z'),
  state: 'opening',
  seats: [{ userId: me, rank: 1, state: 'seated' as const }],
  voted: [],
  ...parts,
});
const sealed = () => commitmentOf({ caseId: facts().case.id, ...vote });
const said = (result: { ok: boolean; refusal?: string }) => (result.ok ? 'ok' : result.refusal);

test('F118 a sealed vote is the SHA-256 of six lines that anybody can write', () =>
  equal(
    sealed().toString('hex'),
    createHash('sha256')
      .update(`mengyue vote v1\n${facts().case.id}\n${vote.token}\nbuyer\nnonce-nonce-nonce\n`)
      .digest('hex'),
  ));

for (const [what, parts, told, expected] of [
  ['as it was sealed', {}, {}, 'ok'],
  ['for the other side', {}, { choice: 'merchant' }, 'SEAL_DIFFERS'],
  ['with another nonce', {}, { nonce: 'nonce-nonce-nonc3' }, 'SEAL_DIFFERS'],
  ['for another seat', {}, { token: 'fedcba9876543210' }, 'SEAL_DIFFERS'],
  ['that was never sealed', {}, { sealed: undefined }, 'NOT_SEALED'],
  ['a second time', {}, { opened: true }, 'VOTED_ALREADY'],
  ['too early', { state: 'sealing' }, {}, 'VOTE_OVER'],
  ['when the case has gone on', { case: aCase({ state: 'withdrawn' }) }, {}, 'VOTE_OVER'],
  ['without a seat', { seats: [] }, {}, 'NOT_SEATED'],
] as const)
  test(`a vote is opened ${what}: ${expected}`, () =>
    equal(
      said(decideOpen(facts(parts), { ...vote, sealed: sealed(), opened: false, ...(told as object) })),
      expected,
    ));

for (const [what, parts, expected] of [
  ['in time', { state: 'sealing' }, 'ok'],
  ['twice', { state: 'sealing', voted: [me] }, 'VOTED_ALREADY'],
  ['after the hour', { state: 'opening' }, 'VOTE_OVER'],
  ['without a seat', { state: 'sealing', seats: [] }, 'NOT_SEATED'],
  [
    'from a seat that was lost',
    { state: 'sealing', seats: [{ userId: me, rank: 1, state: 'late' }] },
    'NOT_SEATED',
  ],
] as const)
  test(`a vote is sealed ${what}: ${expected}`, () =>
    equal(said(decideCommit(facts(parts) as never)), expected));

const votes = (buyer: number, merchant: number): Choice[] => [
  ...Array.from({ length: buyer }, () => 'buyer' as const),
  ...Array.from({ length: merchant }, () => 'merchant' as const),
];
for (const [buyer, merchant, all, expected] of [
  [9, 0, 17, 'buyer'],
  [8, 0, 17, 'wait'],
  [8, 8, 17, 'wait'],
  [8, 8, 16, 'hung'],
  [3, 9, 17, 'merchant'],
  [0, 0, 8, 'hung'],
  [5, 5, 12, 'hung'],
  [5, 5, 14, 'wait'],
] as const)
  test(`F118 seventeen seats, ${all} sealed, ${buyer} for the buyer and ${merchant} for the shop: ${expected}`, () =>
    equal(countOf({ need: 9, opened: votes(buyer, merchant), sealed: all }), expected));

test('what tells who somebody is does not stand on the sheet of a jury', () => {
  const text =
    '松涧点卡的客服 13800138000 让我加 a.b@example.com，见 https://x.cn/1，退 97.50 元，2026-11-20 13:02';
  deepEqual(
    withoutNames(text, ['松涧点卡']),
    '▇▇▇的客服 ▇▇▇ 让我加 ▇▇▇，见 ▇▇▇，退 97.50 元，2026-11-20 13:02',
  );
});
