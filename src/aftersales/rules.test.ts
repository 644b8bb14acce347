import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { aCase, currentVersion, noon, price, refusalOf } from '../../test/case-facts.ts';
import { fen } from '../kit/money.ts';
import { instant, plus } from '../kit/time.ts';
import { articleOfParam, findArticle, type ParamName } from '../rules/rules.ts';
import { shelve, shelved, shipped } from '../rules/shelf.rules.ts';
import { decideEscalate, decideOffer, decideRefuse, type MoveFacts } from './answers.rules.ts';
import { answerClock, clocksOf, decideDue, remindersOf } from './clocks.rules.ts';
import {
  decideFile,
  fileUntil,
  isPresumed,
  reasonsFor,
  type FilingFacts,
  type Wish,
} from './filing.rules.ts';
import { caseTable, objectionTable } from './machine.ts';
import { reasons, type ReasonCode } from './reasons.data.ts';
import { isOver, reasonOf, type Case, type Offer } from './rules.ts';

test('every step of a case names an article that exists, and every timed one a parameter of it (rulebook 4.1 d, e)', () => {
  for (const [from, event, by, , article, after] of [
    ...caseTable,
    ...objectionTable,
  ] as readonly (readonly string[])[]) {
    const step = `${from} ${event} by ${by}`;
    ok(findArticle(currentVersion, article ?? ''), `${step}: article ${article}`);
    if (after === undefined) continue;
    equal(articleOfParam(currentVersion, after as ParamName), article, `${step}: ${after}`);
  }
});

test('every state is left by somebody until it is over, and what is over stays so', () => {
  const states = new Set(caseTable.map((row) => row[3]));
  for (const state of states) {
    const leaves = caseTable.some((row) => row[0] === state && row[3] !== state);
    equal(leaves, !isOver(state), state);
  }
});

test('F084 F085 F123 F150 F208: each scene has its category, its goods, both languages and an article', () => {
  for (const [code, category] of [
    ['CARD_INVALID', 'Q'],
    ['MERCHANT_UNREACHABLE', 'V'],
    ['MERCHANT_NONPERFORMANCE', 'V'],
    ['FEATURE_REDUCED', 'Q'],
    ['BINDING_UNDISCLOSED', 'Q'],
    ['SEAT_EXCEEDED', 'Q'],
    ['MEMBERSHIP_MISSING', 'Q'],
    ['COUNTERFEIT', 'V'],
    ['NO_DOWNLOAD', 'D'],
  ] as const)
    equal(reasonOf(code).category, category, code);
  for (const code of Object.keys(reasons) as ReasonCode[]) {
    ok(findArticle(currentVersion, reasonOf(code).article), code);
    ok(reasonOf(code).remedies.length > 0, code);
  }
  ok(!reasonsFor('card').some((code) => reasonOf(code).category === 'P'), 'no parcels for virtual goods');
  ok(reasonsFor('physical').includes('NO_REASON_7D'));
});

const facts = (parts: Partial<FilingFacts> = {}): FilingFacts => ({
  orderState: 'delivered',
  paidAt: noon,
  rulebook: currentVersion,
  noReason_days: 0,
  most: null,
  untold: false,
  goods: 'card',
  units: [
    { place: 1, cap: price, paid: fen(0n), gone: false },
    { place: 2, cap: price, paid: fen(0n), gone: false },
    { place: 3, cap: price, paid: price, gone: false },
    { place: 4, cap: price, paid: fen(0n), gone: true },
  ],
  begun: [1, 2, 3, 4].map((place) => ({ place, deliveredAt: noon, revealedAt: noon })),
  lineLeft: fen(19_500n),
  earlier: [],
  now: plus(noon, { hours: 1 }),
  ...parts,
});
const wish = (parts: Partial<Wish> = {}): Wish => ({
  line: 1,
  places: [1],
  reason: 'CARD_INVALID',
  remedy: 'refund',
  amount: null,
  ...parts,
});

for (const [says, given, about, expected] of [
  ['one bad key', wish(), facts(), '9750'],
  ['two bad keys', wish({ places: [1, 2] }), facts(), '19500'],
  ['a part of the price', wish({ amount: fen(100n) }), facts(), '100'],
  ['more than is left', wish({ amount: fen(9751n) }), facts(), 'AMOUNT_TOO_HIGH'],
  ['nothing at all', wish({ amount: fen(0n) }), facts(), 'AMOUNT_MISSING'],
  ['a unit that is not there', wish({ places: [9] }), facts(), 'PLACES_UNKNOWN'],
  ['a unit that was paid for', wish({ places: [3] }), facts(), 'NOTHING_LEFT'],
  ['a unit that was cancelled', wish({ places: [4] }), facts(), 'NOTHING_LEFT'],
  ['a parcel scene for a key', wish({ reason: 'PHYS_DAMAGED' }), facts(), 'REASON_UNFIT'],
  [
    'a remedy that the scene has not',
    wish({ reason: 'COUNTERFEIT', remedy: 'reissue' }),
    facts(),
    'REMEDY_UNFIT',
  ],
  ['an unpaid order', wish(), facts({ paidAt: null }), 'ORDER_NOT_PAID'],
  ['what is still to come', wish(), facts({ orderState: 'delivering' }), 'STILL_TO_COME'],
  ['the last instant of seven days', wish(), facts({ now: plus(noon, { days: 7 }) }), '9750'],
  ['a moment later', wish(), facts({ now: instant(plus(noon, { days: 7 }) + 1) }), 'FILING_OVER'],
  ['another scene then', wish({ reason: 'COUNTERFEIT' }), facts({ now: plus(noon, { days: 30 }) }), '9750'],
  [
    'what is open already',
    wish(),
    facts({
      earlier: [{ line: 1, places: [1, 2], reason: 'WRONG_SPEC', state: 'review', settledByDecision: false }],
    }),
    'CASE_OPEN',
  ],
  [
    'what was decided',
    wish(),
    facts({
      earlier: [{ line: 1, places: [1], reason: 'CARD_INVALID', state: 'closed', settledByDecision: true }],
    }),
    'CASE_WAS_DECIDED',
  ],
  [
    'another line',
    wish(),
    facts({
      earlier: [{ line: 2, places: [1], reason: 'CARD_INVALID', state: 'review', settledByDecision: false }],
    }),
    '9750',
  ],
  ['escrow of the line is nearly empty', wish(), facts({ lineLeft: fen(50n) }), '50'],
] as const)
  test(`F083 F088 F158 filing ${says}: ${expected}`, () => {
    const decided = decideFile(given, about);
    equal(decided.ok ? decided.value.asked.toString() : decided.refusal, expected);
  });

for (const [minutes, presumed] of [
  [0, true],
  [119, true],
  [120, true],
  [121, false],
] as const)
  test(`F077 a fault reported ${minutes} minutes after the reveal: ${presumed ? 'presumed' : 'ordinary burden'}`, () => {
    const begun = [{ place: 1, deliveredAt: noon, revealedAt: noon }];
    equal(
      isPresumed('CARD_INVALID', begun, { rulebook: currentVersion, now: plus(noon, { minutes }) }),
      presumed,
    );
    equal(
      isPresumed('FEATURE_REDUCED', begun, { rulebook: currentVersion, now: plus(noon, { minutes }) }),
      false,
    );
  });

test('F054 seven days without a reason end at 24:00 of a working day: signed 1 May, until 8 May; signed 24 September, until 8 October', () => {
  const until = (signed: string, noReason_days = 0) =>
    fileUntil('NO_REASON_7D', [{ place: 1, deliveredAt: instant(signed), revealedAt: null }], {
      paidAt: null,
      rulebook: currentVersion,
      noReason_days,
    });
  equal(
    until('2026-05-01T02:00:00Z', 15),
    Date.parse('2026-05-18T16:00:00Z'),
    'what the shop promised holds',
  );
  equal(until('2026-05-01T02:00:00Z', 3), until('2026-05-01T02:00:00Z'), 'a worse promise has no effect');
  equal(until('2026-05-01T02:00:00Z'), Date.parse('2026-05-08T16:00:00Z'));
  equal(until('2026-09-24T02:00:00Z'), Date.parse('2026-10-08T16:00:00Z'));
});

const moveFacts = (parts: Partial<MoveFacts> = {}): MoveFacts => ({
  case: aCase(),
  byId: 'x',
  now: noon,
  refundable: price,
  offer: null,
  reissue: 'ok',
  ...parts,
});
const proof = { kind: 'issuer_log' as const, caption: '', text: 'used', formedAt: null };

for (const [defence, exhibit, expected] of [
  ['USER_ERROR', null, 'USER_ERROR_ALONE'],
  ['USER_ERROR', proof, 'USER_ERROR_ALONE'],
  ['TYPED_WRONG', null, 'EXHIBIT_MISSING'],
  ['TYPED_WRONG', proof, 'done'],
] as const)
  test(`F103 a refusal for ${defence} ${exhibit ? 'with' : 'without'} evidence: ${expected}`, () =>
    equal(refusalOf(decideRefuse(moveFacts(), { defence, text: 'x', exhibit })), expected));

test('F116 the buyer need not wait any longer after two offers that led nowhere', () => {
  equal(refusalOf(decideEscalate(moveFacts({ case: aCase({ offers: 1 }) }), 'x')), 'TOO_EARLY');
  equal(refusalOf(decideEscalate(moveFacts({ case: aCase({ offers: 2 }) }), 'x')), 'done');
});

test('an offer that gives all that was asked is an agreement; a cheaper one waits', () => {
  const give = (amount: bigint) =>
    decideOffer(moveFacts(), { remedy: 'refund', amount: fen(amount), text: 'x' });
  const [all, part] = [give(9750n), give(9749n)];
  ok(all.ok && all.value.event === 'agree' && part.ok && part.value.event === 'offer');
});

for (const [refusedAgo_minutes, expected] of [
  [47 * 60 + 59, 'done'],
  [48 * 60, 'done'],
  [48 * 60 + 1, 'ESCALATION_OVER'],
] as const)
  test(`F090 escalating ${refusedAgo_minutes} minutes after the refusal: ${expected}`, () => {
    const one = aCase({ state: 'refused', turn: 'buyer', sinceAt: noon, dueAt: plus(noon, { hours: 48 }) });
    equal(
      refusalOf(
        decideEscalate(moveFacts({ case: one, now: plus(noon, { minutes: refusedAgo_minutes }) }), ''),
      ),
      expected,
    );
  });

for (const [reopened, days, text, expected] of [
  [false, 3, 'in hospital', 'done'],
  [false, 3, '', 'ESCALATION_OVER'],
  [true, 3, 'again', 'REOPENING_OVER'],
  [false, 20, 'late', 'REOPENING_OVER'],
] as const)
  test(`F091 a lapsed case ${reopened ? 'that was reopened before ' : ''}reopens after ${days} days with "${text}": ${expected}`, () => {
    const one = aCase({ state: 'lapsed', turn: 'buyer', sinceAt: noon, dueAt: null, reopened });
    equal(refusalOf(decideEscalate(moveFacts({ case: one, now: plus(noon, { days }) }), text)), expected);
  });

const anOffer: Offer = { remedy: 'refund', amount: fen(1n), text: '', at: noon };
for (const [reason, offer, expected] of [
  ['CARD_INVALID', null, 'silence_refund'],
  ['CARD_USED', null, 'silence_refund'],
  ['FEATURE_REDUCED', null, 'silence_intervene'],
  ['CARD_INVALID', anOffer, 'stall'],
] as const)
  test(`F078 F159 24 hours over a ${reason} ${offer ? 'with an open offer' : 'in silence'}: ${expected}`, () =>
    equal(
      decideDue('case.remedy', { case: aCase({ reason }), offer, refundable: price, now: noon })?.event,
      expected,
    ));

for (const [state, presumed, reason, expected] of [
  ['review', true, 'CARD_INVALID', 'overdue'],
  ['intervention', false, 'CARD_INVALID', 'overdue'],
  ['review', false, 'FEATURE_REDUCED', 'late'],
  ['appealed', true, 'CARD_INVALID', 'late'],
  ['decided', true, 'CARD_INVALID', undefined],
] as const)
  test(`the platform is late in ${state}, ${presumed ? '' : 'not '}presumed, ${reason}: ${expected ?? 'nothing'}`, () =>
    equal(
      decideDue('case.decide', {
        case: aCase({ state, presumed, reason }),
        offer: null,
        refundable: price,
        now: noon,
      })?.event,
      expected,
    ));

test('story 5, F050: three working days over Spring Festival, and the fast lane in 24 hours', () => {
  const asked = instant('2026-02-13T12:00:00Z');
  const clock = (reason: ReasonCode) =>
    clocksOf(aCase({ state: 'intervention', reason, decideBy: null }), asked).find(
      (one) => one.what === 'case.decide',
    );
  equal(clock('FEATURE_REDUCED')?.dueAt, Date.parse('2026-02-25T16:00:00Z'));
  equal(clock('CARD_INVALID')?.dueAt, plus(asked, { hours: 24 }));
});

test('F136 reminders come at half and four fifths of a clock, and 24 and 4 hours before the escalation ends', () => {
  const hours = (one: Case) =>
    clocksOf(one, noon)
      .slice(0, 1)
      .flatMap((clock) => remindersOf(one, clock, noon))
      .map((at) => (at - noon) / 3_600_000);
  deepEqual(hours(aCase()), [12, 19.2]);
  deepEqual(hours(aCase({ state: 'refused' })), [24, 44]);
});

for (const [promised, reason, hours, article] of [
  [null, 'CARD_INVALID', 24, '5'],
  [12, 'CARD_INVALID', 12, '12'],
  [48, 'CARD_INVALID', 24, '5'], // a promise never makes it later
  [null, 'FEATURE_REDUCED', 24, '8'],
  [6, 'FEATURE_REDUCED', 6, '12'],
  [null, 'TOPUP_DELAY', 4, '8'],
  [6, 'TOPUP_DELAY', 4, '8'],
] as const)
  test(`F078 F124 F159 the shop promised ${promised ?? 'no'} hours, ${reason}: it answers within ${hours}, by article ${article}`, () => {
    const clock = answerClock({ reason, rulebook: currentVersion, answerHours: promised }, noon);
    deepEqual([clock.dueAt - noon, clock.article], [hours * 3_600_000, article]);
  });

test('F124 F136 a newer rule that is better for the buyer sets the clocks of an older order, a worse one does not, nor one that is for new orders only', () => {
  const before = shelved();
  const newer = (hours: number, ordersBefore: 'old_version' | 'better_for_buyer') => {
    const chapters = shipped.book.chapters.map((chapter) => ({
      ...chapter,
      articles: chapter.articles.map((one) => ({
        ...one,
        params: Object.fromEntries(
          Object.entries(one.params).map(([name, param]) => [
            name,
            name === 'MERCHANT_REMEDY' || name === 'EVIDENCE_WITHIN' ? { ...param, v: hours } : param,
          ]),
        ),
      })),
    }));
    const book = { ...shipped.book, version: '1.1.0', ordersBefore, chapters };
    shelve([shipped, { book, life: { ...shipped.life, state: 'in_force', effectiveAt: noon } }]);
    const due = answerClock({ reason: 'CARD_INVALID', rulebook: '1.0.0', answerHours: null }, noon);
    return [(due.dueAt - noon) / 3_600_000, due.version];
  };
  try {
    deepEqual(newer(12, 'better_for_buyer'), [12, '1.1.0']);
    deepEqual(newer(36, 'better_for_buyer'), [24, '1.0.0']);
    deepEqual(newer(12, 'old_version'), [24, '1.0.0']);
    const [evidence] = clocksOf(aCase({ state: 'evidence', rulebook: '1.0.0' }), noon);
    equal(evidence?.version, '1.0.0', 'what has no side for the buyer stays as it was agreed');
  } finally {
    shelve(before);
  }
});

const theWish: Wish = { line: 1, places: [1], reason: 'CARD_INVALID', remedy: 'refund', amount: null };

test('F106 nobody ticked the binding rule and the shop says nothing: the buyer wins; ticked, somebody decides', () => {
  const due = (presumed: boolean) =>
    decideDue('case.remedy', {
      case: aCase({ reason: 'BINDING_UNDISCLOSED', goods: 'licence', presumed }),
      offer: null,
      refundable: price,
      now: plus(noon, { hours: 24 }),
    })?.event;
  deepEqual([due(true), due(false)], ['silence_refund', 'silence_intervene']);
  const filed = (untold: boolean) =>
    decideFile({ ...theWish, reason: 'BINDING_UNDISCLOSED' }, facts({ goods: 'licence', untold }));
  const [told, untold] = [filed(false), filed(true)];
  ok(told.ok && untold.ok);
  deepEqual([told.value.presumed, untold.value.presumed], [false, true]);
});

test('F093 of a membership at most the unused days are asked for', () => {
  const most = fen(6_500n);
  const asked = (amount: bigint | null) =>
    decideFile(
      { ...theWish, reason: 'MEMBERSHIP_MISSING', amount: amount === null ? null : fen(amount) },
      facts({ goods: 'membership', most }),
    );
  const all = asked(null);
  ok(all.ok && all.value.asked === most);
  equal(refusalOf(asked(6_501n)), 'AMOUNT_TOO_HIGH');
});

test('F179 a key that expired or leads to no download can be answered with a working link or with the money', () => {
  for (const code of ['NO_DOWNLOAD', 'CARD_EXPIRED'] as const) {
    ok(reasonOf(code).remedies.includes('perform'), code);
    ok(reasonOf(code).remedies.includes('refund'), code);
    ok(reasonsFor('card').includes(code), code);
  }
});
