import { must } from '../kit/assert.ts';
import { faultPoint } from '../kit/fault.ts';
import { newId } from '../kit/ids.ts';
import type { Fen } from '../kit/money.ts';
import { publish } from '../kit/outbox.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { plus, type Instant } from '../kit/time.ts';
import { reader, send, transaction, type Db, type Tx } from '../kit/tx.ts';
import { openBook } from '../ledger/actions.ts';
import { leftIn } from '../ledger/book.rules.ts';
import { account } from '../ledger/rules.ts';
import type { ChannelAnswer } from './channel.contract.ts';
import { findChannel } from './channels.actions.ts';
import { topUpLimits, type PaymentPurpose, type PaymentRefusal } from './contract.ts';
import { nextCheck, paymentAfter, paymentNumber, type Payment } from './rules.ts';
import {
  findRequest,
  insertChecks,
  insertPayments,
  lockPaymentRows,
  readPaymentRows,
  writeStates,
} from './store.ts';

/** `checkoutKey` is the idempotency key of what is paid: of the checkout, or of the top-up. */
export type NewPayment = {
  readonly id: string;
  readonly purpose: PaymentPurpose;
  readonly buyerId: string;
  readonly checkoutKey: string;
  readonly channel: string;
  readonly amount: Fen;
  readonly expiresAt: Instant;
};

/**
 * Begins payments inside the transaction of what they pay; nothing is told to the channel before the commit (startPayments, or the first
 * check after 10 s). A request that has a payment already keeps it (F170). Both writes are on their way when this returns its promise.
 */
export async function createPayments(tx: Tx, list: readonly NewPayment[]): Promise<void> {
  if (list.length === 0) return;
  const rows = insertPayments(tx, {
    ids: list.map((p) => p.id),
    purposes: list.map((p) => p.purpose),
    buyers: list.map((p) => p.buyerId),
    keys: list.map((p) => p.checkoutKey),
    channels: list.map((p) => p.channel),
    amounts: list.map((p) => p.amount),
    expires: list.map((p) => p.expiresAt),
    at: tx.business,
  });
  await Promise.all([rows, insertChecks(tx, { ids: list.map((p) => p.id), due: nextCheck(0, tx.wall) })]);
}

/** Locks payments by their id, first of all locks; answers in the order asked, undefined where there is none. */
export async function lockPayments(tx: Tx, ids: readonly string[]): Promise<(Payment | undefined)[]> {
  const rows = new Map((await lockPaymentRows(tx, { ids: [...new Set(ids)] })).map((row) => [row.id, row]));
  return ids.map((id) => rows.get(id));
}

/** Payments as they are, without a lock, in the order asked. */
export async function readPayments(tx: Tx, ids: readonly string[]): Promise<(Payment | undefined)[]> {
  const rows = new Map((await readPaymentRows(tx, { ids: [...new Set(ids)] })).map((row) => [row.id, row]));
  return ids.map((id) => rows.get(id));
}

/** Money of locked payments that nothing was decided about, in the order asked. */
export async function unappliedOf(tx: Tx, paymentIds: readonly string[]): Promise<Fen[]> {
  const accounts = paymentIds.map((id) => account('unapplied', id));
  const book = await openBook(tx, accounts);
  return accounts.map((one) => leftIn(book, one));
}

const subjects = {
  topup: '盟约 钱包充值 / Mengyue wallet top-up',
  checkout: '盟约 订单付款 / Mengyue order',
} as const satisfies Record<PaymentPurpose, string>;

/**
 * Tells the channel about payments that it does not know yet. Repeating is harmless: the number is the same, and whoever comes second finds
 * the payment open. Unknown answers leave it opening, and the next check asks again.
 */
export async function startPayments(db: Db, ids: readonly string[]): Promise<(Payment | undefined)[]> {
  const now = await reader(db);
  const before = await readPayments(now, ids);
  await Promise.all(
    before.map((payment) =>
      payment?.state === 'opening' && payment.expiresAt > now.business
        ? startOne(db, payment, now.business)
        : undefined,
    ),
  );
  return readPayments(now, ids);
}

async function startOne(db: Db, payment: Payment, business: Instant): Promise<void> {
  const channel = findChannel(db, payment.channel);
  if (!channel) return;
  faultPoint('payments.start.before-create');
  const ttl_seconds = Math.max(1, Math.floor((payment.expiresAt - business) / 1000));
  const answer = await channel.create({
    number: paymentNumber(payment.id),
    amount: payment.amount,
    subject: subjects[payment.purpose],
    ttl_seconds,
  });
  faultPoint('payments.start.after-create');
  if (answer.kind !== 'unknown') await transaction(db, (tx) => noteCreated(tx, payment.id, answer));
}

async function noteCreated(
  tx: Tx,
  id: string,
  answer: Exclude<ChannelAnswer<{ ref: string; payUrl: string }>, { kind: 'unknown' }>,
): Promise<void> {
  const [payment] = await lockPayments(tx, [id]);
  const to = payment && paymentAfter(payment.state, answer.kind === 'ok' ? 'accept' : 'reject');
  // Money, or another process, may have been faster.
  if (!to) return;
  const ok = answer.kind === 'ok';
  send(
    tx,
    writeStates(tx, {
      ids: [id],
      states: [to],
      refs: [ok ? answer.ref : null],
      urls: [ok ? answer.payUrl : null],
      failures: [ok ? null : `${answer.code}: ${answer.message}`.slice(0, 200)],
    }),
  );
  if (!ok)
    send(tx, publish(tx, [{ event: 'payment.closed', about: [id], data: { purpose: payment.purpose } }]));
}

/**
 * Begins a wallet top-up and tells the channel. The same key gives the same payment (F170, F171). Refuses AMOUNT_NOT_ALLOWED,
 * CHANNEL_NOT_OFFERED, and IDEMPOTENCY_KEY_REUSED when the key began another amount.
 */
export async function topUp(
  db: Db,
  p: { userId: string; amount: Fen; channel: string; key: string },
): Promise<Result<Payment, PaymentRefusal | 'IDEMPOTENCY_KEY_REUSED'>> {
  if (p.amount < topUpLimits.least || p.amount > topUpLimits.most) return refuse('AMOUNT_NOT_ALLOWED');
  if (!findChannel(db, p.channel)) return refuse('CHANNEL_NOT_OFFERED');
  const found = await transaction(db, async (tx) => {
    await createPayments(tx, [
      {
        id: newId(tx.wall),
        purpose: 'topup',
        buyerId: p.userId,
        checkoutKey: p.key,
        channel: p.channel,
        amount: p.amount,
        expiresAt: plus(tx.business, topUpTime),
      },
    ]);
    const [row] = await findRequest(tx, { buyerId: p.userId, purpose: 'topup', key: p.key });
    return must(row, 'a payment that was begun is there');
  });
  if (found.amount !== p.amount || found.channel !== p.channel) return refuse('IDEMPOTENCY_KEY_REUSED');
  const [payment] = await startPayments(db, [found.id]);
  return done(must(payment, 'a payment that was begun is there'));
}

// A top-up holds nobody's stock, so its cashier page stays open longer than that of an order.
const topUpTime = { minutes: 30 } as const;
