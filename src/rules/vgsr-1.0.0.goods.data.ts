import { count, days, hours, minutes, months, percent, years, type Article } from './contract.ts';

export const goods = [
  {
    no: '7',
    title: { zh: '商家准入白名单', en: 'Who may sell' },
    bold: false,
    text: '商家须提交真实身份、地址、联系方式、行政许可及商品授权证明，经核验列入白名单并缴存保证金后方可上架；平台每{REVERIFY}核验更新。授权到期，相关商品自动下架。',
    plain: {
      zh: '卖家要先交真实身份、许可和授权，审过、交了保证金才能上架；每{REVERIFY}再查一遍。',
      en: 'A shop shows its identity, licences and authorisations and pays a deposit before it lists; all is checked again every {REVERIFY}.',
    },
    params: {
      REVERIFY: months(6),
    },
    law: ['电子商务法第27条', '网络交易监督管理办法第24条'],
  },
  {
    no: '8',
    title: { zh: '上架必填', en: 'What a listing must say' },
    bold: true,
    text: '商品页必须载明：交付方式与时限、有效期、绑定规则、适用设备与系统、激活数量、下载地址（软件类）、实名绑定状态（账号类）、售后时限（无理由天数、故障响应不超过{FAULT_RESPONSE_MAX}）、退款比例及全部费用。缺项不得上架，商品页未载明的不利限制对消费者不生效。',
    plain: {
      zh: '怎么交付、多久、怎么绑定、售后多长、怎么退，都要写在商品页上。没写的限制对你无效。故障最多{FAULT_RESPONSE_MAX}内响应。',
      en: 'Delivery, time limits, binding, after-sales and refunds stand on the listing. A limit that is not written there does not bind you. Faults are answered within {FAULT_RESPONSE_MAX}.',
    },
    params: {
      FAULT_RESPONSE_MAX: hours(24, { min: 1, max: 24 }),
    },
    law: ['消费者权益保护法第20、26、28条'],
  },
  {
    no: '9',
    title: { zh: '抽样测试', en: 'Test purchases' },
    bold: false,
    text: '上架前及上架后平台以不预告方式抽样测试，月抽检率不低于{SAMPLE_RATE}；不合格的立即暂停销售并按批次召回。{BATCH_WITHIN}内同一批次的质量申诉达到{BATCH_ALARM_CASES}件，或达到该批已售的{BATCH_ALARM_SHARE}且不少于{BATCH_SHARE_MIN}件的，自动报警并暂停该批所在商品的销售，查明后恢复。',
    plain: {
      zh: '平台会不打招呼地抽查，每月至少 {SAMPLE_RATE}。不合格就停售、整批召回。同一批 {BATCH_WITHIN}内有 {BATCH_ALARM_CASES}件质量申诉，或占已售的 {BATCH_ALARM_SHARE}，自动停售。',
      en: 'We test without notice, at least {SAMPLE_RATE} every month. What fails is stopped and the whole batch recalled. {BATCH_ALARM_CASES} cases about one batch within {BATCH_WITHIN}, or {BATCH_ALARM_SHARE} of what was sold of it, stop its sale by themselves.',
    },
    params: {
      SAMPLE_RATE: percent(5),
      BATCH_ALARM_CASES: count(3),
      BATCH_ALARM_SHARE: percent(5),
      BATCH_SHARE_MIN: count(2),
      BATCH_WITHIN: days(30),
    },
    law: [],
  },
  {
    no: '10',
    title: { zh: '商品信息固定', en: 'The listing is fixed at payment' },
    bold: false,
    text: '订单以付款时的商品版本为准，商家事后修改不影响已成立订单。平台保存商品信息、交易信息自交易完成起不少于{RETAIN}。',
    plain: {
      zh: '你付款时看到的商品页就是合同，商家后来怎么改都不算。记录至少存{RETAIN}。',
      en: 'The page you saw when you paid is the deal; later edits do not change it. Records are kept for at least {RETAIN}.',
    },
    params: {
      RETAIN: years(3),
    },
    law: ['电子商务法第31、49条'],
  },
  {
    no: '11',
    title: { zh: '禁售', en: 'What may not be sold' },
    bold: false,
    text: '禁止销售：电话卡、银行卡、支付账户、实名社交账号及其代认证服务；盗刷所得卡密；破解、外挂、私服、恶意软件；法律禁止的其他商品。账号类商品仅限成年人之间、游戏规则不禁止且可变更实名绑定的账号，不得向未成年人提供账号租售。',
    plain: {
      zh: '电话卡、银行卡、实名账号、盗刷的卡密、外挂和恶意软件，都不许卖。账号不租不卖给未成年人。',
      en: 'No SIM or bank cards, real-name accounts, stolen keys, cheats or malware. No accounts for minors.',
    },
    params: {},
    law: ['反电信网络诈骗法第31条', '未成年人网络保护条例第46条'],
  },
  {
    no: '12',
    title: { zh: '承诺即义务', en: 'A promise is a duty' },
    bold: false,
    text: '商家作出高于法定或本规范的承诺（如“永久有效”“假一赔十”“即时到账”），应当履行；“即时到账”以{INSTANT}为限，“分钟到账”以{MINUTES}为限，由系统计时。',
    plain: {
      zh: '商家写了“永久有效”“假一赔十”，就得做到。“即时到账”是{INSTANT}内，“分钟到账”是{MINUTES}内，系统计时。',
      en: 'What a shop promises above these rules, it owes. "Instant" means within {INSTANT}, "within minutes" means {MINUTES}; the system keeps the time.',
    },
    params: {
      INSTANT: minutes(10),
      MINUTES: minutes(30),
    },
    law: ['网络消费司法解释第10条'],
  },
] as const satisfies readonly Article[];
