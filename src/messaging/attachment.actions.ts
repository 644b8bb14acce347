import { must } from '../kit/assert.ts';
import { copyOf, receiveAttached, type Attached, type Copy } from '../kit/attached.ts';
import { keepBlobs } from '../kit/blob.ts';
import { lowestId, newId } from '../kit/ids.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import type { BlobRefusal } from '../kit/refusals.ts';
import { plus } from '../kit/time.ts';
import { reader, transaction, type Db, type Tx } from '../kit/tx.ts';
import { countFiles, insertAttachment, readAttachments } from './attachment.store.ts';
import { fileLimits, type Attachment } from './contract.ts';
import type { Onlooker } from './reading.actions.ts';

type Kept = Awaited<ReturnType<typeof readAttachments>>[number];
type AttachRefusal = BlobRefusal | 'PICTURE_UNREADABLE' | 'TOO_MANY_REQUESTS';

/**
 * Takes a file beside a conversation (kit/attached). The original is kept as it came, under its hash. Refuses FILE_…, PICTURE_UNREADABLE,
 * TOO_MANY_REQUESTS; of a refused file nothing stays.
 */
export async function attach(db: Db, who: Onlooker, file: File): Promise<Result<Attachment, AttachRefusal>> {
  const { shopId, orderId, userId } = who;
  const on = await reader(db);
  const since = lowestId(plus(on.wall, { minutes: -1 }));
  const [counted] = await countFiles(on, { shopId, orderId, byId: userId, since });
  if ((counted?.lately ?? 0) >= fileLimits.perMinute)
    return refuse('TOO_MANY_REQUESTS', { retryAfter_s: 60 });
  return receiveAttached(db, file, fileLimits.max_bytes, async (attached) =>
    done(await transaction(db, (tx) => keep(tx, who, attached))),
  );
}

async function keep(
  tx: Tx,
  { shopId, orderId, userId }: Onlooker,
  { name, original: { sha256, type, size }, shown, received, hashes }: Attached,
): Promise<Attachment> {
  const [width, height] = [shown?.width ?? null, shown?.height ?? null];
  await keepBlobs(tx, received);
  const id = newId(tx.wall);
  await insertAttachment(tx, {
    shopId,
    id,
    orderId,
    byId: userId,
    name,
    type,
    size,
    width,
    height,
    ...hashes,
    at: tx.business,
  });
  return { id, name, sha256, type, size, width, height };
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
  p: { id: string; copy: Copy },
): Promise<Result<File, 'ATTACHMENT_NOT_FOUND'>> {
  const { shopId, orderId, userId, side } = who;
  const [row] = await readAttachments(await reader(db), { shopId, orderId, ids: [p.id] });
  if (!row) return refuse('ATTACHMENT_NOT_FOUND');
  if (p.copy === 'original' && row.view && row.byId !== userId && side !== 'support')
    return refuse('ATTACHMENT_NOT_FOUND');
  const file = await copyOf(db, row, p.copy);
  return file ? done(file) : refuse('ATTACHMENT_NOT_FOUND');
}
