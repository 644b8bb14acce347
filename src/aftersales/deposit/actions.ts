import { assert, must } from '../../kit/assert.ts';
import { clearDeadlines, type Due } from '../../kit/deadlines.ts';
import { faultPoint } from '../../kit/fault.ts';
import { newId } from '../../kit/ids.ts';
import { fen, noFen, type Fen } from '../../kit/money.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import { plus, type Instant } from '../../kit/time.ts';
import type { Tx } from '../../kit/tx.ts';
import { cureShop, pauseShop } from '../../catalog/pause.actions.ts';
import { openBook, writeBook } from '../../ledger/actions.ts';
import { enter, leftIn } from '../../ledger/book.rules.ts';
import { account, depositFunded, depositPaid, depositReturned } from '../../ledger/rules.ts';
import {
  askForReturn,
  holdDeposit,
  holdReturn,
  keepDeposit,
  settleReturn,
} from '../../merchants/deposit/actions.ts';
import {
  cannotReturn,
  decideLeave,
  decideMeasure,
  decideSuspend,
  measure,
  returnFrom,
  type Deposit,
  type ReturnFacts,
} from '../../merchants/deposit/rules.ts';
import { param, versionAt } from '../../rules/rules.ts';
import { collect } from '../recourse.actions.ts';
import { owedBy } from '../store.ts';
import type { DepositRefusal } from './contract.ts';
import { leavingFacts, soldBy } from './views.ts';

/** The balance of a deposit, locked: what a case may take at the same moment waits. */
async function balanceOf(tx: Tx, shopId: string): Promise<Fen> {
  const page = account('deposit', shopId);
  return leftIn(await openBook(tx, [page]), page);
}

/**
 * Measures the deposit of a shop by what it sells and what was settled, and lets follow what article 35 says: 72 hours where it falls short,
 * and its goods on sale again once it is filled up. A shop that was never asked for a deposit is left alone unless `begins`.
 */
export async function measureDeposit(tx: Tx, shopId: string, begins = false): Promise<Deposit | undefined> {
  const before = await holdDeposit(tx, shopId);
  if (!before && !begins) return undefined;
  const version = versionAt(tx.business);
  const since = plus(tx.business, { days: -param(version, 'DEPOSIT_VOLUME_WINDOW') });
  const [sold] = await soldBy(tx, { shopId, since, viewerShop: shopId });
  const balance = await balanceOf(tx, shopId);
  const { after, steps } = decideMeasure(before, {
    shopId,
    measured: measure({ ...must(sold, 'a shop sells something or nothing'), version }),
    balance,
    version,
    now: tx.business,
  });
  keepDeposit(tx, after, { steps, balance, byId: null });
  if (before?.state === 'suspended' && after.state === 'enough') await cureShop(tx, shopId, 'deposit');
  return after;
}

export type Paying = {
  readonly shopId: string;
  readonly userId: string;
  readonly from: 'available' | 'wallet';
  readonly amount: Fen;
};

/**
 * A shop pays into its deposit (F094): from its balance or from the owner's wallet, which a payment fills. What the fund paid for the shop
 * goes back to the fund first. Refuses what is not there, and a shop that is leaving.
 */
export async function payDeposit(
  tx: Tx,
  p: Paying,
): Promise<Result<{ paid: Fen; recovered: Fen }, DepositRefusal>> {
  const before = await holdDeposit(tx, p.shopId);
  if (before?.state === 'leaving' || before?.state === 'returned') return refuse('DEPOSIT_LEFT');
  const source = p.from === 'wallet' ? account('wallet', p.userId) : account('available', p.shopId);
  const book = await openBook(tx, [source, account('available', p.shopId), account('deposit', p.shopId)]);
  if (p.amount === 0n || leftIn(book, source) < p.amount) return refuse('DEPOSIT_SHORT_OF_MONEY');
  if (p.from === 'wallet') {
    assert(enter(book, newId(tx.wall), [depositFunded(p)]), 'the wallet has it');
    writeBook(tx, book);
  }
  faultPoint('deposit.pay.after-funds');
  const recovered = await collect(tx, p.shopId, p.amount);
  faultPoint('deposit.pay.after-recourse');
  const rest = fen(p.amount - recovered);
  if (rest > noFen) {
    const now = await openBook(tx, [account('available', p.shopId), account('deposit', p.shopId)]);
    assert(enter(now, newId(tx.wall), [depositPaid({ shopId: p.shopId, amount: rest })]), 'it is there');
    writeBook(tx, now);
  }
  faultPoint('deposit.pay.after-deposit');
  await measureDeposit(tx, p.shopId, true);
  return done({ paid: rest, recovered });
}

/** Deadline deposit.top_up: 72 hours and still short, so nothing is sold until it is filled up. Safe to repeat. */
export async function suspendShort(tx: Tx, due: readonly Due[]): Promise<void> {
  await clearDeadlines(tx, due);
  for (const { about: shopId } of due) {
    await measureDeposit(tx, shopId);
    const one = await holdDeposit(tx, shopId);
    const decided = one && decideSuspend(one, tx.business);
    if (!decided) continue;
    keepDeposit(tx, decided.after, {
      steps: [decided.step],
      balance: await balanceOf(tx, shopId),
      byId: null,
    });
    await pauseShop(tx, shopId, 'deposit');
  }
}

/** The owner closes the shop: nothing is sold any more; answers from when the deposit can go back. */
export async function leaveShop(
  tx: Tx,
  p: { shopId: string; userId: string },
): Promise<Result<{ returnFrom: Instant }, DepositRefusal>> {
  const one = (await holdDeposit(tx, p.shopId)) ?? (await measureDeposit(tx, p.shopId, true));
  const decided = one && decideLeave(one, tx.business);
  if (!decided) return refuse('DEPOSIT_LEFT');
  keepDeposit(tx, decided.after, {
    steps: [decided.step],
    balance: await balanceOf(tx, p.shopId),
    byId: p.userId,
  });
  await pauseShop(tx, p.shopId, 'deposit');
  const facts = await returnFacts(tx, p.shopId, decided.after);
  return done({ returnFrom: must(facts.returnFrom, 'a shop that leaves has its time') });
}

/** What decides whether a deposit goes back. */
export async function returnFacts(
  tx: Tx,
  shopId: string,
  deposit: Deposit | undefined,
): Promise<ReturnFacts> {
  const [[facts], [owing], balance] = await Promise.all([
    leavingFacts(tx, { shopId, viewerShop: shopId }),
    owedBy(tx, { shopId }),
    balanceOf(tx, shopId),
  ]);
  const { lastOrderAt, openOrders, openCases, soldAccounts } = must(facts, 'a shop has its facts');
  return {
    deposit,
    balance,
    owed: fen(owing && owing.owed > 0n ? owing.owed : 0n),
    openCases,
    openOrders,
    returnFrom:
      !deposit || deposit.leftAt === null
        ? null
        : returnFrom({ leftAt: deposit.leftAt, lastOrderAt, soldAccounts, version: deposit.rulebook }),
    now: tx.business,
  };
}

/** Somebody of the staff asks that a deposit goes back. It needs another one to agree. */
export async function askReturn(
  tx: Tx,
  p: { shopId: string; byId: string; reason: string },
): Promise<Result<{ amount: Fen }, DepositRefusal>> {
  const deposit = await holdDeposit(tx, p.shopId);
  // A shop that is not there answers like one that never had to keep a deposit.
  if (!deposit) return refuse('DEPOSIT_STAYS');
  const facts = await returnFacts(tx, p.shopId, deposit);
  const refused = cannotReturn(facts);
  if (refused) return refuse(refused);
  if (await holdReturn(tx, p.shopId)) return refuse('RETURN_ASKED');
  askForReturn(tx, { ...p, amount: facts.balance });
  return done({ amount: facts.balance });
}

/** The second person agrees, and the deposit goes to the shop's balance, or refuses. Everything is looked at again. */
export async function decideReturn(
  tx: Tx,
  p: { shopId: string; byId: string; agrees: boolean },
): Promise<Result<{ returned: Fen }, DepositRefusal>> {
  const deposit = await holdDeposit(tx, p.shopId);
  const asked = await holdReturn(tx, p.shopId);
  if (!deposit || !asked) return refuse('RETURN_NOT_ASKED');
  if (asked.askedBy === p.byId) return refuse('SAME_PERSON');
  const facts = await returnFacts(tx, p.shopId, deposit);
  const refused = p.agrees ? cannotReturn(facts) : undefined;
  if (refused) return refuse(refused);
  const key = p.agrees ? newId(tx.wall) : null;
  settleReturn(tx, { ...p, id: asked.id, key });
  faultPoint('deposit.return.after-row');
  if (key === null) return done({ returned: noFen });
  const amount = facts.balance;
  const book = await openBook(tx, [account('deposit', p.shopId), account('available', p.shopId)]);
  assert(enter(book, key, [depositReturned({ shopId: p.shopId, amount })]), 'the deposit is there');
  writeBook(tx, book);
  faultPoint('deposit.return.after-money');
  keepDeposit(
    tx,
    { ...deposit, state: 'returned' },
    { steps: [{ event: 'give_back', by: 'operator', from: deposit.state }], balance: noFen, byId: p.byId },
  );
  return done({ returned: amount });
}
