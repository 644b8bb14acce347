import { overdue } from '../kit/deadlines.ts';
import { fen } from '../kit/money.ts';
import { done } from '../kit/result.ts';
import { serve } from '../kit/route.ts';
import { beijingDay, endOfBeijingDay, plus, type Instant } from '../kit/time.ts';
import { reader } from '../kit/tx.ts';
import { escrowHeld } from '../orders/views.ts';
import { analyticsContract, daysShown } from './contract.ts';
import { figuresOf } from './figures.views.ts';
import { amountOf, lastDays, oldestId, stockByDay } from './rules.ts';
import {
  addedByDay,
  backByDay,
  deadlinesByKind,
  heldForShop,
  houseRefunds,
  houseSales,
  logNow,
  openExceptions,
  releasesOfShop,
  soldByDay,
  stockNow,
  waitingOrders,
} from './views.ts';

const waitingShown = 20;

/** The first moment of the period that ends today. */
const sinceOf = (now: Instant): Instant => plus(endOfBeijingDay(beijingDay(now)), { days: -daysShown });

export const analyticsRoutes = {
  figures: serve(analyticsContract.figures, async ({ db }) => done(await figuresOf(db))),

  shopToday: serve(analyticsContract.shopToday, async ({ db }, { shopId, variantId = null }) => {
    const on = await reader(db);
    const since = sinceOf(on.business);
    const period = { viewerShop: shopId, variantId, since };
    const [sold, added, back, [stock], [held], releases, waiting] = await Promise.all([
      soldByDay(on, { ...period, oldest: oldestId(since, on) }),
      addedByDay(on, period),
      backByDay(on, period),
      stockNow(on, period),
      heldForShop(on, period),
      releasesOfShop(on, period),
      waitingOrders(on, { viewerShop: shopId, limit: waitingShown }),
    ]);
    const days = lastDays(on.business, daysShown);
    const stocks = stockByDay({ days, now: stock?.units ?? 0, sold, added, back });
    return done({
      days: days.map((day, index) => {
        const row = sold.find((one) => one.day === day);
        return {
          day,
          orders: row?.orders ?? 0,
          sales: row?.sales ?? fen(0n),
          units: row?.units ?? 0,
          stock: stocks[index] ?? 0,
        };
      }),
      held: held?.held ?? fen(0n),
      heldOrders: held?.orders ?? 0,
      unconfirmed: held?.unconfirmed ?? 0,
      releases,
      waiting,
    });
  }),

  operatorToday: serve(analyticsContract.operatorToday, async ({ db, viewer }) => {
    const on = await reader(db);
    const since = sinceOf(on.business);
    const [sales, refunds, [escrow], [exceptions], late, [log]] = await Promise.all([
      houseSales(on, { viewer, since }),
      houseRefunds(on, { viewer, since }),
      escrowHeld(on),
      openExceptions(on, { viewer }),
      overdue(on, on.business),
      logNow(on),
    ]);
    const oldest = late.map((one) => one.oldest).sort((a, b) => a - b)[0];
    return done({
      days: lastDays(on.business, daysShown).map((day) => ({
        day,
        orders: sales.find((row) => row.day === day)?.orders ?? 0,
        sales: amountOf(sales, day, 'sales'),
        refunds: amountOf(refunds, day, 'refunds'),
      })),
      held: escrow?.held ?? fen(0n),
      heldOrders: escrow?.orders ?? 0,
      exceptions: { open: exceptions?.open ?? 0, oldestAt: exceptions?.oldestAt ?? null },
      overdue: { count: late.reduce((sum, one) => sum + one.count, 0), oldestAt: oldest ?? null },
      log: {
        size: log?.size ?? 0,
        publishedSize: log?.publishedSize ?? null,
        publishedAt: log?.publishedAt ?? null,
        waiting: log?.waiting ?? 0,
      },
    });
  }),

  deadlines: serve(analyticsContract.deadlines, async ({ db, viewer }) => {
    const on = await reader(db);
    return done({ kinds: await deadlinesByKind(on, { viewer, now: on.business }) });
  }),
};
