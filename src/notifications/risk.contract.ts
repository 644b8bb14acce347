/** What is told of measures, pauses and freezes; part of `messageKinds`. */
export const riskMessages = {
  'measure.news': {
    takes: { what: 'words', next: 'words' },
    link: '/account/measures',
    title: { zh: '账户措施：{what}', en: 'A measure about your account: {what}' },
    text: { zh: '{what}。{next}', en: '{what}. {next}' },
  },
  'shop.measure': {
    takes: { what: 'words', next: 'words' },
    link: '/merchant/measures',
    title: { zh: '店铺处罚：{what}', en: 'A penalty of your shop: {what}' },
    text: { zh: '{what}。{next}', en: '{what}. {next}' },
  },
  'shop.paused': {
    takes: { listing: 'title', what: 'words', next: 'words' },
    link: '/merchant/measures',
    title: { zh: '商品暂停销售：{listing}', en: 'Paused: {listing}' },
    text: { zh: '{listing}：{what}。{next}〔第46条〕', en: '{listing}: {what}. {next} (article 46)' },
  },
  'shop.cured': {
    takes: { listing: 'title', what: 'words' },
    link: '/merchant/measures',
    title: { zh: '商品恢复销售：{listing}', en: 'On sale again: {listing}' },
    text: { zh: '{listing}：“{what}”已经消除。', en: '{listing}: “{what}” is over.' },
  },
  'shop.frozen': {
    takes: { what: 'words', next: 'words' },
    link: '/merchant/measures',
    title: { zh: '店铺资金：{what}', en: 'Your shop’s money: {what}' },
    text: { zh: '{what}。{next}〔第47条〕', en: '{what}. {next} (article 47)' },
  },
  'staff.risk': {
    takes: { what: 'words', about: 'title' },
    link: '/operator/risk',
    title: { zh: '风控：{what}', en: 'Risk: {what}' },
    text: { zh: '{about}：{what}，请到风控台处理。', en: '{about}: {what}. See the risk desk.' },
  },
  'order.review': {
    takes: { order: 'order', what: 'words' },
    link: '/orders/{order}',
    title: { zh: '订单核实：{what}', en: 'Your order: {what}' },
    text: { zh: '订单 {order}：{what}。〔第49条〕', en: 'Order {order}: {what} (article 49).' },
  },
  'staff.duplicates_met': {
    takes: { shop: 'title', count: 'count' },
    link: '/operator',
    title: { zh: '撞卡：{shop}，{count} 条', en: 'Duplicate keys: {shop}, {count}' },
    text: {
      zh: '{shop} 导入了 {count} 条别家店铺已有的卡密。已隔离，没有上架，请核实来源。',
      en: '{shop} imported {count} keys that other shops have. They are quarantined and not on sale; please check where they came from.',
    },
  },
  'staff.lured': {
    takes: { order: 'order', shop: 'title', what: 'words' },
    link: '/operator/messages/{order}',
    title: { zh: '商家把买家往站外引：{shop}', en: 'A shop leads buyers away: {shop}' },
    text: {
      zh: '订单 {order} 的聊天里，{shop} 提到了{what}。已记录并遮住，请核实。〔第4条、第34条〕',
      en: 'In the conversation of order {order}, {shop} named {what}. It is recorded and masked; please check (articles 4 and 34).',
    },
  },
} as const;
