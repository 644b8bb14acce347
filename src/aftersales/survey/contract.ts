import { z } from 'zod';
import { endpoint } from '../../kit/endpoint.ts';
import { idIn, idOut, instantOut } from '../../kit/public-id.ts';
import { caseRefusals } from '../refusals.contract.ts';

const mark = z.int().min(1).max(5);
export const marks = ['result', 'speed', 'clarity'] as const;

export const surveyContract = {
  survey: endpoint({
    at: 'GET /cases/{caseId}/survey',
    who: 'user',
    summary: 'Whether the buyer is asked how the case was handled, and what they answered',
    input: z.object({ caseId: idIn('case') }),
    output: z.object({
      asked: z.boolean(),
      open: z.boolean().describe('asked, and not answered yet'),
      answer: z
        .object({ result: mark, speed: mark, clarity: mark, words: z.string(), at: instantOut })
        .nullable(),
    }),
    refusals: caseRefusals,
  }),
  answerSurvey: endpoint({
    at: 'POST /cases/{caseId}/survey',
    who: 'user',
    summary: 'Say how a closed case was handled; once (F193)',
    input: z.object({
      caseId: idIn('case'),
      result: mark,
      speed: mark,
      clarity: mark,
      words: z.string().trim().max(1000).default(''),
    }),
    output: z.object({ caseId: idOut('case') }),
    refusals: caseRefusals,
  }),
};

export const surveyDeskContract = {
  surveys: endpoint({
    at: 'GET /case-desk/surveys',
    who: { staff: ['support', 'arbitrator'] },
    summary:
      'What buyers said of how their cases were handled: sums of the last ninety days, and the newest words',
    input: z.object({}),
    output: z.object({
      since: instantOut,
      asked: z.int(),
      answered: z.int(),
      result: z.number().nullable(),
      speed: z.number().nullable(),
      clarity: z.number().nullable(),
      newest: z.array(
        z.object({
          caseId: idOut('case'),
          result: mark,
          speed: mark,
          clarity: mark,
          words: z.string(),
          at: instantOut,
        }),
      ),
    }),
    refusals: {},
  }),
};
