import type { GoodsKind, Guide, ListingDraft } from '../../catalog/content.contract.ts';
import type { Family, Item } from './family.ts';

/** What error messages of each kind usually mean; shops of the demo world copy it as most shops would. */
const errors: Readonly<Partial<Record<GoodsKind, Guide['errors']>>> = {
  card: [
    { shown: '卡密错误', meaning: '多半抄错了一位，先在订单页对一对' },
    { shown: '卡密已使用', meaning: '别再重复试，在订单里说不能用，系统会去核验' },
    { shown: '区服不符', meaning: '这张卡只能充商品页写的区服，换到对应的区再试' },
  ],
  licence: [
    { shown: '授权码无效', meaning: '先核对有没有空格和全角字符' },
    { shown: '激活次数已满', meaning: '在别的设备上先解绑，再回来激活' },
    { shown: '系统版本过低', meaning: '升级系统，或者换一台符合要求的设备' },
  ],
  topup: [
    { shown: '充值码错误', meaning: '多半抄错了一位，先在订单页对一对' },
    { shown: '号码不支持', meaning: '充值码只能给商品页写的运营商号码用' },
  ],
  membership: [
    { shown: '兑换码错误', meaning: '多半抄错了一位，先在订单页对一对' },
    { shown: '兑换码已使用', meaning: '看一眼是不是已经兑换到自己的另一个账号' },
    { shown: '权益没有变化', meaning: '退出账号重新登录，再看到期日' },
  ],
};

/** The quoted place in a sentence, e.g. “充值码交费”. */
const placeIn = (text: string): string => /“([^”]{1,60})”/.exec(text)?.[1] ?? '';

/** The guide of a family: prepare, redeem, check. Goods that are used without any step have none. */
export function guideOf(family: Family): Guide | null {
  if (!['card', 'licence', 'topup', 'membership', 'game'].includes(family.goods)) return null;
  return {
    steps: [
      { text: '先登录自己的账号，看清是不是要用的那一个', where: '' },
      { text: family.redeem, where: placeIn(family.redeem) },
      { text: family.verify, where: placeIn(family.verify) },
    ],
    address: family.site ?? (family.download ? new URL(family.download.url).origin : null),
    platform: family.devices,
    errors: [...(errors[family.goods] ?? [])],
  };
}

/** What the shop keeps as a membership of its own, with the term of the item. */
export const membershipOf = (family: Family, [, , , extra]: Item): ListingDraft['membership'] =>
  family.membership
    ? {
        ...family.membership,
        term: extra?.term ?? { count: 1, unit: 'month' },
        includes: [...family.membership.includes],
      }
    : null;
