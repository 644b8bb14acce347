import type { Instant } from '../kit/time.ts';
import { bindingDue, bindingNumber } from '../rules/overrides.rules.ts';
import { limitOf, type ParamName } from '../rules/rules.ts';

/** A number of how cases are handled, as it binds a case of rulebook version `pinned` at `at`: a newer one only where it is better for the buyer. */
export const inHouse = (pinned: string, at: Instant, name: ParamName): number =>
  bindingNumber(pinned, at, name);

/** One clock of a case: what falls due, when, whose turn it is until then, and the article and version that set the time. */
export type CaseClock = {
  readonly what: CaseDeadline;
  readonly dueAt: Instant;
  readonly article: string;
  readonly version: string;
  readonly clock: 'elapsed' | 'day' | 'workday';
  readonly provisional: boolean;
};
export const caseDeadlines = [
  'case.remedy',
  'case.escalate',
  'case.unhold',
  'case.accept',
  'case.evidence',
  'case.decide',
  'case.finalise',
  'jury.consent',
  'jury.reveal',
  'jury.close',
  'case.panel',
  'case.chair',
  'case.final',
  'case.execute',
  'case.close',
] as const;
export type CaseDeadline = (typeof caseDeadlines)[number];

/** A clock by a parameter of the rulebook that the order pinned, or of the one in force at its start where that is better for the buyer (article 1). */
export function byRule(
  what: CaseDeadline,
  article: string,
  p: { version: string; param: ParamName; start: Instant },
): CaseClock {
  const { version, dueAt, provisional } = bindingDue(p.version, p.param, p.start);
  return { what, dueAt, provisional, article, version, clock: limitOf(version, p.param).clock };
}
