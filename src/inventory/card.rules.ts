import { parseYuan } from '../kit/money.ts';
import { beijingDay, endOfBeijingDay, instant, plus, type Instant } from '../kit/time.ts';
import { importLimits } from './contract.ts';
import type { KeyFormat, Layout } from './layout.rules.ts';
import type { RowProblem } from './problem.contract.ts';
import type { Row } from './rows.rules.ts';

/** One key as it will be sold: in its canonical spelling. */
export type Card = {
  readonly row: number;
  readonly cardNo: string;
  readonly secret: string;
  readonly extra: string;
  readonly expiresAt: Instant | null;
  /** Its spelling was corrected: spaces, hyphens, wide letters, invisible characters. */
  readonly fixed: boolean;
};
export type Problem = {
  readonly row: number;
  readonly reason: RowProblem;
  readonly n?: number;
  readonly m?: number;
};

/** What the listing says of its keys. */
export type KeyRules = { readonly format: KeyFormat; readonly useWithin_hours: number | null };

const invisible = /[\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g;
const control = /[\x00-\x1f\x7f]/; // oxlint-disable-line no-control-regex -- finding them is the point
const joints = /[\s\-\u2010-\u2015]/g;

/**
 * Turns a row into a key, or says what is wrong with it: columns, missing parts, the format of the listing (F032: 25 characters,
 * F036: 16 digits and a secret), length, and F019: a key must outlive the time that the listing promises for using it.
 */
export function cardOf(row: Row, layout: Layout, rules: KeyRules, now: Instant): Card | Problem {
  const wrong = (reason: RowProblem, n?: number, m?: number): Problem => ({
    row: row.row,
    reason,
    ...(n === undefined ? {} : { n }),
    ...(m === undefined ? {} : { m }),
  });
  if (!fits(row.cells.length, layout)) return wrong('COLUMN_COUNT', row.cells.length, layout.columns.length);
  let cardNo = '';
  let secret = '';
  let extra = '';
  let expires = '';
  let useWithin = '';
  let face = '';
  let fixed = false;
  for (let i = 0; i < row.cells.length; i++) {
    const raw = row.cells[i] as string;
    const cell = raw.replace(invisible, '');
    if (cell.length !== raw.length) fixed = true;
    switch (layout.columns[i]) {
      case 'secret':
        secret = cell;
        break;
      case 'card_no':
        cardNo = cell;
        break;
      case 'extra':
        if (cell !== '') extra += `${extra === '' ? '' : '\n'}${named(layout.names[i], cell)}`;
        break;
      case 'expires_at':
        expires = cell;
        break;
      case 'use_within':
        useWithin = cell;
        break;
      case 'face_value':
        face = cell;
        break;
      default:
    }
  }
  if (secret === '') return wrong('SECRET_MISSING');
  if (control.test(secret) || control.test(cardNo) || control.test(extra.replaceAll('\n', '')))
    return wrong('CONTROL_CHARACTER');
  const long = Math.max(secret.length, cardNo.length, extra.length);
  if (long > importLimits.keyChars) return wrong('TOO_LONG', long);
  const spelled = spell(rules.format, cardNo, secret);
  if ('reason' in spelled) return wrong(spelled.reason, spelled.n);
  const value = face === '' ? undefined : parseYuan(face.replace(/元$|^[¥￥]/g, ''));
  if (face !== '' && value === undefined) return wrong('FACE_VALUE_FORM');
  const timed = timesOf(expires, useWithin, rules, now);
  if ('reason' in timed) return wrong(timed.reason, timed.n);
  return {
    row: row.row,
    cardNo: spelled.cardNo,
    secret: spelled.secret,
    extra,
    expiresAt: timed.expiresAt,
    fixed: fixed || spelled.fixed,
  };
}

export const isProblem = (one: Card | Problem): one is Problem => 'reason' in one;

const named = (name: string | undefined, cell: string): string =>
  name && name !== 'extra' ? `${name}: ${cell}` : cell;

/** As many cells as columns; those at the end that are not needed may be left away. */
function fits(cells: number, layout: Layout): boolean {
  const { columns } = layout;
  if (cells === columns.length) return true;
  return (
    cells < columns.length && columns.slice(cells).every((kind) => kind !== 'secret' && kind !== 'card_no')
  );
}

type Spelled = { cardNo: string; secret: string; fixed: boolean } | { reason: RowProblem; n?: number };

function spell(format: KeyFormat, cardNo: string, secret: string): Spelled {
  if (format === 'digits16') {
    if (cardNo === '') return { reason: 'CARD_NO_MISSING' };
    const digits = cardNo.normalize('NFKC').replace(joints, '');
    if (!/^\d{16}$/.test(digits)) return { reason: 'CARD_NO_FORM', n: digits.length };
    const close = secret.replace(/\s/g, '');
    return { cardNo: digits, secret: close, fixed: digits !== cardNo || close !== secret };
  }
  if (format === 'code25') {
    const code = secret.normalize('NFKC').replace(joints, '').toUpperCase();
    if (!/^[A-Z0-9]{25}$/.test(code)) return { reason: 'CODE_FORM', n: code.length };
    const grouped = code.replace(/(.{5})(?=.)/g, '$1-');
    return { cardNo, secret: grouped, fixed: grouped !== secret };
  }
  return { cardNo, secret, fixed: false };
}

type Times = { expiresAt: Instant | null } | { reason: RowProblem; n?: number };

function timesOf(expires: string, useWithin: string, rules: KeyRules, now: Instant): Times {
  const promised = rules.useWithin_hours ?? 0;
  const own = useWithin === '' ? undefined : hoursOf(useWithin);
  if (useWithin !== '' && own === undefined) return { reason: 'USE_WITHIN_FORM' };
  if (own !== undefined && own < promised) return { reason: 'USE_WITHIN_SHORT', n: promised };
  if (expires === '') return { expiresAt: null };
  const expiresAt = expiryOf(expires);
  if (expiresAt === undefined) return { reason: 'DATE_FORM' };
  if (expiresAt <= plus(now, { hours: promised })) return { reason: 'EXPIRES_TOO_SOON', n: promised };
  return { expiresAt };
}

/** '24', '24h', '24小时', '7天', '7d' in hours. */
function hoursOf(text: string): number | undefined {
  const match = /^(\d{1,5}) ?(h|hours?|小时|d|days?|天|日)?$/i.exec(text);
  if (!match) return undefined;
  const count = Number(match[1]);
  return /^[d天日]/i.test(match[2] ?? '') ? count * 24 : count;
}

/** A day means its end in Beijing; a time without a zone is Beijing time. */
export function expiryOf(text: string): Instant | undefined {
  const match =
    /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?(?:\.\d+)?(Z|[+-]\d{2}:\d{2})?$/.exec(
      text,
    );
  if (!match) return undefined;
  const [, year, month, date, hour, minute, second, zone] = match;
  const day = `${year}-${month?.padStart(2, '0')}-${date?.padStart(2, '0')}`;
  // 31 February is refused, not moved to March.
  const midnight = Date.parse(`${day}T00:00:00+08:00`);
  if (Number.isNaN(midnight) || beijingDay(instant(midnight)) !== day) return undefined;
  if (hour === undefined) return zone === undefined ? endOfBeijingDay(day) : undefined;
  const at = Date.parse(`${day}T${hour.padStart(2, '0')}:${minute}:${second ?? '00'}${zone ?? '+08:00'}`);
  return Number.isNaN(at) ? undefined : instant(at);
}

const ascii = /^[\x21-\x7e]*$/;

/**
 * Version 1 of the spelling under which a key is found again: NFKC, without spaces and hyphens, in capitals. Letters that look alike
 * (O and 0) stay apart. Capitals also where case matters: two keys that differ in case only are taken for one, and are looked at.
 */
export function normalise(text: string): string {
  const plain = ascii.test(text) ? text : text.normalize('NFKC');
  return plain.replace(joints, '').toUpperCase();
}

/** A card number as far as it may be shown: '6021 8840 **** 7101'. */
export function maskedNumber(cardNo: string): string {
  if (cardNo === '') return '';
  if (/^\d{13,}$/.test(cardNo)) {
    const end = cardNo.slice(-Math.min(4, cardNo.length - 12));
    return `${cardNo.slice(0, 4)} ${cardNo.slice(4, 8)} **** ${end}`;
  }
  return masked(cardNo);
}

/** A secret shows its length at most in groups; long ones also two characters at each end. */
export const masked = (secret: string): string =>
  secret === '' ? '—' : secret.length < 12 ? '****' : `${secret.slice(0, 2)}**-**${secret.slice(-2)}`;
