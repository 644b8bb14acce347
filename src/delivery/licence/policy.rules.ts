import { must } from '../../kit/assert.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { plus, type Instant } from '../../kit/time.ts';
import type { ListingContent } from '../../catalog/content.contract.ts';
import type { LicenceTerms } from '../../catalog/licence.contract.ts';
import { licenceRefusals, type LicenceRefusal } from './contract.ts';
import type { LicenceState } from './machine.ts';

/** What one licence promises, fixed when it is issued. Seats, uses and times that are null have no limit. */
export type Policy = {
  readonly seats: number | null;
  readonly uses: number | null;
  readonly duration_days: number | null;
  readonly basis: LicenceTerms['basis'];
  readonly expiration: LicenceTerms['expiration'];
  readonly uniqueness: LicenceTerms['uniqueness'];
  readonly matching: LicenceTerms['matching'];
  readonly unbind: LicenceTerms['unbind'];
  readonly offline_days: number | null;
  /** The download that the listing stated, for software that asks about its own version. */
  readonly version: string | null;
  readonly checksum: string | null;
};

/** The policy of a variant of a listing version: its own devices and time, else the listing's. */
export function policyOf(content: ListingContent, variantId: string): Policy {
  const terms = must(content.licence, 'the listing states the terms of its licence');
  const own = content.variants.find((one) => one.id === variantId)?.licence;
  const seats = own?.activations ?? content.activations ?? 0;
  return {
    seats: seats === 0 ? null : seats,
    uses: terms.uses,
    duration_days: own === undefined ? terms.duration_days : own.duration_days,
    basis: terms.basis,
    expiration: terms.expiration,
    uniqueness: terms.uniqueness,
    matching: terms.matching,
    unbind: terms.unbind,
    offline_days: terms.offline_days,
    version: content.download?.version ?? null,
    checksum: content.download?.sha256 || null,
  };
}

export type Licence = {
  readonly shopId: string;
  readonly id: string;
  readonly orderId: string;
  readonly line: number;
  readonly place: number;
  readonly buyerId: string;
  readonly listingId: string;
  readonly variantId: string;
  readonly state: LicenceState;
  readonly policy: Policy;
  readonly machines: number;
  readonly uses: number;
  readonly expiresAt: Instant | null;
  readonly issuedAt: Instant;
  readonly revealedAt: Instant | null;
  readonly reveals: number;
  readonly activatedAt: Instant | null;
  readonly logged: number;
};

export type Component = { readonly name: string; readonly fingerprint: string };

/** A device as it introduces itself. */
export type Device = {
  readonly fingerprint: string | null;
  readonly name: string;
  readonly platform: string;
  readonly hostname: string;
  readonly components: readonly Component[];
  readonly metadata: Readonly<Record<string, unknown>>;
};
export type Machine = Device & {
  readonly id: string;
  readonly fingerprint: string;
  readonly activatedAt: Instant;
  readonly seenAt: Instant;
};

export const isExpired = (licence: Pick<Licence, 'expiresAt'>, now: Instant): boolean =>
  licence.expiresAt !== null && licence.expiresAt <= now;

/** When a licence ends whose time begins now; null when it has no end, or its time begins with something else or has begun. */
export function endAfter(
  licence: Pick<Licence, 'policy' | 'expiresAt'>,
  began: Policy['basis'],
  now: Instant,
): Instant | null {
  const { duration_days, basis } = licence.policy;
  if (licence.expiresAt !== null || duration_days === null || basis !== began) return licence.expiresAt;
  return plus(now, { days: duration_days });
}

const mayGoOn: readonly Policy['expiration'][] = ['maintain', 'allow'];

/** Whether software may run although the time is over. */
export const outlives = (policy: Pick<Policy, 'expiration'>): boolean => mayGoOn.includes(policy.expiration);

/** A fingerprint as a client may send it. */
export const isFingerprint = (text: string): boolean =>
  // oxlint-disable-next-line no-control-regex -- keeping them out is the point
  text.length >= 1 && text.length <= 255 && !/[\u0000-\u001f\u007f]/.test(text) && text.isWellFormed();

/** How many devices may be bound within a day beyond those that fit: enough for mistakes, too few to pass a licence around (keygen-api#442). */
export const swapsMore_perDay = 5;
export const swapWindow = { days: 1 };

export type ActivationFacts = {
  readonly licence: Licence;
  readonly fingerprint: string | null;
  /** Devices that were bound to it within the last day. */
  readonly boundLately: number;
  readonly now: Instant;
};

/** Whether one more device may take a seat. The same device asking again is no new one and is not asked here. */
export function decideActivation({
  licence,
  fingerprint,
  boundLately,
  now,
}: ActivationFacts): Result<{ fingerprint: string; expiresAt: Instant | null }, LicenceRefusal> {
  const { policy } = licence;
  if (licence.state !== 'active') return refuse('LICENCE_SUSPENDED');
  if (isExpired(licence, now) && !outlives(policy)) return refuse('LICENCE_EXPIRED');
  if (fingerprint === null) return refuse('FINGERPRINT_REQUIRED');
  if (policy.seats !== null && licence.machines >= policy.seats)
    return refuse('MACHINE_LIMIT_EXCEEDED', { seats: policy.seats });
  if (policy.seats !== null && boundLately >= policy.seats + swapsMore_perDay)
    return refuse('SWAP_LIMIT_EXCEEDED', { retryAfter_s: 3600 });
  return done({ fingerprint, expiresAt: endAfter(licence, 'first_activation', now) });
}

export type Quota = { readonly left: number | null; readonly nextAt: Instant | null };

/** How many unbinds are left, and when the next one is free again. `lately`: when devices were unbound within the period. */
export function quotaOf(policy: Pick<Policy, 'unbind'>, lately: readonly Instant[]): Quota {
  const { times, per_days } = policy.unbind;
  if (times === null) return { left: null, nextAt: null };
  const left = Math.max(0, times - lately.length);
  const oldest = lately.toSorted((a, b) => a - b)[Math.max(0, lately.length - times)];
  return {
    left,
    nextAt: left > 0 || times === 0 || oldest === undefined ? null : plus(oldest, { days: per_days }),
  };
}

/** Whether a device may leave its seat now. */
export function decideUnbind(
  licence: Pick<Licence, 'policy'>,
  lately: readonly Instant[],
): Result<Quota, LicenceRefusal> {
  const quota = quotaOf(licence.policy, lately);
  if (quota.left === 0)
    return refuse('UNBIND_QUOTA_EXCEEDED', {
      times: licence.policy.unbind.times,
      perDays: licence.policy.unbind.per_days,
      nextAt: quota.nextAt,
    });
  return done({ ...quota, left: quota.left === null ? null : quota.left - 1 });
}

/** Counts uses up, or says that there are none left. */
export function decideUse(
  licence: Pick<Licence, 'state' | 'policy' | 'uses' | 'expiresAt'>,
  by: number,
  now: Instant,
): Result<{ uses: number }, LicenceRefusal> {
  if (licence.state !== 'active') return refuse('LICENCE_SUSPENDED');
  if (isExpired(licence, now) && !outlives(licence.policy)) return refuse('LICENCE_EXPIRED');
  const uses = licence.uses + by;
  const { uses: max } = licence.policy;
  if (max !== null && uses > max) return refuse('USES_LIMIT_EXCEEDED', { used: licence.uses, max });
  return done({ uses });
}

/** An offline file is valid for an hour at least; Keygen's month is what is meant when nothing is said. */
export const shortestFile_s = 3600;
export const usualFile_s = 2_629_746;

/** For how long an offline file is valid that asks for `ttl_s`; undefined: it does not say. null, for good, is not to be had: the order may be refunded. */
export function decideFile(
  licence: Pick<Licence, 'state' | 'policy' | 'expiresAt'>,
  ttl_s: number | null | undefined,
  now: Instant,
): Result<{ ttl_s: number }, LicenceRefusal> {
  const { offline_days } = licence.policy;
  if (licence.state !== 'active') return refuse('LICENCE_SUSPENDED');
  if (isExpired(licence, now) && !outlives(licence.policy)) return refuse('LICENCE_EXPIRED');
  if (offline_days === null) return refuse('OFFLINE_NOT_OFFERED');
  const longest = offline_days * 86_400;
  const ttl = ttl_s === undefined ? Math.min(usualFile_s, longest) : ttl_s;
  if (ttl === null || !Number.isSafeInteger(ttl) || ttl < shortestFile_s || ttl > longest)
    return refuse('TTL_INVALID', { shortest: shortestFile_s, longest });
  return done({ ttl_s: ttl });
}

/** The sentences of a refusal. */
export const refusalWords = (code: LicenceRefusal): { status: number; zh: string; en: string } =>
  licenceRefusals[code];
