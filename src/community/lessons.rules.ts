import { questions, passMark, type Question } from './lessons.data.ts';

export type Graded = {
  readonly right: number;
  readonly passed: boolean;
  readonly answers: { readonly key: string; readonly chosen: number | null; readonly right: boolean }[];
};

/** Grades a quiz: a question that was left out, or answered with a choice that does not exist, is not right. */
export function grade(
  chosen: Readonly<Record<string, number>>,
  asked: readonly Question[] = questions,
  mark = passMark,
): Graded {
  const answers = asked.map(({ key, right }) => {
    const mine = Object.hasOwn(chosen, key) ? (chosen[key] ?? null) : null;
    return { key, chosen: mine, right: mine === right };
  });
  const right = answers.filter((one) => one.right).length;
  return { right, passed: right >= mark, answers };
}
