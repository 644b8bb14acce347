import { equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { followComplaint } from '../src/aftersales/outside/complaint.actions.ts';
import { enterHold, stepHold } from '../src/aftersales/outside/hold.actions.ts';
import { voucherFile } from '../src/checkout/voucher/actions.ts';
import { purchaseLane } from '../src/checkout/lanes.actions.ts';
import { applyPayments } from '../src/checkout/jobs.ts';
import { sequenceAll } from '../src/evidence/sequencer.jobs.ts';
import { must } from '../src/kit/assert.ts';
import { fen } from '../src/kit/money.ts';
import { systemClock } from '../src/kit/time.ts';
import { transaction } from '../src/kit/tx.ts';
import { startPayments } from '../src/payments/actions.ts';
import { takeNotice } from '../src/payments/complaint/actions.ts';
import { paymentNumber } from '../src/payments/rules.ts';
import { bought, buyerOf, caseShop, staffer } from './cases.ts';
import { eachIsNamed, holds } from './damage.ts';
import { testDatabase } from './database.ts';
import { testLog } from './log.ts';
import { testSandbox, until, type SandboxPayment } from './sandbox.ts';
import { buyers, stock, wishFor } from './world.ts';

// What prove asks of the doors out, each shown to find a damage that is done by SQL as the owner and rolled back after the look.
const { db, ownerUrl, asOwner } = await testDatabase({ at: systemClock.now() });
const { driver } = await testSandbox(db, (ids) => applyPayments(db, ids));
const shelf = await caseShop(db);
const { variantId } = must(shelf.listings[0], 'a listing');
await stock(db, shelf, variantId, 10);

const never = async (): Promise<{ kind: 'ok' }> => ({ kind: 'ok' });
const newsOf = (tradeNo: string, version: number, refunded: bigint) => ({
  number: 'C1',
  version,
  tradeNo,
  amount: fen(9750n),
  state: 'pending' as const,
  text: '激活不了',
  userConfirmed: false,
  refunded: fen(refunded),
  refundNo: refunded > 0n ? 'R1' : null,
  answerBy: null,
  settleBy: null,
});

/** Somebody paid through the channel; the number of the trade. */
async function paidTrade(): Promise<string> {
  const [buyerId = ''] = await buyers(db, 1, 0n);
  const answer = await purchaseLane(db).submit(await wishFor(db, { buyerId, variantId, paidBy: 'channel' }));
  ok(answer.ok);
  const paymentId = must(answer.value.paymentId, 'a payment');
  await startPayments(db, [paymentId]);
  await driver(`payments/${paymentNumber(paymentId)}`, { mood: 'pay' });
  const trade = await until(
    async () => (await driver<SandboxPayment>(`payments/${paymentNumber(paymentId)}`)).trades[0],
    'it is paid',
  );
  const delivered = () =>
    asOwner('select 1 from orders.orders where buyer_id = $1 and state = $2', [buyerId, 'delivered']);
  await until(async () => (await delivered()).length > 0, 'delivered');
  return trade.tradeNo;
}

/** The channel tells of a complaint, then that it gave the money back. */
async function complained(tradeNo: string): Promise<void> {
  for (const [version, refunded] of [
    [1, 0n],
    [2, 9750n],
  ] as const) {
    const news = newsOf(tradeNo, version, refunded);
    const parseNotice = () => ({ verified: true as const, news, request: `r${version}` });
    const desk = { channel: 'sandbox', acknowledgement: '', reply: never, complete: never, parseNotice };
    await takeNotice(db, desk, { method: 'POST', path: '', query: '', headers: {}, body: Buffer.from('x') });
    await transaction(db, (tx) => followComplaint(tx, { channel: 'sandbox', number: 'C1' }));
  }
  await asOwner(`delete from kit.outbox where event = 'complaint.told'`);
}

async function heldByCourt(orderId: string): Promise<void> {
  const [one, other] = [await staffer(db, 'risk'), await staffer(db, 'risk')];
  const asked = await transaction(db, (tx) =>
    enterHold(tx, {
      scope: 'order',
      subjectId: orderId,
      authority: '法院',
      kind: 'court',
      number: '1',
      documentHash: Buffer.alloc(32),
      reason: '保全',
      until: tx.business,
      secret: false,
      byId: must(one.userId, 'staff'),
    }),
  );
  ok(asked.ok);
  const { holdId } = asked.value;
  const byId = must(other.userId, 'staff');
  const placed = await transaction(db, (tx) => stepHold(tx, { holdId, event: 'place', byId, reason: '' }));
  equal(placed.ok, true);
}

test('prove holds with a complaint that the channel refunded, a hold and a voucher', async () => {
  await complained(await paidTrade());
  const who = await bought(db, shelf);
  const wish = { orderId: who.orderId, kind: 'order', format: 'json' } as const;
  ok((await voucherFile(db, buyerOf(who.buyerId), wish)).ok);
  await heldByCourt(who.orderId);
  await sequenceAll(testLog(db));
  await holds({ db, ownerUrl });
});

eachIsNamed({ db, ownerUrl }, [
  [
    'the hold of an open complaint is taken away',
    `delete from orders.holds where reason = 'channel_complaint'`,
    'a complaint that is open holds the money of its order, and one that is over holds nothing',
  ],
  [
    'a refund of a channel is forgotten',
    `update aftersales.complaint_links set noted_fen = null`,
    'what a channel gave back is noted once, and no more of it left escrow than that',
  ],
  [
    'a hold of a court is taken off its order',
    `delete from orders.holds where reason = 'legal'`,
    'an authority’s hold was placed by two people, and stands on its order while it stands',
  ],
  [
    'a voucher gets another amount',
    `update checkout.vouchers set body = replace(body, '"amount":"9750"', '"amount":"1"')`,
    'a voucher is what was hashed, and says of its order what the order says',
  ],
  [
    'one person alone lets an authority in',
    `insert into aftersales.lawful_requests (id, authority, kind, number, basis, asked, document_sha256, scope, due_at, state, received_by, received_at)
     values (gen_random_uuid(), 'x', 'court', '1', 'x', 'x', decode(repeat('00', 32), 'hex'), 'period', '2027-01-01', 'granted', gen_random_uuid(), '2026-01-01')`,
    'an authority got access from a second person only, and every look is on record',
  ],
]);
