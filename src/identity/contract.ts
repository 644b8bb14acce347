import { z } from 'zod';
import { endpoint } from '../kit/endpoint.ts';
import { idIn, idOut, instantOut } from '../kit/public-id.ts';
import type { RefusalCatalogue } from '../kit/result.ts';

export const identityRefusals = {
  LOGIN_WRONG: {
    status: 401,
    zh: '账号或密码不对。',
    en: 'The login or the password is not right.',
  },
  CONTACT_INVALID: {
    status: 422,
    zh: '请填邮箱或手机号。',
    en: 'Please give an e-mail address or a phone number.',
  },
  PASSWORD_WRONG: { status: 403, zh: '密码不对。', en: 'The password is not right.' },
  PASSWORD_COMMON: {
    status: 422,
    zh: '这个密码太容易猜到，换一个长一点的。',
    en: 'This password is easy to guess. Take a longer one.',
  },
  SESSION_NEEDED: {
    status: 403,
    zh: '这一步要登录后在浏览器里做，API 密钥不行。',
    en: 'This needs a logged-in browser; an API key will not do.',
  },
  STEP_UP_REQUIRED: {
    status: 403,
    zh: '这一步要再输一次密码。',
    en: 'Please type your password again for this step.',
  },
  SESSION_NOT_FOUND: { status: 404, zh: '没有找到这个登录。', en: 'We could not find this session.' },
  KEY_NOT_FOUND: { status: 404, zh: '没有找到这个 API 密钥。', en: 'We could not find this API key.' },
  KEYS_TOO_MANY: {
    status: 409,
    zh: '最多 20 个 API 密钥，先停用不用的。',
    en: 'Twenty API keys at most. End one you do not use.',
  },
  SCOPE_RESERVED: {
    status: 422,
    zh: '有一项权限不能交给 API 密钥。',
    en: 'One of these scopes cannot be given to an API key.',
  },
  ORDER_PASSWORD_WRONG: {
    status: 404,
    zh: '没有找到这样的订单，订单号和查询密码请再对一遍。',
    en: 'No such order. Please check its number and its password.',
  },
  INVITATION_NOT_FOUND: {
    status: 404,
    zh: '这个邀请链接用过了、过期了或不完整。',
    en: 'This invitation was used, has expired or is not complete.',
  },
} as const satisfies RefusalCatalogue;
export type IdentityRefusal = keyof typeof identityRefusals;

/** The cookies of this site, by what they are for; app/request puts __Host- before the name on https. */
export const cookies = { session: 'mengyue', device: 'mengyue-device', language: 'lang' } as const;

export const contactKinds = ['email', 'phone'] as const;
export type ContactKind = (typeof contactKinds)[number];

export const shopRoles = ['owner', 'goods', 'orders', 'money'] as const;
export const staffRoles = ['admin', 'review', 'finance', 'risk', 'support', 'arbitrator'] as const;
export const languages = ['zh', 'en'] as const;

const login = z
  .string()
  .trim()
  .min(3)
  .max(200)
  .meta({ examples: ['lin@example.com', '13800138000'] });
const newPassword = z.string().min(10).max(200);
const givenPassword = z.string().min(1).max(200);
/** What a guest chooses when buying, to find the order again. */
export const orderPasswordShape = z.string().min(6).max(100);
const name = z.string().trim().min(1).max(30);
/** `orders:read`: what it is about and what may be done, as each route names it. */
const scope = z.string().regex(/^[a-z][a-z-]{1,30}:(read|write|reveal)$/);

const sessionOut = z.object({
  id: idOut('session'),
  current: z.boolean(),
  userAgent: z.string(),
  ip: z.string(),
  createdAt: instantOut,
  seenAt: instantOut,
});
const keyOut = z.object({
  id: idOut('key'),
  name: z.string(),
  scopes: z.array(z.string()),
  createdAt: instantOut,
  usedAt: instantOut.nullable(),
});
const welcome = z.object({ userId: idOut('user'), name: z.string(), language: z.enum(languages) });
const {
  LOGIN_WRONG,
  CONTACT_INVALID,
  PASSWORD_WRONG,
  PASSWORD_COMMON,
  SESSION_NEEDED,
  STEP_UP_REQUIRED,
  SESSION_NOT_FOUND,
  KEY_NOT_FOUND,
  KEYS_TOO_MANY,
  SCOPE_RESERVED,
  INVITATION_NOT_FOUND,
} = identityRefusals;

export const identityContract = {
  register: endpoint({
    at: 'POST /accounts',
    who: 'anyone',
    summary:
      'Make an account with an e-mail or phone and a password. The answer is the same when the contact has one already; log in next',
    input: z.object({ login, password: newPassword, name: name.optional() }),
    output: z.object({ next: z.literal('login') }),
    refusals: { CONTACT_INVALID, PASSWORD_COMMON },
  }),
  login: endpoint({
    at: 'POST /session',
    who: 'anyone',
    summary: 'Log in; the answer sets the session cookie',
    input: z.object({ login, password: givenPassword }),
    output: welcome,
    refusals: { LOGIN_WRONG },
  }),
  logout: endpoint({
    at: 'DELETE /session',
    who: 'anyone',
    summary: 'Log out of this browser',
    input: z.object({}),
    output: z.object({}),
    refusals: {},
  }),
  confirm: endpoint({
    at: 'POST /session/confirmation',
    who: 'user',
    summary: 'Type the password again, for a step that needs it',
    input: z.object({ password: givenPassword }),
    output: z.object({ confirmedUntil: instantOut }),
    refusals: { PASSWORD_WRONG, SESSION_NEEDED },
  }),
  sessions: endpoint({
    at: 'GET /sessions',
    who: 'user',
    summary: 'Where I am logged in, newest first',
    input: z.object({}),
    output: z.object({ sessions: z.array(sessionOut) }),
    refusals: {},
  }),
  endSession: endpoint({
    at: 'DELETE /sessions/{sessionId}',
    who: 'user',
    summary: 'Log out one of my devices',
    input: z.object({ sessionId: idIn('session') }),
    output: z.object({}),
    refusals: { SESSION_NOT_FOUND },
  }),
  endOtherSessions: endpoint({
    at: 'DELETE /sessions',
    who: 'user',
    summary: 'Log out everywhere but here',
    input: z.object({}),
    output: z.object({ ended: z.number() }),
    refusals: { SESSION_NEEDED },
  }),
  me: endpoint({
    at: 'GET /me',
    who: 'user',
    summary: 'Who I am',
    input: z.object({}),
    output: welcome.extend({
      guest: z.boolean(),
      contacts: z.array(z.object({ kind: z.enum(contactKinds), masked: z.string(), verified: z.boolean() })),
      shops: z.array(z.object({ shopId: idOut('shop'), role: z.enum(shopRoles) })),
      staff: z.array(z.enum(staffRoles)),
      createdAt: instantOut,
    }),
    refusals: {},
  }),
  changePassword: endpoint({
    at: 'PUT /me/password',
    who: 'account',
    summary: 'Change my password; all other devices are logged out',
    input: z.object({ password: givenPassword, newPassword }),
    output: z.object({ ended: z.number() }),
    refusals: { PASSWORD_WRONG, PASSWORD_COMMON, SESSION_NEEDED },
  }),
  chooseLanguage: endpoint({
    at: 'PUT /language',
    who: 'anyone',
    summary: 'The language of pages and messages',
    input: z.object({ language: z.enum(languages) }),
    output: z.object({ language: z.enum(languages) }),
    refusals: {},
  }),
  createKey: endpoint({
    at: 'POST /keys',
    who: 'account',
    summary: 'Make an API key; its token is shown this once',
    input: z.object({ name, scopes: z.array(scope).min(1).max(40) }),
    output: keyOut.extend({ token: z.string() }),
    refusals: { KEYS_TOO_MANY, SCOPE_RESERVED, SESSION_NEEDED, STEP_UP_REQUIRED },
  }),
  keys: endpoint({
    at: 'GET /keys',
    who: 'account',
    summary: 'My API keys, newest first',
    input: z.object({}),
    output: z.object({ keys: z.array(keyOut) }),
    refusals: {},
  }),
  endKey: endpoint({
    at: 'DELETE /keys/{keyId}',
    who: 'account',
    summary: 'End an API key',
    input: z.object({ keyId: idIn('key') }),
    output: z.object({}),
    refusals: { KEY_NOT_FOUND },
  }),
  acceptInvitation: endpoint({
    at: 'POST /staff/invitations/acceptance',
    who: 'account',
    summary: 'Take a one-time invitation to the staff',
    input: z.object({ token: z.string().max(100) }),
    output: z.object({ role: z.enum(staffRoles) }),
    refusals: { INVITATION_NOT_FOUND, SESSION_NEEDED },
  }),
};
