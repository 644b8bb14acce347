import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { LaneFull } from '../kit/lane.ts';

const derive = promisify(argon2);
// OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, 2 passes, 1 lane. Runs on the thread pool, about 30 ms.
const cost = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const hashBytes = 32;

// More than this many waiting would hold up everything else that uses the thread pool, so the rest are told to come again.
const waitingMax = 64;
let waiting = 0;

async function argon2id(
  password: string,
  nonce: Buffer,
  settings: { memory: number; passes: number; parallelism: number },
): Promise<Buffer> {
  if (waiting >= waitingMax) throw new LaneFull('too many passwords wait to be checked');
  waiting++;
  try {
    // Two ways to type one character give one password.
    return (await derive('argon2id', {
      message: password.normalize('NFKC'),
      nonce,
      tagLength: hashBytes,
      ...settings,
    })) as Buffer;
  } finally {
    waiting--;
  }
}

const plainBase64 = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

/** A PHC string. Takes some 30 ms on another thread, so it is called before a transaction begins, not within. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const hash = await argon2id(password, nonce, cost);
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${plainBase64(nonce)}$${plainBase64(hash)}`;
}

// What is compared when there is nobody: the same work, and nothing fits.
const dummyNonce = randomBytes(16);

/** Whether the password fits. Without a stored hash it takes the same time and answers no, so that nobody learns who exists. */
export async function fitsPassword(password: string, stored: string | null): Promise<boolean> {
  const parts =
    stored === null ? null : /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(stored);
  if (!parts) {
    await argon2id(password, dummyNonce, cost);
    return false;
  }
  const [, memory, passes, parallelism, nonce = '', hash = ''] = parts;
  const settings = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  const found = await argon2id(password, Buffer.from(nonce, 'base64'), settings);
  const wanted = Buffer.from(hash, 'base64');
  return found.length === wanted.length && timingSafeEqual(found, wanted);
}
