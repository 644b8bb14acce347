/** Texts of direct top-ups: the listing form and the buyer's panel. */
export const topups = {
  part: { zh: '直充', en: 'Direct top-up' },
  partLead: {
    zh: '由供货方直接充到买家的账号里。交付方式选“直充”时要填；别的商品第一项选“不用”。每个规格写明面值，每单限购写 1。',
    en: 'A supplier fills the buyer’s account. Needed when the delivery is direct; for other goods choose “none” first. State the face value of each variant, and a limit of 1 per order.',
  },
  f_target: { zh: '充到哪里', en: 'What is filled' },
  h_target: {
    zh: '会自动向买家问账号，填两遍，只显示打码的样子。',
    en: 'Buyers are asked for the account, twice, and it is shown masked.',
  },
  target_none: { zh: '不用', en: 'None' },
  target_mobile: { zh: '手机号', en: 'A mobile number' },
  target_account: { zh: '其他账号', en: 'Another account' },
  f_label: { zh: '怎么称呼这个账号', en: 'What this account is called' },
  h_label: {
    zh: '比如：手机号、会员账号、燃气表号。',
    en: 'For instance: mobile number, member account, meter number.',
  },
  f_carrier: { zh: '运营商', en: 'Carrier' },
  f_region: { zh: '归属地限制', en: 'Region' },
  h_region: { zh: '不限就留空。', en: 'Empty: anywhere.' },
  f_speed: { zh: '快慢', en: 'Speed' },
  h_speed: {
    zh: '快充几分钟到账；慢充 24 小时内到账，面值是 100 元的整数倍。',
    en: 'Fast takes minutes. Slow takes up to 24 hours, in steps of 100 yuan.',
  },
  f_face: { zh: '面值（元，直充才填）', en: 'Face value (yuan, direct top-ups only)' },

  carrierHint: {
    zh: '按号段看是{carrier}的号码。携号转网过的，以现在的运营商为准。',
    en: 'By its digits this number belongs to {carrier}. If it was ported, its present carrier counts.',
  },

  title: { zh: '充值', en: 'Top-up' },
  asked: { zh: '最近一次向供货方确认：{time}', en: 'Last asked at the supplier: {time}' },
  face: { zh: '面值', en: 'Face value' },
  arrived: { zh: '实际到账', en: 'Arrived' },
  carrier: { zh: '运营商', en: 'Carrier' },
  region: { zh: '归属地', en: 'Region' },
  speed: { zh: '速度', en: 'Speed' },
  serial: { zh: '供货方流水号', en: 'Supplier’s number' },
  voucher: { zh: '运营商流水号', en: 'Carrier’s serial' },
  none: { zh: '还没有', en: 'Not yet' },
  sent: { zh: '提交时间', en: 'Sent at' },
  waits: {
    zh: '你选了再等，等到 {time}；这之前不会自动退款。',
    en: 'You chose to wait until {time}; nothing is refunded by itself before.',
  },
  stopping: {
    zh: '正在请供货方撤单。撤掉了就退款；撤不掉、到了账，就按到账算。',
    en: 'The supplier is being asked to stop it. Stopped, you get your money; if it has arrived, it counts as arrived.',
  },
  wrongAsked: {
    zh: '你说号码填错了。商家要在 {time} 前试着撤单；已经到账的撤不回来。',
    en: 'You said the number is wrong. The shop must try to stop it by {time}; what has arrived cannot be taken back.',
  },
  wrongTried: {
    zh: '号码填错：已经试着撤单，等供货方答复。',
    en: 'Wrong number: stopping was tried; the supplier is to answer.',
  },
  late: { zh: '过了承诺的时间，你来选', en: 'It is late; you choose' },
  wait: { zh: '再等 2 小时', en: 'Wait 2 hours more' },
  waitAfter: {
    zh: '这期间不会自动退款。〔第15条〕',
    en: 'Nothing is refunded by itself meanwhile (article 15).',
  },
  again: { zh: '请商家补单', en: 'Send it again' },
  againAfter: {
    zh: '用同一个单号再提交一次，不会充两次。',
    en: 'The same number is sent again; it is never filled twice.',
  },
  refund: { zh: '我要退款', en: 'I want my money' },
  refundAfter: {
    zh: '供货方撤单后马上退；还没提交过的，现在就退。',
    en: 'As soon as the supplier has stopped it; at once if it was never sent.',
  },
  wrong: { zh: '填错号码了', en: 'The number is wrong' },
  wrongAfter: {
    zh: '商家要在 30 分钟内试着撤单。撤不掉的，充到别人号上的钱由你承担。',
    en: 'The shop must try to stop it within 30 minutes. What cannot be stopped is at your risk.',
  },
  change: { zh: '改充值账号', en: 'Change the account' },
  changeAgain: { zh: '再填一遍', en: 'Once more' },
  changeAfter: {
    zh: '还没提交，可以改；提交后就不能改了。',
    en: 'It was not sent yet. Once sent it cannot be changed.',
  },
  changeButton: { zh: '改成这个', en: 'Change it' },
  more: { zh: '号码填错了？', en: 'Wrong number?' },
  check: { zh: '怎么核实到账', en: 'How to check that it arrived' },
  did_wait: { zh: '好，再等 2 小时。', en: 'All right, two hours more.' },
  did_again: {
    zh: '已经请供货方再处理一次，单号不变。',
    en: 'The supplier is asked again, with the same number.',
  },
  did_refund: { zh: '已经在退：撤单成功就到账。', en: 'On its way back: as soon as it is stopped.' },
  did_wrong: {
    zh: '已经通知商家，30 分钟内要试着撤单。',
    en: 'The shop was told and must try to stop it within 30 minutes.',
  },
  did_change: { zh: '账号已改。', en: 'The account was changed.' },
} as const;
