import { noFen, type Fen } from '../kit/money.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import type { Instant } from '../kit/time.ts';
import { bindingDue } from '../rules/overrides.rules.ts';
import type { DefenceCode } from './exhibits.data.ts';
import type { CaseEvent } from './machine.ts';
import { inHouse } from './procedure.rules.ts';
import type { Remedy } from './reasons.data.ts';
import type { CaseRefusal } from './refusals.contract.ts';
import {
  fulfils,
  merchantAnswers,
  reasonOf,
  stateAfter,
  type Award,
  type Case,
  type Exhibit,
  type Move,
  type Offer,
} from './rules.ts';

/** What a party's move is decided on. */
export type MoveFacts = {
  readonly case: Case;
  readonly byId: string;
  readonly now: Instant;
  /** What can still be refunded for the case. */
  readonly refundable: Fen;
  /** The shop's offer that waits for an answer. */
  readonly offer: Offer | null;
  /** Whether the pool has a key for each place, and none was replaced too often. */
  readonly reissue: 'ok' | 'NO_STOCK' | 'REISSUED_OFTEN';
};
type Decided = Result<Move, CaseRefusal>;
type Demand = { readonly remedy: Remedy; readonly amount: Fen | null };

const able = (facts: MoveFacts, event: CaseEvent, by: 'buyer' | 'merchant'): boolean =>
  stateAfter(facts.case.state, event, by) !== undefined;

/** The amount of a demand or an offer: of a refund what is named, else all that is left. */
function amountOf(facts: MoveFacts, demand: Demand): Result<Fen, CaseRefusal> {
  if (!reasonOf(facts.case.reason).remedies.includes(demand.remedy)) return refuse('REMEDY_UNFIT');
  if (demand.remedy !== 'refund') return done(facts.refundable);
  const amount = demand.amount ?? facts.refundable;
  if (amount === 0n) return refuse(facts.refundable === 0n ? 'NOTHING_LEFT' : 'AMOUNT_MISSING');
  if (amount > facts.refundable) return refuse('AMOUNT_TOO_HIGH', { left: facts.refundable.toString() });
  return done(amount);
}

const awardOf = (remedy: Remedy, amount: Fen): Award => ({ remedy, amount, liability: merchantAnswers });

function settled(facts: MoveFacts, move: Move, award: Award): Decided {
  if (award.remedy === 'reissue' && facts.reissue !== 'ok') return refuse(facts.reissue);
  return done({ ...move, award });
}

/** The shop does what was asked for (C2). */
export function decideAgree(facts: MoveFacts): Decided {
  if (!able(facts, 'agree', 'merchant')) return refuse('NOT_YOUR_TURN');
  const { remedy, asked } = facts.case;
  const amount = asked < facts.refundable ? asked : facts.refundable;
  return settled(facts, { event: 'agree', by: 'merchant', byId: facts.byId }, awardOf(remedy, amount));
}

/** The shop offers another way; one that gives all that was asked is an agreement. The clock runs on. */
export function decideOffer(facts: MoveFacts, offer: Demand & { readonly text: string }): Decided {
  if (!able(facts, 'offer', 'merchant')) return refuse('NOT_YOUR_TURN');
  const amount = amountOf(facts, offer);
  if (!amount.ok) return amount;
  const given = { remedy: offer.remedy, amount: amount.value };
  if (fulfils(given, { remedy: facts.case.remedy, amount: facts.case.asked })) return decideAgree(facts);
  if (offer.remedy === 'reissue' && facts.reissue !== 'ok') return refuse(facts.reissue);
  return done({
    event: 'offer',
    by: 'merchant',
    byId: facts.byId,
    facts: { offers: facts.case.offers + 1 },
    says: [{ kind: 'offer', body: { ...given, text: offer.text } }],
  });
}

/**
 * The shop refuses (C3): it names a defence that the list of article 22 knows and shows evidence for it. "User error" alone is not heard,
 * nor is a refusal without evidence: the clock runs on (F103).
 */
export function decideRefuse(
  facts: MoveFacts,
  p: { readonly defence: DefenceCode; readonly text: string; readonly exhibit: Exhibit | null },
): Decided {
  if (!able(facts, 'refuse', 'merchant')) return refuse('NOT_YOUR_TURN');
  if (p.defence === 'USER_ERROR') return refuse('USER_ERROR_ALONE');
  if (!p.exhibit) return refuse('EXHIBIT_MISSING');
  return done({
    event: 'refuse',
    by: 'merchant',
    byId: facts.byId,
    says: [{ kind: 'refusal', body: { defence: p.defence, text: p.text } }],
    shows: [p.exhibit],
  });
}

/** The buyer takes the offer. */
export function decideAccept(facts: MoveFacts): Decided {
  if (!able(facts, 'accept', 'buyer')) return refuse('NOT_YOUR_TURN');
  if (!facts.offer) return refuse('NO_OFFER');
  const { remedy } = facts.offer;
  const amount = facts.offer.amount < facts.refundable ? facts.offer.amount : facts.refundable;
  return settled(facts, { event: 'accept', by: 'buyer', byId: facts.byId }, awardOf(remedy, amount));
}

/** The buyer asks for something else: it replaces the demand, ends an offer, and stops no clock. */
export function decideCounter(facts: MoveFacts, demand: Demand & { readonly text: string }): Decided {
  if (!able(facts, 'counter', 'buyer')) return refuse('NOT_YOUR_TURN');
  const amount = amountOf(facts, demand);
  if (!amount.ok) return amount;
  return done({
    event: 'counter',
    by: 'buyer',
    byId: facts.byId,
    facts: { remedy: demand.remedy, asked: amount.value },
    says: [{ kind: 'demand', body: { remedy: demand.remedy, amount: amount.value, text: demand.text } }],
  });
}

/** The buyer withdraws (C13): the money goes back to its course. */
export function decideWithdraw(facts: MoveFacts, text: string): Decided {
  if (!able(facts, 'withdraw', 'buyer')) return refuse('NOT_YOUR_TURN');
  return done({
    event: 'withdraw',
    by: 'buyer',
    byId: facts.byId,
    says: [{ kind: 'withdrawal', body: { text } }],
  });
}

/**
 * The buyer asks the platform to decide (C4): after a refusal within the 48 hours, or at once when two offers led nowhere (F116). A case
 * that lapsed reopens once, with its cause (article 26): lateness costs no right.
 */
export function decideEscalate(facts: MoveFacts, text: string): Decided {
  const { case: one, now } = facts;
  const says = [{ kind: 'request', body: { text } }];
  if (one.state === 'lapsed') return decideReopen(facts, text);
  if (!able(facts, 'escalate', 'buyer')) return refuse('NOT_YOUR_TURN');
  if (one.state === 'negotiation' && one.offers < inHouse(one.rulebook, now, 'OFFER_ROUNDS'))
    return refuse('TOO_EARLY');
  if (one.state === 'refused' && one.dueAt !== null && now > one.dueAt) return refuse('ESCALATION_OVER');
  return done({ event: 'escalate', by: 'buyer', byId: facts.byId, says });
}

function decideReopen(facts: MoveFacts, text: string): Decided {
  const { case: one, now } = facts;
  const lapsedAt = one.sinceAt;
  if (one.reopened || lapsedAt === null || now > bindingDue(one.rulebook, 'REOPEN', lapsedAt).dueAt)
    return refuse('REOPENING_OVER');
  if (text.trim().length < 2) return refuse('ESCALATION_OVER');
  return done({
    event: 'reopen',
    by: 'buyer',
    byId: facts.byId,
    facts: { reopened: true },
    says: [{ kind: 'cause', body: { text } }],
  });
}

/** A party that disagrees with a decision asks that somebody else looks again, once (C8, C9). */
export function decideAppeal(
  facts: MoveFacts,
  p: { readonly side: 'buyer' | 'merchant'; readonly ground: string; readonly text: string },
): Decided {
  const { case: one, now } = facts;
  if (!able(facts, 'appeal', p.side) || (one.dueAt !== null && now > one.dueAt)) return refuse('APPEAL_OVER');
  return done({
    event: 'appeal',
    by: p.side,
    byId: facts.byId,
    says: [{ kind: 'appeal', body: { ground: p.ground, text: p.text } }],
  });
}

/** The shop has done what it owed. */
export function decidePerform(facts: MoveFacts, text: string): Decided {
  if (!able(facts, 'perform', 'merchant') || facts.case.awardRemedy !== 'perform')
    return refuse('NOT_YOUR_TURN');
  return done({
    event: 'perform',
    by: 'merchant',
    byId: facts.byId,
    says: [{ kind: 'performance', body: { text } }],
    award: { remedy: 'perform', amount: noFen, liability: merchantAnswers },
  });
}

/** More evidence of a party: while it was asked for, it ends the round of that party (C6). */
export function decideExhibit(
  facts: MoveFacts,
  p: { readonly side: 'buyer' | 'merchant'; readonly exhibit: Exhibit; readonly count: number },
): Result<Move | { readonly shows: readonly Exhibit[] }, CaseRefusal> {
  if (facts.case.endedAt !== null || facts.case.state === 'executed') return refuse('NOT_YOUR_TURN');
  if (p.count >= 40) return refuse('EXHIBITS_FULL');
  const shows = [p.exhibit];
  if (facts.case.state !== 'evidence' || facts.case.turn !== p.side) return done({ shows });
  return done({ event: 'produce', by: p.side, byId: facts.byId, shows });
}
