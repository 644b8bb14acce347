import type { Instant } from '../../kit/time.ts';
import type { LicenceTerms } from '../../catalog/licence.contract.ts';
import type { ValidationCode } from './contract.ts';
import { isExpired, outlives, type Licence } from './policy.rules.ts';

/** What a validation asks beside the key. undefined: it does not ask. */
export type Scope = {
  readonly product?: string | undefined;
  readonly policy?: string | undefined;
  readonly user?: string | undefined;
  readonly environment?: string | undefined;
  readonly entitlements?: readonly string[] | undefined;
  readonly machine?: string | undefined;
  readonly fingerprints?: readonly string[] | undefined;
  readonly components?: readonly string[] | undefined;
  readonly checksum?: string | undefined;
  readonly version?: string | undefined;
};

/** A machine of the licence that the scope named, by its id or by its fingerprint. */
export type Named = {
  readonly id: string;
  readonly fingerprint: string;
  readonly components: readonly { readonly fingerprint: string }[];
};
export type Validated = { readonly valid: boolean; readonly code: ValidationCode };

type Checked = Pick<Licence, 'state' | 'policy' | 'machines' | 'expiresAt' | 'listingId' | 'variantId'> & {
  /** The buyer as this shop's software knows them, where the scope asks. */
  readonly customer?: string;
};
type Check = (licence: Checked, scope: Scope, named: readonly Named[]) => ValidationCode | undefined;

const same = (asked: string | undefined, is: string | null): boolean => asked === undefined || asked === is;

/** Keygen's order: what the licence is of, then its machines, then what the machine is made of, then the software. */
const checks: readonly Check[] = [
  (_, { environment }) => (environment === undefined ? undefined : 'ENVIRONMENT_SCOPE_MISMATCH'),
  (licence, { product }) => (same(product, licence.listingId) ? undefined : 'PRODUCT_SCOPE_MISMATCH'),
  (licence, { policy }) => (same(policy, licence.variantId) ? undefined : 'POLICY_SCOPE_MISMATCH'),
  (licence, { user }) => (same(user, licence.customer ?? null) ? undefined : 'USER_SCOPE_MISMATCH'),
  (_, { entitlements: asked }) =>
    asked === undefined
      ? undefined
      : asked.length === 0
        ? 'ENTITLEMENTS_SCOPE_EMPTY'
        : 'ENTITLEMENTS_MISSING',
  (licence, { machine, fingerprints }) =>
    licence.machines > 0 || (machine === undefined && !fingerprints?.length)
      ? undefined
      : licence.policy.seats === 1
        ? 'NO_MACHINE'
        : 'NO_MACHINES',
  (_, { machine }, named) =>
    machine === undefined || named.some(({ id }) => id === machine) ? undefined : 'MACHINE_SCOPE_MISMATCH',
  fingerprintCheck,
  componentCheck,
  ({ policy }, { checksum }) => (same(checksum, policy.checksum) ? undefined : 'CHECKSUM_SCOPE_MISMATCH'),
  ({ policy }, { version }) => (same(version, policy.version) ? undefined : 'VERSION_SCOPE_MISMATCH'),
  ({ policy, machines }) =>
    policy.seats !== null && machines > policy.seats ? 'TOO_MANY_MACHINES' : undefined,
];

/** A licence whose devices are limited does not say VALID to somebody who names none: else one seat would do for all. */
function fingerprintCheck(
  { policy }: Checked,
  { fingerprints, machine }: Scope,
  named: readonly Named[],
): ValidationCode | undefined {
  if (fingerprints === undefined)
    return machine === undefined && policy.seats !== null ? 'FINGERPRINT_SCOPE_REQUIRED' : undefined;
  if (fingerprints.length === 0) return 'FINGERPRINT_SCOPE_EMPTY';
  const own = machine === undefined ? named : named.filter(({ id }) => id === machine);
  return enough(policy.matching, fingerprints, new Set(own.map((one) => one.fingerprint)))
    ? undefined
    : 'FINGERPRINT_SCOPE_MISMATCH';
}

function componentCheck(
  { policy }: Checked,
  { components }: Scope,
  named: readonly Named[],
): ValidationCode | undefined {
  if (components === undefined) return undefined;
  if (components.length === 0) return 'COMPONENTS_SCOPE_EMPTY';
  return named.some((one) =>
    enough(policy.matching, components, new Set(one.components.map((part) => part.fingerprint))),
  )
    ? undefined
    : 'COMPONENTS_SCOPE_MISMATCH';
}

/** Whether enough of what was asked is known: any one, two (or all, when fewer are asked), at least half, all. */
export function enough(
  matching: LicenceTerms['matching'],
  asked: readonly string[],
  known: ReadonlySet<string>,
): boolean {
  const list = [...new Set(asked)];
  const found = list.filter((one) => known.has(one)).length;
  const needed = {
    any: 1,
    two: Math.min(2, list.length),
    most: Math.ceil(list.length / 2),
    all: list.length,
  }[matching];
  return found >= needed;
}

/** Whether a licence is valid for what was asked, and the first reason why it is not (Keygen's codes in their order). */
export function validate(
  licence: Checked | undefined,
  scope: Scope,
  named: readonly Named[],
  now: Instant,
): Validated {
  if (!licence) return { valid: false, code: 'NOT_FOUND' };
  if (licence.state !== 'active') return { valid: false, code: 'SUSPENDED' };
  const expired = isExpired(licence, now);
  if (expired && licence.policy.expiration === 'revoke') return { valid: false, code: 'EXPIRED' };
  for (const check of checks) {
    const code = check(licence, scope, named);
    if (code) return { valid: false, code };
  }
  return expired ? { valid: outlives(licence.policy), code: 'EXPIRED' } : { valid: true, code: 'VALID' };
}
