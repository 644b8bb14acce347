import { z } from 'zod';
import { endpoint } from '../kit/endpoint.ts';
import { idIn, idOut, instantOut } from '../kit/public-id.ts';
import type { RefusalCatalogue } from '../kit/result.ts';
import { complaintMessages } from './complaint.contract.ts';
import { caseMessages } from './case.contract.ts';
import { downloadMessages } from './download.contract.ts';
import type { Words } from '../kit/text.ts';
import { reminderMessages } from './reminders.contract.ts';
import { riskMessages } from './risk.contract.ts';
import { depositMessages } from './deposit.contract.ts';
import { parcelMessages } from './parcel.contract.ts';
import { topupMessages } from './topup.contract.ts';

export const notificationsRefusals = {
  CURSOR_INVALID: {
    status: 422,
    zh: '翻页的标记不对，请从第一页开始。',
    en: 'The cursor is not one of ours; begin with the first page.',
  },
} as const satisfies RefusalCatalogue;

/** What a field of a message holds; the text shows ids as public ids, money in yuan, instants in Beijing time, words in the reader's language. A secret is none of these. */
export type FieldKind =
  | 'order'
  | 'payment'
  | 'shop'
  | 'listing'
  | 'pool'
  | 'case'
  | 'money'
  | 'time'
  | 'count'
  | 'title'
  | 'words';
export type MessageKindRow = {
  readonly takes: Readonly<Record<string, FieldKind>>;
  readonly title: Words;
  readonly text: Words;
  readonly link: string;
};

/** Every message there is (F014): what it takes, what it says, where it leads. {names} are fields. */
export const messageKinds = {
  ...downloadMessages,
  ...complaintMessages,
  ...parcelMessages,
  ...depositMessages,
  'order.delivered': {
    takes: { order: 'order', listing: 'title' },
    link: '/orders/{order}',
    title: { zh: '已发货：{listing}', en: 'Delivered: {listing}' },
    text: {
      zh: '订单 {order} 已发货。卡密只在订单页里显示，我们不会用消息发给你。',
      en: 'Order {order} has been delivered. Keys are shown on the order page only; we never send them in a message.',
    },
  },
  'order.late': {
    takes: { order: 'order', listing: 'title', at: 'time' },
    link: '/orders/{order}',
    title: { zh: '过了承诺时间：{listing}', en: 'Late: {listing}' },
    text: {
      zh: '订单 {order} 过了商家承诺的时间还没交付。你现在可以一键取消、全额退；什么都不做，{at}（北京时间）系统自己退。',
      en: 'Order {order} was not delivered in the promised time. You can cancel now and get everything back; if you do nothing, the money goes back by itself at {at} (Beijing time).',
    },
  },
  'order.corrected': {
    takes: { order: 'order', listing: 'title' },
    link: '/orders/{order}',
    title: { zh: '商家更正了内容：{listing}', en: 'The shop corrected it: {listing}' },
    text: {
      zh: '订单 {order} 的交付内容有了新的一版，原来那版也留着作证。到订单页查看。',
      en: 'There is a new version of what order {order} delivered; the old one is kept as evidence. See the order page.',
    },
  },
  'shop.due': {
    takes: { order: 'order', listing: 'title', units: 'count', at: 'time' },
    link: '/merchant/deliveries/{order}',
    title: { zh: '待交付 {units} 件：{listing}', en: 'To deliver, {units}: {listing}' },
    text: {
      zh: '订单 {order} 已付款。你承诺 {at}（北京时间）前交付，过了买家可以一键取消。',
      en: 'Order {order} is paid. You promised it by {at} (Beijing time); after that the buyer may cancel with one click.',
    },
  },
  'shop.unaccepted': {
    takes: { order: 'order', listing: 'title', at: 'time' },
    link: '/merchant/deliveries/{order}',
    title: { zh: '还没人接单：{listing}', en: 'Nobody took it on yet: {listing}' },
    text: {
      zh: '订单 {order} 承诺的时间已经过半，{at}（北京时间）前要交付。',
      en: 'Half of the promised time of order {order} is over; it is due at {at} (Beijing time).',
    },
  },
  'shop.late': {
    takes: { order: 'order', listing: 'title', at: 'time' },
    link: '/merchant/deliveries/{order}',
    title: { zh: '逾期未交付：{listing}', en: 'Late: {listing}' },
    text: {
      zh: '订单 {order} 过了你承诺的时间，已经记进交付记录。买家可以随时取消；{at}（北京时间）还没交付，系统自动全额退。',
      en: 'Order {order} is late, and that is on record. The buyer may cancel at any time; at {at} (Beijing time) it is refunded by itself.',
    },
  },
  'order.completed': {
    takes: { order: 'order', by: 'words' },
    link: '/orders/{order}',
    title: { zh: '订单已完成', en: 'Order completed' },
    text: {
      zh: '订单 {order} 已完成（{by}）。钱还在托管里，有问题照样可以申诉。',
      en: 'Order {order} is completed ({by}). The money is still in escrow, and you may still complain.',
    },
  },
  'order.expired': {
    takes: { order: 'order' },
    link: '/orders/{order}',
    title: { zh: '订单已过期', en: 'Order expired' },
    text: {
      zh: '订单 {order} 没有在时限内付款，已取消。如果钱已经扣了，会自动退回。',
      en: 'Order {order} was not paid in time and is cancelled. Money that arrives later goes back by itself.',
    },
  },
  'order.unserved': {
    takes: { order: 'order', listing: 'title' },
    link: '/orders/{order}',
    title: { zh: '订单取消，钱原路退回', en: 'Order cancelled, your money goes back' },
    text: {
      zh: '订单 {order}（{listing}）：你付款时，给你留的卡密已经过期，不能再发。订单取消，付的钱原路退回。',
      en: 'Order {order} ({listing}): when you paid, the keys kept for you had expired and may not be sent. It is cancelled, and what you paid goes back the way it came.',
    },
  },
  'order.refunded': {
    takes: { order: 'order', amount: 'money' },
    link: '/orders/{order}',
    title: { zh: '已退款 {amount} 元', en: 'Refunded ¥{amount}' },
    text: {
      zh: '订单 {order} 退款 {amount} 元，已回到你的余额。',
      en: '¥{amount} of order {order} is back in your wallet.',
    },
  },
  ...reminderMessages,
  'deadline.moved': {
    takes: { order: 'order', what: 'words', at: 'time', why: 'words' },
    link: '/orders/{order}',
    title: { zh: '时限往后延了：{what}', en: 'Extended: {what}' },
    text: {
      zh: '订单 {order}：{what}改到 {at}（北京时间）。{why}。〔第6条〕',
      en: 'Order {order}: {what} is now {at} (Beijing time), because {why} (article 6).',
    },
  },
  'rules.changed': {
    takes: { version: 'title', what: 'words' },
    link: '/rules/versions',
    title: { zh: '规则有变化：{version}', en: 'Rules: {version}' },
    text: {
      zh: '《虚拟商品交易与售后规范》{version}：{what}。改了什么、什么时候生效，都在规则中心。',
      en: 'Rules {version}: {what}. The rule centre shows what changes and from when.',
    },
  },
  'case.decided': {
    takes: { order: 'order', decision: 'words' },
    link: '/orders/{order}',
    title: { zh: '申诉有了结果', en: 'Your case is decided' },
    text: {
      zh: '订单 {order} 的申诉结果：{decision}。理由写在订单页。',
      en: 'Order {order}: {decision}. The reasons are on the order page.',
    },
  },
  'chat.reply': {
    takes: { order: 'order', listing: 'title' },
    link: '/orders/{order}/chat',
    title: { zh: '有新回复：{listing}', en: 'A new answer: {listing}' },
    text: {
      zh: '订单 {order} 的聊天里有人回复你。聊天会存证，双方都改不了。',
      en: 'Somebody answered in the conversation of order {order}. It is kept as evidence; neither side can change it.',
    },
  },
  'chat.unanswered': {
    takes: { order: 'order', listing: 'title', at: 'time' },
    link: '/orders/{order}/chat',
    title: { zh: '商家到时没答复：{listing}', en: 'The shop did not answer in time: {listing}' },
    text: {
      zh: '订单 {order}：你给的时限 {at}（北京时间）到了，商家未响应，已经记录。现在可以一键升级。〔第21条〕',
      en: 'Order {order}: the time you set ended at {at} (Beijing time) without an answer. It is recorded, and you can escalate now (article 21).',
    },
  },
  'shop.asked': {
    takes: { order: 'order', listing: 'title' },
    link: '/merchant/messages/{order}',
    title: { zh: '买家有新消息：{listing}', en: 'A message from a buyer: {listing}' },
    text: { zh: '订单 {order} 的买家在等你回复。', en: 'The buyer of order {order} waits for your answer.' },
  },
  'shop.unanswered': {
    takes: { order: 'order', listing: 'title', at: 'time' },
    link: '/merchant/messages/{order}',
    title: { zh: '没有按时答复：{listing}', en: 'Not answered in time: {listing}' },
    text: {
      zh: '订单 {order}：买家要求在 {at}（北京时间）前答复，没有等到。已记录为商家未响应。〔第21条〕',
      en: 'Order {order}: the buyer asked for an answer by {at} (Beijing time) and got none. It is recorded as no response (article 21).',
    },
  },
  ...caseMessages,
  'payment.returned': {
    takes: { payment: 'payment', amount: 'money' },
    link: '/account/wallet',
    title: { zh: '多付的 {amount} 元已处理', en: '¥{amount} of your payment was returned' },
    text: {
      zh: '支付 {payment} 里有 {amount} 元没有对应的订单，已退回。',
      en: '¥{amount} of payment {payment} matched no order and was returned.',
    },
  },
  'wallet.topped_up': {
    takes: { amount: 'money' },
    link: '/account/wallet',
    title: { zh: '余额充值 {amount} 元', en: 'Wallet topped up by ¥{amount}' },
    text: { zh: '{amount} 元已到你的余额。', en: '¥{amount} is in your wallet.' },
  },
  'membership.near': {
    takes: { order: 'order', listing: 'title', left: 'count', at: 'time' },
    link: '/orders/{order}',
    title: { zh: '会员还剩 {left} 天：{listing}', en: '{left} days left: {listing}' },
    text: {
      zh: '{listing} 到 {at}（北京时间）为止。不会自动续费；现在续，天数接在后面，一天不少。',
      en: '{listing} ends at {at} (Beijing time). Nothing renews by itself; bought again now, the days are added to the end.',
    },
  },
  'membership.over': {
    takes: { order: 'order', listing: 'title' },
    link: '/orders/{order}',
    title: { zh: '会员到期了：{listing}', en: 'Your membership ended: {listing}' },
    text: {
      zh: '{listing} 已到期，没有扣任何钱。想接着用，在订单页点“续一期”。',
      en: '{listing} has ended and nothing was charged. To go on, press “Renew” on the order page.',
    },
  },
  'order.issuer_answered': {
    takes: { order: 'order' },
    link: '/orders/{order}',
    title: { zh: '发行方有答复了', en: 'The issuer answered' },
    text: {
      zh: '订单 {order} 里你问的那张卡密，发行方答复了，写在订单页。',
      en: 'The issuer answered about the key that you asked about in order {order}; see the order page.',
    },
  },
  'shop.sold': {
    takes: { order: 'order', listing: 'title', units: 'count', amount: 'money' },
    link: '/merchant/orders/{order}',
    title: { zh: '卖出 {units} 件：{listing}', en: 'Sold {units}: {listing}' },
    text: { zh: '订单 {order}，{amount} 元，已在托管。', en: 'Order {order}, ¥{amount}, now in escrow.' },
  },
  'shop.unserved': {
    takes: { order: 'order', listing: 'title' },
    link: '/merchant/orders/{order}',
    title: { zh: '没卖成，卡密过期了：{listing}', en: 'Not sold, the keys had expired: {listing}' },
    text: {
      zh: '订单 {order} 付款时，留着的卡密已经过期。钱已退给买家，请补货。',
      en: 'When order {order} was paid, the keys held for it had expired. The buyer is refunded; please add stock.',
    },
  },
  'shop.settled': {
    takes: { order: 'order', amount: 'money' },
    link: '/merchant/money',
    title: { zh: '结算到账 {amount} 元', en: '¥{amount} settled' },
    text: {
      zh: '订单 {order} 的 {amount} 元已到可提现余额。',
      en: '¥{amount} of order {order} is now available.',
    },
  },
  ...topupMessages,
  ...riskMessages,
  'shop.stock_low': {
    takes: { pool: 'pool', listing: 'title', left: 'count' },
    link: '/merchant/stock/{pool}',
    title: { zh: '库存只剩 {left}：{listing}', en: 'Only {left} left: {listing}' },
    text: {
      zh: '补货前，卖完就会自动显示缺货。',
      en: 'Once they are sold the listing shows as sold out until you add stock.',
    },
  },
  'shop.keys_expired': {
    takes: { pool: 'pool', listing: 'title', left: 'count' },
    link: '/merchant/stock/{pool}',
    title: { zh: '有卡密过期下架：{listing}', en: 'Keys expired and left the shelf: {listing}' },
    text: {
      zh: '剩余有效期不够买家用的卡密已经下架，还剩 {left} 张。〔第14条〕',
      en: 'Keys that would expire before a buyer can use them were taken off sale; {left} are left (article 14).',
    },
  },
  'shop.import_done': {
    takes: { pool: 'pool', accepted: 'count', refused: 'count' },
    link: '/merchant/stock/{pool}',
    title: { zh: '导入完成：收下 {accepted} 条', en: 'Import done: {accepted} accepted' },
    text: {
      zh: '收下 {accepted} 条，没收 {refused} 条，原因在导入页。',
      en: '{accepted} accepted, {refused} refused; the import page says why.',
    },
  },
  'account.new_device': {
    takes: { at: 'time', device: 'title' },
    link: '/account',
    title: { zh: '新设备登录', en: 'Login on a new device' },
    text: {
      zh: '{at}（北京时间）有一台新设备登录：{device}。不是你的话，马上退出它并改密码。',
      en: 'A new device logged in at {at} (Beijing time): {device}. If it was not you, end that session and change your password.',
    },
  },
} as const satisfies Record<string, MessageKindRow>;
export type MessageKind = keyof typeof messageKinds;
type FieldValue<F> = F extends 'money'
  ? bigint | string
  : F extends 'time' | 'count'
    ? number
    : F extends 'words'
      ? Words
      : string;
/** The data of one kind: exactly the fields that its text takes. Ids are uuids. */
export type MessageData<K extends MessageKind> = {
  readonly [N in keyof (typeof messageKinds)[K]['takes']]: FieldValue<(typeof messageKinds)[K]['takes'][N]>;
};

const messageOut = z.object({
  id: idOut('message'),
  kind: z.string(),
  title: z.string(),
  text: z.string(),
  link: z.string(),
  at: instantOut,
  read: z.boolean(),
});

export const notificationsContract = {
  messages: endpoint({
    at: 'GET /messages',
    who: 'user',
    summary: 'My message centre, newest first',
    input: z.object({
      cursor: z.string().max(64).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(20),
    }),
    output: z.object({ messages: z.array(messageOut), unread: z.number(), next: z.string().nullable() }),
    refusals: notificationsRefusals,
  }),
  unread: endpoint({
    at: 'GET /messages/unread',
    who: 'user',
    summary: 'How many messages I have not read',
    input: z.object({}),
    output: z.object({ unread: z.number() }),
    refusals: {},
  }),
  markRead: endpoint({
    at: 'POST /messages/reading',
    who: 'user',
    summary: 'Mark messages as read: those named, or all',
    input: z.object({ messageIds: z.array(idIn('message')).max(100).optional() }),
    output: z.object({ unread: z.number() }),
    refusals: {},
  }),
};
