import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { keyringOf } from '../../kit/secret.ts';
import { instant, plus, type Span } from '../../kit/time.ts';

import { rangeOf, readLink, signLink } from './link.rules.ts';
import { afterLook, findingOf, lookAt } from './reach.rules.ts';
import {
  cannotCancel,
  cannotDownload,
  cannotReport,
  correctGrant,
  decideLapse,
  decideStart,
  fixBy,
  grantFor,
  isGood,
  reportFrom,
  stepGrant,
  type Grant,
  type Problem,
  type Release,
} from './rules.ts';

const start = instant('2026-11-20T04:00:00.000Z');
const after = (span: Span) => plus(start, span);
const book = '1.0.0';

const release = (parts: Partial<Release> = {}): Release => ({
  shopId: 's',
  id: 'r',
  listingId: 'l',
  origin: 'platform',
  version: '1',
  name: 'a.zip',
  sha256: Buffer.alloc(32),
  size: 10,
  wrapped: null,
  sealed: null,
  host: '',
  at: start,
  reach: 'own',
  reachedAt: start,
  failures: 0,
  page: null,
  infected: false,
  ...parts,
});
const outside = (parts: Partial<Release> = {}): Release =>
  release({ origin: 'address', reach: 'alive', ...parts });
const grant = (parts: Partial<Grant> = {}): Grant => ({
  ...grantFor({
    line: { shopId: 's', orderId: 'o', line: 1 },
    buyerId: 'b',
    releaseId: 'r',
    quantity: 1,
    stated: { downloads: 3, days: 30 },
    rulebook: book,
    at: start,
  }),
  ...parts,
});

for (const [what, given, file, when, refusal] of [
  ['a file that lies there', grant(), release(), {}, undefined],
  ['nothing delivered yet', undefined, undefined, {}, 'DOWNLOAD_NOT_READY'],
  ['the last second', grant(), release(), { days: 30, seconds: -1 }, undefined],
  ['after thirty days', grant(), release(), { days: 30 }, 'DOWNLOAD_EXPIRED'],
  ['the last of three', grant({ used: 2 }), release(), {}, undefined],
  ['a fourth time', grant({ used: 3 }), release(), {}, 'DOWNLOADS_USED_UP'],
  ['an address is not counted', grant({ used: 3 }), outside(), {}, undefined],
  ['a file that turned out infected', grant(), release({ infected: true }), {}, 'FILE_WITHHELD'],
  ['what was refunded', grant({ state: 'refunded' }), release(), {}, 'DOWNLOAD_ENDED'],
  ['what was cancelled', grant({ state: 'withdrawn' }), release(), {}, 'DOWNLOAD_ENDED'],
  ['while the shop corrects it', grant({ state: 'correcting' }), release(), {}, undefined],
] as const)
  test(`F140 a download, ${what}: ${refusal ?? 'may begin'}`, () =>
    equal(cannotDownload(given, file, after(when)), refusal));

test('F140 the first download is marked, later ones are counted, and a link of thirty days is the least', () => {
  const first = decideStart(grant(), release(), after({ hours: 1 }));
  deepEqual(first.ok && [first.value.first, first.value.grant.state, first.value.grant.used], [
    true,
    'downloaded',
    1,
  ]);
  const second = first.ok ? decideStart(first.value.grant, release(), after({ hours: 2 })) : first;
  deepEqual(second.ok && [second.value.first, second.value.grant.used, second.value.grant.firstAt], [
    false,
    2,
    after({ hours: 1 }),
  ]);
  const mean = grantFor({
    line: { shopId: 's', orderId: 'o', line: 1 },
    buyerId: 'b',
    releaseId: 'r',
    quantity: 2,
    stated: { downloads: 1, days: 1 },
    rulebook: book,
    at: start,
  });
  deepEqual([mean.allowed, mean.expiresAt], [6, after({ days: 30 })]);
});

const problem: Problem = {
  shopId: 's',
  orderId: 'o',
  line: 1,
  nth: 1,
  reason: 'dead',
  byKind: 'buyer',
  byId: 'b',
  releaseId: 'r',
  finding: 'alive',
  openedAt: start,
  dueAt: fixBy(start, book),
  closedAt: null,
  outcome: null,
};

for (const [what, facts, when, refusal] of [
  [
    'nothing came, nine minutes after payment',
    { waiting: true },
    { minutes: 9, seconds: 59 },
    'REPORT_TOO_EARLY',
  ],
  ['nothing came, ten minutes after payment', { waiting: true }, { minutes: 10 }, undefined],
  ['an address that was delivered, at once', { grant: grant() }, {}, undefined],
  ['reported before', { grant: grant(), open: problem }, {}, 'REPORT_OPEN'],
  ['a line that is no download', {}, {}, 'DOWNLOAD_NOT_FOUND'],
  ['after its time', { grant: grant() }, { days: 30 }, 'DOWNLOAD_EXPIRED'],
  ['what was refunded', { grant: grant({ state: 'refunded' }) }, {}, 'DOWNLOAD_ENDED'],
  ['used up, but the file is broken', { grant: grant({ used: 3, state: 'downloaded' }) }, {}, undefined],
] as const)
  test(`F211 未收到下载地址, ${what}: ${refusal ?? 'may be reported'}`, () => {
    const asked = {
      grant: undefined,
      waiting: false,
      open: undefined,
      paidAt: start,
      rulebook: book,
      ...facts,
    };
    equal(cannotReport(asked, after(when)), refusal);
  });

test('F211 F181 the times are those of article 16', () => {
  equal(reportFrom(start, book), after({ minutes: 10 }));
  equal(fixBy(start, book), after({ hours: 24 }));
});

for (const [what, given, when, refusal] of [
  ['never downloaded, a day later', grant(), { days: 1 }, undefined],
  ['never downloaded, on the sixth day', grant(), { days: 6 }, undefined],
  ['never downloaded, two weeks later', grant(), { days: 14 }, 'CANCEL_WINDOW_OVER'],
  ['downloaded once', grant({ state: 'downloaded', used: 1, firstAt: start }), {}, 'CANCEL_AFTER_DOWNLOAD'],
  ['while it is being corrected', grant({ state: 'correcting' }), {}, 'REPORT_OPEN'],
  ['not delivered', undefined, {}, 'DOWNLOAD_NOT_READY'],
  ['cancelled before', grant({ state: 'withdrawn' }), {}, 'DOWNLOAD_ENDED'],
] as const)
  test(`F055 cancelling without a reason, ${what}: ${refusal ?? 'allowed'}`, () =>
    equal(cannotCancel(given, book, after(when)), refusal));

test('F016 F142 the first download ends no-reason cancelling and never a report of a fault', () => {
  const begun = grant({ state: 'downloaded', used: 3, firstAt: start });
  equal(cannotCancel(begun, book, after({ hours: 1 })), 'CANCEL_AFTER_DOWNLOAD');
  const facts = { grant: begun, waiting: false, open: undefined, paidAt: start, rulebook: book };
  equal(cannotReport(facts, after({ days: 29 })), undefined);
});

for (const [state, event, by, firstAt, to] of [
  ['ready', 'report', 'buyer', null, 'correcting'],
  ['downloaded', 'report', 'system', start, 'correcting'],
  ['correcting', 'correct', 'merchant', null, 'ready'],
  ['correcting', 'correct', 'merchant', start, 'downloaded'],
  ['correcting', 'withdraw', 'buyer', start, 'downloaded'],
  ['correcting', 'refund', 'clock', null, 'refunded'],
  ['ready', 'correct', 'merchant', null, undefined],
  ['refunded', 'download', 'buyer', null, undefined],
  ['downloaded', 'cancel', 'buyer', start, undefined],
  ['ready', 'refund', 'clock', null, undefined],
] as const)
  test(`F181 a download that is ${state}${firstAt ? ' (downloaded before)' : ''}, ${event} by ${by}: ${to ?? 'no such step'}`, () =>
    equal(stepGrant(grant({ state, firstAt }), event, by)?.state, to));

test('F181 a correction is a new delivery with time and downloads enough to use it', () => {
  const used = grant({ used: 3, nth: 2, expiresAt: after({ days: 2 }) });
  const corrected = correctGrant(used, 'r2', book, after({ days: 1 }));
  deepEqual(
    [corrected.releaseId, corrected.nth, corrected.allowed, corrected.expiresAt],
    ['r2', 3, 6, after({ days: 31 })],
  );
});

for (const [what, given, verdict] of [
  ['an address that is dead', outside({ reach: 'dead' }), 'refunded'],
  ['an address that the platform could open', outside(), 'case'],
  ['an address that says nothing clear', outside({ reach: 'unclear' }), 'case'],
  ['a file of the platform', release(), 'case'],
  ['a file with malware in it', release({ infected: true }), 'refunded'],
  ['nothing at all', undefined, 'refunded'],
] as const)
  test(`F016 the time to correct is over, ${what}: ${verdict}`, () => {
    equal(decideLapse(given), verdict);
    equal(isGood(given), verdict === 'case');
  });

const heard = (status: number, text = 'files') =>
  ({
    ok: true,
    value: { status, headers: {}, body: Buffer.from(text), sha256: 'ab'.repeat(32), cut: false },
  }) as const;

for (const [what, answer, reach, said] of [
  ['a page', heard(200), 'alive', '200'],
  ['a part of it', heard(206), 'alive', '206'],
  ['not found', heard(404), 'dead', '404'],
  ['gone', heard(410), 'dead', '410'],
  ['taken down', heard(451), 'dead', '451'],
  ['a redirect', heard(302), 'unclear', 'moved'],
  ['a login', heard(403), 'unclear', '403'],
  ['trouble of its own', heard(503), 'unclear', '503'],
  [
    'a page that says it is gone',
    heard(200, '<p>啊哦，你来晚了，分享的文件已经被取消了</p>'),
    'dead',
    'gone',
  ],
  ['a page that says it was deleted', heard(200, 'The file has been deleted'), 'dead', 'gone'],
  ['a page about expired food', heard(200, '不要吃过期的蛋糕'), 'alive', '200'],
  ['nobody there', { ok: false, refusal: 'ADDRESS_UNREACHABLE', detail: { why: 'name' } }, 'unclear', 'name'],
  ['no answer in time', { ok: false, refusal: 'ADDRESS_SILENT', detail: { why: 'time' } }, 'unclear', 'time'],
  [
    'a private address',
    { ok: false, refusal: 'ADDRESS_REFUSED', detail: { why: 'private' } },
    'dead',
    'private',
  ],
] as const)
  test(`F016 an address answers with ${what}: ${reach}`, () => {
    const look = lookAt(answer);
    deepEqual([look.reach, look.said], [reach, said]);
  });

test('F016 three looks in a row without a clear answer make an address dead; one good look makes it alive', () => {
  let at: { reach: 'alive' | 'dead' | 'unclear'; failures: number } = { reach: 'alive', failures: 0 };
  const seen = ['unclear', 'unclear', 'unclear', 'unclear', 'alive', 'dead', 'unclear', 'alive'] as const;
  const known = seen.map((reach) => (at = afterLook(at, { reach })).reach);
  deepEqual(known, ['unclear', 'unclear', 'dead', 'dead', 'alive', 'dead', 'dead', 'alive']);
  deepEqual(
    [
      undefined,
      outside(),
      outside({ reach: 'unclear' }),
      outside({ reach: 'dead' }),
      release({ infected: true }),
    ].map(findingOf),
    ['missing', 'alive', 'unclear', 'dead', 'dead'],
  );
});

const ring = keyringOf(Buffer.alloc(32, 1), true);
const name = {
  shopId: '01900000-0000-7000-8000-00000000c001',
  linkId: '01900000-0000-7000-8000-00000000c002',
  expiresAt: after({ hours: 24 }),
};

test('F140 a signed link says whose it is, and nobody else can make or change one', () => {
  const token = signLink(ring, name);
  deepEqual(readLink(ring, token, start), name);
  equal(readLink(ring, token, after({ hours: 24 })), undefined);
  equal(readLink(keyringOf(Buffer.alloc(32, 2), true), token, start), undefined);
  for (let at = 0; at < token.length; at++) {
    const other = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
    equal(readLink(ring, other, start), undefined, `character ${at}`);
  }
  for (const bad of ['', 'x', `${token}A`, token.slice(1), '../../etc/passwd', `${token.slice(0, 71)}=`])
    equal(readLink(ring, bad, start), undefined);
});

for (const [header, expected] of [
  [undefined, undefined],
  ['bytes=0-0', { from: 0, to: 0 }],
  ['bytes=0-', { from: 0, to: 99 }],
  ['bytes=10-19', { from: 10, to: 19 }],
  ['bytes=90-500', { from: 90, to: 99 }],
  ['bytes=-10', { from: 90, to: 99 }],
  ['bytes=-500', { from: 0, to: 99 }],
  ['bytes=100-', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=5-2', undefined],
  ['bytes=0-1,5-6', undefined],
  ['items=0-1', undefined],
  ['bytes=x-y', undefined],
  ['bytes=-', undefined],
] as const)
  test(`the range ${header ?? '(none)'} of a hundred bytes: ${JSON.stringify(expected) ?? 'all of it'}`, () =>
    deepEqual(rangeOf(header, 100, { ifRange: undefined, etag: '"a"' }), expected));

test('a range of another file is the whole file', () => {
  equal(rangeOf('bytes=0-1', 100, { ifRange: '"b"', etag: '"a"' }), undefined);
  deepEqual(rangeOf('bytes=0-1', 100, { ifRange: '"a"', etag: '"a"' }), { from: 0, to: 1 });
});
