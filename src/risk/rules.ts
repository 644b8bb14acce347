import { nextState } from '../kit/machine.ts';
import { fen, type Fen } from '../kit/money.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { instant, plus, type Instant } from '../kit/time.ts';
import { dueBy, param } from '../rules/rules.ts';
import type { RiskRefusal } from './contract.ts';
import {
  alarmTable,
  measureTable,
  penaltyTable,
  reviewTable,
  ticketTable,
  type MeasureEvent,
  type MeasureState,
  type TicketEvent,
  type TicketState,
} from './machine.ts';
import {
  buyerLadder,
  merchantLadder,
  type MeasureStep,
  type Side,
  type SignalKind,
  type TicketKind,
} from './words.contract.ts';

export type Signal = {
  readonly id: string;
  readonly side: Side;
  readonly kind: SignalKind;
  readonly at: Instant;
};
/** The case, order or exhibit that shows a fact, and a few plain words. */
export type Evidence = {
  readonly caseId?: string;
  readonly orderId?: string;
  readonly exhibit?: number;
  readonly says?: string;
};
export type NewSignal = {
  readonly subjectId: string;
  readonly side: Side;
  readonly kind: SignalKind;
  /** What makes it the same fact: the case, the exhibit's hash, the message. */
  readonly ref: string;
  readonly evidence: Evidence;
};

export type Measure = {
  readonly id: string;
  readonly subjectId: string;
  readonly side: Side;
  readonly step: MeasureStep;
  readonly state: MeasureState;
  readonly steps: number;
  readonly signals: readonly string[];
  readonly reasons: string;
  readonly articles: readonly string[];
  readonly rulebook: string;
  readonly proposedBy: string;
  readonly proposedAt: Instant;
  readonly confirmedBy: string | null;
  readonly startsAt: Instant | null;
  readonly endsAt: Instant | null;
  readonly appealUntil: Instant | null;
  readonly heardBy: string | null;
  readonly endedAt: Instant | null;
};
type Actor = 'operator' | 'buyer' | 'merchant' | 'clock';

/** The state after an event, by the table of the side; undefined where it leads nowhere. */
export const measureAfter = (
  side: Side,
  state: MeasureState,
  event: MeasureEvent,
  by: Actor,
): MeasureState | undefined =>
  nextState(side === 'buyer' ? measureTable : penaltyTable, state, event, by) as MeasureState | undefined;
export const articleOfMeasure = (side: Side, event: MeasureEvent): string =>
  event === 'uphold' || event === 'overturn' ? '28' : side === 'buyer' ? '38' : '34';

const inForce: readonly MeasureState[] = ['running', 'appealed', 'upheld'];
/** Whether a measure binds now: an appeal does not suspend it, and what has ended by time binds no more, whether or not the clock has fired. */
export const binds = (one: Pick<Measure, 'state' | 'endsAt'>, now: Instant): boolean =>
  inForce.includes(one.state) && (one.endsAt === null || now < one.endsAt);

/** What may be answered by a ban at once (article 34). */
const severe: readonly SignalKind[] = ['stolen_cards', 'malware', 'fraud', 'lure'];

export const windowStart = (side: Side, version: string, now: Instant): Instant =>
  plus(now, { days: -param(version, side === 'buyer' ? 'ABUSE_WINDOW' : 'PENALTY_WINDOW') });

/** How far up the ladder somebody stands by what was confirmed within the window and not lifted; 0: nothing yet. */
export function rungOf(side: Side, measures: readonly Measure[], version: string, now: Instant): number {
  const ladder: readonly MeasureStep[] = side === 'buyer' ? buyerLadder : merchantLadder;
  const since = windowStart(side, version, now);
  const counted = measures.filter(
    (one) =>
      one.side === side &&
      one.startsAt !== null &&
      one.startsAt > since &&
      one.state !== 'lifted' &&
      one.state !== 'rejected',
  );
  return Math.max(0, ...counted.map((one) => ladder.indexOf(one.step) + 1));
}

/** Evidence within the window that no measure has used yet; what a lifted or rejected one had used counts for it and not again. */
export function freshSignals(
  side: Side,
  signals: readonly Signal[],
  measures: readonly Measure[],
  p: { version: string; now: Instant },
): Signal[] {
  const used = new Set(measures.flatMap((one) => one.signals));
  const since = windowStart(side, p.version, p.now);
  return signals.filter((one) => one.side === side && !used.has(one.id) && one.at > since);
}

/** The step that new evidence leads to: the next of the ladder, of a shop with a severe finding the ban at once; null without enough of it. */
export function stepFor(
  side: Side,
  signals: readonly Signal[],
  measures: readonly Measure[],
  p: { version: string; now: Instant },
): MeasureStep | null {
  const fresh = freshSignals(side, signals, measures, p);
  const needed = side === 'buyer' ? param(p.version, 'ABUSE_EVIDENCE') : 1;
  if (fresh.length < needed) return null;
  if (side === 'merchant' && fresh.some((one) => severe.includes(one.kind))) return 'ban';
  const ladder: readonly MeasureStep[] = side === 'buyer' ? buyerLadder : merchantLadder;
  return ladder[Math.min(rungOf(side, measures, p.version, p.now), ladder.length - 1)] ?? null;
}

export type Proposal = {
  readonly side: Side;
  readonly step: MeasureStep;
  readonly signals: readonly string[];
  readonly reasons: string;
};
export type ProposalFacts = {
  readonly signals: readonly Signal[];
  readonly measures: readonly Measure[];
  readonly version: string;
  readonly now: Instant;
  /** Whoever proposes is the subject, or works for it. */
  readonly involved: boolean;
};

/**
 * Whether a measure can be proposed: on evidence that is this subject's, in the window and not used before, no higher than the ladder
 * leads (a milder step is always allowed), one at a time, by somebody who has no part in it (articles 34, 38).
 */
export function decidePropose(p: Proposal, facts: ProposalFacts): Result<{ fresh: string[] }, RiskRefusal> {
  if (facts.involved) return refuse('CONFLICT_OF_INTEREST');
  if (facts.measures.some((one) => one.state === 'proposed')) return refuse('MEASURE_PENDING');
  const ladder: readonly MeasureStep[] = p.side === 'buyer' ? buyerLadder : merchantLadder;
  if (!ladder.includes(p.step)) return refuse('STEP_UNFIT');
  const fresh = freshSignals(p.side, facts.signals, facts.measures, facts);
  const named = fresh.filter((one) => p.signals.includes(one.id));
  if (named.length === 0 || named.length !== new Set(p.signals).size) return refuse('EVIDENCE_MISSING');
  const most = stepFor(p.side, named, facts.measures, facts);
  if (most === null) return refuse('EVIDENCE_MISSING');
  if (ladder.indexOf(p.step) > ladder.indexOf(most)) return refuse('STEP_TOO_HIGH', { most });
  return done({ fresh: named.map((one) => one.id) });
}

type Deciding = { readonly byId: string; readonly now: Instant; readonly involved: boolean };

/** When a measure ends and until when it can be appealed: an article each. A ban ends only by appeal. */
export function termsOfMeasure(
  one: Pick<Measure, 'side' | 'step' | 'rulebook'>,
  at: Instant,
): { endsAt: Instant | null; appealUntil: Instant } {
  const isBuyer = one.side === 'buyer';
  return {
    endsAt:
      one.step === 'ban' ? null : dueBy(one.rulebook, isBuyer ? 'MEASURE_TERM' : 'PENALTY_WINDOW', at).dueAt,
    appealUntil: dueBy(one.rulebook, isBuyer ? 'MEASURE_APPEAL' : 'PEN_APPEAL', at).dueAt,
  };
}

/** A second person confirms or rejects what the first proposed (DESIGN 8: bans need two people). */
export function decideSecond(one: Measure, p: Deciding & { agrees: boolean }): Result<Measure, RiskRefusal> {
  const to = measureAfter(one.side, one.state, p.agrees ? 'confirm' : 'reject', 'operator');
  if (!to) return refuse('MEASURE_MOVED_ON');
  if (p.involved) return refuse('CONFLICT_OF_INTEREST');
  if (p.byId === one.proposedBy) return refuse('SECOND_PERSON_NEEDED');
  const moved = { ...one, state: to, steps: one.steps + 1 };
  return p.agrees
    ? done({ ...moved, confirmedBy: p.byId, startsAt: p.now, ...termsOfMeasure(one, p.now) })
    : done({ ...moved, endedAt: p.now });
}

/** Whom it is about appeals, once, in time. The measure goes on meanwhile. */
export function decideAppealMeasure(one: Measure, now: Instant): Result<Measure, RiskRefusal> {
  const to = measureAfter(one.side, one.state, 'appeal', one.side === 'buyer' ? 'buyer' : 'merchant');
  if (!to) return refuse(one.state === 'appealed' ? 'APPEALED_ALREADY' : 'MEASURE_MOVED_ON');
  if (one.appealUntil !== null && now > one.appealUntil) return refuse('APPEAL_OVER');
  return done({ ...one, state: to, steps: one.steps + 1 });
}

/** Somebody else than the two who decided hears the appeal (article 28). */
export function decideHear(one: Measure, p: Deciding & { upholds: boolean }): Result<Measure, RiskRefusal> {
  const to = measureAfter(one.side, one.state, p.upholds ? 'uphold' : 'overturn', 'operator');
  if (!to) return refuse('MEASURE_MOVED_ON');
  if (p.involved) return refuse('CONFLICT_OF_INTEREST');
  if (p.byId === one.proposedBy || p.byId === one.confirmedBy) return refuse('THIRD_PERSON_NEEDED');
  return done({
    ...one,
    state: to,
    steps: one.steps + 1,
    heardBy: p.byId,
    endedAt: p.upholds ? one.endedAt : p.now,
  });
}

/** The clock ends a measure whose time is over; undefined where there is nothing to end. */
export function decideEnd(one: Measure, now: Instant): Measure | undefined {
  const to = measureAfter(one.side, one.state, 'end', 'clock');
  return to && one.endsAt !== null && one.endsAt <= now
    ? { ...one, state: to, steps: one.steps + 1, endedAt: now }
    : undefined;
}

/** What a buyer may less than others. Filing a case, 12315 and the courts are never among it. */
export type Restrictions = {
  readonly firstPay: 'usual' | 'limited' | 'off';
  /** Of cases that are paid first, so many may be open at once; null: as usual. */
  readonly parallelMax: number | null;
  /** Of risky goods, so much a day; null: as usual. */
  readonly goodsDay: Fen | null;
  readonly measureId: string | null;
};
export const unrestricted: Restrictions = {
  firstPay: 'usual',
  parallelMax: null,
  goodsDay: null,
  measureId: null,
};

/** The restrictions that the measures of a buyer bring now: those of the highest step in force. */
export function restrictionsBy(
  measures: readonly Pick<Measure, 'id' | 'step' | 'state' | 'endsAt' | 'rulebook'>[],
  now: Instant,
): Restrictions {
  const [top] = measures
    .filter((one) => binds(one, now))
    .toSorted((a, b) => buyerLadder.indexOf(b.step as never) - buyerLadder.indexOf(a.step as never));
  if (!top || top.step === 'notice') return unrestricted;
  return {
    firstPay: top.step === 'fewer_fast' ? 'limited' : 'off',
    parallelMax: top.step === 'fewer_fast' ? param(top.rulebook, 'ABUSE_PARALLEL') : null,
    goodsDay: top.step === 'limit_goods' ? fen(BigInt(param(top.rulebook, 'ABUSE_GOODS_DAY'))) : null,
    measureId: top.id,
  };
}

/** What a decision about a case, or a penalty, does to a shop's score (article 36). A shop that settles by itself loses nothing. */
export const scorePoints = {
  decided: -5,
  verified: -5,
  silent: -3,
  warning: -20,
  ban: -100,
  overturned_warning: 20,
  overturned_ban: 100,
} as const;
export type ScoreKind = keyof typeof scorePoints;

/** Article 47: silent for so long, with so many cases open that wait. */
export const isRunaway = (
  p: { lastActAt: Instant; openCases: number },
  version: string,
  now: Instant,
): boolean =>
  now >= plus(p.lastActAt, { hours: param(version, 'SILENT') }) &&
  p.openCases >= param(version, 'SILENT_CASES');

/** Until when the deposit of a shop that leaves stays: 90 days, or the longest warranty that still runs, from its last completed order (article 35). */
export const depositLockedUntil = (
  p: { lastCompletedAt: Instant; longestWarranty_days: number },
  version: string,
): Instant => plus(p.lastCompletedAt, { days: Math.max(param(version, 'DEP_LOCK'), p.longestWarranty_days) });

const tableOf = (kind: TicketKind) =>
  kind === 'runaway' ? alarmTable : kind === 'velocity' ? reviewTable : ticketTable;
export const ticketAfter = (
  kind: TicketKind,
  state: TicketState,
  event: TicketEvent,
  by: 'operator' | 'system' | 'clock',
): TicketState | undefined =>
  nextState(tableOf(kind), state as never, event as never, by) as TicketState | undefined;
export const articleOfTicket = (kind: TicketKind): string =>
  kind === 'runaway' ? '47' : kind === 'velocity' ? '49' : '36';

export type Ticket = {
  readonly id: string;
  readonly kind: TicketKind;
  readonly subjectId: string;
  readonly state: TicketState;
  readonly steps: number;
  readonly proposedBy: string | null;
  readonly endedBy: string | null;
  readonly endedAt: Instant | null;
};

/** The events after which a ticket waits for nobody. */
const lasts: readonly TicketEvent[] = ['raise', 'open', 'propose_lift', 'keep', 'report'];

/** One step of a ticket. Who lifts a freeze is not who proposed it (article 47). */
export function decideTicket(
  one: Ticket,
  p: {
    event: TicketEvent;
    by: 'operator' | 'system' | 'clock';
    byId: string | null;
    now: Instant;
    involved: boolean;
  },
): Result<Ticket, RiskRefusal> {
  const to = ticketAfter(one.kind, one.state, p.event, p.by);
  if (!to) return refuse('TICKET_MOVED_ON');
  if (p.involved) return refuse('CONFLICT_OF_INTEREST');
  if (p.event === 'lift' && p.byId === one.proposedBy) return refuse('SECOND_PERSON_NEEDED');
  const ends = !lasts.includes(p.event);
  return done({
    ...one,
    state: to,
    steps: one.steps + 1,
    proposedBy: p.event === 'propose_lift' ? p.byId : p.event === 'keep' ? null : one.proposedBy,
    endedBy: ends ? p.byId : null,
    endedAt: ends ? p.now : null,
  });
}

/** A rate with its sample, in hundredths of a percent; null while the sample is too small to say anything (article 36). */
export type DisputeRate = { readonly orders: number; readonly disputed: number; readonly bps: number | null };
export const disputeRate = (p: { orders: number; disputed: number }, version: string): DisputeRate => ({
  ...p,
  bps: p.orders < param(version, 'RATE_SAMPLE') ? null : Math.round((p.disputed * 10_000) / p.orders),
});
/** 'badge' below the first limit, 'review' from it on, 'freeze' from the second on; null: no rate. */
export function rateLevel({ bps }: DisputeRate, version: string): 'badge' | 'review' | 'freeze' | null {
  if (bps === null) return null;
  if (bps >= param(version, 'DISPUTE_FREEZE') * 100) return 'freeze';
  return bps >= param(version, 'DISPUTE_BADGE') * 100 ? 'review' : 'badge';
}

/** Whether an order is of high value (article 48). */
export const isHighValue = (total: Fen, version: string): boolean =>
  total >= BigInt(param(version, 'HIGH_VALUE'));

export type Health = {
  /** Deliveries of the last half hour, each with its delay and promise in seconds. */
  readonly delays: readonly { seconds: number; promise: number }[];
  /** Free keys of all its variants; null where nothing is counted. */
  readonly stock: number | null;
  /** Whether a supplier has enough for one more; null where none delivers. */
  readonly supplierShort: boolean | null;
};

/** The 95th percentile by rank; null of nothing. */
export function p95(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? null;
}

/** Why a listing pauses now by what was measured (article 46), none: it is well. */
export function unhealthy(health: Health, version: string): ('delay' | 'stock_out' | 'supplier')[] {
  const over = p95(health.delays.map((one) => one.seconds - one.promise));
  const isLate = health.delays.length >= param(version, 'HEALTH_SAMPLE') && over !== null && over > 0;
  return [
    ...(isLate ? ['delay' as const] : []),
    ...(health.stock === 0 ? ['stock_out' as const] : []),
    ...(health.supplierShort === true ? ['supplier' as const] : []),
  ];
}

/** The first instant of the half hour that is looked at. */
export const healthSince = (version: string, now: Instant): Instant =>
  instant(now - param(version, 'HEALTH_DELAY') * 60_000);
