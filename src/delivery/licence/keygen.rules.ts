import { iso, type Instant } from '../../kit/time.ts';
import type { Machine } from './policy.rules.ts';
import type { CheckedRow } from './views.ts';

// The resources of Keygen's dialect (JSON:API): what we know under its names, null where we have no such thing.

const ref = (type: string, id: string) => ({ data: { type, id } });
const when = (at: Instant | null): string | null => (at === null ? null : iso(at));

const expiringSoon_ms = 3 * 86_400_000;
const quiet_ms = 90 * 86_400_000;

/** Keygen's word for how a licence stands. */
export function keygenStatus(
  row: Pick<CheckedRow, 'state' | 'expiresAt' | 'lastValidatedAt' | 'issuedAt'>,
  now: Instant,
): 'ACTIVE' | 'INACTIVE' | 'EXPIRING' | 'EXPIRED' | 'SUSPENDED' {
  if (row.state === 'suspended') return 'SUSPENDED';
  if (row.expiresAt !== null && row.expiresAt <= now) return 'EXPIRED';
  if (row.expiresAt !== null && row.expiresAt - now < expiringSoon_ms) return 'EXPIRING';
  return now - (row.lastValidatedAt ?? row.issuedAt) > quiet_ms ? 'INACTIVE' : 'ACTIVE';
}

const strategies = {
  restrict: 'RESTRICT_ACCESS',
  revoke: 'REVOKE_ACCESS',
  maintain: 'MAINTAIN_ACCESS',
  allow: 'ALLOW_ACCESS',
} as const;
const bases = {
  issue: 'FROM_CREATION',
  first_validation: 'FROM_FIRST_VALIDATION',
  first_activation: 'FROM_FIRST_ACTIVATION',
} as const;
const uniqueness = {
  licence: 'UNIQUE_PER_LICENSE',
  listing: 'UNIQUE_PER_PRODUCT',
  shop: 'UNIQUE_PER_ACCOUNT',
} as const;
const matching = { any: 'MATCH_ANY', two: 'MATCH_TWO', most: 'MATCH_MOST', all: 'MATCH_ALL' } as const;

/** A licence as a resource. `key` is what the client knows already. */
export function keygenLicence(row: CheckedRow, key: string, now: Instant) {
  const self = `/v1/accounts/${row.shopId}/licenses/${row.id}`;
  return {
    id: row.id,
    type: 'licenses',
    attributes: {
      name: null,
      key,
      expiry: when(row.expiresAt),
      status: keygenStatus(row, now),
      uses: row.uses,
      suspended: row.state === 'suspended',
      scheme: null,
      encrypted: false,
      floating: row.policy.seats !== 1,
      strict: true,
      protected: true,
      maxMachines: row.policy.seats,
      maxProcesses: null,
      maxUsers: null,
      maxCores: null,
      maxMemory: null,
      maxDisk: null,
      maxUses: row.policy.uses,
      requireHeartbeat: false,
      requireCheckIn: false,
      lastValidated: when(row.lastValidatedAt),
      lastCheckIn: null,
      nextCheckIn: null,
      lastCheckOut: null,
      permissions: [],
      metadata: {},
      created: iso(row.issuedAt),
      updated: iso(row.lastValidatedAt ?? row.issuedAt),
    },
    relationships: {
      account: ref('accounts', row.shopId),
      product: ref('products', row.listingId),
      policy: ref('policies', row.variantId),
      owner: { data: null },
      machines: {
        links: { related: `${self}/machines` },
        meta: { cores: 0, memory: 0, disk: 0, count: row.machines },
      },
    },
    links: { self },
  };
}

/** A machine as a resource, with its components as resources of their own. */
export function keygenMachine(machine: Machine, of: Pick<CheckedRow, 'shopId' | 'id' | 'listingId'>) {
  const self = `/v1/accounts/${of.shopId}/machines/${machine.id}`;
  const components = machine.components.map((one, index) => ({
    id: `${machine.id}.${index + 1}`,
    type: 'components',
    attributes: { fingerprint: one.fingerprint, name: one.name, metadata: {} },
    relationships: { machine: ref('machines', machine.id) },
  }));
  return {
    components,
    data: {
      id: machine.id,
      type: 'machines',
      attributes: {
        fingerprint: machine.fingerprint,
        name: machine.name || null,
        ip: null,
        hostname: machine.hostname || null,
        platform: machine.platform || null,
        cores: null,
        memory: null,
        disk: null,
        requireHeartbeat: false,
        heartbeatStatus: 'NOT_STARTED',
        heartbeatDuration: null,
        lastHeartbeat: null,
        nextHeartbeat: null,
        maxProcesses: null,
        lastCheckOut: null,
        metadata: machine.metadata,
        created: iso(machine.activatedAt),
        updated: iso(machine.seenAt),
      },
      relationships: {
        account: ref('accounts', of.shopId),
        product: ref('products', of.listingId),
        license: ref('licenses', of.id),
        owner: { data: null },
        components: { data: components.map(({ id }) => ({ type: 'components', id })) },
      },
      links: { self },
    },
  };
}

export const keygenProduct = (row: Pick<CheckedRow, 'shopId' | 'listingId'>) => ({
  id: row.listingId,
  type: 'products',
  attributes: {},
  relationships: { account: ref('accounts', row.shopId) },
});

export const keygenPolicy = ({ shopId, listingId, variantId, policy }: CheckedRow) => ({
  id: variantId,
  type: 'policies',
  attributes: {
    duration: policy.duration_days === null ? null : policy.duration_days * 86_400,
    strict: true,
    floating: policy.seats !== 1,
    maxMachines: policy.seats,
    maxUses: policy.uses,
    requireFingerprintScope: policy.seats !== null,
    machineUniquenessStrategy: uniqueness[policy.uniqueness],
    machineMatchingStrategy: matching[policy.matching],
    componentMatchingStrategy: matching[policy.matching],
    expirationStrategy: strategies[policy.expiration],
    expirationBasis: bases[policy.basis],
    overageStrategy: 'NO_OVERAGE',
  },
  relationships: { account: ref('accounts', shopId), product: ref('products', listingId) },
});
