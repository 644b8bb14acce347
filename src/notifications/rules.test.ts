import assert from 'node:assert/strict';
import { test } from 'node:test';
import { messageKinds, type FieldKind, type MessageKind } from './contract.ts';
import { isFit, sayMessage, type Message } from './rules.ts';

const uuid = '019a9f00-0000-7000-8000-000000000001';
const samples: Readonly<Record<FieldKind, unknown>> = {
  order: uuid,
  payment: uuid,
  shop: uuid,
  listing: uuid,
  pool: uuid,
  case: uuid,
  money: '9750',
  time: Date.UTC(2026, 10, 20, 4),
  count: 3,
  title: 'A & B',
  words: { zh: '自动确认', en: 'automatic' },
};
const sample = (kind: MessageKind): Message => ({
  kind,
  data: Object.fromEntries(
    Object.entries<FieldKind>(messageKinds[kind].takes).map(([name, field]) => [name, samples[field]]),
  ),
});
const kinds = Object.keys(messageKinds) as MessageKind[];

test('F014 every message says something in both languages, fills every gap, and leads somewhere', () => {
  for (const kind of kinds) {
    const message = sample(kind);
    assert.ok(isFit(message), kind);
    const [zh, en] = [sayMessage(message, 'zh'), sayMessage(message, 'en')];
    for (const text of [zh.title, zh.text, en.title, en.text, zh.link])
      assert.doesNotMatch(text, /[{}]|undefined/, kind);
    assert.match(zh.text, /[\u4e00-\u9fff]/, kind);
    assert.doesNotMatch(en.title + en.text, /[\u4e00-\u9fff]/, kind);
    assert.equal(zh.link, en.link);
    assert.match(zh.link, /^\/[a-z]/);
  }
});

test('ids are shown as public ids, money in yuan, times in Beijing', () => {
  assert.deepEqual(sayMessage(sample('shop.settled'), 'zh').title, '结算到账 97.50 元');
  assert.match(sayMessage(sample('order.delivered'), 'en').link, /^\/orders\/ord_[0-9a-v]{26}$/);
  assert.match(sayMessage(sample('deadline.near'), 'zh').text, /截止 2026-11-20 12:00/);
});

test('F015 a message holds exactly the fields of its text: a secret has no place', () => {
  const good = sample('order.delivered');
  for (const data of [
    { ...good.data, key: 'ABCD-EFGH' },
    { listing: 'x' },
    {},
    { ...good.data, order: 'ord_1' },
    { ...good.data, listing: 'x'.repeat(121) },
    { ...good.data, listing: { toString: 1 } },
  ])
    assert.equal(isFit({ kind: 'order.delivered', data }), false, JSON.stringify(data));
  for (const amount of ['-1', '1.5', 9750, ''])
    assert.equal(isFit({ kind: 'wallet.topped_up', data: { amount } }), false, String(amount));
  assert.equal(isFit({ kind: 'order.completed', data: { order: uuid, by: { zh: '你' } } }), false);
});
