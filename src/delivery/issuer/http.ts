import { allow } from '../../identity/attempt.actions.ts';
import { must } from '../../kit/assert.ts';
import { done, refuse } from '../../kit/result.ts';
import { serve } from '../../kit/route.ts';
import { transaction } from '../../kit/tx.ts';
import { parseUnitName } from '../card-key.rules.ts';
import { askIssuer } from './actions.ts';
import { issuerContract } from './contract.ts';
import { issuersOf } from './issuers.actions.ts';

export const issuerRoutes = {
  askIssuer: serve(issuerContract.askIssuer, async ({ db, viewer }, { orderId, unit }) => {
    const name = parseUnitName(unit);
    if (!name) return refuse('UNIT_NOT_FOUND');
    const userId = must(viewer.userId, 'the route needs a user');
    const allowed = await allow(db, [{ scope: 'issuer_check.user', key: userId }]);
    if (!allowed.ok) return allowed;
    const answer = await transaction(db, (tx) =>
      askIssuer(tx, { orderId, buyerIds: viewer.buyerIds, userId, unit: name, issuers: issuersOf(db) }),
    );
    return answer.ok ? done({ unit, state: 'asked' }) : answer;
  }),
};
