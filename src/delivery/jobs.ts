import type { Due } from '../kit/deadlines.ts';
import type { Tx } from '../kit/tx.ts';
import { lapseAll, releaseAll } from './completion.actions.ts';
import { markLate, refundUndelivered, remindToAccept } from './line-late.actions.ts';

/** Deadline order.confirm: orders that complete by the clock (VGSR article 41). */
export const lapseOrders = (tx: Tx, due: readonly Due[]): Promise<void> => lapseAll(tx, due);

/** Deadline order.release: money whose settlement delay is over (VGSR articles 3 and 42). */
export const releaseOrders = (tx: Tx, due: readonly Due[]): Promise<void> => releaseAll(tx, due);

/** Deadline delivery.accept: half of the promised time is over and nobody took the order on. */
export const remindShops = (tx: Tx, due: readonly Due[]): Promise<void> => remindToAccept(tx, due);

/** Deadline delivery.late: the promised time is over (VGSR article 18, F062). */
export const markLateLines = (tx: Tx, due: readonly Due[]): Promise<void> => markLate(tx, due);

/** Deadline delivery.undelivered: twice the promise, or LATE_AUTO, is over (VGSR article 18). */
export const refundLateLines = (tx: Tx, due: readonly Due[]): Promise<void> => refundUndelivered(tx, due);
