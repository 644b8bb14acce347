import { offersOf } from '../../catalog/offers.actions.ts';
import { versionsOf } from '../../catalog/versions.actions.ts';
import { textsOf } from '../../checkout/acknowledgement.rules.ts';
import { purchaseLane } from '../../checkout/lanes.actions.ts';
import type { Bought, PurchaseAnswer } from '../../checkout/purchase.actions.ts';
import { priceLines, type Item, type Purchase } from '../../checkout/rules.ts';
import { cancelSealed } from '../../delivery/cancel.actions.ts';
import { verifyUnit } from '../../delivery/card-key.actions.ts';
import { confirm } from '../../delivery/completion.actions.ts';
import { revealLane } from '../../delivery/lanes.actions.ts';
import { assert, must } from '../../kit/assert.ts';
import { newId } from '../../kit/ids.ts';
import { fen } from '../../kit/money.ts';
import { inputHashOf } from '../../kit/once.ts';
import { sha256 } from '../../kit/secret.ts';
import { reader, transaction, type Db } from '../../kit/tx.ts';
import { post } from '../../ledger/actions.ts';
import { demoOpening } from '../../ledger/rules.ts';

export type Wish = {
  readonly buyerId: string;
  readonly variantId: string;
  readonly quantity: number;
  readonly paidBy: 'wallet' | 'channel';
  /** What the listing asks. */
  readonly answers?: Item['answers'];
};

const hash16 = (text: string): Buffer => sha256(text).subarray(0, 16);

/** Gives a buyer what one piece costs them, so that a story never fails for money and leaves the wallet as it was. */
export const giveThePrice = (db: Db, p: { buyerId: string; variantId: string }): Promise<void> =>
  transaction(db, async (tx) => {
    const [offer] = await offersOf(tx, [p]);
    const amount = fen(must(offer, 'the goods are on sale').price);
    await post(tx, [{ key: newId(tx.wall), transfers: [demoOpening({ userId: p.buyerId, amount })] }]);
  });

/** What people would send who saw the price, ticked every text and pressed the button; many at once. */
export async function buyAll(db: Db, wishes: readonly Wish[]): Promise<PurchaseAnswer[]> {
  const on = await reader(db);
  const offers = await offersOf(on, wishes);
  const found = offers.map((offer) => must(offer, 'the goods are there'));
  const versions = await versionsOf(on, found);
  const asked = wishes.map((wish, index): Purchase => {
    const offer = must(found[index], 'an offer for each wish');
    const items = [
      {
        variantId: wish.variantId,
        quantity: wish.quantity,
        ...(wish.answers ? { answers: wish.answers, again: wish.answers } : {}),
      },
    ];
    const { total } = priceLines([offer], items);
    const texts = textsOf(must(versions[index], 'a version for each offer').content);
    return {
      buyerId: wish.buyerId,
      key: newId(db.wall.now()),
      inputHash: inputHashOf({ items, total, paidBy: wish.paidBy }),
      items,
      total,
      paidBy: wish.paidBy,
      channel: wish.paidBy === 'channel' ? 'sandbox' : null,
      acknowledgements: texts.map((text) => ({ name: text.name, hash: text.hash.zh })),
      language: 'zh',
      addressHash: hash16(`address ${wish.buyerId}`),
      ownShops: [],
    };
  });
  return Promise.all(asked.map((one) => purchaseLane(db).submit(one)));
}

/** One purchase that must succeed. */
export async function buy(db: Db, wish: Wish): Promise<Bought & { orderId: string }> {
  const [answer] = await buyAll(db, [wish]);
  assert(
    answer?.ok,
    `a purchase of the demo world succeeds: ${JSON.stringify(answer && !answer.ok ? answer.refusal : null)}`,
  );
  return { ...answer.value, orderId: must(answer.value.orders[0], 'a purchase has an order').orderId };
}

type Own = { readonly orderId: string; readonly buyerId: string };
const asking = ({ orderId, buyerId }: Own) => ({ orderId, buyerIds: [buyerId], userId: buyerId });

/** The buyer looks at one key, in the same browser as ever; false where money came too late and the order had ended. */
export async function reveal(db: Db, own: Own, place: number): Promise<boolean> {
  const answer = await revealLane(db).submit({
    // Past looks were made with the password given where it was needed; a scope stands for that.
    ...asking(own),
    unit: { line: 1, place },
    viewer: { sessionId: null, deviceId: null, scopes: [] },
    deviceHash: hash16(`device ${own.buyerId}`),
    addressHash: hash16(`address ${own.buyerId}`),
  });
  assert(
    answer.ok || answer.refusal === 'ORDER_NOT_DELIVERED',
    `a key of the demo world can be looked at: ${answer.ok ? '' : answer.refusal}`,
  );
  return answer.ok;
}

/** The buyer says that a key works. */
export async function verify(db: Db, own: Own, place: number): Promise<void> {
  const answer = await transaction(db, (tx) => verifyUnit(tx, { ...asking(own), unit: { line: 1, place } }));
  assert(answer.ok, `a key of the demo world can be verified: ${answer.ok ? '' : answer.refusal}`);
}

/** The buyer confirms the order; false when the clock was faster. */
export async function confirmOrder(db: Db, own: Own): Promise<boolean> {
  return (await transaction(db, (tx) => confirm(tx, asking(own)))).ok;
}

/** The buyer gives a key back that nobody has seen; false when it is too late. */
export async function giveBack(
  db: Db,
  own: Own & { paymentId: string | null },
  place: number,
): Promise<boolean> {
  return (
    await transaction(db, (tx) =>
      cancelSealed(tx, { ...asking(own), unit: { line: 1, place }, paymentId: own.paymentId }),
    )
  ).ok;
}
