import type { Effect } from './contract.ts';

/** What the articles on abuse, penalties and risk bring about. */
export const riskEffects = [
  { article: '34', kind: 'penalty', ladder: ['warning', 'ban'], params: ['PENALTY_WINDOW'] },
  { article: '34', kind: 'window', on: 'penalty.appeal', who: 'merchant', params: ['PEN_APPEAL'] },
  {
    article: '34',
    kind: 'deadline',
    id: 'risk.penalty_end',
    start: 'penalty.confirm',
    who: 'platform',
    onExpiry: ['penalty.end'],
    params: ['PENALTY_WINDOW'],
  },
  {
    article: '38',
    kind: 'penalty',
    ladder: ['notice', 'fewer_fast', 'no_first_pay', 'limit_goods'],
    params: ['ABUSE_WINDOW', 'ABUSE_EVIDENCE', 'ABUSE_PARALLEL', 'ABUSE_GOODS_DAY'],
  },
  { article: '38', kind: 'window', on: 'measure.appeal', who: 'buyer', params: ['MEASURE_APPEAL'] },
  {
    article: '38',
    kind: 'deadline',
    id: 'risk.measure_end',
    start: 'measure.confirm',
    who: 'platform',
    onExpiry: ['measure.end'],
    params: ['MEASURE_TERM'],
  },
  {
    article: '46',
    kind: 'window',
    on: 'listing.pause',
    who: 'platform',
    params: ['HEALTH_DELAY', 'HEALTH_SAMPLE'],
  },
  { article: '47', kind: 'window', on: 'alarm.raise', who: 'platform', params: ['SILENT', 'SILENT_CASES'] },
  {
    article: '48',
    kind: 'window',
    on: 'order.release',
    who: 'merchant',
    params: ['HIGH_VALUE', 'HIGH_VALUE_EXTRA'],
  },
  {
    article: '49',
    kind: 'deadline',
    id: 'risk.review',
    start: 'review.open',
    who: 'platform',
    onExpiry: ['review.lapse'],
    params: ['RISK_REVIEW'],
  },
  {
    article: '49',
    kind: 'window',
    on: 'review.open',
    who: 'buyer',
    params: ['NEW_ACCOUNT', 'VELOCITY_WITHIN', 'VELOCITY_UNITS'],
  },
] as const satisfies readonly Effect[];
