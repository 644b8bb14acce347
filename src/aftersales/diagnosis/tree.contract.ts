import { z } from 'zod';
import { reasons, type ReasonCode } from '../reasons.data.ts';
import { endings, factNames, stages } from './facts.data.ts';

const slug = z.string().regex(/^[a-z][a-z0-9_]{0,23}$/);
/** A draft may miss a language; publication does not take it. */
const words = (max: number) => z.object({ zh: z.string().trim().max(max), en: z.string().trim().max(max) });

const answerShape = z.object({
  id: slug,
  label: words(60),
  /** The value of the step's fact that gives this answer by itself; of a step that is only looked up, null is what follows when nothing is known. */
  value: z.string().max(24).nullable(),
  next: slug,
});

const stepShape = z.object({
  id: slug,
  stage: z.enum(stages),
  /** A few words, as it stands among the steps already tried. */
  name: words(30),
  text: words(200),
  hint: words(300),
  fact: z.enum(factNames).nullable(),
  /** Whether the buyer is asked where the platform does not know. */
  asked: z.boolean(),
  /** What may be written beside the answer; empty: nothing. */
  note: words(60),
  answers: z.array(answerShape).max(8),
});

const endShape = z.object({
  id: slug,
  end: z.enum(endings),
  text: words(300),
  /** The scene that a case about it has; a suggestion, and a wrong one costs nothing (F083). */
  reason: z.enum(Object.keys(reasons) as [ReasonCode, ...ReasonCode[]]).nullable(),
});

export const treeShape = z.object({
  start: slug,
  steps: z.array(stepShape).min(1).max(40),
  ends: z.array(endShape).min(1).max(20),
});
export const treeNode = z.discriminatedUnion('kind', [
  stepShape.extend({ kind: z.literal('step') }),
  endShape.extend({ kind: z.literal('end') }),
]);
export const nodeId = slug;

export type Tree = z.infer<typeof treeShape>;
export type Step = z.infer<typeof stepShape>;
export type End = z.infer<typeof endShape>;
export type Answer = z.infer<typeof answerShape>;
export type TreeNode = z.infer<typeof treeNode>;
