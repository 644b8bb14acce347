import { sweepInventory } from '../../inventory/jobs.ts';
import { checkDue } from '../../payments/check.actions.ts';
import { sendRefunds } from '../../payments/refund.actions.ts';
import { beijingDay, instant, plus, type Instant } from '../../kit/time.ts';
import { nextDueAfter } from '../../kit/deadlines.ts';
import { reader, transaction, type Db } from '../../kit/tx.ts';
import { publishVersion } from '../../catalog/actions.ts';
import { versionsOf } from '../../catalog/versions.actions.ts';
import { assert, must } from '../../kit/assert.ts';
import { encodeId } from '../../kit/public-id.ts';
import { newId } from '../../kit/ids.ts';
import { fen } from '../../kit/money.ts';
import { openLog } from '../log.ts';
import { pumpAll } from '../pump.ts';
import { deadlines, reactions } from '../reactions.ts';
import { openSweep, type Sweep } from '../sweep.ts';
import type { Agenda } from './agenda.ts';
import type { PastBank } from './channel.ts';
import type { WalkingClock } from './clock.ts';
import { demoListings, type LaidOut } from './goods.ts';
import type { People } from './people.ts';
import type { Shelf } from './stock.ts';

/** What the stories of the past are told in. */
export type World = {
  readonly db: Db;
  readonly clock: WalkingClock;
  readonly agenda: Agenda;
  readonly bank: PastBank;
  readonly people: People;
  readonly shelves: readonly Shelf[];
  readonly begin: Instant;
  readonly end: Instant;
};

/** Acts that are due within this time of each other come about together: one lane's batch instead of many. */
const together = { minutes: 20 } as const;
const housekeeping_ms = 2 * 3_600_000; // from midnight on, when most orders confirm by themselves

/**
 * Lives the agenda until `until`: the clock walks from act to act, and what the worker of a running program does (deadlines, news, checks of
 * payments, refunds) is done on the way. An unpaid order ends at its own minute, other deadlines with the next act or at the next full hour.
 */
export async function live(world: World, until: Instant, tell: (day: number) => void): Promise<void> {
  const { agenda, clock, db } = world;
  const work = workOf(db);
  let kept = clock.now();
  let day = 0;
  for (;;) {
    const act = agenda.next() ?? until;
    const expiry = await nextExpiry(db);
    const quiet = instant(Math.min(until, kept + housekeeping_ms));
    if (Math.min(act, expiry) > quiet || act === until) {
      clock.to((kept = quiet));
      await work.all();
      if (quiet === until) return;
    } else if (expiry <= act) {
      clock.to(expiry);
      await work.deadlines();
    } else {
      const acts = agenda.takeUntil(instant(Math.min(plus(act, together), until, expiry)));
      clock.to(instant(Math.max(...acts.map((one) => one.at))));
      await work.deadlines();
      await Promise.all(acts.map((one) => one.run()));
    }
    const today = Math.floor((clock.now() - world.begin) / 86_400_000);
    if (today > day) tell((day = today));
  }
}

/** What fell due in the last minutes is done: the running program finds nothing late. */
export const catchUp = ({ db }: World): Promise<void> => workOf(db).deadlines();

/** When the next unpaid order ends by itself. */
async function nextExpiry(db: Db): Promise<Instant> {
  const on = await reader(db);
  const [next] = await nextDueAfter(on, { now: on.business, whats: ['order.expire'] });
  return next?.dueAt ?? plus(on.business, { days: 400 });
}

function workOf(db: Db) {
  const log = openLog('error');
  const sweep: Sweep = openSweep(db, deadlines, log);
  const sweepAll = async (): Promise<void> => {
    const { failed } = await sweep.run();
    assert(failed.length === 0, `every deadline of the past does its work: ${JSON.stringify(failed[0])}`);
  };
  let day = '';
  return {
    deadlines: sweepAll,
    all: async (): Promise<void> => {
      await sweepAll();
      const today = beijingDay(db.wall.now());
      if (today !== day) await sweepInventory(db);
      day = today;
      await checkDue(db, 100);
      await sendRefunds(db, 100);
      await pumpAll(db, reactions, log);
    },
  };
}

/** Shops change some of their listings in the middle of the month: what was ordered before stays as it was ordered. Answers which. */
export function changeListings(world: World, laidOut: readonly LaidOut[]): Set<string> {
  const drafts = demoListings();
  const changed = laidOut.flatMap((listing, index) =>
    listing.automatic && index % 17 === 5 ? [{ listing, index }] : [],
  );
  changed.forEach(({ listing, index }, turn) => {
    const { categoryId } = must(drafts[index], 'each listing has its draft');
    world.agenda.add({
      at: plus(world.begin, { days: 9 + turn, hours: 2, minutes: turn * 7 }),
      run: () => changeListing(world, listing, categoryId),
    });
  });
  return new Set(changed.map(({ listing }) => listing.listingId));
}

async function changeListing({ db, people }: World, listing: LaidOut, categoryId: string): Promise<void> {
  const { shopId, listingId, shop, title } = listing;
  const answer = await transaction(db, async (tx) => {
    const [version] = await versionsOf(tx, [{ shopId, listingId, version: 1 }]);
    const { content } = must(version, 'a listing has its first version');
    const cheaper = (price: string): string => ((BigInt(price) * 98n) / 100n).toString();
    const variants = content.variants.map((one) => ({
      ...one,
      price: cheaper(one.price),
      tiers: one.tiers.map((tier) => ({ ...tier, price: cheaper(tier.price) })),
    }));
    return publishVersion(tx, {
      shopId,
      listingId,
      categoryId,
      content: { ...content, variants },
      after: 1,
      byId: people.shops[shop].ownerId,
    });
  });
  assert(answer.ok, `the new version of ${title} is published: ${JSON.stringify(answer)}`);
}

/** Two sums of money that belong to nobody we know: the operator decides about them. */
export function strayMoney(world: World): void {
  const { db, bank, agenda, begin } = world;
  agenda.add({
    at: plus(begin, { days: 8, hours: 6 }),
    run: () => bank.payStray(db, { number: encodeId('payment', newId(db.wall.now())), amount: fen(5_000n) }),
  });
  agenda.add({
    at: plus(begin, { days: 25, hours: 3 }),
    run: () => bank.payStray(db, { number: 'TRANSFER-0093', amount: fen(12_800n) }),
  });
}
