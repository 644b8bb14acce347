import type { Family } from './family.ts';

/** 拾光小物: parcels and services. They are shown, and bought online later. */
export const things: readonly Family[] = [
  {
    shop: 'shiguang', category: 'goods', goods: 'physical', brand: '星屿', noun: '周边', face: '星屿周边', colour: 'pine', keyFormat: null, mode: 'shipping', within_seconds: 48 * 3600,
    intro: '《星屿》官方授权的小东西，授权书的编号印在包装上。',
    redeem: '付款后两天内寄出，快递单号写进订单。', verify: '收到后看包装封条，封条完整再拆。', binding: '', devices: '', validity: '实物，没有期限', keywords: ['星屿', '周边', '实物'],
    elsewhere: '偏远地区由快递公司另收运费，下单前会算给你看',
    items: [
      ['船锚钥匙扣', 2900, '锌合金，约四十克，链子可以换。'],
      ['航海图鼠标垫', 4900, '八十乘三十厘米，边缘锁过线。'],
      ['港口明信片 12 张', 1900, '厚卡纸，每张背面印着一个港口的坐标。'],
    ],
  },
  {
    shop: 'shiguang', category: 'goods', goods: 'physical', brand: '铁轨物语', noun: '模型', face: '铁轨模型', colour: 'slate', keyFormat: null, mode: 'shipping', within_seconds: 72 * 3600,
    intro: '按《铁轨物语》里的车做的拼装模型，木片已经激光切好。',
    redeem: '三天内寄出，箱子里有说明书和砂纸。', verify: '对照说明书第一页数木片，少了就在订单里说。', binding: '', devices: '', validity: '实物，没有期限', keywords: ['铁轨', '模型', '实物'],
    items: [
      ['窄轨机车 1:87', 12_800, '一百六十四片，拼好约十五厘米长。'],
      ['山间小站', 8800, '站台的灯可以亮，用两节七号电池，电池自备。'],
    ],
  },
  {
    shop: 'shiguang', category: 'goods', goods: 'physical', brand: '拾光', noun: '收纳', face: '拾光收纳', colour: 'moss', keyFormat: null, mode: 'shipping', within_seconds: 48 * 3600,
    intro: '拾光自己做的收纳，布料来自两家老厂，颜色每批略有出入。',
    redeem: '两天内寄出，雨天会多套一层袋子。', verify: '收到后量一下尺寸，误差超过一厘米可以换。', binding: '', devices: '', validity: '实物，没有期限', keywords: ['收纳', '实物', '拾光'],
    items: [
      ['游戏卡带包', 3900, '能放二十四张卡带，内里有软隔层。'],
      ['线材卷筒 三只装', 2600, '牛皮扣，粗细三种。'],
      ['桌面手机座', 3500, '一块榉木，角度六十五度，没有上漆。'],
    ],
  },
  {
    shop: 'shiguang', category: 'goods', goods: 'service', brand: '理线人', noun: '远程装机', face: '远程装机', colour: 'sky', keyFormat: null, mode: 'manual', within_seconds: 12 * 3600,
    intro: '理线人通过你自己授权的远程工具帮忙，全程在平台的订单里沟通。',
    redeem: '下单后在订单里约时间，到点由你打开远程工具，随时可以断开。', verify: '完成后按清单一项一项试，全好了再确认。', binding: '只处理约好的那一台电脑', devices: 'Windows 10 以上、macOS 13 以上', validity: '下单后三十天内约时间', keywords: ['装机', '服务', '电脑'], noReason_days: 0,
    items: [
      ['清理变慢的电脑', 4900, '先看是什么拖慢，再一项一项关，关之前都问你。'],
      ['搬家到新电脑', 8900, '文件、书签、邮件一起搬，旧电脑上的不删。'],
      ['装一台家用 NAS', 12_800, '装好以后教你两次，再给一页写明白的说明。'],
    ],
  },
  {
    shop: 'shiguang', category: 'goods', goods: 'service', brand: '半页', noun: '改稿', face: '半页改稿', colour: 'ochre', keyFormat: null, mode: 'manual', within_seconds: 20 * 3600,
    intro: '半页的三位编辑都在杂志社做过，改完会写清为什么这么改。',
    redeem: '付款后在订单里传稿子，收到后二十小时内交回。', verify: '看批注和干净稿两份文件，不满意可以要求再改一次。', binding: '一单一篇稿子', devices: '常见文档格式', validity: '付款后三十天内传稿', keywords: ['改稿', '服务', '文字'], noReason_days: 0,
    items: [
      ['求职信 一封', 3900, '八百字以内，会问你三个问题再动笔改。'],
      ['商品页文案', 6900, '一千二百字以内，只改说法，不替你承诺什么。'],
      ['演讲稿 五分钟', 9900, '念出来不绕口，改完附一份停顿的标记。'],
    ],
  },
];
