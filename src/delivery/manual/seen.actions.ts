import type { Tx } from '../../kit/tx.ts';
import type { Order } from '../../orders/rules.ts';
import { readContents } from './store.ts';

/** Whether the buyer has looked at what was delivered by hand, unit by unit and each in its newest version; nothing for other orders. */
export async function contentsSeen(
  on: Tx,
  order: Pick<Order, 'shopId' | 'id' | 'mode'>,
): Promise<{ state: 'sealed' | 'revealed' }[]> {
  if (order.mode !== 'manual') return [];
  const rows = await readContents(on, { shopId: order.shopId, orderId: order.id });
  const newest = new Map(rows.map((row) => [`${row.line}.${row.place}`, row]));
  return [...newest.values()].map((row) => ({ state: row.revealedAt === null ? 'sealed' : 'revealed' }));
}
