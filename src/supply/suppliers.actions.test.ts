import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../test/database.ts';
import { topupListing } from '../../test/listings.ts';
import { aShop } from '../../test/world.ts';
import { must } from '../kit/assert.ts';
import { newId } from '../kit/ids.ts';
import { fen } from '../kit/money.ts';
import { Secret } from '../kit/secret.ts';
import { reader, transaction } from '../kit/tx.ts';
import type { SupplierWish } from './suppliers.actions.ts';
import { installSupply, supplierOf } from './setup.actions.ts';
import { keepSupplier, originOf, refreshBalance, setRoutes } from './suppliers.actions.ts';
import { suppliersOfShop } from './views.ts';

const { db, asOwner } = await testDatabase();
const shelf = await aShop(db, [topupListing()]);
const { shopId } = shelf;
const variantId = must(shelf.listings[0], 'a listing').variantId;
const key = 'A-KEY-OF-THE-SUPPLIER';
const wish: SupplierWish = {
  shopId,
  supplierId: null,
  name: '供货',
  address: 'https://supplier.example',
  userNo: '10',
  key: new Secret(key),
  isOn: true,
  alarm: fen(0n),
};
const keep = (parts: Partial<SupplierWish> = {}) =>
  transaction(db, (tx) => keepSupplier(tx, { ...wish, ...parts }));

test('the key of a supplier is sealed, and never shown again', async () => {
  const kept = await keep();
  ok(kept.ok);
  const [row] = await asOwner('select key_sealed from supply.suppliers where id = $1', [
    kept.value.supplierId,
  ]);
  const sealed = must(row, 'a supplier')['key_sealed'] as Buffer;
  ok(!sealed.includes(key));
  const shown = await suppliersOfShop(await reader(db), { viewerShop: shopId, wall: db.wall.now() });
  ok(!JSON.stringify(shown, (_, value: unknown) => String(value)).includes(key));
  const again = await keep({ supplierId: kept.value.supplierId, key: new Secret(''), name: '新名字' });
  ok(again.ok, 'an empty key leaves what is stored');
});

test('an address is the https origin of somebody outside', async () => {
  equal(originOf('https://supplier.example/'), 'https://supplier.example');
  for (const address of [
    'http://supplier.example',
    'https://a:b@supplier.example',
    'https://supplier.example/x',
    'https://supplier.example/?q',
    'nonsense',
    '',
  ])
    deepEqual(await keep({ address }), { ok: false, refusal: 'ADDRESS_NOT_ALLOWED' });
  deepEqual(await keep({ key: new Secret('') }), { ok: false, refusal: 'KEY_MISSING' });
  deepEqual(await keep({ supplierId: newId(db.wall.now()) }), { ok: false, refusal: 'SUPPLIER_NOT_FOUND' });
});

test('an address inside our own network is never reached: nothing is sent, and the answer is unknown', async () => {
  installSupply(db, { origin: () => 'https://shop.example', time_ms: 1000 });
  const kept = await keep({ address: 'https://127.0.0.1:1' });
  ok(kept.ok);
  const { supplierId } = kept.value;
  const row = {
    shopId,
    id: supplierId,
    protocol: 'yrapi',
    address: 'https://127.0.0.1:1',
    userNo: '10',
    keySealed: null,
  } as const;
  const [stored] = await asOwner('select key_sealed from supply.suppliers where id = $1', [supplierId]);
  const supplier = must(
    supplierOf(db, { ...row, keySealed: stored?.['key_sealed'] as Buffer }),
    'a supplier',
  );
  const answer = await supplier.query('N');
  ok(answer.kind === 'unknown' && answer.why.includes('ADDRESS_REFUSED'), JSON.stringify(answer));
  deepEqual(await refreshBalance(db, { shopId, supplierId }), { ok: false, refusal: 'SUPPLIER_SILENT' });
  const [health] = await asOwner('select trouble from supply.health where supplier_id = $1', [supplierId]);
  equal(health?.['trouble'], 'silent');
});

test('routes are of direct variants of the shop, and of its own suppliers', async () => {
  const kept = await keep();
  ok(kept.ok);
  const route = { supplierId: kept.value.supplierId, productNo: 'H50', maxCost: fen(4950n) };
  const set = (p: { variantId?: string; routes?: (typeof route)[]; shopId?: string }) =>
    transaction(db, (tx) => setRoutes(tx, { shopId, variantId, routes: [route], ...p }));
  deepEqual(await set({}), { ok: true, value: { routes: 1 } });
  deepEqual(await set({ routes: [] }), { ok: true, value: { routes: 0 } });
  deepEqual(await set({ variantId: newId(db.wall.now()) }), { ok: false, refusal: 'VARIANT_NOT_FOUND' });
  const other = await aShop(db, [topupListing()]);
  deepEqual(await set({ shopId: other.shopId, variantId: must(other.listings[0], 'a listing').variantId }), {
    ok: false,
    refusal: 'SUPPLIER_NOT_FOUND',
  });
});
