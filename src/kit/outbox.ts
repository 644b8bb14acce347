import { toJson } from './json.ts';
import { newId } from './ids.ts';
import { query, sql, statement, t, ts, uuids } from './sql.ts';
import type { Tx } from './tx.ts';

/** News of facts, written in their own transaction: `about` lists the things (ids) it happened to, `shops` the shop of each where there is one. */
export type News = { event: string; about: readonly string[]; shops?: readonly string[]; data?: unknown };

const insertNews = statement(
  'kit.insert_news',
  (p: { ids: string[]; events: string[]; bodies: string[]; at: Tx['business'] }) => sql`
  insert into kit.outbox (id, event, body, at)
  select n.id, n.event, n.body::jsonb, ${ts(p.at)}::timestamptz from unnest(${uuids(p.ids)}::uuid[], ${p.events}::text[], ${p.bodies}::text[]) as n(id, event, body)`,
);

/** One row per piece of news, whatever the number of things it is about. */
export async function publish(tx: Tx, news: readonly News[]): Promise<void> {
  if (news.length === 0) return;
  await insertNews(tx, {
    ids: news.map(() => newId(tx.wall)),
    events: news.map((one) => one.event),
    bodies: news.map((one) => toJson({ about: one.about, shops: one.shops ?? [], data: one.data ?? null })),
    at: tx.business,
  });
}

export type Delivered = {
  id: string;
  event: string;
  body: { about: string[]; shops: string[]; data: unknown };
};

/** The oldest undelivered news, locked so that several processes share the work. */
export const takeNews = query(
  'kit.take_news',
  { id: t.uuid, event: t.text, body: t.json<Delivered['body']>(), attempts: t.int },
  (p: { limit: number; wall: Tx['wall'] }) => sql`
  select id, event, body, attempts from kit.outbox
   where retry_at is null or retry_at <= ${ts(p.wall)}::timestamptz
   order by id limit ${p.limit} for update skip locked`,
);

export const dropNews = statement(
  'kit.drop_news',
  (p: { ids: string[] }) => sql`delete from kit.outbox where id = any(${p.ids}::uuid[])`,
);

/** News whose reaction failed waits and is tried again; it is never thrown away, and the operator sees its error. */
export const postponeNews = statement(
  'kit.postpone_news',
  (p: { id: string; retryAt: Tx['wall']; error: string }) => sql`
  update kit.outbox set attempts = attempts + 1, retry_at = ${ts(p.retryAt)}::timestamptz, error = ${p.error} where id = ${p.id}`,
);

/** How much news waits, and since when the oldest. */
export const newsWaiting = query(
  'kit.news_waiting',
  { count: t.int, oldest: t.instant.null },
  () => sql`select count(*) as count, min(at) as oldest from kit.outbox`,
);

/** News whose reaction failed at least once, for the operator: what, how often, why, and when it is tried again. */
export const newsInTrouble = query(
  'kit.news_in_trouble',
  { id: t.uuid, event: t.text, attempts: t.int, retryAt: t.instant.null, error: t.text.null },
  (p: { limit: number }) => sql`
  select id, event, attempts, retry_at, error from kit.outbox where attempts > 0 order by attempts desc, id limit ${p.limit}::int`,
);
