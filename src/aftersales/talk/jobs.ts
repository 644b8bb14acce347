import type { Due } from '../../kit/deadlines.ts';
import type { Tx } from '../../kit/tx.ts';
import { lapseTalks } from './actions.ts';

/** Deadline message.demand: the shop did not answer within the time that the buyer set (VGSR article 21). */
export const lapseDemanded = (tx: Tx, due: readonly Due[]): Promise<void> => lapseTalks(tx, due);
