import { send, type Tx } from '../kit/tx.ts';
import { putRates } from './store.ts';

/** Keeps what was counted of a shop, for everybody to read. */
export function keepRates(
  tx: Tx,
  p: { shopId: string; orders: number; disputed: number; answered: number; firstSeconds: number | null },
): void {
  send(tx, putRates(tx, { ...p, at: tx.business }));
}
