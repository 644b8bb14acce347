import { deepEqual, equal, ok, throws } from 'node:assert/strict';
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { crypto as sigstore } from '@sigstore/core';
import fc from 'fast-check';
import { checkpointText, parseCheckpoint, parseCheckpointText, signCheckpoint } from './checkpoint.rules.ts';
import {
  append,
  emptyRange,
  inclusionRanges,
  leafHash,
  nodeHash,
  proofOfRanges,
  rootOf,
  verifyInclusion,
  type Hash,
  type TreeNode,
} from './merkle.rules.ts';
import {
  noteKey,
  noteSigner,
  parseCosignature,
  parseNote,
  parseSkey,
  parseVkey,
  signatureType,
  signNote,
  skeyOf,
  verifiedBy,
  vkeyOf,
} from './note.rules.ts';
import { parseTlogProof, provesEntry, spicyText, tlogProofText } from './proof.rules.ts';

const sample = (name: string): string =>
  readFileSync(new URL(`../../test/vectors/evidence/own-sample/${name}`, import.meta.url), 'utf8');
const logKey = parseVkey(sample('log.vkey').trim());
const witnessKey = parseVkey('witness.example/w1+10507d99+BDEezpIiBVG2Hf+I1w+BPijbF8uPb3iWqJgtOqhESiDB');

/** A private key from 32 fixed bytes, so that signatures in tests never vary. */
const privateKey = (fill: number) =>
  createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, fill)]),
    format: 'der',
    type: 'pkcs8',
  });
const signer = noteSigner('demo.example/log', privateKey(7));

test('vkeys: those of C2SP and of the sample are read and written back', () => {
  for (const vkey of [
    'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
    sample('log.vkey').trim(),
  ]) {
    const key = parseVkey(vkey);
    ok(key);
    equal(vkeyOf(key), vkey);
  }
  equal(parseVkey(vkeyOf(signer))?.name, 'demo.example/log');
  for (const wrong of [
    '',
    'a+b',
    'example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
    'example.com/bar+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
    'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2',
    'a b+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
  ])
    equal(parseVkey(wrong), null, wrong);
});

test('the sample checkpoint and its witness cosignature verify, and no altered byte of the text does', () => {
  ok(logKey && witnessKey);
  equal(witnessKey.type, signatureType.cosignature);
  deepEqual(verifiedBy(sample('checkpoint'), [logKey]), [logKey]);
  const { checkpoint } = parseTlogProof(sample('leaf7.cosigned.json.tlog-proof')) ?? { checkpoint: '' };
  deepEqual(verifiedBy(checkpoint, [logKey, witnessKey]), [logKey, witnessKey]);
  deepEqual(verifiedBy(checkpoint, [witnessKey]), [witnessKey]);
  deepEqual(verifiedBy(checkpoint, [signer]), []);
  equal(verifiedBy(checkpoint.replace('70000', '70001'), [logKey]), null);
  equal(verifiedBy(checkpoint.replace('70000', '70001'), [witnessKey]), null);
  const cosignature = parseCosignature(parseNote(checkpoint)?.signatures[1]?.signature ?? Buffer.alloc(0));
  equal(cosignature?.time_s, 1_795_213_683n);
  equal(parseCosignature(Buffer.alloc(71)), null);
});

test('notes: split at the last blank line, malformed ones are refused', () => {
  const note = signNote('a\n\nb\n', signer);
  deepEqual(parseNote(note)?.text, 'a\n\nb\n');
  deepEqual(verifiedBy(note, [signer]), [signer]);
  for (const wrong of [
    '',
    'a\n',
    'a\n\n',
    `${note}x`,
    note.replace('— ', '- '),
    note.slice(0, -1),
    note.replace('a', '\u0001'),
    `a\n\n— name AAA=\n`,
    'a\n\n— name AAAA\n',
  ])
    equal(parseNote(wrong), null, JSON.stringify(wrong));
  throws(() => signNote('no newline', signer));
  throws(() => signNote('tab\t\n', signer));
  throws(() => noteKey('with space', 1, Buffer.alloc(32)));
});

test('checkpoints: three lines, extension lines allowed, anything else refused', () => {
  const root = Buffer.alloc(32, 1);
  const text = checkpointText({ origin: 'o', size: 5, root });
  deepEqual(parseCheckpointText(text), { origin: 'o', size: 5, root });
  deepEqual(parseCheckpointText(`${text}extension\n`)?.size, 5);
  deepEqual(parseCheckpoint(signCheckpoint({ size: 5, root }, signer))?.origin, 'demo.example/log');
  for (const wrong of [
    text.replace('5', '05'),
    text.replace('5', '-5'),
    text.slice(0, -1),
    text.replace('o', ''),
    text.replace('AQEB', '!'),
    `${text}\n`,
    'o\n5\nAAAA\n',
  ])
    equal(parseCheckpointText(wrong), null, JSON.stringify(wrong));
});

test('F163 the sample proof of leaf 7 is read, verified against its leaf only, and written back byte for byte in both forms', () => {
  ok(logKey);
  const proof = parseTlogProof(sample('leaf7.cosigned.json.tlog-proof'));
  ok(proof);
  const entry = readFileSync(
    new URL('../../test/vectors/evidence/own-sample/leaf7.cosigned.json', import.meta.url),
  );
  ok(provesEntry(proof, entry, logKey));
  ok(!provesEntry(proof, Buffer.concat([entry, Buffer.from('\n')]), logKey));
  ok(!provesEntry({ ...proof, index: 6 }, entry, logKey));
  ok(!provesEntry(proof, entry, signer));
  equal(tlogProofText(proof), sample('leaf7.cosigned.json.tlog-proof'));
  equal(spicyText(proof), sample('leaf7.cosigned.json.spicy'));
  for (const wrong of [
    sample('leaf7.cosigned.json.spicy'),
    'c2sp.org/tlog-proof@v1\nindex x\n\n',
    'c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\nc',
  ])
    equal(parseTlogProof(wrong), null);
  equal(parseTlogProof(tlogProofText(proof).replace('index', 'extra aGk=\nindex'))?.index, 7);
});

// The verifier that sigstore ships; its parts are not exported by name, so they are reached by path.
const load = createRequire(import.meta.url);
const { verifyCheckpoint } = load('@sigstore/verify/dist/tlog/checkpoint.js') as {
  verifyCheckpoint: (entry: unknown, logs: unknown) => { logSize: bigint; logHash: Buffer };
};
const { verifyMerkleInclusion } = load('@sigstore/verify/dist/tlog/merkle.js') as {
  verifyMerkleInclusion: (entry: unknown, checkpoint: unknown) => void;
};

function sigstoreAccepts(p: {
  index: number;
  proof: readonly Hash[];
  entry: Buffer;
  checkpoint: string;
}): boolean {
  const publicKey = sigstore.createPublicKey(
    Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), signer.publicKey]),
  );
  const entry = {
    canonicalizedBody: p.entry,
    inclusionProof: {
      logIndex: String(p.index),
      hashes: p.proof.map((part) => Buffer.from(part)),
      checkpoint: { envelope: p.checkpoint },
    },
  };
  try {
    const logs = [{ logID: signer.id, baseURL: signer.name, publicKey }];
    verifyMerkleInclusion(entry, verifyCheckpoint(entry, logs));
    return true;
  } catch (error) {
    if ((error as { code?: string }).code !== 'TLOG_INCLUSION_PROOF_ERROR') throw error;
    return false;
  }
}

test('F163 @sigstore/verify, which others wrote, accepts our proofs and checkpoints and refuses altered ones (seed 42)', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), (size, pick) => {
      const entries = Array.from({ length: size }, (_, i) => Buffer.from(`entry ${i}`));
      const range = emptyRange();
      const nodes = new Map<string, Hash>();
      entries.forEach((entry, i) =>
        append(range, leafHash(entry), (height, root) =>
          nodes.set(`${height}/${Math.floor(i / 2 ** height)}`, root),
        ),
      );
      const lookUp = ({ height, index }: TreeNode): Hash => nodes.get(`${height}/${index}`) as Hash;
      const index = pick % size;
      const entry = entries[index] as Buffer;
      const proof = proofOfRanges(inclusionRanges(index, size), lookUp);
      const checkpoint = signCheckpoint({ size, root: rootOf(range) }, signer);
      ok(sigstoreAccepts({ index, proof, entry, checkpoint }));
      ok(!sigstoreAccepts({ index, proof, entry: Buffer.from('other'), checkpoint }));
      ok(
        !sigstoreAccepts({
          index,
          proof,
          entry,
          checkpoint: checkpoint.replace(`\n${size}\n`, `\n${size + 1}\n`),
        }),
      );
      ok(
        !sigstoreAccepts({
          index,
          proof,
          entry,
          checkpoint: signCheckpoint({ size, root: nodeHash(rootOf(range), rootOf(range)) }, signer),
        }),
      );
      equal(verifyInclusion({ index, size, leaf: leafHash(entry), proof, root: rootOf(range) }), true);
    }),
    { seed: 42, numRuns: 60 },
  );
});

test('only Ed25519 keys sign a log', () => {
  throws(() => noteSigner('x', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey));
});

test('a private key is written and read back as the Go note library does', () => {
  const skey = skeyOf(signer);
  equal(
    skey,
    `PRIVATE+KEY+demo.example/log+${signer.id.toString('hex')}+${Buffer.concat([Buffer.of(1), Buffer.alloc(32, 7)]).toString('base64')}`,
  );
  equal(vkeyOf(parseSkey(skey) ?? signer), vkeyOf(signer));
  for (const wrong of ['', skey.slice(1), skey.replace('demo', 'other'), skey.replace('+AQ', '+BA')])
    equal(parseSkey(wrong), null);
});
