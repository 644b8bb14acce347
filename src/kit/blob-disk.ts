import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { faultPoint } from './fault.ts';
import { randomBytes } from './secret.ts';
import { instant } from './time.ts';
import type { BlobStore, Draft } from './blob.ts';

/**
 * Files under a folder: `ab/cd/abcd…` by their SHA-256, what is being received under `incoming/`. A file gets its place by a rename after
 * its bytes are on the disk, so that whatever has a place is whole. Only this program's user may read them.
 */
export function diskStore(folder: string): BlobStore {
  const place = (hash: string): string => join(folder, hash.slice(0, 2), hash.slice(2, 4), hash);
  return {
    draft: async () => draftIn(folder, place),
    open: (hash, range) =>
      createReadStream(place(hash), range ? { start: range.from, end: range.to } : undefined),
    size: async (hash) => (await stat(place(hash)).catch(absent))?.size,
    remove: (hash) => rm(place(hash), { force: true }),
    list: () => listFiles(folder),
    sweepDrafts: (before) => sweepDrafts(folder, before),
  };
}

const absent = (problem: NodeJS.ErrnoException): undefined => {
  if (problem.code === 'ENOENT') return undefined;
  throw problem;
};

async function draftIn(folder: string, place: (hash: string) => string): Promise<Draft> {
  const path = join(folder, 'incoming', randomBytes(16).toString('hex'));
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, 'wx', 0o600);
  let isOpen = true;
  let isKept = false;
  const close = async (): Promise<void> => {
    if (isOpen) await file.close();
    isOpen = false;
  };
  return {
    write: async (piece) => writeAll(file, piece),
    read: () => createReadStream(path),
    settle: async () => {
      await file.sync();
      await close();
      faultPoint('kit.blob.after-write');
    },
    keep: async (hash) => {
      // A transaction that is run again after a deadlock keeps a second time.
      if (isKept) return;
      const target = place(hash);
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      await rename(path, target);
      // The folder holds the name: without this a power cut may take the rename back after the row is there.
      const parent = await open(dirname(target), 'r');
      await parent.sync().finally(() => parent.close());
      isKept = true;
      faultPoint('kit.blob.after-rename');
    },
    drop: async () => {
      await close();
      await rm(path, { force: true });
    },
  };
}

async function writeAll(file: FileHandle, piece: Uint8Array): Promise<void> {
  for (let at = 0; at < piece.byteLength;) {
    const { bytesWritten } = await file.write(piece, at);
    at += bytesWritten;
  }
}

async function* listFiles(folder: string): ReturnType<BlobStore['list']> {
  const under = (path: string): Promise<string[]> => readdir(path).catch((problem) => absent(problem) ?? []);
  for (const first of (await under(folder)).filter((name) => /^[0-9a-f]{2}$/.test(name)))
    for (const second of await under(join(folder, first)))
      for (const hash of await under(join(folder, first, second))) {
        const found = await stat(join(folder, first, second, hash)).catch(absent);
        if (found && /^[0-9a-f]{64}$/.test(hash))
          yield { hash, size: found.size, at: instant(Math.round(found.mtimeMs)) };
      }
}

async function sweepDrafts(folder: string, before: number): Promise<number> {
  let gone = 0;
  const incoming = join(folder, 'incoming');
  for (const name of await readdir(incoming).catch((problem) => absent(problem) ?? [])) {
    const found = await stat(join(incoming, name)).catch(absent);
    if (!found || found.mtimeMs >= before) continue;
    await rm(join(incoming, name), { force: true });
    gone++;
  }
  return gone;
}
