import { assert } from '../kit/assert.ts';
import { splitFee, type Fen } from '../kit/money.ts';
import type { Account, AccountKind, TransferKind } from './contract.ts';

/** Moves `amount` from debit to credit; `about` is the order, payment or payout it is for. */
export type Transfer = {
  readonly kind: TransferKind;
  readonly about: string;
  readonly debit: Account;
  readonly credit: Account;
  readonly amount: Fen;
};

export const account = (kind: AccountKind, id = ''): Account => ({ kind, id });
/** The escrow account of one order line. */
export const escrowOf = (orderId: string, line: number): Account => account('escrow', `${orderId}.${line}`);

export function transfer(
  kind: TransferKind,
  about: string,
  debit: Account,
  credit: Account,
  amount: Fen,
): Transfer {
  assert(amount > 0n, `a transfer ${kind} about ${about} moves something`);
  assert(
    debit.kind !== credit.kind || debit.id !== credit.id,
    `a transfer ${kind} about ${about} has two sides`,
  );
  return { kind, about, debit, credit, amount };
}

type Line = { orderId: string; number: number; amount: Fen };
const some = (transfers: (Transfer | undefined)[]): Transfer[] =>
  transfers.filter((one) => one !== undefined);
const unlessZero = (amount: Fen, make: () => Transfer): Transfer | undefined =>
  amount > 0n ? make() : undefined;

// The templates. An accountant can read this list from top to bottom.

/** Money came in at a channel for a payment (VGSR article 3). */
export const channelReceived = (p: { paymentId: string; channel: string; amount: Fen }): Transfer =>
  transfer(
    'channel.received',
    p.paymentId,
    account('psp.clearing', p.channel),
    account('unapplied', p.paymentId),
    p.amount,
  );

/** A person found out which payment an unexplained trade belongs to; until then its money waits under the trade's own id. */
export const unappliedMatched = (p: { tradeId: string; paymentId: string; amount: Fen }): Transfer =>
  transfer(
    'unapplied.matched',
    p.paymentId,
    account('unapplied', p.tradeId),
    account('unapplied', p.paymentId),
    p.amount,
  );

/** A payment fills a wallet. */
export const topUp = (p: { paymentId: string; userId: string; amount: Fen }): Transfer =>
  transfer(
    'wallet.top_up',
    p.paymentId,
    account('unapplied', p.paymentId),
    account('wallet', p.userId),
    p.amount,
  );

/** A wallet pays order lines: one leg a line, from the wallet to the line's escrow. */
export const fundFromWallet = (p: { buyerId: string; lines: readonly Line[] }): Transfer[] =>
  some(
    p.lines.map((line) =>
      unlessZero(line.amount, () =>
        transfer(
          'order.funded',
          line.orderId,
          account('wallet', p.buyerId),
          escrowOf(line.orderId, line.number),
          line.amount,
        ),
      ),
    ),
  );

/** A payment's unapplied money pays order lines. */
export const fundFromPayment = (p: { paymentId: string; lines: readonly Line[] }): Transfer[] =>
  some(
    p.lines.map((line) =>
      unlessZero(line.amount, () =>
        transfer(
          'order.applied',
          line.orderId,
          account('unapplied', p.paymentId),
          escrowOf(line.orderId, line.number),
          line.amount,
        ),
      ),
    ),
  );

/** Escrow goes back to the wallet it came from (VGSR articles 18, 20, 31). */
export const refundToWallet = (p: { buyerId: string; lines: readonly Line[] }): Transfer[] =>
  some(
    p.lines.map((line) =>
      unlessZero(line.amount, () =>
        transfer(
          'order.refunded',
          line.orderId,
          escrowOf(line.orderId, line.number),
          account('wallet', p.buyerId),
          line.amount,
        ),
      ),
    ),
  );

/** Escrow goes back to the payment that funded it; from there payments returns it the way it came. */
export const refundToPayment = (p: { paymentId: string; lines: readonly Line[] }): Transfer[] =>
  some(
    p.lines.map((line) =>
      unlessZero(line.amount, () =>
        transfer(
          'order.unfunded',
          line.orderId,
          escrowOf(line.orderId, line.number),
          account('unapplied', p.paymentId),
          line.amount,
        ),
      ),
    ),
  );

/** Unapplied money goes back to the channel: late, double, over- and underpayments (VGSR article 32). */
export const refundUnapplied = (p: { paymentId: string; refundId: string; amount: Fen }): Transfer =>
  transfer(
    'refund.started',
    p.paymentId,
    account('unapplied', p.paymentId),
    account('refund', p.refundId),
    p.amount,
  );

/** The channel confirmed a refund. */
export const refundDone = (p: { refundId: string; channel: string; amount: Fen }): Transfer =>
  transfer(
    'refund.done',
    p.refundId,
    account('refund', p.refundId),
    account('psp.clearing', p.channel),
    p.amount,
  );

/** The channel refused a refund for good: the money stays the payer's, in the wallet. */
export const refundToWalletInstead = (p: { refundId: string; userId: string; amount: Fen }): Transfer =>
  transfer(
    'refund.to_wallet',
    p.refundId,
    account('refund', p.refundId),
    account('wallet', p.userId),
    p.amount,
  );

/** What is left in a line's escrow goes to the shop when its time has come (VGSR article 3): the fee rounded down, the rest to the shop. */
export function releaseEscrow(p: {
  orderId: string;
  shopId: string;
  line: number;
  left: Fen;
  fee_bps: bigint;
}): Transfer[] {
  const { fee, net } = splitFee(p.left, p.fee_bps);
  const escrow = escrowOf(p.orderId, p.line);
  return some([
    unlessZero(net, () =>
      transfer('escrow.released', p.orderId, escrow, account('available', p.shopId), net),
    ),
    unlessZero(fee, () => transfer('escrow.fee', p.orderId, escrow, account('platform.fee'), fee)),
  ]);
}

/**
 * A case pays the buyer (VGSR articles 30, 31): from escrow, the shop's balance, its deposit, a returned fee, the cover or the fund, to the
 * wallet or back to the payment that funded the order. `about` is the order.
 */
export const compensated = (about: string, from: Account, to: Account, amount: Fen): Transfer =>
  transfer('case.refunded', about, from, to, amount);

/** Who paid for a shop gets a claim on it (VGSR article 30): receivable goes below zero by what the shop owes. */
export const recourse = (about: string, shopId: string, payer: Account, amount: Fen): Transfer =>
  transfer('case.recourse', about, account('receivable', shopId), payer, amount);

/** The objection of a shop was right: the fund gives it back what it paid, and takes back what it was made to owe (VGSR article 30). */
export const madeWholeBy = (p: {
  about: string;
  shopId: string;
  available: Fen;
  deposit: Fen;
  receivable: Fen;
}): Transfer[] =>
  some([
    unlessZero(p.deposit, () =>
      transfer('case.made_whole', p.about, account('platform.fund'), account('deposit', p.shopId), p.deposit),
    ),
    unlessZero(p.available, () =>
      transfer(
        'case.made_whole',
        p.about,
        account('platform.fund'),
        account('available', p.shopId),
        p.available,
      ),
    ),
    unlessZero(p.receivable, () =>
      transfer(
        'case.made_whole',
        p.about,
        account('platform.fund'),
        account('receivable', p.shopId),
        p.receivable,
      ),
    ),
  ]);

/** A shop pays what the platform paid for it, out of its balance (VGSR article 30): late recoveries refill who paid, not the buyer. */
export const recoursePaid = (p: { shopId: string; amount: Fen }): Transfer =>
  transfer(
    'recourse.paid',
    p.shopId,
    account('available', p.shopId),
    account('receivable', p.shopId),
    p.amount,
  );

/** A shop pays into its deposit out of its balance (VGSR article 35). */
export const depositPaid = (p: { shopId: string; amount: Fen }): Transfer =>
  transfer('deposit.paid', p.shopId, account('available', p.shopId), account('deposit', p.shopId), p.amount);

/** The owner of a shop brings money for its deposit out of the own wallet, which a payment can fill. */
export const depositFunded = (p: { shopId: string; userId: string; amount: Fen }): Transfer =>
  transfer('deposit.funded', p.shopId, account('wallet', p.userId), account('available', p.shopId), p.amount);

/** The deposit of a shop that left goes back to its balance, after its time and by two people (VGSR article 35). */
export const depositReturned = (p: { shopId: string; amount: Fen }): Transfer =>
  transfer(
    'deposit.returned',
    p.shopId,
    account('deposit', p.shopId),
    account('available', p.shopId),
    p.amount,
  );

/** A channel returned money of an order by its own decision (a complaint there): what escrow or the shop held of it has left the house. */
export const channelRefunded = (about: string, from: Account, to: Account, amount: Fen): Transfer =>
  transfer('channel.refunded', about, from, to, amount);

/** Money of a demo world: the platform plays the payment institution. */
export const demoOpening = (p: { userId: string; amount: Fen }): Transfer =>
  transfer('demo.opening', p.userId, account('psp.clearing', 'demo'), account('wallet', p.userId), p.amount);
