import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { prove } from '../../bin/prove.ts';
import {
  deskOf,
  judged,
  anExhibit,
  caseShop,
  bought,
  buyerOf,
  clockwork,
  filed,
  onSaleAgain,
  ownerOf,
  staffer,
  type Bought,
} from '../../test/cases.ts';
import { testDatabase } from '../../test/database.ts';
import { testLog } from '../../test/log.ts';
import { aShop, stock } from '../../test/world.ts';
import { confirm } from '../delivery/completion.actions.ts';
import { sequenceAll } from '../evidence/sequencer.jobs.ts';
import { newId } from '../kit/ids.ts';
import { fen } from '../kit/money.ts';
import { transaction } from '../kit/tx.ts';
import { post } from '../ledger/actions.ts';
import { account, depositPaid, transfer } from '../ledger/rules.ts';
import { addExhibit, agree, escalate, refuseClaim } from './actions.ts';
import { collect } from './recourse.actions.ts';
import { noteChannelRefund } from './channel.actions.ts';
import { ask, assign, decideObjection, decline, judge, object, sign } from './desk.actions.ts';

const database = await testDatabase();
const { db, asOwner, clock, ownerUrl } = database;
const work = clockwork(db);
const shelf = await caseShop(db);
const variantId = shelf.listings[0]?.variantId ?? '';
await stock(db, shelf, variantId, 400);
const shop = ownerOf(shelf);
const price = 9750n;
const [anna, boris] = [await staffer(db, 'support'), await staffer(db, 'arbitrator')];
const { one, wallet, balance, stateOf, sharesOf, run, said, escalated } = deskOf(database, shelf);

test('C4 to C12, F051, F125: taken, evidence asked and produced, decided, final after 72 hours, paid from escrow, closed', async () => {
  const who = await bought(db, shelf);
  const before = await wallet(who);
  const caseId = await escalated(who);
  equal(
    said(
      await run((tx) =>
        assign(tx, { caseId, viewer: { ...anna, shops: [{ shopId: shelf.shopId, role: 'goods' }] } }),
      ),
    ),
    'CONFLICT_OF_INTEREST',
  );
  equal(
    said(await run((tx) => assign(tx, { caseId, viewer: shop }))),
    'CASE_NOT_FOUND',
    'a shop has no desk',
  );
  equal(said(await run((tx) => assign(tx, { caseId, viewer: anna }))), 'review');
  equal(
    said(
      await run((tx) =>
        ask(tx, { caseId, viewer: anna, party: 'merchant', kinds: ['spec_proof'], text: '请交发货记录' }),
      ),
    ),
    'evidence',
  );
  equal(
    said(await run((tx) => addExhibit(tx, { caseId, viewer: buyerOf(who.buyerId), exhibit: anExhibit }))),
    'evidence',
    'it was not asked of the buyer',
  );
  equal(said(await run((tx) => addExhibit(tx, { caseId, viewer: shop, exhibit: anExhibit }))), 'review');
  equal(said(await run((tx) => judge(tx, { caseId, viewer: boris, judged: judged() }))), 'NOT_ASSIGNED');
  equal(
    said(await run((tx) => judge(tx, { caseId, viewer: anna, judged: judged({ articles: [] }) }))),
    'ARTICLE_MISSING',
  );
  equal(said(await run((tx) => judge(tx, { caseId, viewer: anna, judged: judged() }))), 'decided');
  equal(await wallet(who), before, 'nothing moves before the time to appeal is over');
  clock.forward({ hours: 72 });
  await work.due();
  equal(await stateOf(caseId), 'executed');
  equal((await wallet(who)) - before, price);
  deepEqual(await sharesOf(caseId), [['escrow', '9750']]);
  clock.forward({ hours: 72 });
  await work.due();
  equal(await stateOf(caseId), 'closed');
});

test('C6: two rounds of evidence and no third; who keeps it back loses the point, and the decision can still be made', async () => {
  const who = await bought(db, shelf);
  const caseId = await escalated(who);
  await run((tx) => assign(tx, { caseId, viewer: anna }));
  for (let round = 1; round <= 2; round += 1) {
    equal(
      said(
        await run((tx) =>
          ask(tx, { caseId, viewer: anna, party: 'merchant', kinds: ['spec_proof'], text: '再交' }),
        ),
      ),
      'evidence',
    );
    clock.forward({ hours: 24 });
    await work.due();
    equal(await stateOf(caseId), 'review');
  }
  equal(
    said(
      await run((tx) =>
        ask(tx, { caseId, viewer: anna, party: 'merchant', kinds: ['spec_proof'], text: '还要' }),
      ),
    ),
    'ROUNDS_OVER',
  );
  const failures = await asOwner(
    `select 1 from aftersales.statements where case_id = $1 and kind = 'failure'`,
    [caseId],
  );
  equal(failures.length, 2);
});

test('story 2 and C12: a decision against the buyer becomes final without an appeal, and the money goes its course', async () => {
  const who = await bought(db, shelf);
  await transaction(db, (tx) =>
    confirm(tx, { orderId: who.orderId, buyerIds: [who.buyerId], userId: who.buyerId }),
  );
  const caseId = await escalated(who);
  await run((tx) => assign(tx, { caseId, viewer: anna }));
  await run((tx) =>
    judge(tx, {
      caseId,
      viewer: anna,
      judged: judged({
        remedy: 'none',
        liability: { merchant: 0, buyer: 100, platform: 0, carrier: 0, issuer: 0 },
      }),
    }),
  );
  const before = await balance('available');
  clock.forward({ hours: 72 });
  await work.due();
  equal(await stateOf(caseId), 'executed');
  equal(await balance('available'), before, 'released only when the case is closed');
  clock.forward({ hours: 72 });
  await work.due();
  await work.due();
  equal((await balance('available')) - before, 9555n, 'less the fee of two percent');
});

test('F110 a case is declined only with a code and a reason, and its hold ends', async () => {
  const who = await bought(db, shelf);
  const caseId = await escalated(who);
  equal(
    said(
      await run((tx) => decline(tx, { caseId, viewer: anna, code: 'COURT', text: '法院已经受理同一纠纷' })),
    ),
    'inadmissible',
  );
  equal((await asOwner('select 1 from orders.holds where order_id = $1', [who.orderId])).length, 0);
});

test('C7 above the limit a second person signs, never the one who wrote it; sent back it is written again', async () => {
  const dear = await aShop(db, [
    { variants: [{ id: null, name: '2,100 元', price: '210000', on: true, tiers: [] }] },
  ]);
  const [first] = dear.listings;
  await stock(db, dear, first?.variantId ?? '', 3);
  const who = await bought(db, dear);
  const caseId = await filed(db, who, { reason: 'WRONG_SPEC' });
  await run((tx) =>
    refuseClaim(tx, {
      caseId,
      viewer: ownerOf(dear),
      defence: 'NOT_AS_CLAIMED',
      text: '没错',
      exhibit: anExhibit,
    }),
  );
  await run((tx) => escalate(tx, { caseId, viewer: buyerOf(who.buyerId), text: '' }));
  await run((tx) => assign(tx, { caseId, viewer: anna }));
  equal(said(await run((tx) => judge(tx, { caseId, viewer: anna, judged: judged() }))), 'signing');
  equal(said(await run((tx) => sign(tx, { caseId, viewer: anna, agrees: true, text: '' }))), 'SAME_EYES');
  equal(
    said(await run((tx) => sign(tx, { caseId, viewer: boris, agrees: false, text: '证据没写' }))),
    'review',
  );
  await run((tx) => judge(tx, { caseId, viewer: anna, judged: judged() }));
  equal(said(await run((tx) => sign(tx, { caseId, viewer: boris, agrees: true, text: '' }))), 'decided');
});

/** An order whose money the shop has long had. */
async function settledOrder(): Promise<Bought> {
  const who = await bought(db, shelf);
  await transaction(db, (tx) =>
    confirm(tx, { orderId: who.orderId, buyerIds: [who.buyerId], userId: who.buyerId }),
  );
  clock.forward({ days: 4 });
  await work.due();
  ok((await one('select released_at from orders.orders where id = $1', [who.orderId]))['released_at']);
  return who;
}
const spend = async (kind: 'available' | 'deposit'): Promise<void> => {
  const left = await balance(kind);
  if (left > 0n)
    await transaction(db, (tx) =>
      post(tx, [
        {
          key: newId(tx.wall),
          transfers: [
            transfer(
              'payout.started',
              shelf.shopId,
              account(kind, shelf.shopId),
              account('payout', newId(tx.wall)),
              fen(left),
            ),
          ],
        },
      ]),
    );
};

test('F131, F094, pitfall 8: after the release the fee goes back, then the balance, then the deposit, and the fund pays what is missing and has a claim', async () => {
  const who = await settledOrder();
  const before = await wallet(who);
  const left = await balance('available');
  await transaction(db, (tx) =>
    post(tx, [
      { key: newId(tx.wall), transfers: [depositPaid({ shopId: shelf.shopId, amount: fen(3000n) })] },
    ]),
  );
  equal(await balance('available'), left - 3000n);
  await spend('available');
  await transaction(db, (tx) =>
    post(tx, [
      {
        key: newId(tx.wall),
        transfers: [
          transfer(
            'demo.opening',
            shelf.shopId,
            account('psp.clearing', 'demo'),
            account('available', shelf.shopId),
            fen(2000n),
          ),
        ],
      },
    ]),
  );
  const caseId = await filed(db, who, { reason: 'COUNTERFEIT' });
  equal(said(await run((tx) => agree(tx, { caseId, viewer: shop }))), 'executed');
  equal((await wallet(who)) - before, price);
  deepEqual(await sharesOf(caseId), [
    ['fee', '195'],
    ['available', '2000'],
    ['deposit', '3000'],
    ['fund', '4555'],
  ]);
  deepEqual([await balance('available'), await balance('deposit')], [0n, 0n]);
  const owed = await one(
    `select sum(case when debit_kind = 'receivable' then amount_fen else -amount_fen end)::text as owed from ledger.transfers where 'receivable' in (debit_kind, credit_kind)`,
    [],
  );
  equal(owed['owed'], '4555');
  await settledOrder();
  await work.news();
  await work.news();
  const paid = await one(
    `select sum(amount_fen)::text as sum from ledger.transfers where kind = 'recourse.paid'`,
    [],
  );
  equal(paid['sum'], '4555', 'what comes in next pays it back, once');
  equal(await transaction(db, (tx) => collect(tx, shelf.shopId)), 0n);
});

test('pitfall 7, story 14: the channel refunds a loss that a case is about: the case is settled by it, and nothing is paid twice, in either order', async () => {
  await onSaleAgain(db, shelf);
  const [a, b] = [await bought(db, shelf), await bought(db, shelf)];
  const note = (who: Bought, reference: string) =>
    transaction(db, (tx) =>
      noteChannelRefund(tx, {
        shopId: shelf.shopId,
        orderId: who.orderId,
        channel: 'sandbox',
        amount: fen(price),
        reference,
      }),
    );
  const first = await filed(db, a);
  const before = await wallet(a);
  deepEqual(await note(a, 'R1'), { ok: true, value: { noted: '9750' } });
  deepEqual(await note(a, 'R1'), { ok: true, value: { noted: '9750' } }, 'the same notice again');
  equal(await stateOf(first), 'executed');
  equal(said(await run((tx) => agree(tx, { caseId: first, viewer: shop }))), 'NOT_YOUR_TURN');
  equal(await wallet(a), before, 'the channel paid, so nobody else does');
  const second = await filed(db, b);
  ok((await run((tx) => agree(tx, { caseId: second, viewer: shop }))).ok);
  const late = await note(b, 'R2');
  equal(late.ok ? '' : late.refusal, 'NOTHING_LEFT');
});

test('article 27: the platform is late and the buyer is paid first; the shop objects within 72 hours, and if it was right the fund makes it whole while the buyer keeps the money', async () => {
  await onSaleAgain(db, shelf);
  const who = await bought(db, shelf);
  const before = await wallet(who);
  const caseId = await escalated(who);
  clock.forward({ days: 12 });
  await work.due();
  equal(await stateOf(caseId), 'executed');
  equal((await wallet(who)) - before, price);
  const had = await balance('available');
  equal(
    said(await run((tx) => object(tx, { caseId, viewer: buyerOf(who.buyerId), text: 'x' }))),
    'CASE_NOT_FOUND',
  );
  equal(said(await run((tx) => object(tx, { caseId, viewer: shop, text: '发货记录证明没错' }))), 'executed');
  equal(said(await run((tx) => object(tx, { caseId, viewer: shop, text: '再来' }))), 'OBJECTION_OVER');
  equal(
    said(
      await run((tx) =>
        decideObjection(tx, { caseId, viewer: anna, upholds: true, reasons: '发货记录完整，商家没有责任' }),
      ),
    ),
    'executed',
  );
  equal((await balance('available')) - had, 9555n, 'what the shop would have got');
  equal((await wallet(who)) - before, price);
  equal(
    said(
      await run((tx) =>
        decideObjection(tx, { caseId, viewer: anna, upholds: false, reasons: '再决定一次也没用了' }),
      ),
    ),
    'NOT_YOUR_TURN',
  );
});

test('everything that prove asks holds after all of it', async () => {
  await work.news();
  await sequenceAll(testLog(db));
  deepEqual((await prove({ url: ownerUrl, keys: db.keys })).offences, []);
});
