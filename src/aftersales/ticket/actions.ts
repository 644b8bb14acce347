import { must } from '../../kit/assert.ts';
import type { Fen } from '../../kit/money.ts';
import { refuse } from '../../kit/result.ts';
import type { Tx } from '../../kit/tx.ts';
import type { Viewer } from '../../kit/viewer.ts';
import { firstCallOf } from '../../messaging/views.ts';
import { fileCase, type Answer } from '../actions.ts';
import type { Wish } from '../filing.rules.ts';
import { seatOf, speak } from '../talk/actions.ts';

export type Conversion = Wish & {
  readonly orderId: string;
  readonly viewer: Viewer;
  readonly symptom: string;
  readonly triedSteps: string;
  readonly errorCode: string;
  readonly amount: Fen | null;
};

/** What the support says in the conversation when it has filed the case: both sides read it there. */
const told =
  '已经按你在这里说的提交了售后申请，提交时间算你第一次找客服的时候。进展和时限在售后页，双方都看得到。';

/**
 * Files what a buyer told the support as a case, at the time of the first call (F048), and says so in the conversation, which answers the
 * call. Refuses ORDER_NOT_FOUND, NOT_CALLED where the buyer never called, and what fileCase refuses as of that time.
 */
export async function convertTicket(tx: Tx, p: Conversion): Promise<Answer> {
  const seat = await seatOf(tx, p.viewer, p.orderId);
  if (seat?.side !== 'support') return refuse('ORDER_NOT_FOUND');
  const [call] = await firstCallOf(tx, { shopId: seat.shopId, viewerOrder: p.orderId });
  if (!call) return refuse('NOT_CALLED');
  const staffId = must(p.viewer.userId, 'the support has an id');
  const { viewer: _, ...wish } = p;
  const filed = await fileCase(tx, {
    ...wish,
    buyerIds: [seat.buyerId],
    userId: seat.buyerId,
    occurredAt: call.at,
    articles: [],
    exhibits: [],
    contact: { at: call.at, seq: call.seq, staffId },
  });
  if (!filed.ok) return filed;
  // Said too often in a minute: the case is filed all the same, and its news tell both sides.
  await speak(tx, {
    seat,
    userId: staffId,
    text: told,
    as: 'text',
    hours: undefined,
    until: undefined,
    cite: [],
    files: [],
  });
  return filed;
}
