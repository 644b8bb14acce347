import type { RefusalCatalogue, Result } from '../kit/result.ts';
import { plus, type Instant } from '../kit/time.ts';
import {
  decideCancel,
  decideReveal,
  decideVerify,
  verifyUntil,
  type Unit,
} from '../delivery/card-key.rules.ts';
import { decideCancelLate, type LaterLine } from '../delivery/line.rules.ts';
import { decideConfirm } from '../delivery/completion.rules.ts';
import { deliveryRefusals } from '../delivery/contract.ts';
import type { Order } from '../orders/rules.ts';
import { cancelBy, type Terms } from '../rules/terms.rules.ts';

export type Able = {
  readonly ok: boolean;
  readonly code: string | null;
  readonly why: { readonly zh: string; readonly en: string } | null;
};

/** Whether a button can be pressed, asked of the same decision that the action will make; where not, its refusal says why. */
export function ableOf(result: Result<unknown>, catalogue: RefusalCatalogue = deliveryRefusals): Able {
  if (result.ok) return { ok: true, code: null, why: null };
  const refusal = catalogue[result.refusal];
  return { ok: false, code: result.refusal, why: refusal ? { zh: refusal.zh, en: refusal.en } : null };
}

type Shown = {
  readonly unit: Unit | undefined;
  readonly place: number;
  readonly line: number;
  readonly useWithin_hours: number | null;
  readonly noReason_days: number;
  readonly mustConfirm: boolean;
};

/** One key as its buyer's page shows it: state, clocks, and what can be done. A unit that is gone was cancelled. */
export function unitShown(
  { unit, place, line, useWithin_hours, noReason_days, mustConfirm }: Shown,
  order: Order,
  now: Instant,
  terms: Terms,
) {
  const revealedAt = unit?.revealedAt ?? null;
  return {
    unit: `${line}-${place}`,
    state: (unit?.state ?? 'withdrawn') as 'sealed' | 'revealed' | 'verified' | 'withdrawn',
    revealedAt,
    verifyUntil: revealedAt === null ? null : verifyUntil(revealedAt, terms),
    useUntil:
      revealedAt === null || useWithin_hours === null ? null : plus(revealedAt, { hours: useWithin_hours }),
    cancelUntil: unit?.state === 'sealed' ? cancelBy(unit.deliveredAt, order.rulebook, noReason_days) : null,
    reveals: unit?.reveals ?? 0,
    needsPassword: mustConfirm,
    able: {
      reveal: ableOf(decideReveal({ unit, mustConfirm: false, now })),
      verify: ableOf(decideVerify(unit, now)),
      cancel: ableOf(decideCancel(unit, order, now, noReason_days)),
    },
  };
}

export const confirmAble = (
  order: Order,
  units: readonly Pick<Unit, 'state'>[],
  userId: string,
  now: Instant,
): Able => ableOf(decideConfirm(order, units, userId, now));

export const cancelLateAble = (lines: readonly LaterLine[], now: Instant): Able =>
  ableOf(decideCancelLate(lines, now));
