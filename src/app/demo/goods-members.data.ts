import type { Family } from './family.ts';

/** 南乔会员社: memberships and cloud storage as activation codes. */
export const members: readonly Family[] = [
  {
    shop: 'nanqiao', category: 'memberships', goods: 'membership', brand: '浮光视频', noun: '会员', face: '浮光视频', colour: 'ochre', keyFormat: 'code25', useWithin_hours: 72,
    intro: '浮光视频以纪录片和国产剧为主，会员可以跳过片头广告，用 1080P 看。',
    redeem: '登录浮光视频，进入“我的—兑换会员”，粘贴代码，时长会接在原来的后面。',
    verify: '粘贴后先显示“会员类型和天数”，确认之前不会扣用。',
    binding: '兑换到当前登录的账号，不能转给别的账号', mustConfirm: true, devices: '手机、平板、电脑，同时两台设备在线', validity: '代码发出后 90 天内兑换', keywords: ['浮光', '视频', '会员', '月卡'],
    items: [
      ['周卡', 680, '出差路上看完一部短剧，七天正合适。', { perBuyer: 4 }],
      ['月卡', 1980, '31 天，自己的账号自己用，不是多人合用。', { from: [10, 50] }],
      ['季卡', 5580, '92 天，比三张月卡便宜三块多。'],
      ['年卡', 19_800, '365 天，兑换之后在“会员中心”能看到到期日。', { from: [5] }],
      ['电视端年卡', 26_800, '在年卡之外多了电视端，电视要装浮光的应用。'],
    ],
  },
  {
    shop: 'nanqiao', category: 'memberships', goods: 'membership', brand: '听澜音乐', noun: '会员', face: '听澜音乐', colour: 'pine', keyFormat: 'digits16', useWithin_hours: 48,
    intro: '听澜音乐收了不少独立乐队和现场录音，会员可以下载无损。',
    redeem: '在听澜的网页登录后打开“激活”，输入卡号和密码，手机端重新打开就能看到。',
    verify: '网页“激活”页有“只查询”按钮，会告诉你卡的类型和状态。',
    binding: '激活到当前账号，一张卡只能激活一次', mustConfirm: true, devices: '手机、电脑、车机，最多登录五台', validity: '卡密有效期至 2027年08月31日', keywords: ['听澜', '音乐', '会员', '无损'],
    items: [
      ['月卡', 1180, '下载过的歌在到期以后会锁住，续上就又能听。'],
      ['季卡', 3280, '一个季度，刚好听完一轮新专辑。', { from: [10] }],
      ['半年卡', 6200, '182 天，中间升级成年卡也不会浪费剩下的天数。'],
      ['年卡', 11_800, '一年期，含十二张现场演出的折扣券，券到时在应用里领。'],
    ],
  },
  {
    shop: 'nanqiao', category: 'memberships', goods: 'membership', brand: '竹简阅读', noun: '通读卡', face: '竹简阅读', colour: 'moss', keyFormat: 'free', useWithin_hours: 24 * 15,
    intro: '竹简阅读的通读卡可以看馆藏里的全部电子书，新书上架三个月后也会放进来。',
    redeem: '打开竹简阅读，“我”里面有“借阅证”，点“录入代码”。',
    verify: '录入后会出现借阅证的封面，封面上印着天数。',
    binding: '录入后成为这个账号的借阅证', mustConfirm: false, devices: '手机、墨水屏阅读器、网页', validity: '代码一年内录入', keywords: ['竹简', '阅读', '电子书', '会员'],
    items: [
      ['月读卡', 1500, '一个月，读两本就值回来了。'],
      ['季读卡', 3980, '一个季度，读过的划线到期以后还留着。'],
      ['年读卡', 13_800, '一整年，墨水屏阅读器上离线也能看。', { from: [10] }],
      ['家庭年卡', 19_900, '四个家人各有自己的书架，互相看不到对方在读什么。'],
    ],
  },
  {
    shop: 'nanqiao', category: 'memberships', goods: 'membership', brand: '夜航听书', noun: '会员', face: '夜航听书', colour: 'slate', keyFormat: 'digits16', useWithin_hours: 72,
    intro: '夜航听书请真人录制，每一本都写着谁读的、读了多久。',
    redeem: '在应用的“航线”页下拉，点“兑换”，填卡号和密码。',
    verify: '兑换前会显示会员种类，显示“已使用”的请不要再试，直接在订单里申诉。',
    binding: '跟着账号，换手机重新登录即可', mustConfirm: false, devices: '手机、智能音箱、车载蓝牙', validity: '卡密有效期至 2028年02月29日', keywords: ['夜航', '听书', '有声书', '会员'],
    items: [
      ['月票', 1290, '通勤路上一本中篇的长度。'],
      ['季票', 3490, '适合追连载，更新当晚就能听。'],
      ['年票', 11_900, '一年里新上的书都包含在内，不再单独收费。', { from: [6] }],
    ],
  },
  {
    shop: 'nanqiao', category: 'memberships', goods: 'membership', brand: '云窖网盘', noun: '空间卡', face: '云窖网盘', colour: 'moss', keyFormat: 'code25', useWithin_hours: 24 * 7,
    intro: '云窖网盘按空间和时长卖，上传下载不另外限速。',
    redeem: '网页登录云窖，点“升级空间—使用代码”，粘贴后刷新页面。',
    verify: '粘贴后显示空间大小和天数，点“使用”才真正开通。',
    binding: '开通在当前账号；空间到期后文件保留 60 天', mustConfirm: true, devices: '网页、电脑同步盘、手机应用', validity: '代码有效期至 2027年10月31日', keywords: ['云窖', '网盘', '云存储', '空间'],
    items: [
      ['200 GB 月卡', 900, '临时传一批照片，用一个月就够。'],
      ['1 TB 季卡', 5200, '三个月，适合做毕业设计的人。'],
      ['2 TB 年卡', 15_800, '一年，家里两代人的照片都放得下。', { from: [5, 20] }],
      ['5 TB 年卡', 29_800, '做视频的朋友用得多，可以给子文件夹单独设密码。', { perBuyer: 10 }],
    ],
  },
  {
    shop: 'nanqiao', category: 'memberships', goods: 'membership', brand: '青崖健身', noun: '线上课会员', face: '青崖健身', colour: 'sky', keyFormat: 'free', useWithin_hours: 24 * 5,
    intro: '青崖健身的线上课每天早晚各一场，也有回放。',
    redeem: '在小程序“我的会员”里选“兑换”，输入代码以后会让你选开始的日子。',
    verify: '选开始日子的那一页会显示会员名称，看到名称就有效。',
    binding: '绑定小程序账号，开始以后不能暂停', mustConfirm: true, devices: '手机小程序，也可以投屏', validity: '代码半年内兑换', keywords: ['青崖', '健身', '会员', '课程'],
    items: [
      ['21 天入门', 3900, '一套从拉伸开始的课，不需要器械。'],
      ['季度会员', 9900, '三个月内直播和回放都能看，缺课可以补。'],
      ['年度会员', 29_800, '含一次线上体态评估，评估的时间由你约。', { perOrder: 2 }],
    ],
  },
  {
    shop: 'nanqiao', category: 'memberships', goods: 'membership', brand: '木铎词典', noun: '专业版', face: '木铎词典', colour: 'pine', keyFormat: 'code25', useWithin_hours: 24 * 3,
    intro: '木铎词典收古汉语和现代汉语两套词条，专业版多了例句出处和导出。',
    redeem: '打开木铎词典“设置—解锁专业版”，填入代码，联网一次即可。',
    verify: '填入后“设置”页会写明专业版的到期日。',
    binding: '绑定账号，三台设备同时可用', mustConfirm: false, devices: '电脑和手机均可', validity: '代码有效期至 2027年12月31日', keywords: ['木铎', '词典', '会员', '学习'],
    items: [
      ['一年', 6800, '一年期，写论文查出处的那一年用得上。'],
      ['三年', 16_800, '三年期，比分三次买省三十多块。', { from: [10] }],
      ['教师版一年', 8800, '教师版可以把词条整理成讲义打印，不限份数。'],
    ],
  },
  {
    shop: 'nanqiao', category: 'memberships', goods: 'membership', brand: '渡口外卖', noun: '省送卡', face: '渡口省送卡', colour: 'ochre', keyFormat: 'digits16', useWithin_hours: 24,
    intro: '渡口外卖的省送卡每月给若干张免配送费的券，在合作的店里能叠满减。',
    redeem: '打开渡口外卖“我的—卡券—兑换”，填卡号密码，券会按周发到账户里。',
    verify: '兑换成功后卡券页马上出现第一周的券。',
    binding: '按手机号绑定，一个号码同时只能有一张在用', mustConfirm: true, devices: '手机应用', validity: '卡密有效期至 2027年02月28日', keywords: ['渡口', '外卖', '会员', '月卡'],
    items: [
      ['月卡', 990, '每周三张券，一个月共十二张。', { perBuyer: 3 }],
      ['季卡', 2680, '每周三张，券当周有效，请留意到期提醒。'],
      ['半年卡', 4980, '每周四张，适合中午经常点单的办公室。'],
    ],
  },
  {
    shop: 'nanqiao', category: 'memberships', goods: 'membership', brand: '石阶英语', noun: '学习卡', face: '石阶英语', colour: 'slate', keyFormat: 'free', useWithin_hours: 24 * 10,
    intro: '石阶英语每天十五分钟，先听后说，句子都从真实的对话里挑。',
    redeem: '在石阶的应用里点“开卡”，输入代码，再选每天学习的时间。',
    verify: '选时间之前会显示卡的天数，天数一致就有效。',
    binding: '开在当前账号，中途可以请假，每次最多五天', mustConfirm: true, devices: '手机、平板', validity: '代码一年内开卡', keywords: ['石阶', '英语', '学习', '会员'],
    items: [
      ['三十天', 4900, '旅行英语，从订房讲到退税。'],
      ['一百天', 12_900, '工作英语，邮件和会议各占一半。', { from: [5] }],
      ['一年', 35_800, '四个主题轮着来，学完一轮可以再选一轮。'],
    ],
  },
];
