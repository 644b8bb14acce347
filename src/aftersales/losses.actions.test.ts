import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { prove } from '../../bin/prove.ts';
import {
  bought,
  buyerOf,
  caseShop,
  clockwork,
  filing,
  ownerOf,
  reveal,
  type Bought,
} from '../../test/cases.ts';
import { testDatabase } from '../../test/database.ts';
import { testFiles } from '../../test/files.ts';
import { testLog } from '../../test/log.ts';
import { stock, type Shelf } from '../../test/world.ts';
import { cancelSealed } from '../delivery/cancel.actions.ts';
import { confirm } from '../delivery/completion.actions.ts';
import { sequenceAll } from '../evidence/sequencer.jobs.ts';
import { fen } from '../kit/money.ts';
import type { Result } from '../kit/result.ts';
import { transaction, type Tx } from '../kit/tx.ts';
import { accept, agree, fileCase, offer, withdraw } from './actions.ts';
import { noteChannelRefund } from './channel.actions.ts';

const { db, asOwner, clock, ownerUrl } = await testDatabase();
const { folder: files } = testFiles(db);
const work = clockwork(db);
const price = 9750n;
const units = 4;

// Everybody who can give money back for one order, in any order and at the same moment: the buyer who cancels what nobody saw, the shop that
// agrees to a case or offers a part, the clock after its silence, the channel by its own decision, before and after the settlement.
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
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;

let references = 0;
const rounds: { refused: number; done: number } = { refused: 0, done: 0 };

type Scene = {
  readonly who: Bought;
  readonly shelf: Shelf;
  readonly drained: boolean;
  readonly openCases: () => Promise<string[]>;
  readonly tried: <T>(run: (tx: Tx) => Promise<Result<T, string>>) => Promise<void>;
};

async function perform(what: Act, { who, shelf, drained, openCases, tried }: Scene): Promise<void> {
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
    return tried((tx) => fileCase(tx, filing(who, { places, amount, reason: 'CARD_INVALID' })));
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

async function play(script: readonly (readonly Act[])[], drained: boolean): Promise<void> {
  const shelf = await caseShop(db);
  await stock(db, shelf, shelf.listings[0]?.variantId ?? '', 8);
  const who = await bought(db, shelf, { quantity: units, reveal: 0, money: 100_000n });
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
  const one = (what: Act): Promise<void> => perform(what, { who, shelf, openCases, tried, drained });
  await reveal(db, { orderId: who.orderId, buyerId: who.buyerId, place: 1 });
  for (const together of script) {
    await Promise.all(together.map(one));
    await check(who.orderId);
  }
}

/** What the buyer got, from whomever, is what stands as the losses of the units, and no unit got more than it cost. */
async function check(orderId: string): Promise<void> {
  const [row] = await asOwner(
    `select (select coalesce(sum(amount_fen), 0) from ledger.transfers where about = $1 and credit_kind in ('wallet', 'unapplied', 'psp.clearing') and kind <> 'case.recourse')::bigint as got,
            (select coalesce(sum(paid_fen), 0) from orders.losses where order_id = $1::uuid)::bigint as lost,
            (select coalesce(max(paid_fen), 0) from orders.losses where order_id = $1::uuid)::bigint as most`,
    [orderId],
  );
  const of = (name: string): bigint => BigInt(String(row?.[name]));
  equal(of('got'), of('lost'));
  ok(of('most') <= price && of('lost') <= price * BigInt(units));
}

const scripts = fc.array(fc.array(act, { minLength: 1, maxLength: 3 }), { minLength: 3, maxLength: 9 });

test('F131 F212 whoever pays a loss, in whatever order and at the same moment, a unit is never paid twice, to the fen', async () => {
  await fc.assert(
    fc.asyncProperty(scripts, (script) => play(script, false)),
    { seed: 20_261_121, numRuns: 25 },
  );
  ok(rounds.done > 60 && rounds.refused > 20, JSON.stringify(rounds));
  await sequenceAll(testLog(db));
  const { offences } = await prove({ url: ownerUrl, keys: db.keys, files });
  deepEqual(offences, []);
});

test('F131 the same where the shop has taken its money out, so that the deposit and the fund pay', async () => {
  await fc.assert(
    fc.asyncProperty(scripts, (script) => play(script, true)),
    { seed: 7, numRuns: 10 },
  );
});
