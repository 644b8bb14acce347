import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { after, test } from 'node:test';
import { inflateRawSync } from 'node:zlib';
import { testDatabase } from '../../test/database.ts';
import { bought, caseShop, filed, staffer } from '../../test/cases.ts';
import { shippedRules } from '../../test/rules.ts';
import { stock } from '../../test/world.ts';
import { createApp, listen } from '../app/http.ts';
import { openLog } from '../app/log.ts';
import { viewerOfRequest } from '../app/viewer.ts';
import { openSessions } from '../identity/people.actions.ts';
import { must } from '../kit/assert.ts';
import { setFaultPoint } from '../kit/fault.ts';
import { newId } from '../kit/ids.ts';
import { encodeId } from '../kit/public-id.ts';
import { transaction } from '../kit/tx.ts';
import { makeExports } from './exports.actions.ts';
import { shipGuides } from './guides.actions.ts';
import { questions } from './lessons.data.ts';

const { db, clock, asOwner } = await testDatabase();
await shippedRules(db);
await shipGuides(db);
const server = await listen(
  createApp({
    db,
    config: { publicOrigin: undefined, mode: 'demo', trustedProxies: '' },
    log: openLog('silent'),
    viewerOf: viewerOfRequest,
  }),
  { host: '127.0.0.1', port: 0 },
);
after(server.stop);

const shelf = await caseShop(db);
const { variantId } = must(shelf.listings[0], 'a listing');
await stock(db, shelf, variantId, 20);

type Person = { userId: string; headers: Record<string, string>; sessionId: string };
async function browser(userId: string): Promise<Person> {
  const visitor = { deviceId: newId(clock.now()), userAgent: 'Test', ip: '127.0.0.1', known: true };
  const [session] = await transaction(db, (tx) =>
    openSessions(tx, [{ userId, kind: 'account', ...visitor }]),
  );
  const { id, token } = must(session, 'a session');
  return {
    userId,
    sessionId: id,
    headers: { cookie: `mengyue=${token.reveal()}`, origin: server.address },
  };
}
const nobody: Pick<Person, 'headers'> = { headers: { origin: server.address } };
/** As if the password had just been given again in this browser. */
const confirmed = ({ sessionId }: Person) =>
  asOwner('update identity.sessions set confirmed_at = $2 where id = $1', [
    sessionId,
    new Date(clock.now()).toISOString(),
  ]);

// oxlint-disable-next-line no-explicit-any -- answers of many routes, each looked at where it is used
type Answer = { status: number; body: Record<string, any>; bytes: Buffer };
async function call(
  who: Pick<Person, 'headers'>,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const response = await fetch(`${server.address}/api/v1${path}`, {
    method,
    headers: {
      ...who.headers,
      'idempotency-key': newId(clock.now()),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return { status: response.status, body: isJson ? JSON.parse(bytes.toString()) : {}, bytes };
}

const order = await bought(db, shelf, { quantity: 2 });
const other = await bought(db, shelf);
const buyer = await browser(order.buyerId);
const stranger = await browser(other.buyerId);
const support = await browser(must((await staffer(db, 'support')).userId, 'staff'));
const orderId = encodeId('order', order.orderId);

test('F060 the quiz is graded on the server, its answers are not sent before, and passing gives the account a badge', async () => {
  const quiz = await call(nobody, 'GET', '/quiz');
  equal(quiz.body['questions'].length, 5);
  ok(!/"(right|because|answer)"/.test(quiz.bytes.toString()));
  const wrong = await call(buyer, 'POST', '/quiz/attempts', { answers: { outside: 0 } });
  deepEqual([wrong.body['passed'], wrong.body['badge']], [false, null]);
  const answers = Object.fromEntries(questions.map(({ key, right }) => [key, right]));
  const passed = await call(buyer, 'POST', '/quiz/attempts', { answers });
  deepEqual([passed.body['right'], passed.body['passed']], [5, true]);
  const { badge } = (await call(buyer, 'GET', '/lessons')).body;
  equal(badge.right, 5);
  equal((await call(stranger, 'GET', '/lessons')).body['badge'], null, 'of one’s own only');
  equal(
    (await call(nobody, 'POST', '/quiz/attempts', { answers })).body['badge'],
    null,
    'no account, no badge',
  );
  // A worse attempt afterwards takes nothing away.
  equal((await call(buyer, 'POST', '/quiz/attempts', { answers: {} })).body['badge'].right, 5);
});

test('F187 a guide is written as a draft, published, found by Chinese words, changed in a new version, and withdrawn', async () => {
  const path = '/operator/help/wx-test';
  const text = {
    kind: 'guide',
    topic: 'keys',
    title: { zh: '激活码输不进去', en: 'The code cannot be typed' },
    lead: { zh: '先看输入法', en: 'Look at the keyboard first' },
    body: { zh: '切到英文半角再输一次。[[5]]', en: 'Switch to half-width letters and type it again.' },
  };
  equal((await call(support, 'PUT', path, text)).body['version'], 1);
  equal((await call(nobody, 'GET', '/help/articles/wx-test')).status, 404, 'a draft is not there');
  equal((await call(nobody, 'GET', '/help?q=激活码输不进')).body['guides'].length === 0, true);
  equal((await call(support, 'PUT', path, text)).status, 409, 'nothing changed');
  equal((await call(support, 'PUT', `${path}/publication`, { newest: 7 })).status, 409);
  equal((await call(support, 'PUT', `${path}/publication`, { newest: 1 })).status, 200);
  const found = (await call(nobody, 'GET', `/help?q=${encodeURIComponent('我的激活码输不进去')}`)).body[
    'guides'
  ];
  equal(found[0].slug, 'wx-test');
  const changed = { ...text, title: { zh: '激活码输入不了', en: 'The code cannot be entered' } };
  equal((await call(support, 'PUT', path, changed)).body['version'], 2);
  equal((await call(nobody, 'GET', '/help/articles/wx-test')).body['title'].zh, '激活码输不进去');
  await call(support, 'PUT', `${path}/publication`, { newest: 2 });
  const shown = (await call(nobody, 'GET', '/help/articles/wx-test')).body;
  deepEqual([shown['title'].zh, shown['version']], ['激活码输入不了', 2]);
  ok(shown['by'] !== '' && shown['at'] !== '' && shown['related'].length > 0);
  equal((await call(support, 'GET', path)).body['versions'].length, 2);
  equal((await call(support, 'DELETE', `${path}/publication`)).status, 200);
  equal((await call(nobody, 'GET', '/help/articles/wx-test')).status, 404);
  for (const who of [buyer, nobody]) {
    const refused = await call(who, 'PUT', path, text);
    ok(refused.status === 404 || refused.status === 401, String(refused.status));
  }
});

test('F187 “useful?” counts the last answer of each reader', async () => {
  const path = '/help/articles/key-invalid/vote';
  await call(buyer, 'PUT', path, { useful: true });
  await call(stranger, 'PUT', path, { useful: true });
  deepEqual((await call(stranger, 'PUT', path, { useful: false, note: '没写发码方多久回' })).body, {
    useful: 1,
    useless: 1,
  });
  equal((await call(buyer, 'GET', '/help/articles/key-invalid')).body['mine'], true);
  const { notes } = (await call(support, 'GET', '/operator/help/key-invalid')).body;
  equal(notes[0].note, '没写发码方多久回');
});

test('F210 a view counts once a session, and the article carries author, date and count', async () => {
  const path = '/help/articles/first-order';
  const before = (await call(nobody, 'GET', path)).body['reads'];
  for (const who of [buyer, buyer, stranger, buyer]) await call(who, 'POST', `${path}/reads`, {});
  const shown = (await call(nobody, 'GET', path)).body;
  equal(shown['reads'], before + 2);
  equal(shown['by'], '盟约客服');
  match(shown['at'], /^2026-11-20/);
});

test('F130 a post of somebody who sells help with claims is held until the support has looked; its author alone sees it', async () => {
  const path = '/help/articles/no-agents';
  const posted = await call(stranger, 'POST', `${path}/posts`, {
    text: '专业代理维权，不成功不收费，加我微信',
  });
  equal(posted.body['held'], true);
  const asked = await call(buyer, 'POST', `${path}/posts`, { text: '维权要交多少钱' });
  equal(asked.body['held'], false);
  const texts = async (who: Pick<Person, 'headers'>) =>
    (await call(who, 'GET', path)).body['posts'].map((one: { text: string }) => one.text);
  deepEqual(await texts(nobody), ['维权要交多少钱']);
  equal((await texts(stranger)).length, 2);
  const { posts } = (await call(support, 'GET', '/operator/help-posts')).body;
  equal(posts[0].state, 'held');
  ok(posts[0].heldFor.length > 0);
  await call(support, 'POST', `/operator/help-posts/${posts[0].postId}/decision`, { show: false });
  await call(support, 'POST', `/operator/help-posts/${asked.body['postId']}/decision`, {
    show: true,
    answer: '不收费',
  });
  equal((await call(nobody, 'GET', path)).body['posts'][0].answer, '不收费');
  equal((await texts(stranger)).length, 1);
});

test('F192 a call is booked in a slot, its number is sealed, who opens it is kept, and an hour has only its places', async () => {
  const { slots } = (await call(nobody, 'GET', '/callbacks/slots')).body;
  const wish = { slotAt: slots[0].at, phone: '13800138000', topic: 'order', orderId, note: '下午在' };
  const booked = await call(buyer, 'POST', '/callbacks', wish);
  equal(booked.status, 200);
  deepEqual([booked.body['phone'], booked.body['orderId']], ['138****8000', orderId]);
  equal((await call(buyer, 'POST', '/callbacks', wish)).status, 409, 'one at a time');
  const foreign = await call(stranger, 'POST', '/callbacks', { ...wish, phone: '13900139000' });
  equal(foreign.status, 404, 'somebody else’s order is not there');
  const { orderId: _, ...plain } = wish;
  equal((await call(stranger, 'POST', '/callbacks', { ...plain, phone: '13900139000' })).status, 200);
  const rows = await asOwner('select phone from community.callbacks');
  ok(rows.every((row) => !(row['phone'] as Buffer).toString('latin1').includes('13800138000')));
  const { calls } = (await call(support, 'GET', '/operator/callbacks')).body;
  ok(!JSON.stringify(calls).includes('13800138000'));
  const path = `/operator/callbacks/${booked.body['callbackId']}`;
  equal((await call(support, 'POST', `${path}/number`, {})).body['phone'], '13800138000');
  const [opened] = await asOwner('select opened_by from community.callbacks where opened_by is not null');
  equal(opened?.['opened_by'], support.userId);
  const cancel = `/callbacks/${booked.body['callbackId']}`;
  equal((await call(stranger, 'DELETE', cancel)).status, 404);
  equal((await call(support, 'POST', `${path}/outcome`, { outcome: 'reached' })).status, 200);
  equal((await call(buyer, 'DELETE', cancel)).status, 409);
  const left = (await call(nobody, 'GET', '/callbacks/slots')).body['slots'][0].left;
  equal(left, 3);
});

test('F061 F064 F100 F191 the guide of an order names who sells and what follows; nobody else reads it', async () => {
  const { status, body } = await call(buyer, 'GET', `/orders/${orderId}/guide`);
  equal(status, 200);
  equal(body['card'].seller.slug.length > 0 && body['card'].selfRun === false, true);
  equal(body['here'][0].state, 'delivered');
  const lapse = body['here'][0].next.find((one: { event: string }) => one.event === 'lapse');
  ok(lapse.dueAt, 'the clock’s next step has its time');
  deepEqual(
    body['tasks'].map((one: { task: string; state: string }) => `${one.task} ${one.state}`),
    ['reveal now', 'verify now', 'archive now', 'confirm now'],
  );
  ok(body['course'].some((one: { phase: string }) => one.phase === 'before'));
  equal((await call(stranger, 'GET', `/orders/${orderId}/guide`)).status, 404);
});

test('F061 a shop of the platform itself is marked 自营', async () => {
  await asOwner('update merchants.shops set self_run = true where id = $1', [shelf.shopId]);
  equal((await call(buyer, 'GET', `/orders/${orderId}/guide`)).body['card'].selfRun, true);
});

test('F191 a case stands on its map with what can follow and by when, for its people only', async () => {
  const caseId = encodeId('case', await filed(db, order));
  const { body } = await call(buyer, 'GET', `/cases/${caseId}/place`);
  equal(body['here'].state, 'negotiation');
  ok(
    body['here'].next.some(
      (one: { by: string[]; dueAt: string | null }) => one.by.includes('clock') && one.dueAt,
    ),
  );
  equal((await call(stranger, 'GET', `/cases/${caseId}/place`)).status, 404);
  const { lives } = (await call(nobody, 'GET', '/flow')).body;
  deepEqual(
    lives.map((one: { name: string }) => one.name),
    ['order', 'line', 'case'],
  );
});

/** The files of a zip, by its central directory. */
function unzip(zip: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  const end = zip.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  let at = zip.readUInt32LE(end + 16);
  for (let i = zip.readUInt16LE(end + 10); i > 0; i--) {
    const [method, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [name, extra, note] = [28, 30, 32].map((place) => zip.readUInt16LE(at + place)) as [
      number,
      number,
      number,
    ];
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(start, start + size);
    files.set(
      zip.toString('utf8', at + 46, at + 46 + name),
      (method === 8 ? inflateRawSync(bytes) : bytes).toString('utf8'),
    );
    at += 46 + name + extra + note;
  }
  return files;
}

test('F168 a copy of one’s data needs the password, is made by a job, is given once, and holds nothing of others', async () => {
  equal((await call(buyer, 'POST', '/me/exports', {})).body['code'], 'PASSWORD_NEEDED');
  await confirmed(buyer);
  const asked = await call(buyer, 'POST', '/me/exports', {});
  equal(asked.body['state'], 'waiting');
  equal((await call(buyer, 'POST', '/me/exports', {})).status, 409);
  const path = `/me/exports/${asked.body['exportId']}/download`;
  equal((await call(buyer, 'POST', path, {})).body['code'], 'EXPORT_NOT_READY');
  equal(await makeExports(db), 1);
  const [made] = (await call(buyer, 'GET', '/me/exports')).body['exports'];
  deepEqual([made.state, made.done], ['ready', made.parts]);
  await confirmed(stranger);
  equal((await call(stranger, 'POST', path, {})).status, 404);
  const given = await call(buyer, 'POST', path, {});
  equal(given.status, 200);
  const files = unzip(given.bytes);
  deepEqual([...files.keys()].sort(), [
    'cases.json',
    'evidence.json',
    'help.json',
    'index.html',
    'messages.json',
    'orders.json',
    'profile.json',
    'wallet.json',
  ]);
  const orders = JSON.parse(files.get('orders.json') ?? '[]') as { orderId: string }[];
  deepEqual(
    orders.map((one) => one.orderId),
    [orderId],
  );
  equal((JSON.parse(files.get('cases.json') ?? '[]') as unknown[]).length, 1);
  ok((JSON.parse(files.get('evidence.json') ?? '[]') as unknown[]).length > 1);
  const all = [...files.values()].join('\n');
  ok(!all.includes(encodeId('order', other.orderId)) && !all.includes('KEY-'), 'no order of others, no key');
  match(files.get('index.html') ?? '', /orders\.json/);
  equal((await call(buyer, 'POST', path, {})).status, 410, 'once');
  const [row] = await asOwner('select file from community.exports');
  equal(row?.['file'], null, 'the bytes are gone');
});

test('F168 a copy that nobody fetched is deleted after its time', async () => {
  await confirmed(stranger);
  const asked = await call(stranger, 'POST', '/me/exports', {});
  await makeExports(db);
  clock.forward({ days: 8 });
  await makeExports(db);
  const again = await browser(stranger.userId);
  await confirmed(again);
  const path = `/me/exports/${asked.body['exportId']}/download`;
  equal((await call(again, 'POST', path, {})).body['code'], 'EXPORT_GONE');
  const [row] = await asOwner('select count(*)::int as kept from community.exports where file is not null');
  equal(row?.['kept'], 0);
});

test('F168 a death before the copy is kept leaves one that failed, and asking again makes it', async () => {
  const owner = await browser(stranger.userId);
  await confirmed(owner);
  const asked = await call(owner, 'POST', '/me/exports', {});
  equal(asked.status, 200, JSON.stringify(asked.body));
  setFaultPoint('community.export.before-keep', 1, () => {
    throw new Error('died');
  });
  await rejects(makeExports(db), /died/);
  const [failed] = await asOwner(
    'select failed_at is not null as failed, file from community.exports order by id desc limit 1',
  );
  deepEqual([failed?.['failed'], failed?.['file']], [true, null]);
  const again = await call(owner, 'POST', '/me/exports', {});
  equal(again.status, 200);
  equal(await makeExports(db), 1);
});
