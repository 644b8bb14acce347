/** What the law gives on top of a refund where a shop cheats. */
export const legal = {
  title: { zh: '退一赔三', en: 'Three times the price' },
  text: {
    zh: '如果是假货，退款之外，法律还让你再主张 **{amount}**：价款 {price} 的三倍是 {triple}，不足 {least} 的按 {least}。[[33]]',
    en: 'If it is counterfeit, the law lets you claim **{amount}** on top of the refund: three times {price} is {triple}, and never less than {least}. [[33]]',
  },
  note: {
    zh: '消费者权益保护法第 55 条。我们怎么裁决都不影响你去投诉、起诉要这笔钱。',
    en: 'Consumer Rights Law, article 55. Whatever we decide, authorities and courts stay open for it.',
  },
} as const;
