import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId } from '../../src/kit/ids.ts';
import { encodeId } from '../../src/kit/public-id.ts';
import { allEndpoints, requestFor, sampleOf, textOf, type Endpoint, type Sent } from './endpoints.ts';
import { conformanceWorld, type Person } from './world.ts';

// Made from the contracts: whoever may not see a thing gets, for its real id, exactly the answer for an id that nothing has.
const world = await conformanceWorld();
const endpoints = allEndpoints();

type Answer = { status: number; type: string | null; body: string };
async function send({ url, init }: Sent): Promise<Answer> {
  const response = await fetch(world.address + url, init);
  const text = await textOf(response);
  const number = response.headers.get('x-request-id') ?? 'none';
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    body: text.replaceAll(number, 'number'),
  };
}

/** Fields that name a thing without an id. */
const named = ['checkoutKey', 'tradeNo'];
const names = (endpoint: Endpoint): string[] =>
  Object.keys(endpoint.fields).filter(
    (field) => (endpoint.ids[field] || named.includes(field)) && field !== 'categoryId',
  );

type Ids = Readonly<Record<string, string>>;
function inputOf(endpoint: Endpoint, ids: Ids): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const [field, shape] of Object.entries(endpoint.fields)) {
    if (field === 'categoryId') input[field] = encodeId('category', '01900000-0000-7000-8000-00000000c001');
    else if (names(endpoint).includes(field))
      input[field] = shape.type === 'array' ? [ids[field]] : ids[field];
    else if (endpoint.required.includes(field)) input[field] = sampleOf(field, shape);
  }
  return input;
}

function absent(endpoint: Endpoint, keep: Ids = {}): Ids {
  return Object.fromEntries(
    names(endpoint).map((field) => {
      const kind = endpoint.ids[field];
      return [field, keep[field] ?? (kind ? encodeId(kind, newId(world.clock.now())) : 'nothing-has-this')];
    }),
  );
}

/** The shop of an order has a part in its conversation. */
const bothSides = new Set(['say', 'read', 'hide', 'attach'].map((name) => `messaging.${name}`));

for (const name of ['attach', 'comment', 'annotate']) bothSides.add(`exhibits.${name}`);

/** And in what leaves the house about it. */
for (const name of ['pack', 'record', 'progress']) bothSides.add(`outside.${name}`);

/** So it has in its cases: these are its answers. */
for (const name of ['agree', 'offer', 'refuse', 'perform', 'object', 'exhibit', 'appeal'])
  bothSides.add(`cases.${name}`);

for (const name of ['arbitrate', 'askJury', 'consent', 'doubt']) bothSides.add(`panel.${name}`);

/** Who may not, by what the contract says of who may. */
function forbidden({ meta: { who }, method, name }: Endpoint): Record<string, Person> {
  const { strangers, anonymous, members, staff, keyless, owner } = world;
  if (who === 'anyone') return {};
  if (who === 'user' || who === 'account')
    return {
      anonymous,
      ...strangers,
      'a key without the scope': keyless.buyer,
      ...(method === 'GET' || bothSides.has(name) ? {} : { 'the shop itself': owner }),
    };
  if ('staff' in who)
    return { anonymous, ...strangers, 'the owner of a shop': owner, 'staff of another role': staff.review };
  const wrong = Object.entries(members).filter(([role]) => !who.shop.includes(role as never));
  return {
    anonymous,
    ...strangers,
    'the buyer': world.buyer,
    'an operator': staff.support,
    'a key without the scope': keyless.owner,
    ...Object.fromEntries(wrong.map(([role, person]) => [`the shop's ${role} staff`, person])),
  };
}

const withIds = endpoints.filter((endpoint) => endpoint.meta.who !== 'anyone' && names(endpoint).length > 0);
for (const endpoint of withIds)
  test(`${endpoint.name}: a thing that is not yours answers like one that is not there`, async () => {
    for (const [who, person] of Object.entries(forbidden(endpoint))) {
      const pairs: [Ids, Ids][] = [[world.real, absent(endpoint)]];
      // In one's own shop, with a thing of somebody else's.
      if (endpoint.ids['shopId'] && names(endpoint).length > 1)
        pairs.push([
          { ...world.real, shopId: world.otherShopId },
          absent(endpoint, { shopId: world.otherShopId }),
        ]);
      for (const [real, nothing] of pairs) {
        const answers = [
          await send(requestFor(endpoint, inputOf(endpoint, real), person.headers)),
          await send(requestFor(endpoint, inputOf(endpoint, nothing), person.headers)),
        ] as const;
        assert.deepEqual(answers[0], answers[1], `${who}: the same answer for both`);
        assert.ok(
          (answers[0].status >= 400 && answers[0].status < 500) || harmless.has(endpoint.name),
          `${who} is refused: ${answers[0].status} ${answers[0].body.slice(0, 200)}`,
        );
        assert.notEqual(
          answers[0].status,
          422,
          `${who} is not refused for the shape of the sample: ${answers[0].body}`,
        );
      }
    }
  });

/** These change only what is the caller's own, or list what of it fits: a foreign id fits nothing. */
const harmless = new Set(['notifications.markRead', 'inventory.listBatches', 'analytics.shopToday']);

test('what is refused has changed nothing', async () => {
  const [message] = await world.asOwner(
    'select count(*)::int as unread from notifications.messages where read_at is null and user_id = $1',
    [world.buyer.userId],
  );
  assert.ok(Number(message?.['unread']) >= 1);
  const [rows] = await world.asOwner(
    `select (select count(*)::int from identity.sessions where user_id = $1) as sessions, (select count(*)::int from delivery.reveals) as reveals,
    (select count(*)::int from inventory.withdrawals) as withdrawals, (select count(*)::int from payments.decisions) as decisions, (select state from inventory.imports where file_name = 'draft.txt') as draft`,
    [world.buyer.userId],
  );
  assert.deepEqual(rows, { sessions: 1, reveals: 0, withdrawals: 0, decisions: 0, draft: 'draft' });
});

for (const endpoint of endpoints.filter((one) => one.meta.who !== 'anyone' && names(one).length === 0))
  test(`${endpoint.name}: nobody reads what is somebody else's`, async () => {
    for (const [who, person] of Object.entries(forbidden(endpoint))) {
      const { status, body } = await send(requestFor(endpoint, inputOf(endpoint, {}), person.headers));
      assert.ok(status < 500, `${who}: ${status} ${body.slice(0, 200)}`);
      for (const secret of world.secrets) assert.ok(!body.includes(secret), `${who} reads ${secret}`);
      if (who === 'anonymous') assert.equal(status, 401);
      if (who === 'a key without the scope') assert.equal(status, 403);
      if (typeof endpoint.meta.who === 'object')
        assert.ok(status === 404 || status === 401, `${who}: a staff room is not there`);
    }
  });

test('what anyone may read shows no draft, and an order needs its own password', async () => {
  for (const endpoint of endpoints.filter((one) => one.meta.who === 'anyone')) {
    const { status, body } = await send(
      requestFor(endpoint, inputOf(endpoint, world.real), world.anonymous.headers),
    );
    assert.ok(status < 500, `${endpoint.name}: ${status} ${body.slice(0, 200)}`);
    for (const secret of world.secrets) assert.ok(!body.includes(secret), `${endpoint.name} shows ${secret}`);
  }
  for (const name of ['orders.open', 'catalog.product']) {
    const endpoint = endpoints.find((one) => one.name === name);
    assert.ok(endpoint, `${name} is a route`);
    const both = await Promise.all(
      [world.real, absent(endpoint)].map((ids) =>
        send(requestFor(endpoint, inputOf(endpoint, ids), world.anonymous.headers)),
      ),
    );
    assert.deepEqual(both[0], both[1]);
    assert.equal(both[0]?.status, 404);
  }
});

test('every write with cookies from a foreign page is refused', async () => {
  for (const endpoint of endpoints.filter((one) => one.method !== 'GET')) {
    const { status, body } = await send(
      requestFor(endpoint, inputOf(endpoint, world.real), {
        ...world.buyer.headers,
        origin: 'https://evil.example',
      }),
    );
    assert.equal(status, 403, endpoint.name);
    assert.match(body, /"ORIGIN_REFUSED"/, endpoint.name);
  }
});

/** Who each kind of route is for, in this world. */
function rightful({ meta: { who }, name }: Endpoint): Person {
  if (name === 'jury.sheet') return world.juror;
  if (who === 'anyone' || who === 'user' || who === 'account') return world.buyer;
  if ('staff' in who)
    return who.staff.length === 0
      ? world.staff.admin
      : (world.staff[who.staff[0] as 'finance'] ?? world.staff.admin);
  return who.shop.length === 0 || name === 'inventory.exportUnsold'
    ? world.owner
    : world.members[who.shop[0] as 'goods'];
}

test('for whom it is, the same real ids are there: the refusals above are about who asks', async () => {
  for (const endpoint of withIds.filter((one) => one.method === 'GET')) {
    const mine = await send(requestFor(endpoint, inputOf(endpoint, world.real), rightful(endpoint).headers));
    assert.equal(mine.status, 200, `${endpoint.name}: ${mine.body.slice(0, 300)}`);
  }
});
