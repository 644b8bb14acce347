import { must } from '../kit/assert.ts';
import { keepBlobs, openBlob, receiveBlob, type Received } from '../kit/blob.ts';
import { attachmentTypes, cleanFileName, pictureTypes } from '../kit/file-name.ts';
import { lowestId, newId } from '../kit/ids.ts';
import { shownPicture, type ShownPicture } from '../kit/picture.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import type { BlobRefusal } from '../kit/refusals.ts';
import { plus } from '../kit/time.ts';
import { reader, transaction, type Db, type Tx } from '../kit/tx.ts';
import { countFiles, insertAttachment, readAttachments } from './attachment.store.ts';
import { fileLimits, type Attachment } from './contract.ts';
import type { Onlooker } from './reading.actions.ts';

type Kept = Awaited<ReturnType<typeof readAttachments>>[number];
type AttachRefusal = BlobRefusal | 'PICTURE_UNREADABLE' | 'TOO_MANY_REQUESTS';

const pictures: readonly string[] = pictureTypes;

/**
 * Takes a file beside a conversation. Its kind is told by its bytes; a picture is decoded before anything is kept, and its shown copies are
 * made anew (kit/picture). The original is kept as it came, under its hash. Refuses FILE_…, PICTURE_UNREADABLE, TOO_MANY_REQUESTS; of a
 * refused file nothing stays.
 */
export async function attach(db: Db, who: Onlooker, file: File): Promise<Result<Attachment, AttachRefusal>> {
  const { shopId, orderId, userId } = who;
  const on = await reader(db);
  const since = lowestId(plus(on.wall, { minutes: -1 }));
  const [counted] = await countFiles(on, { shopId, orderId, byId: userId, since });
  if ((counted?.lately ?? 0) >= fileLimits.perMinute)
    return refuse('TOO_MANY_REQUESTS', { retryAfter_s: 60 });
  const received: Received[] = [];
  try {
    const original = await receiveBlob(db, file.stream(), { ...fileLimits, types: attachmentTypes });
    if (!original.ok) return original;
    received.push(original.value);
    const shown = pictures.includes(original.value.type)
      ? await shownPicture(new Uint8Array(await file.arrayBuffer()))
      : done(null);
    if (!shown.ok) return shown;
    if (shown.value) received.push(...(await copiesOf(db, shown.value)));
    return done(
      await transaction(db, (tx) =>
        keep(tx, who, { received, shown: shown.value, name: cleanFileName(file.name) }),
      ),
    );
  } finally {
    // What was kept has its name by now, and this does nothing.
    for (const one of received) await one.draft.drop();
  }
}

async function copiesOf(db: Db, shown: ShownPicture): Promise<Received[]> {
  const copies: Received[] = [];
  for (const bytes of [shown.view, shown.thumb]) {
    const copy = await receiveBlob(db, inOnePiece(bytes), {
      max_bytes: fileLimits.max_bytes,
      types: ['image/webp'],
    });
    if (!copy.ok) throw new Error(`a copy of our own making was refused: ${copy.refusal}`);
    copies.push(copy.value);
  }
  return copies;
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function keep(
  tx: Tx,
  { shopId, orderId, userId }: Onlooker,
  p: { received: readonly Received[]; shown: ShownPicture | null; name: string },
): Promise<Attachment> {
  const [original, view, thumb] = p.received;
  const { sha256, type, size } = must(original, 'the original was received');
  const hashOf = (one: Received | undefined): Buffer | null => (one ? Buffer.from(one.sha256, 'hex') : null);
  await keepBlobs(tx, p.received);
  const id = newId(tx.wall);
  const [width, height] = [p.shown?.width ?? null, p.shown?.height ?? null];
  await insertAttachment(tx, {
    shopId,
    id,
    orderId,
    byId: userId,
    name: p.name,
    type,
    size,
    width,
    height,
    original: Buffer.from(sha256, 'hex'),
    view: hashOf(view),
    thumb: hashOf(thumb),
    at: tx.business,
  });
  return { id, name: p.name, sha256, type, size, width, height };
}

/** Files that somebody put beside a conversation, in the order named; ATTACHMENT_UNKNOWN when one is not there or not theirs. */
export async function filesNamed(
  on: Tx,
  who: Onlooker,
  ids: readonly string[],
): Promise<Result<Attachment[], 'ATTACHMENT_UNKNOWN'>> {
  if (ids.length === 0) return done([]);
  const { shopId, orderId, userId } = who;
  const found = new Map((await readAttachments(on, { shopId, orderId, ids })).map((row) => [row.id, row]));
  const own = ids.map((id) => found.get(id)).filter((row) => row?.byId === userId);
  return own.length === ids.length
    ? done(own.map((row) => said(must(row, 'a file that was found'))))
    : refuse('ATTACHMENT_UNKNOWN');
}

const said = ({ id, name, type, size, width, height, original }: Kept): Attachment => ({
  id,
  name,
  sha256: original.toString('hex'),
  type,
  size,
  width,
  height,
});

/**
 * One copy of a file, for somebody of the conversation. The original of a picture says where it was taken: it goes to whoever sent it and to
 * the support, and to nobody else.
 */
export async function fileFor(
  db: Db,
  who: Onlooker,
  p: { id: string; copy: 'thumb' | 'view' | 'original' },
): Promise<Result<File, 'ATTACHMENT_NOT_FOUND'>> {
  const { shopId, orderId, userId, side } = who;
  const [row] = await readAttachments(await reader(db), { shopId, orderId, ids: [p.id] });
  if (!row) return refuse('ATTACHMENT_NOT_FOUND');
  const { view, thumb, original, name, type } = row;
  if (p.copy !== 'original') {
    const copy = p.copy === 'view' ? view : thumb;
    return copy
      ? done(await fileOf(db, copy, `${stem(name)}.webp`, 'image/webp'))
      : refuse('ATTACHMENT_NOT_FOUND');
  }
  if (view && row.byId !== userId && side !== 'support') return refuse('ATTACHMENT_NOT_FOUND');
  return done(await fileOf(db, original, name, type));
}

const stem = (name: string): string => name.replace(/\.[^.]*$/, '');

async function fileOf(db: Db, hash: Buffer, name: string, type: string): Promise<File> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of openBlob(db, hash.toString('hex'))) pieces.push(new Uint8Array(piece as Buffer));
  return new File(pieces, name, { type });
}
