import { must } from '../kit/assert.ts';
import { spanMs } from '../kit/time.ts';
import { done, refuse } from '../kit/result.ts';
import { serve } from '../kit/route.ts';
import { reader, transaction } from '../kit/tx.ts';
import type { Context } from '../kit/viewer.ts';
import {
  changePassword,
  chooseLanguage,
  confirmPassword,
  endOtherSessions,
  endSession,
  login,
  logout,
  register,
} from './actions.ts';
import { allow } from './attempt.actions.ts';
import { cookies, identityContract } from './contract.ts';
import { acceptInvitation, createKey, endKey } from './key.actions.ts';
import { openContact } from './people.actions.ts';
import { maskContact } from './rules.ts';
import { contactsOf, keysOf, personOf, sessionsOf } from './views.ts';
import { dropSession, keepSession, visitorOf } from './visitor.actions.ts';

const userOf = (context: Context): string => must(context.viewer.userId, 'the route needs a user');
const languageAge_s = spanMs({ days: 400 }) / 1000;

/** The viewer's own session, or undefined for an API key. */
function ownSession({
  viewer,
}: Context): { userId: string; sessionId: string; deviceId: string | null } | undefined {
  return viewer.sessionId && viewer.userId
    ? { userId: viewer.userId, sessionId: viewer.sessionId, deviceId: viewer.deviceId }
    : undefined;
}

const accounts = {
  register: serve(identityContract.register, (ctx, input) =>
    register(ctx.db, { ...input, language: ctx.language, ip: ctx.ip }),
  ),
  login: serve(identityContract.login, async (ctx, input) => {
    const answer = await login(ctx.db, { ...input, visitor: visitorOf(ctx) });
    if (!answer.ok) return answer;
    // The cookie is overwritten, so nobody could end the session that this browser had.
    await logout(ctx.db, ctx.viewer);
    const { userId, name, language, session } = answer.value;
    keepSession(ctx, session.token, 'account');
    ctx.cookies.set(cookies.language, language, languageAge_s);
    return done({ userId, name, language });
  }),
  logout: serve(identityContract.logout, async (ctx) => {
    await logout(ctx.db, ctx.viewer);
    dropSession(ctx);
    return done({});
  }),
  me: serve(identityContract.me, async (ctx) => {
    const { viewer } = ctx;
    const userId = userOf(ctx);
    const on = await reader(ctx.db);
    const [[person], contacts] = await Promise.all([personOf(on, { viewer }), contactsOf(on, { viewer })]);
    const { name, language, createdAt } = must(person, 'a viewer is somebody');
    return done({
      userId,
      name,
      language,
      createdAt,
      guest: viewer.guest,
      shops: [...viewer.shops],
      staff: [...viewer.staff],
      contacts: contacts.map(({ kind, sealed, verifiedAt }) => ({
        kind,
        masked: maskContact({ kind, value: openContact(ctx.db.keys, userId, sealed) }),
        verified: verifiedAt !== null,
      })),
    });
  }),
  changePassword: serve(identityContract.changePassword, async (ctx, input) => {
    const own = ownSession(ctx);
    return own ? changePassword(ctx.db, { ...own, ...input }) : refuse('SESSION_NEEDED');
  }),
  chooseLanguage: serve(identityContract.chooseLanguage, async (ctx, { language }) => {
    const { userId } = ctx.viewer;
    if (userId) await transaction(ctx.db, (tx) => chooseLanguage(tx, { userId, language }));
    ctx.cookies.set(cookies.language, language, languageAge_s);
    return done({ language });
  }),
};

const sessions = {
  confirm: serve(identityContract.confirm, async (ctx, { password }) => {
    const own = ownSession(ctx);
    return own
      ? confirmPassword(ctx.db, { ...own, deviceId: visitorOf(ctx).deviceId, password })
      : refuse('SESSION_NEEDED');
  }),
  sessions: serve(identityContract.sessions, async (ctx) => {
    const on = await reader(ctx.db);
    const rows = await sessionsOf(on, { viewer: ctx.viewer, wall: on.wall });
    return done({ sessions: rows.map((row) => ({ ...row, current: row.id === ctx.viewer.sessionId })) });
  }),
  endSession: serve(identityContract.endSession, async (ctx, { sessionId }) => {
    const answer = await transaction(ctx.db, (tx) => endSession(tx, { sessionId, userId: userOf(ctx) }));
    if (answer.ok && sessionId === ctx.viewer.sessionId) dropSession(ctx);
    return answer;
  }),
  endOtherSessions: serve(identityContract.endOtherSessions, async (ctx) => {
    const own = ownSession(ctx);
    if (!own) return refuse('SESSION_NEEDED');
    return done({
      ended: await transaction(ctx.db, (tx) =>
        endOtherSessions(tx, { userId: own.userId, keep: own.sessionId }),
      ),
    });
  }),
};

const keys = {
  createKey: serve(identityContract.createKey, async (ctx, input) => {
    const own = ownSession(ctx);
    if (!own) return refuse('SESSION_NEEDED');
    const answer = await transaction(ctx.db, (tx) => createKey(tx, { ...own, ...input }));
    // The one place where the token is shown; nothing stores it.
    return answer.ok
      ? done({
          ...answer.value,
          scopes: [...answer.value.scopes],
          usedAt: null,
          token: answer.value.token.reveal(),
        })
      : answer;
  }),
  keys: serve(identityContract.keys, async (ctx) => done({ keys: await keysOf(await reader(ctx.db), ctx) })),
  endKey: serve(identityContract.endKey, (ctx, { keyId }) =>
    transaction(ctx.db, (tx) => endKey(tx, { keyId, userId: userOf(ctx) })),
  ),
  acceptInvitation: serve(identityContract.acceptInvitation, async (ctx, { token }) => {
    const own = ownSession(ctx);
    if (!own) return refuse('SESSION_NEEDED');
    const allowed = await allow(ctx.db, [{ scope: 'invitation.address', key: ctx.ip }]);
    return allowed.ok
      ? transaction(ctx.db, (tx) => acceptInvitation(tx, { token, userId: own.userId }))
      : allowed;
  }),
};

export const identityRoutes = { ...accounts, ...sessions, ...keys };
