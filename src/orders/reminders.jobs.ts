import { transaction, type Db } from '../kit/tx.ts';
import { remindPage } from './reminders.actions.ts';
import { reminded } from './reminders.rules.ts';

// One look at this many clocks of a kind a minute, 0.2 s where a million run: for them a round takes 50 minutes, which is soon enough for
// the long clocks of so many orders; a kind with fewer clocks than this is looked at whole every minute.
const pageSize = 20_000;

/** Reminders at half and four fifths of the clocks of orders and demands (F136, article 6). Running twice reminds once. */
export async function remindOfClocks(db: Db): Promise<void> {
  for (const what of Object.keys(reminded)) await transaction(db, (tx) => remindPage(tx, what, pageSize));
}
