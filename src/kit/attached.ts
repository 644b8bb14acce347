import { must } from './assert.ts';
import { openBlob, receiveBlob, type Blob, type Received } from './blob.ts';
import { attachmentTypes, cleanFileName, pictureTypes } from './file-name.ts';
import { shownPicture, type ShownPicture } from './picture.ts';
import { done, type Result } from './result.ts';
import type { BlobRefusal } from './refusals.ts';
import type { Db } from './tx.ts';

/** A file that somebody attaches: the original as it came and, of a picture, its shown copies. Nothing is kept yet. */
export type Attached = {
  readonly name: string;
  readonly original: Blob;
  readonly shown: ShownPicture | null;
  /** All that has to be kept, in the transaction of the row that names it (keepBlobs). */
  readonly received: readonly Received[];
  readonly hashes: { readonly original: Buffer; readonly view: Buffer | null; readonly thumb: Buffer | null };
};

const pictures: readonly string[] = pictureTypes;

/**
 * Receives a file and lets `keep` write its row. Its kind is told by its bytes; a picture is decoded before anything is kept, and its shown
 * copies are made anew (kit/picture). Refuses FILE_… and PICTURE_UNREADABLE; of what is refused nothing stays.
 */
export async function receiveAttached<T, R extends string>(
  db: Db,
  file: File,
  max_bytes: number,
  keep: (attached: Attached) => Promise<Result<T, R>>,
): Promise<Result<T, R | BlobRefusal | 'PICTURE_UNREADABLE'>> {
  const received: Received[] = [];
  try {
    const original = await receiveBlob(db, file.stream(), { max_bytes, types: attachmentTypes });
    if (!original.ok) return original;
    received.push(original.value);
    const shown = pictures.includes(original.value.type)
      ? await shownPicture(new Uint8Array(await file.arrayBuffer()))
      : done(null);
    if (!shown.ok) return shown;
    if (shown.value) received.push(...(await copiesOf(db, shown.value, max_bytes)));
    return await keep(attachedOf(file.name, received, shown.value));
  } finally {
    // What was kept has its name by now, and this does nothing.
    for (const one of received) await one.draft.drop();
  }
}

function attachedOf(name: string, received: readonly Received[], shown: ShownPicture | null): Attached {
  const [original, view, thumb] = received;
  const hashOf = (one: Received | undefined): Buffer | null => (one ? Buffer.from(one.sha256, 'hex') : null);
  const whole = must(original, 'the original was received');
  return {
    name: cleanFileName(name),
    original: whole,
    shown,
    received,
    hashes: { original: Buffer.from(whole.sha256, 'hex'), view: hashOf(view), thumb: hashOf(thumb) },
  };
}

async function copiesOf(db: Db, shown: ShownPicture, max_bytes: number): Promise<Received[]> {
  const copies: Received[] = [];
  for (const bytes of [shown.view, shown.thumb]) {
    const copy = await receiveBlob(db, inOnePiece(bytes), { max_bytes, types: ['image/webp'] });
    if (!copy.ok) throw new Error(`a copy of our own making was refused: ${copy.refusal}`);
    copies.push(copy.value);
  }
  return copies;
}

export async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

export type Copy = 'thumb' | 'view' | 'original';
type Kept = {
  readonly name: string;
  readonly type: string;
  readonly original: Buffer;
  readonly view: Buffer | null;
  readonly thumb: Buffer | null;
};

/** One copy of a kept file; null where there is none. Who may have it was asked before. */
export async function copyOf(db: Db, kept: Kept, copy: Copy): Promise<File | null> {
  if (copy === 'original') return fileOf(db, kept.original, kept.name, kept.type);
  const hash = copy === 'view' ? kept.view : kept.thumb;
  return hash && fileOf(db, hash, `${kept.name.replace(/\.[^.]*$/, '')}.webp`, 'image/webp');
}

async function fileOf(db: Db, hash: Buffer, name: string, type: string): Promise<File> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of openBlob(db, hash.toString('hex'))) pieces.push(new Uint8Array(piece as Buffer));
  return new File(pieces, name, { type });
}
