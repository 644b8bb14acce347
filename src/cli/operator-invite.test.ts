import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { testDatabase } from '../../test/database.ts';
import { masterKey } from '../app/master-key.ts';
import { acceptInvitation } from '../identity/key.actions.ts';
import { createUsers } from '../identity/people.actions.ts';
import { systemClock } from '../kit/time.ts';
import { transaction } from '../kit/tx.ts';

const { db, url, ownerUrl } = await testDatabase({ at: systemClock.now() }); // the command runs on the machine's clock
const root = mkdtempSync(join(tmpdir(), 'mengyue-invite-'));
after(() => rmSync(root, { recursive: true }));
const MASTER_KEY_FILE = join(root, 'master.key');
masterKey(MASTER_KEY_FILE, { demo: true, mayMake: true, say: () => undefined });

async function run(args: readonly string[], more: Record<string, string> = {}) {
  const env = {
    PATH: process.env['PATH'],
    DATABASE_URL: ownerUrl,
    DATABASE_APP_URL: url,
    MASTER_KEY_FILE,
    PUBLIC_ORIGIN: 'https://shop.example',
    ...more,
  };
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('operator-invite.ts', import.meta.url)), ...args],
    { env, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const ended = new Promise<number | null>((done) => child.on('exit', done));
  const [out, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { out, errors, code };
}

test('mengyue operator invite prints a link on our own address that makes one operator', async () => {
  const { out, code, errors } = await run([]);
  assert.equal(code, 0, errors);
  const token =
    /^https:\/\/shop\.example\/operator\/invitation\?token=([\w-]{43})\n$/.exec(out)?.[1] ?? assert.fail(out);
  const [userId = ''] = await transaction(db, (tx) => createUsers(tx, [{ kind: 'account', name: '值班' }]));
  assert.deepEqual(await transaction(db, (tx) => acceptInvitation(tx, { token, userId })), {
    ok: true,
    value: { role: 'admin' },
  });
  assert.equal((await transaction(db, (tx) => acceptInvitation(tx, { token, userId }))).ok, false);
});

test('an unknown role and an installation without its key are told, and nothing is made', async () => {
  assert.match((await run(['king'])).errors, /There is no role king/);
  const empty = mkdtempSync(join(root, 'never-started-'));
  const { code, errors, out } = await run([], {
    DATABASE_URL: '',
    DATABASE_APP_URL: '',
    DATA_DIR: empty,
    MASTER_KEY_FILE: '',
  });
  assert.deepEqual([code, out], [2, '']);
  assert.match(errors, /master\.key is missing/);
  assert.deepEqual(readdirSync(empty), []);
});
