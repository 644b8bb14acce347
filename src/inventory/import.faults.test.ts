import { deepEqual, equal, ok } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { testDatabase } from '../../test/database.ts';
import { aShop } from '../../test/world.ts';
import { faultPoints } from '../kit/fault.ts';
import { must } from '../kit/assert.ts';
import { transaction } from '../kit/tx.ts';
import { openKeys } from './keys.actions.ts';

const { db, asOwner, clock, url } = await testDatabase();
const program = fileURLToPath(new URL('../../test/children/importer.ts', import.meta.url));

type Place = { shopId: string; variantId: string; by: string };
async function onePlace(): Promise<Place> {
  const shelf = await aShop(db);
  return {
    shopId: shelf.shopId,
    variantId: must(shelf.listings[0], 'a listing').variantId,
    by: shelf.ownerId,
  };
}

/** Runs the importing program; answers how it ended. */
async function run(
  place: Place,
  how: 'check' | 'import',
  faults = '',
): Promise<{ signal: string | null; code: number | null; said: string }> {
  const child = spawn(
    process.execPath,
    [program, url, String(clock.now()), place.shopId, place.variantId, place.by, how],
    { env: { ...process.env, FAULTS: faults }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let said = '';
  child.stdout.on('data', (part: Buffer) => (said += part.toString()));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { code, signal, said: said.trim() };
}

const seen = async ({ variantId }: Place) =>
  (
    await asOwner(
      `select (select count(*)::int from inventory.keys where pool_id = $1) as keys, (select count(*)::int from inventory.fingerprints where pool_id = $1) as prints,
            (select count(*)::int from inventory.batches where pool_id = $1) as batches, coalesce((select on_hand::int from inventory.pools where id = $1), 0) as "onHand",
            (select count(*)::int from evidence.events e join inventory.batches b on b.id = e.about where b.pool_id = $1 and e.kind = 'stock.batch') as events`,
      [variantId],
    )
  )[0];
const nothing = { keys: 0, prints: 0, batches: 0, onHand: 0, events: 0 };
const everything = { keys: 2500, prints: 2500, batches: 1, onHand: 2500, events: 1 };

const points = [
  ...faultPoints.filter((name) => name.startsWith('inventory.')),
  'inventory.import.after-chunk:2',
];
const committed = ['inventory.import.after-commit'];

for (const point of points)
  test(`a power cut at ${point} leaves all of an import or nothing, and it can be repeated`, async () => {
    const place = await onePlace();
    const how = /\.(draft|confirm)\./.test(point) ? 'check' : 'import';
    const died = await run(place, how, point);
    equal(died.signal, 'SIGKILL', `${point} is on the way of this import`);
    deepEqual(await seen(place), committed.includes(point) ? everything : nothing);
    const again = await run(place, how);
    equal(again.code, 0);
    deepEqual(await seen(place), everything);
    const numbers = [1n, 1_000n, 2_500n];
    const opened = await transaction(db, (tx) =>
      openKeys(
        tx,
        numbers.map((number) => ({ shopId: place.shopId, poolId: place.variantId, number })),
      ),
    );
    ok(
      opened.every(
        (key, i) => key.secret.reveal() === `FAULT-${place.variantId.slice(-6)}-${Number(numbers[i]) - 1}`,
      ),
    );
    equal(
      (
        await asOwner(
          `select count(*)::int as n from inventory.imports where pool_id = $1 and state = 'done'`,
          [place.variantId],
        )
      )[0]?.['n'],
      1,
    );
  });

test('every write point of an import is tried', () => ok(points.length >= 11));
