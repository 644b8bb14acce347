import type { Secret } from '../../kit/secret.ts';
import type { Instant } from '../../kit/time.ts';

/**
 * What came back. ok: the issuer says whether the key was used, when, and by which account (masked). refused: it will not say, and asking
 * again changes nothing. unknown: no answer that can be believed (silence, a wrong signature, nonsense), so it is asked again.
 */
export type IssuerAnswer =
  | {
      readonly kind: 'ok';
      readonly used: boolean;
      readonly usedAt: Instant | null;
      readonly account: string | null;
      readonly rawHash: Buffer;
    }
  | { readonly kind: 'refused'; readonly rawHash: Buffer }
  | { readonly kind: 'unknown'; readonly why: string };

export type IssuerQuestion = {
  readonly checkId: string;
  readonly number: Secret | null;
  readonly secret: Secret;
  readonly askedAt: Instant;
};

/** Somebody who issued keys and can be asked about them. `ask` never throws for what the other side does. */
export type Issuer = {
  readonly id: string;
  readonly name: string;
  readonly ask: (question: IssuerQuestion) => Promise<IssuerAnswer>;
};
