import { holdRound, keepRound, passedParts, type Due } from '../kit/deadlines.ts';
import { platformId } from '../kit/ids.ts';
import { instant } from '../kit/time.ts';
import { transaction, type Db, type Tx } from '../kit/tx.ts';
import { staffWith } from '../identity/people.actions.ts';
import { ordersOfDemands } from '../messaging/actions.ts';
import { notify, type Notice } from '../notifications/actions.ts';
import { toldOfClocks } from '../notifications/views.ts';
import { shelved } from '../rules/shelf.rules.ts';
import { reminded } from './reminders.data.ts';
import { clockName, partsOf } from './reminders.rules.ts';
import { ordersToTell, peopleOfShops } from './views.ts';

/** A running clock that passed a part (per cent) of its time. */
export type Passed = Due & { readonly part: number };
/** A kind of clock in rounds of reminders: whether it is told once, and whom its clocks concern now. */
export type Round = {
  readonly what: string;
  readonly once?: boolean;
  readonly notices: (tx: Tx, clocks: readonly Passed[]) => Promise<Notice[]>;
};

/**
 * Goes one page on in the round through the running clocks of a kind and reminds of those that passed half or four fifths since the last
 * round (article 6). Nothing is written when a clock begins: a purchase costs no row more, and a clock that was cleared is not met here.
 * True while the round goes on.
 */
export async function remindPage(tx: Tx, kind: Round, limit: number): Promise<boolean> {
  const { what } = kind;
  const name = `reminders/${what}`;
  const round = await holdRound(tx, name);
  const now = instant(round.now ?? tx.business);
  const versions = shelved().map(({ book }) => book.version);
  const parts = versions.map((version) => partsOf(version, kind.once));
  const rows = await passedParts(tx, {
    what,
    now,
    since: instant(round.since),
    after: { dueAt: instant(round.after.dueAt), about: round.after.about },
    versions,
    firsts: parts.map((one) => one.first),
    lasts: parts.map((one) => one.last),
    limit,
  });
  // A clock that ended since the round began is over.
  const passed = rows.flatMap((row) =>
    row.part !== null && row.dueAt > tx.business ? [{ ...row, part: row.part }] : [],
  );
  if (passed.length > 0) await notify(tx, await kind.notices(tx, await untold(tx, passed)));
  const last = rows.at(-1);
  const goesOn = last !== undefined && last.looked === limit;
  await keepRound(
    tx,
    name,
    goesOn
      ? { since: round.since, now, after: { dueAt: last.dueAt, about: last.about } }
      : { since: now, now: null, after: { dueAt: 0, about: platformId } },
  );
  return goesOn;
}

// One look at this many clocks of a kind a minute, 0.2 s where a million run: for them a round takes 50 minutes, which is soon enough for
// the long clocks of so many orders; a kind with fewer clocks than this is looked at whole every minute.
const pageSize = 20_000;

/** One page of the round of each of these kinds. Running twice reminds once. */
export async function remindOf(db: Db, kinds: readonly Round[]): Promise<void> {
  for (const kind of kinds) await transaction(db, (tx) => remindPage(tx, kind, pageSize));
}

/** Each part of a clock is told once: what was told before is left out, a clock that an outage moved included. */
async function untold(tx: Tx, passed: readonly Passed[]): Promise<Passed[]> {
  const told = await toldOfClocks(tx, { viewerClocks: passed.map(clockName) });
  const known = new Set(told.map((one) => `${one.clock} ${one.part}`));
  return passed.filter((one) => !known.has(`${clockName(one)} ${one.part}`));
}

/** What every reminder says of its clock. */
export const saidOf = ({ dueAt: at, article, part, ...clock }: Passed) => ({
  at,
  article,
  part,
  clock: clockName(clock),
});

/** The rounds of clocks of orders, demands, shops and reviews, from the list of reminded kinds. */
export const rounds: readonly Round[] = Object.entries(reminded).map(([what, { of, once = false }]) => ({
  what,
  once,
  notices: of === 'order' ? ofOrders : of === 'shop' ? ofShops : ofTickets,
}));

async function ofOrders(tx: Tx, clocks: readonly Passed[]): Promise<Notice[]> {
  const orderOf = await ordersOf(tx, clocks);
  const keys = new Map(clocks.map((one) => [orderOf(one), one.shopId]));
  const orders = await ordersToTell(tx, { ids: [...keys.keys()], viewerShops: [...keys.values()] });
  const byId = new Map(orders.map((order) => [order.id, order]));
  const people = await peopleFor(tx, clocks);
  return clocks.flatMap((one): Notice[] => {
    const [order, row] = [byId.get(orderOf(one)), reminded[one.what]];
    if (!order || row?.of !== 'order') return [];
    const data = { order: order.id, what: row.what, ...saidOf(one) };
    return row.who === 'buyer'
      ? [{ userId: order.buyerId, kind: row.kind, data }]
      : people(one.shopId).map((userId) => ({ userId, kind: row.kind, data }));
  });
}

async function ofShops(tx: Tx, clocks: readonly Passed[]): Promise<Notice[]> {
  const people = await peopleFor(tx, clocks);
  return clocks.flatMap((one): Notice[] => {
    const row = reminded[one.what];
    if (row?.of !== 'shop') return [];
    const data = { what: row.what, ...saidOf(one) };
    return people(one.shopId).map((userId) => ({ userId, kind: row.kind, data }));
  });
}

async function ofTickets(tx: Tx, clocks: readonly Passed[]): Promise<Notice[]> {
  const row = clocks[0] && reminded[clocks[0].what];
  if (row?.of !== 'ticket') return [];
  const staff = await staffWith(tx, row.roles);
  return clocks.flatMap((one) =>
    staff.map((userId): Notice => ({ userId, kind: row.kind, data: { what: row.what, ...saidOf(one) } })),
  );
}

/** Who of each shop may act on clocks of this kind. */
async function peopleFor(tx: Tx, clocks: readonly Passed[]): Promise<(shopId: string) => readonly string[]> {
  const row = clocks[0] && reminded[clocks[0].what];
  if (row?.who !== 'merchant') return () => [];
  const shops = [...new Set(clocks.map((one) => one.shopId))];
  const rows = await peopleOfShops(tx, { viewerShops: shops, roles: row.roles });
  const people = new Map(rows.map((one) => [one.shopId, one.people]));
  return (shopId) => people.get(shopId) ?? [];
}

/** The order that a clock belongs to: a demand is of the order it was made in, the others are clocks of the order itself. */
async function ordersOf(tx: Tx, clocks: readonly Passed[]): Promise<(clock: Passed) => string> {
  const demands = clocks.filter((one) => one.what === 'message.demand');
  const found = demands.length === 0 ? [] : await ordersOfDemands(tx, demands);
  const orders = new Map(found.map((one) => [one.demandId, one.id]));
  return ({ about }) => orders.get(about) ?? about;
}
