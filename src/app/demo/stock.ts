import { importKeys } from '../../inventory/import.actions.ts';
import type { ColumnKind } from '../../inventory/contract.ts';
import { setAlarm } from '../../inventory/stock.actions.ts';
import { assert } from '../../kit/assert.ts';
import { newId } from '../../kit/ids.ts';
import { beijingDay, plus } from '../../kit/time.ts';
import { transaction, type Db, type Tx } from '../../kit/tx.ts';
import type { Chance } from './chance.ts';
import type { LaidOut } from './goods.ts';
import type { Shops } from './people.ts';

/** All keys of the demo world. */
export const demoKeys = 20_000;

export type Shelf = { readonly listing: LaidOut; readonly variantId: string; readonly keys: number };

/** Pools that begin nearly empty: the first is sold out within the month, the others run low. */
const scarce = [4, 9, 7, 12, 6, 8] as const;
const every = 31;

/** How many keys each pool gets: some few, the others about the same, all together demoKeys. */
export function planStock(laidOut: readonly LaidOut[], chance: Chance): Shelf[] {
  const pools = laidOut
    .filter((one) => one.automatic)
    .flatMap((listing) => listing.variantIds.map((variantId) => ({ listing, variantId })));
  const few = new Map(scarce.map((keys, index) => [2 + index * every, keys]));
  let left = demoKeys - [...few.values()].reduce((sum, keys) => sum + keys, 0);
  let ample = pools.length - few.size;
  return pools.map((pool, index): Shelf => {
    const scanty = few.get(index);
    if (scanty !== undefined) return { ...pool, keys: scanty };
    const fair = left / ample;
    const keys = ample === 1 ? left : Math.round(fair * (0.6 + chance.part() * 0.8));
    ample -= 1;
    left -= keys;
    return { ...pool, keys };
  });
}

/** Every ninth pool's keys carry a date after which they are worth nothing. */
const dated = (index: number): boolean => index % 9 === 4;

const sources = [
  '品牌授权代理，合同在平台备案',
  '一级代理批发，附进货发票',
  '厂商直供，按批抽验',
  '企业客户转让，附转让说明',
];

/** Puts the keys on sale through the real import, two shops' files at a time as the import itself allows. */
export async function layInKeys(
  db: Db,
  p: { shelves: readonly Shelf[]; shops: Shops; chance: Chance; tell: (what: string) => void },
): Promise<void> {
  const used = new Set<string>();
  let next = 0;
  let done = 0;
  const files = p.shelves.map((shelf, index) => fileOf(db, shelf, dated(index), p.chance, used));
  const worker = async (): Promise<void> => {
    for (;;) {
      const index = next++;
      const [shelf, file] = [p.shelves[index], files[index]];
      if (!shelf || !file) return;
      const { shop, shopId } = shelf.listing;
      const answer = await importKeys(db, {
        shopId,
        variantId: shelf.variantId,
        by: p.shops[shop].ownerId,
        key: newId(db.wall.now()),
        run: 'import',
        bytes: Buffer.from(file.text),
        fileName: `${shelf.listing.title.replaceAll(' ', '-')}.txt`,
        source: sources[index % sources.length] ?? '',
        settings: { delimiter: file.delimiter, header: 'no', columns: file.columns },
      });
      assert(answer.ok, `the keys of ${shelf.listing.title} are taken: ${JSON.stringify(answer)}`);
      done += shelf.keys;
      if (index % 40 === 39) p.tell(`${done} of ${demoKeys} keys 卡密入库`);
    }
  };
  await Promise.all([worker(), worker()]);
  await transaction(db, (tx) => watch(tx, p.shelves));
}

/** Shops that think ahead want to hear when few keys are left: of the scarce goods, and of every fifth of the others. */
async function watch(tx: Tx, shelves: readonly Shelf[]): Promise<void> {
  for (const [index, { listing, variantId, keys }] of shelves.entries())
    if (keys < 15 || index % 5 === 0) await setAlarm(tx, { shopId: listing.shopId, variantId, alarmAt: 10 });
}

type File = { text: string; delimiter: 'none' | 'comma'; columns: ColumnKind[] };

function fileOf(db: Db, { listing, keys }: Shelf, hasDate: boolean, chance: Chance, used: Set<string>): File {
  const format = listing.keyFormat ?? 'free';
  const day = beijingDay(plus(db.wall.now(), { days: chance.whole(120, 500) }));
  const columns: ColumnKind[] = [
    ...(format === 'digits16' ? (['card_no', 'secret'] as const) : (['secret'] as const)),
    ...(hasDate ? (['expires_at'] as const) : []),
  ];
  const rows = Array.from({ length: keys }, () =>
    [keyOf(format, chance, used), ...(hasDate ? [day] : [])].join(','),
  );
  return { text: rows.join('\n'), delimiter: columns.length > 1 ? 'comma' : 'none', columns };
}

const digits = '0123456789';
const clear = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** A key in the form that its listing promises; every one different. */
function keyOf(format: NonNullable<LaidOut['keyFormat']>, chance: Chance, used: Set<string>): string {
  for (;;) {
    const key = made[format](chance);
    if (used.has(key)) continue;
    used.add(key);
    return key;
  }
}

const groups = (chance: Chance, count: number, length: number): string =>
  Array.from({ length: count }, () => chance.text(clear, length)).join('-');

const made = {
  digits16: (chance: Chance) => `60${chance.text(digits, 14)},${chance.text(digits, 12)}`,
  code25: (chance: Chance) => groups(chance, 5, 5),
  licence: (chance: Chance) => `LIC-${groups(chance, 4, 6)}`,
  free: (chance: Chance) => groups(chance, 3, 4),
};
