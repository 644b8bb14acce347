import { z } from 'zod';
import { endpoint } from '../../kit/endpoint.ts';
import { fenOut, idIn, idOut, instantOut } from '../../kit/public-id.ts';
import { complaintStates, replyMax } from '../../payments/complaint/contract.ts';
import { outsideRefusals } from './refusals.contract.ts';

const name = {
  channel: z.string().regex(/^[a-z][a-z0-9_-]{0,31}$/),
  number: z.string().min(1).max(64),
};
const complaintOut = z.object({
  channel: z.string(),
  number: z.string(),
  state: z.enum(complaintStates),
  text: z.string(),
  amount: fenOut,
  refunded: fenOut,
  userConfirmed: z.boolean(),
  toldAt: instantOut,
  answerBy: instantOut,
  settleBy: instantOut,
  answeredAt: instantOut.nullable(),
  link: z
    .object({
      orderId: idOut('order'),
      shopId: idOut('shop'),
      shopName: z.string(),
      caseId: idOut('case').nullable(),
      how: z.string(),
      noted: fenOut.nullable(),
    })
    .nullable(),
  ourClock: z
    .object({ state: z.string(), turn: z.string().nullable(), dueAt: instantOut.nullable() })
    .nullable()
    .describe('the clock of our own case, beside that of the channel'),
  answers: z.array(
    z.object({
      kind: z.enum(['reply', 'complete']),
      text: z.string(),
      state: z.enum(['waiting', 'done', 'refused']),
      failure: z.string().nullable(),
      tries: z.int(),
      at: instantOut,
      doneAt: instantOut.nullable(),
    }),
  ),
  orders: z
    .array(z.object({ orderId: idOut('order') }))
    .describe('to choose from, where the payment has several'),
});
export const complaintsOut = z.object({ complaints: z.array(complaintOut), now: instantOut });

const answer = {
  kind: z.enum(['reply', 'complete']),
  text: z.string().trim().max(replyMax).default(''),
};
const staff = { staff: ['support', 'finance'] } as const;

export const complaintContract = {
  shopComplaints: endpoint({
    at: 'GET /shops/{shopId}/channel-complaints',
    who: { shop: ['orders'] },
    summary:
      'Complaints of payers at payment channels about this shop, with the channel’s clock and ours (F126)',
    input: z.object({ shopId: idIn('shop') }),
    output: complaintsOut,
    refusals: {},
  }),
  answerAsShop: endpoint({
    at: 'POST /shops/{shopId}/channel-complaints/{channel}/{number}/answers',
    who: { shop: ['orders'] },
    summary: 'Answer a complaint at its channel, or say that it is settled',
    input: z.object({ shopId: idIn('shop'), ...name, ...answer }),
    output: z.object({ answerId: z.string() }),
    refusals: outsideRefusals,
  }),
  complaints: endpoint({
    at: 'GET /channel-complaints',
    who: staff,
    summary: 'Every complaint at a payment channel, those first that end first',
    input: z.object({}),
    output: complaintsOut.extend({
      odd: z.array(
        z.object({
          channel: z.string(),
          decision: z.string(),
          number: z.string().nullable(),
          at: instantOut,
        }),
      ),
    }),
    refusals: {},
  }),
  answerAsStaff: endpoint({
    at: 'POST /channel-complaints/{channel}/{number}/answers',
    who: staff,
    summary: 'Answer a complaint at its channel for the platform',
    input: z.object({ ...name, ...answer }),
    output: z.object({ answerId: z.string() }),
    refusals: outsideRefusals,
  }),
  link: endpoint({
    at: 'POST /channel-complaints/{channel}/{number}/link',
    who: staff,
    summary: 'Say which order of the payment a complaint is about',
    input: z.object({ ...name, orderId: idIn('order') }),
    output: z.object({ caseId: idOut('case').nullable() }),
    refusals: outsideRefusals,
  }),
};
