import { goodsKinds, type GoodsKind } from '../../catalog/content.contract.ts';
import { must } from '../../kit/assert.ts';
import { done, refuse } from '../../kit/result.ts';
import { serve } from '../../kit/route.ts';
import { reader, transaction } from '../../kit/tx.ts';
import type { Context } from '../../kit/viewer.ts';
import { orderSeenBy } from '../../orders/actions.ts';
import { reasonsFor } from '../filing.rules.ts';
import { reasonOf } from '../rules.ts';
import { findOrderPayment } from '../store.ts';
import { answerStep, beginAnew, standing, type Standing } from './actions.ts';
import { checkTree } from './check.rules.ts';
import { diagnosisContract, treesContract } from './contract.ts';
import { chatUntil } from './facts.rules.ts';
import { factNames } from './facts.data.ts';
import { passedWords, triedText, type Walk } from './rules.ts';
import {
  allTrees,
  draftTree,
  dropNode,
  publish,
  treeNumbered,
  withdraw,
  writeNode,
} from './trees.actions.ts';

const stepShown = ({ step }: Walk, { shown }: Standing['consulted']) =>
  step && {
    step: step.id,
    stage: step.stage,
    name: step.name,
    text: step.text,
    hint: step.hint,
    note: step.note,
    compares: step.fact === 'check',
    answers: step.answers
      // What only a comparison can say is not the buyer's to say.
      .filter((one) => step.fact !== 'check' || one.value === null)
      .map((one) => ({ answer: one.id, label: one.label })),
    shown: shown.filter((one) => one.stage === step.stage).map(({ name, text }) => ({ name, text })),
  };

/** The time until which a delay is slight, while it runs. */
function slightUntil({ records }: Standing['consulted'], now: number) {
  if (!records.later) return null;
  const until = chatUntil(records.rulebook, records.later.promisedAt);
  return now <= until ? until : null;
}

type Unit = { orderId: string; line: number; place: number };
const asker = ({ viewer }: Context, { orderId, line, place }: Unit) => ({
  orderId,
  line,
  place,
  buyerIds: viewer.buyerIds,
});

export const diagnosisRoutes = {
  walk: serve(diagnosisContract.walk, async ({ db, viewer }, { orderId, line, place }) => {
    const on = await reader(db);
    const seen = await orderSeenBy(on, viewer, orderId);
    if (!seen || !viewer.buyerIds.includes(seen.buyerId)) return refuse('ORDER_NOT_FOUND');
    const stands = await standing(on, { shopId: seen.shopId, orderId, line, place });
    if (!stands) return refuse('UNIT_NOT_FOUND');
    const { consulted, version, walk } = stands;
    const [funded] =
      walk.end?.end === 'payment' ? await findOrderPayment(on, { shopId: seen.shopId, orderId }) : [];
    return done({
      orderId,
      line,
      place,
      title: consulted.line.title,
      variantName: consulted.line.variantName,
      shopName: consulted.shopName,
      goods: version.goods,
      rulebook: consulted.records.rulebook,
      tree: version.version,
      begun: stands.diagnosisId !== null,
      passed: walk.passed.map((one) => ({
        step: one.step.id,
        name: one.step.name,
        said: passedWords(one),
        by: one.by,
        note: one.note,
        at: one.at,
      })),
      step: stepShown(walk, consulted),
      end: walk.end && { end: walk.end.end, text: walk.end.text, reason: walk.end.reason },
      paymentId: funded?.paymentId ?? null,
      chatUntil: slightUntil(consulted, on.business),
      tried: triedText(walk.passed),
      now: on.business,
    });
  }),
  answer: serve(diagnosisContract.answer, async (context, { step, answer, note, ...unit }) => {
    const kept = await transaction(context.db, (tx) =>
      answerStep(tx, { ...asker(context, unit), step, answer, note }),
    );
    return kept.ok ? done({ kept: true as const }) : kept;
  }),
  anew: serve(diagnosisContract.anew, (context, unit) =>
    transaction(context.db, (tx) => beginAnew(tx, asker(context, unit))),
  ),
};

const me = (context: Context): string => must(context.viewer.userId, 'staff has an account');
const reasonsOf = (goods: GoodsKind) =>
  reasonsFor(goods).map((code) => ({ code, words: reasonOf(code).words }));

const numbered = <T extends { treeVersion: number }>({ treeVersion, ...rest }: T) => ({
  ...rest,
  version: treeVersion,
});

export const treesRoutes = {
  trees: serve(treesContract.trees, async ({ db }) => {
    const all = await allTrees(await reader(db), null);
    return done({
      trees: goodsKinds.map((goods) => {
        const versions = all.filter((one) => one.goods === goods);
        const inForce = must(
          versions.find((one) => one.state === 'published' || one.state === 'seeded'),
          'every kind of goods has a tree',
        );
        return { goods, inForce: inForce.version, versions };
      }),
    });
  }),
  tree: serve(treesContract.tree, async ({ db }, named) => {
    const found = await treeNumbered(await reader(db), numbered(named));
    if (!found) return refuse('TREE_NOT_FOUND');
    return done({
      ...found,
      findings: checkTree(found.tree, found.goods),
      facts: [...factNames],
      reasons: reasonsOf(found.goods),
    });
  }),
  draft: serve(treesContract.draft, (context, { goods }) =>
    transaction(context.db, (tx) => draftTree(tx, { goods, byId: me(context) })),
  ),
  writeNode: serve(treesContract.writeNode, (context, input) =>
    transaction(context.db, (tx) => writeNode(tx, { ...numbered(input), byId: me(context) })),
  ),
  dropNode: serve(treesContract.dropNode, (context, { nodeId, ...input }) =>
    transaction(context.db, (tx) => dropNode(tx, { ...numbered(input), node: nodeId, byId: me(context) })),
  ),
  publish: serve(treesContract.publish, (context, input) =>
    transaction(context.db, (tx) => publish(tx, { ...numbered(input), byId: me(context) })),
  ),
  withdraw: serve(treesContract.withdraw, (context, input) =>
    transaction(context.db, (tx) => withdraw(tx, { ...numbered(input), byId: me(context) })),
  ),
};
