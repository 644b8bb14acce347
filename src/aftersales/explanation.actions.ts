import { deadlinesOf } from '../kit/deadlines.ts';
import { encodeId } from '../kit/public-id.ts';
import type { Words } from '../kit/text.ts';
import type { Reader } from '../kit/tx.ts';
import type { Viewer } from '../kit/viewer.ts';
import type { Derivation } from '../rules/calendar.contract.ts';
import { derivationOf, explanationText, type StepTold } from '../rules/explain.rules.ts';
import { seenFrom } from './actions.ts';
import { headOf, stepsOf } from './views.ts';

export type CaseExplanation = {
  readonly rulebook: string;
  readonly steps: StepTold[];
  readonly deadlines: Derivation[];
  readonly text: Words;
};

/** How a case came to stand where it stands: each step by its article, each running time by its parameter; undefined for who may not see it. */
export async function explainCase(
  on: Reader,
  p: { viewer: Viewer; caseId: string },
): Promise<CaseExplanation | undefined> {
  const seen = await seenFrom(on, p.viewer, p.caseId);
  if (!seen) return undefined;
  const key = { shopId: seen.shopId, viewerCase: p.caseId };
  const [[head], steps, rows] = await Promise.all([
    headOf(on, key),
    stepsOf(on, key),
    deadlinesOf(on, { shopId: seen.shopId, about: p.caseId }),
  ]);
  if (!head) return undefined;
  const deadlines = rows.map((row) => derivationOf(row));
  const text = explanationText({
    head: encodeId('case', p.caseId),
    rulebook: head.rulebook,
    steps,
    derivations: deadlines,
  });
  return { rulebook: head.rulebook, steps, deadlines, text };
}
