import { Secret } from '../kit/secret.ts';
import { send, type Tx } from '../kit/tx.ts';
import { openForUsers, sealForUsers, type Kept } from '../evidence/user-keys.actions.ts';
import { insertAnswers, readAnswers } from './answer.store.ts';

export type LineKey = { readonly shopId: string; readonly orderId: string; readonly line: number };
/** What a buyer answered for one line: the key of each question to the answer. */
export type LineAnswers = Readonly<Record<string, Secret>>;

const keptAs = (one: LineKey, buyerId: string): Kept => ({
  userId: buyerId,
  about: one.orderId,
  bound: `orders.answers/${one.orderId}.${one.line}`,
});

/** Keeps the answers of new lines, sealed with the buyer's key; lines without questions have none. */
export async function keepAnswers(
  tx: Tx,
  list: readonly (LineKey & { readonly buyerId: string; readonly answers: LineAnswers })[],
): Promise<void> {
  if (list.length === 0) return;
  const sealed = await sealForUsers(
    tx,
    list.map((one) => ({
      ...keptAs(one, one.buyerId),
      text: JSON.stringify(
        Object.fromEntries(Object.entries(one.answers).map(([key, value]) => [key, value.reveal()])),
      ),
    })),
  );
  send(
    tx,
    insertAnswers(tx, {
      shops: list.map((one) => one.shopId),
      orders: list.map((one) => one.orderId),
      lines: list.map((one) => one.line),
      buyers: list.map((one) => one.buyerId),
      sealed,
      at: tx.business,
    }),
  );
}

/**
 * The answers of lines, opened for whoever delivers them, in the order asked. Empty where nothing was asked, and where the buyer was erased.
 * The caller has decided that they are needed, and records it where a person looks.
 */
export async function answersOf(on: Tx, lines: readonly LineKey[]): Promise<LineAnswers[]> {
  if (lines.length === 0) return [];
  const rows = await readAnswers(on, {
    shops: lines.map((one) => one.shopId),
    orders: lines.map((one) => one.orderId),
    lines: lines.map((one) => one.line),
  });
  const opened = await openForUsers(
    on,
    rows.map((row) => ({ ...keptAs(row, row.buyerId), sealed: row.sealed })),
  );
  const byLine = new Map(rows.map((row, i) => [`${row.orderId}.${row.line}`, opened[i]]));
  return lines.map((one) => {
    const text = byLine.get(`${one.orderId}.${one.line}`);
    if (!text) return {};
    const values = JSON.parse(text.reveal()) as Record<string, string>;
    return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, new Secret(value)]));
  });
}
