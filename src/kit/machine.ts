/** Who makes a step. */
export type Actor =
  | 'buyer'
  | 'merchant'
  | 'operator'
  | 'arbitrator'
  | 'channel'
  | 'supplier'
  | 'clock'
  | 'system';

/** A life is a table: from, event, by whom, to, and the rulebook parameter that times it, where one does. */
export type TransitionRow = readonly [
  from: string,
  event: string,
  by: Actor,
  to: string,
  article: string,
  after?: string,
];
export type TransitionTable = readonly TransitionRow[];

export const can = (table: TransitionTable, state: string, event: string, by: Actor): boolean =>
  table.some((row) => row[0] === state && row[1] === event && row[2] === by);

export const nextState = <T extends TransitionTable>(
  table: T,
  state: T[number][0 | 3],
  event: T[number][1],
  by: Actor,
): T[number][3] | undefined =>
  table.find((row) => row[0] === state && row[1] === event && row[2] === by)?.[3];

export const eventsOpenTo = (table: TransitionTable, state: string, by: Actor): string[] =>
  table.filter((row) => row[0] === state && row[2] === by).map((row) => row[1]);
