import { done, refuse, type Result } from '../kit/result.ts';
import { serve } from '../kit/route.ts';
import { hmac } from '../kit/secret.ts';
import { transaction } from '../kit/tx.ts';
import type { Context } from '../kit/viewer.ts';
import { must } from '../kit/assert.ts';
import { verifyUnit } from './card-key.actions.ts';
import { parseUnitName, type UnitName } from './card-key.rules.ts';
import { confirm } from './completion.actions.ts';
import { deliveryContract, type DeliveryRefusal } from './contract.ts';
import { revealLane } from './lanes.actions.ts';

const asking = ({ viewer }: Context, orderId: string) => ({
  orderId,
  buyerIds: viewer.buyerIds,
  userId: must(viewer.userId, 'the route needs a user'),
});

/** The unit that a path names; a malformed name is a unit that no order has. */
const named = (unit: string): Result<UnitName, DeliveryRefusal> => {
  const name = parseUnitName(unit);
  return name ? done(name) : refuse('UNIT_NOT_FOUND');
};

export const deliveryRoutes = {
  reveal: serve(deliveryContract.reveal, async (context, { orderId, unit }) => {
    const name = named(unit);
    if (!name.ok) return name;
    const { db, viewer, ip } = context;
    const answer = await revealLane(db).submit({
      ...asking(context, orderId),
      unit: name.value,
      viewer,
      deviceHash: hmac(db.keys.trace, `device/${viewer.deviceId ?? ''}`).subarray(0, 16),
      addressHash: hmac(db.keys.trace, `address/${ip}`).subarray(0, 16),
    });
    if (!answer.ok) return answer;
    const { number, secret, extra, ...rest } = answer.value;
    return done({
      ...rest,
      unit,
      number: number?.reveal() ?? null,
      secret: secret.reveal(),
      extra: extra?.reveal() ?? null,
    });
  }),
  verify: serve(deliveryContract.verify, async (context, { orderId, unit }) => {
    const name = named(unit);
    if (!name.ok) return name;
    const answer = await transaction(context.db, (tx) =>
      verifyUnit(tx, { ...asking(context, orderId), unit: name.value }),
    );
    return answer.ok ? done({ unit, state: answer.value.state }) : answer;
  }),
  confirm: serve(deliveryContract.confirm, (context, { orderId }) =>
    transaction(context.db, (tx) => confirm(tx, asking(context, orderId))),
  ),
};
