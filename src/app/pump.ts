import { dropNews, postponeNews, takeNews, type Delivered } from '../kit/outbox.ts';
import { instant, plus } from '../kit/time.ts';
import { isLostConnection, transaction, type Db, type Tx } from '../kit/tx.ts';
import type { Log } from './log.ts';
import { sentenceOf } from './sweep.ts';

/** What happens because of news of one kind. It may get the same piece twice, and opens its own transactions. */
export type Reaction = (db: Db, news: readonly Delivered[]) => Promise<void>;
export type ReactionTable = Readonly<Record<string, readonly Reaction[]>>;

/** A reaction to one piece of news, for several. */
export const oneByOne =
  (react: (db: Db, news: Delivered) => Promise<unknown>): Reaction =>
  async (db, list) => {
    for (const news of list) await react(db, news);
  };

/** Two tables about the same news: what the first says happens before what the second says. */
export const together = (first: ReactionTable, second: ReactionTable): ReactionTable =>
  Object.fromEntries(
    [...new Set([...Object.keys(first), ...Object.keys(second)])].map((event) => [
      event,
      [...(first[event] ?? []), ...(second[event] ?? [])],
    ]),
  );

type Taken = Delivered & { attempts: number };

const batchMax = 200;
const firstPause_s = 2;
const longestPause_s = 3600;

/**
 * Takes a batch of news and lets everything react to it; answers how many pieces it took. The rows stay locked meanwhile, so that several
 * processes share the work and a killed one gives its news back at once. News that nobody reacts to is dropped.
 */
export async function pumpOnce(db: Db, table: ReactionTable, log: Log): Promise<number> {
  return transaction(db, async (tx) => {
    const news = await takeNews(tx, { limit: batchMax, wall: tx.wall });
    if (news.length === 0) return 0;
    const failed = new Map<string, unknown>();
    for (const [event, group] of Map.groupBy(news, (one) => one.event))
      for (const [id, error] of await react(db, table[event] ?? [], group)) failed.set(id, error);
    await dropNews(tx, { ids: news.map((one) => one.id).filter((id) => !failed.has(id)) });
    for (const one of news) if (failed.has(one.id)) await postpone(tx, one, failed.get(one.id), log);
    return news.length;
  });
}

/** All of a kind together; when that fails one by one, so that only the guilty piece waits. */
async function react(
  db: Db,
  list: readonly Reaction[],
  news: readonly Taken[],
): Promise<Map<string, unknown>> {
  try {
    for (const reaction of list) await reaction(db, news);
    return new Map();
  } catch (error) {
    if (isLostConnection(error)) throw error;
    const [only] = news;
    if (only && news.length === 1) return new Map([[only.id, error]]);
  }
  const failed = new Map<string, unknown>();
  for (const one of news) for (const [id, error] of await react(db, list, [one])) failed.set(id, error);
  return failed;
}

async function postpone(tx: Tx, news: Taken, error: unknown, log: Log): Promise<void> {
  const pause_s = Math.min(longestPause_s, firstPause_s * 2 ** Math.min(news.attempts, 12));
  log.error({ error, event: news.event, news: news.id, attempts: news.attempts + 1 }, 'a reaction failed');
  await postponeNews(tx, {
    id: news.id,
    retryAt: instant(plus(tx.wall, { seconds: pause_s })),
    error: sentenceOf(error),
  });
}

/** Pumps until nothing is left that can be delivered now. */
export async function pumpAll(db: Db, table: ReactionTable, log: Log): Promise<number> {
  let total = 0;
  for (;;) {
    const taken = await pumpOnce(db, table, log);
    total += taken;
    if (taken === 0) return total;
  }
}
