import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testPayments } from '../../test/payments.ts';
import { until } from '../../test/sandbox.ts';
import { must } from '../kit/assert.ts';
import { newId } from '../kit/ids.ts';
import { fen } from '../kit/money.ts';
import { sha256 } from '../kit/secret.ts';
import { beijingDay, plus } from '../kit/time.ts';
import { reader, transaction } from '../kit/tx.ts';
import { createPayments, lockPayments, startPayments, unappliedOf } from './actions.ts';
import { reconcileBill } from './bill.actions.ts';
import { matchVoucher } from './check.actions.ts';
import { decideException } from './decision.actions.ts';
import { onPaymentNews } from './jobs.ts';
import { receive, type Incoming } from './notice.actions.ts';
import { refundUnappliedMoney, sendRefunds } from './refund.actions.ts';
import { paymentNumber } from './rules.ts';
import { paymentSeenBy } from './views.ts';

const {
  db,
  clock,
  rows,
  told,
  driver,
  noticeUrl,
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

test('a refund whose answer is lost is asked about and sent again with the same number until it is done once', async () => {
  const { id, userId, number } = await begin();
  await driver('faults', { on: 'refund', how: 'done_then_error' });
  await payer(number, 'twice');
  await until(
    async () => (await refundsOf(id))[0]?.state === 'unknown' && (await atSandbox(id)).refunds.length === 1,
    'sent, answer lost',
  );
  assert.equal(await balance(userId), 1000n);
  clock.forward({ seconds: 70 });
  await until(
    async () => (await sendRefunds(db, 100), (await refundsOf(id))[0]?.state === 'done'),
    'its end is known',
  );
  assert.equal((await atSandbox(id)).refunds.length, 1);
  await nothingLeft(id);
});

test('a refund that never reached the channel is sent again, and one that is processing is waited for', async () => {
  const lost = await begin();
  await driver('faults', { on: 'refund', how: 'error' });
  await payer(lost.number, 'twice');
  await until(async () => (await refundsOf(lost.id))[0]?.state === 'unknown', 'the channel failed');
  clock.forward({ seconds: 70 });
  await until(
    async () => (await sendRefunds(db, 100), (await refundsOf(lost.id))[0]?.state === 'done'),
    'sent again',
  );
  assert.equal((await atSandbox(lost.id)).refunds.length, 1);
  const slow = await begin();
  await driver('faults', { on: 'refund', how: 'processing' });
  await payer(slow.number, 'twice');
  await until(
    async () => (await atSandbox(slow.id)).refunds[0]?.state === 'processing',
    'the channel took it',
  );
  await until(async () => (await atSandbox(slow.id)).refunds[0]?.state === 'done', 'it arrived');
  clock.forward({ seconds: 70 });
  await until(
    async () => (await sendRefunds(db, 100), (await refundsOf(slow.id))[0]?.state === 'done'),
    'we heard of it',
  );
  assert.equal((await atSandbox(slow.id)).refunds.length, 1);
});

const exceptionOf = async (kind: string, ref: string) =>
  String(
    (
      await rows('select id from payments.exceptions where kind = $1 and ref like $2', [kind, `%${ref}%`])
    )[0]?.['id'],
  );

test('a refund that the channel refuses waits for a person: a new number, or the wallet of the payer', async () => {
  const by = newUser();
  const refusedRefund = async () => {
    const begun = await begin();
    await driver('faults', { on: 'refund', how: 'refuse' });
    await payer(begun.number, 'twice');
    await until(async () => (await refundsOf(begun.id))[0]?.state === 'refused', 'refused');
    const [row] = await rows(
      `select id from payments.exceptions where kind = 'refund_refused' and payment_id = $1`,
      [begun.id],
    );
    return { ...begun, exceptionId: String(row?.['id']) };
  };
  const again = await refusedRefund();
  assert.deepEqual(
    await decideException(db, {
      exceptionId: again.exceptionId,
      decision: 'match',
      note: 'no',
      by,
      paymentId: again.id,
    }),
    { ok: false, refusal: 'DECISION_NOT_OPEN' },
  );
  const both = await Promise.all(
    [1, 2].map(() =>
      decideException(db, {
        exceptionId: again.exceptionId,
        decision: 'retry',
        note: 'account works again',
        by,
      }),
    ),
  );
  assert.deepEqual(both.map((answer) => (answer.ok ? 'done' : answer.refusal)).sort(), [
    'EXCEPTION_DECIDED',
    'done',
  ]);
  clock.forward({ seconds: 70 });
  await until(
    async () => (await sendRefunds(db, 100), (await refundsOf(again.id))[0]?.state === 'done'),
    'the new number worked',
  );
  const wallet = await refusedRefund();
  assert.ok(
    (
      await decideException(db, {
        exceptionId: wallet.exceptionId,
        decision: 'wallet',
        note: 'card was closed',
        by,
      })
    ).ok,
  );
  assert.equal(await balance(wallet.userId), 2000n);
  assert.equal((await refundsOf(wallet.id))[0]?.state, 'credited');
  await nothingLeft(wallet.id);
});

test('F004 money that names no payment of ours is queued, claimed by its voucher, and matched or returned by a person', async () => {
  const by = newUser();
  const mine = await begin();
  const first: { tradeNo: string } = await driver('orphans', {
    number: 'KM1',
    amount: 1000,
    notify_url: noticeUrl,
  });
  const second: { tradeNo: string } = await driver('orphans', {
    number: 'KM2',
    amount: 700,
    notify_url: noticeUrl,
  });
  for (const trade of [first, second])
    await until(async () => (await exceptionOf('orphan', trade.tradeNo)) !== 'undefined', 'queued');
  const viewer = viewerOf(mine.userId);
  assert.deepEqual(
    await matchVoucher(db, { viewer, channel: 'sandbox', tradeNo: first.tradeNo, paymentId: mine.id }),
    { ok: true, value: { found: 'queued', paymentId: null } },
  );
  assert.ok(
    (
      await decideException(db, {
        exceptionId: await exceptionOf('orphan', first.tradeNo),
        decision: 'match',
        note: 'voucher fits',
        by,
        paymentId: mine.id,
      })
    ).ok,
  );
  await credited(mine.id);
  assert.equal(await balance(mine.userId), 1000n);
  assert.deepEqual(
    await matchVoucher(db, { viewer, channel: 'sandbox', tradeNo: first.tradeNo, paymentId: undefined }),
    { ok: true, value: { found: 'yours', paymentId: mine.id } },
  );
  const stranger = await matchVoucher(db, {
    viewer: viewerOf(newUser()),
    channel: 'sandbox',
    tradeNo: first.tradeNo,
    paymentId: undefined,
  });
  assert.equal(stranger.ok ? '' : stranger.refusal, 'TRADE_NOT_FOUND');
  assert.ok(
    (
      await decideException(db, {
        exceptionId: await exceptionOf('orphan', second.tradeNo),
        decision: 'refund',
        note: 'nobody claims it',
        by,
      })
    ).ok,
  );
  const [state] = await rows('select state from payments.refunds where trade_no = $1', [second.tradeNo]);
  assert.equal(state?.['state'], 'done');
});

test('F004 a voucher of a payment that we never heard was paid repairs it', async () => {
  const { id, userId, number } = await begin();
  await payer(number, 'silent');
  const [trade] = (await atSandbox(id)).trades;
  const answer = await matchVoucher(db, {
    viewer: viewerOf(userId),
    channel: 'sandbox',
    tradeNo: must(trade, 'paid').tradeNo,
    paymentId: id,
  });
  assert.deepEqual(answer, { ok: true, value: { found: 'yours', paymentId: id } });
  assert.equal(await balance(userId), 1000n);
});

test('F173 the daily bill finds what is in one book only, and the money that we missed finds its payment', async () => {
  const { id, userId, number } = await begin();
  await payer(number, 'silent');
  const other = await begin();
  const ghost = {
    channel: 'sandbox',
    tradeNo: `GHOST${id}`,
    number: other.number,
    paymentId: other.id,
    amount: fen(1),
    channelAt: clock.now(),
    source: 'notice',
    proof: sha256('x'),
  } as const;
  await receive(db, [{ kind: 'trade', headers: {}, news: ghost }]);
  const day = beijingDay(clock.now());
  const [trade] = (await atSandbox(id)).trades;
  const result = must(await reconcileBill(db, { channel: 'sandbox', day }), 'a bill');
  assert.ok(result.differences >= 1);
  assert.notEqual(await exceptionOf('bill_missing_here', must(trade, 'paid').tradeNo), 'undefined');
  assert.equal(await balance(userId), 1000n);
  const ghosts = await rows(`select ref from payments.exceptions where kind = 'bill_missing_there'`);
  assert.ok(
    ghosts.some((row) => String(row['ref']).startsWith('GHOST')),
    'the ghost notice of above stands in no bill',
  );
  await driver('faults', { on: 'bill', how: 'error' });
  assert.equal(await reconcileBill(db, { channel: 'sandbox', day }), undefined);
});

test('a process that died between recording and applying is made good by the news in the outbox', async () => {
  const { id, userId, number } = await begin();
  await driver('faults', { on: 'query', how: 'error' });
  await payer(number, 'pay');
  await until(async () => (await one(id)).state === 'paid', 'recorded');
  assert.equal(await balance(userId), 0n, 'the channel did not answer, so nothing was credited yet');
  const [news] = await rows(
    `select body from kit.outbox where event = 'payment.received' and body->'about' ? $1`,
    [id],
  );
  await onPaymentNews(db, { body: must(news, 'the news waits')['body'] as never });
  await onPaymentNews(db, { body: must(news, 'the news waits')['body'] as never });
  assert.equal(await balance(userId), 1000n);
});

test('money for a checkout is told to the checkout and stays unapplied until it decides; what it sends back goes to its trade', async () => {
  const id = newId(clock.now());
  const buyerId = newUser();
  await transaction(db, (tx) =>
    createPayments(tx, [
      {
        id,
        purpose: 'checkout',
        buyerId,
        checkoutKey: 'c',
        channel: 'sandbox',
        amount: fen(1900),
        expiresAt: plus(tx.business, { minutes: 15 }),
      },
    ]),
  );
  await startPayments(db, [id]);
  await payer(paymentNumber(id), 'pay');
  await until(async () => told.includes(id), 'the checkout was told');
  const parts = await transaction(db, async (tx) => {
    await lockPayments(tx, [id]);
    assert.deepEqual(await unappliedOf(tx, [id]), [1900n]);
    return refundUnappliedMoney(tx, [
      { paymentId: id, amount: fen(500), reason: 'late' },
      { paymentId: id, amount: fen(1400), reason: 'late' },
    ]);
  });
  assert.deepEqual(
    parts.map((list) => list.map((part) => part.amount)),
    [[500n], [1400n]],
  );
  await sendRefunds(db, 100);
  assert.deepEqual((await atSandbox(id)).refunds.map((refund) => refund.amount).sort(), [1400, 500]);
  await nothingLeft(id);
});

test('a batch of many kinds: each gets its own answer, and a doubled trade within the batch is one', async () => {
  const many = await Promise.all(Array.from({ length: 30 }, () => begin(500)));
  const incoming = many.flatMap(({ id, number }, index): Incoming[] => {
    const news = {
      channel: 'sandbox',
      tradeNo: `BATCH${id}`,
      number,
      paymentId: id,
      amount: fen(500),
      channelAt: clock.now(),
      source: 'notice',
      proof: sha256(id),
    } as const;
    return index % 3 === 0
      ? [
          { kind: 'trade', news, headers: {} },
          { kind: 'trade', news, headers: {} },
        ]
      : [{ kind: 'trade', news, headers: {} }];
  });
  const answers = await receive(db, incoming);
  assert.equal(answers.filter((answer) => answer.decision === 'recorded').length, 30);
  assert.equal(answers.filter((answer) => answer.decision === 'doubled').length, 10);
  const [sum] = await rows(
    `select count(*) as count, sum(amount_fen) as sum from ledger.transfers where kind = 'channel.received' and about = any($1::uuid[])`,
    [many.map((m) => m.id)],
  );
  assert.deepEqual([Number(sum?.['count']), Number(sum?.['sum'])], [30, 15_000]);
});

test('a payment of somebody else is not there', async () => {
  const { id } = await begin();
  assert.deepEqual(await paymentSeenBy(await reader(db), { viewerIds: [newUser()], id }), []);
});

test('at the end no money of top-ups lies in between, but what waits for a person', async () => {
  const left = await rows(`
    with moved as (select credit_id as id, amount_fen as fen from ledger.transfers where credit_kind = 'refund'
                   union all select debit_id, -amount_fen from ledger.transfers where debit_kind = 'refund')
    select r.state, count(*) from payments.refunds r join (select id, sum(fen) as left from moved group by id) m on m.id = r.id::text where (m.left > 0) <> (r.state in ('requested', 'unknown', 'refused')) group by 1`);
  assert.deepEqual(left, []);
});
