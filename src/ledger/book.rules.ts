import { assert, must } from '../kit/assert.ts';
import { fen, type Fen } from '../kit/money.ts';
import { floorKinds, numberedKinds, printAccount, type Account } from './contract.ts';
import type { Transfer } from './rules.ts';

/** A locked account as the book knows it: what is left, and how many debits it has had. */
type Page = { readonly account: Account; left: bigint; debits: bigint; touched: boolean };
export type Entry = Transfer & {
  readonly key: string;
  readonly leg: number;
  readonly debitSeq: bigint | null;
  readonly debitLeft: bigint | null;
};

/**
 * The accounts of one transaction in memory: every transfer of a batch is entered here one after another, and refused
 * where money would be missing; then all are written with one statement.
 */
export type Book = {
  readonly pages: Map<string, Page>;
  readonly entries: Entry[];
  readonly legs: Map<string, number>;
};

export const emptyBook = (): Book => ({ pages: new Map(), entries: [], legs: new Map() });

export function openPage(book: Book, account: Account, left: bigint, debits: bigint): void {
  book.pages.set(printAccount(account), { account, left, debits, touched: false });
}

export const hasPage = (book: Book, account: Account): boolean => book.pages.has(printAccount(account));

/** What is left in a locked account. */
export const leftIn = (book: Book, account: Account): Fen =>
  fen(must(book.pages.get(printAccount(account)), `${printAccount(account)} was locked`).left);

const isFloor = (account: Account): boolean => floorKinds.includes(account.kind);
const isNumbered = (account: Account): boolean => numberedKinds.includes(account.kind);
/** Accounts whose debits are counted, so that two decisions on the same money cannot both be stored. */
export const isCounted = (account: Account): boolean => isFloor(account) || isNumbered(account);

/**
 * Enters the transfers of one event under its key; all or none. False when an account would fall below zero.
 * Accounts of the four floor kinds must have been locked, also those that are only credited.
 */
export function enter(book: Book, key: string, transfers: readonly Transfer[]): boolean {
  const undo: (() => void)[] = [];
  for (const one of transfers) {
    if (!enterOne(book, key, one, undo)) {
      for (const step of undo.toReversed()) step();
      return false;
    }
  }
  return true;
}

function enterOne(book: Book, key: string, one: Transfer, undo: (() => void)[]): boolean {
  const debit = isCounted(one.debit)
    ? must(book.pages.get(printAccount(one.debit)), `${printAccount(one.debit)} was locked before it pays`)
    : undefined;
  if (debit && debit.left < one.amount) return false;
  const credit = book.pages.get(printAccount(one.credit));
  assert(credit || !isFloor(one.credit), `${printAccount(one.credit)} was locked before it receives`);
  const leg = (book.legs.get(key) ?? 0) + 1;
  const before = { debit: debit && { ...debit }, credit: credit && { ...credit } };
  if (debit)
    Object.assign(debit, { left: debit.left - one.amount, debits: debit.debits + 1n, touched: true });
  if (credit) Object.assign(credit, { left: credit.left + one.amount, touched: true });
  book.legs.set(key, leg);
  book.entries.push({ ...one, key, leg, debitSeq: debit?.debits ?? null, debitLeft: debit?.left ?? null });
  undo.push(() => {
    if (debit) Object.assign(debit, before.debit);
    if (credit) Object.assign(credit, before.credit);
    book.legs.set(key, leg - 1);
    book.entries.pop();
  });
  return true;
}

/** The running balances that changed. */
export const changedBalances = (book: Book): { account: Account; balance: bigint; debits: bigint }[] =>
  [...book.pages.values()]
    .filter((page) => page.touched && isFloor(page.account))
    .map((page) => ({ account: page.account, balance: page.left, debits: page.debits }));
