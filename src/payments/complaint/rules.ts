import { done, refuse, type Result } from '../../kit/result.ts';
import { instant, plus, type Instant } from '../../kit/time.ts';
import type { Fen } from '../../kit/money.ts';
import { complaintClocks, type ComplaintNews, type ComplaintState } from './contract.ts';

/** A complaint as it stands here. Its clocks are told in business time: a demo may have moved it away from the channel's. */
export type Complaint = {
  readonly channel: string;
  readonly number: string;
  readonly tradeNo: string;
  readonly paymentId: string | null;
  readonly amount: Fen;
  readonly state: ComplaintState;
  readonly text: string;
  readonly userConfirmed: boolean;
  readonly version: number;
  readonly refunded: Fen;
  readonly refundNo: string | null;
  readonly toldAt: Instant;
  readonly answerBy: Instant;
  readonly settleBy: Instant;
  readonly answeredAt: Instant | null;
};

export type NewsDecision = 'taken' | 'moved' | 'doubled' | 'contradiction';

/**
 * What a genuine notice changes. The same version again and an older one change nothing; one that names another trade or amount, or takes a
 * refund back, contradicts what was told before, and a person looks.
 */
export function decideNews(
  news: ComplaintNews,
  known: Complaint | undefined,
  p: { channel: string; paymentId: string | null; wall: Instant; now: Instant },
): { decision: NewsDecision; complaint: Complaint | null } {
  if (!known) return { decision: 'taken', complaint: taken(news, p) };
  if (known.tradeNo !== news.tradeNo || known.amount !== news.amount)
    return { decision: 'contradiction', complaint: null };
  if (news.version <= known.version) return { decision: 'doubled', complaint: null };
  if (news.refunded < known.refunded) return { decision: 'contradiction', complaint: null };
  const answered = known.answeredAt ?? (news.state === 'pending' ? null : p.now);
  return {
    decision: 'moved',
    complaint: {
      ...known,
      state: news.state,
      text: news.text,
      userConfirmed: news.userConfirmed,
      version: news.version,
      refunded: news.refunded,
      refundNo: news.refundNo,
      answeredAt: answered,
    },
  };
}

function taken(
  news: ComplaintNews,
  p: { channel: string; paymentId: string | null; wall: Instant; now: Instant },
): Complaint {
  const here = (at: Instant | null, hours: number): Instant =>
    at === null ? plus(p.now, { hours }) : instant(p.now + (at - p.wall));
  return {
    channel: p.channel,
    number: news.number,
    tradeNo: news.tradeNo,
    paymentId: p.paymentId,
    amount: news.amount,
    state: news.state,
    text: news.text,
    userConfirmed: news.userConfirmed,
    version: news.version,
    refunded: news.refunded,
    refundNo: news.refundNo,
    toldAt: p.now,
    answerBy: here(news.answerBy, complaintClocks.answer_hours),
    settleBy: here(news.settleBy, complaintClocks.settle_hours),
    answeredAt: news.state === 'pending' ? null : p.now,
  };
}

/** "Complete" is said only when it is true: money went back, the payer says so, or the case about it is over. */
export function decideAnswer(
  complaint: Complaint | undefined,
  p: { kind: 'reply' | 'complete'; caseOver: boolean },
): Result<Complaint, 'COMPLAINT_NOT_FOUND' | 'COMPLAINT_OVER' | 'NOT_SETTLED_YET'> {
  if (!complaint) return refuse('COMPLAINT_NOT_FOUND');
  if (complaint.state === 'processed') return refuse('COMPLAINT_OVER');
  const settled = complaint.userConfirmed || complaint.refunded > 0n || p.caseOver;
  return p.kind === 'complete' && !settled ? refuse('NOT_SETTLED_YET') : done(complaint);
}

/** Half and four fifths of each clock that still runs, and its end: when the shop is reminded next. */
export function nextComplaintReminder(
  one: Pick<Complaint, 'state' | 'toldAt' | 'answerBy' | 'settleBy' | 'answeredAt'>,
  now: Instant,
): Instant | undefined {
  if (one.state === 'processed') return undefined;
  const ends = one.answeredAt === null ? [one.answerBy, one.settleBy] : [one.settleBy];
  const all = ends.flatMap((end) =>
    [0.5, 0.8, 1].map((part) => instant(Math.round(one.toldAt + part * (end - one.toldAt)))),
  );
  return all.filter((at) => at > now).sort((a, b) => a - b)[0];
}

/** An answer whose end is unknown is sent again after a minute, then ever more rarely, for as long as the complaint is open. */
export const nextAnswerTry = (tries: number, wall: Instant): Instant =>
  plus(wall, { minutes: Math.min(2 ** tries, 60) });
