import { must } from '../kit/assert.ts';
import { nextState, type Actor } from '../kit/machine.ts';
import { fen, type Fen } from '../kit/money.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { instant, plus, type Instant } from '../kit/time.ts';
import { confirmHours } from '../catalog/coverage.rules.ts';
import type { DeliveryMode, GoodsKind } from '../catalog/content.contract.ts';
import { stepTo, type Order, type Step } from '../orders/rules.ts';
import type { Terms } from '../rules/terms.rules.ts';
import type { DeliveryRefusal } from './contract.ts';
import { lineTable, type LineEvent, type LineState } from './line.machine.ts';

/** A line that is delivered later, as its row says. */
export type LaterLine = {
  readonly shopId: string;
  readonly orderId: string;
  readonly line: number;
  readonly listingId: string;
  readonly goods: GoodsKind;
  readonly mode: DeliveryMode;
  readonly state: LineState;
  readonly paymentId: string | null;
  readonly paidAt: Instant;
  readonly acceptBy: Instant | null;
  readonly promisedAt: Instant;
  readonly dueAt: Instant;
  readonly acceptedAt: Instant | null;
  readonly acceptedBy: string | null;
  readonly startedAt: Instant | null;
  readonly lateAt: Instant | null;
  readonly cancelAskedAt: Instant | null;
  readonly deliveredAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly refunded: Fen;
};

const openStates: readonly LineState[] = ['waiting', 'accepted', 'delivering'];
export const isOpen = (line: Pick<LaterLine, 'state'>): boolean => openStates.includes(line.state);

/** Whether the promise still runs: of a parcel it is kept when it leaves; what happens on the way has times of its own (delivery/parcel). */
const isAwaited = (line: Pick<LaterLine, 'state' | 'mode'>): boolean =>
  isOpen(line) && !(line.mode === 'shipping' && line.state === 'delivering');

/** Who does what to a line. */
export type LineChange = {
  readonly event: LineEvent;
  readonly by: Actor;
  readonly byId: string | null;
};

/** The line after a change, or undefined where it makes none: it happened before, or something else did. */
export function decideLine(line: LaterLine, change: LineChange, now: Instant): LaterLine | undefined {
  const state = nextState(lineTable, line.state as never, change.event, change.by) as LineState | undefined;
  if (!state) return undefined;
  const after = { ...line, state };
  if (change.event === 'accept') return { ...after, acceptedAt: now, acceptedBy: change.byId };
  if (change.event === 'start') return { ...after, startedAt: now };
  const isLate = now > line.promisedAt && isAwaited(line);
  const late = line.lateAt ?? (isLate ? now : null);
  return { ...after, endedAt: now, lateAt: late, deliveredAt: change.event === 'deliver' ? now : null };
}

/** Goods that are under way at somebody else's are cancelled there first, so that no buyer has both the goods and the money (pitfall 17). */
export const mustAskFirst = (line: LaterLine): boolean =>
  line.mode === 'direct' && line.state === 'delivering';

/** The lines that the buyer may cancel now because the promise was broken. */
export function decideCancelLate(
  lines: readonly LaterLine[],
  now: Instant,
): Result<LaterLine[], DeliveryRefusal> {
  const open = lines.filter(isAwaited);
  if (open.length === 0) return refuse('NOTHING_OPEN');
  const late = open.filter((line) => now >= line.promisedAt);
  if (late.length > 0) return done(late);
  const first = instant(Math.min(...open.map((line) => line.promisedAt)));
  return refuse('DELIVERY_NOT_LATE', { promisedAt: new Date(first).toISOString() });
}

/** Lines whose promise is over and of which nobody has said so yet. */
export const newlyLate = (lines: readonly LaterLine[], now: Instant): LaterLine[] =>
  lines.filter((line) => isAwaited(line) && line.lateAt === null && now >= line.promisedAt);

/** Lines that are over: the money goes back by itself. */
export const overdue = (lines: readonly LaterLine[], now: Instant): LaterLine[] =>
  lines.filter((line) => isAwaited(line) && line.cancelAskedAt === null && now >= line.dueAt);

export type Timed = Pick<
  LaterLine,
  'state' | 'mode' | 'acceptBy' | 'promisedAt' | 'dueAt' | 'lateAt' | 'cancelAskedAt'
>;

/** The next deadlines of an order with these lines; null where nothing waits for that time. */
export function nextTimes(
  lines: readonly Timed[],
  now: Instant,
): {
  accept: Instant | null;
  late: Instant | null;
  undelivered: Instant | null;
} {
  const open = lines.filter(isAwaited);
  const first = (times: readonly (Instant | null)[]): Instant | null => {
    const known = times.filter((time) => time !== null);
    return known.length === 0 ? null : instant(Math.min(...known));
  };
  return {
    // A reminder that is over is not repeated.
    accept: first(
      open.map((line) =>
        line.state === 'waiting' && line.acceptBy !== null && line.acceptBy > now ? line.acceptBy : null,
      ),
    ),
    late: first(open.map((line) => (line.lateAt === null ? line.promisedAt : null))),
    undelivered: first(open.map((line) => (line.cancelAskedAt === null ? line.dueAt : null))),
  };
}

/**
 * The steps of an order whose lines have changed: `before` and `after` are all of its lines, `refunded` what went back with the change. A step
 * that the order has made before is not made again. More than one may follow, in this order.
 */
export function decideSteps(p: {
  order: Order;
  after: readonly LaterLine[];
  refunded: Fen;
  by: Actor;
  byId: string | null;
}): Omit<Step, 'order'>[] {
  const { order, after, by, byId } = p;
  const open = after.some(isOpen);
  const delivered = after.some((line) => line.state === 'delivered');
  const facts = { refunded: fen(order.refunded + p.refunded) };
  const steps: Omit<Step, 'order'>[] = [];
  const ends = !open && !delivered;
  if (ends) return stepTo(order.state, 'refund', by) ? [{ event: 'refund', by, byId, facts }] : [];
  if (p.refunded > 0n) steps.push({ event: 'refund_line', by, byId, facts });
  // Whoever cancelled the last open line did not deliver the others.
  const hand: { by: Actor; byId: string | null } =
    by === 'buyer' || by === 'clock' ? { by: 'system', byId: null } : { by, byId };
  if (!open && stepTo(order.state, 'deliver', hand.by)) steps.push({ event: 'deliver', ...hand });
  else if (open && after.some((line) => line.state !== 'waiting') && stepTo(order.state, 'start', hand.by))
    steps.push({ event: 'start', ...hand });
  return steps;
}

/** When an order of later goods confirms itself: so long after its last line was delivered, by what it is (VGSR article 41). */
export function autoConfirmLater(
  lines: readonly LaterLine[],
  terms: Pick<Terms, 'autoConfirmLater_hours'>,
): Instant {
  const times = lines.flatMap((line) =>
    line.deliveredAt === null
      ? []
      : [
          plus(line.deliveredAt, {
            hours: confirmHours(
              { delivery: { mode: line.mode }, goods: line.goods },
              terms.autoConfirmLater_hours,
            ),
          }),
        ],
  );
  return instant(
    must(times.length > 0 ? Math.max(...times) : undefined, 'a delivered order has a delivered line'),
  );
}

/** What goes back for a line: what is asked for, never more than is left in its escrow. */
export const refundFor = (left: Fen, asked: Fen | undefined): Fen =>
  asked !== undefined && asked < left ? asked : left;
