import type { GoodsKind, ListingContent } from './content.contract.ts';

/** Something that a listing of these kinds must state (article 8 and the articles named), and when it does not. */
type Required = {
  field: string;
  article: string;
  kinds: readonly GoodsKind[] | 'all';
  absent: (content: ListingContent) => boolean;
  zh: string;
  en: string;
};

const activated: readonly GoodsKind[] = ['licence'];
const kept: readonly GoodsKind[] = ['card', 'licence', 'membership', 'account'];

/** What article 8 wants stated, kind by kind (F020, F030, F033, F160, F178). */
export const required: readonly Required[] = [
  {
    field: 'delivery.within_seconds',
    article: '8',
    kinds: 'all',
    absent: (c) => c.delivery.within_seconds === null,
    zh: '写明多久交付。',
    en: 'State how soon it is delivered.',
  },
  {
    field: 'validity',
    article: '8',
    kinds: 'all',
    absent: (c) => c.validity === '',
    zh: '写明有效期。',
    en: 'State how long it is valid.',
  },
  {
    field: 'binding.rule',
    article: '8',
    kinds: [...kept, 'topup', 'game'],
    absent: (c) => c.binding.rule === '',
    zh: '写明绑定规则：绑到哪里，能不能换。',
    en: 'State the binding rule: to what it binds and whether that can change.',
  },
  {
    field: 'devices',
    article: '8',
    kinds: ['licence', 'download', 'membership', 'game'],
    absent: (c) => c.devices === '',
    zh: '写明适用的设备和系统。',
    en: 'State the devices and systems it works on.',
  },
  {
    field: 'activations',
    article: '8',
    kinds: activated,
    absent: (c) => c.activations === null,
    zh: '写明能激活几台设备。',
    en: 'State on how many devices it can be activated.',
  },
  {
    field: 'download',
    article: '16',
    kinds: ['licence', 'download'],
    absent: (c) => c.download === null && c.file === null,
    zh: '写明下载地址和版本。',
    en: 'State the download address and version.',
  },
  {
    field: 'file.sha256',
    article: '16',
    kinds: 'all',
    absent: (c) => c.file?.sha256 === '',
    zh: '上传文件，或登记下载地址和 SHA-256 校验值。',
    en: 'Upload the file, or register its address with its SHA-256.',
  },
  {
    field: 'file.name',
    article: '16',
    kinds: 'all',
    absent: (c) => c.file?.name === '',
    zh: '写明文件名。',
    en: 'State the name of the file.',
  },
  {
    field: 'file.requires',
    article: '8',
    kinds: 'all',
    absent: (c) => c.file !== null && c.file.requires === '' && !c.file.systems.includes('any'),
    zh: '写明最低系统要求。',
    en: 'State the least that the system must have.',
  },
  {
    field: 'realName',
    article: '8',
    kinds: ['account'],
    absent: (c) => c.realName === null,
    zh: '写明账号的实名绑定状态。',
    en: 'State whether the account is bound to a real name.',
  },
  {
    field: 'afterSales.noReason_days',
    article: '8',
    kinds: 'all',
    absent: (c) => c.afterSales.noReason_days === null,
    zh: '写明无理由退款的天数，没有就写 0。',
    en: 'State the days for returns without a reason; 0 for none.',
  },
  {
    field: 'afterSales.faultResponse_hours',
    article: '8',
    kinds: 'all',
    absent: (c) => c.afterSales.faultResponse_hours === null,
    zh: '写明出故障后多久答复，不超过 24 小时。',
    en: 'State how soon a fault is answered, 24 hours at most.',
  },
  {
    field: 'afterSales.refunds',
    article: '8',
    kinds: 'all',
    absent: (c) => c.afterSales.refunds.length === 0,
    zh: '写明什么情况退多少。',
    en: 'State how much is refunded in which case.',
  },
  {
    field: 'keyFormat',
    article: '8',
    kinds: 'all',
    absent: (c) =>
      c.delivery.mode === 'automatic' && c.keyFormat === null && !c.membership && !c.licence && !c.file,
    zh: '写明卡密的格式。',
    en: 'State the format of the key.',
  },
  {
    field: 'verification',
    article: '5',
    kinds: ['card', 'licence', 'membership'],
    absent: (c) => c.verification === '',
    zh: '写明怎么验证卡密有效。',
    en: 'State how a buyer checks that the key works.',
  },
  {
    field: 'guide',
    article: '8',
    kinds: ['licence', 'topup', 'membership'],
    absent: (c) => !c.guide,
    zh: '一步一步写明怎么用、怎么核实到账。',
    en: 'State step by step how it is used and how its arrival is checked.',
  },
  {
    field: 'membership',
    article: '8',
    kinds: ['membership'],
    absent: (c) => c.delivery.mode === 'automatic' && c.keyFormat === null && !c.membership,
    zh: '写明会员的会期、等级和包含什么。',
    en: 'State term, level and contents of the membership.',
  },
  {
    field: 'variants',
    article: '8',
    kinds: 'all',
    absent: (c) => !c.variants.some((one) => one.on),
    zh: '至少有一个规格在售。',
    en: 'At least one variant must be on sale.',
  },
];
