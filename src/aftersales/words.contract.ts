import type { Words } from '../kit/text.ts';
import type { CaseEvent, CaseState } from './machine.ts';
import type { Remedy } from './reasons.data.ts';

export const caseStateWords = {
  none: { zh: '还没提交', en: 'Not filed' },
  negotiation: { zh: '商家处理中', en: 'With the shop' },
  refused: { zh: '商家没同意', en: 'The shop did not agree' },
  intervention: { zh: '平台介入', en: 'The platform steps in' },
  review: { zh: '核查中', en: 'Under review' },
  evidence: { zh: '等举证', en: 'Waiting for evidence' },
  signing: { zh: '双人复核', en: 'A second pair of eyes' },
  decided: { zh: '平台裁决', en: 'Decided' },
  jury_asked: { zh: '等同意评审团', en: 'A jury was proposed' },
  jury: { zh: '评审团投票', en: 'Before a jury' },
  arbitration: { zh: '仲裁庭审理', en: 'Before a panel' },
  chaired: { zh: '首席裁断', en: 'A senior arbitrator decides' },
  awarded: { zh: '仲裁裁决', en: 'Awarded' },
  appealed: { zh: '换人复核', en: 'Under appeal' },
  executing: { zh: '执行中', en: 'Being carried out' },
  executed: { zh: '已执行', en: 'Carried out' },
  closed: { zh: '已结案', en: 'Closed' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
  lapsed: { zh: '平台程序终止', en: 'Our procedure ended' },
  inadmissible: { zh: '不予受理', en: 'Not accepted' },
} as const satisfies Record<CaseState, Words>;

export const caseEventWords = {
  file: { zh: '提交售后', en: 'Claim filed' },
  pay_first: { zh: '机器核实，先行赔付', en: 'Verified by machine and paid first' },
  agree: { zh: '商家同意', en: 'The shop agreed' },
  offer: { zh: '商家提出方案', en: 'The shop made an offer' },
  accept: { zh: '买家接受方案', en: 'The buyer accepted' },
  counter: { zh: '买家改了诉求', en: 'The buyer changed the demand' },
  refuse: { zh: '商家拒绝', en: 'The shop refused' },
  silence_refund: { zh: '商家没处理，系统退款', en: 'The shop was silent; refunded by itself' },
  silence_intervene: { zh: '商家没处理，平台介入', en: 'The shop was silent; the platform steps in' },
  stall: { zh: '到时间没谈成', en: 'No agreement in time' },
  escalate: { zh: '申请平台介入', en: 'The platform was asked to decide' },
  lapse: { zh: '到时间没申请，平台程序终止', en: 'Not escalated in time; our procedure ended' },
  reopen: { zh: '补交原因，恢复处理', en: 'Reopened for cause' },
  unhold: { zh: '解除冻结', en: 'The hold ended' },
  decline: { zh: '不予受理', en: 'Not accepted' },
  assign: { zh: '有人承办', en: 'Somebody took the case' },
  late: { zh: '平台超时，已报警', en: 'The platform is late; an alarm was raised' },
  overdue: { zh: '平台超期，先赔买家', en: 'The platform was late; the buyer is paid first' },
  ask: { zh: '要求举证', en: 'Evidence was asked for' },
  produce: { zh: '提交了证据', en: 'Evidence was produced' },
  fail: { zh: '逾期没举证', en: 'No evidence in time' },
  propose: { zh: '裁决待第二人复核', en: 'A decision waits for a second person' },
  decide: { zh: '作出裁决', en: 'Decided' },
  countersign: { zh: '第二人复核通过，作出裁决', en: 'Countersigned and decided' },
  send_back: { zh: '复核退回', en: 'Sent back' },
  arbitrate: { zh: '申请仲裁庭', en: 'A panel was asked for' },
  ask_jury: { zh: '提议评审团', en: 'A jury was proposed' },
  consent: { zh: '双方同意评审团', en: 'Both sides agreed to a jury' },
  prefer_panel: { zh: '改由仲裁庭', en: 'A panel was preferred' },
  no_consent: { zh: '没等到同意，转仲裁庭', en: 'No consent in time; it goes to a panel' },
  find: { zh: '评审团得出结果', en: 'The jury decided' },
  hang: { zh: '评审不成，转仲裁庭', en: 'The jury came to nothing; it goes to a panel' },
  award: { zh: '仲裁庭作出裁决', en: 'The panel decided' },
  replace: { zh: '逾期未投，换人', en: 'Late seats were filled anew' },
  deadlock: { zh: '仲裁庭没有多数，交首席', en: 'No majority; a senior arbitrator decides' },
  stand: { zh: '首席逾期，原裁决维持', en: 'No ruling in time; the first decision stands' },
  find_batch: { zh: '同批问题，一并裁决', en: 'Decided together with its batch' },
  appeal: { zh: '申请换人复核', en: 'Appealed' },
  take: { zh: '换人接手', en: 'Somebody else took it' },
  rule: { zh: '复核结果', en: 'Ruled on appeal' },
  finalise: { zh: '裁决生效', en: 'The decision became final' },
  execute: { zh: '执行完成', en: 'Carried out' },
  perform: { zh: '商家履行了', en: 'The shop performed' },
  default: { zh: '商家没履行，改为退款', en: 'Not performed; refunded instead' },
  repay: { zh: '支付渠道已退这笔钱', en: 'The payment channel returned this money' },
  close: { zh: '结案', en: 'Closed' },
  withdraw: { zh: '买家撤回', en: 'Withdrawn by the buyer' },
} as const satisfies Record<CaseEvent, Words>;

export const remedyWords = {
  refund: { zh: '退款', en: 'Refund' },
  reissue: { zh: '补发', en: 'Replacement' },
  perform: { zh: '按约定补做', en: 'Do what was promised' },
  none: { zh: '不支持', en: 'Nothing' },
} as const satisfies Record<Remedy | 'none', Words>;

/** Who paid, in the order of article 30. */
export const sources = [
  'escrow',
  'fee',
  'available',
  'deposit',
  'insurance',
  'fund',
  'platform',
  'channel',
] as const;
export type Source = (typeof sources)[number];
export const sourceWords = {
  escrow: { zh: '托管中的钱', en: 'Escrow' },
  fee: { zh: '退还的服务费', en: 'The fee, returned' },
  available: { zh: '商家可用款', en: 'The shop’s balance' },
  deposit: { zh: '商家保证金', en: 'The shop’s deposit' },
  insurance: { zh: '售后保障', en: 'Cover' },
  fund: { zh: '平台基金垫付，向商家追偿', en: 'The platform’s fund, recovered from the shop' },
  platform: { zh: '平台承担', en: 'The platform' },
  channel: { zh: '支付渠道', en: 'The payment channel' },
} as const satisfies Record<Source, Words>;

export const liable = ['merchant', 'buyer', 'platform', 'carrier', 'issuer'] as const;
export type Liable = (typeof liable)[number];
export type Liability = Readonly<Record<Liable, number>>;
export const liableWords = {
  merchant: { zh: '商家', en: 'The shop' },
  buyer: { zh: '买家', en: 'The buyer' },
  platform: { zh: '平台', en: 'The platform' },
  carrier: { zh: '物流', en: 'The carrier' },
  issuer: { zh: '发码方', en: 'The issuer' },
} as const satisfies Record<Liable, Words>;
