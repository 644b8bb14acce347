import { versionsOf } from '../../catalog/versions.actions.ts';
import { beginTopups, followTopups } from '../../delivery/topup/actions.ts';
import { assert, must } from '../../kit/assert.ts';
import { fen } from '../../kit/money.ts';
import { Secret } from '../../kit/secret.ts';
import { plus, type Instant, type Span } from '../../kit/time.ts';
import { reader, transaction, type Db } from '../../kit/tx.ts';
import { installSupply } from '../../supply/setup.actions.ts';
import type { Standing, Supplier } from '../../supply/supplier.contract.ts';
import {
  addSandboxSupplier,
  importProducts,
  refreshBalance,
  setRoutes,
} from '../../supply/suppliers.actions.ts';
import { carrierOf } from '../../supply/yrapi.rules.ts';
import { supplyIdle, workSupply } from '../../supply/work.actions.ts';
import { supplierProducts } from '../sandbox/supplier.ts';
import { chanceOf } from './chance.ts';
import type { LaidOut } from './goods.ts';
import { buy, confirmOrder, giveThePrice } from './shopping.ts';
import type { World } from './world.ts';

type Past = { face: bigint; target: string; at: Instant };

/** The supplier of the past: it answers like the pretended one, by the last digits of the account, and is forgotten when the past has ended. */
export function pastSupplier(now: () => Instant): Supplier {
  const orders = new Map<string, Past>();
  const standing = (number: string, one: Past): Standing => {
    const charging = one.target.endsWith('9006') || now() < plus(one.at, { seconds: 40 });
    const part = one.target.endsWith('9003');
    const failed = one.target.endsWith('9004');
    const state = charging ? 'charging' : failed ? 'failed' : part ? 'partial' : 'success';
    const over = state === 'success' || state === 'partial';
    return {
      state,
      supplierNo: `YR${number.slice(-14)}`,
      charged: over ? fen(part ? (one.face * 6n) / 10n : one.face) : null,
      voucher: over ? `V${number.slice(-12)}` : null,
      said: failed ? '运营商返回失败' : '',
    };
  };
  return {
    acknowledgement: 'success',
    submit: async (p) => {
      if (p.target.endsWith('9007')) return { kind: 'refused', code: '101', message: '余额不足' };
      orders.set(p.number, { face: p.face, target: p.target, at: now() });
      const price = supplierProducts.find((one) => one.id === p.productNo)?.price ?? Number(p.maxCost);
      return { kind: 'ok', supplierNo: `YR${p.number.slice(-14)}`, cost: fen(price) };
    },
    query: async (number) => {
      const one = orders.get(number);
      const nothing = { state: 'absent', supplierNo: null, charged: null, voucher: null, said: '' } as const;
      return { kind: 'ok', ...(one ? standing(number, one) : nothing) };
    },
    cancel: async () => ({ kind: 'refused', code: '8', message: '' }),
    balance: async () => ({ kind: 'ok', balance: fen(9_862_140n) }),
    catalogue: async () => ({
      kind: 'ok',
      products: supplierProducts.map((one) => ({
        productNo: one.id,
        name: one.name,
        carrier: carrierOf(one.isp),
        price: fen(one.price),
        onSale: true,
      })),
    }),
    parseCall: () => ({ genuine: false, why: 'nobody calls from the past' }),
  };
}

/** Gives the shop that sells top-ups its suppliers, their catalogues and a route for each variant. */
export async function layOutSupply(db: Db, laidOut: readonly LaidOut[]): Promise<void> {
  installSupply(db, { origin: () => 'http://127.0.0.1', played: pastSupplier(() => db.wall.now()) });
  const listings = laidOut.filter((one) => one.direct);
  const shopId = must(listings[0], 'somebody sells top-ups').shopId;
  const [first = '', second = ''] = await transaction(db, async (tx) => [
    await addSandboxSupplier(tx, { shopId, name: '海桥直供（演示）' }),
    await addSandboxSupplier(tx, { shopId, name: '北塔分销（演示）' }),
  ]);
  for (const supplierId of [first, second]) {
    assert((await importProducts(db, { shopId, supplierId })).ok, 'the catalogue is read');
    await refreshBalance(db, { shopId, supplierId });
  }
  const versions = await versionsOf(
    await reader(db),
    listings.map((one) => ({ ...one, version: 1 })),
  );
  for (const version of versions)
    for (const variant of must(version, 'a listing has its first version').content.variants) {
      const content = must(version, 'the same').content;
      const slow = content.topup?.speed === 'slow';
      const letter = content.topup?.target === 'account' ? 'M' : slow ? 'S' : 'H';
      const face = Number(variant.faceValue);
      const product = supplierProducts.find((one) => one.id.startsWith(letter) && one.face === face);
      const productNo = must(product, `somebody supplies ${variant.name}`).id;
      const maxCost = fen(variant.price);
      const routes = [first, second].map((supplierId) => ({ supplierId, productNo, maxCost }));
      const set = await transaction(db, (tx) => setRoutes(tx, { shopId, variantId: variant.id, routes }));
      assert(set.ok, 'a variant that is filled directly has a route');
    }
}

const orders = 18;

/** People who filled their phones in the past month; some of it came in part, failed, or waits for the shop; two orders of the demo buyer. */
export function planTopups(world: World, laidOut: readonly LaidOut[]): void {
  const listings = laidOut.filter((one) => one.direct && one.title.includes('海桥'));
  const { agenda, begin, end, people } = world;
  for (let n = 0; n < orders; n++) {
    const chance = chanceOf(21_000 + n);
    const tail = n === 4 ? '9003' : n === 9 ? '9004' : String(1000 + n * 37);
    const story = {
      world,
      buyerId: chance.pick(people.crowd),
      listing: chance.pick(listings),
      target: `1700${String(chance.whole(100, 999))}${tail}`,
    };
    const at = plus(begin, { days: chance.whole(1, 28), hours: chance.whole(8, 22), minutes: n * 3 });
    agenda.add({ at, run: () => filled(story) });
  }
  const listing = must(listings[1], 'a listing of 50 yuan');
  const own = { world, listing, buyerId: people.players.buyer };
  const ago = (span: Span, run: () => Promise<void>): void => agenda.add({ at: plus(end, span), run });
  ago({ days: -3, hours: -4 }, () => filled({ ...own, target: '17012340713' }));
  // Accepted and never heard of again: late by now, so that its buyer may choose.
  ago({ hours: -7, minutes: -20 }, () => filled({ ...own, target: '17088889006' }));
  ago({ hours: -1, minutes: -35 }, () =>
    filled({ ...own, buyerId: chanceOf(21_900).pick(people.crowd), target: '17055559007' }),
  );
}

type Story = {
  readonly world: World;
  readonly buyerId: string;
  readonly listing: LaidOut;
  readonly target: string;
};

/** Buys one top-up, which is sent at once and looked at again a minute later. */
async function filled({ world, buyerId, listing, target }: Story): Promise<void> {
  const { db, clock, agenda, end } = world;
  const variantId = must(listing.variantIds[0], 'a listing has a variant');
  await giveThePrice(db, { buyerId, variantId });
  const answers = { target: new Secret(target) };
  const { orderId } = await buy(db, { buyerId, variantId, quantity: 1, paidBy: 'wallet', answers });
  const key = { shopId: listing.shopId, id: orderId };
  await transaction(db, (tx) => beginTopups(tx, [key]));
  await work(db);
  await transaction(db, (tx) => followTopups(tx, [key]));
  const later = plus(clock.now(), { minutes: 1, seconds: 12 });
  if (later < plus(end, { minutes: -15 }))
    agenda.add({
      at: later,
      run: async () => {
        await work(db);
        await transaction(db, (tx) => followTopups(tx, [key]));
        const sure = plus(clock.now(), { hours: 5 });
        if (sure < plus(end, { minutes: -15 }))
          agenda.add({ at: sure, run: async () => void (await confirmOrder(db, { orderId, buyerId })) });
      },
    });
}

/** What the pump of a running program does in a second. */
async function work(db: Db): Promise<void> {
  for (let round = 0; round < 6; round++) {
    if (!(await workSupply(db))) return;
    await supplyIdle(db);
  }
}
