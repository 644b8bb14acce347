import { done } from '../kit/result.ts';
import { serve } from '../kit/route.ts';
import { reader, transaction } from '../kit/tx.ts';
import { identitiesOf, recordIdentity } from './identity.actions.ts';
import { identityOfShopContract } from './identity.contract.ts';

export const shopIdentityRoutes = {
  identity: serve(identityOfShopContract.identity, async ({ db }, { shopId }) => {
    const [identity] = await identitiesOf(await reader(db), [shopId]);
    return done({ identity: identity ?? null });
  }),
  recordIdentity: serve(identityOfShopContract.recordIdentity, ({ db, viewer }, input) =>
    transaction(db, (tx) => recordIdentity(tx, { ...input, byId: viewer.userId })),
  ),
};
