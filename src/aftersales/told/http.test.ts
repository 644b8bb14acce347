import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { callerAs } from '../../../test/caller.ts';
import { bought, buyerOf, caseShop, clockwork, filed, ownerOf, staffer } from '../../../test/cases.ts';
import { testDatabase } from '../../../test/database.ts';
import { stock } from '../../../test/world.ts';
import { encodeId } from '../../kit/public-id.ts';
import { transaction } from '../../kit/tx.ts';
import { nobody, type Viewer } from '../../kit/viewer.ts';
import { markRead } from '../../notifications/actions.ts';
import { toldRoutes } from './http.ts';

const { db, clock } = await testDatabase();
const shelf = await caseShop(db);
await stock(db, shelf, shelf.listings[0]?.variantId ?? '', 20);
const work = clockwork(db);

const callAs = callerAs(db, clock, toldRoutes);
type Telling = {
  to: string;
  people: number;
  read: number;
  what: { zh: string };
  next: { zh: string };
  readAt: string | null;
};

test('F136 the page says by which channel each side was told, whether it arrived, and whether it was read', async () => {
  const who = await bought(db, shelf);
  await work.news();
  const caseId = encodeId('case', await filed(db, who));
  const buyer = buyerOf(who.buyerId);
  const before = await callAs(buyer).tellings({ caseId });
  deepEqual([before.tellings.length, before.waiting], [0, 1], 'on its way, and said to be');
  ok(before.remindAt !== null);
  await work.news();
  const after = await callAs(buyer).tellings({ caseId });
  equal(after.waiting, 0);
  const of = (list: Telling[], to: string): Telling | undefined => list.find((one) => one.to === to);
  deepEqual(
    [
      of(after.tellings, 'buyer')?.people,
      of(after.tellings, 'merchant')?.people,
      of(after.tellings, 'merchant')?.read,
    ],
    [1, 1, 0],
  );
  ok(of(after.tellings, 'merchant')?.next.zh.includes('〔第5条〕'));
  await transaction(db, (tx) => markRead(tx, { userId: shelf.ownerId, ids: null }));
  const read = await callAs(buyer).tellings({ caseId });
  equal(of(read.tellings, 'merchant')?.read, 1);
  ok(of(read.tellings, 'merchant')?.readAt);
});

test('F136 what the desk was told is seen by the desk alone, and a stranger sees nothing', async () => {
  const who = await bought(db, shelf);
  const caseId = encodeId('case', await filed(db, who, { reason: 'WRONG_SPEC' }));
  const desk = await staffer(db, 'support');
  await work.news();
  clock.forward({ hours: 25 });
  await work.due();
  await work.news();
  const sides = async (viewer: Viewer): Promise<string[]> => [
    ...new Set(
      (await callAs(viewer).tellings({ caseId })).tellings.map((one: Telling) => one.to) as string[],
    ),
  ];
  deepEqual((await sides(desk)).toSorted(), ['buyer', 'merchant', 'platform']);
  deepEqual((await sides(ownerOf(shelf))).toSorted(), ['buyer', 'merchant']);
  await callAs({ ...nobody, userId: shelf.shopId })
    .tellings({ caseId })
    .then(
      () => ok(false),
      (error: { code: string }) => equal(error.code, 'CASE_NOT_FOUND'),
    );
});
