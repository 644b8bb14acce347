import { must } from '../src/kit/assert.ts';
import { fen } from '../src/kit/money.ts';
import { newId } from '../src/kit/ids.ts';
import { Secret } from '../src/kit/secret.ts';
import { reader, transaction, type Db } from '../src/kit/tx.ts';
import { createListings } from '../src/catalog/actions.ts';
import type { ListingDraft } from '../src/catalog/content.contract.ts';
import { offersOf } from '../src/catalog/offers.actions.ts';
import { versionsOf } from '../src/catalog/versions.actions.ts';
import { textsOf } from '../src/checkout/acknowledgement.rules.ts';
import type { Purchase } from '../src/checkout/rules.ts';
import { priceLines } from '../src/checkout/rules.ts';
import { inputHashOf } from '../src/kit/once.ts';
import { createUsers } from '../src/identity/people.actions.ts';
import { importKeys } from '../src/inventory/import.actions.ts';
import { post } from '../src/ledger/actions.ts';
import { demoOpening } from '../src/ledger/rules.ts';
import { createShops } from '../src/merchants/actions.ts';
import { aListing } from './listings.ts';

const cards = '01900000-0000-7000-8000-00000000c001';

export type Shelf = { shopId: string; ownerId: string; listings: { listingId: string; variantId: string }[] };

/** A shop with listings on sale, made by the real actions. */
export async function aShop(
  db: Db,
  listings: Partial<ListingDraft>[] = [{}],
  slug = `shop-${newId(db.wall.now()).slice(-8)}`,
): Promise<Shelf> {
  return transaction(db, async (tx) => {
    const [ownerId = ''] = await createUsers(tx, [{ kind: 'account' }]);
    const [shopId = ''] = await createShops(tx, [
      { name: `店铺 ${slug}`, slug, intro: '', tier: 'whitelisted', feeBps: 200, ownerId, verified: true },
    ]);
    const made = await createListings(
      tx,
      listings.map((parts) => ({
        shopId,
        categoryId: cards,
        content: aListing({ keyFormat: 'free', ...parts }),
        live: true,
        byId: ownerId,
      })),
    );
    return {
      shopId,
      ownerId,
      listings: made.map((one) => {
        if (!one.ok) throw new Error(`a listing of the test world was refused: ${one.refusal}`);
        return {
          listingId: one.value.listingId,
          variantId: must(one.value.variantIds[0], 'a listing has a variant'),
        };
      }),
    };
  });
}

let keysMade = 0;

/** Puts card keys on sale through the real import. Answers what was imported, in order. */
export async function stock(db: Db, shelf: Shelf, variantId: string, count: number): Promise<string[]> {
  const keys = Array.from(
    { length: count },
    () => `KEY-${process.pid}-${String((keysMade += 1)).padStart(8, '0')}`,
  );
  const answer = await importKeys(db, {
    shopId: shelf.shopId,
    variantId,
    by: shelf.ownerId,
    key: newId(db.wall.now()),
    run: 'import',
    bytes: Buffer.from(keys.join('\n')),
    fileName: 'keys.txt',
    source: '测试',
    settings: { delimiter: 'auto', header: 'no', columns: [] },
  });
  if (!answer.ok) throw new Error(`the keys of the test world were refused: ${answer.refusal}`);
  return keys;
}

/** Buyers with money in their wallets. */
export const buyers = (db: Db, count: number, money = 100_000n): Promise<string[]> =>
  transaction(db, async (tx) => {
    const ids = await createUsers(
      tx,
      Array.from({ length: count }, () => ({ kind: 'account' as const })),
    );
    if (money > 0n)
      await post(
        tx,
        ids.map((userId) => ({
          key: newId(tx.wall),
          transfers: [demoOpening({ userId, amount: fen(money) })],
        })),
      );
    return ids;
  });

/** A wish to buy as the checkout page would send it: the price as quoted, every text ticked. */
export async function wishFor(
  db: Db,
  p: {
    buyerId: string;
    variantId: string;
    quantity?: number;
    key?: string;
    paidBy?: 'wallet' | 'channel';
    channel?: string;
    address?: string;
    answers?: Record<string, string>;
  },
): Promise<Purchase> {
  const { buyerId, variantId, quantity = 1, paidBy = 'wallet' } = p;
  const on = await reader(db);
  const [found] = await offersOf(on, [{ variantId, buyerId }]);
  const offer = must(found, 'the goods are there');
  const [version] = await versionsOf(on, [offer]);
  const answers = Object.fromEntries(
    offer.questions.map((question) => [question.key, new Secret(p.answers?.[question.key] ?? '13800138000')]),
  );
  const asked = offer.questions.length > 0 ? { answers, again: answers } : {};
  const items = [{ variantId, quantity, ...asked }];
  const { total } = priceLines([offer], items);
  return {
    buyerId,
    key: p.key ?? newId(db.wall.now()),
    inputHash: inputHashOf({ items: [{ variantId, quantity }], total, paidBy }),
    items,
    total,
    paidBy,
    channel: paidBy === 'channel' ? (p.channel ?? 'sandbox') : null,
    acknowledgements: textsOf(must(version, 'its version').content).map((text) => ({
      name: text.name,
      hash: text.hash.zh,
    })),
    language: 'zh',
    addressHash: Buffer.from((p.address ?? buyerId).replaceAll('-', '').slice(0, 32), 'hex'),
    ownShops: [],
  };
}
