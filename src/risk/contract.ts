import { z } from 'zod';
import { endpoint } from '../kit/endpoint.ts';
import { fenOut, idIn, idOut, instantOut } from '../kit/public-id.ts';
import type { RefusalCatalogue } from '../kit/result.ts';
import type { MeasureState, TicketState } from './machine.ts';
import {
  measureStateWords,
  measureSteps,
  pauseCauses,
  sides,
  signalKinds,
  ticketKinds,
  ticketStateWords,
} from './words.contract.ts';

export const riskRefusals = {
  SUBJECT_NOT_FOUND: {
    status: 404,
    zh: '没有找到这个人或店铺的风险记录。',
    en: 'There is nothing on record about this person or shop.',
  },
  MEASURE_NOT_FOUND: { status: 404, zh: '没有找到这项措施。', en: 'We could not find this measure.' },
  TICKET_NOT_FOUND: { status: 404, zh: '没有找到这条待办。', en: 'We could not find this item.' },
  CONFLICT_OF_INTEREST: {
    status: 403,
    zh: '这件事和你有关，请交给别人。',
    en: 'You have a part in this; leave it to somebody else.',
  },
  MEASURE_PENDING: {
    status: 409,
    zh: '已经有一项措施在等第二人决定。',
    en: 'A measure waits for its second person already.',
  },
  STEP_UNFIT: { status: 422, zh: '这一级不适用于这一方。', en: 'This step is not for this side.' },
  STEP_TOO_HIGH: {
    status: 409,
    zh: '不能跳级：证据和前面的措施还不到这一级。',
    en: 'Steps are not skipped: evidence and earlier measures do not lead here yet.',
  },
  EVIDENCE_MISSING: {
    status: 409,
    zh: '要有没用过的新证据才能提出。',
    en: 'It needs new evidence that no measure has used.',
  },
  MEASURE_MOVED_ON: {
    status: 409,
    zh: '这项措施已经往前走了，请刷新再看。',
    en: 'This measure has moved on; please look again.',
  },
  SECOND_PERSON_NEEDED: { status: 403, zh: '要由另一个人决定。', en: 'Somebody else has to decide.' },
  THIRD_PERSON_NEEDED: {
    status: 403,
    zh: '申诉要由没参与决定的人来听。',
    en: 'An appeal is heard by somebody who had no part in the decision.',
  },
  APPEALED_ALREADY: { status: 409, zh: '已经申诉过了，等结果就好。', en: 'It is under appeal already.' },
  APPEAL_OVER: {
    status: 409,
    zh: '申诉期已经过了。你仍可以向 12315 投诉或起诉。',
    en: 'The time to appeal is over. 12315 and the courts stay open to you.',
  },
  TICKET_MOVED_ON: {
    status: 409,
    zh: '这条待办已经有人处理，请刷新再看。',
    en: 'This item has moved on; please look again.',
  },
} as const satisfies RefusalCatalogue;
export type RiskRefusal = keyof typeof riskRefusals;

const measureStates = Object.keys(measureStateWords) as [MeasureState, ...MeasureState[]];
const ticketStates = Object.keys(ticketStateWords) as [TicketState, ...TicketState[]];
const prose = (min: number, max = 2000) => z.string().trim().min(min).max(max);
const side = z.enum(sides);
const officers = { staff: ['risk' as const] };
const signalId = z.uuid();

const signalOut = z.object({
  id: z.string(),
  kind: z.enum(signalKinds),
  evidence: z.object({
    caseId: idOut('case').optional(),
    orderId: idOut('order').optional(),
    exhibit: z.int().optional(),
    says: z.string().optional(),
  }),
  at: instantOut,
  fresh: z.boolean().describe('no measure has used it, and it is within the window'),
});
const stepOut = z.object({
  event: z.string(),
  by: z.string(),
  article: z.string(),
  text: z.string(),
  at: instantOut,
});
const measureOut = z.object({
  measureId: idOut('measure'),
  side,
  step: z.enum(measureSteps),
  state: z.enum(measureStates),
  binds: z.boolean(),
  reasons: z.string(),
  articles: z.array(z.string()),
  rulebook: z.string(),
  proposedAt: instantOut,
  startsAt: instantOut.nullable(),
  endsAt: instantOut.nullable(),
  appealUntil: instantOut.nullable(),
  signals: z.array(signalOut),
  steps: z.array(stepOut),
});
const restrictionsOut = z.object({
  firstPay: z.enum(['usual', 'limited', 'off']),
  parallelMax: z.int().nullable(),
  goodsDay: fenOut.nullable(),
});
const pauseOut = z.object({
  listingId: idOut('listing'),
  title: z.string(),
  cause: z.enum(pauseCauses),
  since: instantOut,
});
const ticketOut = z.object({
  ticketId: idOut('ticket'),
  kind: z.enum(ticketKinds),
  state: z.enum(ticketStates),
  /** Whom it is about, by name; and the id to look at. */
  name: z.string(),
  subjectId: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  openedAt: instantOut,
  mine: z.boolean().describe('I proposed it, so somebody else decides'),
  dueAt: instantOut.nullable(),
});

export const riskContract = {
  mine: endpoint({
    at: 'GET /my-measures',
    who: 'account',
    summary: 'Measures against me, with reasons, end and appeal; and what I may less than others',
    input: z.object({}),
    output: z.object({ measures: z.array(measureOut), restrictions: restrictionsOut }),
    refusals: {},
  }),
  appeal: endpoint({
    at: 'POST /my-measures/{measureId}/appeal',
    who: 'account',
    summary: 'Appeal against a measure; somebody who had no part in it hears it',
    input: z.object({ measureId: idIn('measure'), reasons: prose(10) }),
    output: z.object({ measureId: idOut('measure'), state: z.enum(measureStates) }),
    refusals: riskRefusals,
  }),
  ofShop: endpoint({
    at: 'GET /shops/{shopId}/standing',
    who: { shop: ['goods', 'orders', 'money'] },
    scope: 'shop-orders:read',
    summary: "A shop's standing: score, penalties, pauses, freezes, and how its listings do",
    input: z.object({ shopId: idIn('shop') }),
    output: z.object({
      score: z.int(),
      scores: z.array(z.object({ kind: z.string(), points: z.int(), at: instantOut })),
      measures: z.array(measureOut),
      pauses: z.array(pauseOut),
      frozen: z.boolean(),
      tickets: z.array(
        z.object({ kind: z.enum(ticketKinds), state: z.enum(ticketStates), openedAt: instantOut }),
      ),
      health: z.array(
        z.object({
          listingId: idOut('listing'),
          at: instantOut,
          deliveries: z.int(),
          late: z.int(),
          p95: z.int().nullable().describe('seconds'),
          promise: z.int().describe('seconds'),
          stock: z.int().nullable(),
        }),
      ),
    }),
    refusals: {},
  }),
  appealForShop: endpoint({
    at: 'POST /shops/{shopId}/measures/{measureId}/appeal',
    who: { shop: [] },
    scope: 'shop-orders:write',
    summary: 'The owner of a shop appeals against a penalty',
    input: z.object({ shopId: idIn('shop'), measureId: idIn('measure'), reasons: prose(10) }),
    output: z.object({ measureId: idOut('measure'), state: z.enum(measureStates) }),
    refusals: riskRefusals,
  }),
  published: endpoint({
    at: 'GET /penalties',
    who: 'anyone',
    summary:
      'Penalties against shops, published (article 34): shop, step, reasons by article, and whether it was lifted',
    input: z.object({ limit: z.coerce.number().int().min(1).max(100).default(50) }),
    output: z.object({
      penalties: z.array(
        z.object({
          shopId: idOut('shop'),
          shopName: z.string(),
          step: z.enum(measureSteps),
          state: z.enum(measureStates),
          reasons: z.string(),
          articles: z.array(z.string()),
          at: instantOut,
          endsAt: instantOut.nullable(),
        }),
      ),
    }),
    refusals: {},
  }),
  queue: endpoint({
    at: 'GET /risk-desk',
    who: officers,
    summary: 'What waits for somebody: tickets, measures to confirm, appeals to hear, and new evidence',
    input: z.object({}),
    output: z.object({
      tickets: z.array(ticketOut),
      measures: z.array(
        z.object({
          measureId: idOut('measure'),
          side,
          subjectId: z.string(),
          name: z.string(),
          step: z.enum(measureSteps),
          state: z.enum(measureStates),
          at: instantOut,
          mine: z.boolean(),
        }),
      ),
      subjects: z.array(
        z.object({ side, subjectId: z.string(), name: z.string(), fresh: z.int(), lastAt: instantOut }),
      ),
      pauses: z.array(pauseOut.extend({ shopName: z.string() })),
      inspections: z.array(
        z.object({
          shopId: idOut('shop'),
          orderId: idOut('order'),
          shopName: z.string(),
          total: fenOut,
          witness: z.boolean(),
          at: instantOut,
        }),
      ),
    }),
    refusals: {},
  }),
  subject: endpoint({
    at: 'GET /risk-desk/subjects/{side}/{subjectId}',
    who: officers,
    summary: 'All that is on record about one buyer or shop, and the step that new evidence leads to',
    input: z.object({ side, subjectId: z.string().max(64) }),
    output: z.object({
      side,
      name: z.string(),
      signals: z.array(signalOut),
      measures: z.array(measureOut.extend({ mine: z.boolean() })),
      next: z.enum(measureSteps).nullable(),
      score: z.int().nullable(),
      frozen: z.boolean(),
    }),
    refusals: riskRefusals,
  }),
  propose: endpoint({
    at: 'POST /risk-desk/subjects/{side}/{subjectId}/measures',
    who: officers,
    summary: 'Propose a measure on evidence; a second person decides',
    input: z.object({
      side,
      subjectId: z.string().max(64),
      measure: z.enum(measureSteps),
      signals: z.array(signalId).min(1).max(20),
      reasons: prose(10),
    }),
    output: z.object({ measureId: idOut('measure'), state: z.enum(measureStates) }),
    refusals: riskRefusals,
  }),
  decide: endpoint({
    at: 'POST /risk-desk/measures/{measureId}/decision',
    who: officers,
    summary: 'Confirm or reject what somebody else proposed',
    input: z.object({ measureId: idIn('measure'), agrees: z.boolean(), text: prose(2) }),
    output: z.object({ measureId: idOut('measure'), state: z.enum(measureStates) }),
    refusals: riskRefusals,
  }),
  hear: endpoint({
    at: 'POST /risk-desk/measures/{measureId}/hearing',
    who: officers,
    summary: 'Uphold or overturn a measure under appeal',
    input: z.object({ measureId: idIn('measure'), upholds: z.boolean(), reasons: prose(10) }),
    output: z.object({ measureId: idOut('measure'), state: z.enum(measureStates) }),
    refusals: riskRefusals,
  }),
  ticket: endpoint({
    at: 'POST /risk-desk/tickets/{ticketId}/steps',
    who: officers,
    summary: 'A step of a ticket, with its reasons; who proposed to lift a freeze does not lift it',
    input: z.object({
      ticketId: idIn('ticket'),
      event: z.enum(['propose_lift', 'lift', 'keep', 'pass', 'report', 'close']),
      text: prose(4),
    }),
    output: z.object({ ticketId: idOut('ticket'), state: z.enum(ticketStates) }),
    refusals: riskRefusals,
  }),
};
