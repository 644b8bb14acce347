import { z } from 'zod';
import { endpoint } from '../kit/endpoint.ts';
import { instantOut } from '../kit/public-id.ts';
import type { RefusalCatalogue } from '../kit/result.ts';

const wordsOut = z.object({ zh: z.string(), en: z.string() });

export const lessonRefusals = {
  LESSON_NOT_FOUND: { status: 404, zh: '没有这一课。', en: 'There is no such lesson.' },
} as const satisfies RefusalCatalogue;

const head = { slug: z.string(), title: wordsOut, minutes: z.int() };
const badge = z
  .object({ edition: z.string(), at: instantOut, right: z.int() })
  .describe('passed: with which edition and when');

/** 维权学堂 (F060): four short lessons and five questions, graded on the server. */
export const lessonContract = {
  lessons: endpoint({
    at: 'GET /lessons',
    who: 'anyone',
    summary: 'The lessons, and whether you passed the quiz 维权学堂 (F060)',
    input: z.object({}),
    output: z.object({
      edition: z.string(),
      lessons: z.array(z.object(head)),
      questions: z.int(),
      passMark: z.int(),
      badge: badge.nullable(),
    }),
    refusals: {},
  }),
  lesson: endpoint({
    at: 'GET /lessons/{lesson}',
    who: 'anyone',
    summary: 'One lesson',
    input: z.object({ lesson: z.string().max(40) }),
    output: z.object({
      ...head,
      edition: z.string(),
      text: z.array(wordsOut),
      next: z.object({ slug: z.string(), title: wordsOut }).nullable(),
    }),
    refusals: lessonRefusals,
  }),
  quiz: endpoint({
    at: 'GET /quiz',
    who: 'anyone',
    summary: 'The five questions, without their answers',
    input: z.object({}),
    output: z.object({
      edition: z.string(),
      questions: z.array(z.object({ key: z.string(), ask: wordsOut, choices: z.array(wordsOut) })),
    }),
    refusals: {},
  }),
  takeQuiz: endpoint({
    at: 'POST /quiz/attempts',
    who: 'anyone',
    summary: 'Answer the quiz; graded here. With an account, passing gives the badge',
    input: z.object({
      answers: z.record(z.string().regex(/^[a-z0-9]{1,20}$/), z.int().min(0).max(9)),
    }),
    output: z.object({
      edition: z.string(),
      right: z.int(),
      of: z.int(),
      passed: z.boolean(),
      badge: badge.nullable(),
      answers: z.array(
        z.object({
          key: z.string(),
          chosen: z.int().nullable(),
          right: z.boolean(),
          answer: z.int(),
          because: wordsOut,
          lesson: z.string(),
        }),
      ),
    }),
    refusals: {},
  }),
};
