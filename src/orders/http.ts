import { done } from '../kit/result.ts';
import { serve } from '../kit/route.ts';
import { reader } from '../kit/tx.ts';
import { orderContract } from './contract.ts';
import { ordersOfBuyer, ordersOfShop } from './views.ts';

type Row = Awaited<ReturnType<typeof ordersOfBuyer>>[number];
type Asked = {
  before?: string | undefined;
  limit: number;
  state?: string | undefined;
  search?: string | undefined;
};

const pageOf = (input: Asked) => ({
  before: input.before ?? null,
  limit: input.limit + 1,
  state: input.state ?? null,
  search: input.search || null,
});

function listed(rows: readonly Row[], limit: number) {
  const shown = rows.slice(0, limit);
  return {
    orders: shown.map(({ id, faceColour, faceTitle, faceSubtitle, ...row }) => ({
      ...row,
      orderId: id,
      face: { colour: faceColour, title: faceTitle, subtitle: faceSubtitle },
    })),
    next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  };
}

export const orderRoutes = {
  mine: serve(orderContract.mine, async (ctx, input) =>
    done(
      listed(
        await ordersOfBuyer(await reader(ctx.db), { viewerIds: ctx.viewer.buyerIds, ...pageOf(input) }),
        input.limit,
      ),
    ),
  ),
  ofShop: serve(orderContract.ofShop, async (ctx, input) =>
    done(
      listed(
        await ordersOfShop(await reader(ctx.db), { viewerShop: input.shopId, ...pageOf(input) }),
        input.limit,
      ),
    ),
  ),
};
