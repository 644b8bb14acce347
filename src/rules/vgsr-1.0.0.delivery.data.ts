import { count, days, hours, minutes, type Article } from './contract.ts';

export const delivery = [
  {
    no: '13',
    title: { zh: '交付时间', en: 'When something is delivered' },
    bold: false,
    text: '在线交付的，以内容进入消费者指定的平台收件位置且能够检索识别的时间为交付时间；仅以聊天告知“已发货”不构成交付。实物以签收时间为交付时间，签收前的风险由商家承担；物流满{PARCEL_STILL}没有更新的，消费者可以要求退款；消费者当场拒收的，商家应在{REFUSED_ANSWER}内处理，逾期未处理或者退件已经签收的，全额退款。',
    plain: {
      zh: '东西进了你在平台的收件位置才算交付；聊天里说一句“已发货”不算。实物签收才算，路上丢了坏了算商家的；{PARCEL_STILL}没动静可以退款，拒收的商家{REFUSED_ANSWER}内不处理就全退。',
      en: 'Delivered means it is in your place on the platform and can be found. A message saying "sent" is not delivery. A parcel is delivered when you sign for it, and until then the risk is the shop’s: without movement for {PARCEL_STILL} you may have your money back; of one you refused, all of it, when it is back or the shop did nothing for {REFUSED_ANSWER}.',
    },
    params: {
      PARCEL_STILL: hours(72),
      REFUSED_ANSWER: hours(24),
    },
    law: ['民法典第512条', '电子商务法第51条'],
  },
  {
    no: '14',
    title: { zh: '卡密安全', en: 'Safe keys' },
    bold: true,
    text: '卡密加密保存，一卡一售；消费者查看时记录时间、设备。商家、平台人员无正当事由不得查看。剩余有效期短于承诺使用期（一般{CARD_USE_WITHIN}）的卡密不得发出。',
    plain: {
      zh: '卡密加密保存，一张只卖一次；谁在什么时候看过都有记录。快过期的（一般不足{CARD_USE_WITHIN}）不能发给你。',
      en: 'Keys are encrypted and sold once; every look is recorded. A key that expires too soon (as a rule within {CARD_USE_WITHIN}) may not be sent.',
    },
    params: {
      CARD_USE_WITHIN: hours(24),
    },
    law: [],
  },
  {
    no: '15',
    title: { zh: '充值时限与补单', en: 'Top-up times' },
    bold: false,
    text: '直充类应在商品页载明的时限（最长{TOPUP_SLA_MAX}）内到账。逾期未到账的，消费者可选择补单、继续等待{WAIT_MORE}或退款；退款前商家应先撤销充值。',
    plain: {
      zh: '充值最多{TOPUP_SLA_MAX}到账。没到，你可以要求补单、再等{WAIT_MORE}，或者退款。',
      en: 'A top-up arrives within {TOPUP_SLA_MAX} at most. If not, choose: repeat it, wait {WAIT_MORE} more, or a refund.',
    },
    params: {
      TOPUP_SLA_MAX: hours(24),
      WAIT_MORE: hours(2),
    },
    law: [],
  },
  {
    no: '16',
    title: { zh: '软件与下载', en: 'Software and downloads' },
    bold: false,
    text: '软件类交付须包含有效激活码或下载地址、版本与文件校验值。付款满{NO_ADDRESS}仍没有有效地址的，消费者可以报告未收到；地址失效的，商家应在{LINK_FIX}内更正，逾期退款。下载自交付起至少{DOWNLOAD_DAYS}内有效，至少可下载{DOWNLOAD_COUNT}次，商品页载明更优的从其载明。首次下载后不适用无理由取消，不影响因质量问题的售后。',
    plain: {
      zh: '软件要给能用的激活码或下载地址，还有校验值。付款{NO_ADDRESS}还没收到，点一下就报告；地址坏了，{LINK_FIX}内修好，不然退款。至少{DOWNLOAD_DAYS}、{DOWNLOAD_COUNT}次可以下载。',
      en: 'Software comes with a working key or address and a checksum. Nothing {NO_ADDRESS} after payment: report it with one click. A dead link is mended within {LINK_FIX}, else refunded. You may download for {DOWNLOAD_DAYS} and {DOWNLOAD_COUNT} times at least.',
    },
    params: {
      NO_ADDRESS: minutes(10),
      LINK_FIX: hours(24),
      DOWNLOAD_DAYS: days(30),
      DOWNLOAD_COUNT: count(3),
    },
    law: [],
  },
  {
    no: '17',
    title: { zh: '账号过户', en: 'Handing over accounts' },
    bold: false,
    text: '账号类由平台中转交接：验号、改密、换绑、确认。交接完成起{ACC_WARRANTY}内被原持有人找回，且消费者未转售、未违反安全义务的，商家应在{ACC_RECOVER}内追回，逾期全额赔付。',
    plain: {
      zh: '账号由平台中转过户。{ACC_WARRANTY}内被原主找回，商家{ACC_RECOVER}内要追回，追不回全额赔。',
      en: 'Accounts change hands through us. If the old owner takes it back within {ACC_WARRANTY}, the shop recovers it within {ACC_RECOVER} or pays in full.',
    },
    params: {
      ACC_WARRANTY: days(180),
      ACC_RECOVER: days(7),
    },
    law: [],
  },
  {
    no: '18',
    title: { zh: '逾期未发货', en: 'Late delivery' },
    bold: true,
    text: '超过承诺时限未交付的，消费者可一键取消，全额退款；超过{LATE_AUTO}或承诺时限两倍（以先到者为准） 仍未交付的，系统自动退款。',
    plain: {
      zh: '过了承诺时间没发货，你一键取消、全额退。最迟{LATE_AUTO}，系统自己退。',
      en: 'If delivery is late, cancel with one click for a full refund. After {LATE_AUTO} at the latest the system refunds by itself.',
    },
    params: {
      LATE_AUTO: hours(24),
    },
    law: [],
  },
  {
    no: '19',
    title: { zh: '过期不补', en: 'Expired is expired, with exceptions' },
    bold: true,
    text: '虚拟商品因消费者在有效期内未使用而过期的，不补不退；但实际有效期短于载明、商家迟延交付或平台未履行提醒（到期前{REMIND_FIRST}、{REMIND_LAST}）的除外。',
    plain: {
      zh: '有效期内没用，过期不补。但商家给短了、交晚了，或者平台没在到期前{REMIND_FIRST}和{REMIND_LAST}提醒你，就不算。',
      en: 'Unused in time is not replaced, unless the time was shorter than stated, delivery was late, or we did not remind you {REMIND_FIRST} and {REMIND_LAST} before.',
    },
    params: {
      REMIND_FIRST: hours(12),
      REMIND_LAST: hours(2),
    },
    law: [],
  },
] as const satisfies readonly Article[];
