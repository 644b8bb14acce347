import { must } from '../../kit/assert.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { serve } from '../../kit/route.ts';
import { hmac } from '../../kit/secret.ts';
import { reader, transaction, type Reader } from '../../kit/tx.ts';
import type { Context } from '../../kit/viewer.ts';
import { fileOfListing } from '../../catalog/file.actions.ts';
import { versionsOf } from '../../catalog/versions.actions.ts';
import { orderSeenBy } from '../../orders/actions.ts';
import { isOpen } from '../line.rules.ts';
import { downloadContract, fileLimits, type LinkReason } from './contract.ts';
import { cancelDownload, reportLink, withdrawReport } from './problem.actions.ts';
import { lookAgain, registerAddress, uploadRelease } from './release.actions.ts';
import {
  cancelUntil,
  cannotCancel,
  cannotDownload,
  cannotReport,
  reportFrom,
  type Grant,
  type Problem,
  type Release,
} from './rules.ts';
import { startDownload } from './start.actions.ts';
import {
  downloadListingsSeenBy,
  downloadsSeenBy,
  openProblemsOf,
  problemsSeenBy,
  releasesByIds,
  releasesSeenBy,
} from './views.ts';

const asking = ({ viewer }: Context, p: { orderId: string; line: number }) => ({
  ...p,
  buyerIds: viewer.buyerIds,
  userId: must(viewer.userId, 'the route needs a user'),
});

const traceOf = ({ db, viewer, ip }: Context) => ({
  deviceHash: hmac(db.keys.trace, `device/${viewer.deviceId ?? ''}`).subarray(0, 16),
  addressHash: hmac(db.keys.trace, `address/${ip}`).subarray(0, 16),
});

type SeenRelease = Release & { verdict: 'clean' | 'infected' | 'unknown'; verdictBy: string };
const releaseOut = (release: SeenRelease) => ({
  version: release.version,
  name: release.name,
  size: release.size,
  sha256: release.sha256.toString('hex'),
  origin: release.origin,
  host: release.host,
  verdict: release.verdict,
  verdictBy: release.verdictBy,
  reach: release.reach,
  reachedAt: release.reachedAt,
});
const problemOut = ({ reason, finding, openedAt, dueAt }: Problem) => ({ reason, finding, openedAt, dueAt });

type Row = Awaited<ReturnType<typeof downloadsSeenBy>>[number];

/** The grant of a row, or undefined before it was delivered. */
const grantOf = (row: Row): Grant | undefined =>
  row.releaseId === null
    ? undefined
    : {
        shopId: row.shopId,
        orderId: row.orderId,
        line: row.line,
        buyerId: row.buyerId,
        releaseId: row.releaseId,
        nth: must(row.nth, 'a grant'),
        state: must(row.state, 'a grant'),
        allowed: must(row.allowed, 'a grant'),
        used: must(row.used, 'a grant'),
        deliveredAt: must(row.deliveredAt, 'a grant'),
        expiresAt: must(row.expiresAt, 'a grant'),
        firstAt: row.firstAt,
      };

async function downloadsOf({ db, viewer }: Context, { orderId }: { orderId: string }) {
  const on = await reader(db);
  const rows = await downloadsSeenBy(on, { viewer, orderId });
  const [first] = rows;
  if (!first) {
    const order = await orderSeenBy(on, viewer, orderId);
    return order ? done({ downloads: [] }) : refuse('ORDER_NOT_FOUND');
  }
  const given = rows.flatMap((row) => row.releaseId ?? []);
  const [releases, problems, versions] = await Promise.all([
    releasesByIds(on, { shops: given.map(() => first.shopId), ids: given }),
    openProblemsOf(on, { shopId: first.shopId, orderId }),
    versionsOf(on, rows),
  ]);
  return done({
    downloads: rows.map((row, i) =>
      downloadOut(on, row, {
        release: releases.find((one) => one.id === row.releaseId),
        problem: problems.find((one) => one.line === row.line),
        file: versions[i]?.content.file ?? null,
      }),
    ),
  });
}

type Facts = {
  release: SeenRelease | undefined;
  problem: Problem | undefined;
  file: NonNullable<Awaited<ReturnType<typeof versionsOf>>[number]['content']['file']> | null;
};

function downloadOut(on: Reader, row: Row, { release, problem, file }: Facts) {
  const grant = grantOf(row);
  const waiting = isOpen({ state: row.lineState });
  const facts = { grant, waiting, open: problem, paidAt: row.paidAt, rulebook: row.rulebook };
  const lost = row.lineState === 'failed' || row.lineState === 'cancelled';
  return {
    line: row.line,
    state: grant?.state ?? (lost ? ('refunded' as const) : ('waiting' as const)),
    nth: grant?.nth ?? 0,
    release: release ? releaseOut(release) : null,
    listed: file ? { version: file.version, sha256: file.sha256 } : null,
    requires: file?.requires ?? '',
    systems: file?.systems ?? [],
    install: file?.install ?? [],
    allowed: grant?.allowed ?? 0,
    used: grant?.used ?? 0,
    deliveredAt: grant?.deliveredAt ?? null,
    expiresAt: grant?.expiresAt ?? null,
    firstAt: grant?.firstAt ?? null,
    problem: problem ? problemOut(problem) : null,
    reportFrom: reportFrom(row.paidAt, row.rulebook),
    cancelUntil: grant ? cancelUntil(grant, row.rulebook) : null,
    cannotDownload: lost
      ? ('DOWNLOAD_ENDED' as const)
      : (cannotDownload(grant, release, on.business) ?? null),
    cannotReport: lost ? ('DOWNLOAD_ENDED' as const) : (cannotReport(facts, on.business) ?? null),
    cannotCancel: cannotCancel(grant, row.rulebook, on.business) ?? null,
  };
}

/** Before a report is written the platform looks for itself, so that what it found is evidence: at most once a minute. */
const lookEvery_ms = 60_000;

async function report(context: Context, p: { orderId: string; line: number; reason: LinkReason }) {
  const { db, viewer } = context;
  const on = await reader(db);
  const row = (await downloadsSeenBy(on, { viewer, orderId: p.orderId })).find((one) => one.line === p.line);
  if (row?.releaseId && viewer.buyerIds.includes(row.buyerId)) {
    const [release] = await releasesByIds(on, { shops: [row.shopId], ids: [row.releaseId] });
    if (release?.origin === 'address' && on.business - release.reachedAt > lookEvery_ms)
      await lookAgain(db, release);
  }
  const answer = await transaction(db, (tx) => reportLink(tx, { ...asking(context, p), reason: p.reason }));
  return answer.ok ? done(problemOut(answer.value)) : answer;
}

async function start(context: Context, p: { orderId: string; line: number }) {
  const answer = await transaction(context.db, (tx) =>
    startDownload(tx, { ...asking(context, p), ...traceOf(context) }),
  );
  if (!answer.ok) return answer;
  const started = answer.value;
  return started.kind === 'platform'
    ? done({
        kind: started.kind,
        url: `/d/${started.token}`,
        code: '',
        expiresAt: started.expiresAt,
        left: started.left,
      })
    : done({
        kind: started.kind,
        url: started.url,
        code: started.code.reveal(),
        expiresAt: null,
        left: started.left,
      });
}

async function releases({ db, viewer }: Context, p: { shopId: string; listingId: string }) {
  const on = await reader(db);
  const [listing, rows, problems] = await Promise.all([
    fileOfListing(on, p),
    releasesSeenBy(on, { viewer, ...p, limit: 20 }),
    problemsSeenBy(on, { viewer, ...p, limit: 50 }),
  ]);
  if (!listing) return refuse('RELEASE_NOT_FOUND');
  return done({
    listing: {
      title: listing.title,
      state: listing.state,
      version: listing.file?.version ?? '',
      stated: listing.file !== null,
    },
    releases: rows.map((row, i) => ({ ...shopReleaseOut(row), current: i === 0, buyers: row.buyers })),
    problems: problems.map((one) => ({
      ...problemOut(one),
      orderId: one.orderId,
      line: one.line,
      delivered: one.delivered,
    })),
    limits: { bytes: fileLimits.bytes, form_bytes: fileLimits.form_bytes },
  });
}

const shopReleaseOut = (release: SeenRelease) => ({
  ...releaseOut(release),
  releaseId: release.id,
  at: release.at,
  current: true,
  buyers: 0,
});

/** What was just registered, as the list of releases shows it. */
async function registered<R extends string>(
  { db }: Context,
  answer: Result<Release, R>,
): Promise<Result<ReturnType<typeof shopReleaseOut>, R>> {
  if (!answer.ok) return answer;
  const { shopId, id } = answer.value;
  const [row] = await releasesByIds(await reader(db), { shops: [shopId], ids: [id] });
  return done(shopReleaseOut(must(row, 'a release that was registered is there')));
}

const by = ({ viewer }: Context): string => must(viewer.userId, 'somebody of a shop is logged in');

export const downloadRoutes = {
  readDownloads: serve(downloadContract.readDownloads, downloadsOf),
  startDownload: serve(downloadContract.startDownload, start),
  reportLink: serve(downloadContract.reportLink, report),
  withdrawReport: serve(downloadContract.withdrawReport, (context, input) =>
    transaction(context.db, (tx) => withdrawReport(tx, asking(context, input))),
  ),
  cancelDownload: serve(downloadContract.cancelDownload, (context, input) =>
    transaction(context.db, (tx) => cancelDownload(tx, asking(context, input))),
  ),
  listDownloads: serve(downloadContract.listDownloads, async ({ db, viewer }, { shopId }) =>
    done({ listings: await downloadListingsSeenBy(await reader(db), { viewer, shopId, limit: 100 }) }),
  ),
  listReleases: serve(downloadContract.listReleases, releases),
  uploadRelease: serve(downloadContract.uploadRelease, async (context, { file, size, ...input }) => {
    const source = file instanceof Blob ? file.stream() : file;
    const answer = await uploadRelease(context.db, { ...input, source, expected: size, byId: by(context) });
    return registered(context, answer);
  }),
  registerAddress: serve(downloadContract.registerAddress, async (context, input) =>
    registered(
      context,
      await registerAddress(context.db, {
        ...input,
        sha256: input.sha256.toLowerCase(),
        byId: by(context),
      }),
    ),
  ),
};
