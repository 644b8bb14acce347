import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { aListing, aVersion } from '../../test/listings.ts';
import { goodsKinds, listingContent, type GoodsKind, type ListingContent } from './content.contract.ts';
import { lint, refusalOf } from './lint.rules.ts';

const { afterSales } = aVersion();
const found = (parts: Partial<ListingContent>): string[] =>
  lint(aVersion(parts)).map((one) => `${one.refusal} ${one.field} ${one.article}`);

test('a listing with everything stated may go on sale', () => deepEqual(found({}), []));

for (const [text, refusal, article] of [
  ['一经售出，概不退款。', 'LISTING_TERM_VOID', '21'],
  ['虚拟商品不支持退换', 'LISTING_TERM_VOID', '21'],
  ['概 不 退 款', 'LISTING_TERM_VOID', '21'],
  ['卡密发出后不予退款', 'LISTING_TERM_VOID', '21'],
  ['一经发货不退不换', 'LISTING_TERM_VOID', '21'],
  ['本店拥有最终解释权', 'LISTING_TERM_VOID', '1'],
  ['超过 2 小时不再受理', 'LISTING_TERM_VOID', '5'],
  ['逾期视为放弃', 'LISTING_TERM_VOID', '5'],
  ['全网最低价', 'LISTING_CLAIM_REFUSED', '12'],
  ['100%可用', 'LISTING_CLAIM_REFUSED', '12'],
  ['永久有效', 'LISTING_CLAIM_REFUSED', '12'],
  ['假一赔十', 'LISTING_CLAIM_REFUSED', '12'],
  ['付款后秒到账', 'LISTING_CLAIM_REFUSED', '12'],
  ['加微信 abc12345 更便宜', 'LISTING_CONTACT_REFUSED', '4'],
  ['有问题打 13812345678', 'LISTING_CONTACT_REFUSED', '4'],
  ['ＱＱ：12345678', 'LISTING_CONTACT_REFUSED', '4'],
  ['私下交易可优惠', 'LISTING_CONTACT_REFUSED', '4'],
  ['已实名的社交账号', 'LISTING_FORBIDDEN', '11'],
  ['代过实名', 'LISTING_FORBIDDEN', '11'],
  ['出售流量卡和银行卡', 'LISTING_FORBIDDEN', '11'],
  ['附赠外挂', 'LISTING_FORBIDDEN', '11'],
  ['破解版安装包', 'LISTING_FORBIDDEN', '11'],
] as const)
  test(`F157 F183 “${text}” is refused in every field that a buyer reads: ${refusal}, article ${article}`, () => {
    for (const parts of [
      { description: `星屿点卡。${text}` },
      { afterSales: { ...afterSales, terms: text } },
      { subtitle: text },
    ])
      ok(
        found(parts).some((one) => one.startsWith(refusal) && one.endsWith(` ${article}`)),
        found(parts).join(),
      );
  });

for (const text of [
  '卡密无效的，支持退款。',
  '不需要实名账号。',
  '充值后最多 10 分钟到账',
  '第一次使用请先注册',
  '支持 QQ 邮箱以外的邮箱收信',
  '超过 2 小时仍可申诉',
  '打开官网的退款页',
  '最新版',
  '适合 100 人以内的团队',
  '订单号 20261120123456789',
  '最多 3 台设备',
])
  test(`“${text}” is an honest sentence`, () => deepEqual(found({ description: text }), []));

test('F183 a promise word may be used where the listing says what it means', () => {
  const promises: ListingContent['promises'] = [
    { word: 'permanent', meaning: '一次购买，没有使用期限；停止服务时提前 90 天通知。' },
  ];
  deepEqual(found({ description: '永久授权', promises }), []);
  deepEqual(found({ description: '永久授权', promises: [{ word: 'genuine', meaning: '官方渠道' }] }), [
    'LISTING_CLAIM_REFUSED description 12',
  ]);
});

for (const [word, within, refused] of [
  ['instant', 600, 0],
  ['instant', 601, 1],
  ['minutes', 1800, 0],
  ['minutes', 1801, 1],
  ['permanent', 86_400, 0],
] as const)
  test(`article 12: ${word} with a delivery in ${within} s is ${refused ? 'refused' : 'accepted'}`, () =>
    equal(
      found({
        promises: [{ word, meaning: '到账' }],
        delivery: { mode: 'automatic', within_seconds: within },
      }).length,
      refused,
    ));

for (const [kind, parts, field] of [
  ['card', { binding: { rule: '', mustConfirm: true } }, 'binding.rule'],
  ['licence', { activations: null }, 'activations'],
  ['licence', { download: null }, 'download'],
  ['licence', { devices: '' }, 'devices'],
  ['download', { download: null }, 'download'],
  ['account', { realName: null }, 'realName'],
  ['card', { validity: '' }, 'validity'],
  ['card', { verification: '' }, 'verification'],
  ['card', { keyFormat: null }, 'keyFormat'],
  ['service', { delivery: { mode: 'manual', within_seconds: null } }, 'delivery.within_seconds'],
  ['card', { afterSales: { ...afterSales, noReason_days: null } }, 'afterSales.noReason_days'],
  ['card', { afterSales: { ...afterSales, faultResponse_hours: null } }, 'afterSales.faultResponse_hours'],
  ['card', { afterSales: { ...afterSales, faultResponse_hours: 25 } }, 'afterSales.faultResponse_hours'],
  ['card', { afterSales: { ...afterSales, refunds: [] } }, 'afterSales.refunds'],
  ['physical', { afterSales: { ...afterSales, noReason_days: 3 } }, 'afterSales.noReason_days'],
] as const)
  test(`F020 F160 F178 a listing of kind ${kind} without a good ${field} is incomplete`, () => {
    const full: Partial<ListingContent> = {
      goods: kind,
      activations: 3,
      realName: 'changeable',
      download: { url: 'https://download.example/a', version: '1.0', sha256: '' },
    };
    deepEqual(lint(aVersion(full)), []);
    deepEqual(
      lint(aVersion({ ...full, ...(parts as Partial<ListingContent>) })).map((one) => [
        one.refusal,
        one.field,
      ]),
      [['LISTING_INCOMPLETE', field]],
    );
  });

test('an account whose real name cannot be changed is prohibited goods', () => {
  deepEqual(found({ goods: 'account', realName: 'bound' }), ['LISTING_FORBIDDEN realName 11']);
});

for (const [tiers, good] of [
  [
    [
      { from: 10, price: '9700' },
      { from: 20, price: '9600' },
    ],
    true,
  ],
  [[{ from: 10, price: '9750' }], false],
  [
    [
      { from: 10, price: '9700' },
      { from: 10, price: '9600' },
    ],
    false,
  ],
  [
    [
      { from: 10, price: '9700' },
      { from: 20, price: '9800' },
    ],
    false,
  ],
] as const)
  test(`wholesale tiers ${JSON.stringify(tiers)} are ${good ? 'accepted' : 'refused'}`, () => {
    const variants = [
      {
        id: '01900000-0000-7000-8000-000000000001',
        name: '100 元',
        price: '9750',
        on: true,
        tiers: [...tiers],
      },
    ];
    equal(found({ variants }).length, good ? 0 : 1);
  });

test('the worst finding is the refusal, with field, article, the words found and how many there are', () => {
  const refused = refusalOf(aVersion({ description: '附赠外挂，概不退款', validity: '' }));
  equal(refused?.refusal, 'LISTING_FORBIDDEN');
  deepEqual(
    [
      refused.detail?.['field'],
      refused.detail?.['article'],
      refused.detail?.['found'],
      refused.detail?.['findings'],
    ],
    ['description', '11', '外挂', 3],
  );
});

test('F172 a fee beside the price, a renewal by itself and an unknown field have no place in a listing', () => {
  const listing = aVersion();
  ok(listingContent.safeParse(listing).success);
  for (const wrong of [
    { ...listing, serviceFee: '100' },
    { ...listing, fees: { ...listing.fees, handling: '100' } },
    { ...listing, fees: { ...listing.fees, allInPrice: false } },
    { ...listing, fees: { ...listing.fees, renewsByItself: true } },
    { ...listing, variants: [{ ...listing.variants[0], price: '9.75' }] },
    { ...listing, variants: [] },
    { ...listing, download: { url: 'javascript:alert(1)', version: '1', sha256: '' } },
  ])
    ok(!listingContent.safeParse(wrong).success, JSON.stringify(wrong));
});

test('the nine kinds of goods are prepared', () => {
  equal(new Set<GoodsKind>(goodsKinds).size, 9);
  ok(aListing().variants[0]?.id === null);
});

for (const goods of ['topup', 'licence', 'membership'] as const)
  test(`F030 F033 a listing of kind ${goods} without a guide is incomplete`, () => {
    const fields = lint(aVersion({ goods, guide: null })).map((one) => one.field);
    ok(fields.includes('guide'), fields.join());
  });

test('F204 a membership that is no key states its term, and only a membership has one', () => {
  const club = { goods: 'membership', keyFormat: null } as const;
  const fieldsOf = (parts: Parameters<typeof aVersion>[0]) => lint(aVersion(parts)).map((one) => one.field);
  ok(fieldsOf(club).includes('membership'));
  const term = {
    term: { count: 1, unit: 'month' },
    level: '金卡',
    includes: ['全部课程'],
    stacks: true,
    sharing: 'own',
    starts: 'at_once',
  } as const;
  const membership = { ...term, includes: [...term.includes] };
  deepEqual(fieldsOf({ ...club, membership }), []);
  ok(fieldsOf({ goods: 'card', membership }).includes('membership'));
  ok(fieldsOf({ goods: 'membership', keyFormat: 'free', membership }).includes('membership'));
});

test('F030 F157 what a guide and a membership say is looked at like every other sentence', () => {
  const guide = {
    steps: [{ text: '加微信 abc123 领激活码', where: '' }],
    address: null,
    platform: '',
    errors: [],
  };
  deepEqual(
    lint(aVersion({ guide })).map((one) => [one.field, one.refusal]),
    [['guide', 'LISTING_CONTACT_REFUSED']],
  );
});
