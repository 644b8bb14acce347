import { CsvError, parse } from 'csv-parse/sync';
import type { Delimiter } from './contract.ts';
import { splitLine, type Layout } from './layout.rules.ts';

/** One row of an upload; `row` is its line in the file as an editor counts. */
export type Row = { readonly row: number; readonly cells: readonly string[] };

/** The upload as a whole cannot be read from this row on. */
export class UnreadableRow extends Error {
  readonly row: number;
  constructor(row: number) {
    super(`row ${row} cannot be read`);
    this.row = row;
  }
}

/** How many rows are not empty, the header included: what progress is measured by. */
export function countRows(text: string): number {
  let rows = 0;
  for (let from = 0; from <= text.length;) {
    const end = text.indexOf('\n', from);
    const to = end < 0 ? text.length : end;
    if (to > from) rows += 1;
    if (end < 0) break;
    from = end + 1;
  }
  return rows;
}

/** Rows one after another, so that a large upload is never in memory as rows. Empty rows and the header are left out. */
export function* rowsOf(text: string, layout: Layout): Generator<Row> {
  const quoted = quotable.has(layout.delimiter) && text.includes('"');
  let skip = layout.header;
  for (const row of quoted ? quotedRows(text, layout.delimiter) : plainRows(text, layout.delimiter)) {
    if (skip) skip = false;
    else yield row;
  }
}

const quotable: ReadonlyMap<Delimiter, string> = new Map([
  ['comma', ','],
  ['tab', '\t'],
  ['pipe', '|'],
]);

function* plainRows(text: string, delimiter: Delimiter): Generator<Row> {
  let row = 0;
  for (let from = 0; from < text.length;) {
    const end = text.indexOf('\n', from);
    const to = end < 0 ? text.length : end;
    row += 1;
    const line = text.slice(from, to).trim();
    if (line !== '') yield { row, cells: splitLine(line, delimiter).map(trimmed) };
    from = to + 1;
  }
}

const trimmed = (cell: string): string => cell.trim();

const blockChars = 64 * 1024;

/** CSV with quotes (RFC 4180), read in blocks that end at a line end outside quotes. */
function* quotedRows(text: string, delimiter: Delimiter): Generator<Row> {
  let before = 0;
  for (let from = 0; from < text.length;) {
    const to = blockEnd(text, from);
    const block = text.slice(from, to);
    for (const row of parseBlock(block, delimiter, before)) yield row;
    before += newlinesIn(block);
    from = to;
  }
}

/** The first line end after enough characters at which the quotes so far match. */
function blockEnd(text: string, from: number): number {
  let quotes = 0;
  for (let at = from; at < text.length;) {
    const end = text.indexOf('\n', at);
    const to = end < 0 ? text.length : end + 1;
    for (let quote = text.indexOf('"', at); quote >= 0 && quote < to; quote = text.indexOf('"', quote + 1))
      quotes += 1;
    if (quotes % 2 === 0 && to - from >= blockChars) return to;
    at = to;
  }
  return text.length;
}

const newlinesIn = (text: string): number => {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
};

function* parseBlock(block: string, delimiter: Delimiter, before: number): Generator<Row> {
  const records = readBlock(block, delimiter, before);
  for (const { record, info } of records) {
    if (record.every((cell) => cell === '')) continue;
    const inside = record.reduce((sum, cell) => sum + newlinesIn(cell), 0);
    yield { row: before + info.lines - inside, cells: record.map(trimmed) };
  }
}

type Parsed = { record: string[]; info: { lines: number } };

function readBlock(block: string, delimiter: Delimiter, before: number): Parsed[] {
  try {
    return parse(block, {
      delimiter: quotable.get(delimiter) ?? ',',
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: 64 * 1024,
    }) as unknown as Parsed[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new UnreadableRow(before + Number((error as { lines?: number }).lines ?? 1));
  }
}
