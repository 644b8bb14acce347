import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../test/database.ts';
import { stockroom } from '../../test/stockroom.ts';
import { verifyInclusion } from '../evidence/merkle.rules.ts';
import { addStaff, createUsers } from '../identity/people.actions.ts';
import { newId } from '../kit/ids.ts';
import { reader, transaction } from '../kit/tx.ts';
import { tellDuplicatesMet, tellKeysExpired } from './jobs.ts';
import { expireKeys, proveStocked, voidKeys } from './keys.actions.ts';
import { ringAlarms, setAlarm, withdrawBatch } from './stock.actions.ts';

const database = await testDatabase();
const { db, asOwner, clock } = database;
const { oneShop, imported, poolOf, open } = stockroom(database);

/** What became of the news of one kind, told twice as the pump may. */
async function toldOf(
  event: string,
  kind: string,
  tell: typeof tellKeysExpired,
): Promise<Record<string, unknown>[]> {
  const news = await asOwner('select id, event, body from kit.outbox where event = $1', [event]);
  for (let i = 0; i < 2; i++) await tell(db, news as never);
  return asOwner('select user_id, data from notifications.messages where kind = $1 order by user_id', [kind]);
}

test('F101 people of the staff hear, once each, that a shop brought keys of others, and not whose they are', async () => {
  const [riskId = '', adminId = '', financeId = ''] = await transaction(db, async (tx) => {
    const ids = await createUsers(
      tx,
      Array.from({ length: 3 }, () => ({ kind: 'account' as const })),
    );
    const roles = ['risk', 'admin', 'finance'] as const;
    await addStaff(
      tx,
      roles.map((role, i) => ({ userId: ids[i] ?? '', role })),
    );
    return ids;
  });
  const [first, second] = [await oneShop(), await oneShop()];
  await imported(first, 'TWICE-1\nTWICE-2');
  await imported(second, 'TWICE-2\nTWICE-1\nFRESH-1');
  const told = await toldOf('inventory.duplicates_met', 'staff.duplicates_met', tellDuplicatesMet);
  deepEqual(
    told.map((one) => one['user_id']),
    [riskId, adminId].sort(),
  );
  ok(!told.some((one) => one['user_id'] === financeId));
  const [named] = await asOwner('select name from merchants.shops where id = $1', [second.shopId]);
  for (const one of told) deepEqual(one['data'], { shop: named?.['name'], count: 2 });
});

test('F155 every key is proved to stand in the batch that the log knows', async () => {
  const place = await oneShop();
  const importId = await imported(place, Array.from({ length: 1_300 }, (_, i) => `PROOF-${i}`).join('\n'));
  for (const number of [1n, 1_000n, 1_001n, 1_300n]) {
    const proof = await proveStocked(await reader(db), {
      shopId: place.shopId,
      poolId: place.variantId,
      number,
    });
    equal(proof.batchId, importId);
    ok(
      verifyInclusion({
        index: proof.index,
        size: proof.count,
        leaf: proof.leaf,
        proof: proof.path,
        root: proof.root,
      }),
    );
    equal(
      verifyInclusion({
        index: proof.index,
        size: proof.count,
        leaf: Buffer.alloc(32),
        proof: proof.path,
        root: proof.root,
      }),
      false,
    );
  }
  const [event] = await asOwner('select kind from evidence.events where about = $1', [importId]);
  equal(event?.['kind'], 'stock.batch');
  const [pending] = await asOwner(
    'select p.public_leaves from evidence.pending p join evidence.events e on e.batch = p.id where e.about = $1',
    [importId],
  );
  match(String((pending?.['public_leaves'] as string[] | undefined)?.[0]), /1300/);
});

test('a sealed key opens nowhere but in its place', async () => {
  const place = await oneShop();
  await imported(place, 'MOVE-1\nMOVE-2');
  await asOwner(
    'update inventory.keys set sealed = (select sealed from inventory.keys where pool_id = $1 and number = 1) where pool_id = $1 and number = 2',
    [place.variantId],
  );
  deepEqual(await open(place, [1]), [['', 'MOVE-1', '']]);
  let refused = false;
  await open(place, [2]).catch(() => (refused = true));
  ok(refused);
});

test('F019 keys that can no longer be sold leave the shelf', async () => {
  const place = await oneShop({ useWithin_hours: 24 });
  const now = clock.now();
  const at = (hours: number): string => new Date(now + hours * 3_600_000).toISOString();
  await imported(place, `secret,expires_at\nEXP-1,${at(30)}\nEXP-2,${at(80)}\nEXP-3,\n`);
  deepEqual(await poolOf(place), { last_number: 3, on_hand: 3, careful: true, next_number: 1, returned: 0 });
  await expireKeys(db);
  equal((await poolOf(place))?.['on_hand'], 3);
  clock.forward({ hours: 7 });
  equal(await expireKeys(db), 1);
  equal(await expireKeys(db), 0);
  equal((await poolOf(place))?.['on_hand'], 2);
  deepEqual(
    (await toldOf('inventory.keys_expired', 'shop.keys_expired', tellKeysExpired)).map((one) => [
      one['user_id'],
      (one['data'] as { left: number }).left,
    ]),
    [[place.by, 2]],
  );
  deepEqual(
    await asOwner('select number::int from inventory.keys where pool_id = $1 and voided_at is not null', [
      place.variantId,
    ]),
    [{ number: 1 }],
  );
});

test('voiding counts what was on sale: ahead of the cursor or given back, not what was sold', async () => {
  const place = await oneShop();
  await imported(place, 'VOID-1\nVOID-2\nVOID-3\nVOID-4');
  await asOwner('update inventory.pools set next_number = 3, on_hand = 3, returned = 1 where id = $1', [
    place.variantId,
  ]);
  await asOwner('insert into inventory.returned (shop_id, pool_id, number, at) values ($1, $2, 2, $3)', [
    place.shopId,
    place.variantId,
    new Date(clock.now()),
  ]);
  const names = [1n, 2n, 3n, 3n].map((number) => ({ shopId: place.shopId, poolId: place.variantId, number }));
  equal(await transaction(db, (tx) => voidKeys(tx, names)), 2);
  equal(await transaction(db, (tx) => voidKeys(tx, names)), 0);
  deepEqual(await poolOf(place), { last_number: 4, on_hand: 1, careful: true, next_number: 3, returned: 0 });
});

test('a batch can be taken back within an hour while nobody bought from it', async () => {
  const place = await oneShop();
  const by = place.by;
  const [first, second, third] = [
    await imported(place, 'BACK-1\nBACK-2'),
    await imported(place, 'BACK-3'),
    await imported(place, 'BACK-4'),
  ];
  const take = (batchId: string) =>
    transaction(db, (tx) => withdrawBatch(tx, { shopId: place.shopId, batchId, by }));
  deepEqual(await take(second), { ok: true, value: { count: 1 } });
  deepEqual(await take(second), { ok: true, value: { count: 1 } });
  equal((await poolOf(place))?.['on_hand'], 3);
  await asOwner('update inventory.pools set next_number = 2, on_hand = 2 where id = $1', [place.variantId]);
  deepEqual(await take(first), { ok: false, refusal: 'WITHDRAWAL_SOLD' });
  clock.forward({ minutes: 61 });
  deepEqual(await take(third), { ok: false, refusal: 'WITHDRAWAL_LATE' });
  deepEqual(await take(newId(clock.now())), { ok: false, refusal: 'BATCH_NOT_FOUND' });
});

test('an alarm rings once until the pool is filled again', async () => {
  const place = await oneShop();
  await imported(place, 'LOW-1\nLOW-2');
  ok((await transaction(db, (tx) => setAlarm(tx, { ...place, alarmAt: 2 }))).ok);
  equal(await ringAlarms(db), 1);
  equal(await ringAlarms(db), 0);
  await imported(place, 'LOW-3');
  equal(await ringAlarms(db), 0);
  await asOwner('update inventory.pools set on_hand = 1 where id = $1', [place.variantId]);
  equal(await ringAlarms(db), 1);
  equal(
    (
      await asOwner(
        `select count(*)::int as n from kit.outbox where event = 'inventory.stock_low' and body->'about' ? $1`,
        [place.variantId],
      )
    )[0]?.['n'],
    2,
  );
});
