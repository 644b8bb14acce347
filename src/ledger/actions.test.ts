import { deepEqual, equal, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../test/database.ts';
import { buyers } from '../../test/world.ts';
import { newId } from '../kit/ids.ts';
import { fen } from '../kit/money.ts';
import { transaction } from '../kit/tx.ts';
import { openAccounts, openBook, post, writeBook } from './actions.ts';
import { enter, leftIn } from './book.rules.ts';
import {
  account,
  channelReceived,
  fundFromPayment,
  fundFromWallet,
  refundToWallet,
  releaseEscrow,
  topUp,
} from './rules.ts';

const { db, asOwner, another } = await testDatabase();
const id = (): string => newId(db.wall.now());
const balance = async (kind: string, of: string): Promise<string> =>
  String(
    (await asOwner('select balance_fen from ledger.accounts where kind = $1 and id = $2', [kind, of]))[0]?.[
      'balance_fen'
    ],
  );

test('F148 a top-up, a purchase, a refund and a release, as an accountant reads them', async () => {
  const [buyerId = ''] = await buyers(db, 1, 0n);
  const [shopId, paymentId, orderId] = [id(), id(), id()];
  const line = (amount: bigint) => [{ orderId, number: 1, amount: fen(amount) }];
  await transaction(db, async (tx) => {
    await openAccounts(tx, [account('available', shopId)]);
    await post(tx, [
      { key: id(), transfers: [channelReceived({ paymentId, channel: 'sandbox', amount: fen(10_000n) })] },
    ]);
  });
  await transaction(db, (tx) =>
    post(tx, [{ key: id(), transfers: [topUp({ paymentId, userId: buyerId, amount: fen(10_000n) })] }]),
  );
  await transaction(db, (tx) =>
    post(tx, [{ key: orderId, transfers: fundFromWallet({ buyerId, lines: line(6000n) }) }]),
  );
  await transaction(db, (tx) =>
    post(tx, [{ key: id(), transfers: refundToWallet({ buyerId, lines: line(1000n) }) }]),
  );
  await transaction(db, (tx) =>
    post(tx, [
      { key: id(), transfers: releaseEscrow({ orderId, shopId, line: 1, left: fen(5000n), fee_bps: 200n }) },
    ]),
  );
  deepEqual([await balance('wallet', buyerId), await balance('available', shopId)], ['5000', '4900']);
  deepEqual(
    await asOwner(
      `select debit_seq, debit_left_fen, amount_fen, credit_kind from ledger.transfers where debit_kind = 'escrow' and about = $1 order by debit_seq`,
      [orderId],
    ),
    [
      { debit_seq: '1', debit_left_fen: '5000', amount_fen: '1000', credit_kind: 'wallet' },
      { debit_seq: '2', debit_left_fen: '100', amount_fen: '4900', credit_kind: 'available' },
      { debit_seq: '3', debit_left_fen: '0', amount_fen: '100', credit_kind: 'platform.fee' },
    ],
  );
});

test('missing money refuses all transfers of an event, and the book is as before', async () => {
  const [buyerId = ''] = await buyers(db, 1, 500n);
  await transaction(db, async (tx) => {
    const book = await openBook(tx, [account('wallet', buyerId)]);
    equal(
      enter(
        book,
        id(),
        fundFromWallet({
          buyerId,
          lines: [
            { orderId: id(), number: 1, amount: fen(400n) },
            { orderId: id(), number: 2, amount: fen(200n) },
          ],
        }),
      ),
      false,
    );
    equal(leftIn(book, account('wallet', buyerId)), 500n);
    equal(book.entries.length, 0);
    writeBook(tx, book);
  });
  equal(await balance('wallet', buyerId), '500');
});

test('one event is posted once: its key is refused the second time', async () => {
  const [buyerId = ''] = await buyers(db, 1, 1000n);
  const key = id();
  const pay = (on: typeof db) =>
    transaction(on, (tx) =>
      post(tx, [
        {
          key,
          transfers: fundFromWallet({ buyerId, lines: [{ orderId: key, number: 1, amount: fen(100n) }] }),
        },
      ]),
    );
  const results = await Promise.allSettled([pay(db), pay(another()), pay(db)]);
  equal(results.filter((one) => one.status === 'fulfilled').length, 1);
  equal(await balance('wallet', buyerId), '900');
});

test('two decisions on the same escrow cannot both be stored, even without any lock', async () => {
  const [buyerId = ''] = await buyers(db, 1, 1000n);
  const orderId = id();
  const lines = [{ orderId, number: 1, amount: fen(600n) }];
  await transaction(db, (tx) => post(tx, [{ key: orderId, transfers: fundFromWallet({ buyerId, lines }) }]));
  const results = await Promise.allSettled(
    Array.from({ length: 5 }, () =>
      transaction(db, (tx) => post(tx, [{ key: id(), transfers: refundToWallet({ buyerId, lines }) }])),
    ),
  );
  equal(results.filter((one) => one.status === 'fulfilled').length, 1);
  equal(await balance('wallet', buyerId), '1000');
});

test('a hundred purchases of one wallet at once never take what is not there', async () => {
  const [buyerId = ''] = await buyers(db, 1, 1000n);
  const second = another();
  const results = await Promise.allSettled(
    Array.from({ length: 30 }, (_, i) =>
      transaction(i % 2 ? db : second, async (tx) => {
        const orderId = id();
        const book = await openBook(tx, [account('wallet', buyerId)]);
        const paid = enter(
          book,
          orderId,
          fundFromWallet({ buyerId, lines: [{ orderId, number: 1, amount: fen(100n) }] }),
        );
        writeBook(tx, book);
        return paid;
      }),
    ),
  );
  equal(results.filter((one) => one.status === 'fulfilled' && one.value).length, 10);
  equal(await balance('wallet', buyerId), '0');
});

test('F148 unapplied money pays orders once', async () => {
  const paymentId = id();
  await transaction(db, (tx) =>
    post(tx, [
      { key: id(), transfers: [channelReceived({ paymentId, channel: 'sandbox', amount: fen(700n) })] },
    ]),
  );
  const apply = () =>
    transaction(db, (tx) => {
      const orderId = id();
      return post(tx, [
        {
          key: orderId,
          transfers: fundFromPayment({ paymentId, lines: [{ orderId, number: 1, amount: fen(500n) }] }),
        },
      ]);
    });
  await apply();
  await rejects(apply(), /is there/);
});

for (const [table, column] of [
  ['ledger.transfers', 'amount_fen'],
  ['evidence.events', 'payload'],
  ['evidence.batches', 'events'],
  ['orders.steps', 'to_state'],
] as const)
  for (const attempt of [
    `update ${table} set ${column} = ${column}`,
    `delete from ${table}`,
    `truncate ${table}`,
  ])
    test(`F188 the program may not ${attempt}`, () => rejects(db.pool.query(attempt), { code: '42501' }));
