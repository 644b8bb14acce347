import { equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { findGroup } from '../src/aftersales/batch/actions.ts';
import { sequenceAll } from '../src/evidence/sequencer.jobs.ts';
import { transaction } from '../src/kit/tx.ts';
import { bought, caseShop, clockwork, filed, judged, staffer } from './cases.ts';
import { eachIsNamed, holds } from './damage.ts';
import { testDatabase } from './database.ts';
import { testLog } from './log.ts';
import { courtOf, juryOf } from './tribunals.ts';
import { stock } from './world.ts';

// What prove asks of panels, juries and groups, each shown to find a damage that is done by SQL as the owner and rolled back after the look.
const database = await testDatabase();
const { db, ownerUrl } = database;
const shelf = await caseShop(db);
await stock(db, shelf, shelf.listings[0]?.variantId ?? '', 60);
const first = await staffer(db, 'support');
for (let n = 0; n < 5; n += 1) await staffer(db, 'arbitrator');
const court = courtOf(database, shelf, first);
const juries = juryOf(court, shelf);
let juryCase = '';

test('prove holds on a panel, a jury and a group of cases', async () => {
  await juries.jurors(18);
  const panelCase = await court.before(await court.buy());
  for (const userId of await court.seated(panelCase)) await court.voted(panelCase, userId);
  equal(await court.stateOf(panelCase), 'awarded');
  juryCase = await juries.beforeJury(await court.buy());
  const jury = await court.seated(juryCase, 'jury');
  for (const userId of jury) await juries.seal(juryCase, userId, 'buyer');
  for (const userId of jury.slice(0, 9)) await juries.unseal(juryCase, userId, 'buyer');
  equal(await court.stateOf(juryCase), 'awarded');
  await court.before(await court.buy());
  const batch = await caseShop(db);
  await stock(db, batch, batch.listings[0]?.variantId ?? '', 20);
  for (const who of [
    await bought(db, batch),
    await bought(db, batch),
    await bought(db, batch),
    await bought(db, batch),
    await bought(db, batch),
  ])
    await filed(db, who, { reason: 'WRONG_SPEC' });
  await clockwork(db).news();
  const [group] = await database.asOwner('select id from aftersales.case_groups', []);
  ok(
    (
      await transaction(db, (tx) =>
        findGroup(tx, { groupId: String(group?.['id']), viewer: first, judged: judged({ amount: null }) }),
      )
    ).ok,
  );
  await clockwork(db).news();
  await sequenceAll(testLog(db));
  await holds({ db, ownerUrl });
});

eachIsNamed({ db, ownerUrl }, [
  [
    'a panel loses its tribunal',
    `update aftersales.tribunals set ended_at = asked_at where state = 'voting'`,
    'a case before a panel or a jury has one that has not ended, and what has not ended has a case or was left by it',
  ],
  [
    'a lot comes from another checkpoint',
    `update aftersales.tribunals set source_root = sha256('x') where kind = 'panel'`,
    'a lot is a published checkpoint that covers the request',
  ],
  [
    'a lot comes from before the request',
    () =>
      `update aftersales.tribunals w set source_size = n.size, source_root = k.root from (select min(size) as size from evidence.notes where size > 0) n, evidence.checkpoints k where k.size = n.size and w.case_id = '${juryCase}'`,
    'a lot is a published checkpoint that covers the request',
  ],
  [
    'two people swap their seats',
    `update aftersales.seats set rank = rank + 100 where kind = 'panel' and rank = 1`,
    'each lot is drawn again with the same result',
  ],
  [
    'a name is struck from a list',
    `update aftersales.tribunals set tokens = tokens[2:], people = people[2:] where kind = 'jury'`,
    'each lot is drawn again with the same result',
  ],
  [
    'the first judge sits',
    `update aftersales.assignments set tier = 1 where tier = 2`,
    'nobody sits in a case of their own or one that they had before',
  ],
  [
    'a panel awards more than two voted for',
    `update aftersales.statements set body = jsonb_set(body, '{amount}', '"999999"') where kind = 'award'`,
    'a panel awards what more than half of its seats voted for, and a jury what it takes to win',
  ],
  [
    'a jury says what it did not find',
    `update aftersales.statements set body = jsonb_set(body, '{for}', '"merchant"') where kind = 'verdict'`,
    'a panel awards what more than half of its seats voted for, and a jury what it takes to win',
  ],
  [
    'an opened vote is turned round',
    `update aftersales.ballots set choice = 'merchant' where kind = 'jury' and choice = 'buyer'`,
    'each vote that was opened is the one that was sealed',
  ],
  [
    'a group is opened again without a step',
    `update aftersales.case_groups set state = 'open'`,
    'the steps of a group lead to its state',
  ],
  [
    'a case leaves the outcome of its group',
    `update aftersales.case_group_members set outcome = 'settled'`,
    'a finding reached each case of its group once, and no other case',
  ],
  [
    'a case is forgotten by its finding',
    `with m as (update aftersales.case_group_members set outcome = null, found_at = null returning case_id) delete from aftersales.steps s using m where s.case_id = m.case_id and s.event = 'find_batch'`,
    'a finding reached each case of its group once, and no other case',
  ],
]);
