import { Hono } from 'hono';
import { z } from 'zod';
import { issuerFault, issuerHeaders } from '../../delivery/issuer/wire.rules.ts';
import { sha256, type KeyObject } from '../../kit/secret.ts';
import { instant, iso, plus } from '../../kit/time.ts';

/** How the pretended issuer behaves about a key. */
export const issuerMoods = [
  'unused',
  'used_before_delivery',
  'used_after_reveal',
  'used_no_time',
  'silent',
  'refuses',
  'wrong_signature',
] as const;
export type IssuerMood = (typeof issuerMoods)[number];

type Settings = { key: KeyObject; now: () => number; silence_ms?: number };

const questionIn = z.object({
  check: z.string().max(64),
  issuer: z.string().max(40),
  number: z.string().nullable(),
  secret: z.string(),
  asked_at: z.iso.datetime(),
});
const moodIn = z.object({ mood: z.enum(issuerMoods), secret: z.string().optional() });

/**
 * The pretended issuer of a demo and of tests. Without a mood that a test set, one key in eight was used before it was sold and one in eight
 * after it was seen, by the key itself, so that the same key always gets the same answer.
 */
export function stubIssuer({ key, now, silence_ms = 20_000 }: Settings): Hono {
  const routes = new Hono();
  const moods = new Map<string, IssuerMood>();
  let everybody: IssuerMood | undefined;
  routes.post('/driver/issuer', async (context) => {
    const { mood, secret } = moodIn.parse(await context.req.json());
    if (secret === undefined) everybody = mood;
    else moods.set(secret, mood);
    return context.json({ ok: true });
  });
  routes.post('/issuer/checks', async (context) => {
    const body = await context.req.text();
    const checkId = context.req.header('x-issuer-check') ?? '';
    const headers = { get: (name: string) => context.req.header(name) ?? null };
    const fault = issuerFault(key, headers, { direction: 'question', checkId, body }, instant(now()));
    const question = questionIn.safeParse(JSON.parse(body));
    if (fault || !question.success) return context.json({ error: fault ?? 'unreadable' }, 400);
    const mood = moods.get(question.data.secret) ?? everybody ?? ownMood(question.data.secret);
    if (mood === 'silent') await new Promise((wait) => setTimeout(wait, silence_ms).unref());
    const answer = JSON.stringify({ check: checkId, ...said(mood, question.data.asked_at) });
    const timestamp = String(Math.floor(now() / 1000));
    const signed = issuerHeaders(key, { direction: 'answer', checkId, timestamp, body: answer });
    if (mood === 'wrong_signature') signed['x-issuer-signature'] = '0'.repeat(64);
    return context.body(answer, 200, signed);
  });
  return routes;
}

function ownMood(secret: string): IssuerMood {
  const drawn = (sha256(secret)[0] ?? 0) % 8;
  return drawn === 0 ? 'used_before_delivery' : drawn === 1 ? 'used_after_reveal' : 'unused';
}

function said(mood: IssuerMood, askedAt: string): Record<string, unknown> {
  const asked = instant(askedAt);
  if (mood === 'refuses') return { refused: 'this batch is not looked up' };
  if (mood === 'used_before_delivery')
    return { used: true, used_at: iso(plus(asked, { days: -40 })), account: 'wanderer88' };
  if (mood === 'used_after_reveal') return { used: true, used_at: iso(asked), account: 'xiaolin7' };
  if (mood === 'used_no_time') return { used: true, used_at: null, account: null };
  return { used: false, used_at: null, account: null };
}
