import { must } from '../kit/assert.ts';
import { deadlinesOf } from '../kit/deadlines.ts';
import { fen, noFen } from '../kit/money.ts';
import { done, refuse } from '../kit/result.ts';
import { serve } from '../kit/route.ts';
import type { Instant } from '../kit/time.ts';
import { reader, type Tx } from '../kit/tx.ts';
import { checksOf } from '../delivery/check/actions.ts';
import { issuerChecksOf } from '../delivery/issuer/actions.ts';
import { unitsOfOrder } from '../delivery/views.ts';
import { openBook } from '../ledger/actions.ts';
import { leftIn } from '../ledger/book.rules.ts';
import { escrowOf } from '../ledger/rules.ts';
import { linesShown } from '../orders/views.ts';
import { seenFrom } from './actions.ts';
import { systemItems } from './binder.rules.ts';
import { clocksOf } from './clocks.rules.ts';
import { caseContract } from './contract.ts';
import { shownTo } from './exhibits/page.rules.ts';
import { recountOf } from './grounds.actions.ts';
import { legalRight } from './grounds.rules.ts';
import { commentsOf, exhibitsShown, layersOf } from './exhibits/views.ts';
import { ablesOf } from './page.rules.ts';
import { reasonOf, refundableOf, type Offer } from './rules.ts';
import { executionOf, headOf, lastOffer, lossesOf, objectionOf, statementsOf, stepsOf } from './views.ts';
import { caseEventWords } from './words.contract.ts';

type Head = Awaited<ReturnType<typeof headOf>>[number];

/** What is left for this case, read without a lock: for the eye, not for a decision. */
export async function leftFor(on: Tx, head: Head) {
  const key = { shopId: head.shopId, viewerOrder: head.orderId };
  const [lines, losses, book] = await Promise.all([
    linesShown(on, key),
    lossesOf(on, key),
    openBook(on, [escrowOf(head.orderId, head.line)]),
  ]);
  const line = must(
    lines.find((one) => one.number === head.line),
    'a case has its line',
  );
  const units = await unitsOfOrder(on, {
    ...key,
    pools: line.numbers.map(() => line.poolId),
    numbers: line.numbers,
  });
  const here = new Set(units.map((unit) => unit.number));
  const escrow = leftIn(book, escrowOf(head.orderId, head.line));
  const all = Array.from({ length: line.quantity }, (_, i) => ({
    place: i + 1,
    cap: line.price,
    paid: losses.find((one) => one.line === head.line && one.place === i + 1)?.paid ?? noFen,
    gone: line.numbers[i] !== undefined && !here.has(line.numbers[i]),
  }));
  const left = refundableOf(all, head.places, head.releasedAt === null ? escrow : line.total);
  const placed = units.map((unit) => ({ ...unit, place: line.numbers.indexOf(unit.number) + 1 }));
  return { escrow, left, units: placed };
}

/** For a claim about money, the price computed again. */
async function priceAgain(on: Tx, head: Head) {
  if (!reasonOf(head.reason).system.includes('s_payment')) return undefined;
  const lines = await linesShown(on, { shopId: head.shopId, viewerOrder: head.orderId });
  const line = lines.find((one) => one.number === head.line);
  return line && recountOf(on, { ...line, shopId: head.shopId, orderId: head.orderId });
}

/** What is left, and what the platform itself has on record. */
async function moneyAndRecords(on: Tx, head: Head) {
  const { escrow, left, units } = await leftFor(on, head);
  const price = await priceAgain(on, head);
  const order = [{ shopId: head.shopId, id: head.orderId }];
  const [[checks], [issuer]] = await Promise.all([checksOf(on, order), issuerChecksOf(on, order)]);
  const system = systemItems({ case: head, units, checks: checks ?? [], issuer: issuer ?? [], price });
  return { escrow, left, system };
}

/** The clock that people see in each state. */
const clockOf: Readonly<Record<string, string>> = {
  negotiation: 'case.remedy',
  refused: 'case.escalate',
  lapsed: 'case.unhold',
  intervention: 'case.accept',
  review: 'case.decide',
  signing: 'case.decide',
  appealed: 'case.decide',
  evidence: 'case.evidence',
  jury_asked: 'jury.consent',
  jury: 'jury.close',
  arbitration: 'case.panel',
  chaired: 'case.chair',
  awarded: 'case.final',
  decided: 'case.finalise',
  executing: 'case.execute',
  executed: 'case.close',
};

const offerOf = (
  last: { kind: string; body: Record<string, unknown>; at: Offer['at'] } | undefined,
): Offer | null =>
  last?.kind === 'offer'
    ? {
        remedy: last.body['remedy'] as Offer['remedy'],
        amount: fen(String(last.body['amount'])),
        text: String(last.body['text']),
        at: last.at,
      }
    : null;

/** The exhibits of a case with what hangs on them. */
async function exhibitsOnPage(on: Tx, key: { shopId: string; viewerCase: string }) {
  const [rows, comments, layers] = await Promise.all([
    exhibitsShown(on, key),
    commentsOf(on, key),
    layersOf(on, key),
  ]);
  return { rows, comments, layers };
}

/** When it happened, as the buyer's claim says. */
function claimedAt(statements: readonly { kind: string; body: Record<string, unknown> }[]): Instant | null {
  const at = Number(statements.find((one) => one.kind === 'claim')?.body['occurredAt'] ?? Number.NaN);
  return Number.isFinite(at) && at > 0 ? (at as Instant) : null;
}

const textOf = (body: Record<string, unknown>): string =>
  String(body['text'] ?? body['symptom'] ?? body['reasons'] ?? '');

export const pageRoute = serve(caseContract.one, async ({ db, viewer }, { caseId }) => {
  const on = await reader(db);
  const seen = await seenFrom(on, viewer, caseId);
  if (!seen) return refuse('CASE_NOT_FOUND');
  const key = { shopId: seen.shopId, viewerCase: caseId };
  const [[found], statements, shown, steps, [execution], [objection], [last], deadlines] = await Promise.all([
    headOf(on, key),
    statementsOf(on, key),
    exhibitsOnPage(on, key),
    stepsOf(on, key),
    executionOf(on, key),
    objectionOf(on, key),
    lastOffer(on, key),
    deadlinesOf(on, { shopId: seen.shopId, about: caseId }),
  ]);
  const head = must(found, 'a case that is seen is there');
  const { escrow, left, system } = await moneyAndRecords(on, head);
  const reason = reasonOf(head.reason);
  const offer = head.state === 'negotiation' || head.state === 'refused' ? offerOf(last) : null;
  const clock = deadlines.find((one) => one.what === clockOf[head.state]);
  const computed =
    clock && head.sinceAt !== null
      ? clocksOf(head, head.sinceAt).find((one) => one.what === clock.what)
      : undefined;
  return done({
    ...head,
    caseId,
    shop: { shopId: head.shopId, name: head.shopName, slug: head.shopSlug },
    role: seen.side,
    category: reason.category,
    burden: reason.burden,
    legal: legalRight(head, fen(head.price * BigInt(head.places.length))),
    silence: reason.silence,
    places: [...head.places],
    asked: { remedy: head.remedy, amount: head.asked },
    offer,
    award: head.awardRemedy === null ? null : { remedy: head.awardRemedy, amount: head.awardFen ?? noFen },
    refundable: left,
    held: escrow,
    provisional: computed?.provisional ?? false,
    // An outage that was declared moves the deadline (article 6); what is shown is what will ring.
    dueAt: clock?.dueAt ?? head.dueAt,
    clock: clock ? { what: clock.what, article: clock.article } : null,
    appealUntil: head.state === 'decided' || head.state === 'awarded' ? head.dueAt : null,
    statements: statements.map((one) => ({ ...one, text: textOf(one.body) })),
    exhibits: shownTo(seen.side, { ...shown, case: head, claimedAt: claimedAt(statements) }),
    steps: steps.map((one) => ({ ...one, words: caseEventWords[one.event] })),
    execution: execution
      ? { ...execution, shares: execution.shares.map((one) => ({ ...one, amount: fen(one.amount) })) }
      : null,
    objection: objection ?? null,
    system,
    needs: { buyer: [...reason.buyer], merchant: [...reason.merchant] },
    able: ablesOf({
      case: head,
      byId: viewer.userId ?? '',
      now: on.business,
      refundable: left,
      offer,
      reissue: 'ok',
      side: seen.side,
      exhibits: shown.rows.length,
      paidFirst: execution?.paidFirst ?? false,
      paidAt: execution?.at ?? null,
      objected: objection !== undefined,
    }),
    now: on.business,
  });
});
