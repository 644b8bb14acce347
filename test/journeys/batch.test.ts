import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { drawTribunals } from '../../src/aftersales/panel/draw.actions.ts';
import { instant } from '../../src/kit/time.ts';
import { encodeId } from '../../src/kit/public-id.ts';
import { testDatabase } from '../database.ts';
import { aStore, buys, files, ids, journey, judgment, reveals, type Order, type Person } from './world.ts';

// Many buyers of one bad batch, and one case that goes through a panel and an appeal (lifecycles 2.9, story 17; C8 to C11).

const world = await journey(await testDatabase({ at: instant('2026-02-03T04:00:00.000Z') }));
const { staff, pass, settle, proves, wallet, asOwner, db } = world;
const price = 9750n;
const page = (who: Person, caseId: string) => who.does('GET', `/cases/${caseId}`);
const { reason: _none, ...finding } = { ...judgment(), reason: null };

type Filed = { who: Person; caseId: string; had: bigint };
/** So many people buy of one batch, look at their keys, and file. */
async function filedBy(people: number, variantId: string): Promise<Filed[]> {
  const bought: { who: Person; order: Order }[] = [];
  for (let n = 0; n < people; n += 1) {
    const who = await world.buyer();
    bought.push({ who, order: await buys(who, variantId) });
  }
  const cases: Filed[] = [];
  for (const { who, order } of bought) {
    await reveals(who, order);
    const filed = await files(who, order, { reason: 'WRONG_SPEC' });
    cases.push({ who, caseId: filed.caseId, had: await wallet(who) });
    // Who files first speaks for all.
    if (cases.length === 1) world.clock.forward({ minutes: 1 });
    if (cases.length === 5) await settle();
  }
  await settle();
  return cases;
}

/** What each of the forty got in the end; answers how many were paid by the finding. */
async function endOf(
  cases: readonly Filed[],
  p: Record<'left' | 'gone' | 'agreed', string>,
): Promise<number> {
  let paid = 0;
  for (const { who, caseId, had } of cases) {
    const { state } = await page(who, caseId);
    const got = (await wallet(who)) - had;
    if (caseId === p.left) deepEqual([state, got], ['lapsed', 0n]);
    else if (caseId === p.gone) deepEqual([state, got], ['withdrawn', 0n]);
    else {
      equal(got, price, `${caseId} once`);
      if (caseId !== p.agreed) paid += 1;
    }
  }
  return paid;
}

test('story 17, F129: thirty-seven cases about one batch, one finding signed by two, thirty-seven refunds; who settled or left before keeps their own outcome', async () => {
  const { shelf, shop, variantId, listingId } = await aStore(world);
  const cases = await filedBy(40, variantId);
  const [listing] = await asOwner('select state from catalog.listings where id = $1', [listingId]);
  equal(listing?.['state'], 'suspended', 'the rest of the batch is not sold on');
  const [first, agreed, left, gone] = cases as [Filed, Filed, Filed, Filed];
  const seen = await first.who.does('GET', `/cases/${first.caseId}/group`);
  deepEqual([seen.group.cases, seen.group.representative, seen.able.leave.ok], [40, true, true]);
  await first.who.does('POST', `/cases/${first.caseId}/group-words`, { text: '都是 2 月 3 日上架的那一批' });
  await left.who.cannot('NOT_REPRESENTATIVE', 'POST', `/cases/${left.caseId}/group-words`, {
    text: '还有我',
  });
  // One leaves, one withdraws, with one the shop agrees by itself.
  await left.who.does('POST', `/cases/${left.caseId}/group-departure`, {});
  await gone.who.does('POST', `/cases/${gone.caseId}/withdrawal`, {});
  await shop.does('POST', `/cases/${agreed.caseId}/agreement`, {});
  await shop.does('POST', `/cases/${left.caseId}/refusal`, {
    defence: 'NOT_AS_CLAIMED',
    text: '这一张没有问题',
    exhibit: { kind: 'issuer_log', text: '记录在此' },
  });

  const [anna, boris] = [await staff('support'), await staff('support')];
  const list = await anna.does('GET', '/case-groups');
  equal(list.groups.length, 1);
  equal(list.alarms[0].cases >= 3, true);
  const { groupId } = list.groups[0];
  const group = await anna.does('GET', `/case-groups/${groupId}`);
  deepEqual([group.members.length, group.twoPeople, group.words.length], [40, true, 1]);
  await shop.cannot('NOT_FOUND', 'POST', `/case-groups/${groupId}/finding`, finding);
  equal((await anna.does('POST', `/case-groups/${groupId}/finding`, finding)).state, 'signing');
  await anna.cannot('SAME_EYES', 'POST', `/case-groups/${groupId}/signature`, { agrees: true });
  equal((await boris.does('POST', `/case-groups/${groupId}/signature`, { agrees: true })).state, 'decided');
  await settle();
  const reached = await boris.does('GET', `/case-groups/${groupId}`);
  const outcomes = Object.groupBy(reached.members as { outcome: string | null }[], (one) =>
    String(one.outcome),
  );
  deepEqual(Object.fromEntries(Object.entries(outcomes).map(([outcome, some]) => [outcome, some?.length])), {
    found: 37,
    settled: 2,
    null: 1,
  });
  equal((await page(first.who, first.caseId)).state, 'decided');
  await pass({ hours: 72 });
  equal(await endOf(cases, { left: left.caseId, gone: gone.caseId, agreed: agreed.caseId }), 37);
  const moved = await asOwner(
    `select count(*)::int as n, sum(amount_fen)::text as sum from ledger.transfers where kind = 'case.refunded' and about in (select id from orders.orders where shop_id = $1)`,
    [shelf.shopId],
  );
  deepEqual(moved, [{ n: 38, sum: String(38n * price) }]);
  await pass({ days: 4 });
  for (const { who, had } of cases) ok((await wallet(who)) - had <= price);
  await proves();
});

test('F118 F051 C8 C9 over HTTP: decided, before a panel that anybody can draw again, awarded by two of three, appealed to a fourth, carried out', async () => {
  const { shop, claimed } = await aStore(world);
  const { who, caseId, had } = await claimed({ reason: 'WRONG_SPEC' });
  await shop.does('POST', `/cases/${caseId}/refusal`, {
    defence: 'NOT_AS_CLAIMED',
    text: '发的就是 100 元',
    exhibit: { kind: 'issuer_log', text: '发货记录' },
  });
  await who.does('POST', `/cases/${caseId}/intervention`, { text: '请平台裁决' });
  const first = await staff('support');
  const panel: Person[] = [];
  for (let n = 0; n < 4; n += 1) panel.push(await staff('arbitrator'));
  await first.does('POST', `/case-desk/${caseId}/assignment`, { declared: true });
  const lost = judgment({ remedy: 'none', liability: { merchant: 0, buyer: 100, platform: 0 } });
  await first.does('POST', `/case-desk/${caseId}/decision`, lost);
  await who.does('POST', `/cases/${caseId}/arbitration`, { ground: 'new_evidence', text: '官方客服证明' });
  await who.cannot('ARBITRATION_OVER', 'POST', `/cases/${caseId}/arbitration`, {
    ground: 'procedure',
    text: '再来',
  });
  await settle();
  await drawTribunals(db);
  const { tribunals } = await who.does('GET', `/cases/${caseId}/tribunals`);
  const [bench] = tribunals;
  equal(bench.members.length, 3);
  const seated = bench.members.map((one: { seat: string }) => one.seat);
  deepEqual(seated, bench.draw.order.slice(0, 3), 'the first three of the published order');
  ok(bench.draw.text.includes(bench.draw.root) && bench.draw.text.includes(bench.listSha256));
  const sits: Person[] = [];
  for (const one of panel) {
    const { mine } = await one.does('GET', '/case-desk-seats');
    if (mine.some((each: { caseId: string }) => each.caseId === caseId)) sits.push(one);
  }
  equal(sits.length, 3);
  const fourth = panel.find((one) => !sits.includes(one)) as Person;
  const [a, b, c] = sits as [Person, Person, Person];
  await a.does('POST', `/case-desk/${caseId}/vote`, judgment());
  await fourth.cannot('NOT_SEATED', 'POST', `/case-desk/${caseId}/vote`, judgment());
  const hidden = await b.does('GET', `/cases/${caseId}/tribunals`);
  ok(
    hidden.tribunals[0].members.every((one: { vote: unknown }) => one.vote === null),
    'nobody reads a vote before the end',
  );
  await b.does('POST', `/case-desk/${caseId}/vote`, lost);
  equal((await c.does('POST', `/case-desk/${caseId}/vote`, judgment())).state, 'awarded');
  const shown = await shop.does('GET', `/cases/${caseId}/tribunals`);
  equal(shown.tribunals[0].members.filter((one: { vote: unknown }) => one.vote !== null).length, 3);
  await pass({ days: 4 });
  await shop.does('POST', `/cases/${caseId}/appeal`, { ground: 'wrong_article', text: '不该退' });
  await a.cannot('CONFLICT_OF_INTEREST', 'POST', `/case-desk/${caseId}/assignment`, { declared: true });
  await fourth.does('POST', `/case-desk/${caseId}/assignment`, { declared: true });
  equal((await fourth.does('POST', `/case-desk/${caseId}/ruling`, judgment())).state, 'executed');
  equal((await wallet(who)) - had, price);
  equal(encodeId('case', ids('case', caseId)), caseId);
  await proves();
});
