import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { bought, caseShop, clockwork, deskOf, filed, ownerOf } from '../../../test/cases.ts';
import { testDatabase } from '../../../test/database.ts';
import { buyers, stock, type Shelf } from '../../../test/world.ts';
import { fen } from '../../kit/money.ts';
import { reader, transaction, type Tx } from '../../kit/tx.ts';
import { balanceOf } from '../../ledger/views.ts';
import { isEnough } from '../../merchants/deposit/rules.ts';
import { readDeposit } from '../../merchants/deposit/views.ts';
import { agree } from '../actions.ts';
import { askReturn, decideReturn, leaveShop, measureDeposit, payDeposit, suspendShort } from './actions.ts';
import type { Result } from '../../kit/result.ts';
import { post } from '../../ledger/actions.ts';
import { demoOpening } from '../../ledger/rules.ts';
import { newId } from '../../kit/ids.ts';

const { db, asOwner, clock } = await testDatabase();
const work = clockwork(db);
const run = <T>(act: (tx: Tx) => Promise<T>): Promise<T> => transaction(db, act);
const said = <T, R extends string>(answer: Result<T, R>): string => (answer.ok ? 'done' : answer.refusal);

/** A shop of keys whose owner has money, with its deposit paid. */
async function aDepositor(deposit = 100_000n) {
  const shelf = await caseShop(db);
  await stock(db, shelf, shelf.listings[0]?.variantId ?? '', 20);
  await run((tx) =>
    post(tx, [
      {
        key: newId(tx.wall),
        transfers: [demoOpening({ userId: shelf.ownerId, amount: fen(1_000_000n) })],
      },
    ]),
  );
  const pay = (amount: bigint) =>
    run((tx) =>
      payDeposit(tx, { shopId: shelf.shopId, userId: shelf.ownerId, from: 'wallet', amount: fen(amount) }),
    );
  ok((await pay(deposit)).ok);
  const stateOf = async () =>
    (await readDeposit(await reader(db), { shopId: shelf.shopId, viewerShop: shelf.shopId }))[0];
  const balance = async (kind: string) =>
    (await balanceOf(await reader(db), { viewerId: shelf.shopId })).find((row) => row.kind === kind)
      ?.balance ?? 0n;
  const badge = async () => {
    const one = await stateOf();
    return one && isEnough({ ...one, balance: fen(await balance('deposit')), version: one.rulebook });
  };
  const listing = async () =>
    (await asOwner('select state from catalog.listings where id = $1', [shelf.listings[0]?.listingId]))[0]?.[
      'state'
    ];
  return { shelf, pay, stateOf, balance, badge, listing };
}

/** An order whose money has gone to its shop. */
async function settled(shelf: Shelf) {
  const who = await bought(db, shelf);
  clock.forward({ hours: 25 });
  await work.due();
  clock.forward({ days: 4 });
  await work.due();
  return who;
}

test('F094 F096 a case that takes from the deposit ends its badge at once; 72 hours later nothing is sold; filled up, it is again', async () => {
  const { shelf, pay, stateOf, balance, badge, listing } = await aDepositor();
  deepEqual([(await stateOf())?.state, await badge()], ['enough', true]);
  const who = await settled(shelf);
  const available = await balance('available');
  ok(available > 0n);
  // The shop moved its balance into the deposit; what the case takes can only come from there.
  ok(
    (
      await run((tx) =>
        payDeposit(tx, {
          shopId: shelf.shopId,
          userId: shelf.ownerId,
          from: 'available',
          amount: fen(available),
        }),
      )
    ).ok,
  );
  await asOwner(`update merchants.deposits set required_fen = $2 where shop_id = $1`, [
    shelf.shopId,
    String(await balance('deposit')),
  ]);
  equal(await badge(), true);
  const caseId = await filed(db, who, { reason: 'COUNTERFEIT' });
  ok((await run((tx) => agree(tx, { caseId, viewer: ownerOf(shelf) }))).ok);
  equal(await badge(), false, 'before anything was measured again');
  const { sharesOf } = deskOf({ db, asOwner }, shelf);
  ok((await sharesOf(caseId)).some(([source]) => source === 'deposit'));
  ok((await stateOf())?.state === 'enough');
  // More than there is now is asked for, so the next measure finds it short.
  await asOwner(`update catalog.cards set goods = 'account' where shop_id = $1`, [shelf.shopId]);
  await work.news();
  const short = await stateOf();
  equal(short?.state, 'short');
  await work.news();
  await work.news();
  const told = await asOwner(
    `select count(*)::int as count from notifications.messages where user_id = $1 and kind = 'shop.deposit_short'`,
    [shelf.ownerId],
  );
  equal(told[0]?.['count'], 1, 'the shop hears of it, once');
  equal(await listing(), 'live');
  clock.forward({ hours: 71 });
  await work.due();
  equal((await stateOf())?.state, 'short');
  clock.forward({ hours: 2 });
  await work.due();
  deepEqual([(await stateOf())?.state, await listing()], ['suspended', 'suspended']);
  await run((tx) =>
    suspendShort(tx, [{ shopId: shelf.shopId, about: shelf.shopId, what: 'deposit.top_up' } as never]),
  );
  equal((await stateOf())?.state, 'suspended', 'twice is once');
  ok((await pay(300_000n)).ok);
  deepEqual([(await stateOf())?.state, await listing(), await badge()], ['enough', 'live', true]);
});

test('F094 what is not there is refused, and what the fund paid for the shop goes back to the fund first', async () => {
  const { shelf, pay, balance } = await aDepositor(100n);
  equal(said(await pay(99_999_999n)), 'DEPOSIT_SHORT_OF_MONEY');
  const who = await settled(shelf);
  const available = await balance('available');
  // Its balance is gone, as after a payout.
  await asOwner(`update ledger.accounts set balance_fen = 0 where kind = 'available' and id = $1`, [
    shelf.shopId,
  ]);
  ok(available > 0n);
  const caseId = await filed(db, who, { reason: 'COUNTERFEIT' });
  ok((await run((tx) => agree(tx, { caseId, viewer: ownerOf(shelf) }))).ok);
  const { sharesOf } = deskOf({ db, asOwner }, shelf);
  const shares = await sharesOf(caseId);
  const of = (source: string) => BigInt(shares.find(([name]) => name === source)?.[1] ?? 0);
  equal(of('deposit'), 100n);
  const fund = of('fund');
  ok(fund > 0n);
  equal(await balance('deposit'), 0n);
  const paid = await pay(fund + 500n);
  ok(paid.ok);
  deepEqual([paid.value.recovered, paid.value.paid], [fund, 500n]);
  equal(await balance('deposit'), 500n);
});

test('F094 a deposit leaves only after its time, when all is over, and by two people', async () => {
  const { shelf, balance, listing } = await aDepositor();
  const [first = '', second = ''] = await buyers(db, 2, 0n);
  const ask = (byId: string) => run((tx) => askReturn(tx, { shopId: shelf.shopId, byId, reason: '退出' }));
  const decide = (byId: string, agrees = true) =>
    run((tx) => decideReturn(tx, { shopId: shelf.shopId, byId, agrees }));
  equal(said(await ask(first)), 'DEPOSIT_STAYS');
  const left = await run((tx) => leaveShop(tx, { shopId: shelf.shopId, userId: shelf.ownerId }));
  ok(left.ok);
  equal(await listing(), 'suspended');
  equal(said(await ask(first)), 'DEPOSIT_LOCKED');
  clock.forward({ days: 91 });
  equal(said(await decide(second)), 'RETURN_NOT_ASKED');
  ok((await ask(first)).ok);
  equal(said(await ask(second)), 'RETURN_ASKED');
  equal(said(await decide(first)), 'SAME_PERSON');
  const both = await Promise.all([decide(second), decide(second)]);
  deepEqual(both.map(said).toSorted(), ['RETURN_NOT_ASKED', 'done']);
  deepEqual([await balance('deposit'), await balance('available')], [0n, 100_000n]);
  equal(
    said(
      await run((tx) =>
        payDeposit(tx, { shopId: shelf.shopId, userId: shelf.ownerId, from: 'available', amount: fen(1n) }),
      ),
    ),
    'DEPOSIT_LEFT',
  );
});

test('F094 a shop that was never asked for a deposit is left alone', async () => {
  const shelf = await caseShop(db);
  equal(await run((tx) => measureDeposit(tx, shelf.shopId)), undefined);
  equal((await readDeposit(await reader(db), { shopId: shelf.shopId, viewerShop: shelf.shopId })).length, 0);
});
