import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { instant } from '../../src/kit/time.ts';
import { encodeId } from '../../src/kit/public-id.ts';
import { testDatabase } from '../database.ts';
import { aStore, ids, journey, judgment, shows, type Person } from './world.ts';

// What a shop answers, or does not, and what follows (lifecycles 2.9, stories 3 to 6 and 12).

// Friday 13 February 2026, noon in Beijing: the Spring Festival begins on the Sunday after, and Saturday is worked.
const world = await journey(await testDatabase({ at: instant('2026-02-10T04:00:00.000Z') }));
const { staff, pass, settle, proves, wallet, row, asOwner, clock } = world;
const desk = await staff('support');
const price = 9750n;

const page = (who: Person, caseId: string) => who.does('GET', `/cases/${caseId}`);
const events = async (caseId: string): Promise<unknown[]> =>
  (
    await asOwner('select event from aftersales.steps where case_id = $1 order by step', [
      ids('case', caseId),
    ])
  ).map((one) => one['event']);
const refusal = { defence: 'NOT_AS_CLAIMED', text: '发的就是 100 元，记录在此', exhibit: shows('发货记录') };

test('story 3, F078: the shop says nothing for 24 hours, the money goes back by itself, and a release of the same money at the same moment finds nothing', async () => {
  const { claimed } = await aStore(world);
  const { who, order, caseId, had } = await claimed();
  equal((await page(who, caseId)).turn, 'merchant');
  await pass({ hours: 23, minutes: 59 });
  equal((await page(who, caseId)).state, 'negotiation');
  clock.forward({ minutes: 1 });
  // The clock of the shop's answer and the one that would confirm and release the order ring in two processes.
  await Promise.all([settle(), settle(), who.ask('POST', `/orders/${order.orderId}/confirmation`, {})]);
  await settle();
  const after = await page(who, caseId);
  equal(after.state, 'executed');
  deepEqual(
    after.execution.shares.map((one: { source: string }) => one.source),
    ['escrow'],
  );
  equal((await wallet(who)) - had, price);
  await pass({ days: 10 });
  equal((await wallet(who)) - had, price, 'and nothing is paid twice, nor released to the shop');
  const released = await asOwner(
    `select 1 from ledger.transfers where about = $1 and credit_kind = 'available'`,
    [order.id],
  );
  deepEqual(released, []);
  await proves();
});

test('story 4, F103 F161: a refusal as “user error”, or without evidence, is no answer: the clock keeps running and rings', async () => {
  const { shop, claimed } = await aStore(world);
  const { who, caseId, had } = await claimed();
  const due = (await page(who, caseId)).dueAt;
  await pass({ hours: 20 });
  const answer = (body: object) => ['POST', `/cases/${caseId}/refusal`, body] as const;
  await shop.cannot(
    'USER_ERROR_ALONE',
    ...answer({ defence: 'USER_ERROR', text: '你自己操作错了', exhibit: shows('截图') }),
  );
  await shop.cannot('EXHIBIT_MISSING', ...answer({ defence: 'TYPED_WRONG', text: '输错了' }));
  const still = await page(who, caseId);
  deepEqual([still.state, still.turn, still.dueAt], ['negotiation', 'merchant', due]);
  await pass({ hours: 4 });
  equal((await page(who, caseId)).state, 'executed');
  equal((await wallet(who)) - had, price);
  await proves();
});

test('story 5, F050 F090 F125: refused, escalated at 47:59, and decided within three working days that jump over the Spring Festival', async () => {
  // Thursday 12 February: filed and refused so that the last minute of the 48 hours falls on Saturday the 14th, a make-up working day.
  clock.set(instant('2026-02-12T01:00:00.000Z'));
  const { shop, claimed } = await aStore(world);
  const { who, caseId, had } = await claimed({ reason: 'WRONG_SPEC' });
  await shop.does('POST', `/cases/${caseId}/refusal`, refusal);
  await pass({ hours: 47, minutes: 59 });
  equal((await page(who, caseId)).state, 'refused');
  await who.does('POST', `/cases/${caseId}/intervention`, { text: '请平台裁决' });
  const asked = await page(who, caseId);
  equal(asked.state, 'intervention');
  // Saturday 14 February is worked; the first three working days after it are 24, 25 and 26 February.
  equal(asked.decideBy, '2026-02-26T16:00:00.000Z');
  await shop.cannot('NOT_YOUR_TURN', 'POST', `/cases/${caseId}/offers`, {
    remedy: 'refund',
    amount: '1',
    text: '退你一分，别找平台了',
  });
  await pass({ days: 9 });
  equal((await page(who, caseId)).state, 'intervention', 'holidays do not count, nor does a late word');
  await desk.does('POST', `/case-desk/${caseId}/assignment`, { declared: true });
  await desk.does('POST', `/case-desk/${caseId}/decision`, judgment({ articles: ['19', '22'] }));
  const decided = await page(who, caseId);
  equal(decided.state, 'decided');
  ok(decided.statements.some((one: { kind: string }) => one.kind === 'decision'));
  ok(Date.parse(asked.decideBy) > clock.now());
  await pass({ days: 8 });
  ok(['executed', 'closed'].includes((await page(who, caseId)).state));
  equal((await wallet(who)) - had, price);
  await proves();
});

test('story 6, F090 F091: at 48:01 only the way over the platform has ended, and it reopens once for a cause with its paper', async () => {
  const { shop, claimed } = await aStore(world);
  const { who, order, caseId, had } = await claimed({ reason: 'WRONG_SPEC' });
  await shop.does('POST', `/cases/${caseId}/refusal`, refusal);
  await pass({ hours: 48, minutes: 1 });
  const lapsed = await page(who, caseId);
  equal(lapsed.state, 'lapsed');
  const held = await row('select count(*)::int as n from orders.holds where order_id = $1', order.id);
  equal(held['n'], 1, 'the money still waits a day, so that a reopening finds it');
  await who.does('POST', `/cases/${caseId}/exhibits`, {
    exhibit: { kind: 'other', caption: '住院', text: '某某医院住院收据，2 月 12 日至 14 日' },
  });
  await who.does('POST', `/cases/${caseId}/intervention`, { text: '住院，没能在 48 小时内申请，收据已附' });
  equal((await page(who, caseId)).state, 'intervention');
  await desk.does('POST', `/case-desk/${caseId}/assignment`, { declared: true });
  await desk.does('POST', `/case-desk/${caseId}/decision`, judgment({ articles: ['19', '26'] }));
  await pass({ days: 8 });
  equal((await wallet(who)) - had, price);
  await proves();
});

test('story 12, F068: the shop shortens its promise after the order; the difference is shown, and the promise that was bought decides', async () => {
  const { shelf, shop, listingId, claimed } = await aStore(world);
  const { who, caseId, had } = await claimed({ reason: 'MERCHANT_NONPERFORMANCE' });
  const at = `/shops/${encodeId('shop', shelf.shopId)}/listings/${encodeId('listing', listingId)}`;
  const now = await shop.does('GET', at);
  await shop.does('POST', `${at}/versions`, {
    categoryId: now.categoryId,
    content: { ...now.content, validity: '只有三天' },
    after: now.version,
  });
  const { versions } = await shop.does('GET', `${at}/versions`);
  const [newest] = versions as { changes: { field: string; before: string; after: string }[] }[];
  const change = newest?.changes.find((one) => one.field.startsWith('validity'));
  ok(change?.after.includes('只有三天') && change.before.includes('2027'), JSON.stringify(newest));
  const seen = await page(who, caseId);
  deepEqual([seen.version, seen.newest > seen.version], [now.version, true]);
  const fixed = await row(
    `select v.content->>'validity' as validity from orders.lines l join catalog.listing_versions v on v.shop_id = l.shop_id and v.listing_id = l.listing_id and v.version = l.version
       join aftersales.cases c on c.shop_id = l.shop_id and c.order_id = l.order_id where c.id = $1`,
    ids('case', caseId),
  );
  ok(String(fixed['validity']).includes('2027'), 'what was bought stays what it was');
  await shop.does('POST', `/cases/${caseId}/refusal`, refusal);
  await who.does('POST', `/cases/${caseId}/intervention`, { text: '下单时写的是到 2027 年' });
  await desk.does('POST', `/case-desk/${caseId}/assignment`, { declared: true });
  await desk.does('POST', `/case-desk/${caseId}/decision`, judgment({ articles: ['12', '22'] }));
  await pass({ days: 8 });
  equal((await wallet(who)) - had, price);
  deepEqual((await events(caseId)).slice(0, 4), ['file', 'refuse', 'escalate', 'assign']);
  await proves();
});
