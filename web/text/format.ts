import type { Language } from '../../src/kit/text.ts';

// Money, times and counts become text here and nowhere else. Times are Beijing times on every page, whatever the
// reader's machine thinks, so that the page of the server and the page of the browser say the same.

/** An instant as contracts give it (ISO 8601) or as the clocks give it (milliseconds). */
export type At = string | number;
export const msOf = (at: At): number => (typeof at === 'number' ? at : Date.parse(at));

const locale = { zh: 'zh-CN', en: 'en-GB' } as const;
const made = new Map<string, Intl.DateTimeFormat>();

function dates(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  const known = made.get(key);
  if (known) return known;
  const fresh = new Intl.DateTimeFormat(locale[language], { timeZone: 'Asia/Shanghai', ...options });
  made.set(key, fresh);
  return fresh;
}

const counts = { zh: new Intl.NumberFormat('zh-CN'), en: new Intl.NumberFormat('en-GB') };
const shares = {
  zh: new Intl.NumberFormat('zh-CN', { style: 'percent', maximumFractionDigits: 2 }),
  en: new Intl.NumberFormat('en-GB', { style: 'percent', maximumFractionDigits: 2 }),
};

/** Fen, as a bigint or as the decimal string of the contract, become '¥1,286,407.30'; below nothing a real minus: '−¥5.00'. */
export function money(fen: bigint | string | number): string {
  const amount = BigInt(fen);
  const whole = amount < 0n ? -amount : amount;
  const cents = String(whole % 100n).padStart(2, '0');
  return `${amount < 0n ? '−' : ''}¥${counts.en.format(whole / 100n)}.${cents}`;
}

export const count = (value: number | bigint, language: Language = 'zh'): string =>
  counts[language].format(value);
/** 0.018 becomes '1.8%'. */
export const percent = (share: number, language: Language = 'zh'): string => shares[language].format(share);

/** '20:14' or, with seconds, '20:14:07'. */
export function clock(at: At, seconds = false): string {
  return dates('en', {
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' as const } : {}),
    hourCycle: 'h23',
  }).format(msOf(at));
}

/** '11月20日' or '20 Nov'. */
export const day = (at: At, language: Language): string =>
  dates(
    language,
    language === 'zh' ? { month: 'long', day: 'numeric' } : { month: 'short', day: 'numeric' },
  ).format(msOf(at));

/** '2026年11月20日' or '20 Nov 2026'. */
export const fullDay = (at: At, language: Language): string =>
  dates(
    language,
    language === 'zh'
      ? { year: 'numeric', month: 'long', day: '2-digit' }
      : { year: 'numeric', month: 'short', day: 'numeric' },
  ).format(msOf(at));

/** '周六' or 'Sat'. */
export const weekday = (at: At, language: Language): string =>
  dates(language, { weekday: 'short' }).format(msOf(at));

/** '2026年11月20日 20:14:07': the exact moment, for proofs and histories. */
export const exact = (at: At, language: Language): string => `${fullDay(at, language)} ${clock(at, true)}`;

const dayNumber = (at: At): number => Math.floor((msOf(at) + 8 * 3_600_000) / 86_400_000);
const year = (at: At): string => dates('en', { year: 'numeric' }).format(msOf(at));

const near = { zh: ['昨天', '今天', '明天'], en: ['yesterday', 'today', 'tomorrow'] } as const;

/** A moment as people say it beside `now`: '今天 20:14', '明天 20:14', '11月27日 20:31', and with the year when it is another. */
export function moment(at: At, now: At, language: Language): string {
  const word = near[language][dayNumber(at) - dayNumber(now) + 1];
  if (word) return `${word} ${clock(at)}`;
  return `${year(at) === year(now) ? day(at, language) : fullDay(at, language)} ${clock(at)}`;
}

/**
 * A deadline, with nothing left to guess: '今天 22:31', '明天 11月21日（周六）14:06', '11月27日（周五）20:31'. One that ends with a day is
 * told as the law counts: '11月27日（周五）24:00', the same as endOfDay.
 */
export function deadline(at: At, now: At, language: Language): string {
  const isMidnight = (msOf(at) + 8 * 3_600_000) % 86_400_000 === 0;
  const on = isMidnight ? msOf(at) - 1 : msOf(at);
  const time = isMidnight ? '24:00' : clock(at);
  const away = dayNumber(on) - dayNumber(now);
  const word = near[language][away + 1];
  if (away === 0) return `${word} ${time}`;
  const date = year(on) === year(now) ? day(on, language) : fullDay(on, language);
  if (language === 'zh') return `${word ? `${word} ` : ''}${date}（${weekday(on, 'zh')}）${time}`;
  return `${word ? `${word}, ` : ''}${weekday(on, 'en')} ${date}, ${time}`;
}

/** The end of a period that ends with a day: 28 Nov 00:00 is '11月27日 24:00', as the law counts. */
/** The end of a day with its year: '2027年01月21日 24:00'. */
export const endOfFullDay = (at: At, language: Language): string =>
  `${fullDay(msOf(at) - 1, language)} 24:00`;

export function endOfDay(at: At, language: Language): string {
  const before = msOf(at) - 1;
  return dayNumber(before) === dayNumber(at)
    ? `${day(at, language)} ${clock(at)}`
    : `${day(before, language)} 24:00`;
}

export type Piece = { readonly value: string; readonly unit: string };
const units = { zh: ['天', '时', '分', '秒'], en: ['d', 'h', 'min', 's'] } as const;

/**
 * What is left, in two units, or three from an hour down: '1 时 46 分 20 秒', '17 时 21 分' above two hours, '3 天 4 时'.
 * Rounds up to the last unit shown, so that nobody is told less than they have by a unit, and zero means over.
 */
export function left(ms: number, language: Language, seconds = ms < 2 * 3_600_000): Piece[] {
  const names = units[language];
  const rest = Math.max(0, seconds ? Math.ceil(ms / 1000) : Math.ceil(ms / 60_000) * 60);
  const values = [
    Math.floor(rest / 86_400),
    Math.floor(rest / 3600) % 24,
    Math.floor(rest / 60) % 60,
    rest % 60,
  ];
  const from = values.findIndex((value) => value > 0);
  if (from < 0) return [{ value: '0', unit: names[3] }];
  const until = values[0] ? 1 : seconds ? 3 : 2;
  return values
    .slice(from, Math.max(until, from) + 1)
    .map((value, index) => ({ value: String(value), unit: names[from + index] as string }));
}

export const leftText = (ms: number, language: Language): string =>
  left(ms, language)
    .map((piece) => `${piece.value} ${piece.unit}`)
    .join(' ');

/** A measured time, in its largest unit that says something: 2.1 秒, 4 分, 3 时, 2 天. */
export function took(ms: number, language: Language): string {
  const [days, hours, minutes, secs] = units[language];
  const tenth = (value: number): string => String(Math.round(value * 10) / 10);
  if (ms < 60_000) return `${ms < 10_000 ? tenth(ms / 1000) : Math.round(ms / 1000)} ${secs}`;
  if (ms < 3_600_000) return `${Math.round(ms / 60_000)} ${minutes}`;
  if (ms < 86_400_000) return `${tenth(ms / 3_600_000)} ${hours}`;
  return `${tenth(ms / 86_400_000)} ${days}`;
}

/** A span of the rules, as they say it: '2 小时', '24 小时', '7 天'. */
export function span(hours: number, language: Language): string {
  const inDays = hours > 24 && hours % 24 === 0;
  const number = inDays ? hours / 24 : hours;
  if (language === 'zh') return `${number} ${inDays ? '天' : '小时'}`;
  return `${number} ${inDays ? 'day' : 'hour'}${number === 1 ? '' : 's'}`;
}

/** '41.2 KB'. */
export function bytes(size: number): string {
  if (size < 1000) return `${size} B`;
  if (size < 1_000_000) return `${Math.round(size / 100) / 10} KB`;
  return `${Math.round(size / 100_000) / 10} MB`;
}
