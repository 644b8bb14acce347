import { clearDeadlines, setDeadlines } from '../../kit/deadlines.ts';
import { faultPoint } from '../../kit/fault.ts';
import { send, type Tx } from '../../kit/tx.ts';
import { recordNext, type NewEvent } from '../../evidence/actions.ts';
import type { Json } from '../../evidence/leaf.rules.ts';
import { timersOf, type Member, type Membership, type Period } from './rules.ts';
import { lockMemberships, putPeriods, readPeriods, writeMemberships } from './store.ts';

export type MembershipKey = { readonly shopId: string; readonly id: string };

const keysOf = (list: readonly MembershipKey[]) => ({
  shops: list.map((one) => one.shopId),
  ids: list.map((one) => one.id),
});

/** Locks memberships in the order of their keys, with their periods. Whoever holds orders or lines has locked those before. */
export async function holdMembers(tx: Tx, keys: readonly MembershipKey[]): Promise<Map<string, Member>> {
  return keys.length === 0 ? new Map() : withPeriods(tx, await lockMemberships(tx, keysOf(keys)));
}

/** The periods of locked memberships. */
export async function withPeriods(tx: Tx, memberships: readonly Membership[]): Promise<Map<string, Member>> {
  if (memberships.length === 0) return new Map();
  const rows = await readPeriods(tx, keysOf(memberships));
  const periods = Map.groupBy(
    rows.map(({ termCount, termUnit, ...row }): Period => ({
      ...row,
      term: { count: termCount, unit: termUnit },
    })),
    (one) => one.membershipId,
  );
  return new Map(
    memberships.map((membership) => [
      membership.id,
      { membership, periods: periods.get(membership.id) ?? [] },
    ]),
  );
}

/** A decided change: the member before and after, and what evidence says of it. */
export type Moved = {
  readonly before: Member;
  readonly after: Member;
  readonly kind: string;
  readonly actor: string;
  readonly body: { readonly [key: string]: Json };
};

const timerKinds = ['membership.near', 'membership.last', 'membership.end', 'membership.start'] as const;

/** Writes changes of locked members: rows, timers, evidence about the membership itself. */
export async function writeMembers(tx: Tx, moves: readonly Moved[]): Promise<void> {
  if (moves.length === 0) return;
  const last = new Map(moves.map((one) => [one.after.membership.id, one.after]));
  const members = [...last.values()];
  writeRows(tx, members);
  faultPoint('delivery.membership.after-periods');
  await resetTimers(tx, moves, members);
  faultPoint('delivery.membership.after-deadlines');
  await recordNext(tx, moves.map(eventOf));
  faultPoint('delivery.membership.after-evidence');
}

function writeRows(tx: Tx, members: readonly Member[]): void {
  const memberships = members.map((one) => one.membership);
  const periods = members.flatMap((one) => one.periods);
  send(
    tx,
    writeMemberships(tx, {
      ...keysOf(memberships),
      variants: memberships.map((m) => m.variantId),
      levels: memberships.map((m) => m.level),
      states: memberships.map((m) => m.state),
      rulebooks: memberships.map((m) => m.rulebook),
      begun: memberships.map((m) => m.begunAt),
      ends: memberships.map((m) => m.endsAt),
      suspended: memberships.map((m) => m.suspendedAt),
      reminded: memberships.map((m) => m.reminded),
      changes: memberships.map((m) => m.changes),
    }),
    putPeriods(tx, {
      shops: periods.map((e) => e.shopId),
      orders: periods.map((e) => e.orderId),
      lines: periods.map((e) => e.line),
      memberships: periods.map((e) => e.membershipId),
      nths: periods.map((e) => e.nth),
      counts: periods.map((e) => e.term.count),
      units: periods.map((e) => e.term.unit),
      totals: periods.map((e) => e.total),
      from: periods.map((e) => e.from),
      until: periods.map((e) => e.until),
      days: periods.map((e) => e.days),
      paused: periods.map((e) => e.pausedDays),
      ended: periods.map((e) => e.endedAt),
    }),
  );
}

async function resetTimers(tx: Tx, moves: readonly Moved[], members: readonly Member[]): Promise<void> {
  const waited = new Set(
    moves.filter((one) => one.before.membership.state === 'pending').map((one) => one.before.membership.id),
  );
  const rows = members.flatMap((member) => {
    const { shopId, id, rulebook, state } = member.membership;
    // What waited before goes on waiting for the same moment.
    if (state === 'pending' && waited.has(id)) return [];
    return timersOf(member, tx.business).map(({ what, dueAt }) => ({
      shopId,
      about: id,
      what,
      dueAt,
      startAt: tx.business,
      article: '19',
      version: rulebook,
      clock: 'day' as const,
    }));
  });
  const wanted = new Set(rows.map((one) => `${one.about} ${one.what}`));
  const gone = members.flatMap(({ membership: { shopId, id, state } }) =>
    timerKinds
      .filter((what) => !wanted.has(`${id} ${what}`) && !(what === 'membership.start' && state === 'pending'))
      .map((what) => ({ shopId, about: id, what })),
  );
  await clearDeadlines(tx, gone);
  await setDeadlines(tx, rows);
}

const eventOf = ({ after: { membership }, kind, actor, body }: Moved): NewEvent => ({
  shopId: membership.shopId,
  about: membership.id,
  kind,
  actor,
  keyOwner: membership.buyerId,
  body: {
    ...body,
    state: membership.state,
    endsAt: membership.endsAt,
    changes: membership.changes,
  },
});
