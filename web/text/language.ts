import type { Language } from '../../src/kit/text.ts';

export type { Language } from '../../src/kit/text.ts';
export const languages: readonly Language[] = ['zh', 'en'];
export const htmlLang = { zh: 'zh-CN', en: 'en' } as const;

/** identity's cookie, with and without the prefix that it has over https. */
const languageCookie = /(?:^|;\s*)(?:__Host-)?mengyue-language=(zh|en)(?:;|$)/;

const isLanguage = (text: string | null | undefined): text is Language => text === 'zh' || text === 'en';

/**
 * The language of a request: `?lang=` (somebody just chose), then the language cookie (somebody chose before),
 * then Accept-Language, then Chinese. `chosen` is set when the answer should be remembered in the cookie.
 */
export function languageOf(request: Request): { language: Language; chosen: boolean } {
  const asked = new URL(request.url).searchParams.get('lang');
  if (isLanguage(asked)) return { language: asked, chosen: true };
  const kept = languageCookie.exec(request.headers.get('cookie') ?? '')?.[1];
  if (isLanguage(kept)) return { language: kept, chosen: false };
  return { language: accepted(request.headers.get('accept-language')), chosen: false };
}

/** The better liked of our two languages in an Accept-Language field (RFC 9110 section 12.5.4). Chinese when neither is named. */
export function accepted(field: string | null): Language {
  let best: Language = 'zh';
  let weight = 0;
  for (const part of (field ?? '').split(',')) {
    const [tag, ...settings] = part.trim().split(';');
    const name = tag?.split('-')[0]?.toLowerCase();
    const q = settings.map((setting) => /^\s*q=([\d.]+)\s*$/.exec(setting)?.[1]).find(Boolean);
    const likes = q === undefined ? 1 : Number(q);
    if (isLanguage(name) && likes > weight) {
      best = name;
      weight = likes;
    }
  }
  return best;
}
