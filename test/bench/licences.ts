import { must } from '../../src/kit/assert.ts';
import { transaction } from '../../src/kit/tx.ts';
import { activate, type By } from '../../src/delivery/licence/seat.actions.ts';
import { licenceOfKey } from '../../src/delivery/licence/validation.actions.ts';
import { aLicenceListing, buyLicences } from '../licences.ts';
import { aShop } from '../world.ts';
import { cpuSeconds, load, startProgram, stop, type Bench } from './bench.ts';
import { median } from './load.ts';

const orders = 200;
const each = 10;
const by: By = { by: 'device', byId: null, addressHash: Buffer.alloc(16) };

/** Licences with a device each, made by the real actions. */
async function licensed({ db, tell }: Bench): Promise<{ shopId: string; keys: string[] }> {
  const shelf = await aShop(db, [aLicenceListing()], 'bench-licences');
  const { variantId } = must(shelf.listings[0], 'a listing');
  const { shopId } = shelf;
  const keys: string[] = [];
  for (let n = 0; n < orders; n++) {
    const { licences } = await buyLicences(db, { variantId, shopId, quantity: each });
    keys.push(...licences.map((one) => one.key));
  }
  tell(`${keys.length} licences`);
  for (const key of keys) {
    const row = must(await licenceOfKey(db, key, {}), 'a licence');
    const device = {
      fingerprint: `device-${key}`,
      name: 'bench',
      platform: 'linux',
      hostname: '',
      components: [],
      metadata: {},
    };
    await transaction(db, (tx) => activate(tx, row, device, by));
  }
  return { shopId, keys };
}

/** Signed answers to validate-key per core-second of program and database together, each about one of two thousand licences and its device. */
export async function licenceFigures(bench: Bench, rounds: number): Promise<void> {
  const { shopId, keys } = await licensed(bench);
  const { process: program, port } = await startProgram(bench, { WORKER: 'off' });
  const pid = must(program.pid, 'a process');
  const heads = [
    `POST /v1/accounts/${shopId}/licenses/actions/validate-key HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/vnd.api+json`,
  ];
  const bodies = keys.map((key) =>
    JSON.stringify({ meta: { key, nonce: 7, scope: { fingerprint: `device-${key}` } } }),
  );
  const task = { port, connections: 16, heads, bodies, ok: 200 };
  await load({ ...task, seconds: 1, warmUp: 2 });
  const runs: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const before = cpuSeconds(bench, [pid]);
    const answer = await load({ ...task, seconds: 3, warmUp: 0 });
    const used = cpuSeconds(bench, [pid]) - before;
    if (answer.failed > 0) throw new Error(`licence.validate: ${JSON.stringify(answer.statuses)}`);
    runs.push((answer.perSecond * 3) / used);
  }
  bench.report({
    name: 'licence.validate',
    value: median(runs),
    unit: 'answers per core-second',
    runs,
    must: '≥ 3,000',
  });
  await stop(program);
}
