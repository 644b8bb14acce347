import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { prove } from '../bin/prove.ts';
import { figuresOf } from '../src/analytics/figures.views.ts';
import { demoAccounts, layOutDemo } from '../src/app/demo.ts';
import { demoPassword } from '../src/app/demo/people.data.ts';
import { sequenceAll } from '../src/evidence/sequencer.jobs.ts';
import { login } from '../src/identity/actions.ts';
import { isGuessable } from '../src/identity/rules.ts';
import { systemClock } from '../src/kit/time.ts';
import { testDatabase } from './database.ts';
import { testFiles } from './files.ts';
import { testLog } from './log.ts';

const { db, ownerUrl, asOwner } = await testDatabase({ at: systemClock.now(), connections: 16 });
const one = async (text: string): Promise<Record<string, unknown>> => (await asOwner(text))[0] ?? {};

testFiles(db);
const told: string[] = [];
const from = performance.now();
await layOutDemo(db, (what) => void told.push(what));
console.log(`the demo world was laid out in ${((performance.now() - from) / 1000).toFixed(1)} s`);

test('the demo world has shops, listings, keys and orders in every state', async () => {
  const counts = await one(`select
    (select count(*)::int from merchants.shops) as shops,
    (select count(distinct tier)::int from merchants.shops) as tiers,
    (select count(*)::int from catalog.cards where state = 'live') as listings,
    (select count(*)::int from inventory.keys) as keys,
    (select count(*)::int from orders.orders) as orders,
    (select count(distinct buyer_id)::int from orders.orders) as buyers`);
  ok(Number(counts['shops']) >= 4, JSON.stringify(counts));
  equal(counts['tiers'], 3);
  ok(Number(counts['listings']) >= 200, JSON.stringify(counts));
  equal(counts['keys'], 20_000);
  ok(Number(counts['orders']) >= 300 && Number(counts['orders']) <= 700, JSON.stringify(counts));
  ok(Number(counts['buyers']) >= 20, JSON.stringify(counts));
  const states = await asOwner(
    'select state, released_at is not null as released, count(*)::int from orders.orders group by 1, 2 order by 1, 2',
  );
  console.log(JSON.stringify(states));
  const names = states.map((row) => `${row['state']}${row['released'] ? ' released' : ''}`);
  for (const name of ['created', 'cancelled', 'delivered', 'completed', 'completed released', 'refunded'])
    ok(names.includes(name), `${name}: ${names.join(', ')}`);
});

test('no two listings of the demo world have the same title, text or face', async () => {
  const row =
    await one(`select count(*)::int as all, count(distinct v.content->>'title')::int as titles, count(distinct v.content->>'description')::int as texts, count(distinct v.content->'face')::int as faces
    from catalog.listings l join catalog.listing_versions v on v.shop_id = l.shop_id and v.listing_id = l.id and v.version = l.version`);
  deepEqual([row['titles'], row['texts'], row['faces']], [row['all'], row['all'], row['all']]);
});

test('the past has steps of every kind, changed listings, stray money, a double payment that went back, low stock and a sold out pool', async () => {
  const events = (await asOwner('select distinct event from orders.steps')).map((row) => row['event']);
  for (const event of ['pay', 'expire', 'cancel_sealed', 'refund', 'confirm', 'lapse', 'release', 'revive'])
    ok(events.includes(event), `${event}: ${events.join(', ')}`);
  const row = await one(`select
    (select count(*)::int from orders.lines l join catalog.listings g on g.shop_id = l.shop_id and g.id = l.listing_id where l.version < g.version) as older,
    (select count(*)::int from payments.exceptions where kind = 'orphan') as strays,
    (select count(*)::int from payments.refunds where state = 'done') as returned,
    (select count(*)::int from payments.refunds where state <> 'done') as open_refunds,
    (select count(*)::int from inventory.pools where on_hand = 0) as sold_out,
    (select count(*)::int from inventory.pools where on_hand between 1 and 10) as low,
    (select count(*)::int from inventory.pools where on_hand <= alarm_at) as alarms,
    (select count(distinct day)::int from inventory.levels) as days,
    (select count(*)::int from inventory.keys where expires_at is not null) as dated,
    (select count(*)::int from kit.outbox) as news`);
  console.log(JSON.stringify(row));
  ok(
    Number(row['older']) > 0 &&
      Number(row['returned']) > 0 &&
      Number(row['sold_out']) >= 1 &&
      Number(row['low']) >= 2 &&
      Number(row['dated']) > 500,
    JSON.stringify(row),
  );
  ok(Number(row['alarms']) >= 3 && Number(row['days']) >= 30, JSON.stringify(row));
  equal(row['strays'], 2);
  equal(row['open_refunds'], 0);
});

test('cases of the past are settled, or wait for a shop, a buyer and the desk when the demo begins', async () => {
  const cases = await asOwner('select state, count(*)::int from aftersales.cases group by 1 order by 1');
  const states = cases.map((row) => row['state']);
  for (const state of ['negotiation', 'refused', 'intervention', 'closed'])
    ok(states.includes(state), `${state}: ${states.join(', ')}`);
});

test('a complaint at the channel waits for its shop, 12315 was noted, and an order of a court waits for its second person', async () => {
  const link = await one('select how, number from aftersales.complaint_links');
  equal(link['how'], 'opened');
  const hold = await one('select state from evidence.legal_holds');
  const record = await one('select kind from aftersales.external_records');
  const known = await one('select count(distinct shop_id)::int as shops from merchants.identities');
  deepEqual([hold['state'], record['kind'], known['shops']], ['asked', '12315', 6]);
});

test('the month ends now: nothing lies in the future, and no deadline is late', async () => {
  const now = new Date(db.wall.now());
  const [late] = await asOwner(
    `select (select coalesce(string_agg(what, ' '), '') from kit.deadlines where due_at < $1) as late,
    (select count(*)::int from orders.orders where placed_at > $1) as future, (select count(*)::int from orders.orders where placed_at > $1::timestamptz - interval '1 hour') as recent`,
    [now],
  );
  deepEqual([late?.['late'], late?.['future']], ['', 0]);
  ok(Number(late?.['recent']) >= 3);
  equal((await one('select offset_ms::int as offset_ms from kit.clock'))['offset_ms'], 0);
});

test('everybody who is printed can log in, the buyer with 2,000 yuan; nobody else may choose that password', async () => {
  equal(demoAccounts.length, 10);
  const visitor = { deviceId: '01900000-0000-7000-8000-000000000001', userAgent: 'test', ip: '127.0.0.1' };
  for (const account of demoAccounts) {
    const answer = await login(db, { ...account, visitor } as never);
    ok(answer.ok, account.login);
    if (!account.login.startsWith('buyer@')) continue;
    const [wallet] = await asOwner(
      `select balance_fen::text as balance from ledger.accounts where kind = 'wallet' and id = $1`,
      [answer.value.userId],
    );
    equal(wallet?.['balance'], '200000');
    const own = await asOwner(
      'select state, released_at is not null as released from orders.orders where buyer_id = $1',
      [answer.value.userId],
    );
    const states = own.map((row) => `${row['state']}${row['released'] ? ' released' : ''}`);
    // At least one order in each state that is worth looking at; kinds of goods add their own.
    for (const state of ['cancelled', 'completed', 'completed released', 'created', 'delivered', 'refunded'])
      ok(states.includes(state), `${state}: ${states.join(', ')}`);
  }
  ok(isGuessable(demoPassword, undefined));
});

test('the figures of the home page are what the books say', async () => {
  const figures = await figuresOf(db);
  const row =
    await one(`select (select sum(amount_fen) from ledger.transfers where credit_kind = 'escrow') - (select sum(amount_fen) from ledger.transfers where debit_kind = 'escrow') as held,
    (select sum(amount_fen) from ledger.transfers where debit_kind = 'escrow' and credit_kind in ('available', 'platform.fee')) as paid_out`);
  equal(String(figures.held), String(row['held']));
  equal(String(figures.paidOut), String(row['paid_out']));
  ok(
    figures.keysToday >= 3 && figures.median_ms !== null && figures.back > 0n,
    JSON.stringify(figures, (_, value: unknown) => String(value)),
  );
});

test('bin/prove finds nothing on the demo world, its evidence sequenced and every fact opened', async () => {
  ok((await sequenceAll(testLog(db))).ok);
  const found = await prove({ url: ownerUrl, keys: db.keys });
  deepEqual(found.offences, []);
  ok(told.length > 5);
});
