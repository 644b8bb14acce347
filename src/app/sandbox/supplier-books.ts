import { openJournal } from './journal.ts';

/** How the pretended supplier behaves about an account, or about all. */
export const supplierMoods = [
  'ok',
  'slow',
  'timeout_then_success',
  'timeout_not_done',
  'silent',
  'stuck',
  'partial',
  'fail',
  'refuse',
  'no_balance',
  'too_dear',
  'late_callback',
  'double_callback',
  'wrong_signature',
  'fail_then_success',
  'cancel_then_success',
] as const;
export type SupplierMood = (typeof supplierMoods)[number];

/** -1 cancelled, 0 charging, 1 success, 2 failed, 3 in part: as yrapi counts. */
export type SupplierState = -1 | 0 | 1 | 2 | 3;
export type SupplierOrder = {
  number: string;
  orderNumber: string;
  mobile: string;
  productId: string;
  /** In fen. */
  face: number;
  cost: number;
  notifyUrl: string;
  mood: SupplierMood;
  state: SupplierState;
  charged: number;
  /** When something happens by itself. */
  dueAt: number | null;
  at: number;
};
export type SupplierCall = {
  id: string;
  number: string;
  state: SupplierState;
  dueAt: number;
  tries: number;
  over: boolean;
};

type Event =
  | { type: 'order'; order: SupplierOrder }
  | { type: 'closed'; number: string }
  | { type: 'credit'; number: string; charged: number; at: number }
  | { type: 'call'; call: SupplierCall };

export type SupplierBooks = ReturnType<typeof openSupplierBooks>;

/** What the pretended supplier knows: the sum of its journal. An account is credited in one place, once for a number. */
export function openSupplierBooks(folder: string) {
  const journal = openJournal<Event>(folder);
  const orders = new Map<string, SupplierOrder>();
  const closed = new Set<string>();
  const credits = new Map<string, { charged: number; times: number }>();
  const calls = new Map<string, SupplierCall>();
  const apply = (event: Event): void => {
    if (event.type === 'order') orders.set(event.order.number, event.order);
    else if (event.type === 'closed') closed.add(event.number);
    else if (event.type === 'call') calls.set(event.call.id, event.call);
    else
      credits.set(event.number, {
        charged: (credits.get(event.number)?.charged ?? 0) + event.charged,
        times: (credits.get(event.number)?.times ?? 0) + 1,
      });
  };
  for (const event of journal.past) apply(event);
  const write = (event: Event): void => {
    journal.append(event);
    apply(event);
  };
  return {
    orders,
    closed,
    credits,
    calls,
    keep: (order: SupplierOrder) => write({ type: 'order', order }),
    close: (number: string) => write({ type: 'closed', number }),
    call: (call: SupplierCall) => write({ type: 'call', call }),
    /** Fills the account. A number that was filled is never filled again. */
    credit(number: string, charged: number, at: number): void {
      if (!credits.has(number)) write({ type: 'credit', number, charged, at });
    },
    spent: () => [...orders.values()].reduce((sum, one) => sum + (one.charged > 0 ? one.cost : 0), 0),
    shut: journal.close,
  };
}
