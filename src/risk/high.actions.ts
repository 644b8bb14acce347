import type { Fen } from '../kit/money.ts';
import { send, type Tx } from '../kit/tx.ts';
import { insertHighOrders, setAnchored, setInspected } from './store.ts';

export type HighOrder = {
  readonly shopId: string;
  readonly orderId: string;
  readonly total: Fen;
  readonly extra_days: number;
  /** An account changes hands, so somebody of the platform is there. */
  readonly witness: boolean;
};

/** Orders of article 48 get their switches; the caller holds them. Classing one twice changes nothing. */
export const classHighOrders = async (tx: Tx, list: readonly HighOrder[]): Promise<void> => {
  if (list.length === 0) return;
  send(
    tx,
    insertHighOrders(tx, {
      shops: list.map((one) => one.shopId),
      orders: list.map((one) => one.orderId),
      totals: list.map((one) => one.total),
      extras: list.map((one) => one.extra_days),
      witnesses: list.map((one) => one.witness),
      at: tx.business,
    }),
  );
};

/** The way of the goods stands in the order's log now. */
export const markAnchored = (tx: Tx, p: { shopId: string; orderId: string }): Promise<number> =>
  setAnchored(tx, { ...p, at: tx.business });

/** An officer inspected it. Answers whether it had waited for that. */
export const inspect = async (
  tx: Tx,
  p: { shopId: string; orderId: string; byId: string },
): Promise<boolean> => (await setInspected(tx, { ...p, at: tx.business })) > 0;
