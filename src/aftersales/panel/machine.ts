import type { TransitionTable } from '../../kit/machine.ts';

/** The life of a panel (article 29). What it decides is a step of its case; how it comes about stands here. */
export const panelTable = [
  ['none', 'open', 'system', 'drawing', '29'],
  ['drawing', 'seat', 'system', 'voting', '29'],
  ['drawing', 'fail', 'system', 'failed', '29'], // too few who are free of conflict
  ['drawing', 'fail', 'clock', 'failed', '29', 'PANEL_WITHIN'], // no checkpoint came
  ['voting', 'decide', 'system', 'decided', '29'],
  ['voting', 'decide', 'clock', 'decided', '29', 'PANEL_WITHIN'],
  ['voting', 'fail', 'system', 'failed', '29'],
  ['voting', 'fail', 'clock', 'failed', '29', 'PANEL_WITHIN'],
] as const satisfies TransitionTable;
export type PanelState = (typeof panelTable)[number][0 | 3];

/** A party's wish that an arbitrator does not sit. */
export const recusalTable = [
  ['none', 'ask', 'buyer', 'open', '29'],
  ['none', 'ask', 'merchant', 'open', '29'],
  ['open', 'grant', 'operator', 'granted', '29'],
  ['open', 'dismiss', 'operator', 'dismissed', '29'],
] as const satisfies TransitionTable;
export type RecusalState = (typeof recusalTable)[number][0 | 3];
