import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { inflateSync } from 'node:zlib';
import { pdfOf, type PdfDocument } from './pdf.ts';
import { instant } from './time.ts';

const doc = (text: string): PdfDocument => ({
  title: '投诉材料',
  foot: '盟约',
  at: instant('2026-11-20T04:00:00Z'),
  blocks: [
    { kind: 'title', text: '消费者投诉材料' },
    { kind: 'facts', rows: [['投诉人', text]] },
    { kind: 'table', head: ['序', '证据'], widths: [0.2, 0.8], rows: [['1', text]] },
  ],
});

/** The texts that a reader finds again: what the fonts' ToUnicode maps name. */
function lettersIn(pdf: Buffer): string {
  const text = pdf.toString('latin1');
  const streams = [...text.matchAll(/stream\r?\n([^]*?)\r?\nendstream/g)].flatMap(([, body = '']) => {
    try {
      return [inflateSync(Buffer.from(body, 'latin1')).toString('latin1')];
    } catch {
      return [];
    }
  });
  return streams
    .filter((one) => one.includes('beginbfrange'))
    .flatMap((one) =>
      [...one.matchAll(/<([0-9a-f]{4,8})>/gi)].map(([, hex = '']) =>
        Buffer.from(hex, 'hex').swap16().toString('utf16le'),
      ),
    )
    .join('');
}

test('a PDF carries its Chinese letters in it, and of the font only those', async () => {
  const pdf = await pdfOf(doc('张三，电话 13800138000'));
  match(pdf.subarray(0, 8).toString('latin1'), /^%PDF-1\.\d/);
  ok(pdf.length < 200_000, `${pdf.length} bytes`);
  const letters = lettersIn(pdf);
  for (const letter of '张三消费者投诉材料证据13800138000') ok(letters.includes(letter), letter);
});

test('the same document is the same bytes, and a letter without a picture is named', async () => {
  deepEqual(await pdfOf(doc('甲')), await pdfOf(doc('甲')));
  const odd = await pdfOf(doc('\u{13000} 甲\u0000乙'));
  ok(lettersIn(odd).includes('U'));
});

test('a long text goes on on the next page', async () => {
  const pdf = await pdfOf(doc('证据链条完整。'.repeat(2000)));
  const pages = pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
  ok(pages > 3, `${pages} pages`);
  equal(pdf.subarray(-6).toString('latin1').trim(), '%%EOF');
});
