import { deepEqual, equal } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { aCase } from '../../../test/case-facts.ts';
import { fen } from '../../kit/money.ts';
import { instant, plus } from '../../kit/time.ts';
import { merchantAnswers, type Award } from '../rules.ts';
import { drawOrder, listOf, listText, lotText, tokenOf } from './draw.rules.ts';
import {
  decideArbitrate,
  decideAskJury,
  decideConsent,
  majorityOf,
  nextSeats,
  standingOf,
  type Ballot,
  type Standing,
} from './rules.ts';

const caseId = '01930000-0000-7000-8000-0000000000ca';
const person = (n: number): string => `01930000-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** Made with sha256sum, sort and base64 (docs/decisions/0015), not with this program. */
const golden = {
  list: ['9bd69f04ec3485ee', 'a119ceff72ec6b65', 'ced28383aa7870d7', 'e4d84fbecf57e2a5', 'e98dc9e00b3df8e6'],
  listSha256: 'd835ab18b96d5727cf458ccb0fa89ab01085da73af014341a94fb3d48c6e95f7',
  order: ['e4d84fbecf57e2a5', 'ced28383aa7870d7', 'e98dc9e00b3df8e6', '9bd69f04ec3485ee', 'a119ceff72ec6b65'],
};

test('F118 the draw is a golden vector: a third party gets the same order with sha256 and a sort', () => {
  const list = listOf(caseId, [1, 2, 3, 4, 5].map(person));
  deepEqual(list.tokens, golden.list);
  equal(list.sha256.toString('hex'), golden.listSha256);
  const root = Buffer.alloc(32, 7);
  const lot = { kind: 'panel' as const, caseId, size: 1234, root, listSha256: list.sha256 };
  // Done again here without a line of the program's.
  const sha = (text: string) => createHash('sha256').update(text).digest('hex');
  const listHash = sha(list.tokens.map((token) => `${token}\n`).join(''));
  const text = `mengyue draw v1\npanel\n${caseId}\n1234\n${root.toString('base64')}\n${listHash}\n`;
  equal(lotText(lot), text);
  const expected = list.tokens
    .map((token) => `${sha(`${sha(text)}\n${token}\n`)} ${token}`)
    .toSorted()
    .map((line) => line.split(' ')[1]);
  deepEqual(drawOrder(lot, list.tokens), expected);
  deepEqual(drawOrder(lot, list.tokens), golden.order);
});

test('the list does not depend on the order in which people are found, and each has one token in it', () =>
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 1, max: 9999 }), { maxLength: 40 }),
      fc.integer(),
      (numbers, root) => {
        const people = numbers.map(person);
        const list = listOf(caseId, people);
        deepEqual(listOf(caseId, people.toReversed()), list);
        equal(new Set(list.tokens).size, people.length);
        list.people.forEach((userId, i) => equal(tokenOf(caseId, userId), list.tokens[i]));
        const lot = {
          kind: 'jury' as const,
          caseId,
          size: 1,
          root: Buffer.from(String(root)),
          listSha256: list.sha256,
        };
        deepEqual(drawOrder(lot, list.tokens).toSorted(), list.tokens);
        equal(listText(list.tokens).length, people.length * 17);
      },
    ),
    { seed: 20_261_121 },
  ));

const noon = instant('2026-11-20T12:00:00Z');
const at = (state: string, parts = {}) => ({
  case: aCase({ state: state as never, dueAt: plus(noon, { hours: 1 }), reason: 'WRONG_SPEC', ...parts }),
  byId: person(1),
  now: noon,
});
const wish = { ground: 'procedure', text: 'x' };
const said = (result: { ok: boolean; refusal?: string; value?: unknown }) =>
  result.ok ? (result.value as { event: string }).event : result.refusal;

for (const [state, side, parts, panel, jury] of [
  ['decided', 'buyer', {}, 'arbitrate', 'ask_jury'],
  ['decided', 'merchant', {}, 'arbitrate', 'ask_jury'],
  ['decided', 'buyer', { dueAt: plus(noon, { minutes: -1 }) }, 'ARBITRATION_OVER', 'ARBITRATION_OVER'],
  ['decided', 'buyer', { dueAt: noon }, 'arbitrate', 'ask_jury'],
  ['decided', 'buyer', { reason: 'CARD_INVALID' }, 'arbitrate', 'JURY_UNFIT'],
  ['decided', 'buyer', { asked: fen(50_000n) }, 'arbitrate', 'ask_jury'],
  ['decided', 'buyer', { asked: fen(50_001n) }, 'arbitrate', 'JURY_TOO_DEAR'],
  ['review', 'buyer', {}, 'ARBITRATION_OVER', 'ARBITRATION_OVER'],
  ['awarded', 'buyer', {}, 'ARBITRATION_OVER', 'ARBITRATION_OVER'],
] as const)
  test(`C8 in ${state} a ${side} ${JSON.stringify(parts, (_, v: unknown) => String(v))}: ${panel}, ${jury}`, () => {
    equal(said(decideArbitrate(at(state, parts), { ...wish, side })), panel);
    equal(said(decideAskJury(at(state, parts), { ...wish, side })), jury);
  });

test('a jury needs both sides: only the one that was asked can agree or prefer a panel', () => {
  const facts = at('jury_asked', { turn: 'merchant' });
  equal(said(decideConsent(facts, { side: 'merchant', agrees: true })), 'consent');
  equal(said(decideConsent(facts, { side: 'merchant', agrees: false })), 'prefer_panel');
  equal(said(decideConsent(facts, { side: 'buyer', agrees: true })), 'NOT_YOUR_TURN');
});

const lost = { merchant: 0, buyer: 100, platform: 0, carrier: 0, issuer: 0 };
const ballot = (n: number, remedy: Award['remedy'], amount = 0n): Ballot => ({
  userId: person(n),
  award: { remedy, amount: fen(amount), liability: remedy === 'none' ? lost : merchantAnswers },
  judged: {} as never,
});
const outcome = (...list: Ballot[]) => {
  const found = majorityOf(list, 3);
  return found ? `${found.award.remedy} ${found.award.amount}` : 'none';
};

for (const [votes, expected] of [
  [[ballot(1, 'refund', 900n), ballot(2, 'refund', 500n), ballot(3, 'none')], 'refund 500'],
  [[ballot(1, 'refund', 900n), ballot(2, 'refund', 500n), ballot(3, 'refund', 300n)], 'refund 500'],
  [[ballot(1, 'none'), ballot(2, 'none'), ballot(3, 'refund', 300n)], 'none 0'],
  [[ballot(1, 'reissue', 900n), ballot(2, 'refund', 500n), ballot(3, 'none')], 'none'],
  [[ballot(1, 'refund', 900n), ballot(2, 'refund', 900n)], 'refund 900'],
  [[ballot(1, 'refund', 900n)], 'none'],
] as const)
  test(`F118 three seats, ${votes.map((one) => `${one.award.remedy} ${one.award.amount}`).join(', ')}: ${expected}`, () =>
    equal(outcome(...votes), expected));

const seats = [1, 2, 3].map((n) => ({ userId: person(n), rank: n, state: 'seated' as const }));
const standing = (parts: Partial<Standing>) =>
  standingOf({
    seats: 3,
    round: 1,
    seated: seats,
    ballots: [],
    doubted: [],
    left: 5,
    isOver: false,
    ...parts,
  }).kind;
const [a, b, c] = [ballot(1, 'refund', 9n), ballot(2, 'refund', 9n), ballot(3, 'none')];

for (const [what, parts, expected] of [
  ['nobody voted', {}, 'wait'],
  ['two agree, the third has time', { ballots: [a, b] }, 'wait'],
  ['all voted', { ballots: [a, b, c] }, 'award'],
  ['all voted, one seat is in doubt', { ballots: [a, b, c], doubted: [person(1)] }, 'wait'],
  ['no majority', { ballots: [a, ballot(2, 'reissue', 9n), c] }, 'deadlock'],
  ['time is over, two agree', { ballots: [a, b], isOver: true }, 'award'],
  ['time is over, one voted', { ballots: [a], isOver: true }, 'replace'],
  ['time is over again', { ballots: [a], isOver: true, round: 2 }, 'deadlock'],
  ['time is over, nobody is left to call', { ballots: [a], isOver: true, left: 0 }, 'deadlock'],
  [
    'time is over, the deciding seat is in doubt',
    { ballots: [a, b], isOver: true, doubted: [person(1)] },
    'replace',
  ],
  ['two sit, both voted and agree', { seated: seats.slice(0, 2), ballots: [a, b] }, 'award'],
  ['two sit and differ', { seated: seats.slice(0, 2), ballots: [a, ballot(2, 'none')] }, 'deadlock'],
  ['nobody sits', { seated: [] }, 'deadlock'],
] as const)
  test(`a panel never hangs: ${what}: ${expected}`, () =>
    equal(standing(parts as Partial<Standing>), expected));

test('F118 the next of the order are called, past those who met the case meanwhile and never back to one who left', () => {
  const order = [1, 2, 3, 4, 5].map((n) => ({ userId: person(n), rank: n }));
  const taken = [{ userId: person(1), rank: 1, state: 'recused' as const }, seats[1] as (typeof seats)[0]];
  const free = new Set([1, 2, 4, 5].map(person));
  deepEqual(
    nextSeats(order, taken, free, 2).map((one) => one.rank),
    [4, 5],
  );
  deepEqual(nextSeats(order, taken, new Set(), 2), []);
});
