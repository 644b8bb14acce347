import { deepEqual, ok, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../../test/database.ts';
import { parcelListing } from '../../../test/listings.ts';
import { aShop, buyers, wishFor } from '../../../test/world.ts';
import { purchaseLane } from '../../checkout/lanes.actions.ts';
import { must } from '../../kit/assert.ts';
import { faultPoints, setFaultPoint } from '../../kit/fault.ts';
import { transaction } from '../../kit/tx.ts';
import { ship, sign } from './actions.ts';

const { db, asOwner } = await testDatabase();
const shelf = await aShop(db, [parcelListing()]);
const variantId = must(shelf.listings[0], 'a listing').variantId;

class Died extends Error {}
const dies = (): never => {
  throw new Died('the program died here');
};

async function bought() {
  const [buyerId = ''] = await buyers(db, 1);
  const answer = await purchaseLane(db).submit(await wishFor(db, { buyerId, variantId }));
  ok(answer.ok);
  const orderId = must(answer.value.orders[0], 'an order').orderId;
  const send = () =>
    transaction(db, (tx) =>
      ship(tx, {
        shopId: shelf.shopId,
        orderId,
        line: 1,
        userId: shelf.ownerId,
        carrier: 'sf',
        tracking: 'SF10000001',
      }),
    );
  const take = () =>
    transaction(db, (tx) => sign(tx, { orderId, line: 1, userId: buyerId, buyerIds: [buyerId] }));
  const stands = async () =>
    (
      await asOwner(
        `select o.state as "order", p.state as parcel, (select count(*)::int from evidence.events e where e.about = o.id) as facts
           from orders.orders o left join delivery.parcels p on p.order_id = o.id where o.id = $1`,
        [orderId],
      )
    )[0];
  return { send, take, stands };
}

const of = (...names: readonly string[]) => faultPoints.filter((name) => names.includes(name));
for (const point of of('delivery.parcel.after-start', 'delivery.parcel.after-row'))
  test(`a program that dies at ${point} has sent nothing, and the next time it is sent once`, async () => {
    const one = await bought();
    const before = await one.stands();
    setFaultPoint(point, 1, dies);
    await rejects(one.send(), Died);
    deepEqual(await one.stands(), before);
    ok((await one.send()).ok);
    deepEqual([(await one.stands())?.['order'], (await one.stands())?.['parcel']], ['delivering', 'shipped']);
  });

for (const point of of('delivery.parcel.after-line', 'delivery.parcel.after-row'))
  test(`a program that dies at ${point} has delivered nothing, and the next time it is signed for once`, async () => {
    const one = await bought();
    ok((await one.send()).ok);
    const before = await one.stands();
    setFaultPoint(point, 1, dies);
    await rejects(one.take(), Died);
    deepEqual(await one.stands(), before);
    ok((await one.take()).ok);
    deepEqual([(await one.stands())?.['order'], (await one.stands())?.['parcel']], ['delivered', 'signed']);
  });
