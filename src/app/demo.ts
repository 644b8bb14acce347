import { shareFiles } from '../kit/blob.ts';
import { beijingDay, endOfBeijingDay, plus } from '../kit/time.ts';
import type { Db } from '../kit/tx.ts';
import { applyPayments } from '../checkout/jobs.ts';
import { installPayments } from '../payments/channels.actions.ts';
import { agendaOf } from './demo/agenda.ts';
import { chanceOf } from './demo/chance.ts';
import { pastBank } from './demo/channel.ts';
import { pastDb } from './demo/clock.ts';
import { planCases } from './demo/cases.ts';
import { planCourt } from './demo/court.ts';
import { layInFiles, planDownloads } from './demo/files.ts';
import { demoListings, layOutGoods } from './demo/goods.ts';
import { planHands } from './demo/hands.ts';
import { planLicences } from './demo/licences.ts';
import { planMembers } from './demo/members.ts';
import { planMonth } from './demo/month.ts';
import { demoPassword, players } from './demo/people.data.ts';
import { makePeople } from './demo/people.ts';
import { layInIdentities, planOutside } from './demo/outside.ts';
import { planParcels } from './demo/parcels.ts';
import { planRisk } from './demo/risk.ts';
import { planRules } from './demo/rulebook.ts';
import { layInKeys, planStock } from './demo/stock.ts';
import { layOutSupply, planTopups } from './demo/topups.ts';
import { lastMinutes, planVisitor } from './demo/visitor.ts';
import { catchUp, changeListings, live, strayMoney, type World } from './demo/world.ts';

/** Printed after the start, so that a visitor can log in at once. */
export const demoAccounts: readonly { role: string; login: string; password: string }[] = players.map(
  ({ role, login }) => ({ role, login, password: demoPassword }),
);

const monthDays = 30;
const shopsBefore_days = 412;

/**
 * Lays out the demo world in an empty database: people and shops, goods, keys, and a month of trade that ends now. Everything is done by the
 * real actions on a clock that walks through the past, so every invariant that bin/prove knows holds. The evidence waits for the sequencer.
 */
export async function layOutDemo(present: Db, tell: (what: string) => void): Promise<void> {
  const end = present.wall.now();
  const begin = endOfBeijingDay(beijingDay(plus(end, { days: -monthDays - 1 })));
  const { db, clock } = pastDb(present, plus(begin, { days: -shopsBefore_days }));
  const bank = pastBank();
  installPayments(db, { channels: [bank.channel], applyCheckouts: (ids) => applyPayments(db, ids) });
  const people = await makePeople(db, clock, chanceOf(1));
  await layInIdentities({ db, people });
  tell('goods 商品');
  const laidOut = await layOutGoods(db, people.shops);
  await layOutSupply(db, laidOut);
  shareFiles(present, db);
  await layInFiles(db, { laidOut, drafts: demoListings(), shops: people.shops });
  const shelves = planStock(laidOut, chanceOf(2));
  await layInKeys(db, { shelves, shops: people.shops, chance: chanceOf(3), tell });
  const world: World = { db, clock, agenda: agendaOf(), bank, people, shelves, begin, end };
  const changing = changeListings(world, laidOut);
  strayMoney(world);
  planMonth(world);
  planLicences(world, laidOut);
  planMembers(world, laidOut);
  planDownloads(world, laidOut);
  planTopups(world, laidOut);
  planHands(world, laidOut);
  planParcels(world, laidOut);
  planRules(world);
  planCases(world);
  planCourt(world);
  planOutside(world);
  planRisk(world);
  await planVisitor(world, changing);
  await live(world, plus(end, { minutes: -14 }), (day) => tell(`day ${day} of ${monthDays} 第 ${day} 天`));
  await lastMinutes(world);
  await catchUp(world);
}
