import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { openLog } from '../../src/app/log.ts';
import { openSweep } from '../../src/app/sweep.ts';
import { workTables } from '../../src/app/worker.ts';
import { testDatabase } from '../database.ts';
import {
  aStore,
  buys,
  claim,
  ids,
  journey,
  judgment,
  reveals,
  shows,
  type Answer,
  type Person,
} from './world.ts';

/**
 * Two acts on one case at the same moment. Each pair is driven three ways: a row that both need is held until both wait for it, first the one
 * in front and then the other (the database serves who waits in turn), and once they run as they come. One outcome, whatever the order.
 */

const database = await testDatabase({ connections: 8 });
const world = await journey(database);
const { staff, pass, settle, proves, wallet, asOwner, row, clock, ownerUrl } = world;
const price = 9750n;
const desk = await staff('support');
// A worker process of its own beside the one that answers people.
const sweep = openSweep(database.another(), workTables.deadlines, openLog('silent'));
const rings = async (): Promise<{ status: number }> => {
  const { failed } = await sweep.run();
  deepEqual(failed, []);
  return { status: 0 };
};

type Act = () => Promise<{ status: number }>;
type Gate = { readonly table: string; readonly id: string };

/** Holds a row, lets the acts come and wait for it in this order, and lets go. */
async function queued(gate: Gate, acts: readonly Act[]): Promise<{ status: number }[]> {
  const holder = new pg.Client({ connectionString: ownerUrl });
  await holder.connect();
  try {
    await holder.query('begin');
    await holder.query(`select from ${gate.table} where id = $1 for update`, [gate.id]);
    const running: Promise<{ status: number }>[] = [];
    for (const [at, act] of acts.entries()) {
      running.push(act());
      await waiting(at + 1);
    }
    await holder.query('commit');
    return await Promise.all(running);
  } finally {
    await holder.end();
  }
}

/** Until so many wait for a lock; one that has nothing to wait for any more is not waited for longer than a second. */
async function waiting(count: number): Promise<void> {
  for (let look = 0; look < 40; look += 1) {
    const [found] = await asOwner(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (Number(found?.['n']) >= count) return;
    await new Promise((next) => setTimeout(next, 25));
  }
}

/** First this, first that, and as they come. */
const ways: readonly (readonly [string, (gate: Gate, acts: readonly [Act, Act]) => Promise<unknown>])[] = [
  ['the first in front', (gate, acts) => queued(gate, acts)],
  ['the second in front', (gate, [first, second]) => queued(gate, [second, first])],
  ['as they come', (_, acts) => Promise.all(acts.map((act) => act()))],
];

const stateOf = async (caseId: string): Promise<unknown> =>
  (await row('select state from aftersales.cases where id = $1', ids('case', caseId)))['state'];
const executions = async (caseId: string): Promise<number> =>
  (await asOwner('select 1 from aftersales.executions where case_id = $1', [ids('case', caseId)])).length;
const post = (who: Person, path: string, body: object = {}): Promise<Answer> => who.ask('POST', path, body);
const refusal = { defence: 'NOT_AS_CLAIMED', text: '发的就是 100 元', exhibit: shows('发货记录') };
const caseGate = (caseId: string): Gate => ({ table: 'aftersales.cases', id: ids('case', caseId) });
/** How many of the answers were taken. */
const taken = (answers: readonly Answer[]): number => answers.filter((one) => one.status === 200).length;

for (const [way, drive] of ways) {
  test(`refund against release, ${way}: the claim and the release of the same money; escrow is emptied once, and the buyer gets the price once`, async () => {
    const { shop, variantId } = await aStore(world);
    const who = await world.buyer();
    const order = await buys(who, variantId);
    await reveals(who, order);
    await who.does('POST', `/orders/${order.orderId}/confirmation`, {});
    const had = await wallet(who);
    const due = await row(
      `select due_at from kit.deadlines where about = $1 and what = 'order.release'`,
      order.id,
    );
    clock.set(Date.parse(String(due['due_at'])) as never);
    const answers: Answer[] = [];
    await drive({ table: 'orders.orders', id: order.id }, [
      async () => {
        const answer = await post(who, `/orders/${order.orderId}/cases`, claim({ reason: 'WRONG_SPEC' }));
        answers.push(answer);
        return answer;
      },
      rings,
    ]);
    await settle();
    const [filed] = answers;
    equal(filed?.status, 200, JSON.stringify(filed?.body));
    await shop.does('POST', `/cases/${filed?.body.caseId}/agreement`, {});
    await pass({ days: 5 });
    equal((await wallet(who)) - had, price, 'from escrow, or from the shop that had it');
    const moved = await row(
      `select coalesce(sum(amount_fen), 0)::text as sum from ledger.transfers where debit_kind = 'escrow' and about = $1`,
      order.id,
    );
    equal(moved['sum'], price.toString(), 'escrow was emptied once');
    equal(await executions(filed?.body.caseId), 1);
    await proves();
  });

  test(`two decisions, ${way}: one stands, the other is told that it is too late`, async () => {
    const { shop, claimed } = await aStore(world);
    const { who, caseId, had } = await claimed({ reason: 'WRONG_SPEC' });
    await shop.does('POST', `/cases/${caseId}/refusal`, refusal);
    await who.does('POST', `/cases/${caseId}/intervention`, { text: '请裁决' });
    await desk.does('POST', `/case-desk/${caseId}/assignment`, { declared: true });
    const answers: Answer[] = [];
    const decides =
      (parts: object): Act =>
      async () => {
        const answer = await post(desk, `/case-desk/${caseId}/decision`, judgment(parts));
        answers.push(answer);
        return answer;
      };
    await drive(caseGate(caseId), [decides({}), decides({ amount: '5000' })]);
    equal(taken(answers), 1);
    const decisions = await asOwner(
      `select body from aftersales.statements where case_id = $1 and kind = 'decision'`,
      [ids('case', caseId)],
    );
    equal(decisions.length, 1);
    await pass({ days: 8 });
    equal(await executions(caseId), 1);
    const { award } = await who.does('GET', `/cases/${caseId}`);
    equal((await wallet(who)) - had, BigInt(award.amount));
    ok([price, 5000n].includes(BigInt(award.amount)));
    await proves();
  });

  test(`silence against answer, ${way}: the clock that refunds and the shop that refuses; one of them came in time`, async () => {
    const { shop, claimed } = await aStore(world);
    const { who, caseId, had } = await claimed();
    clock.forward({ hours: 24 });
    const answers: Answer[] = [];
    await drive(caseGate(caseId), [
      rings,
      async () => {
        const answer = await post(shop, `/cases/${caseId}/refusal`, refusal);
        answers.push(answer);
        return answer;
      },
    ]);
    const state = await stateOf(caseId);
    if (taken(answers) === 1) {
      equal(state, 'refused');
      deepEqual([await executions(caseId), (await wallet(who)) - had], [0, 0n]);
    } else {
      equal(answers[0]?.body.code, 'NOT_YOUR_TURN');
      equal(state, 'executed');
      deepEqual([await executions(caseId), (await wallet(who)) - had], [1, price]);
    }
    await proves();
  });

  test(`double escalation, ${way}: one intervention with one clock`, async () => {
    const { shop, claimed } = await aStore(world);
    const { who, caseId } = await claimed({ reason: 'WRONG_SPEC' });
    await shop.does('POST', `/cases/${caseId}/refusal`, refusal);
    const answers: Answer[] = [];
    const escalates =
      (text: string): Act =>
      async () => {
        const answer = await post(who, `/cases/${caseId}/intervention`, { text });
        answers.push(answer);
        return answer;
      };
    await drive(caseGate(caseId), [escalates('手机上点的'), escalates('电脑上点的')]);
    equal(taken(answers), 1);
    equal(answers.find((one) => one.status !== 200)?.body.code, 'NOT_YOUR_TURN');
    const clocks = await asOwner(
      `select 1 from kit.deadlines where about = $1 and what in ('case.accept', 'case.decide')`,
      [ids('case', caseId)],
    );
    ok(clocks.length <= 2);
    const steps = await asOwner(`select 1 from aftersales.steps where case_id = $1 and event = 'escalate'`, [
      ids('case', caseId),
    ]);
    equal(steps.length, 1);
    await proves();
  });

  test(`withdrawal against agreement, ${way}: either the buyer took it back or the shop paid, never both`, async () => {
    const { shop, claimed } = await aStore(world);
    const { who, caseId, had } = await claimed();
    const answers: Answer[] = [];
    const acts =
      (person: Person, path: string): Act =>
      async () => {
        const answer = await post(person, `/cases/${caseId}/${path}`, {});
        answers.push(answer);
        return answer;
      };
    await drive(caseGate(caseId), [acts(who, 'withdrawal'), acts(shop, 'agreement')]);
    equal(taken(answers), 1);
    const state = await stateOf(caseId);
    ok(state === 'withdrawn' || state === 'executed', String(state));
    equal((await wallet(who)) - had, state === 'executed' ? price : 0n);
    await proves();
  });
}
