import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../../test/database.ts';
import { aShop, buyers } from '../../../test/world.ts';
import { faultPoints, setFaultPoint, type FaultPoint } from '../../kit/fault.ts';
import { newId } from '../../kit/ids.ts';
import { fen } from '../../kit/money.ts';
import { reader, transaction, type Tx } from '../../kit/tx.ts';
import { post } from '../../ledger/actions.ts';
import { demoOpening } from '../../ledger/rules.ts';
import { balanceOf } from '../../ledger/views.ts';
import { askReturn, decideReturn, leaveShop, payDeposit } from './actions.ts';

// The program dies at each write point of a deposit: nothing of it stays, and doing it again does it once.
const { db, clock } = await testDatabase();
const run = <T>(act: (tx: Tx) => Promise<T>): Promise<T> => transaction(db, act);
const points = (start: string): FaultPoint[] => faultPoints.filter((name) => name.startsWith(start));
const die = (name: FaultPoint): void =>
  setFaultPoint(name, 1, () => {
    throw new Error(`died at ${name}`);
  });

async function aDepositor() {
  const shelf = await aShop(db, [{}]);
  const { shopId, ownerId: userId } = shelf;
  const transfers = [demoOpening({ userId, amount: fen(200_000n) })];
  await run((tx) => post(tx, [{ key: newId(tx.wall), transfers }]));
  const pay = () => run((tx) => payDeposit(tx, { shopId, userId, from: 'wallet', amount: fen(100_000n) }));
  const sums = async () => {
    const on = await reader(db);
    const [own, shop] = await Promise.all([
      balanceOf(on, { viewerId: userId }),
      balanceOf(on, { viewerId: shopId }),
    ]);
    const of = (rows: typeof own, kind: string) => rows.find((row) => row.kind === kind)?.balance;
    return [of(own, 'wallet'), of(shop, 'available'), of(shop, 'deposit')];
  };
  return { shopId, userId, pay, sums };
}

for (const point of points('deposit.pay.'))
  test(`a death at ${point} pays nothing in, and paying again pays once`, async () => {
    const { pay, sums } = await aDepositor();
    die(point);
    await rejects(pay());
    deepEqual(await sums(), [200_000n, 0n, 0n]);
    ok((await pay()).ok);
    deepEqual(await sums(), [100_000n, 0n, 100_000n]);
  });

for (const point of points('deposit.return.'))
  test(`a death at ${point} gives nothing back, and agreeing again gives it once`, async () => {
    const { shopId, userId, pay, sums } = await aDepositor();
    ok((await pay()).ok);
    ok((await run((tx) => leaveShop(tx, { shopId, userId }))).ok);
    clock.forward({ days: 91 });
    const [first = '', second = ''] = await buyers(db, 2, 0n);
    ok((await run((tx) => askReturn(tx, { shopId, byId: first, reason: '退出' }))).ok);
    const agree = () => run((tx) => decideReturn(tx, { shopId, byId: second, agrees: true }));
    die(point);
    await rejects(agree());
    deepEqual(await sums(), [100_000n, 0n, 100_000n]);
    ok((await agree()).ok);
    const again = await agree();
    equal(again.ok, false);
    deepEqual(await sums(), [100_000n, 100_000n, 0n]);
  });
