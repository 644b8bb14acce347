import { must } from '../../kit/assert.ts';
import { fen } from '../../kit/money.ts';
import { nextState } from '../../kit/machine.ts';
import { publish } from '../../kit/outbox.ts';
import { send, type Tx } from '../../kit/tx.ts';
import { recordNext } from '../../evidence/actions.ts';
import { param } from '../../rules/rules.ts';
import { applyMoves } from '../actions.ts';
import type { File } from '../held.actions.ts';
import { juryTable } from '../jury/machine.ts';
import type { Case, Move } from '../rules.ts';
import { insertAssignment } from '../store.ts';
import { emptyDocket } from '../write.actions.ts';
import { drawOrder, listOf, type TribunalKind } from './draw.rules.ts';
import { panelTable } from './machine.ts';
import { nextSeats, type Ballot, type Seat } from './rules.ts';
import {
  insertSeats,
  insertTribunal,
  moveTribunal,
  readBallots,
  readRecusals,
  readSeats,
  readTribunal,
  type Key,
  type VoteBody,
} from './store.ts';
import { buyersOf, freeArbitrators, freeJurors } from './views.ts';

/** Who of all that could sit has nothing to do with the case now. */
export async function freeFor(tx: Tx, one: Case, kind: TribunalKind): Promise<string[]> {
  const buyers = await buyersOf(tx, { viewerBuyer: one.buyerId });
  const of = { shopId: one.shopId, viewerCase: one.id, buyerIds: buyers.map((row) => row.userId) };
  const rows =
    kind === 'panel'
      ? await freeArbitrators(tx, of)
      : await freeJurors(tx, { ...of, orders: param(one.rulebook, 'JUROR_ORDERS') });
  return rows.map((row) => row.userId);
}

export const seatsFor = (one: Case, kind: TribunalKind): number =>
  param(one.rulebook, kind === 'panel' ? 'PANEL_SEATS' : 'CROWD_JURORS');

/**
 * Makes the step that brings a case before a tribunal: the list it will be drawn from is fixed in the same event, so that nobody can choose
 * it once the lot is known.
 */
export async function enterTribunal(tx: Tx, file: File, move: Move, kind: TribunalKind): Promise<void> {
  const one = file.case;
  const list = listOf(one.id, await freeFor(tx, one, kind));
  const seats = seatsFor(one, kind);
  const says = {
    kind: 'draw_list',
    body: { tribunal: kind, seats, candidates: list.tokens.length, sha256: list.sha256.toString('hex') },
  };
  await applyMoves(tx, emptyDocket(), [{ file, move: { ...move, says: [...(move.says ?? []), says] } }]);
  const key = { shopId: one.shopId, caseId: one.id, kind };
  send(
    tx,
    insertTribunal(tx, {
      ...key,
      orderId: one.orderId,
      seats,
      tokens: list.tokens,
      people: list.people,
      listSha256: list.sha256,
      at: tx.business,
    }),
  );
}

/** A tribunal as its decisions see it; the caller holds the case. */
export async function holdTribunal(tx: Tx, file: File, kind: TribunalKind) {
  const key: Key = { shopId: file.case.shopId, caseId: file.case.id, kind };
  const [found] = await readTribunal(tx, key);
  if (!found) return undefined;
  const [seats, ballots, recusals] = await Promise.all([
    readSeats(tx, key),
    readBallots(tx, key),
    kind === 'panel' ? readRecusals(tx, key) : [],
  ]);
  return { ...found, key, seatCount: found.seats, seats, ballots, recusals };
}
export type Tribunal = NonNullable<Awaited<ReturnType<typeof holdTribunal>>>;

/** What decides whether somebody may vote from a seat now. */
export const seatFacts = (tx: Tx, file: File, w: Tribunal, byId: string) => ({
  case: file.case,
  byId,
  now: tx.business,
  state: w.state,
  seats: w.seats,
  voted: w.ballots.map((one) => one.userId),
});

/** The whole list in the order of the lot. */
export function orderOf(w: Tribunal): { userId: string; rank: number; token: string }[] {
  const [size, root] = [must(w.sourceSize, 'it was drawn'), must(w.sourceRoot, 'it was drawn')];
  const { kind, caseId } = w.key;
  return drawOrder({ kind, caseId, size, root, listSha256: w.listSha256 }, w.tokens).map((token, i) => ({
    token,
    rank: i + 1,
    userId: must(w.people[w.tokens.indexOf(token)], 'a token has its person'),
  }));
}

/** Calls the next of the order who are still free, and notes for ever that they had the case. Answers who was called. */
export async function callNext(tx: Tx, file: File, w: Tribunal, count: number): Promise<Seat[]> {
  const free = new Set(await freeFor(tx, file.case, w.key.kind));
  const called = nextSeats(orderOf(w), w.seats, free, count);
  if (called.length === 0) return [];
  const people = called.map((one) => one.userId);
  send(tx, insertSeats(tx, { ...w.key, people, ranks: called.map((one) => one.rank), at: tx.business }));
  if (w.key.kind === 'panel')
    for (const userId of people)
      send(
        tx,
        insertAssignment(tx, {
          shopId: w.key.shopId,
          caseId: w.key.caseId,
          number: (file.counts.assignments += 1),
          tier: 2,
          userId,
          at: tx.business,
        }),
      );
  const seats = called.map((one) => ({
    ...one,
    state: 'seated' as const,
    reason: '',
    seatedAt: tx.business,
  }));
  w.seats.push(...seats);
  return seats;
}

/** How many could still be called. */
export async function callable(tx: Tx, file: File, w: Tribunal): Promise<number> {
  const free = new Set(await freeFor(tx, file.case, w.key.kind));
  return nextSeats(orderOf(w), w.seats, free, w.tokens.length).length;
}

export const seatedNow = (w: Tribunal): Seat[] => w.seats.filter((seat) => seat.state === 'seated');

/** The votes of those who sit now, as awards. */
export const ballotsOf = (w: Tribunal): (Ballot & { rank: number })[] =>
  w.ballots.flatMap((one) => {
    const seat = seatedNow(w).find((each) => each.userId === one.userId);
    if (!seat || !one.body) return [];
    const { award, judged } = one.body as unknown as VoteBody;
    return [
      {
        userId: one.userId,
        rank: seat.rank,
        award: { ...award, amount: fen(award.amount) },
        judged: { ...judged, amount: judged.amount === null ? null : fen(judged.amount) },
      },
    ];
  });

/** The state of a tribunal after an event of its own table. */
export function stepTribunal(
  tx: Tx,
  w: Tribunal,
  event: 'seat' | 'fail' | 'decide' | 'reveal',
  by: 'system' | 'clock',
  round = w.round,
): void {
  const table = w.key.kind === 'panel' ? panelTable : juryTable;
  const to = must(
    nextState(table, w.state as never, event as never, by),
    `a ${w.key.kind} goes on from ${w.state} by ${event}`,
  ) as string;
  w.state = to;
  send(
    tx,
    moveTribunal(tx, {
      ...w.key,
      state: to,
      round,
      ended: ['decided', 'failed'].includes(to) ? tx.business : null,
    }),
  );
}

/** A fact of a tribunal that is no step of its case: in the evidence of the order, and news. */
export async function noteTribunal(
  tx: Tx,
  { case: one }: File,
  event: {
    readonly kind: string;
    readonly actor: string;
    readonly body: Readonly<Record<string, string | number | null | readonly string[]>>;
    readonly keyOwner: string | null;
  },
): Promise<void> {
  const { shopId, orderId: about, id } = one;
  const body = Object.fromEntries(
    Object.entries(event.body).map(([name, value]) => [name, Array.isArray(value) ? value.join(' ') : value]),
  ) as Record<string, string | number | null>;
  await recordNext(tx, [
    {
      shopId,
      about,
      kind: event.kind,
      actor: event.actor,
      keyOwner: event.keyOwner,
      body: { case: id, article: '29', ...body },
    },
  ]);
  send(tx, publish(tx, [{ event: event.kind, about: [id], shops: [shopId] }]));
}
