import { nextState, type Actor } from '../../kit/machine.ts';
import { fen, type Fen } from '../../kit/money.ts';
import { plus, type Instant } from '../../kit/time.ts';
import { dueBy, param, type ParamName } from '../../rules/rules.ts';
import { depositTable, type DepositEvent, type DepositState } from './machine.ts';

/** The tier that each kind of goods asks for; what is handed over or can be taken back later asks for more. */
const tierOf: Readonly<Record<string, ParamName>> = {
  card: 'DEPOSIT_CARD',
  topup: 'DEPOSIT_CARD',
  licence: 'DEPOSIT_LICENCE',
  download: 'DEPOSIT_LICENCE',
  membership: 'DEPOSIT_SERVICE',
  service: 'DEPOSIT_SERVICE',
  game: 'DEPOSIT_ACCOUNT',
  account: 'DEPOSIT_ACCOUNT',
  physical: 'DEPOSIT_PHYSICAL',
};
const amountOf = (version: string, name: ParamName): bigint => BigInt(param(version, name));

/** Every tier with its amount, for the page. */
export const tiersOf = (version: string): { goods: string; amount: Fen }[] =>
  Object.entries(tierOf).map(([goods, name]) => ({ goods, amount: fen(amountOf(version, name)) }));

export type Measure = { readonly required: Fen; readonly tier: Fen; readonly volume: Fen };

/** What a shop must keep (F094): the highest tier of what it sells and a share of what was settled to it, at most a maximum. Nothing to sell asks for nothing. */
export function measure(p: { goods: readonly string[]; settled: Fen; version: string }): Measure {
  const tier = fen(
    p.goods.reduce((most, goods) => {
      const own = amountOf(p.version, tierOf[goods] ?? 'DEPOSIT_SERVICE');
      return own > most ? own : most;
    }, 0n),
  );
  const volume = fen((p.settled * amountOf(p.version, 'DEPOSIT_VOLUME')) / 100n);
  const most = amountOf(p.version, 'DEPOSIT_MAX');
  const sum = tier + volume;
  return { required: fen(sum < most ? sum : most), tier, volume };
}

/** 保证金充足: what is there covers what must be, in the share that article 35 names. Nobody sets it. */
export const isEnough = (p: { balance: Fen; required: Fen; version: string }): boolean =>
  p.balance * 100n >= p.required * amountOf(p.version, 'DEPOSIT_RATIO');

export type Deposit = Measure & {
  readonly shopId: string;
  readonly state: DepositState;
  readonly rulebook: string;
  readonly measuredAt: Instant;
  readonly shortAt: Instant | null;
  readonly dueAt: Instant | null;
  readonly leftAt: Instant | null;
};
export type Step = { readonly event: DepositEvent; readonly by: Actor; readonly from: DepositState | 'none' };

const after = (from: DepositState | 'none', event: DepositEvent, by: Actor): DepositState | undefined =>
  nextState(depositTable, from as never, event, by) as DepositState | undefined;

/** A deposit as it was measured now, with the steps that follow; a shop that leaves is measured no more. */
export function decideMeasure(
  before: Deposit | undefined,
  p: { shopId: string; measured: Measure; balance: Fen; version: string; now: Instant },
): { readonly after: Deposit; readonly steps: readonly Step[] } {
  const steps: Step[] = [];
  let one: Deposit = before ?? {
    shopId: p.shopId,
    ...p.measured,
    state: 'enough',
    rulebook: p.version,
    measuredAt: p.now,
    shortAt: null,
    dueAt: null,
    leftAt: null,
  };
  if (!before) steps.push({ event: 'measure', by: 'system', from: 'none' });
  if (one.state === 'leaving' || one.state === 'returned') return { after: one, steps };
  one = { ...one, ...p.measured, rulebook: p.version, measuredAt: p.now };
  const enough = isEnough({ balance: p.balance, required: one.required, version: p.version });
  const event = enough ? ('fill_up' as const) : ('fall_short' as const);
  const to = after(one.state, event, 'system');
  if (!to) return { after: one, steps };
  steps.push({ event, by: 'system', from: one.state });
  const dueAt = enough ? null : dueBy(p.version, 'TOPUP_DEP', p.now).dueAt;
  return { after: { ...one, state: to, shortAt: enough ? null : p.now, dueAt }, steps };
}

/** 72 hours and still short: the shop sells nothing until it is cured. Undefined where something else came first. */
export function decideSuspend(one: Deposit, now: Instant): { after: Deposit; step: Step } | undefined {
  const to = after(one.state, 'suspend', 'clock');
  if (!to || one.dueAt === null || now < one.dueAt) return undefined;
  return {
    after: { ...one, state: to, dueAt: null },
    step: { event: 'suspend', by: 'clock', from: one.state },
  };
}

/** The shop leaves; undefined where it left before. */
export function decideLeave(one: Deposit, now: Instant): { after: Deposit; step: Step } | undefined {
  const to = after(one.state, 'leave', 'merchant');
  return (
    to && {
      after: { ...one, state: to, leftAt: now, dueAt: null, shortAt: null },
      step: { event: 'leave', by: 'merchant', from: one.state },
    }
  );
}

/** When the deposit of a shop that left can go back: after the lock since its last order, longer where it sold accounts (article 35). */
export function returnFrom(p: {
  leftAt: Instant;
  lastOrderAt: Instant | null;
  soldAccounts: boolean;
  version: string;
}): Instant {
  const days = Math.max(
    param(p.version, 'DEP_LOCK'),
    p.soldAccounts ? param(p.version, 'DEP_LOCK_ACCOUNT') : 0,
  );
  return plus(p.lastOrderAt ?? p.leftAt, { days });
}

export type ReturnFacts = {
  readonly deposit: Deposit | undefined;
  readonly balance: Fen;
  readonly owed: Fen;
  readonly openCases: number;
  readonly openOrders: number;
  readonly returnFrom: Instant | null;
  readonly now: Instant;
};
export type ReturnRefusal = 'DEPOSIT_STAYS' | 'DEPOSIT_LOCKED' | 'DEPOSIT_BUSY' | 'DEPOSIT_EMPTY';

/** Why a deposit cannot go back now; undefined: it can. Nothing goes back while an order, a case or a debt is open. */
export function cannotReturn(p: ReturnFacts): ReturnRefusal | undefined {
  if (p.deposit?.state !== 'leaving' || p.returnFrom === null) return 'DEPOSIT_STAYS';
  if (p.openCases > 0 || p.openOrders > 0 || p.owed > 0n) return 'DEPOSIT_BUSY';
  if (p.now < p.returnFrom) return 'DEPOSIT_LOCKED';
  return p.balance === 0n ? 'DEPOSIT_EMPTY' : undefined;
}
