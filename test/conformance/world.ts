import { after } from 'node:test';
import { createApp, listen } from '../../src/app/http.ts';
import { openLog } from '../../src/app/log.ts';
import { pumpAll } from '../../src/app/pump.ts';
import { viewerOfRequest } from '../../src/app/viewer.ts';
import { workTables } from '../../src/app/worker.ts';
import { createListings } from '../../src/catalog/actions.ts';
import { applyPayments } from '../../src/checkout/jobs.ts';
import { purchaseLane } from '../../src/checkout/lanes.actions.ts';
import { sequenceAll } from '../../src/evidence/sequencer.jobs.ts';
import { insertKey } from '../../src/identity/key.store.ts';
import { addMembers, addStaff, createUsers, openSessions } from '../../src/identity/people.actions.ts';
import { deviceIdOf } from '../../src/identity/rules.ts';
import { importKeys } from '../../src/inventory/import.actions.ts';
import { must } from '../../src/kit/assert.ts';
import { newId } from '../../src/kit/ids.ts';
import { fen } from '../../src/kit/money.ts';
import { encodeId } from '../../src/kit/public-id.ts';
import { sha256 } from '../../src/kit/secret.ts';
import { transaction } from '../../src/kit/tx.ts';
import type { ShopRole, StaffRole } from '../../src/kit/viewer.ts';
import { installPayments } from '../../src/payments/channels.actions.ts';
import { receive } from '../../src/payments/notice.actions.ts';
import { paymentNumber } from '../../src/payments/rules.ts';
import { testLog } from '../log.ts';
import { quietChannel } from '../channel.ts';
import { testDatabase } from '../database.ts';
import { aListing } from '../listings.ts';
import { aShop, buyers, stock, wishFor } from '../world.ts';

/** Somebody with a browser: the headers that make a request theirs. */
export type Person = { readonly userId: string | null; readonly headers: Readonly<Record<string, string>> };

/**
 * Two shops with staff of every role, a buyer with an order, a payment, a draft of an import and all else that has an id; and strangers.
 * `real` holds the ids of things that are there, `secrets` the texts that no stranger may ever read.
 */
export async function conformanceWorld() {
  const database = await testDatabase();
  const { db, asOwner, clock } = database;
  installPayments(db, { channels: [quietChannel()], applyCheckouts: (ids) => applyPayments(db, ids) });
  const app = createApp({
    db,
    config: { publicOrigin: undefined, mode: 'demo', trustedProxies: '' },
    log: openLog('error', { write: (line) => void process.stderr.write(line) }),
    viewerOf: viewerOfRequest,
  });
  const server = await listen(app, { host: '127.0.0.1', port: 0 });
  after(server.stop);

  const browserOf = async (userId: string, kind: 'account' | 'guest' = 'account'): Promise<Person> => {
    const device = sha256(userId).toString('base64url');
    const deviceId = must(deviceIdOf(device), 'a device');
    const [session] = await transaction(db, (tx) =>
      openSessions(tx, [{ userId, kind, deviceId, userAgent: 'test', ip: '127.0.0.1', known: true }]),
    );
    const cookie = `mengyue=${must(session, 'a session').token.reveal()}; mengyue-device=${device}`;
    return { userId, headers: { cookie, origin: server.address } };
  };
  const newPeople = (count: number) => buyers(db, count);
  const member = async (shopId: string, role: ShopRole): Promise<Person> => {
    const [userId = ''] = await newPeople(1);
    await transaction(db, (tx) => addMembers(tx, [{ shopId, userId, role }]));
    return browserOf(userId);
  };
  const staff = async (role: StaffRole): Promise<Person> => {
    const [userId = ''] = await newPeople(1);
    await transaction(db, (tx) => addStaff(tx, [{ userId, role }]));
    return browserOf(userId);
  };

  const shop = await aShop(db, [{}]);
  const otherShop = await aShop(db, [{}]);
  const variantId = must(shop.listings[0], 'a listing').variantId;
  const keys = await stock(db, shop, variantId, 20);
  const [buyerId = '', otherId = ''] = await newPeople(2);
  const buy = async (paidBy: 'wallet' | 'channel') => {
    const wish = await wishFor(db, { buyerId, variantId, paidBy });
    const answer = await purchaseLane(db).submit(wish);
    if (!answer.ok) throw new Error(answer.refusal);
    return { key: wish.key, ...answer.value };
  };
  const bought = await buy('wallet');
  const open = await buy('channel');
  const paymentId = must(open.paymentId, 'a payment');
  const trade = (number: string, tradeNo: string, payment: string | null) =>
    receive(db, [
      {
        kind: 'trade',
        headers: {},
        news: {
          channel: 'sandbox',
          tradeNo,
          number,
          paymentId: payment,
          amount: fen(9750n),
          channelAt: clock.now(),
          source: 'notice',
          proof: Buffer.alloc(32),
        },
      },
    ]);
  await trade(paymentNumber(paymentId), 'TRADE-REAL', paymentId);
  await trade('nobody-knows', 'TRADE-ORPHAN', null);
  await pumpAll(db, workTables.reactions, openLog('silent'));

  await sequenceAll(testLog(db));

  const draft = await importKeys(db, {
    shopId: shop.shopId,
    variantId,
    by: shop.ownerId,
    key: 'draft',
    run: 'check',
    bytes: Buffer.from('DRAFT-KEY-1\nDRAFT-KEY-1\nDRAFT-KEY-2'),
    fileName: 'draft.txt',
    source: '',
    settings: { delimiter: 'auto', header: 'no', columns: [] },
  });
  if (!draft.ok) throw new Error(draft.refusal);
  const hidden = await transaction(db, (tx) =>
    createListings(tx, [
      {
        shopId: shop.shopId,
        categoryId: '01900000-0000-7000-8000-00000000c001',
        content: aListing({ title: '还没上架的点卡' }),
        live: false,
        byId: shop.ownerId,
      },
    ]),
  );
  if (!hidden[0]?.ok) throw new Error('a draft of a listing');
  const one = async (text: string, values: unknown[] = []): Promise<string> =>
    String((await asOwner(text, values))[0]?.['id']);
  const keyWithout = async (userId: string): Promise<Person> => {
    const token = `mgy_${newId(clock.now()).replaceAll('-', '')}`;
    await transaction(db, (tx) =>
      insertKey(tx, {
        tokenHash: sha256(token),
        id: newId(tx.wall),
        userId,
        name: 'no scope',
        scopes: ['home:read'],
        at: tx.wall,
      }),
    );
    return { userId, headers: { authorization: `Bearer ${token}` } };
  };
  const [buyer, other] = [await browserOf(buyerId), await browserOf(otherId)];
  const [guestId = ''] = await transaction(db, (tx) =>
    createUsers(tx, [{ kind: 'guest', contact: 'guest@example.com' }]),
  );
  const keyless = { buyer: await keyWithout(buyerId), owner: await keyWithout(shop.ownerId) };

  const real: Record<string, string> = {
    shopId: encodeId('shop', shop.shopId),
    listingId: encodeId('listing', hidden[0].value.listingId),
    variantId: encodeId('variant', variantId),
    orderId: encodeId('order', must(bought.orders[0], 'an order').orderId),
    paymentId: encodeId('payment', paymentId),
    importId: encodeId('import', draft.value.importId),
    batchId: encodeId(
      'batch',
      await one('select id from inventory.batches where shop_id = $1', [shop.shopId]),
    ),
    sessionId: encodeId(
      'session',
      await one('select id from identity.sessions where user_id = $1', [buyerId]),
    ),
    keyId: encodeId('key', await one('select id from identity.api_keys where user_id = $1', [buyerId])),
    exceptionId: encodeId('exception', await one(`select id from payments.exceptions where kind = 'orphan'`)),
    messageIds: encodeId(
      'message',
      await one('select id from notifications.messages where user_id = $1', [buyerId]),
    ),
    checkoutKey: bought.key,
    tradeNo: 'TRADE-REAL',
  };
  return {
    ...database,
    address: server.address,
    browserOf,
    real,
    shop,
    otherShopId: encodeId('shop', otherShop.shopId),
    buyer,
    keyless,
    owner: await browserOf(shop.ownerId),
    members: {
      goods: await member(shop.shopId, 'goods'),
      orders: await member(shop.shopId, 'orders'),
      money: await member(shop.shopId, 'money'),
    },
    staff: {
      finance: await staff('finance'),
      support: await staff('support'),
      review: await staff('review'),
      admin: await staff('admin'),
    },
    anonymous: { userId: null, headers: { origin: server.address } } satisfies Person,
    strangers: {
      'another buyer': other,
      'a guest': await browserOf(guestId, 'guest'),
      'another merchant': await browserOf(otherShop.ownerId),
      "another shop's staff": await member(otherShop.shopId, 'goods'),
    } as Readonly<Record<string, Person>>,
    secrets: [
      ...keys,
      'DRAFT-KEY',
      ...[
        'orderId',
        'paymentId',
        'importId',
        'batchId',
        'sessionId',
        'keyId',
        'messageIds',
        'checkoutKey',
        'tradeNo',
        'exceptionId',
      ].map((name) => must(real[name], name)),
      '还没上架的点卡',
    ],
  };
}
export type ConformanceWorld = Awaited<ReturnType<typeof conformanceWorld>>;
