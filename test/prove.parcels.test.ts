import { ok } from 'node:assert/strict';
import { test } from 'node:test';
import { purchaseLane } from '../src/checkout/lanes.actions.ts';
import { check, refuseParcel, ship, sign } from '../src/delivery/parcel/actions.ts';
import { keepPhoto } from '../src/delivery/parcel/photo.actions.ts';
import { must } from '../src/kit/assert.ts';
import { transaction } from '../src/kit/tx.ts';
import { eachIsNamed, holds } from './damage.ts';
import { testDatabase } from './database.ts';
import { testFiles } from './files.ts';
import { parcelListing } from './listings.ts';
import { aShop, buyers, wishFor } from './world.ts';

const { db, ownerUrl } = await testDatabase();
const { folder: files } = testFiles(db);
// The log is not sequenced here.
const proved = { db, ownerUrl, files, about: (says: string) => !/log|leaf|checkpoint/.test(says) };
const shelf = await aShop(db, [parcelListing()]);
const variantId = must(shelf.listings[0], 'a listing').variantId;

let numbers = 0;
async function sent() {
  const [buyerId = ''] = await buyers(db, 1);
  const answer = await purchaseLane(db).submit(await wishFor(db, { buyerId, variantId }));
  ok(answer.ok);
  const orderId = must(answer.value.orders[0], 'an order').orderId;
  const tracking = `SF9000000${(numbers += 1)}`;
  const at = { shopId: shelf.shopId, orderId, line: 1, userId: shelf.ownerId };
  ok((await transaction(db, (tx) => ship(tx, { ...at, carrier: 'sf', tracking }))).ok);
  return { orderId, line: 1, userId: buyerId, buyerIds: [buyerId] };
}
const [moving, signed, refused] = [await sent(), await sent(), await sent()];
ok((await transaction(db, (tx) => sign(tx, signed))).ok);
const seen = { stage: 'unboxing' as const, answers: { quantity: 1 }, photos: [] };
ok((await transaction(db, (tx) => check(tx, { ...signed, ...seen }))).ok);
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
const photo = await keepPhoto(db, { ...refused, kind: 'package_photo', file: new File([png], 'box.png') });
ok(photo.ok);
const why = { why: '压扁了', photos: [photo.value.sha256] };
ok((await transaction(db, (tx) => refuseParcel(tx, { ...refused, ...why }))).ok);

test('prove holds on parcels that travel, were signed for, and were refused', async () => {
  await holds(proved);
});

const [state, clock, fact] = [
  'a parcel that was signed for is delivered, one that was paid back is not, and every other one is under way',
  'a parcel on its way has the clock of its standing still, and a refusal that nobody answered its own',
  'a refusal has a photo and is a fact, and so is every check and every signature',
];
// Without the triggers and foreign keys that would keep it from happening.
const unguarded = 'set local session_replication_role = replica;';
eachIsNamed(proved, [
  [
    'a parcel is said to be signed for',
    `${unguarded} update delivery.parcels set state = 'signed' where order_id = '${moving.orderId}'`,
    state,
  ],
  [
    'a parcel disappears',
    `${unguarded} delete from delivery.parcels where order_id = '${signed.orderId}'`,
    state,
  ],
  [
    'its clock disappears',
    `${unguarded} delete from kit.deadlines where about = '${moving.orderId}' and what = 'parcel.still'`,
    clock,
  ],
  [
    'the clock of a refusal disappears',
    `${unguarded} delete from kit.deadlines where about = '${refused.orderId}' and what = 'parcel.answer'`,
    clock,
  ],
  [
    'the photo of a refusal disappears',
    `${unguarded} delete from delivery.parcel_photos where order_id = '${refused.orderId}'`,
    fact,
  ],
  [
    'the fact of a check disappears',
    `${unguarded} delete from evidence.events where kind = 'delivery.parcel_unboxing'`,
    fact,
  ],
]);
