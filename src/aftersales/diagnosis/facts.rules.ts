import { plus, type Instant } from '../../kit/time.ts';
import { dueBy } from '../../rules/rules.ts';
import type { Usage } from '../../delivery/issuer/contract.ts';
import type { Facts, Known } from './rules.ts';

/** What the rows say about one unit of an order line. */
export type Records = {
  readonly rulebook: string;
  readonly paidAt: Instant | null;
  /** Of goods that come later: when they were promised and delivered; null of keys from a pool. */
  readonly later: { promisedAt: Instant; deliveredAt: Instant | null; lateAt: Instant | null } | null;
  readonly useWithin_hours: number | null;
  readonly key: { deliveredAt: Instant; revealedAt: Instant | null } | null;
  readonly presumedUntil: Instant | null;
  readonly check: { verdict: string; at: Instant } | null;
  readonly issuer: { usage: Usage; at: Instant | null } | null;
  readonly membership: { state: string; endsAt: Instant | null } | null;
  readonly licence: { state: string; expiresAt: Instant | null; seats: number | null; used: number } | null;
  readonly activation: { event: string; at: Instant } | null;
  readonly download: { expiresAt: Instant | null; dead: boolean | null } | null;
};

const known = (value: string, at: Instant | null = null): Known => ({ value, at });

/** Until when an arrival counts as slightly late, so that talking to the shop is suggested first (article 25, F119). */
export const chatUntil = (rulebook: string, promisedAt: Instant): Instant =>
  dueBy(rulebook, 'L1', promisedAt).dueAt;

/** What need not be asked (F043): each fact that the records decide, and none that they leave open. */
export function factsOf(r: Records, now: Instant): Facts {
  const expiry = expiryOf(r, now);
  return {
    payment: r.paidAt === null ? known('unpaid') : known('paid', r.paidAt),
    ...(r.later ? laterFacts(r.later, r.rulebook, now) : {}),
    ...(r.key ? { reveal: revealOf(r.key.revealedAt, r.presumedUntil, now) } : {}),
    ...(r.check ? { check: known(r.check.verdict, r.check.at) } : {}),
    ...(r.issuer ? { issuer: known(usageValue[r.issuer.usage], r.issuer.at) } : {}),
    ...(expiry ? { expiry } : {}),
    ...(r.membership ? { membership: membershipOf(r.membership, now) } : {}),
    ...(r.licence ? licenceFacts(r.licence, now) : {}),
    ...(r.licence ? { activation: activationOf(r.activation) } : {}),
    ...(r.download && r.download.dead !== null ? { link: known(r.download.dead ? 'dead' : 'alive') } : {}),
  };
}

function laterFacts(later: NonNullable<Records['later']>, rulebook: string, now: Instant): Facts {
  const { promisedAt, deliveredAt, lateAt } = later;
  const delay =
    now <= chatUntil(rulebook, promisedAt)
      ? known('soon', promisedAt)
      : deliveredAt === null
        ? known('over', promisedAt)
        : known('came', deliveredAt);
  return {
    delay,
    ...(deliveredAt === null ? {} : { late: known(lateAt === null ? 'no' : 'yes', deliveredAt) }),
  };
}

const revealOf = (revealedAt: Instant | null, presumedUntil: Instant | null, now: Instant): Known =>
  revealedAt === null
    ? known('sealed')
    : known(presumedUntil !== null && now <= presumedUntil ? 'window' : 'after', revealedAt);

const usageValue: Readonly<Record<Usage, string>> = {
  unused: 'unused',
  before_delivery: 'before',
  before_reveal: 'before',
  after_reveal: 'after',
  used_sometime: 'sometime',
};

/** The first end of time that is stated: of the key, the membership, the licence or the download. */
function expiryOf(r: Records, now: Instant): Known | null {
  const start = r.key?.deliveredAt ?? null;
  const ends = [
    start === null || r.useWithin_hours === null ? null : plus(start, { hours: r.useWithin_hours }),
    r.membership?.endsAt ?? null,
    r.licence?.expiresAt ?? null,
    r.download?.expiresAt ?? null,
  ].filter((end): end is Instant => end !== null);
  if (ends.length === 0) return null;
  const end = Math.min(...ends) as Instant;
  return known(now >= end ? 'over' : 'valid', end);
}

/** The clock may be ahead of the sweep: a term that is over is over (F046). */
const membershipOf = ({ state, endsAt }: NonNullable<Records['membership']>, now: Instant): Known => {
  const running = state === 'active' || state === 'expiring';
  if (state === 'expired' || (running && endsAt !== null && endsAt <= now)) return known('over', endsAt);
  return known(running ? 'active' : state, endsAt);
};

function licenceFacts(one: NonNullable<Records['licence']>, now: Instant): Facts {
  const { state, expiresAt, seats, used } = one;
  const over = expiresAt !== null && expiresAt <= now;
  return {
    licence: known(over ? 'over' : state === 'active' ? 'active' : 'suspended', expiresAt),
    ...(seats === null ? {} : { seats: known(used >= seats ? 'full' : 'free') }),
  };
}

const activationOf = (last: Records['activation']): Known =>
  last === null ? known('never') : known(last.event === 'refused' ? 'refused' : 'done', last.at);
