import { importLimits } from '../../src/inventory/contract.ts';
import type { Answers } from '../api.ts';
import { paths } from '../paths.ts';
import { clock, count, money, moment, msOf } from '../text/format.ts';
import { merchant } from '../text/merchant.ts';
import { textIn, type Language } from '../text/use.ts';

type Stock = Answers['inventory']['readStock']['items'][number];
type Import = Answers['inventory']['listImports']['items'][number];
type Waiting = Answers['analytics']['shopToday']['waiting'][number];

/** One row of the inbox: what to do, until when, and what happens if nothing is done. */
export type Task = {
  readonly key: string;
  /** When it turns bad by itself, in milliseconds; null: it is bad now. */
  readonly due: number | null;
  /** Estimated, not fixed by a rule. */
  readonly guessed: boolean;
  readonly title: string;
  readonly what: string;
  readonly otherwise: string;
  readonly href: string;
  readonly action: string;
  readonly mine: boolean;
  /** The case that can be chosen here, to be answered with others at once. */
  readonly pick?: string;
  readonly kind: TaskKind;
};

/** What kinds of work a shop's inbox holds. */
export const taskKinds = ['case', 'talk', 'delivery', 'correction', 'topup', 'stock', 'other'] as const;
export type TaskKind = (typeof taskKinds)[number];

type Sources = { stock: readonly Stock[]; imports: readonly Import[]; waiting: readonly Waiting[] };

/** What waits in a shop, by the time that is left. */
export function tasksOf({ stock, imports, waiting }: Sources, now: number, language: Language): Task[] {
  const tasks = [
    ...stock.flatMap((one) => stockTask(one, now, language)),
    ...imports.flatMap((one) => importTask(one, now, language)),
    ...waiting.map((one) => waitingTask(one, now, language)),
  ];
  return tasks.sort((a, b) => (a.due ?? 0) - (b.due ?? 0));
}

/** A variant that is low, or that sold and has nothing left. */
function stockTask(one: Stock, now: number, language: Language): Task[] {
  const t = textIn(merchant, language);
  const left = one.onHand - one.reserved;
  const isOut = left <= 0 && one.sold > 0;
  if (!isOut && !one.low) return [];
  return [
    {
      key: one.variantId,
      due: isOut || one.daysLeft === null ? null : now + one.daysLeft * 86_400_000,
      guessed: true,
      title: t(isOut ? 'soldOut' : 'low'),
      what: t('lowWhat', { goods: `${one.title} ${one.variant}`, left: count(Math.max(0, left), language) }),
      otherwise: t(isOut ? 'soldOutElse' : 'lowElse'),
      href: paths.merchantImport(one.variantId),
      action: t('restock'),
      mine: true,
      kind: 'stock',
    },
  ];
}

function importTask(one: Import, now: number, language: Language): Task[] {
  const t = textIn(merchant, language);
  const goods = `${one.title} ${one.variant}`;
  const href = paths.merchantImportReport(one.importId);
  const made = msOf(one.at);
  const until = made + importLimits.draft_minutes * 60_000;
  const row = {
    key: one.importId,
    guessed: false,
    what: t('confirmImportWhat', { goods, count: count(one.accepted, language) }),
    href,
    kind: 'stock' as const,
  };
  if (one.state === 'draft' && until > now && one.accepted > 0)
    return [
      {
        ...row,
        due: until,
        title: t('confirmImport'),
        otherwise: t('confirmImportElse', { time: clock(until) }),
        action: t('look'),
        mine: true,
      },
    ];
  if (one.state === 'queued')
    return [
      {
        ...row,
        due: null,
        title: t('runningImport'),
        otherwise: t('runningImportElse'),
        action: t('see'),
        mine: false,
      },
    ];
  if (one.state === 'refused' && now - made < 86_400_000)
    return [
      {
        ...row,
        due: null,
        title: t('failedImport'),
        otherwise: t('failedImportElse'),
        action: t('seeWhy'),
        mine: true,
      },
    ];
  return [];
}

function waitingTask(one: Waiting, now: number, language: Language): Task {
  const t = textIn(merchant, language);
  return {
    key: one.orderId,
    due: msOf(one.dueAt),
    guessed: false,
    title: t('waitPay'),
    what: t('waitPayWhat', {
      goods: `${one.title} ${one.variant}`,
      count: one.quantity,
      amount: money(one.total),
    }),
    otherwise: t('waitPayElse', { time: moment(one.dueAt, now, language) }),
    href: paths.merchantOrder(one.orderId),
    action: t('seeOrder'),
    mine: false,
    kind: 'other',
  };
}
