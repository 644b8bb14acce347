import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { instant, plus } from '../kit/time.ts';
import type { SayKind, Speaker } from './contract.ts';
import {
  cleaned,
  decideEscalate,
  decideHide,
  decideLapse,
  decideSay,
  isHarsh,
  seenAt,
  type Demand,
  type Saying,
  type Thread,
} from './rules.ts';

const now = instant('2026-11-20T04:00:00Z');
const terms = { default_hours: 4, max_hours: 24, article: '21' };
const open: Demand = {
  id: 'd',
  seq: 1,
  state: 'open',
  askedAt: now,
  dueAt: plus(now, { hours: 4 }),
  closedAt: null,
};
const thread: Thread = { messages: 3, lastAt: now, lastSide: 'buyer', waitsSince: now, supportSince: null };

const say = (
  parts: Partial<Saying> = {},
  facts: { thread?: Thread; openDemand?: Demand; lately?: number; at?: typeof now } = {},
) =>
  decideSay(
    { side: 'buyer', as: 'text', text: '在吗', hours: undefined, until: undefined, attachments: 0, ...parts },
    {
      now: facts.at ?? now,
      thread: facts.thread,
      openDemand: facts.openDemand,
      lately: facts.lately ?? 0,
      terms,
    },
  );
const outcome = (result: ReturnType<typeof say>): string => (result.ok ? 'done' : result.refusal);

for (const [side, as, expected] of [
  ['buyer', 'text', 'done'],
  ['buyer', 'demand', 'done'],
  ['buyer', 'promise', 'KIND_NOT_YOURS'],
  ['buyer', 'call', 'done'],
  ['merchant', 'text', 'done'],
  ['merchant', 'demand', 'KIND_NOT_YOURS'],
  ['merchant', 'promise', 'done'],
  ['merchant', 'call', 'done'],
  ['support', 'text', 'done'],
  ['support', 'demand', 'KIND_NOT_YOURS'],
  ['support', 'promise', 'KIND_NOT_YOURS'],
  ['support', 'call', 'KIND_NOT_YOURS'],
] as const satisfies readonly (readonly [Speaker, SayKind, string])[])
  test(`F008 the ${side} saying a ${as}: ${expected}`, () =>
    equal(outcome(say({ side, as, until: plus(now, { hours: 1 }) })), expected));

for (const [hours, expected] of [
  [undefined, 4],
  [1, 1],
  [24, 24],
  [0, 'DEMAND_HOURS_WRONG'],
  [-3, 'DEMAND_HOURS_WRONG'],
  [25, 'DEMAND_HOURS_WRONG'],
] as const)
  test(`F080 a demand of ${hours ?? 'no stated'} hours: ${expected}`, () => {
    const result = say({ as: 'demand', hours });
    if (typeof expected === 'string') return equal(outcome(result), expected);
    ok(result.ok);
    equal(result.value.hours, expected);
    equal(result.value.dueAt, plus(now, { hours: expected }));
  });

test('F080 a second demand waits until the first is over', () => {
  equal(outcome(say({ as: 'demand' }, { thread, openDemand: open })), 'DEMAND_OPEN');
  equal(outcome(say({ as: 'text' }, { thread, openDemand: open })), 'done');
});

test('F080 words of the shop answer an open demand; a call for the support does not', () => {
  const answers = (parts: Partial<Saying>) => {
    const result = say(parts, { thread, openDemand: open });
    return result.ok && result.value.answers !== null;
  };
  equal(answers({ side: 'merchant' }), true);
  equal(answers({ side: 'merchant', as: 'promise', until: plus(now, { hours: 2 }) }), true);
  equal(answers({ side: 'merchant', as: 'call' }), false);
  equal(answers({ side: 'support' }), false);
  equal(answers({ side: 'buyer' }), false);
});

test('F080 a demand lapses at its time, not before, and once', () => {
  equal(decideLapse(open, instant(open.dueAt - 1)), undefined);
  equal(decideLapse(open, open.dueAt), 'silent');
  equal(decideLapse({ ...open, state: 'silent' }, open.dueAt), undefined);
  equal(decideLapse({ ...open, state: 'answered' }, open.dueAt), undefined);
  equal(decideLapse(undefined, open.dueAt), undefined);
});

for (const [side, demand, expected] of [
  ['buyer', undefined, 'ESCALATE_NOT_ASKED'],
  ['buyer', 'open', 'ESCALATE_STILL_RUNNING'],
  ['buyer', 'answered', 'ESCALATE_ANSWERED'],
  ['buyer', 'silent', 'done'],
  ['merchant', 'silent', 'ESCALATE_BUYER_ONLY'],
] as const)
  test(`F080 the button to escalate, for the ${side} with ${demand ?? 'no'} demand: ${expected}`, () => {
    const result = decideEscalate(side, demand && { ...open, state: demand });
    equal(result.ok ? 'done' : result.refusal, expected);
  });

for (const [what, until, expected] of [
  ['no time', undefined, 'PROMISE_TIME_WRONG'],
  ['a time that has passed', now, 'PROMISE_TIME_WRONG'],
  ['a minute from now', plus(now, { minutes: 1 }), 'done'],
  ['a year from now', plus(now, { days: 365 }), 'done'],
  ['more than a year', plus(now, { days: 366 }), 'PROMISE_TIME_WRONG'],
] as const)
  test(`a promise with ${what}: ${expected}`, () =>
    equal(outcome(say({ side: 'merchant', as: 'promise', text: '今晚补发', until })), expected));

test('an empty message is none, unless it brings a picture; a call needs no words', () => {
  equal(outcome(say({ text: ' \n ' })), 'MESSAGE_EMPTY');
  equal(outcome(say({ text: '\u202e\u200f' })), 'MESSAGE_EMPTY');
  equal(outcome(say({ text: '', attachments: 1 })), 'done');
  equal(outcome(say({ text: '', as: 'call' })), 'done');
  equal(outcome(say({ text: '', as: 'demand', attachments: 1 })), 'MESSAGE_EMPTY');
});

test('fifteen messages a minute are enough for anybody', () => {
  equal(outcome(say({}, { lately: 14 })), 'done');
  equal(outcome(say({}, { lately: 15 })), 'TOO_MANY_REQUESTS');
});

test('who waits for whom: the first unanswered words of the buyer count, and the support is waited for apart', () => {
  const after = (parts: Partial<Saying>, facts: Parameters<typeof say>[1] = {}) => {
    const result = say(parts, facts);
    ok(result.ok);
    return result.value.thread;
  };
  const later = plus(now, { hours: 1 });
  equal(after({}).waitsSince, now);
  equal(after({}, { thread, at: later }).waitsSince, now);
  equal(after({ side: 'merchant' }, { thread, at: later }).waitsSince, null);
  equal(after({ side: 'support' }, { thread, at: later }).waitsSince, now);
  deepEqual(after({ as: 'call' }, { at: later }), {
    messages: 1,
    lastAt: later,
    lastSide: 'buyer',
    waitsSince: null,
    supportSince: later,
  });
  equal(outcome(say({ as: 'call' }, { thread: { ...thread, supportSince: now } })), 'CALL_PENDING');
  equal(after({ side: 'support' }, { thread: { ...thread, supportSince: now } }).supportSince, null);
});

test('what is kept has no marks that turn or hide it', () => {
  equal(cleaned('  你好\r\n第二行\u202e\u0000  '), '你好\n第二行');
  equal(cleaned('a\n\n\n\n\n\nb'), 'a\n\n\nb');
  equal(cleaned('\ud800x'), '�x');
});

for (const [text, harsh] of [
  ['你们太慢了，我很生气', false],
  ['骗人的吧，卡密用不了', false],
  ['你 妈 的', true],
  ['操 你', true],
  ['f*u*c*k you', true],
  ['等着瞧，找人弄你', true],
  ['干你们这行的都不容易', false],
  ['今日你发货吗', false],
  ['assessment is fine', false],
] as const)
  test(`F075 ${JSON.stringify(text)} is ${harsh ? '' : 'not '}harsh`, () => equal(isHarsh(text), harsh));

test('F069 only one’s own words can be taken out of view', () => {
  const words = { kind: 'text', side: 'buyer' as const, authorId: 'me', hidden: false };
  const by = { side: 'buyer' as const, userId: 'me' };
  const told = (result: ReturnType<typeof decideHide>): string => (result.ok ? result.value : result.refusal);
  equal(told(decideHide(words, by)), 'hide');
  equal(told(decideHide({ ...words, hidden: true }, by)), 'is hidden');
  equal(told(decideHide(undefined, by)), 'MESSAGE_NOT_FOUND');
  equal(told(decideHide({ ...words, authorId: 'other' }, by)), 'NOT_YOUR_WORDS');
  equal(told(decideHide(words, { ...by, side: 'merchant' })), 'NOT_YOUR_WORDS');
  for (const kind of ['demand', 'promise', 'call', 'notice'])
    equal(told(decideHide({ ...words, kind }, by)), 'NOT_YOUR_WORDS');
});

test('a message was seen when the other party had first seen that far', () => {
  const at = (hours: number) => plus(now, { hours });
  const reads = [
    { side: 'merchant' as const, seq: 2, at: at(1) },
    { side: 'merchant' as const, seq: 4, at: at(3) },
    { side: 'support' as const, seq: 9, at: at(1) },
    { side: 'buyer' as const, seq: 3, at: at(2) },
  ];
  equal(seenAt({ seq: 1, side: 'buyer' }, reads), at(1));
  equal(seenAt({ seq: 3, side: 'buyer' }, reads), at(3));
  equal(seenAt({ seq: 5, side: 'buyer' }, reads), null);
  equal(seenAt({ seq: 3, side: 'merchant' }, reads), at(2));
  equal(seenAt({ seq: 2, side: 'platform' }, reads), null);
});
