import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync,
  existsSync,
  ftruncateSync,
} from 'node:fs';
import { join } from 'node:path';

/** One JSON value a line, flushed to the disk before anything is answered. A last line that was cut off by a crash is dropped. */
export type Journal<E> = { readonly past: readonly E[]; append(event: E): void; close(): void };

export function openJournal<E>(folder: string): Journal<E> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'journal.jsonl');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const past = whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as E);
  const handle = openSync(file, 'a', 0o600);
  ftruncateSync(handle, Buffer.byteLength(whole));
  return {
    past,
    append(event) {
      writeSync(handle, `${JSON.stringify(event)}\n`);
      fsyncSync(handle);
    },
    close: () => closeSync(handle),
  };
}
