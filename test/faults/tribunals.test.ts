import { deepEqual, equal } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { prove } from '../../bin/prove.ts';
import { arbitrate } from '../../src/aftersales/panel/actions.ts';
import { faultPoints } from '../../src/kit/fault.ts';
import { bought, buyerOf, caseShop, clockwork, filed, staffer, type Bought } from '../cases.ts';
import { testDatabase } from '../database.ts';
import { courtOf, juryOf } from '../tribunals.ts';
import { stock } from '../world.ts';

// A second program is killed with SIGKILL at every write point of a panel, a jury and a group; then another one does the same.
const database = await testDatabase();
const { db, url, clock, asOwner, ownerUrl } = database;
const shelf = await caseShop(db);
await stock(db, shelf, shelf.listings[0]?.variantId ?? '', 60);
const first = await staffer(db, 'support');
const arbitrators = [
  await staffer(db, 'arbitrator'),
  await staffer(db, 'arbitrator'),
  await staffer(db, 'arbitrator'),
  await staffer(db, 'arbitrator'),
];
const court = courtOf(database, shelf, first);
const juries = juryOf(court, shelf);
await juries.jurors(17);

type Ended = { code: number | null; signal: string | null };
const program = (what: string, id: string, userId: string, faults: string): Promise<Ended> =>
  new Promise((ended) =>
    spawn(
      process.execPath,
      [
        `${import.meta.dirname}/../children/tribunal.ts`,
        url,
        String(clock.now()),
        what,
        id,
        shelf.shopId,
        userId,
      ],
      { env: { PATH: process.env['PATH'] ?? '', FAULTS: faults }, stdio: ['ignore', 'ignore', 'inherit'] },
    ).once('exit', (code, signal) => ended({ code, signal })),
  );
const count = async (text: string, values: unknown[]): Promise<number> =>
  Number((await asOwner(`select count(*)::int as n from ${text}`, values))[0]?.['n']);

type Scene = { what: string; id: string; userId: string; done: () => Promise<number>; whole: number };
const seats = (id: string) => () => count('aftersales.seats where case_id = $1', [id]);
const ballots = (id: string) => () => count(`aftersales.ballots where case_id = $1`, [id]);
const opened = (id: string) => () =>
  count(`aftersales.ballots where case_id = $1 and opened_at is not null`, [id]);

async function groupOf(people: number): Promise<{ groupId: string; last: string }> {
  const batch = await caseShop(db);
  await stock(db, batch, batch.listings[0]?.variantId ?? '', 20);
  const all: Bought[] = [];
  for (let n = 0; n < people; n += 1) all.push(await bought(db, batch));
  let last = '';
  for (const [n, who] of all.entries()) {
    last = await filed(db, who, { reason: 'WRONG_SPEC' });
    if (n < people - 1) await clockwork(db).news();
  }
  const [group] = await asOwner('select id from aftersales.case_groups where shop_id = $1', [batch.shopId]);
  return { groupId: String(group?.['id'] ?? ''), last };
}

const scenes: Readonly<Record<string, () => Promise<Scene>>> = {
  'aftersales.panel.after-draw': async () => {
    const who = await court.buy();
    const id = await court.decided(who);
    await court.run((tx) =>
      arbitrate(tx, { caseId: id, viewer: buyerOf(who.buyerId), ground: 'procedure', text: '要仲裁' }),
    );
    await court.sequence();
    return { what: 'draw', id, userId: String(first.userId), done: seats(id), whole: 3 };
  },
  'aftersales.panel.after-vote': async () => {
    const id = await court.before(await court.buy());
    return { what: 'vote', id, userId: (await court.seated(id))[0] ?? '', done: ballots(id), whole: 1 };
  },
  'aftersales.jury.after-sealed': async () => {
    const id = await juries.beforeJury(await court.buy());
    return {
      what: 'seal',
      id,
      userId: (await court.seated(id, 'jury'))[0] ?? '',
      done: ballots(id),
      whole: 1,
    };
  },
  'aftersales.jury.after-opened': async () => {
    const id = await juries.beforeJury(await court.buy());
    const jury = await court.seated(id, 'jury');
    for (const userId of jury) await juries.seal(id, userId, 'buyer');
    return { what: 'open', id, userId: jury[0] ?? '', done: opened(id), whole: 1 };
  },
  'aftersales.batch.after-watch': async () => {
    const { last } = await groupOf(5);
    const done = () =>
      count(
        'aftersales.case_group_members where group_id = (select group_id from aftersales.case_group_members where case_id = $1)',
        [last],
      );
    const [row] = await asOwner('select shop_id from aftersales.cases where id = $1', [last]);
    return { what: 'watch', id: `${last}`, userId: String(row?.['shop_id']), done, whole: 5 };
  },
  'aftersales.batch.after-decision': async () => {
    const { last } = await groupOf(5);
    await clockwork(db).news();
    const [row] = await asOwner('select group_id from aftersales.case_group_members where case_id = $1', [
      last,
    ]);
    const id = String(row?.['group_id']);
    const done = () => count(`aftersales.case_groups where id = $1 and state = 'decided'`, [id]);
    return { what: 'find', id, userId: String(arbitrators[0]?.userId), done, whole: 1 };
  },
  'aftersales.batch.after-finding': async () => {
    const scene = await scenes['aftersales.batch.after-decision']?.();
    const id = scene?.id ?? '';
    equal((await program('find', id, String(arbitrators[0]?.userId), '')).code, 0);
    const done = () => count(`aftersales.case_group_members where group_id = $1 and outcome = 'found'`, [id]);
    return { what: 'apply', id, userId: String(arbitrators[0]?.userId), done, whole: 5 };
  },
};

const mine = faultPoints.filter((one) => /^aftersales\.(panel|jury|batch)\./.test(one));
test('every write point of panels, juries and groups has its scene', () =>
  deepEqual(Object.keys(scenes).toSorted(), [...mine].toSorted()));

for (const point of mine)
  test(`killed at ${point}, nothing of it is there, and the next program does all of it once`, async () => {
    const scene = await scenes[point]?.();
    const { what, id, userId, done, whole } = scene ?? {
      what: '',
      id: '',
      userId: '',
      done: () => Promise.resolve(0),
      whole: 0,
    };
    const before = await done();
    equal((await program(what, id, userId, point)).signal, 'SIGKILL', `${point} is on the way`);
    equal(await done(), before);
    await program(what, id, userId, '');
    equal(await done(), whole);
    await program(what, id, userId, '');
    equal(await done(), whole, 'a second time changes nothing');
  });

test('prove holds after every death', async () => {
  await clockwork(db).news();
  await court.sequence();
  deepEqual((await prove({ url: ownerUrl, keys: db.keys })).offences, []);
});
