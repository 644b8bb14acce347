/** What each kind of fixed record is, for people. A kind that is not here is shown as it is. */
export const records = {
  'order.purchased': { zh: '下单、付款、交付', en: 'Ordered, paid, delivered' },
  'order.placed': { zh: '下单', en: 'Order placed' },
  'order.paid': { zh: '付款到账，交付', en: 'Paid and delivered' },
  'order.refunded': { zh: '退款', en: 'Refunded' },
  'order.completed': { zh: '订单完成', en: 'Order completed' },
  'order.settled': { zh: '货款结算', en: 'Shop paid' },
  'delivery.revealed': { zh: '查看卡密', en: 'Key revealed' },
  'delivery.code_checked': { zh: '对了一次卡密', en: 'Code compared' },
  'delivery.issuer_answered': { zh: '发行方的答复', en: 'Answer of the issuer' },
  'membership.granted': { zh: '会员开通', en: 'Membership begun' },
  'membership.renewed': { zh: '会员续期', en: 'Membership renewed' },
  'delivery.result': { zh: '你说能用', en: 'Buyer said it works' },
} as const;

export const recordOf = (kind: string, language: 'zh' | 'en'): string =>
  Object.hasOwn(records, kind) ? records[kind as keyof typeof records][language] : kind;
