import { done, refuse } from '../kit/result.ts';
import { serve } from '../kit/route.ts';
import { reader } from '../kit/tx.ts';
import { shopsByIds } from './actions.ts';
import { merchantsContract } from './contract.ts';

export const merchantsRoutes = {
  shop: serve(merchantsContract.shop, async (ctx, { shopId }) => {
    const [shop] = await shopsByIds(await reader(ctx.db), [shopId]);
    return shop ? done({ ...shop, verified: shop.verifiedAt !== null }) : refuse('SHOP_NOT_FOUND');
  }),
  myShops: serve(merchantsContract.myShops, async (ctx) => {
    const mine = [...new Set(ctx.viewer.shops.map((one) => one.shopId))];
    const shops = await shopsByIds(await reader(ctx.db), mine);
    const known = shops.flatMap((shop) => (shop ? [shop] : []));
    return done({
      shops: known.map((shop) => ({
        ...shop,
        verified: shop.verifiedAt !== null,
        roles: ctx.viewer.shops.filter((one) => one.shopId === shop.id).map((one) => one.role),
      })),
    });
  }),
};
