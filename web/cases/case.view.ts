import { remedyWords } from '../../src/aftersales/words.contract.ts';
import type { Answers } from '../api.ts';
import type { cases as words } from '../text/cases.ts';
import { deadline, money } from '../text/format.ts';
import type { Language } from '../text/use.ts';

export type CasePage = Answers['cases']['one'];
export type Statement = CasePage['statements'][number];
type Key = keyof typeof words;

const isOver = (one: CasePage): boolean => ['executed', 'closed'].includes(one.state);

/** The sentence that answers a worried buyer first: where the money is and whose turn it is. Its key with `_x` says what follows. */
export function headOf(one: CasePage): Key {
  if (isOver(one)) return endOf(one);
  if (one.state === 'negotiation') {
    if (one.offer) return 'b_offer';
    return BigInt(one.held) === 0n ? 'b_settled' : 'b_negotiation';
  }
  if (one.state === 'evidence') return one.turn === 'buyer' ? 'b_evidence_me' : 'b_evidence';
  if (one.state === 'decided' || one.state === 'awarded')
    return `b_${one.state}_${one.award?.remedy === 'none' ? 'lost' : 'won'}`;
  if (one.state === 'signing') return 'b_review';
  return `b_${one.state}` as Key;
}

function endOf(one: CasePage): Key {
  const kind = one.execution?.kind;
  if (kind === 'refund' || kind === 'channel') return 'b_refunded';
  if (kind === 'reissue') return 'b_reissued';
  return kind === 'perform' ? 'b_performed' : 'b_nothing';
}

/** The sum that a page speaks of: what was paid, else what was awarded, else what is asked. */
export const sumOf = (one: CasePage): string =>
  one.execution?.amount ?? (one.award && one.award.remedy === 'refund' ? one.award.amount : one.asked.amount);

export type If = { readonly title: Key; readonly text: Key };
const pair = (title: Key): If => ({ title, text: `${title}_x` as Key });

/** The only things that can happen next, in the order of how likely they are. */
export function ifsOf(one: CasePage): readonly If[] {
  const late = pair('if_late');
  if (one.state === 'negotiation')
    return [
      pair('if_settle'),
      {
        title: 'if_silent',
        text: one.silence === 'refund' ? 'if_silent_refund' : 'if_silent_intervene',
      },
      pair('if_refuse'),
    ];
  if (one.state === 'refused') return [pair('if_escalate'), pair('if_change'), pair('if_nothing')];
  if (one.state === 'decided' || one.state === 'awarded') return [pair('if_final'), pair('if_appeal')];
  if (['arbitration', 'jury', 'chaired'].includes(one.state)) return [pair('if_won'), pair('if_lost')];
  if (one.state === 'appealed') return [pair('if_won'), pair('if_lost')];
  if (['intervention', 'review', 'evidence', 'signing'].includes(one.state))
    return [pair('if_won'), pair('if_lost'), late];
  return [];
}

/** What stands below the clock: what happens if it runs out. */
export function otherwiseOf(one: CasePage, whose: 'buyer' | 'merchant' | 'staff'): Key | undefined {
  if (one.clock?.what === 'jury.close') return 'else_close_jury';
  const what = one.clock?.what.slice('case.'.length);
  if (what === undefined) return undefined;
  if (what === 'remedy') return `${whose === 'merchant' ? 'm_' : ''}else_remedy_${one.silence}` as Key;
  if (what === 'decide' && whose !== 'buyer') return 'm_else_decide';
  return `else_${what}` as Key;
}

/** A demand, offer or award in words: 退款 ¥268.00. */
export function demandText(what: { remedy: string; amount: string | bigint }, language: Language): string {
  const word = remedyWords[what.remedy as keyof typeof remedyWords]?.[language] ?? what.remedy;
  return what.remedy === 'refund' ? `${word} ${money(what.amount)}` : word;
}

/** What was decided so far; a draft only once a second person has signed it. */
export const decisionsOf = (one: CasePage): Statement[] =>
  one.statements.filter(
    (each) =>
      ['decision', 'award', 'ruling'].includes(each.kind) ||
      (each.kind === 'draft' && one.steps.some((step) => step.event === 'countersign')),
  );

/** The newest statement of one kind. */
export const newest = (one: CasePage, ...kinds: readonly string[]): Statement | undefined =>
  one.statements.findLast((each) => kinds.includes(each.kind));

export const text = (body: Readonly<Record<string, unknown>>, name: string): string => {
  const value = body[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

type Answered = { readonly refusal: { readonly message: string }; readonly typed: Record<string, string> };
/** What came of a form of the page: of the conversation in it, or of the case itself. */
export const answersOf = (answer: Answered | null | undefined) => {
  const isTalk = ['say', 'hide', 'call', 'read'].includes(answer?.typed['intent'] ?? '');
  return {
    ofTalk: isTalk ? (answer ?? undefined) : undefined,
    ofCase: isTalk ? undefined : (answer ?? undefined),
  };
};

export const timeOf = (one: CasePage, now: number, language: Language): string =>
  one.dueAt ? deadline(one.dueAt, now, language) : '';
