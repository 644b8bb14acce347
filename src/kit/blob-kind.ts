import { fileTypeFromBuffer } from 'file-type';

/** How much of a file's beginning is looked at to tell its kind. */
export const headBytes = 64 * 1024;

/**
 * The kind of a file by its bytes, never by its name or by what the sender claims. Text that is none of the known kinds is text/plain (or
 * text/html, where it would run in a browser); all else is application/octet-stream.
 */
export async function kindOf(head: Uint8Array): Promise<string> {
  const known = await fileTypeFromBuffer(head).catch(() => undefined);
  if (known?.mime === 'application/xml' || known?.mime === ('image/svg+xml' as string)) return 'text/html';
  if (known) return known.mime;
  const text = textOf(head);
  if (text === undefined) return 'application/octet-stream';
  return /^\s*<|<\/?(script|html|svg|body|iframe)\b/i.test(text) ? 'text/html' : 'text/plain';
}

/** The head as text, or undefined when it is none: a NUL or another control character, or bytes that are no UTF-8. */
function textOf(head: Uint8Array): string | undefined {
  // The last character may be cut in two where the head ends.
  for (let cut = 0; cut < 4; cut++)
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(head.subarray(0, head.length - cut));
      // oxlint-disable-next-line no-control-regex -- these are what tells text from other bytes
      return /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text) ? undefined : text;
    } catch {
      if (head.length < headBytes) return undefined;
    }
  return undefined;
}
