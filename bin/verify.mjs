#!/usr/bin/env node
// Verifies an evidence bundle without us: `node verify.mjs BUNDLE.zip` or an unpacked folder. It imports nothing but what comes with Node,
// since a copy of it travels in every bundle, and it shares no line with the program that made the bundle.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inflateRawSync } from 'node:zlib';

const sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** All files of a zip, by its central directory (APPNOTE 4.3). */
export function unzip(bytes) {
  const files = new Map();
  let end = bytes.length - 22;
  while (end >= 0 && bytes.readUInt32LE(end) !== 0x06054b50) end -= 1;
  if (end < 0) throw new Error('this is no zip file, or its end is missing');
  let at = bytes.readUInt32LE(end + 16);
  for (let n = bytes.readUInt16LE(end + 10); n > 0; n -= 1) {
    if (bytes.readUInt32LE(at) !== 0x02014b50) throw new Error('the list of files of the zip is damaged');
    const [method, packed, size] = [at + 10, at + 20, at + 24].map((place, i) =>
      i === 0 ? bytes.readUInt16LE(place) : bytes.readUInt32LE(place),
    );
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const local = bytes.readUInt32LE(at + 42);
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const data = bytes.subarray(from, from + packed);
    let content = data;
    try {
      if (method === 8) content = inflateRawSync(data);
    } catch {
      throw new Error(`${name}: cannot be unpacked`);
    }
    if (content.length !== size) throw new Error(`${name}: has not the length that the zip says`);
    files.set(name, content);
    at += 46 + nameLength + extra + comment;
  }
  return files;
}

function readFolder(root, folder = root, files = new Map()) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) readFolder(root, path, files);
    else files.set(relative(root, path).split(sep).join('/'), readFileSync(path));
  }
  return files;
}

/** RFC 9162 2.1.3.2: the root that a leaf and its path lead to. */
function rootFrom(index, size, leafHash, path) {
  if (index >= size) return null;
  let [node, fn, sn] = [leafHash, index, size - 1];
  for (const part of path) {
    if (sn === 0) return null;
    if (fn % 2 === 1 || fn === sn) {
      node = sha256(Buffer.of(1), part, node);
      if (fn % 2 === 0) while (fn % 2 === 0 && fn !== 0) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
    } else node = sha256(Buffer.of(1), node, part);
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return sn === 0 ? node : null;
}

/** The signed checkpoint: origin, size, root, and whether the key of log.vkey signed it (C2SP signed-note). */
function readCheckpoint(note, vkey) {
  const split = note.lastIndexOf('\n\n');
  const text = note.slice(0, split + 1);
  const [origin, size, root] = text.split('\n');
  const [, name, id, key] = /^([^ +\n]+)\+([0-9a-f]{8})\+(\S+)$/.exec(vkey.trim()) ?? [];
  if (!name || split < 0) return null;
  const publicKey = Buffer.from(key, 'base64');
  // One byte for the algorithm and 32 for the key; what was changed may be of another length.
  const owns =
    publicKey.length === 33 && sha256(`${name}\n`, publicKey).subarray(0, 4).toString('hex') === id;
  const signed = note
    .slice(split + 2)
    .split('\n')
    .some((line) => {
      const [, signer, data] = /^— (\S+) (\S+)$/.exec(line) ?? [];
      const bytes = Buffer.from(data ?? '', 'base64');
      if (!owns || signer !== name || bytes.subarray(0, 4).toString('hex') !== id || bytes.length !== 68)
        return false;
      const x = publicKey.subarray(1).toString('base64url');
      const ed25519 = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
      return verify(null, Buffer.from(text), ed25519, bytes.subarray(4));
    });
  return {
    origin,
    size: Number(size),
    root: Buffer.from(root ?? '', 'base64'),
    good: signed && origin === name,
  };
}

function checkSums(files, wrong) {
  const sums = files.get('SHA256SUMS');
  if (!sums) return wrong('SHA256SUMS', 'is missing');
  const listed = new Map(
    sums
      .toString('utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => [line.slice(66), line.slice(0, 64)]),
  );
  for (const [name, sum] of listed) {
    const content = files.get(name);
    if (!content) wrong(name, 'is listed and not there');
    else if (sha256(content).toString('hex') !== sum)
      wrong(name, 'was changed: it has not the SHA-256 that is listed');
  }
  for (const name of files.keys())
    if (name !== 'SHA256SUMS' && !listed.has(name)) wrong(name, 'is not listed in SHA256SUMS');
}

function checkEvent(files, event, checkpoint, wrong) {
  const where = `event ${event.no} (${event.kind}${event.index === null ? '' : `, log index ${event.index}`})`;
  const of = (end) => files.get(`events/${event.file}${end}`);
  const [payload, salt, leaf, proof] = ['.payload.json', '.salt', '.leaf.json', '.tlog-proof'].map(of);
  if (event.content === 'given') {
    if (!payload || !salt) return wrong(where, 'its content is missing');
    if (sha256(salt, payload).toString('base64') !== event.commitment)
      wrong(where, 'its content is not what was fixed: SHA-256(salt, payload) is not its commitment');
  }
  if (event.state === 'pending') return undefined;
  if (!leaf || !proof) return wrong(where, 'its leaf or its proof is missing');
  if (readJson(leaf)?.c !== event.commitment) wrong(where, 'its leaf commits to something else');
  const text = proof.toString('utf8');
  const split = text.indexOf('\n\n');
  const lines = text.slice(0, split).split('\n');
  const index = Number(/^index (\d+)$/.exec(lines[1] ?? '')?.[1] ?? -1);
  if (lines[0] !== 'c2sp.org/tlog-proof@v1' || index !== event.index)
    return wrong(where, 'its proof is of another index');
  if (text.slice(split + 2) !== files.get('checkpoint')?.toString('utf8'))
    wrong(where, 'its proof leads to another checkpoint');
  const path = lines.slice(2).map((line) => Buffer.from(line, 'base64'));
  if (!rootFrom(index, checkpoint.size, sha256(Buffer.of(0), leaf), path)?.equals(checkpoint.root))
    wrong(where, 'its proof does not lead to the root of the checkpoint');
  return undefined;
}

/** A code was stocked in its batch before it was sold: its commitment leads to the root that the public leaf of the batch holds. */
function checkKeys(files, events, wrong) {
  for (const key of readJson(files.get('keys.json') ?? Buffer.of()) ?? []) {
    const where = `key ${key.line}-${key.place}`;
    const path = key.path.map((part) => Buffer.from(part, 'base64'));
    const root = rootFrom(key.index, key.count, Buffer.from(key.leaf, 'base64'), path)?.toString('base64');
    if (root !== key.root) wrong(where, 'its path does not lead to the root of its batch');
    const batch = events.find((event) => event.about === key.batch && event.kind === 'stock.batch');
    const leaf = batch && files.get(`events/${batch.file}.leaf.json`);
    if (leaf && readJson(leaf)?.root !== key.root)
      wrong(where, `the batch of event ${batch.no} has another root`);
  }
}

function readJson(bytes) {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Within one subject seq counts from 1 and prev is the commitment before; an event that was left out shows here. */
function checkChains(files, events, wrong) {
  const last = new Map();
  for (const event of events) {
    const where = `event ${event.no} (${event.kind})`;
    const before = last.get(event.about);
    if (event.seq !== (before?.seq ?? 0) + 1)
      wrong(where, `follows number ${before?.seq ?? 0} of its subject: one is missing`);
    last.set(event.about, event);
    const payload = files.get(`events/${event.file}.payload.json`);
    const said = payload && readJson(payload);
    if (!said) continue;
    if (said.seq !== event.seq || said.k !== event.kind)
      wrong(where, 'the index names it otherwise than its content');
    if (said.prev !== (before?.commitment ?? null)) wrong(where, 'does not follow the event before it');
  }
}

/** Every check; `wrong(where, what)` for each thing that is not as it must be. Answers how many events were proved. */
export function verifyBundle(files, { vkey } = {}, wrong = () => {}) {
  checkSums(files, wrong);
  const index = readJson(files.get('index.json') ?? Buffer.of());
  if (!index || index.format !== 'mengyue-bundle@v1' || !Array.isArray(index.events)) {
    wrong('index.json', 'cannot be read');
    return { proved: 0, pending: 0, origin: '' };
  }
  const own = files.get('log.vkey')?.toString('utf8') ?? '';
  if (vkey !== undefined && vkey.trim() !== own.trim()) wrong('log.vkey', 'is not the key that you trust');
  const note = files.get('checkpoint')?.toString('utf8');
  const checkpoint = note === undefined ? null : readCheckpoint(note, vkey ?? own);
  if (note !== undefined && !checkpoint?.good) wrong('checkpoint', 'is not signed by the log of log.vkey');
  if (
    checkpoint &&
    files.get('checkpoint.text')?.toString('utf8') !== note.slice(0, note.lastIndexOf('\n\n') + 1)
  )
    wrong('checkpoint.text', 'is not the text of the checkpoint');
  for (const event of index.events)
    checkEvent(files, event, checkpoint ?? { size: 0, root: Buffer.of() }, wrong);
  checkChains(files, index.events, wrong);
  checkKeys(files, index.events, wrong);
  for (const one of index.files ?? []) {
    const content = files.get(one.file);
    if (!content || sha256(content).toString('hex') !== one.sha256)
      wrong(one.file, 'is not the file of the index');
  }
  const proved = index.events.filter((event) => event.index !== null).length;
  return { proved, pending: index.events.length - proved, origin: checkpoint?.origin ?? '' };
}

function main([path, flag, vkey]) {
  if (!path || (flag !== undefined && flag !== '--vkey') || !existsSync(path)) {
    process.stderr.write('node verify.mjs BUNDLE.zip [--vkey NAME+ID+KEY]\n');
    return 2;
  }
  let bad = 0;
  const wrong = (where, what) => {
    bad += 1;
    process.stdout.write(`BAD  ${where}: ${what}\n`);
  };
  try {
    const files = statSync(path).isDirectory() ? readFolder(path) : unzip(readFileSync(path));
    const { proved, pending, origin } = verifyBundle(files, { vkey }, wrong);
    const sum = `${proved} events proved in the log ${origin}, ${pending} not yet`;
    process.stdout.write(bad === 0 ? `GOOD ${sum}\n` : `${bad} things are wrong; ${sum}\n`);
    if (bad === 0 && vkey === undefined)
      process.stdout.write(
        'Compare log.vkey with the one of the site (/log/log.vkey), or give it with --vkey.\n',
      );
  } catch (problem) {
    wrong(path, problem instanceof Error ? problem.message : String(problem));
  }
  return bad === 0 ? 0 : 1;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exitCode = main(process.argv.slice(2));
