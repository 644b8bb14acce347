import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { fen } from '../kit/money.ts';
import { instant, plus, type Instant } from '../kit/time.ts';
import {
  binds,
  decideAppealMeasure,
  decideEnd,
  decideHear,
  decidePropose,
  decideSecond,
  decideTicket,
  depositLockedUntil,
  disputeRate,
  isHighValue,
  isRunaway,
  p95,
  rateLevel,
  restrictionsBy,
  stepFor,
  unhealthy,
  type Measure,
  type Signal,
  type Ticket,
} from './rules.ts';
import type { MeasureStep, Side, SignalKind } from './words.contract.ts';

const version = '1.0.0';
const now = instant('2026-11-21T12:00:00+08:00');
const signal = (kind: SignalKind, side: Side, days = -1, id = `${kind}${days}`): Signal => ({
  id,
  side,
  kind,
  at: plus(now, { days }),
});
const measure = (step: MeasureStep, parts: Partial<Measure> = {}): Measure => ({
  id: `m-${step}`,
  subjectId: 's',
  side: step === 'warning' || step === 'ban' ? 'merchant' : 'buyer',
  step,
  state: 'running',
  steps: 2,
  signals: ['old'],
  reasons: '',
  articles: ['38'],
  rulebook: version,
  proposedBy: 'a',
  proposedAt: plus(now, { days: -10 }),
  confirmedBy: 'b',
  startsAt: plus(now, { days: -10 }),
  endsAt: plus(now, { days: 80 }),
  appealUntil: plus(now, { days: 1 }),
  heardBy: null,
  endedAt: null,
  ...parts,
});
const said = (answer: { ok: boolean; refusal?: string; value?: unknown }): unknown =>
  answer.ok ? 'done' : answer.refusal;
const facts = (signals: Signal[], measures: Measure[] = [], involved = false) => ({
  signals,
  measures,
  version,
  now,
  involved,
});
const propose = (
  side: Side,
  step: MeasureStep,
  signals: Signal[],
  measures: Measure[] = [],
  involved = false,
) =>
  said(
    decidePropose(
      { side, step, signals: signals.map((one) => one.id), reasons: '' },
      facts(signals, measures, involved),
    ),
  );

test('F053 F058 each new piece of evidence leads one step up, and no step is skipped', () => {
  const found = [signal('reused_exhibit', 'buyer')];
  const ladder = ['notice', 'fewer_fast', 'no_first_pay', 'limit_goods'] as const;
  for (const [i, step] of ladder.entries()) {
    const before = ladder.slice(0, i).map((one) => measure(one));
    equal(stepFor('buyer', found, before, { version, now }), step);
    equal(propose('buyer', step, found, before), 'done');
    const next = ladder[i + 1];
    if (next) equal(propose('buyer', next, found, before), 'STEP_TOO_HIGH', `${next} after ${i} measures`);
  }
  equal(
    stepFor(
      'buyer',
      found,
      ladder.map((one) => measure(one)),
      { version, now },
    ),
    'limit_goods',
    'there is no step above',
  );
  equal(
    propose('buyer', 'notice', found, [measure('fewer_fast')]),
    'done',
    'a milder step is always allowed',
  );
});

for (const [why, signals, measures, involved, answer] of [
  ['without evidence', [], [], false, 'EVIDENCE_MISSING'],
  [
    'on evidence that was used',
    [signal('own_use', 'buyer', -1, 'old')],
    [measure('notice')],
    false,
    'EVIDENCE_MISSING',
  ],
  ['on evidence older than the window', [signal('own_use', 'buyer', -366)], [], false, 'EVIDENCE_MISSING'],
  ['on evidence about the other side', [signal('lure', 'merchant')], [], false, 'EVIDENCE_MISSING'],
  ['by somebody who has a part in it', [signal('own_use', 'buyer')], [], true, 'CONFLICT_OF_INTEREST'],
  [
    'while another waits',
    [signal('own_use', 'buyer')],
    [measure('notice', { state: 'proposed', startsAt: null })],
    false,
    'MEASURE_PENDING',
  ],
] as const)
  test(`F053 nothing is proposed ${why}`, () => {
    equal(propose('buyer', 'notice', [...signals], [...measures], involved), answer);
  });

test('F166 a shop is warned first and banned for the second finding within 365 days; a severe one is a ban at once', () => {
  const lost = [signal('lost_case', 'merchant')];
  equal(stepFor('merchant', lost, [], { version, now }), 'warning');
  equal(propose('merchant', 'ban', lost), 'STEP_TOO_HIGH');
  equal(propose('merchant', 'ban', lost, [measure('warning')]), 'done');
  const old = measure('warning', { startsAt: plus(now, { days: -366 }), state: 'ended' });
  equal(stepFor('merchant', lost, [old], { version, now }), 'warning', 'the window has passed');
  const lifted = measure('warning', { state: 'lifted' });
  equal(
    stepFor('merchant', lost, [lifted], { version, now }),
    'warning',
    'what was lifted counts for nothing',
  );
  for (const kind of ['stolen_cards', 'malware', 'fraud', 'lure'] as const)
    equal(propose('merchant', 'ban', [signal(kind, 'merchant')]), 'done', kind);
});

test('F166 two people decide, a third hears the appeal, and nobody who has a part in it', () => {
  const proposed = measure('ban', {
    state: 'proposed',
    confirmedBy: null,
    startsAt: null,
    endsAt: null,
    appealUntil: null,
  });
  const by = (byId: string, involved = false) => ({ byId, now, involved });
  equal(said(decideSecond(proposed, { ...by('a'), agrees: true })), 'SECOND_PERSON_NEEDED');
  equal(said(decideSecond(proposed, { ...by('b', true), agrees: true })), 'CONFLICT_OF_INTEREST');
  const confirmed = decideSecond(proposed, { ...by('b'), agrees: true });
  ok(confirmed.ok);
  deepEqual(
    [confirmed.value.state, confirmed.value.endsAt, confirmed.value.startsAt],
    ['running', null, now],
    'a ban ends by appeal only',
  );
  ok(confirmed.value.appealUntil !== null && confirmed.value.appealUntil >= plus(now, { days: 7 }));
  const appealed = decideAppealMeasure(confirmed.value, now);
  ok(appealed.ok);
  equal(said(decideAppealMeasure(appealed.value, now)), 'APPEALED_ALREADY');
  equal(said(decideAppealMeasure(confirmed.value, plus(now, { days: 20 }))), 'APPEAL_OVER');
  for (const byId of ['a', 'b'])
    equal(said(decideHear(appealed.value, { ...by(byId), upholds: true })), 'THIRD_PERSON_NEEDED');
  const lifted = decideHear(appealed.value, { ...by('c'), upholds: false });
  ok(lifted.ok);
  deepEqual([lifted.value.state, lifted.value.heardBy, lifted.value.endedAt], ['lifted', 'c', now]);
});

test('F058 a measure ends by itself, also under appeal, and binds no longer than its time', () => {
  const one = measure('no_first_pay', { endsAt: now });
  equal(binds(one, plus(now, { minutes: -1 })), true);
  equal(binds(one, now), false);
  for (const state of ['running', 'appealed', 'upheld'] as const)
    equal(decideEnd({ ...one, state }, now)?.state, 'ended', state);
  equal(decideEnd({ ...one, state: 'lifted' }, now), undefined);
  equal(decideEnd(measure('ban', { endsAt: null }), now), undefined);
});

test('F053 what each step limits: filing a case is never among it', () => {
  const limits = (step: MeasureStep) => restrictionsBy([measure(step)], now);
  deepEqual(limits('notice'), { firstPay: 'usual', parallelMax: null, goodsDay: null, measureId: null });
  deepEqual(limits('fewer_fast'), {
    firstPay: 'limited',
    parallelMax: 1,
    goodsDay: null,
    measureId: 'm-fewer_fast',
  });
  deepEqual(limits('no_first_pay'), {
    firstPay: 'off',
    parallelMax: null,
    goodsDay: null,
    measureId: 'm-no_first_pay',
  });
  deepEqual(limits('limit_goods'), {
    firstPay: 'off',
    parallelMax: null,
    goodsDay: fen(50_000n),
    measureId: 'm-limit_goods',
  });
  equal(
    restrictionsBy([measure('fewer_fast'), measure('limit_goods')], now).firstPay,
    'off',
    'the highest counts',
  );
  equal(restrictionsBy([measure('limit_goods', { state: 'lifted' })], now).goodsDay, null);
});

test('F097 the dispute rate: 5 of 100 is 5.00 %, which is not below 5 %; too few orders say nothing', () => {
  const rate = (orders: number, disputed: number) => disputeRate({ orders, disputed }, version);
  equal(rate(100, 5).bps, 500);
  equal(rateLevel(rate(100, 5), version), 'review');
  equal(rateLevel(rate(1000, 49), version), 'badge');
  equal(rateLevel(rate(100, 8), version), 'freeze');
  equal(rate(19, 19).bps, null);
  equal(rateLevel(rate(19, 19), version), null);
  equal(rate(20, 1).bps, 500);
});

test('F109 a shop is silent after 48 hours, with three cases that wait', () => {
  const at = (hours: number): Instant => plus(now, { hours: -hours });
  equal(isRunaway({ lastActAt: at(48), openCases: 3 }, version, now), true);
  equal(isRunaway({ lastActAt: instant(at(48) + 1), openCases: 3 }, version, now), false);
  equal(isRunaway({ lastActAt: at(480), openCases: 2 }, version, now), false);
});

test('F109 the deposit stays 90 days, or as long as the longest warranty runs', () => {
  const until = (days: number) =>
    (depositLockedUntil({ lastCompletedAt: now, longestWarranty_days: days }, version) - now) / 86_400_000;
  deepEqual([until(0), until(90), until(180)], [90, 90, 180]);
});

test('F109 a freeze is lifted by a second person, who may also keep it', () => {
  const raised: Ticket = {
    id: 't',
    kind: 'runaway',
    subjectId: 's',
    state: 'raised',
    steps: 1,
    proposedBy: null,
    endedBy: null,
    endedAt: null,
  };
  const step = (one: Ticket, event: 'propose_lift' | 'lift' | 'keep', byId: string) =>
    decideTicket(one, { event, by: 'operator', byId, now, involved: false });
  equal(said(step(raised, 'lift', 'a')), 'TICKET_MOVED_ON');
  const lifting = step(raised, 'propose_lift', 'a');
  ok(lifting.ok);
  equal(said(step(lifting.value, 'lift', 'a')), 'SECOND_PERSON_NEEDED');
  const kept = step(lifting.value, 'keep', 'a');
  ok(kept.ok);
  deepEqual([kept.value.state, kept.value.proposedBy], ['raised', null]);
  const lifted = step(lifting.value, 'lift', 'b');
  ok(lifted.ok);
  deepEqual([lifted.value.state, lifted.value.endedBy], ['lifted', 'b']);
});

test('F105 a listing pauses when deliveries are late at the 95th percentile, when it is sold out, or when its supplier has no money', () => {
  const delays = (late: number, all: number) =>
    Array.from({ length: all }, (_, i) => ({ seconds: i < late ? 400 : 20, promise: 300 }));
  const health = (parts: Partial<Parameters<typeof unhealthy>[0]>) =>
    unhealthy({ delays: [], stock: null, supplierShort: null, ...parts }, version);
  deepEqual(health({ delays: delays(1, 20) }), [], 'one of twenty is the 95th percentile itself');
  deepEqual(health({ delays: delays(2, 20) }), ['delay']);
  deepEqual(health({ delays: delays(4, 4) }), [], 'too few to say');
  deepEqual(health({ stock: 0 }), ['stock_out']);
  deepEqual(health({ stock: 1, supplierShort: false }), []);
  deepEqual(health({ supplierShort: true }), ['supplier']);
  deepEqual([p95([]), p95([7]), p95([3, 1, 2])], [null, 7, 3]);
});

test('F207 an order is of high value from 1000 yuan on', () => {
  deepEqual(
    [99_999n, 100_000n].map((total) => isHighValue(fen(total), version)),
    [false, true],
  );
});
