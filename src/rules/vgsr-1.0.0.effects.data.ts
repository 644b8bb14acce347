import type { Effect } from './contract.ts';
import { aftersalesEffects } from './vgsr-1.0.0.aftersales.effects.data.ts';
import { deliveryEffects } from './vgsr-1.0.0.delivery.effects.data.ts';
import { riskEffects } from './vgsr-1.0.0.risk.effects.data.ts';

/**
 * What the articles of 1.0.0 bring about, in the order of the articles. Every parameter stands in an effect of its own article, every
 * effect names a transition of a machine, and every kind of deadline has one: test/rulebook.test.ts holds both directions.
 */
export const effects = [
  ...deliveryEffects,
  ...aftersalesEffects,
  {
    article: '35',
    kind: 'deadline',
    id: 'deposit.top_up',
    start: 'deposit.fall_short',
    who: 'merchant',
    onExpiry: ['deposit.suspend'],
    params: ['DEPOSIT_RATIO', 'TOPUP_DEP'],
  },
  {
    article: '35',
    kind: 'window',
    on: 'deposit.give_back',
    who: 'merchant',
    params: ['DEP_LOCK', 'DEP_LOCK_ACCOUNT', 'DEP_RETURN'],
  },
  {
    article: '35',
    kind: 'remedy',
    order: ['deposit_by_goods_and_volume'],
    params: [
      'DEPOSIT_CARD',
      'DEPOSIT_LICENCE',
      'DEPOSIT_SERVICE',
      'DEPOSIT_ACCOUNT',
      'DEPOSIT_PHYSICAL',
      'DEPOSIT_VOLUME',
      'DEPOSIT_VOLUME_WINDOW',
      'DEPOSIT_MAX',
    ],
  },
  {
    article: '36',
    kind: 'window',
    on: 'listing.publish',
    who: 'merchant',
    params: ['RATE_WINDOW', 'RATE_SAMPLE', 'DISPUTE_BADGE', 'DISPUTE_FREEZE'],
  },
  {
    article: '41',
    kind: 'deadline',
    id: 'order.confirm',
    start: 'cardKey.reveal',
    who: 'buyer',
    onExpiry: ['order.lapse'],
    params: ['AUTO_CONFIRM_REVEALED'],
  },
  {
    article: '41',
    kind: 'deadline',
    id: 'order.confirm',
    start: 'order.purchase',
    who: 'buyer',
    onExpiry: ['order.lapse'],
    params: ['AUTO_CONFIRM_SEALED'],
  },
  {
    article: '41',
    kind: 'deadline',
    id: 'order.confirm',
    start: 'line.deliver',
    who: 'buyer',
    onExpiry: ['order.lapse'],
    params: [
      'AUTO_CONFIRM_LICENCE',
      'AUTO_CONFIRM_DOWNLOAD',
      'AUTO_CONFIRM_MEMBERSHIP',
      'AUTO_CONFIRM_TOPUP',
      'AUTO_CONFIRM_MANUAL',
      'AUTO_CONFIRM_PARCEL',
    ],
  },
  {
    article: '42',
    kind: 'deadline',
    id: 'order.release',
    start: 'order.confirm',
    who: 'platform',
    onExpiry: ['order.release'],
    params: ['SETTLE_DAYS_TRUSTED', 'SETTLE_DAYS_WHITELISTED', 'SETTLE_DAYS_PROBATION'],
  },
  {
    article: '43',
    kind: 'deadline',
    id: 'order.expire',
    start: 'order.place',
    who: 'buyer',
    onExpiry: ['order.expire'],
    params: ['PAYMENT_HOLD'],
  },
  {
    article: '43',
    kind: 'window',
    on: 'order.place',
    who: 'buyer',
    params: ['RESERVED_PER_BUYER', 'RESERVED_PER_LISTING', 'RESERVED_PER_ADDRESS', 'RESERVED_SHARE'],
  },
  { article: '44', kind: 'window', on: 'case.agree', who: 'merchant', params: ['REISSUE_LIMIT'] },
  { article: '45', kind: 'window', on: 'cardKey.reveal', who: 'buyer', params: ['REVEAL_STEP_UP'] },
  ...riskEffects,
] as const satisfies readonly Effect[];
