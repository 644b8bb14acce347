import { clearDeadlines, setDeadlines, type Due } from '../kit/deadlines.ts';
import { faultPoint } from '../kit/fault.ts';
import { lowestId, newId } from '../kit/ids.ts';
import { must } from '../kit/assert.ts';
import { publish, type News } from '../kit/outbox.ts';
import { done, type Result } from '../kit/result.ts';
import { sha256 } from '../kit/secret.ts';
import { plus, type Instant } from '../kit/time.ts';
import { send, type Tx } from '../kit/tx.ts';
import { recordNext } from '../evidence/actions.ts';
import type { Json } from '../evidence/leaf.rules.ts';
import type {
  Attachment,
  Citation,
  LureKind,
  MessageKind,
  MessagingRefusal,
  Side,
  Speaker,
} from './contract.ts';
import { luresIn } from './lure.rules.ts';
import {
  decideHide,
  decideLapse,
  decideSay,
  flagsOf,
  isHarsh,
  noticeAfter,
  type Demand,
  type DemandTerms,
  type Said,
  type Saying,
  type Thread,
} from './rules.ts';
import {
  closeDemand,
  countLately,
  deleteQuickReplies,
  emptyFeed,
  findDemands,
  findMessage,
  insertDemand,
  insertFeed,
  insertHiding,
  insertMessage,
  insertQuickReplies,
  insertRead,
  lockOpenDemand,
  lockThread,
  writeThread,
} from './store.ts';

/** What must be known of an order to talk about it. The caller has locked the order, so the numbers of its facts and messages are free. */
export type Talk = {
  readonly shopId: string;
  readonly orderId: string;
  readonly buyerId: string;
  readonly title: string;
  readonly rulebook: string;
};
export type Words = Saying & {
  readonly userId: string;
  readonly citations: readonly Citation[];
  readonly files: readonly Attachment[];
  /** Hosts that the listing itself names. */
  readonly hosts: readonly string[];
  readonly terms: DemandTerms;
};
export type Sent = { messageId: string; seq: number; at: Instant; lures: LureKind[]; rude: boolean };

/**
 * Says something in the conversation of an order: message, fact of evidence, demand with its deadline and news are one transaction.
 * Refuses MESSAGE_EMPTY, KIND_NOT_YOURS, DEMAND_OPEN, DEMAND_HOURS_WRONG, PROMISE_TIME_WRONG, CALL_PENDING, TOO_MANY_REQUESTS.
 * Ways out of the platform are recorded with the words and told to both sides; nothing is kept from being said (F082, F206).
 */
export async function say(tx: Tx, talk: Talk, words: Words): Promise<Result<Sent, MessagingRefusal>> {
  const key = { shopId: talk.shopId, orderId: talk.orderId };
  const [[thread], [openDemand], [counted]] = await Promise.all([
    lockThread(tx, key),
    lockOpenDemand(tx, key),
    countLately(tx, { ...key, authorId: words.userId, since: lowestId(plus(tx.wall, { minutes: -1 })) }),
  ]);
  faultPoint('messaging.say.after-lock');
  const decided = decideSay(words, {
    now: tx.business,
    thread,
    openDemand,
    lately: counted?.lately ?? 0,
    terms: words.terms,
  });
  if (!decided.ok) return decided;
  const said = decided.value;
  const found = luresIn(said.text, { from: words.side, hosts: words.hosts });
  const lures = [...new Set(found.map((lure) => lure.kind))];
  const rude = isHarsh(said.text);
  const messageId = newId(tx.wall);
  await write(tx, talk, {
    messageId,
    said,
    kind: words.as,
    side: words.side,
    userId: words.userId,
    flags: flagsOf(lures, rude),
    body: {
      citations: words.citations as unknown as Json,
      attachments: words.files as unknown as Json,
      lures: found.map(({ kind, mask }) => ({ kind, mask: mask && [...mask] })),
    },
  });
  send(tx, insertRead(tx, { ...key, side: words.side, upTo: said.seq, byId: words.userId, at: tx.business }));
  await writeDemands(tx, talk, said, words, messageId);
  faultPoint('messaging.say.after-demand');
  await publish(tx, newsOf(talk, words, said.seq, lures));
  faultPoint('messaging.say.after-news');
  return done({ messageId, seq: said.seq, at: tx.business, lures, rude });
}

type Written = {
  messageId: string;
  said: Pick<Said, 'seq' | 'text' | 'hours' | 'dueAt' | 'thread'>;
  kind: MessageKind;
  side: Side;
  userId: string | null;
  flags: readonly string[];
  body: { readonly [key: string]: Json };
};

const eventKinds = {
  text: 'message.sent',
  call: 'message.sent',
  demand: 'message.demanded',
  promise: 'promise.made',
  notice: 'message.unanswered',
} as const satisfies Record<MessageKind, string>;

/** The fact first, since the message names it; then the conversation, then the message. They travel with the commit. */
async function write(tx: Tx, talk: Talk, p: Written): Promise<void> {
  const { shopId, orderId, buyerId, title } = talk;
  const { seq, text, hours, dueAt, thread } = p.said;
  const [fact] = await recordNext(tx, [
    {
      shopId,
      about: orderId,
      kind: eventKinds[p.kind],
      actor: p.userId === null ? 'clock' : `${p.side}:${p.userId}`,
      keyOwner: buyerId,
      body: {
        ...p.body,
        id: p.messageId,
        n: seq,
        as: p.kind,
        from: p.side,
        text,
        sha256: sha256(text).toString('hex'),
        ...(hours === null ? {} : { hours }),
        ...(dueAt === null ? {} : { dueAt }),
      },
    },
  ]);
  faultPoint('messaging.say.after-evidence');
  const { waitsSince, supportSince, lastSide } = thread;
  send(
    tx,
    writeThread(tx, {
      shopId,
      orderId,
      buyerId,
      title,
      messages: seq,
      at: tx.business,
      lastSide,
      waitsSince,
      supportSince,
    }),
    insertMessage(tx, {
      shopId,
      orderId,
      seq,
      id: p.messageId,
      kind: p.kind,
      side: p.side,
      authorId: p.userId,
      at: tx.business,
      eventSeq: must(fact, 'a fact for the message').seq,
      dueAt: p.kind === 'notice' ? null : dueAt,
      flags: p.flags,
    }),
    insertFeed(tx, { id: newId(tx.wall), shopId, orderId }),
  );
  faultPoint('messaging.say.after-message');
}

async function writeDemands(tx: Tx, talk: Talk, said: Said, words: Words, id: string): Promise<void> {
  const { shopId, orderId, rulebook } = talk;
  if (said.answers) {
    const { id: answered } = said.answers;
    send(
      tx,
      closeDemand(tx, { shopId, id: answered, state: 'answered', at: tx.business, answerSeq: said.seq }),
      clearDeadlines(tx, [{ shopId, about: answered, what: 'message.demand' }]),
    );
  }
  if (words.as !== 'demand') return;
  const dueAt = must(said.dueAt, 'a demand has its time');
  send(
    tx,
    insertDemand(tx, { shopId, id, orderId, seq: said.seq, rulebook, at: tx.business, dueAt }),
    setDeadlines(tx, [
      {
        shopId,
        about: id,
        what: 'message.demand',
        dueAt,
        startAt: tx.business,
        article: words.terms.article,
        version: rulebook,
        clock: 'elapsed',
      },
    ]),
  );
}

function newsOf(talk: Talk, { side, as }: Words, seq: number, lures: readonly LureKind[]): News[] {
  const about = { about: [talk.orderId], shops: [talk.shopId] };
  return [
    { event: 'message.sent', ...about, data: { seq, side, as } },
    ...(lures.length > 0 ? [{ event: 'message.lured', ...about, data: { seq, side, lures } }] : []),
  ];
}

/** The orders of demands that fell due: whoever locks orders locks them before `lapseDemands`. */
export const ordersOfDemands = async (
  tx: Tx,
  due: readonly Pick<Due, 'shopId' | 'about'>[],
): Promise<{ shopId: string; id: string; demandId: string }[]> =>
  (await findDemands(tx, { shopIds: due.map((one) => one.shopId), ids: due.map((one) => one.about) })).map(
    (row) => ({
      shopId: row.shopId,
      id: row.orderId,
      demandId: row.id,
    }),
  );

/**
 * Demands whose time is over without a word of the shop: 商家未响应 is noted in the conversation and in evidence, and the way to the
 * platform is open (F080). The caller has locked the orders. Firing again, or after an answer, does nothing but clear the deadline.
 */
export async function lapseDemands(
  tx: Tx,
  due: readonly Pick<Due, 'shopId' | 'about'>[],
  talks: ReadonlyMap<string, Talk>,
): Promise<void> {
  const demands = await findDemands(tx, {
    shopIds: due.map((one) => one.shopId),
    ids: due.map((one) => one.about),
  });
  for (const demand of demands) {
    const talk = talks.get(demand.orderId);
    if (talk && decideLapse(demand, tx.business) === 'silent') await lapse(tx, talk, demand);
  }
  const waits = new Set(
    demands
      .filter((demand) => demand.state === 'open' && demand.dueAt > tx.business)
      .map((demand) => demand.id),
  );
  await clearDeadlines(
    tx,
    due
      .filter((one) => !waits.has(one.about))
      .map((one) => ({ shopId: one.shopId, about: one.about, what: 'message.demand' })),
  );
}

async function lapse(tx: Tx, talk: Talk, demand: Demand): Promise<void> {
  const { shopId, orderId } = talk;
  const [found] = await lockThread(tx, { shopId, orderId });
  const thread: Thread = noticeAfter(must(found, 'a demand stands in a conversation'), tx.business);
  await write(tx, talk, {
    messageId: newId(tx.wall),
    said: { seq: thread.messages, text: 'silent', hours: null, dueAt: demand.dueAt, thread },
    kind: 'notice',
    side: 'platform',
    userId: null,
    flags: [],
    body: { demand: demand.id, asked: demand.seq, article: '21' },
  });
  send(tx, closeDemand(tx, { shopId, id: demand.id, state: 'silent', at: tx.business, answerSeq: null }));
  faultPoint('messaging.lapse.after-state');
  await publish(tx, [
    {
      event: 'message.unanswered',
      about: [orderId],
      shops: [shopId],
      data: { demand: demand.id, dueAt: demand.dueAt },
    },
  ]);
}

type Key = { readonly shopId: string; readonly orderId: string };

/** Notes up to which message a side has seen the conversation. Seeing again changes nothing. */
export async function markSeen(
  tx: Tx,
  p: Key & { side: Speaker; userId: string; upTo: number },
): Promise<void> {
  const { shopId, orderId } = p;
  const noted = await insertRead(tx, {
    shopId,
    orderId,
    side: p.side,
    upTo: p.upTo,
    byId: p.userId,
    at: tx.business,
  });
  if (noted > 0) await insertFeed(tx, { id: newId(tx.wall), shopId, orderId });
}

/** Takes one's own words out of view. They stay in evidence, which also knows that they were taken back (F069). The caller holds the order. */
export async function hide(
  tx: Tx,
  talk: Talk,
  p: { side: Speaker; userId: string; seq: number },
): Promise<Result<{ seq: number }, MessagingRefusal>> {
  const { shopId, orderId, buyerId } = talk;
  const [message] = await findMessage(tx, { shopId, orderId, seq: p.seq });
  const decided = decideHide(message, p);
  if (!decided.ok) return decided;
  if (decided.value === 'is hidden') return done({ seq: p.seq });
  const [fact] = await recordNext(tx, [
    {
      shopId,
      about: orderId,
      kind: 'message.hidden',
      actor: `${p.side}:${p.userId}`,
      keyOwner: buyerId,
      body: { n: p.seq, id: must(message, 'a message to hide').id },
    },
  ]);
  const eventSeq = must(fact, 'a fact for the hiding').seq;
  send(
    tx,
    insertHiding(tx, { shopId, orderId, seq: p.seq, byId: p.userId, at: tx.business, eventSeq }),
    insertFeed(tx, { id: newId(tx.wall), shopId, orderId }),
  );
  return done({ seq: p.seq });
}

/** Replaces the sentences that a shop keeps ready. */
export async function setQuickReplies(
  tx: Tx,
  p: { shopId: string; replies: readonly string[] },
): Promise<void> {
  await deleteQuickReplies(tx, p);
  if (p.replies.length > 0) await insertQuickReplies(tx, { shopId: p.shopId, texts: p.replies });
}

/** Changes of an hour ago are of no use to anybody who looks on. */
export const sweepFeed = (tx: Tx): Promise<number> =>
  emptyFeed(tx, { before: lowestId(plus(tx.wall, { hours: -1 })) });
