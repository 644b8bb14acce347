import { deepEqual, equal } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { prove } from '../../bin/prove.ts';
import { sequenceAll } from '../../src/evidence/sequencer.jobs.ts';
import { faultPoints } from '../../src/kit/fault.ts';
import { bought, filed } from '../cases.ts';
import { testDatabase } from '../database.ts';
import { testLog } from '../log.ts';
import { aShop, stock } from '../world.ts';

// A second program is killed with SIGKILL at every write point of a case while a shop agrees to it; then another one does it.
const { db, url, clock, asOwner, ownerUrl } = await testDatabase();
const shelf = await aShop(db, [{}]);
await stock(db, shelf, shelf.listings[0]?.variantId ?? '', 40);

async function agreeIn(
  caseId: string,
  faults: string,
): Promise<{ code: number | null; signal: string | null }> {
  const child = spawn(
    process.execPath,
    [
      `${import.meta.dirname}/../children/case.ts`,
      url,
      String(clock.now()),
      caseId,
      shelf.shopId,
      shelf.ownerId,
    ],
    { env: { PATH: process.env['PATH'] ?? '', FAULTS: faults }, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  return new Promise((ended) => child.once('exit', (code, signal) => ended({ code, signal })));
}

const stateOf = async (caseId: string) =>
  (await asOwner('select state from aftersales.cases where id = $1', [caseId]))[0]?.['state'];
const wallet = async (buyerId: string) =>
  BigInt(
    String(
      (
        await asOwner(`select balance_fen from ledger.accounts where kind = 'wallet' and id = $1`, [buyerId])
      )[0]?.['balance_fen'],
    ),
  );

for (const point of faultPoints.filter((one) => /^aftersales\.(case|execute)\./.test(one)))
  test(`killed at ${point}, a case is untouched, and the next program pays it once`, async () => {
    const who = await bought(db, shelf);
    const caseId = await filed(db, who);
    const before = await wallet(who.buyerId);
    equal((await agreeIn(caseId, point)).signal, 'SIGKILL', `${point} is on the way`);
    equal(await stateOf(caseId), 'negotiation');
    equal(await wallet(who.buyerId), before);
    equal((await agreeIn(caseId, '')).code, 0);
    equal(await stateOf(caseId), 'executed');
    equal((await wallet(who.buyerId)) - before, 9750n);
    equal((await agreeIn(caseId, '')).code, 3, 'a second answer is refused');
    equal((await wallet(who.buyerId)) - before, 9750n);
  });

test('prove holds after every death', async () => {
  await sequenceAll(testLog(db));
  deepEqual((await prove({ url: ownerUrl, keys: db.keys })).offences, []);
});
