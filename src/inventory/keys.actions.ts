import { must } from '../kit/assert.ts';
import { publish } from '../kit/outbox.ts';
import { openDataKey, Secret, type Keyring, type KeyObject } from '../kit/secret.ts';
import { plus } from '../kit/time.ts';
import { transaction, type Db, type Tx } from '../kit/tx.ts';
import { append, emptyRange, inclusionRanges, rootOf, type LeafRange } from '../evidence/merkle.rules.ts';
import {
  dropVoided,
  expiringNumbers,
  lockPoolsOfKeys,
  lowerPools,
  readCommitment,
  readLeaves,
  readSealed,
  voidNumbers,
} from './keys.store.ts';
import { openKey, type Opened } from './sealing.rules.ts';

export type KeyName = { readonly shopId: string; readonly poolId: string; readonly number: bigint };

/** A key in clear: its card number where it has one, its secret, what else came with it. */
export type OpenedKey = {
  readonly number: Secret | null;
  readonly secret: Secret;
  readonly extra: Secret | null;
};

export const dataKeyName = (shopId: string, id: string): string => `data-key|v1|${shopId}|${id}`;

// Unwrapped data keys, the most recently used last: a reveal of a batch that is selling needs no unwrapping.
const unwrapped = new Map<string, KeyObject>();
const unwrappedMost = 500;

export function dataKeyOf(ring: Keyring, shopId: string, id: string, wrapped: Buffer): KeyObject {
  const name = dataKeyName(shopId, id);
  const slot = `${name}|${wrapped.toString('latin1')}`;
  const key = unwrapped.get(slot) ?? openDataKey(ring, name, wrapped);
  unwrapped.delete(slot);
  unwrapped.set(slot, key);
  if (unwrapped.size > unwrappedMost) unwrapped.delete(must(unwrapped.keys().next().value, 'the oldest key'));
  return key;
}

async function openAll(tx: Tx, names: readonly KeyName[]): Promise<Opened[]> {
  if (names.length === 0) return [];
  const rows = await readSealed(tx, {
    shops: names.map((n) => n.shopId),
    pools: names.map((n) => n.poolId),
    numbers: names.map((n) => n.number),
  });
  const byPlace = new Map(rows.map((row) => [row.place, row]));
  return names.map((name, i) => {
    const row = must(byPlace.get(i + 1), `key ${name.number} of pool ${name.poolId} is there`);
    return openKey({
      ...name,
      key: dataKeyOf(tx.keys, name.shopId, row.dataKeyId, row.wrapped),
      sealed: row.sealed,
    });
  });
}

/**
 * Opens keys, in the same order, for somebody whom the caller has checked and recorded. Throws for a key that is not there or was moved:
 * a unit that was sold always has its key.
 */
export async function openKeys(tx: Tx, names: readonly KeyName[]): Promise<OpenedKey[]> {
  const secretOr = (text: string): Secret | null => (text === '' ? null : new Secret(text));
  return (await openAll(tx, names)).map((key) => ({
    number: secretOr(key.cardNo),
    secret: new Secret(key.secret),
    extra: secretOr(key.extra),
  }));
}

export type StockProof = {
  batchId: string;
  index: number;
  count: number;
  root: Buffer;
  salt: Buffer;
  leaf: Buffer;
  path: Buffer[];
};

/** Proves that a key stands in its batch as it was stocked: salt, leaf and RFC 6962 path to the root that the log holds as `stock.batch`. */
export async function proveStocked(tx: Tx, name: KeyName): Promise<StockProof> {
  const [opened] = await openAll(tx, [name]);
  const [batch] = await readCommitment(tx, name);
  const { salt, leaf } = must(opened, 'the key was opened');
  const { batchId, first, count, root } = must(batch, 'a key has its batch');
  const leaves = Buffer.concat(
    (await readLeaves(tx, { shopId: name.shopId, batchId })).map((part) => part.leaves),
  );
  const index = Number(name.number - first);
  const path = inclusionRanges(index, count).map((range) => rootOver(leaves, range));
  return { batchId, index, count, root, salt, leaf, path };
}

function rootOver(leaves: Buffer, { from, to }: LeafRange): Buffer {
  const range = emptyRange();
  for (let at = from; at < to; at++) append(range, leaves.subarray(at * 32, at * 32 + 32));
  return Buffer.from(rootOf(range));
}

/**
 * Takes keys out of trade for ever (recall, reissue, withdrawal, expiry). Sold ones are marked too, but do not change the stock.
 * Answers how many were still on sale. The caller holds no key or pool of a later order.
 */
export async function voidKeys(tx: Tx, names: readonly KeyName[]): Promise<number> {
  if (names.length === 0) return 0;
  const columns = (list: readonly KeyName[]) => ({
    shops: list.map((n) => n.shopId),
    pools: list.map((n) => n.poolId),
    numbers: list.map((n) => n.number),
  });
  await lockPoolsOfKeys(tx, columns(names));
  const voided = await voidNumbers(tx, { ...columns(names), at: tx.business });
  const back = voided.filter((key) => key.wasReturned);
  if (back.length > 0) await dropVoided(tx, columns(back));
  const pools = new Map<string, { shopId: string; poolId: string; gone: number; back: number }>();
  for (const key of voided) {
    const slot = `${key.shopId}/${key.poolId}`;
    const pool = pools.get(slot) ?? { shopId: key.shopId, poolId: key.poolId, gone: 0, back: 0 };
    pools.set(slot, {
      ...pool,
      gone: pool.gone + (key.onSale ? 1 : 0),
      back: pool.back + (key.wasReturned ? 1 : 0),
    });
  }
  const list = [...pools.values()];
  if (list.length > 0)
    await lowerPools(tx, {
      shops: list.map((p) => p.shopId),
      pools: list.map((p) => p.poolId),
      gone: list.map((p) => p.gone),
      back: list.map((p) => p.back),
    });
  return list.reduce((sum, pool) => sum + pool.gone, 0);
}

// Where the expiry index is searched: promises of use longer than this, and keys older than that, are met when a number is taken.
const longestPromise_days = 30;
const longestPause_days = 400;
const expireAtOnce = 2000;

/** Takes keys off the shelf that can no longer be sold (F019), so many at a time; answers how many. Running it twice is harmless. */
export async function expireKeys(db: Db): Promise<number> {
  return transaction(db, async (tx) => {
    const keys = await expiringNumbers(tx, {
      now: tx.business,
      from: plus(tx.business, { days: -longestPause_days }),
      until: plus(tx.business, { days: longestPromise_days }),
      limit: expireAtOnce,
    });
    const count = await voidKeys(tx, keys);
    const pools = [...new Map(keys.map((key) => [key.poolId, key])).values()];
    if (count > 0)
      await publish(tx, [
        {
          event: 'inventory.keys_expired',
          about: pools.map((key) => key.poolId),
          shops: pools.map((key) => key.shopId),
          data: { count },
        },
      ]);
    return count;
  });
}
