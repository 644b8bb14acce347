import assert from 'node:assert/strict';
import { beforeEach } from 'node:test';
import { must } from '../src/kit/assert.ts';
import { newId } from '../src/kit/ids.ts';
import { fen } from '../src/kit/money.ts';
import { systemClock } from '../src/kit/time.ts';
import { reader, transaction } from '../src/kit/tx.ts';
import { nobody, type Viewer } from '../src/kit/viewer.ts';
import { balanceOf } from '../src/ledger/views.ts';
import { readPayments, topUp, unappliedOf } from '../src/payments/actions.ts';
import { paymentNumber } from '../src/payments/rules.ts';
import { refundsOfPayments } from '../src/payments/views.ts';
import { testDatabase } from './database.ts';
import { testSandbox, until, type SandboxPayment } from './sandbox.ts';

/** A database with the real sandbox beside it, and the few things that tests of payments do again and again. Once per test file. */
export async function testPayments() {
  const { db, url, clock, asOwner: rows } = await testDatabase({ at: systemClock.now(), connections: 8 });
  const told: string[] = [];
  const { driver, noticeUrl, sandbox, keyFile } = await testSandbox(
    db,
    async (ids) => void told.push(...ids),
  );
  // The sandbox has a clock of its own; a message more than five minutes off is stale.
  beforeEach(() => clock.set(systemClock.now()));

  let keys = 0;
  const newUser = (): string => newId(clock.now());
  const viewerOf = (userId: string): Viewer => ({ ...nobody, userId, buyerIds: [userId] });
  const payer = (number: string, mood: string, amount?: number) =>
    driver(`payments/${number}`, { mood, ...(amount ? { amount } : {}) });
  const atSandbox = (id: string): Promise<SandboxPayment> => driver(`payments/${paymentNumber(id)}`);
  const balance = async (userId: string) =>
    (await balanceOf(await reader(db), { viewerId: userId })).find((row) => row.kind === 'wallet')?.balance ??
    0n;
  const one = async (id: string) => must((await readPayments(await reader(db), [id]))[0], 'there');
  const refundsOf = async (id: string) =>
    refundsOfPayments(await reader(db), { viewerIds: [(await one(id)).buyerId], ids: [id] });
  async function begin(amount = 1000, userId = newUser()) {
    const begun = await topUp(db, { userId, amount: fen(amount), channel: 'sandbox', key: `key-${keys++}` });
    assert.ok(begun.ok);
    return { id: begun.value.id, userId, number: paymentNumber(begun.value.id), payment: begun.value };
  }
  const credited = (id: string) =>
    until(async () => ((await one(id)).creditedAt ? one(id) : undefined), 'the wallet got the money');
  /** What every payment may end with: its money is nowhere in between. */
  async function nothingLeft(id: string) {
    const [left] = await transaction(db, (tx) => unappliedOf(tx, [id]));
    assert.equal(left, 0n);
  }
  return {
    db,
    url,
    keyFile,
    clock,
    rows,
    told,
    driver,
    noticeUrl,
    sandbox,
    newUser,
    viewerOf,
    payer,
    atSandbox,
    balance,
    one,
    refundsOf,
    begin,
    credited,
    nothingLeft,
  };
}
