/** What shops and staff are told of complaints at payment channels, and parties of orders of authorities; part of `messageKinds`. */
export const complaintMessages = {
  'shop.complaint': {
    takes: { order: 'order', number: 'title', what: 'words', at: 'time' },
    link: '/merchant/complaints',
    title: { zh: '支付渠道投诉：{what}', en: 'Complaint at the payment channel: {what}' },
    text: {
      zh: '订单 {order}，渠道投诉号 {number}。渠道给的时间到 {at}（北京时间），不回复会影响收款。这和平台售后的时间分开算。',
      en: 'Order {order}, complaint {number}. The channel waits until {at} (Beijing time); no answer harms your payments. This clock is apart from our own.',
    },
  },
  'staff.complaint': {
    takes: { number: 'title', what: 'words', at: 'time' },
    link: '/operator/complaints',
    title: { zh: '渠道投诉：{what}', en: 'Channel complaint: {what}' },
    text: {
      zh: '渠道投诉 {number}，渠道时限到 {at}（北京时间）。',
      en: 'Complaint {number}; the channel waits until {at} (Beijing time).',
    },
  },
  'order.complaint': {
    takes: { order: 'order', what: 'words' },
    link: '/orders/{order}/outside',
    title: { zh: '你在支付渠道的投诉：{what}', en: 'Your complaint at the payment channel: {what}' },
    text: {
      zh: '订单 {order}：你在支付渠道的投诉已经接到这里，和平台售后一起处理，同一笔损失只退一次。',
      en: 'Order {order}: your complaint at the payment channel arrived here and is dealt with together with our own; the same loss is paid once.',
    },
  },
  'order.legal_hold': {
    takes: { order: 'order', authority: 'title', what: 'words' },
    link: '/orders/{order}/outside',
    title: { zh: '{authority}：{what}', en: '{authority}: {what}' },
    text: {
      zh: '订单 {order}：{authority}依法要求，{what}。文号和期限在订单的“维权出路”里。',
      en: 'Order {order}: by order of {authority}, {what}. Its number and time stand on the page of the ways out.',
    },
  },
} as const;
