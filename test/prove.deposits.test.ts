import { deepEqual, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { askReturn, decideReturn, leaveShop, payDeposit } from '../src/aftersales/deposit/actions.ts';
import { askIssuers } from '../src/delivery/issuer/actions.ts';
import { sequenceAll } from '../src/evidence/sequencer.jobs.ts';
import { openKeys } from '../src/inventory/keys.actions.ts';
import { must } from '../src/kit/assert.ts';
import { newId } from '../src/kit/ids.ts';
import { fen } from '../src/kit/money.ts';
import { transaction, type Tx } from '../src/kit/tx.ts';
import { post } from '../src/ledger/actions.ts';
import { demoOpening } from '../src/ledger/rules.ts';
import { bought, clockwork, filed } from './cases.ts';
import { eachIsNamed, holds } from './damage.ts';
import { testDatabase } from './database.ts';
import { testIssuer } from './issuer.ts';
import { testLog } from './log.ts';
import { aShop, buyers, stock } from './world.ts';

// What prove asks of deposits and of what was paid first, each shown to find a damage that is rolled back after the look.
const { db, asOwner, ownerUrl, clock } = await testDatabase();
const run = <T>(act: (tx: Tx) => Promise<T>): Promise<T> => transaction(db, act);

test('prove holds on a shop that is short, one that got its deposit back, and a buyer who was paid first', async () => {
  const issuer = await testIssuer(db);
  const shelf = await aShop(db, [{ issuer: issuer.id }]);
  await stock(db, shelf, shelf.listings[0]?.variantId ?? '', 10);
  const other = await aShop(db, [{}]);
  for (const { ownerId: userId, shopId } of [shelf, other]) {
    await run((tx) =>
      post(tx, [{ key: newId(tx.wall), transfers: [demoOpening({ userId, amount: fen(200_000n) })] }]),
    );
    const amount = fen(shopId === shelf.shopId ? 5_000n : 100_000n);
    ok((await run((tx) => payDeposit(tx, { shopId, userId, from: 'wallet', amount }))).ok);
  }
  ok((await run((tx) => leaveShop(tx, { shopId: other.shopId, userId: other.ownerId }))).ok);
  const [a = '', b = ''] = await buyers(db, 2, 0n);
  clock.forward({ days: 91 });
  ok((await run((tx) => askReturn(tx, { shopId: other.shopId, byId: a, reason: '退出' }))).ok);
  ok((await run((tx) => decideReturn(tx, { shopId: other.shopId, byId: b, agrees: true }))).ok);
  const who = await bought(db, shelf);
  const [unit] = await asOwner('select pool_id, number from delivery.units where order_id = $1', [
    who.orderId,
  ]);
  const [key] = await run((tx) =>
    openKeys(tx, [
      { shopId: shelf.shopId, poolId: String(unit?.['pool_id']), number: BigInt(String(unit?.['number'])) },
    ]),
  );
  await issuer.mood('used_before_delivery', must(key, 'the key').secret.reveal());
  const work = clockwork(db);
  clock.forward({ minutes: 90 });
  await filed(db, who, { reason: 'CARD_USED' });
  await work.news();
  await askIssuers(db, 20);
  await work.news();
  deepEqual((await asOwner('select trigger from aftersales.first_payments limit 1', []))[0], {
    trigger: 'used_before',
  });
  await sequenceAll(testLog(db));
  await holds({ db, ownerUrl });
});

eachIsNamed({ db, ownerUrl }, [
  [
    'a deposit gets a state without a step',
    `update merchants.deposits set state = 'suspended', due_at = null where state = 'short'`,
    'a deposit stands where its last step led',
  ],
  [
    'a short deposit loses its deadline',
    `delete from kit.deadlines where what = 'deposit.top_up'`,
    'a deposit that is short has the time until which it must be filled up, and no other has',
  ],
  [
    'a return was agreed to with another sum',
    `update merchants.deposit_returns set amount_fen = amount_fen + 1`,
    'what left a deposit for its shop was asked for by one person and agreed to by another',
  ],
  [
    'money leaves a deposit for something else',
    `update ledger.transfers set kind = 'payout.started' where debit_kind = 'deposit'`,
    'money leaves a deposit for buyers and, by two people, for its shop',
  ],
  [
    'a payment counts for somebody else',
    `update aftersales.first_payments set amount_fen = amount_fen + 1 where kind = 'identity'`,
    'what a machine let be paid first was carried out for its case and counted for its buyer',
  ],
  [
    'somebody was paid first above the cap',
    `update aftersales.first_payments set amount_fen = 100001 where kind = 'instrument'`,
    'nobody was paid first more often or more than the caps of article 30 say',
  ],
]);
