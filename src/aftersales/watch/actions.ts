import { lowestId } from '../../kit/ids.ts';
import { instant, plus } from '../../kit/time.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import type { Reader, Tx } from '../../kit/tx.ts';
import type { Viewer } from '../../kit/viewer.ts';
import { must } from '../../kit/assert.ts';
import { recordNext } from '../../evidence/actions.ts';
import { noteSignals } from '../../risk/actions.ts';
import { keepRates } from '../../risk/rates.actions.ts';
import { disputeRate, isRunaway, rateLevel, windowStart } from '../../risk/rules.ts';
import { cureTickets, openTickets } from '../../risk/tickets.actions.ts';
import { param } from '../../rules/rules.ts';
import { versionAt } from '../../rules/terms.rules.ts';
import { holdCases } from '../held.actions.ts';
import { hears } from '../actions.ts';
import type { WatchRefusal } from './contract.ts';
import type { FindingKind } from './contract.ts';
import { findingSides } from './contract.ts';
import { signalsOfCase } from './rules.ts';
import { recordOfShop, shopsWithCases, silentShops, watchedCases } from './views.ts';

type Keys = { readonly shops: readonly string[]; readonly ids: readonly string[] };

/** Looks at cases for signs of abuse, and notes each with its evidence; looking twice notes nothing twice. */
export async function watchCases(tx: Tx, keys: Keys): Promise<void> {
  const since = windowStart('buyer', versionAt(tx.business), tx.business);
  const rows = await watchedCases(tx, { viewerShops: keys.shops, ids: keys.ids, since });
  await noteSignals(tx, rows.flatMap(signalsOfCase));
}

/** F085: whoever says that a shop cannot be reached opens a ticket about it. */
export async function noteUnreachable(tx: Tx, keys: Keys): Promise<void> {
  const since = windowStart('buyer', versionAt(tx.business), tx.business);
  const rows = await watchedCases(tx, { viewerShops: keys.shops, ids: keys.ids, since });
  await openTickets(
    tx,
    rows
      .filter((one) => one.reason === 'MERCHANT_UNREACHABLE')
      .map((one) => ({
        kind: 'unreachable' as const,
        subjectId: one.shopId,
        ref: one.id,
        facts: { case: one.id, order: one.orderId },
      })),
  );
}

/** Shops that are silent by article 47, read without a lock: the alarm looks again. */
export async function runaways(
  on: Reader,
): Promise<{ shopId: string; openCases: number; latestId: string }[]> {
  const version = versionAt(on.business);
  const since = plus(on.business, { hours: -param(version, 'SILENT') });
  const rows = await silentShops(on, { viewerStaff: true, since, cases: param(version, 'SILENT_CASES') });
  return rows.filter((one) =>
    isRunaway({ lastActAt: one.oldestAt, openCases: one.openCases }, version, on.business),
  );
}

/** F109: raises the alarm about silent shops. The same silence rings once; its money is frozen with it. */
export async function raiseAlarms(tx: Tx): Promise<number> {
  const rows = await runaways(tx);
  const ids = await openTickets(
    tx,
    rows.map((one) => ({
      kind: 'runaway' as const,
      subjectId: one.shopId,
      ref: one.latestId,
      facts: { cases: one.openCases },
    })),
  );
  return ids.filter((id) => id !== null).length;
}

/** Counts a shop's disputes and answers anew (F097, F120), for everybody to read; opens or cures the ticket about its rate. */
export async function countShop(tx: Tx, shopId: string): Promise<void> {
  const version = versionAt(tx.business);
  const days = param(version, 'RATE_WINDOW');
  const since = plus(tx.business, { days: -days });
  // Ids are of the wall clock: an order of the time is not older than the time itself, whatever a demo's clock says.
  const oldest = lowestId(instant(Math.min(tx.wall, tx.business) - (days + 60) * 86_400_000));
  const [row] = await recordOfShop(tx, { viewerShop: shopId, since, oldest });
  const record = must(row, 'counts are one row');
  keepRates(tx, { shopId, ...record });
  const rate = disputeRate(record, version);
  const level = rateLevel(rate, version);
  if (level === 'review' || level === 'freeze')
    await openTickets(tx, [
      {
        kind: 'dispute_rate',
        subjectId: shopId,
        ref: `${level}/${Math.floor(tx.business / 86_400_000 / 30)}`,
        facts: { level, bps: rate.bps, orders: rate.orders, disputed: rate.disputed },
      },
    ]);
  else await cureTickets(tx, { kind: 'dispute_rate', subjects: [shopId] });
}

export async function shopsToCount(on: Reader): Promise<string[]> {
  const since = plus(on.business, { days: -param(versionAt(on.business), 'RATE_WINDOW') });
  return (await shopsWithCases(on, { viewerStaff: true, since })).map((one) => one.shopId);
}

export type Finding = {
  readonly viewer: Viewer;
  readonly caseId: string;
  readonly kind: FindingKind;
  readonly exhibit: number | null;
  readonly says: string;
};

/**
 * Whoever decided a case writes down what it showed about a party: a finding with its evidence, which the risk desk may answer. It is a fact
 * of the order's log as well. FINDING_NOT_YOURS: only who decided it, once it is decided.
 */
export async function noteFinding(tx: Tx, p: Finding): Promise<Result<{ noted: boolean }, WatchRefusal>> {
  const file = hears(p.viewer) ? (await holdCases(tx, [p.caseId])).get(p.caseId) : undefined;
  if (!file) return refuse('CASE_NOT_FOUND');
  const one = file.case;
  const byId = must(p.viewer.userId, 'staff has an id');
  if (one.handlerId !== byId && one.seniorId !== byId) return refuse('FINDING_NOT_YOURS');
  if (one.awardRemedy === null || one.state === 'review' || one.state === 'signing')
    return refuse('FINDING_TOO_EARLY');
  if (p.exhibit !== null && p.exhibit > file.counts.exhibits) return refuse('EXHIBIT_NOT_THERE');
  const side = findingSides[p.kind];
  const noted = await noteSignals(tx, [
    {
      subjectId: side === 'buyer' ? one.buyerId : one.shopId,
      side,
      kind: p.kind,
      ref: one.id,
      evidence: {
        caseId: one.id,
        orderId: one.orderId,
        says: p.says,
        ...(p.exhibit === null ? {} : { exhibit: p.exhibit }),
      },
    },
  ]);
  if (noted > 0)
    await recordNext(tx, [
      {
        shopId: one.shopId,
        about: one.orderId,
        kind: 'case.finding',
        actor: `operator:${byId}`,
        keyOwner: null,
        body: {
          case: one.id,
          side,
          kind: p.kind,
          exhibit: p.exhibit,
          says: p.says,
          article: side === 'buyer' ? '38' : '34',
        },
      },
    ]);
  return done({ noted: noted > 0 });
}
