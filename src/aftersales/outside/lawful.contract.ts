import { z } from 'zod';
import { endpoint } from '../../kit/endpoint.ts';
import { idIn, idOut, instantIn, instantOut } from '../../kit/public-id.ts';
import { outsideRefusals } from './refusals.contract.ts';

export const authorityKinds = ['court', 'police', 'regulator'] as const;
export const authorityWords = {
  court: { zh: '法院', en: 'Court' },
  police: { zh: '公安机关', en: 'Police' },
  regulator: { zh: '监管部门', en: 'Regulator' },
} as const;
export const holdScopes = ['order', 'shop', 'user', 'evidence'] as const;
export const requestScopes = ['order', 'shop', 'period'] as const;
export const holdEvents = ['place', 'drop', 'ask_lift', 'lift', 'keep'] as const;

const text = (max: number) => z.string().trim().min(1).max(max);
const hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe('SHA-256 of the document that was received');
const who = { staff: ['risk'] } as const;
const named = {
  authority: text(100),
  kind: z.enum(authorityKinds),
  number: text(80).describe('of the document'),
  documentHash: hash,
};
const holdOut = z.object({
  holdId: idOut('legalHold'),
  scope: z.enum(holdScopes),
  subject: z.string(),
  authority: z.string(),
  kind: z.enum(authorityKinds),
  number: z.string(),
  documentHash: z.string(),
  reason: z.string(),
  until: instantOut,
  overdue: z.boolean().describe('its last day is over; it stands until two people lift it'),
  secret: z.boolean(),
  state: z.enum(['none', 'asked', 'standing', 'lift_asked', 'lifted', 'dropped']),
  askedAt: instantOut,
  placedAt: instantOut.nullable(),
  liftReason: z.string().nullable(),
  endedAt: instantOut.nullable(),
  mine: z.boolean().describe('you asked for the step that waits now, so another person has to make the next'),
});
const requestOut = z.object({
  requestId: idOut('lawfulRequest'),
  authority: z.string(),
  kind: z.enum(authorityKinds),
  number: z.string(),
  basis: z.string(),
  asked: z.string(),
  documentHash: z.string(),
  scope: z.enum(requestScopes),
  subject: z.string(),
  dueAt: instantOut,
  state: z.enum(['received', 'granted', 'answered', 'declined']),
  receivedAt: instantOut,
  openUntil: instantOut.nullable(),
  answer: z.string().nullable(),
  answeredAt: instantOut.nullable(),
  looks: z.int(),
  mine: z.boolean(),
});

const code = z
  .string()
  .max(100)
  .describe('the access code that the platform handed over; never in an address');

export const lawfulContract = {
  holds: endpoint({
    at: 'GET /legal-holds',
    who,
    summary: 'The register of holds by courts, police and regulators',
    input: z.object({}),
    output: z.object({ holds: z.array(holdOut), now: instantOut }),
    refusals: {},
  }),
  enterHold: endpoint({
    at: 'POST /legal-holds',
    who,
    summary: 'Enter a hold that an authority ordered; another person places it (F189)',
    input: z.object({
      ...named,
      scope: z.enum(holdScopes),
      subject: text(64).describe('the public id of the order, shop or user; of events the id of their order'),
      reason: text(500),
      until: instantIn,
      secret: z.boolean().default(false),
    }),
    output: z.object({ holdId: idOut('legalHold') }),
    refusals: outsideRefusals,
  }),
  stepHold: endpoint({
    at: 'POST /legal-holds/{holdId}/steps',
    who,
    summary: 'Place, drop, ask to lift, lift, or keep a hold',
    input: z.object({
      holdId: idIn('legalHold'),
      act: z.enum(holdEvents),
      reason: z.string().trim().max(500).default(''),
    }),
    output: z.object({ state: z.string() }),
    refusals: outsideRefusals,
  }),
  requests: endpoint({
    at: 'GET /lawful-requests',
    who,
    summary: 'The register of what authorities asked for (F189)',
    input: z.object({}),
    output: z.object({ requests: z.array(requestOut), now: instantOut }),
    refusals: {},
  }),
  enterRequest: endpoint({
    at: 'POST /lawful-requests',
    who,
    summary: 'Enter what an authority asks for by law; another person grants it',
    input: z.object({
      ...named,
      basis: text(200).describe('the law it rests on'),
      asked: text(1000),
      scope: z.enum(requestScopes),
      subject: z.string().trim().max(64).default(''),
      from: instantIn.optional(),
      to: instantIn.optional(),
      dueAt: instantIn,
    }),
    output: z.object({ requestId: idOut('lawfulRequest') }),
    refusals: outsideRefusals,
  }),
  grant: endpoint({
    at: 'POST /lawful-requests/{requestId}/grant',
    who,
    summary: 'Grant a request as the second person; the access code is shown this once',
    input: z.object({ requestId: idIn('lawfulRequest'), days: z.int().min(1).max(90).default(30) }),
    output: z.object({ code: z.string(), openUntil: instantOut }),
    refusals: outsideRefusals,
  }),
  close: endpoint({
    at: 'POST /lawful-requests/{requestId}/answer',
    who,
    summary: 'Say how a request was answered, or why it is declined; its code ends',
    input: z.object({
      requestId: idIn('lawfulRequest'),
      declines: z.boolean().default(false),
      answer: text(1000),
    }),
    output: z.object({ state: z.string() }),
    refusals: outsideRefusals,
  }),
  identityReport: endpoint({
    at: 'GET /merchant-identity-reports/{half}',
    who,
    scope: 'shops:read',
    summary:
      'The half-yearly report of who runs the shops, January and July (网络交易监督管理办法 art. 25), as CSV or JSON',
    input: z.object({
      half: z.string().regex(/^20\d\d-H[12]$/),
      format: z.enum(['csv', 'json']).default('json'),
    }),
    output: z.file(),
    refusals: outsideRefusals,
  }),
  look: endpoint({
    at: 'POST /authority-views',
    who: 'anyone',
    summary: 'What an authority may see with its code: read only, and each look is recorded (F167)',
    input: z.object({ code }),
    output: z.object({
      authority: z.string(),
      number: z.string(),
      scope: z.enum(requestScopes),
      openUntil: instantOut,
      export: z.record(z.string(), z.unknown()),
    }),
    refusals: outsideRefusals,
  }),
  exportFile: endpoint({
    at: 'POST /authority-exports',
    who: 'anyone',
    summary:
      'The same as a file that validates against /schemas/regulator-export-1.json; of an order the court bundle (F163, F167)',
    input: z.object({ code, format: z.enum(['json', 'bundle']).default('json') }),
    output: z.union([z.file(), z.instanceof(ReadableStream)]),
    refusals: outsideRefusals,
  }),
};
