import { validationWords, type LicenceRefusal } from './contract.ts';
import type { Account } from './account.actions.ts';
import { reply, type Call } from './edge.http.ts';
import { refusalWords } from './policy.rules.ts';
import type { Checked } from './validation.actions.ts';
import { keygenLicence } from './keygen.rules.ts';
import { iso } from '../../kit/time.ts';

export const jsonApi = 'application/vnd.api+json';

const titles: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Unauthorized',
  403: 'Access denied',
  404: 'Not found',
  409: 'Conflict',
  413: 'Payload too large',
  415: 'Unsupported media type',
  422: 'Unprocessable resource',
  429: 'Too many requests',
  503: 'Service unavailable',
};

export type Source =
  | { readonly pointer: string }
  | { readonly parameter: string }
  | { readonly header: string };
export type Told = {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly source?: Source | undefined;
};

/** Errors as JSON:API has them; the Chinese sentence stands in the meta of each. */
export const refused = (
  call: Call,
  status: number,
  told: Told | readonly Told[],
  account?: Account | undefined,
  headers: Record<string, string> = {},
): Response =>
  reply(call, {
    status,
    type: jsonApi,
    account,
    headers,
    body: {
      meta: { id: call.requestId },
      errors: [told].flat().map(({ code, zh, en, source }) => ({
        title: titles[status] ?? 'Error',
        detail: en,
        code,
        ...(source ? { source } : {}),
        meta: { zh },
      })),
    },
  });

type Mapped = { readonly status?: number; readonly code?: string; readonly source?: Source };
const print: Source = { pointer: '/data/attributes/fingerprint' };

/** Where Keygen has a name of its own for a refusal, clients that are written for it look for that one. */
const mapped: Partial<Record<LicenceRefusal, Mapped>> = {
  LICENCE_NOT_FOUND: { code: 'NOT_FOUND' },
  MACHINE_NOT_FOUND: { code: 'NOT_FOUND' },
  LICENCE_SUSPENDED: { code: 'LICENSE_SUSPENDED' },
  LICENCE_EXPIRED: { code: 'LICENSE_EXPIRED' },
  FINGERPRINT_REQUIRED: { code: 'FINGERPRINT_BLANK', source: print },
  FINGERPRINT_INVALID: { source: print },
  FINGERPRINT_TAKEN: { source: print },
  MACHINE_LIMIT_EXCEEDED: { source: { pointer: '/data' } },
  UNBIND_QUOTA_EXCEEDED: { status: 422 },
  TTL_INVALID: { status: 400, code: 'CHECKOUT_TTL_INVALID', source: { parameter: 'ttl' } },
  OFFLINE_NOT_OFFERED: { code: 'CHECKOUT_NOT_ALLOWED' },
};

export function refusal(
  call: Call,
  {
    refusal: code,
    detail,
  }: { readonly refusal: LicenceRefusal; readonly detail?: Readonly<Record<string, unknown>> },
  account: Account | undefined,
): Response {
  const { zh, en, status } = refusalWords(code);
  const own = mapped[code];
  const wait: Record<string, string> =
    status === 429 ? { 'retry-after': String(detail?.['retryAfter_s'] ?? 60) } : {};
  return refused(
    call,
    own?.status ?? status,
    { code: own?.code ?? code, zh, en, source: own?.source },
    account,
    wait,
  );
}

export const tooMany = (call: Call, seconds: number): Response =>
  refused(
    call,
    429,
    { code: 'TOO_MANY_REQUESTS', zh: '请求太频繁，请稍等再试。', en: 'Too many requests. Wait a little.' },
    undefined,
    { 'retry-after': String(seconds) },
  );

export const away = (call: Call): Response =>
  refused(
    call,
    503,
    { code: 'DATABASE_UNAVAILABLE', zh: '系统暂时连不上，请稍后再试。', en: 'Not reachable for the moment.' },
    undefined,
    { 'retry-after': '2' },
  );

export const tooLarge = (call: Call): Response =>
  refused(call, 413, {
    code: 'BODY_TOO_LARGE',
    zh: '内容太大，没有处理。',
    en: 'The body is too large. Nothing was done.',
  });

export const absent = (call: Call, account?: Account): Response =>
  refused(
    call,
    404,
    { code: 'NOT_FOUND', zh: '没有找到。', en: 'The requested resource was not found.' },
    account,
  );

export const unauthorised = (call: Call, code: string): Response =>
  refused(
    call,
    401,
    {
      code,
      zh: '请在 Authorization 请求头里带上许可证密钥：License <key>。',
      en: 'Send the key of the licence in the Authorization header: License <key>.',
      source: { header: 'Authorization' },
    },
    undefined,
    { 'www-authenticate': 'License' },
  );

/** The answer to a validation: always 200, whatever it says. */
export function validated(
  call: Call,
  { valid, code, row, account, key, at }: Checked,
  asked: { readonly nonce?: number | undefined; readonly scope?: object | undefined },
): Response {
  const { zh, en } = validationWords[code];
  return reply(call, {
    status: 200,
    type: jsonApi,
    account,
    body: {
      meta: {
        ts: iso(at),
        valid,
        detail: en,
        code,
        ...(asked.nonce === undefined ? {} : { nonce: asked.nonce }),
        ...(asked.scope === undefined ? {} : { scope: asked.scope }),
        zh,
      },
      data: row ? keygenLicence(row, key, at) : null,
    },
  });
}
