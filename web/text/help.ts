/** Texts of the help beside a key: guide, code checker, question to the issuer. */
export const help = {
  help: { zh: '用不了？先对一对', en: 'It does not work? Check it here' },
  check: { zh: '对一对：你输入的和发给你的', en: 'Compare: what you typed and what was issued' },
  checkedAt: {
    zh: '对过 {count} 次，最近 {time}。已记进这一单的存证。',
    en: 'Compared {count} times, last {time}. Recorded in this order’s evidence.',
  },
  part: { zh: '你输入的是', en: 'What you typed is' },
  part_secret: { zh: '卡密（密码）', en: 'the key' },
  part_number: { zh: '卡号', en: 'the card number' },
  typed: { zh: '把你在官网输入的那一串粘过来', en: 'Paste what you typed at the official page' },
  typedHint: {
    zh: '原样粘过来，空格也别删。只比对，不保存你输入的内容。',
    en: 'Paste it as it was, with its spaces. It is compared and not kept.',
  },
  checkNow: { zh: '对一对', en: 'Compare' },
  checkAfter: {
    zh: '只告诉你哪里不一样，不显示卡密。结果记进存证，以后申诉不用再解释。[[22]]',
    en: 'Says where they differ and shows no key. The result is recorded, so that a later claim need not explain it. [[22]]',
  },
  issuer: { zh: '向发行方核验', en: 'Ask the issuer' },
  ask: { zh: '向发行方核验', en: 'Ask the issuer' },
  askAfter: {
    zh: '问{issuer}：用过没有、什么时候用的。答复记进存证，你和商家都能看到。[[22]]',
    en: 'Asks {issuer} whether it was used and when. The answer is recorded; you and the shop both see it. [[22]]',
  },
  usedAt: { zh: '使用时间 {time}。', en: 'Used at {time}.' },
  usedBy: { zh: '使用账号 {account}。', en: 'By account {account}.' },
  askedAt: { zh: '{time} 你问的。', en: 'You asked at {time}.' },
  askedBySystem: { zh: '{time} 系统问的。', en: 'Asked by the system at {time}.' },
  raw: { zh: '答复原文指纹', en: 'Fingerprint of the answer' },
  did_check: { zh: '对过了，结果在下面那一张里。', en: 'Compared; the result is with the key below.' },
  did_askIssuer: {
    zh: '问出去了。有答复会显示在那一张里，也会发消息给你。',
    en: 'Asked. The answer appears with the key, and a message tells you.',
  },
  shopHelp: { zh: '买家核对过的和发行方说的', en: 'What the buyer compared and what the issuer said' },
  shopChecks: { zh: '买家对过 {count} 次：{verdict}', en: 'The buyer compared {count} times: {verdict}' },
  askedByBuyer: { zh: '{time} 买家问的。', en: 'The buyer asked at {time}.' },
} as const;
