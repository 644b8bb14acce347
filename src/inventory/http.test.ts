import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { OpenAPIHandler } from '@orpc/openapi/fetch';
import { callerAs, contextOf } from '../../test/caller.ts';
import { testDatabase } from '../../test/database.ts';
import { aShop } from '../../test/world.ts';
import { must } from '../kit/assert.ts';
import { newId } from '../kit/ids.ts';
import { encodeId } from '../kit/public-id.ts';
import { nobody, type Viewer } from '../kit/viewer.ts';
import { inventoryContract } from './contract.ts';
import { inventoryRoutes } from './http.ts';
import { sweepInventory, tellImported, tellStockLow } from './jobs.ts';

const { db, asOwner, clock } = await testDatabase();

async function onePlace(parts = {}) {
  const shelf = await aShop(db, [parts]);
  const variant = must(shelf.listings[0], 'a listing').variantId;
  const viewer: Viewer = {
    ...nobody,
    userId: shelf.ownerId,
    shops: [{ shopId: shelf.shopId, role: 'owner' }],
  };
  return {
    viewer,
    shop: shelf.shopId,
    variant,
    shopId: encodeId('shop', shelf.shopId),
    variantId: encodeId('variant', variant),
  };
}
const call = callerAs(db, clock, inventoryRoutes);
const as = (viewer: Viewer) => call(viewer, newId(clock.now()));
const requestOf = (viewer: Viewer) => contextOf(db, clock, viewer, { idempotencyKey: newId(clock.now()) });
const refusalOf = async (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'answered',
    (error: { code?: string }) => error.code ?? String(error),
  );

type Checked = {
  counts: unknown;
  columns: unknown;
  problems: { row: number; toRow: number; what: { zh: string }; cure: { zh: string }; shown: string }[];
  preview: { row: number; cardNo: string; secret: string; accepted: boolean }[];
};

/** Two rows of six are good, the others say why not, and no key is shown. */
function looksChecked(checked: Checked): void {
  deepEqual(checked.counts, { rows: 6, accepted: 2, fixed: 1, rejected: 4 });
  deepEqual(checked.columns, ['card_no', 'secret', 'expires_at']);
  deepEqual(
    checked.problems.map((one) => [one.row, one.toRow, one.what.zh, one.cure.zh, one.shown]),
    [
      [4, 4, '卡号 15 位', '应为 16 位数字', '6021 8840 **** 330'],
      [5, 6, '没有卡密', '检查表格是不是错列了', '—'],
      [7, 7, '有效期不够', '发出时至少要剩 24 小时〔第14条〕', '2026-11-20 18:00'],
    ],
  );
  deepEqual(
    checked.preview.map((one) => [one.row, one.cardNo, one.secret, one.accepted]),
    [
      [2, '6021 8840 **** 7101', '****', true],
      [3, '6021 8840 **** 7102', '****', true],
      [4, '6021 8840 **** 330', '****', false],
      [5, '6021 8840 **** 7104', '—', false],
      [6, '6021 8840 **** 7105', '—', false],
    ],
  );
}

test('F036 a file with a card number of 15 digits is checked, shown, confirmed and in stock, over the routes of the page', async () => {
  const place = await onePlace({ keyFormat: 'digits16', useWithin_hours: 24 });
  const { viewer, shopId, variantId } = place;
  const rows = [
    '卡号,密码,有效期',
    '6021884012347101,Q7X2PPLM,2027-05-31',
    '6021 8840 1234 7102,Q7X2 PPLN,2027-05-31',
    '602188401234330,Q7X2PPLO,2027-05-31',
    '6021884012347104,,2027-05-31',
    '6021884012347105,,2027-05-31',
    '6021884012347106,A,2026-11-20 18:00',
  ];
  const api = as(viewer);
  const checked = await api.importKeys({
    shopId,
    variantId,
    file: new File([rows.join('\n')], '星屿点卡_1120.csv'),
  });
  deepEqual(
    [checked.state, checked.fileName, checked.encoding, checked.delimiter, checked.header],
    ['draft', '星屿点卡_1120.csv', 'utf-8', 'comma', true],
  );
  looksChecked(checked);
  equal((await api.readStock({ shopId })).items[0].onHand, 0);
  const stocked = await api.confirmImport({
    shopId,
    importId: checked.importId,
    source: '区域代理 2611-118',
  });
  deepEqual([stocked.state, stocked.source, stocked.counts.accepted], ['done', '区域代理 2611-118', 2]);
  const [item] = (await api.readStock({ shopId })).items;
  deepEqual([item.variantId, item.onHand, item.sold, item.reserved, item.low], [variantId, 2, 0, 0, false]);
  const [listed] = (await api.listImports({ shopId })).items;
  deepEqual(
    [listed.importId, listed.rows, listed.accepted, listed.rejected, listed.state],
    [checked.importId, 6, 2, 4, 'done'],
  );
  const [batch] = (await api.listBatches({ shopId, variantId })).items;
  deepEqual([batch.batchId, batch.count, batch.withdrawn], [stocked.batchId, 2, false]);
  const csv = await ((await api.downloadRejects({ shopId, importId: checked.importId })) as File).text();
  match(csv, /602188401234330,Q7X2PPLO,2027-05-31,4,卡号 15 位,应为 16 位数字/);
  const again = await as(viewer).importKeys({
    shopId,
    variantId,
    run: 'import',
    text: csv.replace('602188401234330', '6021884012347103'),
  });
  deepEqual([again.state, again.counts.accepted, again.counts.rejected], ['done', 1, 3]);
  deepEqual(await api.withdrawBatch({ shopId, batchId: again.batchId }), { count: 1 });
});

test('an answer to a refused file names its row', async () => {
  const { viewer, shopId, variantId } = await onePlace();
  const error = await as(viewer)
    .importKeys({ shopId, variantId, file: new File([Buffer.from([65, 10, 0, 10])], 'x.bin') })
    .catch((reason: unknown) => reason);
  deepEqual([error.code, error.status, error.data.detail.row], ['IMPORT_NUL', 422, 2]);
});

test('a multipart form with an empty file field and pasted text imports the text', async () => {
  const { viewer, shopId, variantId } = await onePlace();
  const form = new FormData();
  for (const [name, value] of Object.entries({
    shopId,
    variantId,
    run: 'import',
    text: 'FORM-1\r\nFORM-2\r\n',
  }))
    form.set(name, value);
  form.set('file', new File([], 'none'));
  const handler = new OpenAPIHandler(inventoryRoutes as never);
  const { response } = await handler.handle(
    new Request('http://shop.example/inventory/imports', { method: 'POST', body: form }),
    { context: requestOf(viewer) } as never,
  );
  const answer = (await response?.json()) as { counts: { accepted: number }; state: string };
  deepEqual([response?.status, answer.state, answer.counts.accepted], [200, 'done', 2]);
});

test('a key imported by multipart keeps its bytes in any encoding', async () => {
  const { viewer, shopId, variantId, shop, variant } = await onePlace();
  const form = new FormData();
  for (const [name, value] of Object.entries({
    shopId,
    variantId,
    run: 'import',
    header: 'no',
    delimiter: 'dashes',
  }))
    form.set(name, value);
  form.set(
    'file',
    new File(
      [Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('卡甲----密甲\r\n卡乙----密乙', 'utf16le')])],
      'a.txt',
    ),
  );
  const { response } = await new OpenAPIHandler(inventoryRoutes as never).handle(
    new Request('http://shop.example/inventory/imports', { method: 'POST', body: form }),
    { context: requestOf(viewer) } as never,
  );
  equal(response?.status, 200);
  equal(
    (
      await asOwner('select on_hand::int from inventory.pools where shop_id = $1 and id = $2', [
        shop,
        variant,
      ])
    )[0]?.['on_hand'],
    2,
  );
});

test('whoever is not of the shop finds nothing: every route, every other viewer', async () => {
  const [mine, other] = [await onePlace(), await onePlace()];
  const made = await as(mine.viewer).importKeys({
    shopId: mine.shopId,
    variantId: mine.variantId,
    text: 'FORBID-1',
    run: 'import',
  });
  const { shopId, variantId } = mine;
  const { importId, batchId } = made;
  const inputs: Record<keyof typeof inventoryContract, unknown> = {
    importKeys: { shopId, variantId, text: 'FORBID-2' },
    confirmImport: { shopId, importId },
    discardImport: { shopId, importId },
    readImport: { shopId, importId },
    listImports: { shopId },
    downloadRejects: { shopId, importId },
    exportUnsold: { shopId, variantId },
    readStock: { shopId },
    setAlarm: { shopId, variantId, alarmAt: 5 },
    listBatches: { shopId, variantId },
    withdrawBatch: { shopId, batchId },
  };
  const viewers: [string, Viewer, string][] = [
    ['anonymous', nobody, 'LOGIN_REQUIRED'],
    ['a buyer', { ...nobody, userId: newId(clock.now()) }, 'NOT_FOUND'],
    ['another merchant', other.viewer, 'NOT_FOUND'],
    [
      'the wrong role',
      { ...nobody, userId: newId(clock.now()), shops: [{ shopId: mine.shop, role: 'money' }] },
      'NOT_FOUND',
    ],
    ['an API key without the scope', { ...mine.viewer, scopes: ['orders:read'] }, 'SCOPE_MISSING'],
  ];
  for (const [name, viewer, code] of viewers)
    for (const [route, input] of Object.entries(inputs))
      equal(await refusalOf(as(viewer)[route](input)), code, `${name}: ${route}`);
  // With his own shop and a foreign id, everything answers as if it were not there.
  const own = { shopId: other.shopId };
  const foreign: [string, unknown, string][] = [
    ['importKeys', { ...own, variantId, text: 'FORBID-3' }, 'POOL_NOT_FOUND'],
    ['confirmImport', { ...own, importId }, 'IMPORT_NOT_FOUND'],
    ['discardImport', { ...own, importId }, 'IMPORT_NOT_FOUND'],
    ['readImport', { ...own, importId }, 'IMPORT_NOT_FOUND'],
    ['downloadRejects', { ...own, importId }, 'IMPORT_NOT_FOUND'],
    ['setAlarm', { ...own, variantId, alarmAt: 1 }, 'POOL_NOT_FOUND'],
    ['withdrawBatch', { ...own, batchId }, 'BATCH_NOT_FOUND'],
  ];
  for (const [route, input, code] of foreign) {
    equal(await refusalOf(as(other.viewer)[route](input)), code, route);
    const made = {
      ...(input as object),
      ...('importId' in (input as object) ? { importId: 'imp_00000000000000000000000000' } : {}),
      ...('batchId' in (input as object) ? { batchId: 'nonsense' } : {}),
      ...('variantId' in (input as object) ? { variantId: 'var_x' } : {}),
    };
    equal(await refusalOf(as(other.viewer)[route](made)), code, `${route} with an id that nothing has`);
  }
  deepEqual((await as(other.viewer).listBatches({ ...own, variantId })).items, []);
});

test('the owner takes the unsold keys along after typing the password again; staff and strange sessions do not', async () => {
  const { viewer, shopId, variantId, shop, variant } = await onePlace();
  await as(viewer).importKeys({
    shopId,
    variantId,
    run: 'import',
    text: 'number,pwd\n1,"a,b"\n2,bb\n3,cc\n4,dd',
  });
  await asOwner('update inventory.pools set next_number = 3, on_hand = 2 where id = $1', [variant]);
  equal(
    await refusalOf(
      as({ ...viewer, shops: [{ shopId: shop, role: 'goods' }] }).exportUnsold({ shopId, variantId }),
    ),
    'NOT_FOUND',
  );
  equal(await refusalOf(as(viewer).exportUnsold({ shopId, variantId })), 'STEP_UP_REQUIRED');
  const at = new Date(clock.now());
  const [sessionId, deviceId] = [newId(clock.now()), newId(clock.now())];
  await asOwner(
    `insert into identity.sessions (token_hash, id, user_id, device_id, user_agent, ip, created_at, seen_at, expires_at) values ($1, $2, $3, $4, '', '', $5, $5, $6)`,
    [Buffer.alloc(32, 3), sessionId, viewer.userId, deviceId, at, new Date(clock.now() + 3_600_000)],
  );
  const mine: Viewer = { ...viewer, sessionId, deviceId };
  equal(await refusalOf(as(mine).exportUnsold({ shopId, variantId })), 'STEP_UP_REQUIRED');
  await asOwner('update identity.sessions set confirmed_at = $2 where id = $1', [sessionId, at]);
  const csv = await ((await as(mine).exportUnsold({ shopId, variantId })) as File).text();
  deepEqual(csv.trim().split('\r\n'), ['card_no,secret,extra,expires_at', '3,cc,,', '4,dd,,']);
  equal(
    (
      await asOwner(
        `select count(*)::int as n from evidence.events where kind = 'stock.exported' and shop_id = $1`,
        [shop],
      )
    )[0]?.['n'],
    1,
  );
});

test('an import needs an idempotency key', async () => {
  const { viewer, shopId, variantId } = await onePlace();
  equal(
    await refusalOf(call(viewer).importKeys({ shopId, variantId, text: 'K-1' })),
    'IDEMPOTENCY_KEY_REQUIRED',
  );
});

test('stock tells how long it lasts at the pace of the last days, and people hear when it runs out', async () => {
  const { viewer, shopId, variantId, variant } = await onePlace();
  const api = as(viewer);
  await as(viewer).importKeys({ shopId, variantId, run: 'import', text: 'PACE-A' });
  const draft = await api.importKeys({
    shopId,
    variantId,
    text: Array.from({ length: 49 }, (_, i) => `PACE-${i}`).join('\n'),
  });
  await api.confirmImport({ shopId, importId: draft.importId });
  await sweepInventory(db);
  equal((await api.readStock({ shopId })).items[0].daysLeft, null);
  clock.forward({ days: 2 });
  await asOwner('update inventory.pools set next_number = 21, on_hand = 30 where id = $1', [variant]);
  const [item] = (await api.readStock({ shopId })).items;
  deepEqual([item.onHand, item.sold, item.soldWeek, item.daysLeft], [30, 20, 20, 3]);
  deepEqual(await api.setAlarm({ shopId, variantId, alarmAt: 30 }), { alarmAt: 30 });
  equal((await api.readStock({ shopId })).alarms, 1);
  await sweepInventory(db);
  const news = await asOwner(
    `select id, event, body from kit.outbox where event in ('inventory.stock_low', 'inventory.imported') and body->'shops' ? $1`,
    [must(viewer.shops[0], 'a shop').shopId],
  );
  for (const tell of [tellStockLow, tellImported, tellStockLow, tellImported])
    await tell(
      db,
      news.filter(
        (one) => one['event'] === (tell === tellStockLow ? 'inventory.stock_low' : 'inventory.imported'),
      ) as never,
    );
  const told = await asOwner('select kind from notifications.messages where user_id = $1 order by kind', [
    viewer.userId,
  ]);
  deepEqual(
    told.map((one) => one['kind']),
    ['shop.import_done', 'shop.stock_low'],
  );
});

test('a confirmed import tells how far it is, and a foreign one tells nothing', async () => {
  const { viewer, shopId, variantId, shop } = await onePlace();
  const api = as(viewer);
  const draft = await api.importKeys({ shopId, variantId, text: 'SLOW-1\nSLOW-2' });
  const [row] = await asOwner('select id from inventory.imports where shop_id = $1', [shop]);
  await asOwner(
    'insert into inventory.progress (shop_id, import_id, rows_done, rows_all) values ($1, $2, 1, 2)',
    [shop, row?.['id']],
  );
  const progress = async (): Promise<unknown> =>
    (await api.readImport({ shopId, importId: draft.importId })).progress;
  equal(await progress(), null);
  await asOwner(`update inventory.imports set state = 'queued' where id = $1`, [row?.['id']]);
  deepEqual(await progress(), { done: 1, all: 2 });
  await asOwner(`update inventory.imports set state = 'draft' where id = $1`, [row?.['id']]);
  deepEqual(await api.discardImport({ shopId, importId: draft.importId }), { state: 'discarded' });
  equal(await refusalOf(api.confirmImport({ shopId, importId: draft.importId })), 'IMPORT_EXPIRED');
  const read = await api.readImport({ shopId, importId: draft.importId });
  deepEqual([read.state, read.preview, read.problems], ['discarded', [], []]);
  ok((await refusalOf(api.downloadRejects({ shopId, importId: draft.importId }))) === 'IMPORT_EXPIRED');
});
