import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, test } from 'node:test';
import { z } from 'zod';
import { testDatabase } from '../../test/database.ts';
import { Secret } from '../kit/secret.ts';
import { nobody, type Viewer } from '../kit/viewer.ts';
import { createApp, listen } from './http.ts';
import { openLog } from './log.ts';
import { problemShape } from './problem.ts';
import { proxyList, type ViewerOf } from './request.ts';

const { db, asOwner } = await testDatabase();
const admin: Viewer = { ...nobody, userId: '01890000-0000-7000-8000-000000000001', staff: ['admin'] };
/** A cookie or a key makes an admin here, so that every refusal below comes from the edge and not from who looks. */
let seenIp = '';
const viewerOf: ViewerOf = async ({ cookies, authorization, ip }) => {
  seenIp = ip;
  if (cookies.get('boom')) throw new Error('select card_key from keys: MY-SECRET-CODE');
  if (authorization === 'Bearer buyer') return { ...admin, staff: [] };
  return cookies.get('mengyue') === 'good' || authorization === 'Bearer good' ? admin : nobody;
};
const at = async (config: {
  publicOrigin?: string;
  mode?: 'demo' | 'production';
  trustedProxies?: string;
}) => {
  const app = createApp({
    db,
    config: { publicOrigin: undefined, mode: 'demo', trustedProxies: '', ...config },
    log: openLog('silent'),
    viewerOf,
  });
  const server = await listen(app, { host: '127.0.0.1', port: 0 });
  after(server.stop);
  return server.address;
};
const demo = await at({});
const shop = await at({ publicOrigin: 'https://shop.example', mode: 'production' });

type Problem = z.infer<typeof problemShape>;
type Sent = { method?: string; headers?: Record<string, string>; body?: string | ReadableStream };
async function ask(url: string, { method = 'GET', headers = {}, body }: Sent = {}) {
  const answer = await fetch(url, {
    method,
    headers,
    ...(body ? { body, duplex: 'half' } : {}),
  } as RequestInit);
  const text = await answer.text();
  const isJson = /json/.test(answer.headers.get('content-type') ?? '');
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    problem: (isJson ? JSON.parse(text) : {}) as Problem,
  };
}
const json = { 'content-type': 'application/json' };
const move = (
  base: string,
  headers: Record<string, string>,
  body: string | ReadableStream = '{"minutes":1}',
) => ask(`${base}/api/v1/operator/clock`, { method: 'POST', headers: { ...json, ...headers }, body });

test('healthz is good and readyz ready while the database answers', async () => {
  assert.equal((await ask(`${demo}/healthz`)).status, 200);
  assert.deepEqual(await ask(`${demo}/readyz`).then(({ status, text }) => [status, text]), [200, 'ready\n']);
});

test('a route answers, uncached, with a number of the request', async () => {
  const answer = await ask(`${demo}/api/v1/rules`);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
  assert.match(answer.headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/);
});

test('query strings become numbers by the shape; values of a JSON body never do', async () => {
  assert.equal((await ask(`${demo}/api/v1/products?limit=5`)).status, 200);
  assert.equal((await ask(`${demo}/api/v1/products?limit=many`)).problem.code, 'INPUT_INVALID');
  const text = await move(demo, { authorization: 'Bearer good' }, '{"minutes":"1"}');
  assert.deepEqual([text.status, text.problem.errors?.[0]?.pointer], [422, '#/minutes']);
});

test('every refusal is a problem of RFC 9457 with code, both languages and its number', async () => {
  const refused = [
    await ask(`${demo}/api/v1/nothing/here`),
    await ask(`${demo}/api/elsewhere`),
    await ask(`${demo}/api/v1/rules/9.9.9`),
    await ask(`${demo}/api/v1/me`),
    await move(demo, {}, '{'),
    await move(demo, { authorization: 'Bearer good' }, '{"minutes":0}'),
  ];
  assert.deepEqual(
    refused.map(({ status, problem }) => [status, problem.code]),
    [
      [404, 'ROUTE_NOT_FOUND'],
      [404, 'ROUTE_NOT_FOUND'],
      [404, 'RULEBOOK_NOT_FOUND'],
      [401, 'LOGIN_REQUIRED'],
      [400, 'REQUEST_MALFORMED'],
      [422, 'INPUT_INVALID'],
    ],
  );
  for (const { headers, problem } of refused) {
    assert.equal(headers.get('content-type'), 'application/problem+json');
    problemShape.parse(problem);
    assert.equal(problem.request_id, headers.get('x-request-id'));
    assert.equal(problem.title, problem.zh);
    const known = await ask(demo + problem.type);
    assert.equal((known.problem as unknown as { known: boolean }).known, true, problem.type);
  }
});

test('the reader’s language decides the sentence, the code stays', async () => {
  const english = await ask(`${demo}/api/v1/me`, { headers: { 'accept-language': 'fr, en;q=0.8' } });
  assert.deepEqual([english.problem.title, english.problem.code], ['Please log in first.', 'LOGIN_REQUIRED']);
  const chosen = await ask(`${demo}/api/v1/me`, { headers: { 'accept-language': 'zh', cookie: 'lang=en' } });
  assert.equal(chosen.problem.title, 'Please log in first.');
  const field = await move(demo, { authorization: 'Bearer good', 'accept-language': 'en' }, '{}');
  assert.equal(field.problem.errors?.[0]?.detail, 'This is missing.');
  const feld = await move(demo, { authorization: 'Bearer good' }, '{"minutes":"x"}');
  assert.equal(feld.problem.errors?.[0]?.detail, '这里要填数字。');
});

test('malformed, undecodable, mistyped and oversized bodies are refused before any route sees them', async () => {
  const key = { authorization: 'Bearer good' };
  const utf16 = Buffer.from('{"minutes":1}', 'utf16le').toString('latin1');
  const big = `{"minutes":1,"x":"${'a'.repeat(300 * 1024)}"}`;
  const answers = [
    await move(demo, key, '{"minutes":1'),
    await move(demo, key, new Blob([Uint8Array.of(0x22, 0xff, 0xfe, 0x22)]).stream()),
    await move(demo, key, utf16),
    await move(demo, { ...key, 'content-type': 'text/plain' }),
    await move(demo, { ...key, 'content-type': 'application/x-www-form-urlencoded' }, 'minutes=1'),
    await move(demo, { ...key, 'content-type': 'multipart/form-data; boundary=x' }, '--x--'),
    await move(demo, key, big),
    await move(demo, key, new Blob([big]).stream()),
  ];
  assert.deepEqual(
    answers.map(({ status, problem }) => [status, problem.code]),
    [
      [400, 'REQUEST_MALFORMED'],
      [400, 'REQUEST_MALFORMED'],
      [400, 'REQUEST_MALFORMED'],
      [415, 'BODY_TYPE_REFUSED'],
      [415, 'BODY_TYPE_REFUSED'],
      [415, 'BODY_TYPE_REFUSED'],
      [413, 'BODY_TOO_LARGE'],
      [413, 'BODY_TOO_LARGE'],
    ],
  );
});

test('an Idempotency-Key of 256 characters or with spaces is refused', async () => {
  for (const key of ['k'.repeat(256), 'two words'])
    assert.equal(
      (await move(demo, { authorization: 'Bearer good', 'idempotency-key': key })).problem.code,
      'IDEMPOTENCY_KEY_INVALID',
    );
});

test('cookies write only from our own pages', async () => {
  const cookie = { cookie: 'mengyue=good' };
  const port = new URL(demo).port;
  const tries = [
    [cookie, 'ORIGIN_REFUSED'],
    [{ ...cookie, origin: 'https://evil.example' }, 'ORIGIN_REFUSED'],
    [{ ...cookie, origin: 'null' }, 'ORIGIN_REFUSED'],
    [{ ...cookie, origin: `http://evil.example:${port}` }, 'ORIGIN_REFUSED'],
    [{ ...cookie, origin: 'http://127.0.0.1:1' }, 'ORIGIN_REFUSED'],
    [{ ...cookie, origin: `http://127.0.0.1.evil.example:${port}` }, 'ORIGIN_REFUSED'],
    [{ ...cookie, 'sec-fetch-site': 'cross-site' }, 'ORIGIN_REFUSED'],
    [{ ...cookie, 'sec-fetch-site': 'same-site' }, 'ORIGIN_REFUSED'],
    [{ ...cookie, 'sec-fetch-site': 'none' }, 'ORIGIN_REFUSED'],
    [{ origin: 'https://evil.example' }, 'ORIGIN_REFUSED'],
    [{ ...cookie, origin: demo }, undefined],
    [{ ...cookie, origin: `http://localhost:${port}` }, undefined],
    [{ ...cookie, origin: `http://[::1]:${port}` }, undefined],
    [{ ...cookie, 'sec-fetch-site': 'same-origin' }, undefined],
    [{ authorization: 'Bearer good', origin: 'https://evil.example' }, undefined],
  ] as const;
  for (const [headers, code] of tries) {
    const answer = await move(demo, headers);
    assert.equal(answer.problem.code, code, JSON.stringify(headers));
  }
});

test('in a production only PUBLIC_ORIGIN is our own, and answers say HSTS', async () => {
  const write = (origin: string) =>
    ask(`${shop}/api/v1/session`, { method: 'DELETE', headers: { cookie: 'mengyue=good', origin } });
  assert.equal((await write(shop)).problem.code, 'ORIGIN_REFUSED');
  assert.equal((await write('http://shop.example')).problem.code, 'ORIGIN_REFUSED');
  const own = await write('https://shop.example');
  assert.notEqual(own.problem.code, 'ORIGIN_REFUSED');
  assert.equal(own.headers.get('strict-transport-security'), 'max-age=31536000');
});

test('a forwarded address counts only from a proxy we were told of, and only up to the first stranger', async () => {
  const ipSeen = async (base: string, forwarded: string) => {
    await ask(`${base}/api/v1/rules`, { headers: { cookie: 'a=b', 'x-forwarded-for': forwarded } });
    return seenIp;
  };
  const behind = await at({ trustedProxies: '127.0.0.0/8, 10.0.0.1' });
  assert.equal(await ipSeen(demo, '203.0.113.9'), '127.0.0.1');
  assert.equal(await ipSeen(behind, '203.0.113.9'), '203.0.113.9');
  assert.equal(await ipSeen(behind, '198.51.100.1, 203.0.113.9, 10.0.0.1'), '203.0.113.9');
  assert.equal(await ipSeen(behind, 'made up'), '127.0.0.1');
  assert.throws(() => proxyList('proxy.example'), /neither an address nor a network/);
});

test('an Authorization header makes the cookies count for nothing', async () => {
  const answer = await move(demo, { cookie: 'mengyue=good', authorization: 'Bearer bad' });
  assert.equal(answer.status, 401);
});

test('an operator sees what waits, what is late and what failed; others see no such room', async () => {
  await asOwner(
    `insert into kit.outbox (id, event, body, at, attempts, error) values ('01890000-0000-7000-8000-00000000000b', 'order.settled', '{}', '2026-11-20T03:00Z', 2, 'Error: no')`,
  );
  await asOwner(
    `insert into kit.deadlines values ('01890000-0000-7000-8000-00000000000a', '01890000-0000-7000-8000-00000000000c', 'case.unknown', '2026-11-20T03:00Z', '2026-11-20T02:00Z', '5', '1.0.0', 'elapsed')`,
  );
  const seen = await ask(`${demo}/api/v1/operator/work`, { headers: { authorization: 'Bearer good' } });
  assert.deepEqual(JSON.parse(seen.text), {
    news: { waiting: 1, oldestAt: '2026-11-20T03:00:00.000Z' },
    failed: [{ event: 'order.settled', attempts: 2, nextTryAt: null, error: 'Error: no' }],
    late: [{ what: 'case.unknown', count: 1, oldestAt: '2026-11-20T03:00:00.000Z', known: false }],
  });
  assert.equal(
    (await ask(`${demo}/api/v1/operator/work`, { headers: { authorization: 'Bearer bad' } })).status,
    401,
  );
  assert.equal(
    (await ask(`${demo}/api/v1/operator/work`, { headers: { authorization: 'Bearer buyer' } })).problem.code,
    'NOT_FOUND',
  );
});

test('an error nobody planned for says its number and nothing else', async () => {
  const answer = await ask(`${demo}/api/v1/me`, { headers: { cookie: 'boom=1' } });
  assert.deepEqual([answer.status, answer.problem.code], [500, 'INTERNAL']);
  assert.doesNotMatch(answer.text, /SECRET|select|card_key|at /);
});

test('the log cuts out values under secret names and the fields of database errors', () => {
  let lines = '';
  const log = openLog('info', { write: (line) => void (lines += line) });
  const error = Object.assign(new Error('duplicate'), { code: '23505', detail: 'Key (code)=(MY-SECRET-1)' });
  log.error(
    { error, password: 'MY-SECRET-2', input: { token: 'MY-SECRET-3' }, headers: { cookie: 'MY-SECRET-4' } },
    'x',
  );
  log.info({ deep: { input: { code: 'MY-SECRET-5' } }, card: new Secret('MY-SECRET-6') }, 'y');
  assert.doesNotMatch(lines, /MY-SECRET/);
  assert.match(lines, /"sqlstate":"23505"/);
});

test('the OpenAPI document tells every route, its errors as problem+json, its key and who may', async () => {
  const { text } = await ask(`${demo}/api/openapi.json`);
  const doc = JSON.parse(text) as {
    openapi: string;
    paths: Record<
      string,
      Record<
        string,
        {
          parameters?: { name: string; required: boolean }[];
          security: unknown;
          responses: Record<string, { content: object }>;
        }
      >
    >;
  };
  assert.match(doc.openapi, /^3\.1/);
  assert.ok(Object.keys(doc.paths).length > 40);
  const buy = doc.paths['/checkouts']?.['post'];
  assert.ok(buy?.parameters?.some(({ name, required }) => name === 'Idempotency-Key' && required));
  assert.deepEqual(Object.keys(buy?.responses['503']?.content ?? {}), ['application/problem+json']);
  assert.deepEqual(doc.paths['/rules']?.['get']?.security, [{}]);
  assert.doesNotMatch(text, /application\/json":\{"schema":\{"\$ref":"#\/components\/schemas\/Problem/);
});

test('a request under way is answered while the server stops, and a client that left is waited for', async () => {
  const slow = Promise.withResolvers<void>();
  const app = createApp({
    db,
    config: { publicOrigin: undefined, mode: 'demo', trustedProxies: '' },
    log: openLog('silent'),
    viewerOf: async () => {
      await slow.promise;
      return nobody;
    },
  });
  const server = await listen(app, { host: '127.0.0.1', port: 0 });
  const waiting = fetch(`${server.address}/api/v1/rules`, { headers: { cookie: 'a=b' } });
  const gone = connect(Number(new URL(server.address).port), '127.0.0.1');
  gone.write('GET /api/v1/rules HTTP/1.1\r\nhost: x\r\ncookie: a=b\r\n\r\n');
  await new Promise((done) => setTimeout(done, 50));
  gone.destroy();
  let isStopped = false;
  const stopped = server.stop().then(() => (isStopped = true));
  await new Promise((done) => setTimeout(done, 50));
  assert.equal(isStopped, false);
  slow.resolve();
  assert.equal((await waiting).status, 200);
  await stopped;
  await assert.rejects(fetch(`${server.address}/healthz`));
});
