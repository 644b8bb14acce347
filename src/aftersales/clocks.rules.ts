import { instant, plus, type Instant } from '../kit/time.ts';
import { bindingDue, bindingNumber, promised } from '../rules/overrides.rules.ts';
import type { CaseState } from './machine.ts';
import { byRule, type CaseClock, type CaseDeadline } from './procedure.rules.ts';
import {
  merchantAnswers,
  reasonOf,
  stateAfter,
  type Award,
  type Case,
  type Move,
  type Offer,
  type Turn,
} from './rules.ts';
import type { Fen } from '../kit/money.ts';

const turns: Readonly<Partial<Record<CaseState, Turn>>> = {
  negotiation: 'merchant',
  refused: 'buyer',
  lapsed: 'buyer',
  intervention: 'platform',
  review: 'platform',
  signing: 'platform',
  decided: 'buyer',
  jury: 'platform',
  arbitration: 'platform',
  chaired: 'platform',
  awarded: 'buyer',
  appealed: 'platform',
  executing: 'merchant',
};

/**
 * When the shop's answer is due: by the article of the key's kind, or within 24 hours for everything else; sooner where the scene says so, or
 * where the shop promised so itself (article 12). A promise never makes it later.
 */
export function answerClock(
  one: Pick<Case, 'reason' | 'rulebook' | 'answerHours'>,
  filedAt: Instant,
): CaseClock {
  const { silence, article, answer_hours } = reasonOf(one.reason);
  const isKey = silence === 'refund' && article === '5';
  const name = isKey ? 'MERCHANT_REMEDY' : 'FAULT_RESPONSE_MAX';
  const ruled = byRule('case.remedy', isKey ? '5' : '8', {
    version: one.rulebook,
    param: name,
    start: filedAt,
  });
  const sooner = (clock: CaseClock, hours: number | undefined, by: string): CaseClock => {
    if (hours === undefined) return clock;
    const dueAt = plus(filedAt, { hours });
    return dueAt < clock.dueAt ? { ...clock, dueAt, article: by } : clock;
  };
  // A promise counts where the rulebook lets a shop promise (rulebook 4.1 b).
  return sooner(
    sooner(ruled, answer_hours, ruled.article),
    promised(one.rulebook, name, one.answerHours),
    '12',
  );
}

const fastLane = (one: Pick<Case, 'reason'>): boolean => reasonOf(one.reason).fast === true;

/** Until when the platform decides: three working days, or 24 hours in the fast lane for virtual goods (article 27). */
export const decideClock = (one: Case, start: Instant): CaseClock =>
  byRule('case.decide', '27', {
    version: one.rulebook,
    param: fastLane(one) ? 'FAST' : 'DECIDE',
    start,
  });

/** The clocks that run in a state, the first of them is the one that people see. `now` is the moment the state began. */
export function clocksOf(one: Case, now: Instant): CaseClock[] {
  const version = one.rulebook;
  const decide = (): CaseClock => {
    const due = one.decideBy ?? decideClock(one, now).dueAt;
    return { ...decideClock(one, now), dueAt: due };
  };
  switch (one.state) {
    case 'negotiation':
      return [answerClock(one, now)];
    case 'refused':
      return [byRule('case.escalate', '26', { version, param: 'ESCALATE', start: now })];
    case 'lapsed':
      return [byRule('case.unhold', '26', { version, param: 'LAPSE_GRACE', start: now })];
    case 'intervention':
      return [byRule('case.accept', '27', { version, param: 'ACCEPT', start: now }), decide()];
    case 'review':
    case 'signing':
    case 'appealed':
      return [decide()];
    case 'evidence':
      return [byRule('case.evidence', '22', { version, param: 'EVIDENCE_WITHIN', start: now }), decide()];
    case 'decided':
      return [byRule('case.finalise', '29', { version, param: 'ARB', start: now })];
    case 'jury_asked':
      return [byRule('jury.consent', '29', { version, param: 'CROWD_CONSENT', start: now })];
    case 'jury':
      return [
        byRule('jury.close', '29', { version, param: 'CROWD_WITHIN', start: now }),
        byRule('jury.reveal', '29', { version, param: 'CROWD_COMMIT', start: now }),
      ];
    case 'arbitration':
      return [byRule('case.panel', '29', { version, param: 'PANEL_WITHIN', start: now })];
    case 'chaired':
      return [byRule('case.chair', '29', { version, param: 'CHAIR_WITHIN', start: now })];
    case 'awarded':
      return [byRule('case.final', '29', { version, param: 'APPEAL', start: now })];
    case 'executing':
      return [byRule('case.execute', '31', { version, param: 'REFUND_START', start: now })];
    case 'executed':
      return [byRule('case.close', '30', { version, param: 'OBJECT', start: now })];
    default:
      return [];
  }
}

/** The case with its clocks after a step: whose turn it is, until when, and until when the platform decides. */
export function withClocks(one: Case, now: Instant): { case: Case; clocks: CaseClock[] } {
  const clocks = clocksOf(one, now);
  const decide = clocks.find((clock) => clock.what === 'case.decide');
  const first = clocks[0];
  return {
    clocks,
    case: {
      ...one,
      turn: one.state === 'evidence' || one.state === 'jury_asked' ? one.turn : (turns[one.state] ?? null),
      sinceAt: now,
      dueAt: first?.dueAt ?? null,
      decideBy: decide?.dueAt ?? null,
    },
  };
}

/** Reminders of a clock: at half and four fifths of it, and for the escalation at the hours that article 26 names. */
export function remindersOf(one: Case, clock: CaseClock, since: Instant): Instant[] {
  if (clock.what === 'case.escalate')
    return (['ESCALATE_REMIND_FIRST', 'ESCALATE_REMIND_LAST'] as const).map((name) =>
      plus(clock.dueAt, { hours: -bindingNumber(one.rulebook, since, name) }),
    );
  const whole = clock.dueAt - since;
  return (['CLOCK_REMIND_FIRST', 'CLOCK_REMIND_LAST'] as const).map((name) =>
    instant(Math.round(since + (whole * bindingNumber(one.rulebook, since, name)) / 100)),
  );
}

/** The next reminder after `now`, if one is left. */
export const nextReminder = (reminders: readonly Instant[], now: Instant): Instant | undefined =>
  reminders.find((at) => at > now);

export type DueFacts = {
  readonly case: Case;
  readonly offer: Offer | null;
  readonly refundable: Fen;
  readonly now: Instant;
};

const refundAll = (facts: DueFacts): Award => {
  const { remedy, asked } = facts.case;
  const wanted = remedy === 'refund' && asked < facts.refundable ? asked : facts.refundable;
  return { remedy: wanted === 0n ? 'none' : 'refund', amount: wanted, liability: merchantAnswers };
};

/** What follows from a clock that has run out; undefined where something else came first. Asking again is harmless. */
export function decideDue(what: CaseDeadline, facts: DueFacts): Move | undefined {
  const { case: one } = facts;
  const move = moveOf(what, facts);
  return move && stateAfter(one.state, move.event, 'clock') ? move : undefined;
}

const byClock = { by: 'clock', byId: null } as const;

function moveOf(what: CaseDeadline, facts: DueFacts): Move | undefined {
  const { case: one } = facts;
  switch (what) {
    case 'case.remedy':
      return silence(facts);
    case 'case.escalate':
      return { event: 'lapse', ...byClock };
    case 'case.unhold':
      return { event: 'unhold', ...byClock };
    case 'case.accept':
      return { event: 'late', ...byClock };
    case 'case.evidence':
      return { event: 'fail', ...byClock, says: [{ kind: 'failure', body: { party: one.turn } }] };
    case 'case.decide':
      return tooLate(facts);
    case 'case.chair':
      return { event: 'stand', ...byClock };
    case 'case.final':
    case 'case.finalise':
      return { event: 'finalise', ...byClock, award: awardKept(one) };
    case 'case.execute':
      return { event: 'default', ...byClock, award: refundAll(facts) };
    case 'case.close':
      return { event: 'close', ...byClock };
    // What a panel or a jury comes to is asked of its votes (panel/clocks.actions.ts).
    case 'case.panel':
    case 'jury.consent':
    case 'jury.reveal':
    case 'jury.close':
      return undefined;
  }
}

/** The award that stands in a decided case. */
const awardKept = (one: Case): Award => ({
  remedy: one.awardRemedy ?? 'none',
  amount: (one.awardFen ?? 0n) as Fen,
  liability: one.liability ?? merchantAnswers,
});

/**
 * 24 hours and no act of the shop that counts (C3b): in the cases of article 5 the money goes back by itself, in all others the platform
 * steps in with the presumption for the buyer. An offer that nobody took is not silence: the buyer decides what comes next.
 */
function silence(facts: DueFacts): Move {
  const { case: one } = facts;
  if (facts.offer) return { event: 'stall', ...byClock };
  const { silence: then, article } = reasonOf(one.reason);
  // A binding rule that nobody ticked counts as not told: with nothing from the shop the buyer wins (article 22, F106).
  const untold = one.reason === 'BINDING_UNDISCLOSED' && one.presumed;
  if (then === 'refund' || untold)
    return { event: 'silence_refund', ...byClock, article, award: refundAll(facts) };
  return { event: 'silence_intervene', ...byClock, facts: { presumed: true } };
}

/**
 * The platform is late (article 27): with first evidence of the buyer the money is paid first, which the shop may object to; otherwise,
 * and in an appeal, an alarm is raised.
 */
function tooLate(facts: DueFacts): Move {
  const { case: one } = facts;
  const shown = one.presumed || reasonOf(one.reason).burden === 'merchant';
  if (one.state === 'appealed' || !shown) return { event: 'late', ...byClock };
  return { event: 'overdue', ...byClock, award: refundAll(facts), paidFirst: true };
}

/** Until when a shop may object to what was paid first. */
export const objectUntil = (rulebook: string, paidAt: Instant): Instant =>
  bindingDue(rulebook, 'OBJECT', paidAt).dueAt;
