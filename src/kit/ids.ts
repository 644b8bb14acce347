import { hash, randomFillSync } from 'node:crypto';
import type { Instant } from './time.ts';

// Random bytes are drawn in blocks: one draw per id costs more than the id.
const pool = Buffer.alloc(8192);
let used = pool.length;

/** A UUIDv7 (RFC 9562) that sorts by its making. `wall` is the clock of ids, never the movable one. */
export function newId(wall: Instant): string {
  if (used + 10 > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const time = wall.toString(16).padStart(12, '0');
  const a = (pool.readUInt16BE(used) & 0x0fff) | 0x7000;
  const b = (pool.readUInt16BE(used + 2) & 0x3fff) | 0x8000;
  const rest = pool.toString('hex', used + 4, used + 10);
  used += 10;
  return `${time.slice(0, 8)}-${time.slice(8)}-${a.toString(16)}-${b.toString(16)}-${rest}`;
}

/** The lowest id that could be made at an instant: what was made since then has a higher one. */
export function lowestId(wall: Instant): string {
  const time = wall.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}

/** Another id of the same moment as `base`, the same for the same `about`: what is made twice from one cause has one id. */
export function derivedId(base: string, about: string): string {
  const rest = hash('sha256', `${base}/${about}`, 'hex');
  const variant = ((Number.parseInt(rest.slice(3, 4), 16) & 3) | 8).toString(16);
  return `${base.slice(0, 13)}-7${rest.slice(0, 3)}-${variant}${rest.slice(4, 7)}-${rest.slice(7, 19)}`;
}

/** The author of what belongs to no shop: platform facts in tables that begin with shop_id. */
export const platformId = '00000000-0000-0000-0000-000000000000';
