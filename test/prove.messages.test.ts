import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { sequenceAll } from '../src/evidence/sequencer.jobs.ts';
import { eachIsNamed, holds } from './damage.ts';
import { testDatabase } from './database.ts';
import { testLog } from './log.ts';
import { pathOf, talkWorld } from './talk.ts';

const { db, ownerUrl, clock } = await testDatabase();
const world = await talkWorld(db);
const { people, say, ask, orderId, guestOrderId } = world;

test('prove holds on conversations with demands answered and not, a promise, words taken back and seen', async () => {
  await say(people.buyer, orderId, { text: '卡密用不了' });
  await say(people.buyer, orderId, { text: '请答复', as: 'demand', hours: 2, cite: ['21'] });
  await say(people.clerk, orderId, { text: '加V qinghe2024 私聊' });
  await say(people.buyer, orderId, { text: '请补发', as: 'demand', hours: 1 });
  const wrong = await say(people.guest, guestOrderId, { text: '写错了' });
  equal(
    (await ask(people.guest, 'POST', pathOf(guestOrderId, `messages/${Number(wrong['seq'])}/hiding`), {}))
      .status,
    200,
  );
  await say(people.guest, guestOrderId, { text: '', as: 'call' });
  await say(people.support, guestOrderId, { text: '在' });
  clock.forward({ hours: 1 });
  await world.sweep();
  const third = await world.order(people.stranger.userId);
  await say(people.stranger, third, { text: '在等', as: 'demand' });
  const until = new Date(clock.now() + 3_600_000).toISOString();
  await say(people.owner, orderId, { text: '今晚补发', as: 'promise', until });
  await ask(people.buyer, 'POST', pathOf(orderId, 'messages/reading'), { upTo: 6 });
  await sequenceAll(testLog(db));
  await holds({ db, ownerUrl });
});

const one = (table: string, where = 'true'): string =>
  `(select ctid from messaging.${table} where ${where} limit 1)`;
const isFact = 'every message is a fact of its order, and every such fact a message';
const isSaid = 'every message is what its fact says of it';
const isDemand = 'every demand is a message with its time, and has the deadline and the notice of its state';

eachIsNamed({ db, ownerUrl }, [
  [
    'a message disappears',
    `delete from messaging.messages where ctid = ${one('messages', `kind = 'promise'`)}`,
    isFact,
  ],
  [
    'a message disappears from the middle',
    `delete from messaging.messages where ctid = ${one('messages', `kind = 'text' and seq = 3`)}`,
    'the messages of a conversation are numbered 1 to n, and the conversation knows how many',
  ],
  [
    'words are put into another mouth',
    `update messaging.messages set side = 'merchant' where ctid = ${one('messages', 'seq = 1')}`,
    isSaid,
  ],
  [
    'the author is exchanged',
    `update messaging.messages set author_id = shop_id where ctid = ${one('messages', 'author_id is not null')}`,
    isSaid,
  ],
  [
    'a promise is stretched',
    `update messaging.messages set due_at = due_at + interval '1 day' where kind = 'promise'`,
    isSaid,
  ],
  [
    'a message is dated back',
    `update messaging.messages set at = at - interval '1 minute' where ctid = ${one('messages', 'seq = 2')}`,
    isFact,
  ],
  [
    'a message points at another fact',
    `update messaging.messages set event_seq = event_seq - 1 where ctid = ${one('messages', 'seq = 3')}`,
    isFact,
  ],
  [
    'words are exchanged where they are kept',
    `update evidence.events set payload = set_byte(payload, 90, (get_byte(payload, 90) + 1) % 256) where kind = 'message.sent'`,
    'every fact opens, and is what was committed to',
  ],
  [
    'a message is invented',
    `insert into messaging.messages select shop_id, order_id, 99, id, 'text', side, author_id, at, 99, null, flags from messaging.messages where seq = 1 limit 1`,
    isFact,
  ],
  [
    'a hidden message is hidden from evidence',
    `update messaging.hidings set event_seq = 1`,
    'what was taken out of view is a fact too',
  ],
  [
    'a conversation changes its buyer',
    `update messaging.threads set buyer_id = shop_id where ctid = ${one('threads')}`,
    'a conversation belongs to its order, and to the buyer of it',
  ],
  [
    'a silence is made an answer',
    `update messaging.demands set state = 'answered' where state = 'silent'`,
    isDemand,
  ],
  [
    'an answer is made a silence',
    `update messaging.demands set state = 'silent', answer_seq = null where state = 'answered'`,
    isDemand,
  ],
  [
    'the time of a demand is moved',
    `update messaging.demands set due_at = due_at + interval '1 hour' where state = 'open'`,
    isDemand,
  ],
  ['a deadline of a demand disappears', `delete from kit.deadlines where what = 'message.demand'`, isDemand],
  [
    'what nobody said was seen',
    `insert into messaging.reads select shop_id, order_id, 'support', 500, by_id, at from messaging.reads limit 1`,
    'nobody has seen what was not said yet',
  ],
  [
    'story 16: one row of a conversation changed in SQL, with its number and its place in the log',
    `update messaging.messages set side = 'buyer' where order_id = '${orderId}' and seq = 3`,
    isSaid,
    { row: `${orderId}/3`, wrong: /^side buyer, the fact says merchant \(leaf \d+\)$/ },
  ],
]);
