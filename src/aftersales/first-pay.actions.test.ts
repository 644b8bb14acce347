import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { bought, clockwork, filed, ownerOf } from '../../test/cases.ts';
import { testDatabase } from '../../test/database.ts';
import { testIssuer } from '../../test/issuer.ts';
import { aShop, stock } from '../../test/world.ts';
import { askIssuer, askIssuers } from '../delivery/issuer/actions.ts';
import { issuersOf } from '../delivery/issuer/issuers.actions.ts';
import { openKeys } from '../inventory/keys.actions.ts';
import { must } from '../kit/assert.ts';
import { transaction } from '../kit/tx.ts';
import { agree } from './actions.ts';
import type { Bought } from '../../test/cases.ts';

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
