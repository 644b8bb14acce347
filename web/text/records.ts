/** What each kind of fixed record is, for people. A kind that is not here is shown as it is. */
export const records = {
  'order.purchased': { zh: '下单、付款、交付', en: 'Ordered, paid, delivered' },
  'order.placed': { zh: '下单', en: 'Order placed' },
  'order.paid': { zh: '付款到账，交付', en: 'Paid and delivered' },
  'order.refunded': { zh: '退款', en: 'Refunded' },
  'order.completed': { zh: '订单完成', en: 'Order completed' },
  'message.sent': { zh: '聊天消息', en: 'Message' },
  'message.demanded': { zh: '要求限期答复', en: 'Answer demanded' },
  'message.unanswered': { zh: '商家到时未答复', en: 'Shop did not answer in time' },
  'message.hidden': { zh: '撤回消息（内容仍存证）', en: 'Message taken back (kept in evidence)' },
  'promise.made': { zh: '商家承诺', en: 'Promise of the shop' },
  'order.settled': { zh: '货款结算', en: 'Shop paid' },
  'delivery.revealed': { zh: '查看卡密', en: 'Key revealed' },
  'delivery.code_checked': { zh: '对了一次卡密', en: 'Code compared' },
  'delivery.issuer_answered': { zh: '发行方的答复', en: 'Answer of the issuer' },
  'membership.granted': { zh: '会员开通', en: 'Membership begun' },
  'membership.renewed': { zh: '会员续期', en: 'Membership renewed' },
  'complaint.taken': { zh: '支付渠道投诉', en: 'Complaint at the payment channel' },
  'complaint.refunded': { zh: '支付渠道退款', en: 'Refund by the payment channel' },
  'external.recorded': { zh: '已交到外部机构', en: 'Taken outside' },
  'external.moved': { zh: '外部机构进展', en: 'Progress outside' },
  'hold.placed': { zh: '依法冻结', en: 'Held by order of an authority' },
  'hold.lifted': { zh: '解除依法冻结', en: 'Hold lifted' },
  'voucher.issued': { zh: '开具凭证', en: 'Voucher issued' },
  'delivery.result': { zh: '你说能用', en: 'Buyer said it works' },
} as const;

export const recordOf = (kind: string, language: 'zh' | 'en'): string =>
  Object.hasOwn(records, kind) ? records[kind as keyof typeof records][language] : kind;
