import { WrongSettings } from '../app/config.ts';
import { decodeId } from '../kit/public-id.ts';
import type { Words } from '../kit/text.ts';
import { reader, type Db } from '../kit/tx.ts';
import { nobody } from '../kit/viewer.ts';
import { orderSeenBy } from '../orders/actions.ts';
import { explainOrder } from '../orders/explanation.actions.ts';
import { command, explainOn } from './explain.ts';

// mengyue explain order ord_…: each step with its article, each running time with the parameter, clock, start and outages it came from.

export async function orderInWords(db: Db, text: string): Promise<Words> {
  const orderId = decodeId('order', text);
  const on = await reader(db);
  const order = orderId && (await orderSeenBy(on, { ...nobody, staff: ['admin'] }, orderId));
  if (!orderId || !order) throw new WrongSettings(`There is no order ${text}. Say its number: ord_…`);
  return (await explainOrder(on, { shopId: order.shopId, orderId })).text;
}

if (import.meta.main) await command(() => explainOn((db) => orderInWords(db, process.argv[2] ?? '')));
