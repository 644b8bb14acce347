import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { beijingDay, instant, iso, plus, type Instant } from '../kit/time.ts';
import { dayKind, dueOf, dueWithPauses, lengthened, type Limit } from './calendar.rules.ts';
import { dueText } from './rules.ts';

const beijing = (text: string): Instant => instant(`${text.replace(' ', 'T')}:00+08:00`);
const workdays = (v: number): Limit => ({ v, unit: 'wd', clock: 'workday' });
const days = (v: number): Limit => ({ v, unit: 'd', clock: 'day' });
const hours = (v: number): Limit => ({ v, unit: 'h', clock: 'elapsed' });

// Lifecycles 2.8, computed from the notice of the State Council for 2026.
const golden: readonly (readonly [
  name: string,
  start: string,
  limit: Limit,
  due: string,
  provisional?: true,
])[] = [
  [
    '3 working days over Spring Festival, whose eve week has a working Saturday',
    '2026-02-13 20:00',
    workdays(3),
    '2026-02-25 24:00',
  ],
  ['3 working days from a make-up Saturday', '2026-02-14 09:00', workdays(3), '2026-02-26 24:00'],
  ['1 working day over Labour Day', '2026-04-30 12:00', workdays(1), '2026-05-06 24:00'],
  ['3 working days with a working Sunday', '2026-09-18 12:00', workdays(3), '2026-09-22 24:00'],
  ['1 working day over the National Day week', '2026-09-30 12:00', workdays(1), '2026-10-08 24:00'],
  ['7 working days, as 12315 has to accept', '2026-11-20 12:00', workdays(7), '2026-12-01 24:00'],
  ['3 working days into a year without a list', '2026-12-30 12:00', workdays(3), '2027-01-05 24:00', true],
  ['7 days whose last is a day off', '2026-09-24 18:00', days(7), '2026-10-08 24:00'],
  ['7 days', '2026-05-01 10:00', days(7), '2026-05-08 24:00'],
  ['48 hours through a holiday', '2026-10-01 10:00', hours(48), '2026-10-03 10:00'],
  ['2 hours over midnight', '2026-11-20 23:30', hours(2), '2026-11-21 01:30'],
];

const home = process.env['TZ'];
for (const zone of ['UTC', 'Asia/Shanghai', 'America/New_York'])
  test(`the golden deadlines hold on a machine in ${zone}`, () => {
    process.env['TZ'] = zone;
    try {
      assert.equal(Intl.DateTimeFormat().resolvedOptions().timeZone, zone);
      for (const [name, start, limit, due, provisional = false] of golden) {
        const found = dueOf(beijing(start), limit);
        assert.deepEqual([dueText(found.dueAt), found.provisional], [due, provisional], name);
      }
    } finally {
      if (home === undefined) delete process.env['TZ'];
      else process.env['TZ'] = home;
    }
  });

test('20 September and 10 October 2026 are working weekend days, 14 and 28 February and 9 May too', () => {
  for (const day of ['2026-09-20', '2026-10-10', '2026-02-14', '2026-02-28', '2026-05-09', '2026-01-04'])
    assert.deepEqual(dayKind(day), { works: true, published: true }, day);
  for (const day of ['2026-01-01', '2026-02-15', '2026-02-23', '2026-10-07', '2026-09-19'])
    assert.equal(dayKind(day).works, false, day);
  assert.equal(dayKind('2026-02-24').works, true);
});

test('a day of a year without a list is never told as published', () => {
  assert.deepEqual(dayKind('2027-01-01'), { works: false, published: false });
  assert.deepEqual(dayKind('2027-02-08'), { works: true, published: false });
});

test('a provisional deadline that is computed again can only become later', () => {
  const told = dueOf(beijing('2026-12-30 12:00'), workdays(3));
  const shorter = {
    ...told,
    dueAt: plus(told.dueAt, { days: -1 }),
    provisional: false,
    calendar: 'cn-2027.1',
  };
  const longer = { ...shorter, dueAt: plus(told.dueAt, { days: 3 }) };
  assert.equal(lengthened(told, shorter).dueAt, told.dueAt);
  assert.equal(lengthened(told, shorter).calendar, 'cn-2027.1');
  assert.equal(lengthened(told, longer).dueAt, longer.dueAt);
});

test('F186 an outage of two hours inside a limit of hours moves its end by two hours', () => {
  const start = beijing('2026-11-20 10:00');
  const outage = { from: beijing('2026-11-20 11:00'), to: beijing('2026-11-20 13:00') };
  assert.equal(dueWithPauses(start, hours(2), [outage]).dueAt, beijing('2026-11-20 14:00'));
  const inAddedTime = { from: beijing('2026-11-20 13:30'), to: beijing('2026-11-20 14:30') };
  assert.equal(dueWithPauses(start, hours(2), [inAddedTime, outage]).dueAt, beijing('2026-11-20 15:00'));
});

test('an outage before the start or after the end moves nothing', () => {
  const start = beijing('2026-11-20 10:00');
  const due = dueOf(start, hours(2)).dueAt;
  const before = { from: plus(start, { hours: -3 }), to: start };
  const after = { from: due, to: plus(due, { hours: 5 }) };
  assert.equal(dueWithPauses(start, hours(2), [before, after]).dueAt, due);
});

test('an outage moves a limit in working days to the end of a working day', () => {
  const outage = { from: beijing('2026-09-22 10:00'), to: beijing('2026-09-22 16:00') };
  assert.equal(
    dueText(dueWithPauses(beijing('2026-09-18 12:00'), workdays(3), [outage]).dueAt),
    '2026-09-23 24:00',
  );
});

const start = fc
  .integer({ min: Date.parse('2025-01-01T00:00Z'), max: Date.parse('2028-12-31T00:00Z') })
  .map(instant);
const limit = fc.oneof(
  fc.integer({ min: 1, max: 400 }).map(hours),
  fc.integer({ min: 1, max: 200 }).map(days),
  fc.integer({ min: 1, max: 60 }).map(workdays),
);
const pauses = (from: Instant) =>
  fc.array(
    fc
      .tuple(fc.integer({ min: -72, max: 2000 }), fc.integer({ min: 1, max: 100 }))
      .map(([after, length]) => ({
        from: plus(from, { hours: after }),
        to: plus(from, { hours: after + length }),
      })),
    { maxLength: 6 },
  );

test('a limit in days or working days ends at 24:00 of a working day, and later starts never end earlier', () => {
  fc.assert(
    fc.property(start, limit, fc.integer({ min: 0, max: 100 }), (from, one, later) => {
      const due = dueOf(from, one);
      assert.ok(due.dueAt > from);
      assert.ok(dueOf(plus(from, { hours: later }), one).dueAt >= due.dueAt);
      if (one.clock === 'elapsed') return;
      assert.equal((due.dueAt + 8 * 3_600_000) % (24 * 3_600_000), 0, iso(due.dueAt));
      assert.equal(dayKind(beijingDay(instant(due.dueAt - 1))).works, true);
    }),
  );
});

test('pauses never shorten a limit, their order does not matter, and a limit of hours runs its full length outside them', () => {
  fc.assert(
    fc.property(
      start.chain((from) => fc.tuple(fc.constant(from), pauses(from))),
      limit,
      ([from, list], one) => {
        const due = dueWithPauses(from, one, list).dueAt;
        assert.ok(due >= dueOf(from, one).dueAt);
        assert.equal(dueWithPauses(from, one, list.toReversed()).dueAt, due);
        if (one.clock !== 'elapsed') return;
        let running = 0;
        for (let at = from as number; at < due; at += 3_600_000)
          if (!list.some((pause) => pause.from <= at && at < pause.to)) running++;
        assert.equal(running, one.v);
      },
    ),
  );
});
