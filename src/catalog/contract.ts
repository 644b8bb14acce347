import { z } from 'zod';
import { endpoint } from '../kit/endpoint.ts';
import { fenOut, idIn, idOut, instantOut } from '../kit/public-id.ts';
import type { RefusalCatalogue } from '../kit/result.ts';
import { listingContent, listingDraft } from './content.contract.ts';

export const listingStates = ['draft', 'live', 'suspended', 'delisted'] as const;

export const catalogRefusals = {
  LISTING_NOT_FOUND: { status: 404, zh: '没有找到这个商品。', en: 'We could not find this listing.' },
  CATEGORY_NOT_FOUND: {
    status: 422,
    zh: '没有这个分类，请重新选择。',
    en: 'There is no such category; choose another.',
  },
  VARIANT_NOT_FOUND: {
    status: 422,
    zh: '有一个规格不属于这个商品。',
    en: 'One of the variants does not belong to this listing.',
  },
  LISTING_INCOMPLETE: {
    status: 422,
    zh: '有必须写明的内容还没写，写全了才能上架。',
    en: 'Something that must be stated is missing; the listing cannot go on sale before.',
  },
  LISTING_FORBIDDEN: {
    status: 422,
    zh: '这类商品不能在盟约出售。',
    en: 'This kind of goods cannot be sold here.',
  },
  LISTING_TERM_VOID: {
    status: 422,
    zh: '有一句话在法律上无效，删掉或改写后才能上架。',
    en: 'One sentence is void by law; remove or rewrite it first.',
  },
  LISTING_CLAIM_REFUSED: {
    status: 422,
    zh: '有一句宣传说得太满，写成能兑现的承诺后才能上架。',
    en: 'One claim says too much; write it as a promise that can be kept.',
  },
  LISTING_CONTACT_REFUSED: {
    status: 422,
    zh: '商品页不能留联系方式，也不能引导到平台以外付款或沟通。',
    en: 'A listing may not hold contact details or lead people away from the platform.',
  },
  LISTING_PAUSED: {
    status: 409,
    zh: '系统暂停了这个商品，原因消除后自动恢复。原因和办法在“措施与申诉”里。',
    en: 'This listing is paused and comes back when its cause is cured; see “Measures”.',
  },
  LISTING_NEW_STOPPED: {
    status: 409,
    zh: '店铺现在不能上新：被封、失联冻结，或者纠纷率过高。详情在“措施与申诉”里。',
    en: 'This shop may not put anything on sale now: a ban, a freeze or its dispute rate. See “Measures”.',
  },
  LISTING_STATE_REFUSED: {
    status: 409,
    zh: '商品现在的状态不能这样操作。',
    en: 'The listing cannot do that in its present state.',
  },
  LISTING_UNCHANGED: {
    status: 409,
    zh: '内容和现在的版本一样，没有产生新版本。',
    en: 'Nothing was changed, so there is no new version.',
  },
  LISTING_CHANGED_MEANWHILE: {
    status: 409,
    zh: '你打开之后，商品又有了新版本。请看过新版本再改。',
    en: 'The listing got a newer version after you opened it. Look at that one first.',
  },
  CURSOR_INVALID: {
    status: 422,
    zh: '翻页的标记不对，请从第一页开始。',
    en: 'The cursor is not one of ours; begin with the first page.',
  },
} as const satisfies RefusalCatalogue;
export type CatalogRefusal = keyof typeof catalogRefusals;

/** What a lint found: which rule, in which field, by which article, and the words it found. */
export const findingShape = z.object({
  refusal: z.string(),
  field: z.string(),
  article: z.string(),
  found: z.string(),
  zh: z.string(),
  en: z.string(),
});
export type Finding = z.infer<typeof findingShape>;

const wordsOut = z.object({ zh: z.string(), en: z.string() });
export const categoryOut = z.object({
  id: idOut('category'),
  slug: z.string(),
  name: wordsOut,
  icon: z.string(),
});

/** Content for people: variants carry their public ids. */
export const contentOut = listingContent.extend({
  variants: z.array(listingContent.shape.variants.element.extend({ id: idOut('variant') })),
});

const merchant = { shop: ['goods'] } as const;
const listingAt = z.object({ shopId: idIn('shop'), listingId: idIn('listing') });
const versionOut = z.object({
  listingId: idOut('listing'),
  version: z.number(),
  hash: z.string(),
  state: z.enum(listingStates),
});
const writeRefusals = catalogRefusals;

export const catalogContract = {
  categories: endpoint({
    at: 'GET /categories',
    who: 'anyone',
    summary: 'All categories in their order',
    input: z.object({}),
    output: z.object({ categories: z.array(categoryOut) }),
    refusals: {},
  }),
  myListings: endpoint({
    at: 'GET /shops/{shopId}/listings',
    who: merchant,
    summary: 'Listings of my shop, newest first',
    input: z.object({
      shopId: idIn('shop'),
      q: z.string().max(60).optional(),
      state: z.enum(listingStates).optional(),
      cursor: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(20),
    }),
    output: z.object({
      listings: z.array(
        z.object({
          id: idOut('listing'),
          state: z.enum(listingStates),
          version: z.number(),
          title: z.string(),
          goods: z.string(),
          price_fen: fenOut,
          variantIds: z.array(idOut('variant')),
          at: instantOut,
          events: z.array(z.string()),
        }),
      ),
      counts: z.record(z.enum(listingStates), z.number()),
      next: z.string().nullable(),
    }),
    refusals: { CURSOR_INVALID: catalogRefusals.CURSOR_INVALID },
  }),
  myListing: endpoint({
    at: 'GET /shops/{shopId}/listings/{listingId}',
    who: merchant,
    summary: 'One listing of my shop, as it is now',
    input: listingAt,
    output: z.object({
      id: idOut('listing'),
      state: z.enum(listingStates),
      version: z.number(),
      hash: z.string(),
      categoryId: idOut('category'),
      content: contentOut,
      findings: z.array(findingShape),
      events: z.array(z.string()),
    }),
    refusals: { LISTING_NOT_FOUND: catalogRefusals.LISTING_NOT_FOUND },
  }),
  check: endpoint({
    at: 'POST /shops/{shopId}/listing-checks',
    who: merchant,
    summary: 'What would be refused, before anything is written',
    input: z.object({ shopId: idIn('shop'), content: listingDraft }),
    output: z.object({ findings: z.array(findingShape) }),
    refusals: {},
  }),
  create: endpoint({
    at: 'POST /shops/{shopId}/listings',
    who: merchant,
    summary: 'Write a new listing, as a draft or straight on sale',
    keyed: true,
    input: z.object({
      shopId: idIn('shop'),
      categoryId: idIn('category'),
      content: listingDraft,
      live: z.boolean().default(false),
    }),
    output: versionOut,
    refusals: writeRefusals,
  }),
  publishVersion: endpoint({
    at: 'POST /shops/{shopId}/listings/{listingId}/versions',
    who: merchant,
    summary: 'Write the next version; orders keep theirs',
    keyed: true,
    input: listingAt.extend({
      categoryId: idIn('category'),
      content: listingDraft,
      after: z.number().int().min(1),
    }),
    output: versionOut,
    refusals: writeRefusals,
  }),
  versions: endpoint({
    at: 'GET /shops/{shopId}/listings/{listingId}/versions',
    who: merchant,
    summary: 'All versions, newest first, with what each changed',
    input: listingAt,
    output: z.object({
      versions: z.array(
        z.object({
          version: z.number(),
          hash: z.string(),
          at: instantOut,
          changes: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
        }),
      ),
    }),
    refusals: { LISTING_NOT_FOUND: catalogRefusals.LISTING_NOT_FOUND },
  }),
  change: endpoint({
    at: 'POST /shops/{shopId}/listings/{listingId}/state',
    who: merchant,
    summary: 'Put on sale, suspend, resume or delist',
    keyed: false,
    input: listingAt.extend({ event: z.enum(['publish', 'suspend', 'resume', 'delist']) }),
    output: z.object({ listingId: idOut('listing'), state: z.enum(listingStates) }),
    refusals: catalogRefusals,
  }),
};
