/** Texts of the checkout. */
export const checkout = {
  title: { zh: '确认并付款', en: 'Confirm and pay' },
  lead: {
    zh: '到这里还没有下单，也没有扣钱。最下面的按钮才付款。',
    en: 'Nothing is ordered or charged yet. Only the last button pays.',
  },
  goods: { zh: '你买的', en: 'What you buy' },
  goodsLine: { zh: '{title} × {count}', en: '{title} × {count}' },
  sentWithin: { zh: '付款后 {time}内自动发出', en: 'sent automatically within {time} of payment' },
  validity: { zh: '有效期：{text}', en: 'valid: {text}' },
  change: { zh: '改规格或数量', en: 'Change variant or quantity' },
  who: { zh: '谁来买', en: 'Who buys' },
  asAccount: {
    zh: '记在你的账户 {name} 下，随时在“我的订单”里看。',
    en: 'Kept under your account {name}, always in My orders.',
  },
  asGuest: {
    zh: '你在这台设备上买过，这一单和上次的放在一起，用同一个查询密码。',
    en: 'You bought on this device before; this order joins that one, with the same order password.',
  },
  noAccount: {
    zh: '不用注册。留一个联系方式和查询密码，凭它们找回订单。',
    en: 'No account needed. Leave a contact and an order password to find the order again.',
  },
  contact: { zh: '邮箱或手机号', en: 'E-mail or phone' },
  contactHint: {
    zh: '只发“已发货”的提醒，里面不会出现卡密。卡密在订单页查看。',
    en: 'Only for the note that it was delivered, which never holds a key. Keys are on the order page.',
  },
  orderPassword: { zh: '查询密码', en: 'Order password' },
  orderPasswordHint: {
    zh: '至少 6 个字符。换设备找回订单、查看大额卡密都要用它，请记下来。',
    en: 'At least 6 characters. You need it to find the order on another device and to reveal costly keys.',
  },
  orLogin: { zh: '有账户？', en: 'Have an account?' },
  logIn: { zh: '登录后再买', en: 'Log in first' },
  acks: { zh: '付款前请你知道', en: 'Know this before you pay' },
  acksNote: {
    zh: '勾选的时间和这里的原文会存进订单。我们不替你预先勾选。',
    en: 'The time of each tick and these very words are kept with the order. Nothing is ticked for you.',
  },
  tickedAt: { zh: '你在 {time} 勾选', en: 'ticked at {time}' },
  ackMissing: { zh: '还差这一项，勾选后才能付款。', en: 'Still missing; tick it to pay.' },
  method: { zh: '付款方式', en: 'How to pay' },
  wallet: { zh: '余额 {balance}', en: 'Wallet {balance}' },
  walletNoteLater: {
    zh: '马上进托管，交付了你确认才给商家',
    en: 'Goes into escrow at once; the shop is paid after you confirm',
  },
  walletNote: { zh: '付完马上交付', en: 'delivered at once' },
  walletShort: { zh: '不够付这一单，差 {missing}', en: 'not enough for this order, {missing} short' },
  walletLogin: { zh: '余额', en: 'Wallet' },
  walletLoginNote: { zh: '登录后才有钱包', en: 'log in to have one' },
  channelNote: {
    zh: '下单后先替你留货，再去渠道付款；没付会自动放回，不扣钱',
    en: 'the goods are held while you pay there; unpaid, they go back and nothing is charged',
  },
  channelSandbox: { zh: '演示渠道，不是真钱', en: 'demo channel, no real money' },
  noMethod: { zh: '现在没有可用的付款方式。', en: 'No way to pay is offered now.' },
  total: { zh: '一共付多少', en: 'What you pay' },
  base: { zh: '{name} × {count}，每张 {price}', en: '{name} × {count}, {price} each' },
  fee: { zh: '支付手续费', en: 'Payment fee' },
  all: { zh: '全部加起来', en: 'All in' },
  allNote: { zh: '不会自动续费，没有其他扣款。', en: 'No renewal by itself, no other charge.' },
  pay: { zh: '付款 {total}', en: 'Pay {total}' },
  paying: { zh: '正在付款…', en: 'Paying…' },
  payNote: {
    zh: '按一次就好。断网重按也只扣一次。',
    en: 'Press once. Pressing again after a lost connection charges only once.',
  },
  payMissing: { zh: '还差 {count} 项确认：{names}。', en: 'Still to confirm ({count}): {names}.' },
  quoted: { zh: '“{name}”', en: '“{name}”' },
  listJoin: { zh: '、', en: ', ' },
  stockShort: {
    zh: '只剩 {stock} 张，不够 {count} 张。改少一点就能买。',
    en: 'Only {stock} left, not {count}. Choose fewer.',
  },
  notReady: { zh: '这类商品还不能在线购买。', en: 'Goods of this kind cannot be bought online yet.' },
  stockNone: {
    zh: '卖完了。商家补货后这里立刻可用。',
    en: 'Sold out. It can be bought as soon as the shop refills.',
  },
  limitOrder: { zh: '每单最多 {max} 张。改少一点就能买。', en: 'At most {max} per order. Choose fewer.' },
  escrowTitle: { zh: '付款后钱去哪里？', en: 'Where does the money go?' },
  escrowText: {
    zh: '先冻结，不给商家。订单完成后再等 {days} 天才付给它；不对劲，钱还在。[[3]]',
    en: 'It is held, not given to the shop. {days} days after the order is completed the shop is paid; if something is wrong, the money is still there. [[3]]',
  },
  rulebook: {
    zh: '适用《虚拟商品交易与售后规范》{version}，以付款时为准；以后改得对你更好，按更好的算。[[1]]',
    en: 'Under the rules {version} as of your payment; if they later change in your favour, the better one counts. [[1]]',
  },

  refusedHead: { zh: '没有付成，钱没有动', en: 'Not paid, no money moved' },
  unsureHead: { zh: '还不知道付成没有', en: 'We do not know yet whether it was paid' },
  todoPRICE_CHANGED: {
    zh: '刚才是 {before}，现在是 {after}。下面已经换成新价格，同意再付。',
    en: 'It was {before} and is {after} now. The new price stands below; pay only if you agree.',
  },
  todoOUT_OF_STOCK: {
    zh: '现在还有 {left} 张。改少一点，或者换一家。',
    en: '{left} left now. Choose fewer, or another shop.',
  },
  todoWALLET_TOO_LOW: {
    zh: '还差 {missing}。先充值再回来，或者在下面换一种付款方式。',
    en: '{missing} short. Top up and come back, or choose another way below.',
  },
  todoQUANTITY_LIMIT: {
    zh: '最多 {limit} 张，包括你以前买的。改少一点再来。',
    en: 'At most {limit}, counting what you bought before. Choose fewer.',
  },
  todoRESERVATION_LIMIT: {
    zh: '到“我的订单”里付掉没付的，或者等它们过期，再回来下单。',
    en: 'Pay the open ones under My orders, or let them lapse, then come back.',
  },
  todoACKNOWLEDGEMENT_MISSING: {
    zh: '下面标红的几项，看过再勾选。',
    en: 'Read and tick the ones marked below.',
  },
  todoCONTACT_REQUIRED: {
    zh: '填好邮箱或手机号，再设一个 6 个字符以上的查询密码。',
    en: 'Fill in an e-mail or phone, and an order password of 6 characters or more.',
  },
  todoGOODS: { zh: '换一个规格，或者看看别的商品。', en: 'Choose another variant, or other goods.' },
  todoREUSED: {
    zh: '这张表单已经下过一单。先到“我的订单”看它，不要再付一次。',
    en: 'This form has made an order already. Look at it under My orders before you pay again.',
  },
  todoBUSY: {
    zh: '过几秒再按一次付款：用的是同一个编号，不会扣第二次。',
    en: 'Press pay again in a few seconds: it carries the same number and cannot charge twice.',
  },
  todoOther: {
    zh: '看一下下面标出的地方，改好再付。',
    en: 'Look at what is marked below, mend it and pay again.',
  },
  topUp: { zh: '去充值', en: 'Top up' },
  toOrders: { zh: '看我的订单', en: 'My orders' },
  toListing: { zh: '回商品页', en: 'Back to the listing' },
} as const;
