import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { prove } from '../../../bin/prove.ts';
import { bought, buyerOf, caseShop, clockwork, staffer, type Bought } from '../../../test/cases.ts';
import { testDatabase } from '../../../test/database.ts';
import { testLog } from '../../../test/log.ts';
import { stock } from '../../../test/world.ts';
import { sequenceAll } from '../../evidence/sequencer.jobs.ts';
import { must } from '../../kit/assert.ts';
import { reader, transaction } from '../../kit/tx.ts';
import type { Viewer } from '../../kit/viewer.ts';
import { supportAnswers } from '../../messaging/views.ts';
import type { Answer } from '../actions.ts';
import { seatOf, speak } from '../talk/actions.ts';
import { convertTicket } from './actions.ts';

const { db, clock, asOwner, ownerUrl } = await testDatabase();
const shelf = await caseShop(db);
await stock(db, shelf, shelf.listings[0]?.variantId ?? '', 40);
const support = await staffer(db, 'support');
const work = clockwork(db);
const begun = clock.now();

async function says(viewer: Viewer, orderId: string, as: 'text' | 'call', text = ''): Promise<void> {
  await transaction(db, async (tx) => {
    const seat = must(await seatOf(tx, viewer, orderId), 'a seat');
    const answer = await speak(tx, {
      seat,
      userId: viewer.userId ?? '',
      text,
      as,
      hours: undefined,
      until: undefined,
      cite: [],
      files: [],
    });
    ok(answer.ok, answer.ok ? '' : answer.refusal);
  });
}
const convert = (who: Bought, viewer = support): Promise<Answer> =>
  transaction(db, (tx) =>
    convertTicket(tx, {
      orderId: who.orderId,
      viewer,
      line: 1,
      places: [1],
      reason: 'CARD_INVALID',
      remedy: 'refund',
      amount: null,
      symptom: '提示卡密不存在',
      triedSteps: '重试三次',
      errorCode: 'E404',
    }),
  );
const row = async (caseId: string) =>
  must((await asOwner('select * from aftersales.cases where id = $1', [caseId]))[0], 'the case');

test('F048 a call for help becomes a case whose time of filing is that of the first contact; the shop’s time begins when it hears of it', async () => {
  const who = await bought(db, shelf);
  const called = clock.now();
  await says(buyerOf(who.buyerId), who.orderId, 'text', '卡密不对，谁能帮我');
  await says(buyerOf(who.buyerId), who.orderId, 'call');
  // The two hours in which a dead key counts as dead on delivery run out while nobody answers.
  clock.forward({ hours: 5 });
  const answer = await convert(who);
  ok(answer.ok, JSON.stringify(answer));
  const one = await row(answer.value.caseId);
  equal((one['filed_at'] as Date).getTime(), called);
  equal(one['presumed'], true, 'the presumption is that of the first contact');
  equal((one['due_at'] as Date).getTime() - clock.now(), 24 * 3_600_000, 'the shop has its whole time');
  const [claim] = await asOwner(
    `select kind, by_kind, by_id, body->>'contactAt' as at from aftersales.statements where case_id = $1`,
    [answer.value.caseId],
  );
  deepEqual(
    [claim?.['kind'], claim?.['by_kind'], claim?.['by_id'], Number(claim?.['at'])],
    ['claim', 'operator', support.userId, called],
  );
  deepEqual(
    (
      await asOwner('select side, kind from messaging.messages where order_id = $1 order by seq', [
        who.orderId,
      ])
    ).map((each) => [each['side'], each['kind']]),
    [
      ['buyer', 'text'],
      ['buyer', 'call'],
      ['support', 'text'],
    ],
  );
  deepEqual(await convert(who), { ok: false, refusal: 'CASE_OPEN' });
});

test('F048 without a call there is nothing to turn into a case, and nobody but the support does it', async () => {
  const who = await bought(db, shelf);
  deepEqual(await convert(who), { ok: false, refusal: 'NOT_CALLED' });
  for (const viewer of [buyerOf(who.buyerId), await staffer(db, 'finance')])
    deepEqual(await convert(who, viewer), { ok: false, refusal: 'ORDER_NOT_FOUND' });
});

test('F184 how soon the support answered is measured from what was said: calls, answers, median and slowest', async () => {
  const from = clock.now();
  for (const minutes of [10, 30, 50]) {
    const who = await bought(db, shelf);
    await says(buyerOf(who.buyerId), who.orderId, 'call');
    clock.forward({ minutes });
    await says(support, who.orderId, 'text', '来了');
  }
  const waiting = await bought(db, shelf);
  await says(buyerOf(waiting.buyerId), waiting.orderId, 'call');
  clock.forward({ minutes: 1 });
  deepEqual(await supportAnswers(await reader(db), { from, to: clock.now() }), [
    { calls: 4, answered: 3, median: 30 * 60_000, slowest: 50 * 60_000 },
  ]);
});

test('what was filed this way proves like any other case', async () => {
  await work.due();
  await work.news();
  await sequenceAll(testLog(db));
  ok(clock.now() > begun);
  deepEqual((await prove({ url: ownerUrl, keys: db.keys })).offences, []);
});
