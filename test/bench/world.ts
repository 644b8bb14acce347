import pg from 'pg';
import { encodeId } from '../../src/kit/public-id.ts';
import { must } from '../../src/kit/assert.ts';
import { newId } from '../../src/kit/ids.ts';
import { fen } from '../../src/kit/money.ts';
import { inputHashOf } from '../../src/kit/once.ts';
import { reader, transaction, type Db } from '../../src/kit/tx.ts';
import { offersOf } from '../../src/catalog/offers.actions.ts';
import { versionsOf } from '../../src/catalog/versions.actions.ts';
import { textsOf } from '../../src/checkout/acknowledgement.rules.ts';
import type { Purchase } from '../../src/checkout/rules.ts';
import { createUsers } from '../../src/identity/people.actions.ts';
import { post } from '../../src/ledger/actions.ts';
import { demoOpening } from '../../src/ledger/rules.ts';
import { aShop } from '../world.ts';

/** What a load needs to know of the goods: the price as quoted and the hashes of the texts to tick. */
export type Goods = {
  readonly shopId: string;
  readonly listingId: string;
  readonly variantId: string;
  readonly total: bigint;
  readonly acknowledgements: { name: string; hash: string }[];
};
export type BenchWorld = {
  readonly spread: Goods[];
  readonly hot: Goods;
  readonly flash: Goods;
  readonly buyers: string[];
};

const priceOfAll = 9750n;

/** Shops, listings, people with money (by the real actions), and keys (by one statement each pool, with what prove asks of them). */
export async function layOutBench(
  db: Db,
  ownerUrl: string,
  p: {
    listings: number;
    buyers: number;
    keysEach: number;
    hotKeys: number;
    flashKeys: number;
    tell: (text: string) => void;
  },
): Promise<BenchWorld> {
  const goods: Goods[] = [];
  const perShop = 50;
  for (let made = 0; made < p.listings + 2; made += perShop) {
    const count = Math.min(perShop, p.listings + 2 - made);
    const shelf = await aShop(
      db,
      Array.from({ length: count }, (_, i) => ({ title: `点卡 ${made + i + 1}`, useWithin_hours: null })),
      `bench-${made}`,
    );
    goods.push(
      ...(await quoted(
        db,
        shelf.listings.map((one) => ({ ...one, shopId: shelf.shopId })),
      )),
    );
  }
  p.tell('keys');
  const hot = must(goods[0], 'a listing');
  const flash = must(goods[1], 'a listing');
  const spread = goods.slice(2);
  await keys(ownerUrl, [hot], p.hotKeys);
  await keys(ownerUrl, [flash], p.flashKeys);
  await keys(ownerUrl, spread, p.keysEach);
  p.tell('people');
  return { spread, hot, flash, buyers: await people(db, p.buyers) };
}

async function quoted(
  db: Db,
  listings: { shopId: string; listingId: string; variantId: string }[],
): Promise<Goods[]> {
  const on = await reader(db);
  const offers = (
    await offersOf(
      on,
      listings.map((one) => ({ variantId: one.variantId, buyerId: one.shopId })),
    )
  ).map((offer) => must(offer, 'the goods are there'));
  const versions = await versionsOf(on, offers);
  return listings.map((one, i) => ({
    ...one,
    total: priceOfAll,
    acknowledgements: textsOf(must(versions[i], 'a version').content).map((text) => ({
      name: text.name,
      hash: text.hash.zh,
    })),
  }));
}

export async function people(db: Db, count: number): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < count) {
    await transaction(db, async (tx) => {
      const some = await createUsers(
        tx,
        Array.from({ length: Math.min(1000, count - ids.length) }, () => ({ kind: 'account' as const })),
      );
      await post(
        tx,
        some.map((userId) => ({
          key: newId(tx.wall),
          transfers: [demoOpening({ userId, amount: fen(10n ** 12n) })],
        })),
      );
      ids.push(...some);
    });
  }
  return ids;
}

/** Keys as an import would leave them, without their sealing: content does not matter to a purchase. */
export async function keys(ownerUrl: string, goods: readonly Goods[], each: number): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const [shops, pools] = [goods.map((one) => one.shopId), goods.map((one) => one.variantId)];
  const places = `unnest($1::uuid[], $2::uuid[]) as g(shop_id, pool_id)`;
  await client.query(
    `insert into inventory.pools (shop_id, id, variant_id) select shop_id, pool_id, pool_id from ${places} on conflict do nothing`,
    [shops, pools],
  );
  // The batch of these keys is the one of its pool that begins behind the last number.
  const batch = `${places} join inventory.pools p on p.id = g.pool_id join inventory.batches b on b.shop_id = g.shop_id and b.pool_id = g.pool_id and b.first_number = p.last_number + 1`;
  await client.query(
    `insert into inventory.batches (shop_id, id, pool_id, first_number, count, root, source, by_id, at)
     select g.shop_id, gen_random_uuid(), g.pool_id, p.last_number + 1, $3, decode(repeat('00', 32), 'hex'), 'bench', g.shop_id, '2026-01-01Z' from ${places} join inventory.pools p on p.id = g.pool_id`,
    [shops, pools, each],
  );
  await client.query(
    `insert into inventory.keys (shop_id, pool_id, number, batch_id, sealed)
     select g.shop_id, g.pool_id, p.last_number + n, b.id, decode(repeat('00', 64), 'hex') from ${batch} cross join generate_series(1, $3) as n`,
    [shops, pools, each],
  );
  await client.query(
    `insert into inventory.fingerprints (fingerprint, shop_id, pool_id, number, at)
     select substring(sha256((g.pool_id::text || '/' || (p.last_number + n))::bytea) for 16), g.shop_id, g.pool_id, p.last_number + n, '2026-01-01Z' from ${places} join inventory.pools p on p.id = g.pool_id cross join generate_series(1, $3) as n`,
    [shops, pools, each],
  );
  await client.query(
    `update inventory.pools set last_number = last_number + $2, on_hand = on_hand + $2 where id = any($1)`,
    [pools, each],
  );
  await client.query('analyze');
  await client.end();
}

export const wishOf = (
  db: Db,
  buyerId: string,
  goods: Goods,
  paidBy: 'wallet' | 'channel' = 'wallet',
): Purchase => {
  const items = [{ variantId: goods.variantId, quantity: 1 }];
  return {
    buyerId,
    key: newId(db.wall.now()),
    inputHash: inputHashOf({
      items,
      total: goods.total,
      paidBy,
      channel: paidBy === 'channel' ? 'sandbox' : null,
    }),
    items,
    total: fen(goods.total),
    paidBy,
    channel: paidBy === 'channel' ? 'sandbox' : null,
    acknowledgements: goods.acknowledgements,
    language: 'zh',
    addressHash: Buffer.from(buyerId.replaceAll('-', ''), 'hex'),
    ownShops: [],
  };
};

/** The same wish as the body of POST /api/v1/checkouts. */
export const bodyOf = (goods: Goods): string =>
  JSON.stringify({
    items: [{ variantId: encodeId('variant', goods.variantId), quantity: 1 }],
    total: goods.total.toString(),
    paidBy: 'wallet',
    acknowledgements: goods.acknowledgements,
  });
