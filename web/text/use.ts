import { useRouteLoaderData } from 'react-router';
import { say, type Words } from '../../src/kit/text.ts';
import type { Language } from './language.ts';

export type { Language } from './language.ts';
type Area = Readonly<Record<string, Words>>;
export type Say<A extends Area> = (key: keyof A, values?: Record<string, string | number>) => string;

/** The texts of one area in one language: `const t = textIn(storefront, 'zh'); t('search')`. */
export const textIn =
  <A extends Area>(area: A, language: Language): Say<A> =>
  (key, values) =>
    say(area[key] as Words, language, values);

/** What the root loader gives to every page. */
export type Frame = {
  readonly language: Language;
  readonly viewer: {
    readonly name: string | null;
    readonly signedIn: boolean;
    readonly merchant: boolean;
    readonly operator: boolean;
    readonly unread: number;
  };
  /** The business clock when the page was made, in milliseconds. */
  readonly now: number;
  /** The wall clock when the page was made: for sessions and codes, which no demo clock moves. */
  readonly wall: number;
  readonly demo: boolean;
  /** The address of this page without `?lang=`. */
  readonly path: string;
  /** The number that an error page shows and the log holds. */
  readonly requestId: string;
};

const bare: Frame = {
  language: 'zh',
  viewer: { name: null, signedIn: false, merchant: false, operator: false, unread: 0 },
  now: 0,
  wall: 0,
  demo: false,
  path: '/',
  requestId: '',
};

/** The frame of the page; a bare one when the root itself failed, so that an error page can still be drawn. */
export const useFrame = (): Frame => (useRouteLoaderData('root') as Frame | undefined) ?? bare;
export const useLanguage = (): Language => useFrame().language;
export const useText = <A extends Area>(area: A): Say<A> => textIn(area, useLanguage());
