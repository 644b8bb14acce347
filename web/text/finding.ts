/** Texts of 查询订单 and of claiming a guest's order. */
export const finding = {
  title: { zh: '查询订单', en: 'Find an order' },
  lead: {
    zh: '没登录买的订单，凭订单号和当时设的查询密码找回。',
    en: 'For an order bought without an account: its number and the password you chose then.',
  },
  claimTitle: { zh: '认领订单', en: 'Claim an order' },
  claimLead: {
    zh: '把没登录时买的订单放进你的账户。填订单号和当时设的查询密码。',
    en: 'Take an order you bought without logging in into your account: its number and the password you chose then.',
  },
  order: { zh: '订单号', en: 'Order number' },
  orderHint: {
    zh: 'ord_ 开头，在付款后的页面上。',
    en: 'Begins with ord_; it was on the page after you paid.',
  },
  password: { zh: '查询密码', en: 'Order password' },
  find: { zh: '找订单', en: 'Find it' },
  claim: { zh: '认领', en: 'Claim it' },
  busy: { zh: '正在找…', en: 'Looking…' },
  findAfter: {
    zh: '找到后打开订单，这台设备 90 天内都能看。',
    en: 'The order opens, and this device can see it for 90 days of use.',
  },
  claimAfter: {
    zh: '同一次买的订单都归到你的账户，不能再换给别的账户。',
    en: 'All orders of that purchase move to your account for good; no other account can take them.',
  },
} as const;
