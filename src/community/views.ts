import { query, sql, t, ts } from '../kit/sql.ts';
import type { Instant } from '../kit/time.ts';
import type { Viewer } from '../kit/viewer.ts';
import type { GuideKind, Topic } from './guides.contract.ts';

type Own = Pick<Viewer, 'userId'>;

/** The badge of a person: the newest edition that they passed. */
export const badgeOf = query(
  'community.badge_of',
  { edition: t.text, at: t.instant, right: t.int },
  (p: { viewer: Own }) => sql`
  select edition, passed_at as at, best as right from community.quizzes
   where user_id = ${p.viewer.userId}::uuid and passed_at is not null order by passed_at desc limit 1`,
);

const guideShape = {
  id: t.uuid,
  slug: t.text,
  kind: t.word<GuideKind>(),
  topic: t.word<Topic>(),
  newest: t.int,
  published: t.int.null,
  reads: t.int,
  useful: t.int,
  useless: t.int,
  version: t.int,
  titleZh: t.text,
  titleEn: t.text,
  summaryZh: t.text,
  summaryEn: t.text,
  bodyZh: t.text,
  bodyEn: t.text,
  by: t.text,
  at: t.instant,
};
const columns = sql`
  g.id, g.slug, g.kind, g.topic, g.newest, g.published, g.reads, g.useful, g.useless, v.version,
  v.title_zh, v.title_en, v.summary_zh, v.summary_en, v.body_zh, v.body_en, v.by_name as by, v.at`;

/** What everybody may read, for the contents and the search; some hundreds at most. `anyone`: guides are public. */
export const publishedGuides = query(
  'community.published_guides',
  guideShape,
  (p: { viewerAnyone: true; limit: number }) => sql`
  select ${columns} from community.guides g join community.guide_versions v on v.guide_id = g.id and v.version = g.published
   where ${p.viewerAnyone}::boolean order by g.topic, g.kind, g.slug limit ${p.limit}::int`,
);

/** Every guide in its newest version, for those who write them. */
export const allGuides = query(
  'community.all_guides',
  guideShape,
  (p: { viewerStaff: boolean; slug: string | null }) => sql`
  select ${columns} from community.guides g join community.guide_versions v on v.guide_id = g.id and v.version = g.newest
   where ${p.viewerStaff}::boolean and (${p.slug}::text is null or g.slug = ${p.slug}::text) order by g.topic, g.slug`,
);

export const guideVersions = query(
  'community.guide_versions_of',
  { version: t.int, by: t.text, at: t.instant, titleZh: t.text, titleEn: t.text },
  (p: { viewerStaff: boolean; id: string }) => sql`
  select version, by_name as by, at, title_zh, title_en from community.guide_versions where guide_id = ${p.id} and ${p.viewerStaff}::boolean order by version desc`,
);

export const guideNotes = query(
  'community.guide_notes',
  { useful: t.bool, note: t.text, version: t.int, at: t.instant },
  (p: { viewerStaff: boolean; id: string }) => sql`
  select useful, note, version, at from community.guide_votes where guide_id = ${p.id} and note <> '' and ${p.viewerStaff}::boolean order by at desc limit 50`,
);

export const voteOf = query(
  'community.vote_of',
  { useful: t.bool },
  (p: { id: string; viewerReader: Buffer }) => sql`
  select useful from community.guide_votes where guide_id = ${p.id} and reader = ${p.viewerReader}`,
);

const postShape = {
  id: t.uuid,
  author: t.text,
  text: t.text,
  at: t.instant,
  answer: t.text.null,
  state: t.word<'shown' | 'held' | 'hidden'>(),
};

/** Questions below a guide: those that are shown, and one's own that wait. */
export const postsBelow = query(
  'community.posts_below',
  postShape,
  (p: { id: string; viewer: Own; limit: number }) => sql`
  select id, author_name as author, text, at, answer, state from community.posts
   where guide_id = ${p.id} and (state = 'shown' or (state = 'held' and author_id = ${p.viewer.userId}::uuid)) order by id desc limit ${p.limit}::int`,
);

export const postsWaiting = query(
  'community.posts_waiting',
  { ...postShape, slug: t.text, titleZh: t.text, titleEn: t.text, heldFor: t.array(t.text) },
  (p: { viewerStaff: boolean; limit: number }) => sql`
  select x.id, x.author_name as author, x.text, x.at, x.answer, x.state, g.slug, v.title_zh, v.title_en, x.held_for
    from community.posts x join community.guides g on g.id = x.guide_id join community.guide_versions v on v.guide_id = g.id and v.version = g.newest
   where ${p.viewerStaff}::boolean and (x.state = 'held' or (x.state = 'shown' and x.answer is null)) order by x.state, x.id limit ${p.limit}::int`,
);

export const postsLately = query(
  'community.posts_lately',
  { count: t.int },
  (p: { viewer: Own; since: Instant }) => sql`
  select count(*) as count from community.posts where author_id = ${p.viewer.userId}::uuid and at > ${ts(p.since)}::timestamptz`,
);
