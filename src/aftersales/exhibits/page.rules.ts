import type { Instant } from '../../kit/time.ts';
import type { Case } from '../rules.ts';
import type { ExhibitOut, Stance } from './contract.ts';
import { canAnnotate, canComment, eventOf, modeOf, weightOf, type Layer } from './rules.ts';
import type { ExhibitKind } from '../exhibits.data.ts';

export type Row = {
  readonly number: number;
  readonly by: string;
  readonly kind: ExhibitKind;
  readonly caption: string;
  readonly text: string;
  readonly code: string;
  readonly sha256: Buffer;
  readonly formedAt: Instant | null;
  readonly at: Instant;
  readonly audience: 'parties' | 'platform';
  readonly redactionOf: number | null;
  readonly name: string | null;
  readonly type: string | null;
  readonly size: number | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly source: 'upload' | 'recording' | null;
  readonly camera: NonNullable<ExhibitOut['file']>['camera'];
  readonly fileAt: Instant | null;
  readonly uploadedAt: Instant | null;
};
type Comment = { exhibit: number; by: string; stance: Stance; text: string; at: Instant };
type OneLayer = Layer & { exhibit: number; number: number; sha256: Buffer; at: Instant };
export type Side = 'buyer' | 'merchant' | 'staff';

/** Whether somebody learns only that an exhibit exists: it holds secrets of the other side's person. */
export const isHidden = (row: Pick<Row, 'audience' | 'by'>, side: Side): boolean =>
  row.audience === 'platform' && side !== 'staff' && row.by !== side;

/** The exhibits of a case as one side sees them, each with when it happened, when it came here, and what was said of it. */
export function shownTo(
  side: Side,
  p: {
    readonly case: Pick<Case, 'state' | 'endedAt'>;
    readonly rows: readonly Row[];
    readonly comments: readonly Comment[];
    readonly layers: readonly OneLayer[];
    /** When it happened, as the claim says. */
    readonly claimedAt: Instant | null;
  },
): ExhibitOut[] {
  return p.rows.map((row) => {
    const hidden = isHidden(row, side);
    const capturedAt = row.uploadedAt ?? row.at;
    const event = eventOf({ ...row, claimedAt: p.claimedAt, at: capturedAt });
    const lag_ms = row.source === 'recording' ? 0 : capturedAt - event.eventAt;
    const mode = modeOf(row.kind, row.source);
    const own = p.comments.filter((one) => one.exhibit === row.number);
    const layer = hidden ? undefined : p.layers.find((one) => one.exhibit === row.number);
    const acting = { case: p.case, by: row.by, hidden };
    return {
      number: row.number,
      by: row.by,
      mine: row.by === side,
      kind: row.kind,
      caption: hidden ? '' : row.caption,
      text: hidden ? '' : row.text,
      code: hidden ? '' : row.code,
      sha256: row.sha256.toString('hex'),
      formedAt: row.formedAt,
      at: row.at,
      ...event,
      lag_s: Math.round(lag_ms / 1000),
      mode,
      weight: weightOf(mode, lag_ms),
      audience: row.audience,
      hidden,
      redactionOf: row.redactionOf,
      redactedBy: p.rows.find((one) => one.redactionOf === row.number)?.number ?? null,
      file: hidden ? null : fileOf(row, side),
      comments: own.map(({ exhibit: _, ...comment }) => comment),
      layer: layer
        ? {
            number: layer.number,
            step: layer.step,
            caption: layer.caption,
            areas: [...layer.areas],
            sha256: layer.sha256.toString('hex'),
            at: layer.at,
          }
        : null,
      able: {
        comment:
          side !== 'staff' &&
          canComment({ ...acting, side, count: own.filter((one) => one.by === side).length }).ok,
        annotate: side !== 'staff' && canAnnotate({ ...acting, side, count: layer?.number ?? 0 }).ok,
      },
    };
  });
}

function fileOf(row: Row, side: Side): ExhibitOut['file'] {
  const { name, type, size, width, height, source } = row;
  if (name === null || type === null || size === null || source === null) return null;
  const isOwn = side === 'staff' || row.by === side;
  return {
    name,
    type,
    size,
    width,
    height,
    source,
    original: isOwn || width === null,
    camera: isOwn ? row.camera : null,
  };
}
