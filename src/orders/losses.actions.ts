import { send, type Tx } from '../kit/tx.ts';
import type { Fen } from '../kit/money.ts';
import type { OrderKey } from './actions.ts';
import { spread, type Loss } from './losses.rules.ts';
import { addLosses, lockLosses, unitsOfLines } from './losses.store.ts';

/** What went back for one unit of a line. */
export type LossPaid = {
  readonly shopId: string;
  readonly orderId: string;
  readonly line: number;
  readonly place: number;
  /** The price of the unit: what it can lose at most. */
  readonly cap: Fen;
  readonly amount: Fen;
};

/** What went back for the units of these orders so far; the caller holds the orders. */
export const lossesOfOrders = (tx: Tx, keys: readonly OrderKey[]) =>
  lockLosses(tx, { shops: keys.map((key) => key.shopId), orders: keys.map((key) => key.id) });

/** Writes what goes back for units. The database refuses more than a unit cost, whoever pays and in whatever order (article 30). */
export function payLosses(tx: Tx, list: readonly LossPaid[]): void {
  if (list.length === 0) return;
  send(
    tx,
    addLosses(tx, {
      shops: list.map((one) => one.shopId),
      orders: list.map((one) => one.orderId),
      lines: list.map((one) => one.line),
      places: list.map((one) => one.place),
      caps: list.map((one) => one.cap),
      amounts: list.map((one) => one.amount),
    }),
  );
}

type LineKey = { readonly shopId: string; readonly orderId: string; readonly line: number };

/** The units of lines with what went back for each, by line; the caller holds the orders. */
export async function lossUnits(tx: Tx, lines: readonly LineKey[]): Promise<Loss[][]> {
  const rows = await unitsOfLines(tx, {
    shops: lines.map((one) => one.shopId),
    orders: lines.map((one) => one.orderId),
    lines: lines.map((one) => one.line),
  });
  return lines.map((key) =>
    rows
      .filter((row) => row.orderId === key.orderId && row.line === key.line)
      .map(({ place, cap, paid }) => ({ place, cap, paid, gone: false })),
  );
}

/** Writes money that went back for a whole line, spread over what is left of its units. */
export const payLine = (tx: Tx, key: LineKey, units: readonly Loss[], amount: Fen): void =>
  payLosses(
    tx,
    spread(amount, units).map((part) => ({
      ...key,
      ...part,
      cap: units.find((unit) => unit.place === part.place)?.cap ?? part.amount,
    })),
  );
