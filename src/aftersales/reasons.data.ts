import type { GoodsKind } from '../catalog/content.contract.ts';
import type { Words } from '../kit/text.ts';
import type { ExhibitKind } from './exhibits.data.ts';

// 申诉场景: what may be complained about, for which goods, until when, who must prove it, and what follows if nobody does.

export const categoryWords = {
  Q: { zh: '商品质量问题', en: 'Quality of the goods' },
  D: { zh: '交付问题', en: 'Delivery' },
  V: { zh: '违规交易', en: 'Breach of the rules' },
  M: { zh: '资金与计费', en: 'Money and billing' },
  A: { zh: '账号问题', en: 'Accounts' },
  P: { zh: '实物问题', en: 'Physical goods' },
  N: { zh: '无理由与其他', en: 'Without a reason, and others' },
} as const satisfies Record<string, Words>;
export type Category = keyof typeof categoryWords;

export const remedies = ['refund', 'reissue', 'perform'] as const;
export type Remedy = (typeof remedies)[number];
export type Burden = 'merchant' | 'buyer' | 'platform' | 'shared';

export type Reason = {
  readonly category: Category;
  readonly words: Words;
  /** Empty: all kinds. */
  readonly goods: readonly GoodsKind[];
  readonly burden: Burden;
  /** The last instant to file: hours after the reveal, delivery or payment; null: any time. */
  readonly window: { readonly hours: number; readonly from: 'revealed' | 'delivered' | 'paid' } | null;
  readonly article: string;
  /** What may be asked for; the first is the default. */
  readonly remedies: readonly Remedy[];
  /** When the shop says nothing in time: money back, in the cases of article 5, or the platform steps in. */
  readonly silence: 'refund' | 'intervene';
  /** A shorter time to answer than the rulebook's. */
  readonly answer_hours?: number;
  /** Decided in the fast lane. */
  readonly fast?: boolean;
  readonly system: readonly ExhibitKind[];
  readonly buyer: readonly ExhibitKind[];
  readonly merchant: readonly ExhibitKind[];
};

type Rest = Omit<Reason, 'category' | 'words' | 'goods' | 'system' | 'buyer' | 'merchant'>;
const days = (count: number, from: 'revealed' | 'delivered' | 'paid' = 'delivered') => ({
  hours: count * 24,
  from,
});
const hours = (count: number, from: 'revealed' | 'delivered' | 'paid' = 'delivered') => ({
  hours: count,
  from,
});
const K = 'card',
  L = 'licence',
  T = 'topup',
  B = 'membership',
  G = 'game',
  A = 'account',
  F = 'download',
  S = 'service',
  P = 'physical';

const usual: Rest = {
  burden: 'merchant',
  window: days(7),
  article: '22',
  remedies: ['refund'],
  silence: 'intervene',
};
type Shown = Pick<Reason, 'system' | 'buyer' | 'merchant'>;
const shown = (
  system: readonly ExhibitKind[],
  buyer: readonly ExhibitKind[] = [],
  merchant: readonly ExhibitKind[] = [],
): Shown => ({ system, buyer, merchant });
const reason = (
  category: Category,
  goods: readonly GoodsKind[],
  words: Words,
  evidence: Shown,
  rest: Partial<Rest> = {},
): Reason => ({ category, goods, words, ...usual, ...evidence, ...rest });
const said = (zh: string, en: string): Words => ({ zh, en });

const keyEvidence = ['s_reveal', 's_check', 's_issuer'] as const;

export const reasons = {
  CARD_INVALID: reason(
    'Q',
    [K, L],
    said('卡密无效或不存在', 'The key is wrong or does not exist'),
    shown(keyEvidence, ['fail_screen'], ['batch_source', 'issuer_log']),
    {
      window: days(7, 'revealed'),
      article: '5',
      remedies: ['refund', 'reissue'],
      silence: 'refund',
      fast: true,
    },
  ),
  CARD_USED: reason(
    'Q',
    [K, L],
    said('卡密已被使用', 'The key was used already'),
    shown(keyEvidence, ['fail_screen'], ['provenance', 'issuer_log']),
    {
      window: days(7, 'revealed'),
      article: '5',
      remedies: ['refund', 'reissue'],
      silence: 'refund',
      fast: true,
    },
  ),
  CARD_EXPIRED: reason(
    'Q',
    [K, L, T, B],
    said('过期，或剩余有效期比写的短', 'Expired, or valid for less than stated'),
    shown(['s_delivery', 's_reveal'], ['fail_screen'], ['batch_source']),
    { window: days(30), article: '19', remedies: ['refund', 'reissue', 'perform'] },
  ),
  ACTIVATE_FAIL: reason(
    'Q',
    [L, K],
    said('无法激活，设备或系统不兼容', 'Cannot be activated on this device or system'),
    shown(['s_snapshot'], ['system_info', 'fail_screen'], ['guide']),
    { window: days(7, 'revealed'), remedies: ['refund', 'reissue'] },
  ),
  BINDING_UNDISCLOSED: reason(
    'Q',
    [L, A, T, B],
    said('没说明绑定规则', 'The binding rule was not stated'),
    shown(['s_snapshot'], [], ['consent_proof']),
    { article: '8' },
  ),
  SEAT_EXCEEDED: reason(
    'Q',
    [L],
    said('激活设备数超限，或解绑失败', 'Too many devices, or it cannot be unbound'),
    shown(['s_snapshot'], ['fail_screen'], ['guide']),
    { window: days(365), remedies: ['perform', 'refund', 'reissue'] },
  ),
  FEATURE_REDUCED: reason(
    'Q',
    [L, F, T, B, G, S],
    said('功能缩水，与描述不符', 'Less than was described'),
    shown(['s_snapshot'], ['video'], ['spec_proof']),
    { burden: 'shared', window: days(15), article: '12' },
  ),
  COUNTERFEIT: reason(
    'V',
    [K, L, F, P],
    said('假货、盗版或来源非法', 'Counterfeit, pirated or of unlawful origin'),
    shown(['s_snapshot'], ['vendor_statement'], ['authorisation']),
    { window: days(90), article: '11' },
  ),
  MALWARE: reason(
    'V',
    [F, L],
    said('文件里有恶意程序', 'The file is malicious'),
    shown(['s_link'], ['sample']),
    { window: days(90), article: '11', answer_hours: 4, fast: true },
  ),
  TOPUP_DELAY: reason(
    'D',
    [T, G, B],
    said('充值到账延迟', 'The top-up is late'),
    shown(['s_supplier', 's_delivery'], ['balance_screen']),
    { window: days(8, 'paid'), article: '15', remedies: ['perform', 'refund'], answer_hours: 4, fast: true },
  ),
  TOPUP_NOT_ARRIVED: reason(
    'D',
    [T, G, B],
    said('充值没有到账', 'The top-up did not arrive'),
    shown(['s_supplier'], ['balance_screen'], ['arrival_proof']),
    { window: days(30, 'paid'), article: '15', remedies: ['refund', 'perform'], fast: true },
  ),
  TOPUP_WRONG_TARGET: reason(
    'D',
    [T, G, B],
    said('充错了账号', 'The wrong account was filled'),
    shown(['s_snapshot', 's_supplier'], [], ['submitted_target']),
    { burden: 'shared', window: hours(24), article: '15', answer_hours: 4, fast: true },
  ),
  MEMBERSHIP_MISSING: reason(
    'Q',
    [T, B],
    said('会员权益缺失、被挤下线或是共享号', 'Rights are missing, or the account is shared'),
    shown(['s_snapshot'], ['balance_screen'], ['spec_proof']),
    { window: days(365), article: '12', remedies: ['refund', 'perform'] },
  ),
  NOT_DELIVERED: reason(
    'D',
    [],
    said('没发货，或超时没发', 'Not delivered, or not in time'),
    shown(['s_delivery']),
    { window: null, article: '18', silence: 'refund' },
  ),
  FAKE_DELIVERY: reason(
    'V',
    [],
    said('虚假发货，内容是空的', 'Delivered in name only'),
    shown(['s_delivery'], [], ['arrival_proof']),
    { window: days(30), article: '13', fast: true },
  ),
  NO_DOWNLOAD: reason(
    'D',
    [F, L, K],
    said('没有下载地址、链接失效或提取码错', 'No address, a dead link or a wrong code'),
    shown(['s_link', 's_snapshot'], [], ['correction']),
    { window: days(30), article: '16', remedies: ['perform', 'refund'], fast: true },
  ),
  WRONG_SPEC: reason(
    'Q',
    [],
    said('型号、面值或区服发错', 'The wrong model, value or server'),
    shown(['s_snapshot', 's_delivery'], [], ['spec_proof']),
    { article: '10', remedies: ['refund', 'reissue'] },
  ),
  SHORT_QTY: reason(
    'Q',
    [],
    said('数量不足，少发了', 'Fewer than were bought'),
    shown(['s_delivery'], [], ['arrival_proof']),
    { article: '10', remedies: ['refund', 'perform'] },
  ),
  MISSING_PART: reason(
    'P',
    [P],
    said('缺配件', 'A part is missing'),
    shown(['s_snapshot', 's_tracking'], ['photos'], ['spec_proof']),
    { article: '10', remedies: ['refund', 'perform'] },
  ),
  PRICE_ERROR: reason('M', [], said('价格算错了', 'The price is computed wrongly'), shown(['s_payment']), {
    burden: 'platform',
    window: days(30, 'paid'),
    article: '8',
  }),
  OVERCHARGE: reason(
    'M',
    [],
    said('多收了钱', 'Charged more than the price'),
    shown(['s_payment'], ['bill']),
    {
      burden: 'platform',
      window: days(180, 'paid'),
      article: '8',
    },
  ),
  DUPLICATE_CHARGE: reason('M', [], said('重复扣款', 'Charged twice'), shown(['s_payment'], ['bill']), {
    burden: 'platform',
    window: days(180, 'paid'),
    article: '32',
  }),
  HIDDEN_FEE: reason(
    'M',
    [T, B, L, F],
    said('有隐藏费用，或没说会自动续费', 'A hidden fee, or a renewal that was not stated'),
    shown(['s_payment', 's_snapshot'], [], ['consent_proof']),
    { window: days(90, 'paid'), article: '8' },
  ),
  PAID_NOT_UPDATED: reason(
    'M',
    [],
    said('扣了款，订单没更新', 'Charged, and the order does not know'),
    shown(['s_payment'], ['bill']),
    { burden: 'platform', window: days(180, 'paid'), article: '32' },
  ),
  ACC_NOT_AS_DESC: reason(
    'A',
    [A],
    said('账号资产与描述不符', 'The account is not as described'),
    shown(['s_snapshot'], ['video'], ['spec_proof']),
    { window: hours(72), article: '17' },
  ),
  ACC_RECLAIMED: reason(
    'A',
    [A],
    said('账号被找回', 'The account was taken back'),
    shown(['s_delivery'], ['notice'], ['recovery_help']),
    { window: days(180), article: '17' },
  ),
  ACC_BANNED: reason(
    'A',
    [A, G],
    said('账号被封', 'The account was banned'),
    shown(['s_delivery'], ['notice']),
    {
      burden: 'shared',
      window: days(180),
      article: '17',
    },
  ),
  ACC_FACE_VERIFY: reason(
    'A',
    [A],
    said('人脸或实名验证过不了', 'Face or identity verification fails'),
    shown(['s_snapshot'], ['fail_screen']),
    { window: days(180), article: '17', remedies: ['perform', 'refund'] },
  ),
  COIN_TRACED: reason(
    'A',
    [G],
    said('游戏币或道具被收回', 'Coins or items were taken back'),
    shown(['s_delivery'], ['notice']),
    { window: days(30) },
  ),
  PHYS_DAMAGED: reason(
    'P',
    [P],
    said('破损、拆封或挤压', 'Damaged or opened'),
    shown(['s_tracking'], ['photos']),
    {
      burden: 'shared',
      window: hours(48),
      remedies: ['refund', 'perform'],
    },
  ),
  PHYS_DEFECT: reason(
    'P',
    [P],
    said('功能故障或瑕疵', 'Faulty'),
    shown(['s_snapshot'], ['video'], ['misuse_proof']),
    {
      window: days(15),
      remedies: ['perform', 'refund'],
    },
  ),
  PHYS_LOST: reason('P', [P], said('丢件或拒收', 'Lost or refused'), shown(['s_tracking']), {
    window: days(30),
  }),
  NO_REASON_7D: reason(
    'N',
    [P],
    said('七日无理由退货', 'Return without a reason'),
    shown(['s_snapshot'], ['intact_photos']),
    { article: '20' },
  ),
  MERCHANT_UNREACHABLE: reason(
    'V',
    [],
    said('商家失联', 'The shop cannot be reached'),
    shown(['s_chat', 's_delivery']),
    { window: null, article: '30', fast: true },
  ),
  MERCHANT_NONPERFORMANCE: reason(
    'V',
    [],
    said('商家不履约、违背承诺', 'The shop breaks its promise'),
    shown(['s_snapshot', 's_chat']),
    { window: days(30), article: '12', remedies: ['perform', 'refund'] },
  ),
  OFF_PLATFORM: reason(
    'V',
    [],
    said('诱导站外交易', 'Lured off the platform'),
    shown(['s_chat'], ['chat_screen']),
    {
      window: days(90),
      article: '4',
    },
  ),
  UNAUTHORISED_PAY: reason(
    'M',
    [],
    said('盗刷，或未成年人付款', 'Paid without authority, or by a minor'),
    shown(['s_payment'], ['guardian_proof']),
    { burden: 'platform', window: days(180, 'paid'), article: '40' },
  ),
  OTHER: reason(
    'N',
    [],
    said('其他，客服会归类', 'Something else; we sort it for you'),
    shown(['s_snapshot']),
    {
      burden: 'shared',
      window: days(15),
      article: '24',
      remedies: ['refund', 'perform'],
    },
  ),
} as const satisfies Record<string, Reason>;
export type ReasonCode = keyof typeof reasons;
