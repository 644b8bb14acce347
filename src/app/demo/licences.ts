import { issueLicences } from '../../delivery/licence/issue.actions.ts';
import { activate, deactivate } from '../../delivery/licence/seat.actions.ts';
import { revealKey } from '../../delivery/licence/reveal.actions.ts';
import { licenceOfKey, validateKey, writeCounts } from '../../delivery/licence/validation.actions.ts';
import { licencesOfOrder } from '../../delivery/licence/views.ts';
import { assert, must } from '../../kit/assert.ts';
import { sha256 } from '../../kit/secret.ts';
import { plus, type Span } from '../../kit/time.ts';
import { reader, transaction } from '../../kit/tx.ts';
import { chanceOf, type Chance } from './chance.ts';
import type { LaidOut } from './goods.ts';
import { buy, confirmOrder, giveThePrice } from './shopping.ts';
import type { World } from './world.ts';

const orders = 26;

const computers = ['书房的台式机', '客厅笔记本', '公司电脑', '宿舍的笔记本', '工作室一号机', '备用机'];
const systems = ['windows', 'macos', 'linux'];

/** People who bought licences in the past month, most of them with devices; two orders of the demo buyer among them. */
export function planLicences(world: World, laidOut: readonly LaidOut[]): void {
  const listings = laidOut.filter((one) => one.licence);
  for (let n = 0; n < orders; n++) {
    const chance = chanceOf(11_000 + n);
    const story = { world, chance, buyerId: chance.pick(world.people.crowd), listing: chance.pick(listings) };
    const at = plus(world.begin, {
      days: chance.whole(0, 28),
      hours: chance.whole(9, 22),
      minutes: chance.whole(0, 59),
    });
    world.agenda.add({ at, run: () => bought(story, chance.happens(0.8) ? chance.whole(1, 3) : 0) });
  }
  const own = { world, buyerId: world.people.players.buyer };
  const called = (title: string): LaidOut =>
    must(
      listings.find((one) => one.title.includes(title)),
      `the demo sells ${title}`,
    );
  const ago = (span: Span, listing: LaidOut, devices: number): void =>
    world.agenda.add({
      at: plus(world.end, span),
      run: () => bought({ ...own, listing, chance: chanceOf(12_000 + devices) }, devices),
    });
  ago({ days: -6, hours: -3 }, called('墨笺文档授权 专业版'), 3);
  ago({ hours: -5, minutes: -12 }, called('蓑衣防护授权 一年'), 0);
}

type Story = {
  readonly world: World;
  readonly chance: Chance;
  readonly buyerId: string;
  readonly listing: LaidOut;
};

/** Buys one licence, which is issued at the same instant, and binds devices to it in the days after. */
async function bought(story: Story, devices: number): Promise<void> {
  const { world, buyerId, listing } = story;
  const { db } = world;
  const variantId = must(listing.variantIds[0], 'a listing has a variant');
  await giveThePrice(db, { buyerId, variantId });
  const { orderId } = await buy(db, { buyerId, variantId, quantity: 1, paidBy: 'wallet' });
  await transaction(db, (tx) => issueLicences(tx, [{ shopId: listing.shopId, id: orderId }]));
  if (devices === 0) return;
  later(story, { minutes: story.chance.whole(3, 40) }, async () => {
    const key = await look(story, orderId);
    for (let n = 0; n < devices; n++)
      later(story, { hours: n * 20, minutes: story.chance.whole(1, 50) }, () => bind(story, key, n));
    if (devices > 2)
      later(story, { hours: 63 }, async () => {
        const row = must(await licenceOfKey(db, key, {}), 'a licence');
        await transaction(db, (tx) =>
          deactivate(tx, row, { id: null, fingerprint: printOf(story, 0) }, by(story)),
        );
      });
    if (story.chance.happens(0.6))
      later(story, { hours: 26 }, async () => void (await confirmOrder(db, { orderId, buyerId })));
  });
}

function later({ world }: Story, after: Span, run: () => Promise<void>): void {
  const at = plus(world.clock.now(), after);
  if (at < plus(world.end, { minutes: -15 })) world.agenda.add({ at, run });
}

const hash16 = (text: string): Buffer => sha256(text).subarray(0, 16);
const by = ({ buyerId }: Story) => ({
  by: 'device' as const,
  byId: null,
  addressHash: hash16(`address ${buyerId}`),
});
const printOf = ({ buyerId, listing }: Story, n: number): string =>
  sha256(`${buyerId}/${listing.listingId}/${n}`).toString('hex').slice(0, 32);

async function look({ world: { db }, buyerId, listing }: Story, orderId: string): Promise<string> {
  const [row] = await licencesOfOrder(await reader(db), { shopId: listing.shopId, viewerOrder: orderId });
  const shown = await transaction(db, (tx) =>
    revealKey(tx, {
      licenceId: must(row, 'a licence was issued').licenceId,
      buyerIds: [buyerId],
      userId: buyerId,
      viewer: { sessionId: null, deviceId: null, scopes: [] },
      deviceHash: hash16(`device ${buyerId}`),
      addressHash: hash16(`address ${buyerId}`),
    }),
  );
  assert(shown.ok, `a licence of the demo world can be looked at`);
  return shown.value.key.reveal();
}

/** The device takes a seat where one is free, and asks at its start from then on. */
async function bind(story: Story, key: string, n: number): Promise<void> {
  const { db } = story.world;
  const row = must(await licenceOfKey(db, key, {}), 'a licence');
  const fingerprint = printOf(story, n);
  const device = {
    fingerprint,
    name: must(computers[(n + story.chance.whole(0, 4)) % computers.length], 'a name'),
    platform: story.chance.pick(systems),
    hostname: '',
    components: [],
    metadata: {},
  };
  await transaction(db, (tx) => activate(tx, row, device, by(story)));
  for (let i = 0; i < 3; i++) await validateKey(db, { key, scope: { fingerprints: [fingerprint] } });
  await writeCounts(db);
}
