import { z } from 'zod';
import { endpoint } from '../../kit/endpoint.ts';
import { fenOut, idIn, idOut, instantOut } from '../../kit/public-id.ts';
import { ableOut, caseStates } from '../contract.ts';
import { judged } from '../desk.contract.ts';
import { caseRefusals } from '../refusals.contract.ts';

const caseId = idIn('case');
const prose = (max: number, min = 2) => z.string().trim().min(min).max(max);
const seat = z
  .string()
  .regex(/^[0-9a-f]{16}$/)
  .describe('the name of a seat in the list of this case');
const stateOut = z.object({ caseId: idOut('case'), state: z.enum(caseStates) });
export const grounds = ['new_evidence', 'procedure', 'wrong_article', 'conflict'] as const;
const wish = { caseId, ground: z.enum(grounds), text: prose(2000) };
const desk = { staff: ['support' as const, 'arbitrator' as const] };
export const tribunalKinds = ['panel', 'jury'] as const;

const seatOut = z.object({
  seat: z.string(),
  rank: z.int(),
  name: z.string().nullable().describe('of an arbitrator; jurors stay unnamed'),
  mine: z.boolean(),
  state: z.enum(['seated', 'recused', 'late']),
  reason: z.string(),
  voted: z.boolean(),
  vote: z
    .object({ choice: z.string(), amount: fenOut.nullable(), reasons: z.string() })
    .nullable()
    .describe('shown when the tribunal has ended'),
  doubt: z
    .object({ by: z.string(), text: z.string(), state: z.string(), reasons: z.string().nullable() })
    .nullable(),
});

/** Everything that anybody needs to draw the same lot again (docs/decisions/0015). */
const drawOut = z.object({
  size: z.int().describe('leaves of the log under the signed checkpoint'),
  root: z.string().describe('its root, base64'),
  text: z.string().describe('the text whose SHA-256 is the lot'),
  order: z.array(z.string()),
});

export const panelContract = {
  tribunals: endpoint({
    at: 'GET /cases/{caseId}/tribunals',
    who: 'user',
    summary: 'The panel and the jury of a case: the list, the lot, the seats, the votes',
    input: z.object({ caseId }),
    output: z.object({
      tribunals: z.array(
        z.object({
          kind: z.enum(tribunalKinds),
          state: z.string(),
          seats: z.int(),
          round: z.int(),
          askedAt: instantOut,
          drawnAt: instantOut.nullable(),
          endedAt: instantOut.nullable(),
          list: z.array(z.string()),
          listSha256: z.string(),
          draw: drawOut.nullable(),
          members: z.array(seatOut),
        }),
      ),
      able: z.record(z.string(), ableOut),
    }),
    refusals: caseRefusals,
  }),
  arbitrate: endpoint({
    at: 'POST /cases/{caseId}/arbitration',
    who: 'user',
    summary: 'A party brings the case before a panel of three (article 29)',
    input: z.object(wish),
    output: stateOut,
    refusals: caseRefusals,
  }),
  askJury: endpoint({
    at: 'POST /cases/{caseId}/jury',
    who: 'user',
    summary: 'A party proposes a jury; the other side agrees, or it goes to a panel',
    input: z.object(wish),
    output: stateOut,
    refusals: caseRefusals,
  }),
  consent: endpoint({
    at: 'POST /cases/{caseId}/jury-consent',
    who: 'user',
    summary: 'The other side agrees to the jury, or prefers a panel',
    input: z.object({ caseId, agrees: z.boolean() }),
    output: stateOut,
    refusals: caseRefusals,
  }),
  doubt: endpoint({
    at: 'POST /cases/{caseId}/recusals',
    who: 'user',
    summary: 'A party asks that somebody does not sit, with a reason; once for each seat',
    input: z.object({ caseId, seat, text: prose(1000, 5) }),
    output: stateOut,
    refusals: caseRefusals,
  }),
  vote: endpoint({
    at: 'POST /case-desk/{caseId}/vote',
    who: { staff: ['arbitrator'] },
    summary: 'A seat of the panel votes, with reasons; once',
    input: z.object({ caseId, ...judged }),
    output: stateOut,
    refusals: caseRefusals,
  }),
  recuse: endpoint({
    at: 'POST /case-desk/{caseId}/recusal',
    who: { staff: ['arbitrator'] },
    summary: 'A seat withdraws before it has voted; the next of the order is called',
    input: z.object({ caseId, text: prose(1000) }),
    output: stateOut,
    refusals: caseRefusals,
  }),
  decideDoubt: endpoint({
    at: 'POST /case-desk/{caseId}/recusal-decision',
    who: desk,
    summary: 'Decide whether a seat is given to another; somebody who does not sit',
    input: z.object({ caseId, seat, grants: z.boolean(), reasons: prose(1000, 10) }),
    output: stateOut,
    refusals: caseRefusals,
  }),
  seats: endpoint({
    at: 'GET /case-desk-seats',
    who: desk,
    summary: 'The panels in which I sit, and the seats that a party questions',
    input: z.object({}),
    output: z.object({
      mine: z.array(
        z.object({
          caseId: idOut('case'),
          state: z.string(),
          voted: z.boolean(),
          live: z.boolean(),
          dueAt: instantOut.nullable(),
          seatedAt: instantOut,
        }),
      ),
      doubts: z.array(
        z.object({
          caseId: idOut('case'),
          by: z.string(),
          name: z.string(),
          text: z.string(),
          at: instantOut,
        }),
      ),
    }),
    refusals: caseRefusals,
  }),
};
