import { must } from '../kit/assert.ts';
import { faultPoint } from '../kit/fault.ts';
import { newId } from '../kit/ids.ts';
import { fen } from '../kit/money.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { sha256 } from '../kit/secret.ts';
import { plus } from '../kit/time.ts';
import { transaction, type Db, type Tx } from '../kit/tx.ts';
import type { Viewer } from '../kit/viewer.ts';
import { openForUsers, sealForUsers, type Kept } from '../evidence/user-keys.actions.ts';
import { stepUps } from '../identity/actions.ts';
import { copyOf } from './exports.copy.actions.ts';
import { exportLimits, type ExportRefusal } from './exports.contract.ts';
import { decideAsk, decideFetch } from './exports.rules.ts';
import {
  dropExpired,
  failExport,
  giveExport,
  insertExport,
  keepExport,
  lockExport,
  lockExportsOf,
  setProgress,
  takeExport,
} from './exports.store.ts';
import { exportsOf } from './exports.views.ts';

export type ExportRow = Awaited<ReturnType<typeof exportsOf>>[number];

/** Everything about a person is worth more than any key: the password is asked for on every device. */
async function mustConfirm(tx: Tx, viewer: Viewer): Promise<boolean> {
  const [needed] = await stepUps(tx, [{ viewer, amount: fen(1n), above: fen(0n) }]);
  return viewer.scopes !== null || (needed ?? true);
}

/** Asks for a copy of the viewer's data. Refuses PASSWORD_NEEDED, EXPORT_OPEN, EXPORT_TOO_SOON. */
export async function askExport(tx: Tx, viewer: Viewer): Promise<Result<ExportRow, ExportRefusal>> {
  const userId = must(viewer.userId, 'an account');
  await lockExportsOf(tx, { userId });
  const earlier = await exportsOf(tx, { viewer, limit: 10 });
  const decided = decideAsk({ earlier, mustConfirm: await mustConfirm(tx, viewer), wall: tx.wall });
  if (!decided.ok) return decided;
  await insertExport(tx, { id: newId(tx.wall), userId, buyerIds: viewer.buyerIds, at: tx.wall });
  return done(must((await exportsOf(tx, { viewer, limit: 1 }))[0], 'what was asked for is there'));
}

const keptAs = (userId: string, id: string): Kept => ({
  userId,
  about: id,
  bound: `community.exports/${id}`,
});

/** Gives a copy to its person, once: the bytes are gone with the commit. Refuses EXPORT_NOT_FOUND, _NOT_READY, _GONE, PASSWORD_NEEDED. */
export async function fetchExport(
  tx: Tx,
  p: { id: string; viewer: Viewer },
): Promise<Result<{ bytes: Buffer }, ExportRefusal>> {
  const userId = must(p.viewer.userId, 'an account');
  const [row] = await lockExport(tx, { id: p.id, userId });
  if (!row) return refuse('EXPORT_NOT_FOUND');
  const decided = decideFetch(row, { mustConfirm: await mustConfirm(tx, p.viewer), wall: tx.wall });
  if (!decided.ok) return decided;
  if (!row.file) return refuse('EXPORT_GONE');
  const [opened] = await openForUsers(tx, [{ ...keptAs(userId, row.id), sealed: row.file }]);
  if (!opened) return refuse('EXPORT_GONE');
  await giveExport(tx, { id: row.id, at: tx.wall });
  return done({ bytes: Buffer.from(opened.reveal(), 'base64') });
}

const stale_minutes = 30;

/** Makes the copies that wait, one after another, and throws away those that nobody fetched. Answers how many were made. */
export async function makeExports(db: Db): Promise<number> {
  await transaction(db, (tx) => dropExpired(tx, { now: tx.wall }));
  for (let made = 0; ; made++) {
    const [taken] = await transaction(db, (tx) =>
      takeExport(tx, { at: tx.wall, staleBefore: plus(tx.wall, { minutes: -stale_minutes }) }),
    );
    if (!taken) return made;
    try {
      await make(db, taken);
    } catch (problem) {
      await transaction(db, (tx) => failExport(tx, { id: taken.id, at: tx.wall }));
      throw problem;
    }
  }
}

async function make(db: Db, row: ExportRow): Promise<void> {
  const file = await copyOf(db, row, (part, parts) =>
    transaction(db, (tx) => setProgress(tx, { id: row.id, done: part, parts })),
  );
  faultPoint('community.export.before-keep');
  await transaction(db, async (tx) => {
    const [sealed] = await sealForUsers(tx, [
      { ...keptAs(row.userId, row.id), text: file.toString('base64') },
    ]);
    await keepExport(tx, {
      id: row.id,
      file: must(sealed, 'the copy was sealed'),
      size: file.length,
      sha256: sha256(file),
      startedAt: must(row.startedAt, 'a copy that is made was begun'),
      at: tx.wall,
      expiresAt: plus(tx.wall, { days: exportLimits.kept_days }),
    });
  });
}
