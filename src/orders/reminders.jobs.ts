import { transaction, type Db } from '../kit/tx.ts';
import { remindPage } from './reminders.actions.ts';
import { reminded } from './reminders.rules.ts';

// A run looks at no more than 25,000 clocks of a kind: a million take forty minutes, which for the long clocks of so many orders is soon enough.
const pageSize = 5000;
const pagesAtOnce = 5;

/** Reminders at half and four fifths of the clocks of orders and demands (F136, article 6). Running twice reminds once. */
export async function remindOfClocks(db: Db): Promise<void> {
  for (const what of Object.keys(reminded))
    for (let page = 0; page < pagesAtOnce; page += 1)
      if (!(await transaction(db, (tx) => remindPage(tx, what, pageSize)))) break;
}
