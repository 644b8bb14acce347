import { must } from '../kit/assert.ts';
import { once } from '../kit/once.ts';
import { done, refuse } from '../kit/result.ts';
import { serve } from '../kit/route.ts';
import { hmac } from '../kit/secret.ts';
import { reader, transaction } from '../kit/tx.ts';
import type { Context } from '../kit/viewer.ts';
import {
  askBelow,
  countRead,
  decidePost,
  judgeGuide,
  publishGuide,
  textOf,
  withdrawGuide,
  writeGuide,
} from './guides.actions.ts';
import { guideContract, topics } from './guides.contract.ts';
import { excerptOf, relatedTo, search } from './guides.rules.ts';
import {
  allGuides,
  guideNotes,
  guideVersions,
  postsBelow,
  postsWaiting,
  publishedGuides,
  voteOf,
} from './views.ts';

const guidesMax = 500;
const me = (context: Context): string => must(context.viewer.userId, 'somebody who is logged in');

/** Whose reading it is: the session, else the browser, else the address with the kind of browser. Only its hash is kept. */
const readerOf = ({ db, viewer, ip, userAgent }: Context): Buffer =>
  hmac(db.keys.trace, `reader/${viewer.sessionId ?? viewer.deviceId ?? `${ip}/${userAgent}`}`).subarray(
    0,
    16,
  );

type Row = Awaited<ReturnType<typeof publishedGuides>>[number];
const told = (row: Row) => ({ ...row, ...textOf(row) });

const shelf = async (on: Parameters<typeof publishedGuides>[0]) =>
  (await publishedGuides(on, { viewerAnyone: true, limit: guidesMax })).map(told);

const help = serve(guideContract.help, async ({ db }, { q, topic }) => {
  const all = await shelf(await reader(db));
  const found = q === '' ? all : search(all, q);
  return done({
    guides: found
      .filter((one) => topic === undefined || one.topic === topic)
      .map((one) => ({
        ...one,
        excerpt: q === '' ? null : { zh: excerptOf(one.body.zh, q), en: excerptOf(one.body.en, q) },
      })),
    counts: topics.map((one) => ({ topic: one, count: all.filter((row) => row.topic === one).length })),
  });
});

const guide = serve(guideContract.guide, async (context, { slug }) => {
  const on = await reader(context.db);
  const all = await shelf(on);
  const found = all.find((one) => one.slug === slug);
  if (!found) return refuse('GUIDE_NOT_FOUND');
  const [[vote], posts] = await Promise.all([
    voteOf(on, { id: found.id, viewerReader: readerOf(context) }),
    postsBelow(on, { id: found.id, viewer: context.viewer, limit: 50 }),
  ]);
  return done({
    ...found,
    mine: vote?.useful ?? null,
    related: relatedTo(all, slug),
    posts: posts.map(({ id, state, ...post }) => ({ ...post, postId: id, held: state === 'held' })),
  });
});

const guideDraft = serve(guideContract.guideDraft, async ({ db }, { slug }) => {
  const on = await reader(db);
  const [row] = await allGuides(on, { viewerStaff: true, slug });
  if (!row) return refuse('GUIDE_NOT_FOUND');
  const [versions, notes] = await Promise.all([
    guideVersions(on, { viewerStaff: true, id: row.id }),
    guideNotes(on, { viewerStaff: true, id: row.id }),
  ]);
  return done({
    ...told(row),
    notes,
    versions: versions.map(({ titleZh, titleEn, ...one }) => ({
      ...one,
      title: { zh: titleZh, en: titleEn },
    })),
  });
});

export const guideRoutes = {
  help,
  guide,
  readGuide: serve(guideContract.readGuide, (context, { slug }) =>
    transaction(context.db, (tx) => countRead(tx, { slug, reader: readerOf(context) })),
  ),
  judgeGuide: serve(guideContract.judgeGuide, (context, input) =>
    transaction(context.db, (tx) => judgeGuide(tx, { ...input, reader: readerOf(context) })),
  ),
  askBelow: serve(guideContract.askBelow, (context, input) =>
    transaction(context.db, (tx) =>
      once(
        tx,
        {
          scope: `usr:${me(context)}/help.ask`,
          key: must(context.idempotencyKey, 'a keyed route has a key'),
          input,
        },
        () => askBelow(tx, { ...input, author: { id: me(context), name: context.viewer.name ?? '' } }),
      ),
    ),
  ),
  guides: serve(guideContract.guides, async ({ db }) =>
    done({ guides: (await allGuides(await reader(db), { viewerStaff: true, slug: null })).map(told) }),
  ),
  guideDraft,
  writeGuide: serve(guideContract.writeGuide, (context, { lead, ...input }) =>
    transaction(context.db, (tx) =>
      writeGuide(tx, { ...input, summary: lead, by: { id: me(context), name: context.viewer.name ?? '' } }),
    ),
  ),
  publishGuide: serve(guideContract.publishGuide, ({ db }, { slug, newest }) =>
    transaction(db, (tx) => publishGuide(tx, { slug, version: newest })),
  ),
  withdrawGuide: serve(guideContract.withdrawGuide, ({ db }, input) =>
    transaction(db, (tx) => withdrawGuide(tx, input)),
  ),
  heldPosts: serve(guideContract.heldPosts, async ({ db }) =>
    done({
      posts: (await postsWaiting(await reader(db), { viewerStaff: true, limit: 100 })).map(
        ({ id, titleZh, titleEn, ...post }) => ({
          ...post,
          postId: id,
          title: { zh: titleZh, en: titleEn },
          held: post.state === 'held',
        }),
      ),
    }),
  ),
  decidePost: serve(guideContract.decidePost, (context, input) =>
    transaction(context.db, (tx) => decidePost(tx, { ...input, byId: me(context) })),
  ),
};
