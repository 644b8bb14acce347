import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeId } from '../../src/kit/public-id.ts';
import { must } from '../../src/kit/assert.ts';
import { cpuSeconds, load, startProgram, stop, type Bench } from './bench.ts';
import { median } from './load.ts';
import { type BenchWorld } from './world.ts';

/** Pages and API per core-second of program and database together. */
export async function pageFigures(bench: Bench, world: BenchWorld, rounds: number): Promise<void> {
  const { process: program, port } = await startProgram(bench, { WORKER: 'off' });
  const get = (path: string): string => `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}`;
  const listings = world.spread.map((goods) => encodeId('listing', goods.listingId));
  for (const [name, paths, must_] of [
    ['page.home', ['/'], '≥ 300'],
    ['page.listing', listings.map((id) => `/g/${id}`), '≥ 300'],
    ['api.list', ['/api/v1/products', '/api/v1/products?sort=cheap', '/api/v1/products?limit=20'], '≥ 2,000'],
    ['api.product', listings.map((id) => `/api/v1/products/${id}`), '≥ 4,000'],
  ] as const) {
    const runs: number[] = [];
    const heads = paths.map(get);
    await load({ port, connections: 16, seconds: 1, warmUp: 1, heads, bodies: [], ok: 200 });
    for (let round = 0; round < rounds; round++) {
      const before = cpuSeconds(bench, [must(program.pid, 'a process')]);
      const answer = await load({ port, connections: 16, seconds: 3, warmUp: 0, heads, bodies: [], ok: 200 });
      const used = cpuSeconds(bench, [must(program.pid, 'a process')]) - before;
      if (answer.failed > 0) throw new Error(`${name}: ${JSON.stringify(answer.statuses)}`);
      runs.push((answer.perSecond * 3) / used);
    }
    bench.report({ name, value: median(runs), unit: 'answers per core-second', runs, must: must_ });
  }
  await stop(program);
}

/** A second start of npm start, and its memory at rest. */
export async function startFigures(bench: Bench, rounds: number): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mengyue-start-'));
  const runs: number[] = [],
    idle: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const begin = performance.now();
    const program = spawn(
      process.execPath,
      ['--max-semi-space-size=32', join(import.meta.dirname, '../../src/app/main.ts')],
      {
        env: { ...process.env, DATA_DIR: dataDir, PORT: '0', NODE_ENV: 'production' },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    let said = '';
    for await (const chunk of program.stdout) if ((said += String(chunk)).includes('Ctrl-C')) break;
    if (round > 0) runs.push((performance.now() - begin) / 1000);
    await new Promise((resolve) => setTimeout(resolve, 4000));
    if (round > 0)
      idle.push(
        Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${program.pid}/status`, 'utf8'))?.[1]) / 1000,
      );
    program.kill('SIGTERM');
    await once(program, 'exit');
  }
  rmSync(dataDir, { recursive: true, force: true });
  bench.report({ name: 'start.warm_s', value: median(runs), unit: 's', runs, must: '≤ 3' });
  bench.report({
    name: 'idle_mb',
    value: median(idle),
    unit: 'MB without the database',
    runs: idle,
    must: '≤ 250',
  });
}
