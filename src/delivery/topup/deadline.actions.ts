import { clearDeadlines, setDeadlines } from '../../kit/deadlines.ts';
import { send, type Tx } from '../../kit/tx.ts';
import { param } from '../../rules/rules.ts';
import type { HeldTopup } from './actions.ts';
import { startsOf, timesOf } from './rules.ts';

const whats = { give_up: 'topup.give_up', waited: 'topup.waited', wrong: 'topup.wrong' } as const;

/** Puts the deadlines of top-ups as their orders now are: one of each kind for an order, at the first time that one of its lines waits for. */
export async function resetTimes(tx: Tx, all: readonly HeldTopup[]): Promise<void> {
  const orders = [...Map.groupBy(all, (one) => one.topup.orderId).values()];
  const rows = orders.flatMap((list) =>
    (['give_up', 'waited', 'wrong'] as const).map((kind) => {
      const order = list[0]?.held.order;
      const times = list.flatMap(({ held, line, topup }) => {
        const dueAt = timesOf(line, topup, tx.business)[kind];
        const more_hours = param(held.order.rulebook, 'WAIT_MORE');
        return dueAt === undefined ? [] : [{ dueAt, startAt: startsOf(line, topup, more_hours)[kind] }];
      });
      const [first] = times.toSorted((a, b) => a.dueAt - b.dueAt);
      return { order, what: whats[kind], first };
    }),
  );
  const gone = rows.flatMap(({ order, what, first }) =>
    order && first === undefined ? [{ shopId: order.shopId, about: order.id, what }] : [],
  );
  const set = rows.flatMap(({ order, what, first }) =>
    order && first !== undefined
      ? [
          {
            shopId: order.shopId,
            about: order.id,
            what,
            ...first,
            article: what === 'topup.give_up' ? '18' : '15',
            version: order.rulebook,
            clock: 'elapsed' as const,
          },
        ]
      : [],
  );
  send(tx, clearDeadlines(tx, gone), setDeadlines(tx, set));
}
