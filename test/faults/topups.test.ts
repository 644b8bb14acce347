import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { prove } from '../../bin/prove.ts';
import { faultPoints } from '../../src/kit/fault.ts';
import { testTopups } from '../topups.ts';

// A second program is killed with SIGKILL at every write point of a top-up, while the supplier answers late or not at all; then this one
// goes on from what is stored. Nobody is ever filled twice, nothing is lost, and no money is refunded for what arrived.
const w = await testTopups();
// Calls of the supplier would help the survivor; it must find its way without them.
await w.drive('/held', { held: true });

async function dieAt(fault: string): Promise<void> {
  const child = spawn(
    process.execPath,
    [
      `${import.meta.dirname}/../children/topups.ts`,
      w.url,
      w.sandbox.url,
      w.keyFile,
      String(w.aheadMs()),
      w.origin,
    ],
    { env: { PATH: process.env['PATH'] ?? '', FAULTS: fault }, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const signal = await new Promise((ended) => child.once('exit', (_code, by) => ended(by)));
  assert.equal(signal, 'SIGKILL', `${fault} is on the way`);
}

const under = (part: string): string[] => faultPoints.filter((point) => point.startsWith(part));
const faults = [
  ...under('delivery.topup.'),
  ...under('supply.'),
  // The second time: when the supplier has answered, and the order is delivered.
  'delivery.topup.after-lines:2',
  'supply.take.before-commit:2',
  'delivery.line.after-money:2',
  'delivery.line.after-news:2',
];

for (const mood of ['slow', 'timeout_then_success'] as const)
  for (const fault of faults)
    test(`F031 killed at ${fault}, the supplier being ${mood}: filled once, delivered once, nothing refunded`, async () => {
      const one = await w.buy(mood);
      await dieAt(fault);
      // What it had taken up is free again when its lease is over.
      w.forward({ seconds: 50 });
      await w.reach(one.orderId, 'success');
      assert.deepEqual(
        (await w.credits(one.mobile)).map((credit) => [credit.charged, credit.times]),
        [[5000, 1]],
      );
      const { orders } = await w.book();
      assert.equal(orders.filter((row) => row.mobile === one.mobile).length, 1, 'one number at the supplier');
      assert.equal((await w.attempts(one.orderId)).length, 1);
      assert.equal((await w.order(one.orderId))['state'], 'delivered');
      assert.equal(await w.wallet(one.buyerId), 100_000n - 4990n);
    });

test('and bin/prove holds on everything that was killed', async () => {
  assert.deepEqual((await prove({ url: w.ownerUrl, keys: w.db.keys })).offences, []);
});
