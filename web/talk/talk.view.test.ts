import { equal, deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { beijingInstant, draftFrom, hoursOffered, templatesOf } from './talk.view.ts';

const filled = { symptom: '提示已使用', demand: '补发或退款', code: '0x80070005' };
const draft = (
  key: string,
  language: 'zh' | 'en' = 'zh',
  me: 'buyer' | 'merchant' = 'buyer',
  given: Partial<typeof filled> = filled,
) => draftFrom({ me, key, order: 'ord_1', goods: '授权码', language, filled: (field) => given[field] ?? '' });

test('F114 the first words to a shop name the order, what is wrong and what is wanted, politely', () => {
  equal(
    draft('first'),
    '你好，订单 ord_1（授权码）遇到问题：提示已使用。请补发或退款。我按规则先在这里和你沟通，谢谢。',
  );
});

test('F121 the template of a failed key has the order’s number and the error code', () => {
  equal(
    draft('failed'),
    '订单号 ord_1 的卡密激活失败，提示错误代码 0x80070005，请核实是系统问题还是卡密重复使用，并补发或退款。',
  );
});

test('F114 F121 what is not filled in stays a gap, every template is whole in both languages, and nobody has another side’s', () => {
  equal(draft('failed', 'zh', 'buyer', {}).includes('错误代码 ____'), true);
  for (const me of ['buyer', 'merchant', 'support'] as const)
    for (const { key } of templatesOf(me))
      for (const language of ['zh', 'en'] as const)
        equal(
          /[{}]/.test(draftFrom({ me, key, order: 'o', goods: 'g', language, filled: () => 'x' })),
          false,
          key,
        );
  equal(draft('reissued', 'zh', 'buyer'), '');
});

test('F080 the hours offered never exceed what the rules allow', () => {
  deepEqual(hoursOffered(24), [1, 2, 4, 8, 12, 24]);
  deepEqual(hoursOffered(6), [1, 2, 4, 6]);
});

test('a time that is typed is Beijing time', () => {
  equal(beijingInstant('2026-11-21T22:00'), '2026-11-21T22:00:00+08:00');
  equal(beijingInstant('tomorrow'), undefined);
});
