import { must } from '../kit/assert.ts';
import { done, refuse } from '../kit/result.ts';
import { serve } from '../kit/route.ts';
import { reader, transaction } from '../kit/tx.ts';
import type { Context } from '../kit/viewer.ts';
import { baseOf, consult, createDraft, editDraft, withdraw, writeArticle } from './actions.ts';
import type { RuleBook } from './contract.ts';
import { articleFaults, changedArticles, givenOf, isImportant, lintDraft } from './draft.rules.ts';
import { editorContract } from './editor.contract.ts';
import { headOf, shownArticle } from './http.ts';
import { loadRules } from './loading.actions.ts';
import { announce, noticeFor, propose } from './publication.actions.ts';
import { articlesOf, param } from './rules.ts';
import { compareVersions, hashOf, versionAt } from './shelf.rules.ts';
import { bodiesOf, draftOf, livesOf, openComments, stepsOf } from './views.ts';

const me = (context: Context): string => must(context.viewer.userId, 'staff has an account');

/** A change, and then this process knows it at once; the others within seconds. */
async function changed<T>(context: Context, act: Promise<T>): Promise<T> {
  const answer = await act;
  await loadRules(context.db);
  return answer;
}

const none = { waiting: 0, unanswered: 0 };

export const editorRoutes = {
  drafts: serve(editorContract.drafts, async ({ db, viewer }) => {
    const on = await reader(db);
    const [lives, comments] = await Promise.all([livesOf(on), openComments(on, { viewer })]);
    const bodies = await bodiesOf(on, { versions: lives.map((one) => one.version) });
    const texts = new Map(bodies.map((one) => [one.version, JSON.parse(one.body) as RuleBook]));
    const versions = lives
      .sort((a, b) => compareVersions(b.version, a.version))
      .map((life) => ({
        ...headOf(must(texts.get(life.version), 'a version has a text'), life),
        state: life.state,
        comments: comments.find((one) => one.version === life.version) ?? none,
      }));
    return done({ versions, current: versionAt(on.business) });
  }),

  draft: serve(editorContract.draft, async (context, { version }) => {
    const { db, viewer } = context;
    const on = await reader(db);
    const [[row], steps, comments] = await Promise.all([
      draftOf(on, { viewer, version }),
      stepsOf(on, { viewer, version }),
      openComments(on, { viewer }),
    ]);
    if (!row) return refuse('RULEBOOK_NOT_FOUND');
    const book = JSON.parse(row.body) as RuleBook;
    const base = baseOf(book);
    const notice = noticeFor(book, on.business);
    const { proposedBy, proposedEffectiveAt } = row;
    return done({
      head: { ...headOf(book, row), state: row.state },
      chapters: book.chapters.map(({ title, articles }) => ({ title, articles: articles.map(drawn) })),
      findings: lintDraft(book, base),
      changed: changedArticles(book, base).map((one) => ({
        no: one.no,
        kind: one.kind,
        title: one.article.title,
        important: isImportant(one),
      })),
      notice: {
        importance: notice.importance,
        days: Number(param(versionAt(on.business), notice.param)),
        article: notice.article,
        earliest: notice.earliest,
      },
      proposal:
        proposedBy === null || proposedEffectiveAt === null
          ? null
          : {
              mine: proposedBy === me(context),
              effectiveAt: proposedEffectiveAt,
              sameText: row.proposedSha256?.equals(row.sha256) ?? false,
            },
      comments: comments.find((one) => one.version === version) ?? none,
      steps: steps.map(({ byId, sha256, ...step }) => ({
        ...step,
        mine: byId === me(context),
        sha256: sha256.toString('hex'),
      })),
    });
  }),

  draftArticle: serve(editorContract.draftArticle, async ({ db, viewer }, { version, no }) => {
    const [row] = await draftOf(await reader(db), { viewer, version });
    if (!row) return refuse('RULEBOOK_NOT_FOUND');
    const book = JSON.parse(row.body) as RuleBook;
    const article = articlesOf(book).find((one) => one.no === no);
    if (!article) return refuse('ARTICLE_NOT_FOUND');
    const before = articlesOf(baseOf(book)).find((one) => one.no === no);
    return done({
      sha256: hashOf(book),
      state: row.state,
      article: { no, ...givenOf(article) },
      base: before ? givenOf(before) : null,
      findings: articleFaults(article),
    });
  }),

  createDraft: serve(editorContract.createDraft, (context, { version }) =>
    transaction(context.db, (tx) => createDraft(tx, { version, byId: me(context) })),
  ),
  editDraft: serve(editorContract.editDraft, (context, input) =>
    changed(
      context,
      transaction(context.db, (tx) => editDraft(tx, { ...input, reasons: input.because, byId: me(context) })),
    ),
  ),
  writeArticle: serve(editorContract.writeArticle, (context, input) =>
    changed(
      context,
      transaction(context.db, (tx) =>
        writeArticle(tx, { ...input, article: input.written, byId: me(context) }),
      ),
    ),
  ),
  consult: serve(editorContract.consult, (context, input) =>
    changed(
      context,
      transaction(context.db, (tx) => consult(tx, { ...input, byId: me(context) })),
    ),
  ),
  propose: serve(editorContract.propose, (context, input) =>
    transaction(context.db, (tx) => propose(tx, { ...input, byId: me(context) })),
  ),
  announce: serve(editorContract.announce, (context, input) =>
    changed(
      context,
      transaction(context.db, (tx) => announce(tx, { ...input, byId: me(context) })),
    ),
  ),
  withdraw: serve(editorContract.withdraw, (context, input) =>
    changed(
      context,
      transaction(context.db, (tx) => withdraw(tx, { ...input, byId: me(context) })),
    ),
  ),
};

/** A draft may have places that are no parameters yet: then it is shown as it is written. */
function drawn(article: Parameters<typeof shownArticle>[0]): ReturnType<typeof shownArticle> {
  if (articleFaults(article).length === 0) return shownArticle(article);
  const { no, title, bold, text, plain, law } = article;
  return { no, title, bold, text, plain, law: [...law], params: [], examples: [] };
}
