import { fen, sumFen, type Fen } from '../../kit/money.ts';
import { nextState } from '../../kit/machine.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import type { Instant } from '../../kit/time.ts';
import { param } from '../../rules/rules.ts';
import { awardOf, kept, needsTwo, spoken, type Judgment } from '../desk.rules.ts';
import type { ReasonCode } from '../reasons.data.ts';
import type { CaseRefusal } from '../refusals.contract.ts';
import { reasonOf, stateAfter, type Case, type Move } from '../rules.ts';
import { caseGroupTable, type GroupEvent, type GroupState } from './machine.ts';

const more: readonly ReasonCode[] = ['COUNTERFEIT', 'MALWARE', 'FAKE_DELIVERY', 'NO_DOWNLOAD'];
/** Whether a scene is about the goods themselves, so that others who bought of the same batch may have the same. */
export const isBatchFault = (reason: ReasonCode): boolean =>
  reasonOf(reason).category === 'Q' || more.includes(reason);

/** Whether so many cases about a batch are an alarm (article 9): enough of them, or enough of what was sold, and then at least two. */
export const isAlarm = (rulebook: string, p: { readonly cases: number; readonly sold: number }): boolean =>
  p.cases >= param(rulebook, 'BATCH_ALARM_CASES') ||
  (p.cases >= param(rulebook, 'BATCH_SHARE_MIN') &&
    p.cases * 100 >= p.sold * param(rulebook, 'BATCH_ALARM_SHARE'));

/** Whether so many cases are heard together (article 28). */
export const isGroup = (rulebook: string, cases: number): boolean =>
  cases >= param(rulebook, 'COLLECTIVE_CASES');

export type Group = {
  readonly state: GroupState;
  readonly rulebook: string;
  readonly proposedBy: string | null;
};
export const groupStateAfter = (state: GroupState, event: GroupEvent): GroupState | undefined =>
  nextState(caseGroupTable, state, event, event === 'open' ? 'system' : 'operator');

export type GroupFacts = {
  readonly group: Group;
  readonly byId: string;
  readonly now: Instant;
  /** Works in the shop, or is the buyer of one of the cases. */
  readonly involved: boolean;
  /** What the cases that it would apply to ask for. */
  readonly asked: readonly Fen[];
};
type Step = { readonly event: GroupEvent; readonly to: GroupState };

const step = (facts: GroupFacts, event: GroupEvent): Result<Step, CaseRefusal> => {
  const to = groupStateAfter(facts.group.state, event);
  if (!to) return refuse('NOT_YOUR_TURN');
  if (facts.involved) return refuse('CONFLICT_OF_INTEREST');
  return done({ event, to });
};

/**
 * The one finding for all cases of a group (F129). It names no sum, since each case has its own; where all of them together are above the
 * limit of article 28, a second person signs.
 */
export function decideFind(facts: GroupFacts, judged: Judgment): Result<Step, CaseRefusal> {
  if (judged.amount !== null) return refuse('AMOUNT_TOO_HIGH');
  const total = fen(sumFen([...facts.asked]));
  const two = judged.remedy !== 'none' && needsTwo(total, { rulebook: facts.group.rulebook, now: facts.now });
  return step(facts, two ? 'propose' : 'decide');
}

/** A second person signs the finding or sends it back; never the one who wrote it. */
export function decideSignGroup(facts: GroupFacts, agrees: boolean): Result<Step, CaseRefusal> {
  if (facts.group.proposedBy === facts.byId) return refuse('SAME_EYES');
  return step(facts, agrees ? 'countersign' : 'send_back');
}

/** The cases go on one by one, without a finding. */
export const decideDissolve = (facts: GroupFacts): Result<Step, CaseRefusal> => step(facts, 'dissolve');

export type Applied =
  | { readonly outcome: 'found'; readonly move: Move }
  | { readonly outcome: 'settled' | 'unfit' };

/**
 * What a finding does to one case, asked under its lock: decides it, if nobody settled, withdrew or decided it meanwhile, and leaves it alone
 * where it cannot apply. The sum is what the case itself asks, and never more than is left.
 */
export function applyFinding(
  one: Case,
  p: {
    readonly groupId: string;
    readonly byId: string;
    readonly judged: Judgment;
    readonly refundable: Fen;
    readonly now: Instant;
  },
): Applied {
  if (!stateAfter(one.state, 'find_batch', 'operator')) return { outcome: 'settled' };
  const asked = one.asked < p.refundable ? one.asked : p.refundable;
  const judged = { ...p.judged, amount: p.judged.remedy === 'refund' ? asked : null };
  const facts = {
    case: one,
    byId: p.byId,
    now: p.now,
    refundable: p.refundable,
    involved: false,
    before: [],
    reissue: 'ok' as const,
  };
  const award = awardOf(facts, judged);
  if (!award.ok) return { outcome: 'unfit' };
  const says = spoken('decision', judged, award.value).map((said) => ({
    ...said,
    body: { ...said.body, group: p.groupId },
  }));
  return {
    outcome: 'found',
    move: { event: 'find_batch', by: 'operator', byId: p.byId, facts: kept(award.value, judged), says },
  };
}
