import { query, sql, statement, t, ts } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';
import type { GuideKind, Topic } from './guides.contract.ts';

export const keepAttempt = query(
  'community.keep_attempt',
  { best: t.int, passedAt: t.instant.null },
  (p: { userId: string; edition: string; right: number; passed: boolean; at: Instant }) => sql`
  insert into community.quizzes as q (user_id, edition, attempts, best, passed_at, at)
  values (${p.userId}, ${p.edition}, 1, ${p.right}::smallint, case when ${p.passed}::boolean then ${ts(p.at)}::timestamptz end, ${ts(p.at)}::timestamptz)
  on conflict (user_id, edition) do update
     set attempts = q.attempts + 1, best = greatest(q.best, excluded.best), passed_at = coalesce(q.passed_at, excluded.passed_at), at = excluded.at
  returning best, passed_at`,
);

export const insertGuide = statement(
  'community.insert_guide',
  (p: { id: string; slug: string; kind: GuideKind; topic: Topic }) => sql`
  insert into community.guides (id, slug, kind, topic, newest) values (${p.id}, ${p.slug}, ${p.kind}, ${p.topic}, 1) on conflict (slug) do nothing`,
);

export const lockGuide = query(
  'community.lock_guide',
  { id: t.uuid, newest: t.int, published: t.int.null, kind: t.word<GuideKind>(), topic: t.word<Topic>() },
  (p: { slug: string }) => sql`
  select id, newest, published, kind, topic from community.guides where slug = ${p.slug} for update`,
);

export const setNewest = statement(
  'community.set_newest',
  (p: { id: string; newest: number; kind: GuideKind; topic: Topic }) => sql`
  update community.guides set newest = ${p.newest}, kind = ${p.kind}, topic = ${p.topic} where id = ${p.id}`,
);

export const setPublished = statement(
  'community.set_published',
  (p: { id: string; published: number | null; at: Instant }) => sql`
  update community.guides set published = ${p.published}, published_at = case when ${p.published}::int is null then null else ${ts(p.at)}::timestamptz end where id = ${p.id}`,
);

export const insertGuideVersion = statement(
  'community.insert_guide_version',
  (p: {
    id: string;
    version: number;
    title: { zh: string; en: string };
    summary: { zh: string; en: string };
    body: { zh: string; en: string };
    byId: string | null;
    byName: string;
    at: Instant;
  }) => sql`
  insert into community.guide_versions (guide_id, version, title_zh, title_en, summary_zh, summary_en, body_zh, body_en, by_id, by_name, at)
  values (${p.id}, ${p.version}, ${p.title.zh}, ${p.title.en}, ${p.summary.zh}, ${p.summary.en}, ${p.body.zh}, ${p.body.en}, ${p.byId}, ${p.byName}, ${ts(p.at)}::timestamptz)`,
);

export const insertRead = statement(
  'community.insert_read',
  (p: { id: string; reader: Buffer; at: Instant }) => sql`
  insert into community.guide_reads (guide_id, reader, at) values (${p.id}, ${p.reader}, ${ts(p.at)}::timestamptz) on conflict do nothing`,
);

export const addRead = query(
  'community.add_read',
  { reads: t.int },
  (p: { id: string; more: number }) => sql`
  update community.guides set reads = reads + ${p.more}::int where id = ${p.id} returning reads`,
);

/** Whether a session read a guide is forgotten after a while; the count stays. */
export const forgetReads = statement(
  'community.forget_reads',
  (p: { before: Instant }) => sql`
  delete from community.guide_reads where at < ${ts(p.before)}::timestamptz`,
);

export const putVote = statement(
  'community.put_vote',
  (p: { id: string; reader: Buffer; version: number; useful: boolean; note: string; at: Instant }) => sql`
  insert into community.guide_votes (guide_id, reader, version, useful, note, at)
  values (${p.id}, ${p.reader}, ${p.version}, ${p.useful}, ${p.note}, ${ts(p.at)}::timestamptz)
  on conflict (guide_id, reader) do update set version = excluded.version, useful = excluded.useful, note = excluded.note, at = excluded.at`,
);

export const countVotes = query(
  'community.count_votes',
  { useful: t.int, useless: t.int },
  (p: { id: string }) => sql`
  update community.guides g
     set useful = (select count(*) from community.guide_votes v where v.guide_id = g.id and v.useful),
         useless = (select count(*) from community.guide_votes v where v.guide_id = g.id and not v.useful)
   where g.id = ${p.id} returning useful, useless`,
);

export const insertPost = statement(
  'community.insert_post',
  (p: {
    id: string;
    guideId: string;
    authorId: string;
    author: string;
    text: string;
    state: 'shown' | 'held';
    heldFor: readonly string[];
    at: Instant;
  }) => sql`
  insert into community.posts (id, guide_id, author_id, author_name, text, state, held_for, at)
  values (${p.id}, ${p.guideId}, ${p.authorId}, ${p.author}, ${p.text}, ${p.state}, ${[...p.heldFor]}::text[], ${ts(p.at)}::timestamptz)`,
);

export const decidePostRow = statement(
  'community.decide_post',
  (p: { id: string; state: 'shown' | 'hidden'; answer: string | null; byId: string; at: Instant }) => sql`
  update community.posts set state = ${p.state}, answer = coalesce(${p.answer}::text, answer), decided_by = ${p.byId}, decided_at = ${ts(p.at)}::timestamptz where id = ${p.id}`,
);
