import { setTimeout as sleep } from 'node:timers/promises';
import { must } from '../../src/kit/assert.ts';
import { newId } from '../../src/kit/ids.ts';
import { decodeId, encodeId } from '../../src/kit/public-id.ts';
import { systemClock } from '../../src/kit/time.ts';
import { signedHeaders } from '../../src/payments/sandbox-channel.rules.ts';
import { noticeKey } from '../channel.ts';
import { wishFor } from '../world.ts';
import type { Person, World } from './shop.ts';

/** What the program has answered, and must therefore never lose or do twice. */
export type Acknowledged = {
  purchases: { buyerId: string; key: string; orderIds: string[] }[];
  reveals: { orderId: string; secret: string }[];
  trades: { tradeNo: string; paymentId: string }[];
  imports: { keys: string[] }[];
  messages: { orderId: string; messageId: string }[];
};
export type Move = 'wallet' | 'reveal' | 'channel' | 'unpaid' | 'import' | 'talk';
export type Clients = {
  readonly said: Acknowledged;
  /** What no client may ever see: an answer of 5xx that is not 503, or a second answer that contradicts the first. */
  readonly wrong: string[];
  /** Each request that is under way is brought to its answer. */
  readonly finish: () => Promise<void>;
  /** The clients go away without their answers: the program is not coming back. */
  readonly abandon: () => void;
};

type Answer = { status: number; text: string; body: Record<string, unknown> };
type Ask = {
  path: string;
  person?: Person;
  key?: string;
  body?: unknown;
  headers?: Record<string, string>;
  raw?: string;
};

/** 32 clients that go through their moves again and again, each request with the same idempotency key until it is answered. */
export function startClients(
  world: World,
  address: () => string | undefined,
  moves: readonly Move[],
  pause_ms = 60,
): Clients {
  const said: Acknowledged = { purchases: [], reveals: [], trades: [], imports: [], messages: [] };
  const wrong: string[] = [];
  let stopping = false;
  let abandoned = false;
  const answered = async (asked: Ask): Promise<Answer> => {
    for (;;) {
      if (abandoned) throw new Abandoned();
      const answer = await once(address(), asked);
      if (answer && answer.status < 500) return answer;
      if (answer && answer.status !== 503)
        wrong.push(`${asked.path} answered ${answer.status}: ${answer.text.slice(0, 300)}`);
      await sleep(40);
    }
  };
  const one = async (index: number): Promise<void> => {
    const person = must(world.people[index % world.people.length], 'a client is a person');
    for (let turn = index; !stopping; turn++) {
      await moveOf[must(moves[turn % moves.length], 'a move')]({
        world,
        person,
        answered,
        said,
        wrong,
        turn,
      });
      await sleep(pause_ms);
    }
  };
  const all = Array.from({ length: 32 }, (_, index) =>
    one(index).catch((error: unknown) => void (error instanceof Abandoned || wrong.push(String(error)))),
  );
  const finish = async () => {
    stopping = true;
    await Promise.all(all);
  };
  const abandon = () => void (stopping = abandoned = true);
  return { said, wrong, finish, abandon };
}

class Abandoned extends Error {}

async function once(
  address: string | undefined,
  { path, person, key, body, headers, raw }: Ask,
): Promise<Answer | undefined> {
  if (address === undefined) return undefined;
  try {
    const response = await fetch(address + path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(person ? { authorization: `Bearer ${person.token}` } : {}),
        ...(key ? { 'idempotency-key': key } : {}),
        ...headers,
      },
      body: raw ?? JSON.stringify(body ?? {}),
      signal: AbortSignal.timeout(15_000),
    });
    const text = await response.text();
    return {
      status: response.status,
      text,
      body: /json/.test(response.headers.get('content-type') ?? '')
        ? (JSON.parse(text) as Record<string, unknown>)
        : {},
    };
  } catch {
    // Refused, cut off, or too late: the answer is unknown, so the same request goes out again.
    return undefined;
  }
}

type Turn = {
  world: World;
  person: Person;
  answered: (asked: Ask) => Promise<Answer>;
  said: Acknowledged;
  wrong: string[];
  turn: number;
};
type Bought = { orderIds: string[]; paymentId: string | null; total: string };

const moveOf: Record<Move, (turn: Turn) => Promise<void>> = {
  wallet: async (turn) => void (await buy(turn, 'wallet')),
  unpaid: async (turn) => void (await buy(turn, 'channel')),
  reveal: async (turn) => {
    const bought = await buy(turn, 'wallet');
    if (bought) await look(turn, bought);
  },
  channel: async (turn) => {
    const bought = await buy(turn, 'channel');
    if (bought?.paymentId) await tell(turn, bought.paymentId, bought.total);
  },
  import: restock,
  talk: async (turn) => {
    const bought = await buy(turn, 'wallet');
    if (bought) await demand(turn, must(bought.orderIds[0], 'an order'));
  },
};

async function buy(
  { world, person, answered, said, wrong, turn }: Turn,
  paidBy: 'wallet' | 'channel',
): Promise<Bought | undefined> {
  const { variantId } = must(world.shelf.listings[turn % world.shelf.listings.length], 'a listing');
  const wish = wishes.get(variantId) ?? (await wishFor(world.db, { buyerId: person.userId, variantId }));
  wishes.set(variantId, wish);
  const key = newId(systemClock.now());
  const { acknowledgements, total } = wish;
  const body = {
    items: [{ variantId: encodeId('variant', variantId), quantity: 1 }],
    total: total.toString(),
    acknowledgements,
    paidBy,
    ...(paidBy === 'channel' ? { channel: 'sandbox' } : {}),
  };
  const asked = { path: '/api/v1/checkouts', person, key, body };
  const answer = await answered(asked);
  if (answer.status !== 200) {
    if (answer.body['code'] !== 'RESERVATION_LIMIT')
      wrong.push(`a purchase was refused: ${answer.text.slice(0, 300)}`);
    return undefined;
  }
  const orderIds = ordersIn(answer);
  said.purchases.push({ buyerId: person.userId, key, orderIds });
  if (turn % 4 === 0) {
    const again = await answered(asked);
    if (again.status !== 200 || ordersIn(again).join() !== orderIds.join())
      wrong.push(`the same key was answered anew: ${answer.text} then ${again.text}`);
  }
  return { orderIds, paymentId: answer.body['paymentId'] as string | null, total: String(total) };
}

const wishes = new Map<string, Awaited<ReturnType<typeof wishFor>>>();
const ordersIn = (answer: Answer): string[] =>
  (answer.body['orders'] as { orderId: string }[]).map((one) =>
    must(decodeId('order', one.orderId), 'an order id'),
  );

async function look({ person, answered, said, wrong }: Turn, bought: Bought): Promise<void> {
  const orderId = must(bought.orderIds[0], 'an order');
  const answer = await answered({
    path: `/api/v1/orders/${encodeId('order', orderId)}/units/1-1/reveal`,
    person,
  });
  if (answer.status === 200) said.reveals.push({ orderId, secret: String(answer.body['secret']) });
  else wrong.push(`a look was refused: ${answer.text.slice(0, 300)}`);
}

/** Asks the shop for an answer within an hour; now and then the same request comes twice. */
async function demand({ person, answered, said, wrong, turn }: Turn, orderId: string): Promise<void> {
  const asked = {
    path: `/api/v1/orders/${encodeId('order', orderId)}/messages`,
    person,
    key: newId(systemClock.now()),
    body: { text: '请在一小时内答复', as: 'demand', hours: 1 },
  };
  const answer = await answered(asked);
  if (answer.status !== 200) return void wrong.push(`a message was refused: ${answer.text.slice(0, 300)}`);
  const messageId = must(decodeId('chat', String(answer.body['messageId'])), 'the id of a message');
  said.messages.push({ orderId, messageId });
  if (turn % 3 !== 0) return;
  const again = await answered(asked);
  if (again.text !== answer.text)
    wrong.push(`the same words were said anew: ${answer.text} then ${again.text}`);
}

/** As a channel does: signed anew each time, until it reads what it wants to read. */
async function tell({ answered, said, wrong, turn }: Turn, paymentId: string, total: string): Promise<void> {
  const tradeNo = `T${paymentId}`;
  const at = new Date(systemClock.now()).toISOString();
  const raw = JSON.stringify({
    merchant: 'test',
    status: 'SUCCESS',
    currency: 'CNY',
    trade: { trade_no: tradeNo, number: paymentId, amount: total, at },
  });
  for (let times = turn % 5 === 0 ? 2 : 1; times > 0; times--) {
    const signed = signedHeaders(noticeKey, {
      direction: 'notice',
      method: 'POST',
      path: '/notices/sandbox',
      timestamp: String(Math.floor(systemClock.now() / 1000)),
      request: newId(systemClock.now()),
      body: raw,
    });
    const answer = await answered({ path: '/notices/sandbox', headers: signed, raw });
    if (answer.status !== 200)
      return void wrong.push(`a notice was refused: ${answer.status} ${answer.text.slice(0, 300)}`);
  }
  said.trades.push({ tradeNo, paymentId: must(decodeId('payment', paymentId), 'a payment id') });
}

let imported = 0;

/** The owner brings 40 new keys: at once, or checked first and then confirmed. */
async function restock({ world, answered, said, wrong, turn }: Turn): Promise<void> {
  const { variantId } = must(world.shelf.listings[turn % world.shelf.listings.length], 'a listing');
  const keys = Array.from({ length: 40 }, () => `MORE-${process.pid}-${(imported += 1)}`);
  const run = turn % 2 === 0 ? 'check' : 'import';
  const ids = { shopId: encodeId('shop', world.shelf.shopId) };
  for (const key of keys) world.stocked.add(key);
  const body = {
    ...ids,
    variantId: encodeId('variant', variantId),
    run,
    text: keys.join('\n'),
    source: 'test',
  };
  const answer = await answered({
    path: '/api/v1/inventory/imports',
    person: world.owner,
    key: newId(systemClock.now()),
    body,
  });
  if (answer.status !== 200) return void wrong.push(`an import was refused: ${answer.text.slice(0, 300)}`);
  if (run === 'check') {
    const confirmed = await answered({
      path: `/api/v1/inventory/imports/${String(answer.body['importId'])}/confirmation`,
      person: world.owner,
      body: ids,
    });
    // A confirmation has no key of its own: when its first answer was lost, the second may say that it is done already.
    if (confirmed.status !== 200 && confirmed.status !== 409)
      return void wrong.push(`a confirmation was refused: ${confirmed.text.slice(0, 300)}`);
    if (confirmed.status === 200 && confirmed.body['state'] !== 'done') return;
  }
  said.imports.push({ keys });
}
