/** What a shop is told of its direct top-ups; part of `messageKinds`. */
export const topupMessages = {
  'shop.topup_held': {
    takes: { order: 'order', listing: 'title' },
    link: '/merchant/supply?state=held',
    title: { zh: '充值没人接单：{listing}', en: 'No supplier took it: {listing}' },
    text: {
      zh: '订单 {order}：供货方没有接单。补好余额或线路后点补单；到了时限会自动退款。',
      en: 'Order {order}: no supplier took it. Put right the balance or the route and send it again; at its time the money goes back by itself.',
    },
  },
  'shop.topup_wrong': {
    takes: { order: 'order', listing: 'title' },
    link: '/merchant/supply',
    title: { zh: '买家填错号码，30 分钟内试着撤单', en: 'Wrong number: try to stop it within 30 minutes' },
    text: {
      zh: '订单 {order}（{listing}）：买家说号码填错了。请在 30 分钟内试着撤单；没有试，会记下来。',
      en: 'Order {order} ({listing}): the buyer typed a wrong number. Try to stop it within 30 minutes; if you do not, that is recorded.',
    },
  },
  'shop.topup_missed': {
    takes: { order: 'order', listing: 'title' },
    link: '/merchant/supply',
    title: { zh: '30 分钟内没有试着撤单', en: 'Nobody tried to stop it in time' },
    text: {
      zh: '订单 {order}（{listing}）：买家说号码填错后，30 分钟内没有人撤单。平台已替你试过，并记了下来。',
      en: 'Order {order} ({listing}): nobody tried to stop it within 30 minutes. We tried instead, and recorded that.',
    },
  },
  'shop.topup_late': {
    takes: { order: 'order', listing: 'title' },
    link: '/merchant/supply?state=late',
    title: { zh: '退款后又到账：{listing}', en: 'It arrived after the refund: {listing}' },
    text: {
      zh: '订单 {order} 已经退款，充值后来到账了。这笔由店铺承担，请凭流水号找供货方追回。',
      en: 'Order {order} was refunded, and the top-up arrived later. The shop bears it; claim it from the supplier by its serial number.',
    },
  },
} as const;
