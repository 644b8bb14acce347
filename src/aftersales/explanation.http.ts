import { done, refuse } from '../kit/result.ts';
import { serve } from '../kit/route.ts';
import { reader } from '../kit/tx.ts';
import { explainCase } from './explanation.actions.ts';
import { caseExplanationContract } from './explanation.contract.ts';

export const caseExplanationRoutes = {
  explanation: serve(caseExplanationContract.explanation, async ({ db, viewer }, { caseId }) => {
    const told = await explainCase(await reader(db), { viewer, caseId });
    return told ? done(told) : refuse('CASE_NOT_FOUND');
  }),
};
