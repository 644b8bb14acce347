import { query, sql, t, ts } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';
import type { Viewer } from '../kit/viewer.ts';
import type { Calendar } from './calendar.data.ts';
import type { Answer } from './comments.contract.ts';
import type { CommentState, RulebookState } from './machine.ts';

const life = {
  version: t.text,
  id: t.uuid,
  state: t.word<RulebookState>(),
  sha256: t.bytes,
  consultFrom: t.instant.null,
  consultUntil: t.instant.null,
  announcedAt: t.instant.null,
  effectiveAt: t.instant.null,
};

/** Where every version stands, without its text: what a process looks at every few seconds. Not public: drafts are left out by who shows it. */
export const livesOf = query(
  'rules.lives',
  life,
  () => sql`
  select version, id, state, sha256, consult_from, consult_until, announced_at, effective_at from rules.versions`,
);

/** The texts of versions by their number; who may see a draft is decided by the route. Public ones are public. */
export const bodiesOf = query(
  'rules.bodies',
  { version: t.text, body: t.text },
  (p: { versions: readonly string[] }) => sql`
  select version, body from rules.versions where version = any(${[...p.versions]}::text[])`,
);

const isStaff = (viewer: Viewer): boolean => viewer.staff.length > 0;

/** One version as the editor sees it. */
export const draftOf = query(
  'rules.draft',
  {
    ...life,
    body: t.text,
    proposedBy: t.uuid.null,
    proposedSha256: t.bytes.null,
    proposedEffectiveAt: t.instant.null,
  },
  (p: { viewer: Viewer; version: string }) => sql`
  select version, id, state, sha256, consult_from, consult_until, announced_at, effective_at, body, proposed_by, proposed_sha256, proposed_effective_at
    from rules.versions where version = ${p.version} and ${isStaff(p.viewer)}::boolean`,
);

export const stepsOf = query(
  'rules.steps_of',
  {
    step: t.int,
    event: t.text,
    to: t.text,
    by: t.text,
    byId: t.uuid.null,
    note: t.text,
    sha256: t.bytes,
    at: t.instant,
  },
  (p: { viewer: Viewer; version: string }) => sql`
  select step, event, to_state as "to", by_kind as by, by_id, note, sha256, at from rules.steps
   where version = ${p.version} and ${isStaff(p.viewer)}::boolean order by step`,
);

/** How many comments of each version wait for somebody. */
export const openComments = query(
  'rules.open_comments',
  { version: t.text, waiting: t.int, unanswered: t.int },
  (p: { viewer: Viewer }) => sql`
  select version, count(*) filter (where state = 'waiting') as waiting, count(*) filter (where state in ('waiting', 'shown')) as unanswered
    from rules.comments where ${isStaff(p.viewer)}::boolean group by version`,
);

/** Of one version, for the gate that lets nobody announce over unanswered comments. The count is no secret: public. */
export const unansweredOf = query(
  'rules.unanswered',
  { count: t.int },
  (p: { version: string }) => sql`
  select count(*) as count from rules.comments where version = ${p.version} and state in ('waiting', 'shown')`,
);

const commentShape = {
  number: t.int,
  state: t.word<CommentState>(),
  article: t.text.null,
  authorId: t.uuid,
  author: t.text,
  text: t.text,
  at: t.instant,
  outcome: t.word<Answer | 'hidden'>().null,
  reasons: t.text.null,
  decidedAt: t.instant.null,
};

/** What everybody may read of the comments, and one's own whatever became of them. */
export const commentsSeenBy = query(
  'rules.comments_seen_by',
  commentShape,
  (p: { viewer: { userId: string | null }; version: string; after: number; limit: number }) => sql`
  select number, state, article, author_id, author_name as author, text, at, outcome, reasons, decided_at from rules.comments
   where version = ${p.version} and number > ${p.after}::int and (state in ('shown', 'answered') or author_id = ${p.viewer.userId}::uuid)
   order by number limit ${p.limit}::int`,
);

export const shownComments = query(
  'rules.shown_comments',
  { count: t.int, mine: t.int },
  (p: { viewer: { userId: string | null }; version: string }) => sql`
  select count(*) filter (where state in ('shown', 'answered')) as count, count(*) filter (where author_id = ${p.viewer.userId}::uuid) as mine
    from rules.comments where version = ${p.version}`,
);

export const commentQueueOf = query(
  'rules.comment_queue',
  commentShape,
  (p: { viewer: Viewer; version: string }) => sql`
  select number, state, article, author_id, author_name as author, text, at, outcome, reasons, decided_at from rules.comments
   where version = ${p.version} and ${isStaff(p.viewer)}::boolean order by (state = 'waiting') desc, (state = 'shown') desc, number limit 500`,
);

export const subscriptionOf = query(
  'rules.subscription',
  { duty: t.bool },
  (p: { viewer: { userId: string | null } }) =>
    sql`select duty from rules.subscriptions where user_id = ${p.viewer.userId}::uuid`,
);

/** Everybody who is told, page by page; for the news itself and shown to nobody: the public learns no names. */
export const subscribersAfter = query(
  'rules.subscribers_after',
  { userId: t.uuid, duty: t.bool },
  (p: { after: string; limit: number }) => sql`
  select user_id, duty from rules.subscriptions where user_id > ${p.after}::uuid order by user_id limit ${p.limit}::int`,
);

/** The calendars, newest first. They are public. */
export const calendarsOf = query(
  'rules.calendars_of',
  { version: t.text, body: t.json<Calendar>(), at: t.instant },
  () => sql`select version, body, at from rules.calendars order by number desc`,
);

/** Declared outages, newest first. They are public. */
export const outagesSince = query(
  'rules.outages_since',
  { id: t.uuid, from: t.instant, to: t.instant, zh: t.text, en: t.text, applied: t.bool },
  (p: { since: Instant }) => sql`
  select id, from_at as "from", to_at as "to", reason_zh as zh, reason_en as en, applied from rules.outages
   where to_at > ${ts(p.since)}::timestamptz order by from_at desc limit 1000`,
);
