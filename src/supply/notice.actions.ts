import { newId } from '../kit/ids.ts';
import { sha256 } from '../kit/secret.ts';
import { transaction, type Db } from '../kit/tx.ts';
import { attemptOf } from './rules.ts';
import { supplierOf } from './setup.actions.ts';
import { findAttempt, insertNotice, noticeSeen, readSuppliers } from './store.ts';
import { askSoon } from './work.actions.ts';

export type CallAnswer = { readonly status: 200 | 401 | 404; readonly text: string };

/**
 * A supplier calls to tell how an attempt went. Its word is checked and recorded, and the supplier is asked at once: only the answer to our
 * own question changes anything, so that a forged, replayed or doubled call changes nothing at all. Genuine ones hear `success`, so that
 * the supplier stops repeating.
 */
export async function receiveCall(
  db: Db,
  p: { shopId: string; supplierId: string; body: Buffer; sender: string },
): Promise<CallAnswer> {
  return transaction(db, async (tx) => {
    const [row] = await readSuppliers(tx, { shops: [p.shopId], ids: [p.supplierId] });
    const supplier = row && supplierOf(db, row);
    if (!supplier) return { status: 404, text: 'no such supplier' };
    const call = supplier.parseCall(p.body);
    const bodyHash = sha256(p.body);
    const attemptId = call.genuine ? attemptOf(call.number) : undefined;
    const [known] = attemptId ? await findAttempt(tx, { shopId: p.shopId, id: attemptId }) : [];
    const [seen] = await noticeSeen(tx, { shopId: p.shopId, supplierId: p.supplierId, bodyHash });
    const doubled = (seen?.count ?? 0) > 0;
    const ours = known && attemptId ? { ...known, id: attemptId } : undefined;
    const decision = !call.genuine ? call.why : !ours ? 'no such number' : doubled ? 'doubled' : 'asked';
    if (ours && decision === 'asked') await askSoon(tx, [ours]);
    await insertNotice(tx, {
      shopId: p.shopId,
      id: newId(tx.wall),
      supplierId: p.supplierId,
      attemptId: ours?.id ?? null,
      genuine: call.genuine,
      decision,
      bodyHash,
      sender: p.sender.slice(0, 200),
      at: tx.business,
    });
    return call.genuine
      ? { status: 200, text: supplier.acknowledgement }
      : { status: 401, text: 'not accepted' };
  });
}
