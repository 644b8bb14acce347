import type { Fen } from '../kit/money.ts';
import { sha256 } from '../kit/secret.ts';
import { instant, plus, spanMs, type Instant, type Span } from '../kit/time.ts';
import type { ContactKind } from './contract.ts';

export type Contact = { readonly kind: ContactKind; readonly value: string };

/** An e-mail in lower case, or a phone number with its country code (a bare Chinese mobile number gets +86); undefined for anything else. */
export function parseContact(text: string): Contact | undefined {
  const plain = text.normalize('NFKC').trim();
  if (/^[^\s@]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(plain) && plain.length <= 200)
    return { kind: 'email', value: plain.toLowerCase() };
  const digits = plain.replace(/[\s()-]/g, '');
  if (/^1[3-9]\d{9}$/.test(digits)) return { kind: 'phone', value: `+86${digits}` };
  if (/^(\+|00)[1-9]\d{6,14}$/.test(digits)) return { kind: 'phone', value: digits.replace(/^00/, '+') };
  return undefined;
}

/** Enough to recognise one's own contact, too little to write to somebody: 'l***@example.com', '+86138****5678'. */
export function maskContact({ kind, value }: Contact): string {
  if (kind === 'phone') return `${value.slice(0, -8)}****${value.slice(-4)}`;
  const [name = '', host = ''] = value.split('@');
  return `${name.slice(0, 1)}***@${host}`;
}

const commonPasswords = new Set([
  '1234567890',
  '0123456789',
  '0987654321',
  'qwertyuiop',
  'password12',
  'password123',
  '1q2w3e4r5t',
  'aa123456789',
  'woaini1314',
  'woaini520520',
  '1234512345',
  'mengyue-demo', // printed at every start of the demo
]);

/** What the first hundred guesses of anybody would find: a few characters repeated, a famous row, the contact itself (NIST SP 800-63B 3.1.1.2). */
export function isGuessable(password: string, contact: Contact | undefined): boolean {
  const plain = password.toLowerCase();
  if (new Set(plain).size < 4 || commonPasswords.has(plain)) return true;
  return contact !== undefined && (contact.value.includes(plain) || plain === contact.value.split('@')[0]);
}

/** How often something may be tried in a window; windows are fixed and begin at multiples of their length. */
export const limits = {
  'login.account': { count: 10, window: { minutes: 15 } },
  'login.address': { count: 100, window: { minutes: 15 } },
  'register.address': { count: 60, window: { minutes: 60 } },
  'confirm.user': { count: 10, window: { minutes: 15 } },
  'claim.user': { count: 20, window: { minutes: 60 } },
  'order_password.address': { count: 30, window: { minutes: 15 } },
  'order_password.order': { count: 10, window: { minutes: 15 } },
  'code_check.unit': { count: 10, window: { minutes: 15 } },
  'code_check.user': { count: 40, window: { minutes: 60 } },
  'issuer_check.user': { count: 20, window: { minutes: 60 } },
  'invitation.address': { count: 20, window: { minutes: 60 } },
} as const satisfies Record<string, { count: number; window: Span }>;
export type LimitScope = keyof typeof limits;

export const windowStart = (scope: LimitScope, wall: Instant): Instant => {
  const length = spanMs(limits[scope].window);
  return instant(wall - (wall % length));
};

/** Seconds until the next window, once the count is over the limit; 0 while trying is allowed. */
export function waitAfter(scope: LimitScope, count: number, wall: Instant): number {
  const { count: allowed, window } = limits[scope];
  return count <= allowed ? 0 : Math.ceil((plus(windowStart(scope, wall), window) - wall) / 1000);
}

/** A session ends when it was not used for this long; a guest's orders take longer to go wrong than a browser is remembered elsewhere. */
const sessionLives = { account: { days: 30 }, guest: { days: 90 } } as const;
export const sessionLife = (kind: 'account' | 'guest'): Span => sessionLives[kind];
export const sessionEnd = (kind: 'account' | 'guest', seenAt: Instant): Instant =>
  plus(seenAt, sessionLives[kind]);

const seenEvery: Span = { minutes: 5 };
/** Whether the use of a session is worth a write: at most once in five minutes. */
export const isWorthSeeing = (seenAt: Instant, wall: Instant): boolean => wall - seenAt >= spanMs(seenEvery);

const confirmationLasts: Span = { minutes: 15 };
export const confirmedUntil = (confirmedAt: Instant): Instant => plus(confirmedAt, confirmationLasts);
export const isConfirmed = (confirmedAt: Instant | null, wall: Instant): boolean =>
  confirmedAt !== null && confirmedUntil(confirmedAt) > wall;

export type StepUpFacts = {
  /** What is at stake. */
  readonly amount: Fen;
  /** Above this the password is asked again: REVEAL_STEP_UP of the order's rulebook. */
  readonly above: Fen;
  /** Whether this user has typed the password a second time on this device, or made the account on it. */
  readonly deviceKnown: boolean;
  readonly confirmedAt: Instant | null;
  readonly wall: Instant;
};

/** F017: a reveal asks for the password again above the amount, or on a device not seen before; one confirmation lasts a quarter of an hour. */
export function needsStepUp({ amount, above, deviceKnown, confirmedAt, wall }: StepUpFacts): boolean {
  if (isConfirmed(confirmedAt, wall)) return false;
  return amount > above || !deviceKnown;
}

const reserved = new Set(['accounts', 'session', 'sessions', 'staff', 'claims', 'language']);
const reservedScopes = new Set(['keys:read', 'keys:write', 'me:write']);
/** Logins, API keys and rights cannot be handed to a key: whoever finds the key must not be able to stay. `keys:reveal` is about card keys. */
export const isReservedScope = (scope: string): boolean =>
  reserved.has(scope.split(':')[0] ?? '') || reservedScopes.has(scope);

/** The device's number in the program: from its cookie, but of no use as one. Undefined when the cookie is not of our making. */
export function deviceIdOf(cookie: string | undefined): string | undefined {
  if (cookie === undefined || !/^[\w-]{43}$/.test(cookie)) return undefined;
  const hex = sha256(`mengyue device ${cookie}`).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A name for somebody who gave none. */
export const presetName = (userId: string): string => `盟友${userId.slice(-4)}`;
