import { deepEqual, equal, ok } from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { prove } from '../../../bin/prove.ts';
import { buyerOf, caseShop, clockwork, ownerOf, staffer } from '../../../test/cases.ts';
import { callerAs } from '../../../test/caller.ts';
import { testDatabase } from '../../../test/database.ts';
import { testSandbox, until, type SandboxPayment } from '../../../test/sandbox.ts';
import { buyers, stock, wishFor } from '../../../test/world.ts';
import { applyPayments } from '../../checkout/jobs.ts';
import { purchaseLane } from '../../checkout/lanes.actions.ts';
import { must } from '../../kit/assert.ts';
import { setFaultPoint } from '../../kit/fault.ts';
import { encodeId } from '../../kit/public-id.ts';
import { systemClock } from '../../kit/time.ts';
import { transaction } from '../../kit/tx.ts';
import { startPayments } from '../../payments/actions.ts';
import { sendAnswers } from '../../payments/complaint/actions.ts';
import { paymentNumber } from '../../payments/rules.ts';
import { sendRefunds } from '../../payments/refund.actions.ts';
import { deskRoutes } from '../desk.http.ts';
import { caseRoutes } from '../http.ts';
import { followComplaint } from './complaint.actions.ts';
import { complaintRoutes } from './complaint.http.ts';
import { outsideRoutes } from './outside.http.ts';

// The real sandbox institution: payers complain there, it sends signed notices, and takes our answers.
const database = await testDatabase({ at: systemClock.now() });
const { db, clock, asOwner, ownerUrl } = database;
const { driver, noticeUrl } = await testSandbox(db, (ids) => applyPayments(db, ids));
beforeEach(() => clock.set(systemClock.now()));
const work = clockwork(db);
const callAs = callerAs(db, clock, {
  cases: caseRoutes,
  desk: deskRoutes,
  outside: { ...complaintRoutes, ...outsideRoutes },
});
const shopOf = (one: Paid, key: string | null = null) => callAs(ownerOf(one.shelf), key);
const shopIn = (one: Paid) => ({ shopId: encodeId('shop', one.shelf.shopId) });
const support = callAs(await staffer(db, 'support'));

/** Somebody buys through the channel; the key is there. Each in a shop of its own, since one with many cases is paused. */
async function paid() {
  const shelf = await caseShop(db);
  const { variantId } = must(shelf.listings[0], 'a listing');
  await stock(db, shelf, variantId, 2);
  const [buyerId = ''] = await buyers(db, 1, 0n);
  const answer = await purchaseLane(db).submit(await wishFor(db, { buyerId, variantId, paidBy: 'channel' }));
  ok(answer.ok, answer.ok ? '' : answer.refusal);
  const paymentId = must(answer.value.paymentId, 'a payment');
  const { orderId } = must(answer.value.orders[0], 'an order');
  await startPayments(db, [paymentId]);
  await driver(`payments/${paymentNumber(paymentId)}`, { mood: 'pay' });
  await until(async () => (await stateOf(orderId)) === 'delivered', 'the order is delivered');
  const bank = () => driver<SandboxPayment>(`payments/${paymentNumber(paymentId)}`);
  const trade = must((await bank()).trades[0], 'a trade').tradeNo;
  return { shelf, buyerId, orderId, paymentId, trade, bank };
}
type Paid = Awaited<ReturnType<typeof paid>>;

const stateOf = async (orderId: string) =>
  (await asOwner('select state from orders.orders where id = $1', [orderId]))[0]?.['state'];
const caseState = async (caseId: unknown) =>
  (await asOwner('select state from aftersales.cases where id = $1', [caseId]))[0]?.['state'];
const rowOf = async (number: string) =>
  (await asOwner('select * from payments.complaints where number = $1', [number]))[0];
const linkOf = async (number: string) =>
  (await asOwner('select * from aftersales.complaint_links where number = $1', [number]))[0];
const noticesOf = (number: string) =>
  asOwner('select decision from payments.complaint_notices where number = $1 order by id', [number]);
const holdsOf = async (orderId: string) =>
  (await asOwner('select reason from orders.holds where order_id = $1 order by 1', [orderId])).map(
    (row) => row['reason'],
  );

async function complain(one: Paid, text = '卡密激活不了，商家不理人'): Promise<string> {
  const { number } = await driver<{ number: string }>('complaints', { trade_no: one.trade, text });
  await until(async () => rowOf(number), 'the notice came');
  await work.news();
  return number;
}
const does = <T = unknown>(number: string, act: string, parts: object = {}): Promise<T> =>
  driver<T>(`complaints/${number}`, { act, ...parts });
const told = (number: string, version: number) =>
  until(async () => (await rowOf(number))?.['version'] === version, `version ${version} of ${number}`);
const claim = (one: Paid) => ({
  orderId: encodeId('order', one.orderId),
  line: 1,
  places: [1],
  reason: 'WRONG_SPEC',
  occurredAt: new Date(clock.now()).toISOString(),
  symptom: '买的是 100 元，发来 50 元',
  triedSteps: '问过商家',
  remedy: 'refund',
});
const buyer = (one: Paid) => buyerOf(one.buyerId);

test('F126 a complaint at the channel finds its order, opens a case, holds the money, and shows the channel’s clock beside ours', async () => {
  const one = await paid();
  const number = await complain(one);
  const link = await linkOf(number);
  deepEqual([link?.['order_id'], link?.['how']], [one.orderId, 'opened']);
  deepEqual(await holdsOf(one.orderId), ['case', 'channel_complaint']);
  const { complaints } = await shopOf(one).outside.shopComplaints(shopIn(one));
  const seen = complaints.find((each: { number: string }) => each.number === number);
  equal(Math.round((Date.parse(seen.answerBy) - clock.now()) / 3_600_000), 24);
  equal(Math.round((Date.parse(seen.settleBy) - clock.now()) / 3_600_000), 48);
  deepEqual([seen.ourClock.state, seen.ourClock.turn], ['negotiation', 'merchant']);
  ok(Date.parse(seen.ourClock.dueAt) > clock.now());
  // The order's evidence holds it, and the buyer sees both.
  const ways = await callAs(buyer(one)).outside.outside({ orderId: encodeId('order', one.orderId) });
  deepEqual([ways.complaints[0].number, ways.caseId !== null], [number, true]);
  const kinds = await asOwner('select kind from evidence.events where about = $1', [one.orderId]);
  ok(kinds.some((row) => row['kind'] === 'complaint.taken'));
});

test('F126 a complaint joins the case that is open already', async () => {
  const one = await paid();
  const { caseId } = await callAs(buyer(one), 'k-join').cases.file(claim(one));
  const link = await linkOf(await complain(one));
  deepEqual([encodeId('case', String(link?.['case_id'])), link?.['how']], [caseId, 'joined']);
  equal((await asOwner('select 1 from aftersales.cases where order_id = $1', [one.orderId])).length, 1);
});

test('F126 forged, replayed, stale and doubled notices change nothing', async () => {
  const one = await paid();
  const number = await complain(one);
  const before = await rowOf(number);
  deepEqual(await does(number, 'forge'), { status: 401 });
  deepEqual(await does(number, 'stale'), { status: 401 });
  deepEqual(await does(number, 'replay'), { status: 200 });
  await does(number, 'repeat');
  await until(async () => (await noticesOf(number)).length >= 3, 'the doubled ones came');
  await work.news();
  deepEqual(await rowOf(number), before);
  deepEqual(
    (await noticesOf(number)).map((row) => row['decision']).sort(),
    ['doubled', 'doubled', 'taken'],
    'a replayed sending is not even a second record',
  );
  const refused = await asOwner(
    'select decision from payments.complaint_notices where not verified order by decision',
  );
  deepEqual(
    refused.map((row) => row['decision']),
    ['refused: forged', 'refused: stale'],
  );
  equal((await asOwner('select 1 from aftersales.complaint_links where number = $1', [number])).length, 1);
  const other = await fetch(noticeUrl.replace('sandbox', 'nobody') + '/complaints', {
    method: 'POST',
    body: '{}',
  });
  equal(other.status, 404);
});

test('F126 story 14: the channel refunds what a case is about: the case ends, escrow is paid out once, and nobody can pay it again', async () => {
  const one = await paid();
  const { caseId } = await callAs(buyer(one), 'k-14').cases.file(claim(one));
  const number = await complain(one);
  await does(number, 'refund');
  await told(number, 2);
  await work.news();
  equal(await caseState((await linkOf(number))?.['case_id']), 'executed');
  equal(await stateOf(one.orderId), 'refunded');
  await shopOf(one, 'k-agree')
    .cases.agree({ caseId })
    .then(
      () => ok(false, 'nothing is left to agree to'),
      (problem: { code: string }) => equal(problem.code, 'NOT_YOUR_TURN'),
    );
  // The same money does not come twice: neither by the repeated notice, nor by the worker, nor from our side to the channel.
  await does(number, 'repeat');
  await until(async () => (await noticesOf(number)).length >= 3, 'the repeated ones came');
  await work.news();
  await sendRefunds(db);
  deepEqual(
    (await one.bank()).refunds.map((refund) => [refund.amount, refund.state]),
    [[9750, 'done']],
  );
  const moved = await asOwner(
    `select sum(amount_fen)::int as sum from ledger.transfers where debit_kind = 'escrow' and debit_id = $1`,
    [`${one.orderId}.1`],
  );
  equal(moved[0]?.['sum'], 9750);
});

test('F126 story 14 the other way round: the case refunds first, then the channel wants to: it finds nothing of ours, and the payer has it once', async () => {
  const one = await paid();
  const { caseId } = await callAs(buyer(one), 'k-14b').cases.file(claim(one));
  const number = await complain(one);
  await shopOf(one, 'k-agree2').cases.agree({ caseId });
  await until(
    async () => (await sendRefunds(db), (await one.bank()).refunds[0]?.state === 'done'),
    'it went back',
  );
  deepEqual(await does(number, 'refund'), { refused: 'nothing is left of this trade' });
  // A channel that says so all the same: its notice is noted with nothing of our escrow, and no transfer is made.
  equal((await one.bank()).refunds.length, 1);
  const sum = await asOwner(
    `select coalesce(sum(amount_fen), 0)::int as sum, count(*)::int as n from ledger.transfers where debit_kind = 'escrow' and debit_id = $1`,
    [`${one.orderId}.1`],
  );
  deepEqual([sum[0]?.['sum'], sum[0]?.['n']], [9750, 1]);
});

test('F126 answers go to the channel until their end is known: unknown is asked again with the same number, refused is shown', async () => {
  const one = await paid();
  const number = await complain(one);
  const name = { ...shopIn(one), channel: 'sandbox', number };
  const shop = shopOf(one);
  await driver('faults', { on: 'complaint', how: 'done_then_error' });
  await shop.outside.answerAsShop({ ...name, kind: 'reply', text: '正在核实，今天给你换新的' });
  await sendAnswers(db);
  const answers = () =>
    asOwner(
      'select state, tries, failure from payments.complaint_answers where number = $1 order by kind desc, id',
      [number],
    );
  deepEqual((await answers())[0], { state: 'waiting', tries: 1, failure: 'status 502' });
  await asOwner('update payments.complaint_answers set due_at = at where number = $1', [number]);
  await sendAnswers(db);
  deepEqual((await answers())[0], { state: 'done', tries: 2, failure: null });
  const [there] = (await driver<{ number: string; replies: unknown[] }[]>('complaints')).filter(
    (each) => each.number === number,
  );
  equal(there?.replies.length, 1, 'the channel did it once');
  equal((await rowOf(number))?.['state'], 'processing');
  // Settled is said only when it is.
  const early = await shop.outside
    .answerAsShop({ ...name, kind: 'complete' })
    .catch((problem: { code: string }) => problem.code);
  equal(early, 'NOT_SETTLED_YET');
  await does(number, 'confirm');
  await until(async () => (await rowOf(number))?.['user_confirmed'] === true, 'the payer confirmed');
  await driver('faults', { on: 'complaint', how: 'refuse' });
  await shop.outside.answerAsShop({ ...name, kind: 'complete' });
  await sendAnswers(db);
  deepEqual((await answers())[1], {
    state: 'refused',
    tries: 1,
    failure: 'REFUSED: the sandbox was told to refuse',
  });
  await shop.outside.answerAsShop({ ...name, kind: 'complete' });
  await sendAnswers(db);
  await work.news();
  equal((await rowOf(number))?.['state'], 'processed');
  deepEqual(await holdsOf(one.orderId), ['case'], 'the channel holds nothing any more; our case goes on');
  const over = await shop.outside
    .answerAsShop({ ...name, kind: 'reply', text: '还有' })
    .catch((problem: { code: string }) => problem.code);
  equal(over, 'COMPLAINT_OVER');
});

test('F126 the shop and the support are reminded at half and at four fifths of the channel’s clocks; other shops see nothing', async () => {
  const one = await paid();
  const number = await complain(one);
  const told = async () =>
    Number(
      (
        await asOwner(
          `select count(*)::int as n from notifications.messages where kind = 'shop.complaint' and data->>'number' = $1`,
          [number],
        )
      )[0]?.['n'],
    );
  const first = await told();
  equal(first, 1);
  for (const [hours, count] of [
    [12.1, 2],
    [19.3, 3],
    [24.1, 5],
    [49, 6],
  ] as const) {
    clock.set(systemClock.now());
    clock.forward({ hours });
    await work.due();
    await work.news();
    ok((await told()) >= Math.min(count, 3), `after ${hours} hours`);
  }
  const strange = await caseShop(db);
  const none = await callAs(ownerOf(strange)).outside.shopComplaints({
    shopId: encodeId('shop', strange.shopId),
  });
  deepEqual(none.complaints, []);
  const refused = await callAs(ownerOf(strange))
    .outside.answerAsShop({
      shopId: encodeId('shop', strange.shopId),
      channel: 'sandbox',
      number,
      kind: 'reply',
      text: '你好',
    })
    .catch((problem: { code: string }) => problem.code);
  equal(refused, 'COMPLAINT_NOT_FOUND');
});

test('a crash after any write point of a complaint leaves all of it or nothing, and the next attempt does it once', async () => {
  const one = await paid();
  const number = await complain(one);
  for (const point of ['complaints.notice.after-notice', 'complaints.notice.after-write'] as const) {
    const version = Number((await rowOf(number))?.['version']);
    setFaultPoint(point, 1, () => {
      throw new Error('the power went');
    });
    await does(number, 'say', { text: '还没解决' });
    await told(number, version + 1);
  }
  await shopOf(one).outside.answerAsShop({
    ...shopIn(one),
    channel: 'sandbox',
    number,
    kind: 'reply',
    text: '在处理',
  });
  for (const point of ['complaints.answer.after-take', 'complaints.answer.after-send'] as const) {
    setFaultPoint(point, 1, () => {
      throw new Error('the power went');
    });
    await sendAnswers(db).then(
      () => ok(false),
      () => ok(true),
    );
    await asOwner('update payments.complaint_answers set due_at = at where number = $1', [number]);
  }
  await sendAnswers(db);
  const [there] = (await driver<{ number: string; replies: unknown[] }[]>('complaints')).filter(
    (each) => each.number === number,
  );
  equal(there?.replies.length, 1);
});

test('a crash while a complaint finds its order leaves no case and no hold; the next attempt makes one of each', async () => {
  const one = await paid();
  const { number } = await driver<{ number: string }>('complaints', { trade_no: one.trade, text: '打不开' });
  await until(async () => rowOf(number), 'the notice came');
  setFaultPoint('complaints.link.after-link', 1, () => {
    throw new Error('the power went');
  });
  const follow = () => transaction(db, (tx) => followComplaint(tx, { channel: 'sandbox', number }));
  await follow().then(
    () => ok(false),
    () => ok(true),
  );
  deepEqual([await linkOf(number), await holdsOf(one.orderId)], [undefined, []]);
  await follow();
  await follow();
  await work.news();
  equal((await asOwner('select 1 from aftersales.cases where order_id = $1', [one.orderId])).length, 1);
  deepEqual(await holdsOf(one.orderId), ['case', 'channel_complaint']);
});

test('the staff sees every complaint, and what prove asks holds', async () => {
  const { complaints, odd } = await support.outside.complaints({});
  ok(complaints.length >= 7 && odd.length === 2);
  deepEqual((await prove({ url: ownerUrl, keys: db.keys })).offences, []);
});
