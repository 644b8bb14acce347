import { count, days, hours, minutes, money, percent, workdays, type Article } from './contract.ts';

export const aftersales = [
  {
    no: '20',
    title: { zh: '七日无理由', en: 'Seven days without reason' },
    bold: true,
    text: '实物商品自签收次日起{NO_REASON}内可无理由退货，法律规定的例外及消费者在本次购买中单独确认的除外；未经单次确认，商家不得拒绝。在线下载或已查看的数字化商品不适用；未查看且可再售的卡密，消费者可在{UNREVEALED_CANCEL}内取消。商家承诺更优的从其承诺。',
    plain: {
      zh: '实物签收次日起{NO_REASON}可无理由退。没看过、还能再卖的卡密，{UNREVEALED_CANCEL}内可取消；看过的不行。',
      en: 'Goods can be returned for {NO_REASON} from the day after you signed. A key you have not seen can be cancelled for {UNREVEALED_CANCEL}; one you have seen cannot.',
    },
    params: {
      NO_REASON: days(7, { min: 7, max: 90 }),
      UNREVEALED_CANCEL: days(7, { min: 7, max: 90 }),
    },
    law: [
      '消费者权益保护法第25条',
      '网络购买商品七日无理由退货暂行办法第6、7、19条',
      '网络消费司法解释第2、3条',
    ],
  },
  {
    no: '21',
    title: { zh: '强制售后响应', en: 'After-sales cannot be refused' },
    bold: true,
    text: '商家不得关闭售后入口，不得以“虚拟商品不支持退换”拒绝处理质量与履约问题。商家应在消费者指定的合理时间（默认{DEMAND}）内答复，并在24小时内给出处理方案。',
    plain: {
      zh: '商家不能关掉售后，也不能说“虚拟商品不退不换”就不理。你没另定时间的话，{DEMAND}内要答复，24 小时内给方案。',
      en: 'A shop cannot close after-sales or say that virtual goods are never taken back. It answers within {DEMAND} unless you set another time, and offers a way out within 24 hours.',
    },
    params: {
      DEMAND: hours(4),
    },
    law: [],
  },
  {
    no: '22',
    title: { zh: '举证责任', en: 'Who must prove it' },
    bold: true,
    text: '平台自动固定的证据优先采用。商品是否按承诺交付、卡密交付时是否有效、绑定规则是否告知，由商家举证；商家主张人为损坏或操作不当的，由商家举证，举证不能的退款或换货。消费者对损失范围及初步事实负说明义务。平台可要求一方在{EVIDENCE_WITHIN}内举证，至多{EVIDENCE_ROUNDS}轮。持有证据无正当理由拒不提供的，作不利推定。',
    plain: {
      zh: '按没按承诺交付、卡密好不好，商家来证明。说是你弄坏的，也由商家证明；证明不了就退或换。平台要谁补证据，给{EVIDENCE_WITHIN}，最多{EVIDENCE_ROUNDS}轮。',
      en: 'The shop proves that it delivered as promised and that the key worked. If it says you broke it, it proves that too, or refunds or replaces. Who is asked for evidence has {EVIDENCE_WITHIN}, {EVIDENCE_ROUNDS} times at most.',
    },
    params: {
      EVIDENCE_WITHIN: hours(24),
      EVIDENCE_ROUNDS: count(2),
    },
    law: ['民事诉讼证据规定第95条', '消费者权益保护法第23条'],
  },
  {
    no: '23',
    title: { zh: '四固定', en: 'Four things fixed' },
    bold: false,
    text: '平台自动固定交易记录、商品描述、沟通内容、交付结果，在交易完成后{ARCHIVE}内封存，并提供校验工具。双方均可补充；补充材料注明形成与提交时间。站外聊天截图须经质证方可采用。',
    plain: {
      zh: '交易、商品页、聊天、交付，平台自动存证，交易完成{ARCHIVE}内封存，谁也改不了，你可以自己验。',
      en: 'Transaction, listing, messages and delivery are recorded by the platform and sealed within {ARCHIVE}. Nobody can change them, and you can check that yourself.',
    },
    params: {
      ARCHIVE: hours(24),
    },
    law: [],
  },
  {
    no: '24',
    title: { zh: '申诉场景', en: 'Choosing a complaint' },
    bold: false,
    text: '消费者提交售后应选择申诉场景并按“事实—依据—诉求”填写。场景选择不当的，由平台更正，不影响提交时间和实体权利。',
    plain: {
      zh: '选一个最像的场景，写清事实、依据和要求就行。选错了平台改，不影响你的时间和权利。',
      en: 'Pick the closest scene and write what happened, why, and what you want. If the scene is wrong we correct it; you lose neither time nor rights.',
    },
    params: {},
    law: [],
  },
  {
    no: '25',
    title: { zh: '到账轻微延迟', en: 'Slight delays' },
    bold: false,
    text: '到账延迟{L1}以内或输入错误等简单问题，建议先与商家沟通；沟通不是申请售后的前置条件。商品最终交付但晚于承诺时限的，系统按实测的延迟自动补偿：超过{DELAY_1}的退还价款的{DELAY_1_PAYS}，超过{DELAY_2}的退还{DELAY_2_PAYS}，超过{DELAY_3}的退还{DELAY_3_PAYS}；补偿计入退款，不影响其他权利。',
    plain: {
      zh: '晚了不到{L1}，先问问商家往往最快。但不问也可以直接申请售后。到了但晚了，系统量出来自动补：超过{DELAY_1}补价款的 {DELAY_1_PAYS}，超过{DELAY_2}补 {DELAY_2_PAYS}，超过{DELAY_3}补 {DELAY_3_PAYS}。',
      en: 'Under {L1} late, asking the shop is usually fastest. You need not ask before you file. What arrives late is compensated by itself: over {DELAY_1} {DELAY_1_PAYS} of the price, over {DELAY_2} {DELAY_2_PAYS}, over {DELAY_3} {DELAY_3_PAYS}.',
    },
    params: {
      L1: minutes(10),
      DELAY_1: hours(1),
      DELAY_1_PAYS: percent(2),
      DELAY_2: hours(6),
      DELAY_2_PAYS: percent(5),
      DELAY_3: hours(12),
      DELAY_3_PAYS: percent(10),
    },
    law: [],
  },
  {
    no: '26',
    title: { zh: '升级时限', en: 'Time to escalate' },
    bold: true,
    text: '商家明确拒绝或逾期不处理的，消费者可在{ESCALATE}内申请平台介入；商家提出{OFFER_ROUNDS}次方案仍未谈拢的，可立即申请。平台应在到期前{ESCALATE_REMIND_FIRST}、{ESCALATE_REMIND_LAST}提醒。逾期仅导致平台程序终止，不视为放弃实体权利；订单资金在程序终止后再留存{LAPSE_GRACE}；有正当理由的可在{REOPEN}内恢复一次。',
    plain: {
      zh: '商家拒绝或不理，{ESCALATE}内可以找平台，到期前{ESCALATE_REMIND_FIRST}和{ESCALATE_REMIND_LAST}会提醒你。过了时间只是平台程序结束，有理由{REOPEN}内还能恢复一次，你的权利一直在。',
      en: 'If the shop refuses or stays silent, call us within {ESCALATE}; we remind you {ESCALATE_REMIND_FIRST} and {ESCALATE_REMIND_LAST} before. After that only our procedure ends; with a good reason it reopens once within {REOPEN}, and your rights remain.',
    },
    params: {
      ESCALATE: hours(48),
      ESCALATE_REMIND_FIRST: hours(24),
      ESCALATE_REMIND_LAST: hours(4),
      REOPEN: days(7),
      OFFER_ROUNDS: count(2),
      LAPSE_GRACE: hours(24),
    },
    law: [],
  },
  {
    no: '27',
    title: { zh: '平台介入', en: 'When the platform steps in' },
    bold: false,
    text: '平台应在{ACCEPT}内受理或说明不予受理理由，在{DECIDE}内裁决；虚拟商品专属仲裁通道在{FAST}内裁决。超期未决且消费者已提交初步证据的，平台先行赔付。',
    plain: {
      zh: '平台{ACCEPT}内受理，{DECIDE}内裁决；虚拟商品快速通道{FAST}。我们超时，而你有初步证据，就先赔你。',
      en: 'We accept within {ACCEPT} and decide within {DECIDE}; the fast lane for virtual goods takes {FAST}. If we are late and you have shown first evidence, you are paid first.',
    },
    params: {
      ACCEPT: workdays(1),
      DECIDE: workdays(3),
      FAST: hours(24),
    },
    law: [],
  },
  {
    no: '28',
    title: { zh: '裁决与说理', en: 'Decisions with reasons' },
    bold: false,
    text: '裁决应载明事实、证据、条款、责任与救济。仅由自动化方式作出的处理，当事人要求人工的，应当人工复核。金额超过{FOUR_EYES}的裁决由两人分别签署。对当事人采取不利措施的，应告知理由、依据和申诉渠道。',
    plain: {
      zh: '裁决要写清事实、证据、条款和结果。机器做的决定，你可以要求人来复核。超过{FOUR_EYES}的裁决要两个人签。',
      en: 'A decision states facts, evidence, articles and result. If a machine made it, you can ask for a person. Above {FOUR_EYES} two people sign.',
    },
    params: {
      FOUR_EYES: money(200_000),
    },
    law: ['个人信息保护法第24条', '网络交易平台规则监督管理办法（2026）'],
  },
  {
    no: '29',
    title: { zh: '仲裁与复核', en: 'Tribunal and review' },
    bold: false,
    text: '任何一方不服裁决，可在{ARB}内申请仲裁庭（三人，随机、回避）；{CROWD_LIMIT}以下事实类争议经双方同意可由{CROWD_JURORS}名评审员评审，先得{CROWD_VOTES}票为准，{CROWD_WITHIN}内不成则转仲裁庭。对仲裁结果可在{APPEAL}内申请一次复核。本规范所称仲裁为平台内部争议解决，不影响提起诉讼或依《仲裁法》仲裁。',
    plain: {
      zh: '不服裁决，{ARB}内可申请三人仲裁庭。{CROWD_LIMIT}以下的事实争议，双方同意可由{CROWD_JURORS}名评审员投票，先得{CROWD_VOTES}票为准，{CROWD_WITHIN}内不成转仲裁庭。仲裁后{APPEAL}内可复核一次。这是平台内部程序，你随时可以起诉。',
      en: 'Disagree? Ask for three arbitrators within {ARB}. A dispute about facts under {CROWD_LIMIT} can go to {CROWD_JURORS} jurors, first to {CROWD_VOTES} votes, within {CROWD_WITHIN}, if both agree. One review within {APPEAL}. This is our own procedure; the courts stay open.',
    },
    params: {
      ARB: hours(72),
      CROWD_LIMIT: money(50_000),
      CROWD_JURORS: count(17),
      CROWD_VOTES: count(9),
      CROWD_WITHIN: hours(24),
      APPEAL: days(5),
    },
    law: ['电子商务法第63条'],
  },
  {
    no: '30',
    title: { zh: '先行赔付', en: 'Paid first' },
    bold: true,
    text: '消费者提交有效证据，且符合失效可查、逾期可测、链接失效、商家失联等情形的，平台不待商家答复，依次从担保资金、商家可用款、保证金、售后险、平台基金中赔付，并向责任人追偿；追回的款项先补足平台基金。上述情形须由系统核实，第5条的推定只转移举证责任。商家失联，指{UNREACHABLE_SILENT}内没有任何操作，且其间有{UNREACHABLE_MISSED}次限期未答复。单次先行赔付不超过{FIRST_PAY_ONCE}；同一消费者、同一设备、同一付款工具{FIRST_PAY_WINDOW}内各不超过{FIRST_PAY_DAY_COUNT}次、{FIRST_PAY_DAY}，平台合计不超过{FIRST_PAY_DAY_ALL}，超出的按一般程序处理。商家可在{OBJECT}内提出异议并请求人工复核，异议成立的由平台基金向商家补足，除消费者欺诈外不向消费者追回。同一损失不得重复受偿。',
    plain: {
      zh: '系统核实得了的（卡密被用过、一卡两卖、链接失效、逾期、商家失联），先赔你，不等商家；一次最多{FIRST_PAY_ONCE}，{FIRST_PAY_WINDOW}内最多{FIRST_PAY_DAY_COUNT}次、{FIRST_PAY_DAY}，多的走一般程序。商家{OBJECT}内可以提异议；异议成立由平台补商家，除非你骗人，不找你要回。',
      en: 'What a machine can verify (a key used or sold twice, a dead link, lateness, a shop that is gone) is paid without waiting for the shop: at most {FIRST_PAY_ONCE} at once, {FIRST_PAY_DAY_COUNT} times and {FIRST_PAY_DAY} in {FIRST_PAY_WINDOW}; above that it goes its usual way. The shop may object within {OBJECT}; if it is right we make it whole, and never take it back from an honest buyer.',
    },
    params: {
      OBJECT: hours(72),
    },
    law: ['电子商务法第58条', '消费者权益保护法第44条'],
  },
  {
    no: '31',
    title: { zh: '退款执行', en: 'How refunds run' },
      FIRST_PAY_ONCE: money(50_000),
      FIRST_PAY_WINDOW: hours(24),
      FIRST_PAY_DAY: money(100_000),
      FIRST_PAY_DAY_COUNT: count(3),
      FIRST_PAY_DAY_ALL: money(5_000_000),
      UNREACHABLE_SILENT: hours(72),
      UNREACHABLE_MISSED: count(3),
    bold: true,
    text: '退款决定生效后{REFUND_START}内原路发起；部分退款按订单行和数量计算；平台服务费按比例退还。因退货的，自收到退货之日起{RETURN_REFUND}内退款，任何情形不得超过{LAW_MAX}。',
    plain: {
      zh: '定了退款，{REFUND_START}内原路退回。退货的，收到货{RETURN_REFUND}内退，最长不超过{LAW_MAX}。',
      en: 'Once decided, a refund starts within {REFUND_START} by the way you paid. For returned goods within {RETURN_REFUND} of arrival, never more than {LAW_MAX}.',
    },
    params: {
      REFUND_START: hours(24),
      RETURN_REFUND: days(7),
      LAW_MAX: days(15),
    },
    law: ['消费者权益保护法第25条', '侵害消费者权益行为处罚办法第9条'],
  },
  {
    no: '32',
    title: { zh: '重复扣款', en: 'Charged twice' },
    bold: false,
    text: '同一订单重复支付的部分，系统自动原路退回；已取消订单的迟到支付，不能恢复订单的自动退回。',
    plain: {
      zh: '付了两次，多的自动退；取消后才到的钱，订单恢复不了也自动退。',
      en: 'Paid twice, the extra goes back by itself. Money that comes after a cancellation goes back too, unless the order can be revived.',
    },
    params: {},
    law: [],
  },
  {
    no: '33',
    title: { zh: '欺诈的法定赔偿', en: 'Damages for fraud' },
    bold: false,
    text: '商家有欺诈行为的，消费者可依法主张价款三倍、不足{FRAUD_MIN}按{FRAUD_MIN}增加赔偿；平台裁决不妨碍该权利。',
    plain: {
      zh: '商家骗你，可以依法要三倍赔偿，不足{FRAUD_MIN}按这个数赔。平台怎么裁都不影响。',
      en: 'For fraud the law gives you three times the price, at least {FRAUD_MIN}. Our decision does not change that.',
    },
    params: {
      FRAUD_MIN: money(50_000),
    },
    law: ['消费者权益保护法第55条'],
  },
] as const satisfies readonly Article[];
