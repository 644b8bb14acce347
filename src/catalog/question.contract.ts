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
