import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { openPayloads } from '../../evidence/reading.actions.ts';
import { sha256 } from '../../kit/secret.ts';
import { reader, transaction } from '../../kit/tx.ts';
import type { Speaker } from '../../messaging/contract.ts';
import { silencesOf } from '../../messaging/reading.actions.ts';
import { promisesOf } from '../../messaging/views.ts';
import { testDatabase } from '../../../test/database.ts';
import { talkWorld } from '../../../test/talk.ts';
import { lapseTalks, speak, type Speech } from './actions.ts';

const { db, clock, asOwner, url, another } = await testDatabase();
const world = await talkWorld(db);
const { people, shelf } = world;
const { shopId } = shelf;
const buyerId = people.buyer.userId;

const speech = (orderId: string, side: Speaker, parts: Partial<Speech> = {}): Speech => ({
  seat: { shopId, orderId, buyerId, side },
  userId: { buyer: buyerId, merchant: people.clerk.userId, support: people.support.userId }[side],
  text: '你好',
  as: 'text',
  hours: undefined,
  until: undefined,
  cite: [],
  files: [],
  ...parts,
});
const said = async (orderId: string, side: Speaker, parts: Partial<Speech> = {}, on = db) => {
  const result = await transaction(on, (tx) => speak(tx, speech(orderId, side, parts)));
  ok(result.ok, result.ok ? '' : result.refusal);
  return result.value;
};
const demandsIn = (orderId: string) =>
  asOwner(
    'select state, seq, answer_seq, closed_at is not null as closed from messaging.demands where order_id = $1',
    [orderId],
  );
const deadlinesIn = async (): Promise<number> =>
  Number((await asOwner(`select count(*) as n from kit.deadlines where what = 'message.demand'`))[0]?.['n']);

test('F069 F081 each message is one fact of the order in evidence, with who said it, when, and the hash of the words', async () => {
  const orderId = await world.order(buyerId);
  const { seq, messageId } = await said(orderId, 'buyer', { text: '卡密提示已使用，错误 0x80070005' });
  const [row] = await asOwner('select event_seq, side, kind from messaging.messages where order_id = $1', [
    orderId,
  ]);
  const eventSeq = Number(row?.['event_seq']);
  const [opened] = await openPayloads(await reader(db), [{ shopId, about: orderId, seq: eventSeq }]);
  ok(opened?.ok);
  const payload = JSON.parse(opened.value.payload) as {
    k: string;
    actor: string;
    at: number;
    body: Record<string, unknown>;
  };
  equal(payload.k, 'message.sent');
  equal(payload.actor, `buyer:${buyerId}`);
  equal(payload.at, clock.now());
  deepEqual(
    { n: payload.body['n'], id: payload.body['id'], from: payload.body['from'], text: payload.body['text'] },
    { n: seq, id: messageId, from: 'buyer', text: '卡密提示已使用，错误 0x80070005' },
  );
  equal(payload.body['sha256'], sha256('卡密提示已使用，错误 0x80070005').toString('hex'));
});

test('F069 the role of the program can add messages, and can neither change nor remove one', async () => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const text of [
      'update messaging.messages set at = at',
      'delete from messaging.messages',
      'truncate messaging.messages',
      'update messaging.reads set seq = 1',
      'delete from messaging.hidings',
    ])
      await rejects(client.query(text), /permission denied/, text);
  } finally {
    await client.end();
  }
});

test('F080 four hours of silence: 商家未响应 is noted in the conversation and in evidence, both sides hear it, the way up is open', async () => {
  const orderId = await world.order(buyerId);
  await said(orderId, 'buyer', { as: 'demand', text: '请补发或退款' });
  const [{ state } = { state: '' }] = await demandsIn(orderId);
  equal(state, 'open');
  clock.forward({ hours: 4, seconds: -1 });
  await world.sweep();
  equal((await demandsIn(orderId))[0]?.['state'], 'open', 'not a second too early');
  clock.forward({ seconds: 1 });
  await world.sweep();
  await world.sweep();
  deepEqual(await demandsIn(orderId), [{ state: 'silent', seq: 1, answer_seq: null, closed: true }]);
  const rows = await asOwner(
    'select seq, kind, side from messaging.messages where order_id = $1 order by seq',
    [orderId],
  );
  deepEqual(rows, [
    { seq: 1, kind: 'demand', side: 'buyer' },
    { seq: 2, kind: 'notice', side: 'platform' },
  ]);
  const [event] = await asOwner(
    `select count(*)::int as n from evidence.events where about = $1 and kind = 'message.unanswered'`,
    [orderId],
  );
  equal(event?.['n'], 1);
  const silences = await silencesOf(await reader(db), [{ shopId, orderId }]);
  equal(silences.get(orderId)?.seq, 1);
  equal(await deadlinesIn(), 0);
  await world.pump();
  for (const [userId, kind] of [
    [buyerId, 'chat.unanswered'],
    [people.clerk.userId, 'shop.unanswered'],
    [people.owner.userId, 'shop.unanswered'],
  ] as const)
    equal(
      (
        await asOwner(
          `select 1 from notifications.messages where user_id = $1 and kind = $2 and data->>'order' = $3`,
          [userId, kind, orderId],
        )
      ).length,
      1,
      kind,
    );
});

test('F080 an answer in time ends the demand and its deadline; a later one is a new demand', async () => {
  const orderId = await world.order(buyerId);
  await said(orderId, 'buyer', { as: 'demand', text: '请答复', hours: 1 });
  const again = await transaction(db, (tx) =>
    speak(tx, speech(orderId, 'buyer', { as: 'demand', text: '快' })),
  );
  deepEqual(again.ok ? 'done' : again.refusal, 'DEMAND_OPEN');
  clock.forward({ minutes: 59 });
  await said(orderId, 'merchant', { text: '今晚补发' });
  equal(await deadlinesIn(), 0);
  clock.forward({ hours: 2 });
  await world.sweep();
  deepEqual(await demandsIn(orderId), [{ state: 'answered', seq: 1, answer_seq: 2, closed: true }]);
  equal((await silencesOf(await reader(db), [{ shopId, orderId }])).size, 0);
  await said(orderId, 'buyer', { as: 'demand', text: '还没补发', hours: 2 });
  equal((await demandsIn(orderId)).length, 2);
  await said(orderId, 'merchant', { text: '马上' });
});

test('F080 an answer and the clock at the same moment: one of them, never both', async () => {
  const second = another();
  for (let turn = 0; turn < 6; turn++) {
    const orderId = await world.order(buyerId);
    const { messageId } = await said(orderId, 'buyer', { as: 'demand', text: '请答复', hours: 1 });
    clock.forward({ hours: 1 });
    const due = {
      shopId,
      about: messageId,
      what: 'message.demand',
      dueAt: clock.now(),
      startAt: clock.now(),
      article: '21',
      version: '1.0.0',
    };
    await Promise.all([
      transaction(db, (tx) => lapseTalks(tx, [due])),
      said(orderId, 'merchant', { text: '来了' }, second),
    ]);
    const [demand] = await demandsIn(orderId);
    const notices = await asOwner(
      `select 1 from messaging.messages where order_id = $1 and kind = 'notice'`,
      [orderId],
    );
    equal(notices.length, demand?.['state'] === 'silent' ? 1 : 0, String(demand?.['state']));
    equal(await deadlinesIn(), 0);
  }
});

test('a promise of the shop is data: what, until when, and which fact says so', async () => {
  const orderId = await world.order(buyerId);
  const until = clock.now() + 3_600_000;
  await said(orderId, 'merchant', { as: 'promise', text: '22 点前补发一张新卡', until: until as never });
  const [promise] = await promisesOf(await reader(db), { shopIds: [shopId], viewerOrders: [orderId] });
  deepEqual([promise?.orderId, promise?.until], [orderId, until]);
  const [event] = await asOwner('select kind from evidence.events where about = $1 and seq = $2', [
    orderId,
    promise?.eventSeq,
  ]);
  equal(event?.['kind'], 'promise.made');
  const refused = await transaction(db, (tx) =>
    speak(tx, speech(orderId, 'buyer', { as: 'promise', until: until as never })),
  );
  equal(refused.ok ? 'done' : refused.refusal, 'KIND_NOT_YOURS');
});

test('many people speaking at once from two processes: numbers without a hole, none lost', async () => {
  const orderId = await world.order(buyerId);
  const second = another();
  await Promise.all(
    Array.from({ length: 12 }, (_, n) =>
      said(orderId, n % 2 ? 'merchant' : 'buyer', { text: `第 ${n} 句` }, n % 3 ? db : second),
    ),
  );
  const rows = await asOwner('select seq from messaging.messages where order_id = $1 order by seq', [
    orderId,
  ]);
  deepEqual(
    rows.map((row) => row['seq']),
    Array.from({ length: 12 }, (_, n) => n + 1),
  );
});

test('an address that the order’s listing does not name is a way out', async () => {
  const orderId = await world.order(buyerId);
  deepEqual((await said(orderId, 'merchant', { text: '看 https://somewhere.top/x' })).lures, ['link']);
});
