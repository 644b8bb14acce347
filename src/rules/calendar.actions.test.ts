import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { bought, caseShop, filed } from '../../test/cases.ts';
import { testDatabase } from '../../test/database.ts';
import { shippedRules, staffOf } from '../../test/rules.ts';
import { aShop, buyers, stock, wishFor } from '../../test/world.ts';
import { openLog } from '../app/log.ts';
import { pumpAll } from '../app/pump.ts';
import { deadlines, reactions } from '../app/reactions.ts';
import { openSweep, type DeadlineTable } from '../app/sweep.ts';
import { purchaseAll } from '../checkout/purchase.actions.ts';
import { must } from '../kit/assert.ts';
import { clearDeadlines, deadlinesOf, setDeadlines, type Deadline } from '../kit/deadlines.ts';
import { newId, platformId } from '../kit/ids.ts';
import { instant, iso, plus, type Instant } from '../kit/time.ts';
import { reader, transaction } from '../kit/tx.ts';
import { applyOutages, declareOutage, loadCalendar, recountAll } from './calendar.actions.ts';
import { dueOf } from './calendar.rules.ts';
import { derivationOf } from './explain.rules.ts';
import { loadRules } from './loading.actions.ts';
import { dueBy, dueText } from './rules.ts';
import { moveDeadlinesOn } from './jobs.ts';

// Noon of Friday 20 November 2026 in Beijing.
const { db, clock, asOwner, another } = await testDatabase();
const log = openLog('silent');
let staff = '';
before(async () => {
  await shippedRules(db);
  [staff = ''] = await staffOf(db, 1);
});

const beijing = (text: string): Instant => instant(`${text.replace(' ', 'T')}:00+08:00`);
const words = { zh: '支付通知延迟', en: 'payment notices were late' };
const declare = async (from: Instant, to: Instant) => {
  const answer = await transaction(db, (tx) => declareOutage(tx, { from, to, reason: words, byId: staff }));
  await loadRules(db);
  return answer;
};

async function plan(
  parts: Partial<Deadline> & { dueAt: Instant },
): Promise<{ shopId: string; about: string }> {
  const one = { shopId: newId(clock.now()), about: newId(clock.now()) };
  await transaction(db, (tx) =>
    setDeadlines(tx, [
      {
        ...one,
        what: 'message.demand',
        startAt: clock.now(),
        article: '21',
        version: '1.0.0',
        clock: 'elapsed',
        ...parts,
      },
    ]),
  );
  return one;
}
const rowOf = async (one: { shopId: string; about: string }) =>
  must((await deadlinesOf(await reader(db), one))[0], 'its deadline');

test('F186 a declared outage of three hours moves the deadlines that run in it by three hours, once, with a note', async () => {
  const now = clock.now();
  const inside = await plan({ dueAt: dueBy('1.0.0', 'DEMAND', now).dueAt });
  const long = await plan({ dueAt: plus(now, { hours: 24 }), what: 'case.remedy', article: '5' });
  const soon = await plan({ dueAt: plus(now, { minutes: 30 }) });
  assert.ok((await declare(plus(now, { hours: 1 }), plus(now, { hours: 4 }))).ok);
  await applyOutages(db);
  await applyOutages(db);
  assert.equal(iso((await rowOf(inside)).dueAt), iso(plus(now, { hours: 7 })));
  assert.equal(iso((await rowOf(long)).dueAt), iso(plus(now, { hours: 27 })));
  assert.equal(iso((await rowOf(soon)).dueAt), iso(plus(now, { minutes: 30 })), 'ended before the outage');

  const told = derivationOf(await rowOf(inside));
  assert.deepEqual(
    [told.article, told.param, told.pauses.length, iso(instant(told.nominalAt))],
    ['21', 'DEMAND', 1, iso(plus(now, { hours: 4 }))],
  );
  assert.match(told.text.zh, /4小时，平台故障顺延 180 分钟，到 2026-11-20 19:00 为止/);
});

test('F186 a second outage that overlaps the first is counted once', async () => {
  const now = clock.now();
  const one = await plan({ dueAt: plus(now, { hours: 24 }), startAt: plus(now, { hours: -1 }) });
  await declare(plus(now, { hours: 3 }), plus(now, { hours: 6 }));
  await applyOutages(db);
  assert.equal(iso((await rowOf(one)).dueAt), iso(plus(now, { hours: 29 })));
});

test('an outage in working days moves the end to 24:00 of a working day, and one that is set anew forgets what was added', async () => {
  const start = beijing('2026-12-02 10:00');
  const { dueAt } = dueBy('1.0.0', 'DECIDE', start);
  assert.equal(dueText(dueAt), '2026-12-07 24:00');
  const limits = { what: 'case.decide', article: '27', clock: 'workday' as const, startAt: start, dueAt };
  const one = await plan(limits);
  await declare(beijing('2026-12-03 10:00'), beijing('2026-12-03 16:00'));
  await applyOutages(db);
  assert.equal(dueText((await rowOf(one)).dueAt), '2026-12-08 24:00');
  await transaction(db, (tx) => setDeadlines(tx, [{ ...one, version: '1.0.0', ...limits }]));
  assert.equal((await rowOf(one)).paused, 0);
});

test('a deadline that falls due in an outage that was just declared does not fire: it is moved, by whichever worker meets it', async () => {
  const fired: string[] = [];
  const table: DeadlineTable = {
    'test.gate': async (tx, due) => {
      fired.push(...due.map((one) => one.about));
      await clearDeadlines(tx, due);
    },
  };
  const now = clock.now();
  const one = await plan({ what: 'test.gate', dueAt: plus(now, { hours: 40 }) });
  clock.set(plus(now, { hours: 41 }));
  await declare(plus(now, { hours: 38 }), plus(now, { hours: 40, minutes: 30 }));
  await openSweep(db, table, log).run();
  assert.deepEqual(fired, []);
  const row = await rowOf(one);
  assert.ok(row.dueAt > clock.now() && row.paused > 0);
  clock.set(plus(row.dueAt, { minutes: 1 }));
  await openSweep(db, table, log).run();
  assert.deepEqual(fired, [one.about]);
});

test('F186 the buyer and the shop of an order are told until when and why, and its evidence holds it', async () => {
  const shelf = await aShop(db);
  const variantId = must(shelf.listings[0], 'a listing').variantId;
  await stock(db, shelf, variantId, 1);
  const [buyerId = ''] = await buyers(db, 1);
  const [bought] = await transaction(db, async (tx) =>
    purchaseAll(tx, [await wishFor(db, { buyerId, variantId })]),
  );
  assert.ok(bought?.ok);
  const { orderId } = must(bought.value.orders[0], 'an order');
  const order = { shopId: shelf.shopId, about: orderId };
  const before = await rowOf(order);
  const shown = derivationOf(before);
  assert.deepEqual([shown.article, shown.param, shown.clock], ['20', 'UNREVEALED_CANCEL', 'day']);
  await declare(plus(clock.now(), { hours: 1 }), plus(clock.now(), { hours: 30 }));
  await moveDeadlinesOn(db);
  const after = await rowOf(order);
  assert.ok(after.dueAt > before.dueAt);
  await pumpAll(db, reactions, log);
  await pumpAll(db, reactions, log);
  const told = await asOwner(
    `select user_id, data from notifications.messages where kind = 'deadline.moved' and data->>'order' = $1`,
    [orderId],
  );
  assert.deepEqual(told.map((row) => row['user_id']).sort(), [buyerId, shelf.ownerId].sort());
  const [first] = told as { data: { at: number } }[];
  assert.equal(first?.data.at, after.dueAt);
  const events = await asOwner('select kind from evidence.events where about = $1 order by seq', [orderId]);
  assert.deepEqual(
    events.map(({ kind }) => kind),
    ['order.purchased', 'order.deadline_moved'],
  );
});

test('F186 the clocks of a case move with an outage: the case says the new time, both sides are told, and it does not ring before', async () => {
  const shelf = await caseShop(db);
  await stock(db, shelf, must(shelf.listings[0], 'a listing').variantId, 1);
  const who = await bought(db, shelf);
  const caseId = await filed(db, who, { reason: 'WRONG_SPEC' });
  const stateOf = async () =>
    must((await asOwner('select state, due_at from aftersales.cases where id = $1', [caseId]))[0], 'a case');
  const before = (await stateOf())['due_at'] as Date;
  await declare(plus(clock.now(), { hours: 1 }), plus(clock.now(), { hours: 13 }));
  await moveDeadlinesOn(db);
  await pumpAll(db, reactions, log);
  const after = (await stateOf())['due_at'] as Date;
  const [deadline] = await asOwner(
    `select due_at from kit.deadlines where about = $1 and what = 'case.remedy'`,
    [caseId],
  );
  assert.ok(after > before);
  assert.deepEqual(after, deadline?.['due_at'], 'the case says what its deadline says');
  const told = await asOwner(
    `select user_id from notifications.messages where kind = 'deadline.moved' and data->>'order' = $1 and data->'what'->>'en' = 'the time limit of a case'`,
    [who.orderId],
  );
  assert.deepEqual(told.map((row) => row['user_id']).sort(), [who.buyerId, shelf.ownerId].sort());
  clock.set(instant(before.getTime() + 60_000));
  await openSweep(db, deadlines, log).run();
  assert.equal((await stateOf())['state'], 'negotiation');
  clock.set(instant(after.getTime() + 60_000));
  await openSweep(db, deadlines, log).run();
  assert.notEqual((await stateOf())['state'], 'negotiation');
});

test('an outage that ends before it begins, or is too long or too far ahead, is refused; the log tells the others to everybody', async () => {
  const now = clock.now();
  const refusals = [
    await declare(now, now),
    await declare(now, plus(now, { days: 31 })),
    await declare(plus(now, { days: 91 }), plus(now, { days: 92 })),
  ].map((one) => (one.ok ? 'done' : one.refusal));
  assert.deepEqual(refusals, ['OUTAGE_ENDS_EARLY', 'OUTAGE_TOO_LONG', 'OUTAGE_TOO_LONG']);
  await pumpAll(db, reactions, log);
  const logged = await asOwner(`select shop_id from evidence.events where kind = 'rules.outage'`);
  assert.ok(logged.length > 0 && logged.every((row) => row['shop_id'] === platformId));
});

// The State Council publishes 2027 (these days are made up for the test; New Year's Day falls on a Friday and makes four days off).
const year2027 = {
  year: 2027,
  source: '测试用的 2027 年安排',
  off: [
    ['2027-01-01', '2027-01-04'],
    ['2027-02-06', '2027-02-12'],
  ] as [string, string][],
  work: ['2027-01-30'],
};
const load = (version: string, year = year2027) =>
  transaction(db, (tx) => loadCalendar(tx, { version, year, byId: staff }));

test('a calendar with days that cannot be is refused, and so is a name that was used', async () => {
  const wrong = [
    { ...year2027, off: [['2027-01-03', '2027-01-01']] as [string, string][] },
    { ...year2027, off: [['2026-12-31', '2027-01-01']] as [string, string][] },
    { ...year2027, work: ['2027-01-29'] },
    { ...year2027, work: ['2027-02-06'] },
    { ...year2027, off: [] as [string, string][] },
  ];
  for (const year of wrong) {
    const answer = await load('cn-2027.9', year);
    assert.equal(answer.ok ? 'done' : answer.refusal, 'CALENDAR_WRONG');
  }
  const again = await load('cn-2026.1');
  assert.equal(again.ok ? 'done' : again.refusal, 'CALENDAR_KNOWN');
});

test('a provisional deadline is told as one, is computed again when the year is published, and never becomes earlier', async () => {
  const start = beijing('2026-12-30 12:00');
  const due = dueBy('1.0.0', 'DECIDE', start);
  assert.deepEqual([dueText(due.dueAt), due.provisional], ['2027-01-05 24:00', true]);
  const common = { what: 'case.decide', article: '27', clock: 'workday' as const, startAt: start };
  const told = await plan({ ...common, dueAt: due.dueAt });
  // Told for after Spring Festival by a calendar that does not know it.
  const spring = beijing('2027-02-04 12:00');
  const long = await plan({ ...common, startAt: spring, dueAt: dueBy('1.0.0', 'DECIDE', spring).dueAt });
  const hours = await plan({ dueAt: plus(spring, { hours: 48 }), startAt: spring });
  assert.equal(derivationOf(await rowOf(told)).provisional, true);
  assert.match(derivationOf(await rowOf(told)).text.zh, /暂计/);

  const shorter = { ...year2027, work: [...year2027.work, '2027-01-09', '2027-01-10'] };
  assert.ok((await load('cn-2027.1', shorter)).ok);
  await recountAll(db);
  assert.equal(
    dueText((await rowOf(told)).dueAt),
    '2027-01-06 24:00',
    'Monday 4 January does not work either: later',
  );
  assert.equal(dueText((await rowOf(long)).dueAt), '2027-02-16 24:00');
  assert.equal((await rowOf(hours)).dueAt, plus(spring, { hours: 48 }), 'hours stand');
  assert.equal(derivationOf(await rowOf(told)).provisional, false);
  assert.equal(derivationOf(await rowOf(told)).calendar, 'cn-2027.1');

  // A corrected list would end it earlier: what people were told stays.
  const earlier = { ...year2027, off: [['2027-02-06', '2027-02-07']] as [string, string][], work: [] };
  assert.ok((await load('cn-2027.2', earlier)).ok);
  await recountAll(db);
  assert.equal(dueText((await rowOf(long)).dueAt), '2027-02-16 24:00');
  assert.equal(derivationOf(await rowOf(long)).param, 'DECIDE', 'and it still says on what it rests');
  assert.equal(dueText(dueOf(spring, { v: 3, unit: 'wd', clock: 'workday' }).dueAt), '2027-02-09 24:00');
});

test('another process learns of a calendar and of outages with its next look', async () => {
  const second = another();
  await loadRules(second);
  const { rows } = await second.reads.query('select count(*)::text as n from rules.calendars');
  assert.equal(rows[0].n, '3');
});

test('two workers sweep one database: every deadline fires, and each has one effect', async () => {
  const second = another();
  const shelf = await aShop(db);
  const variantId = must(shelf.listings[0], 'a listing').variantId;
  await stock(db, shelf, variantId, 40);
  const people = await buyers(db, 40);
  for (const buyerId of people)
    assert.ok(
      (await transaction(db, async (tx) => purchaseAll(tx, [await wishFor(db, { buyerId, variantId })])))[0]
        ?.ok,
    );
  clock.forward({ days: 40 });
  for (let round = 0; round < 3; round++) {
    await Promise.all([
      openSweep(db, deadlines, log).run(),
      openSweep(second, deadlines, log).run(),
      openSweep(second, deadlines, log).run(),
    ]);
    clock.forward({ days: 10 });
  }
  const [counted] = await asOwner(
    `select (select count(*)::int from orders.orders where shop_id = $1 and released_at is not null) as released,
            (select count(*)::int from orders.steps where shop_id = $1 and event = 'lapse') as lapses,
            (select count(*)::int from orders.steps where shop_id = $1 and event = 'release') as releases,
            (select count(*)::int from evidence.events where shop_id = $1 and kind = 'order.settled') as settled,
            (select count(*)::int from kit.deadlines where shop_id = $1) as left`,
    [shelf.shopId],
  );
  assert.deepEqual(counted, { released: 40, lapses: 40, releases: 40, settled: 40, left: 0 });
});
