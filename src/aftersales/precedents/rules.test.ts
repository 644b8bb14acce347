import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { instant, plus } from '../../kit/time.ts';
import { articlesIn, bandOf, leaksIn, monthOf, outcomeOf, settledBy, tookOf } from './rules.ts';

const known = {
  names: ['松间数字商行', '许小行', '星屿点卡', '100 元', '青禾软件屋 激活码'],
  said: ['13:40 激活，提示“授权码不存在”，客服一直不回我', '发码方记录显示由买家账号兑换'],
};
const fine = '卡密在约定时间内被证明交付前已被使用，商家没有提出相反的证据，按约定全额退回。';

test('F201 a summary that names somebody, reaches somebody, holds numbers or keys, or copies a party is refused', () => {
  deepEqual(leaksIn(fine, known), []);
  const planted: readonly (readonly [string, string])[] = [
    ['松间数字商行没有回应', 'name'],
    ['买家许小行的卡', 'name'],
    ['松 间 数 字 商 行', 'name'],
    ['卖家叫青禾软件屋', 'name'],
    ['加微信聊', 'contact'],
    ['写给 someone@example.com', 'contact'],
    ['看 https://x.example/a', 'contact'],
    ['电话 138 0013 8000', 'number'],
    ['订单 20261120', 'number'],
    ['卡密 AB12-CD34-EF56', 'key'],
    ['编号 01k9abcxyz', 'key'],
    ['他说“授权码不存在”，客服一直不回我，所以', 'copied'],
  ];
  for (const [text, leak] of planted)
    ok(leaksIn(`${fine}${text}`, known).includes(leak as never), `${text}: ${leak}`);
});

test('F201 whatever is cut out of what a party wrote, twelve characters in a row never pass', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...'卡密提示已被使用客服不回我要退款商家说没问题'), {
        minLength: 30,
        maxLength: 60,
      }),
      fc.nat(15),
      (letters, at) => {
        const said = letters.join('');
        return leaksIn(`${fine}${said.slice(at, at + 13)}`, { names: [], said: [said] }).includes('copied');
      },
    ),
  );
});

test('F201 sums, times and days become bands, and articles are each named once', () => {
  deepEqual([0n, 1n, 4_999n, 5_000n, 99_999n, 100_000n].map(bandOf), [
    'none',
    'under_50',
    'under_50',
    '50_200',
    '200_1000',
    'over_1000',
  ]);
  const from = instant('2026-11-20T04:00:00.000Z');
  deepEqual(
    [1, 24, 24 * 7].map((hours) => tookOf(from, plus(from, { hours }))),
    ['hours', 'days', 'weeks'],
  );
  equal(monthOf(instant('2026-11-30T16:30:00.000Z')), '2026-12', 'in Beijing');
  deepEqual(articlesIn(['22', '5', '22', 'x', '31']), ['5', '22', '31']);
  equal(settledBy(['file', 'refuse', 'escalate', 'assign', 'decide', 'finalise', 'close']), 'finalise');
  deepEqual(
    [outcomeOf('refund', 100n, 100n), outcomeOf('refund', 99n, 100n), outcomeOf('none', 0n, 100n)],
    ['refund', 'part_refund', 'none'],
  );
});
