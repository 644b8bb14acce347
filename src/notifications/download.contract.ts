import type { MessageKindRow } from './contract.ts';

/** Messages about downloads: an address that never came, does not work, was corrected. */
export const downloadMessages = {
  'download.missing': {
    takes: { order: 'order', listing: 'title' },
    link: '/orders/{order}',
    title: { zh: '还没收到下载地址？{listing}', en: 'No download address yet? {listing}' },
    text: {
      zh: '订单 {order} 付款十分钟了，商家还没给出能用的下载地址。我们已经催了商家；你也可以在订单页点“未收到下载地址”。',
      en: 'Ten minutes after payment order {order} still has no working download address. We told the shop; you can also report it on the order page.',
    },
  },
  'shop.download_missing': {
    takes: { order: 'order', listing: 'title' },
    link: '/merchant/downloads',
    title: { zh: '有买家没收到下载地址：{listing}', en: 'A buyer has no download address: {listing}' },
    text: {
      zh: '订单 {order} 付款十分钟了，还没有能用的文件或地址。请马上登记，24 小时内没有就退款。',
      en: 'Ten minutes after payment order {order} has no working file or address. Register one now; within 24 hours it is refunded.',
    },
  },
  'shop.link_reported': {
    takes: { order: 'order', listing: 'title' },
    link: '/merchant/downloads',
    title: { zh: '下载地址有问题：{listing}', en: 'A download address does not work: {listing}' },
    text: {
      zh: '订单 {order} 的下载地址没收到或打不开。请在 24 小时内更正，过了时间，查实打不开的会退款。',
      en: 'The download address of order {order} is missing or does not work. Correct it within 24 hours; one that is found dead is refunded.',
    },
  },
  'download.reported': {
    takes: { order: 'order', listing: 'title' },
    link: '/orders/{order}',
    title: { zh: '商家要在 24 小时内更正：{listing}', en: 'The shop has 24 hours to correct it: {listing}' },
    text: {
      zh: '订单 {order} 的下载地址有问题，已通知商家更正。这期间钱不会放给商家。',
      en: 'The download address of order {order} is being corrected. Until then the money does not go to the shop.',
    },
  },
  'download.corrected': {
    takes: { order: 'order', listing: 'title' },
    link: '/orders/{order}',
    title: { zh: '下载地址更正了：{listing}', en: 'The download was corrected: {listing}' },
    text: {
      zh: '商家给订单 {order} 换了新的文件或地址，去订单页下载。',
      en: 'The shop gave order {order} a new file or address. Download it on the order page.',
    },
  },
  'download.uncorrected': {
    takes: { order: 'order', listing: 'title' },
    link: '/orders/{order}',
    title: { zh: '下载问题还没解决：{listing}', en: 'The download is not settled: {listing}' },
    text: {
      zh: '订单 {order} 更正的时间到了。平台没能查实地址失效，或者钱已经结算，请在订单里申诉，证据都在。',
      en: 'The time to correct order {order} is over. We could not confirm that the address is dead, or the money was settled. File a case in the order; the evidence is there.',
    },
  },
} as const satisfies Record<string, MessageKindRow>;
