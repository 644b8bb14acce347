import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { assign, judge } from '../../src/aftersales/desk.actions.ts';
import { volunteer } from '../../src/aftersales/jury/actions.ts';
import { askJury, consent } from '../../src/aftersales/panel/actions.ts';
import { drawTribunals } from '../../src/aftersales/panel/draw.actions.ts';
import { sequenceAll } from '../../src/evidence/sequencer.jobs.ts';
import { installLogKey } from '../../src/evidence/verification.actions.ts';
import { must } from '../../src/kit/assert.ts';
import { encodeId } from '../../src/kit/public-id.ts';
import { systemClock } from '../../src/kit/time.ts';
import { transaction } from '../../src/kit/tx.ts';
import { nobody } from '../../src/kit/viewer.ts';
import { bought, buyerOf, caseShop, clockwork, deskOf, filed, staffer } from '../cases.ts';
import { openConsole } from '../console.ts';
import { testDatabase } from '../database.ts';
import { testLog } from '../log.ts';
import { nothing } from '../tribunals.ts';
import { aShop, stock } from '../world.ts';
import { account, type Account, loggedIn, picture, says } from './steps.ts';

const database = await testDatabase({ at: systemClock.now() });
const { db, clock } = database;
const log = testLog(db);
installLogKey(db, log.signer);
const site = await openConsole(db);
const work = clockwork(db);

const shelf = await caseShop(db);
const variantId = shelf.listings[0]?.variantId ?? '';
await stock(db, shelf, variantId, 60);
const first = await staffer(db, 'support');
const { run, said, escalated } = deskOf(database, shelf);

let people = 0;
/** Somebody of the support, a judge, or somebody of a shop, with a name of their own. */
const called = (p: Parameters<typeof account>[1]): Promise<Account> =>
  account(db, { ...p, name: `仲裁${(people += 1)}` });
const aClerk = (shopId: string): Promise<Account> => called({ shop: { shopId, role: 'orders' } });

async function visit(who: Account, p: { script?: boolean; width?: number } = {}): Promise<Page> {
  const page = await site.visit(p);
  await loggedIn(page, who);
  return page;
}

/** A case that was decided against its buyer. */
async function decided(): Promise<string> {
  const one = await bought(db, shelf);
  const caseId = await escalated(one);
  await run((tx) => assign(tx, { caseId, viewer: first }));
  assert.equal(said(await run((tx) => judge(tx, { caseId, viewer: first, judged: nothing }))), 'decided');
  return caseId;
}
async function draw(): Promise<void> {
  await sequenceAll(log);
  await drawTribunals(db);
}
const seated = async (caseId: string): Promise<string[]> =>
  (
    await database.asOwner(
      `select user_id from aftersales.seats where case_id = $1 and state = 'seated' order by rank`,
      [caseId],
    )
  ).map((row) => String(row['user_id']));

test('F118 F051 in a browser: the shop asks for a panel, sees how it is drawn, questions a seat; the desk decides; three vote and both sides read why', async () => {
  const panel = [];
  for (let n = 0; n < 4; n += 1) panel.push(await called({ staff: 'arbitrator' }));
  const caseId = await decided();
  const address = encodeId('case', caseId);
  const shop = await visit(await aClerk(shelf.shopId));
  await shop.goto(`/merchant/cases/${address}`);
  // It was decided for the shop; the way to a panel stays open.
  await shop.getByRole('link', { name: '看仲裁怎么走' }).click();
  await shop.getByRole('heading', { level: 1, name: '仲裁庭与评审团' }).waitFor();
  await shop.getByText('申请仲裁庭', { exact: true }).first().click();
  await shop.getByLabel('说明').first().fill('裁决漏看了发货记录');
  await picture(shop, 'hearing-wish');
  await shop.getByRole('button', { name: '申请仲裁庭' }).first().click();
  await shop.getByText('记下了。').waitFor();
  await says(shop, '名单已经封好');
  await draw();
  await shop.reload();
  await says(shop, /投票中/);
  await shop.getByText('怎么抽的').click();
  await says(shop, /mengyue draw v1/);
  await picture(shop, 'hearing-drawn');
  await shop.getByText('申请他回避').first().click();
  await shop.getByLabel('说明').first().fill('他以前在买家的公司上班');
  await shop.getByRole('button', { name: '申请他回避' }).first().click();
  await shop.getByText('记下了。').waitFor();

  const support = await visit(await called({ staff: 'support' }), { width: 1440 });
  await support.goto(`/operator/cases/${address}/hearing`);
  await says(support, /他以前在买家的公司上班/);
  await support.getByLabel('理由').first().fill('查过双方的记录，没有这回事');
  await support.getByRole('button', { name: '不成立' }).click();
  await support.getByText('记下了。').waitFor();

  const sits = await seated(caseId);
  for (const [n, userId] of sits.entries()) {
    const who = must(
      panel.find((one) => one.userId === userId),
      'a judge who can log in',
    );
    const desk = await visit(who, { width: 1440, script: n !== 1 });
    await desk.goto(`/operator/cases/${address}/hearing`);
    await desk.getByLabel('一、查明').fill('发货记录显示面值与所购一致，时间完整。');
    await desk.getByLabel('二、证据与责任').fill('双方材料一致。');
    await desk.getByLabel('责任认定').fill('买家没有证明规格不符，不支持退款。');
    await desk.getByLabel('依据条款').fill('22');
    await desk.getByLabel('处理').selectOption(n === 0 ? 'refund' : 'none');
    await desk.getByLabel('责任比例').selectOption(n === 0 ? 'merchant' : 'buyer');
    if (n === 0) await picture(desk, 'hearing-vote');
    await desk.getByRole('button', { name: '投票' }).click();
    await desk.getByText('记下了。').waitFor();
    await desk.context().close();
  }
  await shop.reload();
  await says(shop, /仲裁裁决书[\s\S]*买家没有证明规格不符/);
  await says(shop, /投：退款 ¥97\.50/);
  await picture(shop, 'hearing-awarded');
  for (const one of [shop, support]) await one.context().close();
});

for (const script of [true, false])
  test(`F118 a seat on a jury ${script ? 'with' : 'without'} JavaScript: the sheet names nobody, the vote is sealed, and opened with reasons at its hour`, async () => {
    const me = await aClerk((await aShop(db, [])).shopId);
    const others = [];
    for (let n = 0; n < 16; n += 1) others.push(await aClerk((await aShop(db, [])).shopId));
    await database.asOwner('update aftersales.jurors set willing = false');
    for (const { userId } of [me, ...others])
      assert.ok(
        (await transaction(db, (tx) => volunteer(tx, { userId, willing: true, rulebook: '1.0.0' }))).ok,
      );
    const page = await visit(me, { script });
    await page.goto('/jury');
    await says(page, '你在评审员名单里');
    const caseId = await decided();
    const [row] = await database.asOwner('select buyer_id from aftersales.cases where id = $1', [caseId]);
    const buyer = buyerOf(String(row?.['buyer_id']));
    await run((tx) =>
      askJury(tx, { caseId, viewer: buyer, ground: 'wrong_article', text: '看图就知道，电话 13800138000' }),
    );
    await run((tx) =>
      consent(tx, {
        caseId,
        viewer: { ...nobody, userId: shelf.ownerId, shops: [{ shopId: shelf.shopId, role: 'owner' }] },
        agrees: true,
      }),
    );
    await draw();
    await page.goto('/jury');
    await says(page, '待密封投票');
    await picture(page, 'jury');
    await page.getByRole('link', { name: '案卷' }).first().click();
    await says(page, /电话 ▇▇▇/);
    const sheet = await page.locator('main').innerText();
    const [shopRow] = await database.asOwner('select name from merchants.shops where id = $1', [
      shelf.shopId,
    ]);
    assert.ok(!sheet.includes(String(shopRow?.['name'])), 'the shop is not named');
    await picture(page, 'jury-sheet');
    await page.getByLabel('你支持哪一方').selectOption('merchant');
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: '密封投票' }).click();
    await says(page, /开封码/);
    const [sealed] = await database.asOwner(
      'select choice, commitment is not null as sealed from aftersales.ballots where case_id = $1',
      [caseId],
    );
    assert.deepEqual(sealed, { choice: null, sealed: true }, 'the program does not know the vote');
    await picture(page, 'jury-sealed');
    clock.forward({ hours: 16 });
    await work.due();
    await page.reload();
    await page.getByLabel('理由').fill('规格写得很清楚，买家看漏了');
    await page.getByRole('button', { name: '公开我的票' }).click();
    await says(page, '你的票公开了');
    const [opened] = await database.asOwner('select choice from aftersales.ballots where case_id = $1', [
      caseId,
    ]);
    assert.equal(opened?.['choice'], 'merchant');
    await page.context().close();
  });

test('F129 in a browser: five cases about one batch, the desk decides them once, and a second person signs or it stands', async () => {
  const batch = await caseShop(db, { title: '蓝桥点卡 100 元' });
  await stock(db, batch, batch.listings[0]?.variantId ?? '', 20);
  const all = [];
  for (let n = 0; n < 6; n += 1) all.push(await bought(db, batch));
  for (const who of all) await filed(db, who, { reason: 'WRONG_SPEC' });
  await work.news();
  const desk = await visit(await called({ staff: 'support' }), { width: 1440 });
  await desk.goto('/operator/groups');
  await says(desk, /蓝桥点卡 100 元/);
  await says(desk, /已停售/);
  await picture(desk, 'groups');
  await desk.getByRole('link', { name: '案件', exact: true }).first().click();
  await desk.getByRole('heading', { level: 1, name: '蓝桥点卡 100 元' }).waitFor();
  await desk.getByLabel('一、查明').fill('进货批次的面值标错，六件同一天售出。');
  await desk.getByLabel('二、证据与责任').fill('发码方回执一致。');
  await desk.getByLabel('责任认定').fill('商家上架前没有核对，由商家承担。');
  await desk.getByLabel('依据条款').fill('22');
  await picture(desk, 'group');
  await desk.getByRole('button', { name: '裁决全部 6 件' }).click();
  await desk.getByText('记下了。').waitFor();
  await work.news();
  await desk.reload();
  await says(desk, /6 已裁决|已裁决 6/);
  await picture(desk, 'group-decided');
  await desk.context().close();
});

test('the pages of hearings speak no error into the console', () => assert.deepEqual(site.complaints, []));
