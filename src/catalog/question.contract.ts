import { z } from 'zod';

/** What a buyer is asked before paying, because the goods cannot be delivered without it (VGSR articles 8 and 15). */
export const questionTypes = ['text', 'number', 'phone', 'account', 'select', 'password'] as const;
export type QuestionType = (typeof questionTypes)[number];

/**
 * A pattern is a row of letters, digits and classes with quantifiers, no groups and no alternatives, and at most three of its parts may vary
 * in length: so no answer makes it slow, whoever wrote it.
 */
const part = String.raw`(?:\\[dwsDWS.\-+@/]|\[\^?(?:\\[dwsDWS\]\-\\^]|[^\]\\])+\]|[A-Za-z0-9@_\-:/ .\u4e00-\u9fff])`;
const quantifier = String.raw`(?:\{\d{1,2}(?:,\d{1,3})?\}|[?*+])`;
const patternForm = new RegExp(`^(?:${part}${quantifier}?)+$`, 'u');
const varying = (text: string): number => text.match(/\{\d+,\d+\}|[?*+]/g)?.length ?? 0;

export function isSafePattern(text: string): boolean {
  if (!patternForm.test(text) || varying(text) > 3) return false;
  try {
    return new RegExp(`^(?:${text})$`, 'u').source !== '';
  } catch {
    return false;
  }
}

export const questionShape = z.strictObject({
  /** Names the answer: in forms, in evidence and for whoever delivers. */
  key: z.string().regex(/^[a-z][a-z0-9_]{0,23}$/),
  label: z.string().trim().min(1).max(30),
  type: z.enum(questionTypes),
  required: z.boolean(),
  pattern: z.string().max(80).refine(isSafePattern).nullable(),
  /** What may be chosen; only for select. */
  options: z.array(z.string().trim().min(1).max(30)).max(40),
  /** Shown masked everywhere, and opened for the shop only by an act that is recorded. */
  sensitive: z.boolean(),
  /** The buyer types it twice, and both must be the same (lifecycles 2.2c). */
  confirmTwice: z.boolean(),
});
export type Question = z.infer<typeof questionShape>;

export const questionsShape = z
  .array(questionShape)
  .max(8)
  .refine((list) => new Set(list.map((one) => one.key)).size === list.length);

export const answerMax = 200;

const phone = /^1[3-9]\d{9}$/;
/** What was typed, as it is compared and kept: a phone number without the spaces and dashes that people put in. */
export const cleanAnswer = (type: QuestionType, typed: string): string =>
  type === 'password' ? typed : type === 'phone' ? typed.replace(/[\s-]/g, '') : typed.trim();

/** Whether an answer is one that the question takes. It has been cleaned before. */
export function fitsQuestion(question: Question, answer: string): boolean {
  // oxlint-disable-next-line no-control-regex -- a control character is what an answer may not have
  if (answer.length > answerMax || /[\u0000-\u001f]/.test(answer)) return false;
  if (question.type === 'number' && !/^\d{1,18}$/.test(answer)) return false;
  if (question.type === 'phone' && !phone.test(answer)) return false;
  if (question.type === 'select' && !question.options.includes(answer)) return false;
  return question.pattern === null || new RegExp(`^(?:${question.pattern})$`, 'u').test(answer);
}

/** An answer as pages show it: enough to recognise one's own, too little for anybody else. */
export function maskAnswer(question: Pick<Question, 'type' | 'sensitive'>, answer: string): string {
  if (question.type === 'password') return '••••••';
  if (!question.sensitive) return answer;
  const [name = '', ...host] = answer.split('@');
  if (host.length > 0) return `${name.slice(0, 2)}***@${host.join('@')}`;
  if (answer.length <= 3) return `${answer.slice(0, 1)}**`;
  const [head, tail] = answer.length >= 8 ? [3, 4] : [1, 1];
  return `${answer.slice(0, head)}****${answer.slice(-tail)}`;
}
