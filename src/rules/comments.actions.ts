import { must } from '../kit/assert.ts';
import { can, nextState } from '../kit/machine.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import type { Tx } from '../kit/tx.ts';
import { holdVersion } from './actions.ts';
import type { Answer, CommentRefusal } from './comments.contract.ts';
import { commentTable } from './machine.ts';
import { articlesOf } from './rules.ts';
import { decideComment, insertComment, lockComment } from './store.ts';
import { shownComments } from './views.ts';

const mostPerPerson = 5;

/** What somebody thinks of a version in consultation, under the name of their account. It waits until somebody has looked at it. */
export async function comment(
  tx: Tx,
  p: {
    version: string;
    article: string | undefined;
    text: string;
    author: { id: string; name: string };
  },
): Promise<Result<{ number: number }, CommentRefusal>> {
  const held = await holdVersion(tx, p.version);
  if (!held || held.state === 'draft' || held.state === 'withdrawn') return refuse('RULEBOOK_NOT_FOUND');
  if (held.state !== 'consultation') return refuse('CONSULTATION_CLOSED');
  if (p.article !== undefined && !articlesOf(held.book).some(({ no }) => no === p.article))
    return refuse('ARTICLE_NOT_FOUND');
  const [so] = await shownComments(tx, { viewer: { userId: p.author.id }, version: p.version });
  if ((so?.mine ?? 0) >= mostPerPerson) return refuse('COMMENTS_TOO_MANY');
  const [made] = await insertComment(tx, {
    version: p.version,
    article: p.article ?? null,
    authorId: p.author.id,
    authorName: p.author.name,
    text: p.text,
    at: tx.business,
  });
  return done({ number: must(made, 'the comment that was written').number });
}

type Decided = { version: string; number: number; byId: string };

/** Shows a comment to everybody, or hides it with a reason that its author reads (article 28). */
export const moderate = (
  tx: Tx,
  p: Decided & { show: boolean; why: string },
): Promise<Result<{ state: string }, CommentRefusal>> =>
  p.show || p.why.length >= 2
    ? decide(tx, p, p.show ? 'show' : 'hide', p.show ? null : { outcome: 'hidden', reasons: p.why })
    : Promise.resolve(refuse('COMMENT_REASON_MISSING'));

/** Answers a comment with reasons, for everybody. Without an answer to each nothing is announced. */
export const answer = (
  tx: Tx,
  p: Decided & { outcome: Answer; why: string },
): Promise<Result<{ state: string }, CommentRefusal>> =>
  decide(tx, p, 'answer', { outcome: p.outcome, reasons: p.why });

async function decide(
  tx: Tx,
  p: Decided,
  event: 'show' | 'hide' | 'answer',
  said: { outcome: Answer | 'hidden'; reasons: string } | null,
): Promise<Result<{ state: string }, CommentRefusal>> {
  const [row] = await lockComment(tx, p);
  if (!row) return refuse('COMMENT_NOT_FOUND');
  if (!can(commentTable, row.state, event, 'operator')) return refuse('COMMENT_DECIDED');
  const state = must(nextState(commentTable, row.state, event, 'operator'), 'the step is open');
  await decideComment(tx, {
    ...p,
    state,
    at: tx.business,
    outcome: said?.outcome ?? null,
    reasons: said?.reasons ?? null,
  });
  return done({ state });
}
