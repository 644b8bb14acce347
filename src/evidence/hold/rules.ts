import { done, refuse, type Result } from '../../kit/result.ts';
import type { Instant } from '../../kit/time.ts';
import { legalHoldTable, type LegalHoldEvent, type LegalHoldState } from './machine.ts';

export type HoldScope = 'order' | 'shop' | 'user' | 'evidence';
export type AuthorityKind = 'court' | 'police' | 'regulator';

export type LegalHold = {
  readonly id: string;
  readonly scope: HoldScope;
  readonly subjectId: string;
  readonly shopId: string | null;
  readonly authority: string;
  readonly kind: AuthorityKind;
  readonly number: string;
  readonly documentHash: Buffer;
  readonly reason: string;
  readonly until: Instant;
  readonly secret: boolean;
  readonly state: LegalHoldState;
  readonly askedBy: string;
  readonly askedAt: Instant;
  readonly placedBy: string | null;
  readonly placedAt: Instant | null;
  readonly liftBy: string | null;
  readonly liftReason: string | null;
  readonly liftedBy: string | null;
  readonly endedAt: Instant | null;
};

export type HoldRefusal = 'HOLD_NOT_FOUND' | 'HOLD_MOVED_ON' | 'NEEDS_ANOTHER_PERSON';

/** A hold as long as it holds: also while one person wants it lifted. */
export const stands = (state: LegalHoldState): boolean => state === 'standing' || state === 'lift_asked';

/**
 * One step of a hold by one person. Whoever asked for it does not place it, and whoever asked to lift it does not lift it. Its last day does
 * not end it: money that an order of a court keeps is let go by two people who have looked (article 40).
 */
export function decideHold(
  hold: LegalHold,
  p: { event: LegalHoldEvent; byId: string; reason: string; now: Instant },
): Result<LegalHold, HoldRefusal> {
  const row = legalHoldTable.find(([from, event]) => from === hold.state && event === p.event);
  if (!row) return refuse('HOLD_MOVED_ON');
  if (p.event === 'place' && p.byId === hold.askedBy) return refuse('NEEDS_ANOTHER_PERSON');
  if (p.event === 'lift' && p.byId === hold.liftBy) return refuse('NEEDS_ANOTHER_PERSON');
  const [, , , state] = row;
  const ended = state === 'lifted' || state === 'dropped';
  return done({
    ...hold,
    state,
    placedBy: p.event === 'place' ? p.byId : hold.placedBy,
    placedAt: p.event === 'place' ? p.now : hold.placedAt,
    liftBy: p.event === 'ask_lift' ? p.byId : p.event === 'keep' ? null : hold.liftBy,
    liftReason: p.event === 'ask_lift' ? p.reason : p.event === 'keep' ? null : hold.liftReason,
    liftedBy: p.event === 'lift' ? p.byId : hold.liftedBy,
    endedAt: ended ? p.now : hold.endedAt,
  });
}
