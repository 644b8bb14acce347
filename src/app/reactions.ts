import { sweep as sweepIdentity } from '../identity/jobs.ts';
import { tellNewDevice } from '../notifications/jobs.ts';
import type { DeadlineTable } from './sweep.ts';
import type { ReactionTable } from './pump.ts';
import type { Timer } from './worker.ts';

// The only file that looks upwards: what follows from what, what happens when a deadline has come, and what runs by itself.
// Everything here may run twice for one cause, so each entry is safe to repeat.

/** Event → what happens because of it, in this order. */
export const reactions: ReactionTable = {
  'identity.new_device': [tellNewDevice],
};

/** Kind of deadline → what happens when it has come. */
export const deadlines: DeadlineTable = {};

/** What runs again and again. */
export const timers: readonly Timer[] = [{ name: 'identity sweep', every_ms: 3_600_000, run: sweepIdentity }];
