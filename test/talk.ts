import assert from 'node:assert/strict';
import { after } from 'node:test';
import { createApp, listen } from '../src/app/http.ts';
import { openLog } from '../src/app/log.ts';
import { pumpAll } from '../src/app/pump.ts';
import { openSweep } from '../src/app/sweep.ts';
import { viewerOfRequest } from '../src/app/viewer.ts';
import { workTables } from '../src/app/worker.ts';
import { purchaseLane } from '../src/checkout/lanes.actions.ts';
import { addMembers, addStaff, createUsers, openSessions } from '../src/identity/people.actions.ts';
import { deviceIdOf } from '../src/identity/rules.ts';
import { must } from '../src/kit/assert.ts';
import { newId } from '../src/kit/ids.ts';
import { fen } from '../src/kit/money.ts';
import { encodeId } from '../src/kit/public-id.ts';
import { sha256 } from '../src/kit/secret.ts';
import { transaction, type Db } from '../src/kit/tx.ts';
import { post } from '../src/ledger/actions.ts';
import { demoOpening } from '../src/ledger/rules.ts';
import { aShop, buyers, stock, wishFor, type Shelf } from './world.ts';

/** Somebody with a browser. */
export type Person = { readonly userId: string; readonly headers: Readonly<Record<string, string>> };
export type Answer = { status: number; code: string | undefined; body: Record<string, unknown> };

/** A shop with people who answer, an order of a buyer, one of a guest, the support, strangers: and HTTP between them. */
export async function talkWorld(db: Db) {
  const app = createApp({
    db,
    config: { publicOrigin: undefined, mode: 'demo', trustedProxies: '' },
    log: openLog('error', { write: (line) => void process.stderr.write(line) }),
    viewerOf: viewerOfRequest,
  });
  const server = await listen(app, { host: '127.0.0.1', port: 0 });
  after(server.stop);
  const shelf = await aShop(db, [{ title: '青禾办公套件授权码' }]);
  const variantId = must(shelf.listings[0], 'a listing').variantId;
  await stock(db, shelf, variantId, 100);
  const order = async (buyerId: string): Promise<string> => {
    const bought = await purchaseLane(db).submit(await wishFor(db, { buyerId, variantId }));
    assert.ok(bought.ok);
    return must(bought.value.orders[0], 'an order').orderId;
  };
  const people = await peopleOf(db, shelf, server.address);
  const { ask, watch } = over(server.address);
  return {
    address: server.address,
    shelf,
    variantId,
    people,
    order,
    orderId: await order(people.buyer.userId),
    guestOrderId: await order(people.guest.userId),
    ask,
    watch,
    /** Says something and insists that it was taken. */
    say: async (
      person: Person,
      orderId: string,
      body: Record<string, unknown>,
    ): Promise<Record<string, unknown>> => {
      const answer = await ask(person, 'POST', pathOf(orderId, 'messages'), body);
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      return answer.body;
    },
    pump: () => pumpAll(db, workTables.reactions, openLog('silent')),
    sweep: () => openSweep(db, workTables.deadlines, openLog('silent')).run(),
  };
}

async function peopleOf(db: Db, shelf: Shelf, origin: string) {
  const browser = async (userId: string, kind: 'account' | 'guest' = 'account'): Promise<Person> => {
    const device = sha256(userId).toString('base64url');
    const deviceId = must(deviceIdOf(device), 'a device');
    const [session] = await transaction(db, (tx) =>
      openSessions(tx, [{ userId, kind, deviceId, userAgent: 'test', ip: '127.0.0.1', known: true }]),
    );
    const cookie = `mengyue=${must(session, 'a session').token.reveal()}; mengyue-device=${device}`;
    return { userId, headers: { cookie, origin } };
  };
  const account = async (): Promise<string> => must((await buyers(db, 1, 10_000_000n))[0], 'a user');
  const member = async (role: 'orders' | 'goods'): Promise<Person> => {
    const userId = await account();
    await transaction(db, (tx) => addMembers(tx, [{ shopId: shelf.shopId, userId, role }]));
    return browser(userId);
  };
  const staff = async (role: 'support' | 'review'): Promise<Person> => {
    const userId = await account();
    await transaction(db, (tx) => addStaff(tx, [{ userId, role }]));
    return browser(userId);
  };
  const rival = await aShop(db, [{}]);
  return {
    buyer: await browser(await account()),
    guest: await browser(await aGuest(db), 'guest'),
    owner: await browser(shelf.ownerId),
    clerk: await member('orders'),
    goods: await member('goods'),
    support: await staff('support'),
    reviewer: await staff('review'),
    stranger: await browser(await account()),
    second: await browser(await account()),
    rival: await browser(rival.ownerId),
  };
}

/** A guest with money to spend. */
const aGuest = (db: Db): Promise<string> =>
  transaction(db, async (tx) => {
    const [id = ''] = await createUsers(tx, [{ kind: 'guest', contact: 'guest@example.com' }]);
    await post(tx, [
      { key: newId(tx.wall), transfers: [demoOpening({ userId: id, amount: fen(100_000n) })] },
    ]);
    return id;
  });

export const pathOf = (orderId: string, rest: string): string =>
  `/orders/${encodeId('order', orderId)}/${rest}`;

let keys = 0;

function over(address: string) {
  const ask = async (
    person: Person | null,
    method: string,
    path: string,
    body?: unknown,
    key = `key-${(keys += 1)}`,
  ): Promise<Answer> => {
    const response = await fetch(`${address}/api/v1${path}`, {
      method,
      headers: { ...person?.headers, 'content-type': 'application/json', 'idempotency-key': key },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const json = (await response.json()) as Record<string, unknown>;
    return { status: response.status, code: json['code'] as string | undefined, body: json };
  };
  return {
    ask,
    watch: (person: Person, path: string, last?: string) => watchEvents(address, person, path, last),
  };
}

export type Seen = {
  id: string | undefined;
  data: { messages: { seq: number; text: string }[]; state: Record<string, unknown> };
};

/** A stream of events as a browser reads it: `next` waits for one event, at most five seconds. */
async function watchEvents(address: string, person: Person, path: string, last?: string) {
  const stop = new AbortController();
  const response = await fetch(`${address}/api/v1${path}`, {
    headers: {
      ...person.headers,
      accept: 'text/event-stream',
      ...(last === undefined ? {} : { 'last-event-id': last }),
    },
    signal: stop.signal,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let held = '';
  const next = async (): Promise<Seen | undefined> => {
    const late = setTimeout(() => stop.abort(new Error('no event came')), 5000);
    try {
      for (;;) {
        const end = held.indexOf('\n\n');
        if (end >= 0) {
          const lines = held.slice(0, end).split('\n');
          held = held.slice(end + 2);
          const of = (name: string) =>
            lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
          const data = of('data');
          if (data !== undefined) return { id: of('id'), data: JSON.parse(data) as Seen['data'] };
          continue;
        }
        const piece = await reader?.read();
        if (!piece || piece.done) return undefined;
        held += piece.value;
      }
    } finally {
      clearTimeout(late);
    }
  };
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    headers: response.headers,
    next,
    stop: () => stop.abort(),
  };
}
