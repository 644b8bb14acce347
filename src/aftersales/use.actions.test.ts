import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { proveWith } from '../../bin/prove.ts';
import { clockwork, filed, ownerOf } from '../../test/cases.ts';
import { testDatabase } from '../../test/database.ts';
import { aLicenceListing, buyLicences } from '../../test/licences.ts';
import { aShop } from '../../test/world.ts';
import { confirm } from '../delivery/completion.actions.ts';
import { transaction } from '../kit/tx.ts';
import { agree } from './actions.ts';

const { db, clock, asOwner } = await testDatabase();
const shelf = await aShop(db, [aLicenceListing(), aLicenceListing({}, { title: '墨笺文档授权 团队版' })]);
const { due, news } = clockwork(db);

/** A licence bought, perhaps long settled, claimed and refunded by its shop: what its licences are then. */
async function refunded(p: { settled: boolean }): Promise<{ states: unknown[]; order: unknown }> {
  const { variantId = '' } = shelf.listings[0] ?? {};
  const one = await buyLicences(db, { variantId, shopId: shelf.shopId });
  if (p.settled) {
    const done = await transaction(db, (tx) =>
      confirm(tx, { orderId: one.orderId, buyerIds: [one.buyerId], userId: one.buyerId }),
    );
    ok(done.ok, JSON.stringify(done));
    clock.forward({ days: 4 });
    await due();
  }
  const caseId = await filed(
    db,
    { ...one, shelf },
    { reason: 'ACTIVATE_FAIL', articles: ['5'], errorCode: 'E7', occurredAt: clock.now() as never },
  );
  const answer = await transaction(db, (tx) => agree(tx, { caseId, viewer: ownerOf(shelf) }));
  ok(answer.ok, JSON.stringify(answer));
  await due();
  await news();
  const rows = await asOwner('select state from delivery.licences where order_id = $1', [one.orderId]);
  const [order] = await asOwner('select state from orders.orders where id = $1', [one.orderId]);
  return { states: rows.map((row) => row['state']), order: order?.['state'] };
}

const cases: [string, { settled: boolean }, string][] = [
  ['before its money was settled', { settled: false }, 'refunded'],
  ['after its money was settled', { settled: true }, 'completed'],
];
for (const [when, p, order] of cases)
  test(`a licence whose money went back by a case ${when} does not work any more; its order is ${order}`, async () =>
    deepEqual(await refunded(p), { states: ['suspended'], order }));

test('bin/prove finds nothing after licences were refunded by cases', async () =>
  equal((await proveWith((text, values) => asOwner(text, values))).offences.length, 0));
