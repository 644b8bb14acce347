import { assert, must } from '../kit/assert.ts';
import { randomBytes, seal, Secret, unseal, type Keyring } from '../kit/secret.ts';
import type { Instant } from '../kit/time.ts';
import type { Tx } from '../kit/tx.ts';
import { extractKey, payloadKey, type ExtractedKey } from './leaf.rules.ts';
import { deleteUserKeys, insertUserKeys, userKeys } from './store.ts';

const keyBytes = 32;
const boundTo = (userId: string): string => `evidence.user_keys/${userId}`;

type Known = { readonly extracted: ExtractedKey; readonly until: number };

// Unwrapped keys of people who bought lately, per keyring; the oldest goes first. A key erased elsewhere is forgotten here within its life.
const known = new WeakMap<Keyring, Map<string, Known>>();
const knownMax = 20_000;
const knownLife_ms = 600_000;

/** Makes the keys of new accounts; an account that has one keeps it. */
export async function createUserKeys(tx: Tx, userIds: readonly string[]): Promise<void> {
  const wanted = [...new Set(userIds)];
  if (wanted.length === 0) return;
  const wrapped = wanted.map((userId) => seal(tx.keys.wrap, boundTo(userId), randomBytes(keyBytes)));
  await insertUserKeys(tx, {
    userIds: wanted,
    wrapped: Buffer.concat(wrapped),
    wrappedBytes: must(wrapped[0], 'a wrapped key').length,
  });
}

/** Erases people: every payload sealed for them is unreadable from the commit on; the leaves in the log stay and say nothing about them. */
export async function eraseUserKeys(tx: Tx, userIds: readonly string[]): Promise<void> {
  await deleteUserKeys(tx, { userIds });
  for (const userId of userIds) known.get(tx.keys)?.delete(userId);
}

/** The keys that exist, opened. Reads one row per person, whatever is remembered: for opening payloads, the row is the truth. */
export async function openUserKeys(tx: Tx, userIds: readonly string[]): Promise<Map<string, ExtractedKey>> {
  const rows = await userKeys(tx, { userIds: [...new Set(userIds)] });
  return new Map(
    rows.map((row) => [row.userId, extractKey(unseal(tx.keys.wrap, boundTo(row.userId), row.wrapped))]),
  );
}

/**
 * The keys to seal with, for each owner given. Remembered keys cost nothing; the others one query. Whoever has no key gets one, so that a fact
 * of a person who was erased meanwhile is still recorded, under a key that can be erased again.
 */
export async function sealingKeys(
  tx: Tx,
  owners: readonly string[],
): Promise<ReadonlyMap<string, Pick<Known, 'extracted'>>> {
  const memory = memoryOf(tx.keys);
  if (owners.every((owner) => isFresh(memory.get(owner), tx.wall))) return memory;
  const found = new Map<string, Known>();
  const missing = new Set<string>();
  for (const owner of owners) {
    const key = memory.get(owner);
    if (key && isFresh(key, tx.wall)) found.set(owner, key);
    else missing.add(owner);
  }
  await load(tx, missing, found, memory);
  if (missing.size > 0) {
    await createUserKeys(tx, [...missing]);
    await load(tx, missing, found, memory);
  }
  assert(missing.size === 0, 'a key that was just made is there');
  return found;
}

async function load(
  tx: Tx,
  missing: Set<string>,
  found: Map<string, Known>,
  memory: Map<string, Known>,
): Promise<void> {
  for (const row of await userKeys(tx, { userIds: [...missing] })) {
    const key = {
      extracted: extractKey(unseal(tx.keys.wrap, boundTo(row.userId), row.wrapped)),
      until: tx.wall + knownLife_ms,
    };
    found.set(row.userId, key);
    missing.delete(row.userId);
    if (row.settled) remember(memory, row.userId, key);
  }
}

function remember(memory: Map<string, Known>, userId: string, key: Known): void {
  memory.delete(userId);
  memory.set(userId, key);
  if (memory.size <= knownMax) return;
  for (const oldest of memory.keys()) {
    memory.delete(oldest);
    break;
  }
}

const isFresh = (key: Known | undefined, wall: Instant): boolean => key !== undefined && key.until > wall;

function memoryOf(keys: Keyring): Map<string, Known> {
  const memory = known.get(keys) ?? new Map<string, Known>();
  known.set(keys, memory);
  return memory;
}

/** A text about a subject (an order's id) that belongs to a person; `bound` names the row it is kept in. */
export type Kept = { readonly userId: string; readonly about: string; readonly bound: string };

/** Seals texts with their person's key, for rows outside the log: erasing the person erases them as well. In the order given. */
export async function sealForUsers(
  tx: Tx,
  list: readonly (Kept & { readonly text: string })[],
): Promise<Buffer[]> {
  if (list.length === 0) return [];
  const keys = await sealingKeys(
    tx,
    list.map((one) => one.userId),
  );
  return list.map(({ userId, about, bound, text }) => {
    const { extracted } = must(keys.get(userId), 'a key for every owner');
    return seal(payloadKey(extracted, about), bound, Buffer.from(text));
  });
}

/** The texts back, in the order given; undefined where the person was erased. */
export async function openForUsers(
  on: Tx,
  list: readonly (Kept & { readonly sealed: Uint8Array })[],
): Promise<(Secret | undefined)[]> {
  if (list.length === 0) return [];
  const keys = await openUserKeys(
    on,
    list.map((one) => one.userId),
  );
  return list.map(({ userId, about, bound, sealed }) => {
    const key = keys.get(userId);
    return key && new Secret(unseal(payloadKey(key, about), bound, sealed).toString('utf8'));
  });
}
