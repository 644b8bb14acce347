import assert from 'node:assert/strict';
import { test } from 'node:test';
import { raiseAlarms } from '../../src/aftersales/watch/actions.ts';
import { pauseListings } from '../../src/catalog/pause.actions.ts';
import { must } from '../../src/kit/assert.ts';
import { encodeId } from '../../src/kit/public-id.ts';
import { systemClock } from '../../src/kit/time.ts';
import { transaction } from '../../src/kit/tx.ts';
import type { Viewer } from '../../src/kit/viewer.ts';
import { noteSignals } from '../../src/risk/actions.ts';
import { keepHealth } from '../../src/risk/pauses.actions.ts';
import { bought, caseShop, clockwork, filed, staffer } from '../cases.ts';
import { openConsole } from '../console.ts';
import { testDatabase } from '../database.ts';
import { buyers, stock } from '../world.ts';
import { picture } from './steps.ts';

const { db, clock, asOwner } = await testDatabase({ at: systemClock.now() });
const site = await openConsole(db);
const work = clockwork(db);
const officers: Viewer[] = [];
for (let i = 0; i < 3; i += 1) officers.push(await staffer(db, 'risk'));
const officer = (i: number): string => must(officers[i]?.userId, 'an officer');

const subjectPath = (side: 'buyer' | 'merchant', id: string): string =>
  `/operator/risk/${side}/${encodeId(side === 'buyer' ? 'user' : 'shop', id)}`;

test('F053 F058 a measure in the browser: evidence, two officers, the buyer reads why and appeals, a third lifts it', async () => {
  const [buyerId = ''] = await buyers(db, 1);
  await transaction(db, (tx) =>
    noteSignals(tx, [
      {
        subjectId: buyerId,
        side: 'buyer',
        kind: 'reused_exhibit',
        ref: 'a hash',
        evidence: { exhibit: 2, says: '同一截图也出现在另一件售后' },
      },
    ]),
  );
  const first = await site.visit({ userId: officer(0) });
  await first.goto('/operator/risk');
  await first.getByText('1 项新证据').waitFor();
  await picture(first, 'risk-desk');
  await first.goto(subjectPath('buyer', buyerId));
  await first.getByText('按证据，最高到 提醒').waitFor();
  await first.getByLabel('理由').fill('同一截图用在两件不同订单的售后里');
  await first.getByRole('button', { name: '提出，等第二人' }).click();
  await first.getByText('你参与过，等别人').waitFor();
  assert.equal(
    await first.getByRole('button', { name: '确认，开始执行' }).count(),
    0,
    'not by the same person',
  );

  const second = await site.visit({ userId: officer(1) });
  await second.goto(subjectPath('buyer', buyerId));
  await second.getByLabel('写明理由').fill('对过两张图的指纹，一致');
  await picture(second, 'risk-subject');
  await second.getByRole('button', { name: '确认，开始执行' }).click();
  await second.getByText('记下了。').waitFor();
  await work.news();

  const buyer = await site.visit({ userId: buyerId });
  await buyer.goto('/messages');
  await buyer.getByText('账户措施：提醒，开始执行').first().waitFor();
  await buyer.goto('/account/measures');
  const main = buyer.locator('main');
  for (const part of ['同一截图用在两件不同订单的售后里', '提交售后：任何措施都不拦', '12315.cn', '法院'])
    await main.getByText(part).first().waitFor();
  await buyer.getByLabel('为什么不对').fill('两件是同一批卡，图里有两个订单号');
  await picture(buyer, 'measures-buyer');
  await buyer.getByRole('button', { name: '提交申诉' }).click();
  await buyer.getByText('申诉收到了，由没参与决定的人复核。').waitFor();

  await second.goto(subjectPath('buyer', buyerId));
  await second.getByText('你参与过，等别人').waitFor();
  const third = await site.visit({ userId: officer(2) });
  await third.goto(subjectPath('buyer', buyerId));
  await third.getByLabel('写明理由').fill('图里确有两个订单号，撤销');
  await third.getByRole('button', { name: '撤销', exact: true }).click();
  await third.getByText('记下了。').waitFor();
  await work.news();
  await buyer.goto('/account/measures');
  await main.getByText('复核后撤销').first().waitFor();
});

test('F105 F109 a silent shop in the browser: frozen, paused, told; two officers lift it, and the shop sees how its listings do', async () => {
  const shelf = await caseShop(db);
  const listing = must(shelf.listings[0], 'a listing');
  await stock(db, shelf, listing.variantId, 20);
  for (let i = 0; i < 3; i += 1) await filed(db, await bought(db, shelf));
  clock.forward({ hours: 49 });
  await work.due();
  await transaction(db, async (tx) => {
    for (let i = 6; i > 0; i -= 1)
      keepHealth({ ...tx, business: (tx.business - i * 600_000) as never }, [
        {
          shopId: shelf.shopId,
          listingId: listing.listingId,
          deliveries: 9,
          late: i,
          p95: i * 200,
          promise: 600,
          stock: 17,
        },
      ]);
    await pauseListings(tx, [
      {
        shopId: shelf.shopId,
        listingId: listing.listingId,
        cause: 'delay',
        facts: { p95: 1200, promise: 600 },
      },
    ]);
  });
  assert.equal(await transaction(db, raiseAlarms), 1);
  assert.equal(await transaction(db, raiseAlarms), 0, 'the same silence rings once');
  await work.news();

  const owner = await site.visit({ userId: shelf.ownerId });
  await owner.goto('/merchant/measures');
  const main = owner.locator('main');
  await main.getByText('货款和提现冻结中。').waitFor();
  await main.getByText('发货持续变慢').waitFor();
  await main.getByText('商家失联').first().waitFor();
  await picture(owner, 'measures-shop');

  const first = await site.visit({ userId: officer(0) });
  await first.goto('/operator/risk');
  await first.getByText('未结售后 3 件').waitFor();
  await first.getByLabel('写明理由').fill('商家来电，已开始逐件答复');
  await picture(first, 'risk-alarm');
  await first.getByRole('button', { name: '提议解冻' }).click();
  await first.getByText('等第二人同意解冻').waitFor();
  assert.equal(await first.getByRole('button', { name: '同意解冻' }).count(), 0);
  const second = await site.visit({ userId: officer(1) });
  await second.goto('/operator/risk');
  await second.getByLabel('写明理由').fill('核对过，三件都答复了');
  await second.getByRole('button', { name: '同意解冻' }).click();
  await second.getByText('没有警报。').waitFor();
  await work.news();
  await owner.goto('/merchant/measures');
  await main.getByText('发货持续变慢').waitFor();
  assert.equal(await main.getByText('货款和提现冻结中。').count(), 0);
  const causes = await asOwner('select cause from risk.pauses where shop_id = $1 order by cause', [
    shelf.shopId,
  ]);
  assert.deepEqual(
    causes,
    [{ cause: 'batch' }, { cause: 'delay' }],
    'other causes stand until they are cured: three cases about one batch, and slow deliveries',
  );
});

test('F166 penalties are published, with what was lifted', async () => {
  const page = await site.visit({ userId: officer(0), script: false });
  await page.goto('/penalties');
  await page.getByRole('heading', { level: 1, name: '处罚公示' }).waitFor();
  await picture(page, 'penalties');
});

test('nothing complained in the browsers', () => {
  assert.deepEqual(site.complaints, []);
});
