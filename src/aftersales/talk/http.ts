import { withEventMeta } from '@orpc/server';
import { must } from '../../kit/assert.ts';
import { platformId } from '../../kit/ids.ts';
import { once } from '../../kit/once.ts';
import { decodeId, encodeId } from '../../kit/public-id.ts';
import { done, refuse } from '../../kit/result.ts';
import { serve } from '../../kit/route.ts';
import { instant } from '../../kit/time.ts';
import { reader, transaction, type Db } from '../../kit/tx.ts';
import type { Context } from '../../kit/viewer.ts';
import { attach, fileFor, filesNamed } from '../../messaging/attachment.actions.ts';
import { markSeen } from '../../messaging/actions.ts';
import { messagingContract } from '../../messaging/contract.ts';
import { watchOrder, type Watch } from '../../messaging/live.actions.ts';
import { readMessages, stateOf, type Onlooker } from '../../messaging/reading.actions.ts';
import { threadHead, unreadOf } from '../../messaging/views.ts';
import { headOf, linesShown } from '../../orders/views.ts';
import { articlesFor, demandTerms, seatOf, speak, takeBack } from './actions.ts';

const userOf = ({ viewer }: Context): string => must(viewer.userId, 'the route needs a user');

/** Somebody at a conversation, read from nothing but what they may see; null: the order is not there for them. */
async function onlooker(context: Context, orderId: string): Promise<Onlooker | null> {
  const seat = await seatOf(await reader(context.db), context.viewer, orderId);
  return seat && { ...seat, userId: userOf(context) };
}

export const talkRoutes = {
  thread: serve(messagingContract.thread, async (context, { orderId, before, after, limit }) => {
    const on = await reader(context.db);
    const seat = await seatOf(on, context.viewer, orderId);
    if (!seat) return refuse('ORDER_NOT_FOUND');
    const who = { ...seat, userId: userOf(context) };
    const key = { shopId: seat.shopId, viewerOrder: orderId };
    const [[head], [line], page, state] = await Promise.all([
      headOf(on, key),
      linesShown(on, key),
      readMessages(on, who, { before, after, limit }),
      stateOf(on, who),
    ]);
    const { shopName, rulebook } = must(head, 'an order that is seen is there');
    const terms = demandTerms(rulebook);
    return done({
      orderId,
      shop: { shopId: seat.shopId, name: shopName },
      title: line?.title ?? '',
      rulebook,
      me: seat.side,
      ...page,
      state,
      demandMax_hours: terms.max_hours,
      demandDefault_hours: terms.default_hours,
      now: on.business,
    });
  }),

  say: serve(messagingContract.say, async (context, { orderId, ...input }) => {
    const who = await onlooker(context, orderId);
    if (!who) return refuse('ORDER_NOT_FOUND');
    const key = must(context.idempotencyKey, 'the route is keyed');
    const until = input.until === undefined ? undefined : instant(input.until);
    return transaction(context.db, (tx) =>
      once(tx, { scope: `${who.userId}/messages.say`, key, input: { orderId, ...input } }, async () => {
        const seat = await seatOf(tx, context.viewer, orderId);
        if (!seat) return refuse('ORDER_NOT_FOUND');
        const files = await filesNamed(
          tx,
          who,
          input.attachments.map((id) => decodeId('attachment', id) ?? platformId),
        );
        if (!files.ok) return files;
        const { text, as, hours, cite } = input;
        return speak(tx, { seat, userId: who.userId, text, as, hours, until, cite, files: files.value });
      }),
    );
  }),

  read: serve(messagingContract.read, async (context, { orderId, upTo }) => {
    const who = await onlooker(context, orderId);
    if (!who) return refuse('ORDER_NOT_FOUND');
    const { shopId, side, userId } = who;
    await transaction(context.db, (tx) => markSeen(tx, { shopId, orderId, side, userId, upTo }));
    const [row] = await unreadOf(await reader(context.db), { shopId, viewerOrder: orderId, side });
    return done({ unread: row?.unread ?? 0 });
  }),

  hide: serve(messagingContract.hide, async (context, { orderId, seq }) => {
    const seat = await seatOf(await reader(context.db), context.viewer, orderId);
    if (!seat) return refuse('ORDER_NOT_FOUND');
    return transaction(context.db, (tx) => takeBack(tx, { seat, userId: userOf(context), seq }));
  }),

  attach: serve(messagingContract.attach, async (context, { orderId, file }) => {
    const who = await onlooker(context, orderId);
    if (!who) return refuse('ORDER_NOT_FOUND');
    const kept = await attach(context.db, who, file);
    return kept.ok ? done({ ...kept.value, id: encodeId('attachment', kept.value.id) }) : kept;
  }),

  attachment: serve(messagingContract.attachment, async (context, { orderId, attachmentId, copy }) => {
    const who = await onlooker(context, orderId);
    if (!who) return refuse('ORDER_NOT_FOUND');
    return fileFor(context.db, who, { id: attachmentId, copy });
  }),

  articles: serve(messagingContract.articles, async (context, { orderId }) => {
    const on = await reader(context.db);
    const seat = await seatOf(on, context.viewer, orderId);
    if (!seat) return refuse('ORDER_NOT_FOUND');
    const [head] = await headOf(on, { shopId: seat.shopId, viewerOrder: orderId });
    return done({
      citations: await articlesFor(on, { ...must(head, 'an order that is seen is there'), steps: 0 }),
    });
  }),

  live: serve(messagingContract.live, async (context, { orderId, after }, { lastEventId }) => {
    const who = await onlooker(context, orderId);
    if (!who) return refuse('ORDER_NOT_FOUND');
    const watch = watchOrder(context.db, { orderId, personId: who.userId });
    if (!watch) return refuse('LIVE_FULL');
    // What happened between the last event that a browser got and this moment comes first, so nothing is missed in between.
    const from = resumeAt(lastEventId) ?? after ?? (await lastOf(context.db, who));
    return done(new Following(context.db, who, watch, from));
  }),
};

const resumeAt = (lastEventId: string | undefined): number | undefined =>
  lastEventId !== undefined && /^\d{1,9}$/.test(lastEventId) ? Number(lastEventId) : undefined;

async function lastOf(db: Db, { shopId, orderId }: Onlooker): Promise<number> {
  const [head] = await threadHead(await reader(db), { shopId, viewerOrder: orderId });
  return head?.messages ?? 0;
}

type News = Awaited<ReturnType<typeof readMessages>>['messages'];
type Event = { messages: News; state: Awaited<ReturnType<typeof stateOf>> };
const newsMax = 100;

/** The events of one who looks on: first what they missed, then each change. Ending it, from either side, ends the watch at once. */
class Following implements AsyncIteratorObject<Event, undefined, void> {
  readonly #db: Db;
  readonly #who: Onlooker;
  readonly #watch: Watch;
  #after: number;
  #told = '';
  constructor(db: Db, who: Onlooker, watch: Watch, after: number) {
    this.#db = db;
    this.#who = who;
    this.#watch = watch;
    this.#after = after;
  }

  async next(): Promise<IteratorResult<Event, undefined>> {
    try {
      for (;;) {
        if (this.#told !== '' && !(await this.#watch.next())) return this.return();
        const event = await this.#look();
        if (event) return { done: false, value: event };
      }
    } catch (trouble) {
      this.#watch.end();
      throw trouble;
    }
  }

  /** What is new; undefined when a change was none for this side. */
  async #look(): Promise<Event | undefined> {
    const on = await reader(this.#db);
    const [{ messages }, state] = await Promise.all([
      readMessages(on, this.#who, { after: this.#after, limit: newsMax }),
      stateOf(on, this.#who),
    ]);
    const told = JSON.stringify(state);
    if (messages.length === 0 && told === this.#told) return undefined;
    // A full page means that there may be more: look again without waiting.
    this.#told = messages.length === newsMax ? '' : told;
    this.#after = messages.at(-1)?.seq ?? this.#after;
    return withEventMeta({ messages, state }, { id: String(this.#after), retry: 2000 });
  }

  return(): Promise<IteratorResult<Event, undefined>> {
    this.#watch.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#watch.end();
    return Promise.resolve();
  }
}
