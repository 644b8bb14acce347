import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { bought, buyerOf, clockwork, filed, onSaleAgain, ownerOf } from '../../test/cases.ts';
import { testDatabase } from '../../test/database.ts';
import { testIssuer } from '../../test/issuer.ts';
import { aShop, stock } from '../../test/world.ts';
import { askIssuer, askIssuers } from '../delivery/issuer/actions.ts';
import { issuersOf } from '../delivery/issuer/issuers.actions.ts';
import { openKeys } from '../inventory/keys.actions.ts';
import { must } from '../kit/assert.ts';
import { setFaultPoint } from '../kit/fault.ts';
import { transaction } from '../kit/tx.ts';
import { agree, withdraw } from './actions.ts';
import type { Bought } from '../../test/cases.ts';
import { object } from './desk.actions.ts';

const { db, asOwner, clock } = await testDatabase();
const issuer = await testIssuer(db);
const shelf = await aShop(db, [{ issuer: issuer.id }]);
const variantId = shelf.listings[0]?.variantId ?? '';
await stock(db, shelf, variantId, 60);
const work = clockwork(db);

const wallet = async (who: Bought) =>
  BigInt(
    String(
      (
        await asOwner(`select balance_fen from ledger.accounts where kind = 'wallet' and id = $1`, [
          who.buyerId,
        ])
      )[0]?.['balance_fen'],
    ),
  );
const eventsOf = async (caseId: string) =>
  (await asOwner('select event from aftersales.steps where case_id = $1 order by step', [caseId])).map(
    (row) => row['event'],
  );

/** The key that an order got, as its issuer knows it. */
async function secretOf(who: Bought): Promise<string> {
  const [unit] = await asOwner('select pool_id, number from delivery.units where order_id = $1', [
    who.orderId,
  ]);
  const [key] = await transaction(db, (tx) =>
    openKeys(tx, [
      { shopId: shelf.shopId, poolId: String(unit?.['pool_id']), number: BigInt(String(unit?.['number'])) },
    ]),
  );
  return must(key, 'the key').secret.reveal();
}

async function aBoughtKey(mood: 'used_before_delivery' | 'used_after_reveal' | 'unused', buyerId?: string) {
  await onSaleAgain(db, shelf);
  const who = await bought(db, shelf, buyerId ? { buyerId } : {});
  await issuer.mood(mood, await secretOf(who));
  clock.forward({ minutes: 90 });
  return who;
}

test('story 1, F102, F131: the issuer says used before delivery; a claim after that is paid from escrow in its own transaction', async () => {
  const who = await aBoughtKey('used_before_delivery');
  const before = await wallet(who);
  const asked = await transaction(db, (tx) =>
    askIssuer(tx, {
      orderId: who.orderId,
      buyerIds: [who.buyerId],
      userId: who.buyerId,
      unit: { line: 1, place: 1 },
      issuers: issuersOf(db),
    }),
  );
  ok(asked.ok);
  equal(await askIssuers(db, 20), 1);
  const caseId = await filed(db, who, { reason: 'CARD_USED' });
  deepEqual(await eventsOf(caseId), ['file', 'pay_first', 'execute']);
  equal((await wallet(who)) - before, 9750n);
  const [row] = await asOwner('select paid_first, article from aftersales.executions where case_id = $1', [
    caseId,
  ]);
  deepEqual([row?.['paid_first'], row?.['article']], [true, '30']);
});

test('story 1 the other way: the claim asks the issuer by itself, and its answer pays at once, while the shop still had 22 hours', async () => {
  const who = await aBoughtKey('used_before_delivery');
  const before = await wallet(who);
  await work.news();
  const caseId = await filed(db, who, { reason: 'CARD_INVALID' });
  deepEqual(await eventsOf(caseId), ['file']);
  await work.news();
  ok((await askIssuers(db, 20)) > 0);
  await work.news();
  deepEqual(await eventsOf(caseId), ['file', 'pay_first', 'execute']);
  equal((await wallet(who)) - before, 9750n);
  await work.news();
  equal((await wallet(who)) - before, 9750n, 'the same news again pays nothing');
});

test('story 2: used after the reveal pays nobody first: the shop answers as usual, and the record of the issuer is there', async () => {
  const who = await aBoughtKey('used_after_reveal');
  const caseId = await filed(db, who, { reason: 'CARD_USED' });
  await work.news();
  await askIssuers(db, 20);
  await work.news();
  deepEqual(await eventsOf(caseId), ['file']);
});

test('an issuer that answers after the shop agreed changes nothing', async () => {
  const who = await aBoughtKey('used_before_delivery');
  const caseId = await filed(db, who, { reason: 'CARD_USED' });
  await work.news();
  ok((await transaction(db, (tx) => agree(tx, { caseId, viewer: ownerOf(shelf) }))).ok);
  await askIssuers(db, 20);
  await work.news();
  deepEqual(await eventsOf(caseId), ['file', 'agree', 'execute']);
});

test('F131 one buyer is paid first three times a day; the fourth goes its usual way', async () => {
  const first = await aBoughtKey('used_before_delivery');
  const paid: boolean[] = [];
  for (let i = 0; i < 4; i += 1) {
    const who = i === 0 ? first : await aBoughtKey('used_before_delivery', first.buyerId);
    const caseId = await filed(db, who, { reason: 'CARD_USED' });
    await work.news();
    await askIssuers(db, 20);
    await work.news();
    paid.push((await eventsOf(caseId)).includes('pay_first'));
  }
  deepEqual(paid, [true, true, true, false]);
});

test('F131 six cases of one buyer at the same moment: three are paid first, exactly, and the others wait for the shop', async () => {
  const first = await aBoughtKey('used_before_delivery');
  const all = [first];
  for (let i = 1; i < 6; i += 1) all.push(await aBoughtKey('used_before_delivery', first.buyerId));
  for (const who of all)
    ok(
      (
        await transaction(db, (tx) =>
          askIssuer(tx, {
            orderId: who.orderId,
            buyerIds: [who.buyerId],
            userId: who.buyerId,
            unit: { line: 1, place: 1 },
            issuers: issuersOf(db),
          }),
        )
      ).ok,
    );
  while ((await askIssuers(db, 20)) > 0);
  const ids = await Promise.all(all.map((who) => filed(db, who, { reason: 'CARD_USED' })));
  const events = await Promise.all(ids.map(eventsOf));
  equal(events.filter((list) => list.includes('pay_first')).length, 3);
  const rows = await asOwner(
    `select kind, count(*)::int as count, sum(amount_fen)::int as sum from aftersales.first_payments where case_id = any($1) group by kind order by kind`,
    [ids],
  );
  deepEqual(
    rows.map((row) => [row['kind'], row['count'], row['sum']]),
    [
      ['all', 3, 29_250],
      ['identity', 3, 29_250],
      ['instrument', 3, 29_250],
    ],
  );
  const said = await asOwner(
    `select body->>'instrument' as instrument from aftersales.statements where kind = 'verified' and case_id = any($1)`,
    [ids],
  );
  deepEqual(
    said.map((row) => row['instrument']),
    ['wallet', 'wallet', 'wallet'],
    'the result says that the instrument is known',
  );
});

test('F131 a key that another shop was found to hold before its buyer saw it is paid first; found afterwards it is not', async () => {
  for (const [minutes, expected] of [
    [-5, ['file', 'pay_first', 'execute']],
    [5, ['file']],
  ] as const) {
    await onSaleAgain(db, shelf);
    const who = await bought(db, shelf);
    await asOwner(
      `insert into inventory.quarantine (shop_id, id, pool_id, import_id, row_number, data_key_id, sealed, fingerprint, other_shop_id, other_pool_id, other_number, at)
       select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 1, gen_random_uuid(), '', '', u.shop_id, u.pool_id, u.number, u.revealed_at + make_interval(mins => $2)
         from delivery.units u where u.order_id = $1`,
      [who.orderId, minutes],
    );
    deepEqual(await eventsOf(await filed(db, who, { reason: 'CARD_INVALID' })), expected);
  }
});

test('F131 F150 a shop that did nothing for 72 hours and let three limits run out cannot be reached: who complains of that is paid first, and it may object within 72 hours', async () => {
  const quiet = await aShop(db, [{}]);
  await stock(db, quiet, quiet.listings[0]?.variantId ?? '', 5);
  const waiting: Bought[] = [];
  for (let i = 0; i < 4; i += 1) waiting.push(await bought(db, quiet));
  const [gone, ...others] = waiting as [Bought, ...Bought[]];
  const early = await filed(db, gone, { reason: 'MERCHANT_UNREACHABLE' });
  deepEqual(await eventsOf(early), ['file'], 'nothing is measured yet');
  ok(
    (
      await transaction(db, (tx) =>
        withdraw(tx, { caseId: early, viewer: buyerOf(gone.buyerId), text: '先等等' }),
      )
    ).ok,
  );
  clock.forward({ hours: 49 });
  for (const who of others) await filed(db, who, { reason: 'CARD_INVALID' });
  clock.forward({ hours: 25 });
  await work.due();
  const late = await filed(db, gone, { reason: 'MERCHANT_UNREACHABLE' });
  deepEqual(await eventsOf(late), ['file', 'pay_first', 'execute']);
  const objected = await transaction(db, (tx) =>
    object(tx, { caseId: late, viewer: ownerOf(quiet), text: '我们一直在' }),
  );
  ok(objected.ok, JSON.stringify(objected));
});

test('F131 a death after the caps were counted counts nothing and pays nothing; filing again pays once', async () => {
  const who = await aBoughtKey('used_before_delivery');
  const asked = { orderId: who.orderId, buyerIds: [who.buyerId], userId: who.buyerId };
  const unit = { line: 1, place: 1 };
  ok((await transaction(db, (tx) => askIssuer(tx, { ...asked, unit, issuers: issuersOf(db) }))).ok);
  equal(await askIssuers(db, 20), 1);
  const before = await wallet(who);
  setFaultPoint('aftersales.first_pay.after-counted', 1, () => {
    throw new Error('died');
  });
  await rejects(filed(db, who, { reason: 'CARD_USED' }), /died/);
  const left = await asOwner('select 1 from aftersales.cases where order_id = $1', [who.orderId]);
  deepEqual([left.length, await wallet(who)], [0, before]);
  const caseId = await filed(db, who, { reason: 'CARD_USED' });
  deepEqual(await eventsOf(caseId), ['file', 'pay_first', 'execute']);
  equal((await wallet(who)) - before, 9750n);
});
