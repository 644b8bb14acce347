import { z } from 'zod';
import { endpoint } from '../../kit/endpoint.ts';
import { idIn, idOut, instantOut } from '../../kit/public-id.ts';
import type { RefusalCatalogue } from '../../kit/result.ts';

export const unsealingRefusals = {
  CASE_NOT_FOUND: { status: 404, zh: '没有找到这个售后。', en: 'We could not find this case.' },
  UNSEALING_NOT_FOUND: { status: 404, zh: '没有这个拆看申请。', en: 'There is no such request.' },
  NOT_ASSIGNED: {
    status: 409,
    zh: '这一案不在你手上。先接案。',
    en: 'This case is not yours. Take it first.',
  },
  NOT_YOUR_TURN: {
    status: 409,
    zh: '现在这一步做不了，它已经往前走了。刷新看看现在到哪一步。',
    en: 'This cannot be done now; it has moved on. Reload to see where it is.',
  },
  NO_KEY_HERE: {
    status: 422,
    zh: '这一件没有可以拆看的卡密。',
    en: 'There is no key of this unit to look at.',
  },
  UNSEALED_OFTEN: {
    status: 409,
    zh: '这一案已经申请过三次，请用别的证据裁决。',
    en: 'This was asked for three times in this case. Decide by other evidence.',
  },
  SAME_EYES: { status: 409, zh: '要由另一个人批准。', en: 'Somebody else has to agree.' },
  CONFLICT_OF_INTEREST: {
    status: 409,
    zh: '你与这一案有关，不能批准。',
    en: 'You are involved in this case, so you cannot agree to it.',
  },
  GRANT_OVER: {
    status: 409,
    zh: '批准过期了，没有看。还需要就重新申请。',
    en: 'The permission has run out, and nothing was shown. Ask again if it is still needed.',
  },
} as const satisfies RefusalCatalogue;
export type UnsealingRefusal = keyof typeof unsealingRefusals;

const desk = { staff: ['support' as const, 'arbitrator' as const] };
const prose = z.string().trim().min(10).max(1000);
const extent = z.enum(['masked', 'whole']);
const oneOut = z.object({
  unsealingId: idOut('unsealing'),
  caseId: idOut('case'),
  place: z.int(),
  state: z.enum(['asked', 'granted', 'denied', 'shown']),
  extent,
  granted: extent.nullable(),
  reason: z.string(),
  answer: z.string().nullable(),
  asker: z.string().describe('a sign of who asked, in this case only: names are not told'),
  decider: z.string().nullable().describe('a sign of who answered, never that of who asked'),
  askedAt: instantOut,
  decidedAt: instantOut.nullable(),
  until: instantOut.nullable(),
  shownAt: instantOut.nullable(),
  mine: z.boolean().describe('asked for by the viewer'),
});

export const unsealingContract = {
  unsealings: endpoint({
    at: 'GET /cases/{caseId}/unsealings',
    who: 'user',
    summary: 'Who asked to look at a key of this case, why, and what was shown; both parties see it',
    input: z.object({ caseId: idIn('case') }),
    output: z.object({ unsealings: z.array(oneOut), now: instantOut }),
    refusals: unsealingRefusals,
  }),
  openUnsealings: endpoint({
    at: 'GET /case-desk/unsealings',
    who: { staff: ['arbitrator'] },
    summary: 'Requests to look at a key that wait for a second person',
    input: z.object({}),
    output: z.object({ unsealings: z.array(oneOut) }),
    refusals: unsealingRefusals,
  }),
  askKey: endpoint({
    at: 'POST /case-desk/{caseId}/unsealings',
    who: desk,
    summary: 'Ask to look at a key of a case in hands, with a reason; another person decides',
    input: z.object({ caseId: idIn('case'), place: z.int().min(1).max(100_000), extent, why: prose }),
    output: z.object({ unsealingId: idOut('unsealing') }),
    refusals: unsealingRefusals,
  }),
  decideKey: endpoint({
    at: 'POST /case-desk/unsealings/{unsealingId}/decision',
    who: { staff: ['arbitrator'] },
    summary: 'Grant or deny a look at a key; never by whoever asked',
    input: z.object({
      unsealingId: idIn('unsealing'),
      grants: z.boolean(),
      extent: extent.default('masked').describe('at most what was asked for'),
      text: z.string().trim().max(1000).default(''),
    }),
    output: z.object({ state: z.enum(['granted', 'denied']), until: instantOut.nullable() }),
    refusals: unsealingRefusals,
  }),
  showKey: endpoint({
    at: 'POST /case-desk/unsealings/{unsealingId}/showing',
    who: desk,
    summary: 'Look at the key, once; it is recorded and both parties are told',
    input: z.object({ unsealingId: idIn('unsealing') }),
    output: z.object({
      place: z.int(),
      granted: extent,
      number: z.string().nullable(),
      secret: z.string(),
      extra: z.string().nullable(),
    }),
    refusals: unsealingRefusals,
  }),
};
