import { caseTable } from '../aftersales/machine.ts';
import { caseEventWords, caseStateWords } from '../aftersales/words.contract.ts';
import { lineTable } from '../delivery/line.machine.ts';
import type { Actor, TransitionTable } from '../kit/machine.ts';
import type { Words } from '../kit/text.ts';
import type { Instant } from '../kit/time.ts';
import { orderEventWords } from '../orders/contract.ts';
import { orderTable } from '../orders/machine.ts';
import { derivationOf, type Row } from '../rules/explain.rules.ts';
import { bookOf, paramsIn, sayParam } from '../rules/rules.ts';
import { caseStates, lineEventWords, lineStates, orderStates, type StateTold } from './flow.data.ts';

export const lifeNames = ['order', 'line', 'case'] as const;
export type LifeName = (typeof lifeNames)[number];

type Life = {
  readonly title: Words;
  readonly table: TransitionTable;
  readonly states: Readonly<Partial<Record<string, StateTold>>>;
  readonly events: Readonly<Record<string, Words>>;
  readonly names: Readonly<Partial<Record<string, Words>>>;
};
const lives: Readonly<Record<LifeName, Life>> = {
  order: {
    title: { zh: '订单', en: 'An order' },
    table: orderTable,
    states: orderStates,
    events: orderEventWords,
    names: {},
  },
  line: {
    title: { zh: '交付', en: 'A delivery' },
    table: lineTable,
    states: lineStates,
    events: lineEventWords,
    names: {},
  },
  case: {
    title: { zh: '申诉', en: 'A case' },
    table: caseTable,
    states: caseStates,
    events: caseEventWords,
    names: caseStateWords,
  },
};

/** What can follow, by whom, where it leads, and which time of the rulebook is behind it. */
export type Next = {
  readonly event: string;
  readonly words: Words;
  readonly by: Actor[];
  readonly to: string;
  readonly toTitle: Words;
  readonly article: string;
  readonly within: Words | null;
};
export type StateShown = {
  readonly state: string;
  readonly title: Words;
  readonly what: Words;
  readonly risk: Words;
  /** The article of the step that leads here. */
  readonly article: string;
  readonly next: Next[];
};
export type LifeShown = { readonly name: LifeName; readonly title: Words; readonly states: StateShown[] };

/** One life as the map shows it, with the numbers of one version of the rulebook; a state that begins nothing stands at the end. */
export function lifeOf(name: LifeName, version: string): LifeShown {
  const life = lives[name];
  const states = [...new Set(life.table.map((row) => row[3]))];
  return {
    name,
    title: life.title,
    states: states.map((state) => stateOf(life, state, version)),
  };
}

const titleOf = (life: Life, state: string): Words =>
  life.states[state]?.title ?? life.names[state] ?? { zh: state, en: state };

function stateOf(life: Life, state: string, version: string): StateShown {
  const told = life.states[state];
  const title = titleOf(life, state);
  return {
    state,
    title,
    what: told?.what ?? title,
    risk: told?.risk ?? { zh: '', en: '' },
    article: life.table.find((row) => row[3] === state)?.[4] ?? '1',
    next: nextOf(life, state, version),
  };
}

/** Rows that differ only in who acts are one step with several actors. */
function nextOf(life: Life, state: string, version: string): Next[] {
  const rows = life.table.filter((row) => row[0] === state && row[1] !== 'late');
  const groups = Map.groupBy(rows, (row) => `${row[1]} ${row[3]}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const [, event, , to, article] = first;
    const after = group.find((row) => row[5] !== undefined)?.[5];
    return [
      {
        event,
        words: life.events[event] ?? { zh: event, en: event },
        by: group.map((row) => row[2]),
        to,
        toTitle: titleOf(life, to),
        article,
        within: after === undefined ? null : withinOf(version, after),
      },
    ];
  });
}

/** A timer as a person reads it: 24小时; of a family of parameters, which the facts choose from, nothing is said here. */
function withinOf(version: string, after: string): Words | null {
  const book = bookOf(version);
  const found = book && paramsIn(book).get(after)?.param;
  return found ? sayParam(found) : null;
}

/** What stands next and by when, for one thing: the running deadlines of it, each told by what it ends in. */
export type Here = {
  readonly life: LifeName;
  readonly state: string;
  readonly title: Words;
  readonly what: Words;
  readonly risk: Words;
  readonly article: string;
  readonly next: (Next & { readonly dueAt: Instant | null })[];
};

/** Where a thing stands on its map (you are here): its state, what may follow, and when the clock makes a step by itself. */
export function hereOn(name: LifeName, state: string, version: string, deadlines: readonly Row[]): Here {
  const shown = stateOf(lives[name], state, version);
  const due = new Map<string, Instant>();
  for (const row of deadlines)
    for (const then of derivationOf(row).then) {
      const known = due.get(then);
      if (known === undefined || row.dueAt < known) due.set(then, row.dueAt);
    }
  return {
    life: name,
    ...shown,
    next: shown.next.map((one) => ({
      ...one,
      dueAt: one.by.includes('clock') ? (due.get(`${name}.${one.event}`) ?? null) : null,
    })),
  };
}

/** What the map does not tell yet; empty when every state of every machine is explained, with its risk, and every step has words. */
export function untold(version: string): string[] {
  return lifeNames.flatMap((name) => {
    const life = lives[name];
    return lifeOf(name, version).states.flatMap(({ state, next }) => [
      ...(life.states[state] ? [] : [`${name}.${state}: no explanation`]),
      ...next.filter(({ event }) => !life.events[event]).map(({ event }) => `${name}.${event}: no words`),
    ]);
  });
}
