import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { prove } from '../../../bin/prove.ts';
import { buyerOf, caseShop, clockwork, judged, onSaleAgain, ownerOf, staffer } from '../../../test/cases.ts';
import { testDatabase } from '../../../test/database.ts';
import { testLog } from '../../../test/log.ts';
import { courtOf, nothing } from '../../../test/tribunals.ts';
import { stock } from '../../../test/world.ts';
import { sequenceAll } from '../../evidence/sequencer.jobs.ts';
import { addMembers } from '../../identity/people.actions.ts';
import { fen } from '../../kit/money.ts';
import { newId } from '../../kit/ids.ts';
import { transaction, type Tx } from '../../kit/tx.ts';
import type { Viewer } from '../../kit/viewer.ts';
import { post } from '../../ledger/actions.ts';
import { demoOpening } from '../../ledger/rules.ts';
import { appeal, withdraw, type Answer } from '../actions.ts';
import { fireCases } from '../clocks.actions.ts';
import { assign, rule } from '../desk.actions.ts';
import { arbitrate, decideDoubted, doubt, recuse, vote } from './actions.ts';
import { tribunalDeadlines } from './clocks.actions.ts';
import { drawTribunals } from './draw.actions.ts';
import { drawOrder, listOf, tokenOf } from './draw.rules.ts';
import { remindSeats } from './tell.jobs.ts';

const database = await testDatabase();
const { db, asOwner, clock, ownerUrl } = database;
const work = clockwork(db);
const shelf = await caseShop(db);
await stock(db, shelf, shelf.listings[0]?.variantId ?? '', 400);
const shop = ownerOf(shelf);
const price = 9750n;
const first = await staffer(db, 'support');
const boss = await staffer(db, 'admin');
const five: Viewer[] = [];
for (let n = 0; n < 5; n += 1) five.push(await staffer(db, 'arbitrator'));
const court = courtOf(database, shelf, first);
const { wallet, stateOf, sharesOf, run, said, decided, before, draw, seated, voted, arbiter, buy } = court;

test('C8 C9 C10 F051 F118: three drawn by lot, two of them carry it, an appeal to a fourth, and the money moves once', async () => {
  const who = await buy();
  const had = await wallet(who);
  const caseId = await before(who);
  const panel = await seated(caseId);
  equal(panel.length, 3);
  ok(panel.every((userId) => five.some((one) => one.userId === userId)));
  equal(await voted(caseId, String(first.userId)), 'NOT_SEATED', 'who decided first does not sit');
  const [one = '', two = '', three = ''] = panel;
  equal(await voted(caseId, one, judged({ amount: fen(9000n) })), 'arbitration');
  equal(await voted(caseId, one), 'VOTED_ALREADY');
  equal(await voted(caseId, two, judged({ articles: [] })), 'ARTICLE_MISSING', 'a vote has reasons');
  equal(await voted(caseId, two, judged({ amount: fen(5000n) })), 'arbitration');
  equal(await voted(caseId, three, nothing), 'awarded');
  const [said1] = await asOwner(
    `select body from aftersales.statements where case_id = $1 and kind = 'award'`,
    [caseId],
  );
  const body = said1?.['body'] as { amount: string; votes: { carries: boolean }[] };
  equal(body.amount, '5000', 'what two of three support');
  deepEqual(
    body.votes.map((each) => each.carries),
    [true, true, false],
  );
  equal(await wallet(who), had, 'nothing moves while it can be appealed');
  const viewer = buyerOf(who.buyerId);
  equal(
    said(await run((tx) => appeal(tx, { caseId, viewer, ground: 'wrong_article', text: '应全退' }))),
    'appealed',
  );
  equal(
    said(await run((tx) => appeal(tx, { caseId, viewer: shop, ground: 'procedure', text: 'x' }))),
    'APPEAL_OVER',
    'one appeal, whoever was first',
  );
  for (const met of [...panel.map(arbiter), first])
    equal(said(await run((tx) => assign(tx, { caseId, viewer: met }))), 'CONFLICT_OF_INTEREST');
  equal(said(await run((tx) => assign(tx, { caseId, viewer: boss }))), 'appealed');
  equal(said(await run((tx) => rule(tx, { caseId, viewer: boss, judged: judged() }))), 'executed');
  equal((await wallet(who)) - had, price);
  deepEqual(await sharesOf(caseId), [['escrow', '9750']]);
});

test('C10 an award that nobody appeals in five days is carried out', async () => {
  const who = await buy();
  const had = await wallet(who);
  const caseId = await before(who);
  for (const userId of await seated(caseId)) await voted(caseId, userId);
  equal(await stateOf(caseId), 'awarded');
  clock.forward({ days: 6 });
  await work.due();
  equal(await stateOf(caseId), 'executed');
  equal((await wallet(who)) - had, price);
});

test('F118 the lot comes from a checkpoint of the log that is newer than the request, over a list that the request fixed', async () => {
  const caseId = await decided(await buy());
  await sequenceAll(testLog(db));
  await run((tx) => arbitrate(tx, { caseId, viewer: shop, ground: 'procedure', text: '没有听我说' }));
  await drawTribunals(db);
  deepEqual(await seated(caseId), [], 'no checkpoint covers the request yet');
  const [fixed] = await asOwner(
    `select body->>'sha256' as sha256 from aftersales.statements where case_id = $1 and kind = 'draw_list'`,
    [caseId],
  );
  await draw();
  const [row] = await asOwner(
    `select w.*, n.note from aftersales.tribunals w join evidence.notes n on n.size = w.source_size where case_id = $1`,
    [caseId],
  );
  const list = listOf(
    caseId,
    five.map((one) => String(one.userId)),
  );
  equal(fixed?.['sha256'], list.sha256.toString('hex'));
  const [, size, root] = String(row?.['note']).split('\n');
  const order = drawOrder(
    {
      kind: 'panel',
      caseId,
      size: Number(size),
      root: Buffer.from(String(root), 'base64'),
      listSha256: list.sha256,
    },
    list.tokens,
  );
  deepEqual(
    (await seated(caseId)).map((userId) => tokenOf(caseId, userId)),
    order.slice(0, 3),
    'the signed note alone gives the same three',
  );
});

test('F118 nobody with a conflict can be drawn: not of the shop, not the buyer, not who had the case', async () => {
  const [own, another] = [String(five[0]?.userId), String(five[1]?.userId)];
  await transaction(db, (tx) => addMembers(tx, [{ shopId: shelf.shopId, userId: own, role: 'goods' }]));
  await transaction(db, (tx) =>
    post(tx, [{ key: newId(tx.wall), transfers: [demoOpening({ userId: another, amount: fen(100_000n) })] }]),
  );
  const caseId = await before(await buy({ buyerId: another }));
  const [row] = await asOwner(`select people from aftersales.tribunals where case_id = $1`, [caseId]);
  const list = row?.['people'] as string[];
  equal(list.length, 3);
  ok(!list.includes(own) && !list.includes(another));
  await asOwner('delete from identity.memberships where user_id = $1', [own]);
});

test('F118 an arbitrator withdraws: the next of the same lot is called; with nobody left two decide, and if they differ a senior', async () => {
  const caseId = await before(await buy());
  const panel = await seated(caseId);
  for (const userId of panel.slice(0, 2))
    equal(
      said(await run((tx) => recuse(tx, { caseId, viewer: arbiter(userId), text: '认识卖家' }))),
      'arbitration',
    );
  const now = await seated(caseId);
  equal(now.length, 3);
  ok(!now.some((userId) => panel.slice(0, 2).includes(userId)));
  await run((tx) => recuse(tx, { caseId, viewer: arbiter(now[0] ?? ''), text: '生病' }));
  const two = await seated(caseId);
  equal(two.length, 2, 'five were on the list');
  await voted(caseId, two[0] ?? '');
  equal(await voted(caseId, two[1] ?? '', nothing), 'chaired');
  equal(
    said(await run((tx) => assign(tx, { caseId, viewer: arbiter(two[0] ?? '') }))),
    'CONFLICT_OF_INTEREST',
  );
  equal(said(await run((tx) => assign(tx, { caseId, viewer: boss }))), 'chaired');
  equal(said(await run((tx) => rule(tx, { caseId, viewer: boss, judged: judged() }))), 'awarded');
  equal(
    said(await run((tx) => appeal(tx, { caseId, viewer: shop, ground: 'conflict', text: '换人' }))),
    'appealed',
  );
  equal(
    said(await run((tx) => assign(tx, { caseId, viewer: boss }))),
    'CONFLICT_OF_INTEREST',
    'who ruled in place of the panel does not hear the appeal',
  );
});

test('F118 a party names a reason: the vote of that seat waits, another person decides, and a granted one is replaced with its vote void', async () => {
  const who = await buy();
  const caseId = await before(who);
  const [one = '', two = '', three = ''] = await seated(caseId);
  for (const userId of [one, two]) await voted(caseId, userId);
  const seat = tokenOf(caseId, one);
  const viewer = buyerOf(who.buyerId);
  const ask = () => run((tx) => doubt(tx, { caseId, viewer, seat, text: '他和店主是亲戚，有合照' }));
  equal(said(await ask()), 'arbitration');
  equal(said(await ask()), 'RECUSAL_ASKED');
  equal(await voted(caseId, three), 'arbitration', 'all have voted, and one seat is in doubt');
  const decide = (by: typeof boss, grants: boolean) =>
    run((tx) => decideDoubted(tx, { caseId, viewer: by, seat, grants, reasons: '合照属实，应当回避' }));
  equal(said(await decide(arbiter(two), true)), 'CONFLICT_OF_INTEREST', 'not somebody who sits');
  equal(said(await decide(boss, true)), 'arbitration');
  equal(said(await decide(boss, true)), 'NOT_YOUR_TURN');
  const now = await seated(caseId);
  ok(!now.includes(one) && now.length === 3);
  equal(await voted(caseId, one), 'NOT_SEATED');
  equal(await voted(caseId, now.find((each) => each !== two && each !== three) ?? ''), 'awarded');
});

test('F118 a seat that is kept counts at once, when its vote was the last thing that was waited for', async () => {
  const who = await buy();
  const caseId = await before(who);
  const panel = await seated(caseId);
  const seat = tokenOf(caseId, panel[0] ?? '');
  await run((tx) => doubt(tx, { caseId, viewer: shop, seat, text: '我不喜欢这个人的名字' }));
  for (const userId of panel) await voted(caseId, userId);
  equal(await stateOf(caseId), 'arbitration');
  equal(
    said(
      await run((tx) =>
        decideDoubted(tx, { caseId, viewer: boss, seat, grants: false, reasons: '名字不是回避的理由' }),
      ),
    ),
    'awarded',
  );
});

test('a late panel never hangs: two of three suffice, one is replaced once, then a senior, then the first decision stands', async () => {
  const [quick, slow] = [await before(await buy()), await before(await buy())];
  const [one = '', two = ''] = await seated(quick);
  await voted(quick, one);
  await voted(quick, two);
  const [only = '', ...late] = await seated(slow);
  await voted(slow, only);
  clock.forward({ hours: 72 });
  clock.forward({ minutes: 1 });
  await work.due();
  equal(await stateOf(quick), 'awarded', 'two of three agree');
  equal(await stateOf(slow), 'arbitration');
  const again = await seated(slow);
  ok(again.includes(only) && !again.some((userId) => late.includes(userId)), 'late seats went to the next');
  equal(again.length, 3);
  equal(await voted(slow, late[0] ?? ''), 'NOT_SEATED');
  clock.forward({ hours: 73 });
  await work.due();
  equal(await stateOf(slow), 'chaired');
  clock.forward({ days: 12 });
  await work.due();
  ok(['awarded', 'executed', 'closed'].includes(String(await stateOf(slow))));
  const [kept] = await asOwner('select award_remedy from aftersales.cases where id = $1', [slow]);
  equal(kept?.['award_remedy'], 'none', 'what was decided first');
  for (let turn = 0; turn < 3; turn += 1) {
    clock.forward({ days: 6 });
    await work.due();
  }
  equal(await stateOf(slow), 'closed');
});

test('without a checkpoint in 72 hours, or with fewer than three who are free, a senior decides', async () => {
  const caseId = await decided(await buy());
  await run((tx) => arbitrate(tx, { caseId, viewer: shop, ground: 'procedure', text: '要仲裁' }));
  clock.forward({ hours: 73 });
  await work.due();
  equal(await stateOf(caseId), 'chaired');
  await draw();
  deepEqual(await seated(caseId), [], 'a lot that comes too late seats nobody');
  const gone = five.slice(0, 3).map((each) => each.userId);
  await asOwner(`delete from identity.staff where user_id = any($1::uuid[]) and role = 'arbitrator'`, [gone]);
  equal(await stateOf(await before(await buy())), 'chaired');
  await asOwner(
    `insert into identity.staff select x, 'arbitrator', to_timestamp(0) from unnest($1::uuid[]) x`,
    [gone],
  );
});

const second = database.another();
const race = async (...acts: ((tx: Tx) => Promise<unknown>)[]): Promise<Answer[]> =>
  (await Promise.all(acts.map((act, i) => transaction(i % 2 ? second : db, act)))) as Answer[];

test('races: a double vote, two last votes, a vote against the deadline, two appeals: each has one outcome', async () => {
  const who = await buy();
  const caseId = await before(who);
  const [one = '', two = '', three = ''] = await seated(caseId);
  const cast =
    (userId: string, parts = judged()) =>
    (tx: Tx) =>
      vote(tx, { caseId, viewer: arbiter(userId), judged: parts });
  deepEqual((await race(cast(one), cast(one, nothing))).map(said).toSorted(), [
    'VOTED_ALREADY',
    'arbitration',
  ]);
  clock.forward({ hours: 72 });
  const due = {
    shopId: shelf.shopId,
    about: caseId,
    what: 'case.panel',
    dueAt: 0,
    startAt: 0,
    article: '29',
    version: '1.0.0',
  };
  const ring = (tx: Tx) => tribunalDeadlines['case.panel']?.(tx, [due as never]) ?? Promise.resolve();
  await race(cast(two), ring, cast(three), ring);
  ok(['awarded', 'arbitration'].includes(String(await stateOf(caseId))));
  for (const userId of await seated(caseId)) await voted(caseId, userId);
  equal(await stateOf(caseId), 'awarded');
  const [steps] = await asOwner(
    `select count(*)::int as n from aftersales.steps where case_id = $1 and event = 'award'`,
    [caseId],
  );
  equal(steps?.['n'], 1);
  const viewer = buyerOf(who.buyerId);
  const appeals = await race(
    (tx) => appeal(tx, { caseId, viewer, ground: 'procedure', text: '甲' }),
    (tx) => appeal(tx, { caseId, viewer: shop, ground: 'procedure', text: '乙' }),
    async (tx) => {
      await fireCases(tx, [{ ...due, what: 'case.final' } as never]);
      return { ok: false, refusal: 'none' };
    },
  );
  equal(appeals.filter((answer) => answer.ok).length, 1);
  equal(await stateOf(caseId), 'appealed');
});

test('races: a withdrawal against the draw and against the last vote: the case ends once, and a tribunal that is left decides nothing', async () => {
  for (const isLate of [false, true]) {
    const who = await buy();
    const viewer = buyerOf(who.buyerId);
    const caseId = isLate ? await before(who) : await decided(who);
    const leave = (tx: Tx) => withdraw(tx, { caseId, viewer, text: '解决了' });
    if (isLate) {
      const [one = '', two = '', three = ''] = await seated(caseId);
      await voted(caseId, one);
      await voted(caseId, two);
      await race(leave, (tx) => vote(tx, { caseId, viewer: arbiter(three), judged: judged() }));
      await run(leave);
    } else {
      await run((tx) => arbitrate(tx, { caseId, viewer, ground: 'procedure', text: '要仲裁' }));
      await sequenceAll(testLog(db));
      await Promise.all([run(leave), drawTribunals(second)]);
    }
    equal(await stateOf(caseId), 'withdrawn');
    equal((await asOwner('select 1 from orders.holds where order_id = $1', [who.orderId])).length, 0);
  }
});

test('everything that prove asks holds after all of it', async () => {
  await work.news();
  await sequenceAll(testLog(db));
  deepEqual((await prove({ url: ownerUrl, keys: db.keys })).offences, []);
});

test('F136 seats that have not voted are reminded at half and at four fifths of their time, and nobody else of the staff', async () => {
  await onSaleAgain(db, shelf);
  const caseId = await before(await buy());
  const panel = await seated(caseId);
  equal(await voted(caseId, panel[0] ?? ''), 'arbitration');
  const reminders = async (): Promise<string[]> => {
    await remindSeats(db);
    await work.due();
    await work.news();
    const rows = await asOwner(
      `select user_id, data->>'part' as part from notifications.messages where kind = 'panel.near' and data->>'case' = $1`,
      [caseId],
    );
    return rows.map((row) => `${panel.indexOf(String(row['user_id']))} ${String(row['part'])}`).toSorted();
  };
  clock.forward({ hours: 37 });
  deepEqual(await reminders(), ['1 50', '2 50']);
  equal(await voted(caseId, panel[1] ?? '', nothing), 'arbitration');
  clock.forward({ hours: 21 });
  deepEqual(await reminders(), ['1 50', '2 50', '2 80']);
  deepEqual(
    await asOwner(
      `select 1 from notifications.messages where kind = 'staff.case' and data->>'case' = $1 and data->'what'->>'zh' = '时间快到了'`,
      [caseId],
    ),
    [],
    'the desk has nothing to do while a panel votes',
  );
});
