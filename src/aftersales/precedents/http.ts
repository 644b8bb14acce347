import { must } from '../../kit/assert.ts';
import { done, refuse } from '../../kit/result.ts';
import { serve } from '../../kit/route.ts';
import { reader, transaction, type Reader } from '../../kit/tx.ts';
import { hears, seenFrom } from '../actions.ts';
import { reasons, type ReasonCode } from '../reasons.data.ts';
import { reviewPrecedent } from './actions.ts';
import { precedentDeskContract, precedentsContract } from './contract.ts';
import {
  precedentNumbered,
  precedentOfCase,
  precedentsByArticle,
  precedentsByNumber,
  precedentsByOutcome,
  precedentsByReason,
} from './views.ts';

const window = 300;
const newest = 2_000_000_001;

/** Scenes whose words hold what was typed. */
const scenesNamed = (typed: string): ReasonCode[] =>
  (Object.keys(reasons) as ReasonCode[]).filter((code) =>
    Object.values(reasons[code].words).some((word) => word.toLowerCase().includes(typed.toLowerCase())),
  );

type Sought = Parameters<typeof precedentsByNumber>[1];
/** The index that narrows best; what is left is looked at row by row. */
function wayFor(
  on: Reader,
  asked: Sought,
  article: string | undefined,
): ReturnType<typeof precedentsByNumber> {
  if (article) return precedentsByArticle(on, { ...asked, only: article });
  if (asked.reason) return precedentsByReason(on, { ...asked, only: asked.reason });
  if (asked.outcome) return precedentsByOutcome(on, { ...asked, only: asked.outcome });
  return precedentsByNumber(on, asked);
}

export const precedentRoutes = {
  list: serve(
    precedentsContract.list,
    async ({ db }, { reason, outcome, article, search, before, limit }) => {
      const asked = {
        before: before ?? newest,
        reason: reason ?? null,
        outcome: outcome ?? null,
        words: search || null,
        scenes: search ? scenesNamed(search) : [],
        window,
      };
      const rows = await wayFor(await reader(db), asked, article);
      const fitting = rows.filter((row) => row.fits);
      const shown = fitting.slice(0, limit);
      const last =
        fitting.length > limit ? shown.at(-1) : rows[0]?.total === window ? rows.at(-1) : undefined;
      return done({ precedents: shown, next: last?.number ?? null });
    },
  ),
  one: serve(precedentsContract.one, async ({ db }, { number }) => {
    const [row] = await precedentNumbered(await reader(db), { number });
    return row ? done(row) : refuse('PRECEDENT_NOT_FOUND');
  }),
};

export const precedentDeskRoutes = {
  precedent: serve(precedentDeskContract.precedent, async ({ db, viewer }, { caseId }) => {
    const on = await reader(db);
    const seen = hears(viewer) ? await seenFrom(on, viewer, caseId) : undefined;
    if (!seen) return refuse('CASE_NOT_FOUND');
    const [precedent] = await precedentOfCase(on, { shopId: seen.shopId, viewerCase: caseId });
    return done({ precedent: precedent ?? null });
  }),
  review: serve(precedentDeskContract.review, async ({ db, viewer }, { caseId, summary }) => {
    const written = await transaction(db, (tx) => reviewPrecedent(tx, { caseId, viewer, summary }));
    if (!written.ok) return written;
    const { shopId } = written.value;
    const [row] = await precedentOfCase(await reader(db), { shopId, viewerCase: caseId });
    return done(must(row, 'what was written is there'));
  }),
};
