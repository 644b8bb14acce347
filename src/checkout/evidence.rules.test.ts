import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalJson } from '../kit/json.ts';
import { Secret } from '../kit/secret.ts';
import { instant } from '../kit/time.ts';
import { orderEvidence } from './evidence.rules.ts';

const line = (number: number, numbers: bigint[]) => ({
  number,
  listingId: '0199aaaa-0000-7000-8000-000000000001',
  version: 3,
  variantId: '0199aaaa-0000-7000-8000-000000000002',
  poolId: '0199aaaa-0000-7000-8000-000000000002',
  goods: 'card',
  quantity: Math.max(1, numbers.length),
  price: 9750n,
  total: 9750n,
  fee: 100,
  numbers,
  components: '[{"kind":"base","unit":"9750","amount":"9750"}]',
});
const text = { name: 'no_return', hash: { zh: 'zh-hash', en: 'en-hash' } };
const evidence = (
  lines: ReturnType<typeof line>[],
  language: 'zh' | 'en',
  ticks: number,
  answered: unknown[] = [],
) =>
  orderEvidence({
    order: { total: 9750n, paidAt: instant(1) } as never,
    lines: lines as never,
    priced: lines.map(() => ({
      offer: { versionHash: 'ab', title: '点卡 "小" \\ \u2028 \ud800' },
      answered,
    })) as never,
    ticked: Array.from({ length: ticks }, () => ({ text, language, at: undefined })) as never,
    language,
    at: instant(1_700_000_000_000),
  }).text;

const cases: [string, string][] = [
  ['one line with its key', evidence([line(1, [7n])], 'zh', 1)],
  ['several lines and keys', evidence([line(1, [7n, 8n]), line(2, [9n])], 'en', 3)],
  [
    'questions answered, shown masked',
    evidence([line(1, [])], 'zh', 1, [
      {
        question: { key: 'phone', label: '手机号', type: 'phone', sensitive: true, confirmTwice: true },
        answer: new Secret('13800138000'),
      },
    ]),
  ],
  ['nothing delivered yet, nothing ticked', evidence([line(1, [])], 'zh', 0)],
];
for (const [what, written] of cases)
  test(`RFC 8785: the evidence of an order is canonical JSON: ${what}`, () =>
    equal(written, canonicalJson(JSON.parse(written))));

test('F055 the evidence of an order says what was bought, shown, ticked and delivered', () =>
  deepEqual(JSON.parse(evidence([line(1, [7n])], 'zh', 1)), {
    transaction: {
      total: '9750',
      currency: 'CNY',
      paid: true,
      lines: [
        {
          line: 1,
          quantity: 1,
          price: '9750',
          total: '9750',
          components: '[{"kind":"base","unit":"9750","amount":"9750"}]',
        },
      ],
    },
    listing: [
      {
        line: 1,
        listing: line(1, []).listingId,
        version: 3,
        hash: 'ab',
        title: '点卡 "小" \\ \u2028 \ufffd',
      },
    ],
    message: {
      from: 'platform',
      language: 'zh',
      texts: [{ at: '2023-11-14T22:13:20.000Z', hash: 'zh-hash', name: 'no_return' }],
    },
    delivery: [{ line: 1, pool: line(1, []).poolId, numbers: ['7'], state: 'sealed' }],
  }));
