import { param } from '../rules/rules.ts';
import type { ShopTier } from './contract.ts';

const paramOf = {
  probation: 'SETTLE_DAYS_PROBATION',
  whitelisted: 'SETTLE_DAYS_WHITELISTED',
  trusted: 'SETTLE_DAYS_TRUSTED',
} as const satisfies Record<ShopTier, string>;

/** T+n of an order under this version of the rules (VGSR article 42): days between completion and release, by the tier of the shop. */
export const settleDaysOf = (tier: ShopTier, version: string): number => param(version, paramOf[tier]);
