import type { Fen } from '../../kit/money.ts';
import type { RefusalCatalogue } from '../../kit/result.ts';
import type { Words } from '../../kit/text.ts';
import type { Instant } from '../../kit/time.ts';
import type { ChannelAnswer, RawNotice } from '../channel.contract.ts';

/** WeChat 消费者投诉 2.0: not answered yet, answered, over. */
export const complaintStates = ['pending', 'processing', 'processed'] as const;
export type ComplaintState = (typeof complaintStates)[number];
export const complaintStateWords = {
  pending: { zh: '等商家首次回复', en: 'Waiting for the first answer' },
  processing: { zh: '处理中', en: 'Being dealt with' },
  processed: { zh: '已处理完成', en: 'Over' },
} as const satisfies Record<ComplaintState, Words>;

/** The channel's clocks where its notice names none: hours from the complaint to the first answer and to the end. */
export const complaintClocks = { answer_hours: 24, settle_hours: 48 } as const;
/** What a reply may hold. */
export const replyMax = 200;

/** What a channel tells about one complaint. Its version counts up; an older one is stale. */
export type ComplaintNews = {
  readonly number: string;
  readonly version: number;
  readonly tradeNo: string;
  readonly amount: Fen;
  readonly state: ComplaintState;
  readonly text: string;
  readonly userConfirmed: boolean;
  /** What the channel gave back by its own decision, all together, and its number of that. */
  readonly refunded: Fen;
  readonly refundNo: string | null;
  /** By the clock of the channel. */
  readonly answerBy: Instant | null;
  readonly settleBy: Instant | null;
};

export type ParsedComplaint =
  | { readonly verified: true; readonly news: ComplaintNews; readonly request: string }
  | { readonly verified: false; readonly why: string };

/** The complaint desk of a payment institution as the program sees it. `request` is ours, and repeating it never does a thing twice. */
export type ComplaintDesk = {
  readonly channel: string;
  parseNotice(raw: RawNotice, wall: Instant): ParsedComplaint;
  reply(p: { number: string; text: string; request: string }): Promise<ChannelAnswer<object>>;
  /** The channel is told that it is settled; it refuses where it knows better. */
  complete(p: { number: string; request: string }): Promise<ChannelAnswer<object>>;
  readonly acknowledgement: string;
};

export const complaintRefusals = {
  COMPLAINT_NOT_FOUND: { status: 404, zh: '没有找到这条渠道投诉。', en: 'We could not find this complaint.' },
  COMPLAINT_OVER: {
    status: 409,
    zh: '这条渠道投诉已经结束，不能再回复。',
    en: 'This complaint is over; there is nothing to answer.',
  },
  NOT_SETTLED_YET: {
    status: 409,
    zh: '还没退款，买家也没说解决了。先解决，再点处理完成。',
    en: 'Nothing was refunded and the payer has not said that it is settled. Settle it first.',
  },
} as const satisfies RefusalCatalogue;
