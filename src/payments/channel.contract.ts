import type { Fen } from '../kit/money.ts';
import type { Instant } from '../kit/time.ts';

/**
 * What a channel answers. ok and refused are final words. unknown is everything else (time-out, cut connection, 5xx, an answer that cannot
 * be read or is not signed, "processing"): the channel may or may not have done it, so it is asked again with the same number.
 */
export type ChannelAnswer<T> =
  | ({ readonly kind: 'ok' } & T)
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'unknown'; readonly why: string };

/** A success at the channel. `number` is the one we gave, as the channel names it; it may be none of ours. */
export type ChannelTrade = {
  readonly tradeNo: string;
  readonly number: string;
  readonly amount: Fen;
  readonly at: Instant;
  /** The channel's own name of who paid (an openid, an account), where it tells one. */
  readonly payer?: string | undefined;
};

/** What a notice says after its signature, freshness and addressee were checked. `headers` is what is kept as a record of the sender. */
export type ParsedNotice =
  | { readonly verified: true; readonly trade: ChannelTrade; readonly headers: Record<string, string> }
  | {
      readonly verified: true;
      readonly trade: null;
      readonly status: string;
      readonly headers: Record<string, string>;
    }
  | { readonly verified: false; readonly why: string; readonly headers: Record<string, string> };

export type RawNotice = {
  readonly method: string;
  readonly path: string;
  /** The query string without '?', undecoded. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

export type QueryState = 'absent' | 'waiting' | 'processing' | 'paid' | 'closed';
export type BillRow = {
  readonly kind: 'trade' | 'refund';
  readonly no: string;
  readonly number: string;
  readonly amount: Fen;
  readonly at: Instant;
};

/** A payment institution as the program sees it. Numbers are ours, and repeating a number never does a thing twice. */
export type Channel = {
  readonly name: string;
  readonly zh: string;
  readonly en: string;
  /** Production refuses a channel that only plays. */
  readonly sandbox: boolean;
  create(p: {
    number: string;
    amount: Fen;
    subject: string;
    ttl_seconds: number;
  }): Promise<ChannelAnswer<{ ref: string; payUrl: string }>>;
  /** By our number, or by the channel's trade number from a bank statement. */
  query(
    p: { number: string } | { tradeNo: string },
  ): Promise<ChannelAnswer<{ state: QueryState; number: string | null; trades: readonly ChannelTrade[] }>>;
  /** ok: nobody can pay any more. Refused with ALREADY_PAID when money is there. */
  close(p: { number: string }): Promise<ChannelAnswer<object>>;
  /** ok: the money is on its way back for good. */
  refund(p: { number: string; tradeNo: string; amount: Fen; reason: string }): Promise<ChannelAnswer<object>>;
  refundQuery(p: {
    number: string;
  }): Promise<ChannelAnswer<{ state: 'absent' | 'processing' | 'done' | 'refused'; message: string }>>;
  parseNotice(raw: RawNotice, wall: Instant): ParsedNotice;
  /** What the channel wants to read when a notice was taken. */
  readonly acknowledgement: string;
  /** All that moved on one Beijing day ('2026-11-20'). */
  bill(p: { day: string }): Promise<ChannelAnswer<{ rows: readonly BillRow[]; hash: Buffer }>>;
};
