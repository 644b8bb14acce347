import { must } from '../kit/assert.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import type { Instant } from '../kit/time.ts';
import { versionAt } from './shelf.rules.ts';
import type { DueDate } from './calendar.rules.ts';
import { bookOf, dueBy, param, paramsIn, type ParamName } from './rules.ts';

/** Which way a parameter becomes better for the buyer. A parameter that is in neither list has no side (numbers of jurors, caps). */
export type Direction = 'higher' | 'lower';

const higher: readonly ParamName[] = [
  'ACC_WARRANTY',
  'APPEAL',
  'ARB',
  'AUTO_CONFIRM_REVEALED',
  'AUTO_CONFIRM_SEALED',
  'CARD_USE_WITHIN',
  'CARD_VERIFY_WINDOW',
  'CONSULT',
  'DELAY_1_PAYS',
  'DELAY_2_PAYS',
  'DELAY_3_PAYS',
  'DEPOSIT_RATIO',
  'DEP_LOCK',
  'DEP_LOCK_ACCOUNT',
  'ESCALATE',
  'FIRST_PAY_DAY',
  'FIRST_PAY_DAY_COUNT',
  'FIRST_PAY_ONCE',
  'FRAUD_MIN',
  'GENERAL_NOTICE',
  'HISTORY',
  'IMPORTANT_NOTICE',
  'LAPSE_GRACE',
  'NO_REASON',
  'PAYMENT_HOLD',
  'REOPEN',
  'RETAIN',
  'SAMPLE_RATE',
  'SETTLE_DAYS_PROBATION',
  'SETTLE_DAYS_TRUSTED',
  'SETTLE_DAYS_WHITELISTED',
  'UNREVEALED_CANCEL',
];
const lower: readonly ParamName[] = [
  'ACCEPT',
  'ACC_RECOVER',
  'ARCHIVE',
  'DECIDE',
  'DELAY_1',
  'DELAY_2',
  'DELAY_3',
  'DEMAND',
  'DISPUTE_FREEZE',
  'FAST',
  'FAULT_RESPONSE_MAX',
  'INSTANT',
  'LATE_AUTO',
  'LAW_MAX',
  'LINK_FIX',
  'MERCHANT_REMEDY',
  'MINUTES',
  'OFFER_ROUNDS',
  'REFUND_START',
  'RETURN_REFUND',
  'REVERIFY',
  'TOPUP_DEP',
  'TOPUP_SLA_MAX',
  'WAIT_MORE',
];
const directions = new Map<string, Direction>([
  ...higher.map((name) => [name, 'higher'] as const),
  ...lower.map((name) => [name, 'lower'] as const),
]);

export const directionOf = (name: string): Direction | undefined => directions.get(name);

/** What a change of a number means for the buyer. */
export function forBuyer(name: string, from: unknown, to: unknown): 'better' | 'worse' | 'neither' {
  const direction = directionOf(name);
  if (!direction || typeof from !== 'number' || typeof to !== 'number' || from === to) return 'neither';
  return to > from === (direction === 'higher') ? 'better' : 'worse';
}

/** What a shop may promise in its listing instead of the rule, and only to the better (rule (b) of the rulebook's engine, F056). */
export const overridable = {
  CARD_VERIFY_WINDOW: 'higher',
  MERCHANT_REMEDY: 'lower',
  FAULT_RESPONSE_MAX: 'lower',
  NO_REASON: 'higher',
  UNREVEALED_CANCEL: 'higher',
} as const satisfies Partial<Record<ParamName, Direction>>;
export type Overridable = keyof typeof overridable;

/** Refuses what is worse than the rule or outside the bounds that its article sets. */
export function decideOverride(
  version: string,
  name: Overridable,
  value: number,
): Result<number, 'OVERRIDE_WORSE' | 'OVERRIDE_OUT_OF_BOUNDS'> {
  const rule = param(version, name);
  if (value !== rule && forBuyer(name, rule, value) !== 'better') return refuse('OVERRIDE_WORSE', { rule });
  const { min, max } = must(
    paramsIn(must(bookOf(version), 'the version is there')).get(name),
    'its parameter',
  ).param;
  if (value < (min ?? value) || value > (max ?? value)) return refuse('OVERRIDE_OUT_OF_BOUNDS', { rule });
  return done(value);
}

/** The rule, or what the shop promised where that is better; a worse promise has no effect. */
export function promised(version: string, name: Overridable, given: number | null): number {
  const rule = param(version, name);
  return given !== null && decideOverride(version, name, given).ok ? given : rule;
}

/**
 * The value that holds for an order bound to `pinned`, at `at`: its own, or the one in force where that version says so and it is better
 * for the buyer (article 1). Never a worse one.
 */
export function bindingParam(
  pinned: string,
  at: Instant,
  name: ParamName,
): { version: string; value: number | string } {
  const own = { version: pinned, value: param(pinned, name) };
  const newer = versionAt(at);
  const book = must(bookOf(newer), 'the version in force is there');
  if (newer === pinned || book.ordersBefore !== 'better_for_buyer') return own;
  const value = param(newer, name);
  const sameUnit = unitOf(newer, name) === unitOf(pinned, name);
  return sameUnit && forBuyer(name, own.value, value) === 'better' ? { version: newer, value } : own;
}

const unitOf = (version: string, name: ParamName): string | undefined =>
  paramsIn(must(bookOf(version), 'the version is there')).get(name)?.param.unit;

/** A number that binds now: bindingParam for those that are numbers. */
export const bindingNumber = (pinned: string, at: Instant, name: ParamName): number =>
  Number(bindingParam(pinned, at, name).value);

/** When a limit ends that began at `start`, by the order's own version or by the better one that was in force then (article 1). */
export function bindingDue(pinned: string, name: ParamName, start: Instant): DueDate & { version: string } {
  const { version } = bindingParam(pinned, start, name);
  return { version, ...dueBy(version, name, start) };
}
