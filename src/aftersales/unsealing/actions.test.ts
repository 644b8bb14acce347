import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { callerAs } from '../../../test/caller.ts';
import { bought, buyerOf, caseShop, clockwork, deskOf, ownerOf, staffer } from '../../../test/cases.ts';
import { testDatabase } from '../../../test/database.ts';
import { prove } from '../../../bin/prove.ts';
import { stock } from '../../../test/world.ts';
import { encodeId } from '../../kit/public-id.ts';
import type { Viewer } from '../../kit/viewer.ts';
import { assign } from '../desk.actions.ts';
import { exhibitRoutes } from '../exhibits/http.ts';
import { unsealingRoutes } from './http.ts';
import { masked } from './rules.ts';

const database = await testDatabase();
const { db, asOwner, clock, ownerUrl } = database;
const shelf = await caseShop(db);
const keys = await stock(db, shelf, shelf.listings[0]?.variantId ?? '', 20);
const desk = deskOf(database, shelf);
const work = clockwork(db);
const [handler, second, third] = [
  await staffer(db, 'support'),
  await staffer(db, 'arbitrator'),
  await staffer(db, 'support'),
];

const callAs = callerAs(db, clock, { ...unsealingRoutes, ...exhibitRoutes });
const refused = (code: string) => (error: { code?: string }) => error.code === code;
const reason = '双方对卡密格式说法不一，要比对末四位';

async function inHands() {
  const who = await bought(db, shelf);
  const id = await desk.escalated(who);
  equal(desk.said(await desk.run((tx) => assign(tx, { caseId: id, viewer: handler }))), 'review');
  return { who, caseId: encodeId('case', id) };
}
const ask = (caseId: string, extent = 'masked') =>
  callAs(handler).askKey({ caseId, place: 1, extent, why: reason }) as Promise<{ unsealingId: string }>;

test('two people: one asks with a reason, another grants, it is shown once, masked; both parties are told and it is a fact', async () => {
  const { who, caseId } = await inHands();
  const { unsealingId } = await ask(caseId);
  await rejects(
    callAs(handler).showKey({ unsealingId }),
    refused('NOT_YOUR_TURN'),
    'nothing without a second person',
  );
  await callAs(second).decideKey({ unsealingId, grants: true, extent: 'whole' });
  const shown = await callAs(handler).showKey({ unsealingId });
  equal(shown.granted, 'masked', 'no more than was asked for');
  const full = keys.find((key) => key.endsWith(String(shown.secret).slice(-4)));
  ok(full && shown.secret === masked(full), String(shown.secret));
  await rejects(callAs(handler).showKey({ unsealingId }), refused('NOT_YOUR_TURN'), 'once');
  const kinds = (
    await asOwner(`select kind from evidence.events where about = $1 order by seq`, [who.orderId])
  ).map((row) => row['kind']);
  deepEqual(kinds.slice(-3), ['card.unseal_asked', 'card.unseal_granted', 'card.unsealed']);
  await work.news();
  for (const userId of [who.buyerId, shelf.ownerId]) {
    const told = await asOwner(`select data from notifications.messages where user_id = $1`, [userId]);
    ok(
      told.some((row) => JSON.stringify(row['data']).includes('看了一次卡密')),
      'both parties are told',
    );
  }
  for (const viewer of [buyerOf(who.buyerId), ownerOf(shelf)]) {
    const { unsealings } = await callAs(viewer).unsealings({ caseId });
    const [one] = unsealings;
    deepEqual([one.state, one.reason, one.askedBy, one.decidedBy], ['shown', reason, undefined, undefined]);
    ok(/^[0-9A-F]{4}$/.test(one.asker) && one.decider && one.asker !== one.decider, 'two people, no names');
    ok(one.askedAt <= one.decidedAt && one.decidedAt <= one.shownAt && one.until, 'when');
    ok(!keys.some((key) => JSON.stringify(unsealings).includes(key)), 'never the key');
  }
  const reveals = await asOwner('select 1 from delivery.reveals where order_id = $1', [who.orderId]);
  equal(reveals.length, 1, 'the look of the desk is no look of the buyer');
});

test('nobody grants their own wish, nor a party, nor who does not hear cases; whoever does not have the case cannot ask', async () => {
  const { caseId } = await inHands();
  await rejects(
    callAs(third).askKey({ caseId, place: 1, extent: 'whole', why: reason }),
    refused('NOT_ASSIGNED'),
  );
  const { unsealingId } = await ask(caseId, 'whole');
  const both: Viewer = { ...handler, staff: ['arbitrator'] };
  await rejects(callAs(both).decideKey({ unsealingId, grants: true }), refused('SAME_EYES'));
  const party: Viewer = { ...second, shops: [{ shopId: shelf.shopId, role: 'owner' }] };
  await rejects(callAs(party).decideKey({ unsealingId, grants: true }), refused('CONFLICT_OF_INTEREST'));
  await rejects(callAs(third).decideKey({ unsealingId, grants: true }), refused('NOT_FOUND'));
  await rejects(callAs(ownerOf(shelf)).showKey({ unsealingId }), refused('NOT_FOUND'));
  const waiting = await callAs(second).openUnsealings({});
  ok(waiting.unsealings.some((one: { unsealingId: string }) => one.unsealingId === unsealingId));
  await callAs(second).decideKey({ unsealingId, grants: true, extent: 'whole' });
  await rejects(callAs(third).showKey({ unsealingId }), refused('UNSEALING_NOT_FOUND'), 'only whoever asked');
  const shown = await callAs(handler).showKey({ unsealingId });
  ok(keys.includes(shown.secret), 'the whole key, as granted');
});

test('a denial shows nothing; a grant that is not used within half an hour is gone; three requests are enough', async () => {
  const { caseId } = await inHands();
  const first = await ask(caseId);
  await callAs(second).decideKey({ ...first, grants: false, text: '有发码方记录就够了' });
  await rejects(callAs(handler).showKey(first), refused('NOT_YOUR_TURN'));
  const later = await ask(caseId);
  await callAs(second).decideKey({ ...later, grants: true });
  clock.forward({ minutes: 31 });
  await rejects(callAs(handler).showKey(later), refused('GRANT_OVER'));
  await ask(caseId);
  await rejects(ask(caseId), refused('UNSEALED_OFTEN'));
  await rejects(
    callAs(handler).askKey({ caseId, place: 7, extent: 'masked', why: reason }),
    refused('NO_KEY_HERE'),
  );
});

test('F107 whoever decides sees the exact words that the buyer ticked, their version by hash, and when each was ticked', async () => {
  const { who, caseId } = await inHands();
  const seen = await callAs(handler).acknowledged({ caseId });
  ok(seen.texts.length > 0);
  const [kept] = await asOwner('select text, hash from checkout.texts where hash = $1', [seen.texts[0].hash]);
  deepEqual([seen.texts[0].text, seen.texts[0].hash], [kept?.['text'], kept?.['hash']]);
  const [order] = await asOwner('select placed_at from orders.orders where id = $1', [who.orderId]);
  ok(Date.parse(seen.texts[0].tickedAt) <= Number(order?.['placed_at']));
  ok((await callAs(buyerOf(who.buyerId)).acknowledged({ caseId })).texts.length === seen.texts.length);
  const stranger = await bought(db, shelf);
  await rejects(callAs(buyerOf(stranger.buyerId)).acknowledged({ caseId }), refused('CASE_NOT_FOUND'));
});

test('nothing else opens a key: who calls openKeys stands in this list with its reason', () => {
  const may: Readonly<Record<string, string>> = {
    'src/delivery/card-key.actions.ts': 'the buyer sees what was bought',
    'src/delivery/check/actions.ts': 'what a buyer typed is compared, and not shown',
    'src/delivery/issuer/actions.ts': 'the issuer is asked about its own key',
    'src/inventory/export.actions.ts': 'a shop takes its own unsold stock out',
    'src/aftersales/outside/bundle.actions.ts': 'a buyer proves to a court what they got',
    'src/aftersales/unsealing/actions.ts': 'two people of the desk agreed',
  };
  const found = globSync('src/**/*.ts').filter(
    (path) =>
      !path.endsWith('.test.ts') &&
      path !== 'src/inventory/keys.actions.ts' &&
      /import \{[^}]*\bopenKeys\b/.test(readFileSync(path, 'utf8')),
  );
  deepEqual(
    found.filter((path) => !(path in may)),
    [],
  );
});

test('prove holds on what was opened', async () => {
  deepEqual((await prove({ url: ownerUrl, keys: db.keys })).offences, []);
});
