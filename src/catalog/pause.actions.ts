import { nextState } from '../kit/machine.ts';
import { publish } from '../kit/outbox.ts';
import { send, type Tx } from '../kit/tx.ts';
import { noteCures, notePauses, pausedListings, type Pause } from '../risk/pauses.actions.ts';
import type { PauseCause } from '../risk/words.contract.ts';
import { listingTable } from './machine.ts';
import { lockListings, setState } from './store.ts';
import { liveListingsOf, titlesOf } from './views.ts';

export type Paused = { readonly shopId: string; readonly listingId: string; readonly cause: PauseCause };
type Wish = Paused & { readonly facts: Pause['facts'] };

const held = (tx: Tx, list: readonly { shopId: string; listingId: string }[]) =>
  lockListings(tx, {
    shopIds: list.map((one) => one.shopId),
    listingIds: list.map((one) => one.listingId),
  });

/**
 * Takes listings off sale for a cause that is not their shop's wish (articles 34, 46, 47). One that its shop does not sell anyway is left
 * alone; one that is paused already gets the cause beside the others. Answers what is new. News `listing.paused` goes out.
 */
export async function pauseListings(tx: Tx, list: readonly Wish[]): Promise<Pause[]> {
  if (list.length === 0) return [];
  const rows = await held(tx, list);
  const before = await pausedListings(tx, list);
  const states = new Map(rows.map((row) => [row.id, row.state]));
  const fit = list.filter((one) => states.get(one.listingId) === 'live' || before.has(one.listingId));
  const titles = await titlesOf(tx, {
    shopIds: fit.map((one) => one.shopId),
    listingIds: fit.map((one) => one.listingId),
  });
  const title = (id: string): string => titles.find((row) => row.listingId === id)?.title ?? '';
  const fresh = await notePauses(
    tx,
    fit.map((one) => ({ ...one, facts: { ...one.facts, title: title(one.listingId) } })),
  );
  for (const listingId of new Set(fresh.map((one) => one.listingId))) {
    const row = rows.find((one) => one.id === listingId);
    const state = row && nextState(listingTable, row.state, 'pause', 'system');
    if (row && state) send(tx, setState(tx, { shopId: row.shopId, listingId, state }));
  }
  tell(tx, 'listing.paused', fresh);
  return fresh;
}

/** Causes that are over go away; a listing without any is on sale again, as its shop had left it. News `listing.cured` goes out. */
export async function cureListings(tx: Tx, list: readonly Paused[]): Promise<Pause[]> {
  if (list.length === 0) return [];
  const rows = await held(tx, list);
  const cured = await noteCures(
    tx,
    list.map((one) => ({ ...one, facts: {} })),
  );
  const still = await pausedListings(tx, cured);
  for (const listingId of new Set(cured.map((one) => one.listingId))) {
    const row = rows.find((one) => one.id === listingId);
    const state = row && nextState(listingTable, row.state, 'unpause', 'system');
    if (row && state && !still.has(listingId))
      send(tx, setState(tx, { shopId: row.shopId, listingId, state }));
  }
  tell(tx, 'listing.cured', cured);
  return cured;
}

/** All that a shop sells pauses for one cause. */
export async function pauseShop(tx: Tx, shopId: string, cause: PauseCause): Promise<void> {
  const rows = await liveListingsOf(tx, { viewerShop: shopId, cause: null });
  await pauseListings(
    tx,
    rows.map(({ listingId }) => ({ shopId, listingId, cause, facts: {} })),
  );
}

/** The cause is over for the whole shop. */
export async function cureShop(tx: Tx, shopId: string, cause: PauseCause): Promise<void> {
  const rows = await liveListingsOf(tx, { viewerShop: shopId, cause });
  await cureListings(
    tx,
    rows.map(({ listingId }) => ({ shopId, listingId, cause })),
  );
}

function tell(tx: Tx, event: string, list: readonly Pause[]): void {
  for (const one of list)
    send(
      tx,
      publish(tx, [
        { event, about: [one.listingId], shops: [one.shopId], data: { cause: one.cause, facts: one.facts } },
      ]),
    );
}
