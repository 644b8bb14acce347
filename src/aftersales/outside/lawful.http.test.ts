import { deepEqual, equal, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { z } from 'zod';
import { bought, buyerOf, caseShop, clockwork, filed, ownerOf, staffer } from '../../../test/cases.ts';
import { callerAs } from '../../../test/caller.ts';
import { testDatabase } from '../../../test/database.ts';
import { testFiles } from '../../../test/files.ts';
import { testLog } from '../../../test/log.ts';
import { stock } from '../../../test/world.ts';
import { unzip, verifyBundle } from '../../../bin/verify.mjs';
import { sequenceAll } from '../../evidence/sequencer.jobs.ts';
import { keptByLaw } from '../../evidence/hold/actions.ts';
import { installLogKey } from '../../evidence/verification.actions.ts';
import { must } from '../../kit/assert.ts';
import { encodeId } from '../../kit/public-id.ts';
import { reader, transaction } from '../../kit/tx.ts';
import { recordIdentity } from '../../merchants/identity.actions.ts';
import { caseRoutes } from '../http.ts';
import { regulatorExport } from './export.contract.ts';
import { lawfulRoutes } from './lawful.http.ts';
import { outsideRoutes } from './outside.http.ts';

const { db, clock, asOwner } = await testDatabase();
testFiles(db);
const log = testLog(db);
installLogKey(db, log.signer);
const work = clockwork(db);
const shelf = await caseShop(db);
await stock(db, shelf, must(shelf.listings[0], 'a listing').variantId, 20);
const callAs = callerAs(db, clock, { ...lawfulRoutes, ...outsideRoutes, cases: caseRoutes });
const [anna, boris] = [callAs(await staffer(db, 'risk')), callAs(await staffer(db, 'risk'))];
const code = (problem: { code: string }): string => problem.code;
const paper = {
  authority: '杭州市西湖区人民法院',
  kind: 'court',
  number: '（2026）浙0106财保123号',
  documentHash: 'ab'.repeat(32),
};
const day = (days: number): string => new Date(clock.now() + days * 86_400_000).toISOString();
const holdOf = (subject: string, parts: object = {}) => ({
  ...paper,
  scope: 'order',
  subject,
  reason: '财产保全',
  until: day(180),
  ...parts,
});
const reasons = async (orderId: string) =>
  (await asOwner('select reason from orders.holds where order_id = $1 order by 1', [orderId])).map(
    (row) => row['reason'],
  );
const stateOf = async (orderId: string) =>
  (await asOwner('select state from orders.orders where id = $1', [orderId]))[0]?.['state'];
const ways = (viewer: Parameters<typeof callAs>[0], orderId: string) =>
  callAs(viewer).outside({ orderId: encodeId('order', orderId) });

test('F189 a hold of a court stands when two people placed it; no timer releases the money, both sides see it, and two lift it', async () => {
  const who = await bought(db, shelf);
  const { holdId } = await anna.enterHold(holdOf(encodeId('order', who.orderId)));
  deepEqual(await reasons(who.orderId), [], 'one person holds nothing');
  equal(await anna.stepHold({ holdId, act: 'place' }).catch(code), 'NEEDS_ANOTHER_PERSON');
  deepEqual(await boris.stepHold({ holdId, act: 'place' }), { state: 'standing' });
  deepEqual(await reasons(who.orderId), ['legal']);
  await work.news();
  for (const viewer of [buyerOf(who.buyerId), ownerOf(shelf)]) {
    const [seen] = (await ways(viewer, who.orderId)).holds;
    deepEqual([seen.authority, seen.number], [paper.authority, paper.number]);
  }
  const told = await asOwner(
    `select count(*)::int as n from notifications.messages where kind = 'order.legal_hold'`,
  );
  equal(told[0]?.['n'], 2);
  clock.forward({ days: 40 });
  await work.due();
  equal(await stateOf(who.orderId), 'delivered', 'neither confirmed by the clock nor released');
  ok((await keptByLaw(await reader(db), [who.orderId])).has(who.orderId), 'retention asks the same register');
  equal(await anna.stepHold({ holdId, act: 'lift' }).catch(code), 'HOLD_MOVED_ON');
  await boris.stepHold({ holdId, act: 'ask_lift', reason: '法院通知解除' });
  equal(await boris.stepHold({ holdId, act: 'lift' }).catch(code), 'NEEDS_ANOTHER_PERSON');
  deepEqual(await anna.stepHold({ holdId, act: 'lift' }), { state: 'lifted' });
  deepEqual(await reasons(who.orderId), []);
  clock.forward({ days: 40 });
  await work.due();
  clock.forward({ days: 40 });
  await work.due();
  equal(await stateOf(who.orderId), 'completed', 'the order goes its way again');
  const kinds = await asOwner('select kind from evidence.events where about = $1', [who.orderId]);
  ok(['hold.placed', 'hold.lifted'].every((kind) => kinds.some((row) => row['kind'] === kind)));
});

test('F189 held money goes to nobody: neither the clock of a case nor an agreement pays it, until the hold is lifted', async () => {
  const who = await bought(db, shelf);
  const caseId = await filed(db, who);
  const { holdId } = await anna.enterHold(holdOf(encodeId('order', who.orderId)));
  await boris.stepHold({ holdId, act: 'place' });
  equal(
    await callAs(ownerOf(shelf))
      .cases.agree({ caseId: encodeId('case', caseId) })
      .catch(code),
    'HELD_BY_LAW',
  );
  clock.forward({ hours: 25 });
  await work.due();
  const state = async () =>
    (await asOwner('select state from aftersales.cases where id = $1', [caseId]))[0]?.['state'];
  equal(await state(), 'negotiation', 'the silence of the shop pays nothing now');
  await anna.stepHold({ holdId, act: 'ask_lift', reason: '解除' });
  await boris.stepHold({ holdId, act: 'lift' });
  clock.forward({ hours: 2 });
  await work.due();
  equal(await state(), 'executed');
});

test('F189 what was ordered to be secret is seen by the staff only; a hold on a shop takes in what it sells later', async () => {
  const who = await bought(db, shelf);
  const { holdId } = await anna.enterHold(
    holdOf(encodeId('shop', shelf.shopId), {
      scope: 'shop',
      kind: 'police',
      authority: '某某公安局',
      secret: true,
    }),
  );
  await boris.stepHold({ holdId, act: 'place' });
  deepEqual(await reasons(who.orderId), ['legal']);
  for (const viewer of [buyerOf(who.buyerId), ownerOf(shelf)])
    deepEqual((await ways(viewer, who.orderId)).holds, []);
  equal((await ways(await staffer(db, 'risk'), who.orderId)).holds.length, 1);
  const kinds = await asOwner('select kind from evidence.events where about = $1', [who.orderId]);
  ok(
    kinds.every((row) => row['kind'] !== 'hold.placed'),
    'the order’s own evidence, which its parties read, is silent',
  );
  const later = await bought(db, shelf);
  await work.news();
  deepEqual(await reasons(later.orderId), ['legal']);
  await anna.stepHold({ holdId, act: 'ask_lift', reason: '解除' });
  await boris.stepHold({ holdId, act: 'lift' });
  deepEqual([await reasons(who.orderId), await reasons(later.orderId)], [[], []]);
  equal(await anna.enterHold(holdOf('ord_00000000000000000000000000')).catch(code), 'SUBJECT_NOT_FOUND');
});

test('F189 F167 a request is entered by one and granted by another; its code shows an export that validates against the published schema, and each look is on record', async () => {
  await transaction(db, (tx) =>
    recordIdentity(tx, {
      shopId: shelf.shopId,
      kind: 'company',
      legalName: '杭州青禾数字科技有限公司',
      licenceNo: '91330106MA2GXXXX0K',
      registeredAt: '杭州市西湖区市场监督管理局',
      address: '浙江省杭州市西湖区文三路 100 号',
      contactName: '王建国',
      phone: '0571-88880000',
      email: 'legal@qinghe.example',
      byId: null,
    }),
  );
  const who = await bought(db, shelf);
  await filed(db, who, { reason: 'WRONG_SPEC' });
  const asked = {
    ...paper,
    kind: 'regulator',
    authority: '杭州市市场监督管理局',
    basis: '电子商务法第二十五条',
    asked: '该店铺半年内的交易与投诉',
    scope: 'shop',
    subject: encodeId('shop', shelf.shopId),
    from: day(-365),
    to: day(1),
    dueAt: day(10),
  };
  const { requestId } = await anna.enterRequest(asked);
  equal(await anna.grant({ requestId }).catch(code), 'NEEDS_ANOTHER_PERSON');
  const granted = await boris.grant({ requestId });
  const outside = callAs({ ...buyerOf(who.buyerId), userId: null, buyerIds: [] });
  const seen = await outside.look({ code: granted.code });
  equal(seen.authority, asked.authority);
  const file: File = await outside.exportFile({ code: granted.code });
  const content = JSON.parse(await file.text());
  const schema = JSON.parse(readFileSync('public/schemas/regulator-export-1.json', 'utf8'));
  const published = z.fromJSONSchema(schema);
  deepEqual(published.safeParse(content).error, undefined);
  equal(published.safeParse({ ...content, orders: [{ orderId: 1 }] }).success, false);
  deepEqual(
    JSON.parse(
      JSON.stringify({
        ...z.toJSONSchema(regulatorExport, { target: 'draft-2020-12' }),
        title: schema.title,
      }),
    ),
    schema,
    'the published schema is that of the program',
  );
  ok(content.orders.some((one: { orderId: string }) => one.orderId === encodeId('order', who.orderId)));
  deepEqual([content.shops[0].identity.licenceNo, content.cases.length > 0], ['91330106MA2GXXXX0K', true]);
  ok(!JSON.stringify(content).includes(who.buyerId), 'no buyer is in it');
  equal(await outside.look({ code: `${granted.code}x` }).catch(code), 'CODE_UNKNOWN');
  const { requests } = await anna.requests({});
  equal(requests.find((one: { requestId: string }) => one.requestId === requestId).looks, 2);
  await boris.close({ requestId, answer: '已按要求提供' });
  equal(
    await outside.look({ code: granted.code }).catch(code),
    'CODE_UNKNOWN',
    'an answered request is closed',
  );
});

test('F163 a court gets the bundle of an order with its code, and it verifies', async () => {
  const who = await bought(db, shelf);
  await sequenceAll(log);
  const asked = {
    ...paper,
    basis: '民事诉讼法第六十七条',
    asked: '该订单的全部证据',
    scope: 'order',
    dueAt: day(10),
  };
  const { requestId } = await anna.enterRequest({ ...asked, subject: encodeId('order', who.orderId) });
  const granted = await boris.grant({ requestId, days: 3 });
  const outside = callAs({ ...buyerOf(who.buyerId), userId: null, buyerIds: [] });
  const body: ReadableStream = await outside.exportFile({ code: granted.code, format: 'bundle' });
  const wrong: string[] = [];
  const files = unzip(Buffer.from(await new Response(body).arrayBuffer()));
  verifyBundle(files, {}, (where, what) => void wrong.push(`${where}: ${what}`));
  deepEqual(wrong, []);
  equal(JSON.parse(String(files.get('index.json'))).for, 'authority');
  clock.forward({ days: 4 });
  equal(await outside.look({ code: granted.code }).catch(code), 'CODE_UNKNOWN', 'its days are over');
});

test('F189 the half-yearly report names who runs each shop, and who has to be checked again', async () => {
  const halfNow = (): string => {
    const now = new Date(clock.now());
    return `${now.getUTCFullYear()}-H${now.getUTCMonth() < 6 ? 1 : 2}`;
  };
  const half = halfNow();
  const report = JSON.parse(await (await anna.identityReport({ half })).text());
  const row = report.shops.find((one: { shopId: string }) => one.shopId === encodeId('shop', shelf.shopId));
  deepEqual([row.identity.legalName, row.stale], ['杭州青禾数字科技有限公司', false]);
  const file: File = await anna.identityReport({ half, format: 'csv' });
  const csv = Buffer.from(await file.arrayBuffer()).toString('utf8');
  ok(csv.startsWith('\ufeff"店铺编号"') && csv.includes('"91330106MA2GXXXX0K"'));
  clock.forward({ days: 200 });
  const later = halfNow();
  const again = JSON.parse(await (await anna.identityReport({ half: later })).text());
  equal(again.shops.find((one: { shopId: string }) => one.shopId === row.shopId).stale, true);
  const support = callAs(await staffer(db, 'support'));
  equal(await support.identityReport({ half }).catch(code), 'NOT_FOUND');
});
