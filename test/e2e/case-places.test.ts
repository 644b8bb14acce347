import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { sequenceAll } from '../../src/evidence/sequencer.jobs.ts';
import { installLogKey } from '../../src/evidence/verification.actions.ts';
import { encodeId } from '../../src/kit/public-id.ts';
import { systemClock } from '../../src/kit/time.ts';
import { transaction, type Tx } from '../../src/kit/tx.ts';
import { assign, judge } from '../../src/aftersales/desk.actions.ts';
import { seatOf, speak } from '../../src/aftersales/talk/actions.ts';
import { must } from '../../src/kit/assert.ts';
import { bought, buyerOf, caseShop, clockwork, deskOf, filed, staffer, type Bought } from '../cases.ts';
import { openConsole } from '../console.ts';
import { testDatabase } from '../database.ts';
import { testLog } from '../log.ts';
import { nothing } from '../tribunals.ts';
import { stock, type Shelf } from '../world.ts';
import { picture } from './steps.ts';

// The work places of a case: the buyer's page with its conversation, the shop's inbox with answers to many, the support and the desk.

const database = await testDatabase({ at: systemClock.now() });
const { db, clock } = database;
const log = testLog(db);
installLogKey(db, log.signer);
const site = await openConsole(db);
const work = clockwork(db);
/** A shop of its own for each test: one with many cases is looked at by the watch, and sells no more. */
async function aShelf(): Promise<Shelf> {
  const shelf = await caseShop(db, { title: '青禾软件屋 激活码' });
  await stock(db, shelf, shelf.listings[0]?.variantId ?? '', 20);
  return shelf;
}
const main = (page: Page): Promise<string> => page.innerText('main');
after(() => assert.deepEqual(site.complaints, []));

const casePath = (caseId: string): string => `/cases/${encodeId('case', caseId)}`;

async function say(who: Bought, text: string, as: 'text' | 'call' = 'text'): Promise<void> {
  await transaction(db, async (tx) => {
    const viewer = buyerOf(who.buyerId);
    const seat = must(await seatOf(tx, viewer, who.orderId), 'a seat');
    const rest = { hours: undefined, until: undefined, cite: [], files: [] };
    const said = await speak(tx, { seat, userId: who.buyerId, text, as, ...rest });
    assert.ok(said.ok);
  });
}

for (const script of [true, false])
  test(`stories 3, 9 on the buyer's page ${script ? 'with' : 'without'} JavaScript: who must act until when, the conversation in the page, who was told, and the next step within reach`, async () => {
    const shelf = await aShelf();
    const who = await bought(db, shelf);
    const caseId = await filed(db, who);
    await work.news();
    await sequenceAll(log);
    const page = await site.visit({ userId: who.buyerId, script });
    await page.goto(casePath(caseId));
    const dock = page.locator('.dock');
    await dock.getByText('轮到商家').waitFor();
    const said = await main(page);
    for (const part of ['商家拿不走', '接下来只有这几种可能', '告知了谁', '站内消息', '下一次提醒'])
      assert.ok(said.includes(part), part);
    await dock.getByRole('link', { name: '写给商家' }).click();
    await page.locator('#talk textarea[name=text]').fill('这张卡第一次用就不行，麻烦看一下');
    await page.locator('#talk').getByRole('button', { name: '发送' }).click();
    await page.locator('#talk').getByText('这张卡第一次用就不行，麻烦看一下').first().waitFor();
    assert.ok(page.url().includes('/cases/'), 'nobody left the page of the case');
    await picture(page, script ? 'case-buyer' : 'case-buyer-plain');
    const shop = await site.visit({ userId: shelf.ownerId, script });
    await shop.goto(`/merchant${casePath(caseId)}`);
    await shop.locator('#talk').getByText('这张卡第一次用就不行').first().waitFor();
    const reach = shop.locator('.dock');
    await reach.getByText('轮到你').waitFor();
    assert.match(await reach.innerText(), /剩 /);
    await reach.getByRole('link', { name: '答复买家' }).click();
    await shop.waitForURL(/#acts$/);
    await shop.locator('#acts').getByRole('button', { name: '同意，退 ¥97.50' }).waitFor();
    await picture(shop, script ? 'case-shop' : 'case-shop-plain');
    for (const one of [page, shop]) await one.context().close();
  });

for (const script of [true, false])
  test(`stories 1, 5: a shop finds everything that waits in one list and agrees to several cases at once ${script ? 'with' : 'without'} JavaScript`, async () => {
    const shelf = await aShelf();
    const people = [await bought(db, shelf), await bought(db, shelf)];
    const cases: string[] = [];
    for (const who of people) cases.push(await filed(db, who));
    const page = await site.visit({ userId: shelf.ownerId, script, width: 1440 });
    await page.goto('/merchant');
    await page.getByRole('heading', { level: 1, name: /先做这/ }).waitFor();
    await page.getByRole('navigation', { name: '哪一类' }).getByRole('link', { name: /售后/ }).click();
    await page.waitForURL(/kind=case/);
    await picture(page, script ? 'shop-inbox' : 'shop-inbox-plain');
    await page.goto('/merchant/cases');
    for (const id of cases) await page.locator(`input[value="${encodeId('case', id)}"]`).check();
    await page.getByRole('button', { name: '看同意这几件会怎样' }).click();
    await page.getByRole('heading', { level: 1, name: '同意这 2 件' }).waitFor();
    assert.match(await main(page), /¥195\.00[\s\S]*从托管出/);
    await picture(page, script ? 'shop-agreement' : 'shop-agreement-plain');
    await page.getByRole('button', { name: '同意 2 件，退 ¥195.00' }).click();
    await page.getByText('2 件都处理好了').waitFor();
    await picture(page, script ? 'shop-agreed' : 'shop-agreed-plain');
    await page.goto('/merchant?q=nothing-like-this');
    await page.getByText('没有符合的事').waitFor();
    await page.goto('/merchant/cases');
    await page.goto('/merchant/cases/agreement');
    await page.getByText('还没有选').waitFor();
    await page.context().close();
    const buyer = await site.visit({ userId: must(people[0], 'a buyer').buyerId, script });
    await buyer.goto(casePath(must(cases[0], 'a case')));
    await buyer.getByRole('heading', { level: 1, name: /¥97\.50 退给你了/ }).waitFor();
    await buyer.context().close();
  });

test('F129 F118 a worried buyer reads in a batch, and after a decision against them, what happens, who must act, until when and what if not', async () => {
  const batch = await aShelf();
  const people: Bought[] = [];
  for (let n = 0; n < 6; n += 1) people.push(await bought(db, batch));
  const cases: string[] = [];
  for (const who of people) cases.push(await filed(db, who, { reason: 'WRONG_SPEC' }));
  await work.news();
  const [last, caseId] = [must(people.at(-1), 'a buyer'), must(cases.at(-1), 'a case')];
  const page = await site.visit({ userId: last.buyerId });
  await page.goto(casePath(caseId));
  await page.locator('#group').getByText('同批问题，6 件并案').waitFor();
  const said = await main(page);
  for (const part of ['轮到商家', '最迟', '接下来只有这几种可能', '结果对每一件都算数', '退出并案'])
    assert.ok(said.includes(part), part);
  await picture(page, 'case-in-batch');
  await page.context().close();

  const shelf = await aShelf();
  const desk = deskOf(database, shelf);
  const who = await bought(db, shelf);
  const lost = await desk.escalated(who);
  const viewer = await staffer(db, 'support');
  for (const act of [
    (tx: Tx) => assign(tx, { caseId: lost, viewer }),
    (tx: Tx) => judge(tx, { caseId: lost, viewer, judged: nothing }),
  ])
    assert.ok((await desk.run(act)).ok);
  const buyer = await site.visit({ userId: who.buyerId });
  await buyer.goto(casePath(lost));
  await buyer.locator('.dock').getByText('等裁决生效').waitFor();
  await buyer.locator('.dock').getByRole('link', { name: '不服？换人再看' }).waitFor();
  await picture(buyer, 'case-lost');
  await buyer.getByRole('link', { name: '不服？申请仲裁庭' }).click();
  await buyer.getByRole('heading', { level: 1, name: '这次没有支持你' }).waitFor();
  const hearing = await main(buyer);
  for (const part of ['离裁决生效', '最迟', '接下来只有这几种可能', '申请仲裁庭', '等裁决生效', '裁决书'])
    assert.ok(hearing.includes(part), part);
  assert.ok(!hearing.includes('轮到买家'), 'the buyer is spoken to');
  assert.ok(!hearing.includes('退款或补发执行'), 'nothing was awarded');
  await picture(buyer, 'hearing-buyer');
  await buyer.context().close();
});

test('F048 F184 story 6: the support turns a call into a case of the first contact, and the desk decides it with ticked articles and the money shown', async () => {
  const shelf = await aShelf();
  const who = await bought(db, shelf);
  await say(who, '卡密提示不存在');
  await say(who, '', 'call');
  clock.forward({ minutes: 20 });
  const support = await staffer(db, 'support');
  const page = await site.visit({ userId: support.userId ?? '', width: 1440 });
  await page.goto('/operator/messages');
  await picture(page, 'support-calls');
  await page.goto(`/operator/messages/${encodeId('order', who.orderId)}`);
  await page.getByText('转成售后申请').click();
  await page.getByLabel('申诉场景').selectOption('CARD_INVALID');
  await page.getByLabel('买家试过什么').fill('去掉空格重试过');
  await picture(page, 'support-ticket');
  await page.getByRole('button', { name: '按第一次联系的时间提交' }).click();
  await page.waitForURL('**/operator/cases/**');
  await page
    .getByText(/找过客服，提交时间按那时算/)
    .first()
    .waitFor();

  const elsewhere = await aShelf();
  const open = await deskOf(database, elsewhere).escalated(await bought(db, elsewhere));
  await sequenceAll(log);
  await page.goto('/operator/cases');
  await picture(page, 'desk-queue');
  await page.getByLabel('案件号、订单号或店铺名').fill(encodeId('case', open).slice(-6));
  await page.getByRole('button', { name: '查找' }).click();
  await page.getByRole('link', { name: '看', exact: true }).first().click();
  await page.getByRole('checkbox').first().check();
  await page.getByRole('button', { name: '接案' }).click();
  await page.getByText('记下了。').waitFor();
  await page.getByLabel('一、查明').fill('系统记录显示买家查看后五分钟提出，商家没有交发货证明。');
  await page.getByLabel('二、证据与责任').fill('双方证据一致。');
  await page.getByLabel('责任认定').fill('商家未能证明所发与约定一致。');
  await page.getByRole('group', { name: '引用条款' }).getByRole('checkbox').first().check();
  await page.getByLabel('退多少（元）').fill('40.00');
  await page.getByLabel('退多少（元）').blur();
  await page.getByText('按填的 ¥40.00 算').waitFor();
  await picture(page, 'desk-judgment');
  await page.getByRole('button', { name: '作出裁决' }).click();
  await page.getByRole('heading', { name: '裁决书' }).first().waitFor();
  assert.match(await main(page), /¥40\.00/);
  await page.context().close();
});

test('F193 F199 F201 after closing: the buyer is asked once, the precedent is public without names, and the report says how each number is counted', async () => {
  const who = await bought(db, await aShelf());
  const caseId = await filed(db, who);
  for (let round = 0; round < 4; round += 1) {
    clock.forward({ hours: 40 });
    await work.due();
    await work.news();
  }
  const page = await site.visit({ userId: who.buyerId });
  await page.goto(casePath(caseId));
  await page.getByRole('heading', { name: '这次处理得怎么样' }).waitFor();
  await picture(page, 'case-survey');
  await page.getByLabel('结果', { exact: true }).selectOption('4');
  await page.getByRole('button', { name: '提交评价' }).click();
  await page.getByText('你评了：结果 4').waitFor();
  await page.goto('/precedents');
  await page.getByRole('heading', { level: 1, name: '先例库' }).waitFor();
  const list = await main(page);
  assert.ok(list.includes('全额退款') && !list.includes('青禾'), 'no shop is named');
  await picture(page, 'precedents');
  await page.locator('main').getByRole('link', { name: /卡密/ }).first().click();
  await page.getByText('谁承担').waitFor();
  await picture(page, 'precedent');
  await page.goto('/trust');
  await page.getByRole('heading', { level: 1, name: /信任报告/ }).waitFor();
  assert.match(await main(page), /三个承诺/);
  await picture(page, 'trust');
  await page.context().close();
  const staff = await staffer(db, 'arbitrator');
  const desk = await site.visit({ userId: staff.userId ?? '', width: 1440 });
  await desk.goto('/operator/quality');
  await desk.getByRole('heading', { level: 1, name: '质量与时效' }).waitFor();
  await picture(desk, 'quality');
  await desk.goto(`/operator${casePath(caseId)}`);
  await desk.getByLabel('摘要').fill('卖家叫青禾软件屋，卡密第一次输入就不能用，已经退款。');
  await desk.getByRole('button', { name: '公开' }).click();
  await desk.getByText('摘要里有能认出人的内容').first().waitFor();
  await picture(desk, 'desk-precedent');
  await desk.context().close();
});
