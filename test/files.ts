import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { installFiles, type BlobStore } from '../src/kit/blob.ts';
import { diskStore } from '../src/kit/blob-disk.ts';
import type { Scanner } from '../src/kit/malware.ts';
import type { Db } from '../src/kit/tx.ts';

/** A folder of its own for the files of one test file; gone after its last test. */
export function testFiles(db: Db, scanner?: Scanner): { folder: string; store: BlobStore } {
  const folder = mkdtempSync(join(tmpdir(), 'mengyue-files-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const store = diskStore(folder);
  installFiles(db, { store, ...(scanner ? { scanner } : {}) });
  return { folder, store };
}

/** Bytes as they come over the wire: in pieces of this size. */
export async function* inPieces(bytes: Uint8Array, size = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** The file that every scanner must find (EICAR), put together so that no scanner takes this source for it. */
export const eicar = Buffer.from(
  ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-', 'ANTIVIRUS-TEST-FILE!', '$H+H*'].join(''),
);
