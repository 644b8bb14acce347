import type { Words } from '../../kit/text.ts';
import type { Instant } from '../../kit/time.ts';
import { facts as factWords, type FactName } from './facts.data.ts';
import type { Answer, End, Step, Tree } from './tree.contract.ts';

/** What is known of a fact, and since when or for when, if that can be said. */
export type Known = { readonly value: string; readonly at: Instant | null };
export type Facts = Partial<Readonly<Record<FactName, Known>>>;

export type Given = {
  readonly step: string;
  readonly answer: string;
  readonly note: string;
  readonly at: Instant;
};

/** A step that lies behind: who answered it, and what. */
export type Passed = {
  readonly step: Step;
  readonly answer: Answer;
  readonly by: 'buyer' | 'platform';
  readonly note: string;
  readonly at: Instant | null;
};
export type Walk = {
  readonly passed: readonly Passed[];
  readonly step: Step | null;
  readonly end: End | null;
};

/**
 * Where a buyer stands in a tree. What the platform knows answers its step by itself and cannot be answered otherwise; the buyer's newest
 * answer to a step counts. The walk is worked out anew each time, so that what has changed meanwhile (ten minutes, an issuer's answer)
 * changes where it leads (F119).
 */
export function walk(tree: Tree, given: readonly Given[], known: Facts): Walk {
  const passed: Passed[] = [];
  const steps = new Map(tree.steps.map((step) => [step.id, step]));
  let at = tree.start;
  // A published tree has no circle; the bound is for a draft that somebody looks at.
  for (let turns = 0; turns <= tree.steps.length; turns += 1) {
    const step = steps.get(at);
    if (!step) break;
    const taken = answered(step, given, known);
    if (!taken) return { passed, step, end: null };
    if (taken.said) passed.push(taken.said);
    at = taken.next;
  }
  return { passed, step: null, end: tree.ends.find((end) => end.id === at) ?? null };
}

function answered(
  step: Step,
  given: readonly Given[],
  known: Facts,
): { next: string; said: Passed | null } | undefined {
  const fact = step.fact === null ? undefined : known[step.fact];
  const self = fact && step.answers.find((one) => one.value === fact.value);
  if (self) return { next: self.next, said: { step, answer: self, by: 'platform', note: '', at: fact.at } };
  if (!step.asked) {
    const otherwise = step.answers.find((one) => one.value === null);
    return otherwise && { next: otherwise.next, said: null };
  }
  const last = given.findLast((one) => one.step === step.id);
  const answer = last && step.answers.find((one) => one.id === last.answer);
  if (!last || !answer) return undefined;
  return { next: answer.next, said: { step, answer, by: 'buyer', note: last.note, at: last.at } };
}

/** How one passed step is said: its name and what came of it, in the words of the fact where the platform knew. */
export function passedWords({ step, answer, by, note }: Passed): Words {
  const noted = (text: string): string => (note === '' ? text : `${text} (${note})`);
  const known = by === 'platform' && step.fact !== null ? factSaid(step.fact, answer.value ?? '') : undefined;
  const { zh, en } = known ?? answer.label;
  return { zh: `${step.name.zh}：${noted(zh)}`, en: `${step.name.en}: ${noted(en)}` };
}

export const factSaid = (name: FactName, value: string): Words | undefined =>
  (factWords[name].values as Readonly<Record<string, Words>>)[value];

/** 已尝试的解决方法 as one text, as long as the form takes. What went without saying (that it was paid) is no attempt. */
export function triedText(passed: readonly Passed[]): Words {
  const lines = passed.filter((one) => one.step.fact !== 'payment').map(passedWords);
  const short = (text: string): string => (text.length > 1000 ? `${text.slice(0, 999)}…` : text);
  return {
    zh: short(lines.map((one) => one.zh).join('；')),
    en: short(lines.map((one) => one.en).join('; ')),
  };
}

/** What a buyer's answer must be to be taken: the step that is asked now or one that the buyer has answered, and one of its answers. */
export function findAnswer(tree: Tree, now: Walk, p: { step: string; answer: string }): Answer | undefined {
  const open = [now.step, ...now.passed.filter((one) => one.by === 'buyer').map((one) => one.step)];
  const step = open.find((one) => one?.id === p.step);
  return step?.answers.find((one) => one.id === p.answer);
}
