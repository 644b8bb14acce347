/** A file that is made while it is sent: its name and type beside its bytes, for whoever writes the headers. */
type Named = { readonly name: string; readonly type: string };
const names = new WeakMap<ReadableStream, Named>();

export function fileStream(bytes: ReadableStream, file: Named): ReadableStream {
  names.set(bytes, file);
  return bytes;
}
export const namedAs = (bytes: ReadableStream): Named | undefined => names.get(bytes);
