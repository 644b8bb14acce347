import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { testDatabase } from '../../test/database.ts';
import { masterKey } from '../app/master-key.ts';
import { systemClock } from '../kit/time.ts';
import { spanOf } from './time.ts';

const { url, ownerUrl, asOwner } = await testDatabase({ at: systemClock.now() }); // the command runs on the machine's clock
const root = mkdtempSync(join(tmpdir(), 'mengyue-time-'));
after(() => rmSync(root, { recursive: true }));
const MASTER_KEY_FILE = join(root, 'master.key');
masterKey(MASTER_KEY_FILE, { demo: true, mayMake: true, say: () => undefined });

async function run(...args: string[]) {
  const env = { PATH: process.env['PATH'], DATABASE_URL: ownerUrl, DATABASE_APP_URL: url, MASTER_KEY_FILE };
  const file = fileURLToPath(new URL('time.ts', import.meta.url));
  const child = spawn(process.execPath, [file, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((done) => child.on('exit', done));
  const [out, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { out, errors, code };
}
const offset = async (): Promise<unknown> =>
  (await asOwner('select offset_ms from kit.clock'))[0]?.['offset_ms'];

test('spans are read, and nothing else is', () => {
  assert.deepEqual(spanOf('+48h'), { minutes: 0, hours: 48, days: 0 });
  assert.deepEqual(spanOf('+1d 2h 3m'), { minutes: 3, hours: 2, days: 1 });
  for (const wrong of ['-48h', '48', 'h', '+48x', '+48h!', '']) assert.equal(spanOf(wrong), undefined, wrong);
});

test('the time machine moves the clock of everybody forwards, tells it, and never backwards', async () => {
  const moved = await run('+48h');
  assert.equal(moved.code, 0, moved.errors);
  assert.match(moved.out, /48 h ahead of the wall/);
  assert.equal(await offset(), String(48 * 3_600_000));
  assert.match((await run()).out, /48 h ahead/);
  const back = await run('-1h');
  assert.deepEqual([back.code, await offset()], [2, String(48 * 3_600_000)]);
});

test('a production’s clock stands', async () => {
  await asOwner('update kit.clock set movable = false');
  const { code, errors } = await run('+1h');
  assert.equal(code, 2);
  assert.match(errors, /its clock stands/);
  assert.equal(await offset(), String(48 * 3_600_000));
});
