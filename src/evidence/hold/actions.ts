import { done, refuse, type Result } from '../../kit/result.ts';
import type { Queryable } from '../../kit/sql.ts';
import type { Tx } from '../../kit/tx.ts';
import { newId } from '../../kit/ids.ts';
import type { LegalHoldEvent } from './machine.ts';
import { decideHold, type HoldRefusal, type LegalHold } from './rules.ts';
import { insertHold, lockHold, standingOn, writeHold } from './store.ts';

// The register knows neither orders nor shops: what a hold keeps from happening, whoever owns that asks here, or is told from above.

export type NewHold = Pick<
  LegalHold,
  | 'scope'
  | 'subjectId'
  | 'shopId'
  | 'authority'
  | 'kind'
  | 'number'
  | 'documentHash'
  | 'reason'
  | 'until'
  | 'secret'
>;

/** Enters what an authority ordered; it holds nothing until another person has placed it. */
export async function askHold(tx: Tx, p: NewHold & { byId: string }): Promise<LegalHold> {
  const hold: LegalHold = {
    ...p,
    id: newId(tx.wall),
    state: 'asked',
    askedBy: p.byId,
    askedAt: tx.business,
    placedBy: null,
    placedAt: null,
    liftBy: null,
    liftReason: null,
    liftedBy: null,
    endedAt: null,
  };
  await insertHold(tx, { hold });
  return hold;
}

/** Moves a hold one step, under its lock. Refuses what decideHold refuses. */
export async function moveHold(
  tx: Tx,
  p: { id: string; event: LegalHoldEvent; byId: string; reason: string },
): Promise<Result<{ before: LegalHold; after: LegalHold }, HoldRefusal>> {
  const [before] = await lockHold(tx, p);
  if (!before) return refuse('HOLD_NOT_FOUND');
  const decided = decideHold(before, { ...p, now: tx.business });
  if (!decided.ok) return decided;
  await writeHold(tx, { hold: decided.value });
  return done({ before, after: decided.value });
}

/** The holds that stand on orders, shops, people or subjects of events: retention, erasure and releases ask this. */
export const holdsOn = (on: Queryable, subjects: readonly string[]): Promise<LegalHold[]> =>
  standingOn(on, { subjects: [...new Set(subjects)] });

/** Which of the subjects a court, the police or a regulator keeps as they are (F073). */
export async function keptByLaw(on: Queryable, subjects: readonly string[]): Promise<Set<string>> {
  return new Set((await holdsOn(on, subjects)).map((hold) => hold.subjectId));
}
