import { plus, type Instant } from '../kit/time.ts';
import { dueBy, limitOf } from '../rules/rules.ts';
import { procedure, type ProcedureName } from './procedure.data.ts';

/** A number of how cases are handled inside. */
export const inHouse = (name: ProcedureName): number => procedure[name].v;
export const inHouseArticle = (name: ProcedureName): string => procedure[name].article;

/** One clock of a case: what falls due, when, whose turn it is until then, and the article that sets the time. */
export type CaseClock = {
  readonly what: CaseDeadline;
  readonly dueAt: Instant;
  readonly article: string;
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
  'case.execute',
  'case.close',
] as const;
export type CaseDeadline = (typeof caseDeadlines)[number];

type Limit = Parameters<typeof dueBy>[1];

/** A clock by a parameter of the rulebook that the order pinned. */
export function byRule(
  what: CaseDeadline,
  article: string,
  p: { version: string; param: Limit; start: Instant },
): CaseClock {
  const due = dueBy(p.version, p.param, p.start);
  return {
    what,
    dueAt: due.dueAt,
    provisional: due.provisional,
    article,
    clock: limitOf(p.version, p.param).clock,
  };
}

/** A clock of the procedure inside, in hours. */
export const byHouse = (what: CaseDeadline, name: ProcedureName, start: Instant): CaseClock => ({
  what,
  dueAt: plus(start, { hours: inHouse(name) }),
  article: inHouseArticle(name),
  clock: 'elapsed',
  provisional: false,
});
