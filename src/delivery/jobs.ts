import type { Due } from '../kit/deadlines.ts';
import type { Tx } from '../kit/tx.ts';
import { lapseAll, releaseAll } from './completion.actions.ts';

/** Deadline order.confirm: orders that complete by the clock (VGSR article 41). */
export const lapseOrders = (tx: Tx, due: readonly Due[]): Promise<void> => lapseAll(tx, due);

/** Deadline order.release: money whose settlement delay is over (VGSR articles 3 and 42). */
export const releaseOrders = (tx: Tx, due: readonly Due[]): Promise<void> => releaseAll(tx, due);
