import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../test/database.ts';
import { aPurchase, recordIn, testLog } from '../../test/log.ts';
import { must } from '../kit/assert.ts';
import { reader } from '../kit/tx.ts';
import { openPayloads, proofOf } from './reading.actions.ts';
import { sequenceAll } from './sequencer.jobs.ts';
import { checkAgainstLog, installLogKey } from './verification.actions.ts';

const { db, clock } = await testDatabase();
const log = testLog(db);
installLogKey(db, log.signer);
const events = Array.from({ length: 5 }, () => aPurchase({ wall: clock.now() }));
await recordIn(db, events);
await sequenceAll(log);

async function receipt(index = 2) {
  const { shopId, about } = must(events[index], 'an event');
  const name = { shopId, about, seq: 1 };
  const proof = await proofOf(await reader(db), name);
  const [opened] = await openPayloads(await reader(db), [name]);
  if (!proof.ok || !opened?.ok) throw new Error('the event is in the log');
  return {
    proof: proof.value.tlogProof,
    leaf: proof.value.leaf,
    content: { payload: opened.value.payload, salt: opened.value.salt.toString('base64') },
  };
}

const badOf = async (input: Parameters<typeof checkAgainstLog>[1]): Promise<string[]> =>
  (await checkAgainstLog(db, input)).checks
    .filter((check) => check.state === 'bad')
    .map((check) => check.name);

test('F065 a receipt of ours passes every check, with its content, and also after the log has grown', async () => {
  const given = await receipt();
  const first = await checkAgainstLog(db, given);
  equal(first.good, true);
  deepEqual(
    first.checks.map(({ state }) => state),
    ['good', 'good', 'good', 'good', 'good'],
  );
  equal(first.size, 5);
  await recordIn(
    db,
    Array.from({ length: 300 }, () => aPurchase({ wall: clock.now() })),
  );
  await sequenceAll(log);
  const later = await checkAgainstLog(db, given);
  deepEqual([later.good, later.size, later.logSize], [true, 5, 305]);
});

test('without its leaf the entry is taken from the log, and without content that check is left open', async () => {
  const { proof, leaf } = await receipt();
  const found = await checkAgainstLog(db, { proof });
  deepEqual([found.good, found.leaf], [true, leaf]);
  equal(found.checks.find(({ name }) => name === 'content')?.state, 'none');
});

test('F065 whoever changes a word, a leaf, a hash, a signature or the whole log is named by the step that fails', async () => {
  const given = await receipt();
  const { proof, leaf, content } = given;
  deepEqual(
    await badOf({ ...given, content: { ...content, payload: content.payload.replace('"v":1', '"v":2') } }),
    ['content'],
  );
  deepEqual(await badOf({ ...given, content: { ...content, salt: 'AAAA' } }), ['content']);
  deepEqual(await badOf({ proof, leaf: leaf.replace('"v":1', '"v":2') }), ['leaf']);
  deepEqual(await badOf({ proof: proof.replace(/index \d+/, 'index 1'), leaf }), ['leaf']);
  const [, signature = ''] = /— \S+ (\S+)/.exec(proof) ?? [];
  const flipped = `${signature.slice(0, -4)}${signature.at(-4) === 'A' ? 'B' : 'A'}${signature.slice(-3)}`;
  deepEqual(await badOf({ proof: proof.replace(signature, flipped), leaf }), ['key']);
  deepEqual(await badOf({ proof: 'not a receipt' }), ['receipt']);
  const bigger = proof.replace(/\n(\d+)\n([A-Za-z0-9+/=]{44})\n\n— /, '\n999999\n$2\n\n— ');
  deepEqual((await badOf({ proof: bigger, leaf })).sort(), ['key', 'leaf', 'log']);
});
