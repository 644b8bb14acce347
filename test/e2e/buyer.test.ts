import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyPayments } from '../../src/checkout/jobs.ts';
import { sequenceAll } from '../../src/evidence/sequencer.jobs.ts';
import { installLogKey } from '../../src/evidence/verification.actions.ts';
import { must } from '../../src/kit/assert.ts';
import { encodeId } from '../../src/kit/public-id.ts';
import { systemClock } from '../../src/kit/time.ts';
import { openConsole } from '../console.ts';
import { testDatabase } from '../database.ts';
import { testLog } from '../log.ts';
import { testSandbox, until } from '../sandbox.ts';
import { aShop, stock } from '../world.ts';
import { account, type Account, buy, fits, keysOn, loggedIn, reveal, says, tickAll } from './steps.ts';

// The sandbox process has the clock of the machine.
const { db, asOwner } = await testDatabase({ at: systemClock.now() });
await testSandbox(db, (ids) => applyPayments(db, ids));
const log = testLog(db);
installLogKey(db, log.signer);
const site = await openConsole(db);

const shelf = await aShop(db, [{}, { title: '深海纪元点卡 50 元' }, { title: '只剩一张的卡' }]);
const [star, sea, last] = shelf.listings.map((one) => one.variantId) as [string, string, string];
const keys = [...(await stock(db, shelf, star, 40)), ...(await stock(db, shelf, sea, 10))];
await stock(db, shelf, last, 1);
const address = (variantId: string, quantity = 1): string =>
  `/checkout/${encodeId('variant', variantId)}?quantity=${quantity}`;

const aBuyer = (): Promise<Account> => account(db, { money: 100_000n });

const looks = async (): Promise<number> => {
  const [row] = (await asOwner('select coalesce(sum(reveals), 0)::int as looks from delivery.units')) as {
    looks: number;
  }[];
  return must(row, 'a sum').looks;
};

for (const script of [true, false])
  test(`F001 F002 F020 F172 ${script ? 'with' : 'without'} JavaScript, on a phone: buy from the wallet, reveal, say it works, confirm`, async () => {
    const page = await site.visit({ script });
    await loggedIn(page, await aBuyer());
    await page.goto(address(star, 2));
    for (const box of await page.getByRole('checkbox').all())
      assert.equal(await box.isChecked(), false, 'nothing is ticked for the buyer');
    await says(page.getByRole('table', { name: '一共付多少' }), /¥195\.00/);
    await tickAll(page);
    await page.getByRole('button', { name: '付款 ¥195.00' }).click();
    await page.getByRole('heading', { level: 1, name: /2 张卡密都到了/ }).waitFor();
    assert.match(page.url(), /\/orders\/ord_[0-9a-v]{26}$/);
    await says(page.locator('main'), /¥195\.00 在托管，商家拿不到/);
    assert.deepEqual(await keysOn(page), [], 'no key is in the page before it is asked for');
    await reveal(page);
    const [shown] = await keysOn(page);
    assert.ok(keys.includes(must(shown, 'a key')));
    await page.getByRole('button', { name: '能用', exact: true }).click();
    await page.getByText('记下了：这一张能用').waitFor();
    const confirm = page.getByRole('button', { name: '确认收货' });
    assert.equal(await confirm.getAttribute('aria-disabled'), 'true', 'a sealed key is left');
    await page.getByRole('button', { name: '取消没看过的第 2 张' }).click();
    await page.getByText('取消了，钱退回了付款的地方').waitFor();
    await page.getByRole('button', { name: '确认收货' }).click();
    await page.getByText('确认了。钱还要再等几天').waitFor();
    await says(page.getByRole('heading', { level: 1 }), /订单完成了/);
    await page.goto('/account/wallet');
    await says(page.getByRole('heading', { level: 1 }), /¥902\.50/);
    await page.context().close();
  });

test('F017 a reload, the back button and the address alone never reveal a key, and the page takes it away when it is left', async () => {
  const page = await site.visit();
  await loggedIn(page, await aBuyer());
  await buy(page, address(star));
  await page.getByRole('heading', { level: 1, name: /卡密到了/ }).waitFor();
  const order = page.url();
  await reveal(page);
  const seen = await looks();
  await page.reload();
  assert.deepEqual(await keysOn(page), []);
  await page.goto('/orders');
  await page.goBack();
  assert.deepEqual(await keysOn(page), []);
  await page.goto(`${order}/key-file`);
  assert.equal(page.url(), order, 'the file is not there for a GET');
  assert.equal(await looks(), seen);
  await page.context().close();
});

test('F017 a key that stays on the screen is taken away after a minute', async () => {
  const page = await site.visit();
  await loggedIn(page, await aBuyer());
  await buy(page, address(star));
  await page.getByRole('heading', { level: 1, name: /卡密到了/ }).waitFor();
  await page.clock.install();
  await reveal(page);
  await page.clock.runFor(50_000);
  assert.equal((await keysOn(page)).length, 1);
  await page.clock.runFor(12_000);
  await page.getByText('60 秒到了，已收起').waitFor();
  assert.deepEqual(await keysOn(page), []);
  await page.context().close();
});

test('without JavaScript the key is shown once, by an answer that no cache keeps, and can be saved as text', async () => {
  const page = await site.visit({ script: false });
  await loggedIn(page, await aBuyer());
  await buy(page, address(star));
  const order = page.url();
  const answer = page.waitForResponse((response) => response.request().method() === 'POST');
  await reveal(page);
  assert.match((await answer).headers()['cache-control'] ?? '', /no-store/);
  const [shown] = await keysOn(page);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '存成文本文件' }).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  assert.match(Buffer.concat(chunks).toString(), new RegExp(must(shown, 'a key')));
  await page.goto(order);
  assert.deepEqual(await keysOn(page), []);
  await page.context().close();
});

test('F017 a wrong password shows no key and says so', async () => {
  for (const script of [true, false]) {
    const somebody = await aBuyer();
    const usual = await site.visit();
    await loggedIn(usual, somebody);
    await usual.context().close();
    // A second device is a new one.
    const page = await site.visit({ script });
    await loggedIn(page, somebody);
    await buy(page, address(star));
    await page.getByRole('heading', { level: 1, name: /卡密到了/ }).waitFor();
    await page.getByLabel('再输一次密码').fill('not this one');
    await page.getByRole('button', { name: '查看卡密' }).click();
    await page.getByText('密码不对').first().waitFor();
    assert.deepEqual(await keysOn(page), []);
    await page.context().close();
  }
});

test('F176 what is not ticked is named, and nothing is ordered', async () => {
  const alive = await site.visit();
  await loggedIn(alive, await aBuyer());
  await alive.goto(address(star));
  const button = alive.getByRole('button', { name: /^付款 ¥/ });
  await alive.locator('[aria-disabled=true]').filter({ hasText: '付款' }).waitFor();
  await says(alive.locator('#pay-note'), /还差 3 项确认：.*卡密一经查看/);
  await button.click({ force: true });
  await alive.getByText('还差这一项').first().waitFor();
  await alive.context().close();

  const plain = await site.visit({ script: false });
  await loggedIn(plain, await aBuyer());
  await plain.goto(address(star));
  await plain.getByRole('checkbox').first().check();
  await plain.getByRole('button', { name: /^付款 ¥/ }).click();
  await says(plain.getByRole('alert'), /没有付成，钱没有动/);
  assert.equal(await plain.getByText('还差这一项').count(), 2);
  assert.equal(await plain.getByRole('checkbox').first().isChecked(), true, 'what was ticked stays ticked');
  await plain.goto('/orders');
  await plain.getByText('还没有订单').waitFor();
  await plain.context().close();
});

test('F170 the same form sent five times at once is one order', async () => {
  const page = await site.visit({ script: false });
  await loggedIn(page, await aBuyer());
  await page.goto(address(star));
  await tickAll(page);
  const form = Object.fromEntries(
    await page.evaluate(() =>
      [...new FormData(document.querySelector('main form') as HTMLFormElement)].map(([name, value]) => [
        name,
        String(value),
      ]),
    ),
  ) as Record<string, string>;
  const send = () =>
    page.request.post(address(star), { form, headers: { origin: site.address }, maxRedirects: 0 });
  const answers = await Promise.all(Array.from({ length: 5 }, send));
  const places = new Set(answers.map((answer) => answer.headers()['location']));
  assert.equal(places.size, 1);
  assert.match([...places][0] ?? '', /^\/orders\/ord_/);
  await page.goto('/account/wallet');
  await says(page.getByRole('heading', { level: 1 }), /¥902\.50/);
  await page.context().close();
});

test('too little money, a changed price, sold out: each panel says what happened, that no money moved and what to do', async () => {
  const page = await site.visit({ script: false });
  await loggedIn(page, await account(db, { money: 100n }));
  await page.goto(address(star));
  assert.equal(await page.getByRole('radio', { name: /余额/ }).isDisabled(), true);
  await says(page.locator('main'), /不够付这一单，差 ¥96\.50/);
  await page.context().close();

  const rich = await site.visit({ script: false });
  await loggedIn(rich, await account(db, { money: 100_000n, name: '老客' }));
  await rich.goto(address(last));
  const other = await site.visit();
  await loggedIn(other, await aBuyer());
  await buy(other, address(last));
  await other.waitForURL('**/orders/ord_*');
  await other.context().close();
  await tickAll(rich);
  await rich.getByRole('button', { name: /^付款 ¥/ }).click();
  const panel = await rich.getByRole('alert').innerText();
  assert.match(panel, /没有付成，钱没有动/);
  assert.match(panel, /库存不够/);
  await rich.goto('/account/wallet');
  await says(rich.getByRole('heading', { level: 1 }), /¥1,000\.00/);

  await rich.goto(address(star));
  await tickAll(rich);
  await asOwner(`insert into catalog.groups values ('${shelf.shopId}', '${shelf.shopId}', '老客', 1000)`);
  await asOwner(
    `insert into catalog.group_members select '${shelf.shopId}', id, '${shelf.shopId}' from identity.users where name = '老客'`,
  );
  await rich.getByRole('button', { name: /^付款 ¥/ }).click();
  await says(rich.getByRole('alert'), /刚才是 ¥97\.50，现在是 ¥87\.75/);
  await rich.context().close();
});

test('F003 F171 F174 a guest without JavaScript pays at a channel, sees the order, and finds it again on another device', async () => {
  const page = await site.visit({ script: false });
  await page.goto(address(sea));
  await page.getByLabel('邮箱或手机号').fill('guest@example.com');
  await page.getByLabel('查询密码').fill('letmein 7');
  await tickAll(page);
  await page.getByRole('button', { name: /^付款 ¥/ }).click();
  await page.waitForURL('**/pay/pay_*');
  const payment = page.url();
  await says(page.getByRole('heading', { level: 1 }), /还没有扣钱|等你付款/);
  await page.getByRole('button', { name: '核对支付' }).click();
  // The sandbox of the tests leads back to an address where nobody listens.
  await page.context().route('http://127.0.0.1/pay/*', (route) => route.fulfill({ body: 'back' }));
  await page.getByRole('link', { name: /^去付款/ }).click();
  await page.getByRole('button', { name: /扣款成功，并通知商城/ }).click();
  await page.waitForURL('http://127.0.0.1/pay/*');
  assert.equal(new URL(page.url()).pathname, new URL(payment).pathname, 'back to the page of this payment');
  await until(async () => {
    await page.goto(payment);
    return /钱到了/.test(await page.getByRole('heading', { level: 1 }).innerText());
  }, 'the payment is seen as paid');
  for (let i = 0; i < 10; i += 1) await page.reload();
  await page.goto('/account/wallet');
  assert.equal(await page.getByText('已到账').count(), 1, 'one attempt, however often its page was loaded');
  await page.goto(payment);
  await page.getByRole('link', { name: '看这个订单' }).click();
  await page.waitForURL('**/orders/ord_*');
  const order = page.url();
  await reveal(page, 'letmein 7');
  await page.context().close();

  const elsewhere = await site.visit({ script: false });
  await elsewhere.goto(order);
  assert.match(elsewhere.url(), /\/login/);
  await elsewhere.goto('/find-order');
  await elsewhere.getByRole('textbox', { name: '订单号' }).fill(must(order.split('/').at(-1), 'a number'));
  await elsewhere.getByLabel('查询密码').fill('letmein 7');
  await elsewhere.getByRole('button', { name: '找订单' }).click();
  await says(elsewhere.getByRole('heading', { level: 1 }), /先验证/);
  await elsewhere.context().close();
});

test('F065 a receipt from the order page is found good by the verification page, without login or JavaScript, and bad when a word was changed', async () => {
  const page = await site.visit({ script: false });
  await loggedIn(page, await aBuyer());
  await buy(page, address(star));
  const order = page.url();
  await sequenceAll(log);
  await page.goto(order);
  await says(page.locator('main'), /4 \/ 4/);
  await page.locator('summary').filter({ hasText: '下载凭证' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '凭证 1' }).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  const receipt = Buffer.concat(chunks).toString();
  await page.context().close();

  const stranger = await site.visit({ script: false });
  await stranger.goto('/verify');
  await stranger.getByLabel('或者把凭证贴在这里').fill(receipt);
  await stranger.getByRole('button', { name: '核对' }).click();
  await says(stranger.getByRole('status'), /和写入时一字不差/);
  await says(stranger.locator('main'), /¥97\.50/);
  await stranger.goto('/verify');
  await stranger.getByLabel('或者把凭证贴在这里').fill(receipt.replace('9750', '9850'));
  await stranger.getByRole('button', { name: '核对' }).click();
  await says(stranger.getByRole('alert'), /核对不通过/);
  await says(stranger.getByRole('alert'), /内容和日志里的指纹对不上/);
  await stranger.context().close();
});

test("another buyer's order, payment, key file and receipt answer as if they were not there", async () => {
  const page = await site.visit({ script: false });
  await loggedIn(page, await aBuyer());
  await buy(page, address(star));
  const order = new URL(page.url()).pathname;
  await page.context().close();
  const other = await site.visit({ script: false });
  await loggedIn(other, await aBuyer());
  for (const path of [order, `${order}/receipts/1`])
    assert.equal((await other.goto(path))?.status(), 404, path);
  const file = await other.request.post(`${order}/key-file`, {
    form: { unit: '1-1' },
    headers: { origin: site.address },
  });
  assert.doesNotMatch(await file.text(), /KEY-/);
  assert.equal(file.status(), 404);
  await other.context().close();
});

test('no buyer page is wider than the phone, at 320 px and in English too', async () => {
  const page = await site.visit({ width: 320 });
  await loggedIn(page, await aBuyer());
  await buy(page, address(star, 3));
  await page.waitForURL('**/orders/ord_*');
  const paths = [
    address(star, 3),
    new URL(page.url()).pathname,
    '/orders',
    '/account/wallet',
    '/messages',
    '/verify',
  ];
  for (const language of ['zh', 'en'])
    for (const path of paths) {
      await page.goto(`${path}${path.includes('?') ? '&' : '?'}lang=${language}`);
      await fits(page, `${path} in ${language}`);
    }
  await page.context().close();
});

test('nothing was complained about in any console', () => assert.deepEqual(site.complaints, []));
