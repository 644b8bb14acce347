import { Hono, type Context as HonoContext } from 'hono';
import { z } from 'zod';
import { reader, transaction } from '../../kit/tx.ts';
import { accountOf, openKey, shopOfAccount, type Account } from './account.actions.ts';
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
import {
  absent,
  away,
  jsonApi,
  refusal,
  refused,
  tooLarge,
  tooMany,
  unauthorised,
  validated,
} from './keygen-reply.http.ts';
import { checkOutRoute } from './keygen-file.http.ts';
import { keygenLicence, keygenMachine } from './keygen.rules.ts';
import { rates } from './limit.rules.ts';
import { isExpired, type Device } from './policy.rules.ts';
import { activate, deactivate, machineOf } from './seat.actions.ts';
import { countUses, licenceOfKey, validateKey } from './validation.actions.ts';
import type { Scope } from './validation.rules.ts';
import type { CheckedRow } from './views.ts';

const text = z.string().max(255);
const texts = z.array(text).max(50);

const scopeShape = z.object({
  product: text.nullish(),
  policy: text.nullish(),
  user: text.nullish(),
  machine: text.nullish(),
  fingerprint: text.nullish(),
  fingerprints: texts.nullish(),
  components: texts.nullish(),
  entitlements: texts.nullish(),
  checksum: text.nullish(),
  version: text.nullish(),
  environment: text.nullish(),
});
const validation = z.object({ nonce: z.int().optional(), scope: scopeShape.optional() });
const keyBody = z.object({ meta: validation.extend({ key: z.string().min(1).max(200) }) });
const scopeBody = z.object({ meta: validation.default({}) }).default({ meta: {} });

const component = z.object({
  attributes: z.object({ fingerprint: text.min(1), name: text.max(80).default('') }),
});
const plain = z.union([z.string().max(500), z.number(), z.boolean(), z.null()]);
const machineBody = z.object({
  data: z.object({
    type: z.literal('machines'),
    attributes: z.object({
      fingerprint: text.nullish(),
      name: text.max(120).nullish(),
      platform: text.max(120).nullish(),
      hostname: text.max(120).nullish(),
      metadata: z.record(z.string().max(64), plain).nullish(),
    }),
    relationships: z.object({
      license: z.object({ data: z.object({ type: z.literal('licenses'), id: z.string().max(200) }) }),
      components: z.object({ data: z.array(component).max(50) }).optional(),
    }),
  }),
});
const useBody = z
  .object({
    meta: z.object({ increment: z.int().min(1).max(1_000_000).default(1) }).default({ increment: 1 }),
  })
  .default({ meta: { increment: 1 } });

type ScopeAsked = z.infer<typeof scopeShape>;

/** Keygen's scope in our words. `fingerprint: ""` and an empty list both ask for nothing, which is an answer of its own. */
function scopeOf(asked: ScopeAsked | undefined): Scope {
  if (!asked) return {};
  const { fingerprint, fingerprints, ...rest } = asked;
  const one = fingerprint ?? undefined;
  const prints = one === undefined ? (fingerprints ?? undefined) : [one].filter((print) => print !== '');
  const given = { ...rest, ...(prints === undefined ? {} : { fingerprints: prints }) };
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== null && value !== undefined),
  );
}

/** Somebody who showed a key: the licence, and who signs. */
export type Bearer = { readonly row: CheckedRow; readonly account: Account; readonly key: string };

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const named = (id: string) => ({ id: uuid.test(id) ? id : null, fingerprint: id });

/** The key in the Authorization header: `License <key>`, or Basic with the name `license`. */
function keyGiven(http: HonoContext): string | undefined {
  const [scheme = '', value = ''] = (http.req.header('authorization') ?? '').split(/\s+/, 2);
  if (/^license$/i.test(scheme)) return value;
  if (!/^basic$/i.test(scheme)) return undefined;
  const plainText = Buffer.from(value, 'base64').toString();
  return plainText.startsWith('license:') ? plainText.slice('license:'.length) : undefined;
}

/** Who shows a key, or the answer that there is none, it opens nothing, or another account is asked. */
async function bearerOf(call: Call, shopId: string | undefined): Promise<Bearer | Response> {
  const key = keyGiven(call.http);
  if (!key || key.length > 200)
    return unauthorised(call, call.http.req.header('authorization') ? 'TOKEN_INVALID' : 'TOKEN_MISSING');
  const wait = Math.max(
    waiting(call, `miss/${call.address}`, rates.misses),
    limited(call, `c/${key}`, rates.change),
    limited(call, `a/${call.address}`, rates.changesOfAddress),
  );
  if (wait > 0) return tooMany(call, wait);
  const row = await licenceOfKey(call.db, key, {});
  const account = row && (await accountOf(await reader(call.db), row.shopId));
  if (!row || !account || (shopId !== undefined && row.shopId !== shopId)) {
    limited(call, `miss/${call.address}`, rates.misses);
    return unauthorised(call, 'LICENSE_INVALID');
  }
  if (row.policy.expiration === 'revoke' && isExpired(row, (await reader(call.db)).business))
    return refusal(call, { refusal: 'LICENCE_EXPIRED' }, account);
  return { row, account, key: openKey(account, row.id, row.sealed) };
}

type Act = (call: Call, shopId: string | undefined) => Promise<Response>;

/** Every route: finds the account in the path, and says what went wrong in JSON:API. */
function route(settings: EdgeSettings, act: Act) {
  return async (http: HonoContext): Promise<Response> => {
    const call = callOf(http, settings);
    const wants = http.req.header('keygen-accept-signature');
    if (wants !== undefined && /algorithm=/.test(wants) && !/algorithm="?ed25519"?/.test(wants))
      return refused(call, 400, {
        code: 'SIGNATURE_ALGORITHM_INVALID',
        zh: '只支持 ed25519 签名。',
        en: 'Only ed25519 signatures are given.',
        source: { header: 'Keygen-Accept-Signature' },
      });
    try {
      const name = http.req.param('account');
      const shopId = name === undefined ? undefined : await shopOfAccount(await reader(call.db), name);
      return name !== undefined && shopId === undefined ? absent(call) : await act(call, shopId);
    } catch (error) {
      const status = failureOf(error);
      if (status === undefined) throw error;
      return status === 503 ? away(call) : malformed(call, []);
    }
  };
}

/** A route for somebody who shows a key. */
const withKey = (settings: EdgeSettings, act: (call: Call, bearer: Bearer) => Promise<Response>) =>
  route(settings, async (call, shopId) => {
    const bearer = await bearerOf(call, shopId);
    return bearer instanceof Response ? bearer : act(call, bearer);
  });

async function bodyOf<T>(call: Call, shape: z.ZodType<T>): Promise<T | Response> {
  const given = await textOf(call);
  if (given === undefined) return tooLarge(call);
  if (given !== '' && !/^application\/(vnd\.api\+)?json\b/i.test(call.http.req.header('content-type') ?? ''))
    return refused(call, 415, {
      code: 'CONTENT_TYPE_INVALID',
      zh: '这里只收 application/vnd.api+json 或 application/json。',
      en: 'Send application/vnd.api+json or application/json.',
      source: { header: 'Content-Type' },
    });
  let parsed: unknown;
  try {
    parsed = given === '' ? undefined : JSON.parse(given);
  } catch {
    return refused(call, 400, {
      code: 'REQUEST_MALFORMED',
      zh: '请求的 JSON 读不懂。',
      en: 'The JSON of the request cannot be read.',
    });
  }
  const read = shape.safeParse(parsed);
  return read.success ? read.data : malformed(call, read.error.issues);
}

const malformed = (call: Call, issues: readonly z.core.$ZodIssue[]): Response =>
  refused(
    call,
    400,
    (issues.length > 0 ? issues : [{ path: [], message: 'cannot be stored' }]).map((issue) => ({
      code: 'PARAMETER_INVALID',
      zh: '这一项没填对。',
      en: issue.message,
      source: { pointer: `/${issue.path.map(String).join('/')}` },
    })),
  );

const validateKeyRoute = (settings: EdgeSettings) =>
  route(settings, async (call, shopId) => {
    const body = await bodyOf(call, keyBody);
    if (body instanceof Response) return body;
    const { key, scope } = body.meta;
    const wait = Math.max(
      waiting(call, `miss/${call.address}`, rates.misses),
      limited(call, `v/${call.address}/${key}`, rates.validate),
    );
    if (wait > 0) return tooMany(call, wait);
    const checked = await validateKey(call.db, { key, shopId, scope: scopeOf(scope) });
    if (!checked.row) limited(call, `miss/${call.address}`, rates.misses);
    return validated(call, checked, body.meta);
  });

/** With a scope by POST, without one by GET; the licence is named by its id or its key. */
const validateRoute = (settings: EdgeSettings) =>
  withKey(settings, async (call, { row, account, key }) => {
    if (!isNamed(call, row, key)) return absent(call, account);
    const body = await bodyOf(call, scopeBody);
    if (body instanceof Response) return body;
    const checked = await validateKey(call.db, { key, scope: scopeOf(body.meta.scope) });
    return validated(call, checked, body.meta);
  });

const isNamed = (call: Call, row: CheckedRow, key: string): boolean =>
  [row.id, key].includes(call.http.req.param('id') ?? '');

const showLicence = (settings: EdgeSettings) =>
  withKey(settings, async (call, { row, account, key }) =>
    isNamed(call, row, key)
      ? reply(call, { status: 200, type: jsonApi, account, body: { data: keygenLicence(row, key, call.at) } })
      : absent(call, account),
  );

const useRoute = (settings: EdgeSettings) =>
  withKey(settings, async (call, { row, account, key }) => {
    if (!isNamed(call, row, key)) return absent(call, account);
    const body = await bodyOf(call, useBody);
    if (body instanceof Response) return body;
    const counted = await transaction(call.db, (tx) => countUses(tx, row, body.meta.increment));
    if (!counted.ok) return refusal(call, counted, account);
    const data = keygenLicence({ ...row, uses: counted.value.uses }, key, call.at);
    return reply(call, { status: 200, type: jsonApi, account, body: { data } });
  });

function deviceOf({ attributes, relationships }: z.infer<typeof machineBody>['data']): Device {
  return {
    fingerprint: attributes.fingerprint || null,
    name: attributes.name ?? '',
    platform: attributes.platform ?? '',
    hostname: attributes.hostname ?? '',
    components: (relationships.components?.data ?? []).map((one) => one.attributes),
    metadata: attributes.metadata ?? {},
  };
}

const createMachine = (settings: EdgeSettings) =>
  withKey(settings, async (call, { row, account, key }) => {
    const body = await bodyOf(call, machineBody);
    if (body instanceof Response) return body;
    const asked = body.data.relationships.license.data.id;
    if (asked !== row.id && asked !== key) return absent(call, account);
    const seated = await transaction(call.db, (tx) => activate(tx, row, deviceOf(body.data), byDevice(call)));
    if (!seated.ok) return refusal(call, seated, account);
    const { machine, isNew } = seated.value;
    const { data } = keygenMachine(machine, row);
    // The same device again is the machine that it is: there is nothing new to be told of.
    return reply(call, {
      status: isNew ? 201 : 200,
      type: jsonApi,
      account,
      headers: { location: data.links.self },
      body: { data },
    });
  });

const showMachine = (settings: EdgeSettings) =>
  withKey(settings, async (call, { row, account }) => {
    const id = call.http.req.param('id') ?? '';
    const machine = await transaction(call.db, (tx) => machineOf(tx, row, named(id)));
    if (!machine) return absent(call, account);
    return reply(call, {
      status: 200,
      type: jsonApi,
      account,
      body: { data: keygenMachine(machine, row).data },
    });
  });

const deleteMachineRoute = (settings: EdgeSettings) =>
  withKey(settings, async (call, { row, account }) => {
    const id = call.http.req.param('id') ?? '';
    const gone = await transaction(call.db, (tx) => deactivate(tx, row, named(id), byDevice(call)));
    return gone.ok
      ? reply(call, { status: 204, type: jsonApi, account, body: null })
      : refusal(call, gone, account);
  });

/** Keygen's calls, under /v1 and /v1/accounts/{account}. */
export function keygenRoutes(settings: EdgeSettings): Hono {
  const routes = new Hono();
  for (const base of ['', '/accounts/:account']) {
    routes.post(`${base}/licenses/actions/validate-key`, validateKeyRoute(settings));
    routes.on(['GET', 'POST'], `${base}/licenses/:id/actions/validate`, validateRoute(settings));
    routes.post(`${base}/licenses/:id/actions/increment-usage`, useRoute(settings));
    routes.on(
      ['GET', 'POST'],
      `${base}/licenses/:id/actions/check-out`,
      withKey(settings, (call, bearer) => checkOutRoute(call, bearer, 'license', null)),
    );
    routes.get(`${base}/licenses/:id`, showLicence(settings));
    routes.post(`${base}/machines`, createMachine(settings));
    routes.get(`${base}/machines/:id`, showMachine(settings));
    routes.delete(`${base}/machines/:id`, deleteMachineRoute(settings));
    routes.on(
      ['GET', 'POST'],
      `${base}/machines/:id/actions/check-out`,
      withKey(settings, (call, bearer) =>
        checkOutRoute(call, bearer, 'machine', named(call.http.req.param('id') ?? '')),
      ),
    );
  }
  return routes;
}
