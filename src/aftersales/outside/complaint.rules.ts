import { isSettled } from '../rules.ts';
import type { CaseState } from '../machine.ts';
import type { Fen } from '../../kit/money.ts';

type Seen = { readonly id: string; readonly state: CaseState };

/** What happens to a complaint that has one order: an open case takes it in, else one is opened. */
export const joins = (cases: readonly Seen[]): string | null =>
  cases.find((one) => !isSettled(one.state))?.id ?? null;

/** What the channel gave back beyond what was noted before, and under which number of ours it is noted: each step once. */
export const newRefund = (
  refunded: Fen,
  refundNo: string | null,
  before: Fen,
): { amount: bigint; reference: string } | null =>
  refunded > before && refundNo !== null
    ? { amount: refunded - before, reference: `${refundNo}:${refunded}` }
    : null;

/** A shop's words for the course of a complaint. */
export const courseWords = {
  taken: { zh: '新投诉', en: 'new' },
  reminder: { zh: '时间快到了', en: 'time is running out' },
  over: { zh: '已处理完成', en: 'over' },
  refunded: { zh: '渠道退了款', en: 'the channel refunded' },
  moved: { zh: '有新进展', en: 'news' },
} as const;
export type CourseWord = keyof typeof courseWords;
