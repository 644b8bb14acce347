import { laneOf } from '../kit/lane.ts';
import { purchaseAll, type PurchaseAnswer } from './purchase.actions.ts';
import { applyAll } from './apply.actions.ts';
import type { Purchase } from './rules.ts';

/** Purchases that wait, in any number of processes; locks live in PostgreSQL. */
export const purchaseLane = laneOf<Purchase, PurchaseAnswer>('checkout.purchase', purchaseAll, {
  early: true,
});

/** Payments whose money waits to be applied, by their ids. */
export const applyLane = laneOf<string, undefined>('checkout.apply', async (tx, paymentIds) => {
  await applyAll(tx, paymentIds);
  return paymentIds.map(() => undefined);
});
