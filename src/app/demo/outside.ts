import { recordExternal } from '../../aftersales/outside/pack.actions.ts';
import { followComplaint } from '../../aftersales/outside/complaint.actions.ts';
import { enterHold } from '../../aftersales/outside/hold.actions.ts';
import { assert, must } from '../../kit/assert.ts';
import { fen } from '../../kit/money.ts';
import { sha256 } from '../../kit/secret.ts';
import { plus } from '../../kit/time.ts';
import { reader, transaction } from '../../kit/tx.ts';
import { nobody } from '../../kit/viewer.ts';
import { recordIdentity } from '../../merchants/identity.actions.ts';
import { takeNotice } from '../../payments/complaint/actions.ts';
import { tradesSeen } from '../../payments/trade.views.ts';
import type { ShopKey } from './family.ts';
import { demoShops } from './goods.ts';
import { buy, reveal } from './shopping.ts';
import type { World } from './world.ts';

const cities = ['杭州', '成都', '武汉', '苏州', '长沙', '厦门'] as const;

/** Who runs each shop, as the platform checked it when it opened. */
export async function layInIdentities({ db, people }: Pick<World, 'db' | 'people'>): Promise<void> {
  for (const [n, shop] of demoShops.entries()) {
    const city = must(cities[n % cities.length], 'a city');
    await transaction(db, (tx) =>
      recordIdentity(tx, {
        shopId: people.shops[shop.key].shopId,
        kind: n === demoShops.length - 1 ? 'sole_trader' : 'company',
        legalName: `${city}${shop.name}有限公司（演示）`,
        licenceNo: `9133010${n}MA2DEMO0${n}X`,
        registeredAt: `${city}市市场监督管理局`,
        address: `${city}市高新区软件园 ${n + 1} 号楼`,
        contactName: '王建国',
        phone: `0571-8888000${n}`,
        email: `legal@${shop.slug}.demo.mengyue`,
        byId: people.players.operator,
      }),
    );
  }
}

/**
 * The doors of the demo: somebody complained at the payment channel eleven hours ago and its shop has not answered, the same buyer went to
 * 12315, and a court's order about the order waits for its second person.
 */
export function planOutside(world: World): void {
  const { agenda, end } = world;
  agenda.add({ at: plus(end, { hours: -11, minutes: -20 }), run: () => begin(world, 'qinghe') });
}

async function begin(world: World, shop: ShopKey): Promise<void> {
  const { db, people, clock, agenda, bank, shelves } = world;
  const { shopId } = people.shops[shop];
  const shelf = shelves.find(
    ({ listing, keys }) =>
      listing.shop === shop && keys > 20 && (listing.goods === 'card' || listing.goods === 'licence'),
  );
  const buyerId = must(people.crowd[2], 'a buyer');
  if (!shelf) return;
  const own = {
    ...(await buy(db, { buyerId, variantId: shelf.variantId, quantity: 1, paidBy: 'channel' })),
    buyerId,
  };
  const paymentId = must(own.paymentId, 'a payment');
  await bank.pay(db, { paymentId, amount: fen(own.total) });
  const later = (hours: number, run: () => Promise<void>): void =>
    agenda.add({ at: plus(clock.now(), { hours }), run });
  later(1, async () => void (await reveal(db, own, 1)));
  later(2, async () => complain(world, { ...own, paymentId }));
  later(6, async () => {
    const viewer = { ...nobody, userId: buyerId, buyerIds: [buyerId] };
    const filedAt = clock.now();
    const noted = await transaction(db, (tx) =>
      recordExternal(tx, viewer, {
        orderId: own.orderId,
        kind: '12315',
        number: '1330106002026000088',
        authority: '西湖区市场监督管理局',
        filedAt,
      }),
    );
    assert(noted.ok, 'a buyer of the demo can note where they went');
  });
  later(8, async () => {
    const asked = await transaction(db, (tx) =>
      enterHold(tx, {
        scope: 'order',
        subjectId: own.orderId,
        authority: '西湖区人民法院（演示）',
        kind: 'court',
        number: '（2026）浙0106财保88号',
        documentHash: sha256('demo'),
        reason: '财产保全',
        until: plus(clock.now(), { days: 180 }),
        secret: false,
        byId: people.players.operator,
      }),
    );
    assert(asked.ok, `the hold of the demo can be asked for: ${shopId}`);
  });
}

/** The sandbox of a demo knows complaints of the past by their first letters. */
async function complain({ db }: World, own: { paymentId: string; total: bigint }): Promise<void> {
  const [trade] = await tradesSeen(await reader(db), { viewerPayments: [own.paymentId] });
  const { tradeNo, amount } = must(trade, 'what was paid has a trade');
  const number = `PAST${tradeNo}`;
  const news = {
    number,
    version: 1,
    tradeNo,
    amount,
    state: 'pending' as const,
    text: '激活码一直提示无效，商家没有回复',
    userConfirmed: false,
    refunded: fen(0n),
    refundNo: null,
    answerBy: null,
    settleBy: null,
  };
  const never = async (): Promise<{ kind: 'ok' }> => ({ kind: 'ok' });
  await takeNotice(
    db,
    {
      channel: 'sandbox',
      acknowledgement: 'success',
      reply: never,
      complete: never,
      parseNotice: () => ({ verified: true, news, request: `demo/${number}` }),
    },
    { method: 'POST', path: '', query: '', headers: {}, body: Buffer.from(number) },
  );
  await transaction(db, (tx) => followComplaint(tx, { channel: 'sandbox', number }));
}
