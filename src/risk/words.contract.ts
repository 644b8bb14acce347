import type { Words } from '../kit/text.ts';
import type { MeasureState, TicketState } from './machine.ts';

/** Whom something is about. */
export const sides = ['buyer', 'merchant'] as const;
export type Side = (typeof sides)[number];

/** What was found about a buyer. Each has something that shows it; how often somebody complains, or wins, is none of them (article 38). */
export const buyerSignals = {
  bad_faith: { zh: '裁决认定恶意', en: 'A decision found bad faith' },
  reused_exhibit: { zh: '同一材料用在几件售后', en: 'One exhibit in several cases' },
  own_use: { zh: '发码方记录由买家账号使用', en: 'The issuer says the buyer’s own account used the key' },
  off_platform_withdrawals: { zh: '站外交易后反复撤回', en: 'Withdrawals after deals off the platform' },
  paid_twice: { zh: '已退款又经渠道退款', en: 'A channel refund on top of ours' },
} as const satisfies Record<string, Words>;
export const merchantSignals = {
  false_evidence: { zh: '证据被认定不实', en: 'Evidence found false' },
  coerced_withdrawal: { zh: '引到站外后买家撤回', en: 'A withdrawal after leading the buyer away' },
  lure: { zh: '引导私下付款', en: 'Leading buyers to pay elsewhere' },
  stolen_cards: { zh: '盗刷卡密', en: 'Stolen cards' },
  malware: { zh: '恶意软件', en: 'Malware' },
  fraud: { zh: '诈骗', en: 'Fraud' },
  lost_case: { zh: '裁决认定违约', en: 'A decision found a breach' },
} as const satisfies Record<string, Words>;
export type BuyerSignal = keyof typeof buyerSignals;
export type MerchantSignal = keyof typeof merchantSignals;
export type SignalKind = BuyerSignal | MerchantSignal;
export const signalWords: Readonly<Record<SignalKind, Words>> = { ...buyerSignals, ...merchantSignals };
export const signalKinds = Object.keys(signalWords) as [SignalKind, ...SignalKind[]];

/** From mild to severe. */
export const buyerLadder = ['notice', 'fewer_fast', 'no_first_pay', 'limit_goods'] as const;
export const merchantLadder = ['warning', 'ban'] as const;
export type BuyerStep = (typeof buyerLadder)[number];
export type MerchantStep = (typeof merchantLadder)[number];
export type MeasureStep = BuyerStep | MerchantStep;
export const measureSteps = [...buyerLadder, ...merchantLadder] as const;

export const stepWords = {
  notice: { zh: '提醒', en: 'Notice' },
  fewer_fast: { zh: '限制同时快捷赔付', en: 'Fewer fast payments at once' },
  no_first_pay: { zh: '停用快捷赔付', en: 'No fast payment' },
  limit_goods: { zh: '限制购买高风险商品', en: 'Risky goods limited' },
  warning: { zh: '警告', en: 'Warning' },
  ban: { zh: '封号', en: 'Ban' },
} as const satisfies Record<MeasureStep, Words>;

/** What changes for whom it is about, said to them. */
export const effectWords = {
  notice: {
    zh: '现在什么都没限制，只是告诉你：再有新的证据，就会往上走一级。',
    en: 'Nothing is limited now. With new evidence the next step follows.',
  },
  fewer_fast: {
    zh: '不等商家答复就先赔的，同时只给 1 件；别的售后照样提交，照常处理。',
    en: 'Only one case at once is paid before the shop answers. Others can be filed and take their usual way.',
  },
  no_first_pay: {
    zh: '不再先行赔付：售后等商家答复或平台裁决后赔。提交售后不受影响。',
    en: 'Nothing is paid ahead: cases are paid after the shop’s answer or a decision. You can file as before.',
  },
  limit_goods: {
    zh: '高风险商品每天有限额，也不再先行赔付。提交售后不受影响。',
    en: 'Risky goods are limited per day, and nothing is paid ahead. You can file as before.',
  },
  warning: {
    zh: '记一次警告，扣信誉分。一年内再有一次经确认的违规就封号。',
    en: 'One warning, with points off the score. A second finding within a year is a ban.',
  },
  ban: {
    zh: '店铺停止销售，货款和提现冻结，没发的订单退款。已成立的售后照常负责。',
    en: 'The shop sells no more, its money is frozen, and what is not delivered is refunded. It still answers for its cases.',
  },
} as const satisfies Record<MeasureStep, Words>;

export const measureStateWords = {
  none: { zh: '无', en: 'None' },
  proposed: { zh: '等第二人决定', en: 'Waits for a second person' },
  rejected: { zh: '没有通过', en: 'Rejected' },
  running: { zh: '执行中', en: 'In force' },
  appealed: { zh: '申诉中', en: 'Under appeal' },
  upheld: { zh: '复核后维持', en: 'Upheld on appeal' },
  lifted: { zh: '复核后撤销', en: 'Lifted on appeal' },
  ended: { zh: '到期结束', en: 'Ended' },
} as const satisfies Record<MeasureState, Words>;

export const ticketKinds = ['runaway', 'velocity', 'unreachable', 'dispute_rate'] as const;
export type TicketKind = (typeof ticketKinds)[number];
export const ticketWords = {
  runaway: { zh: '商家失联，款项已冻结', en: 'Silent shop, money frozen' },
  velocity: { zh: '异常购买，暂缓查看', en: 'Purchases out of the ordinary' },
  unreachable: { zh: '买家说联系不上商家', en: 'A buyer cannot reach the shop' },
  dispute_rate: { zh: '纠纷率过高', en: 'Too many disputes' },
} as const satisfies Record<TicketKind, Words>;
export const ticketStateWords = {
  none: { zh: '无', en: 'None' },
  raised: { zh: '冻结中', en: 'Frozen' },
  lifting: { zh: '等第二人同意解冻', en: 'Waits for a second person to lift' },
  lifted: { zh: '已解冻', en: 'Lifted' },
  open: { zh: '等人处理', en: 'Open' },
  passed: { zh: '核实无异常', en: 'Nothing found' },
  reported: { zh: '已上报', en: 'Reported' },
  lapsed: { zh: '到点自动恢复', en: 'Went on by itself' },
  closed: { zh: '已处理', en: 'Dealt with' },
  cured: { zh: '已恢复正常', en: 'Cured' },
} as const satisfies Record<TicketState, Words>;

export const pauseCauses = ['delay', 'stock_out', 'supplier', 'runaway', 'ban', 'deposit', 'batch'] as const;
export type PauseCause = (typeof pauseCauses)[number];
export const causeWords = {
  delay: { zh: '发货持续变慢', en: 'Deliveries are late' },
  stock_out: { zh: '卖空了', en: 'Sold out' },
  supplier: { zh: '供货方余额不足', en: 'The supplier has no money' },
  runaway: { zh: '商家失联', en: 'The shop is silent' },
  ban: { zh: '店铺被封', en: 'The shop is banned' },
  deposit: { zh: '保证金没补足', en: 'The deposit is short' },
  batch: { zh: '这一批申诉太多，平台停售', en: 'Too many cases about this batch' },
} as const satisfies Record<PauseCause, Words>;
/** What a merchant does about it. */
export const cureWords = {
  delay: {
    zh: '交付恢复到承诺时间以内，系统每分钟看一次，自动恢复。',
    en: 'It comes back by itself once deliveries keep the promise again.',
  },
  stock_out: { zh: '补货后一分钟内自动恢复。', en: 'It comes back within a minute after you add stock.' },
  supplier: {
    zh: '给供货方充值，查一次余额，自动恢复。',
    en: 'Top up at the supplier and ask for the balance; it comes back by itself.',
  },
  runaway: {
    zh: '先答复未结售后，再联系平台申请解除。',
    en: 'Answer your open cases, then ask the platform to lift it.',
  },
  ban: { zh: '可以在“措施与申诉”里申诉。', en: 'You can appeal under “Measures”.' },
  deposit: { zh: '补足保证金后自动恢复。', en: 'It comes back once the deposit is full.' },
  batch: {
    zh: '查清剩下的货，把结果告诉平台；由平台恢复。',
    en: 'Find out what is wrong with the rest and tell the platform, which puts it on sale again.',
  },
} as const satisfies Record<PauseCause, Words>;
