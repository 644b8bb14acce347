import { type Loss } from '../orders/losses.rules.ts';
import { must } from '../kit/assert.ts';
import { fen, noFen, sumFen, type Fen } from '../kit/money.ts';
import type { Tx } from '../kit/tx.ts';
import { laterLines } from '../delivery/line.views.ts';
import { holdOrders, unitNamed, type Held } from '../delivery/units.actions.ts';
import { openBook } from '../ledger/actions.ts';
import { leftIn } from '../ledger/book.rules.ts';
import { escrowOf } from '../ledger/rules.ts';
import { legallyHeld } from '../orders/actions.ts';
import { lossesOfOrders } from '../orders/losses.actions.ts';
import type { Line, Order } from '../orders/rules.ts';
import { lockPayments } from '../payments/actions.ts';
import type { Begun } from './filing.rules.ts';
import { executionsOfLine, findHanging, findKeys, lockCases } from './store.ts';
import { refundableOf, type Case, type Offer } from './rules.ts';
import { lastOffer } from './views.ts';

/** A locked case with all that a decision may ask: its order, line, units, what was paid for each, and what is left. */
export type File = {
  case: Case;
  readonly held: Held;
  readonly line: Line;
  readonly paymentId: string | null;
  readonly units: readonly Loss[];
  /** What escrow holds of the line now. */
  readonly escrow: Fen;
  /** What is left of the line for everybody. */
  readonly lineLeft: Fen;
  readonly offer: Offer | null;
  readonly counts: { statements: number; exhibits: number; assignments: number };
};

type Found = Awaited<ReturnType<typeof findKeys>>[number];

/**
 * Locks cases with their orders, first of all the payments that funded them (payments, cases, orders, units, losses: the order of all
 * locks). Those that are not there are not in the answer.
 */
export async function holdCases(tx: Tx, ids: readonly string[]): Promise<Map<string, File>> {
  const keys = await findKeys(tx, { ids: [...new Set(ids)] });
  if (keys.length === 0) return new Map();
  await lockPayments(
    tx,
    keys.flatMap((key) => key.paymentId ?? []),
  );
  const named = { shops: keys.map((k) => k.shopId), ids: keys.map((k) => k.id) };
  const rows = await lockCases(tx, named);
  const hanging = await findHanging(tx, named);
  const held = await holdOrders(tx, [
    ...new Map(keys.map((k) => [k.orderId, { shopId: k.shopId, id: k.orderId }])).values(),
  ]);
  const losses = await lossesOfOrders(
    tx,
    keys.map((k) => ({ shopId: k.shopId, id: k.orderId })),
  );
  const files = await Promise.all(
    rows.map(async (row): Promise<File> => {
      const { ringsAt, decidesAt, ...counts } = must(
        hanging.find(({ id }) => id === row.id),
        'a locked case stays',
      );
      // A declared outage moves deadlines (article 6): what the deadline says is what counts.
      const one = { ...row, dueAt: ringsAt ?? row.dueAt, decideBy: decidesAt ?? row.decideBy };
      const order = must(held.get(one.orderId), 'a case has its order');
      const paid = losses.filter((loss) => loss.orderId === one.orderId && loss.line === one.line);
      const { paymentId } = must(
        keys.find((key: Found) => key.id === one.id),
        'a locked case was found',
      );
      return {
        case: one,
        held: order,
        paymentId,
        ...(await lineFacts(tx, order, one.line, paid)),
        offer: await offerOf(tx, one),
        counts,
      };
    }),
  );
  return new Map(files.map((file) => [file.case.id, file]));
}

async function offerOf(tx: Tx, one: Case): Promise<Offer | null> {
  if (one.state !== 'negotiation' && one.state !== 'refused') return null;
  const [last] = await lastOffer(tx, { shopId: one.shopId, viewerCase: one.id });
  if (!last || last.kind !== 'offer') return null;
  const { remedy, amount, text } = last.body as { remedy: Offer['remedy']; amount: string; text: string };
  return { remedy, amount: fen(amount), text, at: last.at };
}

type LineFacts = Pick<File, 'line' | 'units' | 'escrow' | 'lineLeft'>;

/** What one line of a held order has left, unit by unit: its price less what was paid for it; a cancelled one has nothing. */
export async function lineFacts(
  tx: Tx,
  held: Held,
  number: number,
  paid: readonly { place: number; paid: Fen }[],
): Promise<LineFacts> {
  const { order } = held;
  const line = must(
    held.lines.find((one) => one.number === number),
    'a case has its line',
  );
  const book = await openBook(tx, [escrowOf(order.id, number)]);
  const escrow = leftIn(book, escrowOf(order.id, number));
  const units = unitsOf(held, line, paid);
  const sum = sumFen(units.map((unit) => (unit.gone ? noFen : fen(unit.cap - unit.paid))));
  return { line, units, escrow, lineLeft: order.releasedAt === null && escrow < sum ? escrow : sum };
}

export function unitsOf(held: Held, line: Line, paid: readonly { place: number; paid: Fen }[]): Loss[] {
  return Array.from({ length: line.quantity }, (_, i) => {
    const place = i + 1;
    const numbered = line.numbers.length > 0;
    const unit = numbered ? unitNamed(held, { line: line.number, place })?.unit : undefined;
    return {
      place,
      cap: line.price,
      paid: paid.find((one) => one.place === place)?.paid ?? noFen,
      gone: numbered && unit === undefined,
    };
  });
}

/** When the times of each unit began: of a key by itself, of what is delivered later with its line, which is thereby in the buyer's hands. */
export async function begunOf(tx: Tx, held: Held, line: Line): Promise<Begun[]> {
  const later = await laterLines(tx, { shopId: line.shopId, viewerOrder: line.orderId });
  const arrived = later.find((one) => one.line === line.number)?.deliveredAt ?? null;
  return Array.from({ length: line.quantity }, (_, i) => {
    const unit = unitNamed(held, { line: line.number, place: i + 1 })?.unit;
    return {
      place: i + 1,
      deliveredAt: unit?.deliveredAt ?? arrived,
      revealedAt: unit ? unit.revealedAt : arrived,
    };
  });
}

/** Whether an authority keeps the money that a move would pay: a case may be talked about and decided, and pays when the hold is lifted. */
export async function keptByLaw(tx: Tx, file: File, award: { remedy: string } | undefined): Promise<boolean> {
  if (award?.remedy !== 'refund' && award?.remedy !== 'reissue') return false;
  return (await legallyHeld(tx, [file.held.order])).has(file.case.orderId);
}

/** What can still be refunded for a case. */
export const refundable = (file: File): Fen => refundableOf(file.units, file.case.places, file.lineLeft);

/** How much of a line went back after its money had been settled, for the fee that goes back with it. */
export async function settledRefunds(tx: Tx, order: Order, line: number): Promise<Fen> {
  const rows = await executionsOfLine(tx, { shopId: order.shopId, orderId: order.id, line });
  const after = rows.flatMap((row) =>
    row.shares.filter((share) => !['escrow', 'platform', 'channel'].includes(share.source)),
  );
  return sumFen(after.map((share) => fen(share.amount)));
}
