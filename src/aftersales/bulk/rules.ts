import { fen, noFen, type Fen } from '../../kit/money.ts';
import type { Result } from '../../kit/result.ts';
import { decideAgree, type MoveFacts } from '../answers.rules.ts';
import type { CaseRefusal } from '../refusals.contract.ts';
import type { Move, Offer } from '../rules.ts';

/** What agreeing to one case does with money at once: what of it escrow holds, and what the shop pays out of its own. */
export type Outlook = {
  readonly decided: Result<Move, CaseRefusal>;
  readonly amount: Fen;
  readonly escrow: Fen;
  readonly own: Fen;
};

/** Asked of the same decision that the agreement itself makes; an award of anything but money moves none now. */
export function outlookOf(facts: MoveFacts & { readonly offer: Offer | null }, held: Fen): Outlook {
  const decided = decideAgree(facts);
  const award = decided.ok ? decided.value.award : undefined;
  const amount = award?.remedy === 'refund' ? award.amount : noFen;
  const escrow = held < amount ? held : amount;
  return { decided, amount, escrow, own: fen(amount - escrow) };
}
