import { deepEqual, equal } from 'node:assert/strict';
import { after } from 'node:test';
import { prove } from '../../bin/prove.ts';
import { createApp, listen } from '../../src/app/http.ts';
import { openLog } from '../../src/app/log.ts';
import { pumpAll } from '../../src/app/pump.ts';
import { openSweep } from '../../src/app/sweep.ts';
import { viewerOfRequest } from '../../src/app/viewer.ts';
import { workTables } from '../../src/app/worker.ts';
import { askIssuers } from '../../src/delivery/issuer/actions.ts';
import { sequenceAll } from '../../src/evidence/sequencer.jobs.ts';
import { installLogKey } from '../../src/evidence/verification.actions.ts';
import { addStaff, openSessions } from '../../src/identity/people.actions.ts';
import { deviceIdOf } from '../../src/identity/rules.ts';
import { must } from '../../src/kit/assert.ts';
import { decodeId, encodeId } from '../../src/kit/public-id.ts';
import { sha256 } from '../../src/kit/secret.ts';
import { transaction, type Db } from '../../src/kit/tx.ts';
import type { StaffRole } from '../../src/kit/viewer.ts';
import { sendRefunds } from '../../src/payments/refund.actions.ts';
import { caseShop } from '../cases.ts';
import type { TestDatabase } from '../database.ts';
import { testLog } from '../log.ts';
import { buyers, stock } from '../world.ts';

// Acceptance stories are played by people with browsers over HTTP; what happens in between is the program's own background work.

/** What the API answered; tests know the shape of what they ask for. */
// oxlint-disable-next-line no-explicit-any -- the body of each route is its own
export type Answer = { readonly status: number; readonly body: any };
export type Ask = (
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: object,
  key?: string,
) => Promise<Answer>;
export type Person = {
  readonly userId: string;
  readonly ask: Ask;
  /** The same, and it must succeed. */
  // oxlint-disable-next-line no-explicit-any -- the body of each route is its own
  readonly does: (...asked: Parameters<Ask>) => Promise<any>;
  /** The same, and it must be refused by this code. */
  readonly cannot: (code: string, ...asked: Parameters<Ask>) => Promise<void>;
};

let keys = 0;

/** People with browsers on `origin`. */
function peopleOn(db: Db, origin: string) {
  const person = async (userId: string): Promise<Person> => {
    const device = sha256(userId).toString('base64url');
    const deviceId = must(deviceIdOf(device), 'a device');
    const enter = async (): Promise<string> => {
      const [session] = await transaction(db, (tx) =>
        openSessions(tx, [
          { userId, kind: 'account', deviceId, userAgent: 'test', ip: '127.0.0.1', known: true },
        ]),
      );
      return `mengyue=${must(session, 'a session').token.reveal()}; mengyue-device=${device}`;
    };
    let cookie = await enter();
    const send = async (...[method, path, body, key]: Parameters<Ask>): Promise<Answer> => {
      const answer = await fetch(`${origin}/api/v1${path}`, {
        method,
        headers: {
          cookie,
          origin,
          ...(body ? { 'content-type': 'application/json' } : {}),
          ...(method === 'GET' ? {} : { 'idempotency-key': key ?? `journey-${(keys += 1)}` }),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const text = await answer.text();
      return { status: answer.status, body: text === '' ? null : JSON.parse(text) };
    };
    const ask: Ask = async (...asked) => {
      const answer = await send(...asked);
      // Weeks pass in a story: whoever was logged in logs in again.
      if (answer.status !== 401) return answer;
      cookie = await enter();
      return send(...asked);
    };
    return {
      userId,
      ask,
      does: async (...asked) => {
        const { status, body } = await ask(...asked);
        equal(status, 200, `${asked[0]} ${asked[1]}: ${JSON.stringify(body)}`);
        return body;
      },
      cannot: async (code, ...asked) => {
        const { body } = await ask(...asked);
        equal(body?.code, code, `${asked[0]} ${asked[1]}: ${JSON.stringify(body)}`);
      },
    };
  };
  const buyer = async (money = 1_000_000n): Promise<Person> =>
    person(must((await buyers(db, 1, money))[0], 'a buyer'));
  const staff = async (...roles: StaffRole[]): Promise<Person> => {
    const one = await buyer(0n);
    await transaction(db, (tx) =>
      addStaff(
        tx,
        roles.map((role) => ({ userId: one.userId, role })),
      ),
    );
    return one;
  };
  return { person, buyer, staff };
}

/** The program over HTTP on a test database, people, and its background work on demand. */
export async function journey(database: TestDatabase) {
  const { db, asOwner, ownerUrl, clock } = database;
  const log = testLog(db);
  installLogKey(db, log.signer);
  const quiet = openLog('silent');
  const app = createApp({
    db,
    config: { publicOrigin: undefined, mode: 'demo', trustedProxies: '' },
    log: quiet,
    viewerOf: viewerOfRequest,
  });
  const server = await listen(app, { host: '127.0.0.1', port: 0 });
  after(server.stop);
  const sweep = openSweep(db, workTables.deadlines, quiet);

  let sequenced: Promise<unknown> = Promise.resolve();

  /** What is due happens, the news of it goes round, issuers are asked, refunds are sent, until nothing is left to do. */
  async function settle(): Promise<void> {
    for (let round = 0; round < 6; round += 1) {
      const { failed } = await sweep.run();
      deepEqual(failed, []);
      const told = await pumpAll(db, workTables.reactions, quiet);
      const asked = await askIssuers(db, 50);
      const sent = await sendRefunds(db, 50);
      if (told + asked + sent === 0) break;
    }
    // One process at a time sequences: in the program an advisory lock says which.
    await (sequenced = sequenced.then(() => sequenceAll(log)));
  }
  /** Time passes, and what falls due within it happens. */
  async function pass(span: Parameters<typeof clock.forward>[0]): Promise<void> {
    clock.forward(span);
    await settle();
  }
  const proves = async (): Promise<void> => {
    await settle();
    deepEqual((await prove({ url: ownerUrl, keys: db.keys })).offences, []);
  };
  const row = async (text: string, ...values: unknown[]): Promise<Record<string, unknown>> =>
    must((await asOwner(text, values))[0], text);
  const wallet = async ({ userId }: Person): Promise<bigint> =>
    BigInt(
      String(
        (await row(`select balance_fen from ledger.accounts where kind = 'wallet' and id = $1`, userId))[
          'balance_fen'
        ],
      ),
    );
  const people = peopleOn(db, server.address);
  return { ...database, ...people, origin: server.address, log, settle, pass, proves, row, wallet };
}
export type Journey = Awaited<ReturnType<typeof journey>>;

/** A shop of its own for a story, with keys and its owner: what one story does to a shop is no business of the next. */
export async function aStore(world: Journey, parts: Parameters<typeof caseShop>[1] = {}) {
  const shelf = await caseShop(world.db, parts);
  const { listingId, variantId } = must(shelf.listings[0], 'a listing');
  await stock(world.db, shelf, variantId, 60);
  const shop = await world.person(shelf.ownerId);
  /** Somebody who bought a key of this shop, looked at it, and files. */
  async function claimed(parts: object = {}) {
    const who = await world.buyer();
    const order = await buys(who, variantId);
    await reveals(who, order);
    return { who, order, ...(await files(who, order, parts)), had: await world.wallet(who) };
  }
  return { shelf, shop, listingId, variantId, claimed };
}

export type Order = { readonly orderId: string; readonly id: string };
export const ids = (kind: 'order' | 'case', publicId: string): string =>
  must(decodeId(kind, publicId), publicId);

/** Buys as the checkout page does: a quote, every text ticked, and the total that was seen. */
export async function buys(
  buyer: Person,
  variantId: string,
  p: {
    quantity?: number;
    paidBy?: 'wallet' | 'channel';
    key?: string;
    answers?: Record<string, string>;
  } = {},
): Promise<Order & { checkout: { state: string; paymentId: string | null; total: string } }> {
  const { quantity = 1, paidBy = 'wallet', answers } = p;
  const asked = answers ? { answers, again: answers } : {};
  const items = [{ variantId: encodeId('variant', variantId), quantity, ...asked }];
  const quote = await buyer.does('POST', '/quotes', { items });
  const checkout = await buyer.does(
    'POST',
    '/checkouts',
    {
      items,
      total: quote.total,
      paidBy,
      ...(paidBy === 'channel' ? { channel: 'sandbox' } : {}),
      acknowledgements: quote.acknowledgements.map((one: { name: string; hash: { zh: string } }) => ({
        name: one.name,
        hash: one.hash.zh,
      })),
    },
    p.key,
  );
  const orderId = String(checkout.orders[0]?.orderId ?? '');
  return { orderId, id: orderId === '' ? '' : ids('order', orderId), checkout };
}

export const reveals = (buyer: Person, { orderId }: Order, unit = '1-1') =>
  buyer.does('POST', `/orders/${orderId}/units/${unit}/reveal`, {});

/** The words of a claim; parts may be others. */
export const claim = (parts: object = {}) => ({
  line: 1,
  places: [1],
  reason: 'CARD_INVALID',
  occurredAt: '2026-01-01T00:00:00.000Z',
  symptom: '激活提示授权码不存在',
  triedSteps: '重试三次，换过网络',
  remedy: 'refund',
  errorCode: 'E404',
  exhibits: [{ kind: 'fail_screen', text: 'E404：授权码不存在' }],
  ...parts,
});
/** Files a case and answers its public id and its state. */
export const files = (
  buyer: Person,
  { orderId }: Order,
  parts: object = {},
): Promise<{ caseId: string; state: string }> => buyer.does('POST', `/orders/${orderId}/cases`, claim(parts));

export const shows = (text: string, kind = 'issuer_log') => ({ kind, text });
export const judgment = (parts: object = {}) => ({
  facts: '发码方记录和查看记录都在案，时间清楚',
  weighing: '平台固定的记录优先',
  reasons: '商家未能证明交付时有效，由商家承担',
  articles: ['5', '22'],
  remedy: 'refund',
  liability: { merchant: 100, buyer: 0, platform: 0 },
  ...parts,
});
