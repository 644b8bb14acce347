import type { KeyObject } from '../kit/secret.ts';
import { z } from 'zod';
import { newId } from '../kit/ids.ts';
import { fen } from '../kit/money.ts';
import { sha256 } from '../kit/secret.ts';
import { instant, type Clock, type Instant } from '../kit/time.ts';
import type { Channel, ChannelAnswer, ParsedNotice, RawNotice } from './channel.contract.ts';
import { signatureFault, signedHeaders } from './sandbox-channel.rules.ts';

export type SandboxSettings = {
  /** Where the sandbox listens, e.g. http://127.0.0.1:8081 */
  readonly url: string;
  readonly key: KeyObject;
  readonly wall: Clock;
  /** Who we are at the sandbox. Notices for anybody else are refused. */
  readonly merchant: string;
  readonly noticeUrl: () => string;
  /** The page that the payer comes back to. It changes nothing; it only shows, and asks the channel. */
  readonly returnUrl: (number: string) => string;
  readonly timeout_ms?: number;
};

/** What is needed to ask the sandbox anything. */
export type Speaking = Pick<SandboxSettings, 'url' | 'key' | 'wall' | 'merchant' | 'timeout_ms'>;

const amount = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform((text) => fen(BigInt(text)));
const moment = z.iso.datetime().transform((text) => instant(text));
const tradeShape = z.object({
  trade_no: z.string().min(1).max(64),
  number: z.string().max(64),
  amount,
  at: moment,
  payer: z.string().min(1).max(64).optional(),
});
const refusedShape = z.object({ ok: z.literal(false), code: z.string(), message: z.string() });

const createdShape = z.object({ ok: z.literal(true), ref: z.string(), pay_url: z.url() });
const queriedShape = z.object({
  ok: z.literal(true),
  state: z.enum(['absent', 'waiting', 'processing', 'paid', 'closed']),
  number: z.string().nullable(),
  trades: z.array(tradeShape),
});
const doneShape = z.object({ ok: z.literal(true) });
const refundShape = z.object({
  ok: z.literal(true),
  state: z.enum(['absent', 'processing', 'done', 'refused']),
  message: z.string().default(''),
});
const billShape = z.object({
  ok: z.literal(true),
  rows: z.array(
    z.object({ kind: z.enum(['trade', 'refund']), no: z.string(), number: z.string(), amount, at: moment }),
  ),
});
const noticeShape = z.object({
  merchant: z.string(),
  status: z.string().max(32),
  currency: z.string(),
  trade: tradeShape.nullable(),
});

const plainTrade = (row: z.infer<typeof tradeShape>) => ({
  tradeNo: row.trade_no,
  number: row.number,
  amount: row.amount,
  at: row.at,
  payer: row.payer,
});

/** The adapter of the sandbox channel: signed JSON over HTTP. */
export function sandboxChannel(settings: SandboxSettings): Channel {
  const ask = <S extends z.ZodType>(path: string, body: unknown, shape: S) =>
    exchange(settings, path, body, shape);
  return {
    name: 'sandbox',
    zh: '模拟收银台',
    en: 'Sandbox cashier',
    sandbox: true,
    acknowledgement: 'success',
    async create(p) {
      const answer = await ask(
        '/v1/payments',
        {
          number: p.number,
          amount: p.amount.toString(),
          subject: p.subject,
          ttl_seconds: p.ttl_seconds,
          notify_url: settings.noticeUrl(),
          return_url: settings.returnUrl(p.number),
        },
        createdShape,
      );
      return answer.kind === 'ok' ? { kind: 'ok', ref: answer.ref, payUrl: answer.pay_url } : answer;
    },
    async query(p) {
      const answer = await ask(
        '/v1/payments/query',
        'number' in p ? { number: p.number } : { trade_no: p.tradeNo },
        queriedShape,
      );
      return answer.kind === 'ok'
        ? { kind: 'ok', state: answer.state, number: answer.number, trades: answer.trades.map(plainTrade) }
        : answer;
    },
    close: (p) => ask('/v1/payments/close', { number: p.number }, doneShape),
    refund: (p) =>
      ask(
        '/v1/refunds',
        { number: p.number, trade_no: p.tradeNo, amount: p.amount.toString(), reason: p.reason },
        doneShape,
      ),
    async refundQuery(p) {
      const answer = await ask('/v1/refunds/query', { number: p.number }, refundShape);
      return answer.kind === 'ok' ? { kind: 'ok', state: answer.state, message: answer.message } : answer;
    },
    parseNotice: (raw, wall) => parse(settings, raw, wall),
    async bill(p) {
      const answer = await ask('/v1/bills', { day: p.day }, billShape);
      return answer.kind === 'ok' ? { kind: 'ok', rows: answer.rows, hash: answer.hash } : answer;
    },
  };
}

type Exchanged<S extends z.ZodType> = ChannelAnswer<z.infer<S> & { hash: Buffer }>;

/** One question. Whatever is not a signed and readable yes or no of the sandbox is unknown. */
export async function exchange<S extends z.ZodType>(
  settings: Speaking,
  path: string,
  body: unknown,
  shape: S,
): Promise<Exchanged<S>> {
  const text = JSON.stringify(body);
  const wall = settings.wall.now();
  const request = newId(wall);
  const headers = {
    ...signedHeaders(settings.key, {
      direction: 'request',
      method: 'POST',
      path,
      timestamp: String(Math.floor(wall / 1000)),
      request,
      body: text,
    }),
    'x-sandbox-merchant': settings.merchant,
  };
  let answer: { status: number; headers: Headers; body: Buffer };
  try {
    const response = await fetch(settings.url + path, {
      method: 'POST',
      headers,
      body: text,
      redirect: 'error',
      signal: AbortSignal.timeout(settings.timeout_ms ?? 5000),
    });
    answer = {
      status: response.status,
      headers: response.headers,
      body: Buffer.from(await response.arrayBuffer()),
    };
  } catch (error) {
    return {
      kind: 'unknown',
      why:
        error instanceof Error
          ? error.name === 'TimeoutError'
            ? 'timeout'
            : `connection: ${error.message}`
          : 'connection',
    };
  }
  return readAnswer(settings, path, request, answer, shape);
}

function readAnswer<S extends z.ZodType>(
  settings: Speaking,
  path: string,
  request: string,
  answer: { status: number; headers: Headers; body: Buffer },
  shape: S,
): Exchanged<S> {
  if (answer.status >= 500) return { kind: 'unknown', why: `status ${answer.status}` };
  const fault = signatureFault(
    settings.key,
    Object.fromEntries(answer.headers),
    { direction: 'answer', method: 'POST', path, body: answer.body },
    settings.wall.now(),
  );
  if (fault || answer.headers.get('x-sandbox-request') !== request)
    return { kind: 'unknown', why: `answer ${fault ?? 'to another request'}` };
  if (answer.status === 202) return { kind: 'unknown', why: 'processing' };
  const content = readJson(answer.body);
  const refused = refusedShape.safeParse(content);
  if (refused.success) return { kind: 'refused', code: refused.data.code, message: refused.data.message };
  const ok = shape.safeParse(content);
  if (!ok.success) return { kind: 'unknown', why: 'unreadable answer' };
  return { kind: 'ok', ...(ok.data as z.infer<S> & object), hash: sha256(answer.body) } as Exchanged<S>;
}

/** Checks, in this order: signature and freshness, shape, that it is for us (rule 1), status (rule 2), currency. */
function parse(settings: SandboxSettings, raw: RawNotice, wall: Instant): ParsedNotice {
  const kept = ['x-sandbox-timestamp', 'x-sandbox-request', 'x-sandbox-signature', 'user-agent'];
  const headers = Object.fromEntries(
    kept.flatMap((name) =>
      raw.headers[name] === undefined ? [] : [[name, raw.headers[name].slice(0, 200)]],
    ),
  );
  const refused = (why: string): ParsedNotice => ({ verified: false, why, headers });
  if (raw.method !== 'POST' || raw.query !== '') return refused('malformed');
  const fault = signatureFault(
    settings.key,
    raw.headers,
    { direction: 'notice', method: raw.method, path: raw.path, body: raw.body },
    wall,
  );
  if (fault) return refused(fault);
  const notice = noticeShape.safeParse(readJson(raw.body));
  if (!notice.success) return refused('unreadable');
  const { merchant, status, currency, trade } = notice.data;
  if (merchant !== settings.merchant) return refused('not for us');
  if (status !== 'SUCCESS' || !trade) return { verified: true, trade: null, status, headers };
  if (currency !== 'CNY' || trade.amount === 0n) return refused('not money');
  return { verified: true, trade: plainTrade(trade), headers };
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
