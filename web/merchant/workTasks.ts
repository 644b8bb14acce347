import type { Answers } from '../api.ts';
import { paths } from '../paths.ts';
import { moment, money, msOf } from '../text/format.ts';
import { inbox } from '../text/shop-inbox.ts';
import { textIn, type Language } from '../text/use.ts';
import type { Task } from './inbox.view.ts';

type Delivery = Answers['delivery']['todo']['deliveries'][number];
type Needs = Answers['topups']['shopTopups'];
type Problem = { listingId: string; title: string; count: number; dueAt: string };

/** Something to deliver by hand: by the promise, and once that is over until the day on which it is refunded by itself. */
export function deliveryTask(one: Delivery, now: number, language: Language): Task {
  const t = textIn(inbox, language);
  const isLate = msOf(one.promisedAt) <= now;
  const due = isLate ? one.dueAt : one.promisedAt;
  return {
    key: `delivery ${one.orderId}.${one.line}`,
    due: msOf(due),
    guessed: false,
    title: t(isLate ? 'deliverLate' : 'deliver'),
    what: t('deliverWhat', {
      title: one.title,
      variant: one.variantName,
      count: one.quantity,
      amount: money(one.total),
    }),
    otherwise: t(isLate ? 'deliverElseLate' : 'deliverElse', { time: moment(due, now, language) }),
    href: paths.merchantDelivery(one.orderId),
    action: t('deliverDo'),
    mine: true,
    kind: 'delivery',
  };
}

/** An address that does not answer any more, with the orders that wait for its correction. */
export function correctionTask(one: Problem, now: number, language: Language): Task {
  const t = textIn(inbox, language);
  return {
    key: `correction ${one.listingId}`,
    due: msOf(one.dueAt),
    guessed: false,
    title: t('correct'),
    what: t('correctWhat', { title: one.title, count: one.count }),
    otherwise: t('correctElse', { time: moment(one.dueAt, now, language) }),
    href: paths.merchantDownload(one.listingId),
    action: t('correctDo'),
    mine: true,
    kind: 'correction',
  };
}

/** Numbers that were typed wrong wait for their buyers; what no supplier took waits for the shop. */
export function topupTasks(needs: Needs, now: number, language: Language): Task[] {
  const t = textIn(inbox, language);
  const row = { guessed: false, href: paths.merchantSupply(), action: t('see'), kind: 'topup' as const };
  const held: Task[] =
    needs.held === 0
      ? []
      : [
          {
            ...row,
            key: 'topups held',
            due: null,
            title: t('held', { count: needs.held }),
            what: t('heldWhat'),
            otherwise: t('heldElse'),
            href: paths.merchantSupply({ state: 'held' }),
            mine: true,
          },
        ];
  return [
    ...held,
    ...needs.wrong.map((one): Task => ({
      ...row,
      key: `topup ${one.orderId}`,
      due: msOf(one.until),
      title: t('wrong'),
      what: t('wrongWhat', { masked: one.masked }),
      otherwise: t('wrongElse', { time: moment(one.until, now, language) }),
      mine: false,
    })),
  ];
}
