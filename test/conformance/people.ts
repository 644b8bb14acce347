import { insertKey } from '../../src/identity/key.store.ts';
import { addMembers, addStaff, openSessions } from '../../src/identity/people.actions.ts';
import { deviceIdOf } from '../../src/identity/rules.ts';
import { must } from '../../src/kit/assert.ts';
import { newId } from '../../src/kit/ids.ts';
import { sha256 } from '../../src/kit/secret.ts';
import { transaction, type Db } from '../../src/kit/tx.ts';
import type { ShopRole, StaffRole } from '../../src/kit/viewer.ts';
import { buyers } from '../world.ts';

/** Somebody with a browser: the headers that make a request theirs. */
export type Person = { readonly userId: string | null; readonly headers: Readonly<Record<string, string>> };

/** Makes people: with a browser, in a shop, of the staff, or with an API key that may do nearly nothing. */
export function peopleOf(db: Db, origin: string) {
  const browserOf = async (userId: string, kind: 'account' | 'guest' = 'account'): Promise<Person> => {
    const device = sha256(userId).toString('base64url');
    const deviceId = must(deviceIdOf(device), 'a device');
    const [session] = await transaction(db, (tx) =>
      openSessions(tx, [{ userId, kind, deviceId, userAgent: 'test', ip: '127.0.0.1', known: true }]),
    );
    const cookie = `mengyue=${must(session, 'a session').token.reveal()}; mengyue-device=${device}`;
    return { userId, headers: { cookie, origin } };
  };
  const member = async (shopId: string, role: ShopRole): Promise<Person> => {
    const [userId = ''] = await buyers(db, 1);
    await transaction(db, (tx) => addMembers(tx, [{ shopId, userId, role }]));
    return browserOf(userId);
  };
  const staff = async (role: StaffRole): Promise<Person> => {
    const [userId = ''] = await buyers(db, 1);
    await transaction(db, (tx) => addStaff(tx, [{ userId, role }]));
    return browserOf(userId);
  };
  const keyWithout = async (userId: string): Promise<Person> => {
    const token = `mgy_${newId(db.wall.now()).replaceAll('-', '')}`;
    await transaction(db, (tx) =>
      insertKey(tx, {
        tokenHash: sha256(token),
        id: newId(tx.wall),
        userId,
        name: 'no scope',
        scopes: ['home:read'],
        at: tx.wall,
      }),
    );
    return { userId, headers: { authorization: `Bearer ${token}` } };
  };
  return { browserOf, member, staff, keyWithout };
}
