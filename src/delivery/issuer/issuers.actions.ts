import type { Db } from '../../kit/tx.ts';
import type { Issuer } from './port.contract.ts';

// Which issuers this process can ask, by the name that listings give. Set once at the start.
const installed = new WeakMap<Db, ReadonlyMap<string, Issuer>>();

export const installIssuers = (db: Db, issuers: readonly Issuer[]): void =>
  void installed.set(db, new Map(issuers.map((issuer) => [issuer.id, issuer])));

export const issuersOf = (db: Db): ReadonlyMap<string, Issuer> => installed.get(db) ?? new Map();
