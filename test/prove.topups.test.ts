import { test } from 'node:test';
import { sequenceAll } from '../src/evidence/sequencer.jobs.ts';
import { eachIsNamed, holds } from './damage.ts';
import { testLog } from './log.ts';
import { testTopups } from './topups.ts';

const w = await testTopups();

test('prove holds on top-ups that arrived, in part, late, failed, and wait for the shop', async () => {
  for (const [mood, state] of [
    ['ok', 'success'],
    ['partial', 'partial'],
    ['fail', 'failed'],
    ['stuck', 'submitted'],
    ['no_balance', 'held'],
    ['timeout_then_success', 'success'],
  ] as const) {
    const { orderId } = await w.buy(mood);
    await w.reach(orderId, state);
  }
  const late = await w.buy('late_callback');
  await w.reach(late.orderId, 'submitted');
  w.forward({ hours: 2, minutes: 1 });
  await w.until(
    async () => (await w.kinds(late.orderId)).includes('delivery.cancel_asked'),
    'it is asked back',
  );
  w.forward({ minutes: 31 });
  await w.reach(late.orderId, 'returned');
  const [attempt] = await w.attempts(late.orderId);
  await w.drive('/end', { number: attempt?.['number'], state: 'success' });
  w.forward({ minutes: 10 });
  await w.reach(late.orderId, 'late');
  const open = await w.buy('stuck');
  await w.reach(open.orderId, 'submitted');
  await sequenceAll(testLog(w.db));
  await holds(w);
});

const one = (table: string, where: string): string => `(select ctid from ${table} where ${where} limit 1)`;

eachIsNamed(w, [
  [
    'a second attempt gets the number of another',
    `alter table supply.attempts drop constraint attempts_shop_id_number_key; update supply.attempts set number = (select number from supply.attempts where state = 'success' limit 1) where ctid = ${one('supply.attempts', "state = 'failed'")}`,
    'each number of a top-up was given to one attempt only',
  ],
  [
    'an attempt is hidden',
    `update supply.requests set attempts = attempts + 1 where ctid = ${one('supply.requests', "state = 'done'")}`,
    'the attempts of a top-up are numbered 1 to n, without a hole',
  ],
  [
    'something under way is forgotten',
    `update supply.attempts set due_at = null where ctid = ${one('supply.attempts', "state = 'submitted'")}`,
    'an attempt that is under way is looked at again',
  ],
  [
    'an attempt that ended is said to be under way',
    `update supply.attempts set state = 'unknown', due_at = at where ctid = ${one('supply.attempts', "state = 'failed'")}`,
    'a top-up that is under way has one attempt under way, one that has ended has none but what was given up',
  ],
  [
    'an account is filled twice',
    `insert into supply.attempts select shop_id, gen_random_uuid(), order_id, line, 2, number || 'X', supplier_id, product_no, face_fen, max_cost_fen, state, wish, due_at, sends, asks, cancels, cancel_wanted, abandoned, silent_at, refusal, supplier_no, cost_fen, charged_fen, voucher, said, at, sent_at, ended_at from supply.attempts where state = 'success' limit 1`,
    'no account was filled twice for one line, unless it is claimed as late',
  ],
  [
    'a delivery is invented',
    `update supply.attempts set state = 'failed' where ctid = ${one('supply.attempts', "state = 'success'")}`,
    'a delivered top-up was filled, as much as it says',
  ],
  [
    'a refunded one was filled',
    `update supply.attempts set state = 'success', charged_fen = face_fen where ctid = ${one('supply.attempts', "state = 'failed'")}`,
    'a top-up whose money went back was not filled, or late',
  ],
  [
    'a part is said to be more than it was',
    `update delivery.topups set arrived_fen = 1 where ctid = ${one('delivery.topups', "state = 'partial'")}`,
    'of a top-up that came in part the rest went back, to the fen',
  ],
  [
    'an end is set by hand',
    `update delivery.topups set state = 'returned' where ctid = ${one('delivery.topups', "state = 'failed'")}`,
    'a top-up that has ended stands where its supplier does',
  ],
  [
    'the words of a supplier disappear',
    `delete from supply.exchanges where act = 'ask'`,
    'what a supplier filled it had said to a question of ours',
  ],
  [
    'a late arrival is hidden',
    `delete from evidence.events where kind = 'delivery.late_arrival'`,
    'what arrived late is a fact in evidence',
  ],
  [
    'an account is kept for longer than it is needed',
    `alter table supply.requests drop constraint requests_check1; update supply.requests set target_sealed = 'x' where ctid = ${one('supply.requests', "state = 'done'")}`,
    'the account of a top-up is kept only while it may be filled',
  ],
]);
