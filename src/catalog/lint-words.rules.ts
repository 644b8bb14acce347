import { voidTerms } from '../rules/void-terms.rules.ts';
import type { CatalogRefusal } from './contract.ts';

export type LintRefusal = Extract<
  CatalogRefusal,
  | 'LISTING_INCOMPLETE'
  | 'LISTING_FORBIDDEN'
  | 'LISTING_TERM_VOID'
  | 'LISTING_CLAIM_REFUSED'
  | 'LISTING_CONTACT_REFUSED'
>;

type WordLint = {
  refusal: LintRefusal;
  article: string;
  pattern: RegExp;
  unless?: RegExp;
  zh: string;
  en: string;
};

/** What a listing may not say, the article that forbids it, and the sentence for its shop. A new word is a new line here. */
export const wordLints: readonly WordLint[] = [
  {
    refusal: 'LISTING_FORBIDDEN',
    article: '11',
    pattern: /(?:电话卡|手机卡|流量卡|物联网卡|虚拟号|接码|银行卡|支付账户|支付账号|收款码|对公账户|四件套)/,
    zh: '电话卡、银行卡、支付账户禁止出售。',
    en: 'Phone cards, bank cards and payment accounts may not be sold.',
  },
  {
    refusal: 'LISTING_FORBIDDEN',
    article: '11',
    pattern:
      /(?:实名(?:认证)?(?:微信|QQ|抖音|社交)?(?:号|账号)|代(?:过|做)?实名|代认证|人脸(?:代|解封)|已实名|社交账号|微信号出售)/i,
    unless: /(?:无需|不需要|没有|非|不含|不是|未)[^，,。]{0,4}$/,
    zh: '实名社交账号和代认证禁止出售。',
    en: 'Accounts bound to a real name and identity checks done for others may not be sold.',
  },
  {
    refusal: 'LISTING_FORBIDDEN',
    article: '11',
    pattern:
      /(?:外挂|私服|破解版|破解补丁|注册机|盗版|盗刷|黑卡|洗钱|木马|自动瞄准|透视辅助|脚本挂机|刷单|赌博|棋牌充值|翻墙)/,
    zh: '破解、外挂、私服、恶意软件和来路不正的卡密禁止出售。',
    en: 'Cracks, cheats, private servers, malware and stolen keys may not be sold.',
  },
  // What no shop and no rule may say stands with the rules.
  ...voidTerms.map((term): WordLint => ({ refusal: 'LISTING_TERM_VOID', ...term })),
  {
    refusal: 'LISTING_CONTACT_REFUSED',
    article: '4',
    pattern:
      /(?:(?:加|联系|添加)(?:我|客服|店主|卖家)?(?:的)?\s*(?:微信|vx|v信|威信|薇信|qq|扣扣|企鹅|飞机|电报|telegram|whatsapp)|(?:微信|vx|v信|薇信|qq群?|电报)\s*(?:号|群)?\s*[:：]?\s*[a-z0-9_-]{5,}|私下(?:交易|付款|转账)|线下(?:付款|转账)|直接转账|扫码(?:付款|加群)|(?<!\d)1[3-9]\d{9}(?!\d)|[\w.+-]+@[\w-]+\.[a-z]{2,})/i,
    zh: '不能留联系方式，也不能请买家到别处付款或沟通。',
    en: 'No contact details, and nobody may be asked to pay or talk elsewhere.',
  },
  {
    refusal: 'LISTING_CLAIM_REFUSED',
    article: '12',
    pattern:
      /(?:最(?:低价|便宜|好|快|全|强|优惠|安全|稳定)|全网(?:最低|第一|独家)|第一(?:名|品牌)|销量第一|国家级|绝对|百分(?:之)?百|100\s*%\s*(?:有效|可用|成功|正品|安全|到账)|永不(?:失效|过期|封号|掉)|万能|零风险|无风险|史上|顶级|极致)/,
    zh: '绝对化的说法不能兑现，也不合广告法。写成可以核对的事实。',
    en: 'Absolute claims cannot be kept and are unlawful. State a fact that can be checked.',
  },
];
