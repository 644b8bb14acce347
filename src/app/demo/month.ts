import { must } from '../../kit/assert.ts';
import { plus, type Instant, type Span } from '../../kit/time.ts';
import { chanceOf, type Chance } from './chance.ts';
import { buyAll, confirmOrder, giveBack, reveal, verify } from './shopping.ts';
import type { Shelf } from './stock.ts';
import type { World } from './world.ts';

/** How many purchases are begun in the month. */
export const monthOrders = 480;

/** Hours of a Beijing day in which people buy; the evening counts most. */
const hours = [
  0, 8, 9, 10, 11, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 20, 20, 21, 21, 21, 22, 22, 23,
] as const;

/** No money comes through the channel in the last two days: the running sandbox has a bill of those, and would not know it. */
const lastPayment = { hours: -50 } as const;

type Story = {
  readonly world: World;
  readonly chance: Chance;
  readonly buyerId: string;
  readonly shelf: Shelf;
};
type Own = {
  readonly orderId: string;
  readonly buyerId: string;
  readonly paymentId: string | null;
  readonly quantity: number;
};

/** The purchases of a month: more each week, most in the evening, some goods far more often than others. */
export function planMonth(world: World): void {
  const sellers = popular(world.shelves);
  const days = Math.ceil((world.end - world.begin) / 86_400_000);
  for (let n = 0; n < monthOrders; n++) {
    const chance = chanceOf(7_000 + n);
    const day = Math.floor(days * Math.sqrt(chance.part()) * 0.999);
    const at = timeOf(world, day, chance);
    const story = {
      world,
      chance,
      buyerId: chance.pick(n % 16 === 0 ? [world.people.players.second] : world.people.crowd),
      shelf: chance.pick(sellers),
    };
    if (at < plus(world.end, { minutes: -30 })) world.agenda.add({ at, run: () => purchase(story) });
  }
  sellOut(world);
}

/** Begin is midnight in Beijing, so hours of a day count from there. */
const timeOf = (world: World, day: number, chance: Chance): Instant =>
  plus(world.begin, {
    days: day,
    hours: chance.pick(hours),
    minutes: chance.whole(0, 59),
    seconds: chance.whole(0, 59),
  });

/** Each shelf as often as it is bought: a third of them never. */
function popular(shelves: readonly Shelf[]): Shelf[] {
  const chance = chanceOf(31);
  return shelves.flatMap((shelf) => {
    const liking = chance.part();
    return Array.from({ length: liking < 0.3 ? 0 : liking > 0.95 ? 14 : liking > 0.8 ? 5 : 1 }, () => shelf);
  });
}

/** The shelf with the fewest keys sells its last one within a week. */
function sellOut(world: World): void {
  const [scarcest] = world.shelves.toSorted((a, b) => a.keys - b.keys);
  const shelf = must(scarcest, 'there are shelves');
  for (let n = 0; n < shelf.keys; n++) {
    const chance = chanceOf(90 + n);
    const buyerId = must(world.people.crowd[n * 3], 'a buyer');
    world.agenda.add({
      at: timeOf(world, 3 + n, chance),
      run: () => fromWallet({ world, chance, buyerId, shelf }, 1, false),
    });
  }
}

async function purchase(story: Story): Promise<void> {
  const { chance, world } = story;
  const quantity = chance.happens(0.76) ? 1 : chance.happens(0.7) ? 2 : 3;
  const early = world.clock.now() < plus(world.end, lastPayment);
  if (early && chance.happens(0.22)) await throughChannel(story, quantity);
  else await fromWallet(story, quantity, chance.happens(0.07));
}

/** What a shop refuses is no purchase: sold out, a limit, too little money. Everything else is our mistake. */
const everyday = ['OUT_OF_STOCK', 'QUANTITY_LIMIT', 'WALLET_TOO_LOW', 'RESERVATION_LIMIT'];

async function begin(story: Story, quantity: number, paidBy: 'wallet' | 'channel') {
  const { world, buyerId, shelf } = story;
  const [answer] = await buyAll(world.db, [{ buyerId, variantId: shelf.variantId, quantity, paidBy }]);
  if (answer?.ok) return answer.value;
  if (answer && everyday.includes(answer.refusal)) return undefined;
  throw new Error(`a purchase of the past was refused: ${answer?.refusal} for ${shelf.listing.title}`);
}

async function fromWallet(story: Story, quantity: number, regrets: boolean): Promise<void> {
  const bought = await begin(story, quantity, 'wallet');
  const order = bought?.orders[0];
  if (!order) return;
  const own = { orderId: order.orderId, buyerId: story.buyerId, paymentId: null, quantity };
  if (regrets) regret(story, own);
  else use(story, own);
}

async function throughChannel(story: Story, quantity: number): Promise<void> {
  const { world, chance } = story;
  const bought = await begin(story, quantity, 'channel');
  const order = bought?.orders[0];
  if (!bought || !order) return;
  const paymentId = must(bought.paymentId, 'a purchase through a channel has a payment');
  const pay = () => world.bank.pay(world.db, { paymentId, amount: bought.total });
  const own = { orderId: order.orderId, buyerId: story.buyerId, paymentId, quantity };
  const kind = chance.part();
  if (kind < 0.16) return;
  // Late: the hold was over. The order lives again while there is stock.
  const late = kind < 0.2;
  soon(story, late ? { minutes: 55 } : { minutes: 1, seconds: chance.whole(0, 200) }, async () => {
    await pay();
    if (kind > 0.94) soon(story, { minutes: 2 }, pay);
    if (chance.happens(0.08)) regret(story, own);
    else use(story, own);
  });
}

/** Schedules what follows, counted from the moment that it follows from; what would come after the end does not come any more. */
function soon({ world }: Pick<Story, 'world'>, after: Span, run: () => Promise<void>): void {
  const at = plus(world.clock.now(), after);
  if (at < world.end) world.agenda.add({ at, run });
}

/** Gives a key back unseen, some hours or days later. */
function regret(story: Story, own: Own): void {
  soon(story, { hours: story.chance.whole(1, 60), minutes: story.chance.whole(0, 59) }, async () => {
    await giveBack(story.world.db, own, own.quantity);
  });
}

/** Most look at their keys within minutes; more than half of them say that they work and confirm; the clock does it for the others. */
function use(story: Story, own: Own): void {
  const { chance, world } = story;
  if (chance.happens(0.12)) return;
  soon(
    story,
    {
      minutes: chance.happens(0.8) ? chance.whole(1, 40) : chance.whole(60, 1500),
      seconds: chance.whole(1, 59),
    },
    async () => {
      const seen = chance.happens(0.9) ? own.quantity : 1;
      for (let place = 1; place <= seen; place++) if (!(await reveal(world.db, own, place))) return;
      if (seen === own.quantity && chance.happens(0.62)) finish(story, own);
    },
  );
}

function finish(story: Story, own: Own): void {
  const { chance, world } = story;
  soon(story, { minutes: chance.whole(4, 700) }, async () => {
    if (chance.happens(0.5)) await verify(world.db, own, 1);
    await confirmOrder(world.db, own);
  });
}
