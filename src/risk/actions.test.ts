import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { bought, caseShop, clockwork, ownerOf, staffer } from '../../test/cases.ts';
import { testDatabase } from '../../test/database.ts';
import { buyers, stock } from '../../test/world.ts';
import { changeListing } from '../catalog/actions.ts';
import { cureListings, cureShop, pauseListings, pauseShop } from '../catalog/pause.actions.ts';
import { confirm } from '../delivery/completion.actions.ts';
import { must } from '../kit/assert.ts';
import { newId } from '../kit/ids.ts';
import { reader, transaction } from '../kit/tx.ts';
import {
  appealMeasure,
  decideProposed,
  frozenShops,
  hearAppeal,
  newListingsStopped,
  noteSignals,
  propose,
  restrictionsOf,
  type Answer,
} from './actions.ts';
import { pausedListings } from './pauses.actions.ts';
import { openTickets, stepTicket } from './tickets.actions.ts';
import { scoreOf } from './views.ts';
import type { MeasureStep, Side, SignalKind } from './words.contract.ts';

const { db, clock, asOwner } = await testDatabase();
const work = clockwork(db);
const [first, second, third] = [
  await staffer(db, 'risk'),
  await staffer(db, 'risk'),
  await staffer(db, 'risk'),
];
const said = (answer: { ok: boolean; refusal?: string; value?: { state: string } }): string =>
  answer.ok ? (answer.value?.state ?? '') : (answer.refusal ?? '');

let facts = 0;
async function found(subjectId: string, side: Side, kind: SignalKind): Promise<string[]> {
  const ref = `fact ${(facts += 1)}`;
  await transaction(db, (tx) =>
    noteSignals(tx, [{ subjectId, side, kind, ref, evidence: { says: '发码方记录' } }]),
  );
  const rows = await asOwner('select id from risk.signals where ref = $1', [ref]);
  return rows.map((row) => String(row['id']));
}
const wish = (subjectId: string, side: Side, step: MeasureStep, signals: readonly string[]) => ({
  viewer: first,
  side,
  subjectId,
  step,
  signals,
  reasons: '同一截图用在三件售后，发码方记录不符',
});
async function inForce(subjectId: string, side: Side, step: MeasureStep, kind: SignalKind): Promise<string> {
  const signals = await found(subjectId, side, kind);
  const answer = await transaction(db, (tx) => propose(tx, wish(subjectId, side, step, signals)));
  ok(answer.ok, JSON.stringify(answer));
  const { measureId } = answer.value;
  equal(said(await decide(measureId, true)), 'running');
  return measureId;
}
const decide = (measureId: string, agrees: boolean, viewer = second): Promise<Answer> =>
  transaction(db, (tx) => decideProposed(tx, { viewer, measureId, agrees, text: '核对过证据' }));
const limitsOf = async (buyerId: string) => (await restrictionsOf(await reader(db), [buyerId])).get(buyerId);
const scoreNow = async (shopId: string): Promise<number> =>
  must((await scoreOf(await reader(db), { viewerShop: shopId, since: 0 as never }))[0], 'a score').score;

test('F053 F058 a measure: evidence, proposal, second person, limit, notice with the way to appeal, end by time', async () => {
  const [buyerId = ''] = await buyers(db, 1);
  const signals = await found(buyerId, 'buyer', 'reused_exhibit');
  const proposed = await transaction(db, (tx) => propose(tx, wish(buyerId, 'buyer', 'notice', signals)));
  ok(proposed.ok);
  const { measureId } = proposed.value;
  equal(await limitsOf(buyerId), undefined, 'what is proposed binds nobody');
  equal(said(await decide(measureId, true, first)), 'SECOND_PERSON_NEEDED');
  equal(said(await decide(measureId, true)), 'running');
  equal(said(await decide(measureId, true)), 'MEASURE_MOVED_ON');
  equal(await limitsOf(buyerId), undefined, 'a notice limits nothing');
  await inForce(buyerId, 'buyer', 'fewer_fast', 'own_use');
  equal((await limitsOf(buyerId))?.firstPay, 'limited');
  await work.news();
  const told = await asOwner('select data from notifications.messages where user_id = $1 and kind = $2', [
    buyerId,
    'measure.news',
  ]);
  equal(told.length, 2, 'whom it is about hears of both, and not of proposals');
  clock.forward({ days: 91 });
  equal(await limitsOf(buyerId), undefined, 'it binds no longer than its time');
  await work.due();
  const states = await asOwner('select state from risk.measures where subject_id = $1', [buyerId]);
  deepEqual(
    states.map((row) => row['state']),
    ['ended', 'ended'],
  );
});

test('F053 an appeal is heard by a third person, and what is overturned is gone at once', async () => {
  const [buyerId = '', stranger = ''] = await buyers(db, 2);
  await inForce(buyerId, 'buyer', 'notice', 'own_use');
  const measureId = await inForce(buyerId, 'buyer', 'fewer_fast', 'reused_exhibit');
  const appeal = (userId: string) =>
    transaction(db, (tx) =>
      appealMeasure(tx, { subjects: [userId], userId, measureId, text: '材料是同一批卡的截图' }),
    );
  equal(said(await appeal(stranger)), 'MEASURE_NOT_FOUND', 'of somebody else it is not there');
  equal(said(await appeal(buyerId)), 'appealed');
  equal(said(await appeal(buyerId)), 'APPEALED_ALREADY');
  equal((await limitsOf(buyerId))?.firstPay, 'limited', 'it goes on meanwhile');
  const hear = (viewer: typeof first, upholds: boolean) =>
    transaction(db, (tx) => hearAppeal(tx, { viewer, measureId, upholds, text: '材料确属同一批次，撤销' }));
  for (const viewer of [first, second]) equal(said(await hear(viewer, false)), 'THIRD_PERSON_NEEDED');
  equal(said(await hear(third, false)), 'lifted');
  equal(await limitsOf(buyerId), undefined);
  const steps = await asOwner(
    'select event, by_kind, article from risk.measure_steps where measure_id = $1 order by step',
    [measureId],
  );
  deepEqual(
    steps.map((row) => Object.values(row)),
    [
      ['propose', 'operator', '38'],
      ['confirm', 'operator', '38'],
      ['appeal', 'buyer', '38'],
      ['overturn', 'operator', '28'],
    ],
  );
  const log = await asOwner('select kind from evidence.events where about = $1 order by seq', [measureId]);
  deepEqual(
    log.map((row) => row['kind']),
    ['risk.propose', 'risk.confirm', 'risk.appeal', 'risk.overturn'],
    'every step is a fact of the log',
  );
});

test('two officers who propose at once, and two who decide at once: one of each counts', async () => {
  const [buyerId = ''] = await buyers(db, 1);
  const signals = await found(buyerId, 'buyer', 'own_use');
  const answers = await Promise.all(
    [first, second, third].map((viewer) =>
      transaction(db, (tx) => propose(tx, { ...wish(buyerId, 'buyer', 'notice', signals), viewer })),
    ),
  );
  deepEqual(answers.map(said).sort(), ['MEASURE_PENDING', 'MEASURE_PENDING', 'proposed']);
  const [row] = await asOwner('select id, proposed_by from risk.measures where subject_id = $1', [buyerId]);
  const others = [first, second, third].filter((one) => one.userId !== row?.['proposed_by']);
  const decided = await Promise.all([
    decide(String(row?.['id']), true, must(others[0], 'another')),
    decide(String(row?.['id']), false, must(others[1], 'another')),
  ]);
  equal(decided.filter((one) => one.ok).length, 1);
  const steps = await asOwner('select step from risk.measure_steps where measure_id = $1 order by step', [
    row?.['id'],
  ]);
  deepEqual(
    steps.map((one) => one['step']),
    [1, 2],
  );
});

test('F117 F166 a penalty and its points are one transaction; a ban needs a warning, and an appeal gives the points back', async () => {
  const shelf = await caseShop(db);
  const { shopId } = shelf;
  await inForce(shopId, 'merchant', 'warning', 'lost_case');
  equal(await scoreNow(shopId), 80);
  const signals = await found(shopId, 'merchant', 'false_evidence');
  const owner = { ...ownerOf(shelf), staff: ['risk' as const] };
  equal(
    said(
      await transaction(db, (tx) =>
        propose(tx, { ...wish(shopId, 'merchant', 'ban', signals), viewer: owner }),
      ),
    ),
    'CONFLICT_OF_INTEREST',
  );
  const answer = await transaction(db, (tx) => propose(tx, wish(shopId, 'merchant', 'ban', signals)));
  ok(answer.ok);
  const { measureId } = answer.value;
  equal(said(await decide(measureId, true)), 'running');
  equal(await scoreNow(shopId), 0);
  const at = await asOwner(
    `select (select at from risk.scores where ref = $1) = (select at from risk.measure_steps where measure_id = $1 and event = 'confirm') as same`,
    [measureId],
  );
  equal(at[0]?.['same'], true);
  deepEqual([...(await frozenShops(await reader(db), [shopId]))], [shopId]);
  const appeal = { subjects: [shopId], userId: shelf.ownerId, measureId, text: '进货凭证齐全，请复核' };
  equal(said(await transaction(db, (tx) => appealMeasure(tx, appeal))), 'appealed');
  const hearing = { viewer: third, measureId, upholds: false, text: '凭证属实，撤销封号' };
  equal(said(await transaction(db, (tx) => hearAppeal(tx, hearing))), 'lifted');
  equal(await scoreNow(shopId), 80);
  deepEqual([...(await frozenShops(await reader(db), [shopId]))], []);
});

test('F109 while a shop is frozen nothing is released to it; lifted by two, the money goes its way', async () => {
  const shelf = await caseShop(db);
  await stock(db, shelf, must(shelf.listings[0], 'a listing').variantId, 5);
  const one = await bought(db, shelf);
  const done = await transaction(db, (tx) =>
    confirm(tx, { orderId: one.orderId, buyerIds: [one.buyerId], userId: one.buyerId }),
  );
  ok(done.ok);
  const alarm = { kind: 'runaway' as const, subjectId: shelf.shopId, ref: 'once', facts: { cases: 3 } };
  const [ticketId] = await transaction(db, (tx) => openTickets(tx, [alarm]));
  ok(ticketId);
  deepEqual(await transaction(db, (tx) => openTickets(tx, [alarm])), [null], 'once for one cause');
  clock.forward({ days: 4 });
  await work.due();
  const released = async () =>
    (await asOwner('select released_at from orders.orders where id = $1', [one.orderId]))[0]?.['released_at'];
  equal(await released(), null);
  deepEqual(
    await asOwner(`select balance_fen from ledger.accounts where kind = 'available' and id = $1`, [
      shelf.shopId,
    ]),
    [{ balance_fen: '0' }],
  );
  const step = (viewer: typeof first, event: 'propose_lift' | 'lift') =>
    transaction(db, (tx) => stepTicket(tx, { viewer, ticketId, event, text: '商家已答复全部售后' }));
  equal(said(await step(first, 'propose_lift')), 'lifting');
  equal(said(await step(first, 'lift')), 'SECOND_PERSON_NEEDED');
  clock.forward({ hours: 2 });
  await work.due();
  equal(await released(), null, 'one person is not enough');
  equal(said(await step(second, 'lift')), 'lifted');
  clock.forward({ hours: 2 });
  await work.due();
  ok(await released(), 'and now it goes');
});

test('F109 a freeze and a release at once: either the money went before, or it waits', async () => {
  for (let round = 0; round < 4; round += 1) {
    const shelf = await caseShop(db);
    await stock(db, shelf, must(shelf.listings[0], 'a listing').variantId, 5);
    const one = await bought(db, shelf);
    await transaction(db, (tx) =>
      confirm(tx, { orderId: one.orderId, buyerIds: [one.buyerId], userId: one.buyerId }),
    );
    clock.forward({ days: 4 });
    const freeze = { kind: 'runaway' as const, subjectId: shelf.shopId, ref: 'race', facts: {} };
    await Promise.all([work.due(), transaction(db, (tx) => openTickets(tx, [freeze]))]);
    const before = await asOwner('select released_at from orders.orders where id = $1', [one.orderId]);
    clock.forward({ hours: 5 });
    await work.due();
    deepEqual(
      await asOwner('select released_at from orders.orders where id = $1', [one.orderId]),
      before,
      'after the freeze nothing more went',
    );
  }
});

test('F105 a paused listing is not sold, its shop cannot resume it, and it comes back when the last cause is cured', async () => {
  const shelf = await caseShop(db);
  const { shopId } = shelf;
  const { listingId } = must(shelf.listings[0], 'a listing');
  const state = async () =>
    (await asOwner('select state from catalog.listings where id = $1', [listingId]))[0]?.['state'];
  const why = (cause: 'delay' | 'supplier') => ({ shopId, listingId, cause, facts: { p95: 900 } });
  const pause = (cause: 'delay' | 'supplier') => transaction(db, (tx) => pauseListings(tx, [why(cause)]));
  equal((await pause('delay')).length, 1);
  equal((await pause('delay')).length, 0, 'a cause stands once');
  equal((await pause('supplier')).length, 1);
  equal(await state(), 'suspended');
  const resume = await transaction(db, (tx) =>
    changeListing(tx, { shopId, listingId, event: 'resume', by: 'merchant' }),
  );
  equal(resume.ok ? '' : resume.refusal, 'LISTING_PAUSED');
  await transaction(db, (tx) => cureListings(tx, [why('delay')]));
  equal(await state(), 'suspended', 'the other cause stands');
  await transaction(db, (tx) => cureListings(tx, [why('supplier')]));
  equal(await state(), 'live');
  const history = await asOwner(
    'select event, cause from risk.pause_events where listing_id = $1 order by id',
    [listingId],
  );
  equal(history.length, 4);
  await transaction(db, (tx) => changeListing(tx, { shopId, listingId, event: 'suspend', by: 'merchant' }));
  equal((await pause('delay')).length, 0, 'what its shop does not sell is left alone');
});

test('F109 a whole shop pauses and comes back, and puts nothing new on sale meanwhile', async () => {
  const shelf = await caseShop(db);
  const { shopId } = shelf;
  const alarm = { kind: 'runaway' as const, subjectId: shopId, ref: newId(db.wall.now()), facts: {} };
  await transaction(db, (tx) => openTickets(tx, [alarm]));
  await transaction(db, (tx) => pauseShop(tx, shopId, 'runaway'));
  const listing = must(shelf.listings[0], 'a listing');
  const paused = await pausedListings(await reader(db), [{ shopId, ...listing }]);
  deepEqual(paused.get(listing.listingId), ['runaway']);
  deepEqual([...(await newListingsStopped(await reader(db), [shopId]))], [shopId]);
  await transaction(db, (tx) => cureShop(tx, shopId, 'runaway'));
  equal((await pausedListings(await reader(db), [{ shopId, ...listing }])).size, 0);
});
