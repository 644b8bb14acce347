import { count, fullDays, hours, minutes, money, percent, type Article } from './contract.ts';

export const completion = [
  {
    no: '41',
    title: { zh: '自动确认收货', en: 'Automatic confirmation' },
    bold: true,
    text: '消费者可随时确认收货。卡密类在查看后满{AUTO_CONFIRM_REVEALED}、未查看的自交付起满{AUTO_CONFIRM_SEALED}且第20条的取消期限已过，期间未确认也未提交售后的，系统自动确认；一个订单有多张卡密的，以最后一张为准。激活码授权自交付起满{AUTO_CONFIRM_LICENCE}、下载满{AUTO_CONFIRM_DOWNLOAD}、会员开通满{AUTO_CONFIRM_MEMBERSHIP}、直充自到账起满{AUTO_CONFIRM_TOPUP}、商家手动交付的满{AUTO_CONFIRM_MANUAL}、实物自签收起满{AUTO_CONFIRM_PARCEL}，期间未确认也未提交售后的，同样自动确认。自动确认前平台应当提醒。确认收货不影响消费者就质量问题提出售后和依法维权的权利。有未结售后的，不自动确认。',
    plain: {
      zh: '看过卡密后{AUTO_CONFIRM_REVEALED}、没看过的交付后{AUTO_CONFIRM_SEALED}、过了能取消的时间；授权{AUTO_CONFIRM_LICENCE}、下载{AUTO_CONFIRM_DOWNLOAD}、会员{AUTO_CONFIRM_MEMBERSHIP}、直充到账后{AUTO_CONFIRM_TOPUP}、手动交付{AUTO_CONFIRM_MANUAL}、实物签收后{AUTO_CONFIRM_PARCEL}。到时你没确认也没申请售后，系统就自动确认。确认了照样可以申请售后。',
      en: '{AUTO_CONFIRM_REVEALED} after you saw the key, or {AUTO_CONFIRM_SEALED} after delivery and no longer cancellable if you never looked (licences {AUTO_CONFIRM_LICENCE}, downloads {AUTO_CONFIRM_DOWNLOAD}, memberships {AUTO_CONFIRM_MEMBERSHIP}, top-ups {AUTO_CONFIRM_TOPUP} after arrival, delivered by hand {AUTO_CONFIRM_MANUAL}, parcels {AUTO_CONFIRM_PARCEL} after you signed), the order confirms itself unless you filed a case. You can still file one afterwards.',
    },
    params: {
      AUTO_CONFIRM_REVEALED: hours(24),
      AUTO_CONFIRM_SEALED: fullDays(7),
      AUTO_CONFIRM_LICENCE: hours(72),
      AUTO_CONFIRM_DOWNLOAD: hours(72),
      AUTO_CONFIRM_MEMBERSHIP: hours(72),
      AUTO_CONFIRM_TOPUP: hours(24),
      AUTO_CONFIRM_MANUAL: hours(72),
      AUTO_CONFIRM_PARCEL: fullDays(10),
    },
    law: ['民法典第620、621条'],
  },
  {
    no: '42',
    title: { zh: '结算时间', en: 'When the shop is paid' },
    bold: false,
    text: '订单确认收货后，担保资金按商家付款时的信用等级结算：信赖商家满{SETTLE_DAYS_TRUSTED}（T+1），白名单商家满{SETTLE_DAYS_WHITELISTED}（T+3），观察期商家满{SETTLE_DAYS_PROBATION}（T+7）。一日按24小时连续计算。有未结售后、风险或司法冻结的，原因消除前不得结算。',
    plain: {
      zh: '确认收货后，信赖商家等{SETTLE_DAYS_TRUSTED}、白名单商家等{SETTLE_DAYS_WHITELISTED}、观察期商家等{SETTLE_DAYS_PROBATION}才拿到钱。有售后没了结就一直等。',
      en: 'After confirmation the money waits {SETTLE_DAYS_TRUSTED} for a trusted shop, {SETTLE_DAYS_WHITELISTED} for a whitelisted one, {SETTLE_DAYS_PROBATION} for one on probation, and as long as a case is open.',
    },
    params: {
      SETTLE_DAYS_TRUSTED: fullDays(1),
      SETTLE_DAYS_WHITELISTED: fullDays(3),
      SETTLE_DAYS_PROBATION: fullDays(7),
    },
    law: ['电子商务法第53条'],
  },
  {
    no: '43',
    title: { zh: '支付保留与预占', en: 'Time to pay and reservations' },
    bold: false,
    text: '提交订单后为消费者保留{PAYMENT_HOLD}付款，逾期自动取消并放回库存。同一消费者至多同时有{RESERVED_PER_BUYER}个未付订单，同一商品至多{RESERVED_PER_LISTING}个，同一网络地址至多{RESERVED_PER_ADDRESS}个；未付订单合计占用不超过该商品库存的{RESERVED_SHARE}。不得以不付款的订单占用他人库存。',
    plain: {
      zh: '下单后给你留{PAYMENT_HOLD}付款。未付的订单每人最多 {RESERVED_PER_BUYER} 个，同一商品 {RESERVED_PER_LISTING} 个，同一网络 {RESERVED_PER_ADDRESS} 个，合计不占库存的 {RESERVED_SHARE} 以上。',
      en: 'Your order is held for {PAYMENT_HOLD}. Unpaid at one time: {RESERVED_PER_BUYER} per buyer, {RESERVED_PER_LISTING} per listing, {RESERVED_PER_ADDRESS} per network address, and never more than {RESERVED_SHARE} of the stock.',
    },
    params: {
      PAYMENT_HOLD: minutes(15),
      RESERVED_PER_BUYER: count(3),
      RESERVED_PER_LISTING: count(2),
      RESERVED_PER_ADDRESS: count(10),
      RESERVED_SHARE: percent(20),
    },
    law: ['电子商务法第49条'],
  },
  {
    no: '44',
    title: { zh: '补发次数', en: 'How often a key is replaced' },
    bold: false,
    text: '同一张卡密经确认失效的，至多补发{REISSUE_LIMIT}次；仍然失效，或者消费者不要补发的，应当退款。补发的卡密重新计算第5条的验证时间。',
    plain: {
      zh: '一张卡密最多补发 {REISSUE_LIMIT} 次，还不行就退款。你也可以直接要退款。',
      en: 'A key is replaced {REISSUE_LIMIT} times at most, then refunded. You may ask for the refund at once.',
    },
    params: {
      REISSUE_LIMIT: count(2),
    },
    law: ['民法典第582条'],
  },
  {
    no: '45',
    title: { zh: '查看卡密再验证', en: 'Confirming it is you' },
    bold: false,
    text: '单张价值超过{REVEAL_STEP_UP}的卡密，或者在新设备上查看卡密，须再次验证登录密码。再验证不改变交付时间和验证时间的计算。',
    plain: {
      zh: '{REVEAL_STEP_UP}以上的卡密，或者换了新设备，查看前要再输一次密码。',
      en: 'Above {REVEAL_STEP_UP}, or on a new device, seeing a key asks for your password again.',
    },
    params: {
      REVEAL_STEP_UP: money(20_000),
    },
    law: ['个人信息保护法第51条'],
  },
] as const satisfies readonly Article[];
