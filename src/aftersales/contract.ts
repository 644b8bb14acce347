import { z } from 'zod';
import { endpoint } from '../kit/endpoint.ts';
import { fenIn, fenOut, idIn, idOut, instantIn, instantOut } from '../kit/public-id.ts';
import { exhibitIn, exhibitKinds, exhibitOut } from './exhibits/contract.ts';
import { defenceWords, type DefenceCode } from './exhibits.data.ts';
import type { CaseState } from './machine.ts';
import { reasons, remedies, type ReasonCode } from './reasons.data.ts';
import { caseRefusals } from './refusals.contract.ts';
import { caseStateWords, liable, sources } from './words.contract.ts';

const names = <T extends string>(of: Readonly<Record<T, unknown>>): [T, ...T[]] =>
  Object.keys(of) as [T, ...T[]];
export const reasonCodes = names<ReasonCode>(reasons);
export { exhibitKinds };
export const defenceCodes = names<DefenceCode>(defenceWords);
export const caseStates = names<CaseState>(caseStateWords);

const wordsOut = z.object({ zh: z.string(), en: z.string() });
const prose = (max: number) => z.string().trim().min(2).max(max);
const places = z.array(z.int().min(1).max(100_000)).min(1).max(1000);
const remedy = z.enum(remedies);
const demandIn = {
  remedy,
  amount: fenIn.optional().describe('of a refund, in fen; without it, all that is left'),
};

export const ableOut = z
  .object({ ok: z.boolean(), code: z.string().nullable(), why: wordsOut.nullable() })
  .describe('a button that cannot be pressed says why');

const reasonOut = z.object({
  code: z.enum(reasonCodes),
  category: z.string(),
  words: wordsOut,
  article: z.string(),
  burden: z.string(),
  remedies: z.array(remedy),
  silence: z.enum(['refund', 'intervene']),
  until: instantOut.nullable(),
  open: z.boolean(),
  system: z.array(z.enum(exhibitKinds)),
  buyer: z.array(z.enum(exhibitKinds)),
});

/** What the form of an order offers, line by line and unit by unit, with what each scene means (F083, F084, F086). */
export const caseForm = endpoint({
  at: 'GET /orders/{orderId}/case-form',
  who: 'user',
  summary: 'What can be claimed about an order, until when, and what is left to refund',
  input: z.object({ orderId: idIn('order') }),
  output: z.object({
    orderId: idOut('order'),
    shopName: z.string(),
    rulebook: z.string(),
    able: ableOut,
    answer_hours: z.int(),
    lines: z.array(
      z.object({
        line: z.int(),
        title: z.string(),
        variantName: z.string(),
        goods: z.string(),
        version: z.int(),
        units: z.array(
          z.object({
            place: z.int(),
            state: z.string(),
            left: fenOut,
            revealedAt: instantOut.nullable(),
            presumedUntil: instantOut.nullable(),
            caseId: idOut('case').nullable(),
          }),
        ),
        reasons: z.array(reasonOut),
      }),
    ),
    cases: z.array(
      z.object({
        caseId: idOut('case'),
        state: z.enum(caseStates),
        reason: z.enum(reasonCodes),
        amount: fenOut,
        turn: z.string().nullable(),
        dueAt: instantOut.nullable(),
        filedAt: instantOut,
        endedAt: instantOut.nullable(),
      }),
    ),
    now: instantOut,
  }),
  refusals: caseRefusals,
});

export const fileCase = endpoint({
  at: 'POST /orders/{orderId}/cases',
  who: 'user',
  keyed: true,
  summary: 'File a case: 事实, 依据, 诉求 (F087)',
  input: z.object({
    orderId: idIn('order'),
    line: z.int().min(1).max(1000),
    places,
    reason: z.enum(reasonCodes),
    occurredAt: instantIn,
    symptom: prose(2000),
    triedSteps: prose(1000),
    errorCode: z.string().trim().max(80).default(''),
    articles: z.array(z.string().max(10)).max(10).default([]).describe('empty: none is cited'),
    ...demandIn,
    exhibits: z.array(exhibitIn).max(10).default([]),
  }),
  output: z.object({ caseId: idOut('case'), state: z.enum(caseStates) }),
  refusals: caseRefusals,
});

const summaryOut = z.object({
  caseId: idOut('case'),
  orderId: idOut('order'),
  shopId: idOut('shop'),
  shopName: z.string(),
  title: z.string(),
  variantName: z.string(),
  units: z.int(),
  state: z.enum(caseStates),
  reason: z.enum(reasonCodes),
  remedy,
  asked: fenOut,
  offered: z.boolean(),
  silence: z.enum(['refund', 'intervene']),
  turn: z.string().nullable(),
  sinceAt: instantOut.nullable(),
  dueAt: instantOut.nullable(),
  decideBy: instantOut.nullable(),
  rulebook: z.string(),
  filedAt: instantOut,
});
export const listOut = z.object({ cases: z.array(summaryOut), next: idOut('case').nullable() });
const page = { before: idIn('case').optional(), limit: z.coerce.number().int().min(1).max(100).default(20) };

const statementOut = z.object({
  number: z.int(),
  kind: z.string(),
  by: z.string(),
  at: instantOut,
  text: z.string(),
  body: z.record(z.string(), z.unknown()),
});
const demandOut = z.object({ remedy: z.string(), amount: fenOut });

/** Everything the page of a case shows, for the buyer, the shop and whoever decides. */
export const readCase = endpoint({
  at: 'GET /cases/{caseId}',
  who: 'user',
  summary:
    'One case: whose turn it is, until when, what follows, what was said and shown, and where the money is',
  input: z.object({ caseId: idIn('case') }),
  output: z.object({
    caseId: idOut('case'),
    orderId: idOut('order'),
    shop: z.object({ shopId: idOut('shop'), name: z.string(), slug: z.string() }),
    role: z.enum(['buyer', 'merchant', 'staff']),
    state: z.enum(caseStates),
    reason: z.enum(reasonCodes),
    filedReason: z.enum(reasonCodes),
    category: z.string(),
    burden: z.string(),
    silence: z.enum(['refund', 'intervene']),
    goods: z.string(),
    title: z.string(),
    variantName: z.string(),
    version: z.int(),
    newest: z.int(),
    line: z.int(),
    places: z.array(z.int()),
    price: fenOut,
    rulebook: z.string(),
    presumed: z.boolean(),
    legal: z
      .object({ price: fenOut, triple: fenOut, least: fenOut, amount: fenOut })
      .nullable()
      .describe('for fraud the law gives this much on top of the price (article 33)'),
    asked: demandOut,
    offer: z.object({ remedy: z.string(), amount: fenOut, text: z.string(), at: instantOut }).nullable(),
    award: demandOut.nullable(),
    liability: z.record(z.enum(liable), z.int()).nullable(),
    refundable: fenOut,
    held: fenOut.describe('what escrow holds of this line'),
    paidBy: z.enum(['wallet', 'channel']),
    turn: z.string().nullable(),
    sinceAt: instantOut.nullable(),
    dueAt: instantOut.nullable(),
    decideBy: instantOut.nullable(),
    provisional: z.boolean(),
    clock: z.object({ what: z.string(), article: z.string() }).nullable(),
    appealUntil: instantOut.nullable(),
    filedAt: instantOut,
    endedAt: instantOut.nullable(),
    statements: z.array(statementOut),
    exhibits: z.array(exhibitOut),
    steps: z.array(
      z.object({
        step: z.int(),
        event: z.string(),
        words: wordsOut,
        state: z.enum(caseStates),
        by: z.string(),
        article: z.string(),
        at: instantOut,
      }),
    ),
    execution: z
      .object({
        kind: z.string(),
        amount: fenOut,
        shares: z.array(z.object({ source: z.enum(sources), amount: fenOut })),
        paidFirst: z.boolean(),
        article: z.string(),
        at: instantOut,
      })
      .nullable(),
    objection: z
      .object({ state: z.string(), text: z.string(), reasons: z.string().nullable(), at: instantOut })
      .nullable(),
    system: z.array(
      z.object({
        kind: z.enum(exhibitKinds),
        state: z.enum(['fixed', 'pending']),
        words: wordsOut,
        at: instantOut.nullable().describe('when it happened, and in the same moment was fixed here'),
      }),
    ),
    needs: z.object({ buyer: z.array(z.enum(exhibitKinds)), merchant: z.array(z.enum(exhibitKinds)) }),
    able: z.record(z.string(), ableOut),
    now: instantOut,
  }),
  refusals: caseRefusals,
});

const stateOut = z.object({ caseId: idOut('case'), state: z.enum(caseStates) });
const caseId = idIn('case');

export const caseContract = {
  form: caseForm,
  file: fileCase,
  one: readCase,
  mine: endpoint({
    at: 'GET /cases',
    who: 'user',
    summary: 'My cases, newest first',
    input: z.object(page),
    output: listOut,
    refusals: caseRefusals,
  }),
  accept: endpoint({
    at: 'POST /cases/{caseId}/acceptance',
    who: 'user',
    summary: "The buyer accepts the shop's offer",
    input: z.object({ caseId }),
    output: stateOut,
    refusals: caseRefusals,
  }),
  counter: endpoint({
    at: 'POST /cases/{caseId}/demands',
    who: 'user',
    summary: 'The buyer changes the demand; no clock stops',
    input: z.object({ caseId, ...demandIn, text: prose(1000) }),
    output: stateOut,
    refusals: caseRefusals,
  }),
  withdraw: endpoint({
    at: 'POST /cases/{caseId}/withdrawal',
    who: 'user',
    summary: 'The buyer withdraws; it can be filed once more',
    input: z.object({ caseId, text: z.string().trim().max(1000).default('') }),
    output: stateOut,
    refusals: caseRefusals,
  }),
  escalate: endpoint({
    at: 'POST /cases/{caseId}/intervention',
    who: 'user',
    summary:
      'The buyer asks the platform to decide, a separate act (F125); a lapsed case reopens with its cause',
    input: z.object({ caseId, text: z.string().trim().max(2000).default('') }),
    output: stateOut,
    refusals: caseRefusals,
  }),
  exhibit: endpoint({
    at: 'POST /cases/{caseId}/exhibits',
    who: 'user',
    summary: 'A party adds evidence; nobody can take it back',
    input: z.object({ caseId, exhibit: exhibitIn }),
    output: stateOut,
    refusals: caseRefusals,
  }),
  appeal: endpoint({
    at: 'POST /cases/{caseId}/appeal',
    who: 'user',
    summary: 'A party asks that somebody else looks again; once',
    input: z.object({
      caseId,
      ground: z.enum(['new_evidence', 'procedure', 'wrong_article', 'conflict']),
      text: prose(2000),
    }),
    output: stateOut,
    refusals: caseRefusals,
  }),
  agree: endpoint({
    at: 'POST /cases/{caseId}/agreement',
    who: 'user',
    summary: 'The shop does what was asked; money moves at once',
    input: z.object({ caseId }),
    output: stateOut,
    refusals: caseRefusals,
  }),
  offer: endpoint({
    at: 'POST /cases/{caseId}/offers',
    who: 'user',
    summary: 'The shop offers another way; one that gives all that was asked is an agreement',
    input: z.object({ caseId, ...demandIn, text: prose(1000) }),
    output: stateOut,
    refusals: caseRefusals,
  }),
  refuse: endpoint({
    at: 'POST /cases/{caseId}/refusal',
    who: 'user',
    summary: 'The shop refuses, with a reason and evidence (F103)',
    input: z.object({
      caseId,
      defence: z.enum(defenceCodes),
      text: prose(2000),
      exhibit: exhibitIn.optional(),
    }),
    output: stateOut,
    refusals: caseRefusals,
  }),
  perform: endpoint({
    at: 'POST /cases/{caseId}/performance',
    who: 'user',
    summary: 'The shop has done what was agreed',
    input: z.object({ caseId, text: prose(1000) }),
    output: stateOut,
    refusals: caseRefusals,
  }),
  object: endpoint({
    at: 'POST /cases/{caseId}/objection',
    who: 'user',
    summary: 'The shop objects to what was paid before it had answered (article 30)',
    input: z.object({ caseId, text: prose(2000) }),
    output: stateOut,
    refusals: caseRefusals,
  }),
};
