import { escalate, fileCase, refuseClaim } from '../../aftersales/actions.ts';
import { assign, judge } from '../../aftersales/desk.actions.ts';
import type { Judgment } from '../../aftersales/desk.rules.ts';
import { arbitrate } from '../../aftersales/panel/actions.ts';
import { must } from '../../kit/assert.ts';
import { plus, type Span } from '../../kit/time.ts';
import { transaction, type Tx } from '../../kit/tx.ts';
import { nobody, type Viewer } from '../../kit/viewer.ts';
import { buyAll, reveal } from './shopping.ts';
import type { Shelf } from './stock.ts';
import type { World } from './world.ts';

/** A shelf of card keys of the first merchant. */
const shelfAt = ({ shelves }: World, n: number): Shelf | undefined =>
  shelves.filter(({ listing, keys }) => listing.shop === 'songjian' && keys > 20 && listing.goods === 'card')[
    n
  ];

const buyerOf = (userId: string): Viewer => ({ ...nobody, userId, buyerIds: [userId] });
const act = async ({ db }: World, move: (tx: Tx) => Promise<unknown>): Promise<void> => {
  await transaction(db, move);
};

/** A panel that is to vote when the demo begins, and a batch that five buyers complain about. */
export function planCourt(world: World): void {
  const at = (before: Span, run: () => Promise<void>): void =>
    world.agenda.add({ at: plus(world.end, before), run });
  at({ hours: -52 }, () => panel(world));
  for (const n of [0, 1, 2, 3, 4, 5]) at({ hours: -9, minutes: -n }, () => faulty(world, n));
}

async function buys(world: World, shelf: Shelf, buyerId: string): Promise<string | undefined> {
  const [answer] = await buyAll(world.db, [
    { buyerId, variantId: shelf.variantId, quantity: 1, paidBy: 'wallet' },
  ]);
  const orderId = answer?.ok ? answer.value.orders[0]?.orderId : undefined;
  return orderId && (await reveal(world.db, { orderId, buyerId }, 1)) ? orderId : undefined;
}

async function files(
  { db, clock }: World,
  p: { orderId: string; buyerId: string; symptom: string },
): Promise<string> {
  const answer = await transaction(db, (tx) =>
    fileCase(tx, {
      orderId: p.orderId,
      buyerIds: [p.buyerId],
      userId: p.buyerId,
      line: 1,
      places: [1],
      reason: 'WRONG_SPEC',
      remedy: 'refund',
      amount: null,
      occurredAt: plus(clock.now(), { minutes: -10 }),
      symptom: p.symptom,
      triedSteps: '对过商品页和充值记录',
      errorCode: '',
      articles: ['22'],
      exhibits: [],
    }),
  );
  return answer.ok ? answer.value.caseId : '';
}

const against: Judgment = {
  facts: '发货记录与商品页写明的规格一致，充值记录缺一页。',
  weighing: '买家的截图没有时间，商家的记录由平台固定。',
  reasons: '现有证据不能证明发错，暂不支持退款。',
  articles: ['22', '28'],
  remedy: 'none',
  amount: null,
  liability: { merchant: 0, buyer: 100, platform: 0, carrier: 0, issuer: 0 },
  reason: null,
};

/** Refused, decided against the buyer, brought before a panel: the log draws it as soon as the program runs. */
async function panel(world: World): Promise<void> {
  const { agenda, clock, people } = world;
  const shelf = shelfAt(world, 1);
  const buyerId = must(people.crowd[2], 'a buyer');
  const orderId = shelf && (await buys(world, shelf, buyerId));
  if (!orderId) return;
  const caseId = await files(world, { orderId, buyerId, symptom: '买的是全国通用，充值时提示只限华东' });
  const shop = must(people.shops.songjian, 'a shop');
  const seller: Viewer = { ...nobody, userId: shop.ownerId, shops: [{ shopId: shop.shopId, role: 'owner' }] };
  const support: Viewer = { ...nobody, userId: people.players.support, staff: ['support'] };
  const viewer = buyerOf(buyerId);
  const then = (hours: number, move: (tx: Tx) => Promise<unknown>): void =>
    agenda.add({ at: plus(clock.now(), { hours }), run: () => act(world, move) });
  then(3, (tx) =>
    refuseClaim(tx, {
      caseId,
      viewer: seller,
      defence: 'NOT_AS_CLAIMED',
      text: '商品页写了适用地区',
      exhibit: {
        kind: 'spec_proof',
        caption: '',
        text: '商品页第 2 版：全国通用，部分地区延迟',
        formedAt: null,
      },
    }),
  );
  then(5, (tx) => escalate(tx, { caseId, viewer, text: '商品页写的是全国通用，请平台看' }));
  then(7, (tx) => assign(tx, { caseId, viewer: support }));
  then(9, (tx) => judge(tx, { caseId, viewer: support, judged: against }));
  then(49, (tx) =>
    arbitrate(tx, {
      caseId,
      viewer,
      ground: 'new_evidence',
      text: '官方客服书面确认这张卡只限华东，和商品页不符',
    }),
  );
}

/** One of those who bought from a batch with the wrong value, and complains after all of them have bought. */
async function faulty(world: World, n: number): Promise<void> {
  const shelf = shelfAt(world, 2);
  const buyerId = must(world.people.crowd[30 + n], 'a buyer');
  const orderId = shelf && (await buys(world, shelf, buyerId));
  if (!orderId) return;
  world.agenda.add({
    at: plus(world.clock.now(), { hours: 2, minutes: 11 * n }),
    run: async () => {
      await files(world, { orderId, buyerId, symptom: '充进去的面值比买的少一半，同群的人也是' });
    },
  });
}
