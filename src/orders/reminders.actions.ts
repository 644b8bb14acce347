import { holdRound, keepRound, passedParts, type Due } from '../kit/deadlines.ts';
import { platformId } from '../kit/ids.ts';
import { instant } from '../kit/time.ts';
import type { Tx } from '../kit/tx.ts';
import { ordersOfDemands } from '../messaging/actions.ts';
import { notify, type Notice } from '../notifications/actions.ts';
import { toldOfClocks } from '../notifications/views.ts';
import { shelved } from '../rules/shelf.rules.ts';
import { clockName, partsOf, reminded } from './reminders.rules.ts';
import { ordersToTell } from './views.ts';

type Passed = Due & { readonly part: number };

/**
 * Goes one page on in the round through the running clocks of a kind and reminds of those that passed half or four fifths since the last
 * round (article 6). Nothing is written when a clock begins: a purchase costs no row more, and a clock that was cleared is not met here.
 * True while the round goes on.
 */
export async function remindPage(tx: Tx, what: string, limit: number): Promise<boolean> {
  const name = `reminders/${what}`;
  const round = await holdRound(tx, name);
  const now = instant(round.now ?? tx.business);
  const versions = shelved().map(({ book }) => book.version);
  const parts = versions.map(partsOf);
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
  await remind(
    tx,
    rows.flatMap((row) => (row.part !== null && row.dueAt > tx.business ? [{ ...row, part: row.part }] : [])),
  );
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

/** Each part of a clock is told once: what was told before is left out, a clock that an outage moved included. */
async function remind(tx: Tx, passed: readonly Passed[]): Promise<void> {
  if (passed.length === 0) return;
  const told = await toldOfClocks(tx, { viewerClocks: passed.map(clockName) });
  const known = new Set(told.map((one) => `${one.clock} ${one.part}`));
  const fresh = passed.filter((one) => !known.has(`${clockName(one)} ${one.part}`));
  const orderOf = await ordersOf(tx, fresh);
  const keys = new Map(fresh.map((one) => [orderOf(one), one.shopId]));
  const orders = await ordersToTell(tx, { ids: [...keys.keys()], viewerShops: [...keys.values()] });
  const byId = new Map(orders.map((order) => [order.id, order]));
  await notify(
    tx,
    fresh.flatMap((one) => {
      const order = byId.get(orderOf(one));
      return order ? noticesOf(one, order) : [];
    }),
  );
}

/** The order that a clock belongs to: a demand is of the order it was made in, the others are clocks of the order itself. */
async function ordersOf(tx: Tx, clocks: readonly Passed[]): Promise<(clock: Passed) => string> {
  const demands = clocks.filter((one) => one.what === 'message.demand');
  const found = demands.length === 0 ? [] : await ordersOfDemands(tx, demands);
  const orders = new Map(found.map((one) => [one.demandId, one.id]));
  return ({ about }) => orders.get(about) ?? about;
}

function noticesOf(
  clock: Passed,
  order: { readonly id: string; readonly buyerId: string; readonly owners: readonly string[] },
): Notice[] {
  const kind = reminded[clock.what];
  if (!kind) return [];
  const { article, part, dueAt: at } = clock;
  const data = { order: order.id, what: kind.what, at, article, part, clock: clockName(clock) };
  return kind.who === 'buyer'
    ? [{ userId: order.buyerId, kind: 'deadline.near', data }]
    : order.owners.map((userId): Notice => ({ userId, kind: 'shop.deadline_near', data }));
}
