import { clearDeadlines, setDeadlines, type Due } from '../kit/deadlines.ts';
import { platformId } from '../kit/ids.ts';
import { can } from '../kit/machine.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import type { Instant } from '../kit/time.ts';
import type { Tx } from '../kit/tx.ts';
import { baseOf, holdVersion, stepVersion, tellPublic, type Held } from './actions.ts';
import type { RuleBook } from './contract.ts';
import { decidePublication, importanceOf, type Gate } from './draft.rules.ts';
import type { EditorRefusal } from './editor.contract.ts';
import { rulebookTable } from './machine.ts';
import { articleOfParam, dueBy, type ParamName } from './rules.ts';
import { beijingMidnight, versionAt } from './shelf.rules.ts';
import { lockInForce, lockVersionById } from './store.ts';
import { unansweredOf } from './views.ts';

const noticeOf = (importance: RuleBook['importance']): ParamName =>
  importance === 'important' ? 'IMPORTANT_NOTICE' : 'GENERAL_NOTICE';

/** The notice that a draft needs, by the version in force, and the first instant at which it may take effect if it is announced now (article 2). */
export function noticeFor(
  book: RuleBook,
  now: Instant,
): { importance: RuleBook['importance']; param: ParamName; article: string; earliest: Instant } {
  const importance = importanceOf(book, baseOf(book));
  const param = noticeOf(importance);
  const inForce = versionAt(now);
  const { dueAt } = dueBy(inForce, param, now);
  return { importance, param, article: articleOfParam(inForce, param), earliest: dueAt };
}

async function gateOf(tx: Tx, held: Held, effectiveAt: Instant): Promise<Gate> {
  const [open] = await unansweredOf(tx, { version: held.version });
  return {
    book: held.book,
    base: baseOf(held.book),
    consultUntil: held.consultUntil,
    unanswered: open?.count ?? 0,
    earliest: noticeFor(held.book, tx.business).earliest,
    effectiveAt,
    now: tx.business,
  };
}

/** Proposes to announce the text that was looked at, in force from 0:00 in Beijing of a day. Refuses what the gate refuses (F092). */
export async function propose(
  tx: Tx,
  p: { version: string; sha256: string; effectiveOn: string; byId: string },
): Promise<Result<{ effectiveAt: Instant }, EditorRefusal>> {
  const held = await holdVersion(tx, p.version);
  if (!held) return refuse('RULEBOOK_NOT_FOUND');
  if (held.state === 'draft') return refuse('CONSULTATION_RUNNING');
  if (!can(rulebookTable, held.state, 'propose', 'operator')) return refuse('VERSION_NOT_EDITABLE');
  if (held.sha256.toString('hex') !== p.sha256) return refuse('VERSION_CHANGED');
  const effectiveAt = beijingMidnight(p.effectiveOn);
  const open = decidePublication(await gateOf(tx, held, effectiveAt));
  if (!open.ok) return open;
  await stepVersion(
    tx,
    held,
    'propose',
    { kind: 'operator', id: p.byId },
    {
      proposedBy: p.byId,
      proposedSha256: held.sha256,
      proposedEffectiveAt: effectiveAt,
      note: p.effectiveOn,
    },
  );
  return done({ effectiveAt });
}

/**
 * Announces what another person proposed: the same text, the same day, looked at again by the same gate, since time has passed. From here
 * on it cannot be changed or withdrawn, and takes effect by itself.
 */
export async function announce(
  tx: Tx,
  p: { version: string; sha256: string; byId: string },
): Promise<Result<{ effectiveAt: Instant }, EditorRefusal>> {
  const held = await holdVersion(tx, p.version);
  if (!held) return refuse('RULEBOOK_NOT_FOUND');
  if (!can(rulebookTable, held.state, 'announce', 'operator')) return refuse('VERSION_NOT_EDITABLE');
  if (held.sha256.toString('hex') !== p.sha256) return refuse('VERSION_CHANGED');
  const { proposedBy, proposedSha256, proposedEffectiveAt: effectiveAt } = held;
  if (proposedBy === null || effectiveAt === null || !proposedSha256?.equals(held.sha256))
    return refuse('NOT_PROPOSED');
  if (proposedBy === p.byId) return refuse('SAME_PERSON');
  const open = decidePublication(await gateOf(tx, held, effectiveAt));
  if (!open.ok) return open;
  const { param, article } = noticeFor(held.book, tx.business);
  await stepVersion(
    tx,
    held,
    'announce',
    { kind: 'operator', id: p.byId },
    {
      announcedAt: tx.business,
      effectiveAt,
      note: param,
    },
  );
  await setDeadlines(tx, [
    {
      shopId: platformId,
      about: held.id,
      what: 'rules.take_effect',
      dueAt: effectiveAt,
      startAt: tx.business,
      article,
      version: versionAt(tx.business),
      clock: 'day',
    },
  ]);
  await tellPublic(tx, 'announced', held, { effectiveAt });
  return done({ effectiveAt });
}

/**
 * Versions whose day has come: the one before is superseded in the same transaction. New orders are bound by the time alone (`versionAt`);
 * this writes it down. Firing again is harmless.
 */
export async function takeEffect(tx: Tx, due: readonly Due[]): Promise<void> {
  for (const one of due) {
    const [row] = await lockVersionById(tx, { id: one.about });
    const ready = row && row.effectiveAt !== null && row.effectiveAt <= tx.business;
    if (ready && can(rulebookTable, row.state, 'take_effect', 'clock')) {
      const by = { kind: 'clock', id: null } as const;
      const [old] = await lockInForce(tx);
      if (old) await stepVersion(tx, { ...old, book: JSON.parse(old.body) as RuleBook }, 'supersede', by);
      const held = { ...row, book: JSON.parse(row.body) as RuleBook };
      await stepVersion(tx, held, 'take_effect', by);
      await tellPublic(tx, 'in_force', held, {});
    }
    if (!row || ready) await clearDeadlines(tx, [one]);
  }
}
