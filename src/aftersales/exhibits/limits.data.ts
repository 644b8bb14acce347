import type { ExhibitKind } from '../exhibits.data.ts';
import type { ReasonCode } from '../reasons.data.ts';

/** What comes in: 20 MB a file, ten in a minute of one person; a layer points at six places, a side says three things of one exhibit. */
export const exhibitLimits = {
  max_bytes: 20 * 1024 * 1024,
  perMinute: 10,
  areas: 6,
  comments: 3,
  layers: 20,
  /** Brought later than this after it happened, a file weighs less: the longer it takes, the weaker it is. */
  lateAfter_hours: 24,
} as const;

export type Demanded = {
  /** One of these. */
  readonly kinds: readonly ExhibitKind[];
  /** It must be a picture or a recording, not words. */
  readonly media?: true;
  /** Or what a machine has said already. */
  readonly unless?: readonly ExhibitKind[];
};

/** Scenes that cannot be filed without an exhibit (F026, F113). */
export const demanded: Partial<Record<ReasonCode, Demanded>> = {
  CARD_INVALID: { kinds: ['fail_screen'], unless: ['s_check', 's_issuer'] },
  PHYS_DEFECT: { kinds: ['photos', 'video'], media: true },
};

/** Pictures of what happened elsewhere: they count only after the other side could speak to them (VGSR article 23). */
export const offPlatform: readonly ExhibitKind[] = ['chat_screen'];
