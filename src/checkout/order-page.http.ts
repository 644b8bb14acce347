import { must } from '../kit/assert.ts';
import { deadlinesOf } from '../kit/deadlines.ts';
import { fen } from '../kit/money.ts';
import { done, refuse } from '../kit/result.ts';
import { serve } from '../kit/route.ts';
import { instant, type Instant } from '../kit/time.ts';
import { reader, type Tx } from '../kit/tx.ts';
import type { Context } from '../kit/viewer.ts';
import { componentLabel, type PriceComponent } from '../catalog/rules.ts';
import type { Unit } from '../delivery/card-key.rules.ts';
import type { LaterLine } from '../delivery/line.rules.ts';
import { laterLines } from '../delivery/line.views.ts';
import { contentsSeen } from '../delivery/manual/seen.actions.ts';
import { unitsOfOrder } from '../delivery/views.ts';
import { stepUps } from '../identity/actions.ts';
import { orderSeenBy } from '../orders/actions.ts';
import { orderEventWords } from '../orders/contract.ts';
import type { Order } from '../orders/rules.ts';
import { headOf, linesShown, stepsOf, type Component } from '../orders/views.ts';
import { termsOf, type Terms } from '../rules/terms.rules.ts';
import { orderPage } from './order-page.contract.ts';
import { cancelLateAble, confirmAble, unitShown } from './order-page.rules.ts';
import { paidWith } from './order-page.views.ts';

type Lines = Awaited<ReturnType<typeof linesShown>>;
type Head = Awaited<ReturnType<typeof headOf>>[number];

const componentOf = (one: Component): PriceComponent =>
  ({ ...one, unit: BigInt(one.unit ?? 0), amount: BigInt(one.amount) }) as PriceComponent;
const roleOf = ({ viewer }: Context, head: Head): 'buyer' | 'shop' | 'staff' =>
  viewer.buyerIds.includes(head.buyerId)
    ? 'buyer'
    : viewer.shops.some((shop) => shop.shopId === head.shopId)
      ? 'shop'
      : 'staff';

async function linesOut(
  on: Tx,
  p: {
    context: Context;
    order: Order;
    lines: Lines;
    units: readonly Unit[];
    later: readonly LaterLine[];
    terms: Terms;
  },
) {
  const { context, order, lines, units, later, terms } = p;
  const byNumber = new Map(units.map((unit) => [`${unit.poolId}/${unit.number}`, unit]));
  const mustConfirm = await stepUps(
    on,
    lines.map((line) => ({ viewer: context.viewer, amount: line.price, above: terms.revealStepUp })),
  );
  return lines.map((line, i) => ({
    line: line.number,
    listingId: line.listingId,
    version: line.version,
    newest: line.newest,
    title: line.title,
    variantName: line.variantName,
    goods: line.goods,
    quantity: line.quantity,
    price: line.price,
    total: line.total,
    components: line.components.map((one) => ({
      kind: one.kind,
      label: componentLabel(componentOf(one)),
      amount: one.amount,
    })),
    later: later.find((one) => one.line === line.number) ?? null,
    units: line.numbers.map((number, at) =>
      unitShown(
        {
          unit: byNumber.get(`${line.poolId}/${number}`),
          place: at + 1,
          line: line.number,
          useWithin_hours: line.useWithin,
          noReason_days: line.noReason ?? 0,
          mustConfirm: mustConfirm[i] ?? true,
        },
        order,
        on.business,
        terms,
      ),
    ),
  }));
}

/** What escrow holds of an order: nothing before the money came and nothing after it was released. */
const heldOf = (head: Head) =>
  head.paidAt === null || head.releasedAt !== null ? fen(0n) : fen(head.total - head.refunded);

const when = (deadlines: readonly { what: string; dueAt: Instant }[], what: string): Instant | null =>
  deadlines.find((one) => one.what === what)?.dueAt ?? null;

export const orderPageRoutes = {
  one: serve(orderPage, async (context, { orderId }) => {
    const on = await reader(context.db);
    const seen = await orderSeenBy(on, context.viewer, orderId);
    if (!seen) return refuse('ORDER_NOT_FOUND');
    const key = { shopId: seen.shopId, viewerOrder: orderId };
    const [[found], lines, steps, deadlines] = await Promise.all([
      headOf(on, key),
      linesShown(on, key),
      stepsOf(on, key),
      deadlinesOf(on, { shopId: seen.shopId, about: orderId }),
    ]);
    const head = must(found, 'an order that is seen is there');
    const order: Order = { ...head, steps: steps.length };
    const numbered = lines.flatMap((line) => line.numbers.map((number) => ({ poolId: line.poolId, number })));
    const [later, contents, units, [paid]] = await Promise.all([
      order.mode === 'pool' ? [] : laterLines(on, key),
      contentsSeen(on, order),
      unitsOfOrder(on, {
        ...key,
        pools: numbered.map((n) => n.poolId),
        numbers: numbered.map((n) => n.number),
      }),
      paidWith(on, { buyerId: head.buyerId, viewerKey: head.checkoutKey }),
    ]);
    const { paidBy, paymentId, acknowledgements } = must(paid, 'an order has its checkout');
    const role = roleOf(context, head);
    return done({
      ...head,
      orderId,
      shop: { shopId: head.shopId, name: head.shopName, slug: head.shopSlug },
      role,
      held: heldOf(head),
      paidBy,
      paymentId,
      confirmAt: when(deadlines, 'order.confirm'),
      payUntil: when(deadlines, 'order.expire'),
      lines: await linesOut(on, { context, order, lines, units, later, terms: termsOf(head.rulebook) }),
      steps: steps.map((step) => ({
        ...step,
        words: orderEventWords[step.event as keyof typeof orderEventWords],
      })),
      deadlines,
      acknowledgements: acknowledgements.map((one) => ({ ...one, at: instant(one.at) })),
      able: {
        confirm: confirmAble(order, [...units, ...contents], context.viewer.userId ?? '', on.business),
        cancelLate: cancelLateAble(later, on.business),
      },
      now: on.business,
    });
  }),
};
