import type { Answers } from '../api.ts';
import { leftText } from '../text/format.ts';
import type { Language } from '../text/use.ts';
import type { CasePage } from './case.view.ts';

export type Exhibit = CasePage['exhibits'][number];
export type Area = { x: number; y: number; w: number; h: number };

/** The address of one copy of an exhibit's file. */
export const exhibitFile = (caseId: string, number: number, copy: 'thumb' | 'view' | 'original'): string =>
  `/api/v1/cases/${encodeURIComponent(caseId)}/exhibits/${number}/${copy}`;

/** How long after it happened it came here: '3 天 4 时'. */
export const lagText = (lag_s: number, language: Language, none: string): string =>
  lag_s < 60 ? none : leftText(lag_s * 1000, language);

/** Six places at most. */
export const areasMost = 6;

/** The areas that a form names: x1, y1, w1, h1 … in thousandths; what is empty or covers nothing is none. */
export function areasOf(form: FormData): Area[] {
  return Array.from({ length: areasMost }, (_, i) => {
    const of = (name: string): number => {
      const value = Number(form.get(`${name}${i + 1}`) || Number.NaN);
      return Number.isFinite(value) ? Math.max(0, Math.min(1000, Math.round(value))) : 0;
    };
    return { x: of('x'), y: of('y'), w: of('w'), h: of('h') };
  }).filter((area) => area.w > 0 && area.h > 0);
}

export type Recordings = Answers['recordings']['recordings']['recordings'];
/** The recordings that can still be shown in a case: sealed, not empty, and not an exhibit already. */
export const showable = (recordings: Recordings, shown: readonly { sha256: string }[]): Recordings =>
  recordings.filter(
    (one) => one.fileId !== null && one.sha256 !== null && !shown.some((each) => each.sha256 === one.sha256),
  );
