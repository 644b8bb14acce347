import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { after, test } from 'node:test';
import { createApp, listen } from '../../app/http.ts';
import { openLog } from '../../app/log.ts';
import { viewerOfRequest } from '../../app/viewer.ts';
import { openSessions } from '../../identity/people.actions.ts';
import { must } from '../../kit/assert.ts';
import { newId } from '../../kit/ids.ts';
import { encodeId } from '../../kit/public-id.ts';
import { sha256 } from '../../kit/secret.ts';
import { transaction } from '../../kit/tx.ts';
import { testDatabase } from '../../../test/database.ts';
import { aDownloadShop, bought, pump, registered } from '../../../test/downloads.ts';
import { eicar, testFiles } from '../../../test/files.ts';

const { db, clock, asOwner } = await testDatabase();
const { folder } = testFiles(db);
const app = createApp({
  db,
  config: { publicOrigin: undefined, mode: 'demo', trustedProxies: '' },
  log: openLog('silent'),
  viewerOf: viewerOfRequest,
});
const server = await listen(app, { host: '127.0.0.1', port: 0 });
after(server.stop);

async function cookieOf(userId: string): Promise<Record<string, string>> {
  const visitor = { deviceId: newId(clock.now()), userAgent: 'Test', ip: '127.0.0.1' };
  const [session] = await transaction(db, (tx) =>
    openSessions(tx, [{ userId, kind: 'account', ...visitor }]),
  );
  return { cookie: `mengyue=${must(session, 'a session').token.reveal()}`, origin: server.address };
}

const shop = await aDownloadShop(db);
const owner = await cookieOf(shop.ownerId);
const at = `/api/v1/shops/${encodeId('shop', shop.shopId)}/listings/${encodeId('listing', shop.listingId)}/releases`;
const file = Buffer.from('0123456789'.repeat(10));

const put = (body: BodyInit, query: Record<string, string>, headers: Record<string, string> = owner) =>
  fetch(`${server.address}${at}/file?${new URLSearchParams(query)}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream', ...headers },
    body,
    duplex: 'half',
  } as RequestInit);
const codeOf = async (response: Response): Promise<string> =>
  ((await response.json()) as { code: string }).code;
const releases = async (): Promise<number> =>
  (await asOwner('select 1 from delivery.releases where listing_id = $1', [shop.listingId])).length;

test('F140 a file is uploaded as it comes, and the answer says what the platform made of it', async () => {
  const response = await put(file, { version: '5.2', name: '../../简历.txt' });
  equal(response.status, 200, await response.clone().text());
  const release = (await response.json()) as Record<string, unknown>;
  deepEqual(
    [release['name'], release['size'], release['sha256'], release['verdict'], release['origin']],
    ['简历.txt', 100, sha256(file).toString('hex'), 'clean', 'platform'],
  );
});

test('F142 hostile uploads: refused, and nothing of them stays', async () => {
  const before = await releases();
  const said = { version: '5.3', name: 'x.bin' };
  equal(await codeOf(await put(eicar, said)), 'FILE_INFECTED');
  equal(await codeOf(await put('', said)), 'FILE_EMPTY');
  equal(await codeOf(await put(file, { ...said, size: '101' })), 'FILE_TRUNCATED');
  equal(await codeOf(await put(file, { ...said, size: '99' })), 'FILE_TRUNCATED');
  equal(await codeOf(await put(file, { name: 'x' })), 'INPUT_INVALID');
  equal(await codeOf(await put(file, said, { origin: server.address })), 'LOGIN_REQUIRED');
  equal(await codeOf(await put(file, said, { ...owner, origin: 'https://evil.example' })), 'ORIGIN_REFUSED');
  const asJson = { ...owner, 'content-type': 'application/json' };
  equal(await codeOf(await put('{"file":"x"}', said, asJson)), 'INPUT_INVALID');
  equal(await releases(), before);
});

test('an upload without a length that its sender gives up leaves nothing', async () => {
  let sent = 0;
  const endless = new ReadableStream({
    pull(controller) {
      sent += 1_000_000;
      if (sent > 3_000_000) controller.error(new Error('the sender went away'));
      else controller.enqueue(new Uint8Array(1_000_000));
    },
  });
  await put(endless, { version: '9', name: 'big.bin' }).then(
    async (response) => notEqual(response.status, 200),
    () => undefined,
  );
  for (let waits = 0; waits < 50 && readdirSync(`${folder}/incoming`).length > 0; waits++)
    await new Promise((go) => setTimeout(go, 20));
  deepEqual(readdirSync(`${folder}/incoming`), []);
});

test('a sender whose connection breaks leaves nothing', async () => {
  const url = new URL(server.address);
  const socket = connect(Number(url.port), url.hostname);
  socket.on('error', () => {});
  const head = [
    `PUT ${at}/file?version=7&name=half.bin HTTP/1.1`,
    `host: ${url.host}`,
    `origin: ${server.address}`,
    `cookie: ${owner['cookie']}`,
    'content-type: application/octet-stream',
    'content-length: 1000000',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  socket.write(Buffer.alloc(5000, 1));
  await new Promise((go) => setTimeout(go, 150));
  socket.destroy();
  await new Promise((go) => setTimeout(go, 150));
  deepEqual(readdirSync(`${folder}/incoming`), []);
  equal(await releases(), 1);
});

async function anOrder() {
  const order = await bought(db, shop);
  await pump(db);
  const buyer = await cookieOf(order.buyerId);
  const path = `/api/v1/orders/${encodeId('order', order.orderId)}`;
  const post = (to: string, body: object = {}, headers = buyer) =>
    fetch(`${server.address}${path}${to}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const read = async () =>
    (
      (await (await fetch(`${server.address}${path}/downloads`, { headers: buyer })).json()) as {
        downloads: Record<string, unknown>[];
      }
    ).downloads[0] ?? {};
  const link = async (): Promise<string> =>
    server.address + ((await (await post('/lines/1/download')).json()) as { url: string }).url;
  return { order, buyer, post, read, link };
}

test('F140 a signed link gives the file, whole or in parts, as an attachment that nothing runs', async () => {
  const { link, read } = await anOrder();
  const url = await link();
  const head = await fetch(url, { method: 'HEAD' });
  deepEqual([head.status, head.headers.get('content-length')], [200, '100']);
  equal((await fetch(url, { headers: { 'sec-purpose': 'prefetch' } })).status, 503);
  equal((await fetch(url, { headers: { range: 'bytes=200-' } })).status, 416);
  equal((await read())['used'], 0, 'neither HEAD nor what a browser fetches ahead counts');
  const whole = await fetch(url);
  deepEqual(Buffer.from(await whole.arrayBuffer()), file);
  equal(whole.headers.get('content-type'), 'application/octet-stream');
  match(
    whole.headers.get('content-disposition') ?? '',
    /^attachment; filename="__\.txt"; filename\*=UTF-8''%E7/,
  );
  match(whole.headers.get('content-security-policy') ?? '', /sandbox/);
  equal(whole.headers.get('x-content-type-options'), 'nosniff');
  equal(whole.headers.get('repr-digest'), `sha-256=:${sha256(file).toString('base64')}:`);
  const part = await fetch(url, {
    headers: { range: 'bytes=10-19', 'if-range': whole.headers.get('etag') ?? '' },
  });
  deepEqual(
    [part.status, part.headers.get('content-range'), await part.text()],
    [206, 'bytes 10-19/100', '0123456789'],
  );
  const other = await fetch(url, { headers: { range: 'bytes=10-19', 'if-range': '"other"' } });
  equal(other.status, 200);
  await other.arrayBuffer();
  const shown = await read();
  deepEqual([shown['used'], shown['allowed'], shown['state']], [1, 3, 'downloaded']);
});

test('F140 a changed, old or used-up link gives nothing, in the words of the reader', async () => {
  const { link, post } = await anOrder();
  const url = await link();
  const changed = `${url.slice(0, -2)}${url.endsWith('A') ? 'B' : 'A'}${url.slice(-1)}`;
  for (const bad of [changed, `${server.address}/d/nothing`, `${url}x`]) {
    const answer = await fetch(bad, { headers: { 'accept-language': 'en' } });
    deepEqual([answer.status, answer.headers.get('x-refusal')], [404, 'LINK_INVALID']);
    match(await answer.text(), /Make a new one/);
  }
  for (let n = 0; n < 3; n++) await (await fetch(await link())).arrayBuffer();
  const answer = await fetch(url);
  deepEqual([answer.status, answer.headers.get('x-refusal')], [409, 'DOWNLOADS_USED_UP']);
  equal(await codeOf(await post('/lines/1/download')), 'DOWNLOADS_USED_UP');
  clock.forward({ hours: 25 });
  equal((await fetch(url)).status, 404);
});

test('F211 the panel says why each button is not available, and a stranger finds no order', async () => {
  const { post, read, order } = await anOrder();
  const shown = await read();
  deepEqual(
    [shown['cannotDownload'], shown['cannotReport'], shown['cannotCancel'], shown['problem']],
    [null, null, null, null],
  );
  const reported = await post('/lines/1/link-report', { reason: 'wrong_file' });
  equal(reported.status, 200);
  deepEqual((await read())['cannotReport'], 'REPORT_OPEN');
  equal((await post('/lines/1/link-report/withdrawal')).status, 200);
  const stranger = await cookieOf(shop.ownerId);
  for (const to of ['/lines/1/download', '/lines/1/link-report/withdrawal', '/lines/1/download-cancellation'])
    equal(await codeOf(await post(to, {}, stranger)), 'ORDER_NOT_FOUND');
  equal(await codeOf(await post('/lines/2/download')), 'DOWNLOAD_NOT_FOUND');
  const cancelled = await post('/lines/1/download-cancellation');
  deepEqual(await cancelled.json(), { refunded: '9750', to: 'wallet' });
  ok(order);
});

test('F181 a shop sees what waits for a correction, and its upload corrects it', async () => {
  const { post, order } = await anOrder();
  await post('/lines/1/link-report', { reason: 'wrong_file' });
  const list = await fetch(server.address + at, { headers: owner });
  const { problems } = (await list.json()) as {
    problems: { reason: string; finding: string; orderId: string }[];
  };
  const own = problems.find((one) => one.orderId === encodeId('order', order.orderId));
  deepEqual([own?.reason, own?.finding], ['wrong_file', 'alive']);
  registered(await shop.upload(Buffer.from('a better file'), 'better.txt', '5.4'));
  await pump(db);
  const [grant] = await asOwner('select state, nth from delivery.grants where order_id = $1', [
    order.orderId,
  ]);
  deepEqual(grant, { state: 'ready', nth: 2 });
});
