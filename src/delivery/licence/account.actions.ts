import { must } from '../../kit/assert.ts';
import { decodeId } from '../../kit/public-id.ts';
import { newDataKey, openDataKey, seal, unseal, type KeyObject } from '../../kit/secret.ts';
import type { Queryable } from '../../kit/sql.ts';
import type { Instant } from '../../kit/time.ts';
import type { Tx } from '../../kit/tx.ts';
import { newPair, privateKeyOf } from './file.rules.ts';
import { insertAccounts } from './store.ts';
import { readAccount, shopNamed } from './views.ts';

/** What a shop signs and seals with. It never changes, since its public half is built into software that is out there. */
export type Account = {
  readonly shopId: string;
  readonly publicKey: Buffer;
  readonly madeAt: Instant;
  readonly privateKey: KeyObject;
  readonly dataKey: KeyObject;
};

// Keys are opened once in a process: they are immutable, so this is knowledge and not a cache that could be stale.
const known = new WeakMap<object, Map<string, Account>>();

const bound = (shopId: string): string => `licence-account/${shopId}`;

/** The account of a shop, or undefined while it has none. */
export async function accountOf(
  on: Queryable & Pick<Tx, 'keys'>,
  shopId: string,
): Promise<Account | undefined> {
  const here = known.get(on.keys) ?? new Map<string, Account>();
  known.set(on.keys, here);
  const old = here.get(shopId);
  if (old) return old;
  const [row] = await readAccount(on, { viewerShop: shopId });
  if (!row) return undefined;
  const dataKey = openDataKey(on.keys, bound(shopId), row.wrapped);
  const account: Account = {
    shopId,
    publicKey: row.publicKey,
    madeAt: row.madeAt,
    dataKey,
    privateKey: privateKeyOf(unseal(dataKey, bound(shopId), row.sealedPrivate)),
  };
  here.set(shopId, account);
  return account;
}

/** Makes the account of a shop that has none; whoever comes second gets the first one's. */
export async function openAccount(tx: Tx, shopId: string): Promise<Account> {
  const old = await accountOf(tx, shopId);
  if (old) return old;
  const { seed, publicKey } = newPair();
  const { key, wrapped } = newDataKey(tx.keys, bound(shopId));
  await insertAccounts(tx, {
    shopId,
    publicKey,
    wrapped,
    sealedPrivate: seal(key, bound(shopId), seed),
    at: tx.business,
  });
  // Not remembered before it is committed: this transaction may still be rolled back.
  const [row] = await readAccount(tx, { viewerShop: shopId });
  const { wrapped: kept, sealedPrivate, publicKey: shown, madeAt } = must(row, 'an account was made');
  const dataKey = openDataKey(tx.keys, bound(shopId), kept);
  return {
    shopId,
    publicKey: shown,
    madeAt,
    dataKey,
    privateKey: privateKeyOf(unseal(dataKey, bound(shopId), sealedPrivate)),
  };
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The shop that a client names: by its id, as a UUID or in our own form, or by its short name. */
export async function shopOfAccount(on: Queryable, name: string): Promise<string | undefined> {
  if (uuid.test(name)) return name;
  const own = decodeId('shop', name);
  if (own) return own;
  const [row] = await shopNamed(on, { viewerNames: name.slice(0, 64) });
  return row?.id;
}

const keyBound = (shopId: string, id: string): string => `licence/${shopId}/${id}`;
export const sealKey = (account: Account, id: string, key: string): Buffer =>
  seal(account.dataKey, keyBound(account.shopId, id), Buffer.from(key));
/** The key of a licence in clear. */
export const openKey = (account: Account, id: string, sealed: Uint8Array): string =>
  unseal(account.dataKey, keyBound(account.shopId, id), sealed).toString();
