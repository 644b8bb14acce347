import { fen, noFen, type Fen } from '../kit/money.ts';
import { plus, type Instant } from '../kit/time.ts';
import type { Usage } from '../delivery/issuer/contract.ts';
import { delayPay } from '../delivery/delay.rules.ts';
import type { Restrictions } from '../risk/rules.ts';
import { inHouse } from './procedure.rules.ts';
import type { ReasonCode } from './reasons.data.ts';
import { merchantAnswers, stateAfter, type Case, type Move } from './rules.ts';

/** What a machine can verify by itself, and what money may then follow without the shop's answer (article 30). */
export const triggers = ['used_before', 'sold_twice', 'dead_link', 'late', 'unreachable'] as const;
export type Trigger = (typeof triggers)[number];

/** What machines know of one affected unit. */
export type UnitFacts = {
  /** What its issuer says of its use; null where nobody has answered. */
  readonly usage: Usage | null;
  readonly revealedAt: Instant | null;
  /** When another shop was found to hold the same key; null: never. */
  readonly metAt: Instant | null;
};
export type Facts = {
  readonly units: readonly UnitFacts[];
  /** What the watch over addresses last found of what was delivered, and whether the buyer ever had it. */
  readonly download: { readonly reach: 'own' | 'alive' | 'dead' | 'unclear'; readonly used: number } | null;
  /** The promise of the line and when it was kept, and what it got back so far. */
  readonly line: {
    readonly promisedAt: Instant;
    readonly deliveredAt: Instant | null;
    readonly total: Fen;
    readonly refunded: Fen;
  } | null;
  /** The last act of the shop anywhere, and the limits it missed since. */
  readonly shop: { readonly lastActAt: Instant | null; readonly openedAt: Instant; readonly missed: number };
};

export type Verified = {
  readonly trigger: Trigger;
  /** Lateness is paid by its tier; everything else by what is left. */
  readonly most: Fen | null;
  readonly body: Readonly<Record<string, unknown>>;
};

const provesBad: readonly (Usage | null)[] = ['before_delivery', 'before_reveal'];
const keyReasons: readonly ReasonCode[] = ['CARD_USED', 'CARD_INVALID'];
const lateReasons: readonly ReasonCode[] = ['TOPUP_DELAY', 'NOT_DELIVERED', 'MERCHANT_NONPERFORMANCE'];

/** Whether a machine has verified what a case says; undefined where only people can know. A presumption is no verification (article 5). */
export function verify(one: Case, facts: Facts, now: Instant): Verified | undefined {
  if (keyReasons.includes(one.reason)) return badKeys(facts.units);
  if (one.reason === 'NO_DOWNLOAD') return deadLink(one, facts);
  if (lateReasons.includes(one.reason)) return tooLate(one, facts);
  if (one.reason === 'MERCHANT_UNREACHABLE') return unreachable(one, facts, now);
  return undefined;
}

/** Every key was used before its buyer could see it, or was in another shop's hands by then. */
function badKeys(units: readonly UnitFacts[]): Verified | undefined {
  if (units.length === 0) return undefined;
  const used = units.map((unit) => provesBad.includes(unit.usage));
  const met = units.map(
    (unit) => unit.metAt !== null && (unit.revealedAt === null || unit.metAt < unit.revealedAt),
  );
  if (!units.every((_, i) => used[i] || met[i])) return undefined;
  const trigger = used.every(Boolean) ? 'used_before' : 'sold_twice';
  return {
    trigger,
    most: null,
    body: { usages: units.map((unit) => unit.usage), metAt: units.map((unit) => unit.metAt) },
  };
}

/** The watch finds nothing at the address, and the buyer never had the file. One who wants a new address leaves the shop its time (article 16). */
function deadLink(one: Case, { download }: Facts): Verified | undefined {
  if (one.remedy !== 'refund' || download?.reach !== 'dead' || download.used > 0) return undefined;
  return { trigger: 'dead_link', most: null, body: { reach: download.reach, downloads: download.used } };
}

/** What came late is paid by the tier of its delay, less what went back for it before (article 25). */
function tooLate(one: Case, { line }: Facts): Verified | undefined {
  if (one.remedy !== 'refund' || !line || line.deliveredAt === null) return undefined;
  const owed = delayPay({ ...line, deliveredAt: line.deliveredAt, rulebook: one.rulebook });
  const most = owed > line.refunded ? fen(owed - line.refunded) : noFen;
  // Who asks for more than the tier has a case that somebody must look at.
  if (most === noFen || one.asked > most) return undefined;
  return { trigger: 'late', most, body: { promisedAt: line.promisedAt, deliveredAt: line.deliveredAt } };
}

function unreachable(one: Case, { shop }: Facts, now: Instant): Verified | undefined {
  const silent = inHouse(one.rulebook, now, 'UNREACHABLE_SILENT');
  const since = shop.lastActAt ?? shop.openedAt;
  if (now < plus(since, { hours: silent })) return undefined;
  if (shop.missed < inHouse(one.rulebook, now, 'UNREACHABLE_MISSED')) return undefined;
  return { trigger: 'unreachable', most: null, body: { lastActAt: shop.lastActAt, missed: shop.missed } };
}

/** What counts together: one person, one device, one payment instrument, and the platform as a whole. */
export const takerKinds = ['all', 'device', 'identity', 'instrument'] as const;
export type TakerKind = (typeof takerKinds)[number];
export type Taken = { readonly kind: TakerKind; readonly sum: Fen; readonly count: number };

/**
 * What is known of the instrument that paid. A wallet is one instrument, and so is who paid where the channel tells it (`payer`, a blind
 * index). Of a payment through a channel that does not, only the payment itself is known: its cap counts this payment and no other, and the
 * result says so. The caps of person and device hold all the same.
 */
export type Instrument = { readonly known: 'wallet' | 'payer' | 'payment_only'; readonly key: string };
export function instrumentOf(
  one: Pick<Case, 'buyerId'>,
  paymentId: string | null,
  payer: string | undefined,
): Instrument {
  if (paymentId === null) return { known: 'wallet', key: `wallet:${one.buyerId}` };
  return payer === undefined
    ? { known: 'payment_only', key: `payment:${paymentId}` }
    : { known: 'payer', key: `payer:${payer}` };
}

export type FirstPayFacts = {
  readonly case: Case;
  readonly verified: Verified | undefined;
  readonly refundable: Fen;
  readonly now: Instant;
  /** What was paid first within the window, for each that it counts for; locked. */
  readonly taken: readonly Taken[];
  readonly instrument: Instrument['known'];
  /** What measures for bad faith leave this buyer (article 38), and how many cases that were paid first are open now. */
  readonly limits: Pick<Restrictions, 'firstPay' | 'parallelMax'>;
  readonly openNow: number;
};

/** Why nothing is paid first, for the record. */
export type NotPaid = 'not_verified' | 'over_once' | 'over_day' | 'restricted' | 'wrong_state';

/** What would be paid, were there no caps; nothing where no machine verified it or the case is past that. */
export function firstPayAmount(
  facts: Pick<FirstPayFacts, 'case' | 'verified' | 'refundable'>,
): Fen | 'not_verified' | 'wrong_state' {
  const { case: one, verified, refundable } = facts;
  if (stateAfter(one.state, 'pay_first', 'system') === undefined) return 'wrong_state';
  if (!verified) return 'not_verified';
  const wanted = one.remedy === 'refund' && one.asked < refundable ? one.asked : refundable;
  const amount = verified.most !== null && verified.most < wanted ? verified.most : wanted;
  return amount === noFen ? 'wrong_state' : amount;
}

/**
 * 先行赔付 (C1b, article 30): paid now, without the shop's answer, only where a machine verified it, and within the caps of one payment, of
 * one person, device and payment instrument, and of the platform. The presumption of article 5 alone moves no money. What is above a cap
 * goes its usual way.
 */
export function decideFirstPay(facts: FirstPayFacts): Move | NotPaid {
  const { case: one, verified, now, taken, instrument, limits, openNow } = facts;
  const amount = firstPayAmount(facts);
  if (typeof amount === 'string') return amount;
  // The case itself goes on: only the fast way is limited.
  const full = limits.parallelMax !== null && openNow >= limits.parallelMax;
  if (limits.firstPay === 'off' || full) return 'restricted';
  const cap = (name: 'FIRST_PAY_ONCE' | 'FIRST_PAY_DAY' | 'FIRST_PAY_DAY_ALL'): bigint =>
    BigInt(inHouse(one.rulebook, now, name));
  if (amount > cap('FIRST_PAY_ONCE')) return 'over_once';
  const count = inHouse(one.rulebook, now, 'FIRST_PAY_DAY_COUNT');
  const over = taken.some(({ kind, sum, count: times }) =>
    kind === 'all'
      ? sum + amount > cap('FIRST_PAY_DAY_ALL')
      : times >= count || sum + amount > cap('FIRST_PAY_DAY'),
  );
  if (over) return 'over_day';
  return {
    event: 'pay_first',
    by: 'system',
    byId: null,
    paidFirst: true,
    says: [{ kind: 'verified', body: { trigger: verified?.trigger, instrument, ...verified?.body } }],
    award: { remedy: 'refund', amount, liability: merchantAnswers },
  };
}
