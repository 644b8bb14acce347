import { assert } from '../kit/assert.ts';
import { send, type Tx } from '../kit/tx.ts';
import { changedBalances, emptyBook, enter, openPage, type Book } from './book.rules.ts';
import { floorKinds, printAccount, type Account } from './contract.ts';
import type { Transfer } from './rules.ts';
import {
  insertAccounts,
  insertTransfers,
  lockFloors,
  readEscrows,
  readInFlight,
  setBalances,
} from './store.ts';

const columns = (accounts: readonly Account[]): { kinds: string[]; ids: string[] } => ({
  kinds: accounts.map((one) => one.kind),
  ids: accounts.map((one) => one.id),
});

/** Opens accounts with a running balance of zero; opening one twice is harmless. */
export async function openAccounts(tx: Tx, accounts: readonly Account[]): Promise<void> {
  if (accounts.length > 0) await insertAccounts(tx, columns(accounts));
}

/**
 * A book with these accounts in it: floor accounts locked in one order, escrow and money in flight read under the caller's lock of
 * the line or payment. Accounts that are folded from the transfers need no page.
 */
export async function openBook(tx: Tx, accounts: readonly Account[]): Promise<Book> {
  const book = emptyBook();
  const distinct = [...new Map(accounts.map((one) => [printAccount(one), one])).values()];
  const floors = distinct.filter((one) => floorKinds.includes(one.kind));
  const escrows = distinct.filter((one) => one.kind === 'escrow');
  const inFlight = distinct.filter(
    (one) => one.kind === 'unapplied' || one.kind === 'refund' || one.kind === 'payout',
  );
  const [floorRows, escrowRows, flightRows] = await Promise.all([
    floors.length > 0 ? lockFloors(tx, columns(floors)) : [],
    escrows.length > 0 ? readEscrows(tx, { ids: escrows.map((one) => one.id) }) : [],
    inFlight.length > 0 ? readInFlight(tx, columns(inFlight)) : [],
  ]);
  for (const row of floorRows) openPage(book, row, row.left, row.debits);
  for (const row of escrowRows) openPage(book, { kind: 'escrow', id: row.id }, row.left, row.debits);
  for (const row of flightRows) openPage(book, row, row.left, row.debits);
  return book;
}

/** Writes what was entered: it travels with the commit, which fails whole if a number was taken by somebody else. */
export function writeBook(tx: Tx, book: Book): void {
  const { entries } = book;
  if (entries.length === 0) return;
  const balances = changedBalances(book);
  send(
    tx,
    insertTransfers(tx, {
      keys: entries.map((e) => e.key),
      legs: entries.map((e) => e.leg),
      kinds: entries.map((e) => e.kind),
      debitKinds: entries.map((e) => e.debit.kind),
      debitIds: entries.map((e) => e.debit.id),
      seqs: entries.map((e) => e.debitSeq),
      lefts: entries.map((e) => e.debitLeft),
      creditKinds: entries.map((e) => e.credit.kind),
      creditIds: entries.map((e) => e.credit.id),
      amounts: entries.map((e) => e.amount),
      abouts: entries.map((e) => e.about),
      at: tx.business,
    }),
  );
  if (balances.length > 0) {
    send(
      tx,
      setBalances(tx, {
        ...columns(balances.map((b) => b.account)),
        balances: balances.map((b) => b.balance),
        debits: balances.map((b) => b.debits),
      }),
    );
  }
}

export type Posting = { readonly key: string; readonly transfers: readonly Transfer[] };

/**
 * Posts events whose money is known to be there. The key (a UUID, the id of the event) is unique for ever, so posting an event twice
 * fails the transaction. Missing money is a broken promise of the caller, who decides before; use a book to decide.
 */
export async function post(tx: Tx, postings: readonly Posting[]): Promise<void> {
  const book = await openBook(
    tx,
    postings.flatMap((one) => one.transfers.flatMap((t) => [t.debit, t.credit])),
  );
  for (const one of postings) assert(enter(book, one.key, one.transfers), `the money of ${one.key} is there`);
  writeBook(tx, book);
}
