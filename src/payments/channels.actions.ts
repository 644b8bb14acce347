import { assert, must } from '../kit/assert.ts';
import type { Db } from '../kit/tx.ts';
import type { Channel } from './channel.contract.ts';

export type PaymentSetup = {
  readonly channels: readonly Channel[];
  /**
   * What lies above payments decides what a checkout's money does: called at once after money came in or a payment was closed, and again
   * through the outbox (payment.received, payment.closed) when this process died or it threw. Must be harmless when called twice.
   */
  readonly applyCheckouts?: (paymentIds: readonly string[]) => Promise<void>;
};

const setups = new WeakMap<Db, PaymentSetup>();

/** Says which channels this process speaks to; called once at the start. A channel that only plays is refused outside a demo. */
export function installPayments(db: Db, setup: PaymentSetup): void {
  const playing = setup.channels.find((channel) => channel.sandbox);
  assert(db.demo || !playing, `production does not take money through ${playing?.name}`);
  setups.set(db, setup);
}

const setupOf = (db: Db): PaymentSetup => setups.get(db) ?? { channels: [] };
export const channelsOf = (db: Db): readonly Channel[] => setupOf(db).channels;
export const findChannel = (db: Db, name: string): Channel | undefined =>
  channelsOf(db).find((channel) => channel.name === name);
export const mustChannel = (db: Db, name: string): Channel =>
  must(findChannel(db, name), `the channel ${name} is installed`);

/** Tells the checkout about these payments. Throws in a process that has no checkout, so that the news stays for one that has. */
export async function applyCheckouts(db: Db, paymentIds: readonly string[]): Promise<void> {
  if (paymentIds.length === 0) return;
  const { applyCheckouts: apply } = setupOf(db);
  assert(apply, 'a process that takes news of payments has the checkout installed');
  await apply(paymentIds);
}
