import { refuse } from '../../kit/result.ts';
import type { Tx } from '../../kit/tx.ts';
import { ownOrder, ownOrders } from '../../orders/actions.ts';
import { fileCase, type Answer, type Filing } from '../actions.ts';
import { lackingFor } from './actions.ts';

/** A buyer files a case (C1): refuses what fileCase refuses, and EXHIBIT_WANTED where the scene needs evidence that is not there (F026, F113). */
export async function fileOwnCase(tx: Tx, p: Filing): Promise<Answer> {
  const key = ownOrder(await ownOrders(tx, [p]), p);
  if (!key) return refuse('ORDER_NOT_FOUND');
  const kinds = await lackingFor(tx, { ...p, shopId: key.shopId, shown: p.exhibits });
  return kinds.length > 0 ? refuse('EXHIBIT_WANTED', { kinds: kinds.join(' ') }) : fileCase(tx, p);
}
