import { must } from '../kit/assert.ts';
import { fen } from '../kit/money.ts';
import { toJson } from '../kit/json.ts';
import { inputHashOf, once } from '../kit/once.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { serve } from '../kit/route.ts';
import { hmac, Secret, type Keyring } from '../kit/secret.ts';
import { instant, type Instant } from '../kit/time.ts';
import { reader, transaction } from '../kit/tx.ts';
import type { Context } from '../kit/viewer.ts';
import { versionsOf } from '../catalog/versions.actions.ts';
import { componentLabel, type Offer } from '../catalog/rules.ts';
import { offersOf } from '../catalog/offers.actions.ts';
import { cancelSealed } from '../delivery/cancel.actions.ts';
import { parseUnitName } from '../delivery/card-key.rules.ts';
import { deliveryContract } from '../delivery/contract.ts';
import { promiseOf } from '../catalog/promise.rules.ts';
import { ensureGuest, openGuest, type Guest } from '../identity/guest.actions.ts';
import { parseContact } from '../identity/rules.ts';
import { keepSession, visitorOf } from '../identity/visitor.actions.ts';
import { balanceOf } from '../ledger/views.ts';
import { startPayments } from '../payments/actions.ts';
import { findChannel } from '../payments/channels.actions.ts';
import { termsOf, versionAt } from '../rules/terms.rules.ts';
import { textsOf } from './acknowledgement.rules.ts';
import { checkoutContract, type CheckoutRefusal } from './contract.ts';
import { purchaseLane } from './lanes.actions.ts';
import { orderPageRoutes } from './order-page.http.ts';
import { checkoutSeenBy, paidWithByOrder } from './order-page.views.ts';
import type { Bought } from './purchase.actions.ts';
import { freeStock } from './quote.views.ts';
import { neededTexts, priceLines, type Purchase } from './rules.ts';

/** Addresses are kept as a keyed hash: enough to count and compare, useless to anybody else. */
export const addressHash = (keys: Keyring, ip: string): Buffer =>
  hmac(keys.trace, `address/${ip}`).subarray(0, 16);

/** Whoever is not logged in belongs to no price group. */
const nobodysId = '00000000-0000-0000-0000-000000000000';

const quote = serve(checkoutContract.quote, async ({ db, viewer }, { items }) => {
  const on = await reader(db);
  const buyerId = viewer.userId ?? nobodysId;
  const offers = await offersOf(
    on,
    items.map((item) => ({ variantId: item.variantId, buyerId })),
  );
  if (offers.some((offer) => offer === undefined)) return refuse('GOODS_NOT_FOUND');
  const found = offers as Offer[];
  const [versions, stock, balances] = await Promise.all([
    versionsOf(on, found),
    freeStock(on, { poolIds: found.map((offer) => offer.poolId) }),
    viewer.userId ? balanceOf(on, { viewerId: viewer.userId }) : [],
  ]);
  const { lines, total } = priceLines(found, items);
  const free = new Map(stock.map((row) => [row.poolId, row.free]));
  return done({
    lines: lines.map(({ offer, quantity, price, total: amount, components }) => ({
      ...offer,
      quantity,
      price,
      total: amount,
      components: components.map((one) => ({
        kind: one.kind,
        label: componentLabel(one),
        amount: one.amount,
      })),
      stock: offer.mode === 'pool' ? (free.get(offer.poolId) ?? 0) : laterStock,
      questions: [...offer.questions],
      ...promiseNow(offer, on.business),
    })),
    total,
    acknowledgements: [...neededTexts(versions.map((version) => textsOf(version.content)))],
    wallet: balances.find((row) => row.kind === 'wallet')?.balance ?? null,
    at: on.business,
    rulebook: versionAt(on.business),
  });
});

/** Goods that are made or delivered by somebody have no stock to run out of; a line takes this many at most. */
const laterStock = 1000;

/** Until when it would be delivered if it were paid now, and from when on the money would go back. */
function promiseNow(offer: Offer, now: Instant) {
  if (offer.mode === 'pool') return { promisedAt: null, refundAt: null };
  const { promisedAt, dueAt } = promiseOf({
    paidAt: now,
    within_seconds: offer.deliveryWithin_seconds,
    opening: offer.opening,
    lateAuto_hours: termsOf(versionAt(now)).lateAuto_hours,
    mode: offer.delivery,
  });
  return { promisedAt, refundAt: dueAt };
}

type TypedText = Readonly<Record<string, string>> | undefined;
type Wish = {
  items: { variantId: string; quantity: number; answers?: TypedText; again?: TypedText }[];
  total: bigint;
  paidBy: 'wallet' | 'channel';
  channel?: string | undefined;
  acknowledgements: { name: string; hash: string; at?: number | undefined }[];
  contact?: string | undefined;
  orderPassword?: string | undefined;
};
type PurchaseResult = Result<Bought, CheckoutRefusal | BuyerRefusal>;

const purchase = serve(checkoutContract.purchase, async (context, input): Promise<PurchaseResult> => {
  const key = must(context.idempotencyKey, 'the route needs a key');
  if (input.paidBy === 'channel' && !(input.channel && findChannel(context.db, input.channel)))
    return refuse('CHANNEL_UNKNOWN');
  const buyer = await buyerOf(context, input, key);
  if (!buyer.ok) return buyer;
  const answer = await purchaseLane(context.db).submit(wishOf(context, buyer.value, key, input));
  // The channel is told after the commit; if the process dies here, the first check of the payment tells it.
  if (answer.ok && answer.value.paymentId && answer.value.state === 'open')
    await startPayments(context.db, [answer.value.paymentId]);
  return answer;
});

function wishOf(context: Context, buyerId: string, key: string, input: Wish): Purchase {
  const { total, paidBy, channel = null } = input;
  // What was typed stands in the stored hash as a keyed hash: a phone number has too few digits for a plain one.
  const hashed = input.items.map((item) =>
    item.answers === undefined
      ? item
      : {
          ...item,
          again: null,
          answers: hmac(context.db.keys.trace, `answers/${toJson(item.answers)}`).toString('base64url'),
        },
  );
  return {
    buyerId,
    key,
    inputHash: inputHashOf({ items: hashed, total, paidBy, channel }),
    items: input.items.map(({ answers, again, ...item }) =>
      answers === undefined && again === undefined
        ? item
        : { ...item, answers: secrets(answers), again: secrets(again) },
    ),
    total: fen(total),
    paidBy,
    channel,
    acknowledgements: input.acknowledgements.map((one) => ({
      ...one,
      at: one.at === undefined ? undefined : instant(one.at),
    })),
    language: context.language,
    addressHash: addressHash(context.db.keys, context.ip),
    ownShops: context.viewer.shops.map((shop) => shop.shopId),
  };
}

const secrets = (typed: TypedText): Record<string, Secret> | undefined =>
  typed && Object.fromEntries(Object.entries(typed).map(([key, text]) => [key, new Secret(text)]));

type BuyerRefusal =
  | 'CONTACT_REQUIRED'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'TOO_MANY_REQUESTS'
  | 'ORDER_PASSWORD_WRONG';

/** Who buys: the account, or a guest with a contact and an order password. */
async function buyerOf(context: Context, input: Wish, key: string): Promise<Result<string, BuyerRefusal>> {
  const { viewer } = context;
  const { contact, orderPassword } = input;
  if (viewer.userId !== null && (!viewer.guest || contact === undefined)) return done(viewer.userId);
  if (contact === undefined || orderPassword === undefined || !parseContact(contact))
    return refuse('CONTACT_REQUIRED');
  return guestBuyer(context, { contact, orderPassword, key });
}

/** The guest of a request. The same request again is the same guest, also when the first answer, with its cookie, was lost. */
async function guestBuyer(
  context: Context,
  p: { contact: string; orderPassword: string; key: string },
): Promise<Result<string, BuyerRefusal>> {
  const { db, viewer } = context;
  const { contact, orderPassword } = p;
  const visitor = visitorOf(context);
  const scope = `checkout.guest/${hmac(db.keys.trace, `${contact}\n${orderPassword}`).toString('base64url')}`;
  const made: Guest[] = [];
  const guest = await transaction(db, (tx) =>
    once(
      tx,
      { scope, key: p.key, input: null },
      async (): Promise<Result<{ userId: string }, BuyerRefusal>> => {
        made.splice(0, made.length, await ensureGuest(tx, { contact, orderPassword, visitor, viewer }));
        return done({ userId: must(made[0], 'a guest was made').userId });
      },
    ),
  );
  if (!guest.ok) return guest;
  const { userId } = guest.value;
  if (made.length === 0 && viewer.userId !== userId) {
    const again = await openGuest(db, { asked: userId, guestId: userId, orderPassword, visitor });
    if (!again.ok) return again;
    made.push(again.value);
  }
  const session = made[0]?.session;
  if (session) keepSession(context, session.token, 'guest');
  return done(userId);
}

const cancelSealedRoute = serve(deliveryContract.cancelSealed, async ({ db, viewer }, { orderId, unit }) => {
  const name = parseUnitName(unit);
  if (!name) return refuse('UNIT_NOT_FOUND');
  const userId = must(viewer.userId, 'the route needs a user');
  const [paid] = await paidWithByOrder(await reader(db), { viewerIds: viewer.buyerIds, orderId });
  const answer = await transaction(db, (tx) =>
    cancelSealed(tx, {
      orderId,
      buyerIds: viewer.buyerIds,
      userId,
      unit: name,
      paymentId: paid?.paymentId ?? null,
    }),
  );
  return answer.ok ? done({ unit, ...answer.value }) : answer;
});

const one = serve(checkoutContract.one, async ({ db, viewer }, { checkoutKey }) => {
  const [found] = await checkoutSeenBy(await reader(db), { viewerIds: viewer.buyerIds, key: checkoutKey });
  return found ? done(found) : refuse('CHECKOUT_NOT_FOUND');
});

export const checkoutRoutes = {
  quote,
  purchase,
  one,
  order: orderPageRoutes.one,
  cancelSealed: cancelSealedRoute,
};
