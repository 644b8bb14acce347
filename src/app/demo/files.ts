import { crc32 } from 'node:zlib';
import { fileTerms, type FileContent } from '../../catalog/file.contract.ts';
import { uploadRelease } from '../../delivery/download/release.actions.ts';
import { deliverDownloads } from '../../delivery/download/deliver.actions.ts';
import { countStart, openLink, startDownload } from '../../delivery/download/start.actions.ts';
import { assert, must } from '../../kit/assert.ts';
import { sha256 } from '../../kit/secret.ts';
import { plus, type Span } from '../../kit/time.ts';
import { transaction, type Db } from '../../kit/tx.ts';
import { chanceOf } from './chance.ts';
import type { DemoListing, LaidOut } from './goods.ts';
import type { Family, Item, ShopKey } from './family.ts';
import { buy, confirmOrder, giveThePrice } from './shopping.ts';
import type { World } from './world.ts';

/** The bytes that buyers of an item get: a small archive with its instructions and a sample, or one table; the same every time. */
export function bytesOf(family: Pick<Family, 'brand' | 'noun' | 'file'>, [label, , note]: Item): Buffer {
  const file = must(family.file, 'a family of downloads has a file');
  const head = `${family.brand}${family.noun} ${label}\n版本 ${file.version}\n${note}\n`;
  const rows = Array.from({ length: 24 }, (_, n) => `${n + 1},示例 ${n + 1},${(n * 37) % 101}`).join('\n');
  const table = `序号,名称,数量\n${rows}\n`;
  if (file.ending === 'csv') return Buffer.from(`\ufeff${table}`);
  return zipOf([
    { name: '说明.txt', text: `${head}\n${file.install.map((step, n) => `${n + 1}. ${step}`).join('\n')}\n` },
    { name: '示例.csv', text: table },
  ]);
}

/** What a listing of the family states of its file. */
export function fileOf(family: Family, item: Item): FileContent | null {
  if (!family.file) return null;
  const bytes = bytesOf(family, item);
  const { version, systems, requires, install, ending } = family.file;
  return {
    version,
    systems: [...systems],
    requires,
    install: [...install],
    downloads: fileTerms.downloads,
    days: 365,
    from: 'platform',
    name: `${family.brand}-${item[0].replaceAll(' ', '')}-${version}.${ending}`,
    size: bytes.length,
    sha256: sha256(bytes).toString('hex'),
  };
}

/** An archive whose entries are stored as they are (APPNOTE 6.3.10): enough for a sample, and no library. */
function zipOf(entries: readonly { name: string; text: string }[]): Buffer {
  const parts: Buffer[] = [];
  const index: Buffer[] = [];
  let at = 0;
  for (const { name, text } of entries) {
    const [path, body] = [Buffer.from(name), Buffer.from(text)];
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(0x0800, 2); // names are UTF-8
    facts.writeUInt16LE(0x5a21, 8); // 1 January 2025
    facts.writeUInt32LE(crc32(body), 10);
    facts.writeUInt32LE(body.length, 14);
    facts.writeUInt32LE(body.length, 18);
    facts.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), facts, path, body]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    index.push(Buffer.concat([Buffer.from('504b01021400', 'hex'), facts, rest, path]));
    parts.push(local);
    at += local.length;
  }
  const list = Buffer.concat(index);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, list, Buffer.from('504b0506', 'hex'), end]);
}

type Owners = Readonly<Record<ShopKey, { shopId: string; ownerId: string }>>;

/** Uploads the files of the demo's downloads, as their shops did. */
export async function layInFiles(
  db: Db,
  p: { laidOut: readonly LaidOut[]; drafts: readonly DemoListing[]; shops: Owners },
): Promise<void> {
  for (const [n, { shop, shopId, listingId, title }] of p.laidOut.entries()) {
    const { content, file } = must(p.drafts[n], 'each listing has its draft');
    if (!content.file || !file) continue;
    const { version, name, size } = content.file;
    const byId = p.shops[shop].ownerId;
    const answer = await uploadRelease(db, {
      shopId,
      listingId,
      byId,
      version,
      name,
      source: (async function* () {
        yield file;
      })(),
      expected: size ?? undefined,
    });
    assert(answer.ok, `the file of ${title} is taken: ${answer.ok ? '' : answer.refusal}`);
  }
}

const orders = 18;

/** People who bought downloads in the past month; the demo buyer has one that was never opened and one that was. */
export function planDownloads(world: World, laidOut: readonly LaidOut[]): void {
  const listings = laidOut.filter((one) => one.download);
  for (let n = 0; n < orders; n++) {
    const chance = chanceOf(17_000 + n);
    const at = plus(world.begin, { days: chance.whole(0, 28), hours: chance.whole(9, 22), minutes: n });
    const buyerId = chance.pick(world.people.crowd);
    const listing = chance.pick(listings);
    const times = chance.whole(0, 2);
    world.agenda.add({ at, run: () => bought(world, { buyerId, listing, times }) });
  }
  const called = (title: string): LaidOut =>
    must(
      listings.find((one) => one.title.includes(title)),
      `the demo sells ${title}`,
    );
  const own = (span: Span, listing: LaidOut, times: number): void =>
    world.agenda.add({
      at: plus(world.end, span),
      run: () => bought(world, { buyerId: world.people.players.buyer, listing, times }),
    });
  own({ days: -2, hours: -5 }, called('松果模板模板 年终汇报'), 2);
  own({ hours: -3, minutes: -22 }, called('纸鸢字库字体 手写体'), 0);
}

type Story = { readonly buyerId: string; readonly listing: LaidOut; readonly times: number };

/** Buys one with the money for it, gets it at the same instant, and downloads it so many times. */
async function bought(world: World, { buyerId, listing, times }: Story): Promise<void> {
  const { db } = world;
  const variantId = must(listing.variantIds[0], 'a listing has a variant');
  await giveThePrice(db, { buyerId, variantId });
  const { orderId } = await buy(db, { buyerId, variantId, quantity: 1, paidBy: 'wallet' });
  await transaction(db, (tx) => deliverDownloads(tx, [{ shopId: listing.shopId, id: orderId }]));
  const later = (after: Span, run: () => Promise<unknown>): void => {
    const at = plus(world.clock.now(), after);
    if (at < plus(world.end, { minutes: -15 })) world.agenda.add({ at, run: async () => void (await run()) });
  };
  for (let n = 0; n < times; n++)
    later({ minutes: 7 + n * 900 }, () => downloadOnce(db, { orderId, buyerId }));
  if (times > 1) later({ hours: 20 }, () => confirmOrder(db, { orderId, buyerId }));
}

const hash16 = (text: string): Buffer => sha256(text).subarray(0, 16);

async function downloadOnce(
  db: Db,
  { orderId, buyerId }: { orderId: string; buyerId: string },
): Promise<void> {
  const trace = { deviceHash: hash16(`device ${buyerId}`), addressHash: hash16(`address ${buyerId}`) };
  const asking = { orderId, line: 1, buyerIds: [buyerId], userId: buyerId };
  const link = await transaction(db, (tx) => startDownload(tx, { ...asking, ...trace }));
  assert(link.ok && link.value.kind === 'platform', 'a download of the demo world begins');
  const opened = await openLink(db, link.value.token);
  assert(opened.ok, 'its link opens');
  assert((await countStart(db, opened.value.name, trace)).ok, 'and counts');
}
