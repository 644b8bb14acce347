import { check, heard, refuseParcel, ship } from '../../delivery/parcel/actions.ts';
import { sandboxCarrier } from '../../delivery/parcel/carriers.actions.ts';
import type { Carrier } from '../../delivery/parcel/contract.ts';
import { keepPhoto } from '../../delivery/parcel/photo.actions.ts';
import { assert, must } from '../../kit/assert.ts';
import { Secret } from '../../kit/secret.ts';
import { plus, type Instant, type Span } from '../../kit/time.ts';
import { transaction } from '../../kit/tx.ts';
import type { LaidOut } from './goods.ts';
import { buyAll, giveThePrice } from './shopping.ts';
import type { World } from './world.ts';

type Parcel = {
  readonly orderId: string;
  readonly buyerId: string;
  readonly shopId: string;
  readonly ownerId: string;
};

/** Parcels as the demo begins: one to be sent, one on its way, one signed for and unpacked, one refused, one that stands still. */
export function planParcels(world: World, laidOut: readonly LaidOut[]): void {
  const things = laidOut.filter(({ title }) => title.includes('铁轨物语模型') || title.includes('星屿周边'));
  assert(things.length >= 2, 'the demo sells things that are sent');
  for (const [n, one] of scenes.entries())
    world.agenda.add({ at: plus(world.end, one.bought), run: () => play(world, things, one, n) });
}

type Scene = {
  readonly bought: Span;
  readonly who: 'player' | number;
  readonly sent?: Span;
  readonly number?: string;
  readonly refused?: Span;
  readonly unpacked?: Span;
};
const scenes: readonly Scene[] = [
  { bought: { hours: -5 }, who: 3 },
  { bought: { hours: -30 }, who: 'player', sent: { hours: -26 }, number: 'SF3000451207' },
  {
    bought: { hours: -70 },
    who: 'player',
    sent: { hours: -64 },
    number: 'ZT7003318842',
    unpacked: { hours: -20 },
  },
  { bought: { hours: -44 }, who: 5, sent: { hours: -41 }, number: 'YT5520098BACK', refused: { hours: -6 } },
  { bought: { days: -6 }, who: 7, sent: { days: -5, hours: -12 }, number: 'YD80014STILL' },
];

async function play(world: World, things: readonly LaidOut[], scene: Scene, n: number): Promise<void> {
  const listing = must(things[n % things.length], 'a thing for each scene');
  const parcel = await buy(world, listing, scene);
  const { sent, number, refused, unpacked } = scene;
  const at = (span: Span, run: () => Promise<unknown>): void =>
    world.agenda.add({ at: plus(world.end, span), run: async () => void (await run()) });
  if (!sent || !number) return;
  const carrier: Carrier = n % 2 === 0 ? 'zto' : 'sf';
  at(sent, () => transaction(world.db, (tx) => ship(tx, { ...shopOf(parcel), carrier, tracking: number })));
  const shippedAt = plus(world.end, sent);
  const ask = (span: Span, refusedAt: Instant | null = null): void =>
    at(span, async () => {
      const tracks = await sandboxCarrier.track({
        carrier,
        tracking: number,
        shippedAt,
        refusedAt,
        now: world.clock.now(),
      });
      await transaction(world.db, (tx) =>
        heard(tx, { shopId: parcel.shopId, orderId: parcel.orderId, line: 1 }, tracks),
      );
    });
  for (const hours of [-60, -40, -23, -12]) if (plus(world.end, { hours }) > shippedAt) ask({ hours });
  if (refused) at(refused, () => refuse(world, parcel));
  if (unpacked)
    at(unpacked, () =>
      transaction(world.db, (tx) =>
        check(tx, {
          ...mineOf(parcel),
          stage: 'unboxing',
          answers: { model: true, quantity: 1 },
          photos: [],
        }),
      ),
    );
}

async function buy(world: World, listing: LaidOut, { who }: Scene): Promise<Parcel> {
  const buyerId =
    who === 'player' ? world.people.players.buyer : must(world.people.crowd[who], 'somebody of the crowd');
  const variantId = must(listing.variantIds[0], 'a listing has a variant');
  await giveThePrice(world.db, { buyerId, variantId });
  const answers = {
    name: new Secret('林小满'),
    mobile: new Secret('13800138000'),
    address: new Secret('浙江省杭州市西湖区文二路 391 号 2 幢 501'),
  };
  const [answer] = await buyAll(world.db, [{ buyerId, variantId, quantity: 1, paidBy: 'wallet', answers }]);
  assert(answer?.ok, `a thing is bought: ${answer && !answer.ok ? answer.refusal : ''}`);
  const { shopId, ownerId } = world.people.shops[listing.shop];
  return {
    buyerId,
    shopId,
    ownerId,
    orderId: must(answer.value.orders[0], 'a purchase has an order').orderId,
  };
}

const shopOf = ({ shopId, ownerId, orderId }: Parcel) => ({ shopId, orderId, line: 1, userId: ownerId });
const mineOf = ({ orderId, buyerId }: Parcel) => ({ orderId, line: 1, userId: buyerId, buyerIds: [buyerId] });

/** A grey picture of one point stands for the photo of a crushed box. */
const photo = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

async function refuse(world: World, parcel: Parcel): Promise<void> {
  const kept = await keepPhoto(world.db, {
    ...mineOf(parcel),
    kind: 'package_photo',
    file: new File([photo], '箱角压扁.png', { type: 'image/png' }),
  });
  assert(kept.ok, 'a photo of a box is kept');
  const answer = await transaction(world.db, (tx) =>
    refuseParcel(tx, { ...mineOf(parcel), why: '箱角压扁，封条也裂了', photos: [kept.value.sha256] }),
  );
  assert(answer.ok, `a parcel on its way is refused: ${answer.ok ? '' : answer.refusal}`);
}
