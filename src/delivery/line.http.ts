import { must } from '../kit/assert.ts';
import { done } from '../kit/result.ts';
import { serve } from '../kit/route.ts';
import { plus } from '../kit/time.ts';
import { reader, transaction } from '../kit/tx.ts';
import { cancelLate } from './line-late.actions.ts';
import { lineContract, promiseSample, promiseWindow_days } from './line.contract.ts';
import { listingDays, listingFigures, shopDays, shopFigures } from './line.views.ts';

const whole = (seconds: number | null): number | null => (seconds === null ? null : Math.round(seconds));

type Figures = {
  promised: number | null;
  delivered: number;
  onTime: number;
  late: number;
  median: number | null;
};
const figuresOut = ({ promised, delivered, onTime, late, median }: Figures) => ({
  promised_seconds: promised,
  delivered,
  onTime,
  late,
  median_seconds: whole(median),
});
type Day = {
  day: string;
  delivered: number;
  late: number;
  promised: number | null;
  reached: number | null;
};
const dayOut = ({ promised, reached, ...day }: Day) => ({
  ...day,
  promised_seconds: whole(promised),
  reached_seconds: whole(reached),
});

export const lineRoutes = {
  cancelLate: serve(lineContract.cancelLate, ({ db, viewer }, { orderId }) =>
    transaction(db, (tx) =>
      cancelLate(tx, {
        orderId,
        buyerIds: viewer.buyerIds,
        userId: must(viewer.userId, 'the route needs a user'),
      }),
    ),
  ),
  promise: serve(lineContract.promise, async ({ db }, { listingId }) => {
    const on = await reader(db);
    const since = plus(on.business, { days: -promiseWindow_days });
    const [[found], days] = await Promise.all([
      listingFigures(on, { listingId, since }),
      listingDays(on, { listingId, since }),
    ]);
    const figures = must(found, 'a count has a row');
    return done({
      ...figuresOut(figures),
      enough: figures.onTime + figures.late >= promiseSample,
      days: days.map(dayOut),
    });
  }),
  promises: serve(lineContract.promises, async ({ db }, { shopId }) => {
    const on = await reader(db);
    const asked = { viewerShop: shopId, since: plus(on.business, { days: -promiseWindow_days }) };
    const [days, listings] = await Promise.all([shopDays(on, asked), shopFigures(on, asked)]);
    return done({
      days: days.map(dayOut),
      listings: listings.map(({ listingId, title, lastLateAt, ...figures }) => ({
        listingId,
        title,
        lastLateAt,
        ...figuresOut(figures),
      })),
    });
  }),
};
