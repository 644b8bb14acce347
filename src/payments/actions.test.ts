import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { testDatabase } from '../../test/database.ts';
import { testSandbox, until, type SandboxPayment } from '../../test/sandbox.ts';
import { must } from '../kit/assert.ts';
import { newId } from '../kit/ids.ts';
import { fen } from '../kit/money.ts';
import { sha256 } from '../kit/secret.ts';
import { beijingDay, instant, plus, systemClock } from '../kit/time.ts';
import { reader, transaction } from '../kit/tx.ts';
import { nobody, type Viewer } from '../kit/viewer.ts';
import { balanceOf } from '../ledger/views.ts';
import { createPayments, lockPayments, readPayments, startPayments, topUp, unappliedOf } from './actions.ts';
import { reconcileBill } from './bill.actions.ts';
import { checkDue, checkPayment, closePayments, matchVoucher, verifyPayment } from './check.actions.ts';
import { decideException } from './decision.actions.ts';
import { onPaymentNews } from './jobs.ts';
import { receive, type Incoming } from './notice.actions.ts';
import { refundUnappliedMoney, sendRefunds } from './refund.actions.ts';
import { paymentNumber } from './rules.ts';
import { signedHeaders } from './sandbox-channel.rules.ts';
import { paymentSeenBy, paymentsOf, refundsOfPayments } from './views.ts';

const { db, clock, asOwner } = await testDatabase({ at: systemClock.now(), connections: 8 });
const told: string[] = [];
const { driver, noticeUrl, sandbox } = await testSandbox(db, async (ids) => void told.push(...ids));

// The sandbox has a clock of its own; a message more than five minutes off is stale.
beforeEach(() => clock.set(systemClock.now()));

let keys = 0;
const newUser = (): string => newId(clock.now());
const viewerOf = (userId: string): Viewer => ({ ...nobody, userId, buyerIds: [userId] });
const payer = (number: string, mood: string, amount?: number) => driver(`payments/${number}`, { mood, ...(amount ? { amount } : {}) });
const atSandbox = (id: string): Promise<SandboxPayment> => driver(`payments/${paymentNumber(id)}`);
const balance = async (userId: string) => (await balanceOf(await reader(db), { viewerId: userId })).find((row) => row.kind === 'wallet')?.balance ?? 0n;
const one = async (id: string) => must((await readPayments(await reader(db), [id]))[0], 'there');
const refundsOf = async (id: string) => refundsOfPayments(await reader(db), { ids: [id] });
const rows = async (text: string, values: unknown[] = []) => asOwner(text, values);

async function begin(amount = 1000, userId = newUser()) {
  const begun = await topUp(db, { userId, amount: fen(amount), channel: 'sandbox', key: `key-${keys++}` });
  assert.ok(begun.ok);
  return { id: begun.value.id, userId, number: paymentNumber(begun.value.id), payment: begun.value };
}
const credited = (id: string) => until(async () => ((await one(id)).creditedAt ? one(id) : undefined), 'the wallet got the money');
/** What every test may end with: this payment's money is nowhere in between. */
async function nothingLeft(id: string) {
  const [left] = await transaction(db, (tx) => unappliedOf(tx, [id]));
  assert.equal(left, 0n);
}

test('F147 a top-up is paid at the cashier, announced by a signed notice and is in the wallet', async () => {
  const { id, userId, number, payment } = await begin(2500);
  assert.equal(payment.state, 'open');
  assert.match(must(payment.payUrl, 'a cashier page'), /\/cashier\/pay_/);
  const page = await (await fetch(must(payment.payUrl, 'a page'), { headers: { 'accept-language': 'zh-CN' } })).text();
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
  const answers = await Promise.all(Array.from({ length: 20 }, () => topUp(db, { userId, amount: fen(900), channel: 'sandbox', key: 'twenty' })));
  const ids = new Set(answers.map((answer) => (answer.ok ? answer.value.id : answer.refusal)));
  assert.equal(ids.size, 1);
  const all: { number: string }[] = await driver('payments');
  const [id] = [...ids];
  assert.equal(all.filter((row) => row.number === paymentNumber(must(id, 'one'))).length, 1);
  assert.equal((await paymentsOf(await reader(db), { viewerIds: [userId], before: null, limit: 10 })).length, 1);
  const other = await topUp(db, { userId, amount: fen(901), channel: 'sandbox', key: 'twenty' });
  assert.equal(other.ok ? '' : other.refusal, 'IDEMPOTENCY_KEY_REUSED');
});

test('a top-up out of bounds or through an unknown channel is refused and leaves nothing', async () => {
  const userId = newUser();
  const refusals = await Promise.all([topUp(db, { userId, amount: fen(99), channel: 'sandbox', key: 'a' }), topUp(db, { userId, amount: fen(5_000_001), channel: 'sandbox', key: 'b' }), topUp(db, { userId, amount: fen(1000), channel: 'cash', key: 'c' })]);
  assert.deepEqual(refusals.map((one) => (one.ok ? 'ok' : one.refusal)), ['AMOUNT_NOT_ALLOWED', 'AMOUNT_NOT_ALLOWED', 'CHANNEL_NOT_OFFERED']);
  assert.equal((await paymentsOf(await reader(db), { viewerIds: [userId], before: null, limit: 10 })).length, 0);
});

test('F169 paid twice: one is kept, the other goes back by itself, both stand in the record', async () => {
  const { id, userId, number } = await begin();
  await payer(number, 'twice');
  const refund = await until(async () => (await refundsOf(id)).find((row) => row.state === 'done'), 'the extra went back');
  assert.deepEqual([refund.amount, refund.reason], [1000n, 'double']);
  assert.equal(await balance(userId), 1000n);
  const bank = await atSandbox(id);
  assert.deepEqual([bank.trades.length, bank.refunds.length, bank.refunds[0]?.amount], [2, 1, 1000]);
  await nothingLeft(id);
});

test('paid too much: the asked amount is credited and the rest goes back', async () => {
  const { id, userId, number } = await begin();
  await payer(number, 'over');
  const refund = await until(async () => (await refundsOf(id)).find((row) => row.state === 'done'), 'the rest went back');
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
  await until(async () => Number((await rows(`select count(*) from payments.notices where payment_id = $1 and decision = 'doubled'`, [id]))[0]?.['count']) === 4, 'four doubled notices');
  assert.equal(await balance(userId), 1000n);
  assert.equal((await rows('select 1 from payments.trades where payment_id = $1', [id])).length, 1);
});

test('twenty parallel notices of one trade are one trade and one credit', async () => {
  const { id, userId, number } = await begin();
  await driver('notices', { held: true });
  await payer(number, 'pay');
  const [trade] = (await atSandbox(id)).trades;
  const body = JSON.stringify({ merchant: sandbox.merchant, status: 'SUCCESS', currency: 'CNY', trade: { trade_no: trade?.tradeNo, number, amount: '1000', at: new Date(clock.now()).toISOString() } });
  const headers = signedHeaders(sandbox.key, { direction: 'notice', method: 'POST', path: '/notices/sandbox', timestamp: String(Math.floor(clock.now() / 1000)), request: 'r', body });
  const answers = await Promise.all(Array.from({ length: 20 }, async () => (await fetch(noticeUrl, { method: 'POST', headers, body })).text()));
  await driver('notices', { held: false });
  assert.deepEqual([...new Set(answers)], ['success']);
  await credited(id);
  assert.equal((await rows('select 1 from payments.trades where payment_id = $1', [id])).length, 1);
  assert.equal(await balance(userId), 1000n);
});

test('a notice that is forged, changed, stale or for another merchant changes nothing, is refused and recorded', async () => {
  const { id, number } = await begin();
  const text = (merchant = sandbox.merchant) => JSON.stringify({ merchant, status: 'SUCCESS', currency: 'CNY', trade: { trade_no: `FORGED${id}`, number, amount: '1000', at: new Date(clock.now()).toISOString() } });
  const sign = (body: string, at = clock.now()) => signedHeaders(sandbox.key, { direction: 'notice', method: 'POST', path: '/notices/sandbox', timestamp: String(Math.floor(at / 1000)), request: 'r', body });
  const post = async (body: string, headers: Record<string, string>) => (await fetch(noticeUrl, { method: 'POST', headers, body })).status;
  const before = Number((await rows('select count(*) from payments.notices where not verified'))[0]?.['count']);
  assert.equal(await post(text(), { ...sign(text()), 'x-sandbox-signature': '0'.repeat(64) }), 401);
  assert.equal(await post(text().replace('1000', '9000'), sign(text())), 401);
  assert.equal(await post(text(), sign(text(), plus(clock.now(), { minutes: -10 }))), 401);
  assert.equal(await post(text('somebody'), sign(text('somebody'))), 401);
  assert.equal(await post('not json', sign('not json')), 401);
  assert.equal(await post(text(), {}), 401);
  assert.equal(Number((await rows('select count(*) from payments.notices where not verified'))[0]?.['count']), before + 6);
  assert.equal((await one(id)).state, 'open');
  assert.equal((await rows('select 1 from payments.trades where trade_no = $1', [`FORGED${id}`])).length, 0);
});

test('a genuine notice whose trade the channel itself does not know credits nothing and goes to a person', async () => {
  const { id, userId, number } = await begin();
  const news = { channel: 'sandbox', tradeNo: `GHOST${id}`, number, paymentId: id, amount: fen(1000), channelAt: clock.now(), source: 'notice', proof: sha256('x') } as const;
  await receive(db, [{ kind: 'trade', headers: {}, news }]);
  assert.equal(await balance(userId), 0n);
  assert.equal((await rows(`select 1 from payments.exceptions where kind = 'unconfirmed' and payment_id = $1`, [id])).length, 1);
});

test('one trade number with two stories goes to a person, and the first story stays', async () => {
  const { id, userId, number } = await begin();
  await payer(number, 'pay');
  await credited(id);
  const [trade] = (await atSandbox(id)).trades;
  const news = { channel: 'sandbox', tradeNo: must(trade, 'paid').tradeNo, number, paymentId: id, amount: fen(999_999), channelAt: clock.now(), source: 'notice', proof: sha256('y') } as const;
  const [answer] = await receive(db, [{ kind: 'trade', headers: {}, news }]);
  assert.equal(answer?.decision, 'contradiction');
  assert.equal(await balance(userId), 1000n);
  assert.equal((await rows(`select 1 from payments.exceptions where kind = 'contradiction' and payment_id = $1`, [id])).length, 1);
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
  assert.equal((await one(id)).state, 'closed');
  await credited(id);
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
  assert.deepEqual((await refundsOf(id)).map((row) => [row.amount, row.state, row.reason]), [[300n, 'done', 'under']]);
  assert.equal(await balance(userId), 0n);
  await nothingLeft(id);
});

test('a refund whose answer is lost is asked about and sent again with the same number until it is done once', async () => {
  const { id, userId, number } = await begin();
  await driver('faults', { on: 'refund', how: 'done_then_error' });
  await payer(number, 'twice');
  await until(async () => (await refundsOf(id))[0]?.state === 'unknown' && (await atSandbox(id)).refunds.length === 1, 'sent, answer lost');
  assert.equal(await balance(userId), 1000n);
  clock.forward({ seconds: 70 });
  await until(async () => (await sendRefunds(db, 100), (await refundsOf(id))[0]?.state === 'done'), 'its end is known');
  assert.equal((await atSandbox(id)).refunds.length, 1);
  await nothingLeft(id);
});

test('a refund that never reached the channel is sent again, and one that is processing is waited for', async () => {
  const lost = await begin();
  await driver('faults', { on: 'refund', how: 'error' });
  await payer(lost.number, 'twice');
  await until(async () => (await refundsOf(lost.id))[0]?.state === 'unknown', 'the channel failed');
  clock.forward({ seconds: 70 });
  await until(async () => (await sendRefunds(db, 100), (await refundsOf(lost.id))[0]?.state === 'done'), 'sent again');
  assert.equal((await atSandbox(lost.id)).refunds.length, 1);
  const slow = await begin();
  await driver('faults', { on: 'refund', how: 'processing' });
  await payer(slow.number, 'twice');
  await until(async () => (await atSandbox(slow.id)).refunds[0]?.state === 'processing', 'the channel took it');
  await until(async () => (await atSandbox(slow.id)).refunds[0]?.state === 'done', 'it arrived');
  clock.forward({ seconds: 70 });
  await until(async () => (await sendRefunds(db, 100), (await refundsOf(slow.id))[0]?.state === 'done'), 'we heard of it');
  assert.equal((await atSandbox(slow.id)).refunds.length, 1);
});

const exceptionOf = async (kind: string, ref: string) => String((await rows('select id from payments.exceptions where kind = $1 and ref like $2', [kind, `%${ref}%`]))[0]?.['id']);

test('a refund that the channel refuses waits for a person: a new number, or the wallet of the payer', async () => {
  const by = newUser();
  const refusedRefund = async () => {
    const begun = await begin();
    await driver('faults', { on: 'refund', how: 'refuse' });
    await payer(begun.number, 'twice');
    await until(async () => (await refundsOf(begun.id))[0]?.state === 'refused', 'refused');
    const [row] = await rows(`select id from payments.exceptions where kind = 'refund_refused' and payment_id = $1`, [begun.id]);
    return { ...begun, exceptionId: String(row?.['id']) };
  };
  const again = await refusedRefund();
  assert.deepEqual(await decideException(db, { exceptionId: again.exceptionId, decision: 'match', note: 'no', by, paymentId: again.id }), { ok: false, refusal: 'DECISION_NOT_OPEN' });
  const both = await Promise.all([1, 2].map(() => decideException(db, { exceptionId: again.exceptionId, decision: 'retry', note: 'account works again', by })));
  assert.deepEqual(both.map((answer) => (answer.ok ? 'done' : answer.refusal)).sort(), ['EXCEPTION_DECIDED', 'done']);
  clock.forward({ seconds: 70 });
  await until(async () => (await sendRefunds(db, 100), (await refundsOf(again.id))[0]?.state === 'done'), 'the new number worked');
  const wallet = await refusedRefund();
  assert.ok((await decideException(db, { exceptionId: wallet.exceptionId, decision: 'wallet', note: 'card was closed', by })).ok);
  assert.equal(await balance(wallet.userId), 2000n);
  assert.equal((await refundsOf(wallet.id))[0]?.state, 'credited');
  await nothingLeft(wallet.id);
});

test('F004 money that names no payment of ours is queued, claimed by its voucher, and matched or returned by a person', async () => {
  const by = newUser();
  const mine = await begin();
  const first: { tradeNo: string } = await driver('orphans', { number: 'KM1', amount: 1000, notify_url: noticeUrl });
  const second: { tradeNo: string } = await driver('orphans', { number: 'KM2', amount: 700, notify_url: noticeUrl });
  for (const trade of [first, second]) await until(async () => (await exceptionOf('orphan', trade.tradeNo)) !== 'undefined', 'queued');
  const viewer = viewerOf(mine.userId);
  assert.deepEqual(await matchVoucher(db, { viewer, channel: 'sandbox', tradeNo: first.tradeNo, paymentId: mine.id }), { ok: true, value: { found: 'queued', paymentId: null } });
  assert.ok((await decideException(db, { exceptionId: await exceptionOf('orphan', first.tradeNo), decision: 'match', note: 'voucher fits', by, paymentId: mine.id })).ok);
  await credited(mine.id);
  assert.equal(await balance(mine.userId), 1000n);
  assert.deepEqual(await matchVoucher(db, { viewer, channel: 'sandbox', tradeNo: first.tradeNo, paymentId: undefined }), { ok: true, value: { found: 'yours', paymentId: mine.id } });
  const stranger = await matchVoucher(db, { viewer: viewerOf(newUser()), channel: 'sandbox', tradeNo: first.tradeNo, paymentId: undefined });
  assert.equal(stranger.ok ? '' : stranger.refusal, 'TRADE_NOT_FOUND');
  assert.ok((await decideException(db, { exceptionId: await exceptionOf('orphan', second.tradeNo), decision: 'refund', note: 'nobody claims it', by })).ok);
  const [state] = await rows('select state from payments.refunds where trade_no = $1', [second.tradeNo]);
  assert.equal(state?.['state'], 'done');
});

test('F004 a voucher of a payment that we never heard was paid repairs it', async () => {
  const { id, userId, number } = await begin();
  await payer(number, 'silent');
  const [trade] = (await atSandbox(id)).trades;
  const answer = await matchVoucher(db, { viewer: viewerOf(userId), channel: 'sandbox', tradeNo: must(trade, 'paid').tradeNo, paymentId: id });
  assert.deepEqual(answer, { ok: true, value: { found: 'yours', paymentId: id } });
  assert.equal(await balance(userId), 1000n);
});

test('F173 the daily bill finds what is in one book only, and the money that we missed finds its payment', async () => {
  const { id, userId, number } = await begin();
  await payer(number, 'silent');
  const day = beijingDay(clock.now());
  const [trade] = (await atSandbox(id)).trades;
  const result = must(await reconcileBill(db, { channel: 'sandbox', day }), 'a bill');
  assert.ok(result.differences >= 1);
  assert.notEqual(await exceptionOf('bill_missing_here', must(trade, 'paid').tradeNo), 'undefined');
  assert.equal(await balance(userId), 1000n);
  const ghosts = await rows(`select ref from payments.exceptions where kind = 'bill_missing_there'`);
  assert.ok(ghosts.some((row) => String(row['ref']).startsWith('GHOST')), 'the ghost notice of above stands in no bill');
  await driver('faults', { on: 'bill', how: 'error' });
  assert.equal(await reconcileBill(db, { channel: 'sandbox', day }), undefined);
});

test('a process that died between recording and applying is made good by the news in the outbox', async () => {
  const { id, userId, number } = await begin();
  await driver('faults', { on: 'query', how: 'error' });
  await payer(number, 'pay');
  await until(async () => (await one(id)).state === 'paid', 'recorded');
  assert.equal(await balance(userId), 0n, 'the channel did not answer, so nothing was credited yet');
  const [news] = await rows(`select body from kit.outbox where event = 'payment.received' and body->'about' ? $1`, [id]);
  await onPaymentNews(db, { body: must(news, 'the news waits')['body'] as never });
  await onPaymentNews(db, { body: must(news, 'the news waits')['body'] as never });
  assert.equal(await balance(userId), 1000n);
});

test('money for a checkout is told to the checkout and stays unapplied until it decides; what it sends back goes to its trade', async () => {
  const id = newId(clock.now());
  const buyerId = newUser();
  await transaction(db, (tx) => createPayments(tx, [{ id, purpose: 'checkout', buyerId, checkoutKey: 'c', channel: 'sandbox', amount: fen(1900), expiresAt: plus(tx.business, { minutes: 15 }) }]));
  await startPayments(db, [id]);
  await payer(paymentNumber(id), 'pay');
  await until(async () => told.includes(id), 'the checkout was told');
  const parts = await transaction(db, async (tx) => {
    await lockPayments(tx, [id]);
    assert.deepEqual(await unappliedOf(tx, [id]), [1900n]);
    return refundUnappliedMoney(tx, [{ paymentId: id, amount: fen(500), reason: 'late' }, { paymentId: id, amount: fen(1400), reason: 'late' }]);
  });
  assert.deepEqual(parts.map((list) => list.map((part) => part.amount)), [[500n], [1400n]]);
  await sendRefunds(db, 100);
  assert.deepEqual((await atSandbox(id)).refunds.map((refund) => refund.amount).sort(), [1400, 500]);
  await nothingLeft(id);
});

test('a batch of many kinds: each gets its own answer, and a doubled trade within the batch is one', async () => {
  const many = await Promise.all(Array.from({ length: 30 }, () => begin(500)));
  const incoming = many.flatMap(({ id, number }, index): Incoming[] => {
    const news = { channel: 'sandbox', tradeNo: `BATCH${id}`, number, paymentId: id, amount: fen(500), channelAt: clock.now(), source: 'notice', proof: sha256(id) } as const;
    return index % 3 === 0 ? [{ kind: 'trade', news, headers: {} }, { kind: 'trade', news, headers: {} }] : [{ kind: 'trade', news, headers: {} }];
  });
  const answers = await receive(db, incoming);
  assert.equal(answers.filter((answer) => answer.decision === 'recorded').length, 30);
  assert.equal(answers.filter((answer) => answer.decision === 'doubled').length, 10);
  const [sum] = await rows(`select count(*) as count, sum(amount_fen) as sum from ledger.transfers where kind = 'channel.received' and about = any($1::uuid[])`, [many.map((m) => m.id)]);
  assert.deepEqual([Number(sum?.['count']), Number(sum?.['sum'])], [30, 15_000]);
});

test('a payment of somebody else is not there', async () => {
  const { id } = await begin();
  assert.deepEqual(await paymentSeenBy(await reader(db), { viewerIds: [newUser()], id }), []);
});

test('at the end no money of top-ups lies in between, but what waits for a person', async () => {
  clock.set(instant(clock.now() + 1));
  const left = await rows(`
    with moved as (select credit_id as id, amount_fen as fen from ledger.transfers where credit_kind = 'refund'
                   union all select debit_id, -amount_fen from ledger.transfers where debit_kind = 'refund')
    select r.state, count(*) from payments.refunds r join (select id, sum(fen) as left from moved group by id) m on m.id = r.id::text where (m.left > 0) <> (r.state in ('requested', 'unknown', 'refused')) group by 1`);
  assert.deepEqual(left, []);
});
