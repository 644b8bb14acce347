import { publish } from '../kit/outbox.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import type { Language } from '../kit/text.ts';
import type { Instant } from '../kit/time.ts';
import { reader, transaction, type Db, type Tx } from '../kit/tx.ts';
import { must } from '../kit/assert.ts';
import type { Fen } from '../kit/money.ts';
import type { Viewer } from '../kit/viewer.ts';
import { allow, forgive, sweepTries, type Try } from './attempt.actions.ts';
import { fitsPassword, hashPassword } from './password.actions.ts';
import { blindOf, ContactTaken, createUsers, openSessions, type OpenedSession } from './people.actions.ts';
import { confirmedUntil, isGuessable, needsStepUp, parseContact } from './rules.ts';
import {
  confirmSession,
  deleteOldSessions,
  deleteOtherDevices,
  deleteOtherSessions,
  deleteSession,
  insertDevices,
  readStepUps,
} from './session.store.ts';
import { findLogin, findUser, setLanguage, setPassword } from './store.ts';
import type { Visitor } from './visitor.actions.ts';

/**
 * Makes an account. Whether the contact had one already cannot be told from the answer: the same work is rolled back then,
 * and who does not know its password cannot log in afterwards. Refuses CONTACT_INVALID, PASSWORD_COMMON, TOO_MANY_REQUESTS.
 */
export async function register(
  db: Db,
  p: { login: string; password: string; name?: string | undefined; language: Language; ip: string },
): Promise<Result<{ next: 'login' }, 'CONTACT_INVALID' | 'PASSWORD_COMMON' | 'TOO_MANY_REQUESTS'>> {
  const contact = parseContact(p.login);
  if (!contact) return refuse('CONTACT_INVALID');
  if (isGuessable(p.password, contact)) return refuse('PASSWORD_COMMON');
  const allowed = await allow(db, [{ scope: 'register.address', key: p.ip }]);
  if (!allowed.ok) return allowed;
  const passwordHash = await hashPassword(p.password);
  const user = {
    kind: 'account',
    name: p.name,
    language: p.language,
    contact: contact.value,
    passwordHash,
  } as const;
  await transaction(db, (tx) => createUsers(tx, [user])).catch((error: unknown) => {
    if (!(error instanceof ContactTaken)) throw error;
  });
  return done({ next: 'login' });
}

export type Welcome = { userId: string; name: string; language: Language; session: OpenedSession };

/**
 * Opens a session for the right password. A wrong password, a contact that nobody has and one that is none get one answer after one
 * amount of work. Tries are counted per contact (on a device that its owner knows, apart from those of strangers) and per address.
 * Refuses LOGIN_WRONG, TOO_MANY_REQUESTS.
 */
export async function login(
  db: Db,
  p: { login: string; password: string; visitor: Visitor },
): Promise<Result<Welcome, 'LOGIN_WRONG' | 'TOO_MANY_REQUESTS'>> {
  const contact = parseContact(p.login);
  const blind = blindOf(db.keys, contact ?? { kind: 'email', value: p.login });
  const [found] = await findLogin(await reader(db), { blind, deviceId: p.visitor.deviceId });
  const account: Try = {
    scope: 'login.account',
    key: `${blind.toString('hex')}/${found?.deviceKnown ? p.visitor.deviceId : 'stranger'}`,
  };
  const allowed = await allow(db, [account, { scope: 'login.address', key: p.visitor.ip }]);
  if (!allowed.ok) return allowed;
  const fits = await fitsPassword(p.password, found?.password ?? null);
  if (!found || !fits) return refuse('LOGIN_WRONG');
  return done(
    await transaction(db, (tx) =>
      welcome(tx, {
        ...p,
        userId: found.userId,
        unknown: !found.deviceKnown && found.devices > 0,
        first: found.devices === 0,
        account,
      }),
    ),
  );
}

async function welcome(
  tx: Tx,
  p: { userId: string; visitor: Visitor; unknown: boolean; first: boolean; account: Try },
): Promise<Welcome> {
  const [user] = await findUser(tx, { userId: p.userId });
  const { kind, name, language } = must(user, 'who logs in is there');
  // The very first login is made where the account was made; every later device has to type the password a second time for what matters.
  const [session] = await openSessions(tx, [{ userId: p.userId, kind, ...p.visitor, known: p.first }]);
  await forgive(tx, p.account);
  if (p.unknown)
    await publish(tx, [
      {
        event: 'identity.new_device',
        about: [p.userId],
        data: { device: p.visitor.userAgent.slice(0, 120), at: tx.wall },
      },
    ]);
  return { userId: p.userId, name, language, session: must(session, 'a session') };
}

/** Ends the session; ending one that is gone is harmless. */
export async function logout(db: Db, viewer: Viewer): Promise<void> {
  const { sessionId, userId } = viewer;
  if (sessionId && userId) await transaction(db, (tx) => deleteSession(tx, { sessionId, userId }));
}

/** Ends one of the viewer's own sessions. Refuses SESSION_NOT_FOUND. */
export async function endSession(
  tx: Tx,
  p: { sessionId: string; userId: string },
): Promise<Result<Record<string, never>, 'SESSION_NOT_FOUND'>> {
  return (await deleteSession(tx, p)) === 0 ? refuse('SESSION_NOT_FOUND') : done({});
}

/** Ends all sessions of the user but this one; answers how many. */
export const endOtherSessions = (tx: Tx, p: { userId: string; keep: string | null }): Promise<number> =>
  deleteOtherSessions(tx, p);

type Own = { readonly userId: string; readonly sessionId: string; readonly deviceId: string | null };

/** The password typed again: for a quarter of an hour this session may do what needs it, and the device is known from now on. Refuses PASSWORD_WRONG. */
export async function confirmPassword(
  db: Db,
  p: Own & { password: string },
): Promise<Result<{ confirmedUntil: Instant }, 'PASSWORD_WRONG' | 'TOO_MANY_REQUESTS'>> {
  const right = await rightPassword(db, p);
  if (!right.ok) return right;
  return transaction(db, async (tx) => {
    await confirmSession(tx, { sessionId: p.sessionId, wall: tx.wall });
    if (p.deviceId) await insertDevices(tx, { userIds: [p.userId], deviceIds: [p.deviceId], wall: tx.wall });
    await forgive(tx, { scope: 'confirm.user', key: p.userId });
    return done({ confirmedUntil: confirmedUntil(tx.wall) });
  });
}

async function rightPassword(
  db: Db,
  p: { userId: string; password: string },
): Promise<Result<string, 'PASSWORD_WRONG' | 'TOO_MANY_REQUESTS'>> {
  const allowed = await allow(db, [{ scope: 'confirm.user', key: p.userId }]);
  if (!allowed.ok) return allowed;
  const [user] = await findUser(await reader(db), p);
  const stored = user?.password ?? null;
  return (await fitsPassword(p.password, stored)) && stored !== null
    ? done(stored)
    : refuse('PASSWORD_WRONG');
}

/** A new password ends every other session and forgets every other device. Refuses PASSWORD_WRONG (also when it was changed meanwhile), PASSWORD_COMMON. */
export async function changePassword(
  db: Db,
  p: Own & { password: string; newPassword: string },
): Promise<Result<{ ended: number }, 'PASSWORD_WRONG' | 'PASSWORD_COMMON' | 'TOO_MANY_REQUESTS'>> {
  if (isGuessable(p.newPassword, undefined)) return refuse('PASSWORD_COMMON');
  const right = await rightPassword(db, p);
  if (!right.ok) return right;
  const to = await hashPassword(p.newPassword);
  return transaction(db, async (tx) => {
    if ((await setPassword(tx, { userId: p.userId, from: right.value, to })) === 0)
      return refuse('PASSWORD_WRONG');
    await deleteOtherDevices(tx, { userId: p.userId, keep: p.deviceId });
    return done({ ended: await deleteOtherSessions(tx, { userId: p.userId, keep: p.sessionId }) });
  });
}

/** In which language pages and messages come. */
export const chooseLanguage = (tx: Tx, p: { userId: string; language: Language }): Promise<unknown> =>
  setLanguage(tx, p);

export type StepUpAsked = {
  readonly viewer: Pick<Viewer, 'sessionId' | 'deviceId' | 'scopes'>;
  readonly amount: Fen;
  readonly above: Fen;
};

/**
 * Whether each viewer has to type the password again for something of this worth (F017), in the same order. `above` is REVEAL_STEP_UP of
 * the order's rulebook. An API key is never asked: it was made with the password and has the scope or not. A session that has ended is.
 */
export async function stepUps(tx: Tx, asked: readonly StepUpAsked[]): Promise<boolean[]> {
  const browsers = asked.flatMap(({ viewer: { sessionId, deviceId } }) =>
    sessionId ? [{ sessionId, deviceId }] : [],
  );
  const rows =
    browsers.length > 0
      ? await readStepUps(tx, {
          sessionIds: browsers.map((one) => one.sessionId),
          deviceIds: browsers.map((one) => one.deviceId),
        })
      : [];
  const byPair = new Map(rows.map((row) => [`${row.id} ${row.deviceId}`, row]));
  return asked.map(({ viewer, amount, above }) => {
    if (viewer.scopes) return false;
    const facts = byPair.get(`${viewer.sessionId} ${viewer.deviceId}`);
    return !facts || needsStepUp({ ...facts, amount, above, wall: tx.wall });
  });
}

/** Takes away what has ended: sessions past their time, windows that are over. */
export async function sweepIdentity(tx: Tx): Promise<void> {
  await deleteOldSessions(tx, { wall: tx.wall });
  await sweepTries(tx);
}
