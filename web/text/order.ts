/** Texts of the page of an order. */
export const order = {
  title: { zh: '订单 {title}', en: 'Order: {title}' },
  head_created: { zh: '等你付款，货先替你留着', en: 'Waiting for your payment, the goods are held' },
  head_sealed: {
    zh: '{count} 张卡密都到了，还封着，钱不急着放',
    en: '{count} keys arrived, still sealed; the money can wait',
  },
  head_sealedOne: {
    zh: '卡密到了，还封着，钱不急着放',
    en: 'Your key arrived, still sealed; the money can wait',
  },
  head_checking: {
    zh: '卡密到了，先验证，钱不急着放',
    en: 'Your keys are here: check them first, the money can wait',
  },
  head_checked: { zh: '都能用，就差你确认收货', en: 'All of them work; only your confirmation is missing' },
  head_awaiting: { zh: '钱在托管里，等商家交付', en: 'Your money is in escrow; the shop is to deliver' },
  head_delivering: { zh: '正在给你办，钱还在托管里', en: 'It is being done; your money is still in escrow' },
  head_shipped: {
    zh: '包裹在路上，钱还在托管里',
    en: 'The parcel is on its way; your money is still in escrow',
  },
  head_late: {
    zh: '过了承诺时间还没交付，你可以一键取消',
    en: 'The promised time is over; you can cancel with one click',
  },
  head_arrived: {
    zh: '交付了，先看看对不对，钱不急着放',
    en: 'Delivered: check it first, the money can wait',
  },
  head_completed: {
    zh: '订单完成了，钱还替你多留几天',
    en: 'Completed; your money is still kept for some days',
  },
  head_released: { zh: '订单完成了，货款已经付给商家', en: 'Completed; the shop has been paid' },
  head_cancelled: {
    zh: '订单取消了，没扣钱；付过的会原路退回',
    en: 'Cancelled; nothing is kept, and what you paid goes back',
  },
  head_refunded: { zh: '全部取消了，钱已经退回', en: 'All cancelled; the money went back' },
  lead_created: {
    zh: '轮到你：最迟{time} 付款。到时没付，系统自动取消，货放回。[[43]]',
    en: 'Your turn: pay until {time}. If not, it is cancelled by itself and the goods go back. [[43]]',
  },
  lead_delivered: {
    zh: '{amount} 在托管，商家拿不到。轮到你：查看、试用、说能不能用。你什么都不做，{time} 自动确认。[[41]]',
    en: '{amount} is in escrow, out of the shop’s reach. Your turn: reveal, try, and say whether it works. If you do nothing, it is confirmed by itself at {time}. [[41]]',
  },
  lead_awaiting: {
    zh: '{amount} 在托管，商家拿不到。商家承诺 {time} 前交付，过了你一键取消、全额退。[[18]]',
    en: '{amount} is in escrow, out of the shop’s reach. The shop promised to deliver by {time}; after that you cancel with one click and get everything back. [[18]]',
  },
  lead_delivering: {
    zh: '{amount} 在托管，商家拿不到。承诺 {time} 前交付，过了你一键取消、全额退。[[18]]',
    en: '{amount} is in escrow, out of the shop’s reach. It is promised by {time}; after that you cancel with one click and get everything back. [[18]]',
  },
  lead_shipped: {
    zh: '{amount} 在托管，商家拿不到。签收前丢了坏了都算商家的，签收后还有时间核对。[[13]]',
    en: '{amount} is in escrow, out of the shop’s reach. Until you sign, loss and damage are the shop’s; afterwards there is time to check. [[13]]',
  },
  lead_late: {
    zh: '{amount} 还在托管。你可以现在取消，全额退到付款的地方；也可以再等等，最迟{time} 系统自己退。[[18]]',
    en: '{amount} is still in escrow. Cancel now and all of it goes back to where you paid from, or wait a little: at {time} at the latest it goes back by itself. [[18]]',
  },
  lead_arrived: {
    zh: '{amount} 在托管，商家拿不到。轮到你：看内容、试一试，没问题就确认。你什么都不做，{time} 自动确认。[[41]]',
    en: '{amount} is in escrow, out of the shop’s reach. Your turn: look at it, try it, and confirm if it is right. If you do nothing, it is confirmed by itself at {time}. [[41]]',
  },
  lead_completed: {
    zh: '{amount} 还在托管。{time} 才付给商家，到那时系统自己会付，你不用做什么。[[42]]',
    en: '{amount} is still in escrow. The shop is paid at {time}, by itself; you need do nothing. [[42]]',
  },
  lead_released: {
    zh: '{time} 付给了商家。记录和卡密一直留在这里。[[42]]',
    en: 'The shop was paid at {time}. The records and your keys stay here. [[42]]',
  },
  lead_cancelled: {
    zh: '如果你的钱后来才扣，不用再付：能恢复订单就恢复，不能就原路退回。[[32]]',
    en: 'If you were charged later, do not pay again: the order is revived, or the money goes back the way it came. [[32]]',
  },
  lead_refunded: {
    zh: '退回 {amount}，退到你付款的地方。[[31]]',
    en: '{amount} went back to where you paid from. [[31]]',
  },
  sub: { zh: '{title} × {count} · {shop} · {time}', en: '{title} × {count} · {shop} · {time}' },
  inEscrow: { zh: '{amount} 还在托管', en: '{amount} in escrow' },
  sold: {
    zh: '这是你店里卖出的订单。卡密只有买家能看。',
    en: 'Your shop sold this order. Only its buyer can see the keys.',
  },

  keys: { zh: '卡密', en: 'Keys' },
  keysWait: {
    zh: '付款到账后，卡密马上出现在这里。',
    en: 'The keys appear here as soon as the payment arrives.',
  },
  keysNone: { zh: '这一单没有交付卡密。', en: 'No keys were delivered with this order.' },
  number: { zh: '卡号', en: 'Number' },
  secret: { zh: '卡密', en: 'Key' },
  extra: { zh: '附加', en: 'More' },
  reads: { zh: '看过 {count} 次', en: 'looks: {count}' },
  sealedText: {
    zh: '查看后开始验证计时，并且不能再无理由取消。不急就先封着：**{time}** 前都可以取消，退 {amount}。[[20]]',
    en: 'Revealing starts the time to check it, and it can no longer be cancelled without a reason. No hurry: until **{time}** you can cancel it and get {amount} back. [[20]]',
  },
  sealedOver: {
    zh: '查看后开始验证计时。无理由取消的时间已经过了，质量问题不受影响。[[20]][[22]]',
    en: 'Revealing starts the time to check it. The time to cancel without a reason is over; faults are not affected. [[20]] [[22]]',
  },
  stepUp: { zh: '再输一次密码', en: 'Your password again' },
  stepUpHint: {
    zh: '金额较高，或这台设备第一次用。没有账户的，填下单时的查询密码。',
    en: 'The amount is high, or this device is new. Without an account, it is the order password.',
  },
  masked: {
    zh: '已收起，没有显示在屏幕上。再看一次也会留下记录。',
    en: 'Not shown on the screen. Another look is recorded as well.',
  },
  shownNow: {
    zh: '只显示 60 秒，离开这一页就收起。',
    en: 'Shown for 60 seconds and hidden when you leave this page.',
  },
  shownOnce: {
    zh: '这一页只显示这一次，没有保存。先复制或下载，再离开。',
    en: 'This page shows it once and is not stored. Copy or download it before you leave.',
  },
  hiddenNow: { zh: '60 秒到了，已收起。', en: 'The 60 seconds are over; hidden again.' },
  download: { zh: '存成文本文件', en: 'Save as a text file' },
  fileHead: { zh: '盟约订单 {order}', en: 'Mengyue order {order}' },
  fileKey: { zh: '第 {number} 张', en: 'Key {number}' },
  verifyBy: {
    zh: '到{time}为止。这之前说它无效，先推定你说得对。[[5]]',
    en: 'Until {time}. Say before then that it fails, and you are presumed right. [[5]]',
  },
  verifyOver: {
    zh: '推定的时间过了（{time}）。还能申诉，只是要看双方的证据。[[22]]',
    en: 'The time of the presumption is over ({time}). You can still dispute; both sides’ evidence then counts. [[22]]',
  },
  verifyElse: {
    zh: '过了这个时间也能申诉，只是要看双方的证据。[[22]]',
    en: 'After that you can still dispute; both sides’ evidence then counts. [[22]]',
  },
  worksAfter: {
    zh: '“能用”只是记下你的话，钱不会因此放出。',
    en: '“It works” only records what you say; it releases no money.',
  },
  useUntil: {
    zh: '请在 {time} 前使用，到期前会提醒你。[[19]]',
    en: 'Use it before {time}; you are reminded. [[19]]',
  },
  verifiedAt: {
    zh: '记录在案。要是后来不行了，照样可以申诉。[[22]]',
    en: 'Recorded. If it fails later, you can still dispute. [[22]]',
  },
  withdrawnText: {
    zh: '没有人看过，已经取消，钱退回了。',
    en: 'Nobody has seen it; it was cancelled and refunded.',
  },
  fails: { zh: '不能用', en: 'It fails' },
  failsWhy: {
    zh: '网上申诉下一版才开放，现在还不能在这里提交。先别点“能用”，也别确认收货：钱留在托管。到查看后的申诉期满，你都有权申诉。[[22]]',
    en: 'Claims open with the next version and cannot be sent here yet. Do not press “It works” and do not confirm: the money stays in escrow. You keep the right to dispute. [[22]]',
  },

  acts: { zh: '你现在可以做的', en: 'What you can do now' },
  pay: { zh: '去付款', en: 'Pay' },
  payAfter: { zh: '打开付款页，最迟{time}。', en: 'Opens the payment page; until {time}.' },
  claim: { zh: '提交售后', en: 'Make a claim' },
  claimWhy: {
    zh: '下一版开放。这之前不确认收货，钱就留在托管；你不操作，{time} 会自动确认。[[22]]',
    en: 'Opens with the next version. Until then do not confirm, and the money stays in escrow; if you do nothing, it is confirmed by itself at {time}. [[22]]',
  },
  claimWhyDone: {
    zh: '下一版开放。申诉的权利不因订单完成而消失。[[22]]',
    en: 'Opens with the next version. A completed order does not end your right to dispute. [[22]]',
  },
  cancel: { zh: '取消没看过的第 {number} 张', en: 'Cancel key {number}, unseen' },
  cancelMany: { zh: '取消没看过的一张', en: 'Cancel one unseen key' },
  cancelWhich: { zh: '取消哪一张', en: 'Which key' },
  cancelAfter: {
    zh: '{amount} 退回付款的地方，这一张作废，不能反悔。[[20]][[31]]',
    en: '{amount} goes back to where you paid from; this key is void, for good. [[20]] [[31]]',
  },
  cancelWhy: {
    zh: '只有没查看过的卡密可以无理由取消。[[20]]',
    en: 'Only keys that nobody has seen can be cancelled without a reason. [[20]]',
  },
  cancelLabel: { zh: '取消没看过的卡密', en: 'Cancel unseen keys' },
  confirm: { zh: '确认收货', en: 'Confirm receipt' },
  confirmAfter: {
    zh: '订单完成；再等 {days} 天，钱才付给商家。不急就不用点。[[41]][[42]]',
    en: 'The order is completed, and {days} days later the shop is paid. There is no hurry. [[41]] [[42]]',
  },
  arbitrate: { zh: '申请平台介入', en: 'Ask the platform to decide' },
  arbitrateWhy: {
    zh: '要先有售后。商家拒绝或超时，这里立刻可用。[[26]]',
    en: 'It takes a claim first. When the shop refuses or is late, this opens at once. [[26]]',
  },
  review: { zh: '评价', en: 'Review' },
  reviewWhy: {
    zh: '评价功能下一版开放，只有真实买家能评。',
    en: 'Reviews open with the next version; only real buyers write them.',
  },
  contact: { zh: '联系商家', en: 'Message the shop' },
  contactUnread: { zh: '联系商家，{count} 条未读', en: 'Message the shop, {count} unread' },
  contactAfter: {
    zh: '聊天会存进证据，双方都改不了。有人让你加站外客服、站外付款，都不要理。[[23]][[4]]',
    en: 'It is kept as evidence; neither side can change it. Ignore anybody who asks you to talk or pay elsewhere. [[23]] [[4]]',
  },

  clockLabel: { zh: '时限', en: 'Deadline' },
  confirmWho: { zh: '你什么都不做，就自动确认', en: 'Confirmed by itself if you do nothing' },
  confirmElseLater: {
    zh: '确认后再等 {days} 天才付给商家。有问题先申诉，就不会自动确认。[[41]]',
    en: 'The shop is paid {days} days after that. If you complain first, nothing is confirmed by itself. [[41]]',
  },
  confirmElse: {
    zh: '确认后再等 {days} 天才付给商家。每查看一张，这个时间重新从查看时算起。[[41]]',
    en: 'The shop is paid {days} days after that. Each reveal starts this time anew. [[41]]',
  },
  releaseWho: { zh: '离付给商家', en: 'Until the shop is paid' },
  releaseElse: {
    zh: '到时自动付给商家，你不用做什么。[[42]]',
    en: 'Paid to the shop by itself; you need do nothing. [[42]]',
  },
  payWho: { zh: '货替你留到', en: 'The goods are held until' },
  payElse: {
    zh: '到时没付：自动取消，不扣钱。[[43]]',
    en: 'If not: cancelled by itself, nothing is charged. [[43]]',
  },

  money_you: { zh: '钱在你这里', en: 'The money is with you' },
  money_escrow: { zh: '你的钱还留着', en: 'Your money is still kept' },
  money_shop: { zh: '钱已经付给商家', en: 'The shop has been paid' },
  moneyPaid: { zh: '{time} 付出', en: 'paid {time}' },
  moneyNotPaid: { zh: '还没付', en: 'not paid yet' },
  moneyBack: { zh: '已退回', en: 'back with you' },
  moneyHeld: { zh: '按订单冻结', en: 'held for this order' },
  moneyOut: { zh: '已放出', en: 'released' },
  moneyNothing: { zh: '没有', en: 'nothing' },
  moneyShopAt: { zh: '最早 {time}', en: 'from {time}' },
  moneyShopLater: { zh: '完成后 {days} 天', en: '{days} days after' },
  moneyShopGot: { zh: '{time} 收到', en: 'got it {time}' },
  moneyShopNever: { zh: '拿不到', en: 'gets nothing' },
  moneyText: {
    zh: '商家现在拿不到。完成后还要等 {days} 天。[[3]]',
    en: 'The shop cannot touch it. It waits {days} days more after completion. [[3]]',
  },
  moneyTextBack: { zh: '没有一分付给商家。[[31]]', en: 'Not a fen went to the shop. [[31]]' },
  moneyTextShop: {
    zh: '付清了。记录在公开日志里，谁也改不了。[[42]]',
    en: 'Settled. The record is in the public log, and nobody can change it. [[42]]',
  },

  evidence: { zh: '证据自动固定', en: 'Evidence is kept by itself' },
  lightPending: { zh: '正在写入日志', en: 'on its way into the log' },
  lightCount: { zh: '{time}，{count} 条', en: '{time}, {count} records' },
  receipts: { zh: '下载凭证（{count} 份）', en: 'Download receipts ({count})' },
  receiptPending: { zh: '几秒后可下载', en: 'in a few seconds' },
  receipt: { zh: '凭证 {number}', en: 'Receipt {number}' },
  noScreens: { zh: '你不用截图。', en: 'You need no screenshots. ' },
  toVerify: { zh: '去验真', en: 'Verify a receipt' },

  history: { zh: '经过', en: 'History' },
  stepNowLater: { zh: '等你看过、确认', en: 'Waiting for you to look and confirm' },
  stepNow: { zh: '验证中：看过 {seen} 张，封着 {sealed} 张', en: 'Checking: {seen} seen, {sealed} sealed' },
  stepPay: { zh: '等你付款', en: 'Waiting for your payment' },
  todoPay: { zh: '付款到账，自动发货', en: 'Payment arrives, delivered by itself' },
  todoDone: { zh: '完成：你确认，或到时自动确认', en: 'Completed: you confirm, or the time does' },
  todoRelease: { zh: '付给商家：完成后再等 {days} 天', en: 'The shop is paid: {days} days after completion' },
  atLatest: { zh: '最迟{time}', en: 'by {time}' },
  atAbout: { zh: '{time} 自动', en: 'at {time}, by itself' },

  bill: { zh: '付款明细', en: 'Bill' },
  billBase: { zh: '{name} × {count}', en: '{name} × {count}' },
  billFee: { zh: '手续费', en: 'Fee' },
  billTotal: { zh: '实付', en: 'Paid' },
  billTotalOpen: { zh: '要付', en: 'To pay' },
  billBack: { zh: '已退回 {amount}。', en: '{amount} went back.' },
  byWallet: { zh: '用余额付的。', en: 'Paid from the wallet.' },
  byChannel: { zh: '用渠道付的。', en: 'Paid at a channel. ' },
  toPayment: { zh: '看这笔付款', en: 'See the payment' },
  foot: {
    zh: '本单适用约文 {version}，商品页第 {listing} 版。卖方是{shop}；联系不上时，盟约先赔。[[30]]',
    en: 'Under the rules {version}, listing version {listing}. The seller is {shop}; if the shop cannot be reached, Mengyue pays first. [[30]]',
  },
  newer: {
    zh: '商家后来改过商品页，这一单不受影响。',
    en: 'The shop changed the listing later; this order is not affected.',
  },

  guest: {
    zh: '没登录买的：记下上面的订单号。换设备用“查询订单”找回，要查询密码。',
    en: 'Bought without an account: note the order number above. On another device, Find an order asks for it and your order password.',
  },

  did_start: { zh: '会员开始了，天数从明天起算。', en: 'Begun; the days are counted from tomorrow.' },
  did_works: { zh: '记下了：这一张能用。钱没有动。', en: 'Recorded: this key works. No money moved.' },
  did_cancel: {
    zh: '取消了，钱退回了付款的地方。',
    en: 'Cancelled; the money went back to where you paid from.',
  },
  did_cancelLate: {
    zh: '取消了。钱退到你付款的地方：余额马上到，其他渠道看渠道的时间。',
    en: 'Cancelled. The money goes back to where you paid from: at once to your wallet, otherwise in the time of the channel.',
  },
  did_confirm: {
    zh: '确认了。钱还要再等几天才付给商家。',
    en: 'Confirmed. The shop is paid some days later.',
  },
  offline: {
    zh: '没连上，不知道看到没有。再按一次也没关系。',
    en: 'No connection. Press again; it does no harm.',
  },
} as const;
