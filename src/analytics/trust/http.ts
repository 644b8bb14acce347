import { done, refuse } from '../../kit/result.ts';
import { serve } from '../../kit/route.ts';
import { plus, type Instant } from '../../kit/time.ts';
import { reader, type Db, type Reader } from '../../kit/tx.ts';
import { trustContract } from './contract.ts';
import { quarterAt, quarterPeriod, quartersSince, type Period } from './rules.ts';
import { definitions, firstOrderAt, reasonsIn, sourcesIn, trustNumbers, weeksIn } from './views.ts';

const qualityDays = 30;
const quartersShown = 12;
const fresh_ms = 600_000;

/** All numbers of a period, one after another on one reader: a report must not take the database for itself. */
async function reportOf(on: Reader, p: Period, now: Instant) {
  const numbers = [];
  for (const { key, unit, words, definition, read } of trustNumbers) {
    const [row] = await read(on, p);
    numbers.push({ key, unit, words: { ...words }, definition, value: row?.value ?? null });
  }
  const reasons = await reasonsIn(on, p);
  const sources = await sourcesIn(on, p);
  const weeks = await weeksIn(on, p);
  return {
    ...p,
    complete: p.to <= now,
    numbers,
    reasons,
    sources: sources.map((one) => ({ ...one, amount: one.amount.toString() })),
    weeks: weeks.map((one) => ({ ...one, week: one.week ?? '', paid: one.paid.toString() })),
    definitions,
  };
}
type Report = Awaited<ReturnType<typeof reportOf>>;

const known = new WeakMap<
  Db['pool'],
  Map<string, { readonly at: Instant; readonly report: Promise<Report> }>
>();

/** The report of a quarter, read again when it is older than ten minutes; many who ask at once wait for one reading. */
function quarterReport(db: Db, on: Reader, quarter: string): Promise<Report> {
  const at = db.wall.now();
  const kept = known.get(db.pool) ?? new Map<string, { at: Instant; report: Promise<Report> }>();
  known.set(db.pool, kept);
  const last = kept.get(quarter);
  if (last && at - last.at < fresh_ms) return last.report;
  const report = reportOf(on, quarterPeriod(quarter), on.business);
  kept.set(quarter, { at, report });
  report.catch(() => kept.delete(quarter));
  return report;
}

export const trustRoutes = {
  report: serve(trustContract.report, async ({ db }, { quarter }) => {
    const on = await reader(db);
    const [first] = await firstOrderAt(on);
    const quarters = quartersSince(first?.at ?? on.business, on.business, quartersShown);
    const wanted = quarter === 'current' ? quarterAt(on.business) : quarter;
    if (!quarters.includes(wanted)) return refuse('QUARTER_UNKNOWN');
    return done({ quarter: wanted, quarters, ...(await quarterReport(db, on, wanted)) });
  }),
  quality: serve(trustContract.quality, async ({ db }) => {
    const on = await reader(db);
    const period = {
      from: plus(on.business, { days: -qualityDays }),
      to: plus(on.business, { seconds: 1 }),
    };
    return done(await reportOf(on, period, on.business));
  }),
};
