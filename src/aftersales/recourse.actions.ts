import { assert } from '../kit/assert.ts';
import { newId } from '../kit/ids.ts';
import { fen, type Fen } from '../kit/money.ts';
import type { Delivered } from '../kit/outbox.ts';
import { transaction, type Db, type Tx } from '../kit/tx.ts';
import { openBook, writeBook } from '../ledger/actions.ts';
import { enter, leftIn } from '../ledger/book.rules.ts';
import { account, recoursePaid } from '../ledger/rules.ts';
import { owedBy } from './store.ts';

/** A shop that owes the fund pays it out of its balance, as far as that goes (article 30), or up to `most`. Answers how much; asking again takes nothing twice. */
export async function collect(tx: Tx, shopId: string, most?: Fen): Promise<Fen> {
  const book = await openBook(tx, [account('available', shopId)]);
  const [row] = await owedBy(tx, { shopId });
  const has = leftIn(book, account('available', shopId));
  const owed = row && row.owed > 0n ? row.owed : 0n;
  const able = most !== undefined && most < has ? most : has;
  const amount = fen(owed < able ? owed : able);
  if (amount === 0n) return amount;
  assert(enter(book, newId(tx.wall), [recoursePaid({ shopId, amount })]), 'a shop pays what it has');
  writeBook(tx, book);
  return amount;
}

/** order.settled: what came to a shop first pays back what others paid for it. */
export async function collectOwed(db: Db, news: readonly Delivered[]): Promise<void> {
  const shops = [...new Set(news.flatMap((one) => one.body.shops))];
  for (const shopId of shops) await transaction(db, (tx) => collect(tx, shopId));
}
