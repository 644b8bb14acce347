import { clearDeadlines, setDeadlines } from '../../kit/deadlines.ts';
import type { Instant } from '../../kit/time.ts';
import { send, type Tx } from '../../kit/tx.ts';
import type { HeldTopup } from './actions.ts';
import { timesOf } from './rules.ts';

const whats = { give_up: 'topup.give_up', waited: 'topup.waited', wrong: 'topup.wrong' } as const;

/** Puts the deadlines of top-ups as their orders now are: one of each kind for an order, at the first time that one of its lines waits for. */
export async function resetTimes(tx: Tx, all: readonly HeldTopup[]): Promise<void> {
  const orders = [...Map.groupBy(all, (one) => one.topup.orderId).values()];
  const rows = orders.flatMap((list) =>
    (['give_up', 'waited', 'wrong'] as const).map((kind) => {
      const times = list.flatMap(({ line, topup }) => timesOf(line, topup, tx.business)[kind] ?? []);
      const [first] = list;
      return {
        order: first?.held.order,
        what: whats[kind],
        dueAt: times.length > 0 ? (Math.min(...times) as Instant) : undefined,
      };
    }),
  );
  const gone = rows.flatMap(({ order, what, dueAt }) =>
    order && dueAt === undefined ? [{ shopId: order.shopId, about: order.id, what }] : [],
  );
  const set = rows.flatMap(({ order, what, dueAt }) =>
    order && dueAt !== undefined
      ? [
          {
            shopId: order.shopId,
            about: order.id,
            what,
            dueAt,
            startAt: tx.business,
            article: what === 'topup.give_up' ? '18' : '15',
            version: order.rulebook,
            clock: 'elapsed' as const,
          },
        ]
      : [],
  );
  send(tx, clearDeadlines(tx, gone), setDeadlines(tx, set));
}
