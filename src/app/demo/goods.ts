import { createListings, type NewListing, type Published } from '../../catalog/actions.ts';
import type { GoodsKind, ListingDraft } from '../../catalog/content.contract.ts';
import { noKinds } from '../../catalog/kinds.contract.ts';
import { orderModeOf } from '../../catalog/rules.ts';
import type { ShopTier } from '../../merchants/contract.ts';
import { assert, must } from '../../kit/assert.ts';
import { transaction, type Db } from '../../kit/tx.ts';
import { afterSalesOf, closingOf } from './wording.ts';
import type { Extra, Family, Item, ShopKey } from './family.ts';
import { bytesOf, fileOf } from './files.ts';
import { guideOf, membershipOf } from './guides.ts';
import { cards } from './goods-cards.data.ts';
import { downloads } from './goods-downloads.data.ts';
import { games } from './goods-games.data.ts';
import { hands } from './goods-hands.data.ts';
import { members } from './goods-members.data.ts';
import { software } from './goods-software.data.ts';
import { things } from './goods-things.data.ts';
import { clubs } from './goods-clubs.data.ts';
import { topups } from './goods-topups.data.ts';

export type DemoShop = {
  readonly key: ShopKey;
  readonly name: string;
  readonly slug: string;
  readonly intro: string;
  readonly tier: ShopTier;
  readonly feeBps: number;
  readonly selfRun?: boolean;
};

/** The shops of the demo world. Who owns them is the caller's. */
export const demoShops: readonly DemoShop[] = [
  {
    key: 'songjian',
    name: '松间数字商行',
    slug: 'songjian',
    intro: '做游戏点卡、礼品卡和直充，进货凭证都在，卡密入库前逐批抽验。',
    tier: 'trusted',
    feeBps: 200,
  },
  {
    key: 'qinghe',
    name: '青禾软件屋',
    slug: 'qinghe',
    intro: '卖自己用过的软件、字体和课程，激活遇到问题按步骤陪你走完。',
    tier: 'whitelisted',
    feeBps: 300,
  },
  {
    key: 'nanqiao',
    name: '南乔会员社',
    slug: 'nanqiao',
    intro: '会员和网盘的激活码，都是自己账号用的整张卡。',
    tier: 'whitelisted',
    feeBps: 250,
  },
  {
    key: 'tonghai',
    name: '通海充值',
    slug: 'tonghai',
    intro: '话费、流量、公交和燃气的充值码，面额齐，补货快。',
    tier: 'whitelisted',
    feeBps: 150,
    selfRun: true,
  },
  {
    key: 'guizhou',
    name: '归舟游戏铺',
    slug: 'guizhou',
    intro: '游戏道具的官方兑换码，外观居多，数值的东西不卖。',
    tier: 'probation',
    feeBps: 400,
  },
  {
    key: 'shiguang',
    name: '拾光小物',
    slug: 'shiguang',
    intro: '两个人的小店，做周边、模型和几样手艺活。',
    tier: 'probation',
    feeBps: 400,
  },
];

const families: readonly Family[] = [
  ...cards,
  ...members,
  ...topups,
  ...software,
  ...games,
  ...downloads,
  ...things,
  ...clubs,
  ...hands,
];

/** The categories by slug; their ids are reference data of the migration. */
const categories: Readonly<Record<string, string>> = Object.fromEntries(
  ['cards', 'memberships', 'topups', 'software', 'game-items', 'accounts', 'downloads', 'goods'].map(
    (slug, index) => [slug, `01900000-0000-7000-8000-00000000c00${index + 1}`],
  ),
);

export type DemoListing = {
  readonly shop: ShopKey;
  readonly categoryId: string;
  readonly content: ListingDraft;
  /** Of a download: the file itself. */
  readonly file: Buffer | null;
};

/** Every listing of the demo world, in a fixed order. */
export const demoListings = (): DemoListing[] =>
  families.flatMap((family, familyIndex) =>
    family.items.map((item, itemIndex) => ({
      shop: family.shop,
      categoryId: must(categories[family.category], `there is a category ${family.category}`),
      content: contentOf(family, item, familyIndex * 7 + itemIndex * 3),
      file: family.file ? bytesOf(family, item) : null,
    })),
  );

function contentOf(family: Family, item: Item, turn: number): ListingDraft {
  const [label, price, note, extra = {}] = item;
  return {
    ...noKinds,
    title: `${family.brand}${family.noun} ${label}`,
    subtitle: family.keywords.slice(1, 3).join(' · '),
    goods: family.goods,
    description: [family.intro, note, family.redeem, closingOf(family, label, turn)].join('\n'),
    keywords: [...family.keywords],
    delivery: { mode: family.mode ?? 'automatic', within_seconds: family.within_seconds ?? 60 },
    validity: family.validity,
    binding: { rule: family.binding, mustConfirm: family.mustConfirm ?? false },
    devices: family.devices,
    activations: extra.activations ?? family.activations ?? null,
    download: family.download ? { ...family.download, sha256: '' } : null,
    realName: family.realName ?? null,
    afterSales: afterSalesOf(family, turn),
    fees: { allInPrice: true, renewsByItself: false, elsewhere: family.elsewhere ?? '' },
    promises: usedPromises(family, `${label}${note}`),
    useWithin_hours: family.useWithin_hours ?? null,
    keyFormat: family.keyFormat,
    verification: family.verify,
    guide: guideOf(family),
    membership: membershipOf(family, item),
    topup: family.topup ?? null,
    licence: family.licence ? { ...family.licence, duration_days: extra.days ?? null } : null,
    issuer: family.issuer ?? null,
    face: { colour: family.colour, title: family.face, subtitle: label },
    variants: variantsOf(label, price, extra),
    limits: { perBuyer: extra.perBuyer ?? null, perOrder: extra.perOrder ?? null },
    file: fileOf(family, item),
    ...family.kinds,
  };
}

/** A promise belongs to the listings that make it. */
const usedPromises = (family: Family, text: string): ListingDraft['promises'] =>
  text.includes('永久') ? [...(family.promises ?? [])] : [];

function variantsOf(label: string, price: number, extra: Extra): ListingDraft['variants'] {
  const given = extra.variants ?? [[label, price] as const];
  return given.map(([name, each]) => ({
    id: null,
    name,
    price: `${each}`,
    on: true,
    tiers: tiersOf(each, extra.from ?? []),
    ...(extra.faceValue ? { faceValue: `${extra.faceValue}` } : {}),
  }));
}

/** Half a percent less at the first step and 0.7 more at each further one, rounded down to the fen. */
const tiersOf = (price: number, from: readonly number[]): ListingDraft['variants'][number]['tiers'] =>
  from.map((quantity, index) => ({
    from: quantity,
    price: `${Math.floor((price * (995 - index * 7)) / 1000)}`,
  }));

/** A listing as it was laid out: what the import of keys and the buyers' past need to know. */
export type LaidOut = Published & {
  readonly shop: ShopKey;
  readonly shopId: string;
  readonly goods: GoodsKind;
  /** Keys from a pool. */
  readonly automatic: boolean;
  readonly direct: boolean;
  /** A membership that the shop keeps. */
  readonly membership: boolean;
  /** A file that the platform keeps. */
  readonly download: boolean;
  /** Licences that the platform issues. */
  readonly licence: boolean;
  readonly keyFormat: ListingDraft['keyFormat'];
  readonly title: string;
};

const batch = 60;

/** Lays out the goods of the demo world through the real actions, on sale at once. `shops` names each shop and who writes its listings. */
export async function layOutGoods(
  db: Db,
  shops: Readonly<Record<ShopKey, { shopId: string; ownerId: string }>>,
): Promise<LaidOut[]> {
  const listings = demoListings();
  const laidOut: LaidOut[] = [];
  for (let from = 0; from < listings.length; from += batch) {
    const part = listings.slice(from, from + batch);
    const asked = part.map((one): NewListing => ({
      ...shopOf(shops, one),
      categoryId: one.categoryId,
      content: one.content,
      live: true,
    }));
    const answers = await transaction(db, (tx) => createListings(tx, asked));
    answers.forEach((answer, index) => {
      const { shop, content } = must(part[index], 'an answer for each listing');
      assert(answer.ok, `the demo listing ${content.title} passes: ${JSON.stringify(answer)}`);
      laidOut.push({
        ...answer.value,
        shop,
        shopId: shops[shop].shopId,
        goods: content.goods,
        direct: content.topup !== null,
        automatic: orderModeOf(content) === 'pool',
        membership: content.membership !== null,
        download: content.file !== null,
        licence: content.licence !== null,
        keyFormat: content.keyFormat,
        title: content.title,
      });
    });
  }
  return laidOut;
}

const shopOf = (shops: Readonly<Record<ShopKey, { shopId: string; ownerId: string }>>, one: DemoListing) => ({
  shopId: shops[one.shop].shopId,
  byId: shops[one.shop].ownerId,
});
