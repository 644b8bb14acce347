import { must } from '../../kit/assert.ts';
import { noFen, type Fen } from '../../kit/money.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { plus, type Instant } from '../../kit/time.ts';
import type { Tx } from '../../kit/tx.ts';
import { cleanAnswer, fitsQuestion } from '../../catalog/question.contract.ts';
import { versionsOf } from '../../catalog/versions.actions.ts';
import { recordNext } from '../../evidence/actions.ts';
import type { Json } from '../../evidence/leaf.rules.ts';
import { ownOrder, ownOrders, type OrderKey } from '../../orders/actions.ts';
import { dueBy } from '../../rules/rules.ts';
import { changeTarget as changeSupplied, nudge } from '../../supply/actions.ts';
import { cancelLate } from '../line-late.actions.ts';
import { isOpen } from '../line.rules.ts';
import type { Asking } from '../units.actions.ts';
import { changeTopups, holdTopups, stopTopups, tellShops, type HeldTopup } from './actions.ts';
import { stopWithin, targetKey, type TopupRefusal } from './contract.ts';
import { resetTimes } from './deadline.actions.ts';
import { choiceRefused, isUnderWay, type Choice } from './rules.ts';

export type Own = Asking & { readonly userId: string };

/** The top-ups of a buyer's own order for which a choice is open; else why it is not. */
async function openFor(
  tx: Tx,
  p: Own,
  choice: Choice,
): Promise<Result<{ key: OrderKey; all: HeldTopup[]; open: HeldTopup[] }, TopupRefusal>> {
  const key = ownOrder(await ownOrders(tx, [p]), p);
  if (!key) return refuse('ORDER_NOT_FOUND');
  const all = await holdTopups(tx, [key]);
  if (all.length === 0) return refuse('TOPUP_NOT_FOUND');
  const facts = (one: HeldTopup) => ({ ...one, sent: wasSent(one), now: tx.business });
  const open = all.filter((one) => choiceRefused(choice, facts(one)) === undefined);
  const [first] = all;
  if (open.length > 0 || !first) return done({ key, all, open });
  return refuse(choiceRefused(choice, facts(first)) ?? 'TOPUP_OVER');
}

export const wasSent = ({ supplied }: Pick<HeldTopup, 'supplied'>): boolean =>
  supplied?.attempts.some((one) => one.sends > 0) ?? false;

const factOf = (one: HeldTopup, kind: string, actor: string, body: { readonly [key: string]: Json }) => ({
  shopId: one.topup.shopId,
  about: one.topup.orderId,
  kind,
  actor,
  keyOwner: one.held.order.buyerId,
  body: { line: one.topup.line, ...body },
});

export type Chosen = { readonly choice: string; readonly refunded: Fen; readonly waitsUntil: Instant | null };

/**
 * What the buyer chooses when a top-up is late (VGSR article 15): wait WAIT_MORE longer, have the same number sent again, or the money back.
 * The money comes when the supplier has stopped it or called it failed; where nothing was ever sent, at once. Refuses NOT_LATE_YET.
 */
export async function chooseTopup(
  tx: Tx,
  p: Own & { choice: 'wait' | 'again' | 'refund' },
): Promise<Result<Chosen, TopupRefusal>> {
  const found = await openFor(tx, p, p.choice);
  if (!found.ok) return found;
  const { key, open } = found.value;
  if (p.choice === 'refund') return takeBack(tx, p, found.value);
  const rulebook = must(open[0], 'one is open').held.order.rulebook;
  const waitsUntil = p.choice === 'wait' ? dueBy(rulebook, 'WAIT_MORE', tx.business).dueAt : null;
  if (waitsUntil === null)
    await nudge(
      tx,
      open.map((one) => one.topup),
    );
  else
    changeTopups(
      tx,
      open.map((one) => ({ ...one.topup, waitsUntil })),
    );
  await recordNext(
    tx,
    open.map((one) =>
      factOf(
        one,
        waitsUntil === null ? 'delivery.again_asked' : 'delivery.wait_chosen',
        `buyer:${p.userId}`,
        {
          article: '15',
          ...(waitsUntil === null ? {} : { until: waitsUntil }),
        },
      ),
    ),
  );
  await resetTimes(tx, await holdTopups(tx, [key]));
  return done({ choice: p.choice, refunded: noFen, waitsUntil });
}

async function takeBack(
  tx: Tx,
  p: Own,
  { key, open }: { key: OrderKey; open: readonly HeldTopup[] },
): Promise<Result<Chosen, TopupRefusal>> {
  // A wish to wait ends with the wish to have the money.
  changeTopups(
    tx,
    open.map((one) => ({ ...one.topup, waitsUntil: null })),
  );
  const late = open.some(({ line }) => tx.business >= line.promisedAt);
  let refunded = 0n;
  if (late) {
    const answer = await cancelLate(tx, p);
    if (answer.ok) refunded += answer.value.refunded;
  }
  const now = (await holdTopups(tx, [key])).filter(({ line }) => isOpen(line));
  refunded += await stopTopups(
    tx,
    now.filter(({ line, topup }) => line.cancelAskedAt !== null || topup.state === 'held'),
    'the buyer took the money back before anything was sent',
  );
  await resetTimes(tx, await holdTopups(tx, [key]));
  return done({ choice: 'refund', refunded: refunded as Fen, waitsUntil: null });
}

/** Another account, typed twice, as long as nothing was ever sent. Refuses TARGET_FIXED, TARGET_INVALID and TARGETS_DIFFER. */
export async function changeTarget(
  tx: Tx,
  p: Own & { target: string; again: string },
): Promise<Result<{ masked: string }, TopupRefusal>> {
  const found = await openFor(tx, p, 'change');
  if (!found.ok) return found;
  const [one] = found.value.open;
  const { topup, held } = must(one, 'one is open');
  const line = must(
    held.lines.find((each) => each.number === topup.line),
    'a later line is a line of its order',
  );
  const [version] = await versionsOf(tx, [line]);
  const question = version?.content.questions.find((each) => each.key === targetKey);
  const [target, again] = [p.target, p.again].map((text) =>
    question ? cleanAnswer(question.type, text) : text,
  );
  if (target === undefined || (question && !fitsQuestion(question, target))) return refuse('TARGET_INVALID');
  if (target !== again) return refuse('TARGETS_DIFFER');
  const changed = await changeSupplied(tx, { ...topup, target });
  if (!changed.ok) return refuse('TARGET_FIXED');
  const { masked } = changed.value;
  changeTopups(tx, [{ ...topup, masked }]);
  await recordNext(tx, [
    factOf(must(one, 'one is open'), 'delivery.target_changed', `buyer:${p.userId}`, {
      from: topup.masked,
      to: masked,
    }),
  ]);
  return done({ masked });
}

/**
 * The buyer typed a wrong account. That is the buyer's risk, but the shop must try to stop it within 30 minutes (lifecycles 2.2c). Refuses
 * CHANGE_INSTEAD where nothing was sent, and TOPUP_OVER where it has arrived.
 */
export async function sayWrong(tx: Tx, p: Own): Promise<Result<{ until: Instant }, TopupRefusal>> {
  const found = await openFor(tx, p, 'wrong');
  if (!found.ok) return found;
  const { key, open } = found.value;
  const until = plus(tx.business, stopWithin);
  changeTopups(
    tx,
    open.map((one) => ({ ...one.topup, wrongAt: tx.business, wrongUntil: until })),
  );
  await recordNext(
    tx,
    open.map((one) => factOf(one, 'delivery.wrong_target', `buyer:${p.userId}`, { until, article: '15' })),
  );
  tellShops(
    tx,
    'topup.wrong',
    open.map((one) => one.topup),
  );
  await resetTimes(tx, await holdTopups(tx, [key]));
  return done({ until });
}

/** Somebody of the shop tries to stop the top-ups of an order. `stopped`: nothing was ever sent, and it is over. */
export async function stopForShop(
  tx: Tx,
  p: { shopId: string; orderId: string; userId: string },
): Promise<Result<{ stopped: boolean }, TopupRefusal>> {
  const key = { shopId: p.shopId, id: p.orderId };
  const all = await holdTopups(tx, [key]);
  if (all.length === 0) return refuse('TOPUP_NOT_FOUND');
  const open = all.filter(({ line, topup }) => isOpen(line) && isUnderWay(topup.state));
  if (open.length === 0) return refuse('TOPUP_OVER');
  return done({ stopped: await tryToStop(tx, key, open, { by: `merchant:${p.userId}`, byId: p.userId }) });
}

/** The 30 minutes are over and nobody of the shop has tried: we try, and the omission is a fact. Firing again is harmless. */
export async function stopWrong(tx: Tx, orders: readonly OrderKey[]): Promise<void> {
  const all = await holdTopups(tx, orders);
  const missed = all.filter(
    ({ line, topup }) =>
      isOpen(line) &&
      isUnderWay(topup.state) &&
      topup.wrongTriedAt === null &&
      topup.wrongUntil !== null &&
      topup.wrongUntil <= tx.business,
  );
  for (const [orderId, list] of Map.groupBy(missed, (one) => one.topup.orderId)) {
    const shopId = must(list[0], 'one is missed').topup.shopId;
    await tryToStop(tx, { shopId, id: orderId }, list, { by: 'clock', byId: null });
  }
  tellShops(
    tx,
    'topup.stop_missed',
    missed.map((one) => one.topup),
  );
  await resetTimes(tx, await holdTopups(tx, orders));
}

async function tryToStop(
  tx: Tx,
  key: OrderKey,
  open: readonly HeldTopup[],
  hand: { by: string; byId: string | null },
): Promise<boolean> {
  const tried = open.map((one) => ({
    ...one,
    topup: {
      ...one.topup,
      wrongTriedAt: one.topup.wrongAt === null ? null : tx.business,
      wrongById: hand.byId,
    },
  }));
  changeTopups(
    tx,
    tried.map((one) => one.topup),
  );
  await recordNext(
    tx,
    tried.map((one) =>
      factOf(one, 'delivery.stop_tried', hand.by, {
        inTime: one.topup.wrongUntil === null || tx.business < one.topup.wrongUntil,
      }),
    ),
  );
  const refunded = await stopTopups(tx, tried, 'stopped before anything was sent');
  await resetTimes(tx, await holdTopups(tx, [key]));
  return refunded > 0n;
}
