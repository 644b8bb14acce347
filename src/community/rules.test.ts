import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { instant, type Instant } from '../kit/time.ts';
import { findArticle } from '../rules/rules.ts';
import { decideBooking, phoneOf, slotsFrom } from './callbacks.rules.ts';
import { lifeNames, lifeOf, untold, hereOn } from './flow.rules.ts';
import { shippedGuides } from './guides.data.ts';
import { heldFor, relatedTo, search } from './guides.rules.ts';
import { lessons, passMark, questions } from './lessons.data.ts';
import { grade } from './lessons.rules.ts';
import { courseOf, nextTask, tasksOf, type GuideFacts } from './order-guide.rules.ts';
import { decideAsk, decideFetch, readableIndex, type Export } from './exports.rules.ts';

const noon = instant('2026-11-20T04:00:00.000Z');
const hour = (n: number): Instant => instant(noon + n * 3_600_000);

test('F191 every state of every machine has an explanation and a risk, every step has words and an article', () => {
  deepEqual(untold('1.0.0'), []);
  for (const name of lifeNames)
    for (const state of lifeOf(name, '1.0.0').states) {
      ok(state.what.zh.length > 5 && state.risk.zh.length > 5 && state.risk.en.length > 5, state.state);
      for (const article of [state.article, ...state.next.map((one) => one.article)])
        ok(findArticle('1.0.0', article), `${name}.${state.state}: article ${article}`);
    }
});

test('F191 a step that the clock makes shows the time of the running deadline', () => {
  const row = {
    what: 'order.confirm',
    article: '41',
    version: '1.0.0',
    clock: 'elapsed' as const,
    startAt: noon,
    dueAt: hour(24),
    paused: 0,
  };
  const here = hereOn('order', 'delivered', '1.0.0', [row]);
  equal(here.title.zh, '已交付');
  equal(here.next.find((one) => one.event === 'lapse')?.dueAt, hour(24));
  equal(
    here.next.find((one) => one.event === 'confirm')?.dueAt,
    null,
    'a person has no deadline of the clock',
  );
  equal(hereOn('order', 'delivered', '1.0.0', []).next.find((one) => one.event === 'lapse')?.dueAt, null);
});

const rightAnswers = Object.fromEntries(questions.map(({ key, right }) => [key, right]));
for (const [what, answers, right, passed] of [
  ['all right', rightAnswers, 5, true],
  ['one wrong', { ...rightAnswers, outside: 0 }, 4, true],
  ['two wrong', { ...rightAnswers, outside: 0, window: 0 }, 3, false],
  ['nothing answered', {}, 0, false],
  ['a name of the prototype is no answer', { constructor: 1 }, 0, false],
  ['a choice that does not exist', { ...rightAnswers, outside: 9, shots: 9 }, 3, false],
] as const)
  test(`F060 the quiz: ${what} is ${right} of 5, ${passed ? 'passed' : 'not passed'}`, () => {
    const graded = grade(answers as Record<string, number>);
    deepEqual([graded.right, graded.passed], [right, passed]);
  });

test('F060 there are five questions, each with a choice that is right and a lesson that explains it', () => {
  equal(questions.length, 5);
  ok(passMark <= 5);
  for (const one of questions) {
    ok(one.choices[one.right]);
    ok(lessons.some(({ slug }) => slug === one.lesson));
  }
});

const shelf = shippedGuides.map((guide) => ({ ...guide, reads: 0 }));
for (const [asked, first] of [
  ['卡密无效', 'key-invalid'],
  ['卡密已经被使用了怎么办', 'key-invalid'],
  ['我的卡密已经被人用了', 'key-invalid'],
  ['退款多久到账', 'refund-when'],
  ['扣了款订单没更新', 'paid-not-updated'],
  ['微信付款', 'off-platform'],
  ['快递破损了怎么办', 'sign-parcel'],
  ['48小时', 'escalate-48'],
  ['export my data', 'my-data'],
  ['late delivery', 'late-delivery'],
] as const)
  test(`F187 a search for “${asked}” finds ${first} first`, () =>
    equal(search(shelf, asked)[0]?.slug, first));

test('F187 a search for what nobody wrote finds nothing', () => {
  deepEqual(search(shelf, '量子纠缠'), []);
  deepEqual(search(shelf, '。。。'), []);
});

test('F210 what belongs to a guide is the same for everybody: its topic first, then the most read', () => {
  const shown = relatedTo(
    [
      { slug: 'a', topic: 'keys', reads: 0 },
      { slug: 'b', topic: 'keys', reads: 1 },
      { slug: 'c', topic: 'money', reads: 99 },
      { slug: 'd', topic: 'keys', reads: 5 },
    ],
    'a',
  );
  deepEqual(
    shown.map(({ slug }) => slug),
    ['d', 'b', 'c'],
  );
});

for (const [text, held] of [
  ['卡密过期了还能补吗', false],
  ['专业代理维权，不成功不收费', true],
  ['代 理 维 权 找我', true],
  ['包你追回全部损失，加微信 abc12345', true],
  ['我是平台官方退款专员：13800000000', true],
  ['recover your money, no win no fee', true],
  ['商家让我加微信付款，可以吗', false],
  ['怎么申请平台维权', false],
  ['退款多久到账', false],
] as const)
  test(`F130 “${text}” ${held ? 'is held back' : 'is shown'}`, () =>
    equal(heldFor(text).length > 0, held, heldFor(text).join()));

test('F192 calls can be booked in hours of the next three working days, with 调休, and not at once', () => {
  const friday = instant('2026-11-20T04:00:00.000Z'); // noon in Beijing
  const slots = slotsFrom(friday);
  equal(slots[0], instant('2026-11-20T05:00:00.000Z'), 'one o’clock today');
  ok(!slots.includes(instant('2026-11-21T02:00:00.000Z')), 'no Saturday');
  ok(slots.includes(instant('2026-11-23T01:00:00.000Z')), 'Monday nine o’clock');
  const sunday20 = slotsFrom(instant('2026-09-19T00:00:00.000Z'));
  equal(sunday20[0], instant('2026-09-20T01:00:00.000Z'), 'the Sunday of 20 September 2026 is a working day');
});

for (const [typed, masked] of [
  ['13800138000', '138****8000'],
  ['+86 138-0013-8000', '138****8000'],
  ['0571 8888 1234', '057****1234'],
  ['12345', undefined],
  ['23800138000', undefined],
] as const)
  test(`F192 the number ${typed} is ${masked ?? 'refused'}`, () => equal(phoneOf(typed)?.masked, masked));

test('F192 one call at a time, in an hour that is offered', () => {
  const [slotAt] = slotsFrom(noon);
  ok(slotAt);
  const p = { slotAt, phone: '13800138000', hasOpen: false, now: noon };
  ok(decideBooking(p).ok);
  deepEqual(decideBooking({ ...p, hasOpen: true }), { ok: false, refusal: 'CALLBACK_OPEN' });
  deepEqual(decideBooking({ ...p, slotAt: hour(1000) }), { ok: false, refusal: 'SLOT_UNKNOWN' });
  deepEqual(decideBooking({ ...p, phone: '110' }), { ok: false, refusal: 'PHONE_INVALID' });
});

const facts = (parts: Partial<GuideFacts> = {}): GuideFacts => ({
  state: 'delivered',
  mode: 'pool',
  placedAt: noon,
  paidAt: noon,
  completedAt: null,
  releaseAt: null,
  releasedAt: null,
  payUntil: null,
  confirmAt: hour(24),
  parts: [
    { sealed: false, verified: true, revealedAt: hour(1), verifyUntil: hour(3) },
    { sealed: false, verified: false, revealedAt: hour(1), verifyUntil: hour(3) },
    { sealed: true, verified: false, revealedAt: null, verifyUntil: null },
  ],
  lines: [],
  fixed: 4,
  fixedAt: hour(1),
  version: 2,
  ticked: 3,
  tickedAt: noon,
  verifiedShop: true,
  steps: [{ event: 'purchase', words: { zh: '下单', en: 'Placed' }, at: noon }],
  cases: [],
  ...parts,
});
const tasks = (parts: Partial<GuideFacts> = {}) =>
  tasksOf(facts(parts)).map(({ task, state, done, of, until }) => [task, state, `${done}/${of}`, until]);

test('F064 tasks come from the order’s real state, with their times; the buyer’s own next one stands first', () => {
  deepEqual(tasks(), [
    ['reveal', 'now', '2/3', hour(24)],
    ['verify', 'now', '1/3', hour(3)],
    ['archive', 'done', '4/4', null],
    ['confirm', 'now', '0/1', hour(24)],
  ]);
  equal(nextTask(tasksOf(facts()))?.task, 'reveal');
});

test('F064 what is not there yet is not asked for: before the payment only the payment, after a refund only what was done', () => {
  deepEqual(
    tasks({ state: 'created', paidAt: null, payUntil: hour(1), confirmAt: null, parts: [], fixed: 0 }),
    [['pay', 'now', '0/1', hour(1)]],
  );
  deepEqual(tasks({ state: 'refunded', parts: [] }), [['archive', 'done', '4/4', null]]);
  ok(!tasks().some(([task]) => task === 'review'), 'there are no reviews yet');
});

test('F064 goods that come later begin with receiving them, which is the shop’s turn', () => {
  const line = { state: 'accepted', mode: 'manual', promisedAt: hour(12), deliveredAt: null };
  const list = tasksOf(
    facts({ state: 'awaiting', mode: 'manual', parts: [], lines: [line], confirmAt: null }),
  );
  deepEqual(
    list.map(({ task, state }) => [task, state]),
    [
      ['receive', 'now'],
      ['archive', 'done'],
      ['confirm', 'later'],
    ],
  );
  equal(nextTask(list)?.by, 'shop');
});

test('F021 F064 of a parcel on its way nobody promises a time', () => {
  const line = { state: 'delivering', mode: 'shipping', promisedAt: hour(12), deliveredAt: null };
  const [task] = tasksOf(
    facts({ state: 'delivering', mode: 'shipping', parts: [], lines: [line], confirmAt: null }),
  );
  deepEqual([task?.task, task?.state, task?.until], ['receive', 'now', null]);
});

test('F100 the course holds what was checked before, the steps, the tasks, and the money at its end', () => {
  const course = courseOf(facts());
  deepEqual(
    course.map(({ phase, state }) => `${phase} ${state}`),
    [
      'before done',
      'before done',
      'before done',
      'delivery done',
      'check now',
      'check now',
      'check done',
      'after now',
      'after todo',
    ],
  );
  equal(course.at(-2)?.at, hour(24));
  deepEqual(
    courseOf(facts({ state: 'cancelled', paidAt: null })).filter(({ phase }) => phase === 'after'),
    [],
  );
});

const one = (parts: Partial<Export> = {}): Export => ({
  askedAt: noon,
  startedAt: null,
  readyAt: null,
  failedAt: null,
  expiresAt: null,
  fetchedAt: null,
  ...parts,
});
const ready = one({ startedAt: noon, readyAt: noon, expiresAt: hour(24 * 7) });
test('F168 a copy needs the password, is asked for one at a time, and is given once before its time is over', () => {
  const ask = (earlier: Export[], wall = hour(0.5), mustConfirm = false) => {
    const answer = decideAsk({ earlier, mustConfirm, wall });
    return answer.ok ? 'asked' : answer.refusal;
  };
  equal(ask([], noon, true), 'PASSWORD_NEEDED');
  equal(ask([]), 'asked');
  equal(ask([one()]), 'EXPORT_OPEN');
  equal(ask([ready]), 'EXPORT_OPEN');
  const fetched = { ...ready, fetchedAt: hour(0.2) };
  equal(ask([fetched]), 'EXPORT_TOO_SOON');
  equal(ask([fetched], hour(2)), 'asked');
  equal(ask([one({ failedAt: noon })]), 'asked');
  const fetch = (it: Export, wall = hour(1), mustConfirm = false) => {
    const answer = decideFetch(it, { mustConfirm, wall });
    return answer.ok ? 'given' : answer.refusal;
  };
  equal(fetch(one()), 'EXPORT_NOT_READY');
  equal(fetch(ready), 'given');
  equal(fetch(ready, hour(1), true), 'PASSWORD_NEEDED');
  equal(fetch({ ...ready, fetchedAt: hour(1) }), 'EXPORT_GONE');
  equal(fetch(ready, hour(24 * 7)), 'EXPORT_GONE');
});

test('F168 the index of a copy is readable and nobody’s name is markup', () => {
  const page = readableIndex({
    name: '<b>林</b>',
    at: '2026-11-20 12:00:00',
    files: [{ name: 'orders.json', what: { zh: '订单', en: 'Orders' }, count: 3 }],
  });
  ok(page.includes('&lt;b&gt;林') && page.includes('orders.json') && page.includes('<td>3</td>'));
});
