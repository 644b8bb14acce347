import type { Due } from '../kit/deadlines.ts';
import type { Tx } from '../kit/tx.ts';
import { endMeasures } from './actions.ts';
import { lapseReviews } from './tickets.actions.ts';

/** Deadlines of risk → what follows (articles 34, 38, 49). */
export const riskDeadlines = {
  'risk.measure_end': (tx: Tx, due: readonly Due[]): Promise<void> => endMeasures(tx, due),
  'risk.penalty_end': (tx: Tx, due: readonly Due[]): Promise<void> => endMeasures(tx, due),
  'risk.review': (tx: Tx, due: readonly Due[]): Promise<void> => lapseReviews(tx, due),
};
