import { fen, noFen, type Fen } from '../kit/money.ts';
import { plus, type Instant } from '../kit/time.ts';
import type { Line, Order } from '../orders/rules.ts';
import { param } from '../rules/rules.ts';
import type { LaterLine } from './line.rules.ts';

/**
 * What a delay costs the shop (article 25, F062, F104): a share of the price by how much later than promised something arrived. Measured by the
 * platform's clock, in fen, rounded down; nothing for what came in time or only slightly late.
 */
export function delayPay(p: {
  promisedAt: Instant;
  deliveredAt: Instant;
  total: Fen;
  rulebook: string;
}): Fen {
  const tiers = [
    ['DELAY_3', 'DELAY_3_PAYS'],
    ['DELAY_2', 'DELAY_2_PAYS'],
    ['DELAY_1', 'DELAY_1_PAYS'],
  ] as const;
  const tier = tiers.find(
    ([after]) => p.deliveredAt > plus(p.promisedAt, { hours: param(p.rulebook, after) }),
  );
  return tier ? fen((p.total * BigInt(param(p.rulebook, tier[1]))) / 100n) : noFen;
}

/** When a promise was kept: a parcel's when it left, since how long it travels is nobody's promise; all others' when they were delivered. */
export const reachedAt = (line: Pick<LaterLine, 'mode' | 'startedAt' | 'deliveredAt'>): Instant | null =>
  line.mode === 'shipping' ? (line.startedAt ?? line.deliveredAt) : line.deliveredAt;

/**
 * What of a line goes back with a change of it: undefined for all that is left, the part that did not come, and for what was delivered late
 * the compensation of its delay on the rest of its price (article 25).
 */
export function backFor(
  change: { readonly event: string; readonly refund?: Fen | 'all' },
  line: Pick<LaterLine, 'line' | 'promisedAt' | 'deliveredAt' | 'mode' | 'startedAt'>,
  { order, lines }: { readonly order: Pick<Order, 'rulebook'>; readonly lines: readonly Line[] },
): Fen | undefined {
  if (change.refund === 'all') return undefined;
  const part = change.refund ?? noFen;
  const total = lines.find((one) => one.number === line.line)?.total ?? noFen;
  if (change.event !== 'deliver' || line.deliveredAt === null || part >= total) return part;
  const delay = delayPay({
    promisedAt: line.promisedAt,
    deliveredAt: reachedAt(line) ?? line.deliveredAt,
    total: fen(total - part),
    rulebook: order.rulebook,
  });
  return fen(part + delay);
}
