import { z } from 'zod';
import { sha256, type KeyObject } from '../../kit/secret.ts';
import { instant, iso, type Clock } from '../../kit/time.ts';
import type { Issuer, IssuerAnswer, IssuerQuestion } from './port.contract.ts';
import { issuerFault, issuerHeaders } from './wire.rules.ts';

export type HttpIssuer = {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  /** Both sides sign with it. */
  readonly key: KeyObject;
  readonly wall: Clock;
  readonly timeout_ms?: number;
};

const answerShape = z.union([
  z.object({
    check: z.string(),
    used: z.boolean(),
    used_at: z.iso.datetime({ offset: true }).nullable().default(null),
    account: z.string().max(200).nullable().default(null),
  }),
  z.object({ check: z.string(), refused: z.string().max(200) }),
]);

const answerMost_bytes = 16_384;

/** An issuer behind signed JSON over HTTP. The key travels only in the body of this one request, and no error repeats it. */
export const httpIssuer = (settings: HttpIssuer): Issuer => ({
  id: settings.id,
  name: settings.name,
  ask: (question) => ask(settings, question),
});

async function ask(settings: HttpIssuer, question: IssuerQuestion): Promise<IssuerAnswer> {
  const { checkId } = question;
  const body = JSON.stringify({
    check: checkId,
    issuer: settings.id,
    number: question.number?.reveal() ?? null,
    secret: question.secret.reveal(),
    asked_at: iso(question.askedAt),
  });
  const timestamp = String(Math.floor(settings.wall.now() / 1000));
  let response: Response;
  let raw: Buffer;
  try {
    response = await fetch(settings.url, {
      method: 'POST',
      headers: issuerHeaders(settings.key, { direction: 'question', checkId, timestamp, body }),
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(settings.timeout_ms ?? 8000),
    });
    raw = Buffer.from(await response.arrayBuffer());
  } catch (error) {
    return {
      kind: 'unknown',
      why: error instanceof Error && error.name === 'TimeoutError' ? 'silent' : 'connection',
    };
  }
  if (response.status >= 500 || raw.length > answerMost_bytes)
    return { kind: 'unknown', why: `status ${response.status}` };
  const fault = issuerFault(
    settings.key,
    response.headers,
    { direction: 'answer', checkId, body: raw },
    settings.wall.now(),
  );
  if (fault) return { kind: 'unknown', why: `answer ${fault}` };
  return readAnswer(checkId, raw);
}

function readAnswer(checkId: string, raw: Buffer): IssuerAnswer {
  const parsed = answerShape.safeParse(readJson(raw));
  if (!parsed.success || parsed.data.check !== checkId) return { kind: 'unknown', why: 'answer unreadable' };
  const rawHash = sha256(raw);
  const { data } = parsed;
  if ('refused' in data) return { kind: 'refused', rawHash };
  return {
    kind: 'ok',
    used: data.used,
    usedAt: data.used && data.used_at !== null ? instant(data.used_at) : null,
    account: data.used ? data.account : null,
    rawHash,
  };
}

function readJson(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    return undefined;
  }
}
