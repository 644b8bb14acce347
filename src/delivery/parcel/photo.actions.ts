import { keepBlobs, receiveBlob } from '../../kit/blob.ts';
import type { BlobRefusal } from '../../kit/refusals.ts';
import { cleanFileName, pictureTypes } from '../../kit/file-name.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { reader, transaction, type Db } from '../../kit/tx.ts';
import { ownOrder, ownOrders } from '../../orders/actions.ts';
import { holdLines } from '../line.actions.ts';
import type { ParcelRefusal } from './contract.ts';
import { insertPhoto, readParcels } from './store.ts';
import { photosOf } from './views.ts';

const photosMax = 20;
const photoMax_bytes = 10 << 20;

/** Keeps a photo of a parcel as it came, under its hash. Refuses PARCEL_NOT_FOUND, PHOTOS_TOO_MANY and what kit/blob refuses. */
export async function keepPhoto(
  db: Db,
  p: {
    orderId: string;
    line: number;
    kind: 'package_photo' | 'logistics_doc';
    userId: string;
    buyerIds: readonly string[];
    file: File;
  },
): Promise<Result<{ sha256: string }, ParcelRefusal | BlobRefusal>> {
  // Whose order it is comes first: what is somebody else's is not there, whatever is sent to it.
  const on = await reader(db);
  if (!ownOrder(await ownOrders(on, [p]), p)) return refuse('PARCEL_NOT_FOUND');
  const received = await receiveBlob(db, p.file.stream(), {
    max_bytes: photoMax_bytes,
    types: [...pictureTypes],
  });
  if (!received.ok) return received;
  const { draft, sha256 } = received.value;
  try {
    return await transaction(db, async (tx) => {
      const key = ownOrder(await ownOrders(tx, [p]), p);
      if (!key) return refuse('PARCEL_NOT_FOUND');
      await holdLines(tx, [key]);
      const at = { shopId: key.shopId, orderId: key.id };
      const parcels = await readParcels(tx, at);
      if (!parcels.some((one) => one.line === p.line)) return refuse('PARCEL_NOT_FOUND');
      const photos = await photosOf(tx, { shopId: key.shopId, viewerOrder: key.id });
      if (photos.filter((one) => one.line === p.line).length >= photosMax) return refuse('PHOTOS_TOO_MANY');
      await keepBlobs(tx, [received.value]);
      await insertPhoto(tx, {
        ...at,
        line: p.line,
        sha256: Buffer.from(sha256, 'hex'),
        kind: p.kind,
        name: cleanFileName(p.file.name),
        byId: p.userId,
        at: tx.business,
      });
      return done({ sha256 });
    });
  } finally {
    await draft.drop();
  }
}
