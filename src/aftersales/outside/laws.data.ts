import type { Words } from '../../kit/text.ts';

/**
 * The clocks of authorities. They are the law's, not ours: no rulebook changes them, and none of our own clocks waits for them
 * (投诉举报处理办法 arts. 14, 21; requirement F127).
 */
export const lawClocks = {
  /** The authority says whether it takes the complaint up. */
  accept: { v: 7, unit: 'wd', clock: 'workday' },
  /** Its mediation ends. */
  mediate: { v: 45, unit: 'wd', clock: 'workday' },
} as const;

export const externalKinds = ['12315', 'association', 'court', 'police'] as const;
export type ExternalKind = (typeof externalKinds)[number];
export const externalWords: Readonly<Record<ExternalKind, Words>> = {
  '12315': { zh: '12315 投诉', en: '12315 complaint' },
  association: { zh: '消费者协会投诉', en: 'Consumer association' },
  court: { zh: '法院起诉', en: 'Court action' },
  police: { zh: '公安报案', en: 'Police report' },
};

/** What article 9 of the 投诉举报处理办法 asks of a complaint; a pack without one of them says which is missing. */
export const article9 = [
  'complainant.name',
  'complainant.phone',
  'complainant.address',
  'respondent.name',
  'respondent.address',
  'claim.request',
  'claim.facts',
] as const;
export type Article9 = (typeof article9)[number];

export const lawOf12315: Words = {
  zh: '《投诉举报处理办法》第九条',
  en: 'Measures for handling complaints to market supervision, article 9',
};
