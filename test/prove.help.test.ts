import { ok } from 'node:assert/strict';
import { test } from 'node:test';
import { openLog } from '../src/app/log.ts';
import { pumpAll } from '../src/app/pump.ts';
import { deadlines, reactions } from '../src/app/reactions.ts';
import { openSweep } from '../src/app/sweep.ts';
import { purchaseLane } from '../src/checkout/lanes.actions.ts';
import { checkCode } from '../src/delivery/check/actions.ts';
import { askIssuer, askIssuers } from '../src/delivery/issuer/actions.ts';
import { issuersOf } from '../src/delivery/issuer/issuers.actions.ts';
import { revealLane } from '../src/delivery/lanes.actions.ts';
import { endMemberships, resumeMemberships, suspendMemberships } from '../src/delivery/membership/actions.ts';
import { must } from '../src/kit/assert.ts';
import { Secret } from '../src/kit/secret.ts';
import { transaction } from '../src/kit/tx.ts';
import { eachIsNamed, holds } from './damage.ts';
import { testDatabase } from './database.ts';
import { testIssuer } from './issuer.ts';
import { clubListing } from './listings.ts';
import { aShop, buyers, stock, wishFor } from './world.ts';

// Invariants of memberships, comparisons and answers of issuers: they hold after real actions, and each damage is named.
const { db, ownerUrl, clock } = await testDatabase();
const issuer = await testIssuer(db);
await issuer.mood('used_before_delivery');
const shelf = await aShop(db, [clubListing(), { issuer: issuer.id }]);
const [club, card] = shelf.listings.map((one) => one.variantId) as [string, string];
await stock(db, shelf, card, 20);
const sweep = openSweep(db, deadlines, openLog('silent'));

async function bought(variantId: string, buyerId?: string) {
  const id = buyerId ?? must((await buyers(db, 1, 1_000_000n))[0], 'a buyer');
  const answer = await purchaseLane(db).submit(await wishFor(db, { buyerId: id, variantId }));
  ok(answer.ok);
  await pumpAll(db, reactions, openLog('silent'));
  return { orderId: must(answer.value.orders[0], 'an order').orderId, buyerId: id };
}

async function world(): Promise<void> {
  const member = await bought(club);
  await bought(club, member.buyerId);
  const stopped = await bought(club);
  const refunded = await bought(club);
  const order = { shopId: shelf.shopId, id: stopped.orderId };
  await transaction(db, (tx) => suspendMemberships(tx, [order]));
  clock.forward({ days: 3 });
  await transaction(db, (tx) => resumeMemberships(tx, [order]));
  await transaction(db, (tx) =>
    endMemberships(tx, [{ shopId: shelf.shopId, orderId: refunded.orderId, line: 1 }]),
  );
  await bought(club, refunded.buyerId);
  clock.forward({ days: 40 });
  await sweep.run();
  await bought(club);
  const key = await bought(card);
  const asking = { orderId: key.orderId, buyerIds: [key.buyerId], userId: key.buyerId };
  const unit = { line: 1, place: 1 };
  await revealLane(db).submit({
    ...asking,
    unit,
    viewer: { sessionId: null, deviceId: null, scopes: [] },
    deviceHash: Buffer.alloc(16),
    addressHash: Buffer.alloc(16),
  });
  for (const typed of ['KEY-1', 'KEY-2'])
    await transaction(db, (tx) =>
      checkCode(tx, { ...asking, unit, part: 'secret', typed: new Secret(typed) }),
    );
  await transaction(db, (tx) => askIssuer(tx, { ...asking, unit, issuers: issuersOf(db) }));
  await askIssuers(db, 10);
}
await world();

const about = (says: string) => /member|term|comparison|issuer|clock knows/.test(says);
const proved = { db, ownerUrl, about };

test('F045 F070 F204 prove holds on memberships, comparisons and answers made by the real actions', () =>
  holds(proved));

const active = `(select id from delivery.memberships where state in ('active', 'expiring') limit 1)`;
eachIsNamed(proved, [
  [
    'a term disappears',
    `delete from delivery.membership_periods where ctid = (select ctid from delivery.membership_periods limit 1)`,
    'a delivered membership line has its term, and every term its line',
  ],
  [
    'a term is said to have cost less',
    `update delivery.membership_periods set total_fen = total_fen - 1 where ctid = (select ctid from delivery.membership_periods limit 1)`,
    'a delivered membership line has its term, and every term its line',
  ],
  [
    'a membership changes hands',
    `update delivery.memberships set buyer_id = shop_id where id = ${active}`,
    'a term belongs to the buyer and the listing of its order',
  ],
  [
    'a term gives a day more than it lasts',
    `update delivery.membership_periods set days = days + 1 where ctid = (select ctid from delivery.membership_periods where from_at is not null limit 1)`,
    'terms of a membership are numbered, never overlap, and give whole Beijing days',
  ],
  [
    'a renewal overlaps the term before it',
    `update delivery.membership_periods set from_at = from_at - interval '1 day', days = days + 1 where nth = 2 and ended_at is null and from_at is not null and exists (select 1 from delivery.membership_periods e where e.membership_id = delivery.membership_periods.membership_id and e.nth = 1 and e.until_at = delivery.membership_periods.from_at and e.ended_at is null)`,
    'terms of a membership are numbered, never overlap, and give whole Beijing days',
  ],
  [
    'a membership is said to end earlier',
    `update delivery.memberships set ends_at = ends_at - interval '1 day' where id = ${active}`,
    'a membership ends with its last term',
  ],
  [
    'the clock forgets the end of a membership',
    `delete from kit.deadlines where what = 'membership.end' and ctid = (select ctid from kit.deadlines where what = 'membership.end' limit 1)`,
    'the clock knows what comes next for a membership that runs or waits, and nothing for others',
  ],
  [
    'the facts of a membership disappear',
    `delete from evidence.events where kind like 'membership.%' and about = ${active}`,
    'every change of a membership is a fact in evidence',
  ],
  [
    'a comparison is hidden',
    `delete from delivery.code_checks where nth = 1`,
    'each comparison of a code is numbered, a fact in evidence, and of a key that was seen before',
  ],
  [
    'a comparison is dated before the key was seen',
    `update delivery.code_checks set at = at - interval '1 hour'`,
    'each comparison of a code is numbered, a fact in evidence, and of a key that was seen before',
  ],
  [
    'an answer of an issuer loses its fact',
    `delete from evidence.events where kind = 'delivery.issuer_answered'`,
    'each answer of an issuer is a fact in evidence, about a key that was seen before it was asked',
  ],
  [
    'an issuer is said to have been asked before the key was seen',
    `update delivery.issuer_checks set asked_at = asked_at - interval '1 day'`,
    'each answer of an issuer is a fact in evidence, about a key that was seen before it was asked',
  ],
]);
