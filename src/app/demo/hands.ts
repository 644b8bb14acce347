import { cancelLate } from '../../delivery/line-late.actions.ts';
import { acceptOrders, decline, fulfil, revealContent } from '../../delivery/manual/actions.ts';
import { assert, must } from '../../kit/assert.ts';
import { Secret, sha256 } from '../../kit/secret.ts';
import { plus, type Span } from '../../kit/time.ts';
import { transaction } from '../../kit/tx.ts';
import { chanceOf, type Chance } from './chance.ts';
import type { LaidOut } from './goods.ts';
import { buyAll, confirmOrder, giveThePrice } from './shopping.ts';
import type { World } from './world.ts';

/** How many orders of the month are delivered by hand. */
const orders = 44;

type Bought = {
  readonly world: World;
  readonly chance: Chance;
  readonly listing: LaidOut;
  readonly buyerId: string;
  readonly orderId: string;
};

/** What becomes of an order, by chance: most are in time, some late, a few are refused, forgotten or cancelled. */
type End = 'inTime' | 'late' | 'declined' | 'forgotten' | 'cancelledLate';
const endOf = (part: number): End =>
  part < 0.8
    ? 'inTime'
    : part < 0.88
      ? 'late'
      : part < 0.92
        ? 'declined'
        : part < 0.96
          ? 'forgotten'
          : 'cancelledLate';

/** Orders that people of the shops deliver by hand in the past month, and some that wait at this moment, in every state. */
export function planHands(world: World, laidOut: readonly LaidOut[]): void {
  const listings = laidOut.filter((one) => byHand.some((word) => one.title.includes(word)));
  assert(listings.length > 0, 'the demo sells goods that are delivered by hand');
  for (let n = 0; n < orders; n++) {
    const chance = chanceOf(21_000 + n);
    const listing = chance.pick(listings);
    const buyerId = chance.pick(world.people.crowd);
    const at = plus(world.begin, {
      days: Math.floor(28 * Math.sqrt(chance.part())),
      hours: chance.whole(9, 20),
      minutes: chance.whole(0, 59),
    });
    world.agenda.add({
      at,
      run: () => story(world, { chance, listing, buyerId, end: endOf(chance.part()) }),
    });
  }
  for (const [n, [span, title, buyer, act]] of now.entries())
    world.agenda.add({
      at: plus(world.end, span),
      run: async () => {
        const chance = chanceOf(22_000 + n);
        const listing = must(
          listings.find((one) => one.title.includes(title)),
          `the demo sells ${title}`,
        );
        const buyerId =
          buyer === 'player' ? world.people.players.buyer : must(world.people.crowd[n + 3], 'a buyer');
        const bought = await buy({ world, chance, listing, buyerId });
        if (bought && act === 'accept') await accept(bought);
        if (bought && act === 'deliver') await deliver(bought);
      },
    });
}

const byHand = ['视频会员代开', '团队席位', '海外礼品卡'];

/** What stands in the lists when the demo begins: late, taken on, waiting, and delivered a moment ago. */
const now: readonly (readonly [Span, string, 'player' | 'crowd', 'accept' | 'deliver' | 'wait'])[] = [
  [{ hours: -3, minutes: -10 }, '团队席位 三个月', 'player', 'accept'],
  [{ hours: -2, minutes: -20 }, '团队席位 一年', 'crowd', 'wait'],
  [{ hours: -1, minutes: -30 }, '团队席位 三个月', 'crowd', 'accept'],
  [{ minutes: -50 }, '团队席位 一年', 'crowd', 'wait'],
  [{ minutes: -40 }, '团队席位 三个月', 'player', 'deliver'],
  [{ minutes: -25 }, '视频会员代开 月卡', 'player', 'accept'],
  [{ minutes: -20 }, '视频会员代开 季卡', 'crowd', 'wait'],
];

const hash16 = (text: string): Buffer => sha256(text).subarray(0, 16);

/** Refusals that happen to people: too little money, or more than a listing allows. */
const everyday = ['WALLET_TOO_LOW', 'QUANTITY_LIMIT'];

async function buy(p: Omit<Bought, 'orderId'>): Promise<Bought | undefined> {
  const { world, chance, listing, buyerId } = p;
  const phone = `13${chance.whole(0, 9)}${String(chance.whole(0, 99_999_999)).padStart(8, '0')}`;
  const answers: Record<string, Secret> = listing.title.includes('代开')
    ? { target: new Secret(phone) }
    : listing.title.includes('席位')
      ? {
          target: new Secret(`friend${chance.whole(100, 999)}@example.com`),
          region: new Secret(chance.happens(0.8) ? '国内版' : '国际版'),
        }
      : {};
  const variantId = must(listing.variantIds[0], 'a listing has a variant');
  // The demo buyer keeps the money they came with.
  if (buyerId === world.people.players.buyer) await giveThePrice(world.db, { buyerId, variantId });
  const [answer] = await buyAll(world.db, [
    {
      buyerId,
      variantId,
      quantity: 1,
      paidBy: 'wallet',
      ...(Object.keys(answers).length > 0 ? { answers } : {}),
    },
  ]);
  if (answer && !answer.ok && everyday.includes(answer.refusal)) return undefined;
  assert(answer?.ok, `an order by hand is placed: ${answer && !answer.ok ? answer.refusal : ''}`);
  return { ...p, orderId: must(answer.value.orders[0], 'a purchase has an order').orderId };
}

const handOf = ({ world, listing }: Pick<Bought, 'world' | 'listing'>) => ({
  shopId: listing.shopId,
  userId: world.people.shops[listing.shop].ownerId,
});

const accept = (one: Bought): Promise<unknown> =>
  transaction(one.world.db, (tx) => acceptOrders(tx, { ...handOf(one), orderIds: [one.orderId] }));

const deliver = (one: Bought): Promise<unknown> =>
  transaction(one.world.db, (tx) =>
    fulfil(tx, { ...handOf(one), orderId: one.orderId, line: 1, units: [contentOf(one)] }),
  );

function contentOf({ listing, chance }: Bought): Record<string, string> {
  const digits = (length: number): string =>
    Array.from({ length }, () => String(chance.whole(0, 9))).join('');
  if (listing.title.includes('代开'))
    return {
      until: '开通当天起算，见“我的—会员”',
      serial: `WC${digits(12)}`,
      note: '已经用官方渠道开好，重新登录就能看到。',
    };
  if (listing.title.includes('席位'))
    return {
      link: `https://join.shimoge.example/i/${digits(10)}`,
      code: digits(6),
      note: '用你填的邮箱打开链接，输入口令就加入了。',
    };
  return { number: digits(16), password: digits(12), receipt: `YA-${digits(8)}` };
}

/** Schedules what follows from this moment; what would come after the end does not come any more. */
function soon(world: World, after: Span, run: () => Promise<unknown>): void {
  const at = plus(world.clock.now(), after);
  if (at < world.end) world.agenda.add({ at, run: async () => void (await run()) });
}

async function story(
  world: World,
  p: { chance: Chance; listing: LaidOut; buyerId: string; end: End },
): Promise<void> {
  const { chance, end } = p;
  const bought = await buy({ world, ...p });
  if (!bought) return;
  const promise = promised_minutes(p.listing);
  const share = (from: number, to: number): Span => ({
    seconds: Math.round(promise * 60 * (from + chance.part() * (to - from))),
  });
  if (end === 'forgotten') return;
  if (end === 'declined')
    return soon(world, share(0.2, 0.7), () =>
      transaction(world.db, (tx) =>
        decline(tx, {
          ...handOf(bought),
          orderId: bought.orderId,
          line: 1,
          reason: '渠道今天开不了，先退给你',
        }),
      ),
    );
  if (end === 'cancelledLate')
    return soon(world, share(1.1, 1.5), () =>
      transaction(world.db, (tx) =>
        cancelLate(tx, { orderId: bought.orderId, buyerIds: [bought.buyerId], userId: bought.buyerId }),
      ),
    );
  soon(world, share(0.05, 0.3), () => accept(bought));
  soon(world, end === 'late' ? share(1.1, 1.8) : share(0.3, 0.9), async () => {
    await deliver(bought);
    if (chance.happens(0.85)) soon(world, { minutes: chance.whole(2, 90) }, () => receive(bought));
  });
}

const promised_minutes = ({ title }: LaidOut): number =>
  title.includes('代开') ? 30 : title.includes('席位') ? 120 : 60;

/** The buyer looks, finds it right, and confirms some time later. */
async function receive(one: Bought): Promise<void> {
  const { world, orderId, buyerId, chance } = one;
  const seen = await transaction(world.db, (tx) =>
    revealContent(tx, {
      orderId,
      buyerIds: [buyerId],
      userId: buyerId,
      line: 1,
      place: 1,
      viewer: { sessionId: null, deviceId: null, scopes: [] },
      deviceHash: hash16(`device ${buyerId}`),
      addressHash: hash16(`address ${buyerId}`),
    }),
  );
  if (seen.ok && chance.happens(0.7))
    soon(world, { minutes: chance.whole(5, 600) }, () => confirmOrder(world.db, { orderId, buyerId }));
}
