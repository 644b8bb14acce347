import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { callerAs } from '../../../test/caller.ts';
import { bought, buyerOf, caseShop, filed, ownerOf, staffer, type Bought } from '../../../test/cases.ts';
import { testDatabase } from '../../../test/database.ts';
import { buyers, stock } from '../../../test/world.ts';
import { checkRoutes } from '../../delivery/check/http.ts';
import { encodeId } from '../../kit/public-id.ts';
import { caseRoutes } from '../http.ts';
import { diagnosisRoutes, treesRoutes } from './http.ts';

const { db, asOwner, clock } = await testDatabase();
const shelf = await caseShop(db, { devices: '只能在大陆地区的账号使用', useWithin_hours: 240 });
await stock(db, shelf, shelf.listings[0]?.variantId ?? '', 60);
const support = await staffer(db, 'support');

const callAs = callerAs(db, clock, {
  ...diagnosisRoutes,
  ...checkRoutes,
  cases: caseRoutes,
  trees: treesRoutes,
});
const staff = callAs(support);
const unit = (who: Bought, place = 1) => ({ orderId: encodeId('order', who.orderId), line: 1, place });
const refused = (code: string) => (error: { code?: string }) => error.code === code;
type Passed = { step: string; by: string; said: { zh: string } };
const steps = (walk: { passed: Passed[] }): [string, string][] =>
  walk.passed.map((one) => [one.step, one.by]);

test('F043 a buyer walks from simple to less simple; the comparison is a step of it; the claim keeps what was tried, with the version of the tree', async () => {
  const who = await bought(db, shelf);
  const buyer = callAs(buyerOf(who.buyerId));
  const say = async (step: string, answer: string, note?: string) => {
    await buyer.answer({ ...unit(who), step, answer, ...(note ? { note } : {}) });
    return buyer.walk(unit(who));
  };
  const first = await buyer.walk(unit(who));
  deepEqual([first.step.step, first.begun, first.passed], ['symptom', false, []]);
  const compare = await say('symptom', 'wrong', '提示：不存在');
  deepEqual([compare.step.step, compare.step.compares], ['compare', true]);
  deepEqual(
    compare.step.answers.map((one: { answer: string }) => one.answer),
    ['skipped'],
    'only the platform says what a comparison found',
  );
  await buyer.checkCode({ orderId: unit(who).orderId, unit: '1-1', part: 'secret', typed: 'NOT-THE-KEY' });
  const retype = await buyer.walk(unit(who));
  deepEqual([retype.step.step, steps(retype).at(-1)], ['retype', ['compare', 'platform']]);
  await say('retype', 'still');
  const system = await say('network', 'still');
  deepEqual([system.step.step, steps(system).at(-1)], ['system', ['expiry', 'platform']]);
  ok(
    system.step.shown.some((one: { text: string }) => one.text.includes('大陆地区')),
    'the requirement of the listing is shown, not asked for',
  );
  await say('system', 'fits');
  const end = await say('restart', 'still');
  deepEqual([end.end.end, end.end.reason, end.step], ['case', 'CARD_INVALID', null]);
  ok(end.tried.zh.includes('换网络：还是不行') && end.tried.zh.includes('提示：不存在'));
  const caseId = await filed(db, who, { triedSteps: end.tried.zh });
  const page = await buyer.cases.one({ caseId: encodeId('case', caseId) });
  const { diagnosis, triedSteps } = page.statements[0].body;
  equal(triedSteps, end.tried.zh);
  deepEqual(
    [diagnosis.goods, diagnosis.tree, diagnosis.ending, diagnosis.suggested, diagnosis.steps.length],
    ['card', 1, 'case', 'CARD_INVALID', 7],
  );
  deepEqual(diagnosis.steps.find((one: { step: string }) => one.step === 'compare').by, 'platform');
  const [row] = await asOwner('select case_id, closed_at from aftersales.diagnoses where order_id = $1', [
    who.orderId,
  ]);
  equal(row?.['case_id'], caseId);
  const [event] = await asOwner(
    `select 1 as there from evidence.events where about = $1 and kind = 'case.file'`,
    [who.orderId],
  );
  ok(event, 'and it is evidence with the claim');
});

test('F043 nobody has to walk: a case without a diagnosis is filed, and the form is one link away from every step', async () => {
  const who = await bought(db, shelf);
  const caseId = await filed(db, who);
  const page = await callAs(buyerOf(who.buyerId)).cases.one({ caseId: encodeId('case', caseId) });
  equal(page.statements[0].body.diagnosis, undefined);
});

test('F043 an answer to a step that is not asked is refused, an earlier one may be changed and both stay in the record', async () => {
  const who = await bought(db, shelf);
  const buyer = callAs(buyerOf(who.buyerId));
  const answer = (step: string, given: string) => buyer.answer({ ...unit(who), step, answer: given });
  await rejects(answer('restart', 'fixed'), refused('STEP_MOVED_ON'));
  await rejects(answer('symptom', 'perhaps'), refused('STEP_MOVED_ON'));
  await answer('symptom', 'other');
  await answer('symptom', 'used');
  equal((await buyer.walk(unit(who))).step.step, 'own_account');
  const rows = await asOwner(
    `select a.nth, a.answer from aftersales.diagnosis_answers a join aftersales.diagnoses d on d.id = a.diagnosis_id where d.order_id = $1 order by nth`,
    [who.orderId],
  );
  deepEqual(rows, [
    { nth: 1, answer: 'other' },
    { nth: 2, answer: 'used' },
  ]);
  await buyer.anew(unit(who));
  const fresh = await buyer.walk(unit(who));
  deepEqual([fresh.begun, fresh.step.step], [false, 'symptom']);
});

test('F043 two answers at the same moment are one walk with both', async () => {
  const who = await bought(db, shelf);
  const buyer = callAs(buyerOf(who.buyerId));
  await Promise.all(
    ['other', 'used', 'wrong'].map((answer) => buyer.answer({ ...unit(who), step: 'symptom', answer })),
  );
  const rows = await asOwner(
    `select d.id, count(*)::int as n from aftersales.diagnosis_answers a join aftersales.diagnoses d on d.id = a.diagnosis_id where d.order_id = $1 group by d.id`,
    [who.orderId],
  );
  deepEqual(
    rows.map((row) => row['n']),
    [3],
  );
});

test('F043 a diagnosis that is not yours answers like an order that is not there; a sealed key is sent to the order page', async () => {
  const who = await bought(db, shelf, { quantity: 2, reveal: 1 });
  const [stranger = ''] = await buyers(db, 1);
  for (const viewer of [buyerOf(stranger), ownerOf(shelf), support]) {
    await rejects(callAs(viewer).walk(unit(who)), refused('ORDER_NOT_FOUND'));
    await rejects(
      callAs(viewer).answer({ ...unit(who), step: 'symptom', answer: 'used' }),
      refused('ORDER_NOT_FOUND'),
    );
    await rejects(callAs(viewer).anew(unit(who)), refused('ORDER_NOT_FOUND'));
  }
  const buyer = callAs(buyerOf(who.buyerId));
  const sealed = await buyer.walk(unit(who, 2));
  deepEqual([sealed.end.end, steps(sealed)], ['order', [['reveal', 'platform']]]);
  await rejects(buyer.walk(unit(who, 3)), refused('UNIT_NOT_FOUND'));
});

test('F044 support drafts, mends and publishes a tree; walks that run keep their version, new ones take the new, and the old one stays readable', async () => {
  const who = await bought(db, shelf);
  const buyer = callAs(buyerOf(who.buyerId));
  await buyer.answer({ ...unit(who), step: 'symptom', answer: 'other' });
  const { version, sha256 } = await staff.trees.draft({ goods: 'card' });
  equal(version, 2);
  await rejects(staff.trees.draft({ goods: 'card' }), refused('TREE_HAS_DRAFT'));
  const named = { goods: 'card', treeVersion: version };
  const { tree } = await staff.trees.tree(named);
  const network = tree.steps.find((step: { id: string }) => step.id === 'network');
  const node = { ...network, kind: 'step', text: { zh: '重启路由器再试。行了吗？', en: '' } };
  const half = await staff.trees.writeNode({ ...named, sha256, node });
  await rejects(staff.trees.publish({ ...named, sha256: half.sha256 }), refused('TREE_HAS_FAULTS'));
  const report = await staff.trees.tree(named);
  deepEqual(
    report.findings.map((one: { level: string; at: string }) => [one.level, one.at]),
    [['fault', 'network']],
  );
  await rejects(staff.trees.writeNode({ ...named, sha256, node }), refused('TREE_CHANGED'));
  const mended = { ...node, text: { ...node.text, en: 'Restart the router and try again. Does it work?' } };
  const whole = await staff.trees.writeNode({ ...named, sha256: half.sha256, node: mended });
  await staff.trees.publish({ ...named, sha256: whole.sha256 });
  await rejects(
    staff.trees.writeNode({ ...named, sha256: whole.sha256, node }),
    refused('TREE_NOT_EDITABLE'),
  );
  const running = await buyer.walk(unit(who));
  deepEqual([running.tree, running.step.text.zh.includes('路由器')], [1, false]);
  await buyer.anew(unit(who));
  await buyer.answer({ ...unit(who), step: 'symptom', answer: 'other' });
  const fresh = await buyer.walk(unit(who));
  deepEqual([fresh.tree, fresh.step.text.zh], [2, '重启路由器再试。行了吗？']);
  const old = await staff.trees.tree({ goods: 'card', treeVersion: 1 });
  deepEqual([old.state, old.tree.steps.length > 5], ['seeded', true]);
  await rejects(
    staff.trees.publish({ goods: 'card', treeVersion: 1, sha256: old.sha256 }),
    refused('TREE_NOT_EDITABLE'),
  );
});

test('F044 steps are added and taken out, a draft is given up and its number is not used again; buyers and shops see nothing of it', async () => {
  const { version, sha256 } = await staff.trees.draft({ goods: 'service' });
  const named = { goods: 'service', treeVersion: version };
  const node = {
    kind: 'end',
    id: 'new_end',
    end: 'chat',
    text: { zh: '先问商家', en: 'Ask the shop' },
    reason: null,
  };
  const added = await staff.trees.writeNode({ ...named, sha256, node });
  const { findings } = await staff.trees.tree(named);
  deepEqual(
    findings.map((one: { at: string }) => one.at),
    ['new_end'],
  );
  const gone = await staff.trees.dropNode({ ...named, sha256: added.sha256, nodeId: 'new_end' });
  equal(gone.sha256, sha256);
  await rejects(staff.trees.dropNode({ ...named, sha256, nodeId: 'new_end' }), refused('NODE_NOT_FOUND'));
  await staff.trees.withdraw({ ...named, sha256 });
  const { trees } = await staff.trees.trees({});
  const service = trees.find((one: { goods: string }) => one.goods === 'service');
  deepEqual(
    [service.inForce, service.versions.map((one: { state: string }) => one.state)],
    [1, ['withdrawn', 'seeded']],
  );
  equal((await staff.trees.draft({ goods: 'service' })).version, version + 1);
  await rejects(callAs(ownerOf(shelf)).trees.trees({}), refused('NOT_FOUND'));
});
