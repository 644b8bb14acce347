import { Hono } from 'hono';
import { z } from 'zod';
import type { Result } from '../../kit/result.ts';
import { reader, transaction } from '../../kit/tx.ts';
import { accountOf, openKey, shopOfAccount, type Account } from './account.actions.ts';
import { validationWords, type LicenceRefusal, type ValidationCode } from './contract.ts';
import {
  byDevice,
  callOf,
  failureOf,
  limited,
  reply,
  textOf,
  waiting,
  type Call,
  type EdgeSettings,
} from './edge.http.ts';
import { tooLarge } from './keygen-reply.http.ts';
import { rates } from './limit.rules.ts';
import { refusalWords } from './policy.rules.ts';
import { activationRead, deviceOf, licenceKeyRead, scopeOf } from './polar.rules.ts';
import { activate, deactivate } from './seat.actions.ts';
import { countUses, customerOf, licenceOfKey, validateKey } from './validation.actions.ts';

const key = z.string().min(1).max(200);
const condition = z.union([z.string().max(255), z.number(), z.boolean()]);
const conditions = z
  .record(z.string().max(64), condition)
  .refine((given) => Object.keys(given).length <= 50, 'at most 50 conditions')
  .default({});
const meta = z
  .record(z.string().max(64), z.union([z.string().max(500), z.number(), z.boolean()]))
  .refine((given) => Object.keys(given).length <= 50, 'at most 50 entries')
  .default({});
const named = { key, organization_id: z.string().min(1).max(64) };
const id = z.string().max(64);

const bodies = {
  validate: z.object({
    ...named,
    activation_id: id.nullish(),
    benefit_id: id.nullish(),
    customer_id: id.nullish(),
    increment_usage: z.int().min(0).max(1_000_000).nullish(),
    conditions,
  }),
  activate: z.object({ ...named, label: z.string().min(1).max(120), conditions, meta }),
  deactivate: z.object({ ...named, activation_id: id }),
};

const names = {
  400: 'BadRequest',
  403: 'NotPermitted',
  404: 'ResourceNotFound',
  422: 'RequestValidationError',
  429: 'TooManyRequests',
  503: 'ServiceUnavailable',
} as const;
type Status = keyof typeof names;
type Told = { readonly code: string; readonly zh: string; readonly en: string; readonly detail?: unknown };

/** Polar's error with what it lacks: a code for programs, and the sentence in both languages. */
const refused = (
  call: Call,
  status: Status,
  told: Told,
  account?: Account,
  headers: Record<string, string> = {},
): Response =>
  reply(call, {
    status,
    type: 'application/json',
    account,
    headers,
    body: { error: names[status], detail: told.detail ?? told.en, code: told.code, zh: told.zh, en: told.en },
  });

const invalid = (call: Call, code: ValidationCode, account: Account | undefined): Response => {
  const { zh, en } = validationWords[code];
  return refused(call, 404, { code, zh: `${zh}。`, en: `The license key ${en}.` }, account);
};

const statuses: Partial<Record<LicenceRefusal, Status>> = {
  MACHINE_LIMIT_EXCEEDED: 403,
  FINGERPRINT_TAKEN: 403,
  UNBIND_QUOTA_EXCEEDED: 403,
  USES_LIMIT_EXCEEDED: 400,
};

function refusal(
  call: Call,
  result: Result<never, LicenceRefusal> & { ok: false },
  account: Account | undefined,
): Response {
  const words = refusalWords(result.refusal);
  const status = statuses[result.refusal] ?? (words.status as Status);
  const wait: Record<string, string> =
    status === 429 ? { 'retry-after': String(result.detail?.['retryAfter_s'] ?? 60) } : {};
  return refused(call, status, { code: result.refusal, zh: words.zh, en: words.en }, account, wait);
}

const tooMany = (call: Call, seconds: number): Response =>
  refused(
    call,
    429,
    { code: 'TOO_MANY_REQUESTS', zh: '请求太频繁，请稍等再试。', en: 'Too many requests. Wait a little.' },
    undefined,
    { 'retry-after': String(seconds) },
  );

type Named = { readonly key: string; readonly organization_id: string };
type Act<B> = (call: Call, body: B, shopId: string) => Promise<Response>;

/** Reads and checks a body, finds the shop, and lets nobody ask too often. */
function post<B extends Named>(settings: EdgeSettings, shape: z.ZodType<B>, changes: boolean, act: Act<B>) {
  return async (http: Parameters<EdgeSettings['addressOf']>[0]): Promise<Response> => {
    const call = callOf(http, settings);
    const text = await textOf(call);
    if (text === undefined) return tooLarge(call);
    const read = shape.safeParse(jsonOf(text));
    if (!read.success) return malformed(call, read.error.issues);
    const wait = tooOften(call, read.data, changes);
    if (wait > 0) return tooMany(call, wait);
    try {
      const shopId = await shopOfAccount(await reader(call.db), read.data.organization_id);
      if (shopId === undefined) return invalid(call, 'NOT_FOUND', undefined);
      return await act(call, read.data, shopId);
    } catch (error) {
      const status = failureOf(error);
      if (status === undefined) throw error;
      if (status === 422) return malformed(call, []);
      return refused(
        call,
        503,
        {
          code: 'DATABASE_UNAVAILABLE',
          zh: '系统暂时连不上，请稍后再试。',
          en: 'Not reachable for the moment.',
        },
        undefined,
        { 'retry-after': '2' },
      );
    }
  };
}

function tooOften(call: Call, { key }: Named, changes: boolean): number {
  const misses = waiting(call, `miss/${call.address}`, rates.misses);
  if (misses > 0) return misses;
  if (!changes) return limited(call, `v/${call.address}/${key}`, rates.validate);
  return Math.max(
    limited(call, `c/${key}`, rates.change),
    limited(call, `a/${call.address}`, rates.changesOfAddress),
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const malformed = (call: Call, issues: readonly z.core.$ZodIssue[]): Response =>
  refused(call, 422, {
    code: 'INPUT_INVALID',
    zh: '请求内容不对，请看标出的地方。',
    en: 'The body is not right; see the fields named.',
    detail: issues.map((issue) => ({ loc: ['body', ...issue.path], msg: issue.message, type: issue.code })),
  });

function miss(call: Call, account: Account | undefined): Response {
  limited(call, `miss/${call.address}`, rates.misses);
  return invalid(call, 'NOT_FOUND', account);
}

const validateAct: Act<z.infer<typeof bodies.validate>> = async (call, body, shopId) => {
  const { db } = call;
  const checked = await validateKey(db, { key: body.key, shopId, scope: scopeOf(body) });
  const { row, account, valid, code } = checked;
  if (!row) return miss(call, account);
  if (!valid) return invalid(call, code, account);
  let { uses } = row;
  if (body.increment_usage) {
    const counted = await transaction(db, (tx) => countUses(tx, row, body.increment_usage ?? 0));
    if (!counted.ok) return refusal(call, counted, account);
    uses = counted.value.uses;
  }
  const seat = checked.named.find((one) => one.id === body.activation_id) ?? checked.named[0];
  return reply(call, {
    status: 200,
    type: 'application/json',
    account,
    body: {
      ...licenceKeyRead({ ...row, uses }, checked.key, customerOf(db.keys, row)),
      activation: seat ? activationRead(seat, row.id) : null,
    },
  });
};

const activateAct: Act<z.infer<typeof bodies.activate>> = async (call, body, shopId) => {
  const { db } = call;
  const row = await licenceOfKey(db, body.key, {});
  const account = await accountOf(await reader(db), shopId);
  if (!row || !account || row.shopId !== shopId) return miss(call, account);
  const device = deviceOf(body, row.policy.seats !== null);
  const seated = await transaction(db, (tx) => activate(tx, row, device, byDevice(call)));
  if (!seated.ok) return refusal(call, seated, account);
  const { machine, held } = seated.value;
  const now = { ...row, expiresAt: held.licence.expiresAt, machines: held.licence.machines };
  return reply(call, {
    status: 200,
    type: 'application/json',
    account,
    body: {
      ...activationRead(machine, row.id),
      license_key: licenceKeyRead(now, openKey(account, row.id, row.sealed), customerOf(db.keys, row)),
    },
  });
};

const deactivateAct: Act<z.infer<typeof bodies.deactivate>> = async (call, body, shopId) => {
  const { db } = call;
  const row = await licenceOfKey(db, body.key, {});
  const account = await accountOf(await reader(db), shopId);
  if (!row || row.shopId !== shopId) return miss(call, account);
  const machine = { id: uuid.test(body.activation_id) ? body.activation_id : null, fingerprint: null };
  const gone = await transaction(db, (tx) => deactivate(tx, row, machine, byDevice(call)));
  return gone.ok ? reply(call, { status: 204, type: '', account, body: null }) : refusal(call, gone, account);
};

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Polar's three public calls, under /v1. What its own have wrong is right here (README). */
export function polarRoutes(settings: EdgeSettings): Hono {
  const routes = new Hono();
  const at = '/customer-portal/license-keys';
  routes.post(`${at}/validate`, post(settings, bodies.validate, false, validateAct));
  routes.post(`${at}/activate`, post(settings, bodies.activate, true, activateAct));
  routes.post(`${at}/deactivate`, post(settings, bodies.deactivate, true, deactivateAct));
  return routes;
}
