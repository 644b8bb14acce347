import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { testPayments } from '../../test/payments.ts';
import { until } from '../../test/sandbox.ts';
import { createApp, listen } from '../app/http.ts';
import { openLog } from '../app/log.ts';
import { encodeId } from '../kit/public-id.ts';
import { nobody, type StaffRole, type Viewer } from '../kit/viewer.ts';
import { noticeRoutes } from './notice.http.ts';

const { db, rows, driver, noticeUrl, newUser, payer, credited } = await testPayments();
const viewers = new Map<string, Viewer>();
const app = createApp({
  db,
  config: { publicOrigin: undefined, mode: 'demo', trustedProxies: '' },
  log: openLog('silent'),
  mounts: { '/': noticeRoutes(db) },
  viewerOf: async ({ authorization }) => viewers.get(authorization ?? '') ?? nobody,
});
const server = await listen(app, { host: '127.0.0.1', port: 0 });
after(server.stop);

type ExceptionJson = {
  exceptionId: string;
  ref: string;
  open: string[];
  claims: { paymentId: string }[];
  decided: { decision: string; by: string; note: string } | null;
};
type PaymentJson = {
  paymentId: string;
  state: string;
  received: string;
  payUrl: string | null;
  creditedAt: string | null;
  trades: { tradeNo: string }[];
};
/** The fields of all answers; each test reads those of its own. */
type Body = PaymentJson & {
  asked: string;
  found: string;
  next: string | null;
  payment: PaymentJson;
  payments: PaymentJson[];
  exceptions: ExceptionJson[];
};
type Answer = { status: number; code: unknown; body: Body };
function person(more: Partial<Viewer> = {}) {
  const userId = newUser();
  viewers.set(`Bearer ${userId}`, { ...nobody, userId, buyerIds: [userId], ...more });
  const call = async (at: string, input?: unknown, key?: string): Promise<Answer> => {
    const [method = '', path = ''] = at.split(' ');
    const headers = {
      authorization: `Bearer ${userId}`,
      ...(input ? { 'content-type': 'application/json' } : {}),
      ...(key ? { 'idempotency-key': key } : {}),
    };
    const answer = await fetch(`${server.address}/api/v1${path}`, {
      method,
      headers,
      ...(input ? { body: JSON.stringify(input) } : {}),
    });
    const body = (await answer.json()) as Body & { code?: string };
    return { status: answer.status, code: body.code, body };
  };
  return { userId, call };
}
const staff = (role: StaffRole) => person({ staff: [role] });
const anonymous = async (at: string) => (await fetch(`${server.address}/api/v1${at}`)).status;
const order = { amount: '2500', channel: 'sandbox' };
const stranger = person();

test('the channels that are offered are public, and the sandbox says what it is', async () => {
  const answer = await fetch(`${server.address}/api/v1/payment-channels`);
  assert.deepEqual(await answer.json(), {
    channels: [{ channel: 'sandbox', zh: '模拟收银台', en: 'Sandbox cashier', sandbox: true }],
  });
});

test('F171 F174 a top-up over HTTP: begun once for one key, safe to look at ten times, listed with number and state', async () => {
  const me = person();
  const begun = await me.call('POST /wallet/top-ups', order, 'k1');
  assert.equal(begun.status, 200, JSON.stringify(begun.body));
  const { paymentId, state, payUrl } = begun.body;
  assert.deepEqual([state, /\/cashier\/pay_/.test(String(payUrl))], ['open', true]);
  assert.equal((await me.call('POST /wallet/top-ups', order, 'k1')).body.paymentId, paymentId);
  assert.equal(
    (await me.call('POST /wallet/top-ups', { ...order, amount: '2600' }, 'k1')).code,
    'IDEMPOTENCY_KEY_REUSED',
  );
  assert.equal((await me.call('POST /wallet/top-ups', order)).code, 'IDEMPOTENCY_KEY_REQUIRED');
  for (let i = 0; i < 10; i++) assert.equal((await me.call(`GET /payments/${paymentId}`)).body.state, 'open');
  await payer(String(paymentId), 'pay');
  const paid = await until(
    async () =>
      (await me.call(`GET /payments/${paymentId}`)).body.creditedAt
        ? me.call(`GET /payments/${paymentId}`)
        : undefined,
    'credited',
  );
  assert.deepEqual(
    [paid.body.state, paid.body.received, paid.body.payUrl, paid.body.trades.length],
    ['paid', '2500', null, 1],
  );
  assert.match(String(paid.body.trades[0]?.tradeNo), /^SB/);
  const list = await me.call('GET /payments');
  assert.deepEqual(
    list.body.payments.map((one) => one.paymentId),
    [paymentId],
  );
});

test('the list goes on where the last page ended', async () => {
  const me = person();
  for (const key of ['a', 'b', 'c']) await me.call('POST /wallet/top-ups', order, key);
  const first = await me.call('GET /payments?limit=2');
  const second = await me.call(`GET /payments?limit=2&before=${first.body.next}`);
  assert.deepEqual([first.body.payments.length, second.body.payments.length, second.body.next], [2, 1, null]);
});

test('each refusal of a top-up has its code', async () => {
  const me = person();
  assert.equal(
    (await me.call('POST /wallet/top-ups', { ...order, amount: '99' }, 'x')).code,
    'AMOUNT_NOT_ALLOWED',
  );
  assert.equal(
    (await me.call('POST /wallet/top-ups', { ...order, channel: 'cash' }, 'x')).code,
    'CHANNEL_NOT_OFFERED',
  );
  for (const amount of ['-5', '1.5', '1e3', 'Infinity', ''])
    assert.equal(
      (await me.call('POST /wallet/top-ups', { ...order, amount }, 'x')).code,
      'INPUT_INVALID',
      amount,
    );
  assert.equal(
    (await person({ guest: true }).call('POST /wallet/top-ups', order, 'x')).code,
    'ACCOUNT_REQUIRED',
  );
  assert.equal(await anonymous('/payments'), 401);
});

test('a payment of somebody else answers like one that does not exist, on every route', async () => {
  const me = person();
  const { paymentId } = (await me.call('POST /wallet/top-ups', order, 'mine')).body;
  const nowhere = encodeId('payment', newUser());
  for (const at of ['GET /payments/ID', 'POST /payments/ID/verification']) {
    const [theirs, absent] = await Promise.all(
      [paymentId, nowhere].map((id) => stranger.call(at.replace('ID', String(id)))),
    );
    assert.deepEqual([theirs?.status, theirs?.code], [404, 'PAYMENT_NOT_FOUND']);
    assert.equal(absent?.code, 'PAYMENT_NOT_FOUND');
  }
  const claim = { channel: 'sandbox', tradeNo: 'SB123456', paymentId };
  assert.equal((await stranger.call('POST /payments/vouchers', claim)).code, 'PAYMENT_NOT_FOUND');
});

test('F003 F004 核对支付 and the voucher find money that nobody told us of', async () => {
  const me = person();
  const first = String((await me.call('POST /wallet/top-ups', order, 'one')).body.paymentId);
  await payer(first, 'silent');
  const checked = await me.call(`POST /payments/${first}/verification`);
  assert.deepEqual([checked.body.asked, checked.body.payment.state], ['ok', 'paid']);
  const second = String((await me.call('POST /wallet/top-ups', order, 'two')).body.paymentId);
  await payer(second, 'silent');
  const { trades } = await driver<{ trades: { tradeNo: string }[] }>(`payments/${second}`);
  const tradeNo = trades[0]?.tradeNo;
  assert.equal(
    (await stranger.call('POST /payments/vouchers', { channel: 'sandbox', tradeNo })).code,
    'TRADE_NOT_FOUND',
  );
  const found = await me.call('POST /payments/vouchers', { channel: 'sandbox', tradeNo });
  assert.deepEqual([found.body.found, found.body.payment.paymentId], ['yours', second]);
  assert.equal(
    (await me.call('POST /payments/vouchers', { channel: 'sandbox', tradeNo: 'SB000000' })).code,
    'TRADE_NOT_FOUND',
  );
});

test('F173 exceptions are finance’s: seen, decided once, with name and reason; to others the room is not there', async () => {
  const finance = staff('finance');
  const me = person();
  const { paymentId } = (await me.call('POST /wallet/top-ups', { ...order, amount: '1000' }, 'exc')).body;
  const trade = await driver<{ tradeNo: string }>('orphans', {
    number: 'HTTP1',
    amount: 1000,
    notify_url: noticeUrl,
  });
  const mine = (list: Answer) => list.body.exceptions.find((one) => one.ref === trade.tradeNo);
  const seen = await until(
    async () => mine(await finance.call('GET /operator/payment-exceptions')),
    'queued',
  );
  await me.call('POST /payments/vouchers', { channel: 'sandbox', tradeNo: trade.tradeNo, paymentId });
  assert.deepEqual(
    mine(await finance.call('GET /operator/payment-exceptions'))?.claims.map((claim) => claim.paymentId),
    [paymentId],
  );
  assert.deepEqual(seen.open, ['match', 'refund', 'close']);
  const at = `POST /operator/payment-exceptions/${seen.exceptionId}/decision`;
  for (const who of [me, stranger, staff('support'), staff('arbitrator')]) {
    assert.equal((await who.call('GET /operator/payment-exceptions')).code, 'NOT_FOUND');
    assert.equal((await who.call(at, { decision: 'close', note: 'mine now' })).code, 'NOT_FOUND');
  }
  assert.equal(
    (await finance.call(at, { decision: 'retry', note: 'no refund here' })).code,
    'DECISION_NOT_OPEN',
  );
  assert.equal((await finance.call(at, { decision: 'match', note: 'to nothing' })).code, 'PAYMENT_NOT_FOUND');
  assert.equal(
    (
      await finance.call(at.replace(String(seen.exceptionId), encodeId('exception', newUser())), {
        decision: 'close',
        note: 'none',
      })
    ).code,
    'EXCEPTION_NOT_FOUND',
  );
  assert.equal(
    (await finance.call(at, { decision: 'match', note: 'the voucher fits', paymentId })).status,
    200,
  );
  assert.equal((await finance.call(at, { decision: 'close', note: 'again' })).code, 'EXCEPTION_DECIDED');
  const decided = mine(await finance.call('GET /operator/payment-exceptions?decided=true'));
  assert.deepEqual(
    [decided?.decided?.decision, decided?.decided?.by, decided?.decided?.note],
    ['match', encodeId('user', finance.userId), 'the voucher fits'],
  );
  const [row] = await rows(`select id from payments.payments where request_key = 'exc'`);
  await credited(String(row?.['id']));
});

test('a notice comes over the same door without a session: an unknown channel, a huge body and a GET change nothing', async () => {
  const before = await rows('select count(*) from payments.trades');
  const post = (path: string, body: string, method = 'POST') =>
    fetch(`${server.address}${path}`, { method, ...(method === 'POST' ? { body } : {}) });
  assert.equal((await post('/notices/nobody', 'x')).status, 404);
  assert.equal((await post('/notices/sandbox', 'x'.repeat(70_000))).status, 413);
  assert.equal((await post('/notices/sandbox?a=1&a=2', '', 'GET')).status, 401);
  assert.equal((await post('/notices/sandbox', '{}')).status, 401);
  assert.deepEqual(await rows('select count(*) from payments.trades'), before);
});
