import { deepEqual, equal, ok } from 'node:assert/strict';
import { globSync } from 'node:fs';
import { test } from 'node:test';
import { clocksOf, withClocks } from '../src/aftersales/clocks.rules.ts';
import { caseTable } from '../src/aftersales/machine.ts';
import { seatClocks } from '../src/aftersales/panel/reminders.data.ts';
import { unreminded } from '../src/aftersales/told/unreminded.data.ts';
import { deadlines } from '../src/app/reactions.ts';
import type { TransitionTable } from '../src/kit/machine.ts';
import { reminded } from '../src/orders/reminders.data.ts';
import type { Effect } from '../src/rules/contract.ts';
import { articlesOf, findArticle, limitFrom, paramsIn } from '../src/rules/rules.ts';
import { shipped } from '../src/rules/shelf.rules.ts';
import { vgsr100 } from '../src/rules/vgsr-1.0.0.data.ts';
import { aCase, noon } from './case-facts.ts';

// The mapping between the rulebook and the program, in both directions: what a machine does rests on an article, what an article brings
// about is done by a machine, what runs has a parameter, and what is a parameter is of use.

const { book } = shipped;
const effects: readonly Effect[] = vgsr100.effects;
const params = paramsIn(book);

/** Every transition table of the program, by the name that effects use: cardKeyTable is cardKey. */
const machines = new Map<string, TransitionTable>();
for (const path of globSync('src/**/*machine.ts').sort()) {
  if (path.startsWith('src/kit/')) continue;
  const exported = (await import(`../${path}`)) as Record<string, unknown>;
  for (const [name, table] of Object.entries(exported))
    if (name.endsWith('Table')) machines.set(name.slice(0, -'Table'.length), table as TransitionTable);
}
const transitions = [...machines].flatMap(([table, rows]) =>
  rows.map(([from, event, by, to, article, after]) => ({
    name: `${table}.${event}`,
    says: `${table}: ${from} ${event} by ${by} to ${to}`,
    by,
    article,
    after,
  })),
);
const names = new Set(transitions.map(({ name }) => name));

/** Lives that no machine has yet. When one is built under such a name, its line goes from here and its effects must fit. */
const notBuilt = ['account', 'return', 'shop'];
const isAwaited = (transition: string): boolean => notBuilt.includes(transition.split('.')[0] ?? '');

/** A timer names a parameter, or a family of them that the facts choose from: AUTO_CONFIRM is AUTO_CONFIRM_REVEALED and its like. */
const timersOf = (after: string): string[] =>
  params.has(after) ? [after] : [...params.keys()].filter((name) => name.startsWith(`${after}_`));

test('F076 F124 every transition of every machine rests on an article that exists', () => {
  ok(machines.size >= 10, `the machines are looked at: ${[...machines.keys()].join(', ')}`);
  deepEqual(
    transitions.filter(({ article }) => !findArticle(book.version, article)).map(({ says }) => says),
    [],
  );
});

test('every timer of a machine is a parameter of the rulebook', () => {
  const loose = transitions.filter(({ after }) => after !== undefined && timersOf(after).length === 0);
  deepEqual(
    loose.map(({ says, after }) => `${says} after ${after}`),
    [],
  );
});

test('every transition that the clock makes by a parameter is the expiry of a deadline of the rulebook with that parameter', () => {
  const expiries = effects.flatMap((effect) =>
    effect.kind === 'deadline'
      ? effect.onExpiry.map((name) => ({ name, params: effect.params ?? [] }))
      : effect.kind === 'window'
        ? [{ name: effect.on, params: effect.params ?? [] }]
        : [],
  );
  const missing = transitions.filter(({ name, by, after }) => {
    if (by !== 'clock' || after === undefined) return false;
    const timers = timersOf(after);
    return (
      timers.length > 0 &&
      !expiries.some((one) => one.name === name && one.params.some((p) => timers.includes(p)))
    );
  });
  deepEqual(
    missing.map(({ says, after }) => `${says} after ${after}`),
    [],
  );
});

test('every effect of an article is brought about by a transition that exists', () => {
  const unknown = effects.flatMap((effect) => {
    const wanted =
      effect.kind === 'deadline'
        ? [effect.start, ...effect.onExpiry]
        : effect.kind === 'window'
          ? [effect.on]
          : [];
    return wanted
      .filter((name) => !names.has(name) && !isAwaited(name))
      .map((name) => `article ${effect.article}: ${name}`);
  });
  deepEqual(unknown, []);
});

test('what is said to be not built is not built', () => {
  deepEqual(
    notBuilt.filter((name) => machines.has(name)),
    [],
  );
});

test('every kind of deadline that the program fires is an effect of an article, and every such effect is fired', () => {
  const declared = new Set(effects.flatMap((effect) => (effect.kind === 'deadline' ? [effect.id] : [])));
  deepEqual(
    Object.keys(deadlines).filter((what) => !declared.has(what) && !insideOnly.includes(what)),
    [],
    'fired, and in no article',
  );
  deepEqual(
    [...declared].filter((what) => !(what in deadlines) && !isAwaited(what)),
    [],
    'in an article, and never fired',
  );
});

/** Deadlines that carry out an article inside the platform and end nobody's right: reminders, graces, probes. */
const insideOnly = ['case.remind', 'complaint.remind'];

test('F136 of every kind of deadline whoever must act is reminded, or it says why nobody is', () => {
  // A case reminds whoever has the turn of the clock that people see, which is the first of its state.
  const ofCases = [...new Set(caseTable.flatMap(([from, , , to]) => [from, to]))].flatMap((state) => {
    const one = aCase({ state: state as never, turn: 'buyer' });
    const [shown] = clocksOf(one, noon);
    return shown && withClocks(one, noon).case.turn !== null && !(shown.what in seatClocks)
      ? [shown.what]
      : [];
  });
  const lists = [...Object.keys(reminded), ...Object.keys(seatClocks), ...new Set(ofCases)];
  const all = [...lists, ...Object.keys(unreminded)];
  deepEqual(
    all.toSorted(),
    Object.keys(deadlines).toSorted(),
    'each kind stands in one list and in no other',
  );
});

test('every parameter stands in an effect of its own article, and every effect names parameters that exist there', () => {
  const inEffects = new Set(
    effects.flatMap(({ article, params: list = [] }) => list.map((name) => `${article} ${name}`)),
  );
  const inArticles = new Set([...params].map(([name, { article }]) => `${article} ${name}`));
  deepEqual(
    [...inArticles].filter((one) => !inEffects.has(one)),
    [],
    'a parameter that brings nothing about',
  );
  deepEqual(
    [...inEffects].filter((one) => !inArticles.has(one)),
    [],
    'an effect without its parameter',
  );
});

test('every deadline of an article has a clock to run on, unless it is a promise of the listing', () => {
  for (const effect of effects) {
    if (effect.kind !== 'deadline' || !effect.params) continue;
    ok(
      effect.params.some((name) => {
        const param = params.get(name)?.param;
        return param && limitFrom(param);
      }),
      `article ${effect.article}: ${effect.id}`,
    );
  }
});

test('an article that claims an effect exists, and every article with a number claims one', () => {
  const numbers = new Set(articlesOf(book).map(({ no }) => no));
  for (const { article } of effects) ok(numbers.has(article), `article ${article}`);
  const claiming = new Set(effects.map(({ article }) => article));
  const silent = articlesOf(book).filter(
    (one) => Object.keys(one.params).length > 0 && !claiming.has(one.no),
  );
  equal(silent.length, 0);
});
