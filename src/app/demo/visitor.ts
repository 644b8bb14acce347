import { offersOf } from '../../catalog/offers.actions.ts';
import type { Offer } from '../../catalog/rules.ts';
import { assert, must } from '../../kit/assert.ts';
import { newId } from '../../kit/ids.ts';
import { fen } from '../../kit/money.ts';
import { plus, type Span } from '../../kit/time.ts';
import { reader, transaction } from '../../kit/tx.ts';
import { openBook, post } from '../../ledger/actions.ts';
import { leftIn } from '../../ledger/book.rules.ts';
import { account, demoOpening } from '../../ledger/rules.ts';
import { topUp } from '../../payments/actions.ts';
import type { ShopKey } from './family.ts';
import { buy, confirmOrder, giveBack, reveal, verify } from './shopping.ts';
import { talkAbout } from './talk.ts';
import type { World } from './world.ts';

/** What the demo buyer has in the wallet when the demo begins. */
export const visitorMoney = 200_000n;

const toppedUp = 10_000n;

/**
 * The demo buyer's own orders, one in each state that is worth looking at: settled, completed by the clock, refunded to the channel and to
 * the wallet, expired, completed and waiting for settlement, half revealed, just bought and sealed, waiting for payment.
 */
export async function planVisitor(world: World, changing: ReadonlySet<string>): Promise<void> {
  const { db, agenda, end, people } = world;
  const buyerId = people.players.buyer;
  const goods = await pickGoods(world, buyerId, changing);
  const variant = (index: number): string => must(goods[index], 'goods for each story').variantId;
  const at = (ago: Span, run: () => Promise<void>): void => agenda.add({ at: plus(end, ago), run });
  const later = (after: Span, run: () => Promise<unknown>): void =>
    agenda.add({ at: plus(world.clock.now(), after), run: async () => void (await run()) });
  const wallet = (index: number, quantity = 1) =>
    buy(db, { buyerId, variantId: variant(index), quantity, paidBy: 'wallet' });
  const channel = (index: number) =>
    buy(db, { buyerId, variantId: variant(index), quantity: 1, paidBy: 'channel' });

  at({ days: -20, hours: -7, minutes: 12 }, () => topUpOnce(world, buyerId));
  at({ days: -21, minutes: -49 }, async () => {
    const own = { ...(await wallet(0)), buyerId };
    later({ minutes: 22, seconds: 10 }, () => reveal(db, own, 1));
    later({ minutes: 51, seconds: 44 }, () => verify(db, own, 1));
    later({ minutes: 93, seconds: 5 }, () => confirmOrder(db, own));
  });
  at({ days: -12, hours: 2, minutes: 8 }, async () => {
    const own = { ...(await wallet(1, 2)), buyerId };
    later({ minutes: 25 }, async () => (await reveal(db, own, 1)) && (await reveal(db, own, 2)));
  });
  at({ days: -9, hours: -5, minutes: 31 }, async () => {
    const bought = await channel(2);
    const paymentId = must(bought.paymentId, 'a payment');
    later({ minutes: 1, seconds: 37 }, () => world.bank.pay(db, { paymentId, amount: fen(bought.total) }));
    later({ hours: 27, minutes: 3 }, () => giveBack(db, { ...bought, buyerId }, 1));
  });
  at({ days: -5, hours: -2, minutes: 40 }, async () => {
    const bought = await wallet(3);
    later({ hours: 6, minutes: 18 }, () => giveBack(db, { ...bought, buyerId }, 1));
  });
  at({ days: -4, hours: 1, minutes: 26 }, async () => void (await channel(4)));
  at({ hours: -26, minutes: 17 }, async () => {
    const own = { ...(await wallet(5)), buyerId };
    later({ minutes: 24, seconds: 31 }, () => reveal(db, own, 1));
    later({ minutes: 61, seconds: 8 }, () => confirmOrder(db, own));
  });
  // Enough for what is paid from the wallet and not given back, and half of what is asked for: what others give back comes on top, and
  // the last minutes fill the rest.
  const kept = [
    [0, 1],
    [1, 2],
    [5, 1],
    [6, 2],
    [7, 1],
  ] as const;
  const spent = kept.reduce(
    (sum, [index, quantity]) => sum + must(goods[index], 'goods').price * BigInt(quantity),
    0n,
  );
  const opening = fen(visitorMoney / 2n + spent - toppedUp);
  await transaction(db, (tx) =>
    post(tx, [{ key: newId(tx.wall), transfers: [demoOpening({ userId: buyerId, amount: opening })] }]),
  );
}

/** The last minutes, each at its own instant; the clock arrives at the present. */
export async function lastMinutes(world: World): Promise<void> {
  const { db, clock, end, people } = world;
  const buyerId = people.players.buyer;
  const goods = await pickGoods(world, buyerId);
  const variant = (index: number): string => must(goods[index], 'goods for each story').variantId;
  clock.to(plus(end, { minutes: -13 }));
  const own = {
    ...(await buy(db, { buyerId, variantId: variant(6), quantity: 2, paidBy: 'wallet' })),
    buyerId,
  };
  clock.to(plus(end, { minutes: -10 }));
  await reveal(db, own, 1);
  await talkAbout(world, own);
  clock.to(plus(end, { minutes: -2 }));
  await buy(db, { buyerId, variantId: variant(7), quantity: 1, paidBy: 'wallet' });
  clock.to(end);
  // The running program opens this payment at its sandbox when the buyer goes to pay.
  await buy(db, { buyerId, variantId: variant(8), quantity: 1, paidBy: 'channel' });
  await fillUp(world, buyerId);
}

async function fillUp({ db }: World, userId: string): Promise<void> {
  await transaction(db, async (tx) => {
    const wallet = account('wallet', userId);
    const missing = visitorMoney - leftIn(await openBook(tx, [wallet]), wallet);
    assert(missing >= 0n, 'nobody gave the demo buyer more than they begin with');
    if (missing > 0n)
      await post(tx, [{ key: newId(tx.wall), transfers: [demoOpening({ userId, amount: fen(missing) })] }]);
  });
}

async function topUpOnce({ db, bank }: World, userId: string): Promise<void> {
  const begun = await topUp(db, {
    userId,
    amount: fen(toppedUp),
    channel: 'sandbox',
    key: newId(db.wall.now()),
  });
  if (!begun.ok) throw new Error(`the top-up of the demo buyer was refused: ${begun.refusal}`);
  await bank.pay(db, { paymentId: begun.value.id, amount: fen(toppedUp) });
}

const shopsInOrder: readonly ShopKey[] = [
  'songjian',
  'nanqiao',
  'tonghai',
  'qinghe',
  'guizhou',
  'qinghe',
  'songjian',
  'nanqiao',
  'tonghai',
];

/** One kind of goods for each story: well stocked, not dear, without limits, and one that its shop does not change. */
async function pickGoods(
  { db, shelves }: World,
  buyerId: string,
  changing: ReadonlySet<string> = new Set(),
): Promise<Offer[]> {
  const offers = await offersOf(
    await reader(db),
    shelves.map(({ variantId }) => ({ variantId, buyerId })),
  );
  const taken = new Set<string>();
  return shopsInOrder.map((shop) => {
    const place = shelves.findIndex(({ listing, keys }, index) => {
      const offer = offers[index];
      return (
        listing.shop === shop &&
        keys > 40 &&
        listing.version === 1 &&
        offer?.version === 1 &&
        !changing.has(offer.listingId) &&
        offer.price < 20_000n &&
        offer.price > 1_500n &&
        offer.perBuyerMax === null &&
        !taken.has(offer.listingId)
      );
    });
    const offer = must(offers[place], `goods of ${shop} for the demo buyer`);
    taken.add(offer.listingId);
    return offer;
  });
}
