import { newId } from '../kit/ids.ts';
import type { Fen } from '../kit/money.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { Secret } from '../kit/secret.ts';
import { plus } from '../kit/time.ts';
import { reader, transaction, type Db, type Tx } from '../kit/tx.ts';
import { resumeUntried } from './actions.ts';
import type { SupplyRefusal } from './contract.ts';
import { sealKey, supplierOf } from './setup.actions.ts';
import {
  dropRoutes,
  insertRoutes,
  readSuppliers,
  staleBalances,
  upsertProducts,
  upsertSuppliers,
  writeBalance,
} from './store.ts';
import { directVariants } from './views.ts';

export type SupplierWish = {
  readonly shopId: string;
  /** null: a new one. */
  readonly supplierId: string | null;
  readonly name: string;
  readonly address: string;
  readonly userNo: string;
  readonly key: Secret;
  readonly isOn: boolean;
  readonly alarm: Fen;
};

/** The origin of an address outside, or undefined: https, a name, no path, nobody's password. Where it may lead, kit/outbound decides each time. */
export function originOf(address: string): string | undefined {
  const url = URL.parse(address);
  if (!url || url.protocol !== 'https:' || url.username || url.password || url.search || url.hash)
    return undefined;
  return url.pathname === '/' ? url.origin : undefined;
}

/**
 * Adds a supplier or changes one. Its key is sealed at once and never shown again; an empty one leaves what is stored. Refuses
 * SUPPLIER_NOT_FOUND, ADDRESS_NOT_ALLOWED and KEY_MISSING.
 */
export async function keepSupplier(
  tx: Tx,
  p: SupplierWish,
): Promise<Result<{ supplierId: string }, SupplyRefusal>> {
  const [known] = p.supplierId ? await readSuppliers(tx, { shops: [p.shopId], ids: [p.supplierId] }) : [];
  if (p.supplierId && !known) return refuse('SUPPLIER_NOT_FOUND');
  const id = p.supplierId ?? newId(tx.wall);
  if (known?.protocol === 'sandbox') {
    await upsertSuppliers(tx, {
      ...known,
      ...p,
      id,
      address: known.address,
      userNo: known.userNo,
      keySealed: null,
      at: tx.business,
    });
    if (p.isOn) await resumeUntried(tx, { shopId: p.shopId, variantId: null });
    return done({ supplierId: id });
  }
  const address = originOf(p.address);
  if (!address) return refuse('ADDRESS_NOT_ALLOWED');
  const fresh = p.key.reveal() === '' ? undefined : sealKey(tx.keys, { shopId: p.shopId, id }, p.key);
  const keySealed = fresh ?? known?.keySealed;
  if (!keySealed) return refuse('KEY_MISSING');
  await upsertSuppliers(tx, { ...p, id, address, protocol: 'yrapi', keySealed, at: tx.business });
  if (p.isOn) await resumeUntried(tx, { shopId: p.shopId, variantId: null });
  return done({ supplierId: id });
}

/** The simulator of a demo as a supplier of a shop; it has no key of its own. */
export async function addSandboxSupplier(tx: Tx, p: { shopId: string; name: string }): Promise<string> {
  const id = newId(tx.wall);
  await upsertSuppliers(tx, {
    shopId: p.shopId,
    id,
    name: p.name,
    protocol: 'sandbox',
    address: 'sandbox',
    userNo: 'sandbox',
    keySealed: null,
    isOn: true,
    alarm: 0n as Fen,
    at: tx.business,
  });
  return id;
}

type At = { readonly shopId: string; readonly supplierId: string };

/** Asks a supplier for our balance and notes it. Refuses SUPPLIER_SILENT and SUPPLIER_REFUSED. Never inside a transaction. */
export async function refreshBalance(db: Db, p: At): Promise<Result<{ balance: Fen }, SupplyRefusal>> {
  const [row] = await readSuppliers(await reader(db), { shops: [p.shopId], ids: [p.supplierId] });
  if (!row) return refuse('SUPPLIER_NOT_FOUND');
  const answer = await supplierOf(db, row)?.balance();
  const balance = answer?.kind === 'ok' ? answer.balance : null;
  const trouble =
    answer?.kind === 'ok' ? null : answer?.kind === 'refused' ? `${answer.code} ${answer.message}` : 'silent';
  await transaction(db, (tx) =>
    writeBalance(tx, { shopId: p.shopId, supplierId: p.supplierId, balance, trouble, wall: tx.wall }),
  );
  if (balance !== null) return done({ balance });
  return refuse(answer?.kind === 'refused' ? 'SUPPLIER_REFUSED' : 'SUPPLIER_SILENT');
}

/** Reads a supplier's catalogue and keeps it; what it no longer names stays as it was. */
export async function importProducts(db: Db, p: At): Promise<Result<{ products: number }, SupplyRefusal>> {
  const [row] = await readSuppliers(await reader(db), { shops: [p.shopId], ids: [p.supplierId] });
  if (!row) return refuse('SUPPLIER_NOT_FOUND');
  const answer = await supplierOf(db, row)?.catalogue();
  if (answer?.kind !== 'ok')
    return refuse(answer?.kind === 'refused' ? 'SUPPLIER_REFUSED' : 'SUPPLIER_SILENT');
  const products = [...new Map(answer.products.map((one) => [one.productNo, one])).values()];
  await transaction(db, (tx) =>
    upsertProducts(tx, {
      shopId: p.shopId,
      supplierId: p.supplierId,
      nos: products.map((one) => one.productNo),
      names: products.map((one) => one.name),
      carriers: products.map((one) => one.carrier),
      prices: products.map((one) => one.price),
      onSale: products.map((one) => one.onSale),
      wall: tx.wall,
    }),
  );
  return done({ products: products.length });
}

export type RouteWish = { readonly supplierId: string; readonly productNo: string; readonly maxCost: Fen };

/** Says from whom a variant is filled, in this order. Refuses VARIANT_NOT_FOUND and SUPPLIER_NOT_FOUND. */
export async function setRoutes(
  tx: Tx,
  p: { shopId: string; variantId: string; routes: readonly RouteWish[] },
): Promise<Result<{ routes: number }, SupplyRefusal>> {
  const variants = await directVariants(tx, { viewerShop: p.shopId });
  if (!variants.some((one) => one.variantId === p.variantId)) return refuse('VARIANT_NOT_FOUND');
  const wanted = new Set(p.routes.map((one) => one.supplierId));
  const known = await readSuppliers(tx, { shops: [...wanted].map(() => p.shopId), ids: [...wanted] });
  if (known.length < wanted.size) return refuse('SUPPLIER_NOT_FOUND');
  await dropRoutes(tx, p);
  if (p.routes.length > 0)
    await insertRoutes(tx, {
      ...p,
      suppliers: p.routes.map((one) => one.supplierId),
      products: p.routes.map((one) => one.productNo),
      caps: p.routes.map((one) => one.maxCost),
    });
  await resumeUntried(tx, p);
  return done({ routes: p.routes.length });
}

const balanceEvery = { minutes: -15 } as const;

/** Asks suppliers whose balance nobody has looked at lately. */
export async function checkBalances(db: Db, limit = 10): Promise<number> {
  const on = await reader(db);
  const stale = await staleBalances(on, { before: plus(on.wall, balanceEvery), limit });
  await Promise.all(stale.map((one) => refreshBalance(db, { shopId: one.shopId, supplierId: one.id })));
  return stale.length;
}
