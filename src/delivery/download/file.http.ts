import { Readable } from 'node:stream';
import { openBlob } from '../../kit/blob.ts';
import { attachmentHeader } from '../../kit/file-name.ts';
import { hmac } from '../../kit/secret.ts';
import type { Context } from '../../kit/viewer.ts';
import { downloadRefusals, type DownloadRefusal } from './contract.ts';
import { rangeOf } from './link.rules.ts';
import { countStart, openLink, type Opened } from './start.actions.ts';

/**
 * GET and HEAD /d/{token}: the bytes behind a signed link, whole or in part (RFC 9110). Whoever has the link has the file, so it needs no session: a
 * download manager has none. HEAD, and what a browser fetches ahead, count nothing.
 */
export async function answerFile(
  context: Pick<Context, 'db' | 'ip' | 'viewer' | 'language'>,
  request: Request,
  token: string,
): Promise<Response> {
  const { db } = context;
  if (/prefetch|prerender/i.test(request.headers.get('sec-purpose') ?? ''))
    return said(context, 'LINK_INVALID', 503);
  const opened = await openLink(db, token);
  if (!opened.ok) return said(context, opened.refusal);
  const { file, name } = opened.value;
  const size = file.size ?? 0;
  const range = rangeOf(request.headers.get('range') ?? undefined, size, {
    ifRange: request.headers.get('if-range') ?? undefined,
    etag: file.etag,
  });
  if (range === 'unsatisfiable')
    return new Response(null, {
      status: 416,
      headers: { ...headersOf(file), 'content-range': `bytes */${size}` },
    });
  const length = range ? range.to - range.from + 1 : size;
  const headers = {
    ...headersOf(file),
    'content-length': String(length),
    ...(range ? { 'content-range': `bytes ${range.from}-${range.to}/${size}` } : {}),
  };
  const status = range ? 206 : 200;
  if (request.method === 'HEAD') return new Response(null, { status, headers });
  const counted = await countStart(db, name, {
    deviceHash: hmac(db.keys.trace, `device/${context.viewer.deviceId ?? ''}`).subarray(0, 16),
    addressHash: hmac(db.keys.trace, `address/${context.ip}`).subarray(0, 16),
  });
  if (!counted.ok) return said(context, counted.refusal);
  const bytes = openBlob(db, file.sha256.toString('hex'), range);
  return new Response(Readable.toWeb(bytes) as ReadableStream, { status, headers });
}

/** Always an attachment of unknown kind: nothing that a shop uploaded runs on our own origin. */
const headersOf = (file: Opened): Record<string, string> => ({
  'content-type': 'application/octet-stream',
  'content-disposition': attachmentHeader(file.name),
  'content-security-policy': "sandbox; default-src 'none'",
  'x-content-type-options': 'nosniff',
  'accept-ranges': 'bytes',
  etag: file.etag,
  'repr-digest': `sha-256=:${file.sha256.toString('base64')}:`,
  'cache-control': 'private, no-store, no-transform',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
});

function said({ language }: Pick<Context, 'language'>, refusal: DownloadRefusal, status?: number): Response {
  const words = downloadRefusals[refusal];
  return new Response(`${words[language]}\n`, {
    status: status ?? words.status,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex',
      'x-refusal': refusal,
    },
  });
}
