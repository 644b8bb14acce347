import { must } from '../../kit/assert.ts';
import { faultPoint } from '../../kit/fault.ts';
import { newId, platformId } from '../../kit/ids.ts';
import type { Delivered } from '../../kit/outbox.ts';
import { transaction, type Db, type Tx } from '../../kit/tx.ts';
import type { MembershipContent } from '../../catalog/content.contract.ts';
import { versionsOf, type Version } from '../../catalog/versions.actions.ts';
import type { Line, Order } from '../../orders/rules.ts';
import { deliverLines, holdLines, type HeldLater } from '../line.actions.ts';
import { isOpen } from '../line.rules.ts';
import { withPeriods, writeMembers, type Moved } from './members.actions.ts';
import { grant, termOf, type Member } from './rules.ts';
import { insertMemberships, lockBySlot } from './store.ts';

type Sold = {
  readonly order: Order;
  readonly line: Line;
  readonly version: Version;
  readonly membership: MembershipContent;
  readonly id: string;
  readonly slot: string;
};

/** News delivery.due: memberships among what was paid are granted and thereby delivered. What is no membership, or was delivered, is left alone. */
export async function grantDue(db: Db, news: readonly Delivered[]): Promise<void> {
  for (const { body } of news)
    await transaction(db, (tx) =>
      grantOrders(
        tx,
        body.about.map((id, i) => ({ shopId: must(body.shops[i], 'news of orders names their shops'), id })),
      ),
    );
}

/** Grants the memberships of paid orders: a new one, or one more term of the buyer's own (F204, VGSR article 13). */
async function grantOrders(tx: Tx, orders: readonly { shopId: string; id: string }[]): Promise<void> {
  const held = await holdLines(tx, orders);
  const sold = await soldIn(tx, [...held.values()]);
  if (sold.length === 0) return;
  const members = await membersFor(tx, sold);
  faultPoint('delivery.membership.after-lock');
  const moves = sold.map((one) => grantOne(tx, members, one));
  await writeMembers(tx, moves);
  await deliverLines(
    tx,
    sold.map((one, i) => {
      const { membership, periods } = must(moves[i], 'a change for each line').after;
      const period = must(periods.at(-1), 'a granted membership has a term');
      return {
        shopId: one.order.shopId,
        orderId: one.order.id,
        line: one.line.number,
        by: 'system',
        byId: null,
        proof: {
          membership: membership.id,
          level: membership.level,
          from: period.from,
          until: period.until,
          days: period.days,
          state: membership.state,
        },
      };
    }),
  );
}

/** The open membership lines of these orders, with what their pinned versions say. */
async function soldIn(tx: Tx, held: readonly HeldLater[]): Promise<Sold[]> {
  const open = held.flatMap(({ order, lines, later }) =>
    lines
      .filter((line) =>
        later.some((row) => row.line === line.number && row.goods === 'membership' && isOpen(row)),
      )
      .map((line) => ({ order, line })),
  );
  const versions = await versionsOf(
    tx,
    open.map((one) => one.line),
  );
  return open.flatMap(({ order, line }, i): Sold[] => {
    const version = must(versions[i], 'a line has its version');
    const { membership, delivery } = version.content;
    if (!membership || delivery.mode !== 'automatic') return [];
    const id = newId(tx.wall);
    return [{ order, line, version, membership, id, slot: membership.stacks ? platformId : id }];
  });
}

const slotOf = (p: { shopId: string; buyerId: string; listingId: string; slot: string }): string =>
  `${p.shopId}/${p.buyerId}/${p.listingId}/${p.slot}`;

/** The memberships that these lines go to, by their slot: made where there is none, and locked. */
async function membersFor(tx: Tx, sold: readonly Sold[]): Promise<Map<string, Member>> {
  const shops = sold.map((one) => one.order.shopId);
  const buyers = sold.map((one) => one.order.buyerId);
  const listings = sold.map((one) => one.line.listingId);
  const slots = sold.map((one) => one.slot);
  await insertMemberships(tx, {
    shops,
    ids: sold.map((one) => one.id),
    buyers,
    listings,
    slots,
    variants: sold.map((one) => one.line.variantId),
    levels: sold.map((one) => one.membership.level),
    sharings: sold.map((one) => one.membership.sharing),
    rulebooks: sold.map((one) => one.order.rulebook),
  });
  const rows = await lockBySlot(tx, { shops, buyers, listings, slots });
  const members = await withPeriods(tx, rows);
  return new Map(rows.map((row) => [slotOf(row), must(members.get(row.id), 'a locked membership')]));
}

function grantOne(tx: Tx, members: Map<string, Member>, one: Sold): Moved {
  const { order, line, version, membership } = one;
  const slot = slotOf({
    shopId: order.shopId,
    buyerId: order.buyerId,
    listingId: line.listingId,
    slot: one.slot,
  });
  const before = must(members.get(slot), 'a membership for each line');
  const after = grant(
    before,
    {
      period: {
        shopId: order.shopId,
        orderId: order.id,
        line: line.number,
        term: termOf(version.content, membership, line),
        total: line.total,
      },
      variantId: line.variantId,
      level: membership.level,
      rulebook: order.rulebook,
      starts: membership.starts,
    },
    tx.business,
  );
  members.set(slot, after);
  const period = must(after.periods.at(-1), 'the new term');
  return {
    before,
    after,
    kind: before.periods.length === 0 ? 'membership.granted' : 'membership.renewed',
    actor: 'system',
    body: {
      order: order.id,
      line: line.number,
      term: `${period.term.count} ${period.term.unit}`,
      from: period.from,
      until: period.until,
      days: period.days,
    },
  };
}
