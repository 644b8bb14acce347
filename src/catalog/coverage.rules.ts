import { beijingText, instant, type Instant } from '../kit/time.ts';
import type { Words } from '../kit/text.ts';
import { dueOf } from '../rules/calendar.rules.ts';
import { param } from '../rules/rules.ts';
import { termsOf, type Terms } from '../rules/terms.rules.ts';
import type { DeliveryMode, GoodsKind, ListingContent } from './content.contract.ts';
import { promiseOf } from './promise.rules.ts';
import { orderModeOf } from './rules.ts';

/** What the rulebook and the shop's tier give, as far as a buyer's rights depend on it. `dayEnd` counts days as article 6 does. */
export type CoverageTerms = {
  readonly verify_hours: number;
  readonly remedy_hours: number;
  readonly lateRefund_hours: number;
  readonly dispute_days: number;
  readonly cancel_days: number;
  readonly autoConfirm_hours: number;
  /** After how many hours goods that are delivered later confirm themselves. */
  readonly autoConfirmLater_hours: Terms['autoConfirmLater_hours'];
  readonly settle_days: number;
  readonly dayEnd: (from: Instant, days: number) => Instant;
};

/** How long after the first look a case can be opened on the platform (lifecycles 2.0); afterwards the ways outside remain. */
const dispute_days = 7;

/** The terms of a rulebook version for a shop whose money waits `settle_days`. */
export const coverageTermsOf = (version: string, settle_days: number): CoverageTerms => ({
  verify_hours: param(version, 'CARD_VERIFY_WINDOW'),
  remedy_hours: param(version, 'MERCHANT_REMEDY'),
  lateRefund_hours: param(version, 'LATE_AUTO'),
  dispute_days,
  cancel_days: param(version, 'UNREVEALED_CANCEL'),
  autoConfirm_hours: param(version, 'AUTO_CONFIRM_REVEALED'),
  autoConfirmLater_hours: termsOf(version).autoConfirmLater_hours,
  settle_days,
  dayEnd: (from, days) => dueOf(from, { v: days, unit: 'd', clock: 'day' }).dueAt,
});

/** The rights of one line, as facts: absolute times where they follow from the payment, spans where they follow from something later. */
export type Rights = {
  readonly quantity: number;
  /** False while the times assume a payment at `paidAt`; true once it was made. */
  readonly fixed: boolean;
  readonly paidAt: Instant;
  readonly deliverBy: Instant;
  readonly refundBy: Instant;
  readonly verify_hours: number;
  readonly dispute_days: number;
  readonly remedy_hours: number;
  readonly cancelUntil: Instant;
  readonly noReason_days: number;
  readonly useWithin_hours: number | null;
  readonly settle_days: number;
  readonly autoConfirm_hours: number;
  /** A key from a pool, which is sealed until it is revealed. */
  readonly sealed: boolean;
};

/**
 * What a buyer of this version is entitled to (F056, F178): before the payment with `at` = now, afterwards with the moment of the payment.
 * Delivery that is late can be cancelled at once and is refunded by itself after twice the promise or 24 hours, whichever is first (article 18).
 */
export function rightsOf(
  content: ListingContent,
  p: { quantity: number; at: Instant; fixed: boolean },
  terms: CoverageTerms,
): Rights {
  const { promisedAt, dueAt } = promiseOf({
    paidAt: p.at,
    within_seconds: content.delivery.within_seconds ?? 0,
    opening: content.opening,
    lateAuto_hours: terms.lateRefund_hours,
    mode: content.delivery.mode,
  });
  const sealed = orderModeOf(content) === 'pool';
  const noReason = content.afterSales.noReason_days ?? 0;
  return {
    quantity: p.quantity,
    fixed: p.fixed,
    paidAt: p.at,
    deliverBy: promisedAt,
    refundBy: dueAt,
    verify_hours: terms.verify_hours,
    dispute_days: terms.dispute_days,
    remedy_hours: Math.min(terms.remedy_hours, content.afterSales.faultResponse_hours ?? terms.remedy_hours),
    // A shop may promise more than the rulebook, never less (article 20).
    cancelUntil: terms.dayEnd(p.at, Math.max(terms.cancel_days, noReason)),
    noReason_days: noReason,
    useWithin_hours: content.useWithin_hours,
    settle_days: terms.settle_days,
    autoConfirm_hours: sealed ? terms.autoConfirm_hours : confirmHours(content, terms.autoConfirmLater_hours),
    sealed,
  };
}

/** After how many hours goods that are delivered later confirm themselves, by what they are (article 41). */
export function confirmHours(
  content: { readonly delivery: { readonly mode: DeliveryMode }; readonly goods: GoodsKind },
  hours: Terms['autoConfirmLater_hours'],
): number {
  const { mode } = content.delivery;
  if (mode === 'direct') return hours.topup;
  if (mode === 'shipping') return hours.parcel;
  if (mode !== 'automatic') return hours.manual;
  if (content.goods === 'licence') return hours.licence;
  if (content.goods === 'download') return hours.download;
  return content.goods === 'membership' ? hours.membership : hours.manual;
}

/** One row of the 权益卡: what is agreed, when, and what if not, with the articles it rests on. `at` is null where the time follows from a later event. */
export type CoverageRow = {
  readonly name: CoverageName;
  readonly what: Words;
  readonly when: Words;
  readonly at: Instant | null;
  readonly otherwise: Words;
  readonly articles: readonly string[];
};
export type CoverageName = 'delivery' | 'verify' | 'remedy' | 'cancel' | 'return' | 'use' | 'settlement';

/** The 权益卡 in both languages, as it is stored with an order and shown on it (F055, F056). */
export function coverageOf(rights: Rights): CoverageRow[] {
  const keys = rights.sealed ? [verifyRow(rights)] : [];
  const back = rights.sealed ? [cancelRow(rights)] : rights.noReason_days > 0 ? [returnRow(rights)] : [];
  const use = rights.useWithin_hours === null ? [] : [useRow(rights, rights.useWithin_hours)];
  return [deliveryRow(rights), ...keys, remedyRow(rights), ...back, ...use, settlementRow(rights)];
}

const at = (time: Instant): Words => ({
  zh: `${beijingText(time).slice(0, 16)}`,
  en: `${beijingText(time).slice(0, 16)} Beijing time`,
});
/** The end of a day is 24:00 of that day, not 00:00 of the next, as the law counts. */
const until = (time: Instant): Words => {
  const day = beijingText(instant(time - 1)).slice(0, 10);
  return beijingText(time).endsWith('00:00:00')
    ? { zh: `${day} 24:00`, en: `${day} 24:00 Beijing time` }
    : at(time);
};

function deliveryRow(rights: Rights): CoverageRow {
  const [by, refund] = [at(rights.deliverBy), at(rights.refundBy)];
  const keys = rights.sealed;
  return {
    name: 'delivery',
    what: keys
      ? {
          zh: `${rights.quantity} 张可用的卡密`,
          en: `${rights.quantity} working ${rights.quantity === 1 ? 'key' : 'keys'}`,
        }
      : { zh: '按商品页交付', en: 'Delivered as the listing says' },
    when: { zh: `${by.zh} 前`, en: `by ${by.en}` },
    at: rights.deliverBy,
    otherwise: {
      zh: `没交付：到时可一键取消，全额退；${refund.zh} 仍没交付就自动退款。`,
      en: `If not: from then you can cancel with one press, all money back; at ${refund.en} it is refunded by itself.`,
    },
    articles: ['18'],
  };
}

function verifyRow(rights: Rights): CoverageRow {
  return {
    name: 'verify',
    what: { zh: '有时间验证', en: 'Time to check it' },
    when: {
      zh: `首次查看后 ${rights.verify_hours} 小时内`,
      en: `within ${rights.verify_hours} hours of first seeing it`,
    },
    at: null,
    otherwise: {
      zh: `这期间说它无效，先推定交付时就无效，由商家证明有效。过了 ${rights.verify_hours} 小时仍可申诉，到查看后第 ${rights.dispute_days} 天。`,
      en: `Say then that it fails, and it is presumed to have failed at delivery; the shop must prove otherwise. Later you can still dispute, until day ${rights.dispute_days} after seeing it.`,
    },
    articles: ['5', '22'],
  };
}

const remedyRow = (rights: Rights): CoverageRow => ({
  name: 'remedy',
  what: rights.sealed
    ? { zh: '无效就补或退，你选', en: 'Replaced or refunded, you choose' }
    : { zh: '有问题就处理', en: 'Faults are put right' },
  when: {
    zh: `提交售后起 ${rights.remedy_hours} 小时内`,
    en: `within ${rights.remedy_hours} hours of your claim`,
  },
  at: null,
  otherwise: {
    zh: '商家没有处理：系统自动退款，退到你的付款账户。',
    en: 'If the shop does nothing: refunded by itself to where you paid from.',
  },
  articles: rights.sealed ? ['5'] : ['21'],
});

function cancelRow(rights: Rights): CoverageRow {
  const end = until(rights.cancelUntil);
  return {
    name: 'cancel',
    what: { zh: '没看过可以取消', en: 'Unseen keys can be cancelled' },
    when: { zh: `${end.zh} 前`, en: `until ${end.en}` },
    at: rights.cancelUntil,
    otherwise: {
      zh: '没查看的卡密可退；看过之后不再适用七日无理由。质量问题不受影响。',
      en: 'Keys that you have not revealed can be returned; after revealing, the seven days no longer apply. Faults are not affected.',
    },
    articles: ['20'],
  };
}

const returnRow = (rights: Rights): CoverageRow => ({
  name: 'return',
  what: { zh: `${rights.noReason_days} 天无理由`, en: `${rights.noReason_days} days to return it` },
  when: {
    zh: `收到次日起 ${rights.noReason_days} 天内`,
    en: `within ${rights.noReason_days} days from the day after you receive it`,
  },
  at: null,
  otherwise: {
    zh: '没有在本次购买中单独确认例外的，商家不能拒绝。',
    en: 'Unless you confirmed an exception for this purchase, the shop cannot refuse.',
  },
  articles: ['20'],
});

const useRow = (_: Rights, hours: number): CoverageRow => ({
  name: 'use',
  what: { zh: '足够的使用期', en: 'Enough time to use it' },
  when: { zh: `发出时至少还剩 ${hours} 小时`, en: `at least ${hours} hours left when sent` },
  at: null,
  otherwise: {
    zh: '剩得更少的不让发。你在有效期内没用而过期：不补不退；实际有效期更短、迟延交付、没有提醒的除外。到期前 12 小时、2 小时会提醒你。',
    en: 'One with less is not sent. If it expires unused: no replacement, no refund, unless it was valid for less than stated, came late, or nobody reminded you. You are reminded 12 and 2 hours before.',
  },
  articles: ['14', '19'],
});

const settlementRow = (rights: Rights): CoverageRow => ({
  name: 'settlement',
  what: { zh: '钱最后才付给商家', en: 'The shop is paid last' },
  when: { zh: `你确认后再等 ${rights.settle_days} 天`, en: `${rights.settle_days} days after you confirm` },
  at: null,
  otherwise: {
    zh: `不确认：${rights.sealed ? '查看' : '交付'}后 ${rights.autoConfirm_hours} 小时自动确认；有售后没处理完，一分都不结算。`,
    en: `If you do not: confirmed by itself ${rights.autoConfirm_hours} hours after ${rights.sealed ? 'you see it' : 'delivery'}; while a claim is open, not a fen is paid out.`,
  },
  articles: ['3'],
});
