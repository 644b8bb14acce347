import { deepEqual, equal, ok, throws } from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, test } from 'node:test';
import { systemClock } from './time.ts';
import { allowLoopback, askOutside, isPublicAddress } from './outbound.ts';
import type { Db } from './tx.ts';

const dbOf = (demo: boolean): Db => ({ demo, wall: systemClock }) as unknown as Db;
const db = dbOf(true);

const answers: Record<string, (response: import('node:http').ServerResponse) => void> = {
  '/well': (response) => response.end('all is well'),
  '/elsewhere': (response) => response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end(),
  '/large': (response) => response.end('x'.repeat(5000)),
  '/silent': () => undefined,
  '/slow': (response) => void response.write('one byte'),
  '/cut': (response) => {
    response.writeHead(200, { 'content-length': '100' }).write('some');
    setTimeout(() => response.destroy(), 20);
  },
};
const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(`${request.method} ${request.url} ${request.headers.cookie ?? ''}`);
  answers[request.url ?? '']?.(response);
});
await new Promise<void>((up) => server.listen(0, '127.0.0.1', up));
after(() => {
  server.closeAllConnections();
  server.close();
});
const place = `127.0.0.1:${(server.address() as { port: number }).port}`;

for (const [address, isPublic] of [
  ['8.8.8.8', true],
  ['1.1.1.1', true],
  ['172.15.255.255', true],
  ['172.32.0.1', true],
  ['100.63.255.255', true],
  ['2606:4700:4700::1111', true],
  ['2400:3200::1', true],
  ['0.0.0.0', false],
  ['10.1.2.3', false],
  ['100.64.0.1', false],
  ['100.100.100.200', false],
  ['127.0.0.1', false],
  ['127.255.255.254', false],
  ['169.254.169.254', false],
  ['172.16.0.1', false],
  ['172.31.255.255', false],
  ['192.0.0.192', false],
  ['192.0.2.1', false],
  ['192.168.1.1', false],
  ['198.18.0.1', false],
  ['198.51.100.7', false],
  ['203.0.113.9', false],
  ['224.0.0.1', false],
  ['255.255.255.255', false],
  ['::', false],
  ['::1', false],
  ['::ffff:127.0.0.1', false],
  ['::ffff:10.0.0.1', false],
  ['::ffff:7f00:1', false],
  ['::ffff:8.8.8.8', false],
  ['::127.0.0.1', false],
  ['64:ff9b::7f00:1', false],
  ['64:ff9b:1::1', false],
  ['100::1', false],
  ['2001::1', false],
  ['2001:db8::1', false],
  ['2002:7f00:1::', false],
  ['3fff::1', false],
  ['fc00::1', false],
  ['fd12:3456::1', false],
  ['fe80::1', false],
  ['fe80::1%eth0', false],
  ['ff02::1', false],
  ['no address', false],
] as const)
  test(`F016 a request that a user caused ${isPublic ? 'may go' : 'never goes'} to ${address}`, () =>
    equal(isPublicAddress(address), isPublic));

for (const [url, why] of [
  ['http://example.com/', 'scheme'],
  ['ftp://example.com/', 'scheme'],
  ['file:///etc/passwd', 'scheme'],
  ['gopher://127.0.0.1/', 'scheme'],
  ['https://user:word@example.com/', 'url'],
  ['not a url', 'url'],
  ['https://127.0.0.1/', 'private'],
  ['https://localhost/', 'private'],
  ['https://2130706433/', 'private'],
  ['https://0x7f.1/', 'private'],
  ['https://0177.0.0.1/', 'private'],
  ['https://127.1/', 'private'],
  ['https://[::1]/', 'private'],
  ['https://[::ffff:127.0.0.1]/', 'private'],
  ['https://[::ffff:a9fe:a9fe]/', 'private'],
  ['https://169.254.169.254/latest/meta-data', 'private'],
  ['https://①②⑦.0.0.1/', 'private'],
  [`http://${place}/well`, 'scheme'],
  [`https://${place}/well`, 'private'],
] as const)
  test(`F016 ${url} is refused before anything is sent`, async () => {
    const before = asked.length;
    const answer = await askOutside(dbOf(true), { url });
    ok(!answer.ok);
    deepEqual([answer.refusal, answer.detail?.['why']], ['ADDRESS_REFUSED', why]);
    equal(asked.length, before);
  });

test('a place of this machine is reached only where a test or a demo allows it, never in production', async () => {
  throws(() => allowLoopback(dbOf(false), place), /production/);
  throws(() => allowLoopback(db, '10.0.0.1:80'), /this machine/);
  allowLoopback(db, place);
  const answer = await askOutside(db, { url: `http://${place}/well` });
  ok(answer.ok);
  deepEqual(
    [answer.value.status, answer.value.body.toString(), answer.value.cut],
    [200, 'all is well', false],
  );
  const other = await askOutside(db, { url: `http://127.0.0.1:1/well` });
  equal(other.ok ? '' : other.refusal, 'ADDRESS_REFUSED');
});

test('a redirect comes back as it is and is not followed', async () => {
  const before = asked.length;
  const answer = await askOutside(db, { url: `http://${place}/elsewhere` });
  ok(answer.ok);
  equal(answer.value.status, 302);
  equal(asked.length, before + 1);
});

for (const [path, more, refusal, why] of [
  ['/large', { max_bytes: 4999 }, 'ADDRESS_SILENT', 'size'],
  ['/silent', { time_ms: 100 }, 'ADDRESS_SILENT', 'time'],
  ['/slow', { time_ms: 100 }, 'ADDRESS_SILENT', 'time'],
  ['/cut', {}, 'ADDRESS_SILENT', 'cut off'],
] as const)
  test(`an answer from ${path} is given up (${why}), and what it did is unknown`, async () => {
    const answer = await askOutside(db, { url: `http://${place}${path}`, ...more });
    ok(!answer.ok);
    deepEqual([answer.refusal, answer.detail?.['why']], [refusal, why]);
  });

test('the beginning of a long answer is enough where somebody says so', async () => {
  const answer = await askOutside(db, { url: `http://${place}/large`, max_bytes: 100, cut: true });
  ok(answer.ok);
  deepEqual([answer.value.body.length, answer.value.cut], [100, true]);
});

test('nothing listening: nothing was sent, and the refusal says so', async () => {
  const closed = createServer();
  await new Promise<void>((up) => closed.listen(0, '127.0.0.1', up));
  const gone = `127.0.0.1:${(closed.address() as { port: number }).port}`;
  await new Promise((down) => closed.close(down));
  allowLoopback(db, gone);
  const answer = await askOutside(db, { url: `http://${gone}/`, method: 'POST', body: 'x' });
  ok(!answer.ok);
  deepEqual([answer.refusal, answer.detail?.['why']], ['ADDRESS_UNREACHABLE', 'ECONNREFUSED']);
});

test('a name that nobody has is unreachable', async () => {
  const answer = await askOutside(db, { url: 'https://nobody.invalid/', time_ms: 3000 });
  equal(answer.ok ? '' : answer.refusal, 'ADDRESS_UNREACHABLE');
});
