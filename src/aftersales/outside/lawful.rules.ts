import { done, refuse, type Result } from '../../kit/result.ts';
import { instant, plus, type Instant } from '../../kit/time.ts';
import type { RequestState } from './lawful.store.ts';

type Request = { readonly state: RequestState; readonly receivedBy: string };

/** Whoever entered a request does not grant it. */
export function decideGrant(
  request: Request | undefined,
  byId: string,
): Result<true, 'REQUEST_NOT_FOUND' | 'REQUEST_MOVED_ON' | 'NEEDS_ANOTHER_PERSON'> {
  if (!request) return refuse('REQUEST_NOT_FOUND');
  if (request.state !== 'received') return refuse('REQUEST_MOVED_ON');
  return request.receivedBy === byId ? refuse('NEEDS_ANOTHER_PERSON') : done(true);
}

/** A request is declined before it was granted, and answered after. */
export function decideClose(
  request: Request | undefined,
  declines: boolean,
): Result<'answered' | 'declined', 'REQUEST_NOT_FOUND' | 'REQUEST_MOVED_ON'> {
  if (!request) return refuse('REQUEST_NOT_FOUND');
  const open = declines ? request.state === 'received' : request.state === 'granted';
  return open ? done(declines ? 'declined' : 'answered') : refuse('REQUEST_MOVED_ON');
}

/** '2026-H2' is from the first of July until the first of January, by the day of Beijing. */
export function halfYear(half: string): { from: Instant; to: Instant } {
  const [year = '2026', part] = half.split('-');
  const start = part === 'H1' ? `${year}-01-01` : `${year}-07-01`;
  const end = part === 'H1' ? `${year}-07-01` : `${Number(year) + 1}-01-01`;
  return { from: instant(`${start}T00:00:00+08:00`), to: instant(`${end}T00:00:00+08:00`) };
}

/** The identity was looked at in the last six months before the end of the half-year (网络交易监督管理办法 art. 24). */
export const isStale = (checkedAt: Instant | null, end: Instant): boolean =>
  checkedAt === null || checkedAt < plus(end, { days: -183 });

/** A field of CSV: quoted, and never a formula for a spreadsheet. */
export const csvField = (value: string): string =>
  `"${(/^[=+\-@\t\r]/.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`;
