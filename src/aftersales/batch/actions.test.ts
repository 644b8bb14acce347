import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { prove } from '../../../bin/prove.ts';
import {
  anExhibit,
  bought,
  buyerOf,
  caseShop,
  clockwork,
  filed,
  judged,
  ownerOf,
  staffer,
  type Bought,
  onSaleAgain,
} from '../../../test/cases.ts';
import { testDatabase } from '../../../test/database.ts';
import { testLog } from '../../../test/log.ts';
import { stock, type Shelf } from '../../../test/world.ts';
import { changeListing } from '../../catalog/actions.ts';
import { sequenceAll } from '../../evidence/sequencer.jobs.ts';
import { fen } from '../../kit/money.ts';
import { transaction, type Tx } from '../../kit/tx.ts';
import type { Viewer } from '../../kit/viewer.ts';
import { agree, refuseClaim, withdraw } from '../actions.ts';
import { noteChannelRefund } from '../channel.actions.ts';
import {
  applyGroups,
  applySome,
  dissolveGroup,
  findGroup,
  leaveGroup,
  signGroup,
  speakForGroup,
  resumeBatch,
} from './actions.ts';

const database = await testDatabase();
const { db, asOwner, clock, ownerUrl } = database;
const work = clockwork(db);
const [anna, boris] = [await staffer(db, 'support'), await staffer(db, 'arbitrator')];
const finding = judged({ amount: null });
const price = 9750n;

type Case = { who: Bought; caseId: string };
/** A fresh shop with one batch of keys, and cases about it; the news of each has been heard. */
async function batchOf(count: number): Promise<{ shelf: Shelf; cases: Case[] }> {
  const shelf = await caseShop(db);
  await stock(db, shelf, shelf.listings[0]?.variantId ?? '', 60);
  const cases: Case[] = [];
  const people: Bought[] = [];
  for (let n = 0; n < count; n += 1) people.push(await bought(db, shelf));
  for (const who of people) {
    cases.push({ who, caseId: await filed(db, who, { reason: 'WRONG_SPEC' }) });
    await work.news();
    clock.forward({ minutes: 1 });
  }
  return { shelf, cases };
}
const one = async (text: string, values: unknown[]) => (await asOwner(text, values))[0] ?? {};
const groupOf = async (shelf: Shelf): Promise<string> =>
  String(
    (
      await one('select id from aftersales.case_groups where shop_id = $1 order by opened_at desc', [
        shelf.shopId,
      ])
    )['id'],
  );
const run = <T>(act: (tx: Tx) => Promise<T>): Promise<T> => transaction(db, act);
const said = (answer: { ok: boolean; refusal?: string; value?: object }): string =>
  answer.ok
    ? String((answer.value as { state?: string } | undefined)?.state ?? 'done')
    : String(answer.refusal);
const listingState = async (shelf: Shelf) =>
  (await one('select state from catalog.listings where shop_id = $1', [shelf.shopId]))['state'];
const paidCases = async (shelf: Shelf) =>
  Number(
    (
      await one(
        `select count(*)::int as n from aftersales.executions where shop_id = $1 and kind <> 'none'`,
        [shelf.shopId],
      )
    )['n'],
  );
const refunded = async (shelf: Shelf) =>
  (
    await asOwner(
      `select o.buyer_id, sum(t.amount_fen)::text as sum from orders.orders o join ledger.transfers t on t.about = o.id and t.kind in ('case.refunded', 'channel.refunded')
        where o.shop_id = $1 group by 1`,
      [shelf.shopId],
    )
  ).map((row) => String(row['sum']));

test('F129 two cases among forty-four sold ring nothing; the third rings and stops the sale of the rest', async () => {
  const shelf = await caseShop(db);
  await stock(db, shelf, shelf.listings[0]?.variantId ?? '', 60);
  const people: Bought[] = [];
  for (let n = 0; n < 44; n += 1) people.push(await bought(db, shelf, { reveal: n < 3 ? 1 : 0 }));
  for (const [n, who] of people.slice(0, 3).entries()) {
    await filed(db, who, { reason: 'WRONG_SPEC' });
    await work.news();
    equal(await listingState(shelf), n < 2 ? 'live' : 'suspended');
  }
  const watch = await one(
    'select cases, sold::int, suspended from aftersales.batch_watches where shop_id = $1',
    [shelf.shopId],
  );
  deepEqual(watch, { cases: 3, sold: 44, suspended: true });
});

test('F129 an alarm rings once for a batch, when the platform lets the rest be sold again and more cases come', async () => {
  const { shelf } = await batchOf(3);
  equal(await listingState(shelf), 'suspended');
  const listingId = shelf.listings[0]?.listingId ?? '';
  const resume = (viewer: Viewer) =>
    transaction(db, (tx) => resumeBatch(tx, { listingId, viewer, text: '剩下的换了来源' }));
  const byShop = await transaction(db, (tx) =>
    changeListing(tx, { shopId: shelf.shopId, listingId, event: 'resume', by: 'merchant' }),
  );
  equal(byShop.ok, false, 'the shop does not put it on sale by itself');
  equal((await resume(ownerOf(shelf))).ok, false);
  equal((await resume(await staffer(db, 'support'))).ok, true);
  equal((await resume(await staffer(db, 'support'))).ok, false, 'there is nothing more to resume');
  await filed(db, await bought(db, shelf), { reason: 'WRONG_SPEC' });
  await work.news();
  equal(await listingState(shelf), 'live');
  const bells = await asOwner(`select 1 from evidence.events where shop_id = $1 and kind = 'batch.alarm'`, [
    shelf.shopId,
  ]);
  equal(bells.length, 1);
});

test('F129 five cases about one batch are a group with a representative; a case about another batch or of another kind is not in it', async () => {
  const { shelf, cases } = await batchOf(4);
  equal(await groupOf(shelf), 'undefined');
  await onSaleAgain(db, shelf);
  const [other, fifth] = [await bought(db, shelf), await bought(db, shelf)];
  await filed(db, other, { reason: 'OTHER' });
  await work.news();
  equal(await groupOf(shelf), 'undefined', 'something else is wrong there');
  await filed(db, fifth, { reason: 'CARD_INVALID' });
  await work.news();
  const groupId = await groupOf(shelf);
  const group = await one('select * from aftersales.case_groups where id = $1', [groupId]);
  equal(group['representative_id'], cases[0]?.who.buyerId);
  const members = await asOwner('select case_id from aftersales.case_group_members where group_id = $1', [
    groupId,
  ]);
  equal(members.length, 5);
  const speak = (at: Case, text: string) =>
    run((tx) => speakForGroup(tx, { caseId: at.caseId, viewer: buyerOf(at.who.buyerId), text }));
  const [first, second] = [cases[0] as Case, cases[1] as Case];
  equal(said(await speak(first, '都是同一天买的')), 'done');
  equal(said(await speak(second, '我也是')), 'NOT_REPRESENTATIVE');
  equal(
    said(await run((tx) => leaveGroup(tx, { caseId: first.caseId, viewer: buyerOf(first.who.buyerId) }))),
    'done',
  );
  equal(
    said(await run((tx) => leaveGroup(tx, { caseId: first.caseId, viewer: buyerOf(first.who.buyerId) }))),
    'GROUP_OVER',
  );
  equal(said(await speak(second, '现在由我来说')), 'done', 'the next speaks');
  equal(
    said(await run((tx) => leaveGroup(tx, { caseId: second.caseId, viewer: buyerOf(first.who.buyerId) }))),
    'GROUP_OVER',
    'not theirs',
  );
});

test('F129 one finding, above the limit by two people, reaches every case once; after 72 hours each is refunded', async () => {
  const { shelf, cases } = await batchOf(30);
  const groupId = await groupOf(shelf);
  const find = (viewer: typeof anna) => run((tx) => findGroup(tx, { groupId, viewer, judged: finding }));
  equal(said(await find(ownerOf(shelf))), 'GROUP_NOT_FOUND');
  equal(
    said(await find({ ...anna, shops: [{ shopId: shelf.shopId, role: 'goods' }] })),
    'CONFLICT_OF_INTEREST',
  );
  equal(
    said(await run((tx) => findGroup(tx, { groupId, viewer: anna, judged: judged({ amount: fen(1n) }) }))),
    'AMOUNT_TOO_HIGH',
  );
  equal(said(await find(anna)), 'signing', '30 times 97.50 are above 2,000 yuan');
  equal(said(await find(boris)), 'NOT_YOUR_TURN');
  equal(
    said(await run((tx) => signGroup(tx, { groupId, viewer: anna, agrees: true, text: '' }))),
    'SAME_EYES',
  );
  equal(
    said(await run((tx) => signGroup(tx, { groupId, viewer: boris, agrees: false, text: '写清楚批次' }))),
    'open',
  );
  equal(said(await find(boris)), 'signing');
  equal(said(await run((tx) => signGroup(tx, { groupId, viewer: anna, agrees: true, text: '' }))), 'decided');
  await work.news();
  await applyGroups(db, [
    { id: groupId, event: 'caseGroup.decided', body: { about: [groupId], shops: [], data: null } },
  ]);
  const states = await asOwner(
    'select state, count(*)::int as n from aftersales.cases where shop_id = $1 group by 1',
    [shelf.shopId],
  );
  deepEqual(states, [{ state: 'decided', n: 30 }]);
  clock.forward({ hours: 72 });
  await work.due();
  await work.due();
  deepEqual(new Set(await refunded(shelf)), new Set([String(price)]));
  equal((await refunded(shelf)).length, 30);
  equal(await paidCases(shelf), 30);
  equal(
    said(
      await run((tx) =>
        leaveGroup(tx, { caseId: cases[0]?.caseId ?? '', viewer: buyerOf(cases[0]?.who.buyerId ?? '') }),
      ),
    ),
    'GROUP_OVER',
  );
});

test('F129 what was settled before the finding stays as it was settled, and what the finding cannot give stays open', async () => {
  const { shelf, cases } = await batchOf(6);
  const [agreed, gone, left, repaid] = cases as [Case, Case, Case, Case];
  ok((await run((tx) => agree(tx, { caseId: agreed.caseId, viewer: ownerOf(shelf) }))).ok);
  ok(
    (await run((tx) => withdraw(tx, { caseId: gone.caseId, viewer: buyerOf(gone.who.buyerId), text: '' })))
      .ok,
  );
  ok((await run((tx) => leaveGroup(tx, { caseId: left.caseId, viewer: buyerOf(left.who.buyerId) }))).ok);
  ok(
    (
      await run((tx) =>
        noteChannelRefund(tx, {
          shopId: shelf.shopId,
          orderId: repaid.who.orderId,
          channel: 'wechat',
          amount: fen(price),
          reference: 'R-1',
        }),
      )
    ).ok,
  );
  const groupId = await groupOf(shelf);
  equal(said(await run((tx) => findGroup(tx, { groupId, viewer: anna, judged: finding }))), 'decided');
  await work.news();
  const outcomes = await asOwner(
    'select outcome, count(*)::int as n from aftersales.case_group_members where group_id = $1 group by 1 order by 1',
    [groupId],
  );
  deepEqual(outcomes, [
    { outcome: 'found', n: 2 },
    { outcome: 'settled', n: 3 },
    { outcome: null, n: 1 },
  ]);
  equal(
    (await one('select state from aftersales.cases where id = $1', [left.caseId]))['state'],
    'negotiation',
  );
});

test('a group that is dissolved lets its cases go on one by one', async () => {
  const { shelf, cases } = await batchOf(5);
  const groupId = await groupOf(shelf);
  equal(
    said(await run((tx) => dissolveGroup(tx, { groupId, viewer: anna, text: '不是同一个问题' }))),
    'dissolved',
  );
  equal(said(await run((tx) => findGroup(tx, { groupId, viewer: anna, judged: finding }))), 'NOT_YOUR_TURN');
  ok((await run((tx) => agree(tx, { caseId: cases[0]?.caseId ?? '', viewer: ownerOf(shelf) }))).ok);
});

test('F129 races: the finding against agreeing, refusing, withdrawing, leaving, a channel, the clock and a second finding: each case has one outcome', async () => {
  const second = database.another();
  for (let round = 0; round < 3; round += 1) {
    const { shelf, cases } = await batchOf(8);
    const groupId = await groupOf(shelf);
    const viewer = ownerOf(shelf);
    const at = (n: number) => cases[n] as Case;
    const acts: ((tx: Tx) => Promise<unknown>)[] = [
      (tx) => applySome(tx, groupId),
      (tx) => agree(tx, { caseId: at(0).caseId, viewer }),
      (tx) => withdraw(tx, { caseId: at(1).caseId, viewer: buyerOf(at(1).who.buyerId), text: '' }),
      (tx) => leaveGroup(tx, { caseId: at(2).caseId, viewer: buyerOf(at(2).who.buyerId) }),
      (tx) =>
        noteChannelRefund(tx, {
          shopId: shelf.shopId,
          orderId: at(3).who.orderId,
          channel: 'wechat',
          amount: fen(price),
          reference: `R${round}`,
        }),
      (tx) =>
        refuseClaim(tx, {
          caseId: at(4).caseId,
          viewer,
          defence: 'NOT_AS_CLAIMED',
          text: '没有发错',
          exhibit: anExhibit,
        }),
      (tx) => applySome(tx, groupId),
    ];
    const both = await Promise.all([
      transaction(db, (tx) => findGroup(tx, { groupId, viewer: anna, judged: finding })),
      transaction(second, (tx) => findGroup(tx, { groupId, viewer: boris, judged: finding })),
    ]);
    equal(both.filter((answer) => answer.ok).length, 1);
    await Promise.all([...acts.map((act, i) => transaction(i % 2 ? second : db, act)), work.news()]);
    await work.news();
    clock.forward({ hours: 73 });
    await work.due();
    await work.due();
    const twice = await asOwner(
      `select case_id from aftersales.steps where shop_id = $1 and event = 'find_batch' group by 1 having count(*) > 1`,
      [shelf.shopId],
    );
    deepEqual(twice, []);
    const sums = await refunded(shelf);
    ok(
      sums.every((sum) => sum === String(price)),
      `nobody got more than the price: ${sums.join(' ')}`,
    );
    ok(sums.length >= 6 && sums.length <= 8, `${sums.length} were refunded`);
    await sequenceAll(testLog(db));
  }
});

test('everything that prove asks holds after all of it', async () => {
  await work.news();
  await sequenceAll(testLog(db));
  deepEqual((await prove({ url: ownerUrl, keys: db.keys })).offences, []);
});
