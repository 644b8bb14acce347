import type { Tx } from '../kit/tx.ts';
import { edition } from './lessons.data.ts';
import { grade, type Graded } from './lessons.rules.ts';
import { keepAttempt } from './store.ts';

/** Grades somebody's answers and keeps the best of their attempts in this edition; the badge is theirs from the first that passes (F060). */
export async function takeQuiz(
  tx: Tx,
  p: { userId: string; answers: Readonly<Record<string, number>> },
): Promise<Graded> {
  const graded = grade(p.answers);
  await keepAttempt(tx, {
    userId: p.userId,
    edition,
    right: graded.right,
    passed: graded.passed,
    at: tx.business,
  });
  return graded;
}
