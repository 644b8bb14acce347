import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { prove } from '../../bin/prove.ts';
import {
  bought,
  buyerOf,
  caseShop,
  clockwork,
  filed,
  filing,
  judged,
  ownerOf,
  reveal,
  staffer,
  type Bought,
} from '../../test/cases.ts';
import { testDatabase } from '../../test/database.ts';
import { testFiles } from '../../test/files.ts';
import { aLicenceListing, buyLicences } from '../../test/licences.ts';
import { aListing } from '../../test/listings.ts';
import { testLog } from '../../test/log.ts';
import { aShop, stock, type Shelf } from '../../test/world.ts';
import { cancelSealed } from '../delivery/cancel.actions.ts';
import { confirm } from '../delivery/completion.actions.ts';
import { sequenceAll } from '../evidence/sequencer.jobs.ts';
import { fen } from '../kit/money.ts';
import type { Result } from '../kit/result.ts';
import { transaction, type Tx } from '../kit/tx.ts';
import { accept, agree, fileCase, offer, withdraw } from './actions.ts';
import { findGroup, signGroup } from './batch/actions.ts';
import { noteChannelRefund } from './channel.actions.ts';
import type { ReasonCode } from './reasons.data.ts';

const { db, asOwner, clock, ownerUrl } = await testDatabase();
const { folder: files } = testFiles(db);
const work = clockwork(db);
const price = 9750n;
const units = 4;

// Everybody who can give money back for one order, in any order and at the same moment: the buyer who cancels what nobody saw, the shop that
// agrees to a case or offers a part, the clock after its silence, the channel by its own decision, before and after the settlement, and one
// finding for all cases of a batch.
const place = fc.integer({ min: 1, max: units });
const act = fc.oneof(
  fc.record({ kind: fc.constant('cancel' as const), place }),
  fc.record({ kind: fc.constant('file' as const), place, part: fc.integer({ min: 1, max: 9750 }) }),
  fc.record({ kind: fc.constant('file_all' as const) }),
  fc.record({ kind: fc.constant('agree' as const) }),
  fc.record({ kind: fc.constant('offer' as const), part: fc.integer({ min: 1, max: 5000 }) }),
  fc.record({ kind: fc.constant('withdraw' as const) }),
  fc.record({ kind: fc.constant('channel' as const), part: fc.integer({ min: 1, max: 30_000 }) }),
  fc.record({ kind: fc.constant('confirm' as const) }),
  fc.record({ kind: fc.constant('time' as const), hours: fc.constantFrom(3, 25, 80, 200) }),
);
const find = fc.record({ kind: fc.constant('find' as const) });
const withFindings = fc.oneof({ weight: 3, arbitrary: act }, { weight: 1, arbitrary: find });
type Act = typeof withFindings extends fc.Arbitrary<infer A> ? A : never;

let references = 0;
const rounds: { refused: number; done: number } = { refused: 0, done: 0 };
const [anna, boris] = [await staffer(db, 'support'), await staffer(db, 'arbitrator')];

/** What is sold: how its buyers get it, and for what they complain. */
type Goods = {
  readonly reason: ReasonCode;
  readonly shelf: () => Promise<Shelf>;
  readonly buy: (shelf: Shelf, quantity: number) => Promise<Bought>;
};
const keys: Goods = {
  reason: 'CARD_INVALID',
  shelf: async () => {
    const shelf = await caseShop(db);
    await stock(db, shelf, shelf.listings[0]?.variantId ?? '', 8);
    return shelf;
  },
  buy: async (shelf, quantity) => {
    const who = await bought(db, shelf, { quantity, reveal: 0, money: 100_000n });
    await reveal(db, { orderId: who.orderId, buyerId: who.buyerId, place: 1 });
    return who;
  },
};
const licences: Goods = {
  reason: 'ACTIVATE_FAIL',
  shelf: () =>
    aShop(db, [aLicenceListing({}, { afterSales: { ...aListing().afterSales, faultResponse_hours: 24 } })]),
  buy: async (shelf, quantity) => {
    const variantId = shelf.listings[0]?.variantId ?? '';
    const who = await buyLicences(db, { variantId, shopId: shelf.shopId, quantity });
    return { orderId: who.orderId, buyerId: who.buyerId, shelf };
  },
};

type Scene = {
  readonly who: Bought;
  readonly shelf: Shelf;
  readonly drained: boolean;
  readonly reason: ReasonCode;
  readonly openCases: () => Promise<string[]>;
  readonly tried: <T>(run: (tx: Tx) => Promise<Result<T, string>>) => Promise<void>;
};

/** The desk finds once for all cases that wait in a group of this shop. */
async function findForAll({ shelf, tried }: Scene): Promise<void> {
  await work.news();
  const groups = await asOwner(
    `select id from aftersales.case_groups where shop_id = $1 and state = 'open' order by id`,
    [shelf.shopId],
  );
  for (const { id } of groups) {
    const groupId = String(id);
    await tried((tx) => findGroup(tx, { groupId, viewer: anna, judged: judged({ amount: null }) }));
    await tried((tx) => signGroup(tx, { groupId, viewer: boris, agrees: true, text: '' }));
  }
  await work.news();
}

async function perform(what: Act, scene: Scene): Promise<void> {
  const { who, shelf, drained, openCases, tried } = scene;
  if (what.kind === 'find') return findForAll(scene);
  const viewer = buyerOf(who.buyerId);
  const at = { shopId: shelf.shopId, orderId: who.orderId };
  const [caseId = '01900000-0000-7000-8000-000000000000'] = await openCases();
  if (what.kind === 'cancel')
    return tried((tx) =>
      cancelSealed(tx, {
        orderId: who.orderId,
        buyerIds: [who.buyerId],
        userId: who.buyerId,
        unit: { line: 1, place: what.place },
        paymentId: null,
      }),
    );
  if (what.kind === 'file' || what.kind === 'file_all') {
    const places = what.kind === 'file' ? [what.place] : [1, 2, 3, 4];
    const amount = what.kind === 'file' ? fen(BigInt(what.part)) : null;
    return tried((tx) => fileCase(tx, filing(who, { places, amount, reason: scene.reason })));
  }
  if (what.kind === 'agree') return tried((tx) => agree(tx, { caseId, viewer: ownerOf(shelf) }));
  if (what.kind === 'withdraw') return tried((tx) => withdraw(tx, { caseId, viewer, text: '不用了' }));
  if (what.kind === 'offer') {
    await tried((tx) =>
      offer(tx, {
        caseId,
        viewer: ownerOf(shelf),
        remedy: 'refund',
        amount: fen(BigInt(what.part)),
        text: '退一部分',
      }),
    );
    return tried((tx) => accept(tx, { caseId, viewer }));
  }
  if (what.kind === 'channel')
    return tried((tx) =>
      noteChannelRefund(tx, {
        ...at,
        channel: 'sandbox',
        amount: fen(BigInt(what.part)),
        reference: `r${(references += 1)}`,
      }),
    );
  if (what.kind === 'confirm')
    return tried((tx) => confirm(tx, { orderId: who.orderId, buyerIds: [who.buyerId], userId: who.buyerId }));
  clock.forward({ hours: what.hours });
  if (drained)
    // A shop that took its money out leaves the deposit and the fund to pay.
    await asOwner(`update ledger.accounts set balance_fen = 0 where kind = 'available' and id = $1`, [
      shelf.shopId,
    ]);
  await work.due();
}

/** `others` have filed a case about the same batch before; with one of this order there are enough for a group. */
async function play(
  script: readonly (readonly Act[])[],
  p: { drained?: boolean; goods?: Goods; others?: number } = {},
): Promise<void> {
  const { drained = false, goods = keys, others = 0 } = p;
  const shelf = await goods.shelf();
  const who = await goods.buy(shelf, units);
  const people: Bought[] = [];
  while (people.length < others) people.push(await goods.buy(shelf, 1));
  for (const one of people) await filed(db, one, { reason: goods.reason });
  if (others > 0) await work.news();
  const openCases = async () =>
    (
      await asOwner(`select id from aftersales.cases where order_id = $1 and ended_at is null order by id`, [
        who.orderId,
      ])
    ).map((row) => String(row['id']));
  const tried = async <T>(run: (tx: Tx) => Promise<Result<T, string>>): Promise<void> => {
    const answer = await transaction(db, run);
    rounds[answer.ok ? 'done' : 'refused'] += 1;
  };
  const scene: Scene = { who, shelf, drained, reason: goods.reason, openCases, tried };
  for (const together of script) {
    await Promise.all(together.map((what) => perform(what, scene)));
    await check(who.orderId, units);
    for (const one of people) await check(one.orderId, 1);
    if (goods === licences) await checkLicences(shelf.shopId);
  }
}

/** What the buyer got, from whomever, is what stands as the losses of the units, and no unit got more than it cost. */
async function check(orderId: string, count: number): Promise<void> {
  const [row] = await asOwner(
    `select (select coalesce(sum(amount_fen), 0) from ledger.transfers where about = $1 and credit_kind in ('wallet', 'unapplied', 'psp.clearing') and kind <> 'case.recourse')::bigint as got,
            (select coalesce(sum(paid_fen), 0) from orders.losses where order_id = $1::uuid)::bigint as lost,
            (select coalesce(max(paid_fen), 0) from orders.losses where order_id = $1::uuid)::bigint as most`,
    [orderId],
  );
  const of = (name: string): bigint => BigInt(String(row?.[name]));
  equal(of('got'), of('lost'));
  ok(of('most') <= price && of('lost') <= price * BigInt(count));
}

/** A licence stands still for a refund just where its order was paid back in full, whoever paid it. */
async function checkLicences(shopId: string): Promise<void> {
  await work.news();
  const wrong = await asOwner(
    `select o.id, o.state, l.state as licence, exists (select 1 from delivery.licence_suspensions s where s.shop_id = l.shop_id and s.licence_id = l.id and s.reason = 'refund') as ended
       from orders.orders o join delivery.licences l on l.shop_id = o.shop_id and l.order_id = o.id where o.shop_id = $1`,
    [shopId],
  );
  ok(wrong.length > 0);
  for (const one of wrong) {
    equal(one['ended'], one['state'] === 'refunded', JSON.stringify(one));
    if (one['ended']) equal(one['licence'], 'suspended');
  }
}

const scriptsOf = (acts: fc.Arbitrary<Act>) =>
  fc.array(fc.array(acts, { minLength: 1, maxLength: 3 }), { minLength: 3, maxLength: 9 });
const scripts = scriptsOf(act);
/** The same with findings; the first thing that happens is a case, so that there is a group to find for. */
const scriptsWithFindings = fc
  .tuple(place, scriptsOf(withFindings))
  .map(([at, rest]): Act[][] => [[{ kind: 'file', place: at, part: 9750 }], [{ kind: 'find' }], ...rest])
  .chain((script) => fc.constantFrom(script, [...script.slice(0, 1), ...script.slice(2)]));

const proved = async (): Promise<void> => {
  await sequenceAll(testLog(db));
  const { offences } = await prove({ url: ownerUrl, keys: db.keys, files });
  deepEqual(offences, []);
};
/** Cases of orders of several units to which a finding was brought, and how many of them have been paid. */
const found = async (goods: string): Promise<{ cases: number; paid: number }> => {
  const [row] = await asOwner(
    `select count(*) as cases, count(e.case_id) filter (where e.amount_fen > 0) as paid
       from aftersales.case_group_members m join aftersales.cases c on c.shop_id = m.shop_id and c.id = m.case_id
       join orders.lines l on l.shop_id = c.shop_id and l.order_id = c.order_id and l.number = c.line
       left join aftersales.executions e on e.shop_id = c.shop_id and e.case_id = c.id
      where m.outcome = 'found' and l.quantity > 1 and c.goods = $1`,
    [goods],
  );
  return { cases: Number(row?.['cases']), paid: Number(row?.['paid']) };
};

test('F131 F212 whoever pays a loss, in whatever order and at the same moment, a unit is never paid twice, to the fen', async () => {
  await fc.assert(
    fc.asyncProperty(scripts, (script) => play(script)),
    { seed: 20_261_121, numRuns: 25 },
  );
  ok(rounds.done > 60 && rounds.refused > 20, JSON.stringify(rounds));
  await proved();
});

test('F129 F131 the same where one finding for all cases of a batch pays too, to everybody who is in the group', async () => {
  await fc.assert(
    fc.asyncProperty(scriptsWithFindings, (script) => play(script, { others: 4 })),
    { seed: 129, numRuns: 12 },
  );
  const { cases, paid } = await found('card');
  ok(cases >= 5 && paid >= 2, JSON.stringify({ cases, paid }));
  await proved();
});

test('F131 a channel that returns money while two cases are open pays what it returned, once', async () => {
  await play(
    [
      [{ kind: 'file', place: 1, part: 9750 }],
      [{ kind: 'file', place: 2, part: 1 }],
      [{ kind: 'channel', part: 9751 }],
      [{ kind: 'channel', part: 1 }],
    ],
    { goods: licences },
  );
});

test('F131 a decided case whose unit was cancelled meanwhile is not settled by what the channel returns for another unit', async () => {
  await play(
    [
      [{ kind: 'file', place: 3, part: 9750 }],
      [{ kind: 'find' }],
      [{ kind: 'cancel', place: 3 }],
      [{ kind: 'channel', part: 9750 }],
      [{ kind: 'time', hours: 200 }],
    ],
    { others: 4 },
  );
  await proved();
});

test('F131 the same for licences, alone and in a group: a refund in full, whoever paid it, ends each of them, and nothing less does', async () => {
  await fc.assert(
    fc.asyncProperty(scriptsWithFindings, fc.constantFrom(0, 4), (script, others) =>
      play(script, { goods: licences, others }),
    ),
    { seed: 131, numRuns: 12 },
  );
  const { cases, paid } = await found('licence');
  ok(cases >= 2 && paid >= 1, JSON.stringify({ cases, paid }));
  const [{ ended, working } = {}] = await asOwner(
    `select count(*) filter (where s.licence_id is not null) as ended, count(*) filter (where s.licence_id is null) as working
       from delivery.licences l left join delivery.licence_suspensions s on s.shop_id = l.shop_id and s.licence_id = l.id and s.reason = 'refund'`,
  );
  ok(Number(ended) > 8 && Number(working) > 8, JSON.stringify({ ended, working }));
  await proved();
});

// The last one: what it takes out by hand, no proof of the books survives.
test('F131 the same where the shop has taken its money out, so that the deposit and the fund pay', async () => {
  await fc.assert(
    fc.asyncProperty(scripts, (script) => play(script, { drained: true })),
    { seed: 7, numRuns: 10 },
  );
  await fc.assert(
    fc.asyncProperty(scriptsWithFindings, (script) => play(script, { drained: true, others: 4 })),
    { seed: 8, numRuns: 5 },
  );
});
