import { nextState } from '../../kit/machine.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { plus, type Instant } from '../../kit/time.ts';
import { dueBy, param } from '../../rules/rules.ts';
import { cancelBy } from '../../rules/terms.rules.ts';
import type { DownloadRefusal, Finding, LinkReason, Reach } from './contract.ts';
import { downloadTable, type DownloadEvent, type DownloadState } from './machine.ts';

/** What a shop registered: a file of the platform (`reach` own), or an address. */
export type Release = {
  readonly shopId: string;
  readonly id: string;
  readonly listingId: string;
  readonly origin: 'platform' | 'address';
  readonly version: string;
  readonly name: string;
  readonly sha256: Buffer;
  readonly size: number | null;
  readonly wrapped: Buffer | null;
  readonly sealed: Buffer | null;
  readonly host: string;
  readonly at: Instant;
  readonly reach: Reach;
  readonly reachedAt: Instant;
  readonly failures: number;
  readonly page: Buffer | null;
  /** Malware was found in it after it had been taken. */
  readonly infected: boolean;
};

/** What one line of an order may download. */
export type Grant = {
  readonly shopId: string;
  readonly orderId: string;
  readonly line: number;
  readonly buyerId: string;
  readonly releaseId: string;
  readonly nth: number;
  readonly state: DownloadState;
  readonly allowed: number;
  readonly used: number;
  readonly deliveredAt: Instant;
  readonly expiresAt: Instant;
  readonly firstAt: Instant | null;
};

export type Problem = {
  readonly shopId: string;
  readonly orderId: string;
  readonly line: number;
  readonly nth: number;
  readonly reason: LinkReason;
  readonly byKind: 'buyer' | 'system';
  readonly byId: string | null;
  readonly releaseId: string | null;
  readonly finding: Finding;
  readonly openedAt: Instant;
  readonly dueAt: Instant;
  readonly closedAt: Instant | null;
  readonly outcome: Outcome | null;
};
export type Outcome = 'corrected' | 'refunded' | 'withdrawn' | 'case';

type By = 'buyer' | 'system' | 'merchant' | 'clock';

/** A grant after an event, or undefined where its life has no such step. A correction leaves it as it was before: downloaded or not. */
export function stepGrant(grant: Grant, event: DownloadEvent, by: By): Grant | undefined {
  const to = nextState(downloadTable, grant.state as never, event, by) as DownloadState | undefined;
  if (!to) return undefined;
  return { ...grant, state: to === 'ready' && grant.firstAt !== null ? 'downloaded' : to };
}

/** Whether a release can be given to a buyer at all (F016, F142, F177). */
export const isGood = (release: Pick<Release, 'reach' | 'infected'> | undefined): boolean =>
  release !== undefined && !release.infected && release.reach !== 'dead';

/** What a line gets: so many downloads for each unit, and at least so many days as article 16 says (F140). */
export function grantFor(p: {
  line: { shopId: string; orderId: string; line: number };
  buyerId: string;
  releaseId: string;
  quantity: number;
  stated: { downloads: number; days: number };
  rulebook: string;
  at: Instant;
}): Grant {
  const days = Math.max(p.stated.days, param(p.rulebook, 'DOWNLOAD_DAYS'));
  const each = Math.max(p.stated.downloads, param(p.rulebook, 'DOWNLOAD_COUNT'));
  return {
    ...p.line,
    buyerId: p.buyerId,
    releaseId: p.releaseId,
    nth: 1,
    state: 'ready',
    allowed: each * p.quantity,
    used: 0,
    deliveredAt: p.at,
    expiresAt: plus(p.at, { days }),
    firstAt: null,
  };
}

/** A grant with the release that corrects it: a new delivery, with time and downloads enough to use it. */
export function correctGrant(grant: Grant, releaseId: string, rulebook: string, at: Instant): Grant {
  const until = plus(at, { days: param(rulebook, 'DOWNLOAD_DAYS') });
  return {
    ...grant,
    releaseId,
    nth: grant.nth + 1,
    allowed: Math.max(grant.allowed, grant.used + param(rulebook, 'DOWNLOAD_COUNT')),
    expiresAt: grant.expiresAt > until ? grant.expiresAt : until,
  };
}

/** Why this cannot be downloaded now, or undefined. */
export function cannotDownload(
  grant: Grant | undefined,
  release: Release | undefined,
  now: Instant,
): DownloadRefusal | undefined {
  if (!grant || !release) return 'DOWNLOAD_NOT_READY';
  if (grant.state === 'refunded' || grant.state === 'withdrawn') return 'DOWNLOAD_ENDED';
  if (release.infected) return 'FILE_WITHHELD';
  if (now >= grant.expiresAt) return 'DOWNLOAD_EXPIRED';
  // An address counts nothing: whoever has it has it.
  if (release.origin === 'platform' && grant.used >= grant.allowed) return 'DOWNLOADS_USED_UP';
  return undefined;
}

/** A download that begins: counted where the platform has the file, the first one marked (F178 of the buyer's rights: faults stay open). */
export function decideStart(
  grant: Grant | undefined,
  release: Release | undefined,
  now: Instant,
): Result<{ grant: Grant; first: boolean }, DownloadRefusal> {
  const refused = cannotDownload(grant, release, now);
  if (refused || !grant || !release) return refuse(refused ?? 'DOWNLOAD_NOT_READY');
  const after = stepGrant(grant, 'download', 'buyer');
  if (!after) return refuse('DOWNLOAD_ENDED');
  const used = release.origin === 'platform' ? grant.used + 1 : grant.used;
  return done({ grant: { ...after, used, firstAt: grant.firstAt ?? now }, first: grant.firstAt === null });
}

/** From when a buyer can say that nothing came (F211). */
export const reportFrom = (paidAt: Instant, rulebook: string): Instant =>
  dueBy(rulebook, 'NO_ADDRESS', paidAt).dueAt;

export type ReportFacts = {
  readonly grant: Grant | undefined;
  /** The line still waits for its delivery. */
  readonly waiting: boolean;
  readonly open: Problem | undefined;
  readonly paidAt: Instant;
  readonly rulebook: string;
};

/** Why nothing can be reported now, or undefined. */
export function cannotReport(facts: ReportFacts, now: Instant): DownloadRefusal | undefined {
  const { grant, waiting, open, paidAt, rulebook } = facts;
  if (open) return 'REPORT_OPEN';
  if (waiting) return now < reportFrom(paidAt, rulebook) ? 'REPORT_TOO_EARLY' : undefined;
  if (!grant) return 'DOWNLOAD_NOT_FOUND';
  if (grant.state === 'refunded' || grant.state === 'withdrawn') return 'DOWNLOAD_ENDED';
  return now >= grant.expiresAt ? 'DOWNLOAD_EXPIRED' : undefined;
}

/** Until when the shop must have corrected an address (article 16). */
export const fixBy = (openedAt: Instant, rulebook: string): Instant =>
  dueBy(rulebook, 'LINK_FIX', openedAt).dueAt;

/** Until when what nobody downloaded can be cancelled without a reason (article 20). */
export const cancelUntil = (grant: Grant, rulebook: string): Instant => cancelBy(grant.deliveredAt, rulebook);

/** Why this cannot be cancelled without a reason, or undefined. */
export function cannotCancel(
  grant: Grant | undefined,
  rulebook: string,
  now: Instant,
): DownloadRefusal | undefined {
  if (!grant) return 'DOWNLOAD_NOT_READY';
  if (grant.state === 'refunded' || grant.state === 'withdrawn') return 'DOWNLOAD_ENDED';
  if (grant.firstAt !== null) return 'CANCEL_AFTER_DOWNLOAD';
  if (grant.state === 'correcting') return 'REPORT_OPEN';
  return now >= cancelUntil(grant, rulebook) ? 'CANCEL_WINDOW_OVER' : undefined;
}

/**
 * What happens when the time to correct is over. Money goes back by itself only where a machine saw that nothing is there; what the platform
 * could open itself is a question for a case.
 */
export const decideLapse = (release: Release | undefined): 'refunded' | 'case' =>
  isGood(release) ? 'case' : 'refunded';
