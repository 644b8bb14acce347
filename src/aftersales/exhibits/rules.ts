import { canonicalJson } from '../../kit/json.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { sha256 } from '../../kit/secret.ts';
import type { Instant } from '../../kit/time.ts';
import { isSettled, type Case, type Exhibit } from '../rules.ts';
import type { ExhibitKind } from '../exhibits.data.ts';
import type { ReasonCode } from '../reasons.data.ts';
import type { CaseRefusal } from '../refusals.contract.ts';
import type { Area, CaptureMode, ExhibitRefusal, Weight } from './contract.ts';
import { demanded, exhibitLimits, offPlatform } from './limits.data.ts';

/** A file that stands behind an exhibit. */
export type ShownFile = {
  readonly id: string;
  readonly sha256: Buffer;
  readonly name: string;
  readonly type: string;
  readonly source: 'upload' | 'recording';
  readonly formedAt: Instant | null;
};

/** What is fixed of an exhibit: the file's own bytes where there is one, else its words. */
export const fingerprintOf = (one: Exhibit): Buffer => one.file?.sha256 ?? sha256(one.text);

/**
 * Exhibits as they are entered: one that comes with a redacted copy is two, the original for the platform and the copy for everybody, under
 * the numbers from `first` on.
 */
export function entered(one: Exhibit, first: number): Exhibit[] {
  const { redacted, ...original } = one;
  if (!redacted) return [original];
  const copy: Exhibit = {
    kind: one.kind,
    caption: one.caption,
    text: '',
    formedAt: one.formedAt,
    file: redacted,
    audience: 'parties',
    redactionOf: first,
  };
  return [{ ...original, audience: 'platform' }, copy];
}

/** The part of an exhibit that its fact in evidence holds: hashes, never its content. */
export const fixedOf = (one: Exhibit) => ({
  kind: one.kind,
  sha256: fingerprintOf(one).toString('hex'),
  formedAt: one.formedAt ?? one.file?.formedAt ?? null,
  ...(one.code ? { code: one.code } : {}),
  ...(one.file ? { file: one.file.type, source: one.file.source } : {}),
  ...(one.audience === 'platform' ? { audience: 'platform' } : {}),
  ...(one.redactionOf ? { redactionOf: one.redactionOf } : {}),
});

/** What of an exhibit says nothing, or contradicts itself. `own`: numbers of what the same side has shown for the platform only. */
export function faultOf(one: Exhibit, own: readonly number[]): CaseRefusal | undefined {
  const words = one.text.length >= 2 || (one.code ?? '') !== '';
  if (!one.file && !words) return 'EXHIBIT_EMPTY';
  // A failure page without its code or words can be neither searched nor compared (F113).
  if (one.kind === 'fail_screen' && !words) return 'EXHIBIT_CODE_MISSING';
  if (one.redacted && !one.file) return 'REDACTION_UNFIT';
  if (one.redactionOf && (!one.file || !own.includes(one.redactionOf))) return 'REDACTION_UNFIT';
  return undefined;
}

/** Code alone is what the page says. */
export const worded = (one: Exhibit): Exhibit =>
  !one.file && one.text === '' && one.code ? { ...one, text: one.code } : one;

const isMedia = (one: Exhibit): boolean => /^(image|video)\//.test(one.file?.type ?? '');

/**
 * What a scene cannot be filed without and is not there: a failure page for a key that does not work, unless the comparison or the issuer
 * has spoken (F113); a picture or recording of a defect (F026).
 */
export function lacking(
  code: ReasonCode,
  shown: readonly Exhibit[],
  said: readonly ExhibitKind[],
): readonly ExhibitKind[] {
  const wanted = demanded[code];
  if (!wanted || said.some((kind) => wanted.unless?.includes(kind))) return [];
  const fits = (one: Exhibit): boolean =>
    wanted.kinds.includes(one.kind) && (wanted.media !== true || isMedia(one));
  return shown.some(fits) ? [] : wanted.kinds;
}

/** How it came here: taken by the platform while it happened, brought later, or a picture of what happened elsewhere. */
export const modeOf = (kind: ExhibitKind, source: 'upload' | 'recording' | null): CaptureMode =>
  source === 'recording' ? 'platform' : offPlatform.includes(kind) ? 'off_platform' : 'upload';

/** What it weighs by default (F074): the later it was brought, the less; a picture of another platform little. */
export const weightOf = (mode: CaptureMode, lag_ms: number): Weight =>
  mode === 'platform'
    ? 'high'
    : mode === 'off_platform' || lag_ms > exhibitLimits.lateAfter_hours * 3_600_000
      ? 'low'
      : 'usual';

type Times = {
  readonly formedAt: Instant | null;
  readonly fileAt: Instant | null;
  readonly claimedAt: Instant | null;
  readonly at: Instant;
};
/** When it happened, and on whose word: what its party says of it, what the file says, else the time in the claim. */
export function eventOf({ formedAt, fileAt, claimedAt, at }: Times): {
  eventAt: Instant;
  eventBy: 'said' | 'file' | 'claim';
} {
  const [eventAt, eventBy] =
    formedAt !== null
      ? ([formedAt, 'said'] as const)
      : fileAt !== null
        ? ([fileAt, 'file'] as const)
        : ([claimedAt ?? at, 'claim'] as const);
  return { eventAt: Math.min(eventAt, at) as Instant, eventBy };
}

export type Party = 'buyer' | 'merchant';
type Of = {
  readonly case: Pick<Case, 'state' | 'endedAt'>;
  readonly side: Party;
  readonly by: string;
  readonly count: number;
};

export const canComment = (p: Of & { hidden: boolean }): Result<null, ExhibitRefusal> => {
  if (p.hidden) return refuse('EXHIBIT_NOT_FOUND');
  if (p.by === p.side) return refuse('OWN_EXHIBIT');
  if (isSettled(p.case.state)) return refuse('NOT_YOUR_TURN');
  return p.count >= exhibitLimits.comments ? refuse('COMMENTED_ENOUGH') : done(null);
};

export const canAnnotate = (p: Of): Result<null, ExhibitRefusal> => {
  if (p.by !== p.side) return refuse('NOT_OWN_EXHIBIT');
  return isSettled(p.case.state) || p.count >= exhibitLimits.layers ? refuse('NOT_YOUR_TURN') : done(null);
};

export type Layer = {
  readonly step: number | null;
  readonly caption: string;
  readonly areas: readonly Area[];
};
/** Areas within the picture, and none that covers nothing. */
export const within = (areas: readonly Area[]): Area[] =>
  areas
    .map((one) => ({ ...one, w: Math.min(one.w, 1000 - one.x), h: Math.min(one.h, 1000 - one.y) }))
    .filter((one) => one.w > 0 && one.h > 0);

/** The hash of a layer, bound to the exhibit below it. */
export const layerHash = (below: Buffer, layer: Layer): Buffer =>
  sha256(
    canonicalJson({
      below: below.toString('hex'),
      step: layer.step,
      caption: layer.caption,
      areas: layer.areas.map(({ x, y, w, h }) => ({ x, y, w, h })),
    }),
  );
