import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { prove } from '../../../bin/prove.ts';
import { bought, buyerOf, caseShop, clockwork, filed, ownerOf, staffer } from '../../../test/cases.ts';
import { testDatabase } from '../../../test/database.ts';
import { testFiles } from '../../../test/files.ts';
import { testLog } from '../../../test/log.ts';
import { stock } from '../../../test/world.ts';
import { timers } from '../../app/reactions.ts';
import { askHold, moveHold } from '../../evidence/hold/actions.ts';
import { sequenceAll } from '../../evidence/sequencer.jobs.ts';
import { must } from '../../kit/assert.ts';
import { reader, transaction } from '../../kit/tx.ts';
import { agree } from '../actions.ts';
import { attachFile } from '../exhibits/actions.ts';
import { keptOrders, keptPeople, sealOrders } from './actions.ts';
import { rootOver } from './rules.ts';

const { db, asOwner, clock, ownerUrl } = await testDatabase();
testFiles(db);
const shelf = await caseShop(db);
await stock(db, shelf, shelf.listings[0]?.variantId ?? '', 40);
const work = clockwork(db);

const sealsOf = (orderId: string) =>
  asOwner(
    `select number, from_seq, to_seq, seal_seq, root from aftersales.archives where order_id = $1 order by number`,
    [orderId],
  );
const commitments = async (orderId: string, from: number, to: number) =>
  (
    await asOwner(
      `select commitment from evidence.events where about = $1 and seq between $2 and $3 order by seq`,
      [orderId, from, to],
    )
  ).map((row) => row['commitment'] as Buffer);
async function completed() {
  const who = await bought(db, shelf);
  clock.forward({ hours: 30 });
  await work.due();
  await work.news();
  return who;
}

test('F072 within 24 hours of completion the binder is sealed by itself; the root is over its records and stands in the log', async () => {
  const who = await completed();
  const [order] = await asOwner('select completed_at from orders.orders where id = $1', [who.orderId]);
  ok(order?.['completed_at']);
  const [seal, ...more] = await sealsOf(who.orderId);
  equal(more.length, 0);
  const [from, to] = [Number(seal?.['from_seq']), Number(seal?.['to_seq'])];
  deepEqual([from, Number(seal?.['seal_seq'])], [1, to + 1]);
  deepEqual(seal?.['root'], rootOver(await commitments(who.orderId, from, to)));
  const [event] = await asOwner(`select kind from evidence.events where about = $1 and seq = $2`, [
    who.orderId,
    to + 1,
  ]);
  equal(event?.['kind'], 'order.archived');
  await sequenceAll(testLog(db));
  equal(
    await transaction(db, (tx) => sealOrders(tx, [{ shopId: shelf.shopId, id: who.orderId }])),
    0,
    'again is harmless',
  );
});

test('F072 what comes after the seal goes into a supplement with its own seal, within the same 24 hours', async () => {
  const who = await completed();
  const caseId = await filed(db, who, { reason: 'WRONG_SPEC' });
  await work.news();
  equal((await sealsOf(who.orderId)).length, 1, 'nothing of the archive is touched');
  clock.forward({ hours: 24 });
  await work.due();
  await work.news();
  const [first, second] = await sealsOf(who.orderId);
  equal(Number(second?.['from_seq']), Number(first?.['seal_seq']) + 1, 'nothing lies between them');
  deepEqual(
    second?.['root'],
    rootOver(await commitments(who.orderId, Number(second?.['from_seq']), Number(second?.['to_seq']))),
  );
  const answer = await transaction(db, (tx) => agree(tx, { caseId, viewer: ownerOf(shelf) }));
  ok(answer.ok);
  await work.news();
  clock.forward({ hours: 25 });
  await work.due();
  await work.news();
  ok((await sealsOf(who.orderId)).length > 2);
});

test('F073 every sweep of the program runs years later, and no evidence, exhibit or file goes', async () => {
  const who = await completed();
  const viewer = buyerOf(who.buyerId);
  ok((await attachFile(db, viewer, { orderId: who.orderId, file: new File(['聊天记录'], 'a.txt') })).ok);
  await sequenceAll(testLog(db));
  const count = async () =>
    Object.fromEntries(
      (
        await asOwner(
          `select 'events' as what, count(*) as n from evidence.events union all select 'tiles', count(*) from evidence.tiles
           union all select 'files', count(*) from aftersales.exhibit_files union all select 'blobs', count(*) from kit.blobs
           union all select 'archives', count(*) from aftersales.archives union all select 'keys', count(*) from evidence.user_keys`,
          [],
        )
      ).map((row) => [row['what'], Number(row['n'])]),
    );
  clock.forward({ days: 365 * 5 });
  const before = await count();
  for (const timer of timers.filter((one) => /sweep|scanning/.test(one.name))) await timer.run(db);
  const after = await count();
  for (const [what, n] of Object.entries(before))
    ok((after[what] ?? 0) >= Number(n), `${what}: ${n} before, ${after[what]} after`);
});

test('prove holds on archives and their supplements', async () => {
  await sequenceAll(testLog(db));
  deepEqual((await prove({ url: ownerUrl, keys: db.keys })).offences, []);
});

// The hold of this test is entered in the register alone: on its order it is laid by aftersales/outside, which prove looks at.
test('F073 the years of the rulebook, an open case and an order of the police each keep an order; then nothing does', async () => {
  const who = await completed();
  const order = { shopId: shelf.shopId, orderId: who.orderId };
  const kept = async () => (await keptOrders(await reader(db), [order]))[0];
  deepEqual(await kept(), ['retention']);
  ok((await keptPeople(await reader(db), [who.buyerId])).has(who.buyerId), 'the key of its buyer stays too');
  const other = await completed();
  await filed(db, other, { reason: 'WRONG_SPEC' });
  clock.forward({ days: 365 * 3 + 2 });
  deepEqual(await kept(), []);
  ok(!(await keptPeople(await reader(db), [who.buyerId])).has(who.buyerId));
  deepEqual((await keptOrders(await reader(db), [{ ...order, orderId: other.orderId }]))[0], ['case']);
  const [one, two] = [await staffer(db, 'support'), await staffer(db, 'admin')];
  const hold = await transaction(db, (tx) =>
    askHold(tx, {
      scope: 'order',
      subjectId: who.orderId,
      shopId: shelf.shopId,
      authority: '某市公安局',
      kind: 'police',
      number: '2026-1',
      documentHash: Buffer.alloc(32, 1),
      reason: '协助调查',
      until: tx.business,
      secret: true,
      byId: must(one.userId, 'staff'),
    }),
  );
  deepEqual(await kept(), [], 'asked for is not placed');
  const placed = await transaction(db, (tx) =>
    moveHold(tx, { id: hold.id, event: 'place', byId: must(two.userId, 'staff'), reason: '' }),
  );
  ok(placed.ok);
  deepEqual(await kept(), ['hold']);
});
