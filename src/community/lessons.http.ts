import { done, refuse } from '../kit/result.ts';
import { serve } from '../kit/route.ts';
import { reader, transaction } from '../kit/tx.ts';
import { takeQuiz } from './lessons.actions.ts';
import { lessonContract } from './lessons.contract.ts';
import { edition, lessons, passMark, questions } from './lessons.data.ts';
import { grade } from './lessons.rules.ts';

import { badgeOf } from './views.ts';

export const lessonRoutes = {
  lessons: serve(lessonContract.lessons, async ({ db, viewer }) => {
    const [badge] = viewer.userId === null ? [] : await badgeOf(await reader(db), { viewer });
    return done({
      edition,
      lessons: [...lessons],
      questions: questions.length,
      passMark,
      badge: badge ?? null,
    });
  }),
  lesson: serve(lessonContract.lesson, (_, input) => {
    const at = lessons.findIndex((one) => one.slug === input.lesson);
    const one = lessons[at];
    if (!one) return Promise.resolve(refuse('LESSON_NOT_FOUND'));
    return Promise.resolve(done({ ...one, text: [...one.text], edition, next: lessons[at + 1] ?? null }));
  }),
  quiz: serve(lessonContract.quiz, () =>
    Promise.resolve(
      done({
        edition,
        questions: questions.map(({ key, ask, choices }) => ({ key, ask, choices: [...choices] })),
      }),
    ),
  ),
  takeQuiz: serve(lessonContract.takeQuiz, async ({ db, viewer }, input) => {
    const { userId, guest } = viewer;
    // Guests learn as well; the badge needs an account to stand on.
    const { right, passed, answers } =
      userId === null || guest
        ? grade(input.answers)
        : await transaction(db, (tx) => takeQuiz(tx, { userId, answers: input.answers }));
    const [badge] = userId === null ? [] : await badgeOf(await reader(db), { viewer });
    return done({
      edition,
      right,
      of: questions.length,
      passed,
      badge: badge ?? null,
      answers: questions.map((one, i) => ({
        key: one.key,
        chosen: answers[i]?.chosen ?? null,
        right: answers[i]?.right ?? false,
        answer: one.right,
        because: one.because,
        lesson: one.lesson,
      })),
    });
  }),
};
