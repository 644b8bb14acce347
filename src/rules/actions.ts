import { must } from '../kit/assert.ts';
import { newId, platformId } from '../kit/ids.ts';
import { canonicalJson } from '../kit/json.ts';
import { can, nextState } from '../kit/machine.ts';
import { publish } from '../kit/outbox.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import type { Tx } from '../kit/tx.ts';
import type { RuleBook } from './contract.ts';
import { articleFrom, draftFrom, lintDraft, withArticle } from './draft.rules.ts';
import type { ArticleGiven, EditorRefusal } from './editor.contract.ts';
import { rulebookTable, type RulebookEvent, type RulebookState } from './machine.ts';
import { articlesOf, dueBy } from './rules.ts';
import { bookOf, compareVersions, hashOf, shipped, versionAt } from './shelf.rules.ts';
import {
  insertStep,
  insertSubscribers,
  insertVersion,
  keepText,
  lockVersion,
  removeSubscriber,
  updateVersion,
} from './store.ts';

export type Held = Awaited<ReturnType<typeof lockVersion>>[number] & { readonly book: RuleBook };
export type By = { readonly kind: 'operator' | 'clock' | 'system'; readonly id: string | null };

/** A version with its lock and its text, or undefined. */
export async function holdVersion(tx: Tx, version: string): Promise<Held | undefined> {
  const [row] = await lockVersion(tx, { version });
  return row && { ...row, book: JSON.parse(row.body) as RuleBook };
}

export const baseOf = (book: RuleBook): RuleBook =>
  (book.base === null ? undefined : bookOf(book.base)) ?? shipped.book;

type After = Partial<
  Pick<
    Held,
    | 'consultFrom'
    | 'consultUntil'
    | 'proposedBy'
    | 'proposedSha256'
    | 'proposedEffectiveAt'
    | 'announcedAt'
    | 'effectiveAt'
  >
> & { readonly book?: RuleBook; readonly note?: string };

/** One step of a version's life with what it leaves behind; a text that the public sees is kept for ever. */
export async function stepVersion(
  tx: Tx,
  held: Held,
  event: RulebookEvent,
  by: By,
  after: After = {},
): Promise<RulebookState> {
  const to = must(nextState(rulebookTable, held.state, event, by.kind), `${event} is open to ${held.state}`);
  const { book = held.book, note = '', ...rest } = after;
  const body = canonicalJson(book);
  const sha256 = Buffer.from(hashOf(book), 'hex');
  const step = held.steps + 1;
  await updateVersion(tx, { ...held, ...rest, state: to, body, sha256, steps: step });
  await insertStep(tx, {
    version: held.version,
    step,
    from: held.state,
    event,
    to,
    by: by.kind,
    byId: by.id,
    sha256,
    note,
    at: tx.business,
  });
  if (to !== 'draft') await keepText(tx, { sha256, version: held.version, body, at: tx.business });
  return to;
}

/** The version that the program brings with it, as a row beside the others. Once; repeating it changes nothing. */
export async function shipRules(tx: Tx): Promise<void> {
  const { book, life } = shipped;
  const [body, sha256] = [canonicalJson(book), Buffer.from(hashOf(book), 'hex')];
  const { version } = book;
  if ((await insertVersion(tx, { ...life, version, id: newId(tx.wall), body, sha256 })) === 0) return;
  const step = { version, step: 1, from: 'none', event: 'ship', to: 'in_force' };
  await insertStep(tx, { ...step, by: 'system', byId: null, sha256, note: '', at: tx.business });
  await keepText(tx, { sha256, version, body, at: tx.business });
}

/** Begins a new version as a copy of the one in force. Refuses a number that was used or is not higher. */
export async function createDraft(
  tx: Tx,
  p: { version: string; byId: string },
): Promise<Result<{ version: string }, EditorRefusal>> {
  const current = versionAt(tx.business);
  if (compareVersions(p.version, current) <= 0) return refuse('VERSION_NOT_NEWER', { current });
  const base = must(bookOf(current), 'the version in force is there');
  const book = draftFrom(base, p.version);
  const [body, sha256] = [canonicalJson(book), Buffer.from(hashOf(book), 'hex')];
  const nothing = { consultFrom: null, consultUntil: null, announcedAt: null, effectiveAt: null };
  const made = await insertVersion(tx, {
    version: p.version,
    id: newId(tx.wall),
    state: 'draft',
    body,
    sha256,
    ...nothing,
  });
  if (made === 0) return refuse('VERSION_TAKEN');
  await insertStep(tx, {
    version: p.version,
    step: 1,
    from: 'none',
    event: 'draft',
    to: 'draft',
    by: 'operator',
    byId: p.byId,
    sha256,
    note: '',
    at: tx.business,
  });
  return done({ version: p.version });
}

/** Holds a draft for a change by whoever has looked at this text; refuses when it is announced or was changed meanwhile. */
async function holdForEdit(
  tx: Tx,
  p: { version: string; sha256: string },
): Promise<Result<Held, EditorRefusal>> {
  const held = await holdVersion(tx, p.version);
  if (!held) return refuse('RULEBOOK_NOT_FOUND');
  if (!can(rulebookTable, held.state, 'edit', 'operator')) return refuse('VERSION_NOT_EDITABLE');
  if (held.sha256.toString('hex') !== p.sha256) return refuse('VERSION_CHANGED');
  return done(held);
}

async function edit(tx: Tx, held: Held, byId: string, book: RuleBook): Promise<{ sha256: string }> {
  // A text that somebody proposed to announce is no longer that text.
  const unproposed = { proposedBy: null, proposedSha256: null, proposedEffectiveAt: null };
  await stepVersion(tx, held, 'edit', { kind: 'operator', id: byId }, { book, ...unproposed });
  return { sha256: hashOf(book) };
}

/** Importance, reasons and what holds for older orders. */
export async function editDraft(
  tx: Tx,
  p: { version: string; sha256: string; byId: string } & Pick<
    RuleBook,
    'importance' | 'ordersBefore' | 'reasons'
  >,
): Promise<Result<{ sha256: string }, EditorRefusal>> {
  const held = await holdForEdit(tx, p);
  if (!held.ok) return held;
  const { importance, ordersBefore, reasons } = p;
  return done(await edit(tx, held.value, p.byId, { ...held.value.book, importance, ordersBefore, reasons }));
}

/** Writes one article, or adds it. What is wrong with it is told by the report and stops the publication, not the writing. */
export async function writeArticle(
  tx: Tx,
  p: { version: string; no: string; sha256: string; article: ArticleGiven; byId: string },
): Promise<Result<{ sha256: string }, EditorRefusal>> {
  const held = await holdForEdit(tx, p);
  if (!held.ok) return held;
  const { book } = held.value;
  const before = articlesOf(book).find(({ no }) => no === p.no);
  return done(await edit(tx, held.value, p.byId, withArticle(book, articleFrom(p.no, p.article, before))));
}

/** Shows a draft to everybody and asks for comments, for as long as article 2 wants. Refuses one with faults. */
export async function consult(
  tx: Tx,
  p: { version: string; sha256: string; byId: string },
): Promise<Result<{ until: number }, EditorRefusal>> {
  const found = await holdForEdit(tx, p);
  if (!found.ok) return found;
  const held = found.value;
  if (!can(rulebookTable, held.state, 'consult', 'operator')) return refuse('VERSION_NOT_EDITABLE');
  const faults = lintDraft(held.book, baseOf(held.book)).filter(({ level }) => level === 'fault');
  if (faults.length > 0) return refuse('DRAFT_HAS_FAULTS', { faults: faults.length });
  const until = dueBy(versionAt(tx.business), 'CONSULT', tx.business).dueAt;
  const dates = { consultFrom: tx.business, consultUntil: until };
  await stepVersion(tx, held, 'consult', { kind: 'operator', id: p.byId }, dates);
  await tellPublic(tx, 'consulted', held, { until });
  return done({ until });
}

/** Gives a draft up. What the public has seen stays readable in the log and in rules.texts. */
export async function withdraw(
  tx: Tx,
  p: { version: string; note: string; byId: string },
): Promise<Result<{ state: string }, EditorRefusal>> {
  const held = await holdVersion(tx, p.version);
  if (!held) return refuse('RULEBOOK_NOT_FOUND');
  if (!can(rulebookTable, held.state, 'withdraw', 'operator')) return refuse('WITHDRAW_TOO_LATE');
  const seen = held.state === 'consultation';
  const state = await stepVersion(tx, held, 'withdraw', { kind: 'operator', id: p.byId }, { note: p.note });
  if (seen) await tellPublic(tx, 'withdrawn', held, {});
  return done({ state });
}

/**
 * News of a version for everybody: the public log gets its number and hash (evidence: platform.fact), and whoever subscribed is told
 * (notifications). `rules.changed` carries what the message says.
 */
export async function tellPublic(
  tx: Tx,
  what: 'consulted' | 'withdrawn' | 'announced' | 'in_force',
  held: Pick<Held, 'id' | 'version' | 'book'>,
  times: { readonly until?: number; readonly effectiveAt?: number },
): Promise<void> {
  const facts = { version: held.version, sha256: hashOf(held.book), ...times };
  await publish(tx, [
    { event: 'platform.fact', about: [held.id], shops: [platformId], data: { kind: `rules.${what}`, facts } },
    { event: 'rules.changed', about: [held.id], data: { what, version: held.version, ...times } },
  ]);
}

/** Who opens a shop is told of every change of rules, by duty (E-Commerce Law 34). Repeating is harmless. */
export const subscribeByDuty = (tx: Tx, userIds: readonly string[]): Promise<unknown> =>
  insertSubscribers(tx, { userIds: [...userIds], duty: true, at: tx.business });

/** Be told of changes, or not any more. A duty stays. */
export async function subscribe(tx: Tx, p: { userId: string; on: boolean }): Promise<void> {
  if (p.on) await insertSubscribers(tx, { userIds: [p.userId], duty: false, at: tx.business });
  else await removeSubscriber(tx, { userId: p.userId });
}
