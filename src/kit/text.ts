/** The two languages of the product; Chinese first. */
export type Language = 'zh' | 'en';
export type Words = { readonly zh: string; readonly en: string };

export const say = (words: Words, language: Language, values: Record<string, string | number> = {}): string =>
  words[language].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
