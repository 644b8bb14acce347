import { deepEqual, equal, ok } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { Secret } from '../kit/secret.ts';
import { signed, type Form } from '../supply/yrapi.rules.ts';
import { startSandbox } from './sandbox/process.ts';
import { supplierKey, supplierUser } from './sandbox/supplier.ts';

// The pretended supplier must be strict where it matters: whoever does not sign learns nothing, and a number is filled once, whatever happens.
const dataDir = mkdtempSync(join(tmpdir(), 'mengyue-supplier-'));
let sandbox = await startSandbox({ dataDir });
const key = supplierKey(sandbox.key);
after(async () => {
  await sandbox.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

type Answer = { errno: number; errmsg: string; data?: unknown };
async function ask(what: string, form: Form, by: Secret = key): Promise<Answer> {
  const body = new URLSearchParams(signed({ ...form, userid: supplierUser }, by));
  const answer = await fetch(`${sandbox.url}/yrapi.php/index/${what}`, { method: 'POST', body });
  return (await answer.json()) as Answer;
}
const drive = async (path: string, body?: object): Promise<unknown> =>
  (
    await fetch(
      `${sandbox.url}/driver/supplier${path}`,
      body ? { method: 'POST', body: JSON.stringify(body) } : {},
    )
  ).json();
const credits = async (number: string): Promise<number> => {
  const book = (await drive('')) as { credits: { number: string; times: number }[] };
  return book.credits.filter((one) => one.number === number).reduce((sum, one) => sum + one.times, 0);
};
const wish = (number: string): Form => ({
  out_trade_num: number,
  product_id: 'H50',
  mobile: '17012345678',
  notify_url: 'http://127.0.0.1:9/',
  amount: '50.00',
  price: '49.50',
});
await drive('/pace', { credit_ms: 50 });
await drive('/held', { held: true });

test('whoever does not sign learns nothing and fills nothing', async () => {
  equal((await ask('recharge', wish('FORGED'), new Secret('another key'))).errno, 403);
  equal((await ask('user', {}, new Secret('another key'))).errno, 403);
  equal(await credits('FORGED'), 0);
});

test('one number is filled once, however often it is sent', async () => {
  equal((await ask('recharge', wish('ONCE'))).errno, 0);
  equal((await ask('recharge', wish('ONCE'))).errno, 2);
  await wait(250);
  equal((await ask('recharge', wish('ONCE'))).errno, 2);
  equal(await credits('ONCE'), 1);
});

test('what was cancelled before it arrived is never filled', async () => {
  equal((await ask('cancel', { out_trade_num: 'STOPPED' })).errno, 0);
  equal((await ask('recharge', wish('STOPPED'))).errno, 6);
  await wait(250);
  equal(await credits('STOPPED'), 0);
});

test('it sells nothing dearer than the cap, and nothing but the face value that was asked for', async () => {
  equal((await ask('recharge', { ...wish('DEAR'), price: '40.00' })).errno, 5);
  equal((await ask('recharge', { ...wish('OTHER'), amount: '100.00' })).errno, 3);
});

test('it remembers across a restart: nothing is filled again, and an answer is the same', async () => {
  await sandbox.stop();
  sandbox = await startSandbox({ dataDir });
  equal((await ask('recharge', wish('ONCE'))).errno, 2);
  const { data } = await ask('check', { out_trade_nums: 'ONCE,NEVER' });
  const rows = data as { out_trade_num: string; state: string; charge_amount: string }[];
  deepEqual(
    rows.map((row) => [row.out_trade_num, row.state, row.charge_amount]),
    [['ONCE', '1', '50.00']],
  );
  equal(await credits('ONCE'), 1);
  ok((await ask('product', {})).errno === 0);
});
