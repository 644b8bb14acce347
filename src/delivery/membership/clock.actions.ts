import { clearDeadlines, type Due } from '../../kit/deadlines.ts';
import { must } from '../../kit/assert.ts';
import type { Delivered } from '../../kit/outbox.ts';
import { transaction, type Db, type Tx } from '../../kit/tx.ts';
import { versionsOf } from '../../catalog/versions.actions.ts';
import { notify, type Notice } from '../../notifications/actions.ts';
import { heldOrders, linesOf, lockWithLines, type OrderKey } from '../../orders/actions.ts';
import { endMemberships, ordersPayingWith, resumeMemberships, suspendMemberships } from './actions.ts';
import { holdMembers, writeMembers, type Moved } from './members.actions.ts';
import { daysLeftOf, decideStart, lapse, remind, type Member } from './rules.ts';

/** Decides about each due membership; one that needs nothing loses its deadline. Firing twice is harmless. */
async function fire(
  tx: Tx,
  due: readonly Due[],
  kind: string,
  decide: (member: Member) => Member | undefined,
): Promise<Member[]> {
  const members = await holdMembers(
    tx,
    due.map((one) => ({ shopId: one.shopId, id: one.about })),
  );
  const moves = [...members.values()].flatMap((before): Moved[] => {
    const after = decide(before);
    return after ? [{ before, after, kind, actor: 'clock', body: {} }] : [];
  });
  const moved = new Set(moves.map((one) => one.after.membership.id));
  await clearDeadlines(
    tx,
    due.filter((one) => !moved.has(one.about)),
  );
  await writeMembers(tx, moves);
  return moves.map((one) => one.after);
}

type Telling = (member: Member, title: string, order: string) => Notice;

/** Tells the buyers of what changed, so that a deadline that fires twice tells once. */
async function tell(tx: Tx, members: readonly Member[], notice: Telling): Promise<void> {
  if (members.length === 0) return;
  const newest = members.map((one) => must(one.periods.at(-1), 'a member has a term'));
  const lines = await linesOf(
    tx,
    newest.map((one) => ({ shopId: one.shopId, id: one.orderId })),
  );
  const own = newest.map((period) =>
    must(
      lines.find((line) => line.orderId === period.orderId && line.number === period.line),
      'a term has its line',
    ),
  );
  const versions = await versionsOf(tx, own);
  await notify(
    tx,
    members.map((member, i) =>
      notice(
        member,
        must(versions[i], 'a line has its version').content.title,
        must(own[i], 'a line for each member').orderId,
      ),
    ),
  );
}

const near: (tx: Tx) => Telling = (tx) => (member, listing, order) => ({
  userId: member.membership.buyerId,
  kind: 'membership.near',
  data: {
    order,
    listing,
    left: daysLeftOf(member, tx.business),
    at: must(member.membership.endsAt, 'a running membership ends'),
  },
});

/** Deadlines membership.near and membership.last: a week and a day before the end (VGSR article 19). */
export async function remindMembers(tx: Tx, due: readonly Due[], days: number): Promise<void> {
  await tell(
    tx,
    await fire(tx, due, 'membership.reminded', (one) => remind(one, days, tx.business)),
    near(tx),
  );
}

/** Deadline membership.end: the last day is over. */
export async function lapseMembers(tx: Tx, due: readonly Due[]): Promise<void> {
  await tell(
    tx,
    await fire(tx, due, 'membership.expired', (one) => lapse(one, tx.business)),
    (member, listing, order) => ({
      userId: member.membership.buyerId,
      kind: 'membership.over',
      data: { order, listing },
    }),
  );
}

/** Deadline membership.start: its buyer did not start it, so it begins by itself. */
export async function startMembers(tx: Tx, due: readonly Due[]): Promise<void> {
  await fire(tx, due, 'membership.started', (one) => {
    const decided = decideStart(one, 'clock', tx.business);
    return decided.ok ? decided.value : undefined;
  });
}

/**
 * News order.held: holds of orders began or ended. A membership stands still while any order that paid for it is held, and goes on with the
 * last hold gone (VGSR article 22). Looks again at what is so now, so that news in another order or twice changes nothing.
 */
export async function followHolds(db: Db, news: readonly Delivered[]): Promise<void> {
  for (const { body } of news)
    await transaction(db, async (tx) => {
      const asked = body.about.map((id, i) => ({
        shopId: must(body.shops[i], 'news of orders names their shops'),
        id,
      }));
      await lockWithLines(tx, asked);
      const paying = await ordersPayingWith(tx, asked);
      const held = await heldOrders(
        tx,
        paying.flatMap((one) => one.all),
      );
      const stopped = ({ all }: { all: readonly OrderKey[] }): boolean => all.some((one) => held.has(one.id));
      await suspendMemberships(
        tx,
        paying.filter(stopped).map((one) => one.order),
      );
      await resumeMemberships(
        tx,
        paying.filter((one) => !stopped(one)).map((one) => one.order),
      );
    });
}

/** News order.refunded: orders whose whole money went back give no days any more. What was refunded in part is the case's to end. */
export async function endRefunded(db: Db, news: readonly Delivered[]): Promise<void> {
  for (const { body } of news)
    await transaction(db, async (tx) => {
      const orders = await lockWithLines(
        tx,
        body.about.map((id, i) => ({ shopId: must(body.shops[i], 'news of orders names their shops'), id })),
      );
      await endMemberships(
        tx,
        orders
          .filter(({ order }) => order.state === 'refunded')
          .flatMap(({ lines }) =>
            lines.map((line) => ({ shopId: line.shopId, orderId: line.orderId, line: line.number })),
          ),
      );
    });
}
