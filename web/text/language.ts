import type { Language } from '../../src/kit/text.ts';

export type { Language } from '../../src/kit/text.ts';
export const languages: readonly Language[] = ['zh', 'en'];
export const htmlLang = { zh: 'zh-CN', en: 'en' } as const;
