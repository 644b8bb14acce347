import type { Tx } from '../../kit/tx.ts';
import type { Notice } from '../../notifications/actions.ts';
import { saidOf, type Passed, type Round } from '../../orders/reminders.actions.ts';
import { seatClocks } from './reminders.data.ts';
import { seatsToRemind } from './views.ts';

/** Rounds through the clocks of tribunals: whoever sits and has not done yet what the clock waits for hears of it. */
export const seatRounds: readonly Round[] = Object.keys(seatClocks).map((what) => ({
  what,
  notices: ofSeats,
}));

async function ofSeats(tx: Tx, clocks: readonly Passed[]): Promise<Notice[]> {
  const seats = await seatsToRemind(tx, {
    viewerCases: clocks.map((one) => one.about),
    shops: clocks.map((one) => one.shopId),
    whats: clocks.map((one) => one.what),
  });
  return clocks.flatMap((one): Notice[] => {
    const row = seatClocks[one.what];
    if (!row) return [];
    const data = { case: one.about, what: row.what, ...saidOf(one) };
    return seats
      .filter((seat) => seat.caseId === one.about)
      .map(({ userId }) => ({ userId, kind: row.kind, data }));
  });
}
