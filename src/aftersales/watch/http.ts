import { done } from '../../kit/result.ts';
import { serve } from '../../kit/route.ts';
import { reader, transaction } from '../../kit/tx.ts';
import { disputeRate, rateLevel } from '../../risk/rules.ts';
import { ratesOf } from '../../risk/views.ts';
import { versionAt } from '../../rules/terms.rules.ts';
import { noteFinding } from './actions.ts';
import { watchContract } from './contract.ts';

export const watchRoutes = {
  finding: serve(watchContract.finding, ({ db, viewer }, { caseId, kind, exhibit, says }) =>
    transaction(db, (tx) => noteFinding(tx, { viewer, caseId, kind, exhibit: exhibit ?? null, says })),
  ),
  record: serve(watchContract.record, async ({ db }, { shopId }) => {
    const on = await reader(db);
    const [row] = await ratesOf(on, { shopId });
    const version = versionAt(on.business);
    const rate = disputeRate(row ?? { orders: 0, disputed: 0 }, version);
    return done({
      orders: rate.orders,
      disputed: rate.disputed,
      rate_bps: rate.bps,
      level: rateLevel(rate, version),
      answered: row?.answered ?? 0,
      first_seconds: row?.firstSeconds ?? null,
      at: row?.at ?? null,
    });
  }),
};
