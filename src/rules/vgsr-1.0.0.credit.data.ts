import { count, days, fullDays, hours, money, percent, type Article } from './contract.ts';

export const credit = [
  {
    no: '34',
    title: { zh: '阶梯处罚', en: 'Steps of penalty' },
    bold: false,
    text: '经确认的违规，{PENALTY_WINDOW}内首次警告，第二次封号；盗刷卡密、恶意软件、诈骗、诱导私下付款等严重违规可直接封号。处罚应公示并给予{PEN_APPEAL}申诉期。',
    plain: {
      zh: '{PENALTY_WINDOW}内第一次警告，第二次封号；盗刷、诈骗这类直接封。处罚会公示，{PEN_APPEAL}内可申诉。',
      en: 'Within {PENALTY_WINDOW}: first a warning, then a ban; stolen keys and scams are banned at once. Penalties are published and can be appealed for {PEN_APPEAL}.',
    },
    params: {
      PENALTY_WINDOW: days(365),
      PEN_APPEAL: days(7),
    },
    law: ['电子商务法第36条'],
  },
  {
    no: '35',
    title: { zh: '保证金', en: 'The deposit' },
    bold: false,
    text: '保证金数额按类目与交易额确定并公示：在售商品中最高一档，卡密、充值类{DEPOSIT_CARD}，软件授权与下载类{DEPOSIT_LICENCE}，会员与服务类{DEPOSIT_SERVICE}，游戏与账号类{DEPOSIT_ACCOUNT}，实物类{DEPOSIT_PHYSICAL}，另加近{DEPOSIT_VOLUME_WINDOW}已结算交易额的{DEPOSIT_VOLUME}，合计至多{DEPOSIT_MAX}。保证金仅用于赔付消费者；不足{DEPOSIT_RATIO}的应在{TOPUP_DEP}内补足，逾期暂停销售；退出且最后一笔订单完成满{DEP_LOCK}与在保最长担保期（如账号{DEP_LOCK_ACCOUNT}）较长者、无未结售后的，{DEP_RETURN}内退还。',
    plain: {
      zh: '保证金只用来赔买家，数额按卖什么（{DEPOSIT_CARD} 到 {DEPOSIT_PHYSICAL}）加近{DEPOSIT_VOLUME_WINDOW}交易额的 {DEPOSIT_VOLUME} 算，最多{DEPOSIT_MAX}。低于 {DEPOSIT_RATIO} 要在{TOPUP_DEP}内补足。退出后满{DEP_LOCK}（卖过账号的满{DEP_LOCK_ACCOUNT}）、没有未结售后，{DEP_RETURN}内退还。',
      en: 'The deposit pays buyers only. It follows what you sell ({DEPOSIT_CARD} to {DEPOSIT_PHYSICAL}) and {DEPOSIT_VOLUME} of what was settled in {DEPOSIT_VOLUME_WINDOW}, {DEPOSIT_MAX} at most. Below {DEPOSIT_RATIO} it is topped up within {TOPUP_DEP}. It returns {DEP_RETURN} after {DEP_LOCK} ({DEP_LOCK_ACCOUNT} where accounts were sold) without an open case.',
    },
    params: {
      DEPOSIT_RATIO: percent(100),
      DEPOSIT_CARD: money(100_000),
      DEPOSIT_LICENCE: money(100_000),
      DEPOSIT_SERVICE: money(50_000),
      DEPOSIT_ACCOUNT: money(300_000),
      DEPOSIT_PHYSICAL: money(200_000),
      DEPOSIT_VOLUME: percent(2),
      DEPOSIT_VOLUME_WINDOW: days(30),
      DEPOSIT_MAX: money(10_000_000),
      TOPUP_DEP: hours(72),
      DEP_LOCK: days(90),
      DEP_LOCK_ACCOUNT: days(180),
      DEP_RETURN: days(15),
    },
    law: ['电子商务法第21、58条'],
  },
  {
    no: '36',
    title: { zh: '信誉评分', en: 'Reputation' },
    bold: false,
    text: '商家信誉依售后响应速度、问题解决率、按时交付率、纠纷率计算，公式公开；{RATE_WINDOW}纠纷率低于{DISPUTE_BADGE}的授予标识，达到{DISPUTE_FREEZE}的限制上新。虚假交易产生的评价不计入且不掩盖真实评价；不得删除消费者评价。',
    plain: {
      zh: '信誉按公开的公式算。{RATE_WINDOW}纠纷率低于 {DISPUTE_BADGE} 有标识，到 {DISPUTE_FREEZE} 不能上新。买家评价不许删。',
      en: 'Reputation follows a public formula. Below {DISPUTE_BADGE} disputes in {RATE_WINDOW} there is a badge; from {DISPUTE_FREEZE} on, no new listings. Reviews are never deleted.',
    },
    params: {
      RATE_WINDOW: days(90),
      DISPUTE_BADGE: percent(5),
      DISPUTE_FREEZE: percent(8),
    },
    law: ['电子商务法第39条'],
  },
  {
    no: '37',
    title: { zh: '售后险', en: 'After-sales cover' },
    bold: false,
    text: '售后险自愿投保、不得默认勾选，保费、责任、免责单独展示；赔付扣除已获补偿；购买与否不影响商家责任。',
    plain: {
      zh: '售后保障自愿买，不会替你勾好。买不买，商家的责任都一样。',
      en: 'Cover is your choice and never ticked for you. The shop owes the same with or without it.',
    },
    params: {},
    law: ['电子商务法第19条'],
  },
  {
    no: '38',
    title: { zh: '恶意投诉', en: 'Complaints in bad faith' },
    bold: false,
    text: '伪造证据、对同一已用卡密反复索赔、以投诉敲诈的，视情节提醒、限制快捷赔付、暂停售后快速通道、封号；不得以胜诉率单独认定恶意，不得限制其向行政、司法机关求助。',
    plain: {
      zh: '造假证据、拿用过的卡密反复索赔，会被限制快速赔付，严重的封号。但打赢得多不等于恶意，也不拦你去投诉、起诉。',
      en: 'Forged evidence or claiming a used key again and again costs the fast lane, at worst the account. Winning often is not bad faith, and nobody is kept from authorities or courts.',
    },
    params: {},
    law: [],
  },
  {
    no: '39',
    title: { zh: '个人信息与卡密', en: 'Personal data and keys' },
    bold: false,
    text: '证据仅向办案必要人员开放，敏感信息脱敏；处理敏感个人信息取得单独同意；依法应保存的，注销后隔离保存，期满删除。',
    plain: {
      zh: '证据只给办案的人看，敏感信息打码。注销后依法要留的单独锁存，到期删。',
      en: 'Evidence is shown only to those who decide, with sensitive parts masked. After you leave, what the law keeps is locked away and deleted in time.',
    },
    law: ['个人信息保护法第6、19、28、29、47条'],
  },
  {
    no: '40',
    title: { zh: '外部救济与协助', en: 'Help outside the platform' },
    bold: false,
    text: '平台提供12315投诉材料、支付机构投诉对接、诉讼证据包的一键导出，提供商家真实名称、地址与联系方式；不能提供的，平台先行承担。监管部门依法调取的，平台予以配合并登记。',
    plain: {
      zh: '投诉 12315、找支付机构、去法院，材料一键导出。商家的真名和地址给你，给不出来平台先赔。',
      en: 'For 12315, your payment institution or a court, one click exports the papers. You get the name and address of the shop; if we cannot give them, we pay first.',
    },
    params: {},
    law: ['消费者权益保护法第44条', '电子商务法第61、62条'],
  },
] as const satisfies readonly Article[];
