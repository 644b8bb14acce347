/** Texts of the support: how soon it answered, and the way from a call for help to a case. */
export const ticket = {
  figures: {
    zh: '近 30 天 {calls} 次求助，首次响应中位 {median}，最慢 {slowest}',
    en: '{calls} calls in 30 days, answered in {median} (median), {slowest} at most',
  },
  figuresNone: { zh: '近 30 天还没有人找客服。', en: 'Nobody called in the last 30 days.' },
  title: { zh: '转成售后申请', en: 'Turn this into a case' },
  calledAt: { zh: '买家 {time} 找的客服', en: 'The buyer called at {time}' },
  answered: { zh: '首次响应用了 {took}', en: 'answered after {took}' },
  notCalled: {
    zh: '这一单的买家没有找过客服，请买家自己申请。',
    en: 'This buyer never called the support; they file it themselves.',
  },
  unit: { zh: '哪一件', en: 'Which unit' },
  unitOption: { zh: '{title} 第 {place} 件', en: '{title}, unit {place}' },
  reason: { zh: '申诉场景', en: 'Scene' },
  remedy: { zh: '诉求', en: 'What is wanted' },
  symptom: { zh: '买家说了什么', en: 'What the buyer told you' },
  symptomHint: { zh: '照买家的原话写。', en: 'In the buyer’s own words.' },
  tried: { zh: '买家试过什么', en: 'What was tried' },
  code: { zh: '错误代码（有就填）', en: 'Error code, if any' },
  convert: { zh: '按第一次联系的时间提交', en: 'File as of the first contact' },
  convertAfter: {
    zh: '提交时间算 {time}，买家不会因为等客服而吃亏；商家的答复时限从现在起算。钱马上冻住，双方都收到消息。[[24]]',
    en: 'Filed as of {time}, so waiting for us costs the buyer nothing; the shop’s time begins now. The money freezes and both sides are told. [[24]]',
  },
} as const;
