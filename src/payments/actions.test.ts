import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testPayments } from '../../test/payments.ts';
import { until } from '../../test/sandbox.ts';
import { must } from '../kit/assert.ts';
import { fen } from '../kit/money.ts';
import { sha256 } from '../kit/secret.ts';
import { plus } from '../kit/time.ts';
import { reader } from '../kit/tx.ts';
import { startPayments, topUp } from './actions.ts';
import { checkDue, checkPayment, closePayments, verifyPayment } from './check.actions.ts';
import { receive } from './notice.actions.ts';
import { paymentNumber } from './rules.ts';
import { signedHeaders } from './sandbox-channel.rules.ts';
import { paymentsOf } from './views.ts';

const {
  db,
  clock,
  rows,
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
} = await testPayments();

test('F147 a top-up is paid at the cashier, announced by a signed notice and is in the wallet', async () => {
  const { id, userId, number, payment } = await begin(2500);
  assert.equal(payment.state, 'open');
  assert.match(must(payment.payUrl, 'a cashier page'), /\/cashier\/pay_/);
  const page = await (
    await fetch(must(payment.payUrl, 'a page'), { headers: { 'accept-language': 'zh-CN' } })
  ).text();
  assert.match(page, /模拟的支付机构/);
  assert.match(page, /¥25\.00/);
  await payer(number, 'pay');
  const done = await credited(id);
  assert.equal(done.state, 'paid');
  assert.equal(await balance(userId), 2500n);
  await nothingLeft(id);
});

test('F170 twenty parallel clicks with one key begin one payment and one order at the channel', async () => {
  const userId = newUser();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      topUp(db, { userId, amount: fen(900), channel: 'sandbox', key: 'twenty' }),
    ),
  );
  const ids = new Set(answers.map((answer) => (answer.ok ? answer.value.id : answer.refusal)));
  assert.equal(ids.size, 1);
  const all: { number: string }[] = await driver('payments');
  const [id] = [...ids];
  assert.equal(all.filter((row) => row.number === paymentNumber(must(id, 'one'))).length, 1);
  assert.equal(
    (await paymentsOf(await reader(db), { viewerIds: [userId], before: null, limit: 10 })).length,
    1,
  );
  const other = await topUp(db, { userId, amount: fen(901), channel: 'sandbox', key: 'twenty' });
  assert.equal(other.ok ? '' : other.refusal, 'IDEMPOTENCY_KEY_REUSED');
});

test('F146 a top-up out of bounds or through a channel that is not configured is refused and leaves nothing', async () => {
  const userId = newUser();
  const refusals = await Promise.all([
    topUp(db, { userId, amount: fen(99), channel: 'sandbox', key: 'a' }),
    topUp(db, { userId, amount: fen(5_000_001), channel: 'sandbox', key: 'b' }),
    topUp(db, { userId, amount: fen(1000), channel: 'cash', key: 'c' }),
  ]);
  assert.deepEqual(
    refusals.map((one) => (one.ok ? 'ok' : one.refusal)),
    ['AMOUNT_NOT_ALLOWED', 'AMOUNT_NOT_ALLOWED', 'CHANNEL_NOT_OFFERED'],
  );
  assert.equal(
    (await paymentsOf(await reader(db), { viewerIds: [userId], before: null, limit: 10 })).length,
    0,
  );
});

test('F169 paid twice: one is kept, the other goes back by itself, both stand in the record', async () => {
  const { id, userId, number } = await begin();
  await payer(number, 'twice');
  const refund = await until(
    async () => (await refundsOf(id)).find((row) => row.state === 'done'),
    'the extra went back',
  );
  assert.deepEqual([refund.amount, refund.reason], [1000n, 'double']);
  assert.equal(await balance(userId), 1000n);
  const bank = await atSandbox(id);
  assert.deepEqual([bank.trades.length, bank.refunds.length, bank.refunds[0]?.amount], [2, 1, 1000]);
  await nothingLeft(id);
});

test('paid too much: the asked amount is credited and the rest goes back', async () => {
  const { id, userId, number } = await begin();
  await payer(number, 'over');
  const refund = await until(
    async () => (await refundsOf(id)).find((row) => row.state === 'done'),
    'the rest went back',
  );
  assert.deepEqual([refund.amount, refund.reason], [500n, 'over']);
  assert.equal(await balance(userId), 1000n);
  await nothingLeft(id);
});

test('paid too little: it waits for the rest, and together they are credited', async () => {
  const { id, userId, number } = await begin();
  await payer(number, 'under', 300);
  await until(async () => (await one(id)).state === 'part', 'a part came');
  assert.equal(await balance(userId), 0n);
  await payer(number, 'pay', 700);
  await credited(id);
  assert.equal(await balance(userId), 1000n);
});

test('F003 paid in silence: 核对支付 repairs the state, and a second press does not ask again', async () => {
  const { id, userId, number } = await begin();
  await payer(number, 'silent');
  const viewer = viewerOf(userId);
  assert.equal((await one(id)).state, 'open');
  clock.forward({ seconds: 3 });
  assert.deepEqual(await verifyPayment(db, { viewer, paymentId: id }), { ok: true, value: 'ok' });
  assert.equal((await one(id)).state, 'paid');
  assert.equal(await balance(userId), 1000n);
  assert.deepEqual(await verifyPayment(db, { viewer, paymentId: id }), { ok: true, value: 'recently' });
  const stranger = await verifyPayment(db, { viewer: viewerOf(newUser()), paymentId: id });
  assert.equal(stranger.ok ? '' : stranger.refusal, 'PAYMENT_NOT_FOUND');
});

test('F003 paid in silence and nobody presses: the check after 10 s finds it', async () => {
  const { id, userId, number } = await begin();
  await payer(number, 'silent');
  await checkDue(db, 100);
  assert.equal((await one(id)).state, 'open');
  clock.forward({ seconds: 11 });
  await until(async () => (await checkDue(db, 100), (await one(id)).creditedAt), 'the check found it');
  assert.equal(await balance(userId), 1000n);
});

test('a notice that is repeated changes nothing and is kept on record', async () => {
  const { id, userId, number } = await begin();
  await payer(number, 'repeat');
  await credited(id);
  await until(
    async () =>
      Number(
        (
          await rows(`select count(*) from payments.notices where payment_id = $1 and decision = 'doubled'`, [
            id,
          ])
        )[0]?.['count'],
      ) === 4,
    'four doubled notices',
  );
  assert.equal(await balance(userId), 1000n);
  assert.equal((await rows('select 1 from payments.trades where payment_id = $1', [id])).length, 1);
});

test('twenty parallel notices of one trade are one trade and one credit', async () => {
  const { id, userId, number } = await begin();
  await driver('notices', { held: true });
  await payer(number, 'pay');
  const [trade] = (await atSandbox(id)).trades;
  const body = JSON.stringify({
    merchant: sandbox.merchant,
    status: 'SUCCESS',
    currency: 'CNY',
    trade: { trade_no: trade?.tradeNo, number, amount: '1000', at: new Date(clock.now()).toISOString() },
  });
  const headers = signedHeaders(sandbox.key, {
    direction: 'notice',
    method: 'POST',
    path: '/notices/sandbox',
    timestamp: String(Math.floor(clock.now() / 1000)),
    request: 'r',
    body,
  });
  const answers = await Promise.all(
    Array.from({ length: 20 }, async () =>
      (await fetch(noticeUrl, { method: 'POST', headers, body })).text(),
    ),
  );
  await driver('notices', { held: false });
  assert.deepEqual([...new Set(answers)], ['success']);
  await credited(id);
  assert.equal((await rows('select 1 from payments.trades where payment_id = $1', [id])).length, 1);
  assert.equal(await balance(userId), 1000n);
});

test('a notice that is forged, changed, stale or for another merchant changes nothing, is refused and recorded', async () => {
  const { id, number } = await begin();
  const text = (merchant = sandbox.merchant) =>
    JSON.stringify({
      merchant,
      status: 'SUCCESS',
      currency: 'CNY',
      trade: { trade_no: `FORGED${id}`, number, amount: '1000', at: new Date(clock.now()).toISOString() },
    });
  const sign = (body: string, at = clock.now()) =>
    signedHeaders(sandbox.key, {
      direction: 'notice',
      method: 'POST',
      path: '/notices/sandbox',
      timestamp: String(Math.floor(at / 1000)),
      request: 'r',
      body,
    });
  const post = async (body: string, headers: Record<string, string>) =>
    (await fetch(noticeUrl, { method: 'POST', headers, body })).status;
  const before = Number(
    (await rows('select count(*) from payments.notices where not verified'))[0]?.['count'],
  );
  assert.equal(await post(text(), { ...sign(text()), 'x-sandbox-signature': '0'.repeat(64) }), 401);
  assert.equal(await post(text().replace('1000', '9000'), sign(text())), 401);
  assert.equal(await post(text(), sign(text(), plus(clock.now(), { minutes: -10 }))), 401);
  assert.equal(await post(text('somebody'), sign(text('somebody'))), 401);
  assert.equal(await post('not json', sign('not json')), 401);
  assert.equal(await post(text(), {}), 401);
  assert.equal(
    Number((await rows('select count(*) from payments.notices where not verified'))[0]?.['count']),
    before + 6,
  );
  assert.equal((await one(id)).state, 'open');
  assert.equal((await rows('select 1 from payments.trades where trade_no = $1', [`FORGED${id}`])).length, 0);
});

test('a genuine notice whose trade the channel itself does not know credits nothing and goes to a person', async () => {
  const { id, userId, number } = await begin();
  const news = {
    channel: 'sandbox',
    tradeNo: `GHOST${id}`,
    number,
    paymentId: id,
    amount: fen(1000),
    channelAt: clock.now(),
    source: 'notice',
    proof: sha256('x'),
  } as const;
  await receive(db, [{ kind: 'trade', headers: {}, news }]);
  assert.equal(await balance(userId), 0n);
  assert.equal(
    (await rows(`select 1 from payments.exceptions where kind = 'unconfirmed' and payment_id = $1`, [id]))
      .length,
    1,
  );
});

test('one trade number with two stories goes to a person, and the first story stays', async () => {
  const { id, userId, number } = await begin();
  await payer(number, 'pay');
  await credited(id);
  const [trade] = (await atSandbox(id)).trades;
  const news = {
    channel: 'sandbox',
    tradeNo: must(trade, 'paid').tradeNo,
    number,
    paymentId: id,
    amount: fen(999_999),
    channelAt: clock.now(),
    source: 'notice',
    proof: sha256('y'),
  } as const;
  const [answer] = await receive(db, [{ kind: 'trade', headers: {}, news }]);
  assert.equal(answer?.decision, 'contradiction');
  assert.equal(await balance(userId), 1000n);
  assert.equal(
    (await rows(`select 1 from payments.exceptions where kind = 'contradiction' and payment_id = $1`, [id]))
      .length,
    1,
  );
});

test('a channel that says processing leaves everything open, and then it succeeds', async () => {
  const { id, userId, number } = await begin();
  await payer(number, 'processing');
  assert.equal(await checkPayment(db, id), 'ok');
  assert.equal((await one(id)).state, 'open');
  await closePayments(db, [id]);
  assert.equal((await one(id)).state, 'open', 'what is just being paid cannot be closed');
  await until(async () => (await one(id)).creditedAt, 'it succeeded', 12_000);
  assert.equal(await balance(userId), 1000n);
});

test('create: an unknown answer leaves the payment opening and the same number finds it again', async () => {
  await driver('faults', { on: 'create', how: 'done_then_error' });
  const { id, payment } = await begin();
  assert.equal(payment.state, 'opening');
  const [started] = await startPayments(db, [id]);
  assert.equal(started?.state, 'open');
  const all: { number: string }[] = await driver('payments');
  assert.equal(all.filter((row) => row.number === paymentNumber(id)).length, 1);
});

test('create: answers that are forged, unreadable or late are unknown, a refusal is final and shown in 支付记录 (F174)', async () => {
  for (const how of ['garbage', 'forged', 'error', 'timeout', 'processing']) {
    await driver('faults', { on: 'create', how });
    assert.equal((await begin()).payment.state, 'opening', how);
  }
  await driver('faults', { on: 'create', how: 'refuse' });
  const { id, userId, payment } = await begin();
  assert.deepEqual([payment.state, payment.failure], ['failed', 'REFUSED: the sandbox was told to refuse']);
  const [row] = await paymentsOf(await reader(db), { viewerIds: [userId], before: null, limit: 10 });
  assert.deepEqual([row?.paymentId, row?.state], [id, 'failed']);
});

test('a payment that nobody paid is closed at the channel when its time is over', async () => {
  const { id } = await begin();
  await rows(`update payments.payments set expires_at = created_at where id = $1`, [id]);
  await driver('faults', { on: 'close', how: 'error' });
  assert.equal(await checkPayment(db, id), 'unknown');
  assert.equal((await one(id)).state, 'open', 'an unknown close is no close');
  assert.equal(await checkPayment(db, id), 'ok');
  assert.equal((await one(id)).state, 'closed');
  assert.equal((await atSandbox(id)).state, 'closed');
});

test('F005 a top-up that is paid late is credited all the same', async () => {
  const { id, userId, number } = await begin();
  await payer(number, 'late');
  await rows(`update payments.payments set expires_at = created_at where id = $1`, [id]);
  await checkPayment(db, id);
  await credited(id);
  // The late money may be faster than a look in between, so that it was closed is read from the news.
  const closed = await rows(`select from kit.outbox where event = 'payment.closed' and body->'about' ? $1`, [
    id,
  ]);
  assert.equal(closed.length, 1);
  assert.equal((await one(id)).state, 'paid');
  assert.equal(await balance(userId), 1000n);
});

test('too little when the time is over goes back', async () => {
  const { id, userId, number } = await begin();
  await payer(number, 'under', 300);
  await until(async () => (await one(id)).state === 'part', 'a part came');
  await rows(`update payments.payments set expires_at = created_at where id = $1`, [id]);
  assert.equal(await checkPayment(db, id), 'ok');
  await until(async () => (await refundsOf(id))[0]?.state === 'done', 'it went back');
  assert.deepEqual(
    (await refundsOf(id)).map((row) => [row.amount, row.state, row.reason]),
    [[300n, 'done', 'under']],
  );
  assert.equal(await balance(userId), 0n);
  await nothingLeft(id);
});
