import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { drawTribunals } from '../../src/aftersales/panel/draw.actions.ts';
import { testDatabase } from '../database.ts';
import { testIssuer } from '../issuer.ts';
import { aStore, buys, files, ids, journey, judgment, reveals, shows, type Person } from './world.ts';

// A key that was used: before it was sold, or by its own buyer (lifecycles 2.9, stories 1 and 2).

const world = await journey(await testDatabase());
const { db, buyer, staff, pass, settle, proves, wallet, asOwner, row } = world;
const issuer = await testIssuer(db);
const price = 9750n;
const page = (who: Person, caseId: string) => who.does('GET', `/cases/${caseId}`);
const paidAt = { issuer: issuer.id };

test('story 1, F070 F077 F102 F131 F212: the issuer says that the key was used weeks before; the claim of CARD_USED is paid from escrow in its own transaction, and the shop answers for it; a second one of its batch rings the alarm', async () => {
  const { shelf, shop, variantId } = await aStore(world, paidAt);
  const who = await buyer();
  const order = await buys(who, variantId);
  const had = await wallet(who);
  const bought = await who.does('GET', `/orders/${order.orderId}`);
  equal(bought.state, 'delivered', 'delivered with the payment, sealed');
  const { secret } = await reveals(who, order);
  await issuer.mood('used_before_delivery', secret);
  await pass({ hours: 1, minutes: 30 });
  await who.does('POST', `/orders/${order.orderId}/units/1-1/issuer-checks`, {});
  await settle();
  const { caseId, state } = await files(who, order, { reason: 'CARD_USED' });
  equal(state, 'executed', 'paid before the shop said a word');
  equal((await wallet(who)) - had, price);
  const one = await page(who, caseId);
  deepEqual(
    [one.execution.paidFirst, one.execution.shares],
    [true, [{ source: 'escrow', amount: price.toString() }]],
  );
  const at = await asOwner('select distinct xmin::text as tx from aftersales.steps where case_id = $1', [
    ids('case', caseId),
  ]);
  equal(at.length, 1, 'filed, decided and paid in one transaction');
  deepEqual(
    one.steps.map((step: { event: string; article: string }) => [step.event, step.article]).slice(0, 2),
    [
      ['file', '24'],
      ['pay_first', '30'],
    ],
  );
  deepEqual([one.liability.merchant, one.presumed], [100, true]);
  await settle();
  const told = await row(
    `select count(*)::int as n from notifications.messages where user_id = $1 and kind = 'shop.case'`,
    shop.userId,
  );
  ok(Number(told['n']) > 0, 'the shop is told, and may object within 72 hours');
  ok(one.execution !== null && (await page(shop, caseId)).able.object.ok);
  // A second key of the same batch was used as well: the batch rings.
  const other = await buyer();
  const second = await buys(other, variantId);
  const key = await reveals(other, second);
  await issuer.mood('used_before_delivery', key.secret);
  await other.does('POST', `/orders/${second.orderId}/units/1-1/issuer-checks`, {});
  await settle();
  equal((await files(other, second, { reason: 'CARD_USED' })).state, 'executed');
  await settle();
  const bells = await asOwner(`select 1 from evidence.events where shop_id = $1 and kind = 'batch.alarm'`, [
    shelf.shopId,
  ]);
  equal(bells.length, 1, 'one alarm for the batch');
  await proves();
});

test('story 2, F118 F212: the issuer says used after the reveal; nobody is paid first, the refusal has its reasons, a panel of people confirms it, and no money moves', async () => {
  const { shop, variantId } = await aStore(world, paidAt);
  const [desk, ...arbitrators] = [
    await staff('support'),
    await staff('arbitrator'),
    await staff('arbitrator'),
    await staff('arbitrator'),
    await staff('arbitrator'),
    await staff('arbitrator'),
  ];
  const who = await buyer();
  const order = await buys(who, variantId);
  const had = await wallet(who);
  const { secret } = await reveals(who, order);
  await issuer.mood('used_after_reveal', secret);
  await pass({ minutes: 40 });
  await who.does('POST', `/orders/${order.orderId}/units/1-1/issuer-checks`, {});
  await settle();
  await pass({ minutes: 50 });
  const { caseId, state } = await files(who, order, { reason: 'CARD_USED' });
  equal(state, 'negotiation', 'a presumption moves the burden of proof, never money');
  await shop.does('POST', `/cases/${caseId}/refusal`, {
    defence: 'CONSUMED_AFTER_REVEAL',
    text: '查看 40 分钟后由买家账号兑换',
    exhibit: shows('发行方记录：查看后 40 分钟兑换到 xiaolin7'),
  });
  await who.does('POST', `/cases/${caseId}/intervention`, { text: '不是我兑换的' });
  await desk?.does('POST', `/case-desk/${caseId}/assignment`, { declared: true });
  const nothing = judgment({
    facts: '发行方记录：查看之后 40 分钟在买家账号兑换',
    reasons: '交付时有效，查看后由买家账号使用，损失不由商家承担',
    remedy: 'none',
    liability: { merchant: 0, buyer: 100, platform: 0 },
  });
  await desk?.does('POST', `/case-desk/${caseId}/decision`, nothing);
  const decided = await page(who, caseId);
  equal(decided.state, 'decided');
  ok(decided.statements.some((one: { text: string }) => one.text.includes('查看后由买家账号使用')));
  await who.does('POST', `/cases/${caseId}/arbitration`, { ground: 'new_evidence', text: '请三位再看一次' });
  await settle();
  await drawTribunals(db);
  const { tribunals } = await who.does('GET', `/cases/${caseId}/tribunals`);
  equal(tribunals[0].members.length, 3);
  let voted = 0;
  for (const one of arbitrators) {
    const answer = await one.ask('POST', `/case-desk/${caseId}/vote`, nothing);
    if (answer.status === 200) voted += 1;
    else ok(['NOT_SEATED', 'CASE_NOT_FOUND', 'VOTE_OVER'].includes(answer.body.code), answer.body.code);
  }
  ok(voted >= 2, `${voted} seats voted`);
  equal((await page(who, caseId)).state, 'awarded');
  await pass({ days: 30 });
  const end = await page(who, caseId);
  ok(['executed', 'closed'].includes(end.state), end.state);
  equal((await wallet(who)) - had, 0n);
  deepEqual(end.award.remedy, 'none');
  await proves();
});
