import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../../test/database.ts';
import { testIssuer } from '../../../test/issuer.ts';
import { aShop, buyers, stock, wishFor } from '../../../test/world.ts';
import { purchaseLane } from '../../checkout/lanes.actions.ts';
import { setFaultPoint } from '../../kit/fault.ts';
import { must } from '../../kit/assert.ts';
import { reader, transaction } from '../../kit/tx.ts';
import { revealLane } from '../lanes.actions.ts';
import { askIssuer, askIssuerFor, askIssuers, issuerAnswersOf, issuerChecksOf } from './actions.ts';
import { issuersOf } from './issuers.actions.ts';

const { db, asOwner, clock } = await testDatabase();
const issuer = await testIssuer(db);
const shelf = await aShop(db, [{ issuer: issuer.id }, { title: '没有接通的卡' }]);
const [asked, unasked] = shelf.listings.map((one) => one.variantId) as [string, string];
await stock(db, shelf, asked, 80);
await stock(db, shelf, unasked, 5);

type Own = { orderId: string; buyerId: string; secret: string };
async function seen(variantId = asked): Promise<Own> {
  const [buyerId = ''] = await buyers(db, 1, 1_000_000n);
  const answer = await purchaseLane(db).submit(await wishFor(db, { buyerId, variantId }));
  ok(answer.ok);
  const { orderId } = must(answer.value.orders[0], 'an order');
  clock.forward({ minutes: 10 });
  const looked = await revealLane(db).submit({
    orderId,
    buyerIds: [buyerId],
    userId: buyerId,
    unit: { line: 1, place: 1 },
    viewer: { sessionId: null, deviceId: null, scopes: ['keys:reveal'] },
    deviceHash: Buffer.alloc(16, 1),
    addressHash: Buffer.alloc(16, 2),
  });
  ok(looked.ok);
  clock.forward({ minutes: 1 });
  return { orderId, buyerId, secret: looked.value.secret.reveal() };
}
const unit = { line: 1, place: 1 };
const ask = ({ orderId, buyerId }: Own) =>
  transaction(db, (tx) =>
    askIssuer(tx, { orderId, buyerIds: [buyerId], userId: buyerId, unit, issuers: issuersOf(db) }),
  );
const checks = async ({ orderId }: Own) =>
  must((await issuerChecksOf(await reader(db), [{ shopId: shelf.shopId, id: orderId }]))[0], 'a list');
const news = async (orderId: string): Promise<number> =>
  (
    await asOwner(
      `select id from kit.outbox where event = 'delivery.issuer_answered' and body->'about' ? $1`,
      [orderId],
    )
  ).length;

for (const [mood, usage, account] of [
  ['unused', 'unused', null],
  ['used_before_delivery', 'before_delivery', 'wa***8'],
  ['used_after_reveal', 'after_reveal', 'xi***7'],
  ['used_no_time', 'used_sometime', null],
] as const)
  test(`F070 F102 an issuer that says ${mood} is recorded as ${usage}, with the hash of its answer, and told as news`, async () => {
    const own = await seen();
    await issuer.mood(mood, own.secret);
    ok((await ask(own)).ok);
    const twice = await ask(own);
    ok(!twice.ok && twice.refusal === 'ISSUER_ASKED_ALREADY');
    equal(await askIssuers(db, 20), 1);
    const [row] = await checks(own);
    deepEqual([row?.state, row?.usage, row?.account], ['answered', usage, account]);
    equal(row?.rawHash?.length, 32);
    const [event] = await asOwner(
      `select kind from evidence.events where about = $1 and kind = 'delivery.issuer_answered'`,
      [own.orderId],
    );
    ok(event);
    equal(await news(own.orderId), 1);
    const [stored] = await asOwner('select * from delivery.issuer_checks where order_id = $1', [own.orderId]);
    ok(!JSON.stringify(stored).includes(own.secret), 'the key does not stand in the row');
  });

test('F070 an issuer that declines is asked once; the answer is kept as a refusal', async () => {
  const own = await seen();
  await issuer.mood('refuses', own.secret);
  await ask(own);
  await askIssuers(db, 20);
  deepEqual(
    (await checks(own)).map((row) => [row.state, row.usage]),
    [['refused', null]],
  );
  equal(await news(own.orderId), 1);
});

for (const mood of ['silent', 'wrong_signature'] as const)
  test(`F070 an issuer that is ${mood} is asked four times and then given up; nothing is believed of it`, async () => {
    const own = await seen();
    await issuer.mood(mood, own.secret);
    await ask(own);
    equal(await askIssuers(db, 20), 1);
    equal(await askIssuers(db, 20), 0, 'not before its time');
    for (const seconds of [15, 60, 600]) {
      equal((await checks(own))[0]?.state, 'asked');
      clock.forward({ seconds });
      equal(await askIssuers(db, 20), 1);
    }
    deepEqual(
      (await checks(own)).map((row) => [row.state, row.used]),
      [['unanswered', null]],
    );
    clock.forward({ days: 2 });
    await issuer.mood('unused', own.secret);
    ok((await ask(own)).ok, 'the buyer may ask again later');
    await askIssuers(db, 20);
    deepEqual(
      (await checks(own)).map((row) => row.state),
      ['unanswered', 'answered'],
    );
  });

test('F070 three questions a day about one key, then the answers that are there must do', async () => {
  const own = await seen();
  await issuer.mood('unused', own.secret);
  for (let n = 0; n < 3; n++) {
    ok((await ask(own)).ok);
    await askIssuers(db, 20);
  }
  const fourth = await ask(own);
  ok(!fourth.ok && fourth.refusal === 'ISSUER_ASKED_OFTEN');
});

test('F070 only the buyer of a seen key asks, and only an issuer that can be asked', async () => {
  const other = await seen(unasked);
  const unknown = await ask(other);
  ok(!unknown.ok && unknown.refusal === 'ISSUER_NOT_KNOWN');
  const own = await seen();
  const foreign = await ask({ ...own, buyerId: other.buyerId });
  ok(!foreign.ok && foreign.refusal === 'ORDER_NOT_FOUND');
});

test('F102 a case asks for all its units at once, and reads the newest answer about each', async () => {
  const [one, two] = [await seen(), await seen()];
  await issuer.mood('used_before_delivery', one.secret);
  await issuer.mood('unused', two.secret);
  const units = [one, two].map(({ orderId }) => ({ shopId: shelf.shopId, orderId, unit }));
  const answers = await transaction(db, (tx) => askIssuerFor(tx, units, issuersOf(db)));
  deepEqual(
    answers.map((answer) => answer.ok),
    [true, true],
  );
  deepEqual(await transaction(db, (tx) => issuerAnswersOf(tx, units)), [null, null]);
  await askIssuers(db, 20);
  const read = await transaction(db, (tx) => issuerAnswersOf(tx, units));
  deepEqual(
    read.map((row) => row?.usage),
    ['before_delivery', 'unused'],
  );
});

for (const point of [
  'delivery.issuer.after-take',
  'delivery.issuer.after-answer',
  'delivery.issuer.after-write',
] as const)
  test(`F070 a worker that dies at ${point} leaves the question to the next one, which answers it once`, async () => {
    const own = await seen();
    await issuer.mood('unused', own.secret);
    await ask(own);
    setFaultPoint(point, 1, () => {
      throw new Error('cut');
    });
    await askIssuers(db, 20).then(
      () => ok(false, 'it was cut'),
      (error: Error) => match(error.message, /cut/),
    );
    equal((await checks(own))[0]?.state, 'asked');
    equal(await askIssuers(db, 20), 0, 'the lease holds');
    clock.forward({ seconds: 31 });
    equal(await askIssuers(db, 20), 1);
    deepEqual(
      (await checks(own)).map((row) => row.state),
      ['answered'],
    );
    equal(await news(own.orderId), 1);
  });

test('two workers never ask the same question at the same time', async () => {
  const own = await seen();
  await issuer.mood('unused', own.secret);
  await ask(own);
  const counts = await Promise.all([askIssuers(db, 20), askIssuers(db, 20), askIssuers(db, 20)]);
  equal(
    counts.reduce((sum, count) => sum + count, 0),
    1,
  );
});
