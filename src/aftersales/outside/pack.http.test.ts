import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import {
  anExhibit,
  bought,
  buyerOf,
  caseShop,
  clockwork,
  filed,
  ownerOf,
  staffer,
} from '../../../test/cases.ts';
import { callerAs } from '../../../test/caller.ts';
import { testDatabase } from '../../../test/database.ts';
import { buyers, stock } from '../../../test/world.ts';
import { must } from '../../kit/assert.ts';
import { encodeId } from '../../kit/public-id.ts';
import { transaction } from '../../kit/tx.ts';
import { shopIdentityRoutes } from '../../merchants/identity.http.ts';
import { outsideRoutes } from './outside.http.ts';
import { article9 } from './laws.data.ts';
import { packShape, type Pack } from './pack.contract.ts';

const { db, clock, asOwner } = await testDatabase();
const work = clockwork(db);
const shelf = await caseShop(db);
await stock(db, shelf, must(shelf.listings[0], 'a listing').variantId, 10);
const callAs = callerAs(db, clock, { outside: outsideRoutes, shops: shopIdentityRoutes });
const identity = {
  kind: 'company',
  legalName: '杭州青禾数字科技有限公司',
  licenceNo: '91330106MA2GXXXX0K',
  registeredAt: '杭州市西湖区市场监督管理局',
  address: '浙江省杭州市西湖区文三路 100 号 5 楼',
  contactName: '王建国',
  phone: '0571-88880000',
  email: 'legal@qinghe.example',
};
const who = await bought(db, shelf);
const caseId = await filed(db, who, {
  reason: 'WRONG_SPEC',
  exhibits: [{ ...anExhibit, kind: 'fail_screen' }],
});
const order = { orderId: encodeId('order', who.orderId) };
const me = {
  name: '李晓明',
  phone: '13812345678',
  address: '广东省深圳市南山区科技园 1 号',
  request: '请求退还货款 97.50 元',
};
const buyer = callAs(buyerOf(who.buyerId));
const jsonOf = async (file: File): Promise<Pack> => packShape.parse(JSON.parse(await file.text()));

test('F052 without an identity of the shop the pack says what is missing; with it every field of article 9 is there', async () => {
  const bare = await jsonOf(await buyer.outside.pack({ ...order, ...me, format: 'json' }));
  deepEqual(bare.missing, ['respondent.name', 'respondent.address']);
  const review = callAs(await staffer(db, 'risk'));
  equal(
    (await review.shops.recordIdentity({ shopId: encodeId('shop', shelf.shopId), ...identity })).number,
    1,
  );
  const pack = await jsonOf(await buyer.outside.pack({ ...order, ...me, format: 'json' }));
  deepEqual(pack.missing, []);
  for (const path of article9) {
    const [part = '', name = ''] = path.split('.');
    const value = (pack as unknown as Record<string, Record<string, string>>)[part]?.[name];
    ok(value && value.length > 1, path);
  }
  deepEqual(
    [pack.respondent.name, pack.respondent.address, pack.respondent.phone, pack.respondent.licenceNo],
    [identity.legalName, identity.address, identity.phone, identity.licenceNo],
  );
  deepEqual([pack.claim.request, pack.claim.amount, pack.order.total], [me.request, '97.50', '97.50']);
  ok(pack.claim.facts.includes('提示授权码不存在'), 'the facts come from the claim where none were typed');
  ok(pack.evidence.length >= 5 && pack.evidence.some((one) => one.kind === 'fail_screen'));
  ok(pack.course.some((step) => step.what === '提交售后'));
});

test('F052 the buyer reads the own data whole and others masked; for anybody else the buyer is masked', async () => {
  const own = await jsonOf(await buyer.outside.pack({ ...order, ...me, format: 'json' }));
  deepEqual(own.complainant, { name: me.name, phone: me.phone, address: me.address });
  equal(own.respondent.contact, '王**', 'a person of the shop is not a party');
  const support = callAs(await staffer(db, 'support'));
  const seen = await jsonOf(await support.outside.pack({ ...order, ...me, format: 'json' }));
  deepEqual(seen.complainant, { name: '李**', phone: '138****5678', address: '广东省深圳市****' });
  const [stranger = ''] = await buyers(db, 1, 0n);
  const refused = await callAs(buyerOf(stranger))
    .outside.pack({ ...order, ...me })
    .catch((problem: { code: string }) => problem.code);
  equal(refused, 'ORDER_NOT_FOUND');
  const kept = await asOwner(
    `select count(*)::int as n from evidence.events where payload::text like '%13812345678%'`,
  );
  equal(kept[0]?.['n'], 0, 'what was typed is not kept');
});

test('F052 the PDF is a PDF with its letters in it', async () => {
  const file: File = await buyer.outside.pack({ ...order, ...me, format: 'pdf' });
  equal(file.type, 'application/pdf');
  const bytes = Buffer.from(await file.arrayBuffer());
  ok(bytes.subarray(0, 5).toString() === '%PDF-' && bytes.length > 10_000);
});

test('F127 story 18: a record of 12315 has the law’s clocks by the calendar, both sides see it, and nothing of ours pauses', async () => {
  clock.set(Date.parse('2026-11-20T06:00:00Z') as never);
  const late = await bought(db, shelf);
  const its = await filed(db, late, { reason: 'CARD_INVALID' });
  const at = { orderId: encodeId('order', late.orderId) };
  const dueBefore = (await asOwner('select due_at, state from aftersales.cases where id = $1', [its]))[0];
  const one = callAs(buyerOf(late.buyerId), 'ext-1');
  const wish = {
    ...at,
    kind: '12315',
    number: '1440305002026112000001',
    authority: '南山区市场监督管理局',
    filedAt: '2026-11-20T05:59:00.000Z',
  };
  const { recordId } = await one.outside.record({ ...wish, filedAt: '2026-11-20T06:00:00.000Z' });
  equal(
    (await one.outside.record({ ...wish, filedAt: '2026-11-20T06:00:00.000Z' })).recordId,
    recordId,
    'sent twice, it is one',
  );
  const seen = await callAs(ownerOf(shelf)).outside.outside(at);
  deepEqual(
    seen.records.map(
      (each: {
        kind: string;
        number: string;
        pauses: boolean;
        clocks: { what: string; dueAt: string }[];
      }) => [each.kind, each.number, each.pauses, each.clocks.map((clock) => [clock.what, clock.dueAt])],
    ),
    [['12315', wish.number, false, [['accept', '2026-12-01T16:00:00.000Z']]]],
    'Friday 2026-11-20 and seven working days end with 2026-12-01',
  );
  deepEqual((await asOwner('select due_at, state from aftersales.cases where id = $1', [its]))[0], dueBefore);
  clock.set(Date.parse('2026-11-25T02:00:00Z') as never);
  await one.outside.progress({ ...at, recordId, acceptedAt: '2026-11-25T01:00:00.000Z' });
  const [after] = (await one.outside.outside(at)).records;
  deepEqual(
    after.clocks.map((clock: { what: string }) => clock.what),
    ['mediate'],
  );
  ok(Date.parse(after.clocks[0].dueAt) > Date.parse('2027-01-20T00:00:00Z'), 'forty-five working days');
  // Our own clock ran on meanwhile: the silence of the shop refunded.
  await work.due();
  equal((await asOwner('select state from aftersales.cases where id = $1', [its]))[0]?.['state'], 'executed');
  const future = await callAs(buyerOf(late.buyerId), 'ext-2')
    .outside.record({ ...wish, filedAt: '2027-01-01T00:00:00.000Z' })
    .catch((problem: { code: string }) => problem.code);
  equal(future, 'NOT_YET');
  const foreign = await callAs(ownerOf(shelf))
    .outside.progress({ ...at, recordId, outcome: '已调解' })
    .catch((problem: { code: string }) => problem.code);
  equal(foreign, 'RECORD_NOT_FOUND', 'a party moves its own record only');
});

test('F053 F091 the ways out are there in every state of a case, also after it lapsed or was withdrawn', async () => {
  const view = await buyer.outside.outside(order);
  deepEqual([view.role, view.caseId !== null, view.respondent.name], ['buyer', true, identity.legalName]);
  ok(view.asked.includes('97.50') && view.facts.includes('100'));
  await transaction(db, async () => undefined);
  await asOwner(`update aftersales.cases set state = 'lapsed' where id = $1`, [caseId]);
  ok((await buyer.outside.outside(order)).caseId);
  await asOwner(`update aftersales.cases set state = 'negotiation' where id = $1`, [caseId]);
});
