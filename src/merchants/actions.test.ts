import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../test/database.ts';
import { viewerOf } from '../identity/viewer.actions.ts';
import { createUsers, openSessions } from '../identity/people.actions.ts';
import { newId } from '../kit/ids.ts';
import { must } from '../kit/assert.ts';
import { reader, transaction } from '../kit/tx.ts';
import { createShops, shopsByIds, type NewShop } from './actions.ts';
import { shopTiers } from './contract.ts';
import { settleDaysOf } from './rules.ts';

const { db, asOwner } = await testDatabase();
const owner = must(
  (await transaction(db, (tx) => createUsers(tx, [{ kind: 'account', name: '老板' }])))[0],
  'an owner',
);
const shop = (slug: string, tier: NewShop['tier'] = 'whitelisted'): NewShop => ({
  name: `店 ${slug}`,
  slug,
  intro: '',
  tier,
  feeBps: 300,
  ownerId: owner,
  verified: true,
});

test('money waits T+7, T+3 or T+1 by the tier of the shop', () => {
  assert.deepEqual(
    shopTiers.map((tier) => [tier, settleDaysOf(tier, '1.0.0')]),
    [
      ['probation', 7],
      ['whitelisted', 3],
      ['trusted', 1],
    ],
  );
});

test('a shop is opened with its owner and its three accounts', async () => {
  const [id = ''] = await transaction(db, (tx) => createShops(tx, [shop('opened')]));
  const accounts = await asOwner(
    'select kind, balance_fen from ledger.accounts where id = $1 order by kind',
    [id],
  );
  assert.deepEqual(
    accounts,
    ['available', 'deposit', 'reserve'].map((kind) => ({ kind, balance_fen: '0' })),
  );
  const [session] = await transaction(db, (tx) =>
    openSessions(tx, [{ userId: owner, kind: 'account', deviceId: newId(tx.wall), userAgent: '', ip: '' }]),
  );
  const viewer = await viewerOf(db, { sessionToken: session?.token.reveal() });
  assert.ok(viewer.shops.some((one) => one.shopId === id && one.role === 'owner'));
});

test('shops come in the order they were asked for, absent ones as nothing', async () => {
  const [a = '', b = ''] = await transaction(db, (tx) =>
    createShops(tx, [shop('first', 'trusted'), shop('second', 'probation')]),
  );
  const absent = newId(db.wall.now());
  const found = await shopsByIds(await reader(db), [b, absent, a, b]);
  assert.deepEqual(
    found.map((one) => [one?.slug, one?.settleDays]),
    [
      ['second', 7],
      [undefined, undefined],
      ['first', 1],
      ['second', 7],
    ],
  );
});

test('a slug belongs to one shop, and the second one leaves nothing behind', async () => {
  await transaction(db, (tx) => createShops(tx, [shop('taken')]));
  const before = await asOwner('select count(*) from ledger.accounts');
  await assert.rejects(
    transaction(db, (tx) => createShops(tx, [shop('other'), shop('taken')])),
    { code: '23505' },
  );
  assert.deepEqual(await asOwner('select count(*) from ledger.accounts'), before);
});
