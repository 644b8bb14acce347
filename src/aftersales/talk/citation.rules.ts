import { say, type Words } from '../../kit/text.ts';
import type { Instant } from '../../kit/time.ts';
import type { Citation } from '../../messaging/contract.ts';
import { cite, dueBy, dueText, param, type ParamName } from '../../rules/rules.ts';

/** What of an order decides which articles can be cited, and from when their times run. */
export type CitedFacts = {
  readonly version: string;
  readonly goods: readonly string[];
  readonly now: Instant;
  readonly paidAt: Instant | null;
  /** When the last of it was delivered; null while something is not. */
  readonly deliveredAt: Instant | null;
  /** The newest first look at one of its keys. */
  readonly revealedAt: Instant | null;
  /** Something of it was delivered and is still sealed. */
  readonly sealed: boolean;
  readonly completedAt: Instant | null;
  readonly confirmAt: Instant | null;
};

type Row = {
  readonly article: string;
  readonly when: (facts: CitedFacts) => boolean;
  /** The parameter whose time is said, and what it runs from; absent where the article gives no time. */
  readonly time?: {
    readonly name: ParamName;
    readonly start: string;
    readonly from: (facts: CitedFacts) => Instant | null;
  };
  /** {due} is the time; {said} what else the article gives this order. */
  readonly says: Words;
  readonly extra?: (facts: CitedFacts) => Record<string, string>;
};

const always = (): boolean => true;
const fromNow = ({ now }: CitedFacts): Instant => now;
const fromPaid = ({ paidAt }: CitedFacts): Instant | null => paidAt;
const isKey = ({ goods }: CitedFacts): boolean => goods.some((one) => one === 'card' || one === 'licence');
const isWaiting = ({ paidAt, deliveredAt, completedAt }: CitedFacts): boolean =>
  paidAt !== null && deliveredAt === null && completedAt === null;

// In the order in which a worried buyer needs them.
const rows: readonly Row[] = [
  {
    article: '5',
    when: (facts) => isKey(facts) && facts.revealedAt !== null,
    time: { name: 'MERCHANT_REMEDY', start: 'case.submitted', from: fromNow },
    says: {
      zh: '卡密在 {verify} 前提出失效的，推定交付时即失效。现在提交售后，商家应于 {due} 前补发或退款，逾期系统自动退款。',
      en: 'A key reported dead before {verify} counts as dead on delivery. If a case is filed now, the shop must replace or refund by {due}; after that the system refunds by itself.',
    },
    extra: ({ version, revealedAt }) => ({
      verify: revealedAt === null ? '' : dueText(dueBy(version, 'CARD_VERIFY_WINDOW', revealedAt).dueAt),
    }),
  },
  {
    article: '18',
    when: isWaiting,
    time: { name: 'LATE_AUTO', start: 'order.paid', from: fromPaid },
    says: {
      zh: '超过承诺时限未交付的，买家可一键取消；最迟 {due} 仍未交付，系统自动全额退款。',
      en: 'After the promised time the buyer can cancel with one press; undelivered by {due} at the latest, everything is refunded by itself.',
    },
  },
  {
    article: '15',
    when: (facts) => facts.goods.includes('topup') && isWaiting(facts),
    time: { name: 'TOPUP_SLA_MAX', start: 'order.paid', from: fromPaid },
    says: {
      zh: '充值最迟应于 {due} 到账；没到账的，买家可选补单、再等或退款。',
      en: 'The top-up must arrive by {due} at the latest; if not, the buyer chooses to repeat it, to wait, or a refund.',
    },
  },
  {
    article: '16',
    when: ({ goods, deliveredAt }) =>
      deliveredAt !== null && goods.some((one) => one === 'licence' || one === 'download'),
    time: { name: 'LINK_FIX', start: 'link.reported', from: fromNow },
    says: {
      zh: '下载地址失效的，商家应于 {due} 前更正，逾期退款。',
      en: 'A dead download address must be mended by {due}, else it is refunded.',
    },
  },
  {
    article: '20',
    when: ({ sealed, deliveredAt }) => sealed && deliveredAt !== null,
    time: { name: 'UNREVEALED_CANCEL', start: 'order.delivered', from: ({ deliveredAt }) => deliveredAt },
    says: {
      zh: '没查看过的卡密，买家可在 {due} 前取消，钱原路退回。',
      en: 'A key that nobody has seen can be cancelled until {due}, and its money goes back.',
    },
  },
  {
    article: '21',
    when: always,
    time: { name: 'DEMAND', start: 'message.demanded', from: fromNow },
    says: {
      zh: '商家不得关闭售后，也不得说“虚拟商品不支持退换”。从现在算，商家应于 {due} 前答复，并在 24 小时内给出处理方案。',
      en: 'A shop cannot close after-sales, nor say that virtual goods are never taken back. From now it must answer by {due}, and offer a way out within 24 hours.',
    },
  },
  {
    article: '22',
    when: always,
    says: {
      zh: '是否按承诺交付、卡密交付时是否有效，由商家举证；说买家操作不当的，也由商家举证，举证不能的退款或换货。',
      en: 'The shop proves that it delivered as promised and that the key worked. If it says the buyer made a mistake, it proves that too, or refunds or replaces.',
    },
  },
  {
    article: '25',
    when: isWaiting,
    time: { name: 'L1', start: 'order.paid', from: fromPaid },
    says: {
      zh: '到账延迟在 {due} 以内的，先在这里沟通往往最快；不沟通也可以直接申请售后。',
      en: 'Until {due} talking here is usually fastest; a case can be filed without it.',
    },
  },
  {
    article: '26',
    when: always,
    time: { name: 'ESCALATE', start: 'case.refused', from: fromNow },
    says: {
      zh: '商家现在拒绝的话，买家可在 {due} 前申请平台介入。',
      en: 'If the shop refuses now, the buyer can call the platform until {due}.',
    },
  },
  {
    article: '27',
    when: always,
    time: { name: 'DECIDE', start: 'case.intervention', from: fromNow },
    says: {
      zh: '现在申请平台介入的话，平台最迟 {due} 前裁决。',
      en: 'If the platform is called now, it decides by {due} at the latest.',
    },
  },
  {
    article: '41',
    when: ({ confirmAt, completedAt }) => confirmAt !== null && completedAt === null,
    says: {
      zh: '没有确认也没有申请售后的，{confirm} 系统自动确认。确认后有问题照样可以申请售后。',
      en: 'Neither confirmed nor in a case, the order confirms itself at {confirm}. A case can still be filed afterwards.',
    },
    extra: ({ confirmAt }) => ({ confirm: confirmAt === null ? '' : dueText(confirmAt) }),
  },
  {
    article: '31',
    when: ({ paidAt }) => paidAt !== null,
    time: { name: 'REFUND_START', start: 'refund.decided', from: fromNow },
    says: {
      zh: '现在定下退款的话，{due} 前原路发起，服务费按比例退还。',
      en: 'If a refund is decided now, it starts by {due} on the way you paid, with the fee in proportion.',
    },
  },
  {
    article: '12',
    when: always,
    says: {
      zh: '商家作出的承诺应当履行，聊天里的承诺也算。',
      en: 'What a shop promises it owes, also what it promises in a conversation.',
    },
  },
  {
    article: '23',
    when: always,
    says: {
      zh: '交易、商品页、聊天、交付由平台自动固定，双方都改不了。',
      en: 'Transaction, listing, messages and delivery are fixed by the platform; neither side can change them.',
    },
  },
  {
    article: '4',
    when: always,
    says: {
      zh: '任何一方不得引导对方离开平台付款或沟通；商家引导的，仍要承担责任并受处罚。',
      en: 'Nobody may lead the other away from the platform to pay or to talk; a shop that does remains liable and is penalised.',
    },
  },
];

function citationOf(row: Row, facts: CitedFacts): Citation | undefined {
  const { version } = facts;
  const { title, label } = cite(version, row.article);
  const { time } = row;
  const startAt = time?.from(facts) ?? null;
  if (time && startAt === null) return undefined;
  const due = time && startAt !== null ? dueBy(version, time.name, startAt) : undefined;
  const values = { ...row.extra?.(facts), ...(due ? { due: dueText(due.dueAt) } : {}) };
  return {
    article: row.article,
    version,
    title,
    text: {
      zh: `根据${label.zh}，${say(row.says, 'zh', values)}`,
      en: `By the ${label.en}: ${say(row.says, 'en', values)}`,
    },
    params: time ? { [time.name]: param(version, time.name) } : {},
    start: time?.start ?? null,
    startAt,
    dueAt: due?.dueAt ?? null,
    provisional: due?.provisional ?? false,
  };
}

/** The articles that can be cited about an order at this moment, each with the time it gives (F076, F124); times of the version it is bound to. */
export const citable = (facts: CitedFacts): Citation[] =>
  rows.flatMap((row) => (row.when(facts) ? (citationOf(row, facts) ?? []) : []));
