import { createUserKeys } from '../evidence/user-keys.actions.ts';
import { must } from '../kit/assert.ts';
import { newId } from '../kit/ids.ts';
import { hmac, newToken, seal, sha256, unseal, type Keyring, type Secret } from '../kit/secret.ts';
import type { Language } from '../kit/text.ts';
import type { Queryable } from '../kit/sql.ts';
import type { Tx } from '../kit/tx.ts';
import type { ShopRole, StaffRole } from '../kit/viewer.ts';
import { openAccounts } from '../ledger/actions.ts';
import { parseContact, presetName, sessionEnd, type Contact } from './rules.ts';
import { insertDevices, insertSessions } from './session.store.ts';
import {
  insertGuests,
  insertMembers,
  insertStaff,
  insertUsers,
  readStaff,
  takeContacts,
  type ContactRows,
} from './store.ts';

export type NewUser = {
  readonly id?: string;
  readonly kind: 'account' | 'guest';
  readonly name?: string | undefined;
  readonly language?: Language;
  /** An e-mail or phone; an account without one cannot log in with a password. */
  readonly contact?: string;
  /** What hashPassword gave; may be one for many (demo, tests, bench). */
  readonly passwordHash?: string;
  readonly verified?: boolean;
};

/** Rolls back the making of people whose contact belongs to somebody. */
export class ContactTaken extends Error {
  override name = 'ContactTaken';
}

/** Finds a contact without opening it; keyed, so that nobody can try out phone numbers on a stolen table. */
export const blindOf = (keys: Keyring, contact: Contact): Buffer =>
  hmac(keys.blind, `identity.contact/${contact.kind}/${contact.value}`);

const boundTo = (userId: string): string => `identity.contact/${userId}`;
export const openContact = (keys: Keyring, userId: string, sealed: Uint8Array): string =>
  unseal(keys.contact, boundTo(userId), sealed).toString();

/**
 * Makes people with everything that the domains below keep for them: an evidence key and a wallet. Answers their ids in the same order.
 * A contact that an account has already fails the transaction with ContactTaken.
 */
export async function createUsers(tx: Tx, users: readonly NewUser[]): Promise<string[]> {
  if (users.length === 0) return [];
  const ids = users.map((user) => user.id ?? newId(tx.wall));
  await insertUsers(tx, {
    ids,
    kinds: users.map((user) => user.kind),
    names: users.map((user, i) => user.name ?? presetName(must(ids[i], 'an id'))),
    languages: users.map((user) => user.language ?? 'zh'),
    passwords: users.map((user) => user.passwordHash ?? null),
    at: tx.business,
  });
  const people = users.map((user, i) => ({ ...user, id: must(ids[i], 'an id') }));
  const accounts = people.filter((user) => user.kind === 'account' && user.contact !== undefined);
  const guests = people.filter((user) => user.kind === 'guest');
  const [taken] = await Promise.all([
    accounts.length > 0
      ? takeContacts(tx, {
          ...contactRows(tx, accounts),
          verifiedAts: accounts.map((user) => (user.verified ? tx.wall : null)),
          at: tx.wall,
        })
      : [],
    guests.length > 0 ? insertGuests(tx, contactRows(tx, guests)) : 0,
    createUserKeys(tx, ids),
    openAccounts(
      tx,
      ids.map((id) => ({ kind: 'wallet', id })),
    ),
  ]);
  if (taken.length < accounts.length) throw new ContactTaken('the contact of a new account is taken');
  return ids;
}

function contactRows(tx: Tx, people: readonly { id: string; contact?: string }[]): ContactRows {
  const contacts = people.map((user) =>
    must(parseContact(user.contact ?? ''), 'a contact is an e-mail or a phone number'),
  );
  return {
    userIds: people.map((user) => user.id),
    kinds: contacts.map((contact) => contact.kind),
    blinds: contacts.map((contact) => blindOf(tx.keys, contact)),
    sealed: contacts.map((contact, i) =>
      seal(tx.keys.contact, boundTo(must(people[i], 'a person').id), Buffer.from(contact.value)),
    ),
  };
}

/** Gives people roles in shops; a role that somebody has already stays. */
export async function addMembers(
  tx: Tx,
  members: readonly { shopId: string; userId: string; role: ShopRole }[],
): Promise<void> {
  if (members.length === 0) return;
  await insertMembers(tx, {
    shopIds: members.map((m) => m.shopId),
    userIds: members.map((m) => m.userId),
    roles: members.map((m) => m.role),
    at: tx.business,
  });
}

/** Makes people staff: the demo world, tests, and whoever accepts an invitation. */
export async function addStaff(tx: Tx, staff: readonly { userId: string; role: StaffRole }[]): Promise<void> {
  if (staff.length === 0) return;
  await insertStaff(tx, {
    userIds: staff.map((one) => one.userId),
    roles: staff.map((one) => one.role),
    at: tx.business,
  });
}

/** Who of the staff has one of these roles; for news that somebody has to look at. */
export const staffWith = async (on: Queryable, roles: readonly StaffRole[]): Promise<string[]> =>
  (await readStaff(on, { roles })).map((row) => row.userId);

export type NewSession = {
  readonly userId: string;
  readonly kind: 'account' | 'guest';
  readonly deviceId: string;
  readonly userAgent: string;
  readonly ip: string;
  /** The device needs no second password: the account was made on it. */
  readonly known?: boolean;
};
export type OpenedSession = { readonly id: string; readonly token: Secret };

/** Opens sessions; the token is given out once and only its hash stays. */
export async function openSessions(tx: Tx, sessions: readonly NewSession[]): Promise<OpenedSession[]> {
  if (sessions.length === 0) return [];
  const opened = sessions.map(() => ({ id: newId(tx.wall), token: newToken() }));
  const known = sessions.filter((session) => session.known);
  await Promise.all([
    insertSessions(tx, {
      tokens: opened.map((one) => sha256(one.token.reveal())),
      ids: opened.map((one) => one.id),
      userIds: sessions.map((one) => one.userId),
      deviceIds: sessions.map((one) => one.deviceId),
      userAgents: sessions.map((one) => one.userAgent.slice(0, 300)),
      ips: sessions.map((one) => one.ip.slice(0, 64)),
      ends: sessions.map((one) => sessionEnd(one.kind, tx.wall)),
      wall: tx.wall,
    }),
    known.length > 0
      ? insertDevices(tx, {
          userIds: known.map((one) => one.userId),
          deviceIds: known.map((one) => one.deviceId),
          wall: tx.wall,
        })
      : 0,
  ]);
  return opened;
}
