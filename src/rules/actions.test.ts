import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { testDatabase } from '../../test/database.ts';
import {
  aDraft,
  announceBy,
  hashNow,
  openConsultation,
  proposeFor,
  shippedRules,
  staffOf,
} from '../../test/rules.ts';
import { aShop, buyers, stock, wishFor } from '../../test/world.ts';
import { deadlines, reactions } from '../app/reactions.ts';
import { openLog } from '../app/log.ts';
import { pumpAll } from '../app/pump.ts';
import { openSweep } from '../app/sweep.ts';
import { purchaseAll } from '../checkout/purchase.actions.ts';
import { must } from '../kit/assert.ts';
import type { Span } from '../kit/time.ts';
import { transaction } from '../kit/tx.ts';
import { createDraft, holdVersion, shipRules, subscribe, withdraw, writeArticle } from './actions.ts';
import { answer, comment, moderate } from './comments.actions.ts';
import { givenOf } from './draft.rules.ts';
import { loadRules } from './loading.actions.ts';
import { bindingParam } from './overrides.rules.ts';
import { articlesOf, param } from './rules.ts';
import { bookOf, shelved, versionAt } from './shelf.rules.ts';

// Noon of Friday 20 November 2026 in Beijing.
const { db, clock, asOwner } = await testDatabase();
const log = openLog('silent');
let people: string[] = [];
const [anna, bo] = [() => must(people[0], 'a person'), () => must(people[1], 'a person')];

before(async () => {
  await shippedRules(db);
  people = await staffOf(db, 4);
});

const refusalOf = (result: { ok: boolean; refusal?: string }): string | undefined => result.refusal;
const later = (span: Span): void => clock.forward(span);
const settle = async (): Promise<void> => {
  await openSweep(db, deadlines, log).run();
  await pumpAll(db, reactions, log);
  await loadRules(db);
};
const stateOf = async (version: string): Promise<unknown> =>
  (await asOwner('select state from rules.versions where version = $1', [version]))[0]?.['state'];
const messages = async (userId: string): Promise<unknown[]> =>
  (
    await asOwner(
      `select data->>'version' as version, data->'what'->>'zh' as what from notifications.messages where user_id = $1 and kind = 'rules.changed' order by id`,
      [userId],
    )
  ).map((row) => row['what']);

/** One order of one key; answers the version that it is bound to. */
async function buyOne(): Promise<{ orderId: string; rulebook: unknown }> {
  const shelf = await aShop(db);
  const variantId = must(shelf.listings[0], 'a listing').variantId;
  await stock(db, shelf, variantId, 1);
  const [buyerId = ''] = await buyers(db, 1);
  const [bought] = await transaction(db, async (tx) =>
    purchaseAll(tx, [await wishFor(db, { buyerId, variantId })]),
  );
  assert.ok(bought?.ok);
  const { orderId } = must(bought.value.orders[0], 'an order');
  const [row] = await asOwner('select rulebook from orders.orders where id = $1', [orderId]);
  return { orderId, rulebook: row?.['rulebook'] };
}

test('the shipped version stands in the database once, with its text by its hash', async () => {
  await transaction(db, shipRules);
  await transaction(db, shipRules);
  const rows = await asOwner(`select version, state from rules.versions where version = '1.0.0'`);
  assert.deepEqual(rows, [{ version: '1.0.0', state: 'in_force' }]);
  assert.equal((await asOwner(`select 1 from rules.texts where version = '1.0.0'`)).length, 1);
});

test('a draft is seen by nobody, has a number of its own, and is changed only by whoever has seen its newest text', async () => {
  await aDraft(db, { version: '1.0.9', byId: anna() });
  await loadRules(db);
  assert.equal(bookOf('1.0.9'), undefined);
  assert.equal(
    refusalOf(await transaction(db, (tx) => createDraft(tx, { version: '1.0.9', byId: bo() }))),
    'VERSION_TAKEN',
  );
  assert.equal(
    refusalOf(await transaction(db, (tx) => createDraft(tx, { version: '1.0.0', byId: bo() }))),
    'VERSION_NOT_NEWER',
  );
  const stale = await hashNow(db, '1.0.9');
  const five = must(
    articlesOf(must(await transaction(db, (tx) => holdVersion(tx, '1.0.9')), 'held').book).find(
      ({ no }) => no === '5',
    ),
    'article 5',
  );
  const write = (sha256: string, title: string) =>
    transaction(db, (tx) =>
      writeArticle(tx, {
        version: '1.0.9',
        no: '5',
        sha256,
        byId: bo(),
        article: { ...givenOf(five), title: { zh: title, en: 'x' } },
      }),
    );
  assert.equal((await write(stale, '一')).ok, true);
  assert.equal(refusalOf(await write(stale, '二')), 'VERSION_CHANGED');
  const gone = await transaction(db, (tx) => withdraw(tx, { version: '1.0.9', note: '不要了', byId: bo() }));
  assert.equal(gone.ok, true);
  assert.equal(await stateOf('1.0.9'), 'withdrawn');
});

test('a draft with faults is not shown to the public, and the report says which', async () => {
  await aDraft(db, { version: '1.0.8', byId: anna() });
  const sha256 = await hashNow(db, '1.0.8');
  const { book } = must(await transaction(db, (tx) => holdVersion(tx, '1.0.8')), 'held');
  const one = must(
    articlesOf(book).find(({ no }) => no === '4'),
    'article 4',
  );
  await transaction(db, (tx) =>
    writeArticle(tx, {
      version: '1.0.8',
      no: '4',
      sha256,
      byId: anna(),
      article: { ...givenOf(one), text: '一经售出概不退换，平台有最终解释权。' },
    }),
  );
  assert.equal(refusalOf(await openConsultation(db, '1.0.8', anna())), 'DRAFT_HAS_FAULTS');
  assert.equal(await stateOf('1.0.8'), 'draft');
});

test('F092 story 15: an important change with 14 days of notice is refused, with 15 it is announced by a second person, and old orders keep the old 24 hours', async () => {
  await aDraft(db, { version: '1.1.0', byId: anna() });
  const [subscriber = ''] = await buyers(db, 1);
  await transaction(db, (tx) => subscribe(tx, { userId: subscriber, on: true }));
  const old = await buyOne();
  assert.equal(old.rulebook, '1.0.0');

  const opened = await openConsultation(db, '1.1.0', anna());
  assert.ok(opened.ok);
  assert.equal(must(shelved().at(-1), 'the newest').book.version, '1.1.0', 'everybody can read it now');
  assert.equal(versionAt(clock.now()), '1.0.0', 'and nobody is bound by it');
  assert.equal(refusalOf(await proposeFor(db, '1.1.0', anna(), '2026-12-31')), 'CONSULTATION_RUNNING');

  later({ days: 8 }); // 28 November, a Saturday
  assert.equal(refusalOf(await proposeFor(db, '1.1.0', anna(), '2026-12-01')), 'NOTICE_TOO_SHORT');
  assert.equal(refusalOf(await proposeFor(db, '1.1.0', anna(), '2026-12-13')), 'NOTICE_TOO_SHORT');
  // The fifteenth day is Sunday 13 December: it ends with Monday.
  assert.equal(refusalOf(await proposeFor(db, '1.1.0', anna(), '2026-12-14')), 'NOTICE_TOO_SHORT');
  assert.equal(refusalOf(await announceBy(db, '1.1.0', bo())), 'NOT_PROPOSED');
  assert.equal((await proposeFor(db, '1.1.0', anna(), '2026-12-15')).ok, true);
  assert.equal(refusalOf(await announceBy(db, '1.1.0', anna())), 'SAME_PERSON');
  assert.equal((await announceBy(db, '1.1.0', bo())).ok, true);
  assert.equal(refusalOf(await announceBy(db, '1.1.0', bo())), 'VERSION_NOT_EDITABLE');
  const tooLate = await transaction(db, (tx) => withdraw(tx, { version: '1.1.0', note: '不', byId: bo() }));
  assert.equal(refusalOf(tooLate), 'WITHDRAW_TOO_LATE');

  const before = await buyOne();
  assert.equal(before.rulebook, '1.0.0', 'announced is not in force');
  later({ days: 18 });
  const after = await buyOne();
  assert.equal(after.rulebook, '1.1.0', 'in force by the time alone, before any process has written it down');
  await settle();
  assert.deepEqual([await stateOf('1.0.0'), await stateOf('1.1.0')], ['superseded', 'in_force']);
  assert.deepEqual([param('1.0.0', 'MERCHANT_REMEDY'), param('1.1.0', 'MERCHANT_REMEDY')], [24, 12]);
  const [row] = await asOwner('select rulebook from orders.orders where id = $1', [old.orderId]);
  assert.equal(row?.['rulebook'], '1.0.0');
  assert.deepEqual(bindingParam('1.0.0', clock.now(), 'MERCHANT_REMEDY'), { version: '1.0.0', value: 24 });

  assert.deepEqual(await messages(subscriber), [
    '公开征求意见，到 2026-11-27 为止',
    '已公布，2026-12-15 起生效',
    '今天起生效',
  ]);
  const logged = await asOwner(`select kind from evidence.events where kind like 'rules.%' order by at, seq`);
  assert.deepEqual(
    logged.map(({ kind }) => kind),
    ['rules.consulted', 'rules.announced', 'rules.in_force'],
  );
  await settle();
  assert.equal((await asOwner(`select 1 from kit.deadlines where what = 'rules.take_effect'`)).length, 0);
});

test('F092 a later version that says so holds for older orders where it is better for the buyer, and never where it is worse', async () => {
  await aDraft(db, { version: '1.2.0', byId: anna(), hours: 6, ordersBefore: 'better_for_buyer' });
  await openConsultation(db, '1.2.0', anna());
  later({ days: 9 });
  assert.ok((await proposeFor(db, '1.2.0', anna(), '2027-01-20')).ok);
  assert.ok((await announceBy(db, '1.2.0', bo())).ok);
  later({ days: 40 });
  await settle();
  assert.equal(versionAt(clock.now()), '1.2.0');
  assert.deepEqual(bindingParam('1.0.0', clock.now(), 'MERCHANT_REMEDY'), { version: '1.2.0', value: 6 });
  await aDraft(db, { version: '1.3.0', byId: anna(), hours: 23, ordersBefore: 'better_for_buyer' });
  await openConsultation(db, '1.3.0', anna());
  later({ days: 9 });
  assert.ok((await proposeFor(db, '1.3.0', anna(), '2027-03-10')).ok);
  assert.ok((await announceBy(db, '1.3.0', bo())).ok);
  later({ days: 40 });
  await settle();
  assert.deepEqual(bindingParam('1.2.0', clock.now(), 'MERCHANT_REMEDY'), { version: '1.2.0', value: 6 });
});

test('a change of a number is important whatever its author says, and what was changed after the proposal is not announced', async () => {
  await aDraft(db, { version: '1.4.0', byId: anna(), hours: 10, importance: 'general' });
  await openConsultation(db, '1.4.0', anna());
  later({ days: 9 });
  assert.equal(refusalOf(await proposeFor(db, '1.4.0', anna(), '2027-12-01')), 'IMPORTANCE_TOO_LOW');
  await transaction(db, (tx) => withdraw(tx, { version: '1.4.0', note: '重来', byId: anna() }));

  await aDraft(db, { version: '1.4.1', byId: anna(), hours: 10 });
  await openConsultation(db, '1.4.1', anna());
  later({ days: 9 });
  assert.ok((await proposeFor(db, '1.4.1', anna(), '2027-12-01')).ok);
  const { book } = must(await transaction(db, (tx) => holdVersion(tx, '1.4.1')), 'held');
  const five = must(
    articlesOf(book).find(({ no }) => no === '5'),
    'article 5',
  );
  const sha256 = await hashNow(db, '1.4.1');
  await transaction(db, (tx) =>
    writeArticle(tx, {
      version: '1.4.1',
      no: '5',
      sha256,
      byId: anna(),
      article: { ...givenOf(five), title: { zh: '另一个题目', en: 'Another title' } },
    }),
  );
  assert.equal(refusalOf(await announceBy(db, '1.4.1', bo())), 'NOT_PROPOSED');
  assert.equal(
    (await asOwner(`select 1 from rules.texts where version = '1.4.1'`)).length,
    2,
    'both texts that the public saw are kept',
  );
  await transaction(db, (tx) => withdraw(tx, { version: '1.4.1', note: '算了', byId: anna() }));
});

test('comments wait until somebody looked, are hidden only with a reason, and each is answered before anything is announced', async () => {
  await aDraft(db, { version: '1.5.0', byId: anna(), hours: 8 });
  const [reader = '', other = ''] = await buyers(db, 2);
  const say = (text: string, author = { id: reader, name: '小林' }, article?: string) =>
    transaction(db, (tx) => comment(tx, { version: '1.5.0', article, text, author }));
  assert.equal(refusalOf(await say('还没有公开的草案')), 'RULEBOOK_NOT_FOUND');
  await openConsultation(db, '1.5.0', anna());
  assert.equal(refusalOf(await say('第九十九条不好', undefined, '99')), 'ARTICLE_NOT_FOUND');
  for (let i = 0; i < 5; i++) assert.ok((await say(`第 ${i + 1} 条意见`, undefined, '5')).ok);
  assert.equal(refusalOf(await say('第六条')), 'COMMENTS_TOO_MANY');
  assert.ok((await say('广告：加微信', { id: other, name: '路人' })).ok);

  later({ days: 9 });
  assert.equal(refusalOf(await proposeFor(db, '1.5.0', anna(), '2027-12-01')), 'COMMENTS_UNANSWERED');
  const decide = (number: number, show: boolean, why = '') =>
    transaction(db, (tx) => moderate(tx, { version: '1.5.0', number, byId: bo(), show, why }));
  assert.equal(refusalOf(await decide(6, false)), 'COMMENT_REASON_MISSING');
  assert.ok((await decide(6, false, '广告')).ok);
  assert.equal(refusalOf(await decide(6, true)), 'COMMENT_DECIDED');
  assert.equal(refusalOf(await decide(77, true)), 'COMMENT_NOT_FOUND');
  for (let number = 1; number <= 5; number++) assert.ok((await decide(number, true)).ok);
  const reply = (number: number) =>
    transaction(db, (tx) =>
      answer(tx, { version: '1.5.0', number, byId: bo(), outcome: 'declined', why: '法律另有规定。' }),
    );
  for (let number = 1; number <= 4; number++) assert.ok((await reply(number)).ok);
  assert.equal(refusalOf(await proposeFor(db, '1.5.0', anna(), '2027-12-01')), 'COMMENTS_UNANSWERED');
  assert.ok((await reply(5)).ok);
  assert.ok((await proposeFor(db, '1.5.0', anna(), '2027-12-01')).ok);
});

test('the program can neither rewrite a step nor take a version away', async () => {
  for (const text of [
    'delete from rules.versions',
    'delete from rules.steps',
    `update rules.steps set note = ''`,
    `update rules.texts set body = ''`,
    `update rules.comments set text = ''`,
    'delete from rules.outages',
  ])
    await assert.rejects(db.pool.query(text), { code: '42501' }, text);
});
