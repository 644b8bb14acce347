import { z } from 'zod';
import { endpoint } from '../kit/endpoint.ts';
import { fenOut, idIn, idOut, instantOut } from '../kit/public-id.ts';
import { caseRefusals } from '../aftersales/refusals.contract.ts';
import { orderRefusals } from '../orders/contract.ts';

const wordsOut = z.object({ zh: z.string(), en: z.string() });
const lifeName = z.enum(['order', 'line', 'case']);
const nextOut = z.object({
  event: z.string(),
  words: wordsOut,
  by: z.array(z.string()),
  to: z.string(),
  toTitle: wordsOut,
  article: z.string(),
  within: wordsOut.nullable().describe('the time of the rulebook behind it'),
});
const stateOut = z.object({
  state: z.string(),
  title: wordsOut,
  what: wordsOut,
  risk: wordsOut,
  article: z.string(),
});
export const hereOut = stateOut.extend({
  life: lifeName,
  next: z.array(nextOut.extend({ dueAt: instantOut.nullable().describe('when the clock does it') })),
});

export const taskNames = ['pay', 'receive', 'reveal', 'verify', 'archive', 'confirm'] as const;
export type TaskName = (typeof taskNames)[number];
const taskOut = z.object({
  task: z.enum(taskNames),
  state: z.enum(['done', 'now', 'later']),
  /** Of several units: how many are done. */
  done: z.int(),
  of: z.int(),
  by: z.enum(['you', 'shop', 'platform']),
  until: instantOut.nullable(),
  at: instantOut.nullable().describe('when it was done'),
  article: z.string(),
});
const momentOut = z.object({
  phase: z.enum(['before', 'delivery', 'check', 'after']),
  words: wordsOut,
  state: z.enum(['done', 'now', 'todo']),
  at: instantOut.nullable(),
  article: z.string().nullable(),
});

/** Who sells, as a buyer may know it. */
const sellerOut = z.object({
  shopId: idOut('shop'),
  name: z.string(),
  legal: z.string().nullable().describe('who runs the shop, as the platform checked it'),
  slug: z.string(),
  verifiedAt: instantOut.nullable(),
  openedAt: instantOut,
  tier: z.string(),
});

/** What explains an order and a case to the people in it: the map with "you are here", tasks with their times, who answers for what. */
export const flowContract = {
  flow: endpoint({
    at: 'GET /flow',
    who: 'anyone',
    summary:
      'Every state of orders, deliveries and cases, made from the machines: what it is, its risk, what can follow (F191)',
    input: z.object({}),
    output: z.object({
      version: z.string(),
      lives: z.array(
        z.object({
          name: lifeName,
          title: wordsOut,
          states: z.array(stateOut.extend({ next: z.array(nextOut) })),
        }),
      ),
    }),
    refusals: {},
  }),
  orderGuide: endpoint({
    at: 'GET /orders/{orderId}/guide',
    who: 'user',
    summary:
      'Where an order stands on the map, its tasks with their times, its whole course, and who answers for what (F061, F064, F100, F191)',
    input: z.object({ orderId: idIn('order') }),
    output: z.object({
      orderId: idOut('order'),
      rulebook: z.string(),
      here: z.array(hereOut),
      tasks: z.array(taskOut),
      course: z.array(momentOut),
      card: z.object({
        seller: sellerOut,
        selfRun: z.boolean().describe('自营: the platform itself sells'),
        held: fenOut.describe('of this order, in escrow now'),
      }),
    }),
    refusals: orderRefusals,
  }),
  casePlace: endpoint({
    at: 'GET /cases/{caseId}/place',
    who: 'user',
    summary: 'Where a case stands on the map and what can follow by when (F191)',
    input: z.object({ caseId: idIn('case') }),
    output: z.object({ caseId: idOut('case'), rulebook: z.string(), here: hereOut }),
    refusals: { CASE_NOT_FOUND: caseRefusals.CASE_NOT_FOUND },
  }),
};
