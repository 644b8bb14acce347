import { yuan } from '../kit/money.ts';
import type { Words } from '../kit/text.ts';
import { beijingText, type Instant } from '../kit/time.ts';
import { verdictWords, type CheckVerdict } from '../delivery/check/contract.ts';
import { usageWords, type Usage } from '../delivery/issuer/contract.ts';
import type { ExhibitKind } from './exhibits.data.ts';
import type { Recount } from './grounds.rules.ts';
import { reasonOf, type Case } from './rules.ts';

export type BinderFacts = {
  readonly case: Pick<Case, 'reason' | 'line' | 'places'>;
  readonly units: readonly {
    readonly place: number;
    readonly deliveredAt: Instant;
    readonly revealedAt: Instant | null;
    readonly reveals: number;
  }[];
  /** The price as it was taken, and computed again. */
  readonly price?: Recount | undefined;
  readonly checks: readonly {
    readonly line: number;
    readonly place: number;
    readonly verdict: CheckVerdict;
    readonly at: Instant;
  }[];
  readonly issuer: readonly {
    readonly line: number;
    readonly place: number;
    readonly state: string;
    readonly usage: Usage | null;
    readonly askedAt: Instant;
    readonly answeredAt: Instant | null;
  }[];
};
/** What the platform itself has on record for a case; nothing is in the list that did not happen. */
export type SystemItem = {
  readonly kind: ExhibitKind;
  readonly state: 'fixed' | 'pending';
  readonly words: Words;
  readonly at: Instant | null;
};

const at = (time: Instant): string => beijingText(time).slice(5, 19);
const placed = (place: number, count: number, words: Words): Words =>
  count === 1 ? words : { zh: `第 ${place} 件：${words.zh}`, en: `Number ${place}: ${words.en}` };

/** The system's own evidence about the affected units, by what the scene asks for. */
export function systemItems(facts: BinderFacts): SystemItem[] {
  return reasonOf(facts.case.reason).system.flatMap((kind) => itemsOf(kind, facts));
}

function itemsOf(kind: ExhibitKind, facts: BinderFacts): SystemItem[] {
  const { line, places } = facts.case;
  const mine = <T extends { line: number; place: number }>(list: readonly T[]): T[] =>
    list.filter((one) => one.line === line && places.includes(one.place));
  const fixed = (words: Words, time: Instant | null): SystemItem => ({
    kind,
    state: 'fixed',
    words,
    at: time,
  });
  if (kind === 's_reveal' || kind === 's_delivery')
    return facts.units
      .filter((unit) => places.includes(unit.place))
      .map((unit) => {
        const seen = unit.revealedAt;
        const words =
          kind === 's_delivery'
            ? { zh: `${at(unit.deliveredAt)} 交付`, en: `delivered ${at(unit.deliveredAt)}` }
            : seen === null
              ? { zh: '还没人查看过', en: 'nobody has seen it' }
              : {
                  zh: `${at(seen)} 第一次查看，共 ${unit.reveals} 次`,
                  en: `first seen ${at(seen)}, ${unit.reveals} times`,
                };
        return fixed(
          placed(unit.place, places.length, words),
          kind === 's_delivery' ? unit.deliveredAt : seen,
        );
      });
  if (kind === 's_check')
    return mine(facts.checks)
      .slice(-3)
      .map((one) => fixed(placed(one.place, places.length, verdictWords[one.verdict]), one.at));
  if (kind === 's_issuer')
    return mine(facts.issuer)
      .slice(-3)
      .map((one) =>
        one.usage
          ? fixed(placed(one.place, places.length, usageWords[one.usage]), one.answeredAt)
          : {
              kind,
              state: 'pending',
              at: one.askedAt,
              words: {
                zh: '已问发行方，等答复。证实交付前就用过：当场先赔，不等商家。',
                en: 'The issuer was asked. If it was used before delivery you are paid at once.',
              },
            },
      );
  if (kind === 's_snapshot')
    return [
      fixed(
        { zh: '商品页版本、价格和勾选，下单时固定', en: 'Listing, price and ticks, fixed with the order' },
        null,
      ),
    ];
  if (kind === 's_payment' && facts.price) return [fixed(priceWords(facts.price), null)];
  if (kind === 's_payment')
    return [fixed({ zh: '付款时间、金额和价格算式', en: 'Time, sum and how the price came about' }, null)];
  return [];
}

/** The platform's own recomputation of a price, to the fen (F007). */
const priceWords = ({ taken, computed, delta }: Recount): Words => ({
  zh: `按下单时的商品版本重算应付 ¥${yuan(computed)}，实收 ¥${yuan(taken)}，${delta > 0n ? `多收 ¥${yuan(delta)}` : '没有多收'}`,
  en: `by the listing as ordered ¥${yuan(computed)}, taken ¥${yuan(taken)}, ${delta > 0n ? `¥${yuan(delta)} too much` : 'nothing too much'}`,
});
