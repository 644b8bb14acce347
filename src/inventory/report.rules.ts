import type { Instant } from '../kit/time.ts';
import { say, type Language, type Words } from '../kit/text.ts';
import { masked, maskedNumber, type Card, type Problem } from './card.rules.ts';
import type { ColumnKind, Delimiter, Encoding } from './contract.ts';
import type { Layout } from './layout.rules.ts';
import { rowProblems } from './problem.contract.ts';

export type ImportCounts = {
  readonly rows: number;
  readonly accepted: number;
  readonly fixed: number;
  readonly rejected: number;
};

/** A row that was not imported, with what stood in it: only ever stored sealed. */
export type Reject = Problem & { readonly cells: readonly string[] };

/** One of the first rows of an upload, as it would look in stock. */
export type Head = { readonly row: number; readonly cells: readonly string[]; readonly card: Card | null };

export type Preview = {
  readonly row: number;
  readonly cardNo: string;
  readonly secret: string;
  readonly expiresAt: Instant | null;
  readonly result: Words;
  readonly accepted: boolean;
};
export type ShownProblem = {
  readonly row: number;
  readonly toRow: number;
  readonly reason: Problem['reason'];
  readonly what: Words;
  readonly cure: Words;
  readonly shown: string;
};

/** What an import shows besides its counts; stored sealed, because the rejects are keys. */
export type Detail = {
  readonly encoding: Encoding;
  readonly delimiter: Delimiter;
  readonly header: boolean;
  readonly columns: readonly ColumnKind[];
  readonly preview: readonly Preview[];
  readonly problems: readonly ShownProblem[];
  readonly rejects: readonly Reject[];
};

/** So many rejected rows are kept for the merchant to correct; the others are counted. */
export const keptRejects = 2_000;
const shownProblems = 200;

const filled = (words: Words, problem: Problem): Words => {
  const values = { n: problem.n ?? '', m: problem.m ?? '' };
  const one = (language: Language): string => say(words, language, values);
  return { zh: one('zh'), en: one('en') };
};

const cellOf = (cells: readonly string[], layout: Layout, kind: ColumnKind): string =>
  cells[layout.columns.indexOf(kind)] ?? '';

/** Enough of a row to find it again, never all of it. */
function shown(reject: Reject, layout: Layout): string {
  if (reject.reason === 'EXPIRES_TOO_SOON' || reject.reason === 'DATE_FORM')
    return cellOf(reject.cells, layout, 'expires_at').slice(0, 40);
  if (reject.reason === 'COLUMN_COUNT' || reject.reason === 'SECRET_MISSING') return '—';
  const cardNo = cellOf(reject.cells, layout, 'card_no');
  return cardNo === ''
    ? masked(cellOf(reject.cells, layout, 'secret'))
    : maskedNumber(cardNo.replace(/\s/g, ''));
}

/** Rows one after another with the same problem are told once: 131 to 139. */
function problemsOf(rejects: readonly Reject[], layout: Layout): ShownProblem[] {
  const runs: ShownProblem[] = [];
  for (const reject of rejects) {
    const last = runs.at(-1);
    const what = filled(rowProblems[reject.reason].what, reject);
    if (last && last.reason === reject.reason && last.toRow === reject.row - 1 && last.what.zh === what.zh)
      runs[runs.length - 1] = { ...last, toRow: reject.row };
    else if (runs.length === shownProblems) break;
    else
      runs.push({
        row: reject.row,
        toRow: reject.row,
        reason: reject.reason,
        what,
        cure: filled(rowProblems[reject.reason].cure, reject),
        shown: shown(reject, layout),
      });
  }
  return runs;
}

function previewOf(head: Head, layout: Layout, rejects: ReadonlyMap<number, Reject>): Preview {
  const reject = rejects.get(head.row);
  const cardNo = head.card?.cardNo ?? cellOf(head.cells, layout, 'card_no');
  const secret = head.card?.secret ?? cellOf(head.cells, layout, 'secret');
  const fine = head.card?.fixed
    ? { zh: '可入库，已自动改好', en: 'Ready, spelling corrected' }
    : { zh: '可入库', en: 'Ready' };
  return {
    row: head.row,
    cardNo: maskedNumber(cardNo),
    secret: masked(secret),
    expiresAt: head.card?.expiresAt ?? null,
    result: reject ? filled(rowProblems[reject.reason].what, reject) : fine,
    accepted: reject === undefined,
  };
}

/** The report of an upload: preview, problems and the rejected rows in their order. */
export function detailOf(p: {
  encoding: Encoding;
  layout: Layout;
  heads: readonly Head[];
  rejects: readonly Reject[];
}): Detail {
  const rejects = p.rejects.toSorted((a, b) => a.row - b.row);
  const byRow = new Map(rejects.map((reject) => [reject.row, reject]));
  return {
    encoding: p.encoding,
    delimiter: p.layout.delimiter,
    header: p.layout.header,
    columns: p.layout.columns,
    preview: p.heads.map((head) => previewOf(head, p.layout, byRow)),
    problems: problemsOf(rejects, p.layout),
    rejects,
  };
}

/** The rejected rows as CSV with reason and cure, to be corrected and uploaded again. */
export function rejectsCsv(detail: Detail, language: Language): string {
  const head = [
    ...detail.columns,
    ...(language === 'zh' ? ['行', '原因', '怎么办'] : ['row', 'reason', 'cure']),
  ];
  const lines = detail.rejects.map((reject) => {
    const { what, cure } = rowProblems[reject.reason];
    const cells = detail.columns.map((_, i) => reject.cells[i] ?? '');
    return [...cells, String(reject.row), filled(what, reject)[language], filled(cure, reject)[language]];
  });
  return csvOf([head, ...lines]);
}

/** CSV (RFC 4180) with the mark by which spreadsheets know UTF-8. */
export const csvOf = (lines: readonly (readonly string[])[]): string =>
  `\ufeff${lines.map((line) => line.map(csvCell).join(',')).join('\r\n')}\r\n`;

// Nothing is put before a cell to please a spreadsheet: these cells are keys, and must come back as they were.
const csvCell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
