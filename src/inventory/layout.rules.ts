import { done, refuse, type Result } from '../kit/result.ts';
import type { ColumnKind, Delimiter, ImportSettings } from './contract.ts';

/** How the rows of an upload are read: what separates columns, whether the first row names them, what each holds. */
export type Layout = {
  readonly delimiter: Delimiter;
  readonly header: boolean;
  readonly columns: readonly ColumnKind[];
  /** Names of the columns as the header gives them, '' where there is none: an extra column keeps its name. */
  readonly names: readonly string[];
};

/** What a listing's keys look like (catalog content, keyFormat). */
export type KeyFormat = 'free' | 'digits16' | 'code25' | 'licence';

const separators = {
  none: '\n',
  comma: ',',
  tab: '\t',
  space: /[ \u3000]+/,
  dashes: '----',
  pipe: '|',
  double_bar: '║',
} as const satisfies Record<Delimiter, string | RegExp>;

/** Cells of one line without quotes. */
export const splitLine = (line: string, delimiter: Delimiter): string[] =>
  delimiter === 'none' ? [line] : line.split(separators[delimiter]);

/** Names that shops of this trade give their columns; a secret may be named by what is sold. */
const knownNames: Readonly<Record<ColumnKind, readonly string[]>> = {
  secret: [
    'secret',
    'pwd',
    'password',
    'pass',
    'card_secret',
    'card_password',
    'card_pwd',
    '卡密',
    '密码',
    '卡密码',
    '激活码',
    '兑换码',
    '密钥',
    '序列号',
  ],
  card_no: ['card_no', 'cardno', 'card_number', 'number', 'no', 'account', 'user', '卡号', '账号', '帐号'],
  extra: ['extra', 'note', 'remark', '备注', '说明', '附加', '邮箱', '邮箱密码', 'email'],
  expires_at: ['expires_at', 'expires', 'expiry', 'expire', '有效期', '到期', '到期时间', '过期时间'],
  use_within: ['use_within', '使用期', '使用期限', '使用时限'],
  face_value: ['face_value', 'face', '面值', '面额'],
  skip: ['skip', 'preview', 'surcharge', 'cost', '预告', '加价', '成本'],
};
const kindByName = new Map<string, ColumnKind>(
  Object.entries(knownNames).flatMap(([kind, names]) =>
    names.map((name) => [name, kind as ColumnKind] as const),
  ),
);
const kindOf = (cell: string): ColumnKind | undefined => kindByName.get(nameOf(cell).toLowerCase());
const nameOf = (cell: string): string =>
  cell
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim();

/** The first rows that say something, without what stands in quotes, where separators mean nothing. */
const sampleOf = (text: string): string[] =>
  text
    .slice(0, 400_000)
    .split('\n', 60)
    .filter((line) => line.trim() !== '')
    .slice(0, 50);

/**
 * Decides how an upload is read. What the merchant set stands; the rest follows from the header, else from what stands equally often in
 * the first rows, else from habit: one column is the secret, two are card number and secret, `卡密║预告║加价║成本` is what it says.
 * Refuses columns without a secret, and a kind that stands twice (extra and skip may).
 */
export function planLayout(
  text: string,
  settings: ImportSettings,
  format: KeyFormat,
): Result<Layout, 'IMPORT_COLUMNS'> {
  const sample = sampleOf(text);
  const first = sample[0] ?? '';
  const delimiter = settings.delimiter === 'auto' ? guessDelimiter(sample) : settings.delimiter;
  const cells = splitLine(first, delimiter).map(nameOf);
  const header = settings.header === 'auto' ? namesColumns(cells) : settings.header === 'yes';
  const width = header ? cells.length : widthOf(sample, delimiter);
  const kinds =
    settings.columns.length > 0
      ? settings.columns
      : header
        ? cells.map((cell) => kindOf(cell) ?? 'skip')
        : habit(width, delimiter, format);
  const columns = Array.from({ length: Math.max(width, kinds.length) }, (_, i) => kinds[i] ?? 'skip');
  const single = columns.filter((kind) => kind !== 'extra' && kind !== 'skip');
  if (!single.includes('secret') || new Set(single).size < single.length) return refuse('IMPORT_COLUMNS');
  return done({ delimiter, header, columns, names: columns.map((_, i) => (header ? (cells[i] ?? '') : '')) });
}

function habit(width: number, delimiter: Delimiter, format: KeyFormat): ColumnKind[] {
  const rest = (kind: ColumnKind, from: number): ColumnKind[] =>
    Array.from({ length: Math.max(0, width - from) }, () => kind);
  if (width === 1) return ['secret'];
  if (delimiter === 'double_bar') return ['secret', ...rest('skip', 1)];
  if (format === 'code25') return ['secret', ...rest('extra', 1)];
  return ['card_no', 'secret', ...rest('extra', 2)];
}

/** Every name known, and one of them a secret; or a cell that no key can be. */
function namesColumns(cells: readonly string[]): boolean {
  const kinds = cells.filter((cell) => cell !== '').map(kindOf);
  if (!kinds.includes('secret')) return false;
  const certain = cells.some((cell) => cell.toLowerCase() === 'secret' || cell === '卡密');
  return certain || kinds.every((kind) => kind !== undefined);
}

const guesses: readonly Delimiter[] = ['dashes', 'double_bar', 'tab', 'pipe', 'comma', 'space'];

function guessDelimiter(sample: readonly string[]): Delimiter {
  const bare = sample.map((line) => line.replace(/"[^"]*"/g, '').trim());
  const named = guesses.find((one) => {
    const cells = splitLine(bare[0] ?? '', one).map(nameOf);
    return cells.length > 1 && namesColumns(cells);
  });
  if (named) return named;
  return guesses.find((one) => steady(bare, one)) ?? 'none';
}

/** A separator stands equally often in nearly every row; spaces are also in texts, so they must split every row in two. */
function steady(lines: readonly string[], delimiter: Delimiter): boolean {
  if (lines.length === 0) return false;
  const counts = lines.map((line) => splitLine(line, delimiter).length);
  if (delimiter === 'space') return counts.every((count) => count === 2);
  const usual = most(counts);
  return usual > 1 && counts.filter((count) => count === usual).length >= counts.length * 0.8;
}

const widthOf = (sample: readonly string[], delimiter: Delimiter): number =>
  Math.max(1, most(sample.map((line) => splitLine(line.replace(/"[^"]*"/g, ''), delimiter).length)));

function most(counts: readonly number[]): number {
  const times = new Map<number, number>();
  for (const count of counts) times.set(count, (times.get(count) ?? 0) + 1);
  return [...times].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
}
