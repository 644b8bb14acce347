import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { done, refuse, type Result } from '../kit/result.ts';
import { importLimits, type Encoding } from './contract.ts';

export type Decoded = { readonly text: string; readonly encoding: Encoding };
export type DecodeRefusal =
  | 'IMPORT_EMPTY'
  | 'IMPORT_TOO_LARGE'
  | 'IMPORT_UNDECODABLE'
  | 'IMPORT_NUL'
  | 'IMPORT_LINE_TOO_LONG'
  | 'IMPORT_TOO_MANY_ROWS';

/**
 * The text of an upload: by its byte order mark, else UTF-8 if it is valid UTF-8, else GB18030. Line ends become \n.
 * Refuses, with the row as an editor counts it, what cannot be decoded, NUL bytes (so UTF-16 without a mark and binary files) and
 * lines that are too long to be keys; and uploads that are empty or too large.
 */
export function decodeUpload(bytes: Uint8Array): Result<Decoded, DecodeRefusal> {
  if (bytes.length > importLimits.bytes) return refuse('IMPORT_TOO_LARGE');
  const { encoding, text: raw } = decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const text = raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw;
  const broken = encoding === 'utf-8' && isAscii(bytes) ? -1 : firstBroken(text);
  if (broken >= 0) return refuse('IMPORT_UNDECODABLE', { row: rowAt(text, broken) });
  const nul = text.indexOf('\0');
  if (nul >= 0) return refuse('IMPORT_NUL', { row: rowAt(text, nul) });
  const tooLong = overlongRow(text);
  if (tooLong > 0) return refuse('IMPORT_LINE_TOO_LONG', { row: tooLong });
  if (text.trim() === '') return refuse('IMPORT_EMPTY');
  return done({ text, encoding });
}

function decode(bytes: Buffer): Decoded {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
    return { encoding: 'utf-8', text: bytes.toString('utf8', 3) };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return utf16(bytes, 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf16(bytes, 'utf-16be');
  // One byte per character where that is possible: it halves the memory of the usual upload.
  if (isAscii(bytes)) return { encoding: 'utf-8', text: bytes.toString('latin1') };
  if (isUtf8(bytes)) return { encoding: 'utf-8', text: bytes.toString('utf8') };
  return { encoding: 'gb18030', text: iconv.decode(bytes, 'gb18030') };
}

function utf16(bytes: Buffer, encoding: 'utf-16le' | 'utf-16be'): Decoded {
  const text = iconv.decode(bytes, encoding, { stripBOM: true });
  // Half a character at the end of the file was lost; the mark makes its row known.
  return { encoding, text: bytes.length % 2 === 0 ? text : `${text}\ufffd` };
}

/** The first replacement character or half of a pair: no key contains one. */
function firstBroken(text: string): number {
  const replaced = text.indexOf('\ufffd');
  if (text.isWellFormed()) return replaced;
  const half = text.search(/\p{Surrogate}/u);
  return replaced < 0 ? half : Math.min(replaced, half);
}

/** The row of a place in the text, counted from 1. */
export function rowAt(text: string, place: number): number {
  let row = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < place; at = text.indexOf('\n', at + 1)) row += 1;
  return row;
}

function overlongRow(text: string): number {
  let row = 1;
  let from = 0;
  for (;;) {
    const end = text.indexOf('\n', from);
    if ((end < 0 ? text.length : end) - from > importLimits.lineChars) return row;
    if (end < 0) return 0;
    from = end + 1;
    row += 1;
  }
}
