import { toJson } from '../../kit/json.ts';
import { must } from '../../kit/assert.ts';
import { refuse, done, type Result } from '../../kit/result.ts';
import { send, type Tx } from '../../kit/tx.ts';
import type { Viewer } from '../../kit/viewer.ts';
import { hears, seenFrom } from '../actions.ts';
import type { CaseRefusal } from '../refusals.contract.ts';
import { merchantAnswers } from '../rules.ts';
import { articlesIn, bandOf, leaksIn, monthOf, outcomeOf, settledBy, tookOf } from './rules.ts';
import { factsForPrecedent, insertPrecedent, writeSummary } from './store.ts';

type Key = { readonly shopId: string; readonly caseId: string };
type Facts = Awaited<ReturnType<typeof factsForPrecedent>>[number];

const citedIn = (said: Facts['said']): string[] =>
  said.flatMap(({ kind, body }) =>
    ['decision', 'draft', 'ruling'].includes(kind) && Array.isArray(body['articles'])
      ? body['articles'].map(String)
      : [],
  );

/** Makes the precedent of a closed case, of codes and bands alone; done twice it is there once (F201). */
export async function publishPrecedent(tx: Tx, key: Key): Promise<void> {
  const [facts] = await factsForPrecedent(tx, key);
  if (facts?.state !== 'closed' || facts.endedAt === null) return;
  const refusal = facts.said.findLast(({ kind }) => kind === 'refusal');
  const defence = refusal?.body['defence'];
  await insertPrecedent(tx, {
    ...key,
    month: monthOf(facts.endedAt),
    goods: facts.goods,
    reason: facts.reason,
    presumed: facts.presumed,
    asked: facts.asked,
    outcome: outcomeOf(facts.kind, facts.amount, facts.price),
    settledBy: settledBy(facts.events),
    paidFirst: facts.paidFirst,
    band: bandOf(facts.price),
    took: tookOf(facts.filedAt, facts.endedAt),
    defence: typeof defence === 'string' && /^[A-Z_]{3,40}$/.test(defence) ? defence : null,
    rulebook: facts.rulebook,
    articles: articlesIn([...facts.stepArticles, ...citedIn(facts.said)]),
    exhibits: facts.kinds,
    liability: toJson(facts.liability ?? merchantAnswers),
  });
}

/** Every text that somebody wrote in a case, whatever it is called there. */
const textsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [];

/**
 * A person writes what the codes cannot say. Refuses CASE_NOT_FOUND, PRECEDENT_NOT_FOUND while it is not closed, and SUMMARY_IDENTIFIES with
 * what was found, where it could say who it was.
 */
export async function reviewPrecedent(
  tx: Tx,
  p: { caseId: string; viewer: Viewer; summary: string },
): Promise<Result<Key, CaseRefusal>> {
  const seen = hears(p.viewer) ? await seenFrom(tx, p.viewer, p.caseId) : undefined;
  if (!seen) return refuse('CASE_NOT_FOUND');
  const key = { shopId: seen.shopId, caseId: p.caseId };
  const [facts] = await factsForPrecedent(tx, key);
  if (facts?.state !== 'closed') return refuse('PRECEDENT_NOT_FOUND');
  // What the desk itself wrote may be said again: it is not a party's.
  const parties = facts.said.filter(({ kind }) => !['decision', 'draft', 'ruling'].includes(kind));
  const found = leaksIn(p.summary, {
    names: facts.names.filter((name) => name !== null),
    said: [...parties.flatMap(({ body }) => textsIn(body)), ...facts.shown],
  });
  if (found.length > 0) return refuse('SUMMARY_IDENTIFIES', { found: found.join(' ') });
  await publishPrecedent(tx, key);
  const byId = must(p.viewer.userId, 'staff has an id');
  send(tx, writeSummary(tx, { ...key, summary: p.summary, byId, at: tx.business }));
  return done(key);
}
