import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { prove } from '../../../bin/prove.ts';
import { buyerOf, caseShop, clockwork, onSaleAgain, ownerOf, staffer } from '../../../test/cases.ts';
import { testDatabase } from '../../../test/database.ts';
import { testLog } from '../../../test/log.ts';
import { courtOf, juryOf } from '../../../test/tribunals.ts';
import { buyers, stock } from '../../../test/world.ts';
import { sequenceAll } from '../../evidence/sequencer.jobs.ts';
import { transaction, type Tx } from '../../kit/tx.ts';
import type { Answer } from '../actions.ts';
import { askJury, consent } from '../panel/actions.ts';
import { tokenOf } from '../panel/draw.rules.ts';
import { commit, open, volunteer } from './actions.ts';
import { remindSeats } from '../panel/tell.jobs.ts';
import { commitmentOf, type Choice } from './rules.ts';

const database = await testDatabase();
const { db, asOwner, clock, ownerUrl } = database;
const work = clockwork(db);
const shelf = await caseShop(db);
await stock(db, shelf, shelf.listings[0]?.variantId ?? '', 200);
const shop = ownerOf(shelf);
const first = await staffer(db, 'support');
for (let n = 0; n < 3; n += 1) await staffer(db, 'arbitrator');
const court = courtOf(database, shelf, first);
const { wallet, stateOf, run, said, decided, draw, seated, buy } = court;
const { jurors, beforeJury, seal, unseal } = juryOf(court, shelf);
await jurors(20);

test('F118 seventeen volunteers are drawn, seal their votes, and the ninth that is opened for one side decides; the money follows after the appeal', async () => {
  const who = await buy();
  const had = await wallet(who);
  const caseId = await beforeJury(who);
  const jury = await seated(caseId, 'jury');
  equal(jury.length, 17);
  for (const [n, userId] of jury.entries())
    equal(await seal(caseId, userId, n % 3 === 2 ? 'merchant' : 'buyer'), 'jury');
  const [state] = await asOwner(`select state from aftersales.tribunals where case_id = $1`, [caseId]);
  equal(state?.['state'], 'opening', 'all have sealed, so nobody waits for the hour');
  equal(await unseal(caseId, jury[0] ?? '', 'merchant'), 'SEAL_DIFFERS');
  const ends: string[] = [];
  for (const [n, userId] of jury.entries())
    ends.push(await unseal(caseId, userId, n % 3 === 2 ? 'merchant' : 'buyer'));
  equal(ends.indexOf('awarded'), 12, 'the thirteenth vote was the ninth for the buyer');
  ok(ends.slice(13).every((end) => end === 'VOTE_OVER'));
  clock.forward({ days: 6 });
  await work.due();
  equal(await stateOf(caseId), 'executed');
  equal((await wallet(who)) - had, 9750n);
});

test('F118 a vote that is never opened does not count: without nine at the last hour a panel hears the case', async () => {
  const caseId = await beforeJury(await buy());
  const jury = await seated(caseId, 'jury');
  for (const userId of jury.slice(0, 10)) await seal(caseId, userId, 'buyer');
  equal(await unseal(caseId, jury[0] ?? '', 'buyer'), 'VOTE_OVER', 'not before the hour');
  clock.forward({ hours: 16 });
  await work.due();
  equal(await seal(caseId, jury[12] ?? '', 'buyer'), 'VOTE_OVER', 'nor sealed after it');
  equal(await unseal(caseId, jury[12] ?? '', 'buyer'), 'NOT_SEALED');
  for (const userId of jury.slice(0, 8)) equal(await unseal(caseId, userId, 'buyer'), 'jury');
  clock.forward({ hours: 9 });
  await work.due();
  equal(await stateOf(caseId), 'arbitration');
  await draw();
  equal((await seated(caseId)).length, 3);
});

test('a jury that cannot reach nine any more hangs at once', async () => {
  const caseId = await beforeJury(await buy());
  const jury = await seated(caseId, 'jury');
  for (const [n, userId] of jury.slice(0, 16).entries())
    await seal(caseId, userId, n % 2 ? 'merchant' : 'buyer');
  clock.forward({ hours: 16 });
  await work.due();
  const ends: string[] = [];
  for (const [n, userId] of jury.slice(0, 16).entries())
    ends.push(await unseal(caseId, userId, n % 2 ? 'merchant' : 'buyer'));
  equal(ends.at(-1), 'arbitration');
});

test('F118 a jury needs both sides: a no and a silence lead to a panel; what needs a technical look never gets one', async () => {
  const ask = async () => {
    const who = await buy();
    const caseId = await decided(who);
    const viewer = buyerOf(who.buyerId);
    equal(
      said(await run((tx) => askJury(tx, { caseId, viewer, ground: 'procedure', text: '请评审团看' }))),
      'jury_asked',
    );
    equal(said(await run((tx) => consent(tx, { caseId, viewer, agrees: true }))), 'NOT_YOUR_TURN');
    return caseId;
  };
  const refused = await ask();
  equal(
    said(await run((tx) => consent(tx, { caseId: refused, viewer: shop, agrees: false }))),
    'arbitration',
  );
  const silent = await ask();
  clock.forward({ hours: 24 });
  await work.due();
  equal(await stateOf(silent), 'arbitration');
});

test('F118 who sits on a jury has a record and no conflict: not the parties, not the shop, not its earlier buyers in cases, not the staff', async () => {
  const [fresh = ''] = await buyers(db, 1);
  const offer = (userId: string) =>
    transaction(db, (tx) => volunteer(tx, { userId, willing: true, rulebook: '1.0.0' }));
  deepEqual(await offer(fresh), { ok: false, refusal: 'NOT_WILLING' });
  deepEqual(await offer(String(first.userId)), { ok: false, refusal: 'NOT_WILLING' });
  ok((await offer(shelf.ownerId)).ok, 'the owner of a verified shop may');
  const who = await buy();
  await asOwner(
    `insert into aftersales.jurors select buyer_id, true, to_timestamp(0) from aftersales.cases on conflict do nothing`,
  );
  const caseId = await beforeJury(who);
  const [row] = await asOwner(`select people from aftersales.tribunals where case_id = $1`, [caseId]);
  const list = row?.['people'] as string[];
  equal(list.length, 20);
  ok(!list.includes(shelf.ownerId) && !list.includes(who.buyerId));
});

test('with fewer than seventeen volunteers the case goes to a panel', async () => {
  await asOwner(
    `update aftersales.jurors set willing = false where user_id in (select user_id from aftersales.jurors limit 8)`,
  );
  const caseId = await beforeJury(await buy());
  equal(await stateOf(caseId), 'arbitration');
  await draw();
  equal((await seated(caseId)).length, 3);
  await asOwner('update aftersales.jurors set willing = true');
});

test('races: a vote sealed twice, opened twice, and the ninth at the last hour: each has one outcome', async () => {
  const caseId = await beforeJury(await buy());
  const jury = await seated(caseId, 'jury');
  const second = database.another();
  const race = async (...acts: ((tx: Tx) => Promise<unknown>)[]): Promise<Answer[]> =>
    (await Promise.all(acts.map((act, i) => transaction(i % 2 ? second : db, act)))) as Answer[];
  const sealing = (userId: string, choice: Choice) => (tx: Tx) =>
    commit(tx, {
      caseId,
      viewer: buyerOf(userId),
      commitment: commitmentOf({
        caseId,
        token: tokenOf(caseId, userId),
        choice,
        nonce: 'a-nonce-of-tests-0',
      }),
    });
  const [one = ''] = jury;
  deepEqual((await race(sealing(one, 'buyer'), sealing(one, 'buyer'))).map(said).toSorted(), [
    'VOTED_ALREADY',
    'jury',
  ]);
  for (const userId of jury.slice(1, 12)) await seal(caseId, userId, 'buyer');
  clock.forward({ hours: 16 });
  await work.due();
  const opening = (userId: string) => (tx: Tx) =>
    open(tx, {
      caseId,
      viewer: buyerOf(userId),
      choice: 'buyer',
      nonce: 'a-nonce-of-tests-0',
      reasons: '支持买家，证据充分',
    });
  deepEqual((await race(opening(one), opening(one))).map(said).toSorted(), ['VOTED_ALREADY', 'jury']);
  for (const userId of jury.slice(1, 8)) await unseal(caseId, userId, 'buyer');
  clock.forward({ hours: 8 });
  await Promise.all([
    transaction(second, opening(jury[8] ?? '')),
    transaction(db, opening(jury[9] ?? '')),
    work.due(),
  ]);
  await work.due();
  const end = String(await stateOf(caseId));
  ok(['awarded', 'arbitration'].includes(end));
  const steps = await asOwner(
    `select event from aftersales.steps where case_id = $1 and event in ('find', 'hang')`,
    [caseId],
  );
  deepEqual(
    steps.map((row) => row['event']),
    [end === 'awarded' ? 'find' : 'hang'],
  );
});

test('everything that prove asks holds after all of it', async () => {
  await work.news();
  await sequenceAll(testLog(db));
  deepEqual((await prove({ url: ownerUrl, keys: db.keys })).offences, []);
});

test('F136 a juror is told until when to seal, reminded to seal before the votes are opened, and to open what was sealed before the last hour', async () => {
  await onSaleAgain(db, shelf);
  const caseId = await beforeJury(await buy());
  const jury = await seated(caseId, 'jury');
  await work.news();
  const [{ until } = {}] = await asOwner(
    `select max((data->>'until')::bigint) as until from notifications.messages where kind = 'jury.seat' and data->>'case' = $1`,
    [caseId],
  );
  const [{ due } = {}] = await asOwner(
    `select (extract(epoch from due_at) * 1000)::bigint as due from kit.deadlines where what = 'jury.reveal' and about = $1`,
    [caseId],
  );
  equal(until, due);
  for (const userId of jury.slice(0, 15)) await seal(caseId, userId, 'buyer');
  const reminders = async (): Promise<Record<string, number>> => {
    await remindSeats(db);
    const rows = await asOwner(
      `select data->'what'->>'zh' as what, data->>'part' as part, count(*) as n from notifications.messages
        where kind = 'jury.near' and data->>'case' = $1 group by 1, 2 order by 1, 2`,
      [caseId],
    );
    return Object.fromEntries(
      rows.map((row) => [`${String(row['what'])} ${String(row['part'])}`, Number(row['n'])]),
    );
  };
  clock.forward({ hours: 9 });
  deepEqual(await reminders(), { '密封投票 50': 2 });
  clock.forward({ hours: 4 });
  deepEqual(await reminders(), { '密封投票 50': 2, '密封投票 80': 2 }, 'nothing can be opened yet');
  clock.forward({ hours: 3 });
  await work.due();
  for (const userId of jury.slice(0, 5)) await unseal(caseId, userId, 'buyer');
  clock.forward({ hours: 4 });
  deepEqual(await reminders(), { '公开密封票 80': 10, '密封投票 50': 2, '密封投票 80': 2 });
});
