import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApp, listen } from '../../app/http.ts';
import { openLog } from '../../app/log.ts';
import { viewerOfRequest } from '../../app/viewer.ts';
import { encodeId } from '../../kit/public-id.ts';
import { watching } from '../../messaging/live.actions.ts';
import { pathOf, talkWorld } from '../../../test/talk.ts';
import { testDatabase } from '../../../test/database.ts';

const { db, clock, asOwner } = await testDatabase();
const world = await talkWorld(db);
const { people, ask, say, watch, orderId, guestOrderId } = world;
type Message = Record<string, unknown> & { seq: number; text: string; side: string };
type Thread = { messages: Message[]; state: Record<string, unknown>; me: string };

const thread = async (person: (typeof people)['buyer'], order = orderId): Promise<Thread> => {
  const answer = await ask(person, 'GET', pathOf(order, 'messages'));
  equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body as unknown as Thread;
};
const texts = ({ messages }: Thread): string[] => messages.map((one) => one.text);

test('F008 buyer, shop and support talk in one conversation of the order; each sees which words are theirs', async () => {
  deepEqual((await thread(people.buyer)).messages, []);
  await say(people.buyer, orderId, { text: '卡密提示已使用' });
  await say(people.clerk, orderId, { text: '收到，正在查' });
  await say(people.support, orderId, { text: '平台在看' });
  const [mine, theirs, ours] = [
    await thread(people.buyer),
    await thread(people.owner),
    await thread(people.support),
  ];
  for (const one of [mine, theirs, ours])
    deepEqual(texts(one), ['卡密提示已使用', '收到，正在查', '平台在看']);
  deepEqual([mine.me, theirs.me, ours.me], ['buyer', 'merchant', 'support']);
  deepEqual(
    mine.messages.map((one) => [one.side, one['mine']]),
    [
      ['buyer', true],
      ['merchant', false],
      ['support', false],
    ],
  );
});

test('F008 a guest who holds an order talks about it as any buyer does', async () => {
  await say(people.guest, guestOrderId, { text: '怎么激活' });
  await say(people.clerk, guestOrderId, { text: '官网兑换页输入即可' });
  deepEqual(texts(await thread(people.guest, guestOrderId)), ['怎么激活', '官网兑换页输入即可']);
});

test('an order that is not yours has no conversation: the answer is that of an order that is not there', async () => {
  const nowhere = pathOf('01900000-0000-7000-8000-000000000001', 'messages');
  const { stranger, rival, goods, reviewer, guest } = people;
  for (const person of [stranger, rival, goods, reviewer, guest]) {
    const [real, none] = [
      await ask(person, 'GET', pathOf(orderId, 'messages')),
      await ask(person, 'GET', nowhere),
    ];
    deepEqual([real.status, real.code], [404, 'ORDER_NOT_FOUND']);
    deepEqual([none.status, none.code], [404, 'ORDER_NOT_FOUND']);
    for (const [method, rest, body] of [
      ['POST', 'messages', { text: 'x' }],
      ['POST', 'messages/reading', { upTo: 1 }],
      ['POST', 'messages/1/hiding', {}],
      ['GET', 'citable', undefined],
      ['GET', 'messages/live', undefined],
    ] as const)
      equal(
        (await ask(person, method, pathOf(orderId, rest), body)).code,
        'ORDER_NOT_FOUND',
        `${method} ${rest}`,
      );
  }
  equal((await ask(null, 'GET', pathOf(orderId, 'messages'))).status, 401);
});

test('the same key says a thing once, and another thing with that key is refused', async () => {
  const before = (await thread(people.buyer)).messages.length;
  const path = pathOf(orderId, 'messages');
  const [first, second] = [
    await ask(people.buyer, 'POST', path, { text: '只说一次' }, 'same'),
    await ask(people.buyer, 'POST', path, { text: '只说一次' }, 'same'),
  ];
  deepEqual(first.body, second.body);
  equal((await thread(people.buyer)).messages.length, before + 1);
  equal((await ask(people.buyer, 'POST', path, { text: '别的' }, 'same')).code, 'IDEMPOTENCY_KEY_REUSED');
});

test('F076 F124 a cited article carries the time it gives this order at that moment, and stays as it was', async () => {
  const { body } = await ask(people.buyer, 'GET', pathOf(orderId, 'citable'));
  const citations = body['citations'] as { article: string; dueAt: number | null }[];
  ok(citations.some((one) => one.article === '21'));
  ok(!citations.some((one) => one.article === '5'), 'nobody has looked at the key yet');
  await say(people.buyer, orderId, { text: '请处理', cite: ['21', '22'] });
  const last = (await thread(people.owner)).messages.at(-1);
  const [cited] = (last?.['citations'] ?? []) as {
    article: string;
    version: string;
    dueAt: number;
    text: { zh: string };
  }[];
  equal(cited?.article, '21');
  equal(cited?.version, '1.0.0');
  equal(cited?.dueAt, clock.now() + 4 * 3_600_000);
  match(cited?.text.zh ?? '', /《.+》1\.0\.0 第21条，.*商家应于 2026-11-20 16:00 前答复/);
  equal(
    (await ask(people.buyer, 'POST', pathOf(orderId, 'messages'), { text: 'x', cite: ['5'] })).code,
    'CITATION_UNKNOWN',
  );
});

test('F082 a way out of the platform is masked for both, told to both, recorded and news; the support reads it whole', async () => {
  const sent = await say(people.clerk, orderId, { text: '加V qinghe2024 转账优惠' });
  deepEqual(sent['lures'], ['wechat', 'transfer']);
  const [buyer, shop, support] = await Promise.all([
    thread(people.buyer),
    thread(people.owner),
    thread(people.support),
  ]);
  equal(buyer.messages.at(-1)?.text, '加V ●●●●●●●●●● 转账优惠');
  equal(shop.messages.at(-1)?.text, '加V ●●●●●●●●●● 转账优惠');
  equal(support.messages.at(-1)?.text, '加V qinghe2024 转账优惠');
  for (const one of [buyer, shop, support]) deepEqual(one.messages.at(-1)?.['lures'], ['wechat', 'transfer']);
  const [news] = await asOwner(`select body from kit.outbox where event = 'message.lured'`);
  deepEqual((news?.['body'] as { data: unknown } | undefined)?.data, {
    seq: buyer.messages.at(-1)?.seq,
    side: 'merchant',
    lures: ['wechat', 'transfer'],
  });
  await world.pump();
  const told = await asOwner(`select user_id from notifications.messages where kind = 'staff.lured'`);
  deepEqual(told, [{ user_id: people.support.userId }]);
});

test('F075 who is harsh hears it alone, and the words stay', async () => {
  const sent = await say(people.buyer, orderId, { text: '你们都是傻逼' });
  equal(sent['rude'], true);
  equal((await thread(people.buyer)).messages.at(-1)?.['rude'], true);
  const theirs = (await thread(people.owner)).messages.at(-1);
  deepEqual([theirs?.['rude'], theirs?.text], [false, '你们都是傻逼']);
});

test('F069 words taken back leave the view of both, and evidence keeps them', async () => {
  const sent = await say(people.buyer, orderId, { text: '写错了' });
  const seq = Number(sent['seq']);
  equal(
    (await ask(people.owner, 'POST', pathOf(orderId, `messages/${seq}/hiding`), {})).code,
    'NOT_YOUR_WORDS',
  );
  equal((await ask(people.buyer, 'POST', pathOf(orderId, `messages/${seq}/hiding`), {})).status, 200);
  equal(
    (await ask(people.buyer, 'POST', pathOf(orderId, `messages/${seq}/hiding`), {})).status,
    200,
    'again',
  );
  for (const person of [people.buyer, people.owner]) {
    const message = (await thread(person)).messages.find((one) => one.seq === seq);
    deepEqual([message?.text, message?.['gone']], [null, 'hidden']);
  }
  const record = Number((await thread(people.buyer)).messages.at(-1)?.['record']);
  const kinds = await asOwner(
    'select seq, kind from evidence.events where about = $1 and seq >= $2 order by seq',
    [orderId, record],
  );
  deepEqual(
    kinds.map((row) => row['kind']),
    ['message.sent', 'message.hidden'],
  );
});

test('unread counts fall with reading; who wrote sees when the other had seen it', async () => {
  const order = await world.order(people.buyer.userId);
  await say(people.buyer, order, { text: '一' });
  await say(people.buyer, order, { text: '二' });
  equal((await thread(people.owner, order)).state['unread'], 2);
  equal((await thread(people.buyer, order)).state['unread'], 0);
  equal((await thread(people.buyer, order)).messages[0]?.['readAt'], null);
  const read = await ask(people.clerk, 'POST', pathOf(order, 'messages/reading'), { upTo: 1 });
  equal(read.body['unread'], 1);
  const seen = await thread(people.buyer, order);
  deepEqual([seen.messages[0]?.['readAt'] !== null, seen.messages[1]?.['readAt']], [true, null]);
  equal((await ask(people.clerk, 'POST', pathOf(order, 'messages/reading'), { upTo: 99 })).body['unread'], 0);
  await say(people.owner, order, { text: '三' });
  equal((await thread(people.buyer, order)).state['unread'], 1);
});

test('the shop sees who has waited longest first, the buyer all of theirs, the support who called it', async () => {
  const shopId = encodeId('shop', world.shelf.shopId);
  const of = async (person: (typeof people)['buyer'], path: string) =>
    (await ask(person, 'GET', path)).body as { threads: Record<string, unknown>[]; waiting: number };
  const [a, b] = [await world.order(people.stranger.userId), await world.order(people.second.userId)];
  await say(people.stranger, a, { text: '先问的' });
  clock.forward({ minutes: 5 });
  await say(people.second, b, { text: '后问的' });
  const waiting = await of(people.clerk, `/shops/${shopId}/conversations?waiting=true`);
  const ids = waiting.threads.map((row) => row['orderId']);
  ok(ids.indexOf(encodeId('order', a)) < ids.indexOf(encodeId('order', b)), 'longest first');
  equal(waiting.waiting, waiting.threads.length);
  const row = waiting.threads.find((each) => each['orderId'] === encodeId('order', b));
  equal(
    row?.['answerBy'],
    new Date(clock.now() + 4 * 3_600_000).toISOString(),
    'article 21 where the buyer set no time',
  );
  equal(waiting.threads.find((row) => row['orderId'] === encodeId('order', a))?.['preview'], '先问的');
  await say(people.clerk, a, { text: '答了' });
  const after = await of(people.clerk, `/shops/${shopId}/conversations?waiting=true`);
  ok(!after.threads.some((row) => row['orderId'] === encodeId('order', a)));
  deepEqual(
    (await of(people.stranger, '/conversations')).threads.map((row) => row['orderId']),
    [encodeId('order', a)],
  );
  equal((await ask(people.goods, 'GET', `/shops/${shopId}/conversations`)).status, 404);
  deepEqual((await of(people.support, '/conversations/support')).threads, []);
  await say(people.second, b, { as: 'call', text: '' });
  deepEqual(
    (await of(people.support, '/conversations/support')).threads.map((row) => row['orderId']),
    [encodeId('order', b)],
  );
  equal(
    (await ask(people.second, 'POST', pathOf(b, 'messages'), { as: 'call', text: '' })).code,
    'CALL_PENDING',
  );
  await say(people.support, b, { text: '我来了' });
  deepEqual((await of(people.support, '/conversations/support')).threads, []);
});

test('a shop keeps sentences ready; they are its own', async () => {
  const shopId = encodeId('shop', world.shelf.shopId);
  const path = `/shops/${shopId}/quick-replies`;
  const replies = ['收到，正在核对，稍后答复', '已补发，请在订单页查看'];
  equal((await ask(people.clerk, 'PUT', path, { replies })).status, 200);
  deepEqual((await ask(people.owner, 'GET', path)).body['replies'], replies);
  equal((await ask(people.clerk, 'PUT', path, { replies: replies.slice(1) })).status, 200);
  deepEqual((await ask(people.owner, 'GET', path)).body['replies'], replies.slice(1));
  for (const person of [people.rival, people.buyer, people.goods])
    equal((await ask(person, 'GET', path)).status, 404);
});

test('F206 no route shuts a buyer out: there is nothing to block with, and whatever a shop does, words arrive', async () => {
  const { paths } = (await (await fetch(`${world.address}/api/openapi.json`)).json()) as { paths: object };
  const shutting = Object.keys(paths).filter((path) => /block|mute|ban|ignore|blacklist/i.test(path));
  deepEqual(
    shutting.filter((path) => path.includes('/shops/')),
    [],
  );
  await say(people.owner, orderId, { text: '别再联系我们' });
  await say(people.buyer, orderId, { text: '问题还没解决' });
  equal((await thread(people.owner)).messages.at(-1)?.text, '问题还没解决');
});

test('each side hears of unseen words once, whatever their number', async () => {
  const order = await world.order(people.buyer.userId);
  const heard = async (userId: string, kind: string) =>
    (
      await asOwner(
        `select count(*)::int as n from notifications.messages where user_id = $1 and kind = $2 and data->>'order' = $3`,
        [userId, kind, order],
      )
    )[0]?.['n'];
  for (const text of ['一', '二', '三']) await say(people.buyer, order, { text });
  await world.pump();
  for (const { userId } of [people.owner, people.clerk]) equal(await heard(userId, 'shop.asked'), 1);
  equal(await heard(people.goods.userId, 'shop.asked'), 0);
  await say(people.clerk, order, { text: '在' });
  await say(people.clerk, order, { text: '稍等' });
  await world.pump();
  equal(await heard(people.buyer.userId, 'chat.reply'), 1);
  await ask(people.buyer, 'POST', pathOf(order, 'messages/reading'), { upTo: 5 });
  await say(people.clerk, order, { text: '好了' });
  await world.pump();
  equal(await heard(people.buyer.userId, 'chat.reply'), 2);
});

test('words come live to whoever looks on; after a break they go on where they were', async () => {
  const order = await world.order(people.buyer.userId);
  const path = pathOf(order, 'messages/live');
  const buyer = await watch(people.buyer, path);
  deepEqual(
    [buyer.status, buyer.type, buyer.headers.get('x-accel-buffering')],
    [200, 'text/event-stream; charset=utf-8', 'no'],
  );
  deepEqual((await buyer.next())?.data.messages, [], 'first where things stand');
  await say(people.clerk, order, { text: '你好' });
  const first = await buyer.next();
  deepEqual(
    [first?.id, first?.data.messages.map((one) => one.text), first?.data.state['unread']],
    ['1', ['你好'], 1],
  );
  buyer.stop();
  await say(people.clerk, order, { text: '断线时说的' });
  await say(people.clerk, order, { text: '又一句' });
  const again = await watch(people.buyer, path, first?.id);
  deepEqual(
    (await again.next())?.data.messages.map((one) => one.text),
    ['断线时说的', '又一句'],
  );
  await ask(people.clerk, 'POST', pathOf(order, 'messages/reading'), { upTo: 3 });
  await ask(people.buyer, 'POST', pathOf(order, 'messages/reading'), { upTo: 3 });
  equal((await again.next())?.data.state['unread'], 0, 'reading is news too');
  again.stop();
  const shop = await watch(people.owner, `${path}?after=0`);
  equal((await shop.next())?.data.messages.length, 3);
  shop.stop();
  for (let wait = 0; watching(db) > 0 && wait < 100; wait++) await sleep(20);
  equal(watching(db), 0, 'who went away is not watched for');
});

test('nobody looks on more than eight times at once', async () => {
  const path = pathOf(orderId, 'messages/live');
  const eight = await Promise.all(Array.from({ length: 8 }, () => watch(people.buyer, path)));
  deepEqual(new Set(eight.map((one) => one.status)), new Set([200]));
  equal((await ask(people.buyer, 'GET', path)).code, 'LIVE_FULL');
  const other = await watch(people.owner, path);
  equal(other.status, 200);
  for (const one of [...eight, other]) one.stop();
});

test('fifteen messages in a minute are taken, the sixteenth waits', async () => {
  const order = await world.order(people.buyer.userId);
  for (let n = 0; n < 15; n++) await say(people.buyer, order, { text: `第 ${n} 句` });
  const refused = await ask(people.buyer, 'POST', pathOf(order, 'messages'), { text: '太快了' });
  deepEqual([refused.status, refused.code], [429, 'TOO_MANY_REQUESTS']);
  await say(people.clerk, order, { text: '别人不受影响' });
  clock.forward({ minutes: 1, seconds: 1 });
  await say(people.buyer, order, { text: '一分钟后' });
});

test('a program that ends keeps nobody waiting who looks on: their stream ends at once', async () => {
  const app = createApp({
    db,
    config: { publicOrigin: undefined, mode: 'demo', trustedProxies: '' },
    log: openLog('silent'),
    viewerOf: viewerOfRequest,
  });
  const server = await listen(app, { host: '127.0.0.1', port: 0 });
  const response = await fetch(`${server.address}/api/v1${pathOf(orderId, 'messages/live')}`, {
    headers: { cookie: people.buyer.headers['cookie'] ?? '' },
  });
  equal(response.status, 200);
  const reader = response.body?.getReader();
  await reader?.read();
  const begun = performance.now();
  const rest = (async () => {
    while (!(await reader?.read())?.done);
  })();
  await Promise.all([server.stop(), rest]);
  ok(performance.now() - begun < 5000, 'well before connections are cut');
});
