import { z } from 'zod';
import { endpoint } from '../../kit/endpoint.ts';
import { idIn, idOut, instantIn, instantOut } from '../../kit/public-id.ts';
import { externalKinds } from './laws.data.ts';
import { outsideRefusals } from './refusals.contract.ts';

const text = (max: number) => z.string().trim().min(1).max(max);
export const complainantIn = {
  name: text(50).describe('your real name'),
  phone: z.string().regex(/^[\d+ -]{5,20}$/),
  address: text(200),
  request: text(500).describe('what you ask for'),
  facts: z
    .string()
    .trim()
    .max(2000)
    .default('')
    .describe('in your words; what is on record stands beside it'),
};

const evidenceOut = z.object({
  no: z.int(),
  title: z.string(),
  kind: z.string(),
  by: z.string(),
  at: z.string(),
  sha256: z.string().describe('of the original, or the commitment of the event, in base64'),
  logIndex: z.int().nullable(),
});

/** The whole of what is handed to 12315, as JSON; the PDF says the same. */
export const packShape = z.object({
  format: z.literal('mengyue-12315@v1'),
  law: z.string(),
  madeAt: z.string(),
  complainant: z.object({ name: z.string(), phone: z.string(), address: z.string() }),
  respondent: z.object({
    name: z.string(),
    address: z.string(),
    licenceNo: z.string(),
    kind: z.string(),
    contact: z.string(),
    phone: z.string(),
    email: z.string(),
    shopName: z.string(),
    shopId: z.string(),
  }),
  claim: z.object({ request: z.string(), facts: z.string(), amount: z.string().describe('yuan') }),
  order: z.object({
    orderId: z.string(),
    placedAt: z.string(),
    paidAt: z.string().nullable(),
    total: z.string(),
    refunded: z.string(),
    lines: z.array(
      z.object({ title: z.string(), variant: z.string(), quantity: z.int(), total: z.string() }),
    ),
    trades: z.array(
      z.object({ channel: z.string(), tradeNo: z.string(), amount: z.string(), at: z.string() }),
    ),
  }),
  course: z.array(z.object({ at: z.string(), what: z.string(), article: z.string() })),
  evidence: z.array(evidenceOut),
  missing: z.array(z.string()).describe('what article 9 asks for and is not here'),
});
export type Pack = z.infer<typeof packShape>;

export const externalOut = z.object({
  recordId: idOut('externalRecord'),
  orderId: idOut('order'),
  caseId: idOut('case').nullable(),
  kind: z.enum(externalKinds),
  number: z.string(),
  authority: z.string(),
  filedAt: instantOut,
  acceptedAt: instantOut.nullable(),
  outcome: z.string().nullable(),
  endedAt: instantOut.nullable(),
  by: z.string(),
  clocks: z.array(
    z.object({
      what: z.enum(['accept', 'mediate']),
      dueAt: instantOut,
      provisional: z.boolean(),
      over: z.boolean(),
    }),
  ),
  pauses: z.literal(false).describe('nothing of ours waits for it'),
});

const orderId = idIn('order');
export const packContract = {
  pack: endpoint({
    at: 'POST /orders/{orderId}/complaint-pack',
    who: 'user',
    summary: '12315 材料: everything that 12315 asks for, as JSON or PDF (F052). What you type is not kept.',
    input: z.object({ orderId, ...complainantIn, format: z.enum(['json', 'pdf']).default('json') }),
    output: z.file(),
    refusals: outsideRefusals,
  }),
  outside: endpoint({
    at: 'GET /orders/{orderId}/outside',
    who: 'user',
    summary: 'The ways out of the platform for this order, what was taken there, and what holds it (F127)',
    input: z.object({ orderId }),
    output: z.object({
      orderId: idOut('order'),
      role: z.enum(['buyer', 'merchant', 'staff']),
      title: z.string(),
      shopName: z.string(),
      caseId: idOut('case').nullable(),
      asked: z.string().describe('a request ready to be sent'),
      facts: z.string(),
      respondent: z.object({ name: z.string(), address: z.string(), phone: z.string() }).nullable(),
      records: z.array(externalOut),
      complaints: z.array(
        z.object({
          channel: z.string(),
          number: z.string(),
          state: z.string(),
          answerBy: instantOut,
          settleBy: instantOut,
          answeredAt: instantOut.nullable(),
          refunded: z.string(),
        }),
      ),
      holds: z.array(
        z.object({
          authority: z.string(),
          kind: z.string(),
          number: z.string(),
          reason: z.string(),
          until: instantOut,
          at: instantOut.nullable(),
        }),
      ),
      now: instantOut,
    }),
    refusals: outsideRefusals,
  }),
  record: endpoint({
    at: 'POST /orders/{orderId}/external-records',
    who: 'user',
    keyed: true,
    summary:
      'Note that this was taken to 12315, an association, a court or the police; nothing of ours pauses (F127)',
    input: z.object({
      orderId,
      kind: z.enum(externalKinds),
      number: z.string().trim().max(60).default(''),
      authority: text(100),
      filedAt: instantIn,
    }),
    output: z.object({ recordId: idOut('externalRecord') }),
    refusals: outsideRefusals,
  }),
  progress: endpoint({
    at: 'POST /orders/{orderId}/external-records/{recordId}/progress',
    who: 'user',
    summary: 'Note that the authority took it up, or how it ended',
    input: z.object({
      orderId,
      recordId: idIn('externalRecord'),
      acceptedAt: instantIn.optional(),
      outcome: z.string().trim().max(500).optional(),
    }),
    output: z.object({ recordId: idOut('externalRecord') }),
    refusals: outsideRefusals,
  }),
};
