import type { Db } from '../kit/tx.ts';
import { remindOf, rounds } from './reminders.actions.ts';

/** Reminders at half and four fifths of the clocks of orders, demands, shops and reviews (F136, article 6). Running twice reminds once. */
export const remindOfClocks = (db: Db): Promise<void> => remindOf(db, rounds);
