import { deepEqual, equal } from 'node:assert/strict';
import { before, test } from 'node:test';
import { loadRules } from '../../src/rules/loading.actions.ts';
import { testDatabase } from '../database.ts';
import { shippedRules } from '../rules.ts';
import { aStore, journey, type Person } from './world.ts';

// A rule that matters changes with too short a notice (lifecycles 2.9, story 15).

const world = await journey(await testDatabase());
const { db, staff, pass, proves, clock } = world;
before(() => shippedRules(db));

/** The Beijing day so many days from now. */
const dayIn = (days: number): string =>
  new Date(clock.now() + days * 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10);
const hoursToAnswer = async (who: Person, caseId: string): Promise<number> => {
  const one = await who.does('GET', `/cases/${caseId}`);
  return (Date.parse(one.dueAt) - Date.parse(one.filedAt)) / 3_600_000;
};

test('story 15, F092: an important change with fourteen days of notice is refused, with enough of them a second person announces it; old orders keep their 24 hours, new ones have the new time', async () => {
  const [anna, bo] = [await staff('risk'), await staff('risk')];
  const { claimed } = await aStore(world);
  const draft = '/operator/rulebooks/1.1.0';
  await anna.does('POST', '/operator/rulebooks', { version: '1.1.0' });
  const five = await anna.does('GET', `${draft}/articles/5`);
  const { no: _, ...written } = five.article;
  const params = written.params.map((one: { name: string }) =>
    one.name === 'MERCHANT_REMEDY' ? { ...one, v: 12 } : one,
  );
  const { sha256 } = await anna.does('PUT', `${draft}/articles/5`, {
    sha256: five.sha256,
    written: { ...written, params },
  });
  const head = { ordersBefore: 'old_version', because: { zh: '补发退款更快。', en: 'It is faster.' } };
  const marked = await anna.does('PUT', draft, { ...head, sha256, importance: 'important' });
  await anna.does('POST', `${draft}/consultation`, { sha256: marked.sha256 });
  await pass({ days: 30 });
  const propose = (days: number) =>
    ['POST', `${draft}/proposal`, { sha256: marked.sha256, effectiveOn: dayIn(days) }] as const;
  await anna.cannot('NOTICE_TOO_SHORT', ...propose(14));
  await anna.does(...propose(40));
  await anna.cannot('SAME_PERSON', 'POST', `${draft}/announcement`, { sha256: marked.sha256 });
  await bo.does('POST', `${draft}/announcement`, { sha256: marked.sha256 });

  const old = await claimed();
  equal(await hoursToAnswer(old.who, old.caseId), 24);
  await pass({ days: 41 });
  await loadRules(db);
  const after = await old.who.does('GET', `/orders/${old.order.orderId}`);
  equal(after.rulebook, '1.0.0', 'an order is bound to the rules of its day');
  const fresh = await aStore(world);
  const now = await fresh.claimed();
  deepEqual(
    [
      (await now.who.does('GET', `/orders/${now.order.orderId}`)).rulebook,
      await hoursToAnswer(now.who, now.caseId),
    ],
    ['1.1.0', 12],
  );
  await proves();
});
