import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import type { LureKind, Speaker } from './contract.ts';
import { hostsIn, luresIn, masked } from './lure.rules.ts';

const kindsOf = (text: string, from: Speaker = 'merchant', hosts: string[] = []): LureKind[] => [
  ...new Set(luresIn(text, { from, hosts }).map((lure) => lure.kind)),
];

const away: readonly (readonly [text: string, ...kinds: LureKind[]])[] = [
  ['加V xxxxx 转账优惠', 'wechat', 'transfer'],
  ['加微信聊', 'wechat'],
  ['加我微信 abc12345', 'wechat'],
  ['加我微 信：abc_12345', 'wechat'],
  ['加薇❤abc12345 给你便宜', 'wechat'],
  ['加薇芯abc12345', 'wechat'],
  ['微信号：qinghe2024', 'wechat'],
  ['ＷＸ：qinghe2024', 'wechat'],
  ['w x qinghe2024', 'wechat'],
  ['ᴠx qinghe2024'.replace('ᴠ', 'ⅴ'), 'wechat'],
  ['vх qinghe2024', 'wechat'], // a Cyrillic х
  ['v\u200bx\u200bqinghe2024', 'wechat'],
  ['+v qinghe2024', 'wechat'],
  ['➕V：qinghe2024', 'wechat'],
  ['咱们微信上聊', 'wechat'],
  ['加QQ123456789', 'qq'],
  ['加 Q Q 1 2 3 4 5 6 7 8 9', 'qq'],
  ['加扣扣 12345678', 'qq'],
  ['加我企鹅', 'qq'],
  ['QQ：②③④⑤⑥⑦⑧', 'qq'],
  ['进Q群 87654321 有优惠', 'qq'],
  ['售后群：876543210', 'qq'],
  ['电话13812345678', 'phone'],
  ['联系我 138-1234-5678', 'phone'],
  ['打我手机 一三八一二三四五六七八', 'phone'],
  ['有事拨４００１２３４５６７', 'phone'],
  ['138 1234 5678', 'phone'],
  ['去 https://pay.example-shop.xyz/a 下单', 'link'],
  ['www.qinghe-ka.com', 'link'],
  ['打开 qinghe . top 付款', 'link'],
  ['qinghe点com', 'link'],
  ['t.me/qinghe', 'link'],
  ['私下转账给我', 'transfer'],
  ['直接转账能便宜 5 块', 'transfer'],
  ['转我支付宝就行', 'transfer'],
  ['扫我的收款码', 'transfer'],
  ['发我个红包，马上给你发', 'transfer'],
  ['绕过平台交易', 'transfer'],
  ['打款到建行卡 6217 0012 3456 7890 123', 'transfer'],
  ['加我电报 @qinghe_ka', 'other'],
  ['去我闲鱼下单', 'other'],
];
for (const [text, ...kinds] of away)
  test(`F082 a way out is seen: ${JSON.stringify(text)}`, () => {
    const found = kindsOf(text);
    for (const kind of kinds) ok(found.includes(kind), `${kind} among ${found.join(', ') || 'nothing'}`);
  });

const harmless = [
  '您好，卡密发你了，记得两小时内验证',
  'QQ会员月卡怎么激活',
  'QQ 音乐绿钻能续费吗',
  'Q币 100 个到账了吗',
  '充值的QQ号是 123456789，帮我看一下到账没',
  '账号 QQ123456789 充错了',
  '给我的 QQ 123456789 充会员',
  '我用微信支付付的款，订单号 4200001234567890123',
  '微信支付扣了两次',
  '登录要绑定微信吗',
  '用微信登录游戏就能领',
  '充值到 13812345678，还没到账',
  '话费充 13812345678',
  '手机号码13812345678充了 50 元没到账',
  '卡号 1234567890123456 密码 12345678 提示已使用',
  '16 位卡号 1234 5678 9012 3456',
  '25 位密钥 AAAAA-BBBBB-CCCCC-DDDDD-EEEEE',
  '提示错误代码 0xC004F050',
  '版本 2.1.0，Windows 10 以上',
  '文件 setup.exe 打不开',
  '银行转账付的款多久到',
  '转账失败了怎么办',
  '退款会原路退回吗',
  '不要私下转账',
  '我不会加微信的，就在这里说',
  '请勿加QQ，平台聊就行',
  '店铺红包能叠加吗',
  '加购两张可以优惠吗',
  '加急处理一下，谢谢',
  'VIP888 这档是什么',
  '有威信的店家',
  '卫星地图会员能用吗',
  '抖音会员激活要多久',
  '去抖音登录激活',
  '价格 98.00 元，买 3 张 294.00',
  '今天 20:14 下的单，订单 ord_0f8g2h4k',
  '2026-11-21 14:06 之前答复我',
  '第 5 条写着 24 小时内补发或退款',
  '企鹅家的会员',
  '口口声声说没问题',
  'level 12345678 的号',
  '一九九八年的游戏',
  '二三十个一起买',
];
for (const text of harmless)
  test(`F082 what belongs to the trade is no way out: ${JSON.stringify(text)}`, () => {
    for (const from of ['buyer', 'support'] as const) deepEqual(kindsOf(text, from), []);
    deepEqual(kindsOf(text, 'merchant'), []);
  });

test('F082 a bare number is an account to be topped up when the buyer says it, and a way out when the shop does', () => {
  deepEqual(kindsOf('13812345678', 'buyer'), []);
  deepEqual(kindsOf('13812345678', 'merchant'), ['phone']);
});

test('F082 an address that the listing itself names leads nobody away', () => {
  const hosts = hostsIn('在官网 https://www.qinghe-soft.com/redeem 兑换，或 store.qinghe.cn');
  deepEqual(hosts, ['qinghe-soft.com', 'store.qinghe.cn']);
  deepEqual(kindsOf('打开 https://redeem.qinghe-soft.com/a 输入', 'merchant', hosts), []);
  deepEqual(kindsOf('打开 https://qinghe-soft.com.evil.top/a 输入', 'merchant', hosts), ['link']);
  deepEqual(kindsOf('打开 https://qinghe-soft.com@evil.top/a 输入', 'merchant', hosts), ['link']);
});

test('F082 names and numbers that lead away are masked, the rest of the sentence stays', () => {
  const mask = (text: string) => masked(text, luresIn(text, { from: 'merchant' }));
  equal(mask('加V abc12345 转账优惠'), '加V ●●●●●●●● 转账优惠');
  equal(mask('联系我 138-1234-5678 谢谢'), '联系我 ●●●●●●●●●●●●● 谢谢');
  equal(mask('看 https://a.example.top/x 这里'), '看 ●●●●●●●●●●●●●●●●●●●●●●● 这里');
  equal(mask('加扣扣 1 2 3 4 5 6，😀好'), '加扣扣 ● ● ● ● ● ●，😀好');
  equal(mask('加微信聊'), '加微信聊');
  equal(mask('😀😀 微信号：qinghe2024'), '😀😀 微信号：●●●●●●●●●●');
});
