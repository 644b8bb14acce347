import type { GoodsKind, ListingDraft } from '../../catalog/content.contract.ts';
import { must } from '../../kit/assert.ts';
import type { Family } from './family.ts';

// Sentences that many shops would write in their own way. Which of them a listing gets follows from its place, so the world is the same on every machine.

const pick = (choices: readonly string[], turn: number): string =>
  must(choices[turn % choices.length], 'there is a sentence for every turn');

const closings: Readonly<Record<GoodsKind, readonly string[]>> = {
  card: [
    '付款后卡密直接出现在订单里，点“查看”才会解开。',
    '卡号和密码分开两行，复制时会自动去掉空格。',
    '一次买多张会按张列出，用过的自己勾掉，不会弄混。',
    '查看之前请先准备好要充的账号，两小时内试完最稳妥。',
    '本店不保留卡密的副本，查看记录只有你和系统看得到。',
    '充不进去先别反复试，把提示截图传到订单里，我们按图查。',
  ],
  licence: [
    '授权码付款后自动发出，安装包从上面写的地址下载。',
    '先装试用版看看电脑带不带得动，再回来买也不迟。',
    '激活遇到提示，请把提示文字抄进订单，比截半张图更快。',
    '换电脑之前先解绑，忘了解绑也能在软件公司的网页上处理。',
    '开票由软件公司开，订单里会给你开票页的地址。',
  ],
  topup: [
    '充之前请再看一眼号码，充错号码的钱追回来要靠对方配合。',
    '晚上十一点到零点运营商结账，到账可能慢几分钟。',
    '充值码查看以后请尽快用，不要截图发给别人。',
    '给家人充的话，建议让对方先报一遍号码。',
    '余额变动以短信为准，没收到短信可以查一次余额。',
  ],
  membership: [
    '是一整张激活码，开通的是你自己的账号，不需要交出密码。',
    '已经是会员也能兑换，时间接在后面，不会被覆盖。',
    '到期不会自动续费，想续的时候再来。',
    '兑换入口偶尔改名字，找不到就在订单里问，我们每周核对一次。',
    '送人可以，把代码复制给对方就行，谁先兑换算谁的。',
  ],
  game: [
    '代码由游戏公司发行，兑换记录在游戏里查得到。',
    '兑换前请看清是哪个版本，不同版本之间不通用。',
    '外观类的东西不影响胜负，喜欢再买。',
    '维护的时候兑换不了，等开服再试，代码不会因此失效。',
    '同一个账号重复兑换会被游戏拒绝，请先看背包里有没有。',
  ],
  account: [
    '只卖给成年人。交接没有走完之前，钱一直在托管。',
    '交接完成后请马上开启登录保护。原主人找回的，180 天内按规则赔付。',
    '交接时间可以约在晚上，卖家和你都要在线。',
    '验号的过程会留下记录，以后有争议就看这份记录。',
  ],
  download: [
    '文件放在自己的服务器上，不走第三方网盘。',
    '下载断了可以接着下，不会多算次数。',
    '文件有更新会发站内消息，旧的也还留着。',
    '授权书在压缩包里，给客户交稿时可以一并附上。',
    '买之前可以先看下载页上的样张。',
  ],
  service: [
    '做之前先说清范围，范围以外的事不会顺手做。',
    '所有沟通都在订单里，做到哪一步都有记录。',
    '约好的时间做不了，请提前两小时说，改一次时间不收钱。',
  ],
  physical: [
    '签收次日起七天内可以退，保持原样就行。',
    '包装里有一张回执，写着是谁装的箱。',
    '颜色以实物为准，屏幕上会偏亮一点。',
    '寄丢了由本店补寄，不用你去找快递。',
  ],
};

/** Of memberships that a shop keeps: nothing is a code. */
const clubClosings: readonly string[] = [
  '付款后马上开通，会员页写着剩几天、到哪天。',
  '到期前七天和一天各提醒一次，不会自动续费。',
  '有申诉的时候天数停住，处理完接着算。',
];

/** The last sentences of a description: one on how to handle it, one that names the goods themselves. */
export function closingOf(family: Family, label: string, turn: number): string {
  const name = `${family.brand} ${label}`;
  const own = pick(
    [
      `买“${name}”的人常问能不能退：没查看就能取消，无效就补发或退款。`,
      `“${name}”的库存以本页显示为准，卖完会标“待补货”。`,
      `拿不准“${label}”够不够用，可以先看看同一牌子别的规格。`,
      `“${label}”和同一牌子别的规格用法相同，只是内容不一样。`,
      `这一款是“${name}”，下单前请对一下名字。`,
    ],
    turn + label.length,
  );
  if (family.membership) return pick(clubClosings, turn);
  return `${pick(closings[family.goods], turn)}${family.mode === undefined ? own : ''}`;
}

/** After-sales terms: never worse than the rulebook, sometimes better (article 20). */
export function afterSalesOf(family: Family, turn: number): ListingDraft['afterSales'] {
  const noReason_days = family.noReason_days ?? 7;
  const answer_hours = family.response_hours ?? must([4, 12, 24, 8, 24][turn % 5], 'there are five');
  return {
    noReason_days,
    faultResponse_hours: answer_hours,
    refunds: refundsOf(family),
    terms: pick(
      [
        '有问题先在订单里说，我们先看记录再回你。',
        '补发还是退款由你选，选定后当天办。',
        '查到是同一批出的问题，会主动联系买过的人。',
        '退款走原路，到账时间看你的银行，一般一到三天。',
      ],
      turn,
    ),
  };
}

function refundsOf(family: Family): ListingDraft['afterSales']['refunds'] {
  if (family.membership)
    return [
      { when: '还没开始', percent: 100 },
      { when: '权益没兑现，按没用的天数', percent: 100 },
    ];
  if (family.mode === undefined)
    return [
      { when: '没有查看，要取消', percent: 100 },
      { when: '无效或与描述不符，选择退款', percent: 100 },
    ];
  if (family.goods === 'physical')
    return [
      { when: '七天内退货', percent: 100 },
      { when: '破损或发错', percent: 100 },
    ];
  if (family.goods === 'service')
    return [
      { when: '还没开始', percent: 100 },
      { when: '做到一半停下', percent: 50 },
    ];
  return [{ when: family.goods === 'account' ? '验号不符或被原主人找回' : '超时未到账', percent: 100 }];
}
