import { deadlinesOf, openOfKind, type OpenDeadline } from '../../kit/deadlines.ts';
import { done, refuse } from '../../kit/result.ts';
import { serve } from '../../kit/route.ts';
import type { Queryable } from '../../kit/sql.ts';
import { instant } from '../../kit/time.ts';
import { reader } from '../../kit/tx.ts';
import type { ReminderKind } from '../../notifications/reminders.contract.ts';
import { toldOfClocks } from '../../notifications/views.ts';
import { clockName } from '../../orders/reminders.rules.ts';
import { seenFrom } from '../actions.ts';
import { toldContract } from './contract.ts';
import { unreminded } from './unreminded.data.ts';
import { toldAbout, toldOfCases, untoldOfCases } from './views.ts';

const sideOf: Readonly<Record<string, 'buyer' | 'merchant' | 'platform'>> = {
  'case.news': 'buyer',
  'shop.case': 'merchant',
  'staff.case': 'platform',
};
const shown = 60;
// As many as the page of deadlines shows, and of each the newest.
const deadlinesShown = 50;
const ofEachShown = 6;

export const toldRoutes = {
  tellings: serve(toldContract.tellings, async ({ db, viewer }, { caseId }) => {
    const on = await reader(db);
    const seen = await seenFrom(on, viewer, caseId);
    if (!seen) return refuse('CASE_NOT_FOUND');
    const [rows, [untold], deadlines] = await Promise.all([
      toldAbout(on, { viewerCase: caseId, limit: shown }),
      untoldOfCases(on, { viewerCases: [caseId] }),
      deadlinesOf(on, { shopId: seen.shopId, about: caseId }),
    ]);
    const tellings = rows.map(({ kind, ...row }) => ({
      ...row,
      to: sideOf[kind] ?? ('platform' as const),
      channel: 'message_centre' as const,
    }));
    return done({
      // What the desk tells itself is its own.
      tellings: tellings.filter((one) => seen.side === 'staff' || one.to !== 'platform'),
      waiting: untold?.waiting ?? 0,
      remindAt: deadlines.find((one) => one.what === 'case.remind')?.dueAt ?? null,
    });
  }),
  ofDeadlines: serve(toldContract.ofDeadlines, async ({ db }, { what, after }) => {
    const on = await reader(db);
    const rows = await openOfKind(on, { what, after: instant(after ?? 0), limit: deadlinesShown });
    // What was typed may be the name of something that every object has.
    const why = Object.hasOwn(unreminded, what) ? unreminded[what] : undefined;
    return done({ unreminded: why ?? null, deadlines: await toldOfDeadlines(on, rows) });
  }),
};

/** Seats of a tribunal are the platform's, and who sits is nobody's to know. */
const remindedSide = (kind: ReminderKind): 'buyer' | 'merchant' | 'platform' =>
  kind === 'deadline.near' ? 'buyer' : kind.startsWith('shop.') ? 'merchant' : 'platform';

/** Reminders of the clock itself, and where it is the clock of a case, what was told about the case. */
async function toldOfDeadlines(on: Queryable, rows: readonly OpenDeadline[]) {
  const viewerCases = rows.map((row) => row.about);
  const [reminders, news, untold] = await Promise.all([
    toldOfClocks(on, { viewerClocks: rows.map(clockName) }),
    toldOfCases(on, { viewerCases, limit: ofEachShown }),
    untoldOfCases(on, { viewerCases }),
  ]);
  const channel = 'message_centre' as const;
  return rows.map((row) => {
    const mine = reminders.filter((one) => one.clock === clockName(row));
    const tellings = [
      ...mine.map(({ kind, part, at, people, read, readAt }) => ({
        at,
        channel,
        people,
        read,
        readAt,
        to: remindedSide(kind),
        what: { zh: `时间已过${part}%的提醒`, en: `Reminder: ${part}% of the time is over` },
      })),
      ...news.flatMap(({ about, kind, what, at, people, read, readAt }) =>
        about === row.about
          ? [{ at, channel, people, read, readAt, what, to: sideOf[kind] ?? ('platform' as const) }]
          : [],
      ),
    ];
    const waiting = untold.find((one) => one.about === row.about)?.waiting ?? 0;
    return { about: row.about, waiting, tellings };
  });
}
