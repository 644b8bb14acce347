import { count, fullDays, hours, minutes, money, type Article } from './contract.ts';

export const risk = [
  {
    no: '46',
    title: { zh: '经营异常时暂停销售', en: 'Pauses while a shop cannot deliver' },
    bold: false,
    text: '同一商品连续{HEALTH_DELAY}、至少{HEALTH_SAMPLE}次交付中有百分之五以上超过承诺时间的，自动交付的商品库存为零的，或者供货方余额不足以完成交付的，系统暂停该商品销售，告知商家原因，并在原因消除后恢复。暂停不影响已成立的订单，不计为违规。',
    plain: {
      zh: '发货慢了{HEALTH_DELAY}、卖空了、供货方没钱了，商品先停卖，好了自动恢复。这不算违规，已经下的单照常。',
      en: 'Late for {HEALTH_DELAY}, sold out, or a supplier without money: the listing pauses and comes back when it is cured. That is no offence, and orders go on.',
    },
    params: { HEALTH_DELAY: minutes(30), HEALTH_SAMPLE: count(5) },
    law: [],
  },
  {
    no: '47',
    title: { zh: '商家失联时止付', en: 'Money waits when a shop falls silent' },
    bold: true,
    text: '商家自最早一件未结售后提交起连续{SILENT}没有任何经营或答复行为，且未结售后达到{SILENT_CASES}件的，系统冻结其待结算和可提现款项，暂停其商品销售，通知平台人员。冻结以保护未结售后所需为限，解除须由两名平台人员说明理由；商家可以随时答复售后并申请解除。',
    plain: {
      zh: '商家{SILENT}没动静、还有 {SILENT_CASES} 件售后没人管，钱先冻住、商品先停卖。两个人同意才解冻。',
      en: 'A shop silent for {SILENT} with {SILENT_CASES} open cases: its money is frozen and its listings pause until two people say otherwise.',
    },
    params: { SILENT: hours(48), SILENT_CASES: count(3) },
    law: ['电子商务法第38条'],
  },
  {
    no: '48',
    title: { zh: '大额订单', en: 'Orders of high value' },
    bold: false,
    text: '总价达到{HIGH_VALUE}的订单，结算时间在第42条之外再加{HIGH_VALUE_EXTRA}，固定货源链条（发行、入库、上架、成交、查看），列入查验；账号类交接由平台见证。有售后险的，单独询问是否投保，不得默认勾选。',
    plain: {
      zh: '{HIGH_VALUE}起的订单，钱多压{HIGH_VALUE_EXTRA}，货从哪来全程留证，还要查验。账号交接平台看着。',
      en: 'From {HIGH_VALUE} on, the money waits {HIGH_VALUE_EXTRA} longer, the way of the goods is fixed as evidence, and the order is inspected. Accounts change hands before a witness.',
    },
    params: { HIGH_VALUE: money(100_000), HIGH_VALUE_EXTRA: fullDays(3) },
    law: ['电子商务法第38条'],
  },
  {
    no: '49',
    title: { zh: '异常购买', en: 'Purchases out of the ordinary' },
    bold: false,
    text: '注册不满{NEW_ACCOUNT}的账户在{VELOCITY_WITHIN}内购买同一规格卡密达到{VELOCITY_UNITS}件的，相关订单暂缓查看和结算，由平台人员在{RISK_REVIEW}内核实；核实无异常或者到期未核实的恢复，发现涉嫌违法的依法报告。消费者可以说明情况。',
    plain: {
      zh: '新账户{VELOCITY_WITHIN}里买了 {VELOCITY_UNITS} 张一样的卡，先等{RISK_REVIEW}核实。没问题、或到点没人核实，都自动恢复。',
      en: 'A new account that buys {VELOCITY_UNITS} equal cards in {VELOCITY_WITHIN} waits up to {RISK_REVIEW} for a look. If nothing is found, or nobody looked in time, it goes on.',
    },
    params: {
      NEW_ACCOUNT: fullDays(7),
      VELOCITY_WITHIN: minutes(10),
      VELOCITY_UNITS: count(50),
      RISK_REVIEW: minutes(30),
    },
    law: ['反洗钱法', '反电信网络诈骗法'],
  },
] as const satisfies readonly Article[];
