import { ok } from 'node:assert/strict';
import { test } from 'node:test';
import { pauseListings } from '../src/catalog/pause.actions.ts';
import { purchaseLane } from '../src/checkout/lanes.actions.ts';
import { sequenceAll } from '../src/evidence/sequencer.jobs.ts';
import { must } from '../src/kit/assert.ts';
import { transaction } from '../src/kit/tx.ts';
import { appealMeasure, decideProposed, hearAppeal, noteSignals, propose } from '../src/risk/actions.ts';
import { openTickets, stepTicket } from '../src/risk/tickets.actions.ts';
import type { Side } from '../src/risk/words.contract.ts';
import { bought, caseShop, clockwork, filed, staffer } from './cases.ts';
import { eachIsNamed, holds } from './damage.ts';
import { testDatabase } from './database.ts';
import { testLog } from './log.ts';
import { buyers, stock, wishFor } from './world.ts';

// What prove asks of measures, points, freezes and pauses, each shown to find a damage that is done by SQL as the owner and rolled back.
const { db, ownerUrl, clock, asOwner } = await testDatabase();
const shelf = await caseShop(db);
const { listingId, variantId } = must(shelf.listings[0], 'a listing');
await stock(db, shelf, variantId, 60);
const { shopId } = shelf;
const work = clockwork(db);
const [a, b, c] = [await staffer(db, 'risk'), await staffer(db, 'risk'), await staffer(db, 'risk')];

async function inForce(subjectId: string, side: Side): Promise<string> {
  const kind = side === 'buyer' ? ('own_use' as const) : ('lost_case' as const);
  await transaction(db, (tx) => noteSignals(tx, [{ subjectId, side, kind, ref: 'x', evidence: {} }]));
  const [row] = await asOwner('select id from risk.signals where subject_id = $1', [subjectId]);
  const step = side === 'buyer' ? ('notice' as const) : ('warning' as const);
  const wish = { viewer: a, side, subjectId, step, signals: [String(row?.['id'])], reasons: '有证据的一项' };
  const proposed = await transaction(db, (tx) => propose(tx, wish));
  ok(proposed.ok);
  const { measureId } = proposed.value;
  ok(
    (await transaction(db, (tx) => decideProposed(tx, { viewer: b, measureId, agrees: true, text: '属实' })))
      .ok,
  );
  return measureId;
}

test('F053 F109 F117 F207 prove holds on measures, points, a freeze, a pause and an order of high value', async () => {
  const [buyerId = '', other = ''] = await buyers(db, 2, 10_000_000n);
  const lifted = await inForce(buyerId, 'buyer');
  await inForce(other, 'buyer');
  await inForce(shopId, 'merchant');
  const appeal = { subjects: [buyerId], userId: buyerId, measureId: lifted, text: '不是我用的，请复核' };
  ok((await transaction(db, (tx) => appealMeasure(tx, appeal))).ok);
  const hearing = { viewer: c, measureId: lifted, upholds: false, text: '证据不足，撤销这项' };
  ok((await transaction(db, (tx) => hearAppeal(tx, hearing))).ok);
  ok((await purchaseLane(db).submit(await wishFor(db, { buyerId: other, variantId, quantity: 12 }))).ok);
  await work.news();
  const paid = await bought(db, shelf);
  await bought(db, shelf);
  await filed(db, paid);
  clock.forward({ hours: 25 });
  await work.due();
  clock.forward({ days: 4 });
  await work.due();
  const [ticketId] = await transaction(db, (tx) =>
    openTickets(tx, [{ kind: 'runaway', subjectId: shopId, ref: 'x', facts: {} }]),
  );
  const step = (viewer: typeof a, event: 'propose_lift' | 'lift') =>
    transaction(db, (tx) =>
      stepTicket(tx, { viewer, ticketId: must(ticketId, 'a ticket'), event, text: '已答复' }),
    );
  clock.forward({ hours: 1 });
  ok((await step(a, 'propose_lift')).ok && (await step(b, 'lift')).ok);
  await work.news();
  await transaction(db, (tx) => pauseListings(tx, [{ shopId, listingId, cause: 'delay', facts: {} }]));
  await sequenceAll(testLog(db));
  await holds({ db, ownerUrl });
});

eachIsNamed({ db, ownerUrl }, [
  [
    'a measure gets a state without a step',
    `update risk.measures set state = 'upheld' where state = 'running'`,
    'the steps of a measure lead from its proposal to its state',
  ],
  [
    'one person proposed and confirmed',
    `update risk.measure_steps s set by_id = p.by_id from risk.measure_steps p where p.measure_id = s.measure_id and p.event = 'propose' and s.event = 'confirm'`,
    'a measure that binds was proposed by one and confirmed by another, and an appeal was heard by a third',
  ],
  [
    'whoever confirmed it heard the appeal',
    `update risk.measure_steps s set by_id = p.by_id from risk.measure_steps p where p.measure_id = s.measure_id and p.event = 'confirm' and s.event = 'overturn'`,
    'a measure that binds was proposed by one and confirmed by another, and an appeal was heard by a third',
  ],
  [
    'the evidence of a measure is somebody else’s',
    `update risk.signals set side = 'merchant' where side = 'buyer'`,
    'a measure rests on evidence about its own subject, and no evidence carries two',
  ],
  [
    'a measure loses its end',
    `delete from kit.deadlines where what = 'risk.measure_end'`,
    'a measure that has an end has its deadline while it binds, and no other has',
  ],
  [
    'the points of a penalty disappear',
    `delete from risk.scores where kind = 'warning'`,
    'points of a shop are those of its penalties, and a penalty that was lifted gave them back',
  ],
  [
    'the points of a silence disappear',
    `delete from risk.scores where kind = 'silent'`,
    'whatever a case cost a shop by decision, proof or silence stands in its points, once, and nothing else does',
  ],
  [
    'points without a case',
    `insert into risk.scores select shop_id, 'decided', '01900000-0000-7000-8000-000000000009', -5, at from risk.scores limit 1`,
    'whatever a case cost a shop by decision, proof or silence stands in its points, once, and nothing else does',
  ],
  [
    'the freeze began before money went out',
    `update risk.tickets set opened_at = opened_at - interval '3 days' where kind = 'runaway'`,
    'nothing was released to a shop while it was frozen',
  ],
  [
    'whoever proposed to lift a freeze lifted it',
    `update risk.ticket_steps s set by_id = p.by_id from risk.ticket_steps p where p.ticket_id = s.ticket_id and p.event = 'propose_lift' and s.event = 'lift'`,
    'the steps of a ticket lead to its state, and who lifts a freeze did not propose it',
  ],
  [
    'a paused listing is on sale',
    `update catalog.listings set state = 'live' where state = 'suspended'`,
    'a paused listing is not on sale, and its history says so',
  ],
  [
    'an order of high value settles as all others',
    `update orders.orders set settle_days = 3 where total_fen >= 100000`,
    'an order of high value waits longer, and the way of its goods stands in its log',
  ],
  [
    'an order is held for a review that is not there',
    `insert into orders.holds select shop_id, id, 'risk', id, placed_at from orders.orders limit 1`,
    'an order that waits for a review has one that is open',
  ],
]);
