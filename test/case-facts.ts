import { fen } from '../src/kit/money.ts';
import { instant, plus } from '../src/kit/time.ts';
import type { Case } from '../src/aftersales/rules.ts';

// One case as pure rules see it, for the tables of their tests.

export const currentVersion = '1.0.0';
export const noon = instant('2026-11-20T04:00:00.000Z');
export const price = fen(9750n);
export const aCase = (parts: Partial<Case> = {}): Case => ({
  shopId: 's',
  id: 'c',
  orderId: 'o',
  buyerId: 'b',
  line: 1,
  places: [1],
  goods: 'card',
  reason: 'CARD_INVALID',
  filedReason: 'CARD_INVALID',
  state: 'negotiation',
  steps: 1,
  rulebook: currentVersion,
  remedy: 'refund',
  asked: price,
  awardRemedy: null,
  awardFen: null,
  liability: null,
  presumed: true,
  answerHours: null,
  offers: 0,
  rounds: 0,
  reopened: false,
  handlerId: null,
  seniorId: null,
  turn: 'merchant',
  dueAt: plus(noon, { hours: 24 }),
  sinceAt: noon,
  decideBy: null,
  filedAt: noon,
  endedAt: null,
  ...parts,
});
export const refusalOf = (result: { ok: boolean; refusal?: string }): string =>
  result.ok ? 'done' : (result.refusal ?? '');
