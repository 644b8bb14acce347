import { assert, must } from '../kit/assert.ts';
import { newId } from '../kit/ids.ts';
import { fen } from '../kit/money.ts';
import { publish } from '../kit/outbox.ts';
import { done, refuse, type Result } from '../kit/result.ts';
import { send, type Tx } from '../kit/tx.ts';
import type { Viewer } from '../kit/viewer.ts';
import { reissueState } from '../delivery/fault.actions.ts';
import { recordNext } from '../evidence/actions.ts';
import { openBook, writeBook } from '../ledger/actions.ts';
import { enter } from '../ledger/book.rules.ts';
import { account, madeWholeBy } from '../ledger/rules.ts';
import { applyMoves, hears, seenFrom, type Answer } from './actions.ts';
import {
  decideAsk,
  decideAssign,
  decideDecline,
  decideJudge,
  decideObject,
  decideRule,
  decideSign,
  tierOf,
  type DeskFacts,
  type Judgment,
} from './desk.rules.ts';
import { holdCases, keptByLaw, refundable, type File } from './held.actions.ts';
import { madeWhole } from './payout.rules.ts';
import type { CaseRefusal } from './refusals.contract.ts';
import type { Move } from './rules.ts';
import {
  decideObjectionRow,
  executionsOfLine,
  insertAssignment,
  insertObjection,
  lockObjection,
  readAssignments,
} from './store.ts';
import { emptyDocket } from './write.actions.ts';

type Of = { readonly caseId: string; readonly viewer: Viewer };

async function atDesk(
  tx: Tx,
  p: Of,
  decide: (facts: DeskFacts) => Result<Move, CaseRefusal>,
  wantsKeys = false,
): Promise<Answer> {
  const file = hears(p.viewer) ? (await holdCases(tx, [p.caseId])).get(p.caseId) : undefined;
  if (!file) return refuse('CASE_NOT_FOUND');
  const { shopId, id, line, places, buyerId } = file.case;
  const reissue = wantsKeys ? await reissueState(tx, { held: file.held, line, places }) : 'ok';
  const byId = must(p.viewer.userId, 'staff has an id');
  const decided = decide({
    case: file.case,
    byId,
    now: tx.business,
    refundable: refundable(file),
    involved: p.viewer.buyerIds.includes(buyerId) || p.viewer.shops.some((one) => one.shopId === shopId),
    before: await readAssignments(tx, { shopId, caseId: id }),
    reissue,
  });
  if (!decided.ok) return decided;
  if (await keptByLaw(tx, file, decided.value.award)) return refuse('HELD_BY_LAW');
  noteAssignment(tx, file, decided.value, byId);
  await applyMoves(tx, emptyDocket(), [{ file, move: decided.value }]);
  return done({ caseId: id, state: file.case.state });
}

/** Whoever takes or signs a case had it in hands: for ever, so that no other instance of it comes to the same person. */
function noteAssignment(tx: Tx, file: File, { event }: Move, userId: string): void {
  if (event !== 'take' && event !== 'assign' && event !== 'countersign') return;
  const tier = event === 'take' ? tierOf(file.case.state) : 1;
  const { shopId, id: caseId } = file.case;
  const number = (file.counts.assignments += 1);
  send(tx, insertAssignment(tx, { shopId, caseId, number, tier, userId, at: tx.business }));
}

export const assign = (tx: Tx, p: Of): Promise<Answer> => atDesk(tx, p, decideAssign);
export const decline = (tx: Tx, p: Of & { code: string; text: string }): Promise<Answer> =>
  atDesk(tx, p, (facts) => decideDecline(facts, { code: p.code, text: p.text }));
export const ask = (
  tx: Tx,
  p: Of & { party: 'buyer' | 'merchant'; kinds: readonly string[]; text: string },
): Promise<Answer> => atDesk(tx, p, (facts) => decideAsk(facts, p));
export const judge = (tx: Tx, p: Of & { judged: Judgment }): Promise<Answer> =>
  atDesk(tx, p, (facts) => decideJudge(facts, p.judged), p.judged.remedy === 'reissue');
export const sign = (tx: Tx, p: Of & { agrees: boolean; text: string }): Promise<Answer> =>
  atDesk(tx, p, (facts) => decideSign(facts, p));
export const rule = (tx: Tx, p: Of & { judged: Judgment }): Promise<Answer> =>
  atDesk(tx, p, (facts) => decideRule(facts, p.judged), p.judged.remedy === 'reissue');

/** What was carried out for a case, with the shares as money. */
async function executed(tx: Tx, file: File) {
  const { shopId, orderId, line, id } = file.case;
  const rows = await executionsOfLine(tx, { shopId, orderId, line });
  const row = rows.find((one) => one.caseId === id);
  return row && { ...row, shares: row.shares.map((one) => ({ ...one, amount: fen(one.amount) })) };
}

/** The shop objects to what was paid before it had answered; a person looks at it. */
export async function object(tx: Tx, p: Of & { text: string }): Promise<Answer> {
  const seen = await seenFrom(tx, p.viewer, p.caseId);
  if (seen?.side !== 'merchant') return refuse('CASE_NOT_FOUND');
  const file = must((await holdCases(tx, [p.caseId])).get(p.caseId), 'a case that is seen is there');
  const { shopId, id: caseId, rulebook, state } = file.case;
  const [paid, [before]] = [await executed(tx, file), await lockObjection(tx, { shopId, caseId })];
  const decided = decideObject({
    rulebook,
    paidFirst: paid?.paidFirst ?? false,
    paidAt: paid?.at ?? null,
    objected: before !== undefined,
    now: tx.business,
  });
  if (!decided.ok) return decided;
  const byId = must(p.viewer.userId, 'a party has an id');
  send(tx, insertObjection(tx, { shopId, caseId, text: p.text, byId, at: tx.business }));
  await noteObjection(tx, file, {
    kind: 'case.objected',
    actor: `merchant:${byId}`,
    body: { text: p.text },
    keyOwner: byId,
  });
  return done({ caseId, state });
}

/** A person decides about an objection: if the shop was right the fund makes it whole; the buyer keeps what was paid (article 30). */
export async function decideObjection(
  tx: Tx,
  p: Of & { upholds: boolean; reasons: string },
): Promise<Answer> {
  const file = hears(p.viewer) ? (await holdCases(tx, [p.caseId])).get(p.caseId) : undefined;
  if (!file) return refuse('CASE_NOT_FOUND');
  const { shopId, id: caseId, orderId, buyerId } = file.case;
  const [open] = await lockObjection(tx, { shopId, caseId });
  if (open?.state !== 'open') return refuse('NOT_YOUR_TURN');
  if (p.viewer.buyerIds.includes(buyerId) || p.viewer.shops.some((one) => one.shopId === shopId))
    return refuse('CONFLICT_OF_INTEREST');
  const byId = must(p.viewer.userId, 'staff has an id');
  const key = p.upholds ? newId(tx.wall) : null;
  if (key) {
    const paid = must(await executed(tx, file), 'what is objected to was paid');
    const back = madeWhole(paid.shares, BigInt(file.line.fee));
    const book = await openBook(tx, [account('available', shopId), account('deposit', shopId)]);
    const transfers = madeWholeBy({ about: orderId, shopId, ...back });
    assert(enter(book, key, transfers), 'the fund has no floor');
    writeBook(tx, book);
  }
  const state = p.upholds ? ('upheld' as const) : ('dismissed' as const);
  send(tx, decideObjectionRow(tx, { shopId, caseId, state, reasons: p.reasons, byId, key, at: tx.business }));
  await noteObjection(tx, file, {
    kind: `case.objection_${state}`,
    actor: `operator:${byId}`,
    body: { reasons: p.reasons },
    keyOwner: null,
  });
  return done({ caseId, state: file.case.state });
}

async function noteObjection(
  tx: Tx,
  { case: one }: File,
  event: { kind: string; actor: string; body: Record<string, string>; keyOwner: string | null },
): Promise<void> {
  const { shopId, orderId: about, id } = one;
  await recordNext(tx, [{ shopId, about, ...event, body: { case: id, article: '30', ...event.body } }]);
  send(tx, publish(tx, [{ event: event.kind, about: [id], shops: [shopId] }]));
}
