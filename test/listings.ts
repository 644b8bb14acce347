import { noKinds } from '../src/catalog/kinds.contract.ts';
import type { ListingContent, ListingDraft } from '../src/catalog/content.contract.ts';

/** A listing that may go on sale, for tests: card keys of an invented game. Parts may be replaced. */
export function aListing(parts: Partial<ListingDraft> = {}): ListingDraft {
  return {
    ...noKinds,
    title: '星屿游戏点卡 100 元',
    subtitle: '国服通用',
    goods: 'card',
    description: '星屿游戏点卡，100 元面值。在官网“点卡充值”页输入卡号和密码，点数进入你登录的账号。',
    keywords: ['星屿', '点卡'],
    delivery: { mode: 'automatic', within_seconds: 60 },
    validity: '至 2027年05月31日',
    binding: { rule: '充入即绑定该账号，不能转出', mustConfirm: true },
    devices: '电脑和手机都可以充值',
    activations: null,
    download: null,
    realName: null,
    afterSales: {
      noReason_days: 7,
      faultResponse_hours: 12,
      refunds: [{ when: '卡密无效', percent: 100 }],
      terms: '卡密无效的，补发或退款由你选。',
    },
    fees: { allInPrice: true, renewsByItself: false, elsewhere: '' },
    promises: [],
    useWithin_hours: 24,
    keyFormat: 'digits16',
    verification: '在官网登录后打开“点卡充值”，输入卡号和密码，看到面值即为有效。',
    guide: {
      steps: [
        { text: '登录要充值的账号', where: '' },
        { text: '打开“点卡充值”，输入卡号和密码', where: '官网“点卡充值”页' },
      ],
      address: 'https://xingyu.example/recharge',
      platform: '国服，电脑和手机浏览器',
      errors: [{ shown: '卡密错误', meaning: '多半抄错了一位，先在订单页对一对' }],
    },
    membership: null,
    topup: null,
    licence: null,
    issuer: null,
    face: { colour: 'pine', title: '星屿点卡', subtitle: '100 元面值' },
    variants: [{ id: null, name: '100 元', price: '9750', on: true, tiers: [{ from: 10, price: '9700' }] }],
    limits: { perBuyer: null, perOrder: null },
    ...parts,
  };
}

/** The same as a stored version: its variants have ids. */
export const aVersion = (parts: Partial<ListingContent> = {}): ListingContent => ({
  ...aListing(),
  variants: [
    {
      id: '01900000-0000-7000-8000-000000000001',
      name: '100 元',
      price: '9750',
      on: true,
      tiers: [{ from: 10, price: '9700' }],
    },
  ],
  ...parts,
});

/** Goods that somebody delivers by hand within half an hour, with a question whose answer is typed twice. */
export const manualListing = (parts: Partial<ListingDraft> = {}): ListingDraft =>
  aListing({
    title: '望川视频 会员代开',
    goods: 'topup',
    description: '商家用自己的渠道开到你的账号上，开好后在订单里写清到期日。',
    delivery: { mode: 'manual', within_seconds: 1800 },
    keyFormat: null,
    useWithin_hours: null,
    questions: [
      {
        key: 'target',
        label: '要充的手机号',
        type: 'phone',
        required: true,
        pattern: null,
        options: [],
        sensitive: true,
        confirmTwice: true,
      },
    ],
    manual: {
      fields: [
        { key: 'account', label: '账号', type: 'text', required: true },
        { key: 'password', label: '密码', type: 'secret', required: true },
        { key: 'note', label: '说明', type: 'note', required: false },
      ],
    },
    ...parts,
  });

/** 直充: 50 yuan into a mobile number of an invented carrier, within an hour. */
export const topupListing = (parts: Partial<ListingDraft> = {}): ListingDraft =>
  aListing({
    title: '海桥通讯话费直充 50 元',
    goods: 'topup',
    description: '50 元话费直接充到号码里，不用输入代码。',
    delivery: { mode: 'direct', within_seconds: 3600 },
    keyFormat: null,
    useWithin_hours: null,
    topup: { target: 'mobile', label: '手机号', carrier: 'virtual', region: '', speed: 'fast' },
    questions: [
      {
        key: 'target',
        label: '手机号',
        type: 'phone',
        required: true,
        pattern: null,
        options: [],
        sensitive: true,
        confirmTwice: true,
      },
    ],
    verification: '到账后海桥会发短信，也可以拨客服热线查余额。',
    variants: [{ id: null, name: '50 元', price: '4990', on: true, tiers: [], faceValue: '5000' }],
    limits: { perBuyer: null, perOrder: 1 },
    ...parts,
  });

/** A membership that the shop keeps: thirty days, which add up. */
export const clubListing = (
  parts: Partial<ListingDraft> = {},
  membership: Partial<NonNullable<ListingDraft['membership']>> = {},
): Partial<ListingDraft> => ({
  title: '读书会员',
  goods: 'membership',
  keyFormat: null,
  useWithin_hours: null,
  membership: {
    term: { count: 30, unit: 'day' },
    level: '金卡',
    includes: ['全部书目', '每月一场线上会'],
    stacks: true,
    sharing: 'own',
    starts: 'at_once',
    ...membership,
  },
  variants: [{ id: null, name: '三十天', price: '3000', on: true, tiers: [] }],
  ...parts,
});

/** A thing that is sent: a box with parts, each worth something when it is missing. */
export const parcelListing = (parts: Partial<ListingDraft> = {}): ListingDraft =>
  aListing({
    title: '铁轨物语 窄轨机车 1:87',
    goods: 'physical',
    description: '拼装模型，木片已经激光切好，箱子里有说明书和砂纸。',
    delivery: { mode: 'shipping', within_seconds: 48 * 3600 },
    keyFormat: null,
    useWithin_hours: null,
    binding: { rule: '', mustConfirm: false },
    parcel: {
      parts: [
        { name: '木片', count: 2, worth: '3000' },
        { name: '说明书', count: 1, worth: '500' },
      ],
    },
    verification: '对照说明书第一页数木片。',
    variants: [{ id: null, name: '一盒', price: '12800', on: true, tiers: [] }],
    ...parts,
  });
