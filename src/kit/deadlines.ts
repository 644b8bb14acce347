import { bare, instants, query, sql, statement, t, ts, type Queryable, type RowOf, uuids } from './sql.ts';
import type { Instant } from './time.ts';
import type { Tx } from './tx.ts';

/**
 * A deadline: when `dueAt` (business clock) has come, the sweep gives `what` to the action that is registered for it (app/reactions).
 * One per thing and kind; setting it again moves it. `article` and `version` name the rulebook text it rests on.
 */
export type Deadline = {
  shopId: string;
  about: string;
  what: string;
  dueAt: Instant;
  startAt: Instant;
  article: string;
  version: string;
  clock: 'elapsed' | 'day' | 'workday';
};

type Rows = {
  shops: string[];
  abouts: string[];
  whats: string[];
  dues: Instant[];
  starts: Instant[];
  articles: string[];
  versions: string[];
  clocks: string[];
};

const rowsOf = (list: readonly Deadline[]): Rows => ({
  shops: list.map((d) => d.shopId),
  abouts: list.map((d) => d.about),
  whats: list.map((d) => d.what),
  dues: list.map((d) => d.dueAt),
  starts: list.map((d) => d.startAt),
  articles: list.map((d) => d.article),
  versions: list.map((d) => d.version),
  clocks: list.map((d) => d.clock),
});

const insert = statement(
  'kit.insert_deadlines',
  (p: Rows) => sql`
  insert into kit.deadlines (shop_id, about, what, due_at, start_at, article, version, clock)
  select (${uuids(p.shops)}::uuid[])[x.n], (${uuids(p.abouts)}::uuid[])[x.n], x.what, (${instants(p.dues)}::timestamptz[])[x.n], (${instants(p.starts)}::timestamptz[])[x.n], x.article, x.version, x.clock
    from unnest(${bare(p.whats)}::text[], ${bare(p.articles)}::text[], ${bare(p.versions)}::text[], ${bare(p.clocks)}::text[]) with ordinality as x(what, article, version, clock, n)`,
);

/** The first deadlines of things that are new: the statement has no conflict to look for. */
export async function firstDeadlines(tx: Tx, list: readonly Deadline[]): Promise<void> {
  if (list.length > 0) await insert(tx, rowsOf(list));
}

const upsert = statement(
  'kit.set_deadlines',
  (p: Rows) => sql`
  insert into kit.deadlines (shop_id, about, what, due_at, start_at, article, version, clock)
  select * from unnest(${uuids(p.shops)}::uuid[], ${uuids(p.abouts)}::uuid[], ${bare(p.whats)}::text[], ${instants(p.dues)}::timestamptz[], ${instants(p.starts)}::timestamptz[],
                       ${bare(p.articles)}::text[], ${bare(p.versions)}::text[], ${bare(p.clocks)}::text[])
  on conflict (shop_id, about, what) do update set due_at = excluded.due_at, start_at = excluded.start_at, article = excluded.article, version = excluded.version, clock = excluded.clock, paused_ms = 0`,
);

export async function setDeadlines(tx: Tx, list: readonly Deadline[]): Promise<void> {
  if (list.length > 0) await upsert(tx, rowsOf(list));
}

const remove = statement(
  'kit.clear_deadlines',
  (p: { shops: string[]; abouts: string[]; whats: string[] }) => sql`
  merge into kit.deadlines d
  using (select distinct * from unnest(${uuids(p.shops)}::uuid[], ${uuids(p.abouts)}::uuid[], ${bare(p.whats)}::text[]) as x(shop_id, about, what)) x
     on d.shop_id = x.shop_id and d.about = x.about and d.what = x.what
   when matched then delete when not matched then do nothing`,
);

/** Takes deadlines away because what they waited for has happened. Clearing one that is not there is harmless. */
export async function clearDeadlines(
  tx: Tx,
  list: readonly { shopId: string; about: string; what: string }[],
): Promise<void> {
  if (list.length === 0) return;
  await remove(tx, {
    shops: list.map((d) => d.shopId),
    abouts: list.map((d) => d.about),
    whats: list.map((d) => d.what),
  });
}

const dueShape = {
  shopId: t.uuid,
  about: t.uuid,
  what: t.text,
  dueAt: t.instant,
  startAt: t.instant,
  article: t.text,
  version: t.text,
};
const openShape = { ...dueShape, clock: t.word<Deadline['clock']>(), paused: t.int };
/** A row as it stands: `paused` (ms) is how much of its time is declared outages, which `dueAt` holds already. */
export type OpenDeadline = RowOf<typeof openShape>;
export type Due = {
  shopId: string;
  about: string;
  what: string;
  dueAt: Instant;
  startAt: Instant;
  article: string;
  version: string;
};

/** What is due now, oldest first. Not locked: the action that fires takes its own locks and looks again, so firing twice is harmless. */
export const dueNow = query(
  'kit.due_now',
  dueShape,
  (p: { now: Instant; what: string; limit: number }) => sql`
  select shop_id, about, what, due_at, start_at, article, version from kit.deadlines
   where what = ${p.what} and due_at <= ${ts(p.now)}::timestamptz order by due_at, about limit ${p.limit}`,
);

/** What is due now of all these kinds together, oldest first, after a place in that order. Not locked, as dueNow. */
export const dueAfter = query(
  'kit.due_after',
  openShape,
  (p: {
    now: Instant;
    whats: readonly string[];
    after: { dueAt: Instant; about: string; what: string };
    limit: number;
  }) => sql`
  select d.shop_id, d.about, d.what, d.due_at, d.start_at, d.article, d.version, d.clock, d.paused_ms as paused
    from unnest(${[...p.whats]}::text[]) as w(what)
   cross join lateral (
     select * from kit.deadlines x
      where x.what = w.what and x.due_at <= ${ts(p.now)}::timestamptz and x.due_at >= ${ts(p.after.dueAt)}::timestamptz
        and (x.due_at, x.about, x.what) > (${ts(p.after.dueAt)}::timestamptz, ${p.after.about}::uuid, ${p.after.what}::text)
      order by x.due_at, x.about limit ${p.limit}::int) as d
   order by d.due_at, d.about, d.what limit ${p.limit}::int`,
);

/** The first instant after `now` at which something of these kinds falls due. */
export const nextDueAfter = query(
  'kit.next_due_after',
  { dueAt: t.instant.null },
  (p: { now: Instant; whats: readonly string[] }) => sql`
  select min(d.due_at) as due_at
    from unnest(${[...p.whats]}::text[]) as w(what)
   cross join lateral (
     select x.due_at from kit.deadlines x where x.what = w.what and x.due_at > ${ts(p.now)}::timestamptz order by x.due_at limit 1) as d`,
);

export const deadlinesOf = query(
  'kit.deadlines_of',
  openShape,
  (p: { shopId: string; about: string }) => sql`
  select shop_id, about, what, due_at, start_at, article, version, clock, paused_ms as paused from kit.deadlines where shop_id = ${p.shopId} and about = ${p.about} order by due_at`,
);

type Key = { shopId: string; about: string; what: string };
export const firstKey: Key = {
  shopId: '00000000-0000-0000-0000-000000000000',
  about: '00000000-0000-0000-0000-000000000000',
  what: '',
};

/** Deadlines that run at some time between two instants, in the order of their keys, after one of them: page by page through all. */
export const runningBetween = query(
  'kit.running_between',
  openShape,
  (p: { from: Instant; to: Instant; after: Key; limit: number }) => sql`
  select shop_id, about, what, due_at, start_at, article, version, clock, paused_ms as paused from kit.deadlines
   where (shop_id, about, what) > (${p.after.shopId}::uuid, ${p.after.about}::uuid, ${p.after.what}::text)
     and due_at > ${ts(p.from)}::timestamptz and start_at < ${ts(p.to)}::timestamptz
   order by shop_id, about, what limit ${p.limit}::int`,
);

/** The running deadlines of one kind, next due first, for the operator's page. */
export const openOfKind = query(
  'kit.open_of_kind',
  openShape,
  (p: { what: string; after: Instant; limit: number }) => sql`
  select shop_id, about, what, due_at, start_at, article, version, clock, paused_ms as paused from kit.deadlines
   where what = ${p.what} and due_at >= ${ts(p.after)}::timestamptz order by due_at, about limit ${p.limit}::int`,
);

const move = query(
  'kit.move_deadlines',
  { shopId: t.uuid, about: t.uuid, what: t.text },
  (p: Rows & { pauses: number[]; froms: Instant[] }) => sql`
  update kit.deadlines d set due_at = x.due_at, paused_ms = x.paused_ms
    from unnest(${uuids(p.shops)}::uuid[], ${uuids(p.abouts)}::uuid[], ${bare(p.whats)}::text[], ${instants(p.dues)}::timestamptz[], ${bare(p.pauses)}::bigint[], ${instants(p.froms)}::timestamptz[])
         as x(shop_id, about, what, due_at, paused_ms, from_at)
   where d.shop_id = x.shop_id and d.about = x.about and d.what = x.what and d.due_at = x.from_at
  returning d.shop_id, d.about, d.what`,
);

/**
 * Moves deadlines to later, each only if it still stands where it was read: one that was set anew or has fired meanwhile is left alone.
 * Answers those that were moved.
 */
export async function moveDeadlines(
  tx: Tx,
  list: readonly { from: OpenDeadline; dueAt: Instant; paused: number }[],
): Promise<Key[]> {
  if (list.length === 0) return [];
  return move(tx, {
    ...rowsOf(list.map(({ from, dueAt }) => ({ ...from, dueAt }))),
    pauses: list.map((one) => one.paused),
    froms: list.map((one) => one.from.dueAt),
  });
}

/** The instant of the next deadline of all, for the sweep's pace and the operator's page. */
export const nextDue = query(
  'kit.next_due',
  { dueAt: t.instant.null, open: t.int },
  () => sql`
  select min(due_at) as due_at, count(*) as open from kit.deadlines`,
);

export const overdue = (
  on: Queryable,
  now: Instant,
): Promise<{ what: string; count: number; oldest: Instant }[]> => overdueCounts(on, { now });
const overdueCounts = query(
  'kit.overdue_counts',
  { what: t.text, count: t.int, oldest: t.instant },
  (p: { now: Instant }) => sql`
  select what, count(*) as count, min(due_at) as oldest from kit.deadlines where due_at <= ${ts(p.now)}::timestamptz group by what order by what`,
);

/**
 * One page of the deadlines of a kind that still run, in the order of their ends, after a place in that order. Answered are those that
 * passed a part of their time (per cent, by rulebook version: `firsts` and `lasts`) after `since` and not after `now`; where both parts are
 * over, the later one. The last row of the page is always answered (`part` null where nothing passed), so that the next page begins there.
 */
export const passedParts = query(
  'kit.passed_parts',
  { ...dueShape, part: t.int.null, looked: t.int },
  (p: {
    what: string;
    now: Instant;
    since: Instant;
    after: { dueAt: Instant; about: string };
    versions: readonly string[];
    firsts: readonly number[];
    lasts: readonly number[];
    limit: number;
  }) => sql`
  with page as materialized (
    select shop_id, about, what, due_at, start_at, article, version from kit.deadlines
     where what = ${p.what} and due_at > ${ts(p.now)}::timestamptz and due_at >= ${ts(p.after.dueAt)}::timestamptz
       and (due_at, about) > (${ts(p.after.dueAt)}::timestamptz, ${p.after.about}::uuid)
     order by due_at, about limit ${p.limit}::int),
  parts as (select * from unnest(${bare([...p.versions])}::text[], ${bare([...p.firsts])}::int[], ${bare([...p.lasts])}::int[]) as x(version, first, last)),
  passed as (
    select d.*, case when ${ts(p.now)}::timestamptz >= d.start_at + (d.due_at - d.start_at) * (x.last / 100.0) then x.last else x.first end as part
      from page d join parts x on x.version = d.version)
  select d.shop_id, d.about, d.what, d.due_at, d.start_at, d.article, d.version, o.part, (select count(*) from page) as looked
    from page d
    left join passed o on o.shop_id = d.shop_id and o.about = d.about
          and o.start_at + (o.due_at - o.start_at) * (o.part / 100.0) > ${ts(p.since)}::timestamptz
          and o.start_at + (o.due_at - o.start_at) * (o.part / 100.0) <= ${ts(p.now)}::timestamptz
   where o.part is not null or (d.due_at, d.about) = (select due_at, about from page order by due_at desc, about desc limit 1)
   order by d.due_at, d.about`,
);

/** Where work that goes round and round stands. It is written by whoever holds it, so two processes never do one page at once. */
const beginRound = statement(
  'kit.begin_round',
  (p: { name: string }) =>
    sql`insert into kit.marks (name, value) values (${p.name}, '') on conflict (name) do nothing`,
);
const lockRound = query(
  'kit.lock_round',
  { value: t.text },
  (p: { name: string }) => sql`select value from kit.marks where name = ${p.name} for update`,
);
const writeRound = statement(
  'kit.write_round',
  (p: { name: string; value: string }) => sql`update kit.marks set value = ${p.value} where name = ${p.name}`,
);

/** Business instants; `now` is the one at which the running round began, null between rounds. */
export type Round = {
  readonly since: number;
  readonly now: number | null;
  readonly after: { readonly dueAt: number; readonly about: string };
};

/** The round of this name, held until the transaction ends. */
export async function holdRound(tx: Tx, name: string): Promise<Round> {
  let [row] = await lockRound(tx, { name });
  if (!row) {
    await beginRound(tx, { name });
    [row] = await lockRound(tx, { name });
  }
  return row?.value ? (JSON.parse(row.value) as Round) : { since: 0, now: null, after: firstPlace };
}
const firstPlace = { dueAt: 0, about: firstKey.about };

export const keepRound = (tx: Tx, name: string, round: Round): Promise<number> =>
  writeRound(tx, { name, value: JSON.stringify(round) });
