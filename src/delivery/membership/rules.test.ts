import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fen } from '../../kit/money.ts';
import { beijingText, instant, plus, type Instant } from '../../kit/time.ts';
import type { MembershipTerm } from '../../catalog/content.contract.ts';
import {
  daysLeftOf,
  decideStart,
  endPeriod,
  grant,
  lapse,
  remind,
  resume,
  suspend,
  timersOf,
  type Bought,
  type Member,
} from './rules.ts';

const at = (beijing: string): Instant => instant(`${beijing.replace(' ', 'T')}+08:00`);
const start = at('2026-11-21 15:00:00');
const none: Member = {
  membership: {
    shopId: 's',
    id: 'm',
    buyerId: 'b',
    listingId: 'l',
    variantId: 'v',
    level: '金卡',
    state: 'none',
    rulebook: '1.0.0',
    begunAt: null,
    endsAt: null,
    suspendedAt: null,
    reminded: null,
    changes: 0,
  },
  periods: [],
};
let orders = 0;
const bought = (count: number, parts: Partial<Bought> & { unit?: MembershipTerm['unit'] } = {}): Bought => ({
  period: {
    shopId: 's',
    orderId: `o${(orders += 1)}`,
    line: 1,
    term: { count, unit: parts.unit ?? 'day' },
    total: fen(3000n),
  },
  variantId: 'v',
  level: '金卡',
  rulebook: '1.0.0',
  starts: 'at_once',
  ...parts,
});
const must = <T>(value: T | undefined): T => {
  assert.ok(value !== undefined);
  return value;
};
const ends = ({ membership }: Member): string =>
  membership.endsAt === null ? 'never' : beijingText(membership.endsAt);
const placed = ({ periods }: Member) =>
  periods.map((one) => [
    one.from === null ? null : beijingText(one.from),
    one.until === null ? null : beijingText(one.until),
    one.days,
  ]);

test('F204 a first term begins at once and ends after its days', () => {
  const member = grant(none, bought(30), start);
  assert.equal(member.membership.state, 'active');
  assert.equal(ends(member), '2026-12-22 00:00:00');
  assert.equal(daysLeftOf(member, start), 30);
});

test('F204 a renewal goes on where the last term ends and loses no day, also when it comes late', () => {
  const first = grant(none, bought(30), start);
  const early = grant(first, bought(30), plus(start, { days: 3 }));
  assert.equal(ends(early), '2027-01-21 00:00:00');
  assert.equal(daysLeftOf(early, plus(start, { days: 3 })), 57);
  const over = must(lapse(first, at('2026-12-22 00:00:00')));
  assert.equal(over.membership.state, 'expired');
  const late = grant(over, bought(30), at('2027-01-05 09:00:00'));
  assert.deepEqual([late.membership.state, ends(late)], ['active', '2027-02-05 00:00:00']);
});

test('F204 one that its buyer starts waits with all its terms, and begins by itself after thirty days', () => {
  const waits = grant(none, bought(30, { starts: 'buyer' }), start);
  assert.equal(waits.membership.state, 'pending');
  assert.deepEqual(placed(waits), [[null, null, null]]);
  assert.deepEqual(timersOf(waits, start), [{ what: 'membership.start', dueAt: plus(start, { days: 30 }) }]);
  const two = grant(waits, bought(1, { unit: 'month', starts: 'buyer' }), plus(start, { days: 1 }));
  const begun = decideStart(two, 'buyer', at('2026-12-01 10:00:00'));
  assert.ok(begun.ok);
  assert.deepEqual(placed(begun.value), [
    ['2026-12-01 10:00:00', '2027-01-01 00:00:00', 30],
    ['2027-01-01 00:00:00', '2027-02-01 00:00:00', 31],
  ]);
  const again = decideStart(begun.value, 'buyer', at('2026-12-02 10:00:00'));
  assert.ok(!again.ok && again.refusal === 'MEMBERSHIP_NOT_WAITING');
  const nothing = decideStart(undefined, 'buyer', start);
  assert.ok(!nothing.ok && nothing.refusal === 'MEMBERSHIP_NOT_FOUND');
});

const due: readonly (readonly [days: number, timers: string])[] = [
  [30, 'near 2026-12-15 last 2026-12-21 end 2026-12-22'],
  [14, 'near 2026-11-29 last 2026-12-05 end 2026-12-06'],
  [13, 'last 2026-12-04 end 2026-12-05'],
  [7, 'last 2026-11-28 end 2026-11-29'],
  [2, 'last 2026-11-23 end 2026-11-24'],
  [1, 'end 2026-11-23'],
];
for (const [days, timers] of due)
  test(`F204 a term of ${days} days has the timers ${timers}`, () => {
    const found = timersOf(grant(none, bought(days), start), start);
    assert.equal(
      found.map((one) => `${one.what.slice(11)} ${beijingText(one.dueAt).slice(0, 10)}`).join(' '),
      timers,
    );
  });

test('F204 reminders and the end come when they are due, and not after it was bought again', () => {
  const member = grant(none, bought(30), start);
  const week = at('2026-12-15 00:00:00');
  assert.equal(remind(member, 7, plus(week, { ms: -1 })), undefined);
  const soon = must(remind(member, 7, week));
  assert.equal(soon.membership.state, 'expiring');
  assert.equal(remind(soon, 7, plus(week, { hours: 1 })), undefined, 'told once');
  assert.equal(must(remind(soon, 1, at('2026-12-21 00:00:00'))).membership.state, 'expiring');
  const renewed = grant(soon, bought(30), week);
  assert.equal(renewed.membership.state, 'active');
  assert.equal(remind(renewed, 7, week), undefined);
  assert.equal(lapse(renewed, at('2026-12-22 00:00:00')), undefined);
  assert.equal(lapse(member, at('2026-12-21 23:59:59')), undefined);
});

test('F204 a hold stops the days; they go on later by as many as it lasted, a begun one counting whole', () => {
  const member = grant(grant(none, bought(30), start), bought(10), start);
  const stopAt = at('2026-11-25 12:00:00');
  const stopped = must(suspend(member, stopAt));
  assert.equal(suspend(stopped, stopAt), undefined, 'once');
  assert.equal(daysLeftOf(stopped, at('2026-12-20 12:00:00')), 36, 'it stands still');
  assert.deepEqual(timersOf(stopped, stopAt), []);
  const on = at('2026-11-28 13:00:00');
  const running = must(resume(stopped, on));
  assert.equal(ends(running), '2027-01-05 00:00:00', 'four days later than 2027-01-01');
  assert.equal(daysLeftOf(running, on), 37, 'never fewer than before');
  assert.equal(resume(running, on), undefined);
  assert.deepEqual(placed(running), [
    ['2026-11-21 15:00:00', '2026-12-26 00:00:00', 30],
    ['2026-12-26 00:00:00', '2027-01-05 00:00:00', 10],
  ]);
});

test('F204 a renewal during a stop is put behind the stopped term', () => {
  const member = grant(none, bought(5), start);
  const stopped = must(suspend(member, plus(start, { days: 2 })));
  const renewed = grant(stopped, bought(5), plus(start, { days: 20 }));
  assert.equal(renewed.membership.state, 'suspended');
  const running = must(resume(renewed, plus(start, { days: 22 })));
  assert.equal(daysLeftOf(running, plus(start, { days: 22 })), 8);
  assert.equal(running.periods[0]?.until, running.periods[1]?.from, 'no gap');
});

test('F204 a refunded term gives no days: what comes after it moves up, and the last one ends the membership', () => {
  const one = grant(none, bought(30), start);
  const two = grant(one, bought(10), start);
  const now = at('2026-12-01 10:00:00');
  const [first, second] = two.periods;
  const current = must(endPeriod(two, must(first), now));
  assert.equal(ends(current), '2026-12-12 00:00:00');
  assert.equal(daysLeftOf(current, now), 10);
  assert.equal(endPeriod(current, must(first), now), undefined, 'once');
  const future = must(endPeriod(two, must(second), now));
  assert.equal(ends(future), '2026-12-22 00:00:00');
  const over = must(endPeriod(current, must(second), now));
  assert.equal(over.membership.state, 'ended');
  assert.equal(daysLeftOf(over, now), 0);
  assert.deepEqual(timersOf(over, now), []);
  const again = grant(over, bought(30), now);
  assert.deepEqual([again.membership.state, daysLeftOf(again, now)], ['active', 30]);
});

test('F204 a term that was over moves nothing when its money goes back', () => {
  const one = grant(none, bought(2), start);
  const two = grant(one, bought(10), start);
  const now = at('2026-11-27 10:00:00');
  const after = must(endPeriod(two, must(two.periods[0]), now));
  assert.equal(ends(after), ends(two));
  assert.equal(daysLeftOf(after, now), daysLeftOf(two, now));
  const expired = must(lapse(one, at('2026-11-24 00:00:00')));
  const closed = must(endPeriod(expired, must(expired.periods[0]), now));
  assert.equal(closed.membership.state, 'expired');
});

test('F204 whatever happens, no paid day is lost and terms never overlap', () => {
  const act = fc.oneof(
    fc.record({ kind: fc.constant('buy' as const), days: fc.integer({ min: 1, max: 40 }) }),
    fc.record({ kind: fc.constant('stop' as const) }),
    fc.record({ kind: fc.constant('go' as const) }),
    fc.record({ kind: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 200 }) }),
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 20 }), (acts) => {
      let now = start;
      let member = grant(none, bought(20), now);
      for (const one of acts) {
        const before = daysLeftOf(member, now);
        if (one.kind === 'wait') now = plus(now, { hours: one.hours });
        else if (one.kind === 'buy') {
          member = grant(lapse(member, now) ?? member, bought(one.days), now);
          assert.equal(daysLeftOf(member, now), before + one.days);
        } else if (one.kind === 'stop') member = suspend(lapse(member, now) ?? member, now) ?? member;
        else {
          member = resume(member, now) ?? member;
          assert.ok(daysLeftOf(member, now) >= before);
        }
        let end = 0;
        for (const { from, until, days } of member.periods) {
          assert.ok(from !== null && until !== null && days !== null);
          assert.ok(from >= end && until > from);
          end = until;
        }
        assert.equal(member.membership.endsAt, end);
      }
    }),
    { seed: 2040, numRuns: 500 },
  );
});
