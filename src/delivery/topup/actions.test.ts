import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { testTopups } from '../../../test/topups.ts';
import { encodeId } from '../../kit/public-id.ts';
import { transaction } from '../../kit/tx.ts';
import { askNow, resupply } from '../../supply/actions.ts';
import { noticePath } from '../../supply/setup.actions.ts';
import { failLines } from '../line.actions.ts';
import { remindOfClocks } from '../../orders/reminders.jobs.ts';
import { followTopups } from './actions.ts';
import { beginPaidTopups } from './jobs.ts';
import { changeTarget, chooseTopup, sayWrong, stopForShop } from './choice.actions.ts';

// The real simulator, a process of its own; the database is real too.
const w = await testTopups();
const { db, shopId } = w;
const own = (p: { orderId: string; buyerId: string }) => ({
  orderId: p.orderId,
  buyerIds: [p.buyerId],
  userId: p.buyerId,
});
const price = 4990n;
const start = 100_000n;

test('F028 a paid order is filled by itself, with the arrival proof in evidence', async () => {
  const one = await w.buy();
  await w.reach(one.orderId, 'success');
  deepEqual(
    (await w.credits(one.mobile)).map((credit) => [credit.charged, credit.times]),
    [[5000, 1]],
  );
  equal((await w.order(one.orderId))['state'], 'delivered');
  equal(await w.wallet(one.buyerId), start - price);
  deepEqual(await w.kinds(one.orderId), ['order.placed', 'delivery.started', 'delivery.delivered']);
  const [attempt] = await w.attempts(one.orderId);
  equal(attempt?.['state'], 'success');
  ok(attempt['supplier_no'] && attempt['voucher']);
  const [request] = await w.asOwner('select * from supply.requests where order_id = $1', [one.orderId]);
  equal(request?.['target_sealed'], null, 'the account is forgotten when it is filled');
  equal(request?.['masked'], `${one.mobile.slice(0, 3)}****${one.mobile.slice(-4)}`);
});

test('F028 the paid event ten times over is one request to the supplier', async () => {
  const one = await w.buy();
  const news = {
    id: one.orderId,
    event: 'delivery.due',
    body: { about: [one.orderId], shops: [shopId], data: null },
  };
  for (let i = 0; i < 10; i++) await beginPaidTopups(db, [news]);
  await w.reach(one.orderId, 'success');
  const { orders } = await w.book();
  equal(orders.filter((row) => row.mobile === one.mobile).length, 1);
});

test('no account stands readable in the database', async () => {
  const one = await w.buy('stuck', '17012345678');
  await w.reach(one.orderId, 'submitted');
  const found = await w.asOwner(
    `select 1 from supply.requests r, orders.answers a where r.order_id = $1 and a.order_id = $1
        and (position('17012345678'::bytea in r.target_sealed) > 0 or position('17012345678'::bytea in a.sealed) > 0)`,
    [one.orderId],
  );
  deepEqual(found, []);
});

test('F031 a timeout is unknown: the same number is asked about, and found to have arrived', async () => {
  const one = await w.buy('timeout_then_success');
  await w.reach(one.orderId, 'success');
  const [attempt, ...more] = await w.attempts(one.orderId);
  equal(more.length, 0);
  equal(attempt?.['sends'], 1);
  deepEqual(
    (await w.credits(one.mobile)).map((credit) => credit.times),
    [1],
  );
});

test('F031 what never reached the supplier is sent again with the same number, and filled once', async () => {
  const one = await w.buy('timeout_not_done');
  await w.reach(one.orderId, 'unknown');
  equal((await w.order(one.orderId))['state'], 'delivering', 'nothing is refunded while nobody knows');
  await w.mood('ok', one.mobile);
  w.forward({ seconds: 30 });
  await w.reach(one.orderId, 'success');
  const all = await w.attempts(one.orderId);
  equal(all.length, 1);
  ok(Number(all[0]?.['sends']) >= 2);
  deepEqual(
    (await w.credits(one.mobile)).map((credit) => credit.times),
    [1],
  );
});

test('a part that arrived is paid, and the rest goes back to the fen', async () => {
  const one = await w.buy('partial');
  await w.reach(one.orderId, 'partial');
  // 30 of 50 yuan arrived: 49.90 × 30 / 50 = 29.94 stay, 19.96 go back.
  equal(await w.wallet(one.buyerId), start - price + 1996n);
  const order = await w.order(one.orderId);
  deepEqual([order['state'], order['refunded_fen']], ['delivered', '1996']);
  equal((await w.topup(one.orderId))['arrived_fen'], '3000');
});

test('a final failure gives everything back, and nothing was filled', async () => {
  const one = await w.buy('fail');
  await w.reach(one.orderId, 'failed');
  equal(await w.wallet(one.buyerId), start);
  equal((await w.order(one.orderId))['state'], 'refunded');
  deepEqual(await w.credits(one.mobile), []);
});

test('what arrives after a failure is late: the buyer keeps the money, and the shop is told', async () => {
  const one = await w.buy('fail_then_success');
  await w.reach(one.orderId, 'failed');
  await w.until(async () => (await w.credits(one.mobile)).length === 1, 'it arrived all the same');
  const [attempt] = await w.attempts(one.orderId);
  ok((await askNow(db, { shopId, attemptId: String(attempt?.['id']) })).ok);
  await w.reach(one.orderId, 'late');
  equal(await w.wallet(one.buyerId), start);
  ok((await w.kinds(one.orderId)).includes('delivery.late_arrival'));
  const told = await w.asOwner(`select 1 from notifications.messages where kind = 'shop.topup_late'`);
  equal(told.length, 1);
});

test('the next supplier is asked only after a final word of the first', async () => {
  await w.routes([w.route(w.first, 'S100'), w.route(w.second)]);
  // The first asks for another face value than its product has, and says so: a refusal is final.
  const one = await w.buy();
  await w.reach(one.orderId, 'success');
  deepEqual(
    (await w.attempts(one.orderId)).map((row) => [row['state'], row['supplier_id'] === w.second]),
    [
      ['refused', false],
      ['success', true],
    ],
  );
  const numbers = new Set((await w.attempts(one.orderId)).map((row) => row['number']));
  equal(numbers.size, 2);
  const two = await w.buy('timeout_not_done');
  await w.reach(two.orderId, 'unknown');
  w.forward({ seconds: 20 });
  for (let i = 0; i < 10; i++) await w.turn();
  equal((await w.attempts(two.orderId)).length, 1, 'unknown is no reason to ask somebody else');
  await w.routes([w.route(w.first)]);
});

test('a shop that is refused everywhere hears of it; 补单 begins a new attempt when it was put right', async () => {
  const one = await w.buy('no_balance');
  await w.reach(one.orderId, 'held');
  equal((await w.order(one.orderId))['state'], 'delivering');
  const told = await w.asOwner(`select 1 from notifications.messages where kind = 'shop.topup_held'`);
  ok(told.length > 0);
  const [attempt] = await w.attempts(one.orderId);
  await w.mood('ok', one.mobile);
  deepEqual(await resupply(db, { shopId, attemptId: String(attempt?.['id']) }), {
    ok: true,
    value: { again: 'new' },
  });
  await w.reach(one.orderId, 'success');
  equal((await w.attempts(one.orderId)).length, 2);
});

test('while it is held nothing was filled, so the buyer may change the account or take the money back at once', async () => {
  await w.routes([w.route(w.first, 'H50', 4000n)]);
  await w.asOwner(
    `insert into supply.products values ($1, $2, 'H50', '50', 'virtual', 4910, true, $3) on conflict do nothing`,
    [shopId, w.first, new Date(w.clock.now())],
  );
  const one = await w.buy();
  await w.reach(one.orderId, 'held');
  const wrong = await transaction(db, (tx) =>
    changeTarget(tx, { ...own(one), target: '17100000000', again: '17100000001' }),
  );
  deepEqual(wrong, { ok: false, refusal: 'TARGETS_DIFFER' });
  const changed = await transaction(db, (tx) =>
    changeTarget(tx, { ...own(one), target: '17100000009', again: '17100000009' }),
  );
  deepEqual(changed, { ok: true, value: { masked: '171****0009' } });
  const back = await transaction(db, (tx) => chooseTopup(tx, { ...own(one), choice: 'refund' }));
  ok(back.ok && back.value.refunded === price);
  equal(await w.wallet(one.buyerId), start);
  equal((await w.attempts(one.orderId)).length, 0, 'what is dearer than its limit is never sent');
  await w.routes([w.route(w.first)]);
});

test('what nobody could take begins by itself when the shop sets a route', async () => {
  await w.routes([]);
  const one = await w.buy();
  await w.reach(one.orderId, 'held');
  equal((await w.attempts(one.orderId)).length, 0);
  await w.routes([w.route(w.first)]);
  await w.reach(one.orderId, 'success');
  deepEqual(
    (await w.credits(one.mobile)).map((credit) => credit.times),
    [1],
  );
});

test('pitfall 17 the account never changes once it was sent', async () => {
  const one = await w.buy('stuck');
  await w.reach(one.orderId, 'submitted');
  deepEqual(
    await transaction(db, (tx) =>
      changeTarget(tx, { ...own(one), target: '17100000009', again: '17100000009' }),
    ),
    { ok: false, refusal: 'TARGET_FIXED' },
  );
});

test('F029 at the promise the buyer chooses: not before, then wait two hours more, then the money', async () => {
  const one = await w.buy('stuck');
  await w.reach(one.orderId, 'submitted');
  const choose = (choice: 'wait' | 'again' | 'refund') =>
    transaction(db, (tx) => chooseTopup(tx, { ...own(one), choice }));
  deepEqual(await choose('wait'), { ok: false, refusal: 'NOT_LATE_YET' });
  w.forward({ hours: 1, seconds: 1 });
  await w.turn();
  ok((await w.kinds(one.orderId)).includes('delivery.late'));
  ok((await choose('again')).ok);
  const waiting = await choose('wait');
  ok(waiting.ok && waiting.value.waitsUntil === w.clock.now() + 2 * 3_600_000);
  w.forward({ hours: 1, minutes: 1 });
  for (let i = 0; i < 5; i++) await w.turn();
  equal((await w.topup(one.orderId))['state'], 'submitted', 'the clock waits with the buyer');
  w.forward({ hours: 1 });
  await w.reach(one.orderId, 'cancelled');
  equal(await w.wallet(one.buyerId), start);
  deepEqual(await w.credits(one.mobile), []);
});

test('a refund comes after the supplier has stopped it, never before', async () => {
  const one = await w.buy('stuck');
  await w.reach(one.orderId, 'submitted');
  w.forward({ hours: 1, seconds: 1 });
  await w.turn();
  const asked = await transaction(db, (tx) => chooseTopup(tx, { ...own(one), choice: 'refund' }));
  ok(asked.ok && asked.value.refunded === 0n);
  equal(await w.wallet(one.buyerId), start - price, 'nobody knows yet');
  await w.reach(one.orderId, 'cancelled');
  equal(await w.wallet(one.buyerId), start);
});

test('a supplier that says nothing: the money goes back at the end, what arrives then is late and the shop answers for it', async () => {
  const one = await w.buy('silent');
  await w.reach(one.orderId, 'unknown');
  w.forward({ hours: 2, minutes: 1 });
  await w.until(
    async () => (await w.kinds(one.orderId)).includes('delivery.cancel_asked'),
    'it is asked back',
  );
  equal(await w.wallet(one.buyerId), start - price);
  w.forward({ minutes: 31 });
  await w.reach(one.orderId, 'returned');
  equal(await w.wallet(one.buyerId), start);
  deepEqual(await w.credits(one.mobile), []);
});

test('refunded without a word, and filled after all: once, late, and never charged to the buyer', async () => {
  const one = await w.buy('late_callback');
  await w.reach(one.orderId, 'submitted');
  w.forward({ hours: 2, minutes: 1 });
  await w.until(
    async () => (await w.kinds(one.orderId)).includes('delivery.cancel_asked'),
    'it is asked back',
  );
  w.forward({ minutes: 31 });
  await w.reach(one.orderId, 'returned');
  const [attempt] = await w.attempts(one.orderId);
  await w.drive('/end', { number: attempt?.['number'], state: 'success' });
  w.forward({ minutes: 10 });
  await w.reach(one.orderId, 'late');
  equal(await w.wallet(one.buyerId), start);
  equal((await w.attempts(one.orderId))[0]?.['state'], 'late');
  deepEqual(
    (await w.credits(one.mobile)).map((credit) => credit.times),
    [1],
  );
});

test('money that went back for another reason stops the top-up; what arrives all the same is late', async () => {
  const one = await w.buy('late_callback');
  await w.reach(one.orderId, 'submitted');
  await transaction(db, (tx) =>
    failLines(tx, [
      { shopId, orderId: one.orderId, line: 1, by: 'system', byId: null, reason: 'a case', article: '27' },
    ]),
  );
  await w.reach(one.orderId, 'returned');
  const [attempt] = await w.attempts(one.orderId);
  await w.drive('/end', { number: attempt?.['number'], state: 'success' });
  w.forward({ minutes: 10 });
  await w.reach(one.orderId, 'late');
  equal(await w.wallet(one.buyerId), start);
});

test('F136 a wrong number is the buyer’s risk, but the shop must try to stop it within 30 minutes, is reminded at half of them, and else we do', async () => {
  const one = await w.buy('stuck');
  await w.reach(one.orderId, 'submitted');
  const said = await transaction(db, (tx) => sayWrong(tx, own(one)));
  ok(said.ok && said.value.until === w.clock.now() + 30 * 60_000);
  ok(
    (await transaction(db, (tx) => stopForShop(tx, { shopId, orderId: one.orderId, userId: one.buyerId })))
      .ok,
  );
  await w.reach(one.orderId, 'cancelled');
  equal(await w.wallet(one.buyerId), start);

  const two = await w.buy('stuck');
  await w.reach(two.orderId, 'submitted');
  const saidAt = w.clock.now();
  ok((await transaction(db, (tx) => sayWrong(tx, own(two)))).ok);
  w.forward({ minutes: 16 });
  w.tick();
  await transaction(db, (tx) => followTopups(tx, [{ shopId, id: two.orderId }]));
  const [clock] = await w.asOwner(
    `select (extract(epoch from start_at) * 1000)::bigint as start_at from kit.deadlines where what = 'topup.wrong' and about = $1`,
    [two.orderId],
  );
  equal(Number(clock?.['start_at']), saidAt, 'a clock that is looked at again began when it began');
  await remindOfClocks(db);
  const near = await w.asOwner(
    `select data->>'part' as part from notifications.messages where kind = 'shop.deadline_near' and data->>'order' = $1 and data->'what'->>'zh' = '号码填错，试着撤单'`,
    [two.orderId],
  );
  deepEqual(
    near.map((one) => one['part']),
    ['50'],
    'it reminds the shop at half of it',
  );
  w.forward({ minutes: 15 });
  await w.reach(two.orderId, 'cancelled');
  const [tried] = await w.asOwner(
    'select wrong_by_id, wrong_tried_at from delivery.topups where order_id = $1',
    [two.orderId],
  );
  equal(tried?.['wrong_by_id'], null);
  ok(tried?.['wrong_tried_at']);
  const told = await w.asOwner(`select 1 from notifications.messages where kind = 'shop.topup_missed'`);
  equal(told.length, 1);
});

test('calls of the supplier change nothing by themselves: forged, doubled and replayed ones are on record', async () => {
  const one = await w.buy('wrong_signature');
  await w.reach(one.orderId, 'success');
  const two = await w.buy('double_callback');
  await w.reach(two.orderId, 'success');
  const decisions = (orderId: string) =>
    w.asOwner(
      `select n.decision, n.genuine from supply.notices n join supply.attempts a on a.supplier_id = n.supplier_id where a.order_id = $1 and (n.attempt_id = a.id or not n.genuine) order by n.at`,
      [orderId],
    );
  await w.until(
    async () => (await decisions(one.orderId)).some((row) => row['decision'] === 'forged'),
    'a forged call',
  );
  await w.until(
    async () => (await decisions(two.orderId)).some((row) => row['decision'] === 'doubled'),
    'a doubled call',
  );
  const [attempt] = await w.attempts(two.orderId);
  const steps = (await w.order(two.orderId))['steps'];
  const path = noticePath({ shopId, supplierId: String(attempt?.['supplier_id']) });
  const forged = await fetch(w.origin + path, {
    method: 'POST',
    body: new URLSearchParams({
      userid: 'sandbox',
      out_trade_num: String(attempt?.['number']),
      state: '2',
      sign: 'A'.repeat(32),
    }),
  });
  equal(forged.status, 401);
  equal(
    (await fetch(`${w.origin}/supply-notices/${encodeId('shop', shopId)}/nothing`, { method: 'POST' }))
      .status,
    404,
  );
  for (let i = 0; i < 4; i++) await w.turn();
  equal((await w.order(two.orderId))['steps'], steps);
  equal((await w.attempts(two.orderId))[0]?.['state'], 'success');
});

test('补单 says why it cannot be pressed', async () => {
  const one = await w.buy('stuck');
  await w.reach(one.orderId, 'submitted');
  const [attempt] = await w.attempts(one.orderId);
  const again = () => resupply(db, { shopId, attemptId: String(attempt?.['id']) });
  deepEqual(await again(), { ok: false, refusal: 'ATTEMPT_UNDER_WAY' });
  await w.drive('/end', { number: attempt?.['number'], state: 'success' });
  await w.reach(one.orderId, 'success');
  deepEqual(await again(), { ok: false, refusal: 'ATTEMPT_ENDED' });
  deepEqual(await resupply(db, { shopId, attemptId: one.orderId }), {
    ok: false,
    refusal: 'ATTEMPT_NOT_FOUND',
  });
});
