import { must } from '../../kit/assert.ts';
import { sumFen } from '../../kit/money.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { serve } from '../../kit/route.ts';
import { reader, transaction, type Db, type Reader } from '../../kit/tx.ts';
import type { Viewer } from '../../kit/viewer.ts';
import { agree, seenFrom, type Answer } from '../actions.ts';
import { summaryOf } from '../http.ts';
import { leftFor } from '../page.http.ts';
import { ableOf } from '../page.rules.ts';
import { soughtBy } from '../queue/rules.ts';
import { queueRows } from '../queue/views.ts';
import { caseRefusals, type CaseRefusal } from '../refusals.contract.ts';
import { headOf } from '../views.ts';
import { bulkContract } from './contract.ts';
import { outlookOf, type Outlook } from './rules.ts';
import { inboxKeys } from './views.ts';

/** How many rows of a shop's inbox one page looks at, at most. */
const window = 400;
const start = { by: '-infinity', id: '00000000-0000-0000-0000-000000000000' };

/** A place is the time as the database prints it and the id; one that is none of ours is the beginning. */
function placeOf(cursor: string | undefined): typeof start {
  const found = /^(infinity|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?\+00)~([0-9a-f-]{36})$/.exec(
    cursor ?? '',
  );
  return found ? { by: found[1] ?? '', id: found[2] ?? '' } : start;
}

const inbox = serve(bulkContract.inbox, async ({ db }, { shopId, turn, search, after, limit }) => {
  const on = await reader(db);
  const sought = soughtBy(search ?? '');
  const rows = await inboxKeys(on, {
    viewerShop: shopId,
    ...placeOf(after),
    turn,
    caseId: sought?.by === 'case' ? sought.id : null,
    tail: sought?.by === 'tail' ? sought.tail : null,
    orderId: sought?.by === 'order' ? sought.id : null,
    words: sought?.by === 'shop' ? sought.name : null,
    window,
  });
  const fitting = rows.filter((row) => row.fits);
  const shown = fitting.slice(0, limit);
  const last = fitting.length > limit ? shown.at(-1) : rows[0]?.total === window ? rows.at(-1) : undefined;
  const ids = shown.map((row) => row.id);
  const cases = await queueRows(on, { viewerMay: true, shops: ids.map(() => shopId), ids });
  return done({
    cases: cases.map(({ holder: _, holderId: __, place: ___, ...row }) => summaryOf(row)),
    next: last ? `${last.by}~${last.id}` : null,
    now: on.business,
  });
});

type Seen = Outlook & {
  caseId: string;
  title: string;
  units: number;
  remedy: 'refund' | 'reissue' | 'perform';
};

/** What agreeing to one case of this shop would do; one that is not its own is not there. */
async function lookAt(
  on: Reader,
  viewer: Viewer,
  p: { shopId: string; caseId: string },
): Promise<Result<Seen, CaseRefusal>> {
  const seen = await seenFrom(on, viewer, p.caseId);
  if (!seen || seen.side === 'staff' || seen.shopId !== p.shopId) return refuse('CASE_NOT_FOUND');
  const [found] = await headOf(on, { shopId: p.shopId, viewerCase: p.caseId });
  const head = must(found, 'a case that is seen is there');
  const { escrow, left } = await leftFor(on, head);
  const facts = {
    case: head,
    byId: viewer.userId ?? '',
    now: on.business,
    refundable: left,
    offer: null,
    reissue: 'ok' as const,
  };
  const { title, places, remedy } = head;
  return done({ ...outlookOf(facts, escrow), caseId: p.caseId, title, units: places.length, remedy });
}

const outlook = serve(bulkContract.outlook, async ({ db, viewer }, { shopId, caseIds }) => {
  const on = await reader(db);
  const rows: Seen[] = [];
  for (const caseId of new Set(caseIds)) {
    const row = await lookAt(on, viewer, { shopId, caseId });
    if (!row.ok) return row;
    rows.push(row.value);
  }
  const able = rows.filter((row) => row.decided.ok);
  return done({
    rows: rows.map(({ decided, ...row }) => ({ ...row, able: ableOf(decided) })),
    amount: sumFen(able.map((row) => row.amount)),
    escrow: sumFen(able.map((row) => row.escrow)),
    own: sumFen(able.map((row) => row.own)),
    units: able.reduce((sum, row) => sum + (row.remedy === 'reissue' ? row.units : 0), 0),
    now: on.business,
  });
});

/** One agreement of a list. One that failed for a reason of ours says so and lets the others go on: asking again is harmless. */
async function agreeOne(
  db: Db,
  viewer: Viewer,
  p: { shopId: string; caseId: string },
): Promise<Answer | Result<never, 'NOT_SURE'>> {
  try {
    const seen = await seenFrom(await reader(db), viewer, p.caseId);
    if (seen?.shopId !== p.shopId) return refuse('CASE_NOT_FOUND');
    return await transaction(db, (tx) => agree(tx, { caseId: p.caseId, viewer }));
  } catch {
    return refuse('NOT_SURE');
  }
}

const agreeAll = serve(bulkContract.agreeAll, async ({ db, viewer }, { shopId, caseIds }) => {
  const results = [];
  for (const caseId of new Set(caseIds)) {
    const answer = await agreeOne(db, viewer, { shopId, caseId });
    if (answer.ok) results.push({ caseId, done: true, state: answer.value.state, code: null, why: null });
    else {
      const { zh, en } = caseRefusals[answer.refusal];
      results.push({ caseId, done: false, state: null, code: answer.refusal, why: { zh, en } });
    }
  }
  const count = results.filter((one) => one.done).length;
  return done({ results, done: count, failed: results.length - count });
});

export const bulkRoutes = { inbox, outlook, agreeAll };
