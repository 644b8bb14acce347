import { z } from 'zod';
import { endpoint } from '../kit/endpoint.ts';
import { idIn, idOut, instantOut } from '../kit/public-id.ts';
import type { RefusalCatalogue } from '../kit/result.ts';

export const merchantsRefusals = {
  SHOP_NOT_FOUND: { status: 404, zh: '没有找到这家店铺。', en: 'We could not find this shop.' },
} as const satisfies RefusalCatalogue;

/** How far a shop is trusted: on probation after admission (观察), on the whitelist (白名单), trusted for long (lifecycles 2.5). */
export const shopTiers = ['probation', 'whitelisted', 'trusted'] as const;
export type ShopTier = (typeof shopTiers)[number];

export const tierTexts = {
  probation: { zh: '观察期商家', en: 'Shop on probation' },
  whitelisted: { zh: '白名单商家', en: 'Whitelisted shop' },
  trusted: { zh: '信赖商家', en: 'Trusted shop' },
} as const satisfies Record<ShopTier, { zh: string; en: string }>;

export const shopOut = z.object({
  id: idOut('shop'),
  name: z.string(),
  slug: z.string(),
  intro: z.string(),
  tier: z.enum(shopTiers),
  /** Days that money stays in escrow after completion. */
  settleDays: z.number(),
  openedAt: instantOut,
  verified: z.boolean(),
});

export const merchantsContract = {
  shop: endpoint({
    at: 'GET /shops/{shopId}',
    who: 'anyone',
    summary: 'What everybody may know of a shop',
    input: z.object({ shopId: idIn('shop') }),
    output: shopOut,
    refusals: merchantsRefusals,
  }),
  myShops: endpoint({
    at: 'GET /my-shops',
    who: 'account',
    summary: 'The shops I work in, with my roles',
    input: z.object({}),
    output: z.object({
      shops: z.array(
        shopOut.extend({ feeBps: z.number(), roles: z.array(z.enum(['owner', 'goods', 'orders', 'money'])) }),
      ),
    }),
    refusals: {},
  }),
};
