import { refuse, type Result } from '../../kit/result.ts';
import type { Tx } from '../../kit/tx.ts';
import type { OrderKey } from '../../orders/actions.ts';
import type { MembershipRefusal } from './contract.ts';
import { holdMembers, writeMembers, type Moved } from './members.actions.ts';
import { countedAt, decideStart, endPeriod, resume, suspend, type Member } from './rules.ts';
import { findOwnMembership, membershipsOfLines } from './store.ts';
import { proRataValue, type ProRata } from './term.rules.ts';

/** The buyer starts a membership that waits. Refuses MEMBERSHIP_NOT_FOUND and MEMBERSHIP_NOT_WAITING. */
export async function startMembership(
  tx: Tx,
  p: { membershipId: string; buyerIds: readonly string[]; userId: string },
): Promise<Result<Member, MembershipRefusal>> {
  const [own] = await findOwnMembership(tx, { id: p.membershipId, buyerIds: p.buyerIds });
  if (!own) return refuse('MEMBERSHIP_NOT_FOUND');
  const before = (await holdMembers(tx, [{ shopId: own.shopId, id: p.membershipId }])).get(p.membershipId);
  const decided = decideStart(before, 'buyer', tx.business);
  if (!decided.ok || !before) return decided;
  await writeMembers(tx, [
    { before, after: decided.value, kind: 'membership.started', actor: `buyer:${p.userId}`, body: {} },
  ]);
  return decided;
}

/** The members that these orders paid for, locked. The caller holds the orders. */
async function membersOf(tx: Tx, orders: readonly OrderKey[]) {
  const lines =
    orders.length === 0
      ? []
      : await membershipsOfLines(tx, {
          shops: orders.map((one) => one.shopId),
          orders: orders.map((one) => one.id),
        });
  const members = await holdMembers(
    tx,
    lines.map((one) => ({ shopId: one.shopId, id: one.membershipId })),
  );
  return { lines, members };
}

/** Changes the memberships of orders by one decision; those that it leaves alone stay as they are. */
async function changeAll(
  tx: Tx,
  orders: readonly OrderKey[],
  kind: string,
  decide: (member: Member) => Member | undefined,
): Promise<number> {
  const { members } = await membersOf(tx, orders);
  const moves = [...members.values()].flatMap((before): Moved[] => {
    const after = decide(before);
    return after ? [{ before, after, kind, actor: 'system', body: {} }] : [];
  });
  await writeMembers(tx, moves);
  return moves.length;
}

/** Orders that paid for a membership, each with all orders that paid for the same ones. Others are not in the answer. */
export async function ordersPayingWith(
  tx: Tx,
  orders: readonly OrderKey[],
): Promise<{ order: OrderKey; all: OrderKey[] }[]> {
  const { lines, members } = await membersOf(tx, orders);
  return orders.flatMap((order) => {
    const own = lines.filter((line) => line.orderId === order.id);
    if (own.length === 0) return [];
    const periods = own.flatMap((line) => members.get(line.membershipId)?.periods ?? []);
    return [{ order, all: periods.map((one) => ({ shopId: one.shopId, id: one.orderId })) }];
  });
}

/** A case was opened about these orders: their memberships stand still, and no day is lost (VGSR article 22). Answers how many; repeating is harmless. */
export const suspendMemberships = (tx: Tx, orders: readonly OrderKey[]): Promise<number> =>
  changeAll(tx, orders, 'membership.suspended', (member) => suspend(member, tx.business));

/** The last hold is gone: the days go on, later by as many as the stop lasted. Answers how many; repeating is harmless. */
export const resumeMemberships = (tx: Tx, orders: readonly OrderKey[]): Promise<number> =>
  changeAll(tx, orders, 'membership.resumed', (member) => resume(member, tx.business));

export type MembershipLine = { readonly shopId: string; readonly orderId: string; readonly line: number };

const ordersOf = (lines: readonly MembershipLine[]): OrderKey[] => [
  ...new Map(lines.map((one) => [one.orderId, { shopId: one.shopId, id: one.orderId }])).values(),
];

/** The money of these lines went back: they give no days any more, and what came after them moves up (VGSR article 31). Repeating is harmless. */
export async function endMemberships(tx: Tx, lines: readonly MembershipLine[]): Promise<number> {
  const { lines: known, members } = await membersOf(tx, ordersOf(lines));
  const moves: Moved[] = [];
  for (const line of lines) {
    const row = known.find((one) => one.orderId === line.orderId && one.line === line.line);
    const before = row && members.get(row.membershipId);
    const after = before && endPeriod(before, line, tx.business);
    if (!row || !before || !after) continue;
    members.set(row.membershipId, after);
    moves.push({
      before,
      after,
      kind: 'membership.ended',
      actor: 'system',
      body: { order: line.orderId, line: line.line },
    });
  }
  await writeMembers(tx, moves);
  return moves.length;
}

/** What the unused days of these lines are worth now, in the order asked (F093); null for a line that is no membership. For partial refunds. */
export async function proRataOf(tx: Tx, lines: readonly MembershipLine[]): Promise<(ProRata | null)[]> {
  const { lines: known, members } = await membersOf(tx, ordersOf(lines));
  return lines.map((line) => {
    const row = known.find((one) => one.orderId === line.orderId && one.line === line.line);
    const member = row && members.get(row.membershipId);
    const period = member?.periods.find((one) => one.orderId === line.orderId && one.line === line.line);
    if (!member || !period || period.endedAt !== null) return null;
    return proRataValue({ total: period.total, period, at: countedAt(member.membership, tx.business) });
  });
}
