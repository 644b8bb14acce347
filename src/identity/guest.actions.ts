import { assert, must } from '../kit/assert.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { reader, transaction, type Db, type Tx } from '../kit/tx.ts';
import type { Viewer } from '../kit/viewer.ts';
import { allow, forgive } from './attempt.actions.ts';
import { fitsPassword, hashPassword } from './password.actions.ts';
import { blindOf, createUsers, openSessions, type OpenedSession } from './people.actions.ts';
import { parseContact } from './rules.ts';
import { claimGuestRow, findClaim, findGuest } from './store.ts';
import type { Visitor } from './visitor.actions.ts';

export type Guest = {
  readonly userId: string;
  /** Null when this browser is that guest already. */ readonly session: OpenedSession | null;
};

/**
 * The guest who buys with a contact and an order password. This browser's guest stays one person as long as both fit; anybody else is a
 * new guest, also with a contact that an account or another guest has: a contact alone proves nothing, and the answer tells nothing.
 * The contact must be one (parseContact); call it before any row is locked, since the password takes 30 ms.
 */
export async function ensureGuest(
  tx: Tx,
  p: { contact: string; orderPassword: string; visitor: Visitor; viewer: Viewer },
): Promise<Guest> {
  const contact = parseContact(p.contact);
  assert(contact, 'a guest gives an e-mail or a phone number');
  if (p.viewer.guest && p.viewer.userId) {
    const [guest] = await findGuest(tx, { guestId: p.viewer.userId });
    if (
      guest?.blind.equals(blindOf(tx.keys, contact)) &&
      (await fitsPassword(p.orderPassword, guest.password))
    )
      return { userId: p.viewer.userId, session: null };
  }
  const passwordHash = await hashPassword(p.orderPassword);
  const [userId = ''] = await createUsers(tx, [{ kind: 'guest', contact: contact.value, passwordHash }]);
  const [session] = await openSessions(tx, [{ userId, kind: 'guest', ...p.visitor, known: true }]);
  return { userId, session: must(session, 'a session') };
}

/**
 * Whether the order password is the guest's. `guestId` is the buyer of the order `asked` (its number as it was typed), or null when there is
 * no such order: both answer alike, take as long and are counted alike. Refuses ORDER_PASSWORD_WRONG, TOO_MANY_REQUESTS.
 */
export async function checkOrderPassword(
  db: Db,
  p: { asked: string; guestId: string | null; orderPassword: string; ip: string },
): Promise<Result<{ guestId: string }, 'ORDER_PASSWORD_WRONG' | 'TOO_MANY_REQUESTS'>> {
  const perOrder = { scope: 'order_password.order', key: p.asked } as const;
  const allowed = await allow(db, [perOrder, { scope: 'order_password.address', key: p.ip }]);
  if (!allowed.ok) return allowed;
  const on = await reader(db);
  const [guest] = p.guestId === null ? [] : await findGuest(on, { guestId: p.guestId });
  if (!(await fitsPassword(p.orderPassword, guest?.password ?? null)) || p.guestId === null)
    return refuse('ORDER_PASSWORD_WRONG');
  await forgive(on, perOrder);
  return done({ guestId: p.guestId });
}

/** 查询订单: whoever knows the order and its password is that guest in this browser. The same refusals. */
export async function openGuest(
  db: Db,
  p: { asked: string; guestId: string | null; orderPassword: string; visitor: Visitor },
): Promise<Result<Guest, 'ORDER_PASSWORD_WRONG' | 'TOO_MANY_REQUESTS'>> {
  const right = await checkOrderPassword(db, { ...p, ip: p.visitor.ip });
  if (!right.ok) return right;
  const userId = right.value.guestId;
  const [session] = await transaction(db, (tx) =>
    openSessions(tx, [{ userId, kind: 'guest', ...p.visitor }]),
  );
  return done({ userId, session: must(session, 'a session') });
}

/** An account takes over a guest's orders, for good. Claiming twice is harmless; what another account has claimed looks like a wrong password. */
export async function claimGuest(
  db: Db,
  p: { userId: string; asked: string; guestId: string | null; orderPassword: string; ip: string },
): Promise<Result<{ guestId: string }, 'ORDER_PASSWORD_WRONG' | 'TOO_MANY_REQUESTS'>> {
  const allowed = await allow(db, [{ scope: 'claim.user', key: p.userId }]);
  if (!allowed.ok) return allowed;
  const right = await checkOrderPassword(db, p);
  if (!right.ok) return right;
  const { guestId } = right.value;
  return transaction(db, async (tx) => {
    await claimGuestRow(tx, { guestId, userId: p.userId, at: tx.business });
    const [claim] = await findClaim(tx, { guestId });
    return claim?.userId === p.userId ? done({ guestId }) : refuse('ORDER_PASSWORD_WRONG');
  });
}
