import type { Revealed } from './order.view.ts';
import type { Language } from '../text/use.ts';

type Look = { orderId: string; unit: string; password: string; language: Language };
type Answer = { ok: true; key: Revealed } | { ok: false; said: string | undefined; asks: boolean };

const post = (path: string, body: unknown, language: Language): Promise<Response> =>
  fetch(`/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': language },
    body: JSON.stringify(body),
    cache: 'no-store',
  });

/**
 * One look at a key over the public API, from the browser: the password first where it is asked for. Answers the key, or what was
 * refused in the reader's language, undefined where no answer came; `asks` when the password has to be given.
 */
export async function look({ orderId, unit, password, language }: Look): Promise<Answer> {
  try {
    if (password !== '') {
      const confirmed = await post('/session/confirmation', { password }, language);
      if (!confirmed.ok) return await refused(confirmed, language);
    }
    const answer = await post(
      `/orders/${encodeURIComponent(orderId)}/units/${encodeURIComponent(unit)}/reveal`,
      {},
      language,
    );
    return answer.ok ? { ok: true, key: (await answer.json()) as Revealed } : await refused(answer, language);
  } catch {
    return { ok: false, said: undefined, asks: false };
  }
}

async function refused(answer: Response, language: Language): Promise<Answer> {
  const problem = (await answer.json()) as { code?: string; zh?: string; en?: string };
  return {
    ok: false,
    said: problem[language],
    asks: problem.code === 'PASSWORD_NEEDED' || problem.code === 'PASSWORD_WRONG',
  };
}
