/** What people may attach to a message or a case: pictures, recordings, documents and plain text. Safe in a browser. */
export const attachmentTypes = [
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/gif',
  'video/mp4',
  'video/webm',
  'video/quicktime',
  'application/pdf',
  'text/plain',
] as const;
export const pictureTypes = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'] as const;

const longest = 120;
// Control characters, and those that turn the direction of writing: "exe.‮gpj" would read as a picture.
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu;
const forbidden = /[\\/:*?"<>|]/g;
// Windows opens a device when a file bears one of these names.
const devices = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * A file's name as it may be shown and saved anywhere: the last part of any path, without characters that no system takes or nobody sees,
 * 120 characters at most with its ending kept. It never names a place of ours: files lie under their hash.
 */
export function cleanFileName(given: string): string {
  const last = given.replaceAll('\\', '/').split('/').at(-1) ?? '';
  const plain = last
    .normalize('NFC')
    .replace(unseen, '')
    .replace(forbidden, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  const safe = devices.test(plain) ? `_${plain}` : plain;
  if (safe === '') return 'file';
  const signs = [...safe];
  if (signs.length <= longest) return safe;
  const ending = /\.[\p{L}\p{N}]{1,10}$/u.exec(safe)?.[0] ?? '';
  return signs.slice(0, longest - ending.length).join('') + ending;
}

/** A Content-Disposition that saves under this name in old and new browsers (RFC 6266). */
export function attachmentHeader(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const utf8 = encodeURIComponent(name).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${utf8}`;
}

/** 1,536 → '1.5 KB'; the same in both languages. */
export function sayBytes(bytes: number): string {
  let [size, unit] = [bytes, 0];
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  while (size >= 1024 && unit < units.length - 1) [size, unit] = [size / 1024, unit + 1];
  return `${unit === 0 || size >= 100 ? Math.round(size) : Number(size.toFixed(1))} ${units[unit]}`;
}
