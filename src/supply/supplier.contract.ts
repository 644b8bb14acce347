import type { Fen } from '../kit/money.ts';
import type { TopupCarrier } from '../catalog/topup.contract.ts';

/**
 * What a supplier answers. ok and refused are its own words. unknown is everything else (time-out, cut connection, a status that is not
 * 200, an empty or unreadable answer): it may or may not have done it, so it is asked again with the same number.
 */
export type SupplierAnswer<T> =
  | ({ readonly kind: 'ok' } & T)
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'unknown'; readonly why: string };

/** Where a number stands at the supplier. absent: it never heard of it. */
export type SupplyState = 'absent' | 'charging' | 'success' | 'failed' | 'partial' | 'cancelled';

export type Submission = {
  /** Ours, and the same for every sending of one attempt: a supplier never fills twice for one number. */
  readonly number: string;
  readonly productNo: string;
  readonly target: string;
  /** What must arrive, and what it may cost at most. */
  readonly face: Fen;
  readonly maxCost: Fen;
  readonly noticeUrl: string;
};
export type Submitted = { readonly supplierNo: string; readonly cost: Fen };
export type Standing = {
  readonly state: SupplyState;
  readonly supplierNo: string | null;
  /** What arrived, where the supplier says so. */
  readonly charged: Fen | null;
  /** The carrier's serial number. */
  readonly voucher: string | null;
  readonly said: string;
};
export type SupplierProduct = {
  readonly productNo: string;
  readonly name: string;
  readonly carrier: TopupCarrier;
  readonly price: Fen;
  readonly onSale: boolean;
};

/** What a call of a supplier says after its signature was checked. */
export type ParsedCall =
  | { readonly genuine: true; readonly number: string; readonly standing: Standing }
  | { readonly genuine: false; readonly why: string };

/** A supplier as the program sees it. */
export type Supplier = {
  submit(p: Submission): Promise<SupplierAnswer<Submitted>>;
  query(number: string): Promise<SupplierAnswer<Standing>>;
  /** ok: it will never be filled. refused: it was filled, or cannot be stopped. */
  cancel(number: string): Promise<SupplierAnswer<object>>;
  balance(): Promise<SupplierAnswer<{ readonly balance: Fen }>>;
  catalogue(): Promise<SupplierAnswer<{ readonly products: readonly SupplierProduct[] }>>;
  parseCall(body: Buffer): ParsedCall;
  /** What its server wants to hear after the commit. */
  readonly acknowledgement: string;
};
