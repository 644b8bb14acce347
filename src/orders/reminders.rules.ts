import { param } from '../rules/rules.ts';

/** After which parts of a clock (per cent) somebody is reminded, by the rulebook version of the clock (article 6). */
export function partsOf(version: string, once = false): { first: number; last: number } {
  const first = param(version, 'CLOCK_REMIND_FIRST');
  return { first, last: once ? first : param(version, 'CLOCK_REMIND_LAST') };
}

type Clock = { readonly what: string; readonly about: string; readonly startAt: number };

/** The name of a clock in its reminders. A clock that is moved keeps its beginning and so its name; one that is set anew is another. */
export const clockName = ({ what, about, startAt }: Clock): string => `${what}/${about}/${startAt}`;
