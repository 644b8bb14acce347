import { must } from '../kit/assert.ts';
import { fen } from '../kit/money.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { serve } from '../kit/route.ts';
import { reader } from '../kit/tx.ts';
import type { Context } from '../kit/viewer.ts';
import type { ListingContent, VariantContent } from '../catalog/content.contract.ts';
import { coverageTermsOf, rightsOf } from '../catalog/coverage.rules.ts';
import { termsOf as searchTerms } from '../catalog/search.rules.ts';
import { knownVersion, versionsOf } from '../catalog/versions.actions.ts';
import { settleDaysOf } from '../merchants/rules.ts';
import { versionAt } from '../rules/rules.ts';
import { rankingOf, type RankedCategory } from './ranking.views.ts';
import { stockTold, storefrontContract, type Sort } from './storefront.contract.ts';
import {
  cursorOf,
  cursorText,
  rankedAfter,
  startOf,
  stockTold as told,
  type Cursor,
} from './storefront.rules.ts';
import {
  cardsInOrder,
  cheapestCards,
  dearestCards,
  findProduct,
  findShop,
  newestCards,
  searchCards,
  shopsInFull,
  type CardRow,
} from './storefront.views.ts';

type Asked = {
  sort: Sort;
  limit: number;
  cursor?: string | undefined;
  deposit?: 'full' | undefined;
};
type Filter = { categoryId: string | null; shopId: string | null; shops: readonly string[] | null };
type Page = Result<{ listings: ReturnType<typeof cardOf>[]; next: string | null }, 'CURSOR_INVALID'>;

/** Twelve fill the start page on every width. */
const homeCards = 12;

export const storefrontRoutes = {
  home: serve(storefrontContract.home, async (ctx) => {
    const ranking = await rankingOf(ctx.db);
    const best = ranking.listings.slice(0, homeCards);
    const rows = await cardsInOrder(ctx.db, best);
    return done({
      categories: ranking.categories.map((one) => categoryOf(one, ctx)),
      listings: rows.map(cardOf),
      hot: [...new Set(rows.map((row) => row.faceTitle))].slice(0, 4),
      onSale: ranking.listings.length,
    });
  }),

  products: serve(storefrontContract.products, async (ctx, input) => {
    const category = input.category === undefined ? undefined : await categoryAt(ctx, input.category);
    if (input.category !== undefined && !category) return done({ listings: [], next: null });
    const filter = { categoryId: category?.id ?? null, shopId: input.shopId ?? null };
    return pageOf(ctx, input, filter, input.q);
  }),

  category: serve(storefrontContract.category, async (ctx, input) => {
    const category = await categoryAt(ctx, input.slug);
    if (!category) return refuse('NOT_FOUND');
    const page = await pageOf(ctx, input, { categoryId: category.id, shopId: null });
    return page.ok ? done({ category: categoryOf(category, ctx), ...page.value }) : page;
  }),

  shopPage: serve(storefrontContract.shopPage, async (ctx, input) => {
    const on = await reader(ctx.db);
    const [shop] = await findShop(on, { id: input.shopId });
    if (!shop) return refuse('SHOP_NOT_FOUND');
    const page = await pageOf(ctx, input, { categoryId: null, shopId: shop.id });
    if (!page.ok) return page;
    return done({
      shop: { ...shop, shopId: shop.id, settle_days: settleDaysOf(shop.tier, versionAt(on.business)) },
      ...page.value,
    });
  }),

  product: serve(storefrontContract.product, async (ctx, input) => {
    const row = await findProduct(ctx.db, input.listingId);
    if (!row) return refuse('LISTING_NOT_FOUND');
    const on = await reader(ctx.db);
    const rulebook = versionAt(on.business);
    const { content, hash, mode, ready } =
      knownVersion(row) ?? must((await versionsOf(on, [row]))[0], 'a listing has its version');
    return done({
      listingId: row.listingId,
      state: row.state,
      version: row.version,
      hash,
      category: { slug: row.slug, name: row[ctx.language] },
      shop: {
        shopId: row.shopId,
        name: row.shopName,
        tier: row.tier,
        openedAt: row.openedAt,
        verified: row.verified,
        selfRun: row.selfRun,
        deposit: row.deposit,
      },
      ...said(content),
      mode,
      ready,
      opening: content.opening,
      variants: content.variants.map((one) => variantOf(one, row, mode === 'pool')),
      rights: rightsOf(
        content,
        { quantity: 1, at: on.business, fixed: false },
        coverageTermsOf(rulebook, settleDaysOf(row.tier, rulebook)),
      ),
    });
  }),
};

async function categoryAt(ctx: Context, slug: string): Promise<RankedCategory | undefined> {
  return (await rankingOf(ctx.db)).categories.find((one) => one.slug === slug);
}

const categoryOf = (one: RankedCategory, ctx: Context) => ({
  slug: one.slug,
  name: one[ctx.language],
  icon: one.icon,
  listings: one.listings,
});

async function pageOf(ctx: Context, asked: Asked, where: Omit<Filter, 'shops'>, q?: string): Promise<Page> {
  const inFull = asked.deposit === 'full' ? await shopsInFull(await reader(ctx.db)) : null;
  const filter: Filter = { ...where, shops: inFull && inFull.map((one) => one.shopId) };
  const terms = q === undefined ? [] : searchTerms(q);
  // A query of signs only has no terms and finds nothing, instead of everything.
  if (q !== undefined && q.trim() !== '' && terms.length === 0) return done({ listings: [], next: null });
  const after =
    asked.cursor === undefined ? startOf(asked.sort, terms.length > 0) : cursorOf(asked.sort, asked.cursor);
  if (!after) return refuse('CURSOR_INVALID');
  if (terms.length === 0 && asked.sort === 'best') return rankedPage(ctx, asked, filter, after);
  const on = await reader(ctx.db);
  const page = { ...filter, after, limit: asked.limit + 1 };
  const rows =
    terms.length > 0
      ? await searchCards(on, { ...page, terms, sort: asked.sort })
      : await ordered[asked.sort as 'new'](on, page);
  const last = rows.length > asked.limit ? rows[asked.limit - 1] : undefined;
  return done({
    listings: rows.slice(0, asked.limit).map(cardOf),
    next: last ? cursorText(asked.sort, { key: last.key, id: last.listingId }) : null,
  });
}

const ordered = { new: newestCards, cheap: cheapestCards, dear: dearestCards };

async function rankedPage(ctx: Context, asked: Asked, filter: Filter, after: Cursor): Promise<Page> {
  const ranked = rankedAfter((await rankingOf(ctx.db)).listings, after, filter, asked.limit + 1);
  const shown = ranked.slice(0, asked.limit);
  const rows = await cardsInOrder(ctx.db, shown);
  const last = ranked.length > asked.limit ? shown.at(-1) : undefined;
  return done({
    listings: rows.map(cardOf),
    next: last ? cursorText('best', { key: BigInt(-last.sold), id: last.listingId }) : null,
  });
}

const cardOf = (row: CardRow) => ({
  listingId: row.listingId,
  shopId: row.shopId,
  shopName: row.shopName,
  title: row.title,
  subtitle: row.subtitle,
  goods: row.goods,
  face: { colour: row.faceColour, title: row.faceTitle, subtitle: row.faceSubtitle },
  price_fen: row.price,
  from: row.price < row.priceMax,
  delivery: row.deliveryMode,
  within_seconds: row.deliverySeconds,
  stock: row.pooled ? told(row.stock, stockTold) : null,
});

/** What the version says, as the page shows it; prices and stock come beside it. */
const said = (content: ListingContent) => ({
  title: content.title,
  subtitle: content.subtitle,
  goods: content.goods,
  description: content.description,
  face: content.face,
  delivery: content.delivery,
  validity: content.validity,
  binding: content.binding,
  devices: content.devices,
  activations: content.activations,
  download: content.download,
  realName: content.realName,
  afterSales: content.afterSales,
  fees: content.fees,
  promises: content.promises,
  useWithin_hours: content.useWithin_hours,
  keyFormat: content.keyFormat,
  verification: content.verification,
  guide: content.guide ?? null,
  membership: content.membership ?? null,
  file: content.file ?? null,
  topup: content.topup ?? null,
  limits: content.limits,
});

function variantOf(
  one: VariantContent,
  row: { poolIds: readonly string[]; stocks: readonly number[] },
  pooled: boolean,
) {
  const place = row.poolIds.indexOf(one.id);
  return {
    variantId: one.id,
    name: one.name,
    price_fen: fen(one.price),
    tiers: one.tiers.map((tier) => ({ from: tier.from, price_fen: fen(tier.price) })),
    stock: pooled ? told(place < 0 ? 0 : row.stocks[place], stockTold) : null,
    on: one.on,
    term: one.term ?? null,
    faceValue: one.faceValue ?? null,
  };
}
