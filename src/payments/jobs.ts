import type { Delivered } from '../kit/outbox.ts';
import { beijingDay, plus } from '../kit/time.ts';
import { reader, type Db } from '../kit/tx.ts';
import { applyCheckouts, channelsOf } from './channels.actions.ts';
import { reconcileBill } from './bill.actions.ts';
import { checkDue } from './check.actions.ts';
import { sendRefunds } from './refund.actions.ts';
import { settleTopUps } from './top-up.actions.ts';

type PaymentNews = Pick<Delivered, 'body'>;
const purposeOf = (news: PaymentNews): unknown => (news.body.data as { purpose?: unknown } | null)?.purpose;

/** payment.received and payment.closed: top-ups are decided here, the money of checkouts by the checkout. */
export const onPaymentNews = (db: Db, news: PaymentNews): Promise<void> =>
  purposeOf(news) === 'topup' ? settleTopUps(db, news.body.about) : applyCheckouts(db, news.body.about);

/** Wall time runs these; each may run in any number of processes. */
export const paymentTimers = [
  {
    name: 'payments.checks',
    every_ms: 2000,
    afterMove: true,
    run: (db: Db): Promise<unknown> => checkDue(db),
  },
  { name: 'payments.refunds', every_ms: 2000, run: (db: Db): Promise<unknown> => sendRefunds(db) },
  { name: 'payments.bills', every_ms: 6 * 3_600_000, run: reconcileYesterday },
] as const;

async function reconcileYesterday(db: Db): Promise<unknown> {
  const day = beijingDay(plus((await reader(db)).wall, { hours: -24 }));
  return Promise.all(channelsOf(db).map((channel) => reconcileBill(db, { channel: channel.name, day })));
}
