import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { callerAs } from '../../test/caller.ts';
import { bought, buyerOf, clockwork, ownerOf, staffer, type Bought, caseShop } from '../../test/cases.ts';
import { testDatabase } from '../../test/database.ts';
import { buyers, stock } from '../../test/world.ts';
import { publishVersion } from '../catalog/actions.ts';
import type { ListingDraft } from '../catalog/content.contract.ts';
import { encodeId } from '../kit/public-id.ts';
import { transaction } from '../kit/tx.ts';
import { deskRoutes } from './desk.http.ts';
import { caseRoutes } from './http.ts';
import { bulkRoutes } from './bulk/http.ts';
import { queueRoutes } from './queue/http.ts';

const { db, asOwner, clock } = await testDatabase();
const work = clockwork(db);
const shelf = await caseShop(db);
const [first] = shelf.listings;
await stock(db, shelf, first?.variantId ?? '', 60);
const shop = ownerOf(shelf);

const callAs = callerAs(db, clock, {
  ...caseRoutes,
  ...bulkRoutes,
  desk: { ...deskRoutes, ...queueRoutes },
});

const claim = (who: Bought, parts: object = {}) => ({
  orderId: encodeId('order', who.orderId),
  line: 1,
  places: [1],
  reason: 'CARD_INVALID',
  occurredAt: '2026-11-20T04:00:00.000Z',
  symptom: '提示授权码不存在',
  triedSteps: '重试三次',
  remedy: 'refund',
  exhibits: [{ kind: 'fail_screen', text: '授权码不存在，E404' }],
  ...parts,
});
const file = (who: Bought, key: string, parts: object = {}) =>
  callAs(buyerOf(who.buyerId), key).file(claim(who, parts));

test('F009 F047 F063 F086 F124: the form knows units, scenes, times and money before a word is written; the page shows who must act until when, and the platform’s own evidence without one upload', async () => {
  const who = await bought(db, shelf, { quantity: 2, reveal: 1 });
  const buyer = callAs(buyerOf(who.buyerId));
  const form = await buyer.form({ orderId: encodeId('order', who.orderId) });
  deepEqual(
    form.lines[0].units.map((unit: { state: string; left: string }) => [unit.state, unit.left]),
    [
      ['revealed', '9750'],
      ['sealed', '9750'],
    ],
  );
  ok(form.able.ok && form.lines[0].reasons[0].code === 'CARD_INVALID' && form.lines[0].reasons[0].open);
  const { caseId } = await file(who, 'k1');
  const page = await buyer.one({ caseId });
  deepEqual(
    [page.state, page.turn, page.clock.article, page.held, page.presumed],
    ['negotiation', 'merchant', '5', '19500', true],
  );
  equal(Date.parse(page.dueAt) - Date.parse(page.filedAt), 24 * 3_600_000, 'the hours of the pinned article');
  deepEqual(
    page.system.map((one: { kind: string }) => one.kind),
    ['s_reveal'],
    'only what was recorded',
  );
  deepEqual(
    [page.able.withdraw.ok, page.able.escalate.code, page.able.agree],
    [true, 'TOO_EARLY', undefined],
  );
  const seller = await callAs(shop).one({ caseId });
  deepEqual(
    [seller.role, seller.able.agree.ok, seller.able.object.code],
    ['merchant', true, 'OBJECTION_OVER'],
  );
  const { cases } = await callAs(shop).inbox({ shopId: encodeId('shop', shelf.shopId) });
  ok(cases.some((one: { caseId: string }) => one.caseId === caseId));
  ok((await buyer.mine({})).cases.length === 1);
});

test('F049 F087: a claim without its symptom, its time or what was tried is not taken', async () => {
  const who = await bought(db, shelf);
  for (const missing of ['symptom', 'triedSteps', 'occurredAt'])
    await rejects(file(who, `m-${missing}`, { [missing]: undefined }), /validation/i);
});

test('story 8: twenty clicks with one key are one case, and the same key with another wish is refused', async () => {
  const who = await bought(db, shelf);
  const answers = await Promise.all(Array.from({ length: 20 }, () => file(who, 'again')));
  equal(new Set(answers.map((one) => one.caseId)).size, 1);
  const rows = await asOwner('select 1 from aftersales.cases where order_id = $1', [who.orderId]);
  equal(rows.length, 1);
  await rejects(
    file(who, 'again', { symptom: '另一回事' }),
    (error: { code?: string }) => error.code === 'IDEMPOTENCY_KEY_REUSED',
  );
});

test('story 12, F068: the shop changes its promise after the order; the case shows the version that was ordered, and that there is a newer one', async () => {
  const who = await bought(db, shelf);
  const { caseId } = await file(who, 'k12', { reason: 'MERCHANT_NONPERFORMANCE' });
  const { listingId = '' } = first ?? {};
  const [ordered] = await asOwner(
    `select l.category_id, v.content from catalog.listings l join catalog.listing_versions v on v.listing_id = l.id where l.id = $1`,
    [listingId],
  );
  const changed = await transaction(db, (tx) =>
    publishVersion(tx, {
      shopId: shelf.shopId,
      listingId,
      categoryId: String(ordered?.['category_id']),
      content: { ...(ordered?.['content'] as ListingDraft), validity: '改短了' },
      after: 1,
      byId: shelf.ownerId,
    }),
  );
  ok(changed.ok, JSON.stringify(changed));
  const page = await callAs(buyerOf(who.buyerId)).one({ caseId });
  deepEqual([page.version, page.newest], [1, 2]);
});

test('F125 F089 F050: an intervention has its own clock, which a later word of the shop does not stop; the desk sees the fast lane first', async () => {
  const who = await bought(db, shelf);
  const buyer = callAs(buyerOf(who.buyerId));
  const { caseId } = await file(who, 'k5');
  await callAs(shop).refuse({
    caseId,
    defence: 'TYPED_WRONG',
    text: '输错了',
    exhibit: { kind: 'issuer_log', text: '记录' },
  });
  await buyer.escalate({ caseId, text: '请看' });
  await rejects(
    callAs(shop).offer({ caseId, remedy: 'refund', amount: '1', text: '退你一分' }),
    (error: { code?: string }) => error.code === 'NOT_YOUR_TURN',
  );
  const desk = await staffer(db, 'support');
  const queue = await callAs(desk).desk.queue({});
  const row = queue.cases.find((one: { caseId: string }) => one.caseId === caseId);
  deepEqual([row.fast, row.taken], [true, false]);
  equal(Date.parse(row.decideBy) - clock.now(), 24 * 3_600_000);
  const preview = await callAs(desk).desk.preview({ caseId });
  deepEqual(
    [preview.amount, preview.shares, preview.twoPeople],
    ['9750', [{ source: 'escrow', amount: '9750' }], false],
  );
  await rejects(
    callAs(await staffer(db, 'finance')).desk.queue({}),
    (error: { code?: string }) => error.code === 'NOT_FOUND',
  );
});

test('a case that is not yours answers like one that is not there', async () => {
  const who = await bought(db, shelf);
  const { caseId } = await file(who, 'kx');
  const [stranger = ''] = await buyers(db, 1);
  for (const id of [caseId, encodeId('case', '01900000-0000-7000-8000-0000000000ff')])
    await rejects(
      callAs(buyerOf(stranger)).one({ caseId: id }),
      (error: { code?: string }) => error.code === 'CASE_NOT_FOUND',
    );
});

test('F014 F136: a reminder comes at half and at four fifths of the shop’s time, to the shop and with its article', async () => {
  const who = await bought(db, shelf);
  await file(who, 'kr');
  const [mine] = await asOwner('select id from aftersales.cases where order_id = $1', [who.orderId]);
  const caseId = String(mine?.['id']);
  const told = async (): Promise<number> => {
    await work.due();
    await work.news();
    const [row] = await asOwner(
      `select count(*)::int as n from notifications.messages where user_id = $1 and kind = 'shop.case' and data->>'case' = $2 and data->'what'->>'zh' = '时间快到了'`,
      [shelf.ownerId, caseId],
    );
    return Number(row?.['n']);
  };
  equal(await told(), 0);
  clock.forward({ hours: 12 });
  equal(await told(), 1);
  clock.forward({ hours: 7, minutes: 13 });
  equal(await told(), 2);
  const [last] = await asOwner(
    `select data->'next'->>'zh' as next from notifications.messages where user_id = $1 and kind = 'shop.case' and data->>'case' = $2 and data->'what'->>'zh' = '时间快到了' order by id desc limit 1`,
    [shelf.ownerId, caseId],
  );
  ok(/轮到商家，最迟 .*〔第5条〕/.test(String(last?.['next'])), String(last?.['next']));
});
