import type { Family } from './family.ts';

/** 归舟游戏铺: items as redeem codes, and a few accounts that no real name is bound to. */
export const games: readonly Family[] = [
  {
    shop: 'guizhou', category: 'game-items', goods: 'game', brand: '长夜港', noun: '道具码', face: '长夜港', colour: 'slate', keyFormat: 'free', useWithin_hours: 48,
    intro: '《长夜港》是四人合作的捕鱼游戏，道具码由游戏公司发行，在港务处兑换。',
    redeem: '进港以后找左手边的港务处，选“凭码领取”，输入代码。',
    verify: '领取前会弹出道具清单，清单和标题一致再确认。',
    binding: '领到当前角色，绑定后不能摆摊卖', mustConfirm: true, devices: '电脑版，需要已有账号', validity: '代码 2027年07月31日前有效', keywords: ['长夜港', '道具', '游戏'],
    items: [
      ['防风灯 1 盏', 1200, '夜里照得更远，不影响捕鱼的数值。'],
      ['修船工具箱', 2500, '十次修理的量，坏天气里少停几次船。'],
      ['鲸骨船首像', 6800, '只是外观，装上以后其他玩家看得到。'],
      ['补给月箱', 3900, '每天上线领一份，共三十份，错过的那天不补，这是游戏公司的规定。'],
      ['四人套餐', 9900, '四份防风灯和四份补给，一次发四个代码。', { perOrder: 2 }],
    ],
  },
  {
    shop: 'guizhou', category: 'game-items', goods: 'game', brand: '山海行旅', noun: '灵玉码', face: '山海灵玉', colour: 'moss', keyFormat: 'code25', useWithin_hours: 24,
    intro: '《山海行旅》按地图收集灵兽，灵玉用来扩充图鉴的页数。',
    redeem: '图鉴最后一页有“添页”，点进去粘贴代码。',
    verify: '粘贴后显示“可添几页”，页数和面额对得上就有效。',
    binding: '绑定图鉴，不能转给其他玩家', mustConfirm: false, devices: '手机版和网页版都能兑换', validity: '代码 2027年12月31日前有效', keywords: ['山海', '灵玉', '手游', '道具'],
    items: [
      ['60 灵玉', 590, '添一页图鉴，还剩下买鱼食的零头。'],
      ['320 灵玉', 2980, '够把东海一卷补齐。', { from: [10] }],
      ['660 灵玉', 5890, '两卷之间的过渡，适合正在追西山篇的人。'],
      ['1360 灵玉', 11_800, '连着添二十页，附送 80 灵玉。'],
      ['面额任选', 590, '三种面额放在一起卖，按你选的发。', { variants: [['60 灵玉', 590], ['320 灵玉', 2980], ['1360 灵玉', 11_800]] }],
    ],
  },
  {
    shop: 'guizhou', category: 'game-items', goods: 'game', brand: '齿轮小镇', noun: '图纸', face: '齿轮图纸', colour: 'ochre', keyFormat: 'free', useWithin_hours: 72,
    intro: '《齿轮小镇》里的机器都靠图纸拼，图纸码是官方商店发的礼物码。',
    redeem: '在工作台按“收图纸”，输入代码，图纸会放进抽屉。',
    verify: '抽屉里出现蓝色图纸就说明兑换成功，没出现的请截图申诉。',
    binding: '每个存档只能收一次同名图纸', mustConfirm: true, devices: '电脑版、掌机版', validity: '代码长期有效', keywords: ['齿轮', '图纸', '模拟', '道具'],
    items: [
      ['水车图纸', 980, '推动磨坊的第一台机器，新手镇就能建。'],
      ['钟楼图纸', 1880, '每到整点会报时，小镇居民会停下来听。'],
      ['缆车图纸', 2680, '把山上的矿运下来，省掉一半马车。'],
      ['全年图纸册', 7600, '十二张图纸按月送到抽屉，一月一张。'],
    ],
  },
  {
    shop: 'guizhou', category: 'game-items', goods: 'game', brand: '霜原猎手', noun: '礼包码', face: '霜原猎手', colour: 'sky', keyFormat: 'code25', useWithin_hours: 24,
    intro: '《霜原猎手》是雪原生存游戏，礼包码在各平台的正式版里都能用。',
    redeem: '营地火堆旁的邮箱，选“礼包码”，兑换后邮件里领取。',
    verify: '邮箱先显示礼包名，再点一次才会领取。',
    binding: '每个账号同名礼包限领一次', mustConfirm: true, devices: '电脑、主机', validity: '代码 2027年04月30日前有效', keywords: ['霜原', '礼包', '生存', '道具'],
    items: [
      ['启程礼包', 990, '一顶帽子、三份干粮，头两个晚上不会挨饿。', { perBuyer: 1 }],
      ['猎犬同伴', 4900, '一只白色雪橇犬，会帮你驮东西。'],
      ['暖炉外观', 2900, '换一个铜暖炉的样子，燃料消耗不变。'],
      ['赛季通行', 6800, '第六季的通行证，季末之前兑换。'],
      ['冬至套装', 8800, '衣服、帐篷和旗子成套，只有外观。'],
    ],
  },
  {
    shop: 'guizhou', category: 'game-items', goods: 'game', brand: '瓷镇食堂', noun: '食材券', face: '瓷镇食堂', colour: 'pine', keyFormat: 'digits16', useWithin_hours: 24 * 4,
    intro: '《瓷镇食堂》是做菜的小游戏，食材券能在集市上换当季的菜。',
    redeem: '集市的秤旁边有个小铃，按一下输入卡号和密码。',
    verify: '秤上会显示券的面额，再选要换什么菜。',
    binding: '放进当前食堂的账本', mustConfirm: false, devices: '安卓、苹果手机、网页', validity: '卡密一年内有效', keywords: ['瓷镇', '食材', '休闲', '道具'],
    items: [
      ['10 张', 800, '换一筐春笋，够做三天的例汤。'],
      ['60 张', 4500, '把夏天的菜单开全，凉面也能上。', { from: [10] }],
      ['150 张', 9900, '可以请一位帮厨，他会洗碗。'],
    ],
  },
  {
    shop: 'guizhou', category: 'game-items', goods: 'game', brand: '逐光棋社', noun: '棋具码', face: '逐光棋社', colour: 'slate', keyFormat: 'code25', useWithin_hours: 24 * 3,
    intro: '逐光棋社是下围棋的网站，棋具码只换棋盘和棋子的样子，不影响棋力。',
    redeem: '网站右上角头像里有“换棋具”，粘贴代码后可以预览。',
    verify: '预览出现棋具图样就有效，预览不会扣用。',
    binding: '换到账号里，对局时对手也看得到', mustConfirm: false, devices: '网页、平板', validity: '代码两年内有效', keywords: ['逐光', '围棋', '外观', '道具'],
    items: [
      ['榧木棋盘', 1800, '颜色偏黄，落子的声音闷一些。'],
      ['云子一副', 2800, '黑子对着光看有一点绿，照着实物拍的。'],
      ['死活题集 三百道', 3900, '按难度分三册，做错的会隔几天再出一次。'],
      ['复盘年卡', 12_800, '一年里每盘棋都能看计算机的复盘。'],
    ],
  },
  {
    shop: 'guizhou', category: 'game-items', goods: 'game', brand: '风帆竞速', noun: '代币兑换码', face: '风帆竞速', colour: 'sky', keyFormat: 'digits16', useWithin_hours: 24,
    intro: '《风帆竞速》比的是看风和压舷，代币可以换帆布和号码牌。',
    redeem: '码头的告示板上点“兑换”，填入卡号密码。',
    verify: '告示板显示代币枚数后再按确认，按之前没有使用。',
    binding: '充到当前船队', mustConfirm: true, devices: '手机和电脑共用账号', validity: '卡密 2028年03月31日前有效', keywords: ['风帆', '代币', '竞速', '道具'],
    items: [
      ['300 枚', 2900, '换一张条纹帆，比赛里好认。'],
      ['800 枚', 7500, '换一组号码牌和两张帆。', { from: [10] }],
      ['2000 枚', 18_200, '船队队长常买，给队员统一换装。'],
    ],
  },
  {
    shop: 'guizhou', category: 'accounts', goods: 'account', brand: '齿轮小镇', noun: '开荒存档账号', face: '小镇存档', colour: 'ochre', keyFormat: null, mode: 'handover', within_seconds: 20 * 3600, realName: 'none',
    intro: '账号只在《齿轮小镇》单机服登录，由玩家自己养大，这个游戏的规则允许转让。',
    redeem: '付款后由平台中转交接：先验号，再改密码和邮箱，最后由你确认。',
    verify: '登录后看存档天数和机器清单，和本页写的一致才确认。',
    binding: '没有绑定实名，邮箱在交接时换成你的', mustConfirm: true, devices: '电脑版', validity: '账号长期可用', keywords: ['齿轮', '存档', '账号'], noReason_days: 0,
    items: [
      ['第 120 天', 9900, '水车、钟楼、缆车都建好了，铁矿没有挖完。'],
      ['第 300 天', 22_800, '整座小镇通电，居民四十六人，账上有一万二的金币。'],
    ],
  },
  {
    shop: 'guizhou', category: 'accounts', goods: 'account', brand: '瓷镇食堂', noun: '五星食堂账号', face: '五星食堂', colour: 'pine', keyFormat: null, mode: 'handover', within_seconds: 18 * 3600, realName: 'none',
    intro: '《瓷镇食堂》是单机休闲游戏，账号里没有充值记录之外的个人信息，规则允许换主人。',
    redeem: '平台中转：原主人交出密码，你改完密码和邮箱，系统验过才算交付。',
    verify: '看食堂星级和菜谱数量，不一致就不要确认，直接申诉。',
    binding: '没有绑定实名，只绑定邮箱，可以更换', mustConfirm: true, devices: '手机和网页', validity: '账号长期可用', keywords: ['瓷镇', '食堂', '账号'], noReason_days: 0,
    items: [
      ['五星', 12_800, '菜谱一百零八道，集市摊位全开。'],
      ['四星带帮厨', 7800, '两位帮厨已经满级，离五星只差宴席任务。'],
    ],
  },
];
