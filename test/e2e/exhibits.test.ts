import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { sealSilent } from '../../src/aftersales/recording/actions.ts';
import { sequenceAll } from '../../src/evidence/sequencer.jobs.ts';
import { installLogKey } from '../../src/evidence/verification.actions.ts';
import { decodeId, encodeId } from '../../src/kit/public-id.ts';
import { sha256 } from '../../src/kit/secret.ts';
import { systemClock } from '../../src/kit/time.ts';
import { clockwork } from '../cases.ts';
import { openConsole } from '../console.ts';
import { testDatabase } from '../database.ts';
import { testFiles } from '../files.ts';
import { testLog } from '../log.ts';
import { aShop, stock } from '../world.ts';
import { account, type Account, buy, loggedIn, picture, reveal, says } from './steps.ts';

const { db, clock, asOwner } = await testDatabase({ at: systemClock.now() });
testFiles(db);
const log = testLog(db);
installLogKey(db, log.signer);
const site = await openConsole(db, {
  touch: true,
  args: [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    '--auto-select-desktop-capture-source=Entire screen',
  ],
});
const work = clockwork(db);
const shelf = await aShop(db, [{ title: '青禾软件屋 激活码', goods: 'card' }]);
const variantId = shelf.listings[0]?.variantId ?? '';
await stock(db, shelf, variantId, 60);

const aBuyer = (): Promise<Account> => account(db, { money: 100_000n });
const aClerk = (): Promise<Account> => account(db, { shop: { shopId: shelf.shopId, role: 'orders' } });

const label = Buffer.from(
  `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="600"><rect width="900" height="600" fill="#eef1ea"/><rect x="150" y="120" width="600" height="330" rx="20" fill="#fff" stroke="#999"/><text x="450" y="230" font-size="44" text-anchor="middle" fill="#a22d18">E404</text><text x="450" y="310" font-size="30" text-anchor="middle" fill="#333">key does not exist</text></svg>`,
);
const photo = await sharp(label)
  .withExif({
    IFD0: { Make: 'PhoneMaker', Model: 'P40' },
    IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 13/1 0/1' },
  })
  .jpeg()
  .toBuffer();
const blackedOut = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#111' } })
  .png()
  .toBuffer();
const asFile = (name: string, mimeType: string, buffer: Buffer) => ({ name, mimeType, buffer });

async function toClaim(page: Page): Promise<void> {
  await buy(page, `/checkout/${encodeId('variant', variantId)}`);
  await page.getByRole('heading', { level: 1, name: /卡密到了/ }).waitFor();
  await reveal(page);
  await sequenceAll(log);
  await page.getByRole('link', { name: '不能用' }).click();
  await page.getByRole('link', { name: '跳过，直接提交售后' }).click();
  await page.getByRole('heading', { name: '说清三件事，钱马上冻住' }).waitFor();
  await page.getByLabel('具体表现').fill('13:40 激活，提示“授权码不存在”');
  await page.getByLabel('试过什么').fill('去掉空格重试三次，换过网络');
}

for (const script of [true, false])
  test(`F113 F026 ${script ? 'with' : 'without'} JavaScript: a claim with a picture and its code; without either it is refused and says so; the shop answers each exhibit (质证), and shows its own file`, async () => {
    const page = await site.visit({ script });
    await loggedIn(page, await aBuyer());
    await toClaim(page);
    const send = page.getByRole('button', { name: '提交，冻住这笔钱' });
    await page.getByLabel('截图、录屏、照片或文件').setInputFiles(asFile('报错.jpg', 'image/jpeg', photo));
    await send.click();
    await page.getByText('报错页面要写上错误代码').waitFor();
    await page.getByText('已收到“报错.jpg”，不用再选').waitFor();
    await page.getByLabel('错误代码（有就填）').fill('E404');
    if (script) await picture(page, 'claim-exhibit');
    await send.click();
    await page.getByText('提交好了，钱已经冻住').waitFor();
    await says(page, /E404/);
    await says(page, /发生 今天[\s\S]*固定 今天[\s\S]*相隔/);
    assert.ok(await page.locator('.exhibit img').first().isVisible());
    const caseUrl = new URL(page.url()).pathname;

    const shop = await site.visit({ script });
    await loggedIn(shop, await aClerk());
    await shop.goto(`/merchant${caseUrl}/exhibits/1`);
    await shop.getByLabel('看法').selectOption('not_genuine');
    await shop.getByLabel('理由').fill('截图上没有我们的商品名');
    await shop.getByRole('button', { name: '提交看法' }).click();
    await shop.getByText('你的看法记下了，对方看得到。').waitFor();
    await says(shop, /不真实/);
    assert.doesNotMatch(
      await shop.locator('main').innerText(),
      /PhoneMaker/,
      'the device stays with its side',
    );
    await shop.goto(`/merchant${caseUrl}`);
    await shop.getByText('拒绝', { exact: true }).click();
    await shop.getByLabel('理由').selectOption('CONSUMED_AFTER_REVEAL');
    await shop.getByLabel('说明').fill('查看后由买家账号兑换');
    const form = shop.locator('form', { has: shop.getByRole('button', { name: '提交拒绝' }) });
    await form
      .getByLabel('截图、录屏、照片或文件')
      .setInputFiles(asFile('记录.png', 'image/png', blackedOut));
    await form.getByText('里面有个人隐私').click();
    await form.getByLabel('涂黑的副本').setInputFiles(asFile('记录-涂黑.png', 'image/png', blackedOut));
    await form.getByLabel('上面写了什么').fill('13:02 由买家账号兑换');
    await shop.getByRole('button', { name: '提交拒绝' }).click();
    await shop.getByText('记下了。').waitFor();

    await page.goto(caseUrl);
    await says(page, /里面有对方的隐私，只有平台看得到内容。 涂黑的副本是第 3 份/);
    await says(page, /截图上没有我们的商品名/);
    await page.context().close();
    await shop.context().close();
  });

test('F079 F074 notes over a picture by touch and by keys, without script by numbers; the original keeps its hash', async () => {
  const page = await site.visit();
  const buyer = await aBuyer();
  await loggedIn(page, buyer);
  await toClaim(page);
  await page.getByLabel('截图、录屏、照片或文件').setInputFiles(asFile('报错.jpg', 'image/jpeg', photo));
  await page.getByLabel('错误代码（有就填）').fill('E404');
  await page.getByRole('button', { name: '提交，冻住这笔钱' }).click();
  await page.getByText('提交好了，钱已经冻住').waitFor();
  const caseUrl = new URL(page.url()).pathname;
  await page.getByRole('link', { name: '看原图、标注和质证' }).click();
  await page.getByRole('heading', { level: 1, name: /证据 1/ }).waitFor();
  await says(page, /PhoneMaker P40[\s\S]*原件里有，没有读取/);
  const canvas = page.getByRole('application', { name: '框出要看的地方' });
  await canvas.locator('img').evaluate((img: HTMLImageElement) => img.decode());
  const box = await canvas.boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.25);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.7, box.y + box.height * 0.45, { steps: 4 });
  await page.mouse.up();
  await canvas.press('Enter');
  await canvas.press('ArrowDown');
  await canvas.press('Shift+ArrowRight');
  await page.getByLabel('第几步').fill('1');
  await page.getByLabel('说明').fill('红字写着代码 E404');
  await picture(page, 'exhibit-annotate');
  await page.getByRole('button', { name: '保存标注' }).click();
  await page.getByText('标注存好了，原件没动。').waitFor();
  const [layer] = await asOwner(
    'select areas, step from aftersales.exhibit_layers order by at desc limit 1',
    [],
  );
  const areas = layer?.['areas'] as { x: number; y: number; w: number; h: number }[];
  assert.equal(areas.length, 2);
  assert.ok(
    areas[0] && Math.abs(areas[0].x - 300) < 20 && Math.abs(areas[0].w - 400) < 20,
    JSON.stringify(areas),
  );
  assert.deepEqual(areas[1], { x: 350, y: 360, w: 310, h: 200 }, 'moved down, made wider by keys');
  const shop = await site.visit();
  await loggedIn(shop, await aClerk());
  await shop.goto(`/merchant${caseUrl}/exhibits/1`);
  await says(shop, /第 1 步 红字写着代码 E404/);
  await picture(shop, 'exhibit-other-side');
  await says(shop, new RegExp(sha256(photo).toString('hex')));

  const plain = await site.visit({ script: false });
  await loggedIn(plain, buyer);
  await plain.goto(`${caseUrl}/exhibits/1`);
  await plain.getByText('框出要看的地方', { exact: true }).click();
  const frame = plain.getByRole('group', { name: '框 1' });
  await frame.getByLabel('左').fill('100');
  await plain.getByLabel('说明').fill('没有脚本也能标');
  await plain.getByRole('button', { name: '保存标注' }).click();
  await plain.getByText('标注存好了，原件没动。').waitFor();
  const [second] = await asOwner(
    'select number, areas from aftersales.exhibit_layers order by number desc limit 1',
    [],
  );
  assert.deepEqual(
    [second?.['number'], (second?.['areas'] as { x: number }[] | undefined)?.[0]?.x],
    [2, 100],
  );
  await picture(page, 'exhibit');
  for (const one of [page, shop, plain]) await one.context().close();
});

/** What was recorded on the order's page is picked as an exhibit: by its time and what it shows, and only once. */
async function shownInCase(page: Page): Promise<void> {
  await page.goto(`${new URL(page.url()).pathname}/claim`);
  await page.getByLabel('用这一单录的像').waitFor();
  await picture(page, 'claim-recording');
  await page.getByLabel('具体表现').fill('第一次用就说已兑换');
  await page.getByLabel('试过什么').fill('换过网络');
  await page.getByLabel('错误代码（有就填）').fill('USED');
  await page.getByRole('button', { name: '提交，冻住这笔钱' }).click();
  await page.getByText('提交好了，钱已经冻住').waitFor();
  await page.getByText('补充证据', { exact: true }).click();
  const pick = page.getByLabel('用这一单录的像');
  await pick.selectOption({ index: 1 });
  assert.match(await pick.innerText(), /录到 1 件首次查看/);
  await page.getByLabel('是什么').selectOption('video');
  await picture(page, 'case-recording-pick');
  await page.getByRole('button', { name: '提交证据' }).click();
  await page.getByText('记下了。').waitFor();
  await says(page.locator('#binder'), /录屏或视频[\s\S]*recording-camera\.webm/);
  await page.getByText('补充证据', { exact: true }).click();
  assert.equal(await page.getByLabel('用这一单录的像').count(), 0, 'shown once');
  await picture(page, 'case-recording');
}

for (const source of ['摄像头', '屏幕'] as const)
  test(`F071 in a real browser: a recording (${source}) begins, then the key is seen, and the receipt is the hash of what the browser has`, async () => {
    const page = await site.visit();
    await loggedIn(page, await aBuyer());
    await buy(page, `/checkout/${encodeId('variant', variantId)}`);
    await page.getByRole('heading', { level: 1, name: /卡密到了/ }).waitFor();
    await page.getByText('边看边录（可选）').click();
    await page.getByRole('button', { name: source === '屏幕' ? '录屏幕' : '用摄像头录' }).click();
    await page.getByText(/正在录 .*已存 [1-9]/).waitFor({ timeout: 30_000 });
    await reveal(page);
    if (source === '摄像头') await picture(page, 'recording');
    await page.getByRole('button', { name: '录好了' }).click();
    await page.getByText('和你浏览器里的完全一样').waitFor({ timeout: 30_000 });
    await says(page, /录像先开始，1 件卡密在录的时候第一次被查看/);
    const [row] = await asOwner('select sha256, ended_by from aftersales.recordings where order_id = $1', [
      decodeId('order', new URL(page.url()).pathname.split('/').at(-1) ?? ''),
    ]);
    await says(page, new RegExp(String((row?.['sha256'] as Buffer | undefined)?.toString('hex'))));
    assert.equal(row?.['ended_by'], 'stopped');
    if (source === '摄像头') await picture(page, 'recorded');
    if (source === '摄像头') await shownInCase(page);
    await page.context().close();
  });

test('F071 the page dies while it records: what had arrived stays, and is sealed', async () => {
  const page = await site.visit();
  const buyer = await aBuyer();
  await loggedIn(page, buyer);
  await buy(page, `/checkout/${encodeId('variant', variantId)}`);
  await page.getByRole('heading', { level: 1, name: /卡密到了/ }).waitFor();
  const orderUrl = page.url();
  await page.getByText('边看边录（可选）').click();
  await page.getByRole('button', { name: '用摄像头录' }).click();
  await page.getByText(/正在录 .*已存 [1-9]/).waitFor({ timeout: 30_000 });
  await page.close();
  clock.forward({ minutes: 3 });
  assert.equal(await sealSilent(db), 1);
  const again = await site.visit();
  await loggedIn(again, buyer);
  await again.goto(orderUrl);
  await again.getByText('边看边录（可选）').click();
  await says(again, /页面断开，已存到的封存/);
  await again.context().close();
});

/** Both parties see that the desk looked at a key, and never the key. */
async function lookSeen(page: Page, shop: Page, caseUrl: string): Promise<void> {
  await page.goto(caseUrl);
  await shop.goto(`/merchant${caseUrl}`);
  for (const side of [page, shop]) {
    const part = side.locator('#unsealings');
    await says(part, /承办人 [0-9A-F]{4} 申请：双方对格式说法不一，要比对末四位/);
    await says(part, /另一位 [0-9A-F]{4} 批准/);
    await says(part, /打开看了一次，随即关上/);
    assert.doesNotMatch(await side.content(), /KEY-\d+-\d{8}/, 'never the key');
  }
  await picture(page, 'case-unsealed-buyer');
  await picture(shop, 'case-unsealed-shop');
}

test('F072 F073 the order page shows the sealed binder and how long it is kept; two people look at a key on the desk; F107 what was ticked', async () => {
  const page = await site.visit();
  await loggedIn(page, await aBuyer());
  await buy(page, `/checkout/${encodeId('variant', variantId)}`);
  await page.getByRole('heading', { level: 1, name: /卡密到了/ }).waitFor();
  await says(page, /证据归档[\s\S]*完成后 24 小时内封存/);
  await reveal(page);
  clock.forward({ hours: 30 });
  await work.due();
  await work.news();
  await sequenceAll(log);
  const orderUrl = new URL(page.url()).pathname;
  await page.goto(orderUrl);
  await says(page, /归档[\s\S]*条记录[\s\S]*已进公开日志/);
  await says(page, /至少保存到/);
  await picture(page, 'order-archive');

  await page.goto(`${orderUrl}/claim`);
  await page.getByLabel('具体表现').fill('规格不对');
  await page.getByLabel('试过什么').fill('换过两个区');
  await page.getByLabel('错误代码（有就填）').fill('R-12');
  await page.getByRole('button', { name: '提交，冻住这笔钱' }).click();
  await page.getByText('提交好了，钱已经冻住').waitFor();
  const caseUrl = new URL(page.url()).pathname;
  const shop = await site.visit();
  await loggedIn(shop, await aClerk());
  await shop.goto(`/merchant${caseUrl}`);
  await shop.getByText('拒绝', { exact: true }).click();
  await shop.getByLabel('理由').selectOption('CONSUMED_AFTER_REVEAL');
  await shop.getByLabel('说明').fill('查看后由买家账号兑换');
  const form = shop.locator('form', { has: shop.getByRole('button', { name: '提交拒绝' }) });
  await form.getByLabel('上面写了什么').fill('13:02 由买家账号兑换');
  await shop.getByRole('button', { name: '提交拒绝' }).click();
  await shop.getByText('记下了。').waitFor();
  await page.goto(caseUrl);
  await page.getByLabel('你想让平台看什么').fill('兑换的不是我的账号');
  await page.getByRole('button', { name: '申请平台介入' }).click();
  await page.getByText('记下了。').waitFor();

  const [one, two] = [await site.visit({ width: 1440 }), await site.visit({ width: 1440 })];
  await loggedIn(one, await account(db, { staff: 'support' }));
  await loggedIn(two, await account(db, { staff: 'arbitrator' }));
  await one.goto(`/operator${caseUrl}`);
  await one.getByRole('checkbox').first().check();
  await one.getByRole('button', { name: '接案' }).click();
  await one.getByText('记下了。').waitFor();
  await one.goto(`/operator${caseUrl}/keys`);
  await says(one, /下单时勾选的原文[\s\S]*勾选/);
  await one.getByLabel('为什么要看').fill('双方对格式说法不一，要比对末四位');
  await one.getByRole('button', { name: '申请拆看' }).click();
  await one.getByText('等另一个人批准').waitFor();
  await two.goto(`/operator${caseUrl}/keys`);
  await two.getByRole('button', { name: '批准', exact: true }).click();
  await two.getByText('可以看一次').waitFor();
  await one.reload();
  await one.getByRole('button', { name: '看一次' }).click();
  await one.getByText('只显示这一次').waitFor();
  assert.match(await one.locator('main').innerText(), /•+[\d-]+/);
  assert.doesNotMatch(await one.content(), /KEY-\d+-\d{8}/, 'masked, as was asked');
  await picture(one, 'desk-key');
  await one.reload();
  await one.getByText('看过了').waitFor();
  await lookSeen(page, shop, caseUrl);
  for (const each of [page, shop, one, two]) await each.context().close();
});

test('the pages of exhibits speak no error into the console', () => assert.deepEqual(site.complaints, []));
