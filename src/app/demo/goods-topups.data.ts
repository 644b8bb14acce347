import type { Family } from './family.ts';

/** 通海充值: top-ups of invented carriers and cities, as codes where that is natural, else straight into the account. */
export const topups: readonly Family[] = [
  {
    shop: 'tonghai', category: 'topups', goods: 'topup', brand: '南风通信', noun: '话费充值码', face: '南风话费', colour: 'sky', keyFormat: 'digits16', useWithin_hours: 24,
    intro: '南风通信的充值码可以给任何一个南风号码交话费，不分省份。',
    redeem: '打开南风营业厅网页，选“充值码交费”，填要充的号码和充值码。',
    verify: '营业厅会先显示面额，再要你核对号码；面额显示出来就是有效。',
    binding: '充入后不能转到别的号码，填号码时请核对两遍', mustConfirm: true, devices: '网页或拨营业厅热线按语音操作', validity: '充值码有效期至 2027年12月31日', keywords: ['南风', '话费', '充值'],
    items: [
      ['10 元', 995, '应急用的面额，欠费停机时先恢复通话。', { perOrder: 10 }],
      ['30 元', 2970, '一个月的基本套餐费，给家里老人交费方便。'],
      ['50 元', 4935, '常用面额，充完短信会告诉你余额。', { from: [10, 50] }],
      ['100 元', 9860, '够用一个季度的套餐，本店备货足。', { from: [10, 50] }],
      ['200 元', 19_680, '适合开通了家庭共享的主号。'],
    ],
  },
  {
    shop: 'tonghai', category: 'topups', goods: 'topup', brand: '岭北电讯', noun: '话费充值码', face: '岭北话费', colour: 'slate', keyFormat: 'digits16', useWithin_hours: 24,
    intro: '岭北电讯覆盖北方七省，充值码在其他省份的岭北号码上同样能用。',
    redeem: '在岭北的应用里点“交费—用充值码”，输入 16 位数字和 6 位校验码。',
    verify: '输入以后应用会读出面额和有效期，请对照订单。',
    binding: '只能给岭北号码交费，交费后不能撤回', mustConfirm: true, devices: '岭北应用或者网页', validity: '充值码自发出起一年内有效', keywords: ['岭北', '话费', '充值'],
    items: [
      ['20 元', 1980, '学生套餐的月费正好是这个数。'],
      ['50 元', 4940, '交费后一小时内恢复上网速度。'],
      ['100 元', 9870, '可以分两次用：先交一部分，剩下的存在充值账户。', { from: [20] }],
      ['300 元', 29_500, '适合给公司的几张卡轮流交费，一次买好慢慢用。', { from: [5] }],
    ],
  },
  {
    shop: 'tonghai', category: 'topups', goods: 'topup', brand: '海桥通讯', noun: '话费直充', face: '海桥话费', colour: 'moss', keyFormat: null, mode: 'direct', within_seconds: 6 * 3600,
    intro: '海桥通讯的话费直接充到号码里，不用你输入任何代码。',
    redeem: '下单时填写号码并再输一次，系统会把中间四位盖住给你核对。',
    verify: '到账以后海桥会发短信，订单里也会写上供货方的流水号。',
    binding: '充入所填号码，提交以后不能改', mustConfirm: true, devices: '任何海桥号码', validity: '到账后长期有效', keywords: ['海桥', '话费', '直充'],
    items: [
      ['30 元', 2965, '一到六小时到账，多数在半小时内。'],
      ['50 元', 4930, '月初排队的人多，最迟的时间写在权益卡上。'],
      ['100 元', 9840, '超过六小时没到，你可以选补单、再等两小时或者退款。'],
      ['200 元', 19_640, '同一个号码一天最多充两次，这是海桥的规定。', { perBuyer: 2 }],
    ],
  },
  {
    shop: 'tonghai', category: 'topups', goods: 'topup', brand: '南风通信', noun: '流量充值码', face: '南风流量', colour: 'sky', keyFormat: 'digits16', useWithin_hours: 24,
    intro: '南风流量码给已有的号码加流量，不改变原来的套餐。',
    redeem: '发短信“兑换#代码”到南风的服务号，或者在营业厅网页里兑换。',
    verify: '兑换成功会回一条短信，写明加了多少和哪天到期。',
    binding: '加到发短信的号码上，不能转', mustConfirm: true, devices: '南风号码', validity: '兑换当月有效，月底清零', keywords: ['南风', '流量', '充值'],
    items: [
      ['1 GB', 480, '地铁上刷两天新闻的量。', { perOrder: 10 }],
      ['5 GB', 1990, '出差一周够用，记得在当月用完。'],
      ['20 GB', 5900, '看直播的人用得多，月初买，用满一个月刚好。'],
    ],
  },
  {
    shop: 'tonghai', category: 'topups', goods: 'topup', brand: '岭北电讯', noun: '流量日包', face: '岭北日包', colour: 'slate', keyFormat: 'free', useWithin_hours: 24 * 10,
    intro: '岭北的日包从兑换那一刻算 24 小时，跨月也不受影响。',
    redeem: '在岭北应用“加油站”里输入代码，选立即生效或者指定日期。',
    verify: '加油站会显示这个代码是几日包，选日期之前都没有使用。',
    binding: '绑定应用登录的号码', mustConfirm: false, devices: '岭北应用', validity: '代码 60 天内兑换', keywords: ['岭北', '流量', '日包'],
    items: [
      ['一日 3 GB', 350, '一天的短途旅行正好。'],
      ['三日 10 GB', 980, '连着三天，不用每天重新开。'],
      ['七日 30 GB', 2200, '一个假期的量，可以开热点给平板用。'],
    ],
  },
  {
    shop: 'tonghai', category: 'topups', goods: 'topup', brand: '临江公交', noun: '乘车码', face: '临江公交', colour: 'moss', keyFormat: 'free', useWithin_hours: 24 * 20,
    intro: '临江公交的乘车码在公交、轮渡和有轨电车上都能刷。',
    redeem: '在临江公交小程序里添加代码，上车时打开二维码。',
    verify: '添加后首页显示剩余次数，次数对得上就有效。',
    binding: '添加后绑定小程序账号，不能再转', mustConfirm: true, devices: '手机小程序', validity: '自添加之日起一年', keywords: ['临江', '公交', '乘车', '充值'],
    items: [
      ['20 次', 3600, '上下班两周的次数。'],
      ['50 次', 8500, '每次算下来一块七，轮渡也按一次算。', { from: [5] }],
      ['100 次', 16_000, '家里几个人可以轮流刷，一次上车刷几下都行。'],
    ],
  },
  {
    shop: 'tonghai', category: 'topups', goods: 'topup', brand: '暖川燃气', noun: '缴费码', face: '暖川燃气', colour: 'ochre', keyFormat: 'digits16', useWithin_hours: 24 * 5,
    intro: '暖川燃气的缴费码可以给表号充值，省去跑网点。',
    redeem: '登录暖川网页，填燃气表的十位表号和缴费码，再到表上刷一次卡。',
    verify: '网页会显示表号对应的户名首字和缴费码面额，两样都对再确认。',
    binding: '充入所填表号，不能改充别家', mustConfirm: true, devices: '插卡式和远传式燃气表都可以', validity: '缴费码两年内有效', keywords: ['暖川', '燃气', '缴费'],
    items: [
      ['50 元', 4960, '夏天做饭用一个月多一点。'],
      ['100 元', 9900, '插卡表请充完以后到表前插卡写入。', { from: [5] }],
      ['300 元', 29_640, '冬天取暖前先存好，免得下雪天断气。'],
    ],
  },
  {
    shop: 'tonghai', category: 'topups', goods: 'topup', brand: '云梯宽带', noun: '续费码', face: '云梯宽带', colour: 'sky', keyFormat: 'code25', useWithin_hours: 24 * 3,
    intro: '云梯宽带的续费码给家里的宽带续时间，速率按原来的合同。',
    redeem: '登录云梯网页，“我的宽带—续费”，选家里的地址，粘贴代码。',
    verify: '网页显示代码对应的月数，地址和月数都对再确认。',
    binding: '续到所选地址，不能换地址', mustConfirm: true, devices: '云梯 2020 年以后安装的宽带', validity: '代码 180 天内使用', keywords: ['云梯', '宽带', '续费'],
    items: [
      ['一个月', 5800, '搬家前只差一个月的时候用得上。'],
      ['半年', 33_600, '续费当天生效，接在到期日之后。'],
      ['一年', 62_800, '一年期，比按月续少付六十多块。', { perBuyer: 3 }],
    ],
  },
];
