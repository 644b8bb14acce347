import { ok } from 'node:assert/strict';
import { test } from 'node:test';
import { activate, deactivate, type By } from '../src/delivery/licence/seat.actions.ts';
import { suspendLicences } from '../src/delivery/licence/suspension.actions.ts';
import { countUses, licenceOfKey } from '../src/delivery/licence/validation.actions.ts';
import { must } from '../src/kit/assert.ts';
import { transaction } from '../src/kit/tx.ts';
import { eachIsNamed, holds } from './damage.ts';
import { testDatabase } from './database.ts';
import { aLicenceListing, buyLicences } from './licences.ts';
import { aShop } from './world.ts';

const { db, ownerUrl } = await testDatabase();
const by: By = { by: 'device', byId: null, addressHash: Buffer.alloc(16) };

test('prove holds on licences that were bought, bound, unbound, used and suspended by the real actions', async () => {
  const shelf = await aShop(db, [aLicenceListing({ uses: 5 })]);
  const { variantId } = must(shelf.listings[0], 'a listing');
  const { shopId } = shelf;
  for (let i = 0; i < 3; i++) {
    const bought = await buyLicences(db, { variantId, shopId, quantity: 2 });
    for (const { key } of bought.licences) {
      const row = must(await licenceOfKey(db, key, {}), 'a licence');
      for (const fingerprint of ['f1', 'f2', 'f3', 'f4'])
        await transaction(db, (tx) =>
          activate(
            tx,
            row,
            { fingerprint, name: fingerprint, platform: '', hostname: '', components: [], metadata: {} },
            by,
          ),
        );
      ok((await transaction(db, (tx) => deactivate(tx, row, { id: null, fingerprint: 'f2' }, by))).ok);
      ok((await transaction(db, (tx) => countUses(tx, row, 3))).ok);
    }
    if (i === 0)
      await transaction(db, (tx) =>
        suspendLicences(tx, [{ shopId, orderId: bought.orderId }], { reason: 'case', ref: bought.orderId }),
      );
  }
  await holds({ db, ownerUrl });
});

// Each damage is done by SQL as the owner in a transaction that is rolled back after the look.

const one = (table: string, where = 'true'): string => `(select ctid from ${table} where ${where} limit 1)`;
const unbounded = `alter table delivery.licences drop constraint licences_check, drop constraint licences_check1;`;

eachIsNamed({ db, ownerUrl }, [
  [
    'a device disappears',
    `delete from delivery.machines where ctid = ${one('delivery.machines')}`,
    'a licence has as many devices as it counts, and never more than its seats',
  ],
  [
    'a licence gets a seat more than was bought',
    `update delivery.licences set seats = seats + 1 where ctid = ${one('delivery.licences')}`,
    'a licence has as many devices as it counts, and never more than its seats',
  ],
  [
    'a suspended licence is made to work',
    `update delivery.licences set state = 'active' where ctid = ${one('delivery.licences', "state = 'suspended'")}`,
    'a licence is suspended while there is a reason, and only then',
  ],
  [
    'an order is refunded and its licences stay',
    `update orders.orders set state = 'refunded' where id = (select order_id from delivery.licences where state = 'active' limit 1)`,
    'no licence of a refunded order is active',
  ],
  [
    'a licence of a delivered line disappears',
    `with g as (delete from delivery.licence_log where licence_id = (select id from delivery.licences where state = 'active' limit 1)),
          m as (delete from delivery.machines where licence_id = (select id from delivery.licences where state = 'active' limit 1))
     delete from delivery.licences where ctid = ${one('delivery.licences', "state = 'active'")}`,
    'a delivered line of licences has one for each unit, and no other line has any',
  ],
  [
    'an entry of a log disappears',
    `delete from delivery.licence_log where ctid = ${one('delivery.licence_log', "event = 'refused'")}`,
    'the log of a licence has no hole, and ends where the licence says',
  ],
  [
    'a device is put in without an activation',
    `insert into delivery.machines select shop_id, licence_id, order_id, scope, 'sneaked in', '', '', '', '[]', '{}', activated_at, seen_at, null
       from delivery.machines m cross join lateral (select order_id from delivery.licences l where l.id = m.licence_id) l limit 1`,
    'the devices of a licence are those bound and not unbound in its log',
  ],
  [
    'a look at a key is hidden',
    `update delivery.licence_log set event = 'refused' where ctid = ${one('delivery.licence_log', "event = 'revealed'")}`,
    'each look at a licence key is in its log, the first at its time',
  ],
  [
    'the fact of an activation disappears',
    `delete from evidence.events where ctid = ${one('evidence.events', "kind = 'delivery.activated'")}`,
    'every device that was bound or unbound is a fact in evidence',
  ],
  [
    'a licence is used too often',
    `${unbounded} update delivery.licences set uses = 6 where ctid = ${one('delivery.licences')}`,
    'no licence is used more often than was bought',
  ],
]);
