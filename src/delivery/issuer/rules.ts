import { done, refuse, type Result } from '../../kit/result.ts';
import { plus, type Instant, type Span } from '../../kit/time.ts';
import type { Unit } from '../card-key.rules.ts';
import type { IssuerRefusal, Usage } from './contract.ts';
import type { IssuerCheckState } from './machine.ts';
import type { IssuerAnswer } from './port.contract.ts';

export type AskFacts = {
  readonly unit: Unit | undefined;
  /** Whether this process can ask the issuer that the listing names. */
  readonly known: boolean;
  /** A question about this key is on its way. */
  readonly open: boolean;
  /** Questions of the last 24 hours. */
  readonly lately: number;
};

/** So often a day one key is asked about: an issuer is not ours to flood. */
export const askedMost = 3;

/** Whether an issuer may be asked about a key now (VGSR article 22): only about one that its buyer has seen. */
export function decideAsk({ unit, known, open, lately }: AskFacts): Result<null, IssuerRefusal> {
  if (!unit) return refuse('UNIT_NOT_FOUND');
  if (unit.revealedAt === null) return refuse('UNIT_STILL_SEALED');
  if (!known) return refuse('ISSUER_NOT_KNOWN');
  if (open) return refuse('ISSUER_ASKED_ALREADY');
  if (lately >= askedMost) return refuse('ISSUER_ASKED_OFTEN');
  return done(null);
}

const pauses: readonly Span[] = [{ seconds: 15 }, { minutes: 1 }, { minutes: 10 }];

/** How long an answer may take before another process may ask again: longer than any request is allowed to run. */
export const lease: Span = { seconds: 30 };

export type Outcome =
  | { readonly state: Exclude<IssuerCheckState, 'asked'> }
  | { readonly state: 'asked'; readonly nextAt: Instant };

/** What an answer makes of the question: three silences in a row are followed by a fourth try, and then it is given up. */
export function outcomeOf(answer: IssuerAnswer, tries: number, wall: Instant): Outcome {
  if (answer.kind === 'ok') return { state: 'answered' };
  if (answer.kind === 'refused') return { state: 'refused' };
  const pause = pauses[tries - 1];
  return pause ? { state: 'asked', nextAt: plus(wall, pause) } : { state: 'unanswered' };
}

/**
 * The used-before-reveal test (F102): what the issuer's time says beside ours. A key used before the buyer could have seen it was bad when it
 * was sold (article 22: the shop cannot rebut it); one used afterwards is the buyer's to explain.
 */
export function usageOf(
  answer: { readonly used: boolean; readonly usedAt: Instant | null },
  unit: Pick<Unit, 'deliveredAt' | 'revealedAt'>,
): Usage {
  if (!answer.used) return 'unused';
  if (answer.usedAt === null) return 'used_sometime';
  if (answer.usedAt < unit.deliveredAt) return 'before_delivery';
  return unit.revealedAt === null || answer.usedAt < unit.revealedAt ? 'before_reveal' : 'after_reveal';
}

/** Enough of an account to be recognised by its owner: 'li***7'. What the issuer sent in clear is cut here. */
export function maskedAccount(account: string | null): string | null {
  if (account === null || account.trim() === '') return null;
  const text = account.trim();
  if (text.includes('*')) return text.slice(0, 40);
  const [head, tail] = text.length < 4 ? [text.slice(0, 1), ''] : [text.slice(0, 2), text.slice(-1)];
  return `${head}***${tail}`;
}
