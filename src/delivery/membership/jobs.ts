import type { Due } from '../../kit/deadlines.ts';
import type { Tx } from '../../kit/tx.ts';
import { lapseMembers, remindMembers, startMembers } from './clock.actions.ts';
import { reminders } from './rules.ts';

type Fires = (tx: Tx, due: readonly Due[]) => Promise<void>;

/** What the clock does about memberships, by the kind of deadline. */
export const membershipDeadlines: Readonly<Record<string, Fires>> = {
  ...Object.fromEntries(
    reminders.map(([what, days]): [string, Fires] => [what, (tx, due) => remindMembers(tx, due, days)]),
  ),
  'membership.end': lapseMembers,
  'membership.start': startMembers,
};
