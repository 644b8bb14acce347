import { fen, noFen, type Fen } from '../kit/money.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import type { Instant } from '../kit/time.ts';
import { findArticle } from '../rules/rules.ts';
import { objectUntil } from './clocks.rules.ts';
import { inHouse } from './procedure.rules.ts';
import type { ReasonCode, Remedy } from './reasons.data.ts';
import type { CaseRefusal } from './refusals.contract.ts';
import { reasonOf, stateAfter, type Award, type Case, type Move } from './rules.ts';
import { liable, type Liability } from './words.contract.ts';

/** What somebody at the desk decides on. */
export type DeskFacts = {
  readonly case: Case;
  readonly byId: string;
  readonly now: Instant;
  readonly refundable: Fen;
  /** Whether this person is the buyer or works in the shop. */
  readonly involved: boolean;
  /** Who had the case in hands before, by instance. */
  readonly before: readonly { readonly tier: number; readonly userId: string }[];
  readonly reissue: 'ok' | 'NO_STOCK' | 'REISSUED_OFTEN';
};
type Decided = Result<Move, CaseRefusal>;

/** The instance that hears a case in its state: 1 decides first, 2 is the panel or who sits in its place, 3 rules on the appeal. */
export const tierOf = (state: Case['state']): 1 | 2 | 3 =>
  state === 'appealed' ? 3 : state === 'chaired' ? 2 : 1;

/** Somebody takes a case (C5): not its buyer, nobody of its shop, and for an appeal nobody who had it before, nor sat on its panel (F051). */
export function decideAssign(facts: DeskFacts): Decided {
  const { case: one, byId } = facts;
  const tier = tierOf(one.state);
  const senior = tier > 1;
  const [event, by] = senior ? (['take', 'arbitrator'] as const) : (['assign', 'operator'] as const);
  if (!stateAfter(one.state, event, by)) return refuse('NOT_YOUR_TURN');
  const met = facts.before.some(
    (had) => had.userId === byId && (had.tier !== tier || one.state === 'chaired'),
  );
  if (facts.involved || met) return refuse('CONFLICT_OF_INTEREST');
  return done({ event, by, byId, facts: senior ? { seniorId: byId } : { handlerId: byId } });
}

/** The platform does not take the case up: with a code and a reason (F110). */
export function decideDecline(
  facts: DeskFacts,
  p: { readonly code: string; readonly text: string },
): Decided {
  if (!stateAfter(facts.case.state, 'decline', 'operator')) return refuse('NOT_YOUR_TURN');
  if (facts.involved) return refuse('CONFLICT_OF_INTEREST');
  return done({
    event: 'decline',
    by: 'operator',
    byId: facts.byId,
    says: [{ kind: 'declined', body: { ...p } }],
  });
}

const holds = (facts: DeskFacts): boolean => facts.case.handlerId === facts.byId;

/** Whoever has the case asks one party for something by name (C6): twice at most, a day each time. */
export function decideAsk(
  facts: DeskFacts,
  p: { readonly party: 'buyer' | 'merchant'; readonly kinds: readonly string[]; readonly text: string },
): Decided {
  if (!stateAfter(facts.case.state, 'ask', 'operator')) return refuse('NOT_YOUR_TURN');
  if (!holds(facts)) return refuse('NOT_ASSIGNED');
  if (facts.case.rounds >= inHouse(facts.case.rulebook, facts.now, 'EVIDENCE_ROUNDS'))
    return refuse('ROUNDS_OVER');
  return done({
    event: 'ask',
    by: 'operator',
    byId: facts.byId,
    facts: { rounds: facts.case.rounds + 1, turn: p.party },
    says: [{ kind: 'asked', body: { party: p.party, kinds: [...p.kinds], text: p.text } }],
  });
}

export type Judgment = {
  readonly facts: string;
  readonly weighing: string;
  readonly reasons: string;
  readonly articles: readonly string[];
  readonly remedy: Remedy | 'none';
  readonly amount: Fen | null;
  readonly liability: Liability;
  /** The scene that fits, where the buyer chose another: it costs nothing (F083). */
  readonly reason: ReasonCode | null;
};

/**
 * What a judgment awards: it cites at least one article that exists in the order's rulebook (F212, article 28), its shares of liability add
 * up and fit what it awards, and it gives no more than is left.
 */
export function awardOf(facts: DeskFacts, judged: Judgment): Result<Award, CaseRefusal> {
  const known = judged.articles.filter((no) => findArticle(facts.case.rulebook, no));
  if (known.length === 0 || known.length !== judged.articles.length) return refuse('ARTICLE_MISSING');
  const shares = liable.map((who) => judged.liability[who]);
  const sum = shares.reduce((all, share) => all + share, 0);
  const buyers = judged.liability.buyer;
  const gives = judged.remedy !== 'none';
  if (
    sum !== 100 ||
    shares.some((share) => share < 0) ||
    (gives && buyers === 100) ||
    (!gives && buyers !== 100)
  )
    return refuse('LIABILITY_WRONG');
  if (judged.remedy === 'none') return done({ remedy: 'none', amount: noFen, liability: judged.liability });
  const reason = reasonOf(judged.reason ?? facts.case.reason);
  if (!reason.remedies.includes(judged.remedy)) return refuse('REMEDY_UNFIT');
  if (judged.remedy === 'reissue' && facts.reissue !== 'ok') return refuse(facts.reissue);
  const amount = judged.remedy === 'refund' ? (judged.amount ?? facts.refundable) : facts.refundable;
  if (judged.remedy === 'refund' && amount === 0n)
    return refuse(facts.refundable === 0n ? 'NOTHING_LEFT' : 'AMOUNT_MISSING');
  if (amount > facts.refundable) return refuse('AMOUNT_TOO_HIGH', { left: facts.refundable.toString() });
  return done({ remedy: judged.remedy, amount, liability: judged.liability });
}

export const spoken = (kind: string, judged: Judgment, award: Award) => [
  {
    kind,
    body: {
      facts: judged.facts,
      weighing: judged.weighing,
      reasons: judged.reasons,
      articles: [...judged.articles],
      remedy: award.remedy,
      amount: award.amount,
      liability: { ...award.liability },
    },
  },
];
export const kept = (award: Award, judged: Judgment): Partial<Case> => ({
  awardRemedy: award.remedy,
  awardFen: award.amount,
  liability: award.liability,
  ...(judged.reason ? { reason: judged.reason } : {}),
});

/** Needs a second pair of eyes (article 28): what is awarded is above the limit. */
export const needsTwo = (amount: Fen, at: { rulebook: string; now: Instant }): boolean =>
  amount > fourEyesAbove(at);
export const fourEyesAbove = (at: { rulebook: string; now: Instant }): Fen =>
  fen(BigInt(inHouse(at.rulebook, at.now, 'FOUR_EYES')));

/** The decision of the first instance (C7). It takes effect when the time to appeal is over; above the limit somebody else signs first. */
export function decideJudge(facts: DeskFacts, judged: Judgment): Decided {
  if (!stateAfter(facts.case.state, 'decide', 'operator')) return refuse('NOT_YOUR_TURN');
  if (!holds(facts)) return refuse('NOT_ASSIGNED');
  const award = awardOf(facts, judged);
  if (!award.ok) return award;
  const two = needsTwo(award.value.amount, { rulebook: facts.case.rulebook, now: facts.now });
  return done({
    event: two ? 'propose' : 'decide',
    by: 'operator',
    byId: facts.byId,
    facts: kept(award.value, judged),
    says: spoken(two ? 'draft' : 'decision', judged, award.value),
  });
}

/** A second person signs a decision or sends it back; never the one who wrote it. */
export function decideSign(
  facts: DeskFacts,
  p: { readonly agrees: boolean; readonly text: string },
): Decided {
  const event = p.agrees ? 'countersign' : 'send_back';
  if (!stateAfter(facts.case.state, event, 'operator')) return refuse('NOT_YOUR_TURN');
  if (holds(facts)) return refuse('SAME_EYES');
  if (facts.involved) return refuse('CONFLICT_OF_INTEREST');
  return done({
    event,
    by: 'operator',
    byId: facts.byId,
    says: [{ kind: p.agrees ? 'signed' : 'sent_back', body: { text: p.text } }],
  });
}

/**
 * The one appeal is ruled by somebody who never had the case (C9), and carried out at once. Where a panel found no majority a senior rules
 * in its place; the parties may still appeal that.
 */
export function decideRule(facts: DeskFacts, judged: Judgment): Decided {
  if (!stateAfter(facts.case.state, 'rule', 'arbitrator')) return refuse('NOT_YOUR_TURN');
  if (facts.case.seniorId !== facts.byId) return refuse('NOT_ASSIGNED');
  const award = awardOf(facts, judged);
  if (!award.ok) return award;
  return done({
    event: 'rule',
    by: 'arbitrator',
    byId: facts.byId,
    facts: kept(award.value, judged),
    says: spoken('ruling', judged, award.value),
    ...(facts.case.state === 'appealed' ? { award: award.value } : {}),
  });
}

/** A shop objects to what was paid before it had answered (article 30). */
export function decideObject(p: {
  readonly rulebook: string;
  readonly paidFirst: boolean;
  readonly paidAt: Instant | null;
  readonly objected: boolean;
  readonly now: Instant;
}): Result<null, CaseRefusal> {
  if (!p.paidFirst || p.paidAt === null || p.objected || p.now > objectUntil(p.rulebook, p.paidAt))
    return refuse('OBJECTION_OVER');
  return done(null);
}
