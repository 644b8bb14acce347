import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
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
import { manualListing } from '../../../test/listings.ts';
import { aShop, buyers, stock, wishFor } from '../../../test/world.ts';
import { purchaseLane } from '../../checkout/lanes.actions.ts';
import { must } from '../../kit/assert.ts';
import { reader, transaction } from '../../kit/tx.ts';
import { appealMeasure, decideProposed, hearAppeal, noteSignals, propose } from '../../risk/actions.ts';
import { ratesOf } from '../../risk/views.ts';
import { agree, withdraw } from '../actions.ts';
import { assign, judge } from '../desk.actions.ts';
import { speak } from '../talk/actions.ts';
import { countShop, noteFinding, runaways } from './actions.ts';
import { countShops, watchShops } from './jobs.ts';

const database = await testDatabase();
const { db, clock, asOwner } = database;
const work = clockwork(db);
const newShop = async () => {
  const shelf = await caseShop(db);
  await stock(db, shelf, must(shelf.listings[0], 'a listing').variantId, 60);
  return shelf;
};
const signalsAbout = async (subjectId: string): Promise<unknown[]> =>
  (await asOwner('select kind from risk.signals where subject_id = $1 order by id', [subjectId])).map(
    (row) => row['kind'],
  );
const ticketsAbout = async (shopId: string): Promise<unknown[]> =>
  (await asOwner('select kind, state from risk.tickets where subject_id = $1 order by id', [shopId])).map(
    (row) => Object.values(row).join(' '),
  );
const scoresOf = async (shopId: string): Promise<unknown[]> =>
  (await asOwner('select kind from risk.scores where shop_id = $1 order by at, kind', [shopId])).map(
    (row) => row['kind'],
  );

test('F085 whoever files that a shop cannot be reached opens a risk ticket about it', async () => {
  const shelf = await newShop();
  await filed(db, await bought(db, shelf), { reason: 'MERCHANT_UNREACHABLE' });
  await work.news();
  deepEqual(await ticketsAbout(shelf.shopId), ['unreachable open']);
  await filed(db, await bought(db, shelf), { reason: 'WRONG_SPEC' });
  await work.news();
  deepEqual(await ticketsAbout(shelf.shopId), ['unreachable open'], 'another scene opens none');
});

test('F053 the same exhibit in cases about two orders is a sign, with its number; in one order it is none', async () => {
  const shelf = await newShop();
  const first = await bought(db, shelf, { quantity: 2, reveal: 2 });
  // All bought first: two dead keys of a batch end its sale.
  const second = await bought(db, shelf, { buyerId: first.buyerId });
  const stranger = await bought(db, shelf);
  const exhibits = [{ ...anExhibit, text: '失败页面截图：授权码不存在，编号 7788' }];
  await filed(db, first, { exhibits, reason: 'WRONG_SPEC' });
  await filed(db, first, { exhibits, reason: 'WRONG_SPEC', places: [2] });
  await work.news();
  deepEqual(await signalsAbout(first.buyerId), [], 'two keys of one order may share a picture');
  await filed(db, second, { exhibits, reason: 'WRONG_SPEC' });
  await work.news();
  deepEqual(await signalsAbout(first.buyerId), ['reused_exhibit']);
  await filed(db, stranger, { exhibits, reason: 'WRONG_SPEC' });
  await work.news();
  deepEqual(await signalsAbout(stranger.buyerId), [], 'another buyer with the same text is no sign');
});

test('F053 F058 a shop that leads a buyer away, who then withdraws: two signs about the shop, none about the buyer', async () => {
  const shelf = await newShop();
  const one = await bought(db, shelf);
  const caseId = await filed(db, one);
  const said = await transaction(db, (tx) =>
    speak(tx, {
      seat: { shopId: shelf.shopId, orderId: one.orderId, buyerId: one.buyerId, side: 'merchant' },
      userId: shelf.ownerId,
      text: '加微信 wxshop_8888，私下转账给你，先撤回申诉',
      as: 'text',
      hours: undefined,
      until: undefined,
      cite: [],
      files: [],
    }),
  );
  ok(said.ok && said.value.lures.length > 0, JSON.stringify(said));
  const left = await transaction(db, (tx) =>
    withdraw(tx, { caseId, viewer: buyerOf(one.buyerId), text: '商家说私下退' }),
  );
  ok(left.ok);
  await work.news();
  deepEqual((await signalsAbout(shelf.shopId)).toSorted(), ['coerced_withdrawal', 'lure']);
  deepEqual(await signalsAbout(one.buyerId), []);
});

test('F117 money by silence and its points are one transaction; a shop that agrees loses none', async () => {
  const shelf = await newShop();
  const [silent, agreed] = [await bought(db, shelf), await bought(db, shelf)];
  const late = await filed(db, silent);
  const quick = await filed(db, agreed);
  ok((await transaction(db, (tx) => agree(tx, { caseId: quick, viewer: ownerOf(shelf) }))).ok);
  clock.forward({ hours: 25 });
  await work.due();
  deepEqual(await scoresOf(shelf.shopId), ['silent']);
  const [same] = await asOwner(
    `select s.at = e.at as same, t.at = e.at as money from aftersales.executions e join risk.scores s on s.ref = e.case_id
      join ledger.transfers t on t.key = e.key where e.case_id = $1`,
    [late],
  );
  deepEqual(same, { same: true, money: true });
});

test('F117 F058 a decision against a shop: points, a sign for the ladder, and a finding that only its author writes', async () => {
  const shelf = await newShop();
  const desk = deskOf(database, shelf);
  const caseId = await desk.escalated(await bought(db, shelf));
  const [officer, other] = [await staffer(db, 'support'), await staffer(db, 'support')];
  const finding = (viewer: typeof officer, exhibit: number | null = 1) =>
    transaction(db, (tx) =>
      noteFinding(tx, {
        viewer,
        caseId,
        kind: 'false_evidence',
        exhibit,
        says: '截图的序列号与发码记录不符',
      }),
    );
  const refused = async (answer: ReturnType<typeof finding>) => {
    const value = await answer;
    return value.ok ? 'noted' : value.refusal;
  };
  ok((await desk.run((tx) => assign(tx, { caseId, viewer: officer }))).ok);
  equal(await refused(finding(officer)), 'FINDING_TOO_EARLY');
  ok((await desk.run((tx) => judge(tx, { caseId, viewer: officer, judged: judged() }))).ok);
  equal(await refused(finding(other)), 'FINDING_NOT_YOURS');
  equal(await refused(finding(ownerOf(shelf))), 'CASE_NOT_FOUND');
  equal(await refused(finding(officer, 99)), 'EXHIBIT_NOT_THERE');
  equal(await refused(finding(officer)), 'noted');
  clock.forward({ days: 4 });
  await work.due();
  await work.news();
  deepEqual(await scoresOf(shelf.shopId), ['decided']);
  deepEqual((await signalsAbout(shelf.shopId)).toSorted(), ['false_evidence', 'lost_case']);
});

test('F109 a shop that is silent for 48 hours while three cases wait is frozen once; one that answers is not', async () => {
  const [silent, answering] = [await newShop(), await newShop()];
  for (const shelf of [silent, answering])
    for (let i = 0; i < 3; i += 1) await filed(db, await bought(db, shelf));
  clock.forward({ hours: 20 });
  const [first] = await asOwner('select id from aftersales.cases where shop_id = $1 order by id limit 1', [
    answering.shopId,
  ]);
  ok(
    (await transaction(db, (tx) => agree(tx, { caseId: String(first?.['id']), viewer: ownerOf(answering) })))
      .ok,
  );
  clock.forward({ hours: 27, minutes: 59 });
  await work.due();
  const watched = async () =>
    (await runaways(await reader(db)))
      .map((one) => one.shopId)
      .filter((id) => id === silent.shopId || id === answering.shopId);
  deepEqual(await watched(), [], 'one minute before');
  clock.forward({ minutes: 1 });
  deepEqual(await watched(), [silent.shopId]);
  await Promise.all([watchShops(db), watchShops(db)]);
  await work.news();
  deepEqual(await ticketsAbout(silent.shopId), ['runaway raised'], 'two workers raise one alarm');
  deepEqual(await ticketsAbout(answering.shopId), []);
  const [listing] = await asOwner('select state from catalog.listings where shop_id = $1', [silent.shopId]);
  equal(listing?.['state'], 'suspended', 'what it sells pauses');
});

test('F097 F120 a shop’s rate and first answers are counted for everybody; too few orders say nothing; 5 of 100 opens a ticket', async () => {
  const shelf = await newShop();
  const rates = async () => (await ratesOf(await reader(db), { shopId: shelf.shopId }))[0];
  const one = await bought(db, shelf);
  const caseId = await filed(db, one);
  clock.forward({ minutes: 40 });
  ok((await transaction(db, (tx) => agree(tx, { caseId, viewer: ownerOf(shelf) }))).ok);
  await countShops(db);
  const row = await rates();
  deepEqual([row?.orders, row?.disputed, row?.answered, row?.firstSeconds], [1, 1, 1, 2400]);
  deepEqual(await ticketsAbout(shelf.shopId), [], 'one order is no sample');
  for (let i = 0; i < 19; i += 1) await bought(db, shelf);
  clock.forward({ days: 3 });
  await work.due();
  await transaction(db, (tx) => countShop(tx, shelf.shopId));
  deepEqual([(await rates())?.orders, (await rates())?.disputed], [20, 1], '5.00 %');
  deepEqual(await ticketsAbout(shelf.shopId), ['dispute_rate open']);
  for (let i = 0; i < 5; i += 1) await bought(db, shelf);
  clock.forward({ days: 3 });
  await work.due();
  await transaction(db, (tx) => countShop(tx, shelf.shopId));
  deepEqual(await ticketsAbout(shelf.shopId), ['dispute_rate cured'], '1 of 25 is below');
});

test('F166 a ban pauses the shop, refunds what it has not delivered, and an appeal brings it back', async () => {
  const shelf = await aShop(db, [manualListing()]);
  const { variantId, listingId } = must(shelf.listings[0], 'a listing');
  const [buyerId = ''] = await buyers(db, 1, 1_000_000n);
  const bought = await purchaseLane(db).submit(await wishFor(db, { buyerId, variantId }));
  ok(bought.ok);
  const orderId = must(bought.value.orders[0], 'an order').orderId;
  const wallet = async () =>
    (
      await asOwner(`select balance_fen from ledger.accounts where kind = 'wallet' and id = $1`, [buyerId])
    )[0]?.['balance_fen'];
  const state = async () =>
    (await asOwner('select state from catalog.listings where id = $1', [listingId]))[0]?.['state'];
  const [a, b, c] = [await staffer(db, 'risk'), await staffer(db, 'risk'), await staffer(db, 'risk')];
  const { shopId } = shelf;
  await transaction(db, (tx) =>
    noteSignals(tx, [
      { subjectId: shopId, side: 'merchant', kind: 'stolen_cards', ref: 'police', evidence: {} },
    ]),
  );
  const [signal] = await asOwner('select id from risk.signals where subject_id = $1', [shopId]);
  const wish = {
    side: 'merchant' as const,
    subjectId: shopId,
    step: 'ban' as const,
    signals: [String(signal?.['id'])],
  };
  const proposed = await transaction(db, (tx) =>
    propose(tx, { ...wish, viewer: a, reasons: '公安通报这批卡是盗刷所得' }),
  );
  ok(proposed.ok, JSON.stringify(proposed));
  const { measureId } = proposed.value;
  ok(
    (await transaction(db, (tx) => decideProposed(tx, { viewer: b, measureId, agrees: true, text: '属实' })))
      .ok,
  );
  await work.news();
  equal(await state(), 'suspended');
  equal(await wallet(), '1000000', 'all of it is back');
  const [order] = await asOwner('select state from orders.orders where id = $1', [orderId]);
  equal(order?.['state'], 'refunded');
  ok(
    (
      await transaction(db, (tx) =>
        appealMeasure(tx, {
          subjects: [shopId],
          userId: shelf.ownerId,
          measureId,
          text: '通报的是另一家同名店',
        }),
      )
    ).ok,
  );
  ok(
    (
      await transaction(db, (tx) =>
        hearAppeal(tx, { viewer: c, measureId, upholds: false, text: '核实是另一家店' }),
      )
    ).ok,
  );
  await work.news();
  equal(await state(), 'live', 'on sale as its shop had left it');
});
