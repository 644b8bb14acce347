/** 权益卡 of card keys: what, when, and what if not. Before the payment the times assume that it is made now; afterwards they are fixed. */
export const rights = {
  keys: { zh: '{count} 张可用的卡密', en: '{count} working keys' },
  keysOne: { zh: '一张可用的卡密', en: 'One working key' },
  keysWhen: { zh: '{time} 前发出', en: 'sent by {time}' },
  keysElse: {
    zh: '没发出：{late} 起可一键取消，全额退；**{refund} 仍没发出就自动退款**。[[18]]',
    en: 'If not: from {late} you can cancel with one press, all money back; **at {refund} it is refunded by itself**. [[18]]',
  },
  goods: { zh: '按商品页交付', en: 'Delivered as the listing says' },
  fault: { zh: '有问题就处理', en: 'Faults are put right' },
  faultElse: {
    zh: '商家没有处理：**系统自动退款**，退到你的付款账户。[[21]]',
    en: 'If the shop does nothing: **refunded by itself** to where you paid from. [[21]]',
  },
  noReason: { zh: '{days} 天无理由', en: '{days} days to return it' },
  noReasonWhen: { zh: '收到次日起 {days} 天内', en: 'within {days} days from the day after you receive it' },
  noReasonElse: {
    zh: '没有在本次购买中单独确认例外的，商家不能拒绝。[[20]]',
    en: 'Unless you confirmed an exception for this purchase, the shop cannot refuse. [[20]]',
  },
  paidElseGoods: {
    zh: '不确认：交付后 {span}自动确认；有售后没处理完，**一分都不结算**。[[3]]',
    en: 'If you do not: confirmed by itself {span} after delivery; while a claim is open, **not a fen is paid out**. [[3]]',
  },
  verify: { zh: '有时间验证', en: 'Time to check it' },
  verifyWhen: { zh: '首次查看后 {span}内', en: 'within {span} of first seeing it' },
  verifyElse: {
    zh: '这期间说它无效，先推定交付时就无效，由商家证明有效。过了 {span}**仍可申诉**，到查看后第 {days} 天。[[5]][[22]]',
    en: 'Say then that it fails, and it is presumed to have failed at delivery; the shop must prove otherwise. After {span} **you can still dispute**, until day {days} after seeing it. [[5]] [[22]]',
  },
  remedy: { zh: '无效就补或退，你选', en: 'Replaced or refunded, you choose' },
  remedyWhen: { zh: '提交售后起 {span}内', en: 'within {span} of your claim' },
  remedyElse: {
    zh: '商家没有处理：**系统自动退款**，退到你的付款账户。[[5]]',
    en: 'If the shop does nothing: **refunded by itself** to where you paid from. [[5]]',
  },
  cancel: { zh: '没看过可以取消', en: 'Unseen keys can be cancelled' },
  cancelWhen: { zh: '{time} 前', en: 'until {time}' },
  cancelElse: {
    zh: '没查看的卡密可退；**看过之后不再适用七日无理由**，付款前会单独请你确认。[[20]]',
    en: 'Keys that you have not revealed can be returned; **after revealing, the seven days no longer apply**, and you confirm that separately before paying. [[20]]',
  },
  use: { zh: '足够的使用期', en: 'Enough time to use it' },
  useWhen: { zh: '发出时至少还剩 {span}', en: 'at least {span} left when sent' },
  useElse: {
    zh: '剩余不足 {span}的卡系统不让发。你在有效期内没用而过期：**不补不退**；到期前 12 小时、2 小时会提醒你。[[19]]',
    en: 'A key with less than {span} left is not sent. If it expires because you did not use it: **no replacement, no refund**; you are reminded 12 and 2 hours before. [[19]]',
  },
  paid: { zh: '钱最后才付给商家', en: 'The shop is paid last' },
  paidWhen: { zh: '你确认后再等 {days} 天', en: '{days} days after you confirm' },
  paidElse: {
    zh: '不确认：查看后 {span}自动确认；有售后没处理完，**一分都不结算**。[[3]]',
    en: 'If you do not: confirmed by itself {span} after you see it; while a claim is open, **not a fen is paid out**. [[3]]',
  },
} as const;
