import { must } from '../kit/assert.ts';
import { nextState, type Actor } from '../kit/machine.ts';
import { sumFen, type Fen } from '../kit/money.ts';
import type { Instant } from '../kit/time.ts';
import type { ShownFile } from './exhibits/rules.ts';
import { leftOf, type Loss } from '../orders/losses.rules.ts';
import type { ExhibitKind } from './exhibits.data.ts';
import { caseTable, type CaseEvent, type CaseState } from './machine.ts';
import { reasons, type Reason, type ReasonCode, type Remedy } from './reasons.data.ts';
import type { Liability } from './words.contract.ts';

export type Turn = 'buyer' | 'merchant' | 'platform';
export type Case = {
  readonly shopId: string;
  readonly id: string;
  readonly orderId: string;
  readonly buyerId: string;
  readonly line: number;
  readonly places: readonly number[];
  readonly goods: string;
  readonly reason: ReasonCode;
  readonly filedReason: ReasonCode;
  readonly state: CaseState;
  readonly steps: number;
  readonly rulebook: string;
  readonly remedy: Remedy;
  readonly asked: Fen;
  readonly awardRemedy: Remedy | 'none' | null;
  readonly awardFen: Fen | null;
  readonly liability: Liability | null;
  readonly presumed: boolean;
  /** Hours in which the shop promised to answer, as its listing said when it was ordered; null: what the rulebook says. */
  readonly answerHours: number | null;
  readonly offers: number;
  readonly rounds: number;
  readonly reopened: boolean;
  readonly handlerId: string | null;
  readonly seniorId: string | null;
  readonly turn: Turn | null;
  readonly dueAt: Instant | null;
  readonly sinceAt: Instant | null;
  readonly decideBy: Instant | null;
  readonly filedAt: Instant;
  readonly endedAt: Instant | null;
};

export type Award = { readonly remedy: Remedy | 'none'; readonly amount: Fen; readonly liability: Liability };
export const merchantAnswers: Liability = { merchant: 100, buyer: 0, platform: 0, carrier: 0, issuer: 0 };

/** What was said with a step. */
export type Said = { readonly kind: string; readonly body: Readonly<Record<string, unknown>> };
export type Exhibit = {
  readonly kind: ExhibitKind;
  readonly caption: string;
  readonly text: string;
  readonly formedAt: Instant | null;
  /** The code that a failure page shows. */
  readonly code?: string;
  readonly file?: ShownFile;
  /** The same with secrets of a person blacked out: it becomes an exhibit of its own, and this one is for the platform. */
  readonly redacted?: ShownFile;
  readonly audience?: 'parties' | 'platform';
  readonly redactionOf?: number;
};

/** One decision about one case: the step, what changes, what is said and shown with it, and what is carried out at once. */
export type Move = {
  readonly event: CaseEvent;
  readonly by: Actor;
  readonly byId: string | null;
  /** Where another article than the table's carries this step. */
  readonly article?: string;
  readonly facts?: Partial<Case>;
  readonly says?: readonly Said[];
  readonly shows?: readonly Exhibit[];
  /** Settled now: by agreement, silence, decision. */
  readonly award?: Award;
  /** Paid before the shop answered, so that it may object. */
  readonly paidFirst?: boolean;
};

export const reasonOf = (code: ReasonCode): Reason => reasons[code];

export const stateAfter = (state: CaseState, event: CaseEvent, by: Actor): CaseState | undefined =>
  nextState(caseTable, state as never, event, by) as CaseState | undefined;

/** The article of a step, as the table has it. */
export const articleOfStep = (state: CaseState, event: CaseEvent, by: Actor): string =>
  must(
    caseTable.find((row) => row[0] === state && row[1] === event && row[2] === by),
    `${event} by ${by} leads on from ${state}`,
  )[4];

const over: readonly CaseState[] = ['closed', 'withdrawn', 'inadmissible'];
export const isOver = (state: CaseState): boolean => over.includes(state);
const settled: readonly CaseState[] = ['executing', 'executed', ...over];
/** Nothing is left to be agreed or decided. */
export const isSettled = (state: CaseState): boolean => settled.includes(state);

/** What can still be refunded for these places, and never more than what is left of the line in all. */
export function refundableOf(units: readonly Loss[], places: readonly number[], lineLeft: Fen): Fen {
  const sum = sumFen(units.filter((unit) => places.includes(unit.place)).map(leftOf));
  return sum < lineLeft ? sum : lineLeft;
}

/** An offer of the shop that waits for the buyer. */
export type Offer = {
  readonly remedy: Remedy;
  readonly amount: Fen;
  readonly text: string;
  readonly at: Instant;
};

/** Whether an offer gives all that was asked for. */
export const fulfils = (
  offer: { remedy: Remedy; amount: Fen },
  asked: { remedy: Remedy; amount: Fen },
): boolean => offer.remedy === asked.remedy && (offer.remedy !== 'refund' || offer.amount >= asked.amount);
