import { must } from '../kit/assert.ts';
import { deadlinesOf } from '../kit/deadlines.ts';
import { encodeId } from '../kit/public-id.ts';
import type { Words } from '../kit/text.ts';
import type { Reader } from '../kit/tx.ts';
import type { Derivation } from '../rules/calendar.contract.ts';
import { derivationOf, explanationText, type StepTold } from '../rules/explain.rules.ts';
import { orderTable } from './machine.ts';
import { headOf, stepsOf } from './views.ts';

export type Explanation = {
  readonly rulebook: string;
  readonly steps: StepTold[];
  readonly deadlines: Derivation[];
  readonly text: Words;
};

/** The article that permits a step: by whom it was made decides where one event has several rows. */
const articleOf = (event: string, by: string): string => {
  const rows = orderTable.filter((row) => row[1] === event);
  return (rows.find((row) => row[2] === by) ?? must(rows[0], `the step ${event} is in the table`))[4];
};

/** How an order came to stand where it stands, for whoever may see it; the caller has decided that. */
export async function explainOrder(on: Reader, p: { shopId: string; orderId: string }): Promise<Explanation> {
  const [[head], steps, rows] = await Promise.all([
    headOf(on, { shopId: p.shopId, viewerOrder: p.orderId }),
    stepsOf(on, { shopId: p.shopId, viewerOrder: p.orderId }),
    deadlinesOf(on, { shopId: p.shopId, about: p.orderId }),
  ]);
  const { rulebook } = must(head, 'an order has its head');
  const told = steps.map(({ at, event, state, by }) => ({
    at,
    event,
    state,
    by,
    article: articleOf(event, by),
  }));
  const deadlines = rows.map((row) => derivationOf(row));
  const text = explanationText({
    head: encodeId('order', p.orderId),
    rulebook,
    steps: told,
    derivations: deadlines,
  });
  return { rulebook, steps: told, deadlines, text };
}
