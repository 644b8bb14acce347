import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { prove } from '../../bin/prove.ts';
import {
  anExhibit,
  bought,
  buyerOf,
  clockwork,
  filed,
  filing,
  ownerOf,
  reveal,
  type Bought,
  caseShop,
} from '../../test/cases.ts';
import { testDatabase } from '../../test/database.ts';
import { testLog } from '../../test/log.ts';
import { stock } from '../../test/world.ts';
import { confirm } from '../delivery/completion.actions.ts';
import { sequenceAll } from '../evidence/sequencer.jobs.ts';
import { transaction } from '../kit/tx.ts';
import {
  accept,
  addExhibit,
  agree,
  counter,
  escalate,
  fileCase,
  offer,
  refuseClaim,
  withdraw,
} from './actions.ts';

const database = await testDatabase();
const { db, asOwner, clock, ownerUrl } = database;
const work = clockwork(db);
const shelf = await caseShop(db);
const variantId = shelf.listings[0]?.variantId ?? '';
await stock(db, shelf, variantId, 300);
const shop = ownerOf(shelf);

const wallet = async (one: Bought): Promise<bigint> =>
  BigInt(
    String(
      (
        await asOwner(`select balance_fen from ledger.accounts where kind = 'wallet' and id = $1`, [
          one.buyerId,
        ])
      )[0]?.['balance_fen'],
    ),
  );
const caseOf = async (caseId: string) =>
  (await asOwner('select * from aftersales.cases where id = $1', [caseId]))[0] ?? {};
const orderOf = async (one: Bought) =>
  (await asOwner('select * from orders.orders where id = $1', [one.orderId]))[0] ?? {};
const eventsOf = async (caseId: string) =>
  (await asOwner('select event from aftersales.steps where case_id = $1 order by step', [caseId])).map(
    (row) => row['event'],
  );
const executions = async (caseId: string) =>
  asOwner('select kind, amount_fen, shares from aftersales.executions where case_id = $1', [caseId]);
const price = 9750n;

test('F078 F122 a case holds the order; the shop agrees, and escrow is back in the wallet at once', async () => {
  const one = await bought(db, shelf);
  const before = await wallet(one);
  const caseId = await filed(db, one);
  equal((await caseOf(caseId))['state'], 'negotiation');
  equal((await caseOf(caseId))['presumed'], true, 'within two hours of the reveal');
  equal((await asOwner('select 1 from orders.holds where order_id = $1', [one.orderId])).length, 1);
  const answer = await transaction(db, (tx) => agree(tx, { caseId, viewer: shop }));
  deepEqual(answer, { ok: true, value: { caseId, state: 'executed' } });
  equal((await wallet(one)) - before, price);
  equal((await orderOf(one))['state'], 'refunded');
  deepEqual(await eventsOf(caseId), ['file', 'agree', 'execute']);
  clock.forward({ hours: 73 });
  await work.due();
  equal((await caseOf(caseId))['state'], 'closed');
  equal((await asOwner('select 1 from orders.holds where order_id = $1', [one.orderId])).length, 0);
});

test('story 3, F078: a silent shop loses after 24 hours, exactly once, and the release that comes at the same moment finds nothing', async () => {
  const one = await bought(db, shelf);
  const before = await wallet(one);
  await transaction(db, (tx) =>
    confirm(tx, { orderId: one.orderId, buyerIds: [one.buyerId], userId: one.buyerId }),
  );
  clock.forward({ hours: 47 });
  const caseId = await filed(db, one);
  clock.forward({ hours: 24 });
  await work.due();
  equal((await caseOf(caseId))['state'], 'executed');
  equal((await wallet(one)) - before, price);
  clock.forward({ hours: 100 });
  await work.due();
  await work.due();
  equal((await wallet(one)) - before, price);
  equal((await orderOf(one))['released_at'], null);
  deepEqual(await eventsOf(caseId), ['file', 'silence_refund', 'execute', 'close']);
});

test('story 4, F103, F161: USER_ERROR without evidence is no answer, and the clock runs on', async () => {
  const one = await bought(db, shelf);
  const caseId = await filed(db, one);
  clock.forward({ hours: 20 });
  for (const [defence, exhibit, refusal] of [
    ['USER_ERROR', null, 'USER_ERROR_ALONE'],
    ['USER_ERROR', anExhibit, 'USER_ERROR_ALONE'],
    ['TYPED_WRONG', null, 'EXHIBIT_MISSING'],
  ] as const) {
    const answer = await transaction(db, (tx) =>
      refuseClaim(tx, { caseId, viewer: shop, defence, text: '操作不当', exhibit }),
    );
    equal(answer.ok ? '' : answer.refusal, refusal);
  }
  equal((await caseOf(caseId))['state'], 'negotiation');
  clock.forward({ hours: 4 });
  await work.due();
  equal((await caseOf(caseId))['state'], 'executed');
});

test('stories 5, 6, F090, F091: 47:59 escalates; 48:01 has lapsed, and reopens once with a cause', async () => {
  const [a, b] = [await bought(db, shelf), await bought(db, shelf)];
  const ids = [await filed(db, a), await filed(db, b)] as const;
  for (const caseId of ids)
    ok(
      (
        await transaction(db, (tx) =>
          refuseClaim(tx, {
            caseId,
            viewer: shop,
            defence: 'CONSUMED_AFTER_REVEAL',
            text: '查看后由你的账号兑换',
            exhibit: anExhibit,
          }),
        )
      ).ok,
    );
  clock.forward({ hours: 47, minutes: 59 });
  const early = await transaction(db, (tx) =>
    escalate(tx, { caseId: ids[0], viewer: buyerOf(a.buyerId), text: '请平台裁决' }),
  );
  deepEqual(early, { ok: true, value: { caseId: ids[0], state: 'intervention' } });
  clock.forward({ minutes: 2 });
  const late = await transaction(db, (tx) =>
    escalate(tx, { caseId: ids[1], viewer: buyerOf(b.buyerId), text: '' }),
  );
  equal(late.ok ? '' : late.refusal, 'ESCALATION_OVER');
  await work.due();
  equal((await caseOf(ids[1]))['state'], 'lapsed');
  clock.forward({ hours: 23 });
  equal(
    (await asOwner('select 1 from orders.holds where order_id = $1', [b.orderId])).length,
    1,
    'the grace holds the money',
  );
  const again = await transaction(db, (tx) =>
    escalate(tx, { caseId: ids[1], viewer: buyerOf(b.buyerId), text: '住院三天，附医院收据' }),
  );
  deepEqual(again, { ok: true, value: { caseId: ids[1], state: 'intervention' } });
});

test('F115 a replacement voids the old key and lies sealed in its place, with times of its own', async () => {
  const one = await bought(db, shelf);
  const caseId = await filed(db, one, { remedy: 'reissue' });
  ok((await transaction(db, (tx) => agree(tx, { caseId, viewer: shop }))).ok);
  const [unit] = await asOwner('select state, number from delivery.units where order_id = $1', [one.orderId]);
  equal(unit?.['state'], 'sealed');
  const [old] = await asOwner('select number, by_number from delivery.replaced where order_id = $1', [
    one.orderId,
  ]);
  equal(old?.['by_number'], unit?.['number']);
  const [key] = await asOwner('select voided_at from inventory.keys where pool_id = $1 and number = $2', [
    variantId,
    old?.['number'],
  ]);
  ok(key?.['voided_at']);
  equal((await executions(caseId))[0]?.['kind'], 'reissue');
  await reveal(db, { orderId: one.orderId, buyerId: one.buyerId, place: 1 });
});

test('C2: an offer waits for the buyer, a counter replaces the demand, an offer that gives all is an agreement', async () => {
  const one = await bought(db, shelf, { quantity: 3, reveal: 3 });
  const viewer = buyerOf(one.buyerId);
  const before = await wallet(one);
  const caseId = await filed(db, one, { places: [1, 2, 3] });
  const give = (amount: bigint) =>
    transaction(db, (tx) =>
      offer(tx, { caseId, viewer: shop, remedy: 'refund', amount: amount as never, text: '先退一部分' }),
    );
  deepEqual(await give(5000n), { ok: true, value: { caseId, state: 'negotiation' } });
  const asked = await transaction(db, (tx) =>
    counter(tx, { caseId, viewer, remedy: 'refund', amount: 20_000n as never, text: '至少两百' }),
  );
  ok(asked.ok);
  const gone = await transaction(db, (tx) => accept(tx, { caseId, viewer }));
  equal(gone.ok ? '' : gone.refusal, 'NO_OFFER', 'a counter ends the offer');
  ok((await give(15_000n)).ok);
  deepEqual(await transaction(db, (tx) => accept(tx, { caseId, viewer })), {
    ok: true,
    value: { caseId, state: 'executed' },
  });
  equal((await wallet(one)) - before, 15_000n);
  deepEqual(
    (
      await asOwner('select paid_fen::int as paid from orders.losses where order_id = $1 order by place', [
        one.orderId,
      ])
    ).map((r) => r['paid']),
    [5000, 5000, 5000],
  );
});

test('F088 no more can be asked than is left, and what was paid once is not paid again', async () => {
  const one = await bought(db, shelf, { quantity: 2, reveal: 2 });
  const ask = (parts: Parameters<typeof filing>[1]) =>
    transaction(db, (tx) => fileCase(tx, filing(one, parts)));
  const much = await ask({ amount: 9751n as never });
  equal(much.ok ? '' : much.refusal, 'AMOUNT_TOO_HIGH');
  const caseId = await filed(db, one);
  const twice = await ask({ places: [1, 2] });
  equal(twice.ok ? '' : twice.refusal, 'CASE_OPEN');
  ok((await transaction(db, (tx) => agree(tx, { caseId, viewer: shop }))).ok);
  clock.forward({ hours: 73 });
  await work.due();
  const spent = await ask({ reason: 'WRONG_SPEC' });
  equal(spent.ok ? '' : spent.refusal, 'NOTHING_LEFT');
  ok((await ask({ places: [2], reason: 'WRONG_SPEC' })).ok, 'the other key has its own loss');
});

test('C13, F010: a withdrawal takes the hold away and can be filed once more; strangers see nothing', async () => {
  const one = await bought(db, shelf);
  const caseId = await filed(db, one);
  const stranger = await transaction(db, (tx) => withdraw(tx, { caseId, viewer: shop, text: '' }));
  equal(stranger.ok ? '' : stranger.refusal, 'CASE_NOT_FOUND');
  const viewer = buyerOf(one.buyerId);
  ok(
    (
      await transaction(db, (tx) =>
        addExhibit(tx, { caseId, viewer, exhibit: { ...anExhibit, kind: 'fail_screen' } }),
      )
    ).ok,
  );
  ok((await transaction(db, (tx) => withdraw(tx, { caseId, viewer, text: '能用了' }))).ok);
  equal((await asOwner('select 1 from orders.holds where order_id = $1', [one.orderId])).length, 0);
  const again = await filed(db, one);
  ok((await transaction(db, (tx) => withdraw(tx, { caseId: again, viewer, text: '' }))).ok);
  const third = await transaction(db, (tx) => fileCase(tx, filing(one)));
  equal(third.ok ? '' : third.refusal, 'WITHDRAWN_TWICE');
});

test('both sides hear of every step, and everything that prove asks holds', async () => {
  await work.news();
  const kinds = (
    await asOwner('select kind, count(*)::int as n from notifications.messages group by kind order by kind')
  ).map((r) => r['kind']);
  ok(kinds.includes('case.news') && kinds.includes('shop.case'), kinds.join());
  await sequenceAll(testLog(db));
  deepEqual((await prove({ url: ownerUrl, keys: db.keys })).offences, []);
});
