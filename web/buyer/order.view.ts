import type { Seal, Seals } from '../ui/Fix4.tsx';
import type { MoneyPlace } from '../ui/MoneyPath.tsx';
import type { Answers } from '../api.ts';
import type { order as words } from '../text/order.ts';

export type Order = Answers['checkout']['order'];
export type OrderLine = Order['lines'][number];
export type OrderUnit = OrderLine['units'][number];
export type Evidence = Answers['evidence']['readEvidence'];
export type Help = Answers['delivery']['help'];
export type HelpLine = Help['lines'][number];
export type HelpUnit = HelpLine['units'][number];
export type Revealed = Pick<Answers['delivery']['reveal'], 'unit' | 'number' | 'secret' | 'extra'>;

/** One key with its place in the order (第 n 张), counted over all lines. */
export type NumberedUnit = { readonly number: number; readonly unit: OrderUnit; readonly line: OrderLine };

export const unitsOf = (order: Order): NumberedUnit[] =>
  order.lines
    .flatMap((line) => line.units.map((unit) => ({ unit, line })))
    .map((one, i) => ({ ...one, number: i + 1 }));

export type Tally = { readonly sealed: number; readonly open: number; readonly verified: number };

export function tallyOf(units: readonly NumberedUnit[]): Tally {
  const of = (state: OrderUnit['state']): number => units.filter(({ unit }) => unit.state === state).length;
  return { sealed: of('sealed'), open: of('revealed'), verified: of('verified') };
}

type Key = keyof typeof words;

const openLater = ['waiting', 'accepted', 'delivering'];

/** Of the lines that are still to be delivered, the one whose time ends first. */
export const nextLater = (order: Order): NonNullable<OrderLine['later']> | undefined =>
  order.lines
    .flatMap(({ later }) =>
      later && openLater.includes(later.state) && !(order.mode === 'shipping' && later.state === 'delivering')
        ? [later]
        : [],
    )
    .toSorted((a, b) => Date.parse(a.promisedAt) - Date.parse(b.promisedAt))[0];

/** A parcel is on its way: its promise was to leave, and it has tracking of its own. */
const isSent = (order: Order): boolean => order.mode === 'shipping' && order.state === 'delivering';

/** Whether the promise was broken and nothing came yet. */
export function isLate(order: Order, now: number): boolean {
  const next = nextLater(order);
  return next !== undefined && Date.parse(next.promisedAt) <= now;
}

/** The sentence that answers the first worry: where the money is and whose turn it is. */
export function headOf(order: Order, { sealed, open, verified }: Tally, now: number): Key {
  if (isLate(order, now)) return 'head_late';
  if (isSent(order)) return 'head_shipped';
  if (order.mode !== 'pool' && order.state === 'delivered') return 'head_arrived';
  if (order.state === 'completed') return order.releasedAt ? 'head_released' : 'head_completed';
  if (order.state !== 'delivered') return `head_${order.state}`;
  if (open === 0 && verified === 0) return sealed === 1 ? 'head_sealedOne' : 'head_sealed';
  return open === 0 && sealed === 0 ? 'head_checked' : 'head_checking';
}

/** What happens by itself and when. */
export function leadOf(order: Order, now: number): { key: Key; at: string } {
  const { state, placedAt } = order;
  const next = nextLater(order);
  if (next)
    return isLate(order, now)
      ? { key: 'lead_late', at: next.dueAt }
      : { key: `lead_${state as 'awaiting'}`, at: next.promisedAt };
  if (state === 'delivered' && order.mode !== 'pool')
    return { key: 'lead_arrived', at: order.confirmAt ?? placedAt };
  if (isSent(order)) return { key: 'lead_shipped', at: placedAt };
  if (state === 'created') return { key: 'lead_created', at: order.payUntil ?? placedAt };
  if (state === 'delivered') return { key: 'lead_delivered', at: order.confirmAt ?? placedAt };
  if (state !== 'completed') return { key: `lead_${state}`, at: placedAt };
  return order.releasedAt
    ? { key: 'lead_released', at: order.releasedAt }
    : { key: 'lead_completed', at: order.releaseAt ?? placedAt };
}

/** Where the money is: exactly one place. */
export function placeOf(order: Order): MoneyPlace {
  if (order.releasedAt) return 'shop';
  return order.state === 'created' || order.state === 'cancelled' || order.state === 'refunded'
    ? 'you'
    : 'escrow';
}

/** The four lights of the order as seals; `said` puts the time and the count into words. */
export function sealsOf(
  { lights }: Pick<Evidence, 'lights'>,
  said: { pending: string; fixed: (at: string, count: number) => string },
): Seals {
  const seal = (slot: keyof Seals): Seal => {
    const light = lights.find((one) => one.slot === slot);
    if (!light || light.state === 'none' || light.at === null) return { state: 'off' };
    if (light.state === 'pending') return { state: 'off', text: said.pending };
    return { state: 'on', text: said.fixed(light.at, light.count) };
  };
  return { trade: seal('trade'), listing: seal('listing'), talk: seal('talk'), delivery: seal('delivery') };
}

/** The keys as a text file: for people who keep them themselves. */
export function keyFile(p: {
  head: string;
  keys: readonly { title: string; parts: readonly { label: string; value: string }[] }[];
}): string {
  const blocks = p.keys.map(({ title, parts }) =>
    [title, ...parts.map((part) => `${part.label}: ${part.value}`)].join('\r\n'),
  );
  return `${[p.head, ...blocks].join('\r\n\r\n')}\r\n`;
}
