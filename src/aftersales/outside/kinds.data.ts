import type { Words } from '../../kit/text.ts';

/** What each kind of event is, on papers. A kind that is not here stands there as it is. */
export const kindWords: Readonly<Record<string, Words>> = {
  'order.purchased': {
    zh: '下单、付款、交付（含价格构成与确认文本）',
    en: 'Ordered, paid, delivered, with the texts that were ticked',
  },
  'order.placed': { zh: '下单（含价格构成与确认文本）', en: 'Ordered, with the texts that were ticked' },
  'order.paid': { zh: '付款到账', en: 'Paid' },
  'order.refunded': { zh: '退款', en: 'Refunded' },
  'order.completed': { zh: '订单完成', en: 'Completed' },
  'order.settled': { zh: '货款结算', en: 'Shop paid' },
  'listing.snapshot': { zh: '商品页面快照', en: 'Snapshot of the listing' },
  'stock.batch': { zh: '卡密入库批次', en: 'Batch of keys brought in' },
  'delivery.revealed': { zh: '查看卡密', en: 'Key revealed' },
  'delivery.code_checked': { zh: '核对卡密', en: 'Code compared' },
  'delivery.issuer_answered': { zh: '发行方答复', en: 'Answer of the issuer' },
  'delivery.result': { zh: '买家确认可用', en: 'Buyer said that it works' },
  'message.sent': { zh: '聊天消息', en: 'Message' },
  'message.demanded': { zh: '要求限期答复', en: 'Answer demanded' },
  'message.unanswered': { zh: '商家到时未答复', en: 'Shop did not answer in time' },
  'message.hidden': { zh: '撤回消息（内容仍存证）', en: 'Message taken back, kept in evidence' },
  'promise.made': { zh: '商家承诺', en: 'Promise of the shop' },
  'case.exhibit': { zh: '提交证据', en: 'Evidence shown' },
  'complaint.taken': { zh: '支付渠道投诉', en: 'Complaint at the payment channel' },
  'complaint.refunded': { zh: '支付渠道退款', en: 'Refund by the payment channel' },
  'external.recorded': { zh: '已向外部机构提交', en: 'Taken outside' },
  'external.moved': { zh: '外部机构进展', en: 'Progress outside' },
  'hold.placed': { zh: '依法冻结', en: 'Held by order of an authority' },
  'hold.lifted': { zh: '解除依法冻结', en: 'Hold lifted' },
  'voucher.issued': { zh: '开具凭证', en: 'Voucher issued' },
};

export const kindIn = (kind: string, language: 'zh' | 'en'): string => kindWords[kind]?.[language] ?? kind;
