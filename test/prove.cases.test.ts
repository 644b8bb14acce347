import { ok } from 'node:assert/strict';
import { test } from 'node:test';
import { agree, refuseClaim } from '../src/aftersales/actions.ts';
import { sequenceAll } from '../src/evidence/sequencer.jobs.ts';
import { transaction } from '../src/kit/tx.ts';
import { anExhibit, bought, clockwork, filed, ownerOf } from './cases.ts';
import { eachIsNamed, holds } from './damage.ts';
import { testDatabase } from './database.ts';
import { testLog } from './log.ts';
import { aShop, stock } from './world.ts';

// What prove asks of cases, each shown to find a damage that is done by SQL as the owner and rolled back after the look.
const { db, ownerUrl, clock } = await testDatabase();
const shelf = await aShop(db, [{}]);
await stock(db, shelf, shelf.listings[0]?.variantId ?? '', 20);
const viewer = ownerOf(shelf);

test('prove holds on cases in every kind of state', async () => {
  const [paid, open, refused] = [await bought(db, shelf), await bought(db, shelf), await bought(db, shelf)];
  const first = await filed(db, paid);
  ok((await transaction(db, (tx) => agree(tx, { caseId: first, viewer }))).ok);
  clock.forward({ hours: 73 });
  await clockwork(db).due();
  await filed(db, open, { reason: 'WRONG_SPEC' });
  const third = await filed(db, refused, { reason: 'WRONG_SPEC' });
  const answer = await transaction(db, (tx) =>
    refuseClaim(tx, { caseId: third, viewer, defence: 'RESOLD', text: '已转售', exhibit: anExhibit }),
  );
  ok(answer.ok);
  await sequenceAll(testLog(db));
  await holds({ db, ownerUrl });
});

eachIsNamed({ db, ownerUrl }, [
  [
    'a hold of an open case is taken away',
    `delete from orders.holds where reason = 'case'`,
    'a case that is open holds its order, and one that is over holds nothing',
  ],
  [
    'a case gets a state without a step',
    `update aftersales.cases set state = 'review' where state = 'refused'`,
    'the steps of a case lead from its filing to its state',
  ],
  [
    'a step disappears',
    `delete from aftersales.steps where event = 'agree'`,
    'the steps of a case lead from its filing to its state',
  ],
  [
    'a loss is written down',
    `update orders.losses set paid_fen = paid_fen - 1`,
    'what was paid for a unit is never more than its price, nor less than what its cases and its channel paid for it',
  ],
  [
    'a loss gets a higher price',
    `update orders.losses set cap_fen = cap_fen + 1`,
    'what was paid for a unit is never more than its price, nor less than what its cases and its channel paid for it',
  ],
  [
    'a shop pays what escrow had paid already',
    `update aftersales.executions set shares = shares || '[{"source":"available","amount":"1"}]'`,
    'all that a line got back is what was paid for its units, and at most what it cost',
  ],
  [
    'an execution says more than moved',
    `update aftersales.executions set amount_fen = amount_fen + 1`,
    'what was carried out for a case is what its transfers moved to the buyer',
  ],
  [
    'money of a case has no case',
    `update aftersales.executions set key = '01900000-0000-7000-8000-000000000001'`,
    'what was carried out for a case is what its transfers moved to the buyer',
  ],
  [
    'nobody answers for a closed case',
    `update aftersales.cases set liability = null where state = 'closed'`,
    'a case that is settled was carried out once, with a finding of who answers for it, and no other was',
  ],
  [
    'a case loses its clock',
    `delete from kit.deadlines where what = 'case.remedy'`,
    'an open case has the clock of its state, and one that is over has none',
  ],
  [
    'a shop owes what nobody paid for it',
    `insert into ledger.transfers (key, leg, kind, debit_kind, debit_id, credit_kind, credit_id, amount_fen, about, at)
     select '01900000-0000-7000-8000-000000000002', 1, 'case.recourse', 'receivable', id::text, 'platform.fund', '', 5, id, opened_at from merchants.shops limit 1`,
    'what a shop owes is what was paid for it, less what it paid back and what it was let off',
  ],
]);
