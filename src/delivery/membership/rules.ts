import { must } from '../../kit/assert.ts';
import { nextState, type Actor } from '../../kit/machine.ts';
import type { Fen } from '../../kit/money.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { instant, plus, type Instant } from '../../kit/time.ts';
import type { MembershipContent, MembershipTerm, ListingContent } from '../../catalog/content.contract.ts';
import type { MembershipRefusal } from './contract.ts';
import { membershipTable, type MembershipEvent, type MembershipState } from './machine.ts';
import { daysLater, daysLeft, daysStopped, stretchOf, stretchOfDays } from './term.rules.ts';

export type Membership = {
  readonly shopId: string;
  readonly id: string;
  readonly buyerId: string;
  readonly listingId: string;
  readonly variantId: string;
  readonly level: string;
  readonly state: MembershipState;
  readonly rulebook: string;
  readonly begunAt: Instant | null;
  readonly endsAt: Instant | null;
  readonly suspendedAt: Instant | null;
  /** How many days before its end it was last reminded; null since it was bought last. */
  readonly reminded: number | null;
  readonly changes: number;
};
export type Period = {
  readonly shopId: string;
  readonly orderId: string;
  readonly line: number;
  readonly membershipId: string;
  readonly nth: number;
  readonly term: MembershipTerm;
  readonly total: Fen;
  readonly from: Instant | null;
  readonly until: Instant | null;
  readonly days: number | null;
  readonly pausedDays: number;
  readonly endedAt: Instant | null;
};
/** A membership with its periods, oldest first. */
export type Member = { readonly membership: Membership; readonly periods: readonly Period[] };

const step = (state: MembershipState, event: MembershipEvent, by: Actor): MembershipState | undefined =>
  nextState(membershipTable, state as never, event, by) as MembershipState | undefined;

/** The term of what was bought: the variant's own, else the listing's, as often as it was bought. */
export function termOf(
  content: Pick<ListingContent, 'variants'>,
  membership: MembershipContent,
  bought: { readonly variantId: string; readonly quantity: number },
): MembershipTerm {
  const own = content.variants.find((one) => one.id === bought.variantId)?.term ?? membership.term;
  return { count: own.count * bought.quantity, unit: own.unit };
}

/** What a member of the newest version is told and held to. */
export type Bought = {
  readonly period: Pick<Period, 'shopId' | 'orderId' | 'line' | 'term' | 'total'>;
  readonly variantId: string;
  readonly level: string;
  readonly rulebook: string;
  readonly starts: MembershipContent['starts'];
};

/**
 * One more term for a member: it goes on where the last one ends, and begins now where none runs (VGSR article 13). The first term of a
 * membership that its buyer starts waits until then.
 */
export function grant(member: Member, bought: Bought, now: Instant): Member {
  const { membership, periods } = member;
  const event = membership.state === 'none' ? 'grant' : 'renew';
  const state = must(
    step(membership.state, event, 'system'),
    `a membership can be bought while ${membership.state}`,
  );
  const fresh: Period = {
    ...bought.period,
    membershipId: membership.id,
    nth: periods.length + 1,
    from: null,
    until: null,
    days: null,
    pausedDays: 0,
    endedAt: null,
  };
  const { variantId, level, rulebook } = bought;
  const after: Member = {
    membership: {
      ...membership,
      variantId,
      level,
      rulebook,
      state,
      reminded: null,
      changes: membership.changes + 1,
    },
    periods: [...periods, fresh],
  };
  if (state === 'pending') return bought.starts === 'buyer' ? after : begun(after, 'system', now);
  // A stopped membership that has not begun keeps its terms waiting; one that has stands still at the moment of the stop.
  return state === 'suspended' && membership.begunAt === null
    ? after
    : laid(after, countedAt(membership, now));
}

/** The waiting terms begin, one after another. */
function begun(member: Member, by: Actor, now: Instant): Member {
  const state = must(step(member.membership.state, 'start', by), 'a waiting membership can begin');
  const { changes } = member.membership;
  return laid({ ...member, membership: { ...member.membership, state, changes: changes + 1 } }, now);
}

/** Gives every waiting term its place: after the last one that runs, or from now on. */
function laid({ membership, periods }: Member, now: Instant): Member {
  let end = instant(Math.max(now, ...periods.filter(runs).map((one) => must(one.until, 'a laid term ends'))));
  const placed = periods.map((one) => {
    if (one.from !== null || one.endedAt !== null) return one;
    const stretch = stretchOf(end, one.term);
    end = stretch.until;
    return { ...one, ...stretch };
  });
  return withTimes({ membership, periods: placed });
}

const runs = (one: Period): boolean => one.from !== null && one.endedAt === null;

/** The membership's own times follow from its terms. */
function withTimes({ membership, periods }: Member): Member {
  const laidOut = periods.filter(runs);
  const first = laidOut[0]?.from ?? null;
  const last = laidOut.at(-1)?.until ?? null;
  return { periods, membership: { ...membership, begunAt: membership.begunAt ?? first, endsAt: last } };
}

/** The buyer, or the clock, starts a membership that waits. Starting what runs is refused. */
export function decideStart(
  member: Member | undefined,
  by: 'buyer' | 'clock',
  now: Instant,
): Result<Member, MembershipRefusal> {
  if (!member) return refuse('MEMBERSHIP_NOT_FOUND');
  if (!step(member.membership.state, 'start', by)) return refuse('MEMBERSHIP_NOT_WAITING');
  return done(begun(member, by, now));
}

/** A hold stops the days (VGSR article 22): none is lost while a case is open. Undefined where nothing can be stopped. */
export function suspend({ membership, periods }: Member, now: Instant): Member | undefined {
  const state = step(membership.state, 'suspend', 'system');
  if (!state) return undefined;
  return { periods, membership: { ...membership, state, suspendedAt: now, changes: membership.changes + 1 } };
}

/** The days go on: the running term and all after it end later, by the days of the stop, a begun one counting whole. */
export function resume({ membership, periods }: Member, now: Instant): Member | undefined {
  const { suspendedAt, changes } = membership;
  if (membership.state !== 'suspended' || suspendedAt === null) return undefined;
  const stopped = daysStopped(suspendedAt, now);
  const event = membership.begunAt === null ? 'reopen' : 'resume';
  const state = must(step('suspended', event, 'system'), 'a stopped membership goes on');
  const moved = periods.map((one) => {
    if (one.endedAt !== null || one.from === null || one.until === null || one.until <= suspendedAt)
      return one;
    const until = daysLater(one.until, stopped);
    return one.from <= suspendedAt
      ? { ...one, until, pausedDays: one.pausedDays + stopped }
      : { ...one, from: daysLater(one.from, stopped), until };
  });
  return withTimes({
    periods: moved,
    membership: { ...membership, state, suspendedAt: null, changes: changes + 1 },
  });
}

/**
 * A term whose money went back gives no days any more (VGSR article 31): those after it begin earlier, each with all of its days. The
 * membership ends with its last term. Undefined where the term gave none already.
 */
export function endPeriod(
  { membership, periods }: Member,
  at: { readonly orderId: string; readonly line: number },
  now: Instant,
): Member | undefined {
  const gone = periods.find((one) => one.orderId === at.orderId && one.line === at.line);
  if (!gone || gone.endedAt !== null) return undefined;
  const still = countedAt(membership, now);
  const left = periods.filter(
    (one) => one !== gone && one.endedAt === null && (one.until === null || one.until > still),
  );
  const state = step(membership.state, left.length > 0 ? 'shorten' : 'end', 'system');
  const closed = periods.map((one) => (one === gone ? { ...one, endedAt: now } : one));
  // What is over stays as it was; only its money moved.
  if (!state) return { membership, periods: closed };
  const changed = { ...membership, state, changes: membership.changes + 1 };
  if (state === 'ended') return { periods: closed, membership: { ...changed, suspendedAt: null } };
  return withTimes({ membership: changed, periods: closedUp(closed, gone, still) });
}

/** Terms that come after a gap begin where it begins; one that was over leaves no gap. */
function closedUp(periods: readonly Period[], gone: Period, still: Instant): readonly Period[] {
  if (gone.from === null || gone.until === null || gone.until <= still) return periods;
  let end = gone.from > still ? gone.from : still;
  return periods.map((one) => {
    if (one.nth <= gone.nth || one.endedAt !== null || one.days === null) return one;
    const stretch = stretchOfDays(end, one.days);
    end = stretch.until;
    return { ...one, ...stretch };
  });
}

/** Before its end a member is reminded: a week and a day ahead, where at least as long has run (VGSR article 19). */
export const reminders = [
  ['membership.near', 7],
  ['membership.last', 1],
] as const;
/** A membership that its buyer does not start begins by itself after so long. */
export const startsAfter_days = 30;

export type Timer = {
  readonly what: 'membership.near' | 'membership.last' | 'membership.end' | 'membership.start';
  readonly dueAt: Instant;
};

/** What the clock must do next about a membership, counted from now on. */
export function timersOf({ membership }: Member, now: Instant): Timer[] {
  const { state, endsAt, begunAt } = membership;
  if (state === 'pending')
    return [{ what: 'membership.start', dueAt: plus(now, { days: startsAfter_days }) }];
  if ((state !== 'active' && state !== 'expiring') || endsAt === null) return [];
  return [
    ...reminders
      .map(([what, days]) => [what, days, daysLater(endsAt, -days)] as const)
      .filter(([, days, dueAt]) => dueAt > now && dueAt >= daysLater(begunAt ?? now, days))
      .map(([what, , dueAt]) => ({ what, dueAt })),
    { what: 'membership.end' as const, dueAt: endsAt },
  ];
}

/** A reminder that has come: the membership is running out. Undefined where it was told, was bought again meanwhile, or does not run. */
export function remind(member: Member, days: number, now: Instant): Member | undefined {
  const { membership } = member;
  const state = step(membership.state, 'remind', 'clock');
  if (!state || membership.endsAt === null || now < daysLater(membership.endsAt, -days)) return undefined;
  if (membership.reminded !== null && membership.reminded <= days) return undefined;
  return {
    ...member,
    membership: { ...membership, state, reminded: days, changes: membership.changes + 1 },
  };
}

/** The last day is over. Undefined where it is not, or does not run. */
export function lapse(member: Member, now: Instant): Member | undefined {
  const { membership } = member;
  const state = step(membership.state, 'lapse', 'clock');
  if (!state || membership.endsAt === null || now < membership.endsAt) return undefined;
  return { ...member, membership: { ...membership, state, changes: membership.changes + 1 } };
}

/** The instant at which days are counted: a stopped membership stands still. */
export const countedAt = (membership: Membership, now: Instant): Instant => membership.suspendedAt ?? now;

/** Days that a member still has, over all terms. */
export const daysLeftOf = ({ membership, periods }: Member, now: Instant): number =>
  periods.reduce(
    (sum, one) => sum + (one.endedAt === null ? daysLeft(one, countedAt(membership, now)) : 0),
    0,
  );
