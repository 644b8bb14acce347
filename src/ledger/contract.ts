/** The chart of accounts (DESIGN 4). An account is printed `kind:id`; platform accounts have an empty id. */
export type FloorKind = 'wallet' | 'available' | 'reserve' | 'deposit';
export type NumberedKind = 'escrow' | 'unapplied' | 'refund' | 'payout';
export type FoldedKind =
  | 'receivable' | 'insurance.premium' | 'insurance.pool' | 'platform.fee' | 'platform.fund' | 'platform.promo'
  | 'platform.charity' | 'channel.fee' | 'psp.clearing';
export type AccountKind = FloorKind | NumberedKind | FoldedKind;
export type Account = { readonly kind: AccountKind; readonly id: string };

export const floorKinds: readonly AccountKind[] = ['wallet', 'available', 'reserve', 'deposit'] satisfies FloorKind[];
export const numberedKinds: readonly AccountKind[] = ['escrow', 'unapplied', 'refund', 'payout'] satisfies NumberedKind[];

/** Each movement of money is one of these; all are made by the templates in rules.ts. */
export type TransferKind =
  | 'channel.received' | 'unapplied.matched' | 'wallet.top_up' | 'order.funded' | 'order.applied' | 'order.refunded' | 'order.unfunded'
  | 'refund.started' | 'refund.done' | 'refund.to_wallet' | 'escrow.released' | 'escrow.fee' | 'payout.started' | 'payout.done' | 'payout.returned'
  | 'demo.opening';

export const printAccount = (account: Account): string => (account.id === '' ? account.kind : `${account.kind}:${account.id}`);
