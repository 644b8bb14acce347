import { done, refuse } from '../../kit/result.ts';
import { serve } from '../../kit/route.ts';
import { reader, type Reader } from '../../kit/tx.ts';
import type { Viewer } from '../../kit/viewer.ts';
import { must } from '../../kit/assert.ts';
import { noFen } from '../../kit/money.ts';
import { firstCallOf } from '../../messaging/views.ts';
import { seenFrom } from '../actions.ts';
import { decideAssign } from '../desk.rules.ts';
import { summaryOf } from '../http.ts';
import { ableOf } from '../page.rules.ts';
import { reasonOf } from '../rules.ts';
import { headOf, openObjections } from '../views.ts';
import { countedTo, queueContract, type QueueView } from './contract.ts';
import { fastReasons, placeOf, placeText, soughtBy, type Place } from './rules.ts';
import {
  casesNumbered,
  handsOf,
  queueCounts,
  queueRows,
  shopsNamed,
  waitingByHolder,
  waitingByReasons,
  waitingByShops,
  waitingByState,
  waitingByTime,
  waitingFree,
} from './views.ts';

type Asked = {
  readonly view: QueueView;
  readonly reason: string | null;
  readonly shops: readonly string[] | null;
  readonly after: Place;
  readonly limit: number;
};
type Key = { readonly shopId: string; readonly id: string };
type Page = { readonly keys: readonly Key[]; readonly next: string | null };

/** How many rows of an index one page looks at, at most. */
const window = 400;
const shopsSought = 5;
const objectionsShown = 50;

const isStaff = (viewer: Viewer): boolean => viewer.staff.length > 0;

type Looked = Parameters<typeof waitingByTime>[1];

/** Walks the index that narrows best; the rest is looked at row by row within the window. */
async function walk(on: Reader, viewer: Viewer, p: Asked): Promise<Page> {
  const late = p.view === 'late' ? on.business : null;
  const state = p.view === 'signing' || p.view === 'appealed' ? p.view : null;
  const asked = { viewerStaff: isStaff(viewer), ...p.after, reason: p.reason, state, late, window };
  return pageOf(await wayFor(on, viewer, p, asked), p.limit);
}

function wayFor(on: Reader, viewer: Viewer, p: Asked, asked: Looked): ReturnType<typeof waitingByTime> {
  if (p.shops !== null) return waitingByShops(on, { ...asked, viewerShops: p.shops });
  if (p.view === 'mine') return waitingByHolder(on, { ...asked, holder: viewer.userId ?? '' });
  if (p.view === 'free') return waitingFree(on, asked);
  if (p.view === 'fast') return waitingByReasons(on, { ...asked, reasons: fastReasons });
  if (asked.state !== null) return waitingByState(on, { ...asked, only: asked.state });
  if (p.reason !== null) return waitingByReasons(on, { ...asked, reasons: [p.reason] });
  return waitingByTime(on, asked);
}

type Row = Awaited<ReturnType<typeof waitingByTime>>[number];
/** The first rows that fit, and where to go on: behind the last of them or, where the window ended first, behind the last that was looked at. */
function pageOf(rows: readonly Row[], limit: number): Page {
  const fitting = rows.filter((row) => row.fits);
  const keys = fitting.slice(0, limit);
  const last =
    fitting.length > limit ? keys.at(-1) : (rows[0]?.total ?? 0) === window ? rows.at(-1) : undefined;
  return { keys, next: last ? placeText(last) : null };
}

/** The page that somebody asked for: by what was typed, or by the queue. */
async function find(on: Reader, viewer: Viewer, p: Asked & { search: string | undefined }): Promise<Page> {
  const sought = soughtBy(p.search ?? '');
  if (!sought) return walk(on, viewer, p);
  const viewerStaff = isStaff(viewer);
  if (sought.by === 'shop') {
    const named = await shopsNamed(on, { viewerStaff, beginning: sought.name, limit: shopsSought });
    return walk(on, viewer, { ...p, shops: named.map((shop) => shop.id) });
  }
  const keys = await casesNumbered(on, {
    viewerStaff,
    id: sought.by === 'case' ? sought.id : null,
    tail: sought.by === 'tail' ? sought.tail : null,
    orderId: sought.by === 'order' ? sought.id : null,
    limit: p.limit,
  });
  return { keys, next: null };
}

const queue = serve(queueContract.queue, async ({ db, viewer }, { view, reason, search, after, limit }) => {
  const on = await reader(db);
  const viewerStaff = isStaff(viewer);
  const asked = { view, reason: reason ?? null, shops: null, after: placeOf(after), limit, search };
  const counting = { viewerStaff, viewerId: viewer.userId ?? '', now: on.business, most: countedTo + 1 };
  const [page, [counts], objections] = await Promise.all([
    find(on, viewer, asked),
    queueCounts(on, counting),
    openObjections(on, { viewerStaff, limit: objectionsShown }),
  ]);
  const rows = await queueRows(on, {
    viewerMay: viewerStaff,
    shops: page.keys.map((key) => key.shopId),
    ids: page.keys.map((key) => key.id),
  });
  return done({
    cases: rows.map(({ holder, holderId, place: _, ...row }) => ({
      ...summaryOf(row),
      holder,
      mine: holderId !== null && holderId === viewer.userId,
      taken: holderId !== null,
      fast: reasonOf(row.reason).fast === true,
    })),
    next: page.next,
    counts: must(counts, 'counting answers'),
    objections,
    now: on.business,
  });
});

const standing = serve(queueContract.standing, async ({ db, viewer }, { caseId }) => {
  const on = await reader(db);
  const seen = await seenFrom(on, viewer, caseId);
  if (!seen || !isStaff(viewer)) return refuse('CASE_NOT_FOUND');
  const { shopId, orderId, buyerId } = seen;
  const [[found], hands, [call]] = await Promise.all([
    headOf(on, { shopId, viewerCase: caseId }),
    handsOf(on, { shopId, viewerCase: caseId }),
    firstCallOf(on, { shopId, viewerOrder: orderId }),
  ]);
  const head = must(found, 'a case that is seen is there');
  const holderId = head.state === 'appealed' || head.state === 'chaired' ? head.seniorId : head.handlerId;
  const byId = viewer.userId ?? '';
  const take = decideAssign({
    case: head,
    byId,
    now: on.business,
    refundable: noFen,
    involved: viewer.buyerIds.includes(buyerId) || viewer.shops.some((one) => one.shopId === shopId),
    before: hands,
    reissue: 'ok',
  });
  return done({
    mine: holderId !== null && holderId === byId,
    holder: hands.findLast((one) => one.userId === holderId)?.name ?? null,
    before: hands.map(({ name, tier, at, userId }) => ({ name, tier, at, me: userId === byId })),
    take: ableOf(take),
    contactAt: call?.at ?? null,
  });
});

export const queueRoutes = { queue, standing };
