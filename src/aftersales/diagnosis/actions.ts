import { must } from '../../kit/assert.ts';
import { newId } from '../../kit/ids.ts';
import { done, refuse, type Result } from '../../kit/result.ts';
import type { Tx } from '../../kit/tx.ts';
import { ownOrder, ownOrders } from '../../orders/actions.ts';
import type { DiagnosisRefusal } from './contract.ts';
import { factsOf } from './facts.rules.ts';
import { consult, type Consulted, type UnitAt } from './records.actions.ts';
import { findAnswer, passedWords, walk, type Walk } from './rules.ts';
import { closeDiagnoses, insertAnswer, insertDiagnosis, lockDiagnoses } from './store.ts';
import { treeInForce, treeNumbered, type TreeVersion } from './trees.actions.ts';
import { answersOf, openDiagnosis } from './views.ts';

export type Standing = {
  readonly diagnosisId: string | null;
  readonly version: TreeVersion;
  readonly walk: Walk;
  readonly consulted: Consulted;
};

/** Where somebody stands in the diagnosis of one unit; undefined where there is no such unit. The caller may see the order. */
export async function standing(on: Tx, at: UnitAt): Promise<Standing | undefined> {
  const consulted = await consult(on, at);
  if (!consulted) return undefined;
  const [open] = await openDiagnosis(on, { ...at, viewerOrder: at.orderId });
  const version = await versionFor(on, open, consulted.line.goods);
  const given = open ? await answersOf(on, { shopId: at.shopId, diagnosisId: open.id }) : [];
  return {
    diagnosisId: open?.id ?? null,
    version,
    walk: walk(version.tree, given, factsOf(consulted.records, on.business)),
    consulted,
  };
}

/** A walk that has begun goes by its own version of the tree, a new one by the one in force. */
const versionFor = async (
  on: Tx,
  open: { goods: string; tree: number } | undefined,
  goods: string,
): Promise<TreeVersion> =>
  open
    ? must(await treeNumbered(on, { goods: open.goods, version: open.tree }), 'a version stays')
    : treeInForce(on, goods);

type Mine = {
  readonly orderId: string;
  readonly buyerIds: readonly string[];
  readonly line: number;
  readonly place: number;
};

async function mine(tx: Tx, p: Mine): Promise<UnitAt | undefined> {
  const key = ownOrder(await ownOrders(tx, [p]), p);
  return key && { shopId: key.shopId, orderId: key.id, line: p.line, place: p.place };
}

/**
 * Keeps the buyer's answer to a step (F043). Refuses ORDER_NOT_FOUND, UNIT_NOT_FOUND, and STEP_MOVED_ON where the step is not the one that is
 * asked now or one that the buyer has answered; an answer to an earlier step is the new one, and the old one stays in the record.
 */
export async function answerStep(
  tx: Tx,
  p: Mine & { step: string; answer: string; note: string },
): Promise<Result<{ diagnosisId: string }, DiagnosisRefusal>> {
  const at = await mine(tx, p);
  if (!at) return refuse('ORDER_NOT_FOUND');
  const stands = await standing(tx, at);
  if (!stands) return refuse('UNIT_NOT_FOUND');
  const { version } = stands;
  if (!findAnswer(version.tree, stands.walk, p)) return refuse('STEP_MOVED_ON');
  if (stands.diagnosisId === null)
    await insertDiagnosis(tx, {
      ...at,
      id: newId(tx.wall),
      goods: version.goods,
      tree: version.version,
      at: tx.business,
    });
  const [open] = await lockDiagnoses(tx, { ...at, places: [at.place] });
  // Closed by a case that was filed meanwhile.
  if (!open) return refuse('STEP_MOVED_ON');
  await insertAnswer(tx, {
    shopId: at.shopId,
    diagnosisId: open.id,
    step: p.step,
    answer: p.answer,
    note: p.note,
    at: tx.business,
  });
  return done({ diagnosisId: open.id });
}

/** Puts a walk away, so that the next answer begins a new one by the newest tree. Where none runs there is nothing to do. */
export async function beginAnew(tx: Tx, p: Mine): Promise<Result<{ begun: boolean }, DiagnosisRefusal>> {
  const at = await mine(tx, p);
  if (!at) return refuse('ORDER_NOT_FOUND');
  const open = await lockDiagnoses(tx, { ...at, places: [at.place] });
  const ids = open.map((one) => one.id);
  if (ids.length > 0) await closeDiagnoses(tx, { shopId: at.shopId, ids, caseId: null, at: tx.business });
  return done({ begun: ids.length > 0 });
}

/** What a case keeps of a diagnosis: by which version of which tree, each step with what was said, by whom, and how it ended. */
export type Diagnosed = {
  readonly goods: string;
  readonly tree: number;
  readonly sha256: string;
  readonly ending: string | null;
  readonly suggested: string | null;
  readonly steps: readonly {
    readonly step: string;
    readonly by: 'buyer' | 'platform';
    readonly zh: string;
    readonly en: string;
    readonly note: string;
    readonly at: number | null;
  }[];
};

/**
 * Takes the walks about these units into a case that is being filed in this transaction, and answers the one about the first of them that has
 * one. The caller holds the lock of the order. A buyer who skipped everything has none, and loses nothing by it.
 */
export async function intoCase(
  tx: Tx,
  p: { shopId: string; orderId: string; line: number; places: readonly number[]; caseId: string },
): Promise<Diagnosed | null> {
  const open = await lockDiagnoses(tx, p);
  const [first] = open;
  if (!first) return null;
  const kept = diagnosedOf(must(await standing(tx, first), 'a unit that was walked about is there'));
  const ids = open.map((one) => one.id);
  await closeDiagnoses(tx, { shopId: p.shopId, ids, caseId: p.caseId, at: tx.business });
  return kept;
}

const diagnosedOf = ({ version, walk: walked }: Standing): Diagnosed => ({
  goods: version.goods,
  tree: version.version,
  sha256: version.sha256,
  ending: walked.end?.end ?? null,
  suggested: walked.end?.reason ?? null,
  steps: walked.passed.map((one) => ({
    step: one.step.id,
    by: one.by,
    ...passedWords(one),
    note: one.note,
    at: one.at,
  })),
});
