import { ok } from 'node:assert/strict';
import type { ListingDraft } from '../src/catalog/content.contract.ts';
import type { ImportSettings } from '../src/inventory/contract.ts';
import { importKeys } from '../src/inventory/import.actions.ts';
import { openKeys } from '../src/inventory/keys.actions.ts';
import { openDetail } from '../src/inventory/upload.actions.ts';
import { must } from '../src/kit/assert.ts';
import { newId } from '../src/kit/ids.ts';
import { transaction, type Db } from '../src/kit/tx.ts';
import type { testDatabase } from './database.ts';
import { aShop, type Shelf } from './world.ts';

type Database = Pick<Awaited<ReturnType<typeof testDatabase>>, 'db' | 'asOwner' | 'clock'>;
type Given = { run?: 'check' | 'import'; key?: string; settings?: Partial<ImportSettings> };
export type Place = { shopId: string; variantId: string; by: string };

const shelfOf = (shelf: Shelf): Place => ({
  shopId: shelf.shopId,
  variantId: must(shelf.listings[0], 'a listing').variantId,
  by: shelf.ownerId,
});

/** Shops that import keys, and what a test looks at afterwards. */
export function stockroom({ db, asOwner, clock }: Database) {
  const oneShop = async (parts: Partial<ListingDraft> = {}): Promise<Place> =>
    shelfOf(await aShop(db, [parts]));

  const upload = (place: Place, content: string | Uint8Array, given: Given = {}, on: Db = db) =>
    importKeys(on, {
      ...place,
      key: given.key ?? newId(clock.now()),
      run: given.run ?? 'import',
      bytes: typeof content === 'string' ? Buffer.from(content) : content,
      fileName: 'keys.csv',
      source: '区域代理 2611-118',
      settings: { delimiter: 'auto', header: 'auto', columns: [], ...given.settings },
    });

  async function imported(place: Place, content: string, given: Given = {}): Promise<string> {
    const ran = await upload(place, content, given);
    ok(ran.ok, JSON.stringify(ran));
    return ran.value.importId;
  }

  const poolOf = async (place: Place) =>
    (
      await asOwner(
        'select last_number::int, on_hand::int, careful, next_number::int, returned from inventory.pools where id = $1',
        [place.variantId],
      )
    )[0];
  const importOf = async (importId: string) =>
    (await asOwner('select * from inventory.imports where id = $1', [importId]))[0] ?? {};
  const problemsOf = async (place: Place, importId: string): Promise<string[]> => {
    const row = await importOf(importId);
    const detail = must(openDetail(db.keys, place.shopId, row as never), 'its report is there');
    return detail.problems.map((one) => `${one.row}: ${one.reason}`);
  };
  const open = (place: Place, numbers: readonly number[]) =>
    transaction(db, async (tx) =>
      (
        await openKeys(
          tx,
          numbers.map((number) => ({
            shopId: place.shopId,
            poolId: place.variantId,
            number: BigInt(number),
          })),
        )
      ).map((key) => [key.number?.reveal() ?? '', key.secret.reveal(), key.extra?.reveal() ?? '']),
    );

  return { oneShop, upload, imported, poolOf, importOf, problemsOf, open };
}
