import { noFen } from '../kit/money.ts';
import type { Result } from '../kit/result.ts';
import {
  decideAccept,
  decideAgree,
  decideAppeal,
  decideCounter,
  decideEscalate,
  decideExhibit,
  decideOffer,
  decidePerform,
  decideRefuse,
  decideWithdraw,
  type MoveFacts,
} from './answers.rules.ts';
import { decideObject } from './desk.rules.ts';
import { caseRefusals, type CaseRefusal } from './refusals.contract.ts';
import { reasonOf, type Exhibit } from './rules.ts';
import type { Side } from './actions.ts';

export type Able = {
  readonly ok: boolean;
  readonly code: string | null;
  readonly why: { readonly zh: string; readonly en: string } | null;
};
export const ableOf = (result: Result<unknown, CaseRefusal>): Able => {
  if (result.ok) return { ok: true, code: null, why: null };
  const { zh, en } = caseRefusals[result.refusal];
  return { ok: false, code: result.refusal, why: { zh, en } };
};

const anExhibit: Exhibit = { kind: 'other', caption: '', text: '…', formedAt: null };
export type PageFacts = MoveFacts & {
  readonly side: Side;
  readonly exhibits: number;
  readonly paidFirst: boolean;
  readonly paidAt: MoveFacts['now'] | null;
  readonly objected: boolean;
};

/** What each party can do now, asked of the same decisions that its action will make. */
export function ablesOf(facts: PageFacts): Record<string, Able> {
  const { side } = facts;
  if (side === 'staff') return {};
  const party = side;
  const [first] = reasonOf(facts.case.reason).remedies;
  const demand = { remedy: first ?? ('refund' as const), amount: null, text: '…' };
  const both = {
    exhibit: ableOf(decideExhibit(facts, { side: party, exhibit: anExhibit, count: facts.exhibits })),
    appeal: ableOf(decideAppeal(facts, { side: party, ground: '', text: '…' })),
  };
  if (party === 'buyer')
    return {
      ...both,
      accept: ableOf(decideAccept(facts)),
      counter: ableOf(decideCounter(facts, demand)),
      withdraw: ableOf(decideWithdraw(facts, '')),
      escalate: ableOf(decideEscalate(facts, '…………')),
    };
  return {
    ...both,
    agree: ableOf(decideAgree(facts)),
    offer: ableOf(
      decideOffer(facts, { ...demand, amount: facts.refundable > 0n ? facts.refundable : noFen }),
    ),
    refuse: ableOf(decideRefuse(facts, { defence: 'NOT_AS_CLAIMED', text: '…', exhibit: anExhibit })),
    perform: ableOf(decidePerform(facts, '…')),
    object: ableOf(decideObject({ ...facts, rulebook: facts.case.rulebook })),
  };
}
