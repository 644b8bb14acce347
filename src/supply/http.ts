import { fen } from '../kit/money.ts';
import { decodeId } from '../kit/public-id.ts';
import { done, refuse } from '../kit/result.ts';
import { serve } from '../kit/route.ts';
import { Secret } from '../kit/secret.ts';
import type { Instant } from '../kit/time.ts';
import { reader, transaction } from '../kit/tx.ts';
import { askNow, resupply } from './actions.ts';
import { heldWords, supplyContract, supplyRefusals, type SupplyRefusal } from './contract.ts';
import { isEnded, resendRefused, type Attempt } from './rules.ts';
import { supplyOf } from './setup.actions.ts';
import { importProducts, keepSupplier, refreshBalance, setRoutes } from './suppliers.actions.ts';
import {
  attemptShownOne,
  attemptsOfShop,
  directVariants,
  exchangesOf,
  productsOfSupplier,
  routesOfShop,
  suppliersOfShop,
} from './views.ts';

type Row = Awaited<ReturnType<typeof attemptsOfShop>>[number];

const able = (refusal: SupplyRefusal | undefined) =>
  refusal === undefined
    ? { ok: true, code: null, why: null }
    : {
        ok: false,
        code: refusal,
        why: { zh: supplyRefusals[refusal].zh, en: supplyRefusals[refusal].en },
      };

/** What the row of a list can do now; the action decides again. */
function ableOf(row: Row, wall: Instant) {
  const held = row.request === 'held' && row.newest;
  const facts = { ...row, dueAt: row.nextAt, id: row.attemptId } as unknown as Attempt;
  const ended = isEnded(row.state) || row.request !== 'open';
  return {
    resend: able(held ? undefined : resendRefused(facts, wall)),
    ask: able(row.state === 'queued' ? 'ATTEMPT_NOT_SENT' : undefined),
    cancel: able(
      held ? undefined : ended ? 'ATTEMPT_ENDED' : row.cancelWanted ? 'CANCEL_UNDER_WAY' : undefined,
    ),
  };
}

const shown = (row: Row, wall: Instant) => ({
  ...row,
  why: row.request === 'held' && row.newest ? row.why : row.refusal,
  able: ableOf(row, wall),
});

/** A reason of ours in words, or the supplier's own sentence. */
export const heldSaid = (why: string | null): { zh: string; en: string } | null =>
  why === null ? null : (heldWords[why as keyof typeof heldWords] ?? { zh: why, en: why });

export const supplyRoutes = {
  suppliers: serve(supplyContract.suppliers, async (context, { shopId }) => {
    const on = await reader(context.db);
    const rows = await suppliersOfShop(on, { viewerShop: shopId, wall: on.wall });
    const suppliers = rows.map((row) => ({ ...row, low: row.balance !== null && row.balance < row.alarm }));
    return done({ suppliers, sandbox: supplyOf(context.db)?.sandbox !== undefined });
  }),
  addSupplier: serve(supplyContract.addSupplier, ({ db }, { key, alarm, ...input }) =>
    transaction(db, (tx) =>
      keepSupplier(tx, { ...input, supplierId: null, key: new Secret(key), alarm: fen(alarm) }),
    ),
  ),
  changeSupplier: serve(supplyContract.changeSupplier, ({ db }, { key, alarm, ...input }) =>
    transaction(db, (tx) => keepSupplier(tx, { ...input, key: new Secret(key), alarm: fen(alarm) })),
  ),
  refreshBalance: serve(supplyContract.refreshBalance, ({ db }, input) => refreshBalance(db, input)),
  importProducts: serve(supplyContract.importProducts, ({ db }, input) => importProducts(db, input)),
  products: serve(supplyContract.products, async ({ db }, { shopId, supplierId }) => {
    const on = await reader(db);
    const suppliers = await suppliersOfShop(on, { viewerShop: shopId, wall: on.wall });
    if (!suppliers.some((one) => one.supplierId === supplierId)) return refuse('SUPPLIER_NOT_FOUND');
    return done({ products: await productsOfSupplier(on, { viewerShop: shopId, supplierId }) });
  }),
  routes: serve(supplyContract.routes, async ({ db }, { shopId }) => {
    const on = await reader(db);
    const [variants, routes] = await Promise.all([
      directVariants(on, { viewerShop: shopId }),
      routesOfShop(on, { viewerShop: shopId }),
    ]);
    const byVariant = Map.groupBy(routes, (route) => route.variantId);
    return done({
      variants: variants.map((one) => ({ ...one, routes: byVariant.get(one.variantId) ?? [] })),
    });
  }),
  setRoutes: serve(supplyContract.setRoutes, ({ db }, input) =>
    transaction(db, (tx) =>
      setRoutes(tx, {
        ...input,
        routes: input.routes.map((one) => ({ ...one, maxCost: fen(one.maxCost) })),
      }),
    ),
  ),
  attempts: serve(supplyContract.attempts, async ({ db }, { shopId, state, search, before, limit }) => {
    const on = await reader(db);
    const rows = await attemptsOfShop(on, {
      viewerShop: shopId,
      state,
      search: search || null,
      orderId: search ? (decodeId('order', search) ?? null) : null,
      before: before ?? null,
      limit: limit + 1,
    });
    const page = rows.slice(0, limit);
    return done({
      attempts: page.map((row) => shown(row, on.wall)),
      next: rows.length > limit ? (page.at(-1)?.attemptId ?? null) : null,
    });
  }),
  attempt: serve(supplyContract.attempt, async ({ db }, { shopId, attemptId }) => {
    const on = await reader(db);
    const [row] = await attemptShownOne(on, { viewerShop: shopId, id: attemptId });
    if (!row) return refuse('ATTEMPT_NOT_FOUND');
    return done({
      attempt: shown(row, on.wall),
      exchanges: await exchangesOf(on, { viewerShop: shopId, id: attemptId }),
    });
  }),
  resend: serve(supplyContract.resend, ({ db }, input) => resupply(db, input)),
  ask: serve(supplyContract.ask, ({ db }, input) => askNow(db, input)),
};
