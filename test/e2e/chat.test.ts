import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { openLog } from '../../src/app/log.ts';
import { openSweep } from '../../src/app/sweep.ts';
import { workTables } from '../../src/app/worker.ts';
import { encodeId } from '../../src/kit/public-id.ts';
import { openConsole } from '../console.ts';
import { testDatabase } from '../database.ts';
import { testFiles } from '../files.ts';
import { talkWorld } from '../talk.ts';
import { fits, picture, says } from './steps.ts';

const { db, clock, asOwner } = await testDatabase();
testFiles(db);
const world = await talkWorld(db);
const { people, orderId } = world;
const order = encodeId('order', orderId);
const site = await openConsole(db);
const buyer = { userId: people.buyer.userId };
const clerk = { userId: people.clerk.userId };
const box = (page: Page) => page.getByLabel('写消息');
const said = (page: Page, text: string | RegExp) => page.locator('.chat').getByText(text).last();

async function send(page: Page, text: string): Promise<void> {
  await box(page).fill(text);
  await page.getByRole('button', { name: '发送' }).click();
  await said(page, text).waitFor();
}

test('F008 F080 a buyer on the phone and a shop at the desk talk live: words, a picture, a demand with its time, an answer, seen', async () => {
  const phone = await site.visit(buyer);
  await phone.goto(`/orders/${order}`);
  await phone.getByRole('link', { name: '联系商家' }).click();
  await phone.getByRole('heading', { name: /^和店铺/ }).waitFor();
  await says(phone, /还没有人说话/);
  assert.ok(await box(phone).isVisible());
  const at = await box(phone).boundingBox();
  assert.ok(at && at.y > 500, 'the box lies where the thumb is');

  const desk = await site.visit({ ...clerk, width: 1440 });
  await desk.goto(`/merchant/messages/${order}`);
  await desk.getByText('新消息会自己出现').waitFor();
  await phone.getByText('新消息会自己出现').waitFor();

  await send(phone, '卡密提示已使用');
  await said(desk, '卡密提示已使用').waitFor();
  await said(phone, /已读/).waitFor();
  await send(desk, '收到，正在核实');
  await said(phone, '收到，正在核实').waitFor();
  assert.equal(await box(phone).inputValue(), '', 'the box is empty after sending');

  const photo = await sharp({ create: { width: 900, height: 500, channels: 3, background: '#7a4a2a' } })
    .jpeg()
    .toBuffer();
  await phone.getByText('模板、规则、时限、图片').click();
  await phone
    .getByLabel('图片或文件')
    .setInputFiles({ name: '截图.jpg', mimeType: 'image/jpeg', buffer: photo });
  await phone.getByLabel('限期答复的要求').check();
  await phone.getByLabel('几小时内答复').selectOption('2');
  await phone.getByRole('checkbox', { name: /^第21条/ }).check();
  await box(phone).fill('请在两小时内补发或退款');
  await phone.getByRole('button', { name: '发送' }).click();
  await said(phone, '要求在 2 小时内答复').waitFor();
  await said(desk, '要求在 2 小时内答复').waitFor();
  const image = desk.getByAltText('图片 截图.jpg');
  await image.waitFor();
  await image.scrollIntoViewIfNeeded();
  await desk.waitForFunction(() => [...document.images].every((one) => one.complete && one.naturalWidth > 0));
  await says(desk, /根据《.+第21条/);
  await says(desk, /轮到你答复/);
  await says(phone, /商家最迟 .+ 前答复。到时没动静，这里就亮/);

  await send(desk, '今晚补发一张新的');
  await said(phone, /已答复/).waitFor();
  await phone.context().close();
  await desk.context().close();
  assert.deepEqual(site.complaints, []);
});

test('F082 a way out of the platform is masked, and both are warned on the spot', async () => {
  const [phone, desk] = [await site.visit(buyer), await site.visit({ ...clerk, width: 1440 })];
  await phone.goto(`/orders/${order}/chat#end`);
  await phone.getByText('新消息会自己出现').waitFor();
  await desk.goto(`/merchant/messages/${order}`);
  await box(desk).fill('加V qinghe2024 我转给你更快');
  await desk.getByRole('button', { name: '发送' }).click();
  for (const page of [desk, phone]) {
    await said(page, /请不要离开盟约处理：这里提到了微信号/).waitFor();
    await says(page, /加V ●{10} 我转给你更快/);
  }
  assert.ok(!(await phone.content()).includes('qinghe2024'));
  await phone.context().close();
  await desk.context().close();
});

test('F080 F114 F121 without JavaScript: a template filled in, sent, the silence after its time, and the lit button', async () => {
  const second = await world.order(people.buyer.userId);
  const path = `/orders/${encodeId('order', second)}/chat`;
  const page = await site.visit({ ...buyer, script: false });
  await page.goto(path);
  await page.getByText('用模板').click();
  await page.getByLabel('模板', { exact: true }).selectOption('failed');
  await page.getByLabel('错误代码或要补充的内容').fill('0x80070005');
  await page.getByRole('button', { name: '放进输入框' }).click();
  assert.match(await box(page).inputValue(), /^订单号 ord_\w+ 的卡密激活失败，提示错误代码 0x80070005/);
  await page.getByText('模板、规则、时限、图片').click();
  await page.getByLabel('限期答复的要求').check();
  await page.getByRole('button', { name: '发送' }).click();
  await says(page, /要求在 4 小时内答复/);
  assert.equal(
    await page.getByRole('button', { name: '升级：商家未响应' }).getAttribute('aria-disabled'),
    'true',
  );
  clock.forward({ hours: 4, seconds: 2 });
  await openSweep(db, workTables.deadlines, openLog('silent')).run();
  await page.getByRole('link', { name: '刷新' }).click();
  await says(page, /商家未响应：时限 .+ 到了，没有答复/);
  await page.getByRole('link', { name: '升级：商家未响应' }).first().waitFor();
  await page.getByRole('button', { name: '请平台客服加入' }).click();
  await says(page, /买家请平台客服加入/);
  await page.goto('/conversations');
  await says(page, /青禾办公套件授权码/);
  await page.context().close();
});

test('the shop’s inbox by waiting time, sentences kept ready, a promise as a card', async () => {
  const third = await world.order(people.stranger.userId);
  await world.say(people.stranger, third, { text: '在吗' });
  clock.forward({ minutes: 20 });
  const page = await site.visit(clerk);
  await page.goto('/merchant/messages');
  await says(page, /位买家在等你/);
  await page.getByRole('link', { name: '改常用语' }).click();
  await page.getByLabel('每行一句').fill('收到，正在核对\n\n已补发，请看订单页');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('存好了').waitFor();
  await page.goto(`/merchant/messages/${encodeId('order', third)}`);
  await page.getByText('用模板').click();
  await page.getByRole('link', { name: '收到，正在核对' }).click();
  assert.equal(await box(page).inputValue(), '收到，正在核对');
  await page.getByText('模板、规则、承诺、图片').click();
  await page.getByLabel('承诺', { exact: false }).first().check();
  await page.getByLabel('什么时候做到').fill('2026-11-25T22:00');
  await page.getByRole('button', { name: '发送' }).click();
  await said(page, '商家承诺').waitFor();
  await says(page, /做到的时间：11月25日/);
  const [row] = await asOwner(
    `select due_at from messaging.messages where order_id = $1 and kind = 'promise'`,
    [third],
  );
  assert.equal((row?.['due_at'] as Date | undefined)?.toISOString(), '2026-11-25T14:00:00.000Z');
  await page.context().close();
});

test('the support joins where it was called, and reads what is masked for others', async () => {
  const page = await site.visit({ userId: people.support.userId, width: 1440 });
  await page.goto('/operator/messages');
  await page.getByRole('link', { name: '去回复' }).first().click();
  await send(page, '我是平台客服，请双方在这里沟通');
  await page.goto(`/operator/messages/${order}`);
  await says(page, /加V qinghe2024/);
  await page.context().close();
});

test('a conversation of somebody else is not there', async () => {
  const page = await site.visit({ userId: people.second.userId });
  assert.equal((await page.goto(`/orders/${order}/chat`))?.status(), 404);
  await page.context().close();
});

test('conversation pages fit 320, 390 and 1440 px, in both languages', async () => {
  for (const [who, paths] of [
    [buyer, [`/orders/${order}/chat`, '/conversations']],
    [
      clerk,
      [
        '/merchant/messages',
        '/merchant/messages?all=1',
        `/merchant/messages/${order}`,
        '/merchant/quick-replies',
      ],
    ],
    [{ userId: people.support.userId }, ['/operator/messages', `/operator/messages/${order}`]],
  ] as const)
    for (const [width, language] of [
      [320, 'en'],
      [390, 'zh'],
      [1440, 'zh'],
    ] as const) {
      const page = await site.visit({ ...who, width });
      for (const path of paths) {
        await page.goto(`${path}${path.includes('?') ? '&' : '?'}lang=${language}`);
        await fits(page, path);
        if (width === 390) await picture(page, path.replace(/\W+/g, '_'));
      }
      await page.context().close();
    }
  assert.deepEqual(site.complaints, []);
});
