import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { callerAs } from '../../../test/caller.ts';
import {
  anExhibit,
  bought,
  buyerOf,
  caseShop,
  clockwork,
  deskOf,
  filed,
  judged,
  ownerOf,
  staffer,
} from '../../../test/cases.ts';
import { testDatabase } from '../../../test/database.ts';
import { stock } from '../../../test/world.ts';
import { encodeId } from '../../kit/public-id.ts';
import { transaction } from '../../kit/tx.ts';
import { nobody } from '../../kit/viewer.ts';
import { trustRoutes } from '../../analytics/trust/http.ts';
import { agree, refuseClaim } from '../actions.ts';
import { assign, judge } from '../desk.actions.ts';
import { surveyDeskRoutes, surveyRoutes } from '../survey/http.ts';
import { precedentDeskRoutes, precedentRoutes } from './http.ts';

const database = await testDatabase();
const { db, asOwner, clock } = database;
const shelf = await caseShop(db);
await stock(db, shelf, shelf.listings[0]?.variantId ?? '', 60);
// A shop with three cases of three orders may be looked at by the watch; what is bought later is bought elsewhere.
const other = await caseShop(db);
await stock(db, other, other.listings[0]?.variantId ?? '', 20);
const { run, escalated } = deskOf(database, shelf);
const work = clockwork(db);
const [anna, boris] = [await staffer(db, 'support'), await staffer(db, 'arbitrator')];

const callAs = callerAs(db, clock, {
  ...precedentRoutes,
  ...precedentDeskRoutes,
  ...surveyRoutes,
  ...surveyDeskRoutes,
  ...trustRoutes,
});
const settle = async (): Promise<void> => {
  for (let round = 0; round < 3; round += 1) {
    clock.forward({ hours: 73 });
    await work.due();
    await work.news();
  }
};

// Three cases: agreed to, left to silence, and decided; with words in them that must never come out again.
const secret = '我叫欧阳锋，电话 13912345678，卡密是 QZ77-MK42-PP19，店家答应过我周三补';
const [agreed, silent, decided] = [await bought(db, shelf), await bought(db, shelf), await bought(db, shelf)];
const ids: string[] = [];
ids.push(await filed(db, agreed, { symptom: secret, triedSteps: secret, errorCode: 'E404-QZ77' }));
await run((tx) => agree(tx, { caseId: ids[0] ?? '', viewer: ownerOf(shelf) }));
ids.push(await filed(db, silent, { symptom: secret }));
ids.push(await escalated(decided));
await run((tx) => assign(tx, { caseId: ids[2] ?? '', viewer: anna }));
await run((tx) => judge(tx, { caseId: ids[2] ?? '', viewer: anna, judged: judged() }));
await settle();

test('F201 every closed case is published without names, numbers, keys or one word that anybody wrote', async () => {
  const { precedents } = await callAs(nobody).list({});
  equal(precedents.length, 3);
  const text = JSON.stringify(precedents);
  const [shop] = await asOwner('select name from merchants.shops where id = $1', [shelf.shopId]);
  const people = await asOwner('select name from identity.users', []);
  const titles = await asOwner(`select distinct content->>'title' as name from catalog.listing_versions`, []);
  const orders = [agreed, silent, decided].flatMap((one) => [
    one.orderId,
    one.buyerId,
    encodeId('order', one.orderId),
  ]);
  const words = (await asOwner('select body from aftersales.statements', [])).flatMap((row) =>
    textsIn(row['body']),
  );
  const shown = (await asOwner('select text, caption from aftersales.exhibits', [])).flatMap((row) => [
    String(row['text']),
    String(row['caption']),
  ]);
  const forbidden = [
    String(shop?.['name']),
    ...people.map((one) => String(one['name'])),
    ...titles.map((one) => String(one['name'])),
    ...orders,
    ...ids.flatMap((id) => [id, encodeId('case', id), encodeId('case', id).slice(-6)]),
    ...words,
    ...shown,
    '9750',
    '97.50',
    anExhibit.text,
  ].filter((one) => one.length > 3);
  ok(forbidden.length > 20, 'there is something to look for');
  deepEqual(
    forbidden.filter((one) => text.includes(one)),
    [],
  );
  ok(!/\d{4}-\d\d-\d\d/.test(text), 'no day, only a month');
});

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return /^[A-Za-z_]*$|^\d{1,3}$/.test(value) ? [] : [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

test('F201 precedents say what was decided, and are found by scene, outcome, article and words', async () => {
  const all = (await callAs(nobody).list({})).precedents as {
    number: number;
    settledBy: string;
    outcome: string;
    articles: string[];
  }[];
  deepEqual(
    all.map((one) => one.settledBy),
    ['finalise', 'silence_refund', 'agree'].toSorted(
      (a, b) => all.findIndex((one) => one.settledBy === a) - all.findIndex((one) => one.settledBy === b),
    ),
  );
  ok(all.every((one) => one.outcome === 'refund' && one.articles.length > 0));
  const count = async (asked: object): Promise<number> =>
    (await callAs(nobody).list(asked)).precedents.length;
  deepEqual(
    [
      await count({ reason: 'CARD_INVALID' }),
      await count({ reason: 'WRONG_SPEC' }),
      await count({ outcome: 'none' }),
      await count({ article: '22' }),
      await count({ search: '没有这样的话' }),
    ],
    [2, 1, 0, 1, 0],
  );
  const [first] = all;
  const page = await callAs(nobody).list({ limit: 1 });
  equal(page.next, first?.number);
  equal((await callAs(nobody).list({ limit: 1, before: page.next })).precedents[0].number, all[1]?.number);
  equal((await callAs(nobody).one({ number: first?.number })).number, first?.number);
});

test('F201 a reviewed summary goes through a check, and only the desk knows which case it was', async () => {
  const caseId = encodeId('case', ids[0] ?? '');
  const refused = await callAs(boris)
    .review({ caseId, summary: '买家欧阳锋说卡密是 QZ77-MK42-PP19，商家马上同意退款，没有争议。' })
    .then(
      () => undefined,
      (error: { code: string; data: { detail: { found: string } } }) => error,
    );
  equal(refused?.code, 'SUMMARY_IDENTIFIES');
  ok(/key/.test(refused?.data.detail.found ?? ''));
  const summary = '卡密首次输入就不能用，商家当天同意并全额退回，没有进入平台裁决。';
  equal((await callAs(boris).review({ caseId, summary })).summary, summary);
  equal((await callAs(nobody).list({ search: '当天同意' })).precedents.length, 1);
  for (const viewer of [buyerOf(agreed.buyerId), ownerOf(shelf)])
    await callAs(viewer)
      .precedent({ caseId })
      .then(
        () => ok(false),
        (error: { code: string }) => equal(error.code, 'NOT_FOUND'),
      );
});

test('F193 after closing the buyer is asked once, and answers once', async () => {
  const caseId = encodeId('case', ids[0] ?? '');
  const asked = async (): Promise<number> =>
    Number(
      (
        await asOwner(
          `select count(*)::int as n from notifications.messages where kind = 'case.survey' and user_id = $1`,
          [agreed.buyerId],
        )
      )[0]?.['n'],
    );
  equal(await asked(), 1);
  const buyer = callAs(buyerOf(agreed.buyerId));
  deepEqual(await buyer.survey({ caseId }), { asked: true, open: true, answer: null });
  await buyer.answerSurvey({ caseId, result: 5, speed: 4, clarity: 5, words: '很快' });
  await buyer.answerSurvey({ caseId, result: 1, speed: 1, clarity: 1 }).then(
    () => ok(false),
    (error: { code: string }) => equal(error.code, 'ANSWERED'),
  );
  // The news once more: nobody is asked a second time.
  const { askAfterClosing } = await import('../survey/jobs.ts');
  await askAfterClosing(db, [
    {
      id: '01900000-0000-7000-8000-000000000001',
      event: 'case.close',
      body: { about: ids, shops: ids.map(() => shelf.shopId), data: null },
    },
  ]);
  equal(await asked(), 1);
  const sums = await callAs(anna).surveys({});
  deepEqual([sums.asked, sums.answered, sums.result], [3, 1, 5]);
  const open = await filed(db, await bought(db, other));
  const who = String(
    (await asOwner('select buyer_id from aftersales.cases where id = $1', [open]))[0]?.['buyer_id'],
  );
  await callAs(buyerOf(who))
    .answerSurvey({ caseId: encodeId('case', open), result: 5, speed: 5, clarity: 5 })
    .then(
      () => ok(false),
      (error: { code: string }) => equal(error.code, 'NOT_ASKED'),
    );
});

type Numbers = {
  from: string;
  to: string;
  numbers: { key: string; value: string | null; definition: string }[];
};
test('F059 F199 every number of the report and of the operators’ page is what its own query says when anybody runs it on the rows', async () => {
  const quality = (await callAs(anna).quality({})) as Numbers;
  const report = (await callAs(nobody).report({ quarter: '2026-Q4' })) as Numbers;
  for (const { from, to, numbers } of [quality, report]) {
    ok(numbers.length >= 15);
    for (const { key, value, definition } of numbers) {
      const [row] = await asOwner(definition, definition.includes('$4') ? [from, to, from, to] : [from, to]);
      equal(row?.['value'] ?? null, value, key);
    }
  }
  const of = (key: string): string | null => report.numbers.find((one) => one.key === key)?.value ?? null;
  const [counted] = await asOwner(
    `select (select count(*) from aftersales.cases)::text as cases, (select count(*) from orders.orders where paid_at is not null)::text as orders,
            (select sum(amount_fen) from aftersales.executions where kind = 'refund')::text as paid`,
    [],
  );
  deepEqual(
    [of('cases'), of('orders'), of('paid_back')],
    [counted?.['cases'], counted?.['orders'], counted?.['paid']],
  );
  equal(of('closed'), '3');
});

test('F138 all closed cases have the three properties: a trace, a liability finding, an outcome that was carried out', async () => {
  const report = (await callAs(nobody).report({ quarter: '2026-Q4' })) as Numbers;
  for (const key of ['traced', 'liability_found', 'paid_out'])
    equal(report.numbers.find((one) => one.key === key)?.value, '1.0000', key);
});

test('F199 a quarter that has no report says so', async () => {
  for (const quarter of ['2019-Q1', '2031-Q2'])
    await callAs(nobody)
      .report({ quarter })
      .then(
        () => ok(false),
        (error: { code: string }) => equal(error.code, 'QUARTER_UNKNOWN'),
      );
});

test('a shop that refused had its defence named by its code, never by its words', async () => {
  const who = await bought(db, other);
  const caseId = await filed(db, who, { reason: 'WRONG_SPEC' });
  await transaction(db, (tx) =>
    refuseClaim(tx, {
      caseId,
      viewer: ownerOf(other),
      defence: 'NOT_AS_CLAIMED',
      text: '发的就是这个',
      exhibit: anExhibit,
    }),
  );
  equal((await callAs(nobody).list({})).precedents.length, 3, 'what is open is no precedent');
});
