import { noFen, type Fen } from '../../kit/money.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import type { Instant } from '../../kit/time.ts';
import { param } from '../../rules/rules.ts';
import type { Judgment } from '../desk.rules.ts';
import { jurable } from '../jury/scenes.data.ts';
import type { CaseRefusal } from '../refusals.contract.ts';
import { stateAfter, type Award, type Case, type Move } from '../rules.ts';
import type { TribunalKind } from './draw.rules.ts';

type Decided = Result<Move, CaseRefusal>;
type Party = 'buyer' | 'merchant';
export type WishFacts = { readonly case: Case; readonly byId: string; readonly now: Instant };
type Wish = { readonly side: Party; readonly ground: string; readonly text: string };

const inTime = ({ case: one, now }: WishFacts): boolean => one.dueAt === null || now <= one.dueAt;

/** A party that disagrees with the first decision asks for a panel (C8), within the time of article 29. */
export function decideArbitrate(facts: WishFacts, p: Wish): Decided {
  if (!stateAfter(facts.case.state, 'arbitrate', p.side) || !inTime(facts)) return refuse('ARBITRATION_OVER');
  return done(wishMove(facts, 'arbitrate', p));
}

/** Or proposes a jury: for small sums, and where no tool is needed to judge. The other side has its time to agree. */
export function decideAskJury(facts: WishFacts, p: Wish): Decided {
  const { case: one } = facts;
  if (!stateAfter(one.state, 'ask_jury', p.side) || !inTime(facts)) return refuse('ARBITRATION_OVER');
  if (!jurable.includes(one.reason)) return refuse('JURY_UNFIT');
  if (one.asked > BigInt(param(one.rulebook, 'CROWD_LIMIT'))) return refuse('JURY_TOO_DEAR');
  const move = wishMove(facts, 'ask_jury', p);
  return done({ ...move, facts: { turn: p.side === 'buyer' ? 'merchant' : 'buyer' } });
}

const wishMove = (facts: WishFacts, event: 'arbitrate' | 'ask_jury', p: Wish): Move => ({
  event,
  by: p.side,
  byId: facts.byId,
  says: [{ kind: 'arbitration', body: { ground: p.ground, text: p.text } }],
});

/** The other side agrees to the jury, or prefers the panel; whoever proposed it cannot do either. */
export function decideConsent(facts: WishFacts, p: { side: Party; agrees: boolean }): Decided {
  const event = p.agrees ? 'consent' : 'prefer_panel';
  if (!stateAfter(facts.case.state, event, p.side) || facts.case.turn !== p.side)
    return refuse('NOT_YOUR_TURN');
  if (!inTime(facts)) return refuse('ARBITRATION_OVER');
  return done({ event, by: p.side, byId: facts.byId });
}

/** Which tribunal hears a case after a step, if one does. */
export const tribunalOf = (state: Case['state']): TribunalKind | undefined =>
  state === 'arbitration' ? 'panel' : state === 'jury' ? 'jury' : undefined;

export type Seat = {
  readonly userId: string;
  readonly rank: number;
  readonly state: 'seated' | 'recused' | 'late';
};
export type Ballot = { readonly userId: string; readonly award: Award; readonly judged: Judgment };

/** More than half of the seats. */
export const majorityFor = (seats: number): number => Math.floor(seats / 2) + 1;

/**
 * What the votes of a panel come to: the remedy for which more than half of the seats are; of a refund the largest sum that so many of them
 * support. A sum is carried by the share of liability of the vote that named it. Undefined: no majority.
 */
export function majorityOf(
  ballots: readonly Ballot[],
  seats: number,
): { readonly award: Award; readonly carried: readonly Ballot[]; readonly lead: Ballot } | undefined {
  const need = majorityFor(seats);
  for (const [remedy, group] of Map.groupBy(ballots, (one) => one.award.remedy)) {
    if (group.length < need) continue;
    const sorted = group.toSorted((a, b) =>
      a.award.amount < b.award.amount ? 1 : a.award.amount > b.award.amount ? -1 : 0,
    );
    const lead = sorted[need - 1];
    if (!lead) continue;
    const amount: Fen = remedy === 'none' ? noFen : lead.award.amount;
    return { award: { ...lead.award, amount }, carried: group, lead };
  }
  return undefined;
}

export type PanelFacts = {
  readonly case: Case;
  readonly byId: string;
  readonly now: Instant;
  readonly state: string;
  readonly seats: readonly Seat[];
  readonly voted: readonly string[];
};

/** Whether this person may vote now: seated, in time, and once. */
export function decideSeatVote(facts: PanelFacts): Result<Seat, CaseRefusal> {
  const seat = facts.seats.find((one) => one.userId === facts.byId && one.state === 'seated');
  if (!seat) return refuse('NOT_SEATED');
  if (facts.case.state !== 'arbitration' || facts.state !== 'voting' || !inTime(facts))
    return refuse('VOTE_OVER');
  if (facts.voted.includes(facts.byId)) return refuse('VOTED_ALREADY');
  return done(seat);
}

/** The places of the order that were not called yet, best first, of people who are still free of conflict. */
export const nextSeats = (
  order: readonly { readonly userId: string; readonly rank: number }[],
  taken: readonly Seat[],
  free: ReadonlySet<string>,
  count: number,
): { userId: string; rank: number }[] => {
  const called = taken.reduce((most, seat) => Math.max(most, seat.rank), 0);
  return order.filter((one) => one.rank > called && free.has(one.userId)).slice(0, Math.max(0, count));
};

export type Standing = {
  readonly seats: number;
  readonly round: number;
  readonly seated: readonly Seat[];
  readonly ballots: readonly Ballot[];
  /** Somebody's seat is in question. */
  readonly doubted: readonly string[];
  /** How many could still be called. */
  readonly left: number;
  readonly isOver: boolean;
};
export type Outcome =
  | { readonly kind: 'award'; readonly majority: NonNullable<ReturnType<typeof majorityOf>> }
  | { readonly kind: 'replace'; readonly late: readonly Seat[] }
  | { readonly kind: 'deadlock' }
  | { readonly kind: 'wait' };

/**
 * What a panel comes to, asked after each vote and when its time is over. All voted: the majority, or a senior. The time is over: the majority
 * of those who voted; else late seats are called anew, once, and then a senior decides. A seat in doubt counts when the doubt is settled.
 */
export function standingOf(p: Standing): Outcome {
  const sound = p.ballots.filter((one) => !p.doubted.includes(one.userId));
  const everybody = p.seated.every((seat) => sound.some((one) => one.userId === seat.userId));
  const majority = majorityOf(sound, p.seats);
  if (everybody || p.isOver) {
    if (majority) return { kind: 'award', majority };
    if (everybody) return { kind: 'deadlock' };
    const late = p.seated.filter((seat) => !sound.some((one) => one.userId === seat.userId));
    return p.round === 1 && p.left > 0 ? { kind: 'replace', late } : { kind: 'deadlock' };
  }
  return { kind: 'wait' };
}

/** A party names a reason why somebody should not sit: once for each seat, while nothing is decided. */
export function decideDoubt(
  facts: Pick<PanelFacts, 'case' | 'seats'>,
  p: { readonly userId: string | undefined; readonly asked: readonly string[] },
): Result<Seat, CaseRefusal> {
  const seat = facts.seats.find((one) => one.userId === p.userId && one.state === 'seated');
  if (facts.case.state !== 'arbitration' || !seat) return refuse('NOT_YOUR_TURN');
  if (p.asked.includes(seat.userId)) return refuse('RECUSAL_ASKED');
  return done(seat);
}

/** What a panel issues: the findings of the vote that carries it, the reasons of each, and who differed. */
export const awardSaid = (
  majority: NonNullable<ReturnType<typeof majorityOf>>,
  ballots: readonly (Ballot & { readonly rank: number })[],
) => ({
  kind: 'award',
  body: {
    facts: majority.lead.judged.facts,
    weighing: majority.lead.judged.weighing,
    reasons: majority.lead.judged.reasons,
    articles: [...new Set(majority.carried.flatMap((one) => one.judged.articles))],
    remedy: majority.award.remedy,
    amount: majority.award.amount,
    liability: { ...majority.award.liability },
    votes: ballots.map((one) => ({
      rank: one.rank,
      remedy: one.award.remedy,
      amount: one.award.amount,
      reasons: one.judged.reasons,
      carries: majority.carried.some((other) => other.userId === one.userId),
    })),
  },
});
