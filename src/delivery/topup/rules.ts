import { nextState, type Actor } from '../../kit/machine.ts';
import { fen, type Fen } from '../../kit/money.ts';
import { plus, type Instant } from '../../kit/time.ts';
import type { ListingContent } from '../../catalog/content.contract.ts';
import type { TopupCarrier, TopupSpeed, TopupTarget } from '../../catalog/topup.contract.ts';
import { maskTarget, type Attempt } from '../../supply/rules.ts';
import type { RequestState } from '../../supply/machine.ts';
import type { LaterLine } from '../line.rules.ts';
import { isOpen } from '../line.rules.ts';
import type { TopupRefusal } from './contract.ts';
import { topupTable, type TopupEvent, type TopupState } from './machine.ts';

export type Topup = {
  readonly shopId: string;
  readonly orderId: string;
  readonly line: number;
  readonly state: TopupState;
  readonly masked: string;
  readonly label: string;
  readonly target: TopupTarget;
  readonly carrier: TopupCarrier;
  readonly region: string;
  readonly speed: TopupSpeed;
  readonly face: Fen;
  readonly arrived: Fen | null;
  readonly waitsUntil: Instant | null;
  readonly wrongAt: Instant | null;
  readonly wrongUntil: Instant | null;
  readonly wrongTriedAt: Instant | null;
  readonly wrongById: string | null;
  readonly gaveUpAt: Instant | null;
  readonly lateAt: Instant | null;
};

/** The top-up that a paid line asks for, as its version and the buyer's answer say it; undefined where one of them does not. */
export function firstTopup(
  at: { shopId: string; orderId: string; line: number },
  content: ListingContent,
  variantId: string,
  target: string | undefined,
): Topup | undefined {
  const face = content.variants.find((one) => one.id === variantId)?.faceValue;
  if (!content.topup || !face || target === undefined) return undefined;
  return {
    shopId: at.shopId,
    orderId: at.orderId,
    line: at.line,
    ...content.topup,
    state: 'queued',
    masked: maskTarget(target),
    face: fen(face),
    arrived: null,
    waitsUntil: null,
    wrongAt: null,
    wrongUntil: null,
    wrongTriedAt: null,
    wrongById: null,
    gaveUpAt: null,
    lateAt: null,
  };
}

type Stand = { readonly state: RequestState; readonly attempts: readonly Attempt[] };

/** The attempt that filled the account, if one did: the first to arrive counts. */
export const filledBy = (attempts: readonly Attempt[]): Attempt | undefined =>
  attempts.find((one) => one.state === 'success' || one.state === 'partial') ??
  attempts.find((one) => one.state === 'late');

/** Where a request with its attempts stands, in the words of a top-up. */
export function standOf({ state, attempts }: Stand): { event: TopupEvent; by: Actor } {
  const filled = filledBy(attempts);
  if (state === 'held') return { event: 'hold', by: 'supplier' };
  if (state === 'done')
    return {
      event: filled && filled.charged !== null && filled.charged < filled.face ? 'part' : 'succeed',
      by: 'supplier',
    };
  if (filled) return { event: 'arrive', by: 'supplier' };
  if (state === 'failed') return { event: 'fail', by: 'supplier' };
  if (state === 'cancelled') return { event: 'cancel', by: 'supplier' };
  if (state === 'abandoned') return { event: 'give_up', by: 'clock' };
  const newest = attempts.at(-1);
  if (newest?.state === 'unknown') return { event: 'doubt', by: 'system' };
  return { event: newest?.state === 'submitted' ? 'submit' : 'queue', by: 'system' };
}

/** The state that a stand leads to; undefined where it is that state already, or leads nowhere from here. */
export function decideTopup(from: TopupState, stand: { event: TopupEvent }): TopupState | undefined {
  for (const by of ['supplier', 'system', 'merchant', 'clock'] as const) {
    const to = nextState(topupTable, from as never, stand.event, by) as TopupState | undefined;
    if (to) return to;
  }
  return undefined;
}

/** What goes back when only a part arrived: the total less the share that did, rounded in the buyer's favour, exact to the fen. */
export function unarrived(total: Fen, face: Fen, arrived: Fen): Fen {
  if (arrived >= face) return fen(0n);
  return fen(total - (total * arrived) / face);
}

export const isUnderWay = (state: TopupState): boolean =>
  state === 'queued' || state === 'held' || state === 'submitted' || state === 'unknown';

/** A supplier that was asked to stop it has so long to answer before the money goes back without its word. */
export const answerWithin = { minutes: 30 } as const;

/** When the money goes back although nobody knows: not before the end of the promise, and after the supplier had its time to answer. */
export const giveUpAt = (line: Pick<LaterLine, 'dueAt'>, now: Instant): Instant => {
  const answered = plus(now, answerWithin);
  return answered > line.dueAt ? answered : line.dueAt;
};

/** Until when the buyer's own wish to wait keeps the clock from asking it back; a wish of the buyer to have it back counts at once. */
export const waitsFor = (
  line: Pick<LaterLine, 'cancelAskedAt' | 'dueAt'>,
  topup: Pick<Topup, 'waitsUntil'>,
  now: Instant,
): Instant | undefined =>
  topup.waitsUntil !== null &&
  topup.waitsUntil > now &&
  line.cancelAskedAt !== null &&
  line.cancelAskedAt >= line.dueAt
    ? topup.waitsUntil
    : undefined;

type Facts = {
  readonly topup: Topup;
  readonly line: LaterLine;
  /** Whether anything of it was ever sent. */
  readonly sent: boolean;
  readonly now: Instant;
};
export type Choice = 'wait' | 'again' | 'refund' | 'wrong' | 'change';

/** Why the buyer cannot do this now, or undefined. */
export function choiceRefused(choice: Choice, { topup, line, sent, now }: Facts): TopupRefusal | undefined {
  if (!isOpen(line) || !isUnderWay(topup.state)) return 'TOPUP_OVER';
  if (line.cancelAskedAt !== null) return choice === 'change' ? 'TARGET_FIXED' : 'STOP_ASKED';
  if (choice === 'change') return sent ? 'TARGET_FIXED' : undefined;
  if (choice === 'wrong') return !sent ? 'CHANGE_INSTEAD' : topup.wrongAt !== null ? 'STOP_ASKED' : undefined;
  if (choice === 'refund' && topup.state === 'held') return undefined;
  return now < line.promisedAt ? 'NOT_LATE_YET' : undefined;
}

/** From when a line that was asked back waits for the supplier's answer; undefined while it was not asked back. */
function askedBackFrom(line: LaterLine, topup: Topup): Instant | undefined {
  if (line.cancelAskedAt === null) return undefined;
  const waited = topup.waitsUntil !== null && line.cancelAskedAt >= line.dueAt ? topup.waitsUntil : undefined;
  return waited !== undefined && waited > line.cancelAskedAt ? waited : line.cancelAskedAt;
}

/** When a line that was asked back is given up; undefined while it was not, or while the buyer wants to wait. */
export function giveUpTime(line: LaterLine, topup: Topup): Instant | undefined {
  const from = askedBackFrom(line, topup);
  return from === undefined ? undefined : giveUpAt(line, from);
}

/** From when each of these times runs; `more_hours` is how much longer a buyer can choose to wait. Asked only of a time that is set. */
export const startsOf = (line: LaterLine, topup: Topup, more_hours: number) => ({
  give_up: askedBackFrom(line, topup) ?? line.paidAt,
  waited: topup.waitsUntil === null ? line.paidAt : plus(topup.waitsUntil, { hours: -more_hours }),
  wrong: topup.wrongAt ?? line.paidAt,
});

/** The times that a top-up waits for. */
export function timesOf(
  line: LaterLine,
  topup: Topup,
  now: Instant,
): { give_up: Instant | undefined; waited: Instant | undefined; wrong: Instant | undefined } {
  if (!isOpen(line) || !isUnderWay(topup.state))
    return { give_up: undefined, waited: undefined, wrong: undefined };
  const waited = waitsFor(line, topup, now);
  return {
    waited,
    give_up: waited === undefined ? giveUpTime(line, topup) : undefined,
    wrong: topup.wrongTriedAt === null ? (topup.wrongUntil ?? undefined) : undefined,
  };
}
