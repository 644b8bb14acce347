import type { TransitionTable } from '../kit/machine.ts';

/**
 * The life of a version of the rulebook (article 2). A text that the public has seen is not thrown away: a draft in consultation may be
 * changed, and every change is public. Announcing takes two people: one proposes, another announces.
 */
export const rulebookTable = [
  // from           event          by          to              article  after (rulebook parameter)
  ['none', 'draft', 'operator', 'draft', '2'],
  ['draft', 'edit', 'operator', 'draft', '2'],
  ['draft', 'withdraw', 'operator', 'withdrawn', '2'],
  ['draft', 'consult', 'operator', 'consultation', '2'],
  ['consultation', 'edit', 'operator', 'consultation', '2'],
  ['consultation', 'propose', 'operator', 'consultation', '2', 'CONSULT'],
  ['consultation', 'withdraw', 'operator', 'withdrawn', '2'],
  ['consultation', 'announce', 'operator', 'announced', '2', 'GENERAL_NOTICE'],
  ['none', 'ship', 'system', 'in_force', '1'],
  ['announced', 'take_effect', 'clock', 'in_force', '2', 'IMPORTANT_NOTICE'],
  ['in_force', 'supersede', 'clock', 'superseded', '2', 'HISTORY'],
] as const satisfies TransitionTable;

export type RulebookState = (typeof rulebookTable)[number][0 | 3];
export type RulebookEvent = (typeof rulebookTable)[number][1];

/** What everybody may see. Superseded versions stay, longer than article 2 asks: nothing deletes them. */
export const publicStates = ['consultation', 'announced', 'in_force', 'superseded'] as const;
/** What orders may be bound to, now, before or later. */
export const bindingStates = ['announced', 'in_force', 'superseded'] as const;

/** The life of a comment on a version in consultation: looked at before it is shown, and answered with reasons. */
export const commentTable = [
  ['none', 'write', 'buyer', 'waiting', '2'],
  ['waiting', 'show', 'operator', 'shown', '2'],
  ['waiting', 'hide', 'operator', 'hidden', '28'],
  ['shown', 'answer', 'operator', 'answered', '2'],
] as const satisfies TransitionTable;

export type CommentState = (typeof commentTable)[number][3];
export type CommentEvent = (typeof commentTable)[number][1];
