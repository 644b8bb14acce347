import { must } from '../../kit/assert.ts';
import { encodeId } from '../../kit/public-id.ts';
import { done, refuse } from '../../kit/result.ts';
import { serve } from '../../kit/route.ts';
import { reader, transaction, type Tx } from '../../kit/tx.ts';
import type { Context } from '../../kit/viewer.ts';
import { versionsOf } from '../../catalog/versions.actions.ts';
import { answersOf } from '../../orders/answer.actions.ts';
import { orderSeenBy } from '../../orders/actions.ts';
import { heldWords } from '../../supply/contract.ts';
import { maskTarget } from '../../supply/rules.ts';
import { suppliedOfOrder } from '../../supply/views.ts';
import { isOpen, type LaterLine } from '../line.rules.ts';
import { changeTarget, chooseTopup, sayWrong, stopForShop } from './choice.actions.ts';
import { carrierCaution, targetKey, topupContract, topupRefusals, topupStateWords } from './contract.ts';
import { choiceRefused, firstTopup, isUnderWay, type Choice, type Topup } from './rules.ts';
import { countsOfShop, lateOfShop, topupsAwaited, topupsShown, wrongOfShop } from './views.ts';

type Row = Awaited<ReturnType<typeof topupsShown>>[number];
type Supplied = Awaited<ReturnType<typeof suppliedOfOrder>>[number];

const asking = ({ viewer }: Context, orderId: string) => ({
  orderId,
  buyerIds: viewer.buyerIds,
  userId: must(viewer.userId, 'the route needs a user'),
});

const lineOf = (row: Row) =>
  ({ ...row, state: row.lineState, cancelAskedAt: row.cancelAskedAt }) as unknown as LaterLine;

function ableOf(row: Row, sent: boolean, on: Tx) {
  const able = (choice: Choice) => {
    const refused = choiceRefused(choice, { topup: row as Topup, line: lineOf(row), sent, now: on.business });
    if (refused === undefined) return { ok: true, code: null, why: null };
    const { zh, en } = topupRefusals[refused];
    return { ok: false, code: refused, why: { zh, en } };
  };
  return {
    wait: able('wait'),
    again: able('again'),
    refund: able('refund'),
    wrong: able('wrong'),
    change: able('change'),
  };
}

/** Why it is held, in words of ours; what a supplier says is for the shop. */
const whySaid = (row: Row, supplied: Supplied | undefined) =>
  row.state === 'held' ? (heldWords[supplied?.why as keyof typeof heldWords] ?? heldWords.all_tried) : null;

/** A caution about the carrier, for the buyer of a number that may still be changed or stopped. */
async function cautionOf(on: Tx, row: Row) {
  if (row.target !== 'mobile' || !isUnderWay(row.state)) return null;
  const [answers] = await answersOf(on, [row]);
  const target = answers?.[targetKey]?.reveal() ?? '';
  // It was changed since: what was typed at checkout says nothing any more.
  if (maskTarget(target) !== row.masked) return null;
  return carrierCaution(row.carrier, target) ?? null;
}

async function shown(on: Tx, row: Row, supplied: Supplied | undefined, isBuyer: boolean) {
  const { zh, en, next } = topupStateWords[row.state];
  const open = isOpen(lineOf(row));
  return {
    ...row,
    words: { zh, en },
    next,
    why: whySaid(row, supplied),
    caution: isBuyer ? await cautionOf(on, row) : null,
    serial: supplied?.supplierNo ?? null,
    voucher: supplied?.voucher ?? null,
    sentAt: supplied?.sentAt ?? null,
    askedAt: supplied?.askedAt ?? null,
    late: open && on.business >= row.promisedAt,
    stopping: open && (row.cancelAskedAt !== null || supplied?.cancelWanted === true),
    wrong:
      row.wrongAt !== null && row.wrongUntil !== null
        ? { askedAt: row.wrongAt, until: row.wrongUntil, tried: row.wrongTriedAt !== null }
        : null,
    able: ableOf(row, (supplied?.sends ?? 0) > 0, on),
  };
}

/**
 * What the page shows of an order: its top-ups, or, in the moment before they begin, what is about to begin, so that nobody who has just
 * paid looks for the account in vain.
 */
async function rowsOf(on: Tx, key: { shopId: string; viewerOrder: string }): Promise<Row[]> {
  const begun = await topupsShown(on, key);
  if (begun.length > 0) return begun;
  const awaited = await topupsAwaited(on, key);
  if (awaited.length === 0) return [];
  const versions = await versionsOf(on, awaited);
  const answers = await answersOf(on, awaited);
  return awaited.flatMap((line, i) => {
    const { content } = must(versions[i], 'a line has its version');
    const topup = firstTopup(line, content, line.variantId, answers[i]?.[targetKey]?.reveal());
    return topup ? [{ ...topup, ...line, guide: content.verification }] : [];
  });
}

export const topupRoutes = {
  topup: serve(topupContract.topup, async ({ db, viewer }, { orderId }) => {
    const on = await reader(db);
    const seen = await orderSeenBy(on, viewer, orderId);
    if (!seen) return refuse('ORDER_NOT_FOUND');
    const key = { shopId: seen.shopId, viewerOrder: orderId };
    const [rows, supplied] = await Promise.all([rowsOf(on, key), suppliedOfOrder(on, key)]);
    const isBuyer = viewer.buyerIds.includes(seen.buyerId);
    const topups = await Promise.all(
      rows.map((row) =>
        shown(
          on,
          row,
          supplied.find((one) => one.line === row.line),
          isBuyer,
        ),
      ),
    );
    return done({ topups });
  }),
  chooseTopup: serve(topupContract.chooseTopup, (context, { orderId, choice }) =>
    transaction(context.db, (tx) => chooseTopup(tx, { ...asking(context, orderId), choice })),
  ),
  changeTarget: serve(topupContract.changeTarget, (context, { orderId, target, again }) =>
    transaction(context.db, (tx) => changeTarget(tx, { ...asking(context, orderId), target, again })),
  ),
  wrongTarget: serve(topupContract.wrongTarget, (context, { orderId }) =>
    transaction(context.db, (tx) => sayWrong(tx, asking(context, orderId))),
  ),
  stopTopup: serve(topupContract.stopTopup, ({ db, viewer }, { shopId, orderId }) =>
    transaction(db, (tx) =>
      stopForShop(tx, { shopId, orderId, userId: must(viewer.userId, 'the route needs a user') }),
    ),
  ),
  shopTopups: serve(topupContract.shopTopups, async ({ db }, { shopId }) => {
    const on = await reader(db);
    const [wrong, late, [counts]] = await Promise.all([
      wrongOfShop(on, { viewerShop: shopId }),
      lateOfShop(on, { viewerShop: shopId }),
      countsOfShop(on, { viewerShop: shopId }),
    ]);
    const named = <T extends { orderId: string }>(row: T) => ({
      ...row,
      orderId: encodeId('order', row.orderId),
    });
    return done({
      wrong: wrong.map(named),
      held: counts?.held ?? 0,
      unknown: counts?.unknown ?? 0,
      lateArrivals: late.map(named),
    });
  }),
};
