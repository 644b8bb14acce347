import type { ShopTier } from './contract.ts';

/** T+n of new orders by tier: SETTLE_DAYS_PROBATION, SETTLE_DAYS_WHITELISTED, SETTLE_DAYS_TRUSTED of the rulebook (lifecycles 2.5). */
const settleDays = { probation: 7, whitelisted: 3, trusted: 1 } as const satisfies Record<ShopTier, number>;
export const settleDaysOf = (tier: ShopTier): number => settleDays[tier];
