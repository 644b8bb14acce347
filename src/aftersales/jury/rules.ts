import { sha256 } from '../../kit/secret.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import type { CaseRefusal } from '../refusals.contract.ts';
import type { PanelFacts, Seat } from '../panel/rules.ts';

export const choices = ['buyer', 'merchant'] as const;
export type Choice = (typeof choices)[number];

/**
 * The text whose SHA-256 a juror hands in first. It names the case and the juror, so that nobody can copy another's vote, and the nonce keeps
 * two possible choices from being tried out.
 */
export const commitmentText = (p: { caseId: string; token: string; choice: Choice; nonce: string }): string =>
  ['mengyue vote v1', p.caseId, p.token, p.choice, p.nonce, ''].join('\n');
export const commitmentOf = (p: Parameters<typeof commitmentText>[0]): Buffer => sha256(commitmentText(p));

const seated = (facts: PanelFacts): Seat | undefined =>
  facts.seats.find((one) => one.userId === facts.byId && one.state === 'seated');

/** A juror hands in a sealed vote: seated, while votes are sealed, and once. */
export function decideCommit(facts: PanelFacts): Result<Seat, CaseRefusal> {
  const seat = seated(facts);
  if (!seat) return refuse('NOT_SEATED');
  if (facts.case.state !== 'jury' || facts.state !== 'sealing') return refuse('VOTE_OVER');
  if (facts.voted.includes(facts.byId)) return refuse('VOTED_ALREADY');
  return done(seat);
}

/** A juror opens the sealed vote, with reasons; it must be the vote that was sealed. One that is never opened does not count. */
export function decideOpen(
  facts: PanelFacts,
  p: {
    readonly token: string;
    readonly choice: Choice;
    readonly nonce: string;
    readonly sealed: Uint8Array | undefined;
    readonly opened: boolean;
  },
): Result<Seat, CaseRefusal> {
  const seat = seated(facts);
  if (!seat) return refuse('NOT_SEATED');
  if (facts.case.state !== 'jury' || facts.state !== 'opening') return refuse('VOTE_OVER');
  if (!p.sealed) return refuse('NOT_SEALED');
  if (p.opened) return refuse('VOTED_ALREADY');
  const told = commitmentOf({ caseId: facts.case.id, ...p });
  return told.equals(p.sealed) ? done(seat) : refuse('SEAL_DIFFERS');
}

/** What opened votes come to: the side that has enough; hung when neither can get there any more; else it goes on. */
export function countOf(p: {
  readonly need: number;
  readonly opened: readonly Choice[];
  readonly sealed: number;
}): Choice | 'hung' | 'wait' {
  const votes = (side: Choice): number => p.opened.filter((one) => one === side).length;
  for (const side of choices) if (votes(side) >= p.need) return side;
  const best = Math.max(...choices.map(votes));
  return best + (p.sealed - p.opened.length) < p.need ? 'hung' : 'wait';
}
