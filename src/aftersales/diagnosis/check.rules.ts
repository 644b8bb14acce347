import type { GoodsKind } from '../../catalog/content.contract.ts';
import type { Words } from '../../kit/text.ts';
import { reasonsFor } from '../filing.rules.ts';
import { facts, stages } from './facts.data.ts';
import type { End, Step, Tree } from './tree.contract.ts';

/** Something that is wrong with a tree: a fault keeps it from publication, a hint does not. */
export type Finding = {
  readonly level: 'fault' | 'hint';
  readonly at: string;
  readonly words: Words;
};

const fault = (at: string, zh: string, en: string): Finding => ({ level: 'fault', at, words: { zh, en } });
const hint = (at: string, zh: string, en: string): Finding => ({ level: 'hint', at, words: { zh, en } });

/**
 * What keeps a tree from being published (F044): a branch that does not end, a step nobody reaches, a text without one of its languages, an
 * answer for a value that its fact does not have, a scene that these goods do not have, or no way to a case.
 */
export function checkTree(tree: Tree, goods: GoodsKind): Finding[] {
  return [
    ...names(tree),
    ...tree.steps.flatMap((step) => checkStep(step, tree)),
    ...tree.ends.flatMap((end) => checkEnd(end, goods)),
    ...ways(tree),
  ];
}

function names(tree: Tree): Finding[] {
  const ids = [...tree.steps, ...tree.ends].map((one) => one.id);
  const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
  return [
    ...[...new Set(twice)].map((id) => fault(id, '名字重复了', 'Two things have this name')),
    ...(tree.steps.some((step) => step.id === tree.start)
      ? []
      : [fault(tree.start, '开头的步骤不存在', 'The first step is not there')]),
  ];
}

const blank = (words: Words): boolean => words.zh === '' || words.en === '';
const half = (words: Words): boolean => (words.zh === '') !== (words.en === '');

function checkStep(step: Step, tree: Tree): Finding[] {
  const known = new Set([...tree.steps, ...tree.ends].map((one) => one.id));
  const found: Finding[] = [];
  if (blank(step.name) || (step.asked && blank(step.text)) || step.answers.some((one) => blank(one.label)))
    found.push(fault(step.id, '中文和英文都要写', 'Both languages are needed'));
  if (half(step.hint) || half(step.note))
    found.push(fault(step.id, '提示或备注只写了一种语言', 'Hint or note has one language only'));
  if (step.answers.length === 0)
    found.push(fault(step.id, '没有答案，走不下去', 'Without an answer nobody gets on'));
  for (const { next } of step.answers)
    if (!known.has(next))
      found.push(fault(step.id, `下一步“${next}”不存在`, `Its next step “${next}” is not there`));
  return [...found, ...checkFact(step)];
}

function checkFact(step: Step): Finding[] {
  const values = step.fact === null ? [] : Object.keys(facts[step.fact].values);
  const found = step.answers
    .filter((one) => one.value !== null && !values.includes(one.value))
    .map((one) => fault(step.id, `事实没有“${one.value}”这个值`, `Its fact never is “${one.value}”`));
  if (step.asked) return found;
  if (step.fact === null) found.push(fault(step.id, '不问买家，又不查事实', 'It neither asks nor knows'));
  if (step.answers.filter((one) => one.value === null).length !== 1)
    found.push(
      fault(
        step.id,
        '只查不问的步骤，要有一个“不知道时”的下一步',
        'A step that only looks needs one way for when nothing is known',
      ),
    );
  return found;
}

function checkEnd(end: End, goods: GoodsKind): Finding[] {
  const found = blank(end.text) ? [fault(end.id, '中文和英文都要写', 'Both languages are needed')] : [];
  if (end.end === 'case' && end.reason === null)
    found.push(fault(end.id, '提交售后要带上申诉场景', 'A case needs the scene that it suggests'));
  if (end.reason !== null && !reasonsFor(goods).includes(end.reason))
    found.push(fault(end.id, '这类商品没有这个申诉场景', 'These goods have no such scene'));
  return found;
}

/** Every way is walked: a circle does not end, what is on no way is dead, and simple things come first. */
function ways(tree: Tree): Finding[] {
  const steps = new Map(tree.steps.map((step) => [step.id, step]));
  const found = new Map<string, Finding>();
  const [done, on] = [new Set<string>(), new Set<string>()];
  const visit = (id: string): void => {
    if (on.has(id))
      found.set(`circle ${id}`, fault(id, '绕回来了，永远走不完', 'It leads back to itself and never ends'));
    if (done.has(id) || on.has(id)) return;
    const step = steps.get(id);
    on.add(id);
    for (const { next } of step?.answers ?? []) {
      const after = steps.get(next);
      if (step && after && stages.indexOf(after.stage) < stages.indexOf(step.stage))
        found.set(
          `order ${id}`,
          hint(id, '后面有更简单的步骤，先简后繁', 'A simpler step follows; simple ones come first'),
        );
      visit(next);
    }
    on.delete(id);
    done.add(id);
  };
  visit(tree.start);
  const lost = [...tree.steps, ...tree.ends].filter((one) => !done.has(one.id));
  const toCase = tree.ends.some((end) => end.end === 'case' && done.has(end.id));
  return [
    ...found.values(),
    ...lost.map((one) => fault(one.id, '没有一条路走到这里', 'No way leads here')),
    ...(toCase ? [] : [fault(tree.start, '没有一条路通到提交售后', 'No way leads to a case')]),
  ];
}

export const isPublishable = (found: readonly Finding[]): boolean =>
  found.every((one) => one.level !== 'fault');
