import { assert, must } from '../kit/assert.ts';
import { allowLoopback, askOutside } from '../kit/outbound.ts';
import { encodeId } from '../kit/public-id.ts';
import { Secret, seal, unseal, type Keyring } from '../kit/secret.ts';
import type { Db } from '../kit/tx.ts';
import type { Supplier } from './supplier.contract.ts';
import { yrapiSupplier, type Post } from './yrapi.actions.ts';

export type SupplySetup = {
  /** Where suppliers find us, known once the server listens. */
  readonly origin: () => string;
  /** The simulator of a demo. Absent: a supplier that plays is refused. */
  readonly sandbox?: { readonly url: string; readonly userNo: string; readonly key: Secret };
  /** Plays the sandbox without a process of its own: the past of a demo world. */
  readonly played?: Supplier;
  readonly time_ms?: number;
};

const setups = new WeakMap<Db, SupplySetup>();

/** Says how this process speaks to suppliers; called once at the start. */
export function installSupply(db: Db, setup: SupplySetup): void {
  assert(db.demo || !(setup.sandbox || setup.played), 'production does not fill accounts in a sandbox');
  if (setup.sandbox) allowLoopback(db, new URL(setup.sandbox.url).host);
  setups.set(db, setup);
}
export const supplyOf = (db: Db): SupplySetup | undefined => setups.get(db);

export type SupplierRow = {
  readonly shopId: string;
  readonly id: string;
  readonly protocol: 'yrapi' | 'sandbox';
  readonly address: string;
  readonly userNo: string;
  readonly keySealed: Buffer | null;
};

const bound = (p: { shopId: string; id: string }): string => `supplier/${p.shopId}/${p.id}`;
/** The key of a supplier as it is stored. */
export const sealKey = (keys: Keyring, p: { shopId: string; id: string }, key: Secret): Buffer =>
  seal(keys.wrap, bound(p), Buffer.from(key.reveal()));

/** Forms go out through the guard of kit/outbound. What did not go out, and what was not answered, throws: both are unknown here. */
const postTo =
  (db: Db, base: string, time_ms: number): Post =>
  async (path, form) => {
    const heard = await askOutside(db, {
      url: base + path,
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
      time_ms,
    });
    if (!heard.ok) throw new Error(`${heard.refusal} ${heard.detail?.['why'] ?? ''}`.trim());
    return { status: heard.value.status, body: heard.value.body.toString('utf8') };
  };

/** The supplier that a row describes; undefined where this process cannot speak to it. */
export function supplierOf(db: Db, row: SupplierRow): Supplier | undefined {
  const setup = setups.get(db);
  if (!setup) return undefined;
  const { sandbox, played, time_ms = 10_000 } = setup;
  if (row.protocol === 'sandbox' && played) return played;
  if (row.protocol === 'sandbox')
    return (
      sandbox &&
      yrapiSupplier({ userNo: sandbox.userNo, key: sandbox.key, post: postTo(db, sandbox.url, time_ms) })
    );
  const sealed = must(row.keySealed, 'a supplier outside has a key');
  return yrapiSupplier({
    userNo: row.userNo,
    key: new Secret(unseal(db.keys.wrap, bound(row), sealed).toString()),
    post: postTo(db, row.address, time_ms),
  });
}

/** Where a supplier tells us how an attempt went. */
export const noticePath = (p: { shopId: string; supplierId: string }): string =>
  `/supply-notices/${encodeId('shop', p.shopId)}/${encodeId('supplier', p.supplierId)}`;

const targetBound = (p: { shopId: string; orderId: string; line: number }): string =>
  `supply/${p.shopId}/${p.orderId}/${p.line}`;
export const sealTarget = (
  keys: Keyring,
  p: { shopId: string; orderId: string; line: number },
  target: string,
): Buffer => seal(keys.contact, targetBound(p), Buffer.from(target));
export const openTarget = (
  keys: Keyring,
  p: { shopId: string; orderId: string; line: number },
  sealed: Buffer,
): string => unseal(keys.contact, targetBound(p), sealed).toString();
