import { z } from 'zod';
import { blobRefusals, outboundRefusals } from '../../kit/refusals.ts';
import { endpoint } from '../../kit/endpoint.ts';
import { fenOut, idIn, idOut, instantOut } from '../../kit/public-id.ts';
import type { RefusalCatalogue } from '../../kit/result.ts';
import { catalogRefusals } from '../../catalog/contract.ts';
import { fileOrigins } from '../../catalog/file.contract.ts';

/** What one file may weigh, and one sent by a form without a script, which is held in memory. */
export const fileLimits = { bytes: 1024 ** 3, form_bytes: 64 * 1024 ** 2 } as const;
/** For how long a signed link works, and how often it may be resumed. */
export const linkLimits = { hours: 24, starts: 200 } as const;

export const downloadRefusals = {
  ORDER_NOT_FOUND: { status: 404, zh: '没有找到这个订单。', en: 'We could not find this order.' },
  DOWNLOAD_NOT_FOUND: {
    status: 404,
    zh: '这里没有可以下载的东西。',
    en: 'There is nothing to download here.',
  },
  DOWNLOAD_NOT_READY: {
    status: 409,
    zh: '商家还没给出能用的下载地址。钱还在托管里。',
    en: 'The shop has not given a working address yet. Your money is still in escrow.',
  },
  DOWNLOAD_EXPIRED: {
    status: 410,
    zh: '下载期限已经过了。',
    en: 'The time in which this could be downloaded is over.',
  },
  DOWNLOADS_USED_UP: {
    status: 409,
    zh: '下载次数用完了。文件有问题照样可以申诉。',
    en: 'All downloads are used. If the file is faulty you can still complain.',
  },
  DOWNLOAD_ENDED: {
    status: 409,
    zh: '这一单已经退款，不能再下载。',
    en: 'This was refunded and cannot be downloaded any more.',
  },
  FILE_WITHHELD: {
    status: 409,
    zh: '文件里查出了恶意程序，已停止下载。',
    en: 'Malware was found in this file; it is withheld.',
  },
  LINK_INVALID: {
    status: 404,
    zh: '这个下载链接不对或已过期，请回订单重新生成。',
    en: 'This link is wrong or has expired. Make a new one in your order.',
  },
  REPORT_TOO_EARLY: {
    status: 409,
    zh: '付款满 10 分钟还没收到，再点这里。',
    en: 'Wait until ten minutes after payment before you report it.',
  },
  REPORT_OPEN: {
    status: 409,
    zh: '已经报告过了，商家正在更正。',
    en: 'This was reported already; the shop is correcting it.',
  },
  REPORT_NONE: { status: 409, zh: '没有等待更正的报告。', en: 'No report is open.' },
  CANCEL_AFTER_DOWNLOAD: {
    status: 409,
    zh: '已经下载过，不能无理由取消。文件有问题可以申诉。',
    en: 'It was downloaded and cannot be cancelled without a reason. If it is faulty you can complain.',
  },
  CANCEL_WINDOW_OVER: {
    status: 409,
    zh: '没下载可以取消的 7 天已经过了。',
    en: 'The 7 days in which an untouched download can be cancelled are over.',
  },
  LISTING_NO_DOWNLOAD: {
    status: 409,
    zh: '先在商品里写明版本、系统和安装步骤，再上传。',
    en: 'State version, systems and steps in the listing first, then upload.',
  },
  RELEASE_NOT_FOUND: { status: 404, zh: '没有找到这个版本。', en: 'There is no such release.' },
  LINK_DEAD: {
    status: 422,
    zh: '平台打不开这个地址，没有登记。检查分享是不是还有效。',
    en: 'We could not open this address, so it was not registered. Check that the share is still valid.',
  },
  LINK_MOVED: {
    status: 422,
    zh: '这个地址会跳到别处，请登记跳转后的最终地址。',
    en: 'This address leads on to another one. Register the last one.',
  },
} as const satisfies RefusalCatalogue;
export type DownloadRefusal = keyof typeof downloadRefusals;

export const linkReasons = ['not_received', 'dead', 'wrong_code', 'wrong_file', 'malware'] as const;
export type LinkReason = (typeof linkReasons)[number];
export const findings = ['missing', 'dead', 'alive', 'unclear'] as const;
export type Finding = (typeof findings)[number];
export const reaches = ['own', 'alive', 'dead', 'unclear'] as const;
export type Reach = (typeof reaches)[number];

const lineAt = z.object({ orderId: idIn('order'), line: z.coerce.number().int().min(1).max(100) });
const refusalOrNull = z.string().nullable().describe('why it cannot be done now: the code of a refusal');
const releaseOut = z.object({
  version: z.string(),
  name: z.string(),
  size: z.number().nullable(),
  sha256: z.string(),
  origin: z.enum(fileOrigins),
  host: z.string(),
  verdict: z.enum(['clean', 'infected', 'unknown']).describe('of an address: unknown, nobody looked inside'),
  verdictBy: z.string(),
  reach: z.enum(reaches),
  reachedAt: instantOut,
});
const problemOut = z.object({
  reason: z.enum(linkReasons),
  finding: z.enum(findings),
  openedAt: instantOut,
  dueAt: instantOut,
});

const refusals = downloadRefusals;
export const uploadRefusals = {
  ...downloadRefusals,
  ...blobRefusals,
  ...outboundRefusals,
  ...catalogRefusals,
} as const;

const shopListing = { shopId: idIn('shop'), listingId: idIn('listing') };
const goods = { shop: ['goods'] } as const;
const said = {
  version: z.string().trim().min(1).max(40),
  name: z.string().max(300).describe('the name under which buyers save it'),
};
const shopReleaseOut = releaseOut.extend({
  releaseId: idOut('release'),
  at: instantOut,
  current: z.boolean(),
  buyers: z.number().int(),
});

export const downloadContract = {
  readDownloads: endpoint({
    at: 'GET /orders/{orderId}/downloads',
    who: 'user',
    summary: 'What an order may download, how often, until when, and what is wrong with it',
    input: z.object({ orderId: idIn('order') }),
    output: z.object({
      downloads: z.array(
        z.object({
          line: z.number().int(),
          state: z.enum(['waiting', 'ready', 'downloaded', 'correcting', 'refunded', 'withdrawn']),
          nth: z.number().int(),
          release: releaseOut.nullable(),
          listed: z
            .object({ version: z.string(), sha256: z.string() })
            .nullable()
            .describe('what the listing stated when it was bought'),
          requires: z.string(),
          systems: z.array(z.string()),
          install: z.array(z.string()),
          allowed: z.number().int(),
          used: z.number().int(),
          deliveredAt: instantOut.nullable(),
          expiresAt: instantOut.nullable(),
          firstAt: instantOut.nullable(),
          problem: problemOut.nullable(),
          reportFrom: instantOut,
          cancelUntil: instantOut.nullable(),
          cannotDownload: refusalOrNull,
          cannotReport: refusalOrNull,
          cannotCancel: refusalOrNull,
        }),
      ),
    }),
    refusals,
  }),
  startDownload: endpoint({
    at: 'POST /orders/{orderId}/lines/{line}/download',
    who: 'user',
    scope: 'downloads:start',
    summary: 'A signed link to the file, or the registered address with its code (recorded)',
    input: lineAt,
    output: z.object({
      kind: z.enum(fileOrigins),
      url: z.string(),
      code: z.string(),
      expiresAt: instantOut.nullable(),
      left: z.number().int(),
    }),
    refusals,
  }),
  reportLink: endpoint({
    at: 'POST /orders/{orderId}/lines/{line}/link-report',
    who: 'user',
    summary: 'No address came, or it does not work: the shop corrects it in time, else the money goes back',
    input: lineAt.extend({ reason: z.enum(linkReasons) }),
    output: problemOut,
    refusals,
  }),
  withdrawReport: endpoint({
    at: 'POST /orders/{orderId}/lines/{line}/link-report/withdrawal',
    who: 'user',
    summary: 'It works after all',
    input: lineAt,
    output: z.object({ state: z.string() }),
    refusals,
  }),
  cancelDownload: endpoint({
    at: 'POST /orders/{orderId}/lines/{line}/download-cancellation',
    who: 'user',
    summary: 'Cancel what was never downloaded, and get the money back',
    input: lineAt,
    output: z.object({ refunded: fenOut, to: z.enum(['wallet', 'channel']) }),
    refusals,
  }),
  listDownloads: endpoint({
    at: 'GET /shops/{shopId}/downloads',
    who: goods,
    summary: 'The downloads a shop sells, those with something to correct first',
    input: z.object({ shopId: idIn('shop') }),
    output: z.object({
      listings: z.array(
        z.object({
          listingId: idOut('listing'),
          title: z.string(),
          state: z.string(),
          version: z.string().nullable(),
          origin: z.enum(fileOrigins).nullable(),
          reach: z.string().nullable(),
          open: z.number().int(),
          waiting: z.number().int(),
        }),
      ),
    }),
    refusals,
  }),
  listReleases: endpoint({
    at: 'GET /shops/{shopId}/listings/{listingId}/releases',
    who: goods,
    summary: 'What was registered for a listing, newest first, and addresses that wait for a correction',
    input: z.object(shopListing),
    output: z.object({
      listing: z.object({ title: z.string(), state: z.string(), version: z.string(), stated: z.boolean() }),
      releases: z.array(shopReleaseOut),
      problems: z.array(
        problemOut.extend({ orderId: idOut('order'), line: z.number().int(), delivered: z.boolean() }),
      ),
      limits: z.object({ bytes: z.number(), form_bytes: z.number() }),
    }),
    refusals,
  }),
  uploadRelease: endpoint({
    at: 'PUT /shops/{shopId}/listings/{listingId}/releases/file',
    who: goods,
    summary:
      'Upload the file of a listing as application/octet-stream; older addresses and files are corrected by it',
    input: z.object({
      ...shopListing,
      ...said,
      size: z.coerce.number().int().min(0).optional().describe('bytes that will come; fewer is refused'),
      file: z.custom<ReadableStream<Uint8Array> | Blob>(
        (value) => value instanceof ReadableStream || value instanceof Blob,
        'the bytes of the file',
      ),
    }),
    output: shopReleaseOut,
    refusals: uploadRefusals,
    streams: true,
  }),
  registerAddress: endpoint({
    at: 'POST /shops/{shopId}/listings/{listingId}/releases/address',
    who: goods,
    summary: 'Register an address with its code; it is opened once and its page archived by hash',
    input: z.object({
      ...shopListing,
      ...said,
      url: z.string().max(500),
      code: z.string().trim().max(40).default(''),
      sha256: z
        .string()
        .trim()
        .regex(/^[0-9a-fA-F]{64}$/),
      size: z
        .number()
        .int()
        .min(1)
        .max(2 ** 40)
        .nullable()
        .default(null),
    }),
    output: shopReleaseOut,
    refusals: uploadRefusals,
  }),
};
