import { assert } from '../kit/assert.ts';
import { printBytes } from './sealing.rules.ts';

/**
 * Which fingerprints stood in which row of one upload. Kept as bytes in three arrays: a Map of a million strings would weigh a hundred
 * megabytes. The first four bytes of a fingerprint choose its place; they are keyed, so nobody can make them collide.
 */
export type Seen = {
  readonly slots: Uint32Array;
  readonly prints: Buffer;
  readonly rows: Uint32Array;
  count: number;
};

export function seenFor(prints: number): Seen {
  const size = 2 ** Math.ceil(Math.log2(Math.max(16, prints * 2)));
  return {
    slots: new Uint32Array(size),
    prints: Buffer.alloc(prints * printBytes),
    rows: new Uint32Array(prints),
    count: 0,
  };
}

/** The row in which the fingerprint at `from` stood before, or 0; a new one is kept with its row. */
export function seenIn(seen: Seen, prints: Buffer, from: number, row: number): number {
  const mask = seen.slots.length - 1;
  let slot = prints.readUInt32LE(from) & mask;
  for (; seen.slots[slot] !== 0; slot = (slot + 1) & mask) {
    const entry = (seen.slots[slot] as number) - 1;
    if (
      prints.compare(seen.prints, entry * printBytes, (entry + 1) * printBytes, from, from + printBytes) === 0
    )
      return seen.rows[entry] as number;
  }
  assert(seen.count < seen.rows.length, 'an upload has no more rows than were counted');
  prints.copy(seen.prints, seen.count * printBytes, from, from + printBytes);
  seen.rows[seen.count] = row;
  seen.count += 1;
  seen.slots[slot] = seen.count;
  return 0;
}
