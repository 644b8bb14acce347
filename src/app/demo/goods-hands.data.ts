import type { Question } from '../../catalog/question.contract.ts';
import type { Family } from './family.ts';

const target = (label: string, type: 'phone' | 'account'): Question => ({
  key: 'target',
  label,
  type,
  required: true,
  pattern: null,
  options: [],
  sensitive: true,
  confirmTwice: true,
});

/** Goods that somebody of the shop delivers by hand: with questions, a form of what is delivered, and opening hours. */
export const hands: readonly Family[] = [
  {
    shop: 'nanqiao',
    category: 'memberships',
    goods: 'topup',
    brand: '望川',
    noun: '视频会员代开',
    face: '望川代开',
    colour: 'sky',
    keyFormat: null,
    mode: 'manual',
    within_seconds: 30 * 60,
    intro: '望川视频会员，店里的人用官方渠道开到你填的手机号上，不问你要密码。',
    redeem: '付款后店里接单，开好了在订单里写清到期日。',
    verify: '打开望川视频，用这个手机号登录，“我的—会员”里能看到到期日，和订单里写的一样就对了。',
    binding: '开到你填的手机号，开好后不能换号',
    devices: '手机、电脑、电视都能看',
    validity: '从开通那天起算',
    keywords: ['会员', '视频', '代开'],
    noReason_days: 0,
    kinds: {
      questions: [target('要开通的手机号', 'phone')],
      opening: { from: '08:30', to: '23:30' },
      manual: {
        fields: [
          { key: 'until', label: '会员到期日', type: 'text', required: true },
          { key: 'serial', label: '开通流水号', type: 'text', required: true },
          { key: 'note', label: '说明', type: 'note', required: false },
        ],
      },
    },
    items: [
      ['月卡', 1990, '一个月，不自动续费。'],
      ['季卡', 5490, '三个月，比连买三个月便宜。'],
      ['年卡', 17_800, '十二个月，开好当天就能看全部片库。'],
    ],
  },
  {
    shop: 'qinghe',
    category: 'software',
    goods: 'topup',
    brand: '石墨格',
    noun: '团队席位',
    face: '石墨格席位',
    colour: 'moss',
    keyFormat: null,
    mode: 'manual',
    within_seconds: 2 * 3600,
    intro: '石墨格表格的团队席位，由店里的团队管理员发邀请，正版，能开发票。',
    redeem: '付款后店里发邀请，订单里给你邀请链接，点开用同一个邮箱加入。',
    verify: '点开订单里的邀请链接，页面上写着团队名，加入后“设置—套餐”显示“团队席位”。',
    binding: '绑定你填的邮箱，期内可以换一次',
    devices: '浏览器，Windows 和 macOS 客户端',
    validity: '从加入那天起算',
    keywords: ['软件', '席位', '表格'],
    noReason_days: 0,
    kinds: {
      questions: [
        target('要邀请的邮箱', 'account'),
        {
          key: 'region',
          label: '账号在哪个区',
          type: 'select',
          required: true,
          pattern: null,
          options: ['国内版', '国际版'],
          sensitive: false,
          confirmTwice: false,
        },
      ],
      manual: {
        fields: [
          { key: 'link', label: '邀请链接', type: 'link', required: true },
          { key: 'code', label: '加入口令', type: 'secret', required: true },
          { key: 'note', label: '怎么加入', type: 'note', required: false },
        ],
      },
    },
    items: [
      ['三个月', 8900, '一个席位，三个月，到期不自动续。', { perOrder: 5 }],
      ['一年', 29_800, '一个席位，一年，中途可以换一次邮箱。', { perOrder: 5 }],
    ],
  },
  {
    shop: 'songjian',
    category: 'cards',
    goods: 'card',
    brand: '远岸',
    noun: '海外礼品卡',
    face: '远岸礼品卡',
    colour: 'ochre',
    keyFormat: null,
    mode: 'manual',
    within_seconds: 60 * 60,
    intro: '远岸商店的海外礼品卡，每张由店里的人在官方柜台现买，买完把卡号和密码填进订单。',
    redeem: '登录远岸商店，“账户—兑换礼品卡”，输入卡号和密码。',
    verify: '兑换页输入卡号和密码，看到面值和“有效”就对了；兑换前可以先查余额。',
    binding: '兑换即绑定该账号，不能转出',
    devices: '远岸商店网页和手机应用',
    validity: '自购卡起两年',
    keywords: ['礼品卡', '海外', '点卡'],
    noReason_days: 0,
    kinds: {
      opening: { from: '09:00', to: '22:00' },
      manual: {
        fields: [
          { key: 'number', label: '卡号', type: 'text', required: true },
          { key: 'password', label: '密码', type: 'secret', required: true },
          { key: 'receipt', label: '购卡小票号', type: 'text', required: false },
        ],
      },
    },
    items: [
      ['25 元面值', 2680, '面值按当天牌价折算，价格里已经含手续费。', { perOrder: 5 }],
      ['100 元面值', 10_600, '大面值，一单最多五张。', { perOrder: 5 }],
    ],
  },
];
