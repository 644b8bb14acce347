import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../test/database.ts';
import { own, password, peopleOn, refusal, value } from '../../test/people.ts';
import { newId } from '../kit/ids.ts';
import { fen } from '../kit/money.ts';
import { transaction } from '../kit/tx.ts';
import { nobody, type Viewer } from '../kit/viewer.ts';
import {
  changePassword,
  confirmPassword,
  endOtherSessions,
  endSession,
  login,
  logout,
  register,
  stepUps,
  sweepIdentity,
} from './actions.ts';
import { acceptInvitation, createKey, endKey, invite } from './key.actions.ts';
import { hashPassword } from './password.actions.ts';
import { addMembers, addStaff, ContactTaken, createUsers } from './people.actions.ts';
import { viewerOf } from './viewer.actions.ts';

const { db, clock, asOwner } = await testDatabase();
const { someone, address, browser, join, enter } = peopleOn(db);

test('F185 whoever registers can log in, and the database holds neither contact nor password nor token', async () => {
  const at = browser();
  const viewer = await enter(await join('Wang.Fang@example.com'), at);
  assert.equal(viewer.guest, false);
  assert.deepEqual(viewer.buyerIds, [viewer.userId]);
  assert.equal(viewer.deviceId, at.deviceId);
  const [dump] =
    await asOwner(`select string_agg(x::text, ' ') as all from (select row_to_json(u) x from identity.users u
    union all select row_to_json(c) from identity.contacts c union all select row_to_json(s) from identity.sessions s) y`);
  const text = String(dump?.['all']).toLowerCase();
  for (const secret of ['wang.fang', password, at.cookie.toLowerCase()])
    assert.ok(!text.includes(secret), secret);
  assert.ok(text.includes('$argon2id$v=19$m=19456,t=2,p=1$'));
});

test('an account comes with a wallet and an evidence key', async () => {
  const { userId } = await enter(await join(), browser());
  const rows = await asOwner(
    `select (select count(*) from ledger.accounts where kind = 'wallet' and id = $1::text) as wallets,
    (select count(*) from evidence.user_keys where user_id = $1::uuid) as keys`,
    [userId],
  );
  assert.deepEqual(rows, [{ wallets: '1', keys: '1' }]);
});

test('F185 registering with a contact that has an account answers as for a new one, and changes nothing', async () => {
  const name = await join();
  const again = await register(db, {
    login: name,
    password: 'another password',
    language: 'zh',
    ip: address(),
  });
  assert.deepEqual(again, { ok: true, value: { next: 'login' } });
  assert.equal(
    refusal(await login(db, { login: name, password: 'another password', visitor: browser() })),
    'LOGIN_WRONG',
  );
  await enter(name, browser());
});

test('two who register one contact at once make one account', async () => {
  const name = someone();
  const before = await asOwner('select count(*) from identity.users');
  await Promise.all([1, 2, 3].map(() => join(name)));
  const after = await asOwner('select count(*) from identity.users');
  assert.equal(Number(after[0]?.['count']) - Number(before[0]?.['count']), 1);
});

test('F185 a wrong password, an unknown contact and no contact at all are refused alike', async () => {
  const name = await join();
  const answers = await Promise.all(
    [
      [name, 'wrong password'],
      [someone(), password],
      ['nonsense', password],
    ].map(([who = '', what = '']) => login(db, { login: who, password: what, visitor: browser() })),
  );
  for (const answer of answers) assert.deepEqual(answer, { ok: false, refusal: 'LOGIN_WRONG' });
});

test('F185 ten wrong passwords lock a contact for strangers until the window ends, but not its owner’s own device; an unknown contact locks alike', async () => {
  for (const name of [await join(), someone()]) {
    const home = browser();
    const exists = (await login(db, { login: name, password, visitor: home })).ok;
    for (let i = exists ? 0 : 1; i < 10; i++)
      assert.equal(
        refusal(await login(db, { login: name, password: 'wrong', visitor: browser() })),
        'LOGIN_WRONG',
      );
    const locked = await login(db, { login: name, password, visitor: browser() });
    assert.deepEqual(locked, { ok: false, refusal: 'TOO_MANY_REQUESTS', detail: { retryAfter_s: 900 } });
    if (exists) await enter(name, home);
    clock.forward({ minutes: 15 });
    assert.equal(
      refusal(await login(db, { login: name, password, visitor: browser() })),
      exists ? 'done' : 'LOGIN_WRONG',
    );
  }
});

test('F185 one address may try only so often, whatever it tries', async () => {
  const at = browser();
  const answers: string[] = [];
  for (let i = 0; i < 101; i++)
    answers.push(refusal(await login(db, { login: someone(), password: 'x', visitor: at })));
  assert.equal(answers.filter((one) => one === 'LOGIN_WRONG').length, 100);
  assert.equal(answers.at(-1), 'TOO_MANY_REQUESTS');
});

test('a session ends when it is logged out, ended from elsewhere, or unused for 30 days; use keeps it', async () => {
  const name = await join();
  const [home, phone] = [browser(), browser()];
  const token = value(await login(db, { login: name, password, visitor: home })).session.token.reveal();
  const here = await viewerOf(db, { sessionToken: token });
  const there = await enter(name, phone);
  assert.equal(
    await transaction(db, (tx) => endOtherSessions(tx, { userId: own(here).userId, keep: here.sessionId })),
    1,
  );
  const stranger = await enter(await join(), browser());
  assert.equal(
    refusal(
      await transaction(db, (tx) =>
        endSession(tx, { sessionId: own(here).sessionId, userId: own(stranger).userId }),
      ),
    ),
    'SESSION_NOT_FOUND',
  );
  assert.equal(
    refusal(
      await transaction(db, (tx) =>
        endSession(tx, { sessionId: own(there).sessionId, userId: own(here).userId }),
      ),
    ),
    'SESSION_NOT_FOUND',
  );
  for (let week = 0; week < 8; week++) {
    clock.forward({ days: 7 });
    assert.equal((await viewerOf(db, { sessionToken: token })).userId, here.userId);
  }
  clock.forward({ days: 30 });
  assert.equal((await viewerOf(db, { sessionToken: token })).userId, null);
  const fresh = value(await login(db, { login: name, password, visitor: home })).session.token.reveal();
  await logout(db, await viewerOf(db, { sessionToken: fresh }));
  assert.equal((await viewerOf(db, { sessionToken: fresh })).userId, null);
  await transaction(db, sweepIdentity);
  assert.deepEqual(
    await asOwner('select count(*) from identity.sessions where user_id = $1', [here.userId]),
    [{ count: '0' }],
  );
});

test('a session is written at most once in five minutes', async () => {
  const at = browser();
  const token = value(await login(db, { login: await join(), password, visitor: at })).session.token.reveal();
  const seen = async () => {
    const { sessionId } = await viewerOf(db, { sessionToken: token });
    return String(
      (await asOwner('select xmin::text from identity.sessions where id = $1', [sessionId]))[0]?.['xmin'],
    );
  };
  const first = await seen();
  clock.forward({ minutes: 4 });
  assert.equal(await seen(), first);
  clock.forward({ minutes: 2 });
  assert.notEqual(await seen(), first);
});

test('F017 the first device is known; a second one types the password once, and sums above the limit ask for a quarter of an hour’s confirmation', async () => {
  const name = await join();
  const first = await enter(name, browser());
  const at = browser();
  const second = await enter(name, at);
  const asks = (viewer: Viewer, amount: number) =>
    transaction(
      db,
      async (tx) => (await stepUps(tx, [{ viewer, amount: fen(amount), above: fen(200_00) }]))[0],
    );
  assert.equal(await asks(first, 200_00), false);
  assert.equal(await asks(first, 200_01), true);
  assert.equal(await asks(second, 1), true);
  assert.equal(
    await asks({ ...first, deviceId: second.deviceId }, 1),
    true,
    'a session cookie that was carried to another device asks',
  );
  assert.equal(await asks({ ...nobody, scopes: ['reveals:write'] }, 900_00), false);
  assert.equal(refusal(await confirmPassword(db, { ...own(second), password: 'wrong' })), 'PASSWORD_WRONG');
  assert.equal(await asks(second, 1), true);
  value(await confirmPassword(db, { ...own(second), password }));
  assert.equal(await asks(second, 900_00), false);
  clock.forward({ minutes: 15 });
  assert.equal(await asks(second, 900_00), true);
  assert.equal(await asks(second, 1), false, 'the device is known now');
  assert.deepEqual(
    await asOwner(
      `select body -> 'about' ->> 0 as who from kit.outbox where event = 'identity.new_device' and body -> 'about' ->> 0 = $1`,
      [first.userId],
    ),
    [{ who: first.userId }],
  );
});

test('F017 step-ups of many viewers come in the order they were asked, and an ended session is always asked', async () => {
  const viewers = [await enter(await join(), browser()), await enter(await join(), browser())];
  await logout(db, viewers[1] as Viewer);
  const asked = [...viewers, ...viewers].map((viewer, i) => ({
    viewer,
    amount: fen(i === 2 ? 900_00 : 1),
    above: fen(200_00),
  }));
  assert.deepEqual(await transaction(db, (tx) => stepUps(tx, asked)), [false, true, true, true]);
});

test('F185 a new password ends all other sessions and forgets their devices', async () => {
  const name = await join();
  const [home, phone] = [browser(), browser()];
  const here = await enter(name, home);
  const other = value(await login(db, { login: name, password, visitor: phone })).session.token.reveal();
  const newPassword = 'quite another one';
  assert.equal(
    refusal(await changePassword(db, { ...own(here), password: 'wrong', newPassword })),
    'PASSWORD_WRONG',
  );
  assert.equal(
    refusal(await changePassword(db, { ...own(here), password, newPassword: '1234567890' })),
    'PASSWORD_COMMON',
  );
  assert.deepEqual(value(await changePassword(db, { ...own(here), password, newPassword })), { ended: 1 });
  assert.equal((await viewerOf(db, { sessionToken: other })).userId, null);
  assert.equal(refusal(await login(db, { login: name, password, visitor: home })), 'LOGIN_WRONG');
  assert.equal(refusal(await login(db, { login: name, password: newPassword, visitor: home })), 'done');
});

test('F185 an API key needs a fresh confirmation, carries its scopes and nothing more, and ends at once', async () => {
  const viewer = await enter(await join(), browser());
  const make = (scopes: string[]) =>
    transaction(db, (tx) => createKey(tx, { ...own(viewer), name: 'script', scopes }));
  assert.equal(refusal(await make(['orders:read'])), 'STEP_UP_REQUIRED');
  value(await confirmPassword(db, { ...own(viewer), password }));
  assert.deepEqual(await make(['orders:read', 'keys:write']), {
    ok: false,
    refusal: 'SCOPE_RESERVED',
    detail: { scope: 'keys:write' },
  });
  const key = value(await make(['orders:read']));
  const apiKey = key.token.reveal();
  assert.match(apiKey, /^mgy_[\w-]{43}$/);
  const seen = await viewerOf(db, { apiKey });
  assert.deepEqual([seen.userId, seen.scopes, seen.sessionId], [viewer.userId, ['orders:read'], null]);
  const stranger = await enter(await join(), browser());
  assert.equal(
    refusal(await transaction(db, (tx) => endKey(tx, { keyId: key.id, userId: own(stranger).userId }))),
    'KEY_NOT_FOUND',
  );
  value(await transaction(db, (tx) => endKey(tx, { keyId: key.id, userId: own(viewer).userId })));
  assert.equal((await viewerOf(db, { apiKey })).userId, null);
  for (let i = 0; i < 20; i++) value(await make(['orders:read']));
  assert.equal(refusal(await make(['orders:read'])), 'KEYS_TOO_MANY');
});

test('a viewer brings the roles in shops and in the staff', async () => {
  const [name, at] = [await join(), browser()];
  const { userId } = await enter(name, at);
  const shopId = newId(clock.now());
  await transaction(db, async (tx) => {
    await addMembers(tx, [
      { shopId, userId: userId ?? '', role: 'goods' },
      { shopId, userId: userId ?? '', role: 'money' },
    ]);
    await addStaff(tx, [{ userId: userId ?? '', role: 'finance' }]);
  });
  const viewer = await enter(name, at);
  assert.deepEqual(viewer.shops, [
    { shopId, role: 'goods' },
    { shopId, role: 'money' },
  ]);
  assert.deepEqual(viewer.staff, ['finance']);
});

test('an invitation makes one person staff, once, within a day', async () => {
  const people = await Promise.all([enter(await join(), browser()), enter(await join(), browser())]);
  const { token } = await transaction(db, (tx) => invite(tx, 'admin'));
  const take = (viewer: Viewer, text = token.reveal()) =>
    transaction(db, (tx) => acceptInvitation(tx, { token: text, userId: own(viewer).userId }));
  assert.equal(refusal(await take(people[0], 'made up')), 'INVITATION_NOT_FOUND');
  const answers = (await Promise.all(people.map((viewer) => take(viewer)))).map(refusal);
  assert.deepEqual(answers.toSorted(), ['INVITATION_NOT_FOUND', 'done']);
  const late = await transaction(db, (tx) => invite(tx, 'admin'));
  clock.forward({ days: 1 });
  assert.equal(refusal(await take(people[0], late.token.reveal())), 'INVITATION_NOT_FOUND');
});

test('thousands of buyers are made at once; a contact that is taken fails them all', async () => {
  const passwordHash = await hashPassword(password);
  const names = Array.from({ length: 2000 }, () => someone());
  const ids = await transaction(db, (tx) =>
    createUsers(
      tx,
      names.map((contact) => ({ kind: 'account', contact, passwordHash, verified: true })),
    ),
  );
  assert.equal((await enter(names[1999] ?? '', browser())).userId, ids[1999]);
  const more = [someone(), names[7] ?? ''];
  await assert.rejects(
    transaction(db, (tx) =>
      createUsers(
        tx,
        more.map((contact) => ({ kind: 'account', contact, passwordHash })),
      ),
    ),
    ContactTaken,
  );
  assert.equal(
    refusal(await login(db, { login: more[0] ?? '', password, visitor: browser() })),
    'LOGIN_WRONG',
  );
});
