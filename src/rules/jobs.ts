import type { Due } from '../kit/deadlines.ts';
import type { Db, Tx } from '../kit/tx.ts';
import { applyOutages, recountAll } from './calendar.actions.ts';
import { takeEffect } from './publication.actions.ts';

/** Deadline rules.take_effect: announced versions whose day has come (VGSR article 2). */
export const rulesTakeEffect = (tx: Tx, due: readonly Due[]): Promise<void> => takeEffect(tx, due);

/** Timer: deadlines that a new outage or a new calendar moves (VGSR article 6). */
export async function moveDeadlinesOn(db: Db): Promise<void> {
  await applyOutages(db);
  await recountAll(db);
}
