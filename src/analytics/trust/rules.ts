import { beijingDay, instant, type Instant } from '../../kit/time.ts';

export type Period = { readonly from: Instant; readonly to: Instant };

/** 2026-Q4 as a period in Beijing time. */
export function quarterPeriod(quarter: string): Period {
  const year = Number(quarter.slice(0, 4));
  const index = Number(quarter.slice(6)) - 1;
  const start = (month: number): Instant =>
    instant(
      `${year + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01T00:00:00.000+08:00`,
    );
  return { from: start(index * 3), to: start(index * 3 + 3) };
}

export function quarterAt(at: Instant): string {
  const [year = '', month = ''] = beijingDay(at).split('-');
  return `${year}-Q${Math.ceil(Number(month) / 3)}`;
}

/** The quarters that can be asked for: the running one and those before it, newest first, back to the first that has something. */
export function quartersSince(first: Instant, now: Instant, most: number): string[] {
  const list: string[] = [];
  let at = now;
  while (list.length < most) {
    const quarter = quarterAt(at);
    list.push(quarter);
    const { from } = quarterPeriod(quarter);
    if (from <= first) break;
    at = instant(from - 1);
  }
  return list;
}
