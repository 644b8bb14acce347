import { encodeId } from '../kit/public-id.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { Secret } from '../kit/secret.ts';
import { cleanAnswer, fitsQuestion, maskAnswer, type Question } from '../catalog/question.contract.ts';
import type { CheckoutRefusal } from './contract.ts';

/** What a buyer typed: the key of a question to the text. `again` is what was typed the second time. */
export type Typed = Readonly<Record<string, Secret>>;
export type Answered = { readonly question: Question; readonly answer: Secret };

const none: readonly Answered[] = [];

/**
 * The answers to a listing's questions, or the first that is missing, wrong, or not the same twice; the refusal names the question and the
 * variant. Questions that need no answer may be left empty (VGSR articles 8 and 15; lifecycles 2.2c).
 */
export function decideAnswers(
  variantId: string,
  questions: readonly Question[],
  typed: { answers?: Typed | undefined; again?: Typed | undefined },
): Result<readonly Answered[], CheckoutRefusal> {
  if (questions.length === 0 && typed.answers === undefined) return done(none);
  const about = (key: string) => ({ key, variantId: encodeId('variant', variantId) });
  const [unknown] = Object.keys(typed.answers ?? {}).filter(
    (key) => !questions.some((question) => question.key === key),
  );
  if (unknown !== undefined) return refuse('ANSWER_INVALID', about(unknown));
  const answered: Answered[] = [];
  for (const question of questions) {
    const { key, type } = question;
    const answer = cleanAnswer(type, typed.answers?.[key]?.reveal() ?? '');
    if (answer === '') {
      if (question.required) return refuse('QUESTION_UNANSWERED', about(key));
      continue;
    }
    if (!fitsQuestion(question, answer)) return refuse('ANSWER_INVALID', about(key));
    if (question.confirmTwice && cleanAnswer(type, typed.again?.[key]?.reveal() ?? '') !== answer)
      return refuse('ANSWERS_DIFFER', about(key));
    answered.push({ question, answer: new Secret(answer) });
  }
  return done(answered);
}

/** Answers as evidence says them: masked. What was typed lies sealed beside the order. */
export const answersSaid = (answered: readonly Answered[]) =>
  answered.map(({ question, answer }) => ({
    key: question.key,
    label: question.label,
    masked: maskAnswer(question, answer.reveal()),
    twice: question.confirmTwice,
  }));
