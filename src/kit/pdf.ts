import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { must } from './assert.ts';
import type { Instant } from './time.ts';

/** What a document is made of, from top to bottom. A table's widths are parts of the line, its sum is one. */
export type PdfBlock =
  | { readonly kind: 'title' | 'heading' | 'text' | 'quiet'; readonly text: string }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [label: string, value: string])[] }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly widths: readonly number[];
      readonly rows: readonly (readonly string[])[];
    };
export type PdfDocument = {
  readonly title: string;
  /** Stands at the foot of each page, beside its number. */
  readonly foot: string;
  /** When the document was made, for its properties. The same input gives the same bytes. */
  readonly at: Instant;
  readonly blocks: readonly PdfBlock[];
};

const page = { width: 595.28, height: 841.89, margin: 56 } as const;
const line = page.width - 2 * page.margin;
const bottom = page.height - page.margin - 24;
type Weight = 400 | 600;

/**
 * Writes a PDF whose letters are embedded, Chinese ones as well: of Noto Sans SC (OFL), which comes from npm as a hundred small files, those
 * that the text needs are cut down to the letters that it uses. Nothing is fetched. A letter that the font does not have is named by its number.
 */
export async function pdfOf(wanted: PdfDocument): Promise<Buffer> {
  const { default: Writer } = await import('pdfkit');
  const made = new Date(wanted.at);
  const doc = new Writer({
    size: 'A4',
    margin: 0,
    bufferPages: true,
    lang: 'zh-CN',
    info: { Title: wanted.title, Producer: 'Mengyue', CreationDate: made, ModDate: made },
  });
  const letters = await lettersFor(wanted);
  for (const { name, file } of letters.fonts) doc.registerFont(name, file);
  const pieces: Buffer[] = [];
  doc.on('data', (piece: Buffer) => pieces.push(piece));
  const ended = new Promise<void>((ready) => doc.on('end', ready));
  const pen: Pen = { doc, letters, widths: new Map(), y: page.margin };
  for (const block of wanted.blocks) put(pen, block);
  const { count } = doc.bufferedPageRange();
  for (let n = 0; n < count; n += 1) {
    doc.switchToPage(n);
    pen.y = page.height - page.margin + 4;
    print(pen, `${wanted.foot}　${n + 1} / ${count}`, {
      x: page.margin,
      width: line,
      size: 8,
      colour: quiet,
    });
  }
  doc.end();
  await ended;
  return Buffer.concat(pieces);
}

const ink = '#17211d';
const quiet = '#46524c';
const rule = '#d5dbd0';

type Letters = {
  readonly fonts: readonly { name: string; file: Buffer }[];
  fontOf(letter: string, weight: Weight): string;
};
type Pen = {
  readonly doc: PDFKit.PDFDocument;
  readonly letters: Letters;
  readonly widths: Map<string, number>;
  y: number;
};
type Style = { x: number; width: number; size: number; weight?: Weight; colour?: string };

const sizes = { title: 18, heading: 12, text: 10, quiet: 9 } as const;
const leading = 1.55;

function put(pen: Pen, block: PdfBlock): void {
  if (block.kind === 'facts') return putFacts(pen, block.rows);
  if (block.kind === 'table') return putTable(pen, block);
  const { kind } = block;
  if (kind === 'heading') {
    pen.y += 14;
    room(pen, 60);
  }
  const strong = kind === 'title' || kind === 'heading';
  print(pen, block.text, {
    x: page.margin,
    width: line,
    size: sizes[kind],
    weight: strong ? 600 : 400,
    colour: kind === 'quiet' ? quiet : ink,
  });
  pen.y += strong ? 6 : 3;
}

function putFacts(pen: Pen, rows: readonly (readonly [string, string])[]): void {
  const label = 118;
  for (const [name, value] of rows)
    putRow(pen, [
      { text: name, x: page.margin, width: label - 12, size: 9, colour: quiet },
      { text: value, x: page.margin + label, width: line - label, size: 10 },
    ]);
}

function putTable(pen: Pen, p: Extract<PdfBlock, { kind: 'table' }>): void {
  const cells = (texts: readonly string[], weight: Weight, colour: string) => {
    let x: number = page.margin;
    return texts.map((text, i) => {
      const width = must(p.widths[i], 'a width for each column') * line;
      const cell = { text, x, width: width - 8, size: 8.5, weight, colour };
      x += width;
      return cell;
    });
  };
  room(pen, 60);
  putRow(pen, cells(p.head, 600, quiet));
  for (const row of p.rows) putRow(pen, cells(row, 400, ink));
}

/** Cells beside each other, a thin line below; the row is as high as its highest cell, and one that is higher than a page goes on on the next. */
function putRow(pen: Pen, cells: readonly (Style & { text: string })[]): void {
  const wrapped = cells.map((cell) => ({ cell, lines: wrap(pen, cell.text, cell) }));
  const height = Math.max(...wrapped.map(({ cell, lines }) => lines.length * cell.size * leading));
  if (height < bottom - page.margin) room(pen, height + 6);
  const most = Math.max(...wrapped.map(({ lines }) => lines.length));
  for (let n = 0; n < most; n += 1) {
    const size = Math.max(...cells.map((cell) => cell.size));
    room(pen, size * leading);
    for (const { cell, lines } of wrapped) draw(pen, lines[n] ?? '', cell);
    pen.y += size * leading;
  }
  pen.doc
    .moveTo(page.margin, pen.y + 1)
    .lineTo(page.margin + line, pen.y + 1)
    .lineWidth(0.5)
    .strokeColor(rule)
    .stroke();
  pen.y += 5;
}

function room(pen: Pen, height: number): void {
  if (pen.y + height <= bottom) return;
  pen.doc.addPage({ size: 'A4', margin: 0 });
  pen.y = page.margin;
}

function print(pen: Pen, text: string, style: Style): void {
  const isFoot = pen.y > bottom;
  for (const each of wrap(pen, text, style)) {
    if (!isFoot) room(pen, style.size * leading);
    draw(pen, each, style);
    pen.y += style.size * leading;
  }
}

function draw(pen: Pen, text: string, style: Style): void {
  let x = style.x;
  for (const run of runsOf(pen, text, style)) {
    pen.doc
      .font(run.font)
      .fontSize(style.size)
      .fillColor(style.colour ?? ink);
    pen.doc.text(run.text, x, pen.y, { lineBreak: false });
    x += run.width;
  }
}

/** Neighbours of one font stand in one run. */
function runsOf(pen: Pen, text: string, style: Style) {
  const runs: { font: string; text: string; width: number }[] = [];
  for (const letter of text) {
    const font = pen.letters.fontOf(letter, style.weight ?? 400);
    const last = runs.at(-1);
    const width = widthOf(pen, letter, style);
    if (last?.font === font) {
      last.text += letter;
      last.width += width;
    } else runs.push({ font, text: letter, width });
  }
  return runs;
}

/** The sum of its letters; each is measured once, or a long text would be measured anew for each of its letters. */
function widthOf(pen: Pen, text: string, { size, weight = 400 }: Style): number {
  let sum = 0;
  for (const letter of text) {
    const name = `${weight}${letter}`;
    let wide = pen.widths.get(name);
    if (wide === undefined) {
      wide = pen.doc.font(pen.letters.fontOf(letter, weight)).fontSize(1000).widthOfString(letter);
      pen.widths.set(name, wide);
    }
    sum += (wide * size) / 1000;
  }
  return sum;
}

// Chinese breaks anywhere but before these; Latin words stay whole where a line can hold them.
const neverFirst = /^[，。；：？、）】》”’％,.;:?)\]]$/;

function wrap(pen: Pen, text: string, style: Style): string[] {
  return shown(text)
    .split('\n')
    .flatMap((paragraph) => wrapOne(pen, paragraph, style));
}

function wrapOne(pen: Pen, paragraph: string, style: Style): string[] {
  const words = paragraph.match(/[\x21-\x7e\u00a1-\u024f]+|\s+|[^]/gu) ?? [''];
  const lines: string[] = [];
  let [current, wide] = ['', 0];
  const end = (): void => {
    lines.push(current.trimEnd());
    [current, wide] = ['', 0];
  };
  for (const word of words) {
    const more = widthOf(pen, word, style);
    if (wide + more <= style.width || neverFirst.test(word)) {
      [current, wide] = [current + word, wide + more];
      continue;
    }
    if (current.trim() !== '') end();
    for (const letter of word.trimStart()) {
      const own = widthOf(pen, letter, style);
      if (current !== '' && wide + own > style.width) end();
      [current, wide] = [current + letter, wide + own];
    }
  }
  end();
  return lines;
}

type Slice = { readonly name: string; readonly ranges: readonly (readonly [number, number])[] };
let slices: { folder: string; list: Slice[] } | undefined;

function slicesOf(): { folder: string; list: Slice[] } {
  if (slices) return slices;
  const file = fileURLToPath(import.meta.resolve('@fontsource-variable/noto-sans-sc/unicode.json'));
  const ranges = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>);
  const list = ranges.map(([name, text]): Slice => {
    const pairs = [...text.matchAll(/U\+([0-9a-f]+)(?:-([0-9a-f]+))?/gi)];
    return {
      name: name.replace(/[[\]]/g, ''),
      ranges: pairs.map(([, from = '', to = from]) => [parseInt(from, 16), parseInt(to, 16)] as const),
    };
  });
  // Latin letters have one home, so that a word is not cut into two fonts.
  list.sort((a, b) => Number(b.name.startsWith('latin')) - Number(a.name.startsWith('latin')));
  slices = { folder: join(dirname(file), 'files'), list };
  return slices;
}

const homes = new Map<string, Slice | undefined>();

function sliceOf(letter: string): Slice | undefined {
  if (homes.has(letter)) return homes.get(letter);
  const code = must(letter.codePointAt(0), 'a letter');
  const slice = slicesOf().list.find(({ ranges }) => ranges.some(([from, to]) => code >= from && code <= to));
  homes.set(letter, slice);
  return slice;
}

/** What can be printed: whatever is narrower than a space is one, and a letter that the font lacks is named by its number. */
const shown = (text: string): string =>
  [...text.replace(/\r\n?/g, '\n')]
    .map((letter) => {
      const code = must(letter.codePointAt(0), 'a letter');
      if (letter === '\n') return letter;
      if (code < 0x20 || code === 0x7f || /\s/.test(letter)) return ' ';
      return sliceOf(letter) ? letter : `[U+${code.toString(16).toUpperCase()}]`;
    })
    .join('');

const textsOf = (block: PdfBlock): { text: string; weight: Weight }[] =>
  block.kind === 'facts'
    ? block.rows.flat().map((text) => ({ text, weight: 400 }))
    : block.kind === 'table'
      ? [
          ...block.head.map((text) => ({ text, weight: 600 as const })),
          ...block.rows.flat().map((text) => ({ text, weight: 400 as const })),
        ]
      : [{ text: block.text, weight: block.kind === 'title' || block.kind === 'heading' ? 600 : 400 }];

async function lettersFor({ blocks, foot }: PdfDocument): Promise<Letters> {
  const { default: subsetFont } = await import('subset-font');
  const used = new Map<string, { slice: Slice; weight: Weight; letters: Set<string> }>();
  const all = [...blocks.flatMap(textsOf), { text: `${foot}　0123456789 /`, weight: 400 as const }];
  for (const { text, weight } of all)
    for (const letter of shown(text)) {
      const slice = letter === '\n' ? undefined : sliceOf(letter);
      if (!slice) continue;
      const name = `${slice.name}-${weight}`;
      const one = used.get(name) ?? { slice, weight, letters: new Set() };
      one.letters.add(letter);
      used.set(name, one);
    }
  const { folder } = slicesOf();
  const fonts: { name: string; file: Buffer }[] = [];
  for (const [name, { slice, weight, letters }] of used) {
    const whole = readFileSync(join(folder, `noto-sans-sc-${slice.name}-wght-normal.woff2`));
    const file = await subsetFont(whole, [...letters].join(''), {
      targetFormat: 'truetype',
      variationAxes: { wght: weight },
    });
    fonts.push({ name, file });
  }
  return {
    fonts,
    fontOf: (letter, weight) => `${must(sliceOf(letter), 'a shown letter has a font').name}-${weight}`,
  };
}
