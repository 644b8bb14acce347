import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../test/database.ts';
import { newId } from '../kit/ids.ts';
import { BrokenPromise } from '../kit/assert.ts';
import { reader, transaction } from '../kit/tx.ts';
import { markRead, notify, unreadOf, type Notice } from './actions.ts';
import { messagesOf } from './views.ts';

const { db, asOwner } = await testDatabase();
const id = (): string => newId(db.wall.now());
const topUp = (userId: string, cause?: string): Notice => ({
  userId,
  kind: 'wallet.topped_up',
  data: { amount: '100' },
  ...(cause ? { cause } : {}),
});
const say = (notices: readonly Notice[]) => transaction(db, (tx) => notify(tx, notices));
const mine = async (userId: string, below: string | null = null, limit = 100) =>
  messagesOf(await reader(db), { viewer: { userId }, below, limit });

test('F014 messages arrive unread, newest first, page by page, each to its own person', async () => {
  const [me, you] = [id(), id()];
  await say([...Array.from({ length: 5 }, () => topUp(me)), topUp(you)]);
  const all = await mine(me);
  assert.equal(all.length, 5);
  assert.deepEqual(
    all.map((one) => one.id),
    all
      .map((one) => one.id)
      .toSorted()
      .toReversed(),
  );
  assert.deepEqual(
    (await mine(me, all[1]?.id, 2)).map((one) => one.id),
    [all[2]?.id, all[3]?.id],
  );
  assert.equal(await unreadOf(await reader(db), me), 5);
  assert.equal(await unreadOf(await reader(db), you), 1);
});

test('F014 reading marks my own messages only, and the first reading counts', async () => {
  const [me, you] = [id(), id()];
  await say([topUp(me), topUp(me), topUp(you)]);
  const [newest] = await mine(me);
  const foreign = (await mine(you))[0]?.id ?? '';
  assert.equal(
    await transaction(db, (tx) => markRead(tx, { userId: me, ids: [newest?.id ?? '', foreign] })),
    1,
  );
  assert.equal(await unreadOf(await reader(db), you), 1);
  const firstRead = (await mine(me))[0]?.readAt;
  assert.equal(await transaction(db, (tx) => markRead(tx, { userId: me, ids: null })), 0);
  assert.equal((await mine(me))[0]?.readAt, firstRead);
});

test('the same news delivered twice tells nobody twice', async () => {
  const [me, you, cause] = [id(), id(), id()];
  for (let i = 0; i < 2; i++) await say([topUp(me, cause), topUp(you, cause)]);
  assert.equal((await mine(me)).length + (await mine(you)).length, 2);
});

test('F015 a message with something beside its fields fails its transaction', async () => {
  const notice = {
    userId: id(),
    kind: 'wallet.topped_up',
    data: { amount: '1', key: 'ABCD' },
  } as unknown as Notice;
  await assert.rejects(say([notice]), BrokenPromise);
});

test('F014 the program cannot delete or rewrite a message', async () => {
  const me = id();
  await say([topUp(me)]);
  for (const text of [
    'delete from notifications.messages',
    'truncate notifications.messages',
    `update notifications.messages set data = '{}'`,
    `update notifications.messages set at = at`,
  ])
    await assert.rejects(db.pool.query(text), { code: '42501' }, text);
  assert.deepEqual(await asOwner('select count(*) from notifications.messages where user_id = $1', [me]), [
    { count: '1' },
  ]);
});
