/** Texts of the wallet: balance, top-up, statement, payment records. */
export const wallet = {
  title: { zh: '钱包', en: 'Wallet' },
  head: { zh: '余额 {balance}', en: 'Balance {balance}' },
  lead: {
    zh: '这是你的钱。付款时才从这里冻结，退款也回到这里。',
    en: 'This is your money. It is held only when you pay, and refunds come back here.',
  },
  topUp: { zh: '充值', en: 'Top up' },
  amount: { zh: '充多少（元）', en: 'How much (yuan)' },
  amountHint: { zh: '1 到 50,000 元，可以写到分。', en: '1 to 50,000 yuan, to the fen if you like.' },
  amountWrong: {
    zh: '写成 100 或 100.50 这样，1 到 50,000 元。',
    en: 'Write it like 100 or 100.50, between 1 and 50,000 yuan.',
  },
  how: { zh: '用什么充', en: 'From where' },
  sandbox: { zh: '演示渠道，不是真钱', en: 'demo channel, no real money' },
  none: { zh: '现在没有可用的充值渠道。', en: 'No channel is offered now.' },
  go: { zh: '去充值', en: 'Go on' },
  going: { zh: '正在连接渠道…', en: 'Contacting the channel…' },
  goAfter: {
    zh: '下一步到渠道付款，到账后余额才变。',
    en: 'You pay at the channel next; the balance changes when the money arrives.',
  },
  guest: {
    zh: '没有账户就没有余额。注册并认领订单后，这里就是你的钱包。',
    en: 'Without an account there is no balance. Register and claim your orders, and this becomes your wallet.',
  },
  statement: { zh: '明细', en: 'Statement' },
  statementNote: {
    zh: '每一笔进出和之后的余额，新的在前。',
    en: 'Each movement with the balance after it, newest first.',
  },
  after: { zh: '余额 {after}', en: 'balance {after}' },
  toOrder: { zh: '看订单', en: 'the order' },
  emptyTitle: { zh: '还没有进出', en: 'Nothing moved yet' },
  emptyText: {
    zh: '充值、付款、退款都会一笔一笔列在这里。',
    en: 'Top-ups, payments and refunds are listed here one by one.',
  },
  payments: { zh: '支付记录', en: 'Payment records' },
  paymentsNote: {
    zh: '每一次到渠道付款，没成的也在。',
    en: 'Every payment at a channel, also those that failed.',
  },
  purpose_checkout: { zh: '买东西', en: 'for an order' },
  purpose_topup: { zh: '充值', en: 'top-up' },
  noPaymentsTitle: { zh: '没有到渠道付过款', en: 'No payments at a channel' },
  noPaymentsText: {
    zh: '用余额付的在“明细”里。',
    en: 'What you paid from the wallet stands in the statement.',
  },
  first: { zh: '回第一页', en: 'First page' },
} as const;
