/** What a shop is told of its deposit (F094); part of `messageKinds`. */
export const depositMessages = {
  'shop.deposit_short': {
    takes: { amount: 'money', at: 'time' },
    link: '/merchant/deposit',
    title: { zh: '保证金还差 {amount} 元', en: 'The deposit is ¥{amount} short' },
    text: {
      zh: '最迟 {at}（北京时间）补足。到时没补足，全部商品暂停销售，补足后马上恢复。',
      en: 'Fill it up by {at} Beijing time. Otherwise everything is paused until you do.',
    },
  },
} as const;
