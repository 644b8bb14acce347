import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { testDatabase } from '../../test/database.ts';
import { createApp, listen } from '../app/http.ts';
import { openLog } from '../app/log.ts';
import { viewerOfRequest } from '../app/viewer.ts';
import { decodeId } from '../kit/public-id.ts';
import { transaction } from '../kit/tx.ts';
import { invite } from './key.actions.ts';

const { db, clock } = await testDatabase();
const app = createApp({
  db,
  config: { publicOrigin: undefined, mode: 'demo', trustedProxies: '' },
  log: openLog('silent'),
  viewerOf: viewerOfRequest,
});
const server = await listen(app, { host: '127.0.0.1', port: 0 });
after(server.stop);

type Answer = {
  status: number;
  code: string | undefined;
  body: Record<string, unknown>;
  cookies: string[];
  headers: Headers;
};
const password = 'long enough 长一点';
let counter = 0;
const someone = (): string => `someone${(counter += 1)}@example.com`;

/** A browser of the test: keeps what the answers set, and sends it back. */
function browser(preset: Record<string, string> = {}) {
  const jar = new Map<string, string>();
  const call = async (at: string, body?: unknown): Promise<Answer> => {
    const [method = '', path = ''] = at.split(' ');
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = {
      ...preset,
      ...(cookie ? { cookie, origin: server.address } : {}),
      ...(body ? { 'content-type': 'application/json' } : {}),
    };
    const answer = await fetch(`${server.address}/api/v1${path}`, {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const cookies = answer.headers.getSetCookie();
    for (const one of cookies) {
      const [pair = ''] = one.split(';');
      const [name = '', value = ''] = pair.split('=');
      if (/Max-Age=0\b/.test(one)) jar.delete(name);
      else jar.set(name, value);
    }
    const text = await answer.text();
    const found = (text ? JSON.parse(text) : {}) as Record<string, unknown>;
    return {
      status: answer.status,
      code: found['code'] as string | undefined,
      body: found,
      cookies,
      headers: answer.headers,
    };
  };
  return { call, jar };
}
type Browser = ReturnType<typeof browser>;

async function member(login = someone()): Promise<Browser> {
  const at = browser();
  assert.equal((await at.call('POST /accounts', { login, password, name: '小林' })).status, 200);
  assert.equal((await at.call('POST /session', { login, password })).status, 200);
  return at;
}

test('F001 register, log in, see oneself, log out', async () => {
  const at = browser();
  const login = 'Lin@Example.com';
  const made = await at.call('POST /accounts', { login, password, name: '小林' });
  assert.deepEqual([made.status, made.body, made.cookies], [200, { next: 'login' }, []]);
  const entered = await at.call('POST /session', { login, password });
  assert.equal(entered.status, 200);
  assert.equal(entered.cookies.length, 3);
  for (const cookie of entered.cookies)
    assert.match(cookie, /; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax/);
  const me = await at.call('GET /me');
  assert.equal(me.body['name'], '小林');
  assert.deepEqual(me.body['contacts'], [{ kind: 'email', masked: 'l***@example.com', verified: false }]);
  assert.ok(decodeId('user', String(me.body['userId'])));
  assert.equal((await at.call('DELETE /session')).status, 200);
  assert.equal((await at.call('GET /me')).code, 'LOGIN_REQUIRED');
});

test('F185 a session cookie that was logged out opens nothing any more', async () => {
  const at = await member();
  const stolen = new Map(at.jar);
  await at.call('DELETE /session');
  for (const [name, value] of stolen) at.jar.set(name, value);
  assert.equal((await at.call('GET /me')).status, 401);
});

test('F185 no answer tells whether an account exists: same status, same body, same cookies', async () => {
  const login = someone();
  await member(login);
  const plain = ({ status, body, cookies }: Answer) => ({
    status,
    body: { ...body, request_id: '' },
    cookies: cookies.map((one) => one.replace(/=[^;]*/, '=')),
  });
  const tries = [
    [
      'POST /accounts',
      { login, password: 'something else' },
      { login: someone(), password: 'something else' },
    ],
    ['POST /session', { login, password: 'wrong' }, { login: someone(), password: 'wrong' }],
  ] as const;
  for (const [route, known, unknown] of tries)
    assert.deepEqual(
      plain(await browser().call(route, known)),
      plain(await browser().call(route, unknown)),
      route,
    );
});

test('F185 too many tries answer 429 and say when to come again', async () => {
  const login = someone();
  for (let i = 0; i < 10; i++)
    assert.equal((await browser().call('POST /session', { login, password: 'x' })).status, 401);
  const refused = await browser().call('POST /session', { login, password: 'x' });
  assert.deepEqual(
    [refused.status, refused.code, refused.headers.get('retry-after')],
    [429, 'TOO_MANY_REQUESTS', '900'],
  );
  clock.forward({ minutes: 15 });
  assert.equal((await browser().call('POST /session', { login, password: 'x' })).status, 401);
});

test('bad input is refused with the field that is wrong, in the reader’s language', async () => {
  const short = await browser({ 'accept-language': 'en' }).call('POST /accounts', {
    login: someone(),
    password: 'short',
  });
  assert.deepEqual(
    [short.status, short.code, (short.body['errors'] as { pointer: string }[])[0]?.pointer],
    [422, 'INPUT_INVALID', '#/password'],
  );
  const none = await browser({ 'accept-language': 'en' }).call('POST /accounts', {
    login: 'not a contact',
    password,
  });
  assert.deepEqual(
    [none.code, none.body['title']],
    ['CONTACT_INVALID', 'Please give an e-mail address or a phone number.'],
  );
  assert.equal(
    (await browser().call('POST /accounts', { login: someone(), password: '1234567890' })).body['title'],
    '这个密码太容易猜到，换一个长一点的。',
  );
});

test('sessions are listed to their owner and ended by nobody else', async () => {
  const login = someone();
  const [home, stranger] = [await member(login), await member()];
  const phone = browser({ 'user-agent': 'Phone/1' });
  await phone.call('POST /session', { login, password });
  const list = (await home.call('GET /sessions')).body['sessions'] as {
    id: string;
    current: boolean;
    userAgent: string;
  }[];
  assert.equal(list.length, 2);
  const other = list.find((one) => !one.current);
  assert.equal(other?.userAgent, 'Phone/1');
  const foreign = await stranger.call(`DELETE /sessions/${other?.id}`);
  const absent = await stranger.call('DELETE /sessions/ses_00000000000000000000000000');
  assert.deepEqual({ ...foreign.body, request_id: '' }, { ...absent.body, request_id: '' });
  assert.equal(foreign.status, 404);
  assert.equal((await phone.call('GET /me')).status, 200);
  assert.equal((await home.call(`DELETE /sessions/${other?.id}`)).status, 200);
  assert.equal((await phone.call('GET /me')).status, 401);
  await phone.call('POST /session', { login, password });
  assert.deepEqual((await home.call('DELETE /sessions')).body, { ended: 1 });
  assert.equal((await home.call('GET /me')).status, 200);
});

test('F014 a login on a new device is told once, and to the owner only', async () => {
  const { pumpAll } = await import('../app/pump.ts');
  const { reactions } = await import('../app/reactions.ts');
  const login = someone();
  const home = await member(login);
  await browser({ 'user-agent': 'Strange/9' }).call('POST /session', { login, password });
  await home.call('POST /session', { login, password });
  await pumpAll(db, reactions, openLog('silent'));
  const seen = await home.call('GET /messages');
  const messages = seen.body['messages'] as { kind: string; title: string; text: string; link: string }[];
  assert.equal(seen.body['unread'], 1);
  assert.deepEqual(
    messages.map((one) => [one.kind, one.title, one.link]),
    [['account.new_device', '新设备登录', '/account']],
  );
  assert.match(messages[0]?.text ?? '', /Strange\/9/);
});

test('F185 an API key is shown once, does what its scopes say, cannot make another, and ends', async () => {
  const at = await member();
  const wanted = { name: 'script', scopes: ['me:read'] };
  assert.equal((await at.call('POST /keys', wanted)).code, 'STEP_UP_REQUIRED');
  assert.equal((await at.call('POST /session/confirmation', { password: 'wrong' })).code, 'PASSWORD_WRONG');
  assert.equal((await at.call('POST /session/confirmation', { password })).status, 200);
  const made = await at.call('POST /keys', wanted);
  const token = String(made.body['token']);
  assert.ok(!JSON.stringify((await at.call('GET /keys')).body).includes(token));
  const script = browser({ authorization: `Bearer ${token}` });
  assert.equal((await script.call('GET /me')).status, 200);
  for (const [route, body] of [
    ['GET /messages'],
    ['POST /keys', wanted],
    ['DELETE /sessions'],
    ['GET /keys'],
  ] as const)
    assert.equal((await script.call(route, body)).code, 'SCOPE_MISSING', route);
  const stranger = await member();
  assert.equal((await stranger.call(`DELETE /keys/${made.body['id']}`)).code, 'KEY_NOT_FOUND');
  assert.equal((await at.call(`DELETE /keys/${made.body['id']}`)).status, 200);
  assert.equal((await script.call('GET /me')).status, 401);
});

test('routes for people answer 401 to nobody, also with a made-up cookie or key', async () => {
  const faked = browser();
  faked.jar.set('mengyue', 'A'.repeat(43));
  for (const at of [
    browser(),
    faked,
    browser({ authorization: `Bearer mgy_${'A'.repeat(43)}` }),
    browser({ authorization: 'Basic eDp5' }),
  ])
    for (const route of [
      'GET /me',
      'GET /sessions',
      'DELETE /sessions',
      'GET /keys',
      'GET /messages',
      'GET /my-shops',
    ]) {
      const answer = await at.call(route);
      assert.deepEqual([answer.status, answer.code], [401, 'LOGIN_REQUIRED'], route);
    }
});

test('the language chosen stays with the browser and with the account', async () => {
  const login = someone();
  const at = await member(login);
  await at.call('PUT /language', { language: 'en' });
  assert.equal(
    (await at.call('POST /session', { login, password: 'wrong' })).body['title'],
    'The login or the password is not right.',
  );
  const elsewhere = browser();
  assert.equal((await elsewhere.call('POST /session', { login, password })).body['language'], 'en');
});

test('an invitation opens the staff to one account', async () => {
  const { token } = await transaction(db, (tx) => invite(tx, 'admin'));
  const [first, second] = [await member(), await member()];
  const accept = (at: Browser) => at.call('POST /staff/invitations/acceptance', { token: token.reveal() });
  assert.equal((await accept(browser())).code, 'LOGIN_REQUIRED');
  assert.deepEqual((await accept(first)).body, { role: 'admin' });
  assert.equal((await accept(second)).code, 'INVITATION_NOT_FOUND');
  assert.deepEqual((await first.call('GET /me')).body['staff'], ['admin']);
});
