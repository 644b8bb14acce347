import type { Words } from '../kit/text.ts';
import { param } from '../rules/rules.ts';

/** Who has the turn while a clock of this kind runs, and what comes at its end. Cases remind of their own clocks (aftersales). */
type Reminded = { readonly who: 'buyer' | 'merchant'; readonly what: Words };
export const reminded: Readonly<Record<string, Reminded>> = {
  'order.confirm': { who: 'buyer', what: { zh: '自动确认收货', en: 'automatic confirmation' } },
  'message.demand': { who: 'merchant', what: { zh: '答复买家的要求', en: 'answer what the buyer asked' } },
  'delivery.late': { who: 'merchant', what: { zh: '按承诺交付', en: 'deliver as promised' } },
  'delivery.undelivered': {
    who: 'merchant',
    what: { zh: '没交付就自动退款', en: 'refunded by itself unless delivered' },
  },
  'download.fix': { who: 'merchant', what: { zh: '修好下载', en: 'repair the download' } },
  'download.missing': { who: 'merchant', what: { zh: '补上下载地址', en: 'give the download' } },
};

/** After which parts of a clock (per cent) somebody is reminded, by the rulebook version of the clock (article 6). */
export const partsOf = (version: string): { first: number; last: number } => ({
  first: param(version, 'CLOCK_REMIND_FIRST'),
  last: param(version, 'CLOCK_REMIND_LAST'),
});

type Clock = { readonly what: string; readonly about: string; readonly startAt: number };

/** The name of a clock in its reminders. A clock that is moved keeps its beginning and so its name; one that is set anew is another. */
export const clockName = ({ what, about, startAt }: Clock): string => `${what}/${about}/${startAt}`;
