import { maskAnswer } from '../catalog/question.contract.ts';
import { must } from '../kit/assert.ts';
import { nextState, type Actor } from '../kit/machine.ts';
import type { Fen } from '../kit/money.ts';
import { decodeId, encodeId } from '../kit/public-id.ts';
import { plus, type Instant } from '../kit/time.ts';
import { attemptTable, type AttemptEvent, type AttemptState } from './machine.ts';
import type { Standing, SupplierAnswer, Submitted } from './supplier.contract.ts';

export type Act = 'send' | 'ask' | 'cancel';
export type Attempt = {
  readonly shopId: string;
  readonly id: string;
  readonly orderId: string;
  readonly line: number;
  readonly nth: number;
  readonly number: string;
  readonly supplierId: string;
  readonly productNo: string;
  readonly face: Fen;
  readonly maxCost: Fen;
  readonly state: AttemptState;
  readonly wish: Act;
  /** Wall time; null: nothing is left to be done. */
  readonly dueAt: Instant | null;
  readonly sends: number;
  readonly asks: number;
  readonly cancels: number;
  readonly cancelWanted: boolean;
  /** The buyer got the money back meanwhile: what arrives now is late. */
  readonly abandoned: boolean;
  /** When it was last sent without an answer (wall). */
  readonly silentAt: Instant | null;
  /** What the last answered sending was refused with. */
  readonly refusal: string | null;
  readonly supplierNo: string | null;
  readonly cost: Fen | null;
  readonly charged: Fen | null;
  readonly voucher: string | null;
  readonly said: string | null;
};

/** The number that the supplier knows an attempt by: made of its id, 26 capitals and digits. */
export const numberOf = (attemptId: string): string =>
  encodeId('attempt', attemptId).slice('try_'.length).toUpperCase();
export const attemptOf = (number: string): string | undefined =>
  decodeId('attempt', `try_${number.toLowerCase()}`);

/** The state after an event, or undefined where the table has no such step. */
export const stepTo = (state: AttemptState, event: AttemptEvent, by: Actor): AttemptState | undefined =>
  nextState(attemptTable, state as never, event, by) as AttemptState | undefined;

export const ended: readonly AttemptState[] = [
  'success',
  'partial',
  'refused',
  'failed',
  'cancelled',
  'late',
];
export const isEnded = (state: AttemptState): boolean => ended.includes(state);

/** How long the answer to what is under way is waited for before somebody else may take it up. Longer than any call may last. */
export const lease = { seconds: 45 } as const;
/** A sending without an answer may still be on its way for so long: until then "never heard of it" proves nothing. */
export const grace = { minutes: 10 } as const;
/** So often a number is sent by itself; after that a person decides (补单). */
export const sendsMax = 5;
const cancelsMax = 3;

const pauses_s = [1, 2, 3, 5, 10, 20, 30, 60, 120, 300];
export const nextAsk = (asks: number, wall: Instant): Instant =>
  plus(wall, { seconds: pauses_s[Math.min(asks, pauses_s.length - 1)] ?? 300 });

/** Marks what is about to be done, before it is done: a sending that nobody saw the end of is unknown. */
export function begun(attempt: Attempt, wall: Instant): { act: Act; attempt: Attempt } {
  const act = attempt.wish;
  const leased = { ...attempt, dueAt: plus(wall, lease) };
  if (act === 'ask') return { act, attempt: { ...leased, asks: attempt.asks + 1 } };
  // After a crash in the middle the number is asked about first.
  if (act === 'cancel') return { act, attempt: { ...leased, cancels: attempt.cancels + 1, wish: 'ask' } };
  const state = must(stepTo(attempt.state, 'send', 'system'), `no number is sent from ${attempt.state}`);
  return {
    act,
    attempt: { ...leased, state, wish: 'ask', sends: attempt.sends + 1, silentAt: wall, refusal: null },
  };
}

export type Heard =
  | { readonly act: 'send'; readonly answer: SupplierAnswer<Submitted> }
  | { readonly act: 'ask'; readonly answer: SupplierAnswer<Standing> }
  | { readonly act: 'cancel'; readonly answer: SupplierAnswer<object> };

/** What an answer makes of an attempt. Nothing but the supplier's own word ends one. */
export function heard(attempt: Attempt, word: Heard, wall: Instant): Attempt {
  if (word.act === 'send') return afterSend(attempt, word.answer, wall);
  if (word.act === 'cancel') return afterCancel(attempt, word.answer, wall);
  if (word.answer.kind === 'ok') return afterStanding(attempt, word.answer, wall);
  return inDoubt(attempt, wall);
}

const askAgain = (attempt: Attempt, wall: Instant): Attempt =>
  isEnded(attempt.state)
    ? { ...attempt, dueAt: null }
    : { ...attempt, ...wanted(attempt), dueAt: nextAsk(attempt.asks, wall) };

/** Nobody said anything: it may or may not have happened. */
const inDoubt = (attempt: Attempt, wall: Instant): Attempt =>
  askAgain({ ...attempt, state: stepTo(attempt.state, 'doubt', 'system') ?? attempt.state }, wall);

/** While a cancellation is wanted it is asked for instead, a few times. */
const wanted = (attempt: Attempt): { wish: Act } => ({
  wish: attempt.cancelWanted && attempt.cancels < cancelsMax ? 'cancel' : 'ask',
});

function afterSend(attempt: Attempt, answer: SupplierAnswer<Submitted>, wall: Instant): Attempt {
  // It ended while this was on its way; whether it was done all the same, the supplier must say.
  if (isEnded(attempt.state))
    return answer.kind === 'ok' ? { ...attempt, wish: 'ask', dueAt: wall } : attempt;
  if (answer.kind === 'unknown') return inDoubt(attempt, wall);
  const answered = { ...attempt, silentAt: attempt.sends > 1 ? attempt.silentAt : null };
  // A refusal may mean "this number was used": the number itself is asked about before the refusal counts.
  if (answer.kind === 'refused')
    return { ...answered, refusal: `${answer.code} ${answer.message}`.trim(), wish: 'ask', dueAt: wall };
  const known = { supplierNo: answer.supplierNo, cost: answer.cost };
  return askAgain({ ...moved(answered, 'accept', attempt.state), ...known }, wall);
}

function moved(attempt: Attempt, event: AttemptEvent, otherwise: AttemptState): Attempt {
  return { ...attempt, state: stepTo(attempt.state, event, 'supplier') ?? otherwise };
}

function afterCancel(attempt: Attempt, answer: SupplierAnswer<object>, wall: Instant): Attempt {
  if (answer.kind === 'ok' && !isEnded(attempt.state))
    return { ...moved(attempt, 'cancel', attempt.state), dueAt: null };
  if (answer.kind === 'refused')
    return askAgain({ ...attempt, cancelWanted: false, said: answer.message || attempt.said }, wall);
  return inDoubt(attempt, wall);
}

/** A success that names less than was wanted is a part, and a part that is no less is a success. */
function arrived(attempt: Attempt, { charged }: Standing): { event: 'succeed' | 'part'; charged: Fen } {
  return charged !== null && charged > 0n && charged < attempt.face
    ? { event: 'part', charged }
    : { event: 'succeed', charged: attempt.face };
}

function afterStanding(attempt: Attempt, standing: Standing, wall: Instant): Attempt {
  const known = {
    ...attempt,
    supplierNo: standing.supplierNo ?? attempt.supplierNo,
    voucher: standing.voucher ?? attempt.voucher,
    said: standing.said || attempt.said,
  };
  switch (standing.state) {
    case 'success':
    case 'partial': {
      const { event, charged } = arrived(attempt, standing);
      const onTime = attempt.abandoned ? undefined : stepTo(attempt.state, event, 'supplier');
      const to = onTime ?? stepTo(attempt.state, 'arrive', 'supplier');
      return to ? { ...known, state: to, charged, dueAt: null } : { ...known, dueAt: null };
    }
    case 'failed':
      return final(known, 'fail');
    case 'cancelled':
      return final(known, 'cancel');
    case 'charging':
      return askAgain(moved(known, 'accept', attempt.state), wall);
    case 'absent':
      return afterAbsence(known, wall);
  }
}

const final = (attempt: Attempt, event: 'fail' | 'cancel' | 'reject'): Attempt => ({
  ...attempt,
  state: stepTo(attempt.state, event, 'supplier') ?? attempt.state,
  dueAt: null,
});

/** "Never heard of it" is a word too, but not while a sending may still be on its way. */
function afterAbsence(attempt: Attempt, wall: Instant): Attempt {
  if (isEnded(attempt.state)) return { ...attempt, dueAt: null };
  const onItsWay = attempt.silentAt !== null && plus(attempt.silentAt, grace) > wall;
  if (attempt.refusal !== null && !onItsWay) return final(attempt, 'reject');
  if (attempt.cancelWanted)
    return onItsWay || attempt.supplierNo !== null ? inDoubt(attempt, wall) : final(attempt, 'cancel');
  // It had accepted it and now denies it: nobody but a person sends that again.
  if (attempt.supplierNo !== null) return inDoubt(attempt, wall);
  if (attempt.refusal !== null || attempt.abandoned || attempt.sends >= sendsMax)
    return inDoubt(attempt, wall);
  return { ...inDoubt(attempt, wall), wish: 'send', dueAt: nextAsk(attempt.sends, wall) };
}

/** Nobody waits for it any more: what was never sent is not sent, the rest is stopped where the supplier can, and late if it arrives. */
export const givenUp = (attempt: Attempt, wall: Instant): Attempt =>
  attempt.state === 'queued'
    ? { ...attempt, state: 'cancelled', dueAt: null }
    : { ...attempt, abandoned: true, cancelWanted: true, cancels: 0, wish: 'cancel', dueAt: wall };

export type ResendRefusal = 'ATTEMPT_ENDED' | 'ATTEMPT_NOT_SENT' | 'ATTEMPT_UNDER_WAY' | 'CANCEL_UNDER_WAY';

/** Why 补单 (the same number again) cannot be pressed, or undefined. Sending again is safe because the number stays the same (F031). */
export function resendRefused(attempt: Attempt, wall: Instant): ResendRefusal | undefined {
  if (isEnded(attempt.state)) return 'ATTEMPT_ENDED';
  if (attempt.state === 'queued') return 'ATTEMPT_NOT_SENT';
  if (attempt.cancelWanted || attempt.abandoned) return 'CANCEL_UNDER_WAY';
  if (attempt.state === 'submitted') return 'ATTEMPT_UNDER_WAY';
  return attempt.wish === 'send' && attempt.dueAt !== null && attempt.dueAt <= wall
    ? 'ATTEMPT_UNDER_WAY'
    : undefined;
}

export type Route = {
  readonly place: number;
  readonly supplierId: string;
  readonly productNo: string;
  readonly maxCost: Fen;
  /** The supplier is switched on and its breaker is closed. */
  readonly usable: boolean;
  /** What its catalogue says that it costs, where it says so. */
  readonly price: Fen | null;
};

/** The first route that has not been tried, is usable and not dearer than it may be (F031: failover only after a final word). */
export const nextRoute = (routes: readonly Route[], tried: readonly string[]): Route | undefined =>
  routes.find(
    (route) =>
      route.usable &&
      !tried.includes(`${route.supplierId}/${route.productNo}`) &&
      (route.price === null || route.price <= route.maxCost),
  );

/** Why no route can be taken, in words for the shop. */
export function noRouteReason(
  routes: readonly Route[],
): 'no_route' | 'supplier_off' | 'too_dear' | 'all_tried' {
  if (routes.length === 0) return 'no_route';
  if (routes.every((route) => !route.usable)) return 'supplier_off';
  return routes.some((route) => route.price !== null && route.price > route.maxCost)
    ? 'too_dear'
    : 'all_tried';
}

/** The circuit breaker: after so many silences in a row nothing new is sent for a while. */
export const silencesMax = 5;
export const breakerPause = { seconds: 30 } as const;
export const afterCall = (silences: number, answered: boolean, wall: Instant) =>
  answered
    ? { silences: 0, openUntil: null }
    : {
        silences: silences + 1,
        openUntil: silences + 1 >= silencesMax ? plus(wall, breakerPause) : null,
      };

/** 138****8000: as the order's own answers are shown. */
export const maskTarget = (target: string): string =>
  maskAnswer({ type: 'account', sensitive: true }, target.trim());
