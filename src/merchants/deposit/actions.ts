import { clearDeadlines, setDeadlines } from '../../kit/deadlines.ts';
import { newId } from '../../kit/ids.ts';
import type { Fen } from '../../kit/money.ts';
import { publish } from '../../kit/outbox.ts';
import { send, type Tx } from '../../kit/tx.ts';
import { articleOfParam } from '../../rules/rules.ts';
import type { Deposit, Step } from './rules.ts';
import {
  decideReturnRow,
  insertDepositStep,
  insertReturn,
  lockDeposit,
  openReturn,
  putDeposit,
} from './store.ts';

/** The deposit of a shop under the shop's lock; undefined where it was never measured. */
export async function holdDeposit(tx: Tx, shopId: string): Promise<Deposit | undefined> {
  const [row] = await lockDeposit(tx, { shopId });
  return row && row.shopId !== null ? (row as Deposit) : undefined;
}

/** Writes a deposit as it was decided, with its steps, its deadline and its news. */
export function keepDeposit(
  tx: Tx,
  after: Deposit,
  p: { steps: readonly Step[]; balance: Fen; byId: string | null },
): void {
  const { shopId, required, rulebook } = after;
  const article = articleOfParam(rulebook, 'TOPUP_DEP');
  send(tx, putDeposit(tx, after));
  for (const [i, step] of p.steps.entries())
    send(
      tx,
      insertDepositStep(tx, {
        shopId,
        from: step.from,
        event: step.event,
        to: p.steps[i + 1]?.from ?? after.state,
        by: step.by,
        byId: p.byId,
        balance: p.balance,
        required,
        article,
        at: tx.business,
      }),
    );
  if (p.steps.length === 0) return;
  const deadline = { shopId, about: shopId, what: 'deposit.top_up' };
  send(
    tx,
    after.dueAt === null
      ? clearDeadlines(tx, [deadline])
      : setDeadlines(tx, [
          {
            ...deadline,
            dueAt: after.dueAt,
            startAt: tx.business,
            article,
            version: rulebook,
            clock: 'elapsed',
          },
        ]),
  );
  const news = p.steps.filter((step) => step.event !== 'measure');
  send(
    tx,
    publish(
      tx,
      news.map((step) => ({ event: `deposit.${step.event}`, about: [shopId], shops: [shopId] })),
    ),
  );
}

export type AskedReturn = { readonly id: string; readonly amount: Fen; readonly askedBy: string };

/** The return of a deposit that waits for a second person, locked. */
export const holdReturn = async (tx: Tx, shopId: string): Promise<AskedReturn | undefined> =>
  (await openReturn(tx, { shopId }))[0];

/** Writes down who asked that a deposit goes back. */
export function askForReturn(tx: Tx, p: { shopId: string; byId: string; reason: string; amount: Fen }): void {
  const { shopId, byId: askedBy, reason, amount } = p;
  send(tx, insertReturn(tx, { shopId, id: newId(tx.wall), amount, askedBy, reason, at: tx.business }));
}

/** Writes down what the second person said; with the key of the transfer where it was yes. */
export function settleReturn(
  tx: Tx,
  p: { shopId: string; id: string; byId: string; key: string | null },
): void {
  const { shopId, id, byId, key } = p;
  send(tx, decideReturnRow(tx, { shopId, id, agreed: key !== null, byId, key, at: tx.business }));
}
