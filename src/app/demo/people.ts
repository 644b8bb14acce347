import { hashPassword } from '../../identity/password.actions.ts';
import { addMembers, addStaff, createUsers } from '../../identity/people.actions.ts';
import { assert, must } from '../../kit/assert.ts';
import { newId } from '../../kit/ids.ts';
import { fen } from '../../kit/money.ts';
import { plus } from '../../kit/time.ts';
import { transaction, type Db, type Tx } from '../../kit/tx.ts';
import { post } from '../../ledger/actions.ts';
import { demoOpening } from '../../ledger/rules.ts';
import { payDeposit } from '../../aftersales/deposit/actions.ts';
import { createShops } from '../../merchants/actions.ts';
import type { Chance } from './chance.ts';
import type { WalkingClock } from './clock.ts';
import type { ShopKey } from './family.ts';
import { demoShops } from './goods.ts';
import { crowd, demoPassword, otherOwners, players, type PlayerKey } from './people.data.ts';

export type Shops = Readonly<Record<ShopKey, { shopId: string; ownerId: string }>>;
export type People = {
  readonly players: Readonly<Record<PlayerKey, string>>;
  /** Those who bought in the past month. */
  readonly crowd: readonly string[];
  readonly shops: Shops;
};

/** How long before the month the shops opened, the oldest first in the list of shops. */
const shopAges_days = [412, 355, 247, 190, 46, 38];

/** Makes everybody and the shops, each shop at its own day; leaves the clock where the month begins. */
export async function makePeople(db: Db, clock: WalkingClock, chance: Chance): Promise<People> {
  const passwordHash = await hashPassword(demoPassword);
  const begin = clock.now();
  const oldest = must(shopAges_days[0], 'an oldest shop');
  const ids = await transaction(db, (tx) => makeUsers(tx, passwordHash));
  const shops = {} as Record<ShopKey, { shopId: string; ownerId: string }>;
  for (const [index, shop] of demoShops.entries()) {
    clock.to(
      plus(begin, {
        days: oldest - must(shopAges_days[index], 'an age for each shop'),
        minutes: chance.whole(30, 500),
      }),
    );
    const ownerId = must(ids.owners.get(shop.key), 'each shop has its owner');
    const { name, slug, intro, tier, feeBps, selfRun } = shop;
    const [shopId = ''] = await transaction(db, (tx) =>
      createShops(tx, [
        { name, slug, intro, tier, feeBps, ownerId, verified: true, selfRun: selfRun ?? false },
      ]),
    );
    shops[shop.key] = { shopId, ownerId };
    await transaction(db, (tx) => keepDeposit(tx, { shopId, userId: ownerId }));
  }
  clock.to(plus(begin, { days: oldest }));
  await transaction(db, async (tx) => {
    const roles = (['goods', 'orders'] as const).map((role) => ({
      shopId: shops.songjian.shopId,
      userId: ids.players.clerk,
      role,
    }));
    await addMembers(tx, roles);
    await addStaff(
      tx,
      players.flatMap((one) => (one.staff ?? []).map((role) => ({ userId: ids.players[one.key], role }))),
    );
    await fillWallets(tx, [...ids.crowd, ids.players.second], chance);
  });
  return { players: ids.players, crowd: ids.crowd, shops };
}

/** What each shop of the demo keeps as its deposit: enough for whatever it sells. */
const demoDeposit = fen(1_000_000n);

async function keepDeposit(tx: Tx, p: { shopId: string; userId: string }): Promise<void> {
  const transfers = [demoOpening({ userId: p.userId, amount: demoDeposit })];
  await post(tx, [{ key: newId(tx.wall), transfers }]);
  const paid = await payDeposit(tx, { ...p, from: 'wallet', amount: demoDeposit });
  assert(paid.ok, 'a demo shop pays its deposit');
}

async function makeUsers(tx: Tx, passwordHash: string) {
  const owners = Object.entries(otherOwners) as [ShopKey, string][];
  const account = (name: string, contact: string) => ({
    kind: 'account' as const,
    name,
    contact,
    passwordHash,
    verified: true,
  });
  const ids = await createUsers(tx, [
    ...players.map((one) => account(one.name, one.login)),
    ...owners.map(([key, name]) => account(name, `${key}@demo.mengyue`)),
    ...crowd.map((name, index) => account(name, `c${index + 1}@demo.mengyue`)),
  ]);
  const at = (index: number): string => must(ids[index], 'an id for everybody');
  const played = Object.fromEntries(players.map((one, index) => [one.key, at(index)])) as Record<
    PlayerKey,
    string
  >;
  const ownerOf = new Map<ShopKey, string>(owners.map(([key], index) => [key, at(players.length + index)]));
  for (const one of players) if (one.owns) ownerOf.set(one.owns, played[one.key]);
  return { players: played, owners: ownerOf, crowd: ids.slice(players.length + owners.length) };
}

/** What everybody brings along, as one posting each. */
async function fillWallets(tx: Tx, userIds: readonly string[], chance: Chance): Promise<void> {
  await post(
    tx,
    userIds.map((userId) => ({
      key: newId(tx.wall),
      transfers: [demoOpening({ userId, amount: fen(chance.whole(12, 60) * 10_000) })],
    })),
  );
}
