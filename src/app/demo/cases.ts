import { agree, escalate, fileCase, offer, refuseClaim } from '../../aftersales/actions.ts';
import type { ReasonCode } from '../../aftersales/reasons.data.ts';
import { assert, must } from '../../kit/assert.ts';
import { fen } from '../../kit/money.ts';
import { plus, type Span } from '../../kit/time.ts';
import { transaction } from '../../kit/tx.ts';
import { nobody, type Viewer } from '../../kit/viewer.ts';
import { walkInVain } from './diagnosis.ts';
import { showExhibit } from './exhibits.ts';
import type { ShopKey } from './family.ts';
import type { PlayerKey } from './people.data.ts';
import { buyAll, giveThePrice, reveal } from './shopping.ts';
import type { Shelf } from './stock.ts';
import type { World } from './world.ts';

type Then = 'silent' | 'agree' | 'offer' | 'refuse' | 'escalate';
type Story = {
  readonly ago: Span;
  readonly shop: ShopKey;
  readonly reason: ReasonCode;
  readonly then: Then;
  readonly symptom: string;
  /** Who bought it, where it is one of the people whose password is printed. */
  readonly who?: PlayerKey;
};

/** What went wrong in the past: some of it settled, some of it waits for a shop, a buyer or the desk when the demo begins. */
const stories: readonly Story[] = [
  {
    ago: { days: -11, hours: 3 },
    shop: 'songjian',
    reason: 'CARD_INVALID',
    then: 'silent',
    symptom: '充值时提示“卡密不存在”',
  },
  {
    ago: { days: -7, hours: -2 },
    shop: 'songjian',
    reason: 'CARD_USED',
    then: 'agree',
    symptom: '提示“该卡已被使用”',
  },
  {
    ago: { days: -5, hours: 1 },
    shop: 'qinghe',
    reason: 'CARD_INVALID',
    then: 'agree',
    symptom: '激活时提示授权码无效',
  },
  {
    ago: { hours: -29 },
    shop: 'songjian',
    reason: 'WRONG_SPEC',
    then: 'escalate',
    symptom: '买的是 100 元，充进去只有 50 元',
  },
  {
    ago: { hours: -21, minutes: -40 },
    shop: 'songjian',
    reason: 'CARD_INVALID',
    then: 'silent',
    symptom: '重试三次都提示卡号错误',
  },
  {
    ago: { hours: -12 },
    shop: 'songjian',
    reason: 'WRONG_SPEC',
    then: 'refuse',
    symptom: '区服不对，充不进去',
    who: 'buyer',
  },
  {
    ago: { hours: -8 },
    shop: 'songjian',
    reason: 'CARD_USED',
    then: 'offer',
    symptom: '提示已被使用，从没兑换过',
  },
  {
    ago: { hours: -2, minutes: -20 },
    shop: 'qinghe',
    reason: 'CARD_INVALID',
    then: 'silent',
    who: 'buyer',
    symptom: '第一次输入就提示授权码不存在',
  },
];

/** Buyers of the past file cases, and shops answer them or do not; what nobody answers, the clocks settle. */
export function planCases(world: World): void {
  for (const [n, story] of stories.entries())
    world.agenda.add({ at: plus(world.end, story.ago), run: () => begin(world, story, n) });
}

/** A shelf of the shop whose keys cost little enough for any wallet. */
const shelfFor = ({ shelves }: World, shop: ShopKey, n: number): Shelf | undefined => {
  const own = shelves.filter(
    ({ listing, keys }) =>
      listing.shop === shop && keys > 20 && (listing.goods === 'card' || listing.goods === 'licence'),
  );
  return own[(n * 7) % Math.max(1, own.length)];
};

async function begin(world: World, story: Story, n: number): Promise<void> {
  const { db, people, clock, agenda } = world;
  const shelf = shelfFor(world, story.shop, n);
  const buyerId = story.who ? people.players[story.who] : must(people.crowd[n * 4 + 1], 'a buyer');
  if (!shelf) return;
  if (story.who) await giveThePrice(db, { buyerId, variantId: shelf.variantId });
  const [answer] = await buyAll(db, [{ buyerId, variantId: shelf.variantId, quantity: 1, paidBy: 'wallet' }]);
  // Sold out, or too dear for this wallet: then nothing went wrong either.
  const orderId = answer?.ok ? answer.value.orders[0]?.orderId : undefined;
  if (!orderId || !(await reveal(db, { orderId, buyerId }, 1))) return;
  const later = (after: Span, run: () => Promise<void>): void =>
    agenda.add({ at: plus(clock.now(), after), run });
  later({ minutes: 35 }, () => complain(world, { story, orderId, buyerId, later }));
}

type Told = {
  readonly story: Story;
  readonly orderId: string;
  readonly buyerId: string;
  readonly later: (after: Span, run: () => Promise<void>) => void;
};

async function complain(world: World, { story, orderId, buyerId, later }: Told): Promise<void> {
  const { db, clock } = world;
  const shop = must(world.people.shops[story.shop], 'a shop');
  const tried =
    story.reason === 'CARD_INVALID' && (await walkInVain(db, { shopId: shop.shopId, orderId, buyerId }));
  const filed = await transaction(db, (tx) =>
    fileCase(tx, {
      orderId,
      buyerIds: [buyerId],
      userId: buyerId,
      line: 1,
      places: [1],
      reason: story.reason,
      remedy: 'refund',
      amount: null,
      occurredAt: plus(clock.now(), { minutes: -10 }),
      symptom: story.symptom,
      triedSteps: tried || '去掉空格重试了三次，换过网络',
      errorCode: '',
      articles: ['22'],
      exhibits: [],
    }),
  );
  assert(filed.ok, `a case of the demo world can be filed: ${filed.ok ? '' : filed.refusal}`);
  const { caseId } = filed.value;
  const seller: Viewer = { ...nobody, userId: shop.ownerId, shops: [{ shopId: shop.shopId, role: 'owner' }] };
  if (story.then === 'agree')
    later({ hours: 2 }, () => done(world, (tx) => agree(tx, { caseId, viewer: seller })));
  if (story.then === 'offer')
    later({ hours: 1 }, () =>
      done(world, (tx) =>
        offer(tx, {
          caseId,
          viewer: seller,
          remedy: 'refund',
          amount: fen(500n),
          text: '先退 5 元，卡我们再查',
        }),
      ),
    );
  if (story.then !== 'refuse' && story.then !== 'escalate') return;
  later({ hours: 3 }, () => done(world, (tx) => refuseClaim(tx, { caseId, viewer: seller, ...refusal })));
  const buyer: Viewer = { ...nobody, userId: buyerId, buyerIds: [buyerId] };
  if (story.then === 'escalate')
    later({ hours: 1 }, () => showExhibit(world, { orderId, caseId, buyer, seller }));
  if (story.then === 'escalate')
    later({ hours: 5 }, () =>
      done(world, (tx) =>
        escalate(tx, {
          caseId,
          viewer: { ...nobody, userId: buyerId, buyerIds: [buyerId] },
          text: '商家说发对了，可充值记录只有一半面值，请平台看一下',
        }),
      ),
    );
}

const refusal = {
  defence: 'NOT_AS_CLAIMED' as const,
  text: '我们按商品页的规格发的，没有发错',
  exhibit: { kind: 'spec_proof' as const, caption: '', text: '进货单写明与商品页同一规格', formedAt: null },
};

/** An answer of the past; one that the clock or a refund overtook is none. */
async function done(
  { db }: World,
  act: (tx: Parameters<typeof agree>[0]) => ReturnType<typeof agree>,
): Promise<void> {
  await transaction(db, act);
}
