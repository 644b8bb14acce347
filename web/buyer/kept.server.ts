import type { Api } from '../api.ts';
import { found } from '../page.server.ts';
import type { Order } from './order.view.ts';

/** What is kept of an order: its sealed binder, and for its buyer the recordings. */
export async function keptOf(api: Api, { orderId, role, mode }: Order) {
  const [archive, recordings] = await Promise.all([
    found(api.exhibits.archive({ orderId })),
    role === 'buyer' && mode === 'pool'
      ? found(api.recordings.recordings({ orderId })).then((answer) => answer.recordings)
      : undefined,
  ]);
  return { archive, recordings };
}
