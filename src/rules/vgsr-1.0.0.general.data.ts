import { days, hours, percent, words, years, type Article } from './contract.ts';

export const general = [
  {
    no: '1',
    title: { zh: '适用与效力', en: 'Scope and force' },
    bold: false,
    text: '本规范适用于在本平台达成的全部订单。订单适用付款时有效的版本；新版本对消费者更有利的，按有利者执行。本规范不排除、不限制消费者依法投诉、举报、调解、仲裁、诉讼的权利，平台及商家不享有单方解释权或最终解释权。',
    plain: {
      zh: '下单付款那天的规则管到底；新规则对你更好的，用新的。平台和商家没有“最终解释权”。',
      en: 'The rules of the day you paid stay with your order; a newer rule counts if it is better for you. Nobody here has the last word on what they mean, and your way to court stays open.',
    },
    params: {},
    law: ['网络消费司法解释第1条', '电子商务法第32条'],
  },
  {
    no: '2',
    title: { zh: '规则的制定与修改', en: 'How rules are made and changed' },
    bold: false,
    text: '修改一般规则至少提前{GENERAL_NOTICE}公示，修改涉及各方重要权益的规则至少提前{IMPORTANT_NOTICE}公示，并公开征求意见不少于{CONSULT}；历史版本自新版本生效之日起保存不少于{HISTORY}，可检索、可下载、可对比。不得以默认勾选取得同意。商家不接受修改的可退出，按原规则承担责任。',
    plain: {
      zh: '改规则要提前{GENERAL_NOTICE}公示，重要的提前{IMPORTANT_NOTICE}，先征求意见至少{CONSULT}；旧版本至少留{HISTORY}，随时能查。',
      en: 'A change is announced {GENERAL_NOTICE} ahead, an important one {IMPORTANT_NOTICE}, after at least {CONSULT} of consultation; old versions stay readable for {HISTORY}.',
    },
    params: {
      GENERAL_NOTICE: days(7),
      IMPORTANT_NOTICE: days(15),
      CONSULT: days(7),
      HISTORY: years(3),
    },
    law: ['电子商务法第33、34条', '网络交易平台规则监督管理办法（2026）'],
  },
  {
    no: '3',
    title: { zh: '官方支付与担保', en: 'Official payment and escrow' },
    bold: true,
    text: '一切付款只能通过平台接入的持牌支付机构完成，资金由支付机构按订单冻结，确认收货并经过{SETTLE_DELAY}后方可结算给商家；平台不归集、不挪用交易资金。有未结售后的订单行不得结算。',
    plain: {
      zh: '只在平台里付款。钱先由支付机构冻结，你确认收货、再过 {SETTLE_DELAY} 才到商家手里。',
      en: 'Pay only inside the platform. The money is frozen by a licensed institution and reaches the shop {SETTLE_DELAY} after you confirm.',
    },
    params: {
      SETTLE_DELAY: words('T+1/3/7'),
    },
    law: ['非银行支付机构监督管理条例', '电子商务法第53条'],
  },
  {
    no: '4',
    title: { zh: '禁止私下交易', en: 'No private deals' },
    bold: true,
    text: '任何一方不得引导对方脱离平台付款或沟通。商家工作人员引导的，商家仍须承担销售者责任，并按第34条处罚；平台对受害消费者负协助义务。',
    plain: {
      zh: '谁让你加微信、转账付款，都别答应。商家的人这么干，商家照样要负责。',
      en: 'Nobody may lead you off the platform to pay or talk. If the staff of a shop does, the shop still answers for it.',
    },
    params: {},
    law: ['网络消费司法解释第5条'],
  },
  {
    no: '5',
    title: { zh: '卡类验证与补发退款', en: 'Card checks, replacement, refund' },
    bold: true,
    text: '消费者应在首次查看卡密（激活）后{CARD_VERIFY_WINDOW}内完成验证；在此时限内提出失效的，推定卡密交付时即失效。商家应自售后提交之时起{MERCHANT_REMEDY}内补发或退款，逾期由系统自动退款。超过验证时限不丧失申诉权，举证依第22条。',
    plain: {
      zh: '查看卡密后{CARD_VERIFY_WINDOW}内说失效，就当它交付时已经失效。商家{MERCHANT_REMEDY}内补发或退款，不然系统自动退。',
      en: 'Report a dead card within {CARD_VERIFY_WINDOW} of seeing it and it counts as dead on delivery. The shop replaces or refunds within {MERCHANT_REMEDY}, else the system refunds.',
    },
    params: {
      CARD_VERIFY_WINDOW: hours(2, { min: 2, max: 168 }),
      MERCHANT_REMEDY: hours(24, { min: 1, max: 24 }),
    },
    law: ['民法典第582条', '消费者权益保护法第24条'],
  },
  {
    no: '6',
    title: { zh: '期间的计算', en: 'How time is counted' },
    bold: false,
    text: '以小时计的期间连续计算；以日计的，开始当日不计入，末日为法定休假日的顺延至休假结束次日；以工作日计的，按国务院公布的放假调休安排、北京时间计算，尚未公布的年度先行暂计并在公布后重算，重算不得缩短消费者已告知的期限。平台公告的系统故障时段不计入。须由一方作为的期限过去{CLOCK_REMIND_FIRST}和{CLOCK_REMIND_LAST}时，平台提醒轮到的一方，并写明所依据的条款；付款的期限只在过去{CLOCK_REMIND_FIRST}时提醒；本规范对提醒另有规定的从其规定。',
    plain: {
      zh: '小时连着算；按日算的当天不算，最后一天放假就顺延；工作日按国家放假调休。平台故障的时间不算。要有人做点什么的时限，过了{CLOCK_REMIND_FIRST}和{CLOCK_REMIND_LAST}会提醒轮到的一方；付款只在过了{CLOCK_REMIND_FIRST}时提醒。',
      en: 'Hours run through. Days begin the day after and move past a holiday at the end. Working days follow the Chinese calendar. Our outages do not count. When {CLOCK_REMIND_FIRST} and {CLOCK_REMIND_LAST} of a time by which somebody must act are over, we remind whoever has the turn; of a payment at {CLOCK_REMIND_FIRST} only.',
    },
    params: { CLOCK_REMIND_FIRST: percent(50), CLOCK_REMIND_LAST: percent(80) },
    law: ['民法典第200至204条'],
  },
] as const satisfies readonly Article[];
