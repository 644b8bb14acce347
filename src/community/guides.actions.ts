import { must } from '../kit/assert.ts';
import { newId } from '../kit/ids.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { plus } from '../kit/time.ts';
import { transaction, type Db, type Tx } from '../kit/tx.ts';
import type { GuideRefusal } from './guides.contract.ts';
import { shippedGuides, type GuideText } from './guides.data.ts';
import { heldFor, isSame, type Written } from './guides.rules.ts';
import {
  addRead,
  countVotes,
  decidePostRow,
  forgetReads,
  insertGuide,
  insertGuideVersion,
  insertPost,
  insertRead,
  lockGuide,
  putVote,
  setNewest,
  setPublished,
} from './store.ts';
import { allGuides, postsLately } from './views.ts';

export type Writer = { readonly id: string | null; readonly name: string };

/** Saves a guide as a new version that nobody sees yet; a slug that is new makes a new guide. Refuses GUIDE_UNCHANGED. */
export async function writeGuide(
  tx: Tx,
  p: GuideText & { by: Writer },
): Promise<Result<{ version: number }, GuideRefusal>> {
  const id = newId(tx.wall);
  const isNew = (await insertGuide(tx, { id, slug: p.slug, kind: p.kind, topic: p.topic })) > 0;
  const held = must((await lockGuide(tx, p))[0], 'a guide that was just written is there');
  const version = isNew ? 1 : held.newest + 1;
  if (!isNew) {
    const [newest] = await allGuides(tx, { viewerStaff: true, slug: p.slug });
    const before = newest && textOf(newest);
    if (before && isSame(before, p) && held.kind === p.kind && held.topic === p.topic)
      return refuse('GUIDE_UNCHANGED');
    await setNewest(tx, { id: held.id, newest: version, kind: p.kind, topic: p.topic });
  }
  await insertGuideVersion(tx, {
    id: held.id,
    version,
    title: p.title,
    summary: p.summary,
    body: p.body,
    byId: p.by.id,
    byName: p.by.name,
    at: tx.business,
  });
  return done({ version });
}

type Row = Awaited<ReturnType<typeof allGuides>>[number];
export const textOf = (row: Row): Written => ({
  title: { zh: row.titleZh, en: row.titleEn },
  summary: { zh: row.summaryZh, en: row.summaryEn },
  body: { zh: row.bodyZh, en: row.bodyEn },
});

/** Publishes the newest version, if it is the one that was looked at. Refuses GUIDE_NOT_FOUND, GUIDE_VERSION_OLD. */
export async function publishGuide(
  tx: Tx,
  p: { slug: string; version: number },
): Promise<Result<{ published: number }, GuideRefusal>> {
  const [held] = await lockGuide(tx, p);
  if (!held) return refuse('GUIDE_NOT_FOUND');
  if (held.newest !== p.version) return refuse('GUIDE_VERSION_OLD', { newest: held.newest });
  await setPublished(tx, { id: held.id, published: p.version, at: tx.business });
  return done({ published: p.version });
}

/** Takes a guide out of the help centre. Refuses GUIDE_NOT_FOUND. */
export async function withdrawGuide(
  tx: Tx,
  p: { slug: string },
): Promise<Result<{ published: null }, GuideRefusal>> {
  const [held] = await lockGuide(tx, p);
  if (!held) return refuse('GUIDE_NOT_FOUND');
  await setPublished(tx, { id: held.id, published: null, at: tx.business });
  return done({ published: null });
}

/** Counts a reading once for each reader (F210). Refuses GUIDE_NOT_FOUND. */
export async function countRead(
  tx: Tx,
  p: { slug: string; reader: Buffer },
): Promise<Result<{ reads: number }, GuideRefusal>> {
  const [held] = await lockGuide(tx, p);
  if (!held || held.published === null) return refuse('GUIDE_NOT_FOUND');
  const more = await insertRead(tx, { id: held.id, reader: p.reader, at: tx.wall });
  const [counted] = await addRead(tx, { id: held.id, more });
  return done({ reads: counted?.reads ?? 0 });
}

/** Whether it was useful: the last word of a reader counts. Refuses GUIDE_NOT_FOUND. */
export async function judgeGuide(
  tx: Tx,
  p: { slug: string; reader: Buffer; useful: boolean; note: string },
): Promise<Result<{ useful: number; useless: number }, GuideRefusal>> {
  const [held] = await lockGuide(tx, p);
  if (!held || held.published === null) return refuse('GUIDE_NOT_FOUND');
  await putVote(tx, { ...p, id: held.id, version: held.published, at: tx.wall });
  const [counted] = await countVotes(tx, { id: held.id });
  return done(must(counted, 'the guide that was judged'));
}

const postsADay = 5;

/** A question below a guide. Words of those who sell help with claims hold it back (F130). Refuses GUIDE_NOT_FOUND, POSTS_TOO_MANY. */
export async function askBelow(
  tx: Tx,
  p: { slug: string; text: string; author: { id: string; name: string } },
): Promise<Result<{ postId: string; held: boolean }, GuideRefusal>> {
  const [held] = await lockGuide(tx, p);
  if (!held || held.published === null) return refuse('GUIDE_NOT_FOUND');
  const since = plus(tx.wall, { days: -1 });
  const [lately] = await postsLately(tx, { viewer: { userId: p.author.id }, since });
  if ((lately?.count ?? 0) >= postsADay) return refuse('POSTS_TOO_MANY');
  const why = heldFor(p.text);
  const postId = newId(tx.wall);
  await insertPost(tx, {
    id: postId,
    guideId: held.id,
    authorId: p.author.id,
    author: p.author.name,
    text: p.text,
    state: why.length > 0 ? 'held' : 'shown',
    heldFor: why,
    at: tx.wall,
  });
  return done({ postId, held: why.length > 0 });
}

/** Somebody of the support shows a question, with an answer if there is one, or hides it. Refuses POST_NOT_FOUND. */
export async function decidePost(
  tx: Tx,
  p: { postId: string; show: boolean; answer: string; byId: string },
): Promise<Result<{ state: 'shown' | 'hidden' }, GuideRefusal>> {
  const state = p.show ? 'shown' : 'hidden';
  const answer = p.answer === '' ? null : p.answer;
  const changed = await decidePostRow(tx, { id: p.postId, state, answer, byId: p.byId, at: tx.wall });
  return changed === 0 ? refuse('POST_NOT_FOUND') : done({ state });
}

/** The guides that the program brings with it, where they are not there yet: published, by the platform. Repeating it changes nothing. */
export const shipGuides = (db: Db): Promise<void> =>
  transaction(db, async (tx) => {
    const known = new Set((await allGuides(tx, { viewerStaff: true, slug: null })).map(({ slug }) => slug));
    for (const guide of shippedGuides.filter(({ slug }) => !known.has(slug))) {
      const written = await writeGuide(tx, { ...guide, by: { id: null, name: '盟约客服' } });
      if (written.ok) await publishGuide(tx, { slug: guide.slug, version: written.value.version });
    }
  });

/** Who read what is of no use after a month: the next reading of the same session may count again then. */
export const sweepReads = (db: Db): Promise<number> =>
  transaction(db, (tx) => forgetReads(tx, { before: plus(tx.wall, { days: -31 }) }));
