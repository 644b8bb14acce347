import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../../test/database.ts';
import { clubListing } from '../../../test/listings.ts';
import { aShop, buyers, wishFor } from '../../../test/world.ts';
import { openLog } from '../../app/log.ts';
import { pumpAll } from '../../app/pump.ts';
import { deadlines, reactions } from '../../app/reactions.ts';
import { openSweep } from '../../app/sweep.ts';
import { purchaseLane } from '../../checkout/lanes.actions.ts';
import type { ListingDraft } from '../../catalog/content.contract.ts';
import { setFaultPoint } from '../../kit/fault.ts';
import { must } from '../../kit/assert.ts';
import { reader, transaction } from '../../kit/tx.ts';
import {
  endMemberships,
  proRataOf,
  resumeMemberships,
  startMembership,
  suspendMemberships,
} from './actions.ts';
import { addHolds, removeHolds } from '../../orders/actions.ts';
import { grantDue } from './grant.actions.ts';
import { membershipsOfBuyer } from './views.ts';

const { db, asOwner, clock } = await testDatabase();
const log = openLog('silent');
const sweep = openSweep(db, deadlines, log);

const club = (
  membership: Partial<NonNullable<ListingDraft['membership']>> = {},
  title = '读书会员',
): Partial<ListingDraft> =>
  clubListing(
    {
      title,
      variants: [
        { id: null, name: '三十天', price: '3000', on: true, tiers: [] },
        {
          id: null,
          name: '三个月',
          price: '8000',
          on: true,
          tiers: [],
          term: { count: 3, unit: 'month' },
        },
      ],
    },
    membership,
  );
const shelf = await aShop(db, [
  club(),
  club({ stacks: false }, '单份会员'),
  club({ starts: 'buyer' }, '自选开始会员'),
]);
const [stacked, single, chosen] = shelf.listings.map((one) => one.variantId) as [string, string, string];

async function bought(variantId: string, buyerId?: string, quantity = 1) {
  const id = buyerId ?? must((await buyers(db, 1, 10_000_000n))[0], 'a buyer');
  const answer = await purchaseLane(db).submit(await wishFor(db, { buyerId: id, variantId, quantity }));
  ok(answer.ok, `bought: ${answer.ok ? '' : answer.refusal}`);
  return { orderId: must(answer.value.orders[0], 'an order').orderId, buyerId: id };
}
const pump = () => pumpAll(db, reactions, log);
const mine = async (buyerId: string) =>
  membershipsOfBuyer(await reader(db), { viewerIds: [buyerId], limit: 50 });
const only = async (buyerId: string) => {
  const list = await mine(buyerId);
  equal(list.length, 1);
  return must(list[0], 'a membership');
};
const orderState = async (orderId: string) =>
  (await asOwner('select state from orders.orders where id = $1', [orderId]))[0]?.['state'];
const kinds = async (about: string) =>
  (await asOwner('select kind from evidence.events where about = $1 order by seq', [about])).map(
    (row) => row['kind'],
  );
const told = async (userId: string) =>
  (
    await asOwner(
      `select kind from notifications.messages where user_id = $1 and kind like 'membership.%' order by id`,
      [userId],
    )
  ).map((row) => row['kind']);
const day_ms = 86_400_000;

test('F204 a bought membership is delivered by the reaction, with proof, and runs from then on', async () => {
  const own = await bought(stacked);
  equal(await orderState(own.orderId), 'awaiting');
  deepEqual(await mine(own.buyerId), []);
  await pump();
  equal(await orderState(own.orderId), 'delivered');
  const member = await only(own.buyerId);
  deepEqual(
    [member.state, member.level, member.includes],
    ['active', '金卡', ['全部书目', '每月一场线上会']],
  );
  ok((member.endsAt ?? 0) - clock.now() > 30 * day_ms);
  deepEqual(await kinds(member.id), ['membership.granted']);
  ok((await kinds(own.orderId)).includes('delivery.delivered'));
  await grantDue(db, [
    {
      id: own.orderId,
      event: 'delivery.due',
      body: { about: [own.orderId], shops: [shelf.shopId], data: null },
    },
  ]);
  deepEqual(await kinds(member.id), ['membership.granted'], 'news that comes twice grants once');
});

test('F204 buying again adds to the end; two at the same moment are both counted', async () => {
  const own = await bought(stacked);
  await pump();
  const first = await only(own.buyerId);
  clock.forward({ days: 10 });
  await Promise.all([bought(stacked, own.buyerId), bought(stacked, own.buyerId, 2)]);
  await pump();
  const after = await only(own.buyerId);
  equal(after.endsAt, (first.endsAt ?? 0) + 90 * day_ms);
  equal(after.id, first.id);
  deepEqual(await kinds(first.id), ['membership.granted', 'membership.renewed', 'membership.renewed']);
});

test('F204 two workers that hear of two orders of one buyer make one membership', async () => {
  const own = await bought(stacked);
  const other = await bought(stacked, own.buyerId);
  await Promise.all(
    [own, other].map(({ orderId }) =>
      grantDue(db, [
        { id: orderId, event: 'delivery.due', body: { about: [orderId], shops: [shelf.shopId], data: null } },
      ]),
    ),
  );
  const member = await only(own.buyerId);
  ok((member.endsAt ?? 0) - clock.now() > 60 * day_ms);
  await pump();
});

test('F204 memberships that do not add up stand side by side', async () => {
  const own = await bought(single);
  await bought(single, own.buyerId);
  await pump();
  equal((await mine(own.buyerId)).length, 2);
});

test('F204 a variant has its own term', async () => {
  const [row] = await asOwner(
    `select v.id from catalog.variants v where v.name = '三个月' and v.listing_id = (select listing_id from catalog.variants where id = $1)`,
    [stacked],
  );
  const own = await bought(String(row?.['id']));
  await pump();
  const member = await only(own.buyerId);
  ok((member.endsAt ?? 0) - clock.now() > 89 * day_ms);
});

test('F204 the buyer is reminded a week and a day before the end, and hears of the end; each once', async () => {
  const own = await bought(stacked);
  await pump();
  const { id, endsAt } = await only(own.buyerId);
  clock.set(must(endsAt, 'an end') as never);
  clock.forward({ days: -7 });
  await sweep.run();
  deepEqual([(await only(own.buyerId)).state, await told(own.buyerId)], ['expiring', ['membership.near']]);
  await sweep.run();
  clock.forward({ days: 6 });
  await sweep.run();
  deepEqual(await told(own.buyerId), ['membership.near', 'membership.near']);
  clock.forward({ days: 1 });
  await sweep.run();
  await sweep.run();
  equal((await only(own.buyerId)).state, 'expired');
  deepEqual(await told(own.buyerId), ['membership.near', 'membership.near', 'membership.over']);
  deepEqual(await kinds(id), [
    'membership.granted',
    'membership.reminded',
    'membership.reminded',
    'membership.expired',
  ]);
  await bought(stacked, own.buyerId);
  await pump();
  const again = await only(own.buyerId);
  deepEqual([again.id, again.state], [id, 'active']);
  equal((again.endsAt ?? 0) - clock.now(), 30 * day_ms);
});

test('F204 one that waits is started by its own buyer only, or by the clock after thirty days', async () => {
  const own = await bought(chosen);
  const late = await bought(chosen);
  await pump();
  const waiting = await only(own.buyerId);
  deepEqual([waiting.state, waiting.endsAt], ['pending', null]);
  equal(await orderState(own.orderId), 'delivered');
  const start = (buyerId: string) =>
    transaction(db, (tx) =>
      startMembership(tx, { membershipId: waiting.id, buyerIds: [buyerId], userId: buyerId }),
    );
  const foreign = await start(late.buyerId);
  ok(!foreign.ok && foreign.refusal === 'MEMBERSHIP_NOT_FOUND');
  ok((await start(own.buyerId)).ok);
  equal((await only(own.buyerId)).state, 'active');
  const twice = await start(own.buyerId);
  ok(!twice.ok && twice.refusal === 'MEMBERSHIP_NOT_WAITING');
  clock.forward({ days: 30, minutes: 1 });
  await sweep.run();
  equal((await only(late.buyerId)).state, 'active');
});

test('F204 a hold stops the days and gives them back; its deadlines wait as well', async () => {
  const own = await bought(stacked);
  await pump();
  const before = await only(own.buyerId);
  const order = { shopId: shelf.shopId, id: own.orderId };
  clock.forward({ days: 5 });
  equal(await transaction(db, (tx) => suspendMemberships(tx, [order])), 1);
  equal(await transaction(db, (tx) => suspendMemberships(tx, [order])), 0);
  deepEqual(await asOwner('select what from kit.deadlines where about = $1', [before.id]), []);
  clock.forward({ days: 40 });
  await sweep.run();
  equal((await only(own.buyerId)).state, 'suspended');
  equal(await transaction(db, (tx) => resumeMemberships(tx, [order])), 1);
  const after = await only(own.buyerId);
  deepEqual([after.state, after.endsAt], ['active', (before.endsAt ?? 0) + 40 * day_ms]);
  equal((await asOwner('select what from kit.deadlines where about = $1', [before.id])).length, 3);
});

test('F204 holds of any order that paid for it stop a membership, and the last one gone lets it go on', async () => {
  const own = await bought(stacked);
  await pump();
  const other = await bought(stacked, own.buyerId);
  await pump();
  const holdOf = ({ orderId }: { orderId: string }) => ({
    shopId: shelf.shopId,
    orderId,
    reason: 'case' as const,
    ref: orderId,
  });
  const change = async (act: typeof addHolds, one: { orderId: string }): Promise<string> => {
    await transaction(db, async (tx) => void (await act(tx, [holdOf(one)])));
    await pump();
    await pump();
    return (await only(own.buyerId)).state;
  };
  equal(await change(addHolds, own), 'suspended');
  equal(await change(addHolds, other), 'suspended');
  equal(await change(removeHolds, own), 'suspended');
  clock.forward({ days: 2 });
  equal(await change(removeHolds, other), 'active');
  ok(((await only(own.buyerId)).endsAt ?? 0) - clock.now() > 60 * day_ms);
});

test('F093 F204 unused days are worth their share, and a refunded line gives none', async () => {
  const own = await bought(stacked);
  await pump();
  const line = { shopId: shelf.shopId, orderId: own.orderId, line: 1 };
  clock.forward({ days: 10 });
  const [worth, foreign] = await transaction(db, (tx) => proRataOf(tx, [line, { ...line, line: 2 }]));
  deepEqual(worth, { value: 2000n, usedDays: 10, unusedDays: 20, totalDays: 30 });
  equal(foreign, null);
  equal(await transaction(db, (tx) => endMemberships(tx, [line])), 1);
  equal(await transaction(db, (tx) => endMemberships(tx, [line])), 0);
  equal((await only(own.buyerId)).state, 'ended');
  deepEqual(await transaction(db, (tx) => proRataOf(tx, [line])), [null]);
  deepEqual(
    await asOwner('select what from kit.deadlines where about = $1', [(await only(own.buyerId)).id]),
    [],
  );
});

for (const point of [
  'delivery.membership.after-lock',
  'delivery.membership.after-periods',
  'delivery.membership.after-deadlines',
  'delivery.membership.after-evidence',
] as const)
  test(`F204 a worker that dies at ${point} grants nothing, and the next one grants once`, async () => {
    const own = await bought(stacked);
    setFaultPoint(point, 1, () => {
      throw new Error('cut');
    });
    const news = [
      {
        id: own.orderId,
        event: 'delivery.due',
        body: { about: [own.orderId], shops: [shelf.shopId], data: null },
      },
    ];
    await grantDue(db, news).then(
      () => ok(false, 'it was cut'),
      (error: Error) => match(error.message, /cut/),
    );
    deepEqual(await mine(own.buyerId), []);
    equal(await orderState(own.orderId), 'awaiting');
    await pump();
    await pump();
    deepEqual(await kinds((await only(own.buyerId)).id), ['membership.granted']);
    equal(await orderState(own.orderId), 'delivered');
  });
