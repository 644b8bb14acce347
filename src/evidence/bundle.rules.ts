import type { Instant } from '../kit/time.ts';

// What leaves the house of the log: types only, for whoever lays it out on paper.

type Subject = { readonly shopId: string; readonly about: string };

/** One published tree with what somebody needs to check its signature by other means. */
export type LogHead = {
  readonly size: number;
  readonly checkpoint: string;
  readonly vkey: string;
  readonly publicKeyPem: string;
  /** The bytes that the log signed, and its signature, for openssl. */
  readonly signedText: string;
  readonly signature: Buffer;
};

/** An event as a bundle holds it. `proof` is null while no published tree covers it, `content` where its owner was erased. */
export type BundledEvent = Subject & {
  readonly seq: number;
  readonly kind: string;
  readonly at: Instant;
  readonly commitment: Buffer;
  readonly content: { readonly payload: string; readonly salt: Buffer } | null;
  readonly proof: {
    readonly index: number;
    readonly leaf: string;
    readonly tlogProof: string;
    readonly spicy: string;
  } | null;
};

export type RecordLine = Subject & {
  readonly seq: number;
  readonly kind: string;
  readonly at: Instant;
  readonly commitment: string;
  readonly index: number | null;
};
