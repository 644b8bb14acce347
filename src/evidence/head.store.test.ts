import { equal, match, rejects, throws } from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { headStore, type HeadStore } from './head.store.ts';
import { logKey } from './key.store.ts';
import { vkeyOf } from './note.rules.ts';

const folder = mkdtempSync(join(tmpdir(), 'mengyue-head-'));
after(() => rmSync(folder, { recursive: true }));

/** The promise that every place of a head keeps. */
async function keepsItsPromise(head: HeadStore): Promise<void> {
  equal(await head.read(), null);
  equal(await head.swap('something', 'one\n'), false);
  equal(await head.read(), null);
  equal(await head.swap(null, 'one\n'), true);
  equal(await head.swap(null, 'two\n'), false);
  equal(await head.swap('two\n', 'three\n'), false);
  equal(await head.read(), 'one\n');
  equal(await head.swap('one\n', 'two\n'), true);
  equal(await head.read(), 'two\n');
}

test('a head in a file moves only from what was read, and leaves no part behind', async () => {
  await keepsItsPromise(headStore(join(folder, 'log.head')));
  equal(readdirSync(folder).join(), 'log.head');
});

/** An object store with one object, ETag and conditional PUT. */
const objectStore = () => {
  let body: string | null = null;
  let version = 0;
  let broken = 0;
  const server = createServer(async (request, response) => {
    const etag = `"${version}"`;
    if (broken) return void response.writeHead(broken).end();
    if (request.method === 'GET')
      return void (body === null
        ? response.writeHead(404).end()
        : response.writeHead(200, { etag }).end(body));
    const wanted =
      body === null ? request.headers['if-none-match'] === '*' : request.headers['if-match'] === etag;
    let sent = '';
    for await (const part of request) sent += String(part);
    if (!wanted) return void response.writeHead(412).end();
    body = sent;
    version += 1;
    response.writeHead(204).end();
  });
  return { server, breakWith: (status: number) => void (broken = status), bump: () => void (version += 1) };
};

test('a head behind a compare-and-swap URL keeps the same promise, and an answer that says neither yes nor no is an error', async () => {
  const { server, breakWith } = objectStore();
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  const head = headStore(`http://127.0.0.1:${(server.address() as AddressInfo).port}/log.head`);
  try {
    await keepsItsPromise(head);
    breakWith(500);
    await rejects(head.read(), /answers 500/);
    await rejects(head.swap('two\n', 'three\n'), /answers 500/);
  } finally {
    server.close();
    server.closeAllConnections();
  }
});

test('the log key is made once, for its owner alone, and keeps the origin of its making', () => {
  const path = join(folder, 'keys', 'log.key');
  const made = logKey(path, 'demo.127.0.0.1:8080/log');
  equal(statSync(path).mode & 0o777, 0o600);
  equal(readdirSync(join(folder, 'keys')).join(), 'log.key');
  match(readFileSync(path, 'utf8'), /^PRIVATE\+KEY\+demo\.127\.0\.0\.1:8080\/log\+[0-9a-f]{8}\+/);
  equal(vkeyOf(logKey(path, 'other.example/log')), vkeyOf(made));
  equal(made.name, 'demo.127.0.0.1:8080/log');
  writeFileSync(path, 'not a key');
  throws(() => logKey(path, 'other.example/log'), /holds a key/);
});
