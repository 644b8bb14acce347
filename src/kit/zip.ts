import { Readable } from 'node:stream';
import yazl from 'yazl';
import type { Instant } from './time.ts';

export type ZipFile = { readonly name: string; readonly content: Buffer | Readable };

/** How much may wait to be sent before the next file is made. */
const waits_bytes = 1 << 20;

/** A zip that is written while its files are made: one file is in memory at a time, whatever the sum. What fails on the way breaks the archive off. */
export function zipOf(files: AsyncIterable<ZipFile>, at: Instant): ReadableStream {
  const zip = new yazl.ZipFile();
  const out = zip.outputStream as Readable;
  const options = { mtime: new Date(at), mode: 0o100644 };
  const fill = async (): Promise<void> => {
    for await (const { name, content } of files) {
      if (Buffer.isBuffer(content)) zip.addBuffer(content, name, options);
      else {
        const read = new Promise<void>((done, failed) => {
          content.once('end', done).once('error', failed);
        });
        zip.addReadStream(content as never, name, options);
        await read;
      }
      while (out.readableLength > waits_bytes) await new Promise((next) => setTimeout(next, 5));
    }
    zip.end();
  };
  fill().catch((problem: unknown) => out.destroy(problem as Error));
  return Readable.toWeb(out) as ReadableStream;
}
