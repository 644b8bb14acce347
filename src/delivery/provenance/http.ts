import { done } from '../../kit/result.ts';
import { serve } from '../../kit/route.ts';
import { makeTag, provenanceOf } from './actions.ts';
import { provenanceContract } from './contract.ts';

export const provenanceRoutes = {
  makeTag: serve(provenanceContract.makeTag, ({ db, viewer }, input) => makeTag(db, viewer, input)),
  provenance: serve(provenanceContract.provenance, async ({ db }, { tag }) => {
    const found = await provenanceOf(db, tag);
    return found.ok ? done(found.value) : found;
  }),
};
