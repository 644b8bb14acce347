import type { FieldKind, MessageKindRow } from './contract.ts';

// `clock` names the clock and its beginning; it is not shown, it keeps a reminder from being sent twice.
const clock = { what: 'words', at: 'time', article: 'title', part: 'count', clock: 'title' } as const;
const title = { zh: '快到期了：{what}', en: 'Soon due: {what}' } as const;
const ofOrder = {
  zh: '订单 {order}：{what}，截止 {at}（北京时间），时间已过{part}%。〔第{article}条〕',
  en: 'Order {order}: {what}, due {at} (Beijing time); {part}% of the time is over (article {article}).',
} as const;
const ofElse = {
  zh: '{what}，截止 {at}（北京时间），时间已过{part}%。〔第{article}条〕',
  en: '{what}, due {at} (Beijing time); {part}% of the time is over (article {article}).',
} as const;

/** Reminders of running clocks (F136, article 6), each to where its reader can act; part of `messageKinds`. */
export const reminderMessages = {
  'deadline.near': { takes: { order: 'order', ...clock }, link: '/orders/{order}', title, text: ofOrder },
  'shop.deadline_near': {
    takes: { order: 'order', ...clock },
    link: '/merchant/orders/{order}',
    title,
    text: ofOrder,
  },
  'shop.download_near': {
    takes: { order: 'order', ...clock },
    link: '/merchant/downloads',
    title,
    text: ofOrder,
  },
  'shop.deposit_near': { takes: clock, link: '/merchant/deposit', title, text: ofElse },
  'staff.deadline_near': { takes: clock, link: '/operator/risk', title, text: ofElse },
  'jury.near': { takes: { case: 'case', ...clock }, link: '/jury/{case}', title, text: ofElse },
  'panel.near': { takes: { case: 'case', ...clock }, link: '/operator/cases/{case}', title, text: ofElse },
} as const satisfies Record<string, MessageKindRow & { takes: Readonly<Record<string, FieldKind>> }>;
export type ReminderKind = keyof typeof reminderMessages;
