import { must } from '../../kit/assert.ts';
import { copyOf, receiveAttached, type Attached, type Copy } from '../../kit/attached.ts';
import { keepBlobs } from '../../kit/blob.ts';
import { faultPoint } from '../../kit/fault.ts';
import { lowestId, newId } from '../../kit/ids.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { plus, type Instant } from '../../kit/time.ts';
import { reader, send, transaction, type Db, type Tx } from '../../kit/tx.ts';
import type { Viewer } from '../../kit/viewer.ts';
import { publish } from '../../kit/outbox.ts';
import { checksOf } from '../../delivery/check/actions.ts';
import { issuerChecksOf } from '../../delivery/issuer/actions.ts';
import { recordNext } from '../../evidence/actions.ts';
import { orderSeenBy } from '../../orders/actions.ts';
import { seenFrom, type Seen } from '../actions.ts';
import type { ExhibitKind } from '../exhibits.data.ts';
import { holdCases, type File as CaseFile } from '../held.actions.ts';
import type { ReasonCode } from '../reasons.data.ts';
import type { CaseRefusal } from '../refusals.contract.ts';
import type { Exhibit } from '../rules.ts';
import type { ExhibitRefusal, Stance } from './contract.ts';
import { exhibitLimits } from './limits.data.ts';
import {
  canAnnotate,
  canComment,
  faultOf,
  lacking,
  layerHash,
  within,
  worded,
  type Layer,
  type Party,
  type ShownFile,
} from './rules.ts';
import { isHidden } from './page.rules.ts';
import {
  countFiles,
  exhibitOf,
  filesNamed,
  insertComment,
  insertFile,
  insertLayer,
  ownHidden,
} from './store.ts';
import { exhibitsShown } from './views.ts';

/** Somebody beside an order whose evidence counts: its buyer, or people of its shop who see orders. */
export type Beside = {
  readonly shopId: string;
  readonly orderId: string;
  readonly side: Party;
  readonly userId: string;
};

/** Where somebody stands to an order; null answers as if the order were not there. */
export async function besideOrder(on: Tx, viewer: Viewer, orderId: string): Promise<Beside | null> {
  const seen = await orderSeenBy(on, viewer, orderId);
  if (!seen || viewer.userId === null) return null;
  const { shopId, buyerId } = seen;
  const isBuyer = viewer.buyerIds.includes(buyerId);
  const works = viewer.shops.some(
    (one) => one.shopId === shopId && (one.role === 'owner' || one.role === 'orders'),
  );
  if (!isBuyer && !works) return null;
  return { shopId, orderId, side: isBuyer ? 'buyer' : 'merchant', userId: viewer.userId };
}

export type KeptFile = {
  fileId: string;
  name: string;
  sha256: string;
  type: string;
  size: number;
  width: number | null;
  height: number | null;
};

/**
 * Takes a file beside an order, to be shown in a case (kit/attached). Refuses ORDER_NOT_FOUND, FILE_…, PICTURE_UNREADABLE and
 * TOO_MANY_REQUESTS; of a refused file nothing stays.
 */
export async function attachFile(
  db: Db,
  viewer: Viewer,
  p: { orderId: string; file: File },
): Promise<Result<KeptFile, ExhibitRefusal | 'TOO_MANY_REQUESTS'>> {
  const on = await reader(db);
  const who = await besideOrder(on, viewer, p.orderId);
  if (!who) return refuse('ORDER_NOT_FOUND');
  const since = lowestId(plus(on.wall, { minutes: -1 }));
  const [counted] = await countFiles(on, { ...who, byId: who.userId, since });
  if ((counted?.lately ?? 0) >= exhibitLimits.perMinute)
    return refuse('TOO_MANY_REQUESTS', { retryAfter_s: 60 });
  return receiveAttached(db, p.file, exhibitLimits.max_bytes, async (attached) =>
    done(await transaction(db, (tx) => keepFile(tx, who, attached, { source: 'upload', formedAt: null }))),
  );
}

/** Keeps a received file with its row. A recording brings its own times and its id. */
export async function keepFile(
  tx: Tx,
  { shopId, orderId, side, userId }: Beside,
  { name, original: { sha256, type, size }, shown, received, hashes }: Attached,
  more: { id?: string; source: 'upload' | 'recording'; formedAt: Instant | null },
): Promise<KeptFile> {
  const [width, height] = [shown?.width ?? null, shown?.height ?? null];
  await keepBlobs(tx, received);
  const fileId = more.id ?? newId(tx.wall);
  const taken = shown?.camera?.takenAt ?? null;
  await insertFile(tx, {
    shopId,
    id: fileId,
    orderId,
    byKind: side,
    byId: userId,
    source: more.source,
    name,
    type,
    size,
    width,
    height,
    ...hashes,
    camera: shown?.camera ?? null,
    // A camera whose clock is ahead of ours says nothing.
    formedAt: more.formedAt ?? (taken !== null && taken <= tx.business ? taken : null),
    at: tx.business,
  });
  faultPoint('exhibits.file.after-row');
  return { fileId, name, sha256, type, size, width, height };
}

/** An exhibit as it comes in, its files by their ids. */
export type Wished = Omit<Exhibit, 'file' | 'redacted'> & {
  readonly fileId: string | null;
  readonly redactedId: string | null;
};

/**
 * Exhibits with the files that the same side put beside the order, in the order given. Refuses EXHIBIT_FILE_UNKNOWN, EXHIBIT_EMPTY,
 * EXHIBIT_CODE_MISSING and REDACTION_UNFIT.
 */
export async function exhibitsFrom(
  tx: Tx,
  p: { orderId: string; side: Party; wished: readonly Wished[]; own?: readonly number[] },
): Promise<Result<Exhibit[], CaseRefusal>> {
  const ids = p.wished.flatMap((one) => [one.fileId, one.redactedId].filter((id) => id !== null));
  const rows = ids.length === 0 ? [] : await filesNamed(tx, { orderId: p.orderId, byKind: p.side, ids });
  const files = new Map(rows.map((row): [string, ShownFile] => [row.id, row]));
  if (ids.some((id) => !files.has(id))) return refuse('EXHIBIT_FILE_UNKNOWN');
  const made = p.wished.map(({ fileId, redactedId, ...one }): Exhibit => {
    const [file, redacted] = [fileId && files.get(fileId), redactedId && files.get(redactedId)];
    return worded({ ...one, ...(file ? { file } : {}), ...(redacted ? { redacted } : {}) });
  });
  const fault = made.map((one) => faultOf(one, p.own ?? [])).find((one) => one !== undefined);
  return fault ? refuse(fault) : done(made);
}

/** The same for a case that somebody acts in. */
export async function exhibitsFor(
  tx: Tx,
  p: { caseId: string; viewer: Viewer; wished: readonly Wished[] },
): Promise<Result<Exhibit[], CaseRefusal>> {
  const seen = await seenFrom(tx, p.viewer, p.caseId);
  if (!seen || seen.side === 'staff') return refuse('CASE_NOT_FOUND');
  const { side, shopId, orderId } = seen;
  const own = await ownHidden(tx, { shopId, caseId: p.caseId, side });
  return exhibitsFrom(tx, { orderId, side, wished: p.wished, own: own.map((row) => row.number) });
}

/** What a claim lacks to be filed by its buyer (F026, F113): kinds of which one has to be shown; none when it can be filed. */
export async function lackingFor(
  tx: Tx,
  p: {
    shopId: string;
    orderId: string;
    line: number;
    places: readonly number[];
    reason: ReasonCode;
    shown: readonly Exhibit[];
  },
): Promise<readonly ExhibitKind[]> {
  const wanted = lacking(p.reason, p.shown, []);
  if (wanted.length === 0) return [];
  const order = [{ shopId: p.shopId, id: p.orderId }];
  const [[checks = []], [issuer = []]] = await Promise.all([checksOf(tx, order), issuerChecksOf(tx, order)]);
  const about = (one: { line: number; place: number }): boolean =>
    one.line === p.line && p.places.includes(one.place);
  const said: ExhibitKind[] = [];
  if (checks.some(about)) said.push('s_check');
  if (issuer.some((one) => about(one) && one.usage !== null)) said.push('s_issuer');
  return lacking(p.reason, p.shown, said);
}

type Of = { readonly caseId: string; readonly viewer: Viewer; readonly number: number };
type Held = { file: CaseFile; seen: Seen & { side: Party }; byId: string };

async function heldFor(tx: Tx, p: Of): Promise<Held | null> {
  const seen = await seenFrom(tx, p.viewer, p.caseId);
  if (!seen || seen.side === 'staff') return null;
  const file = must((await holdCases(tx, [p.caseId])).get(p.caseId), 'a case that is seen is there');
  return {
    file,
    seen: { ...seen, side: seen.side },
    byId: must(p.viewer.userId, 'a party has an id'),
  };
}

/** 质证: the other side speaks to an exhibit; nobody takes it back. */
export async function commentOn(
  tx: Tx,
  p: Of & { stance: Stance; text: string },
): Promise<Result<{ number: number }, ExhibitRefusal>> {
  const held = await heldFor(tx, p);
  if (!held) return refuse('CASE_NOT_FOUND');
  const { file, seen, byId } = held;
  const { shopId, id: caseId, orderId } = file.case;
  const [one] = await exhibitOf(tx, { shopId, caseId, number: p.number, side: seen.side });
  if (!one) return refuse('EXHIBIT_NOT_FOUND');
  const { side } = seen;
  const decided = canComment({
    case: file.case,
    side,
    by: one.by,
    count: one.comments,
    hidden: isHidden(one, side),
  });
  if (!decided.ok) return decided;
  const { stance, text } = p;
  const row = { shopId, caseId, exhibit: p.number, side, byId, stance, text, at: tx.business };
  await insertComment(tx, row);
  const body = { case: caseId, exhibit: p.number, sha256: one.sha256.toString('hex'), stance, text };
  await recordNext(tx, [
    {
      shopId,
      about: orderId,
      kind: 'case.exhibit_commented',
      actor: `${side}:${byId}`,
      keyOwner: byId,
      body,
    },
  ]);
  send(tx, publish(tx, [{ event: 'case.exhibit_commented', about: [caseId], shops: [shopId] }]));
  return done({ number: one.comments + 1 });
}

/** A layer over an own exhibit (F079). What lies below, its file and its hash, stays as it is. */
export async function annotate(
  tx: Tx,
  p: Of & { layer: Layer },
): Promise<Result<{ number: number; sha256: string }, ExhibitRefusal>> {
  const held = await heldFor(tx, p);
  if (!held) return refuse('CASE_NOT_FOUND');
  const { file, seen, byId } = held;
  const { shopId, id: caseId, orderId } = file.case;
  const [one] = await exhibitOf(tx, { shopId, caseId, number: p.number, side: seen.side });
  if (!one || isHidden(one, seen.side)) return refuse('EXHIBIT_NOT_FOUND');
  const decided = canAnnotate({ case: file.case, side: seen.side, by: one.by, count: one.layers });
  if (!decided.ok) return decided;
  const layer = { ...p.layer, areas: within(p.layer.areas) };
  const [number, hash] = [one.layers + 1, layerHash(one.sha256, layer)];
  await insertLayer(tx, {
    shopId,
    caseId,
    exhibit: p.number,
    number,
    byId,
    ...layer,
    sha256: hash,
    at: tx.business,
  });
  await recordNext(tx, [
    {
      shopId,
      about: orderId,
      kind: 'case.exhibit_annotated',
      actor: `${seen.side}:${byId}`,
      keyOwner: byId,
      body: {
        case: caseId,
        exhibit: p.number,
        layer: number,
        below: one.sha256.toString('hex'),
        sha256: hash.toString('hex'),
      },
    },
  ]);
  return done({ number, sha256: hash.toString('hex') });
}

/** One copy of an exhibit's file for somebody of the case; what is hidden from a side is not there for it. */
export async function exhibitFile(
  db: Db,
  viewer: Viewer,
  p: { caseId: string; number: number; copy: Copy },
): Promise<Result<File, ExhibitRefusal>> {
  const on = await reader(db);
  const seen = await seenFrom(on, viewer, p.caseId);
  if (!seen) return refuse('CASE_NOT_FOUND');
  const rows = await exhibitsShown(on, { shopId: seen.shopId, viewerCase: p.caseId });
  const row = rows.find((one) => one.number === p.number);
  if (!row || isHidden(row, seen.side)) return refuse('EXHIBIT_NOT_FOUND');
  const { name, type, original, view, thumb } = row;
  if (name === null || type === null || original === null) return refuse('EXHIBIT_NOT_FOUND');
  // The original of a picture says where it was taken: it is for its side and for the platform.
  if (p.copy === 'original' && view !== null && seen.side !== 'staff' && seen.side !== row.by)
    return refuse('EXHIBIT_NOT_FOUND');
  const file = await copyOf(db, { name, type, original, view, thumb }, p.copy);
  return file ? done(file) : refuse('EXHIBIT_NOT_FOUND');
}
