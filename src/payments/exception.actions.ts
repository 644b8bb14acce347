import { newId } from '../kit/ids.ts';
import type { Fen } from '../kit/money.ts';
import { json } from '../kit/sql.ts';
import type { Tx } from '../kit/tx.ts';
import type { ExceptionKind } from './contract.ts';
import { insertExceptions } from './store.ts';

export type NewException = {
  readonly kind: ExceptionKind;
  readonly channel: string;
  readonly ref: string;
  readonly paymentId: string | null;
  readonly refundId: string | null;
  readonly amount: Fen;
  readonly detail: unknown;
};

/** Puts things before a person. The same thing of the same kind is one exception. */
export async function raiseExceptions(tx: Tx, list: readonly NewException[]): Promise<void> {
  if (list.length === 0) return;
  await insertExceptions(tx, {
    ids: list.map(() => newId(tx.wall)),
    kinds: list.map((e) => e.kind),
    channels: list.map((e) => e.channel),
    refs: list.map((e) => e.ref),
    payments: list.map((e) => e.paymentId),
    refunds: list.map((e) => e.refundId),
    amounts: list.map((e) => e.amount),
    details: list.map((e) => json(e.detail ?? {})),
    at: tx.business,
  });
}
