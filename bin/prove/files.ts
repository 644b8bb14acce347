import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Rows } from '../prove.ts';
import type { Offence } from './evidence.ts';

/** Reads every file that a row knows, and hashes it anew. */
export async function proveFiles(rows: Rows, folder: string): Promise<Offence[]> {
  const offences: Offence[] = [];
  const known = await rows(
    `select encode(sha256, 'hex') as hash, size_bytes::text as size from kit.blobs order by sha256`,
    [],
  );
  for (const { hash, size } of known as { hash: string; size: string }[]) {
    const path = join(folder, hash.slice(0, 2), hash.slice(2, 4), hash);
    if (!existsSync(path)) {
      offences.push({ row: `kit.blobs ${hash}`, wrong: 'its file is missing' });
      continue;
    }
    const [found, bytes] = await hashed(path);
    if (found !== hash) offences.push({ row: `kit.blobs ${hash}`, wrong: `its file hashes to ${found}` });
    else if (String(bytes) !== size)
      offences.push({ row: `kit.blobs ${hash}`, wrong: `its file has ${bytes} bytes, its row says ${size}` });
  }
  return offences;
}

async function hashed(path: string): Promise<[hash: string, bytes: number]> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(piece);
    bytes += piece.length;
  }
  return [hash.digest('hex'), bytes];
}
