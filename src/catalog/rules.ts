import { assert, must } from '../kit/assert.ts';
import { fen, type Fen } from '../kit/money.ts';
import type { Words } from '../kit/text.ts';
import type { DeliveryMode, GoodsKind, ListingContent, OrderMode } from './content.contract.ts';
import type { Opening } from './manual.contract.ts';
import type { Question } from './question.contract.ts';
import type { ListingState } from './machine.ts';

export type Tier = { readonly from: number; readonly price: Fen };

/** What a buyer is offered at this moment: the newest version of a listing, with what the shop and the buyer's price group add. */
export type Offer = {
  readonly shopId: string;
  readonly shopName: string;
  readonly listingId: string;
  readonly variantId: string;
  readonly poolId: string;
  readonly version: number;
  /** SHA-256 of the version's canonical JSON, hex. */
  readonly versionHash: string;
  /** 'live' when it can be bought; a variant that is off makes the offer 'off'. */
  readonly state: ListingState | 'off';
  readonly goods: GoodsKind;
  readonly delivery: DeliveryMode;
  /** 'pool': sold with its number at once. All others are delivered later. */
  readonly mode: OrderMode;
  /** Whether goods of this kind can be sold here by now. */
  readonly ready: boolean;
  readonly deliveryWithin_seconds: number;
  readonly opening: Opening | null;
  readonly questions: readonly Question[];
  readonly title: string;
  readonly variantName: string;
  readonly price: Fen;
  readonly tiers: readonly Tier[];
  readonly groupDiscount_bps: number;
  readonly perBuyerMax: number | null;
  readonly perOrderMax: number | null;
  readonly useWithin_hours: number | null;
  readonly feeBps: number;
  readonly settleDays: number;
  readonly noReasonDays: number;
  /** Names of the texts that the buyer must tick; `acknowledgementsOf` has the texts. */
  readonly acks: readonly AckName[];
};

type KindOfSale = Pick<
  ListingContent,
  'delivery' | 'goods' | 'keyFormat' | 'topup' | 'membership' | 'licence' | 'file'
>;

/** Automatic goods that are made for each order and come from no pool; each kind adds its own field here. */
const madeForTheOrder = (content: KindOfSale): boolean =>
  content.membership !== null || content.licence !== null || content.file !== null;

/** How the orders of these goods live. */
export const orderModeOf = (content: KindOfSale): OrderMode =>
  content.delivery.mode === 'automatic' && content.keyFormat !== null && !madeForTheOrder(content)
    ? 'pool'
    : content.delivery.mode;

const notYet: readonly GoodsKind[] = ['game', 'account', 'service'];

/** Whether orders of these goods can be fulfilled here: from a pool always; later goods once their kind has its delivery. */
export function isReady(content: KindOfSale): boolean {
  const mode = orderModeOf(content);
  if (mode === 'pool') return true;
  if (notYet.includes(content.goods)) return false;
  if (mode === 'automatic') return madeForTheOrder(content);
  if (mode === 'shipping') return content.goods === 'physical';
  return mode === 'manual' || (mode === 'direct' && content.topup !== null);
}

/** One step of a price, for the whole line. `amount` is what it adds or takes; all amounts add up to the total. */
export type PriceComponent =
  | { readonly kind: 'base'; readonly unit: bigint; readonly amount: bigint }
  | { readonly kind: 'wholesale'; readonly from: number; readonly amount: bigint }
  | { readonly kind: 'group'; readonly discount_bps: number; readonly amount: bigint };
export type Price = {
  readonly unit: Fen;
  readonly total: Fen;
  readonly components: readonly PriceComponent[];
};
type Priced = Pick<Offer, 'price' | 'tiers' | 'groupDiscount_bps'>;

/**
 * What `quantity` units cost, exact to the fen. The wholesale tier with the highest reached quantity replaces the base price; then the
 * price group takes its share off each unit, and the unit's price is rounded down to the fen, in the buyer's favour (F006, F172).
 */
export function priceOf(offer: Priced, quantity: number): Price {
  assert(Number.isSafeInteger(quantity) && quantity > 0, 'a price is for a whole number of units');
  const count = BigInt(quantity);
  const tier = tierFor(offer.tiers, quantity);
  const listed = tier?.price ?? offer.price;
  const unit = fen((listed * BigInt(10_000 - offer.groupDiscount_bps)) / 10_000n);
  const components: PriceComponent[] = [{ kind: 'base', unit: offer.price, amount: offer.price * count }];
  if (tier && tier.price !== offer.price)
    components.push({ kind: 'wholesale', from: tier.from, amount: (tier.price - offer.price) * count });
  if (unit !== listed)
    components.push({
      kind: 'group',
      discount_bps: offer.groupDiscount_bps,
      amount: (unit - listed) * count,
    });
  return { unit, total: fen(unit * count), components };
}

const tierFor = (tiers: readonly Tier[], quantity: number): Tier | undefined =>
  tiers.reduce<Tier | undefined>(
    (best, tier) => (tier.from <= quantity && tier.from > (best?.from ?? 0) ? tier : best),
    undefined,
  );

/** A price component in words, for the confirmation page and the bill. */
export function componentLabel(component: PriceComponent): Words {
  if (component.kind === 'base') return { zh: '标价', en: 'Listed price' };
  if (component.kind === 'wholesale')
    return { zh: `满 ${component.from} 件批发价`, en: `Wholesale price from ${component.from}` };
  const off = (component.discount_bps / 100).toString();
  return { zh: `你的会员组优惠 ${off}%`, en: `Your price group, ${off}% off` };
}

export const ackNames = [
  'digital-no-return-after-reveal',
  'digital-no-return-after-download',
  'binding-rule',
  'key-expiry',
] as const;
export type AckName = (typeof ackNames)[number];
export type Acknowledgement = {
  readonly name: AckName;
  readonly article: string;
  readonly title: Words;
  readonly text: Words;
};

const hidden = (content: ListingContent): boolean => content.delivery.mode === 'automatic';

/** Which texts the buyer of this version must tick, each on its own and never ticked before (articles 8, 19, 20; F020, F055). */
export function acksOf(content: ListingContent): AckName[] {
  const names: AckName[] = [];
  if (content.file !== null) names.push('digital-no-return-after-download');
  else if (hidden(content)) names.push('digital-no-return-after-reveal');
  if (content.binding.mustConfirm && content.binding.rule !== '') names.push('binding-rule');
  if (hidden(content) && content.useWithin_hours !== null) names.push('key-expiry');
  return names;
}

/** The texts of `acksOf` with this version's own facts in them; the order stores them as they were shown. */
export const acknowledgementsOf = (content: ListingContent): Acknowledgement[] =>
  acksOf(content).map((name) => ackTexts[name](content));

const ackTexts: Record<AckName, (content: ListingContent) => Acknowledgement> = {
  'digital-no-return-after-reveal': () => ({
    name: 'digital-no-return-after-reveal',
    article: '20',
    title: {
      zh: '卡密一经查看，不适用七日无理由',
      en: 'Once a key is revealed, the seven-day return no longer applies',
    },
    text: {
      zh: '没查看的，7 天内可以取消。卡密无效、与描述不符等质量问题不受影响。',
      en: 'Keys that you have not revealed can be cancelled within 7 days. Faulty keys are not affected by this.',
    },
  }),
  'digital-no-return-after-download': () => ({
    name: 'digital-no-return-after-download',
    article: '20',
    title: {
      zh: '开始下载后，不适用七日无理由',
      en: 'Once the download has begun, the seven-day return no longer applies',
    },
    text: {
      zh: '没下载的，7 天内可以取消。地址失效、文件与描述不符、带恶意程序等质量问题不受影响。',
      en: 'What you have not downloaded can be cancelled within 7 days. A dead link, a wrong file or malware is not affected by this.',
    },
  }),
  'binding-rule': (content) => ({
    name: 'binding-rule',
    article: '8',
    title: { zh: `绑定规则：${content.binding.rule}`, en: `Binding rule: ${content.binding.rule}` },
    text: {
      zh: '这是商家写明的绑定规则，请确认和你的情况相符。没有写明的限制对你不生效。',
      en: 'This is the rule the shop states; please make sure it fits. A limit that is not stated does not bind you.',
    },
  }),
  'key-expiry': (content) => ({
    name: 'key-expiry',
    article: '19',
    title: {
      zh: `请在发出后 ${spanZh(content.useWithin_hours)}内使用`,
      en: `Use it within ${spanEn(content.useWithin_hours)} of delivery`,
    },
    text: {
      zh: '在有效期内没有使用而过期的，不补不退；商家迟延交付、实际有效期更短、没有提醒的除外。',
      en: 'A key that expires unused is neither replaced nor refunded, unless it came late, was valid for less than stated, or nobody reminded you.',
    },
  }),
};

const spanZh = (hours: number | null): string => {
  const given = must(hours, 'a key that expires has a time');
  return given % 24 === 0 && given > 48 ? `${given / 24} 天` : `${given} 小时`;
};
const spanEn = (hours: number | null): string => {
  const given = must(hours, 'a key that expires has a time');
  return given % 24 === 0 && given > 48 ? `${given / 24} days` : `${given} hours`;
};

/** Which fields differ between two versions, for the list of versions (F068). Paths are dotted; texts are as stored. */
export function changesBetween(
  before: ListingContent,
  after: ListingContent,
): { field: string; before: string; after: string }[] {
  const [old, now] = [flat(before), flat(after)];
  const fields = [...new Set([...old.keys(), ...now.keys()])];
  return fields
    .filter((field) => old.get(field) !== now.get(field))
    .map((field) => ({ field, before: old.get(field) ?? '', after: now.get(field) ?? '' }));
}

function flat(value: unknown, path = '', into = new Map<string, string>()): Map<string, string> {
  if (value !== null && typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) flat(inner, path === '' ? key : `${path}.${key}`, into);
  } else into.set(path, value === null ? '' : String(value));
  return into;
}
