import { faultPoint } from '../../kit/fault.ts';
import { derivedId, newId, platformId } from '../../kit/ids.ts';
import { publish } from '../../kit/outbox.ts';
import { done, type Result } from '../../kit/result.ts';
import { sha256 } from '../../kit/secret.ts';
import { plus } from '../../kit/time.ts';
import { send, transaction, type Db, type Tx } from '../../kit/tx.ts';
import type { ChannelAnswer, RawNotice } from '../channel.contract.ts';
import type { ComplaintDesk, ParsedComplaint } from './contract.ts';
import { decideAnswer, decideNews, nextAnswerTry, type Complaint, type NewsDecision } from './rules.ts';
import {
  holdNumber,
  insertAnswer,
  insertNotice,
  lockComplaint,
  paymentOfTrade,
  putComplaint,
  takeAnswers,
  writeAnswer,
} from './store.ts';

const desks = new WeakMap<Db, readonly ComplaintDesk[]>();

/** Says which complaint desks this process speaks to; called once at the start. */
export const installComplaintDesks = (db: Db, list: readonly ComplaintDesk[]): void =>
  void desks.set(db, list);
export const deskOf = (db: Db, channel: string): ComplaintDesk | undefined =>
  desks.get(db)?.find((desk) => desk.channel === channel);

/** One name for a complaint where an id is asked for: deadlines, news, holds. */
export const complaintId = (p: { channel: string; number: string }): string =>
  derivedId(platformId, `complaint/${p.channel}/${p.number}`);

export type NoticeAnswer = NewsDecision | 'replayed' | 'forged';

/**
 * Records what a channel tells about a complaint. A forged, replayed, doubled or stale notice changes nothing but the record of notices; a
 * new one writes the complaint and its news complaint.told in one transaction.
 */
export async function takeNotice(db: Db, desk: ComplaintDesk, raw: RawNotice): Promise<NoticeAnswer> {
  const parsed = desk.parseNotice(raw, db.wall.now());
  const hash = sha256(raw.body);
  return transaction(db, async (tx) => {
    const { channel } = desk;
    const [id, at] = [newId(tx.wall), tx.business];
    if (!parsed.verified) {
      const refused = `refused: ${parsed.why}`.slice(0, 80);
      await insertNotice(tx, {
        id,
        channel,
        verified: false,
        decision: refused,
        number: null,
        request: null,
        hash,
        at,
      });
      return 'forged';
    }
    const { number } = parsed.news;
    await holdNumber(tx, { channel, number });
    return takeNews(tx, desk.channel, parsed, { id, hash });
  });
}

async function takeNews(
  tx: Tx,
  channel: string,
  { news, request }: Extract<ParsedComplaint, { verified: true }>,
  notice: { id: string; hash: Buffer },
): Promise<NoticeAnswer> {
  const { number } = news;
  const [[known], [trade]] = [
    await lockComplaint(tx, { channel, number }),
    await paymentOfTrade(tx, { channel, tradeNo: news.tradeNo }),
  ];
  const facts = { channel, paymentId: trade?.paymentId ?? null, wall: tx.wall, now: tx.business };
  const { decision, complaint } = decideNews(news, known, facts);
  const fresh = await insertNotice(tx, {
    ...notice,
    channel,
    verified: true,
    decision,
    number,
    request,
    at: tx.business,
  });
  if (fresh === 0) return 'replayed';
  faultPoint('complaints.notice.after-notice');
  if (complaint) send(tx, putComplaint(tx, { one: complaint, at: tx.business }), tell(tx, complaint));
  faultPoint('complaints.notice.after-write');
  return decision;
}

const tell = (tx: Tx, { channel, number, version }: Complaint): Promise<void> =>
  publish(tx, [
    {
      event: 'complaint.told',
      about: [complaintId({ channel, number })],
      data: { channel, number, version },
    },
  ]);

/** The complaint under its lock; undefined where there is none. */
export async function holdComplaint(
  tx: Tx,
  p: { channel: string; number: string },
): Promise<Complaint | undefined> {
  await holdNumber(tx, p);
  const [one] = await lockComplaint(tx, p);
  return one;
}

type Said = {
  channel: string;
  number: string;
  kind: 'reply' | 'complete';
  text: string;
  byId: string;
  /** The case about it has ended with an outcome. */
  caseOver: boolean;
};

/** Writes an answer down; the worker sends it. Refuses COMPLAINT_NOT_FOUND, COMPLAINT_OVER, NOT_SETTLED_YET. */
export async function answerComplaint(
  tx: Tx,
  p: Said,
): Promise<Result<{ answerId: string }, 'COMPLAINT_NOT_FOUND' | 'COMPLAINT_OVER' | 'NOT_SETTLED_YET'>> {
  const decided = decideAnswer(await holdComplaint(tx, p), p);
  if (!decided.ok) return decided;
  const id = newId(tx.wall);
  await insertAnswer(tx, { ...p, id, due: tx.wall, at: tx.business });
  return done({ answerId: id });
}

/** Sends what is due. An end that is not known is asked for again with the same number, which the channel does once. */
export async function sendAnswers(db: Db, limit = 20): Promise<number> {
  const due = await transaction(db, (tx) =>
    takeAnswers(tx, { wall: tx.wall, again: plus(tx.wall, { minutes: 1 }), limit }),
  );
  faultPoint('complaints.answer.after-take');
  for (const one of due) {
    const desk = deskOf(db, one.channel);
    const outcome: ChannelAnswer<object> = !desk
      ? { kind: 'unknown', why: 'no such desk' }
      : one.kind === 'reply'
        ? await desk.reply({ number: one.number, text: one.text, request: one.id })
        : await desk.complete({ number: one.number, request: one.id });
    faultPoint('complaints.answer.after-send');
    await transaction(db, (tx) => noteOutcome(tx, one, outcome));
  }
  return due.length;
}

type Sent = Awaited<ReturnType<typeof takeAnswers>>[number];

async function noteOutcome(tx: Tx, one: Sent, outcome: ChannelAnswer<object>): Promise<void> {
  const complaint = await holdComplaint(tx, one);
  const [id, doneAt] = [one.id, tx.business];
  if (outcome.kind === 'unknown') {
    const due = nextAnswerTry(one.tries, tx.wall);
    await writeAnswer(tx, { id, state: 'waiting', failure: outcome.why.slice(0, 200), due, doneAt: null });
    return;
  }
  const refusal = outcome.kind === 'refused' ? `${outcome.code}: ${outcome.message}`.slice(0, 200) : null;
  const state = outcome.kind === 'refused' ? 'refused' : 'done';
  const written = await writeAnswer(tx, { id, state, failure: refusal, due: null, doneAt });
  if (written === 0 || refusal !== null || !complaint || complaint.state === 'processed') return;
  const after: Complaint = {
    ...complaint,
    state: one.kind === 'complete' ? 'processed' : 'processing',
    answeredAt: complaint.answeredAt ?? tx.business,
  };
  send(tx, putComplaint(tx, { one: after, at: tx.business }), tell(tx, after));
}
