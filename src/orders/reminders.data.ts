import type { Words } from '../kit/text.ts';
import type { ShopRole, StaffRole } from '../kit/viewer.ts';

/**
 * Who is reminded while a clock of this kind runs, and what comes at its end: the buyer of the order, those of the shop whose role lets them
 * act on it, or those of the platform. `of` is what the clock is about.
 */
export type Reminded = {
  readonly what: Words;
  /** Reminded at the first part only. */
  readonly once?: true;
} & (
  | { readonly who: 'buyer'; readonly of: 'order'; readonly kind: 'deadline.near' }
  | {
      readonly who: 'merchant';
      readonly of: 'order';
      readonly kind: 'shop.deadline_near' | 'shop.download_near';
      readonly roles: readonly ShopRole[];
    }
  | {
      readonly who: 'merchant';
      readonly of: 'shop';
      readonly kind: 'shop.deposit_near';
      readonly roles: readonly ShopRole[];
    }
  | {
      readonly who: 'platform';
      readonly of: 'ticket';
      readonly kind: 'staff.deadline_near';
      readonly roles: readonly StaffRole[];
    }
);

const buyer = { who: 'buyer', of: 'order', kind: 'deadline.near' } as const;
const sellers = {
  who: 'merchant',
  of: 'order',
  kind: 'shop.deadline_near',
  roles: ['owner', 'orders'],
} as const;
const keepers = {
  who: 'merchant',
  of: 'order',
  kind: 'shop.download_near',
  roles: ['owner', 'goods'],
} as const;

/**
 * The clocks of which a round reminds (F136, article 6). Cases remind of their own clocks, panels and juries their seats (aftersales/panel);
 * which kinds have no reminder, and why, stands in aftersales/told.
 */
export const reminded: Readonly<Record<string, Reminded>> = {
  // A quarter of an hour: whoever still pays needs no second message, and whoever went away could not come back for the last three minutes.
  'order.expire': { ...buyer, once: true, what: { zh: '没付款就取消', en: 'cancelled unless paid' } },
  'order.confirm': { ...buyer, what: { zh: '自动确认收货', en: 'automatic confirmation' } },
  'message.demand': { ...sellers, what: { zh: '答复买家的要求', en: 'answer what the buyer asked' } },
  'delivery.late': { ...sellers, what: { zh: '按承诺交付', en: 'deliver as promised' } },
  'delivery.undelivered': {
    ...sellers,
    what: { zh: '没交付就自动退款', en: 'refunded by itself unless delivered' },
  },
  'parcel.still': { ...sellers, what: { zh: '包裹没动静，买家可退款', en: 'a parcel stands still' } },
  'parcel.answer': { ...sellers, what: { zh: '处理拒收的包裹', en: 'answer the refusal of a parcel' } },
  'topup.give_up': {
    ...sellers,
    what: { zh: '充值没结果就自动退款', en: 'a top-up without an answer is refunded' },
  },
  'topup.waited': { ...sellers, what: { zh: '买家多等的充值', en: 'the top-up for which the buyer waits' } },
  'topup.wrong': { ...sellers, what: { zh: '号码填错，试着撤单', en: 'wrong number, try to stop it' } },
  'download.fix': { ...keepers, what: { zh: '修好下载', en: 'repair the download' } },
  'download.missing': { ...keepers, what: { zh: '补上下载地址', en: 'give the download' } },
  'deposit.top_up': {
    who: 'merchant',
    of: 'shop',
    kind: 'shop.deposit_near',
    roles: ['owner', 'money'],
    what: { zh: '补足保证金', en: 'fill up the deposit' },
  },
  'risk.review': {
    who: 'platform',
    of: 'ticket',
    kind: 'staff.deadline_near',
    roles: ['risk', 'admin'],
    what: { zh: '核实暂缓的订单', en: 'look at the order that waits' },
  },
};
