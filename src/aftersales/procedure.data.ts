/**
 * How the platform handles cases inside the limits of the rulebook: numbers that no article names yet. Each says which article it carries
 * out; a rulebook that states one of them takes precedence by name (procedure.rules.ts).
 */
export const procedure = {
  /** How long a party has to produce what it was asked for. */
  EVIDENCE_WITHIN: { v: 24, unit: 'h', article: '22' },
  /** How often evidence may be asked for. */
  EVIDENCE_ROUNDS: { v: 2, unit: 'count', article: '22' },
  /** Awards above this need a second pair of eyes. */
  FOUR_EYES: { v: 200_000, unit: 'fen', article: '28' },
  /** After a case lapsed its money still waits this long, so that a reopening finds it. */
  LAPSE_GRACE: { v: 24, unit: 'h', article: '26' },
  /** Paid first without a person: at most so much at once, and so often and so much for one buyer in a day. */
  FIRST_PAY_ONCE: { v: 50_000, unit: 'fen', article: '30' },
  FIRST_PAY_DAY: { v: 100_000, unit: 'fen', article: '30' },
  FIRST_PAY_DAY_COUNT: { v: 3, unit: 'count', article: '30' },
  /** After so many offers without agreement the buyer need not wait (F116). */
  OFFER_ROUNDS: { v: 2, unit: 'count', article: '26' },
} as const;
export type ProcedureName = keyof typeof procedure;
