import { done, refuse, type Result } from '../../kit/result.ts';
import { sha256 } from '../../kit/secret.ts';
import { plus, type Instant } from '../../kit/time.ts';
import { isSettled, type Case } from '../rules.ts';
import type { UnsealingRefusal } from './contract.ts';
import { unsealingLimits } from './limits.data.ts';
import type { UnsealingState } from './machine.ts';

export type Extent = 'masked' | 'whole';
export type Unsealing = {
  readonly id: string;
  readonly shopId: string;
  readonly caseId: string;
  readonly place: number;
  readonly state: UnsealingState;
  readonly extent: Extent;
  readonly granted: Extent | null;
  readonly reason: string;
  readonly askedBy: string;
  readonly askedAt: Instant;
  readonly answer: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Instant | null;
  readonly until: Instant | null;
  readonly shownAt: Instant | null;
};

/** Whoever has the case in hands may ask, while it is undecided, about one of its keys. */
export function decideAskKey(p: {
  readonly case: Pick<Case, 'state' | 'places'>;
  readonly place: number;
  readonly inHands: boolean;
  readonly hasKey: boolean;
  readonly before: number;
}): Result<null, UnsealingRefusal> {
  if (!p.inHands) return refuse('NOT_ASSIGNED');
  if (isSettled(p.case.state)) return refuse('NOT_YOUR_TURN');
  if (!p.case.places.includes(p.place) || !p.hasKey) return refuse('NO_KEY_HERE');
  return p.before >= unsealingLimits.perCase ? refuse('UNSEALED_OFTEN') : done(null);
}

/** Somebody else decides, who has no part in the case; never more is granted than was asked for. */
export function decideKey(p: {
  readonly one: Pick<Unsealing, 'state' | 'askedBy' | 'extent'>;
  readonly byId: string;
  readonly involved: boolean;
  readonly grants: boolean;
  readonly extent: Extent;
  readonly now: Instant;
}): Result<{ state: 'granted' | 'denied'; granted: Extent | null; until: Instant | null }, UnsealingRefusal> {
  if (p.one.state !== 'asked') return refuse('NOT_YOUR_TURN');
  if (p.byId === p.one.askedBy) return refuse('SAME_EYES');
  if (p.involved) return refuse('CONFLICT_OF_INTEREST');
  if (!p.grants) return done({ state: 'denied', granted: null, until: null });
  const granted = p.one.extent === 'masked' ? 'masked' : p.extent;
  return done({ state: 'granted', granted, until: plus(p.now, { minutes: unsealingLimits.grant_minutes }) });
}

/** It is shown once, to whoever asked, while the grant lasts. */
export function decideShow(p: {
  readonly one: Pick<Unsealing, 'state' | 'askedBy' | 'until'>;
  readonly byId: string;
  readonly now: Instant;
}): Result<null, UnsealingRefusal> {
  if (p.byId !== p.one.askedBy) return refuse('UNSEALING_NOT_FOUND');
  if (p.one.state !== 'granted') return refuse('NOT_YOUR_TURN');
  return p.one.until === null || p.now > p.one.until ? refuse('GRANT_OVER') : done(null);
}

/** Four signs that tell the people of one case apart without naming them; in another case the same person has others. */
export const signOf = (caseId: string, userId: string): string =>
  sha256(`${caseId} ${userId}`).toString('hex').slice(0, 4).toUpperCase();

/** The end of a key and how long it is: enough to compare, too little to use. */
export function masked(text: string): string {
  const signs = [...text];
  const shown = Math.min(unsealingLimits.tail, Math.floor(signs.length / 4));
  return '•'.repeat(signs.length - shown) + signs.slice(signs.length - shown).join('');
}
