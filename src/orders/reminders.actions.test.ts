import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { callerAs } from '../../test/caller.ts';
import { staffer } from '../../test/cases.ts';
import { testDatabase } from '../../test/database.ts';
import { manualListing } from '../../test/listings.ts';
import { aShop, buyers, stock, wishFor } from '../../test/world.ts';
import { speak, type Speech } from '../aftersales/talk/actions.ts';
import { toldRoutes } from '../aftersales/told/http.ts';
import { purchaseLane } from '../checkout/lanes.actions.ts';
import { addMembers } from '../identity/people.actions.ts';
import { clearDeadlines, deadlinesOf, moveDeadlines, setDeadlines } from '../kit/deadlines.ts';
import { newId, platformId } from '../kit/ids.ts';
import { must } from '../kit/assert.ts';
import { instant, plus } from '../kit/time.ts';
import { reader, transaction } from '../kit/tx.ts';
import { markRead } from '../notifications/actions.ts';
import { remindPage, rounds } from './reminders.actions.ts';
import { reminded } from './reminders.data.ts';
import { remindOfClocks } from './reminders.jobs.ts';
import { clockName } from './reminders.rules.ts';

const { db, clock, asOwner } = await testDatabase();
const shelf = await aShop(db, [{}, manualListing()]);
const [plain = '', manual = ''] = shelf.listings.map((one) => one.variantId);
await stock(db, shelf, plain, 40);
const { shopId, ownerId } = shelf;

async function bought(variantId = plain): Promise<{ orderId: string; buyerId: string }> {
  const [buyerId = ''] = await buyers(db, 1, 10_000_000n);
  const answer = await purchaseLane(db).submit(await wishFor(db, { buyerId, variantId }));
  ok(answer.ok, answer.ok ? '' : answer.refusal);
  return { buyerId, orderId: must(answer.value.orders[0], 'an order').orderId };
}
type Who = Awaited<ReturnType<typeof bought>>;

const said = ({ orderId, buyerId }: Who, parts: Partial<Speech>, side: 'buyer' | 'merchant' = 'buyer') =>
  transaction(db, async (tx) => {
    const answer = await speak(tx, {
      seat: { shopId, orderId, buyerId, side },
      userId: side === 'buyer' ? buyerId : ownerId,
      text: '请答复',
      as: 'text',
      hours: undefined,
      until: undefined,
      cite: [],
      files: [],
      ...parts,
    });
    ok(answer.ok, answer.ok ? '' : answer.refusal);
    return answer.value.messageId;
  });

/** Reminders about an order in the order in which they came: to whom, what, and how much was over. */
const reminders = async (orderId: string): Promise<string[]> =>
  (
    await asOwner(
      `select user_id, data->'what'->>'zh' as what, data->>'part' as part from notifications.messages
        where kind in ('deadline.near', 'shop.deadline_near') and data->>'order' = $1 order by at, id`,
      [orderId],
    )
  ).map(
    (row) => `${row['user_id'] === ownerId ? 'shop' : 'buyer'} ${String(row['what'])} ${String(row['part'])}`,
  );

test('F136 a demand reminds the shop at half and at four fifths of its time, each once', async () => {
  const who = await bought();
  await said(who, { as: 'demand', hours: 2 });
  clock.forward({ minutes: 59 });
  await remindOfClocks(db);
  deepEqual(await reminders(who.orderId), [], 'not before half of it');
  clock.forward({ minutes: 1 });
  await Promise.all([remindOfClocks(db), remindOfClocks(db)]);
  await remindOfClocks(db);
  deepEqual(await reminders(who.orderId), ['shop 答复买家的要求 50']);
  clock.forward({ minutes: 36 });
  await remindOfClocks(db);
  await remindOfClocks(db);
  const both = ['shop 答复买家的要求 50', 'shop 答复买家的要求 80'];
  deepEqual(await reminders(who.orderId), both);
  await asOwner(`delete from kit.marks where name like 'reminders/%'`);
  await remindOfClocks(db);
  deepEqual(await reminders(who.orderId), both, 'a round that begins from nothing tells nobody twice');
});

test('F136 an answered demand reminds nobody, and where both parts were missed the later one is told', async () => {
  const [answered, missed] = [await bought(), await bought()];
  await said(answered, { as: 'demand', hours: 2 });
  await said(missed, { as: 'demand', hours: 2 });
  await said(answered, {}, 'merchant');
  clock.forward({ minutes: 100 });
  await remindOfClocks(db);
  deepEqual(await reminders(answered.orderId), []);
  deepEqual(await reminders(missed.orderId), ['shop 答复买家的要求 80']);
});

test('F136 the buyer is reminded twice before an order confirms itself; a purchase writes nothing for it', async () => {
  const before = await asOwner('select what from kit.deadlines');
  const who = await bought();
  const gone = await bought();
  equal((await asOwner('select what from kit.deadlines')).length, before.length + 2, 'one row per order');
  const of = async ({ orderId }: Who) =>
    must(
      (await deadlinesOf(await reader(db), { shopId, about: orderId })).find(
        (one) => one.what === 'order.confirm',
      ),
      'its clock',
    );
  const { startAt, dueAt } = await of(who);
  await transaction(db, (tx) => clearDeadlines(tx, [{ shopId, about: gone.orderId, what: 'order.confirm' }]));
  clock.set(instant(startAt + (dueAt - startAt) / 2));
  await remindOfClocks(db);
  deepEqual(await reminders(who.orderId), ['buyer 自动确认收货 50']);
  // An outage moves the end: half of it comes a second time, and is not told again.
  const from = await of(who);
  await transaction(db, (tx) =>
    moveDeadlines(tx, [{ from, dueAt: plus(dueAt, { hours: 2 }), paused: 7_200_000 }]),
  );
  clock.forward({ hours: 2 });
  await remindOfClocks(db);
  deepEqual(await reminders(who.orderId), ['buyer 自动确认收货 50']);
  clock.set(instant(startAt + ((dueAt + 7_200_000 - startAt) * 4) / 5));
  await remindOfClocks(db);
  deepEqual(await reminders(who.orderId), ['buyer 自动确认收货 50', 'buyer 自动确认收货 80']);
  deepEqual(await reminders(gone.orderId), [], 'a clock that was cleared tells nobody');
});

test('F136 a promise to deliver reminds the shop at half and four fifths', async () => {
  const who = await bought(manual);
  const late = must(
    (await deadlinesOf(await reader(db), { shopId, about: who.orderId })).find(
      (one) => one.what === 'delivery.late',
    ),
    'its promise',
  );
  const whole = late.dueAt - late.startAt;
  for (const part of [0.5, 0.8]) {
    clock.set(instant(late.startAt + whole * part));
    await remindOfClocks(db);
  }
  deepEqual(
    (await reminders(who.orderId)).filter((one) => one.includes('按承诺交付')),
    ['shop 按承诺交付 50', 'shop 按承诺交付 80'],
  );
});

test('F136 a round goes page by page through clocks that end together and misses none', async () => {
  const all = [await bought(), await bought(), await bought(), await bought(), await bought()];
  for (const who of all) await said(who, { as: 'demand', hours: 2 });
  clock.forward({ minutes: 61 });
  let pages = 0;
  const demands = must(
    rounds.find((one) => one.what === 'message.demand'),
    'their round',
  );
  while (await transaction(db, (tx) => remindPage(tx, demands, 2))) pages += 1;
  ok(pages >= 2);
  for (const { orderId } of all)
    deepEqual(
      (await reminders(orderId)).filter((one) => one.includes('答复')),
      ['shop 答复买家的要求 50'],
    );
});

test('F136 the page of deadlines says who was told of each, by which channel, and whether it arrived and was read', async () => {
  const who = await bought();
  const about = await said(who, { as: 'demand', hours: 2 });
  clock.forward({ minutes: 61 });
  await remindOfClocks(db);
  const viewer = await staffer(db, 'support');
  const api = callerAs(db, clock, toldRoutes)(viewer);
  const told = async (): Promise<Record<string, unknown>[]> => {
    const { deadlines } = await api.ofDeadlines({ what: 'message.demand' });
    return deadlines.find((one: { about: string }) => one.about === about).tellings;
  };
  const [unread, ...others] = await told();
  deepEqual(others, []);
  deepEqual(
    [unread?.['to'], unread?.['channel'], unread?.['people'], unread?.['read'], unread?.['readAt']],
    ['merchant', 'message_centre', 1, 0, null],
  );
  await transaction(db, (tx) => markRead(tx, { userId: ownerId, ids: null }));
  const [read] = await told();
  deepEqual([read?.['read'], typeof read?.['readAt']], [1, 'string']);
});

test('F136 an unpaid order reminds its buyer once, at half of its time; one that was paid or whose time is over, never', async () => {
  const [buyerId = ''] = await buyers(db, 1, 10_000_000n);
  const placed = await purchaseLane(db).submit(
    await wishFor(db, { buyerId, variantId: plain, paidBy: 'channel' }),
  );
  ok(placed.ok, placed.ok ? '' : placed.refusal);
  const { orderId } = must(placed.value.orders[0], 'an order');
  const paid = await bought();
  for (const minutes of [7, 1, 5, 5]) {
    clock.forward({ minutes });
    await remindOfClocks(db);
  }
  deepEqual(await reminders(orderId), ['buyer 没付款就取消 50']);
  deepEqual(await reminders(paid.orderId), []);
});

test('F136 each kind of clock reminds everybody whose role lets them act on it, and nobody else', async () => {
  const hands: Record<string, string> = { owner: ownerId };
  for (const role of ['goods', 'orders', 'money'] as const) {
    const [userId = ''] = await buyers(db, 1, 0n);
    await transaction(db, (tx) => addMembers(tx, [{ shopId, userId, role }]));
    hands[role] = userId;
  }
  const staff = {
    risk: await staffer(db, 'risk'),
    admin: await staffer(db, 'admin'),
    finance: await staffer(db, 'finance'),
  };
  for (const [role, viewer] of Object.entries(staff)) hands[`staff ${role}`] = String(viewer.userId);
  const who = await bought();
  hands['buyer'] = who.buyerId;
  for (const [what, row] of Object.entries(reminded)) {
    if (what === 'message.demand') continue; // a demand names its order itself; the tests above have it
    const of = {
      order: { shopId, about: who.orderId },
      shop: { shopId, about: shopId },
      ticket: { shopId: platformId, about: newId(clock.now()) },
    }[row.of];
    const startAt = clock.now();
    const dueAt = plus(startAt, { minutes: 100 });
    const deadline = { ...of, what, startAt, dueAt, article: '6', version: '1.0.0' };
    await transaction(db, (tx) => setDeadlines(tx, [{ ...deadline, clock: 'elapsed' }]));
    clock.forward({ minutes: 51 });
    await remindOfClocks(db);
    await transaction(db, (tx) => clearDeadlines(tx, [deadline]));
    const told = await asOwner(
      `select user_id, kind from notifications.messages where data->>'clock' = $1 and (data->>'part')::int = 50`,
      [clockName(deadline)],
    );
    const names = told.map(
      (one) => Object.entries(hands).find(([, userId]) => userId === one['user_id'])?.[0] ?? 'somebody else',
    );
    const wanted =
      row.who === 'buyer'
        ? ['buyer']
        : row.roles.map((role) => (row.who === 'platform' ? `staff ${role}` : role));
    deepEqual(names.toSorted(), wanted.toSorted(), what);
    ok(
      told.every((one) => one['kind'] === row.kind),
      what,
    );
  }
});
