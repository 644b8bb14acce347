import { must } from '../kit/assert.ts';
import { deadlinesOf, type OpenDeadline } from '../kit/deadlines.ts';
import { fen } from '../kit/money.ts';
import { done, refuse } from '../kit/result.ts';
import { serve } from '../kit/route.ts';
import { instant, type Instant } from '../kit/time.ts';
import { reader, type Tx } from '../kit/tx.ts';
import { seenFrom } from '../aftersales/actions.ts';
import { casesOf, headOf as caseHead } from '../aftersales/views.ts';
import { paidWith } from '../checkout/order-page.views.ts';
import { verifyUntil } from '../delivery/card-key.rules.ts';
import { laterLines } from '../delivery/line.views.ts';
import { contentsSeen } from '../delivery/manual/seen.actions.ts';
import { unitsOfOrder } from '../delivery/views.ts';
import { lightsOf } from '../evidence/reading.actions.ts';
import { shopsByIds } from '../merchants/actions.ts';
import { identitiesOf } from '../merchants/identity.actions.ts';
import { orderSeenBy } from '../orders/actions.ts';
import { orderEventWords } from '../orders/contract.ts';
import { headOf, linesShown, stepsOf } from '../orders/views.ts';
import { termsOf, versionAt } from '../rules/terms.rules.ts';
import { flowContract } from './flow.contract.ts';
import { hereOn, lifeNames, lifeOf, type Here } from './flow.rules.ts';
import { courseOf, tasksOf, type GuideFacts } from './order-guide.rules.ts';

type Head = Awaited<ReturnType<typeof headOf>>[number];
type Key = { shopId: string; viewerOrder: string };

const shownHere = (here: Here) => ({ ...here, next: here.next.map((one) => ({ ...one, by: [...one.by] })) });

/** What is sealed until somebody looks: keys from a pool, and what was written by hand. */
async function partsOf(on: Tx, key: Key, head: Head, lines: Awaited<ReturnType<typeof linesShown>>) {
  if (head.mode !== 'pool')
    return (await contentsSeen(on, head)).map((one) => ({
      sealed: one.state === 'sealed',
      verified: false,
      revealedAt: null,
      verifyUntil: null,
    }));
  const numbered = lines.flatMap((line) => line.numbers.map((number) => ({ poolId: line.poolId, number })));
  const units = await unitsOfOrder(on, {
    ...key,
    pools: numbered.map((one) => one.poolId),
    numbers: numbered.map((one) => one.number),
  });
  const terms = termsOf(head.rulebook);
  return units.map((unit) => ({
    sealed: unit.state === 'sealed',
    verified: unit.state === 'verified',
    revealedAt: unit.revealedAt,
    verifyUntil: unit.revealedAt === null ? null : verifyUntil(unit.revealedAt, terms),
  }));
}

const when = (rows: readonly OpenDeadline[], what: string): Instant | null =>
  rows.find((one) => one.what === what)?.dueAt ?? null;

async function factsOf(on: Tx, key: Key, head: Head) {
  const [lines, steps, deadlines, later, [lights], cases, [paid], [shop]] = await Promise.all([
    linesShown(on, key),
    stepsOf(on, key),
    deadlinesOf(on, { shopId: key.shopId, about: key.viewerOrder }),
    head.mode === 'pool' ? [] : laterLines(on, key),
    lightsOf(on, [{ shopId: key.shopId, about: key.viewerOrder }]),
    casesOf(on, key),
    paidWith(on, { buyerId: head.buyerId, viewerKey: head.checkoutKey }),
    shopsByIds(on, [head.shopId]),
  ]);
  const fixed = (lights ?? []).filter((one) => one.state === 'fixed');
  const ticks = paid?.acknowledgements ?? [];
  const facts: GuideFacts = {
    ...head,
    payUntil: when(deadlines, 'order.expire'),
    confirmAt: when(deadlines, 'order.confirm'),
    parts: await partsOf(on, key, head, lines),
    lines: later,
    fixed: fixed.length,
    fixedAt: fixed.reduce<Instant | null>(
      (max, one) => (one.at !== null && one.at > (max ?? 0) ? one.at : max),
      null,
    ),
    version: lines[0]?.version ?? 1,
    ticked: ticks.length,
    tickedAt: ticks[0] ? instant(ticks[0].at) : null,
    verifiedShop: (shop?.verifiedAt ?? null) !== null,
    steps: steps.map(({ event, at }) => ({
      event,
      at,
      words: orderEventWords[event as keyof typeof orderEventWords],
    })),
    cases,
  };
  return { facts, deadlines, later, shop: must(shop, 'an order has its shop') };
}

type Shop = NonNullable<Awaited<ReturnType<typeof shopsByIds>>[number]>;
type Identity = Awaited<ReturnType<typeof identitiesOf>>[number];
/** Who is behind a shop: the registered name of a business; of a person only that they were checked. */
const sellerOf = (shop: Shop, identity: Identity) => ({
  ...shop,
  shopId: shop.id,
  legal: identity && identity.kind !== 'person' ? identity.legalName : null,
});

const orderGuide = serve(flowContract.orderGuide, async ({ db, viewer }, { orderId }) => {
  const on = await reader(db);
  const seen = await orderSeenBy(on, viewer, orderId);
  if (!seen) return refuse('ORDER_NOT_FOUND');
  const key = { shopId: seen.shopId, viewerOrder: orderId };
  const head = must((await headOf(on, key))[0], 'an order that is seen is there');
  const [{ facts, deadlines, later, shop }, [identity]] = await Promise.all([
    factsOf(on, key, head),
    identitiesOf(on, [head.shopId]),
  ]);
  const here = [
    hereOn('order', head.state, head.rulebook, deadlines),
    ...later.map((line) => hereOn('line', line.state, head.rulebook, deadlines)),
  ];
  return done({
    orderId,
    rulebook: head.rulebook,
    here: here.map(shownHere),
    tasks: tasksOf(facts),
    course: courseOf(facts),
    card: {
      seller: sellerOf(shop, identity),
      selfRun: shop.selfRun,
      held: head.paidAt === null || head.releasedAt !== null ? fen(0n) : fen(head.total - head.refunded),
    },
  });
});

const casePlace = serve(flowContract.casePlace, async ({ db, viewer }, { caseId }) => {
  const on = await reader(db);
  const seen = await seenFrom(on, viewer, caseId);
  if (!seen) return refuse('CASE_NOT_FOUND');
  const [[head], deadlines] = await Promise.all([
    caseHead(on, { shopId: seen.shopId, viewerCase: caseId }),
    deadlinesOf(on, { shopId: seen.shopId, about: caseId }),
  ]);
  const { state, rulebook } = must(head, 'a case that is seen is there');
  return done({ caseId, rulebook, here: shownHere(hereOn('case', state, rulebook, deadlines)) });
});

export const flowRoutes = {
  flow: serve(flowContract.flow, async ({ db }) => {
    const version = versionAt((await reader(db)).business);
    return done({
      version,
      lives: lifeNames.map((name) => {
        const life = lifeOf(name, version);
        return {
          ...life,
          states: life.states.map((one) => ({
            ...one,
            next: one.next.map((n) => ({ ...n, by: [...n.by] })),
          })),
        };
      }),
    });
  }),
  orderGuide,
  casePlace,
};
