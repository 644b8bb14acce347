import { iso, type Instant } from '../../kit/time.ts';
import { maskedKey, tailOf } from './key.rules.ts';
import type { Component, Device } from './policy.rules.ts';
import type { Scope } from './validation.rules.ts';
import type { CheckedRow } from './views.ts';

// Polar's dialect over the same model: its activation is a machine, its label the machine's name, its conditions what the machine is known by.

export type Conditions = Readonly<Record<string, string | number | boolean>>;

const fingerprintName = 'fingerprint';
const printOf = ([name, value]: [string, string | number | boolean]): string => `${name}=${value}`;

/** All conditions but the fingerprint are components: compared one by one by the policy's matching, never as a whole. */
export const componentsOf = (conditions: Conditions): Component[] =>
  Object.entries(conditions)
    .filter(([name]) => name !== fingerprintName)
    .map((entry) => ({ name: entry[0], fingerprint: printOf(entry) }));

const fingerprintOf = (conditions: Conditions): string | null =>
  conditions[fingerprintName] === undefined ? null : String(conditions[fingerprintName]);

/** What a Polar client that activates is. Without a limit of devices its label may stand for a fingerprint; with one it may not. */
export const deviceOf = (
  p: { label: string; conditions: Conditions; meta: Readonly<Record<string, unknown>> },
  limited: boolean,
): Device => ({
  fingerprint: fingerprintOf(p.conditions) ?? (limited ? null : `label:${p.label}`),
  name: p.label,
  platform: '',
  hostname: '',
  components: componentsOf(p.conditions),
  metadata: p.meta,
});

export function scopeOf(p: {
  activation_id?: string | null | undefined;
  benefit_id?: string | null | undefined;
  customer_id?: string | null | undefined;
  conditions: Conditions;
}): Scope {
  const fingerprint = fingerprintOf(p.conditions);
  const components = componentsOf(p.conditions).map((one) => one.fingerprint);
  return {
    ...(p.activation_id ? { machine: p.activation_id } : {}),
    ...(p.benefit_id ? { policy: p.benefit_id } : {}),
    ...(p.customer_id ? { user: p.customer_id } : {}),
    ...(fingerprint === null ? {} : { fingerprints: [fingerprint] }),
    ...(components.length === 0 ? {} : { components }),
  };
}

/** LicenseKeyRead. The customer is an id that means this buyer in this shop only: no name, no address. */
export const licenceKeyRead = (row: CheckedRow, key: string, customerId: string) => ({
  id: row.id,
  created_at: iso(row.issuedAt),
  modified_at: row.lastValidatedAt === null ? null : iso(row.lastValidatedAt),
  organization_id: row.shopId,
  customer_id: customerId,
  customer: { id: customerId, email: null, name: null, metadata: {} },
  benefit_id: row.variantId,
  key,
  display_key: maskedKey(tailOf(key)),
  status: row.state === 'active' ? 'granted' : 'disabled',
  limit_activations: row.policy.seats,
  usage: row.uses,
  limit_usage: row.policy.uses,
  validations: row.validations,
  last_validated_at: row.lastValidatedAt === null ? null : iso(row.lastValidatedAt),
  expires_at: row.expiresAt === null ? null : iso(row.expiresAt),
});

/** LicenseKeyActivationBase. */
export const activationRead = (
  machine: {
    id: string;
    name: string;
    metadata: Readonly<Record<string, unknown>>;
    activatedAt: Instant;
    seenAt: Instant;
  },
  licenceId: string,
) => ({
  id: machine.id,
  license_key_id: licenceId,
  label: machine.name,
  meta: machine.metadata,
  created_at: iso(machine.activatedAt),
  modified_at: iso(machine.seenAt),
});
