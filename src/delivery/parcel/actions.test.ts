import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { clockwork, filing } from '../../../test/cases.ts';
import { testDatabase } from '../../../test/database.ts';
import { testFiles } from '../../../test/files.ts';
import { parcelListing } from '../../../test/listings.ts';
import { shippedRules } from '../../../test/rules.ts';
import { aShop, buyers, wishFor } from '../../../test/world.ts';
import { fileCase } from '../../aftersales/actions.ts';
import { purchaseLane } from '../../checkout/lanes.actions.ts';
import { must } from '../../kit/assert.ts';
import { sha256 } from '../../kit/secret.ts';
import { transaction } from '../../kit/tx.ts';
import { answerRefusal, check, claimCarrier, giveUp, refuseParcel, ship, sign } from './actions.ts';
import { installCarriers, sandboxCarrier } from './carriers.actions.ts';
import { askCarriers } from './jobs.ts';
import { keepPhoto } from './photo.actions.ts';

const { db, clock, asOwner } = await testDatabase();
testFiles(db);
await shippedRules(db);
installCarriers(db, sandboxCarrier);
const work = clockwork(db);
const shelf = await aShop(db, [parcelListing()]);
const other = await aShop(db, [parcelListing()]);
const variantId = must(shelf.listings[0], 'a listing').variantId;
const price = 12_800n;

type Bought = { orderId: string; buyerId: string };
async function bought(quantity = 1): Promise<Bought> {
  const [buyerId = ''] = await buyers(db, 1);
  const answer = await purchaseLane(db).submit(await wishFor(db, { buyerId, variantId, quantity }));
  ok(answer.ok, answer.ok ? '' : answer.refusal);
  return { buyerId, orderId: answer.value.orders[0]?.orderId ?? '' };
}
const mine = ({ orderId, buyerId }: Bought) => ({ orderId, line: 1, userId: buyerId, buyerIds: [buyerId] });
const shop = ({ orderId }: Bought, by = shelf) => ({
  orderId,
  line: 1,
  shopId: by.shopId,
  userId: by.ownerId,
});
let numbers = 10_000_000;
async function sent(one: Bought, ending = ''): Promise<Bought> {
  const tracking = `SF${(numbers += 1)}${ending}`;
  const answer = await transaction(db, (tx) => ship(tx, { ...shop(one), carrier: 'sf', tracking }));
  ok(answer.ok, answer.ok ? '' : answer.refusal);
  return one;
}
/** So many hours pass, in steps in which carriers are asked and what is due happens. */
async function pass(hours: number): Promise<void> {
  for (let left = hours; left > 0; left -= 4) {
    clock.forward({ hours: Math.min(4, left) });
    await askCarriers(db);
    await work.due();
    await work.news();
  }
}
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
async function photographed(one: Bought): Promise<string> {
  const kept = await keepPhoto(db, {
    ...mine(one),
    kind: 'package_photo',
    file: new File([png], '外包装.png', { type: 'image/png' }),
  });
  ok(kept.ok, kept.ok ? '' : kept.refusal);
  return kept.value.sha256;
}
const stateOf = async ({ orderId }: Bought) =>
  (
    await asOwner(
      `select p.state as parcel, o.state as "order", o.refunded_fen::text as refunded from delivery.parcels p join orders.orders o on o.id = p.order_id where p.order_id = $1`,
      [orderId],
    )
  )[0];
const told = async ({ orderId }: Bought) =>
  (
    await asOwner(`select kind from notifications.messages where data->>'order' = $1 order by id`, [orderId])
  ).map((row) => String(row['kind']));

test('F021 a physical order is sent with a number, its tracking appears, and the signature is the delivery', async () => {
  const one = await sent(await bought());
  deepEqual(await stateOf(one), { parcel: 'shipped', order: 'delivering', refunded: '0' });
  await pass(16);
  equal((await stateOf(one))?.['parcel'], 'in_transit');
  await pass(28);
  deepEqual(await stateOf(one), { parcel: 'signed', order: 'delivered', refunded: '0' });
  const events = await asOwner('select kind from delivery.parcel_events where order_id = $1 order by at', [
    one.orderId,
  ]);
  deepEqual(
    events.map((row) => row['kind']),
    ['accepted', 'moving', 'out', 'signed'],
  );
  const facts = await asOwner(`select kind from evidence.events where about = $1 order by seq`, [
    one.orderId,
  ]);
  ok(
    facts.some((row) => row['kind'] === 'delivery.parcel_sign') &&
      facts.some((row) => row['kind'] === 'delivery.delivered'),
  );
  const [confirm] = await asOwner(
    `select due_at, start_at from kit.deadlines where about = $1 and what = 'order.confirm'`,
    [one.orderId],
  );
  equal(Number(confirm?.['due_at']) - Number(confirm?.['start_at']), 10 * 86_400_000);
});

test('F027 with the signature comes the reminder to keep packaging and label, once', async () => {
  const one = await sent(await bought());
  await pass(48);
  await pass(8);
  equal((await told(one)).filter((kind) => kind === 'parcel.signed').length, 1);
  ok((await told(one)).includes('parcel.sent'));
  const [message] = await asOwner(
    `select 1 from notifications.messages where data->>'order' = $1 and kind = 'shop.parcel_due'`,
    [one.orderId],
  );
  ok(message, 'the shop heard what to send');
});

test('F021 what is on its way is not late: no clock refunds a parcel that travels, and one that never left is refunded', async () => {
  const [travels, forgotten] = [await sent(await bought(), 'STILL'), await bought()];
  await pass(24 * 4 + 4);
  equal((await stateOf(travels))?.['order'], 'delivering');
  const [row] = await asOwner('select state from orders.orders where id = $1', [forgotten.orderId]);
  equal(row?.['state'], 'refunded');
});

test('VGSR 13 a parcel that stands still for 72 hours may be given up: the money comes back and the shop bears it', async () => {
  const one = await sent(await bought(), 'STILL');
  deepEqual(await transaction(db, (tx) => giveUp(tx, mine(one))), { ok: false, refusal: 'PARCEL_CLOSED' });
  await pass(80);
  equal((await stateOf(one))?.['parcel'], 'still');
  ok((await told(one)).includes('parcel.still'));
  const [stranger = ''] = await buyers(db, 1);
  deepEqual(await transaction(db, (tx) => giveUp(tx, mine({ ...one, buyerId: stranger }))), {
    ok: false,
    refusal: 'PARCEL_NOT_FOUND',
  });
  ok((await transaction(db, (tx) => giveUp(tx, mine(one)))).ok);
  deepEqual(await stateOf(one), { parcel: 'refunded', order: 'refunded', refunded: price.toString() });
});

test('F023 refusing needs a photo; a shop that is silent for 24 hours has refunded it, in full', async () => {
  const one = await sent(await bought());
  await pass(20);
  const refused = (photos: string[]) =>
    transaction(db, (tx) => refuseParcel(tx, { ...mine(one), why: '箱子压扁了', photos }));
  deepEqual(await refused([]), { ok: false, refusal: 'PHOTO_NEEDED' });
  deepEqual(await refused(['0'.repeat(64)]), { ok: false, refusal: 'PHOTO_UNKNOWN' });
  ok((await refused([await photographed(one)])).ok);
  equal((await stateOf(one))?.['order'], 'delivering', 'nothing is paid on a word alone');
  const [fact] = await asOwner(
    `select 1 from evidence.events where about = $1 and kind = 'delivery.parcel_refuse'`,
    [one.orderId],
  );
  ok(fact);
  await pass(20);
  equal((await stateOf(one))?.['parcel'], 'refused');
  await pass(8);
  deepEqual(await stateOf(one), { parcel: 'refunded', order: 'refunded', refunded: price.toString() });
  ok((await told(one)).includes('shop.parcel_refused'));
});

test('F023 a shop that waits for its parcel refunds when the carrier says that it is back, and not twice', async () => {
  const one = await sent(await bought(), 'BACK');
  await pass(20);
  const photo = await photographed(one);
  ok((await transaction(db, (tx) => refuseParcel(tx, { ...mine(one), why: '拆过封', photos: [photo] }))).ok);
  const stranger = await transaction(db, (tx) => answerRefusal(tx, { ...shop(one, other), refund: true }));
  deepEqual(stranger, { ok: false, refusal: 'PARCEL_NOT_FOUND' });
  ok((await transaction(db, (tx) => answerRefusal(tx, { ...shop(one), refund: false }))).ok);
  await pass(36);
  equal((await stateOf(one))?.['parcel'], 'returning', 'the clock no longer refunds: the shop has answered');
  await pass(16);
  deepEqual(await stateOf(one), { parcel: 'refunded', order: 'refunded', refunded: price.toString() });
  await pass(48);
  equal((await stateOf(one))?.['refunded'], price.toString());
});

test('F022 a check at the door is kept with the hashes of its photos, before the order is confirmed', async () => {
  const one = await sent(await bought());
  const photo = await photographed(one);
  equal(photo, sha256(png).toString('hex'), 'the bytes as they came');
  const answer = await transaction(db, (tx) =>
    check(tx, {
      ...mine(one),
      stage: 'signoff',
      answers: { box_whole: true, seal_whole: false },
      photos: [photo],
    }),
  );
  ok(answer.ok);
  const [row] = await asOwner('select answers, photos from delivery.parcel_checks where order_id = $1', [
    one.orderId,
  ]);
  deepEqual(row?.['answers'], { box_whole: true, seal_whole: false });
  equal((must(row, 'a check')['photos'] as Buffer[])[0]?.toString('hex'), photo);
  const [fact] = await asOwner(
    `select 1 from evidence.events where about = $1 and kind = 'delivery.parcel_signoff'`,
    [one.orderId],
  );
  ok(fact);
});

test('F025 what is missing is refunded by the listing of the order, also when the shop changed it since; the case takes the amount', async () => {
  const one = await sent(await bought(2));
  ok((await transaction(db, (tx) => sign(tx, mine(one)))).ok);
  const found = await transaction(db, (tx) =>
    check(tx, {
      ...mine(one),
      stage: 'unboxing',
      answers: { model: true, quantity: 2, 'part.0': 3 },
      photos: [],
    }),
  );
  ok(found.ok);
  deepEqual(found.value, { suggested: 3000n, reasons: ['MISSING_PART'] });
  const filed = await transaction(db, (tx) =>
    fileCase(
      tx,
      filing(
        { ...one, shelf },
        {
          reason: 'MISSING_PART',
          remedy: 'refund',
          amount: found.value.suggested,
          places: [1],
          articles: ['10'],
        },
      ),
    ),
  );
  ok(filed.ok, JSON.stringify(filed));
});

test('F024 a shop claims from its carrier beside the case, and the buyer’s refund does not wait for it', async () => {
  const one = await sent(await bought(), 'STILL');
  ok(
    (await transaction(db, (tx) => claimCarrier(tx, { ...shop(one), claimNo: 'SF-理赔-1', note: '查件' })))
      .ok,
  );
  await pass(80);
  ok((await transaction(db, (tx) => giveUp(tx, mine(one)))).ok);
  equal((await stateOf(one))?.['order'], 'refunded');
  const again = await transaction(db, (tx) =>
    claimCarrier(tx, { ...shop(one), claimNo: 'SF-理赔-2', note: '' }),
  );
  deepEqual(again, { ok: true, value: { number: 2 } }, 'the claim goes on after the refund');
  deepEqual(
    await transaction(db, (tx) => claimCarrier(tx, { ...shop(one, other), claimNo: 'x1', note: '' })),
    {
      ok: false,
      refusal: 'PARCEL_NOT_FOUND',
    },
  );
});

test('VGSR 20 a return without a reason is open for seven days by the calendar after the signature, and not longer', async () => {
  const one = await sent(await bought());
  ok((await transaction(db, (tx) => sign(tx, mine(one)))).ok);
  const ask = () =>
    transaction(db, (tx) =>
      fileCase(tx, filing({ ...one, shelf }, { reason: 'NO_REASON_7D', remedy: 'refund', articles: ['20'] })),
    );
  const late = await sent(await bought());
  ok((await transaction(db, (tx) => sign(tx, mine(late)))).ok);
  clock.forward({ days: 6 });
  ok((await ask()).ok);
  clock.forward({ days: 6 });
  const over = await transaction(db, (tx) =>
    fileCase(tx, filing({ ...late, shelf }, { reason: 'NO_REASON_7D', remedy: 'refund', articles: ['20'] })),
  );
  equal(over.ok ? 'filed' : over.refusal, 'FILING_OVER');
});

test('a number is corrected while nothing has happened, and not afterwards; a wrong one is refused', async () => {
  const one = await sent(await bought());
  const again = (tracking: string) =>
    transaction(db, (tx) => ship(tx, { ...shop(one), carrier: 'zto', tracking }));
  ok((await again('ZT12345678')).ok);
  deepEqual(await again('x'), { ok: false, refusal: 'TRACKING_INVALID' });
  ok((await transaction(db, (tx) => sign(tx, mine(one)))).ok);
  deepEqual(await again('ZT12345679'), { ok: false, refusal: 'PARCEL_CLOSED' });
});
