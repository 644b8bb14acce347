import { must } from '../kit/assert.ts';
import { newId } from '../kit/ids.ts';
import type { Fen } from '../kit/money.ts';
import { publish } from '../kit/outbox.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { send, transaction, type Db, type Tx } from '../kit/tx.ts';
import type { SupplyRefusal } from './contract.ts';
import type { RequestState } from './machine.ts';
import {
  givenUp,
  isEnded,
  maskTarget,
  nextRoute,
  noRouteReason,
  numberOf,
  resendRefused,
  type Attempt,
  type Route,
} from './rules.ts';
import { sealTarget } from './setup.actions.ts';
import {
  findAttempt,
  insertAttempts,
  insertRequests,
  lockAttempts,
  lockAttemptsOfLines,
  lockRequests,
  lockUntried,
  routesOfVariants,
  writeAttempts,
  writeRequests,
  writeTarget,
} from './store.ts';

export type LineKey = { readonly shopId: string; readonly orderId: string; readonly line: number };
export type NewRequest = LineKey & {
  readonly variantId: string;
  readonly face: Fen;
  readonly target: string;
};
export type SupplyRequest = LineKey & {
  readonly variantId: string;
  readonly face: Fen;
  readonly masked: string;
  readonly state: RequestState;
  readonly why: string | null;
  readonly attempts: number;
};
/** A request with all its attempts, the newest last. */
export type Supplied = { readonly request: SupplyRequest; readonly attempts: readonly Attempt[] };

export const lineKey = (p: LineKey): string => `${p.shopId}/${p.orderId}/${p.line}`;
export const keysOf = (list: readonly LineKey[]) => ({
  shops: list.map((one) => one.shopId),
  orders: list.map((one) => one.orderId),
  lines: list.map((one) => one.line),
});

/** The routes of variants, by variant. */
export async function routesOf(
  tx: Tx,
  list: readonly { shopId: string; variantId: string }[],
): Promise<Map<string, Route[]>> {
  const rows = await routesOfVariants(tx, {
    shops: list.map((one) => one.shopId),
    variants: list.map((one) => one.variantId),
    wall: tx.wall,
  });
  return Map.groupBy(rows, (row) => row.variantId);
}

/**
 * Asks for accounts to be filled: one request for a line, and its first attempt where there is a route. Nothing leaves here; the pump
 * (work.actions) sends after the commit. The caller has locked the orders and asks once for a line. Answers which are open and which held.
 */
export async function createRequests(tx: Tx, list: readonly NewRequest[]): Promise<RequestState[]> {
  if (list.length === 0) return [];
  const routes = await routesOf(tx, list);
  const planned = list.map((one) => {
    const all = routes.get(one.variantId) ?? [];
    return { one, all, route: nextRoute(all, []) };
  });
  await insertRequests(tx, {
    ...keysOf(list),
    variants: list.map((one) => one.variantId),
    faces: list.map((one) => one.face),
    sealed: list.map((one) => sealTarget(tx.keys, one, one.target)),
    masked: list.map((one) => maskTarget(one.target)),
    states: planned.map(({ route }) => (route ? 'open' : 'held')),
    whys: planned.map(({ route, all }) => (route ? null : noRouteReason(all))),
    attempts: planned.map(({ route }) => (route ? 1 : 0)),
    at: tx.business,
  });
  newAttempts(
    tx,
    planned.flatMap(({ one, route }) => (route ? [{ ...one, nth: 1, route }] : [])),
  );
  return planned.map(({ route }) => (route ? 'open' : 'held'));
}

/** A new attempt is a new number, at one supplier. */
export function newAttempts(
  tx: Tx,
  list: readonly (LineKey & { face: Fen; nth: number; route: Route })[],
): void {
  if (list.length === 0) return;
  const ids = list.map(() => newId(tx.wall));
  send(
    tx,
    insertAttempts(tx, {
      ...keysOf(list),
      ids,
      nths: list.map((one) => one.nth),
      numbers: ids.map(numberOf),
      suppliers: list.map((one) => one.route.supplierId),
      products: list.map((one) => one.route.productNo),
      faces: list.map((one) => one.face),
      caps: list.map((one) => one.route.maxCost),
      wall: tx.wall,
      at: tx.business,
    }),
  );
}

/** Locks the requests of lines and their attempts. Those that are not there are not in the answer. */
export async function holdRequests(tx: Tx, list: readonly LineKey[]): Promise<Map<string, Supplied>> {
  if (list.length === 0) return new Map();
  const requests = await lockRequests(tx, keysOf(list));
  const attempts = await lockAttemptsOfLines(tx, keysOf(requests));
  const byLine = Map.groupBy(attempts, lineKey);
  return new Map(
    requests.map((request) => [lineKey(request), { request, attempts: byLine.get(lineKey(request)) ?? [] }]),
  );
}

export function changeAttempts(tx: Tx, list: readonly Attempt[]): void {
  if (list.length === 0) return;
  send(tx, writeAttempts(tx, { list, ended: list.map((one) => isEnded(one.state)), at: tx.business }));
}

export function changeRequests(
  tx: Tx,
  list: readonly (LineKey & { state: RequestState; why: string | null; attempts: number })[],
): void {
  if (list.length === 0) return;
  send(
    tx,
    writeRequests(tx, {
      ...keysOf(list),
      states: list.map((one) => one.state),
      whys: list.map((one) => one.why),
      attempts: list.map((one) => one.attempts),
      at: tx.business,
    }),
  );
}

/** News about the orders whose requests went on. */
export const tellChanged = (tx: Tx, list: readonly LineKey[]): Promise<void> =>
  list.length === 0
    ? Promise.resolve()
    : publish(tx, [
        {
          event: 'supply.changed',
          about: list.map((one) => one.orderId),
          shops: list.map((one) => one.shopId),
        },
      ]);

/** The attempt that may still come to something, if any. */
export const openAttempt = ({ attempts }: Supplied): Attempt | undefined =>
  attempts.findLast((one) => !isEnded(one.state));

/**
 * Wants lines not to be filled any more. What was never sent ends at once; for the rest the supplier is asked, and only its word counts:
 * the news `supply.changed` tells the end. The caller has locked the orders. Answers which of them ended at once.
 */
export async function wantCancelled(tx: Tx, list: readonly LineKey[]): Promise<Set<string>> {
  const held = await holdRequests(tx, list);
  const endedNow = new Set<string>();
  for (const one of held.values()) {
    const { request } = one;
    if (request.state !== 'open' && request.state !== 'held') continue;
    const attempt = openAttempt(one);
    if (attempt && attempt.state !== 'queued') {
      changeAttempts(tx, [{ ...attempt, cancelWanted: true, cancels: 0, wish: 'cancel', dueAt: tx.wall }]);
      continue;
    }
    if (attempt) changeAttempts(tx, [{ ...attempt, state: 'cancelled', dueAt: null }]);
    changeRequests(tx, [{ ...request, state: 'cancelled', why: 'cancelled' }]);
    endedNow.add(lineKey(request));
  }
  return endedNow;
}

/**
 * The buyer got the money back without a final word of the supplier. The number goes on being asked about; what arrives from now on is
 * late, and the shop's loss. The caller has locked the orders.
 */
export async function abandonRequests(tx: Tx, list: readonly LineKey[]): Promise<void> {
  const held = await holdRequests(tx, list);
  for (const one of held.values()) {
    const { request } = one;
    if (request.state !== 'open' && request.state !== 'held') continue;
    const attempt = openAttempt(one);
    if (attempt) changeAttempts(tx, [givenUp(attempt, tx.wall)]);
    const sent = attempt !== undefined && attempt.state !== 'queued';
    changeRequests(tx, [{ ...request, state: sent ? 'abandoned' : 'cancelled', why: null }]);
  }
}

/** Another account, as long as nothing was ever sent (pitfall 17). Refuses TARGET_FIXED. The caller has locked the order. */
export async function changeTarget(
  tx: Tx,
  p: LineKey & { target: string },
): Promise<Result<{ masked: string }, SupplyRefusal>> {
  const held = (await holdRequests(tx, [p])).get(lineKey(p));
  const waiting = held?.request.state === 'open' || held?.request.state === 'held';
  if (!held || !waiting || held.attempts.some((one) => one.sends > 0)) return refuse('TARGET_FIXED');
  const masked = maskTarget(p.target);
  await writeTarget(tx, { ...p, sealed: sealTarget(tx.keys, p, p.target), masked });
  return done({ masked });
}

/**
 * 补单 (F031): the same number again at the same supplier, which never fills it twice. Where nothing is under way any more a new attempt
 * with a new number begins at the first route that can be used. Refuses with why it cannot be pressed.
 */
export async function resupply(
  db: Db,
  p: { shopId: string; attemptId: string },
): Promise<Result<{ again: 'same' | 'new' }, SupplyRefusal>> {
  return transaction(db, async (tx) => {
    const [seen] = await findAttempt(tx, { shopId: p.shopId, id: p.attemptId });
    if (!seen) return refuse('ATTEMPT_NOT_FOUND');
    const held = must((await holdRequests(tx, [seen])).get(lineKey(seen)), 'an attempt has its request');
    const { request, attempts } = held;
    if (request.state === 'held') {
      // Whatever was tried may be tried again: the shop says that it has put right what was wrong.
      const routes = (await routesOf(tx, [request])).get(request.variantId) ?? [];
      const route = nextRoute(routes, []);
      if (!route) return refuse('NO_ROUTE_LEFT');
      newAttempts(tx, [{ ...request, nth: request.attempts + 1, route }]);
      changeRequests(tx, [{ ...request, state: 'open', why: null, attempts: request.attempts + 1 }]);
      send(tx, tellChanged(tx, [request]));
      return done({ again: 'new' as const });
    }
    const attempt = must(
      attempts.find((one) => one.id === p.attemptId),
      'the attempt is one of its request',
    );
    const refused = resendRefused(attempt, tx.wall);
    if (refused) return refuse(refused);
    changeAttempts(tx, [{ ...attempt, wish: 'send', dueAt: tx.wall }]);
    return done({ again: 'same' as const });
  });
}

/** Begins what waited because nobody could take it: after a route was set or a supplier switched on. Answers how many. */
export async function resumeUntried(
  tx: Tx,
  p: { shopId: string; variantId: string | null },
): Promise<number> {
  const waiting = await lockUntried(tx, p);
  if (waiting.length === 0) return 0;
  const routes = await routesOf(tx, waiting);
  const begun = waiting.flatMap((request) => {
    const route = nextRoute(routes.get(request.variantId) ?? [], []);
    return route ? [{ ...request, nth: 1, route }] : [];
  });
  newAttempts(tx, begun);
  changeRequests(
    tx,
    begun.map((one) => ({ ...one, state: 'open' as const, why: null, attempts: 1 })),
  );
  send(tx, tellChanged(tx, begun));
  return begun.length;
}

/** Has what is under way for these lines looked at now: the same number again where nobody knows, a question where the supplier has it. */
export async function nudge(tx: Tx, list: readonly LineKey[]): Promise<void> {
  const held = await holdRequests(tx, list);
  const open = [...held.values()].flatMap((one) => openAttempt(one) ?? []);
  changeAttempts(
    tx,
    open
      .filter((one) => one.state !== 'queued')
      .map((one) => ({
        ...one,
        wish: resendRefused(one, tx.wall) === undefined ? ('send' as const) : ('ask' as const),
        dueAt: tx.wall,
      })),
  );
}

/** Asks the supplier about one attempt now; also one that has ended, which may have arrived late. */
export async function askNow(
  db: Db,
  p: { shopId: string; attemptId: string },
): Promise<Result<{ asked: boolean }, SupplyRefusal>> {
  return transaction(db, async (tx) => {
    const [attempt] = await lockAttempts(tx, { shops: [p.shopId], ids: [p.attemptId] });
    if (!attempt) return refuse('ATTEMPT_NOT_FOUND');
    if (attempt.state === 'queued') return refuse('ATTEMPT_NOT_SENT');
    changeAttempts(tx, [{ ...attempt, wish: 'ask', dueAt: tx.wall }]);
    return done({ asked: true });
  });
}
