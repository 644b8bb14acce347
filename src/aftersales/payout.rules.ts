import { assert } from '../kit/assert.ts';
import { fen, noFen, splitFee, sumFen, type Fen } from '../kit/money.ts';
import { account, channelRefunded, compensated, escrowOf, recourse, type Transfer } from '../ledger/rules.ts';
import type { Account, AccountKind } from '../ledger/contract.ts';
import type { Liability, Source } from './words.contract.ts';

export type Share = { readonly source: Source; readonly amount: Fen };

/** What stands behind a loss, in the order of article 30. */
export type Cover = {
  /** What escrow holds of the line. */
  readonly escrow: Fen;
  /** What of the platform's fee on this line can still be returned, once it was settled. */
  readonly fee: Fen;
  readonly available: Fen;
  readonly deposit: Fen;
  /** What an insurer pays for this peril; nothing without a policy. */
  readonly insured: Fen;
};

/**
 * Who pays `loss`, exactly and never more: first the part that the platform itself answers for, then escrow, the fee that goes back, the
 * shop's balance, its deposit, the cover, and for what is left the fund, which recovers it from the shop (lifecycles 2.6).
 */
export function planPayout(loss: Fen, cover: Cover, liability: Liability): Share[] {
  const platform = platformPart(loss, liability);
  let rest: bigint = loss - platform;
  const take = (source: Source, most: bigint): Share => {
    const amount = fen(rest < most ? rest : most);
    rest -= amount;
    return { source, amount };
  };
  const shares = [
    { source: 'platform' as const, amount: platform },
    take('escrow', cover.escrow),
    take('fee', cover.fee),
    take('available', cover.available),
    take('deposit', cover.deposit),
    take('insurance', cover.insured),
    take('fund', rest),
  ].filter((share) => share.amount > 0n);
  assert(sumFen(shares.map((share) => share.amount)) === loss, 'the shares are the loss, to the fen');
  return shares;
}

/** The platform's part, rounded down; the shop answers for its carrier and its issuer towards the buyer. */
function platformPart(loss: Fen, liability: Liability): Fen {
  const shop = liability.merchant + liability.carrier + liability.issuer;
  const both = shop + liability.platform;
  return both === 0 ? noFen : fen((loss * BigInt(liability.platform)) / BigInt(both));
}

/**
 * How much of the fee goes back when `loss` more of a settled line is refunded after `before` was (I7): the fee on all that was refunded,
 * rounded down, less what went back before.
 */
export function feeBack(p: { before: Fen; loss: Fen; fee_bps: bigint }): Fen {
  const upTo = (amount: bigint): Fen => splitFee(fen(amount), p.fee_bps).fee;
  return fen(upTo(p.before + p.loss) - upTo(p.before));
}

const accountOf: Readonly<Record<Exclude<Source, 'escrow' | 'channel'>, AccountKind>> = {
  fee: 'platform.fee',
  available: 'available',
  deposit: 'deposit',
  insurance: 'insurance.pool',
  fund: 'platform.fund',
  platform: 'platform.fund',
};
const shopsOwn: readonly Source[] = ['available', 'deposit'];

/** Where the buyer's money goes: to the wallet, back to the payment and from there to its channel, or the channel has paid it out already. */
export type Payee =
  | { readonly wallet: string }
  | { readonly paymentId: string }
  | { readonly channel: string };
function payeeAccount(to: Payee): Account {
  if ('channel' in to) return account('psp.clearing', to.channel);
  return 'wallet' in to ? account('wallet', to.wallet) : account('unapplied', to.paymentId);
}

/** The transfers of a payout. What the fund or the cover paid for the shop becomes what the shop owes them. */
export function payoutTransfers(p: {
  shopId: string;
  orderId: string;
  line: number;
  to: Payee;
  shares: readonly Share[];
}): Transfer[] {
  const { shopId, orderId, line, to } = p;
  return p.shares.flatMap(({ source, amount }): Transfer[] => {
    assert(source !== 'channel', 'what a channel paid back is not paid again');
    const from =
      source === 'escrow'
        ? escrowOf(orderId, line)
        : account(accountOf[source], shopsOwn.includes(source) ? shopId : '');
    const moved = 'channel' in to ? channelRefunded : compensated;
    const paid = moved(orderId, from, payeeAccount(to), amount);
    return source === 'fund' || source === 'insurance'
      ? [paid, recourse(orderId, shopId, from, amount)]
      : [paid];
  });
}

/** What a shop gets back when its objection was right: what it paid itself, and what it was made to owe (article 30). */
export function madeWhole(
  shares: readonly Share[],
  fee_bps: bigint,
): { readonly available: Fen; readonly deposit: Fen; readonly receivable: Fen } {
  const of = (source: Source): bigint => shares.find((share) => share.source === source)?.amount ?? 0n;
  const net = splitFee(fen(of('escrow')), fee_bps).net;
  return {
    available: fen(net + of('available')),
    deposit: fen(of('deposit')),
    receivable: fen(of('fund') + of('insurance')),
  };
}
