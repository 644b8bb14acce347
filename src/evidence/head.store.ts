import { open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { assert } from '../kit/assert.ts';
import { faultPoint } from '../kit/fault.ts';

/**
 * Where the newest signed checkpoint is kept, outside of the database: a database that was restored from a copy is older than its head,
 * and is thereby found out. `swap` moves it only from the note that was read (null: from nothing), and is durable when it answers true.
 */
export type HeadStore = {
  read(): Promise<string | null>;
  swap(expected: string | null, next: string): Promise<boolean>;
};

/** LOG_HEAD as the operator writes it: an http(s) URL, or the path of a file. */
export const headStore = (at: string): HeadStore => (/^https?:\/\//.test(at) ? httpHead(at) : fileHead(at));

/** A file that is replaced whole. The sequencer's advisory lock is what keeps two writers apart. */
export function fileHead(path: string): HeadStore {
  const read = async (): Promise<string | null> => readFile(path, 'utf8').catch(missing);
  return {
    read,
    swap: async (expected, next) => {
      if ((await read()) !== expected) return false;
      const part = `${path}.next`;
      await writeDurably(part, next);
      faultPoint('evidence.head.before-rename');
      await rename(part, path);
      await syncDirectory(dirname(path));
      return true;
    },
  };
}

/** An object behind a URL that knows ETag, If-Match and If-None-Match (RFC 9110 13.1), such as an S3 bucket behind a gateway. */
export function httpHead(url: string, fetchWith: typeof fetch = fetch): HeadStore {
  const get = async (): Promise<{ note: string; etag: string } | null> => {
    const answer = await fetchWith(url, { signal: AbortSignal.timeout(10_000) });
    if (answer.status === 404) return null;
    assert(answer.ok, `the log head answers ${answer.status}`);
    const etag = answer.headers.get('etag');
    assert(etag, 'the log head has an ETag, else it cannot be compared and swapped');
    return { note: await answer.text(), etag };
  };
  return {
    read: async () => (await get())?.note ?? null,
    swap: async (expected, next) => {
      const found = await get();
      if ((found?.note ?? null) !== expected) return false;
      const condition = found ? { 'if-match': found.etag } : { 'if-none-match': '*' };
      const answer = await fetchWith(url, {
        method: 'PUT',
        body: next,
        headers: { 'content-type': 'text/plain; charset=utf-8', ...condition },
        signal: AbortSignal.timeout(10_000),
      });
      if (answer.status === 412 || answer.status === 409) return false;
      assert(answer.ok, `the log head answers ${answer.status} to its new value`);
      return true;
    },
  };
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

function missing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
