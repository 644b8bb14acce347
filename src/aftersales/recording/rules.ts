import { done, refuse, type Result } from '../../kit/result.ts';
import { sha256 } from '../../kit/secret.ts';
import { plus, type Instant } from '../../kit/time.ts';
import type { RecordingRefusal } from './contract.ts';
import { recordingLimits } from './limits.data.ts';

export type Recording = {
  readonly shopId: string;
  readonly id: string;
  readonly orderId: string;
  readonly byId: string;
  readonly source: 'screen' | 'camera';
  readonly chain: Buffer;
  readonly chunks: number;
  readonly size: number;
  readonly startedAt: Instant;
  readonly heardAt: Instant;
  readonly endedAt: Instant | null;
  readonly endedBy: 'stopped' | 'cut_off' | 'empty' | null;
  readonly fileId: string | null;
  readonly sha256: Buffer | null;
};

/** Where the chain of a recording begins: its own name, so that no piece fits into another one. */
export const chainStart = (id: string): Buffer => sha256(id);
/** SHA-256(chain ‖ SHA-256(piece)): a piece that is left out, doubled or moved breaks every hash after it. */
export const chainNext = (chain: Buffer, piece: Buffer): Buffer => sha256(Buffer.concat([chain, piece]));

/** Whether the next piece is taken: in its order, while the recording runs. One that came already, with the same bytes, is answered again. */
export function decideChunk(
  one: Recording,
  p: { number: number; size: number },
): Result<'next' | 'again', RecordingRefusal> {
  if (one.endedAt !== null) return refuse('RECORDING_OVER');
  if (p.number === one.chunks) return done('again');
  if (p.number !== one.chunks + 1) return refuse('CHUNK_MISSING', { expected: one.chunks + 1 });
  if (one.chunks >= recordingLimits.chunks || one.size + p.size > recordingLimits.total_bytes)
    return refuse('RECORDING_FULL');
  return done('next');
}

/** Nothing was heard of it for a while: the tab was closed, or died. */
export const isSilent = (one: Pick<Recording, 'heardAt' | 'endedAt'>, wall: Instant): boolean =>
  one.endedAt === null && one.heardAt <= plus(wall, { minutes: -recordingLimits.silent_minutes });

/** Which keys of the order were first seen while it ran: the recording began before them (F071). */
export const seenWhile = (
  one: Pick<Recording, 'startedAt' | 'endedAt'>,
  units: readonly { line: number; place: number; revealedAt: Instant | null }[],
): { line: number; place: number; revealedAt: Instant }[] =>
  units.flatMap(({ line, place, revealedAt }) =>
    revealedAt !== null && revealedAt >= one.startedAt && (one.endedAt === null || revealedAt <= one.endedAt)
      ? [{ line, place, revealedAt }]
      : [],
  );
