import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { prove } from '../../bin/prove.ts';
import {
  deskOf,
  judged,
  anExhibit,
  bought,
  buyerOf,
  clockwork,
  filed,
  ownerOf,
  staffer,
  caseShop,
} from '../../test/cases.ts';
import { testDatabase } from '../../test/database.ts';
import { testLog } from '../../test/log.ts';
import { stock } from '../../test/world.ts';
import { confirm } from '../delivery/completion.actions.ts';
import { releaseOrders } from '../delivery/jobs.ts';
import { sequenceAll } from '../evidence/sequencer.jobs.ts';
import { newId } from '../kit/ids.ts';
import { fen } from '../kit/money.ts';
import { transaction, type Tx } from '../kit/tx.ts';
import { agree, escalate, refuseClaim, withdraw, type Answer } from './actions.ts';
import { assign, judge } from './desk.actions.ts';
import { fireCases } from './clocks.actions.ts';

const database = await testDatabase();
const { db, asOwner, clock, ownerUrl, another } = database;
const work = clockwork(db);
const shelf = await caseShop(db);
const variantId = shelf.listings[0]?.variantId ?? '';
await stock(db, shelf, variantId, 400);
const shop = ownerOf(shelf);
const price = 9750n;
const anna = await staffer(db, 'support');
const { wallet, stateOf, run, refusedCase, said } = deskOf(database, shelf);

const second = another();
/** Both at the same moment, from two processes. */
const race = async (...acts: ((tx: Tx) => Promise<unknown>)[]): Promise<unknown[]> =>
  Promise.all(acts.map((act, i) => transaction(i % 2 ? second : db, act)));
const executedOnce = async (caseId: string) =>
  equal((await asOwner('select 1 from aftersales.executions where case_id = $1', [caseId])).length, 1);

for (const turn of [1, 2, 3, 4])
  test(`refund against release, round ${turn}: exactly one of them gets the money`, async () => {
    const who = await bought(db, shelf);
    await transaction(db, (tx) =>
      confirm(tx, { orderId: who.orderId, buyerIds: [who.buyerId], userId: who.buyerId }),
    );
    clock.forward({ days: 3 });
    const [due] = await asOwner(
      `select due_at, start_at, article, version from kit.deadlines where about = $1 and what = 'order.release'`,
      [who.orderId],
    );
    const before = await wallet(who);
    const at = {
      shopId: shelf.shopId,
      about: who.orderId,
      what: 'order.release',
      dueAt: Date.parse(String(due?.['due_at'])),
      startAt: 0,
      article: '42',
      version: '1.0.0',
    };
    let caseId = '';
    await race(
      (tx) => releaseOrders(tx, [at as never]),
      async () => {
        caseId = await filed(db, who);
        return run((tx) => agree(tx, { caseId, viewer: shop }));
      },
    );
    await work.due();
    equal(
      (await wallet(who)) - before,
      price,
      'the buyer has it in either case, from escrow or from the shop',
    );
    const moved = await asOwner(
      `select sum(amount_fen)::text as sum from ledger.transfers where debit_kind = 'escrow' and about = $1`,
      [who.orderId],
    );
    equal(moved[0]?.['sum'], '9750', 'escrow was emptied once');
  });

test('silence against answer: the clock and the shop at the same moment, one outcome', async () => {
  for (let round = 0; round < 4; round += 1) {
    const who = await bought(db, shelf);
    const caseId = await filed(db, who);
    const before = await wallet(who);
    clock.forward({ hours: 24 });
    const due = {
      shopId: shelf.shopId,
      about: caseId,
      what: 'case.remedy',
      dueAt: 0,
      startAt: 0,
      article: '5',
      version: '1.0.0',
    } as never;
    await race(
      (tx) => fireCases(tx, [due]),
      (tx) =>
        refuseClaim(tx, { caseId, viewer: shop, defence: 'TYPED_WRONG', text: '输错', exhibit: anExhibit }),
      (tx) => agree(tx, { caseId, viewer: shop }),
      (tx) => fireCases(tx, [due]),
    );
    ok(['executed', 'refused'].includes(String(await stateOf(caseId))));
    const paid = (await wallet(who)) - before;
    equal(paid, (await stateOf(caseId)) === 'executed' ? price : 0n);
  }
});

test('two decisions and a double escalation at the same moment: one of each', async () => {
  const who = await bought(db, shelf);
  const caseId = await refusedCase(who);
  const viewer = buyerOf(who.buyerId);
  const twice = (await race(
    (tx) => escalate(tx, { caseId, viewer, text: '一' }),
    (tx) => escalate(tx, { caseId, viewer, text: '二' }),
    (tx) => withdraw(tx, { caseId: newId(db.wall.now()), viewer, text: '' }),
  )) as Answer[];
  deepEqual(twice.map(said).toSorted(), ['CASE_NOT_FOUND', 'NOT_YOUR_TURN', 'intervention']);
  await run((tx) => assign(tx, { caseId, viewer: anna }));
  const both = (await race(
    (tx) => judge(tx, { caseId, viewer: anna, judged: judged() }),
    (tx) => judge(tx, { caseId, viewer: anna, judged: judged({ amount: fen(1n) }) }),
    (tx) => agree(tx, { caseId, viewer: shop }),
  )) as Answer[];
  equal(both.filter((answer) => answer.ok).length, 1);
  clock.forward({ hours: 72 });
  await work.due();
  await executedOnce(caseId);
});

test('everything that prove asks holds after all of it', async () => {
  await work.news();
  await sequenceAll(testLog(db));
  deepEqual((await prove({ url: ownerUrl, keys: db.keys })).offences, []);
});
