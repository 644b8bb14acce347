import { must } from '../kit/assert.ts';
import { faultPoint } from '../kit/fault.ts';
import { toJson } from '../kit/json.ts';
import { reader, send, transaction, type Db, type Tx } from '../kit/tx.ts';
import {
  changeAttempts,
  changeRequests,
  holdRequests,
  keysOf,
  lineKey,
  newAttempts,
  routesOf,
  tellChanged,
  type LineKey,
  type Supplied,
} from './actions.ts';
import {
  afterCall,
  begun,
  givenUp,
  heard,
  isEnded,
  nextRoute,
  noRouteReason,
  type Act,
  type Attempt,
  type Heard,
} from './rules.ts';
import { noticePath, openTarget, supplierOf, supplyOf, type SupplierRow } from './setup.actions.ts';
import { insertExchanges, lockAttempts, readSuppliers, takeDue, writeHealth } from './store.ts';

/** So many questions are under way at once, in one process. */
const atOnce = 50;

type Task = { readonly act: Act; readonly attempt: Attempt; readonly target: string | null };
type Finished = { readonly attempt: Attempt; readonly word: Heard };
type Work = { underWay: number; finished: Finished[]; idle: (() => void)[] };

const works = new WeakMap<Db, Work>();
function workOf(db: Db): Work {
  const known = works.get(db) ?? { underWay: 0, finished: [], idle: [] };
  works.set(db, known);
  return known;
}

/**
 * One round of the pump: writes what suppliers have answered since the last one and takes up what is due, both in one short transaction,
 * and then asks, outside of it. So the database sees a few transactions a second, however many orders wait and however slow a supplier is.
 * What is about to be sent is marked as sent before it leaves. Answers whether anything is left to be done now.
 */
export async function workSupply(db: Db): Promise<boolean> {
  if (!supplyOf(db)) return false;
  const work = workOf(db);
  const finished = work.finished.splice(0);
  let tasks: Task[];
  try {
    tasks = await transaction(db, async (tx) => {
      await write(tx, finished);
      return take(tx, atOnce - work.underWay);
    });
  } catch (error) {
    work.finished.unshift(...finished);
    throw error;
  }
  // Whatever cannot be started is taken up again when its time is over.
  if (tasks.length > 0) await start(db, work, tasks);
  return tasks.length > 0 || finished.length > 0 || work.underWay > 0 || work.finished.length > 0;
}

/** Waits until nothing is under way; for tests and for the end of a program. */
export async function supplyIdle(db: Db): Promise<void> {
  const work = workOf(db);
  if (work.underWay > 0) await new Promise<void>((done) => work.idle.push(done));
}

async function take(tx: Tx, limit: number): Promise<Task[]> {
  if (limit <= 0) return [];
  const due = await takeDue(tx, { wall: tx.wall, limit });
  if (due.length === 0) return [];
  // Whoever is not to be filled any more is not filled: its account is forgotten.
  const homeless = due.filter((row) => row.wish === 'send' && row.targetSealed === null);
  changeAttempts(
    tx,
    homeless.map(({ targetSealed: _, ...row }) => givenUp(row, tx.wall)),
  );
  const tasks = due
    .filter((row) => !homeless.includes(row))
    .map(({ targetSealed, ...row }): Task => {
      const { act, attempt } = begun(row, tx.wall);
      const target = act === 'send' && targetSealed ? openTarget(tx.keys, row, targetSealed) : null;
      return { act, attempt, target };
    });
  changeAttempts(
    tx,
    tasks.map((task) => task.attempt),
  );
  send(
    tx,
    tellChanged(
      tx,
      tasks.filter((task) => task.act === 'send').map((task) => task.attempt),
    ),
  );
  faultPoint('supply.take.before-commit');
  return tasks;
}

async function start(db: Db, work: Work, tasks: readonly Task[]): Promise<void> {
  faultPoint('supply.send.before-send');
  const rows = await readSuppliers(await reader(db), {
    shops: tasks.map((task) => task.attempt.shopId),
    ids: tasks.map((task) => task.attempt.supplierId),
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  work.underWay += tasks.length;
  for (const task of tasks) {
    void askSupplier(db, task, byId.get(task.attempt.supplierId))
      .then((word) => void work.finished.push({ attempt: task.attempt, word }))
      .finally(() => {
        work.underWay -= 1;
        if (work.underWay === 0) for (const tell of work.idle.splice(0)) tell();
      });
  }
}

/** One question to one supplier; a supplier that this process cannot speak to says nothing. */
async function askSupplier(
  db: Db,
  { act, attempt, target }: Task,
  row: SupplierRow | undefined,
): Promise<Heard> {
  const nothing = { kind: 'unknown', why: 'no such supplier here' } as const;
  const supplier = row && supplierOf(db, row);
  if (!supplier) return { act, answer: nothing };
  const failed = (error: unknown) =>
    ({ kind: 'unknown', why: error instanceof Error ? error.name : 'failed' }) as const;
  if (act === 'ask') return { act, answer: await supplier.query(attempt.number).catch(failed) };
  if (act === 'cancel') return { act, answer: await supplier.cancel(attempt.number).catch(failed) };
  const answer = await supplier
    .submit({
      number: attempt.number,
      productNo: attempt.productNo,
      target: must(target, 'an account to fill'),
      face: attempt.face,
      maxCost: attempt.maxCost,
      noticeUrl: `${must(supplyOf(db), 'supply is installed').origin()}${noticePath(attempt)}`,
    })
    .catch(failed);
  faultPoint('supply.send.after-send');
  return { act, answer };
}

/** Writes what was answered, and what follows: the end of a request, or its next attempt at another supplier. */
async function write(tx: Tx, finished: readonly Finished[]): Promise<void> {
  if (finished.length === 0) return;
  faultPoint('supply.write.before-lock');
  const held = await holdRequests(
    tx,
    finished.map((one) => one.attempt),
  );
  const now = new Map(
    [...held.values()].flatMap((one) => one.attempts.map((attempt) => [attempt.id, attempt])),
  );
  const changed = new Map<string, Attempt>();
  for (const { attempt, word } of finished) {
    const current = changed.get(attempt.id) ?? must(now.get(attempt.id), 'an attempt stays');
    changed.set(attempt.id, heard(current, word, tx.wall));
  }
  changeAttempts(tx, [...changed.values()]);
  faultPoint('supply.write.after-attempts');
  send(tx, writeExchanges(tx, finished));
  await noteHealth(tx, finished);
  const ends = [...changed.values()].filter((one) => isEnded(one.state));
  await follow(tx, held, ends);
  faultPoint('supply.write.after-follow');
  const told = [...changed.values()].filter((one) => one.state !== now.get(one.id)?.state);
  send(tx, tellChanged(tx, told));
  faultPoint('supply.write.after-news');
}

/** What the end of an attempt means for its request: done, the next supplier, held for the shop, or failed for good. */
async function follow(tx: Tx, held: ReadonlyMap<string, Supplied>, ends: readonly Attempt[]): Promise<void> {
  const open = ends.flatMap((attempt) => {
    const one = held.get(lineKey(attempt));
    return one?.request.state === 'open' ? [{ attempt, ...one }] : [];
  });
  if (open.length === 0) return;
  const routes = await routesOf(
    tx,
    open.map((one) => one.request),
  );
  for (const { attempt, request, attempts } of open) {
    if (attempt.state === 'success' || attempt.state === 'partial' || attempt.state === 'late') {
      changeRequests(tx, [{ ...request, state: 'done', why: null }]);
      stopOthers(tx, attempts, attempt.id);
      continue;
    }
    if (attempt.state === 'cancelled' && attempt.cancelWanted) {
      changeRequests(tx, [{ ...request, state: 'cancelled', why: 'cancelled' }]);
      continue;
    }
    const all = routes.get(request.variantId) ?? [];
    const tried = attempts.map((one) => `${one.supplierId}/${one.productNo}`);
    const route = attempt.cancelWanted ? undefined : nextRoute(all, tried);
    if (route) {
      newAttempts(tx, [{ ...request, nth: request.attempts + 1, route }]);
      changeRequests(tx, [{ ...request, state: 'open', why: null, attempts: request.attempts + 1 }]);
    } else if (attempt.cancelWanted || attempt.state !== 'refused')
      changeRequests(tx, [
        {
          ...request,
          state: attempt.cancelWanted ? 'cancelled' : 'failed',
          why: attempt.said ?? attempt.state,
        },
      ]);
    // Nobody took it: the shop can put that right (balance, price, product), so it is not the end.
    else changeRequests(tx, [{ ...request, state: 'held', why: attempt.refusal ?? noRouteReason(all) }]);
  }
}

/** The account was filled by an attempt that had been given up: what is under way beside it is stopped, and late if it arrives. */
function stopOthers(tx: Tx, attempts: readonly Attempt[], filledBy: string): void {
  const others = attempts.filter((one) => one.id !== filledBy && !isEnded(one.state));
  changeAttempts(
    tx,
    others.map((one) => givenUp(one, tx.wall)),
  );
}

function writeExchanges(tx: Tx, finished: readonly Finished[]): Promise<number> {
  return insertExchanges(tx, {
    shops: finished.map((one) => one.attempt.shopId),
    attempts: finished.map((one) => one.attempt.id),
    acts: finished.map((one) => one.word.act),
    answers: finished.map((one) => one.word.answer.kind),
    saids: finished.map((one) => toJson(one.word.answer).slice(0, 400)),
    at: tx.business,
  });
}

/** The breaker of each supplier: an answer, also a refusal, closes it; silence after silence opens it. */
async function noteHealth(tx: Tx, finished: readonly Finished[]): Promise<void> {
  const rows = await readSuppliers(tx, {
    shops: finished.map((one) => one.attempt.shopId),
    ids: finished.map((one) => one.attempt.supplierId),
  });
  const changed = rows.flatMap((row) => {
    let state = { silences: row.silences, openUntil: null as ReturnType<typeof afterCall>['openUntil'] };
    for (const { attempt, word } of finished)
      if (attempt.supplierId === row.id)
        state = afterCall(state.silences, word.answer.kind !== 'unknown', tx.wall);
    return row.silences === 0 && state.silences === 0 ? [] : [{ ...row, ...state }];
  });
  if (changed.length === 0) return;
  changed.sort((a, b) => (a.id < b.id ? -1 : 1));
  await writeHealth(tx, {
    shops: changed.map((one) => one.shopId),
    suppliers: changed.map((one) => one.id),
    silences: changed.map((one) => one.silences),
    openUntil: changed.map((one) => one.openUntil),
  });
}

/** Puts attempts whose genuine call has come in front: their supplier is asked now. */
export async function askSoon(tx: Tx, list: readonly (LineKey & { id: string })[]): Promise<void> {
  const rows = await lockAttempts(tx, { shops: keysOf(list).shops, ids: list.map((one) => one.id) });
  changeAttempts(
    tx,
    rows
      .filter((one) => one.state !== 'queued')
      .map((one) => ({ ...one, wish: 'ask' as const, dueAt: tx.wall })),
  );
}
