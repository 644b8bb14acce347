import { must } from '../kit/assert.ts';
import { send, type Tx } from '../kit/tx.ts';
import { noReasonDays } from '../catalog/versions.actions.ts';
import { lockWithLines, ownOrder, ownOrders, type OrderKey } from '../orders/actions.ts';
import type { Line, Order } from '../orders/rules.ts';
import type { Unit, UnitName } from './card-key.rules.ts';
import { lockUnits, writeUnits } from './card-key.store.ts';

/** Locked orders with their lines and units, kept up to date while a batch is decided. */
export type Held = {
  order: Order;
  readonly lines: readonly Line[];
  readonly units: Map<string, Unit>;
  readonly changed: Set<string>;
  /** For how many days each line with keys can be cancelled unseen by the promise of its shop. */
  readonly noReason: ReadonlyMap<number, number>;
};

const nameOf = (poolId: string, number: bigint): string => `${poolId}/${number}`;

/** Locks orders and then their units. */
export async function holdOrders(tx: Tx, keys: readonly OrderKey[]): Promise<Map<string, Held>> {
  const orders = await lockWithLines(tx, keys);
  const all = orders.flatMap(({ lines }) =>
    lines.flatMap((line) => line.numbers.map((number) => ({ line, number }))),
  );
  const units =
    all.length === 0
      ? []
      : await lockUnits(tx, {
          shops: all.map((a) => a.line.shopId),
          pools: all.map((a) => a.line.poolId),
          numbers: all.map((a) => a.number),
        });
  const keyed = orders.flatMap(({ lines }) => lines.filter((line) => line.numbers.length > 0));
  const days = await noReasonDays(tx, keyed);
  const held = new Map(
    orders.map(({ order, lines }): [string, Held] => {
      const noReason = new Map<number, number>();
      keyed.forEach((line, i) => line.orderId === order.id && noReason.set(line.number, days[i] ?? 0));
      return [order.id, { order, lines, units: new Map(), changed: new Set(), noReason }];
    }),
  );
  // A number that was cancelled here and sold again belongs to another order.
  for (const unit of units) held.get(unit.orderId)?.units.set(nameOf(unit.poolId, unit.number), unit);
  return held;
}

export type Asking = { readonly orderId: string; readonly buyerIds: readonly string[] };

/** Locks the orders of buyers who ask, each only their own; an order of somebody else is not there. */
export async function holdOwnOrders(tx: Tx, asked: readonly Asking[]): Promise<(Held | undefined)[]> {
  const found = await ownOrders(tx, asked);
  const keys = new Map([...found.values()].map((key) => [key.id, key]));
  const held = await holdOrders(tx, [...keys.values()]);
  return asked.map((one) => {
    const key = ownOrder(found, one);
    return key && held.get(key.id);
  });
}

/** The line and unit that a buyer names, if the order has it. */
export function unitNamed(held: Held, name: UnitName): { line: Line; unit: Unit | undefined } | undefined {
  const line = held.lines.find((one) => one.number === name.line);
  const number = line?.numbers[name.place - 1];
  if (!line || number === undefined) return undefined;
  return { line, unit: held.units.get(nameOf(line.poolId, number)) };
}

export function putUnit(held: Held, unit: Unit): void {
  held.units.set(nameOf(unit.poolId, unit.number), unit);
  held.changed.add(nameOf(unit.poolId, unit.number));
}

export function dropUnit(held: Held, unit: Unit): void {
  held.units.delete(nameOf(unit.poolId, unit.number));
  held.changed.delete(nameOf(unit.poolId, unit.number));
}

/** Writes the units that changed; it travels with the commit. */
export function writeHeld(tx: Tx, all: Iterable<Held>): void {
  const units = [...all].flatMap((held) =>
    [...held.changed].map((name) => must(held.units.get(name), 'a changed unit is there')),
  );
  if (units.length === 0) return;
  send(
    tx,
    writeUnits(tx, {
      shops: units.map((u) => u.shopId),
      pools: units.map((u) => u.poolId),
      numbers: units.map((u) => u.number),
      states: units.map((u) => u.state),
      revealed: units.map((u) => u.revealedAt),
      decided: units.map((u) => u.decidedAt),
      reveals: units.map((u) => u.reveals),
    }),
  );
}

/** The distinct orders of a batch, in which several requests may have named the same. */
export const distinct = (list: readonly (Held | undefined)[]): Held[] => [
  ...new Set(list.filter((one) => one !== undefined)),
];
