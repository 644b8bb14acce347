/** What is told of parcels (F021, F023, F027); part of `messageKinds`. */
export const parcelMessages = {
  'parcel.sent': {
    takes: { order: 'order', listing: 'title' },
    link: '/orders/{order}',
    title: { zh: '已寄出：{listing}', en: 'Sent: {listing}' },
    text: {
      zh: '订单 {order} 已经寄出，物流在订单里看。签收前先看外包装，破损可以拒收，路上的损失算商家的。',
      en: 'Order {order} is on its way; follow it in the order. Look at the box before you sign: a damaged one may be refused, and losses on the way are the shop’s.',
    },
  },
  'parcel.signed': {
    takes: { order: 'order', listing: 'title' },
    link: '/orders/{order}',
    title: { zh: '已签收，包装先别扔：{listing}', en: 'Signed for; keep the packaging: {listing}' },
    text: {
      zh: '订单 {order} 已签收。请按订单里的清单核对型号、数量、配件；包装和快递面单拍张照，留到没有问题为止。',
      en: 'Order {order} was signed for. Check model, quantity and parts against the list in the order; photograph packaging and label and keep both until all is well.',
    },
  },
  'parcel.still': {
    takes: { order: 'order', listing: 'title' },
    link: '/orders/{order}',
    title: { zh: '物流 72 小时没动静：{listing}', en: 'No movement for three days: {listing}' },
    text: {
      zh: '订单 {order} 的包裹没有新的物流。你可以继续等，也可以现在退款；丢件由商家承担。',
      en: 'The parcel of order {order} has stood still. You may wait, or have your money back now; a lost parcel is the shop’s loss.',
    },
  },
  'shop.parcel_due': {
    takes: { order: 'order', listing: 'title', units: 'count', at: 'time' },
    link: '/merchant/parcels/{order}',
    title: { zh: '要寄出：{listing}', en: 'To be sent: {listing}' },
    text: {
      zh: '订单 {order}（{units} 件）已付款，{at} 前寄出并填写快递单号。',
      en: 'Order {order} ({units}) is paid. Send it by {at} and enter the tracking number.',
    },
  },
  'shop.parcel_refused': {
    takes: { order: 'order', listing: 'title' },
    link: '/merchant/parcels/{order}',
    title: { zh: '买家拒收了：{listing}', en: 'The buyer refused the parcel: {listing}' },
    text: {
      zh: '订单 {order} 被拒收，照片在订单里。24 小时内处理：现在退款，或等退件；不处理，系统全额退款。',
      en: 'Order {order} was refused at the door, with photos. Within 24 hours refund it, or wait for its return; otherwise it is refunded in full by itself.',
    },
  },
  'shop.parcel_still': {
    takes: { order: 'order', listing: 'title' },
    link: '/merchant/parcels/{order}',
    title: { zh: '包裹没动静：{listing}', en: 'A parcel stands still: {listing}' },
    text: {
      zh: '订单 {order} 的物流 72 小时没有更新，买家现在可以退款。请找快递查件。',
      en: 'The parcel of order {order} has not moved for 72 hours, and the buyer may have the money back. Ask the carrier.',
    },
  },
} as const;
