import { z } from 'zod';
import { endpoint } from '../../kit/endpoint.ts';
import { idIn, idOut, instantOut } from '../../kit/public-id.ts';
import { blobRefusals } from '../../kit/refusals.ts';
import type { RefusalCatalogue } from '../../kit/result.ts';
import { recordingLimits } from './limits.data.ts';

export const recordingRefusals = {
  ...blobRefusals,
  ORDER_NOT_FOUND: { status: 404, zh: '没有找到这个订单。', en: 'We could not find this order.' },
  RECORDING_NOT_FOUND: { status: 404, zh: '没有这段录像。', en: 'There is no such recording.' },
  RECORDING_OVER: {
    status: 409,
    zh: '这段录像已经封存，不能再加。需要的话重新录一段。',
    en: 'This recording is sealed; nothing can be added. Start another if you need one.',
  },
  RECORDING_FULL: {
    status: 409,
    zh: '录得够长了，先到这里。已经传到的都在。',
    en: 'This recording is long enough. All that arrived is kept.',
  },
  CHUNK_MISSING: {
    status: 409,
    zh: '中间少了一段，从缺的那段接着传。',
    en: 'A piece is missing. Go on from that one.',
  },
  RECORDINGS_ENOUGH: {
    status: 409,
    zh: '这一单已经录了十段，够用了。',
    en: 'There are ten recordings of this order; that is enough.',
  },
} as const satisfies RefusalCatalogue;
export type RecordingRefusal = keyof typeof recordingRefusals;

const orderId = idIn('order');
const recordingId = idIn('recording');
export const recordingOut = z.object({
  recordingId: idOut('recording'),
  source: z.enum(['screen', 'camera']),
  chunks: z.int(),
  size: z.int(),
  chain: z
    .string()
    .describe('SHA-256(chain before ‖ SHA-256(piece)), from the SHA-256 of the id inside the program'),
  startedAt: instantOut,
  endedAt: instantOut.nullable(),
  endedBy: z.enum(['stopped', 'cut_off', 'empty']).nullable(),
  sha256: z.string().nullable().describe('of the whole file, as it is kept'),
  fileId: idOut('exhibitFile').nullable().describe('to be shown in a case'),
  seen: z
    .array(z.object({ line: z.int(), place: z.int(), revealedAt: instantOut }))
    .describe('keys that were first seen while it ran'),
});
export type RecordingOut = z.output<typeof recordingOut>;

export const recordingContract = {
  start: endpoint({
    at: 'POST /orders/{orderId}/recordings',
    who: 'user',
    summary: 'Begin a recording before a key is seen; from now on its pieces arrive while it runs (F071)',
    input: z.object({ orderId, source: z.enum(['screen', 'camera']) }),
    output: z.object({ recordingId: idOut('recording'), chain: z.string(), startedAt: instantOut }),
    refusals: recordingRefusals,
  }),
  chunk: endpoint({
    at: 'POST /orders/{orderId}/recordings/{recordingId}/chunks/{number}',
    who: 'user',
    summary: 'One piece, in its order. What arrived stays, whatever happens to the page',
    bodyMax_bytes: recordingLimits.chunk_bytes + 64 * 1024,
    input: z.object({
      orderId,
      recordingId,
      number: z.coerce.number().int().min(1).max(100_000),
      file: z.file(),
    }),
    output: z.object({ number: z.int(), sha256: z.string(), chain: z.string(), at: instantOut }),
    refusals: recordingRefusals,
  }),
  end: endpoint({
    at: 'POST /orders/{orderId}/recordings/{recordingId}/end',
    who: 'user',
    summary: 'End it; the receipt names the hash of the file as it is kept',
    input: z.object({ orderId, recordingId }),
    output: recordingOut,
    refusals: recordingRefusals,
  }),
  recordings: endpoint({
    at: 'GET /orders/{orderId}/recordings',
    who: 'user',
    summary: 'The recordings of an order: for whoever made them, and for the platform',
    input: z.object({ orderId }),
    output: z.object({ recordings: z.array(recordingOut), now: instantOut }),
    refusals: recordingRefusals,
  }),
  clip: endpoint({
    at: 'GET /orders/{orderId}/recordings/{recordingId}/file',
    who: 'user',
    summary:
      'The file of a recording, for whoever made it and for the platform; others see it when it is shown in a case',
    input: z.object({ orderId, recordingId }),
    output: z.file(),
    refusals: recordingRefusals,
  }),
};
