import { nextState } from '../../kit/machine.ts';
import { append, emptyRange, leafHash, rootOf } from '../../evidence/merkle.rules.ts';
import { assert } from '../../kit/assert.ts';
import type { Instant } from '../../kit/time.ts';
import { archiveTable } from './machine.ts';
import { param } from '../../rules/rules.ts';

/** The newest seal of an order; null: it has none yet. */
export type LastSeal = { readonly number: number; readonly sealSeq: number } | null;
export type Sealing = {
  readonly number: number;
  readonly from: number;
  readonly to: number;
  readonly root: Buffer;
};

/** Orders whose trade is over: nothing of them is still to come. */
export const isComplete = (state: string): boolean =>
  state === 'completed' || state === 'refunded' || state === 'cancelled';

/** RFC 6962 over the commitments of records. */
export function rootOver(commitments: readonly Uint8Array[]): Buffer {
  const range = emptyRange();
  for (const one of commitments) append(range, leafHash(one));
  return Buffer.from(rootOf(range));
}

/**
 * What there is to seal of an order: the records since the last seal, without its own. Undefined: nothing new, or a first seal of an order
 * that is not complete.
 */
export function decideSeal(p: {
  readonly state: string;
  readonly last: LastSeal;
  /** The records after the last seal, in their order. */
  readonly records: readonly { seq: number; commitment: Uint8Array }[];
}): Sealing | undefined {
  const [first, newest] = [p.records[0], p.records.at(-1)];
  if (!first || !newest || (p.last === null && !isComplete(p.state))) return undefined;
  const step =
    p.last === null
      ? nextState(archiveTable, 'none', 'seal', 'system')
      : nextState(archiveTable, 'sealed', 'supplement', 'clock');
  assert(step === 'sealed', 'a binder is sealed, and stays so');
  return {
    number: (p.last?.number ?? 0) + 1,
    from: first.seq,
    to: newest.seq,
    root: rootOver(p.records.map((one) => one.commitment)),
  };
}

/** Why the evidence of an order may not go: the years of the rulebook run, a case is open, an authority holds it (F073). */
export type Kept = 'retention' | 'case' | 'hold';
export const keptWords = {
  retention: { zh: '保存期内', en: 'within the time of keeping' },
  case: { zh: '有售后没结束', en: 'a case is open' },
  hold: { zh: '依法保全', en: 'kept by order of an authority' },
} as const;

/** Until when the records of an order are kept at least; null while it is not over, which keeps them too. */
export const retainedUntil = (completedAt: Instant | null, rulebook: string): Instant | null =>
  completedAt === null ? null : yearsAfter(completedAt, param(rulebook, 'RETAIN'));

/** The same day and time, years later; 29 February becomes 1 March. */
function yearsAfter(at: Instant, years: number): Instant {
  const day = new Date(at);
  return day.setUTCFullYear(day.getUTCFullYear() + years) as Instant;
}

export function keptBecause(p: {
  readonly completedAt: Instant | null;
  readonly rulebook: string;
  readonly openCases: number;
  readonly held: boolean;
  readonly now: Instant;
}): Kept[] {
  const until = retainedUntil(p.completedAt, p.rulebook);
  const all: Kept[] = [];
  if (until === null || p.now < until) all.push('retention');
  if (p.openCases > 0) all.push('case');
  if (p.held) all.push('hold');
  return all;
}
