import { decodeId } from '../kit/public-id.ts';
import { endOfBeijingDay, plus } from '../kit/time.ts';
import { send, reader, transaction, type Db } from '../kit/tx.ts';
import type { BillRow } from './channel.contract.ts';
import { mustChannel } from './channels.actions.ts';
import { askedTrade } from './check.actions.ts';
import { raiseExceptions } from './exception.actions.ts';
import { receive } from './notice.actions.ts';
import { compareBill, refundNumber } from './rules.ts';
import { insertBill, refundsByIds, tradesOfDay } from './bill.store.ts';

/**
 * Compares a channel's bill of one Beijing day ('2026-11-20') with our books (F173). Every difference becomes an exception; a trade that we
 * had never heard of is asked for and recorded too, so that its money finds its payment. Undefined when the channel gave no bill.
 */
export async function reconcileBill(
  db: Db,
  p: { channel: string; day: string },
): Promise<{ rows: number; differences: number } | undefined> {
  const channel = mustChannel(db, p.channel);
  const answer = await channel.bill({ day: p.day });
  if (answer.kind !== 'ok') return undefined;
  const now = await reader(db);
  const to = endOfBeijingDay(p.day);
  const trades = await tradesOfDay(now, { channel: p.channel, from: plus(to, { hours: -24 }), to });
  const differences = compareBill({ trades, refunds: await refundsIn(now, answer.rows) }, answer.rows);
  for (const one of differences.filter((difference) => difference.kind === 'bill_missing_here')) {
    const told = await channel.query({ tradeNo: one.ref });
    if (told.kind === 'ok')
      await receive(
        db,
        told.trades.map((trade) => askedTrade(p.channel, trade, 'bill')),
      );
  }
  await transaction(db, async (tx) => {
    send(
      tx,
      raiseExceptions(
        tx,
        differences.map((d) => ({
          kind: d.kind,
          channel: p.channel,
          ref: d.ref,
          paymentId: null,
          refundId: null,
          amount: d.amount,
          detail: { day: p.day, ours: d.ours, theirs: d.theirs },
        })),
      ),
    );
    send(
      tx,
      insertBill(tx, {
        channel: p.channel,
        day: p.day,
        hash: answer.hash,
        rows: answer.rows.length,
        differences: differences.length,
        at: tx.business,
      }),
    );
  });
  return { rows: answer.rows.length, differences: differences.length };
}

/** Our finished refunds among those that the bill names. */
async function refundsIn(now: Awaited<ReturnType<typeof reader>>, rows: readonly BillRow[]) {
  const numbers = rows.filter((row) => row.kind === 'refund').map((row) => row.no);
  const ids = numbers.flatMap((number) => decodeId('refund', number.replace(/-\d+$/, '')) ?? []);
  const found = ids.length > 0 ? await refundsByIds(now, { ids }) : [];
  return found
    .filter((row) => row.state === 'done')
    .map((row) => ({ no: refundNumber(row.id, row.request), amount: row.amount }));
}
