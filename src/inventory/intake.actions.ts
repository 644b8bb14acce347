import { assert, must } from '../kit/assert.ts';
import { newId } from '../kit/ids.ts';
import { faultPoint } from '../kit/fault.ts';
import { randomBytes, seal, type KeyObject } from '../kit/secret.ts';
import { send, type Tx } from '../kit/tx.ts';
import { append, emptyRange, type CompactRange } from '../evidence/merkle.rules.ts';
import { cardOf, isProblem, type Card, type KeyRules } from './card.rules.ts';
import type { InventoryRefusal } from './contract.ts';
import { insertKeys, insertPrints, insertQuarantine, knownPrints } from './intake.store.ts';
import type { Layout } from './layout.rules.ts';
import { keptRejects, type Head, type ImportCounts, type Reject } from './report.rules.ts';
import { rowsOf, type Row } from './rows.rules.ts';
import { seenFor, seenIn, type Seen } from './seen.rules.ts';
import { fingerprintsOf, printBytes, printsPer, randomPerKey, sealKeys } from './sealing.rules.ts';

/** An upload on its way into a pool, or, without `into`, only looked at. */
export type Intake = {
  readonly shopId: string;
  readonly poolId: string;
  readonly importId: string;
  readonly text: string;
  /** How many rows the text has at most. */
  readonly rows: number;
  readonly layout: Layout;
  readonly rules: KeyRules;
  /** How many keys of other shops may be met before the import is refused. */
  readonly hitsLeft: number;
  readonly into: { readonly dataKey: KeyObject; readonly first: bigint } | null;
  readonly onProgress: ((done: number) => void) | null;
};

export type Taken = {
  counts: ImportCounts;
  /** Keys that another shop had imported before. */
  foreign: number;
  /** Some keys expire, so numbers must be chosen by looking. */
  careful: boolean;
  heads: Head[];
  rejects: Reject[];
  tree: CompactRange;
  leaves: Buffer[];
  quarantined: Quarantined[];
};
type Known = { place: number; shopId: string; poolId: string; number: bigint };
type Quarantined = { card: Card; print: Buffer; other: Known };

/** The import stops here and nothing of it stays; thrown so that its transaction rolls back. */
export class Stopped extends Error {
  readonly refusal: InventoryRefusal;
  readonly foreign: number;
  constructor(refusal: InventoryRefusal, foreign: number) {
    super(refusal);
    this.refusal = refusal;
    this.foreign = foreign;
  }
}

/** Another import brought the same key in at the same moment; this one begins again and meets it. */
export class RaceLost extends Error {}

// Small enough that other requests of this process wait 10 ms at most, large enough that statements cost little.
const chunkRows = 1_000;
const headRows = 5;

type Prepared = { rows: Row[]; cards: Card[]; prints: Buffer; known: Promise<Known[]> };
type State = {
  taken: Taken;
  seen: Seen;
  rows: number;
  done: number;
  next: bigint;
  writing: Promise<unknown>;
};

/**
 * Reads an upload row by row, refuses what is wrong, meets what is known, and, when it goes into a pool, writes the keys under the next
 * numbers. Nobody can buy them before raisePool. Chunks overlap: while PostgreSQL writes one, the next is hashed.
 */
export async function takeIn(tx: Tx, p: Intake): Promise<Taken> {
  const taken: Taken = {
    counts: { rows: 0, accepted: 0, fixed: 0, rejected: 0 },
    foreign: 0,
    careful: false,
    heads: [],
    rejects: [],
    tree: emptyRange(),
    leaves: [],
    quarantined: [],
  };
  const state: State = {
    taken,
    seen: seenFor(p.rows * printsPer(p.rules.format)),
    rows: 0,
    done: 0,
    next: p.into?.first ?? 1n,
    writing: Promise.resolve(),
  };
  let waiting: Prepared | undefined;
  for (const rows of inChunks(rowsOf(p.text, p.layout))) {
    const prepared = prepare(tx, p, state, rows);
    if (waiting) await settle(tx, p, state, waiting);
    waiting = prepared;
  }
  if (waiting) await settle(tx, p, state, waiting);
  await state.writing;
  if (p.into) quarantine(tx, p, taken.quarantined, p.into.dataKey);
  return taken;
}

function* inChunks(rows: Iterable<Row>): Generator<Row[]> {
  let chunk: Row[] = [];
  for (const row of rows) {
    chunk.push(row);
    if (chunk.length < chunkRows) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

/** Everything that needs no answer from the database; the question which keys are known is on its way when this returns. */
function prepare(tx: Tx, p: Intake, state: State, rows: Row[]): Prepared {
  const cards: Card[] = [];
  const kept: Row[] = [];
  for (const row of rows) {
    const one = cardOf(row, p.layout, p.rules, tx.business);
    const good = isProblem(one) ? null : one;
    if (state.taken.heads.length < headRows)
      state.taken.heads.push({ row: row.row, cells: row.cells, card: good });
    if (isProblem(one)) reject(state, { ...one, cells: row.cells });
    else {
      cards.push(one);
      kept.push(row);
    }
  }
  state.rows += rows.length;
  const prints = fingerprintsOf(tx.keys.blind, cards, p.rules.format);
  const fresh = withoutRepeats(state, p, kept, cards, prints);
  const known =
    fresh.cards.length === 0
      ? Promise.resolve([])
      : knownPrints(tx, { prints: fresh.prints, count: fresh.prints.length / printBytes });
  // Whoever settles the chunk sees the failure; until then it must not count as unhandled.
  known.catch(() => {});
  return { ...fresh, known };
}

function reject(state: State, one: Reject): void {
  const { taken } = state;
  taken.counts = { ...taken.counts, rejected: taken.counts.rejected + 1 };
  if (taken.rejects.length < keptRejects) taken.rejects.push(one);
}

/** Leaves out what stood in an earlier row of the same upload. */
function withoutRepeats(
  state: State,
  p: Intake,
  rows: Row[],
  cards: Card[],
  prints: Buffer,
): { rows: Row[]; cards: Card[]; prints: Buffer } {
  const per = printsPer(p.rules.format);
  return keep(rows, cards, prints, per, (card, i) => {
    let earlier = 0;
    for (let k = i * per; k < (i + 1) * per; k++)
      earlier = seenIn(state.seen, prints, k * printBytes, card.row) || earlier;
    if (earlier === 0) return true;
    reject(state, { row: card.row, reason: 'REPEATED', n: earlier, cells: rows[i]?.cells ?? [] });
    return false;
  });
}

function keep(
  rows: Row[],
  cards: Card[],
  prints: Buffer,
  per: number,
  stays: (card: Card, i: number) => boolean,
): { rows: Row[]; cards: Card[]; prints: Buffer } {
  const places = cards.flatMap((card, i) => (stays(card, i) ? [i] : []));
  if (places.length === cards.length) return { rows, cards, prints };
  const width = per * printBytes;
  return {
    rows: places.map((i) => rows[i] as Row),
    cards: places.map((i) => cards[i] as Card),
    prints: Buffer.concat(places.map((i) => prints.subarray(i * width, (i + 1) * width))),
  };
}

async function settle(tx: Tx, p: Intake, state: State, chunk: Prepared): Promise<void> {
  const { taken } = state;
  const per = printsPer(p.rules.format);
  const known = new Map((await chunk.known).map((one) => [Math.floor(one.place / per), one]));
  const fresh = keep(chunk.rows, chunk.cards, chunk.prints, per, (card, i) => {
    const other = known.get(i);
    if (other) meet(p, state, card, chunk, i, other);
    return other === undefined;
  });
  if (taken.foreign > p.hitsLeft) throw new Stopped('IMPORTS_PAUSED', taken.foreign);
  const fixed = fresh.cards.reduce((sum, card) => sum + (card.fixed ? 1 : 0), 0);
  taken.careful ||= fresh.cards.some((card) => card.expiresAt !== null);
  const { counts } = taken;
  taken.counts = {
    rows: state.rows,
    rejected: counts.rejected,
    accepted: counts.accepted + fresh.cards.length,
    fixed: counts.fixed + fixed,
  };
  if (p.into && fresh.cards.length > 0) await write(tx, p, state, fresh, p.into.dataKey);
  p.onProgress?.((state.done += chunk.rows.length));
}

/** A key that is known: the shop's own is passed over; another shop's is kept apart, and its importer learns only that it cannot be accepted. */
function meet(p: Intake, state: State, card: Card, chunk: Prepared, i: number, other: Known): void {
  const own = other.shopId === p.shopId;
  reject(state, {
    row: card.row,
    reason: own ? 'ALREADY_YOURS' : 'NOT_ACCEPTED',
    cells: chunk.rows[i]?.cells ?? [],
  });
  if (own) return;
  state.taken.foreign += 1;
  const width = printsPer(p.rules.format) * printBytes;
  state.taken.quarantined.push({
    card,
    print: chunk.prints.subarray(i * width, i * width + printBytes),
    other,
  });
}

async function write(
  tx: Tx,
  p: Intake,
  state: State,
  fresh: { cards: Card[]; prints: Buffer },
  dataKey: KeyObject,
): Promise<void> {
  const { shopId, poolId } = p;
  const first = state.next;
  const { cards, prints } = fresh;
  const sealed = sealKeys({
    key: dataKey,
    shopId,
    poolId,
    first,
    cards,
    random: randomBytes(cards.length * randomPerKey),
  });
  for (const leaf of sealed.leaves) append(state.taken.tree, leaf);
  state.taken.leaves.push(Buffer.concat(sealed.leaves));
  state.next += BigInt(cards.length);
  // One chunk at a time is under way, so memory stays small and a failure is seen before others follow from it.
  await state.writing;
  const count = prints.length / printBytes;
  const writing = Promise.all([
    insertPrints(tx, {
      prints,
      count,
      per: printsPer(p.rules.format),
      first,
      shopId,
      poolId,
      at: tx.business,
    }),
    insertKeys(tx, {
      sealed: sealed.sealed,
      from: sealed.from,
      lengths: sealed.lengths,
      expiries: cards.map((card) => card.expiresAt),
      first,
      shopId,
      poolId,
      batchId: p.importId,
    }),
  ]).then(([printed, inserted]) => {
    if (printed !== count) throw new RaceLost();
    assert(inserted === cards.length, 'every key of the chunk was written');
    faultPoint('inventory.import.after-chunk');
  });
  writing.catch(() => {});
  state.writing = writing;
}

/** Both facts stay: the earlier key where it is, this one sealed and apart, until staff has looked at it. */
function quarantine(tx: Tx, p: Intake, list: readonly Quarantined[], dataKey: KeyObject): void {
  if (list.length === 0) return;
  send(
    tx,
    insertQuarantine(tx, {
      shopId: p.shopId,
      poolId: p.poolId,
      importId: p.importId,
      at: tx.business,
      ids: list.map(() => newId(tx.wall)),
      rows: list.map(({ card }) => card.row),
      sealed: list.map(({ card }) =>
        seal(
          dataKey,
          `quarantine|v1|${p.shopId}|${p.importId}|${card.row}`,
          Buffer.from(JSON.stringify([card.cardNo, card.secret, card.extra])),
        ),
      ),
      prints: list.map(({ print }) => must(print, 'a card has its fingerprint')),
      shops: list.map(({ other }) => other.shopId),
      pools: list.map(({ other }) => other.poolId),
      numbers: list.map(({ other }) => other.number),
    }),
  );
}
