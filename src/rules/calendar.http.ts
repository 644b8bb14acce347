import { must } from '../kit/assert.ts';
import { openOfKind } from '../kit/deadlines.ts';
import { once } from '../kit/once.ts';
import { done } from '../kit/result.ts';
import { serve } from '../kit/route.ts';
import { instant, plus } from '../kit/time.ts';
import { reader, transaction } from '../kit/tx.ts';
import type { Context } from '../kit/viewer.ts';
import { declareOutage, loadCalendar } from './calendar.actions.ts';
import { calendarContract } from './calendar.contract.ts';
import { calendarNow, coveredUntil } from './calendar.rules.ts';
import { derivationOf } from './explain.rules.ts';
import { loadRules } from './loading.actions.ts';
import { calendarsOf, outagesSince } from './views.ts';

const me = (context: Context): string => must(context.viewer.userId, 'staff has an account');
const pageSize = 50;

export const calendarRoutes = {
  calendars: serve(calendarContract.calendars, async ({ db }) => {
    const on = await reader(db);
    const [versions, outages] = await Promise.all([
      calendarsOf(on),
      outagesSince(on, { since: plus(on.business, { days: -365 }) }),
    ]);
    const calendar = calendarNow();
    return done({
      current: calendar.version,
      coveredUntil: coveredUntil(calendar),
      years: calendar.years.map(({ year, source, off, work }) => ({
        year,
        source,
        off: off.map(([from, to]): [string, string] => [from, to]),
        work: [...work],
      })),
      versions: versions.map(({ version, at }) => ({ version, at })),
      outages: outages.map(({ from, to, zh, en, applied }) => ({ from, to, reason: { zh, en }, applied })),
    });
  }),
  loadCalendar: serve(calendarContract.loadCalendar, async (context, { calendar, ...year }) => {
    const answer = await transaction(context.db, (tx) =>
      loadCalendar(tx, { version: calendar, year, byId: me(context) }),
    );
    await loadRules(context.db);
    return answer;
  }),
  declareOutage: serve(calendarContract.declareOutage, async (context, { fromAt, toAt, because }) => {
    const p = { from: instant(fromAt), to: instant(toAt), reason: because, byId: me(context) };
    const key = must(context.idempotencyKey, 'a keyed route has a key');
    const answer = await transaction(context.db, (tx) =>
      once(tx, { scope: `usr:${p.byId}/rules.outage`, key, input: { fromAt, toAt, because } }, () =>
        declareOutage(tx, p),
      ),
    );
    await loadRules(context.db);
    return answer;
  }),
  derivations: serve(calendarContract.derivations, async ({ db }, { what, after }) => {
    const rows = await openOfKind(await reader(db), {
      what,
      after: instant(after ?? 0),
      limit: pageSize + 1,
    });
    return done({
      deadlines: rows.slice(0, pageSize).map((row) => ({ about: row.about, derivation: derivationOf(row) })),
      next: rows.length > pageSize ? (rows[pageSize]?.dueAt ?? null) : null,
    });
  }),
};
