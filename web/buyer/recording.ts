import type { Language } from '../text/use.ts';

// A recording from before a key is seen to its verification (F071): pieces go to the server while it runs, one after another, and what has
// arrived stays there whatever happens to this page.

export type Receipt = {
  readonly sha256: string | null;
  readonly chunks: number;
  readonly size: number;
  readonly seen: readonly unknown[];
};
export type Kept = { readonly pieces: number; readonly size: number };
export type Ended = { readonly receipt: Receipt; readonly same: boolean };

const piece_ms = 2000;
const kinds = ['video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm', 'video/mp4'];

const open = (source: 'screen' | 'camera'): Promise<MediaStream> =>
  source === 'screen'
    ? navigator.mediaDevices.getDisplayMedia({ video: { frameRate: 10 }, audio: false })
    : navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false });

/** Whether this browser can record at all; an iPhone has no screen to give. */
export const canRecord = (source: 'screen' | 'camera'): boolean =>
  typeof MediaRecorder !== 'undefined' &&
  typeof navigator.mediaDevices?.[source === 'screen' ? 'getDisplayMedia' : 'getUserMedia'] === 'function';

const hex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** One running recording. `stop` sends what is left, ends it, and compares the receipt with what this browser has. */
export type Running = { readonly stop: () => Promise<Ended>; readonly ended: Promise<Ended> };

export async function startRecording(p: {
  orderId: string;
  source: 'screen' | 'camera';
  language: Language;
  onKept: (kept: Kept) => void;
}): Promise<Running> {
  const stream = await open(p.source);
  const at = `/api/v1/orders/${encodeURIComponent(p.orderId)}/recordings`;
  const headers = { 'accept-language': p.language };
  const post = async (path: string, body: BodyInit, more: Record<string, string> = {}): Promise<Response> => {
    const answer = await fetch(at + path, { method: 'POST', headers: { ...headers, ...more }, body });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer;
  };
  const json = { 'content-type': 'application/json' };
  try {
    const begun = await post('', JSON.stringify({ source: p.source }), json);
    const { recordingId } = (await begun.json()) as { recordingId: string };
    return run({ stream, post, path: `/${encodeURIComponent(recordingId)}`, json, onKept: p.onKept });
  } catch (problem) {
    for (const track of stream.getTracks()) track.stop();
    throw problem;
  }
}

type Run = {
  stream: MediaStream;
  post: (path: string, body: BodyInit, more?: Record<string, string>) => Promise<Response>;
  path: string;
  json: Record<string, string>;
  onKept: (kept: Kept) => void;
};

function run({ stream, post, path, json, onKept }: Run): Running {
  const mimeType = kinds.find((kind) => MediaRecorder.isTypeSupported(kind));
  const recorder = new MediaRecorder(stream, {
    ...(mimeType ? { mimeType } : {}),
    videoBitsPerSecond: 1_000_000,
  });
  const pieces: Blob[] = [];
  let size = 0;
  let sent: Promise<unknown> = Promise.resolve();
  const send = async (piece: Blob, number: number): Promise<void> => {
    const form = new FormData();
    form.set('file', piece, 'piece');
    const to = `${path}/chunks/${number}`;
    await post(to, form).catch(() => post(to, form));
    size += piece.size;
    onKept({ pieces: number, size });
  };
  recorder.addEventListener('dataavailable', ({ data: piece }) => {
    if (piece.size === 0) return;
    pieces.push(piece);
    const number = pieces.length;
    sent = sent.then(() => send(piece, number));
    // A piece that did not arrive is told at the end.
    sent.catch(() => undefined);
  });
  const stopped = new Promise<void>((done) =>
    recorder.addEventListener('stop', () => done(), { once: true }),
  );
  const finish = async (): Promise<Ended> => {
    await stopped;
    for (const track of stream.getTracks()) track.stop();
    // What did not arrive is not in the file; what did is ended all the same.
    await sent.catch(() => undefined);
    const receipt = (await (await post(`${path}/end`, '{}', json)).json()) as Receipt;
    const own = hex(await crypto.subtle.digest('SHA-256', await new Blob(pieces).arrayBuffer()));
    return { receipt, same: own === receipt.sha256 };
  };
  const ended = finish();
  // Somebody who ends the sharing in the browser's own bar ends the recording.
  for (const track of stream.getTracks())
    track.addEventListener('ended', () => recorder.state !== 'inactive' && recorder.stop());
  recorder.start(piece_ms);
  return {
    ended,
    stop: () => {
      if (recorder.state !== 'inactive') recorder.stop();
      return ended;
    },
  };
}
