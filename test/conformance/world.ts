import { after } from 'node:test';
import { createApp, listen } from '../../src/app/http.ts';
import { openLog } from '../../src/app/log.ts';
import { pumpAll } from '../../src/app/pump.ts';
import { viewerOfRequest } from '../../src/app/viewer.ts';
import { workTables } from '../../src/app/worker.ts';
import { speak } from '../../src/aftersales/talk/actions.ts';
import { createListings } from '../../src/catalog/actions.ts';
import { applyPayments } from '../../src/checkout/jobs.ts';
import { purchaseLane } from '../../src/checkout/lanes.actions.ts';
import { activate } from '../../src/delivery/licence/seat.actions.ts';
import { licenceOfKey } from '../../src/delivery/licence/validation.actions.ts';
import { sequenceAll } from '../../src/evidence/sequencer.jobs.ts';
import { installLogKey } from '../../src/evidence/verification.actions.ts';
import { createUsers } from '../../src/identity/people.actions.ts';
import { importKeys } from '../../src/inventory/import.actions.ts';
import { must } from '../../src/kit/assert.ts';
import { fen } from '../../src/kit/money.ts';
import { encodeId } from '../../src/kit/public-id.ts';
import { transaction, type Db } from '../../src/kit/tx.ts';
import type { ShopRole, StaffRole } from '../../src/kit/viewer.ts';
import { attach } from '../../src/messaging/attachment.actions.ts';
import { installPayments } from '../../src/payments/channels.actions.ts';
import { receive } from '../../src/payments/notice.actions.ts';
import { paymentNumber } from '../../src/payments/rules.ts';
import { createRequests } from '../../src/supply/actions.ts';
import { addSandboxSupplier } from '../../src/supply/suppliers.actions.ts';
import { testLog } from '../log.ts';
import { quietChannel } from '../channel.ts';
import { testDatabase, type TestDatabase } from '../database.ts';
import { testFiles } from '../files.ts';
import { aLicenceListing, buyLicences } from '../licences.ts';
import { aListing, clubListing } from '../listings.ts';
import { aShop, buyers, stock, wishFor, type Shelf } from '../world.ts';
import { claimed, grouped, juror, outsideOf, recorded, watched } from './aftersales.ts';
import { peopleOf, type Person } from './people.ts';

export type { Person };

/** What a buyer did in a shop: one order from the wallet, one paid at the channel, and a trade that nobody knows. */
async function bought(db: Db, buyerId: string, variantId: string) {
  const buy = async (paidBy: 'wallet' | 'channel') => {
    const wish = await wishFor(db, { buyerId, variantId, paidBy });
    const answer = await purchaseLane(db).submit(wish);
    if (!answer.ok) throw new Error(answer.refusal);
    return { key: wish.key, ...answer.value };
  };
  const own = await buy('wallet');
  const paymentId = must((await buy('channel')).paymentId, 'a payment');
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
          channelAt: db.wall.now(),
          source: 'notice',
          proof: Buffer.alloc(32),
        },
      },
    ]);
  await trade(paymentNumber(paymentId), 'TRADE-REAL', paymentId);
  await trade('nobody-knows', 'TRADE-ORPHAN', null);
  await pumpAll(db, workTables.reactions, openLog('silent'));
  const log = testLog(db);
  installLogKey(db, log.signer);
  await sequenceAll(log);
  return { orderId: must(own.orders[0], 'an order').orderId, checkoutKey: own.key, paymentId };
}

/** The buyer is a member of a third shop. */
async function joined(db: Db, buyerId: string): Promise<void> {
  const club = await aShop(db, [clubListing()]);
  const { variantId } = must(club.listings[0], 'a listing');
  const answer = await purchaseLane(db).submit(await wishFor(db, { buyerId, variantId }));
  if (!answer.ok) throw new Error(answer.refusal);
  await pumpAll(db, workTables.reactions, openLog('silent'));
}

/** The buyer has asked something about an order, with a file. */
async function talked(db: Db, p: { shopId: string; orderId: string; buyerId: string }): Promise<string> {
  const seat = { ...p, side: 'buyer' as const };
  const file = await attach(db, { ...seat, userId: p.buyerId }, new File(['log'], 'log.txt'));
  if (!file.ok) throw new Error(file.refusal);
  const said = await transaction(db, (tx) =>
    speak(tx, {
      seat,
      userId: p.buyerId,
      text: '这张卡密用不了',
      as: 'text',
      hours: undefined,
      until: undefined,
      cite: [],
      files: [file.value],
    }),
  );
  if (!said.ok) throw new Error(said.refusal);
  return file.value.id;
}

/** What a shop has that nobody else may see: a draft of an import and a listing that is not on sale. */
async function drafts(db: Db, shop: Shelf, variantId: string) {
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
  const [hidden] = await transaction(db, (tx) =>
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
  if (!hidden?.ok) throw new Error('a draft of a listing');
  return { importId: draft.value.importId, listingId: hidden.value.listingId };
}

/** A supplier of the shop, and an account that it is to fill. */
async function supplied(
  { db, asOwner }: TestDatabase,
  at: { shopId: string; variantId: string; orderId: string },
) {
  const supplierId = await transaction(db, (tx) =>
    addSandboxSupplier(tx, { shopId: at.shopId, name: 'supplier' }),
  );
  await asOwner(`insert into supply.routes values ($1, $2, 1, $3, 'H50', 5000)`, [
    at.shopId,
    at.variantId,
    supplierId,
  ]);
  await transaction(db, (tx) =>
    createRequests(tx, [{ ...at, line: 1, face: fen(5000n), target: '17000000000' }]),
  );
  const [attempt] = await asOwner('select id from supply.attempts');
  return { supplierId, attemptId: String(attempt?.['id']) };
}

/** A licence of the buyer in the shop, with a device bound to it. */
async function licensed(db: Db, shop: Shelf, buyerId: string) {
  const [listing] = await transaction(db, (tx) =>
    createListings(tx, [
      {
        shopId: shop.shopId,
        categoryId: '01900000-0000-7000-8000-00000000c001',
        content: aLicenceListing(),
        live: true,
        byId: shop.ownerId,
      },
    ]),
  );
  if (!listing?.ok) throw new Error('a listing of licences');
  const variantId = must(listing.value.variantIds[0], 'a variant');
  const { licences } = await buyLicences(db, { variantId, shopId: shop.shopId, buyerId });
  const { id: licenceId, key } = must(licences[0], 'a licence');
  const row = must(await licenceOfKey(db, key, {}), 'the licence of a key');
  const device = { fingerprint: 'SECRET-FINGERPRINT', name: '', platform: '', hostname: '' };
  const seated = await transaction(db, (tx) =>
    activate(
      tx,
      row,
      { ...device, components: [], metadata: {} },
      { by: 'device', byId: null, addressHash: Buffer.alloc(16) },
    ),
  );
  if (!seated.ok) throw new Error(seated.refusal);
  return { licenceId, machineId: seated.value.machine.id, licenceKey: key };
}

type Things = Awaited<ReturnType<typeof bought>> &
  Awaited<ReturnType<typeof drafts>> &
  Awaited<ReturnType<typeof supplied>> & { shopId: string; variantId: string; buyerId: string };

/** The ids of real things as the API names them. */
async function idsOf({ asOwner }: TestDatabase, things: Things): Promise<Record<string, string>> {
  const one = async (text: string, values: unknown[] = []): Promise<string> =>
    String((await asOwner(text, values))[0]?.['id']);
  const { shopId, buyerId } = things;
  return {
    shopId: encodeId('shop', shopId),
    listingId: encodeId('listing', things.listingId),
    variantId: encodeId('variant', things.variantId),
    orderId: encodeId('order', things.orderId),
    paymentId: encodeId('payment', things.paymentId),
    importId: encodeId('import', things.importId),
    batchId: encodeId('batch', await one('select id from inventory.batches where shop_id = $1', [shopId])),
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
    membershipId: encodeId(
      'membership',
      await one('select id from delivery.memberships where buyer_id = $1', [buyerId]),
    ),
    supplierId: encodeId('supplier', things.supplierId),
    attemptId: encodeId('attempt', things.attemptId),
    checkoutKey: things.checkoutKey,
    tradeNo: 'TRADE-REAL',
  };
}

// What stands in `real` and tells a stranger something about somebody.
const secretIds = [
  'caseId',
  'orderId',
  'paymentId',
  'importId',
  'batchId',
  'sessionId',
  'keyId',
  'messageIds',
  'attachmentId',
  'membershipId',
  'licenceId',
  'machineId',
  'measureId',
  'ticketId',
  'groupId',
  'recordingId',
  'checkoutKey',
  'tradeNo',
  'exceptionId',
  'supplierId',
  'attemptId',
];

/** The program over HTTP, with a channel that says nothing by itself. */
async function served(db: Db) {
  installPayments(db, { channels: [quietChannel()], applyCheckouts: (ids) => applyPayments(db, ids) });
  const app = createApp({
    db,
    config: { publicOrigin: undefined, mode: 'demo', trustedProxies: '' },
    log: openLog('error', { write: (line) => void process.stderr.write(line) }),
    viewerOf: viewerOfRequest,
  });
  const server = await listen(app, { host: '127.0.0.1', port: 0 });
  after(server.stop);
  return server;
}

/** Somebody of each role, in the shop and of the platform's staff. */
async function officesOf(
  shopId: string,
  member: (shopId: string, role: ShopRole) => Promise<Person>,
  staff: (role: StaffRole) => Promise<Person>,
) {
  return {
    members: {
      goods: await member(shopId, 'goods'),
      orders: await member(shopId, 'orders'),
      money: await member(shopId, 'money'),
    },
    staff: {
      finance: await staff('finance'),
      support: await staff('support'),
      review: await staff('review'),
      admin: await staff('admin'),
    },
  };
}

/**
 * Two shops with staff of every role, a buyer with an order, a payment, a draft of an import and all else that has an id; and strangers.
 * `real` holds the ids of things that are there, `secrets` the texts that no stranger may ever read.
 */
export async function conformanceWorld() {
  const database = await testDatabase();
  const { db } = database;
  testFiles(db);
  const server = await served(db);
  const { browserOf, member, staff, keyWithout } = peopleOf(db, server.address);
  const [shop, otherShop] = [await aShop(db, [{}]), await aShop(db, [{}])];
  const { shopId } = shop;
  const variantId = must(shop.listings[0], 'a listing').variantId;
  const keys = await stock(db, shop, variantId, 20);
  const [buyerId = '', otherId = ''] = await buyers(db, 2);
  await joined(db, buyerId);
  const did = await bought(db, buyerId, variantId);
  const attachmentId = await talked(db, { shopId, orderId: did.orderId, buyerId });
  const has = {
    ...(await drafts(db, shop, variantId)),
    ...(await supplied(database, { shopId, variantId, orderId: did.orderId })),
  };
  const caseId = await claimed(db, { orderId: did.orderId, buyerId, shelf: shop });
  const licence = await licensed(db, shop, buyerId);
  const [buyer, other] = [await browserOf(buyerId), await browserOf(otherId)];
  const [guestId = ''] = await transaction(db, (tx) =>
    createUsers(tx, [{ kind: 'guest', contact: 'guest@example.com' }]),
  );
  const keyless = { buyer: await keyWithout(buyerId), owner: await keyWithout(shop.ownerId) };
  const real: Record<string, string> = {
    ...(await idsOf(database, { ...did, ...has, shopId, variantId, buyerId })),
    attachmentId: encodeId('attachment', attachmentId),
    caseId: encodeId('case', caseId),
    groupId: await grouped(database, { shopId, caseId, buyerId }),
    ...(await watched(database, { buyerId, shopId })),
    ...(await outsideOf(db, { buyerId, orderId: did.orderId })),
    recordingId: await recorded(db, { buyerId, orderId: did.orderId }),
    licenceId: encodeId('licence', licence.licenceId),
    machineId: encodeId('machine', licence.machineId),
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
    juror: await browserOf(await juror(database, { shopId, caseId })),
    ...(await officesOf(shopId, member, staff)),
    anonymous: { userId: null, headers: { origin: server.address } } satisfies Person,
    strangers: {
      'another buyer': other,
      'a guest': await browserOf(guestId, 'guest'),
      'another merchant': await browserOf(otherShop.ownerId),
      "another shop's staff": await member(otherShop.shopId, 'goods'),
    } as Readonly<Record<string, Person>>,
    secrets: [
      ...keys,
      licence.licenceKey,
      'SECRET-FINGERPRINT',
      'DRAFT-KEY',
      ...secretIds.map((name) => must(real[name], name)),
      '还没上架的点卡',
    ],
  };
}
export type ConformanceWorld = Awaited<ReturnType<typeof conformanceWorld>>;
