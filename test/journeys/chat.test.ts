import { deepEqual, equal, ok } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { testDatabase } from '../database.ts';
import { aStore, buys, journey } from './world.ts';

// Somebody with the database in hand changes what was said (lifecycles 2.9, story 16).

const database = await testDatabase();
const world = await journey(database);
const { buyer, settle, proves, asOwner, row } = world;
const home = mkdtempSync(join(tmpdir(), 'mengyue-verify-'));
after(() => rmSync(home, { recursive: true, force: true }));
const key = join(home, 'master.key');
writeFileSync(key, Buffer.alloc(32, 7), { mode: 0o600 });

/** The verifier as an auditor runs it: its own process, which shares no code with what wrote the log. */
function verifies(): { code: number | null; lines: string[] } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['bin/prove.ts', '--url', database.ownerUrl, '--key', key, '--demo'],
    { encoding: 'utf8', timeout: 60_000 },
  );
  return { code: status, lines: `${stdout}\n${stderr}`.split('\n') };
}

test('story 16, F069: one row of a conversation is changed by SQL, and the verifier names the row and the index of its leaf; undone, everything holds', async () => {
  const { shop, variantId } = await aStore(world);
  const who = await buyer();
  const order = await buys(who, variantId);
  const say = (person: typeof who, text: string) =>
    person.does('POST', `/orders/${order.orderId}/messages`, { text });
  await say(who, '卡密提示已使用');
  await say(shop, '我们今晚给你补一张');
  await say(who, '好，等到今晚');
  await settle();
  equal(verifies().code, 0);

  const promised = await row(
    `select m.seq, m.side, b.first + e.place - 1 as index
       from messaging.messages m
       join evidence.events e on e.shop_id = m.shop_id and e.about = m.order_id and e.seq = m.event_seq
       join evidence.batches b on b.id = e.batch
      where m.order_id = $1 and m.side = 'merchant'`,
    order.id,
  );
  const tamper = (side: string, from: string) =>
    asOwner(
      `update messaging.messages set side = $2 where order_id = $1 and seq = ${Number(promised['seq'])} and side = $3`,
      [order.id, side, from],
    );
  await tamper('buyer', 'merchant');
  const found = verifies();
  equal(found.code, 1);
  const broken = found.lines.filter((line) => line.includes(`${order.id}/${String(promised['seq'])}`));
  ok(
    broken.some((line) => line.includes(`leaf ${String(promised['index'])}`)),
    found.lines.filter((line) => !line.startsWith('holds')).join('\n'),
  );
  deepEqual(found.lines.filter((line) => line.startsWith('BROKEN')).length, 1, 'and nothing else is accused');

  await tamper('merchant', 'buyer');
  equal(verifies().code, 0);
  await proves();
});
