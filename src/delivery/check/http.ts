import { allow } from '../../identity/attempt.actions.ts';
import { must } from '../../kit/assert.ts';
import { refuse } from '../../kit/result.ts';
import { serve } from '../../kit/route.ts';
import { Secret } from '../../kit/secret.ts';
import { transaction } from '../../kit/tx.ts';
import { parseUnitName } from '../card-key.rules.ts';
import { checkCode } from './actions.ts';
import { checkContract } from './contract.ts';

export const checkRoutes = {
  checkCode: serve(checkContract.checkCode, async ({ db, viewer }, { orderId, unit, part, typed }) => {
    const name = parseUnitName(unit);
    if (!name) return refuse('UNIT_NOT_FOUND');
    const userId = must(viewer.userId, 'the route needs a user');
    // Counted before anything is compared, so that nobody can try many codes against one key.
    const allowed = await allow(db, [
      { scope: 'code_check.unit', key: `${orderId}/${unit}` },
      { scope: 'code_check.user', key: userId },
    ]);
    if (!allowed.ok) return allowed;
    return transaction(db, (tx) =>
      checkCode(tx, {
        orderId,
        buyerIds: viewer.buyerIds,
        userId,
        unit: name,
        part,
        typed: new Secret(typed),
      }),
    );
  }),
};
