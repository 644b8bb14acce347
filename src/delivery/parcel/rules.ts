import { nextState, type Actor } from '../../kit/machine.ts';
import { fen, noFen, type Fen } from '../../kit/money.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import type { Instant } from '../../kit/time.ts';
import type { ParcelContent } from '../../catalog/parcel.contract.ts';
import { signoffPoints, type Carrier, type ParcelRefusal, type TrackKind } from './contract.ts';
import { parcelTable, type ParcelEvent, type ParcelState } from './machine.ts';

export type Parcel = {
  readonly shopId: string;
  readonly orderId: string;
  readonly line: number;
  readonly state: ParcelState;
  readonly carrier: Carrier;
  readonly tracking: string;
  readonly shippedAt: Instant;
  readonly shippedBy: string;
  readonly movedAt: Instant;
  readonly askedAt: Instant;
  readonly signedAt: Instant | null;
  readonly refusedAt: Instant | null;
  readonly refusedWhy: string;
  readonly answeredAt: Instant | null;
  readonly returnedAt: Instant | null;
  readonly endedAt: Instant | null;
};
export type Track = { readonly at: Instant; readonly kind: TrackKind; readonly said: string };

export const isTracking = (text: string): boolean => /^[A-Za-z0-9-]{8,30}$/.test(text);

export const onItsWay = (state: ParcelState): boolean => ['shipped', 'in_transit', 'still'].includes(state);

/** The parcel after an event, or undefined where it makes none. A parcel that is signed for or paid back has ended. */
export function decideParcel(
  parcel: Parcel,
  event: ParcelEvent,
  by: Actor,
  now: Instant,
  at: Instant = now,
): Parcel | undefined {
  const state = nextState(parcelTable, parcel.state as never, event, by) as ParcelState | undefined;
  if (!state) return undefined;
  const after = { ...parcel, state };
  const ended = state === 'signed' || state === 'refunded' ? { endedAt: now } : {};
  if (event === 'sign') return { ...after, ...ended, signedAt: at };
  if (event === 'move') return { ...after, movedAt: at > parcel.movedAt ? at : parcel.movedAt };
  if (event === 'refuse') return { ...after, refusedAt: now };
  if (event === 'answer') return { ...after, answeredAt: now };
  if (event === 'return') return { ...after, ...ended, returnedAt: at };
  return { ...after, ...ended };
}

const eventOf: Readonly<Record<TrackKind, ParcelEvent>> = {
  accepted: 'move',
  moving: 'move',
  out: 'move',
  signed: 'sign',
  returned: 'return',
};

/**
 * What new words of a carrier make of a parcel, in the order of their time. A signature after a refusal is the sender's own when it comes
 * back, so only "returned" ends a refusal, and nothing is taken from the buyer by a word alone.
 */
export function follow(parcel: Parcel, heard: readonly Track[], now: Instant): Parcel {
  return heard
    .toSorted((a, b) => a.at - b.at)
    .reduce((one, { kind, at }) => decideParcel(one, eventOf[kind], 'system', now, at) ?? one, parcel);
}

/** Whether it has stood still for so long that the buyer may have the money back (article 13). */
export const standsStill = (parcel: Parcel, until: Instant, now: Instant): boolean =>
  (parcel.state === 'shipped' || parcel.state === 'in_transit') && now >= until;

export function decideRefusal(parcel: Parcel, photos: number, now: Instant): Result<Parcel, ParcelRefusal> {
  if (!onItsWay(parcel.state)) return refuse('PARCEL_CLOSED');
  if (photos === 0) return refuse('PHOTO_NEEDED');
  const after = decideParcel(parcel, 'refuse', 'buyer', now);
  return after ? done(after) : refuse('PARCEL_CLOSED');
}

export type Answers = Readonly<Record<string, boolean | number>>;
export type Bought = {
  readonly price: Fen;
  readonly quantity: number;
  readonly parts: ParcelContent['parts'];
};
export type Missing = {
  readonly suggested: Fen;
  readonly reasons: ('WRONG_SPEC' | 'SHORT_QTY' | 'MISSING_PART')[];
};

/**
 * What the listing of the order gives back for what an unboxing found (F025): the whole line where it is another model, the price of each
 * unit that is not there, and of the units that came the worth of each missing part. Never more than the line cost.
 * `answers`: model (boolean), quantity (how many came), part.0, part.1 … (how many of each part came in all).
 */
export function missingFrom(answers: Answers, { price, quantity, parts }: Bought): Missing {
  const total = price * BigInt(quantity);
  if (answers['model'] === false) return { suggested: fen(total), reasons: ['WRONG_SPEC'] };
  const count = (key: string, most: number): number => {
    const said = answers[key];
    return typeof said === 'number' ? Math.max(0, Math.min(most, said)) : most;
  };
  const came = count('quantity', quantity);
  const short = price * BigInt(quantity - came);
  const worth = parts.reduce((sum, part, i) => {
    const due = part.count * came;
    return sum + BigInt(part.worth) * BigInt(due - count(`part.${i}`, due));
  }, 0n);
  const ofUnits = price * BigInt(came);
  const partly = worth < ofUnits ? worth : ofUnits;
  const sum = short + partly;
  return {
    suggested: sum > 0n ? fen(sum) : noFen,
    reasons: [
      ...(came < quantity ? ['SHORT_QTY' as const] : []),
      ...(partly > 0n ? ['MISSING_PART' as const] : []),
    ],
  };
}

/** Only what is asked about is kept of a check. */
export function answersKept(stage: 'signoff' | 'unboxing', answers: Answers, parts: number): Answers {
  const known: readonly string[] =
    stage === 'signoff'
      ? signoffPoints
      : ['model', 'quantity', ...Array.from({ length: parts }, (_, i) => `part.${i}`)];
  return Object.fromEntries(Object.entries(answers).filter(([key]) => known.includes(key)));
}
