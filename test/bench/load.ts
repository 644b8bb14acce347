import { newId } from '../../src/kit/ids.ts';
import type { Db } from '../../src/kit/tx.ts';
import { applyLane, purchaseLane } from '../../src/checkout/lanes.actions.ts';
import { noticeLane, type Incoming } from '../../src/payments/notice.actions.ts';
import { paymentNumber } from '../../src/payments/rules.ts';
import { sha256 } from '../../src/kit/secret.ts';
import { fen } from '../../src/kit/money.ts';
import { wishOf, type Goods } from './world.ts';

export type Measured = { readonly perSecond: number; readonly latencies: number[]; readonly failed: number };

/** Closed-loop clients inside this process for `seconds`, after a warm-up that is not counted. */
export async function closedLoop(
  clients: number,
  seconds: number,
  warmUp: number,
  one: (i: number) => Promise<boolean>,
): Promise<Measured> {
  const begin = performance.now();
  const from = begin + warmUp * 1000;
  const until = from + seconds * 1000;
  const latencies: number[] = [];
  let done = 0,
    failed = 0,
    next = 0;
  const client = async (): Promise<void> => {
    for (;;) {
      const started = performance.now();
      if (started >= until) return;
      const ok = await one(next++);
      const ended = performance.now();
      if (started < from || ended > until) continue;
      if (ok) done++;
      else failed++;
      latencies.push(ended - started);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return { perSecond: done / seconds, latencies, failed };
}

const pick = <T>(list: readonly T[], i: number): T => list[(i * 7919) % list.length] as T;

export const buying =
  (db: Db, goods: readonly Goods[], buyers: readonly string[]) =>
  async (i: number): Promise<boolean> => {
    const answer = await purchaseLane(db).submit(wishOf(db, pick(buyers, i), pick(goods, i)));
    return answer.ok;
  };

/** Opens `count` payments at the channel, at most two for one buyer; answers their ids. */
export async function openPayments(
  db: Db,
  goods: readonly Goods[],
  buyers: readonly string[],
  count: number,
): Promise<{ id: string; total: bigint }[]> {
  const opened: { id: string; total: bigint }[] = [];
  for (let at = 0; at < count; at += 500) {
    const answers = await Promise.all(
      Array.from({ length: Math.min(500, count - at) }, (_, i) =>
        purchaseLane(db).submit(
          wishOf(db, buyers[(at + i) % buyers.length] as string, pick(goods, at + i), 'channel'),
        ),
      ),
    );
    for (const answer of answers)
      if (answer.ok && answer.value.paymentId)
        opened.push({ id: answer.value.paymentId, total: answer.value.total });
  }
  return opened;
}

/** A notice of a channel that completes an order: recorded, then applied, as POST /notices does after its signature was checked. */
export const noticing =
  (db: Db, payments: readonly { id: string; total: bigint }[]) =>
  async (i: number): Promise<boolean> => {
    const payment = payments[i];
    if (!payment) return false;
    const tradeNo = newId(db.wall.now());
    const incoming: Incoming = {
      kind: 'trade',
      headers: {},
      news: {
        channel: 'sandbox',
        tradeNo,
        number: paymentNumber(payment.id),
        paymentId: payment.id,
        amount: fen(payment.total),
        channelAt: db.wall.now(),
        source: 'notice',
        proof: sha256(tradeNo),
      },
    };
    const answer = await noticeLane(db).submit(incoming);
    if (answer.decision !== 'recorded') return false;
    await applyLane(db).submit(payment.id);
    return true;
  };

export const percentile = (list: readonly number[], p: number): number => {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? Number.NaN;
};
export const median = (list: readonly number[]): number => percentile(list, 0.5);
