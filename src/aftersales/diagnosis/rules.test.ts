import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { goodsKinds } from '../../catalog/content.contract.ts';
import { must } from '../../kit/assert.ts';
import { instant, plus } from '../../kit/time.ts';
import { checkTree, isPublishable } from './check.rules.ts';
import { factsOf, type Records } from './facts.rules.ts';
import { passedWords, triedText, walk, type Facts, type Given } from './rules.ts';
import { treeShape, type Tree } from './tree.contract.ts';
import { seeded } from './trees.data.ts';

const now = instant('2026-11-20T04:00:00.000Z');
const say = (...pairs: [string, string][]): Given[] =>
  pairs.map(([step, answer]) => ({ step, answer, note: '', at: now }));
const paid: Facts = { payment: { value: 'paid', at: now } };
const changed = (goods: 'card' | 'membership', change: (tree: Tree) => void): Tree => {
  const copy = structuredClone(seeded[goods]);
  change(copy);
  return copy;
};
const faults = (tree: Tree): string[] =>
  checkTree(tree, 'card').map((one) => `${one.level} ${one.at} ${one.words.en}`);

test('F044 every seeded tree fits its shape and has nothing to report: each branch ends, in both languages, simple things first', () => {
  for (const goods of goodsKinds) {
    deepEqual(treeShape.parse(seeded[goods]), seeded[goods]);
    deepEqual(checkTree(seeded[goods], goods), [], goods);
  }
});

test('F044 every seeded tree goes through network, validity, requirements and restart in this order, and then to a case', () => {
  for (const goods of goodsKinds) {
    const tree = seeded[goods];
    const order = ['network', 'expiry', 'system', 'restart'];
    const found = order.map((stage) => tree.steps.findIndex((step) => step.stage === stage));
    ok(
      found.every((at, i) => at >= 0 && at > (found[i - 1] ?? -1)),
      goods,
    );
    ok(tree.ends.some((end) => end.end === 'case') && tree.ends.some((end) => end.end === 'payment'));
  }
});

test('F043 what the platform knows is not asked: an issuer who says used before the reveal leads straight to the scene', () => {
  const known: Facts = { ...paid, reveal: { value: 'after', at: now }, issuer: { value: 'before', at: now } };
  const { end, step, passed } = walk(seeded.card, [], known);
  deepEqual([end?.end, end?.reason, step], ['case', 'CARD_USED', null]);
  deepEqual(
    passed.map((one) => [one.step.id, one.by]),
    [['issuer', 'platform']],
  );
});

test('F043 F045 the comparison is a step: unknown it is asked, known it answers itself and its verdict leads on', () => {
  const said = say(['symptom', 'wrong']);
  equal(walk(seeded.card, said, paid).step?.id, 'compare');
  const same = walk(seeded.card, said, { ...paid, check: { value: 'same', at: now } });
  equal(same.step?.id, 'network');
  const typo = walk(seeded.card, said, { ...paid, check: { value: 'case_or_space', at: now } });
  equal(typo.step?.id, 'retype');
});

test('F043 the newest answer to a step counts, and what was tried is said in both languages, without what was never a question', () => {
  const given = say(['symptom', 'used'], ['symptom', 'other'], ['network', 'still'], ['expiry', 'valid']);
  const now_ = walk(seeded.card, given, paid);
  equal(now_.step?.id, 'system');
  deepEqual(triedText(now_.passed), {
    zh: '提示：别的提示，或没反应；换网络：还是不行；有效期：没过期',
    en: 'Message: Something else, or nothing; Another network: Still not; Validity: No',
  });
  const noted = walk(seeded.card, [{ step: 'symptom', answer: 'other', note: 'E404', at: now }], paid);
  equal(passedWords(must(noted.passed[0], 'it was answered')).zh, '提示：别的提示，或没反应 (E404)');
});

test('F043 an unpaid order is no fault of the goods: the diagnosis ends with the payment', () => {
  equal(walk(seeded.card, [], { payment: { value: 'unpaid', at: null } }).end?.end, 'payment');
});

test('F046 memberships: the branch of the account, the other device and the expired term', () => {
  const start = say(['network', 'still'], ['expiry', 'valid'], ['account', 'right']);
  const relogin = walk(seeded.membership, start, paid).step;
  ok(relogin?.text.zh.includes('退出账号重新登录'));
  const other = walk(seeded.membership, [...start, ...say(['restart', 'still'])], paid).step;
  equal(other?.id, 'devices');
  const shared = walk(
    seeded.membership,
    [...start, ...say(['restart', 'still'], ['devices', 'shared'])],
    paid,
  );
  equal(shared.end?.reason, 'MEMBERSHIP_MISSING');
  const over = walk(seeded.membership, [], { ...paid, membership: { value: 'over', at: now } });
  equal(over.step?.id, 'term');
});

test('F034 licences: an attempt to activate is noted with its message, and leads to the scene of activation', () => {
  const steps = say(['network', 'still'], ['expiry', 'unknown'], ['system', 'fits'], ['restart', 'still']);
  const at = walk(seeded.licence, steps, paid);
  equal(at.step?.id, 'attempt');
  const note = '13:40，手机热点，提示 0xC004';
  const told = walk(seeded.licence, [...steps, { step: 'attempt', answer: 'failed', note, at: now }], paid);
  equal(told.end?.reason, 'ACTIVATE_FAIL');
  ok(triedText(told.passed).zh.includes(note));
});

const records: Records = {
  rulebook: '1.0.0',
  paidAt: now,
  later: null,
  useWithin_hours: null,
  key: null,
  presumedUntil: null,
  check: null,
  issuer: null,
  membership: null,
  licence: null,
  activation: null,
  download: null,
};

test('F119 nine minutes after the promise a delay points to the shop first, eleven minutes after it to a case', () => {
  const later = { promisedAt: now, deliveredAt: now, lateAt: null };
  const at = (minutes: number) =>
    walk(seeded.topup, say(['number', 'right']), factsOf({ ...records, later }, plus(now, { minutes })));
  equal(at(9).end?.end, 'chat');
  equal(at(11).step?.id, 'network');
  const undelivered = factsOf(
    { ...records, later: { ...later, deliveredAt: null } },
    plus(now, { minutes: 11 }),
  );
  equal(walk(seeded.topup, [], undelivered).end?.end, 'order');
});

test('F119 a mistyped number points to the shop first', () => {
  equal(walk(seeded.topup, say(['number', 'mistyped']), paid).end?.end, 'chat');
});

test('F043 F046 facts are what the records decide and nothing else; a term that is over counts as over before the clock was swept', () => {
  deepEqual(Object.keys(factsOf(records, now)), ['payment']);
  const membership = { state: 'active', endsAt: plus(now, { hours: -1 }) };
  const over = factsOf({ ...records, membership }, now);
  deepEqual([over.membership?.value, over.expiry?.value], ['over', 'over']);
  const licence = { state: 'active', expiresAt: null, seats: 2, used: 2 };
  const full = factsOf({ ...records, licence, activation: { event: 'refused', at: now } }, now);
  deepEqual(
    [full.licence?.value, full.seats?.value, full.activation?.value, full.expiry],
    ['active', 'full', 'refused', undefined],
  );
  const key = { deliveredAt: now, revealedAt: now };
  const used = { ...records, key, useWithin_hours: 24, presumedUntil: plus(now, { hours: 2 }) };
  deepEqual(
    [
      factsOf(used, plus(now, { hours: 1 })).reveal?.value,
      factsOf(used, plus(now, { hours: 25 })).expiry?.value,
    ],
    ['window', 'over'],
  );
});

test('F044 a draft is not published with a circle, a dead end, a lost step, a missing language, a foreign scene or without a way to a case', () => {
  const step = (tree: Tree, id: string) =>
    must(
      tree.steps.find((one) => one.id === id),
      id,
    );
  const first = (tree: Tree, id: string, at = 0) => must(step(tree, id).answers[at], id);
  const end = (tree: Tree, id: string) =>
    must(
      tree.ends.find((one) => one.id === id),
      id,
    );
  const cases: [RegExp, (tree: Tree) => void][] = [
    [/leads back to itself/, (tree) => (first(tree, 'restart', 1).next = 'network')],
    [/nobody gets on/, (tree) => (step(tree, 'restart').answers = [])],
    [/is not there/, (tree) => (first(tree, 'network').next = 'nowhere')],
    [/No way leads here/, (tree) => tree.ends.push({ ...end(tree, 'solved'), id: 'lost' })],
    [/Both languages/, (tree) => (step(tree, 'network').text.en = '')],
    [/one language only/, (tree) => (step(tree, 'network').hint.zh = '提示')],
    [/no such scene/, (tree) => (end(tree, 'invalid').reason = 'PHYS_LOST')],
    [/needs the scene/, (tree) => (end(tree, 'invalid').reason = null)],
    [/never is/, (tree) => (first(tree, 'expiry').value = 'perhaps')],
    [/one way for when nothing/, (tree) => step(tree, 'issuer').answers.pop()],
    [/No way leads to a case/, (tree) => tree.ends.forEach((one) => (one.end = 'chat'))],
    [/first step is not there/, (tree) => (tree.start = 'nowhere')],
    [/have this name/, (tree) => tree.ends.push({ ...end(tree, 'solved') })],
  ];
  for (const [expected, change] of cases) {
    const tree = changed('card', change);
    ok(
      faults(tree).some((one) => expected.test(one)),
      `${expected}: ${faults(tree).join(', ')}`,
    );
    ok(!isPublishable(checkTree(tree, 'card')));
  }
  const late = changed('card', (tree) => (step(tree, 'network').stage = 'special'));
  deepEqual(
    checkTree(late, 'card').map((one) => one.level),
    ['hint'],
  );
});
