import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { newId } from '../../src/kit/ids.ts';
import { faultPoints, type FaultPoint } from '../../src/kit/fault.ts';
import { fen } from '../../src/kit/money.ts';
import { plus } from '../../src/kit/time.ts';
import { transaction } from '../../src/kit/tx.ts';
import { createPayments, startPayments } from '../../src/payments/actions.ts';
import { checkPayment } from '../../src/payments/check.actions.ts';
import { onPaymentNews } from '../../src/payments/jobs.ts';
import { sendRefunds } from '../../src/payments/refund.actions.ts';
import { paymentNumber } from '../../src/payments/rules.ts';
import { testPayments } from '../payments.ts';
import { until } from '../sandbox.ts';

// A second program is killed with SIGKILL at every write point of payments; then this one goes on from what is stored.
const {
  db,
  url,
  clock,
  rows,
  driver,
  sandbox,
  keyFile,
  newUser,
  payer,
  atSandbox,
  balance,
  one,
  refundsOf,
  begin,
  nothingLeft,
} = await testPayments();
await driver('notices', { held: true });

async function dieAt(point: FaultPoint, id: string, what: 'start' | 'check'): Promise<void> {
  const child = spawn(
    process.execPath,
    [`${import.meta.dirname}/../children/payments.ts`, url, sandbox.url, keyFile, sandbox.merchant, id, what],
    {
      env: { PATH: process.env['PATH'] ?? '', FAULTS: point },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const signal = await new Promise((ended) => child.once('exit', (_code, by) => ended(by)));
  assert.equal(signal, 'SIGKILL', `${point} is on the way`);
}

/** What a program does after a start: the news that waits, the check that is due, the refunds that are due. */
async function goOn(id: string): Promise<void> {
  const waiting = await rows(
    `select body from kit.outbox where event in ('payment.received', 'payment.closed') and body->'about' ? $1 order by id`,
    [id],
  );
  for (const news of waiting) await onPaymentNews(db, { body: news['body'] as never });
  await checkPayment(db, id);
  clock.forward({ seconds: 70 });
  await sendRefunds(db, 100);
}

const under = (part: string): FaultPoint[] =>
  faultPoints.filter((point) => point.startsWith(`payments.${part}.`));

for (const point of [...under('notice'), ...under('credit'), ...under('refund')])
  test(`F169 killed at ${point}, money that came twice is credited once and returned once`, async () => {
    const { id, userId, number } = await begin();
    await payer(number, 'twice');
    await dieAt(point, id, 'check');
    await goOn(id);
    await until(
      async () =>
        (await refundsOf(id)).some((refund) => refund.state === 'done') ||
        (await sendRefunds(db, 100), false),
      'the refund is known to be done',
    );
    assert.equal(await balance(userId), 1000n);
    assert.equal((await one(id)).state, 'paid');
    assert.deepEqual(
      (await atSandbox(id)).refunds.map((refund) => [refund.amount, refund.state]),
      [[1000, 'done']],
    );
    assert.equal((await refundsOf(id)).length, 1);
    await nothingLeft(id);
  });

for (const point of under('start'))
  test(`F170 killed at ${point}, a payment is one payment at the channel`, async () => {
    const id = newId(clock.now());
    await transaction(db, (tx) =>
      createPayments(tx, [
        {
          id,
          purpose: 'topup',
          buyerId: newUser(),
          checkoutKey: point,
          channel: 'sandbox',
          amount: fen(1000),
          expiresAt: plus(tx.business, { minutes: 15 }),
        },
      ]),
    );
    await dieAt(point, id, 'start');
    assert.equal((await one(id)).state, 'opening');
    await startPayments(db, [id]);
    assert.equal((await one(id)).state, 'open');
    const all = await driver<{ number: string }[]>('payments');
    assert.equal(all.filter((row) => row.number === paymentNumber(id)).length, 1);
  });

for (const point of under('close'))
  test(`killed at ${point}, a payment that was closed at the channel is closed here with the next check`, async () => {
    const { id } = await begin();
    await rows('update payments.payments set expires_at = created_at where id = $1', [id]);
    await dieAt(point, id, 'check');
    assert.equal((await one(id)).state, 'open');
    await goOn(id);
    assert.equal((await one(id)).state, 'closed');
  });
