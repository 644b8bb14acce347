import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../test/database.ts';
import { own, password, peopleOn, refusal, value, type Browser } from '../../test/people.ts';
import { newId } from '../kit/ids.ts';
import { transaction } from '../kit/tx.ts';
import { nobody, type Viewer } from '../kit/viewer.ts';
import { claimGuest, ensureGuest, openGuest } from './guest.actions.ts';
import { viewerOf } from './viewer.actions.ts';

const { db, clock } = await testDatabase();
const { someone, address, browser, join, enter } = peopleOn(db);

test('a guest stays one person in one browser; the same contact elsewhere is somebody else', async () => {
  const at = browser();
  const buy = (visitor: Browser, viewer: Viewer, orderPassword = 'letmesee') =>
    transaction(db, (tx) => ensureGuest(tx, { contact: '13900139000', orderPassword, visitor, viewer }));
  const first = await buy(at, nobody);
  const viewer = await viewerOf(db, { sessionToken: first.session?.token.reveal(), deviceId: at.cookie });
  assert.equal(viewer.guest, true);
  assert.deepEqual(await buy(at, viewer), { userId: first.userId, session: null });
  assert.notEqual((await buy(at, viewer, 'different')).userId, first.userId);
  assert.notEqual((await buy(browser(), nobody)).userId, first.userId);
});

test('a guest’s order opens with its password only; wrong and absent answer and count alike', async () => {
  const { userId: guestId } = await transaction(db, (tx) =>
    ensureGuest(tx, { contact: someone(), orderPassword: 'letmesee', visitor: browser(), viewer: nobody }),
  );
  const account = await enter(await join(), browser());
  const ask = (asked: string, who: string | null, orderPassword: string) =>
    openGuest(db, { asked, guestId: who, orderPassword, visitor: browser() });
  const opened = value(await ask('one', guestId, 'letmesee'));
  assert.equal((await viewerOf(db, { sessionToken: opened.session?.token.reveal() })).userId, guestId);
  const wrong = [
    await ask('two', guestId, 'guess'),
    await ask('three', null, 'letmesee'),
    await ask('four', account.userId, password),
    await ask('five', newId(clock.now()), 'x'),
  ];
  for (const answer of wrong) assert.deepEqual(answer, { ok: false, refusal: 'ORDER_PASSWORD_WRONG' });
  for (const who of [guestId, null]) {
    const answers: string[] = [];
    for (let i = 0; i < 12; i++) answers.push(refusal(await ask(`counted ${who}`, who, 'guess')));
    assert.deepEqual(answers, [
      ...Array<string>(10).fill('ORDER_PASSWORD_WRONG'),
      'TOO_MANY_REQUESTS',
      'TOO_MANY_REQUESTS',
    ]);
  }
});

test('an account claims a guest’s orders once and for good', async () => {
  const { userId: guestId } = await transaction(db, (tx) =>
    ensureGuest(tx, { contact: someone(), orderPassword: 'letmesee', visitor: browser(), viewer: nobody }),
  );
  const [name, at] = [await join(), browser()];
  const mine = await enter(name, at);
  const theirs = await enter(await join(), browser());
  const claim = (viewer: Viewer, orderPassword: string) =>
    claimGuest(db, {
      userId: own(viewer).userId,
      asked: newId(clock.now()),
      guestId,
      orderPassword,
      ip: address(),
    });
  assert.equal(refusal(await claim(mine, 'wrong')), 'ORDER_PASSWORD_WRONG');
  value(await claim(mine, 'letmesee'));
  value(await claim(mine, 'letmesee'));
  assert.equal(refusal(await claim(theirs, 'letmesee')), 'ORDER_PASSWORD_WRONG');
  assert.deepEqual((await enter(name, at)).buyerIds, [mine.userId, guestId]);
});
