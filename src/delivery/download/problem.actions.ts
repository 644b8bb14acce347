import { clearDeadlines, type Due } from '../../kit/deadlines.ts';
import type { Fen } from '../../kit/money.ts';
import { publish } from '../../kit/outbox.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { send, type Tx } from '../../kit/tx.ts';
import { recordNext } from '../../evidence/actions.ts';
import type { OrderKey } from '../../orders/actions.ts';
import { articleOfParam } from '../../rules/rules.ts';
import { failLines } from '../line.actions.ts';
import type { Asking } from '../units.actions.ts';
import type { DownloadRefusal, LinkReason } from './contract.ts';
import {
  freeMoney,
  holdDownloads,
  holdMoney,
  holdOwnDownload,
  isWaiting,
  putGrants,
  setFixDeadline,
  type HeldDownload,
} from './held.actions.ts';
import { findingOf } from './reach.rules.ts';
import { refundDelivered } from './refund.actions.ts';
import {
  cannotCancel,
  cannotReport,
  decideLapse,
  fixBy,
  stepGrant,
  type Outcome,
  type Problem,
} from './rules.ts';
import { closeProblem, insertProblem } from './store.ts';

export type AskingLine = Asking & { readonly userId: string; readonly line: number };

/**
 * The buyer says that no address came, or that it does not work (F211, F179). What the platform found when it looked is kept with it; the shop corrects
 * it within LINK_FIX (VGSR article 16), and until then the money does not move.
 */
export async function reportLink(
  tx: Tx,
  p: AskingLine & { reason: LinkReason },
): Promise<Result<Problem, DownloadRefusal>> {
  const held = await holdOwnDownload(tx, p);
  if (!held) return refuse('ORDER_NOT_FOUND');
  const row = held.later.later.find((one) => one.line === p.line && one.goods === 'download');
  if (!row) return refuse('DOWNLOAD_NOT_FOUND');
  const refused = cannotReport(
    {
      grant: held.grants.get(p.line),
      waiting: isWaiting(held, p.line),
      open: held.problems.get(p.line),
      paidAt: row.paidAt,
      rulebook: held.later.order.rulebook,
    },
    tx.business,
  );
  if (refused) return refuse(refused);
  return done(await openProblem(tx, held, { ...p, by: 'buyer', byId: p.userId }));
}

async function openProblem(
  tx: Tx,
  held: HeldDownload,
  p: { line: number; reason: LinkReason; by: 'buyer' | 'system'; byId: string | null },
): Promise<Problem> {
  const { order } = held.later;
  const grant = held.grants.get(p.line);
  const release = grant && held.releases.get(grant.releaseId);
  const problem: Problem = {
    shopId: order.shopId,
    orderId: order.id,
    line: p.line,
    nth: 0,
    reason: p.reason,
    byKind: p.by,
    byId: p.byId,
    releaseId: grant?.releaseId ?? null,
    finding: findingOf(release),
    openedAt: tx.business,
    dueAt: fixBy(tx.business, order.rulebook),
    closedAt: null,
    outcome: null,
  };
  send(tx, insertProblem(tx, problem));
  const stepped = grant && stepGrant(grant, 'report', p.by);
  if (stepped) {
    held.grants.set(p.line, stepped);
    putGrants(tx, [stepped]);
    holdMoney(tx, held, p.line);
  }
  held.problems.set(p.line, problem);
  setFixDeadline(tx, held);
  await recordNext(tx, [
    {
      shopId: order.shopId,
      about: order.id,
      kind: 'delivery.link_reported',
      actor: p.byId === null ? p.by : `${p.by}:${p.byId}`,
      keyOwner: order.buyerId,
      body: {
        line: p.line,
        reason: p.reason,
        finding: problem.finding,
        release: problem.releaseId,
        reach: release?.reach ?? null,
        reachedAt: release?.reachedAt ?? null,
        dueAt: problem.dueAt,
        article: articleOfParam(order.rulebook, 'LINK_FIX'),
      },
    },
  ]);
  await publish(tx, [{ event: 'download.reported', about: [order.id], shops: [order.shopId] }]);
  return problem;
}

/** The buyer says that it works after all. */
export async function withdrawReport(
  tx: Tx,
  p: AskingLine,
): Promise<Result<{ state: string }, DownloadRefusal>> {
  const held = await holdOwnDownload(tx, p);
  if (!held) return refuse('ORDER_NOT_FOUND');
  const problem = held.problems.get(p.line);
  if (!problem) return refuse('REPORT_NONE');
  await endProblem(tx, held, problem, {
    outcome: 'withdrawn',
    actor: `buyer:${p.userId}`,
    event: 'withdraw',
    by: 'buyer',
  });
  return done({ state: held.grants.get(p.line)?.state ?? 'waiting' });
}

/** Ends a problem without money: the grant goes on as it was, the hold ends. */
async function endProblem(
  tx: Tx,
  held: HeldDownload,
  problem: Problem,
  how: { outcome: Outcome; actor: string; event: 'withdraw' | 'close'; by: 'buyer' | 'clock' | 'system' },
): Promise<void> {
  const { order } = held.later;
  const grant = held.grants.get(problem.line);
  const stepped = grant && stepGrant(grant, how.event, how.by);
  if (stepped) {
    held.grants.set(problem.line, stepped);
    putGrants(tx, [stepped]);
    freeMoney(tx, held, problem.line);
  }
  send(tx, closeProblem(tx, { ...problem, outcome: how.outcome, at: tx.business }));
  held.problems.delete(problem.line);
  setFixDeadline(tx, held);
  await recordNext(tx, [
    {
      shopId: order.shopId,
      about: order.id,
      kind: 'delivery.link_closed',
      actor: how.actor,
      keyOwner: order.buyerId,
      body: { line: problem.line, reason: problem.reason, outcome: how.outcome },
    },
  ]);
}

/**
 * Deadline download.fix: the time to correct is over. What a machine saw to be missing or dead is refunded; where the platform could open the address
 * itself nothing moves by itself, and both hear that a case is the way (DESIGN 8: no payment without a trigger that a machine verified).
 */
export async function lapseFixes(tx: Tx, due: readonly Due[]): Promise<void> {
  const held = await holdDownloads(
    tx,
    due.map((d) => ({ shopId: d.shopId, id: d.about })),
  );
  send(
    tx,
    clearDeadlines(
      tx,
      due.filter((d) => !held.has(d.about)),
    ),
  );
  for (const one of held.values()) {
    const late = [...one.problems.values()].filter((problem) => problem.dueAt <= tx.business);
    for (const problem of late) await lapse(tx, one, problem);
    setFixDeadline(tx, one);
  }
}

async function lapse(tx: Tx, held: HeldDownload, problem: Problem): Promise<void> {
  const { order } = held.later;
  const grant = held.grants.get(problem.line);
  if (isWaiting(held, problem.line)) {
    // A line that was never delivered: its own end refunds it, if that has not come before.
    const at = { shopId: order.shopId, orderId: order.id, line: problem.line };
    await failLines(tx, [{ ...at, by: 'system', byId: null, reason: 'no address in time', article: '16' }]);
    send(tx, closeProblem(tx, { ...problem, outcome: 'refunded', at: tx.business }));
    held.problems.delete(problem.line);
    return;
  }
  const release = grant && held.releases.get(grant.releaseId);
  const verdict = grant && decideLapse(release);
  const refunded = verdict === 'refunded' && (await refundLapsed(tx, held, problem));
  if (refunded) return;
  await endProblem(tx, held, problem, { outcome: 'case', actor: 'clock', event: 'close', by: 'clock' });
  await publish(tx, [{ event: 'download.uncorrected', about: [order.id], shops: [order.shopId] }]);
}

async function refundLapsed(tx: Tx, held: HeldDownload, problem: Problem): Promise<boolean> {
  const grant = held.grants.get(problem.line);
  const stepped = grant && stepGrant(grant, 'refund', 'clock');
  if (!stepped) return false;
  const amount = await refundDelivered(tx, held, {
    line: problem.line,
    by: 'clock',
    byId: null,
    article: '16',
    reason: 'address not corrected in time',
  });
  if (amount === 0n) return false;
  held.grants.set(problem.line, stepped);
  putGrants(tx, [stepped]);
  send(tx, closeProblem(tx, { ...problem, outcome: 'refunded', at: tx.business }));
  held.problems.delete(problem.line);
  freeMoney(tx, held, problem.line);
  return true;
}

/** Every download that is given from a release that turned out dead, or infected: the platform itself opens the correction (article 16). */
export async function openForRelease(
  tx: Tx,
  orders: readonly OrderKey[],
  p: { releaseId: string; reason: LinkReason },
): Promise<void> {
  for (const held of (await holdDownloads(tx, orders)).values())
    for (const [line, grant] of held.grants) {
      const canStep = stepGrant(grant, 'report', 'system') !== undefined && tx.business < grant.expiresAt;
      if (grant.releaseId !== p.releaseId || held.problems.has(line) || !canStep) continue;
      await openProblem(tx, held, { line, reason: p.reason, by: 'system', byId: null });
    }
}

/** The address opens again: what the platform itself had opened is closed; what a buyer reported stays. */
export async function closeForRelease(tx: Tx, orders: readonly OrderKey[], releaseId: string): Promise<void> {
  for (const held of (await holdDownloads(tx, orders)).values())
    // A map may lose what is being looked at.
    for (const problem of held.problems.values())
      if (problem.releaseId === releaseId && problem.byKind === 'system')
        await endProblem(tx, held, problem, {
          outcome: 'corrected',
          actor: 'system',
          event: 'close',
          by: 'system',
        });
}

/** Orders that were refunded as a whole, by a case or otherwise: nothing of them can be downloaded any more. */
export async function endDownloads(tx: Tx, orders: readonly OrderKey[]): Promise<void> {
  for (const held of (await holdDownloads(tx, orders)).values()) {
    if (held.later.order.state !== 'refunded') continue;
    for (const problem of held.problems.values()) {
      send(tx, closeProblem(tx, { ...problem, outcome: 'refunded', at: tx.business }));
      held.problems.delete(problem.line);
      freeMoney(tx, held, problem.line);
      setFixDeadline(tx, held);
    }
    putGrants(
      tx,
      [...held.grants.values()].flatMap((grant) => stepGrant(grant, 'refund', 'system') ?? []),
    );
  }
}

export type CancelledDownload = { readonly refunded: Fen; readonly to: 'wallet' | 'channel' };

/** The buyer cancels what was never downloaded (VGSR article 20): all its money goes back to where it came from. */
export async function cancelDownload(
  tx: Tx,
  p: AskingLine,
): Promise<Result<CancelledDownload, DownloadRefusal>> {
  const held = await holdOwnDownload(tx, p);
  if (!held) return refuse('ORDER_NOT_FOUND');
  const grant = held.grants.get(p.line);
  const { order } = held.later;
  const refused = cannotCancel(grant, order.rulebook, tx.business);
  if (refused) return refuse(refused);
  const stepped = grant && stepGrant(grant, 'cancel', 'buyer');
  if (!stepped || order.state !== 'delivered') return refuse('CANCEL_WINDOW_OVER');
  const refunded = await refundDelivered(tx, held, {
    line: p.line,
    by: 'buyer',
    byId: p.userId,
    article: '20',
    reason: 'cancelled before the first download',
  });
  putGrants(tx, [stepped]);
  const payment = held.later.later.find((one) => one.line === p.line)?.paymentId ?? null;
  return done({ refunded, to: payment === null ? 'wallet' : 'channel' });
}
