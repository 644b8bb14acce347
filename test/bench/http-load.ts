// The load generator of the HTTP figures, a process of its own. It is told what to do by its parent and answers what it measured.
import { closedLoop, median, percentile, type Measured } from './load.ts';
import { wire } from './driver.ts';

export type Task = {
  readonly port: number;
  readonly connections: number;
  readonly seconds: number;
  readonly warmUp: number;
  /** Open loop: so many requests a second, counted from their planned time. */
  readonly rate?: number;
  /** One of these heads per request, in turn; {key} becomes a new idempotency key. */
  readonly heads: readonly string[];
  readonly bodies: readonly string[];
  readonly ok: number;
};
export type Answer = {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
  readonly statuses: Record<string, number>;
};

let keys = 0;
const newKey = (): string => `${process.pid}-${Date.now().toString(36)}-${(keys += 1).toString(36)}`;

async function work(task: Task): Promise<Answer> {
  const wires = Array.from({ length: task.connections }, () => wire(task.port));
  const free = [...wires];
  const statuses: Record<string, number> = {};
  const one = async (i: number): Promise<boolean> => {
    const line =
      free.shift() ?? (await new Promise<ReturnType<typeof wire>>((resolve) => queue.push(resolve)));
    const head = (task.heads[i % task.heads.length] as string).replace('{key}', newKey());
    const body = task.bodies.length > 0 ? (task.bodies[(i * 7919) % task.bodies.length] as string) : '';
    const { status } = await line.send(head, body);
    const next = queue.shift();
    if (next) next(line);
    else free.push(line);
    statuses[status] = (statuses[status] ?? 0) + 1;
    return status === task.ok;
  };
  const queue: ((line: ReturnType<typeof wire>) => void)[] = [];
  const measured = task.rate
    ? await openLoop(task, one)
    : await closedLoop(task.connections, task.seconds, task.warmUp, one);
  for (const line of wires) line.close();
  return {
    perSecond: measured.perSecond,
    p50: median(measured.latencies),
    p99: percentile(measured.latencies, 0.99),
    failed: measured.failed,
    statuses,
  };
}

/** Poisson arrivals; a request's latency counts from when it should have been sent. The generator sleeps between (performance.md 7.12). */
async function openLoop(task: Task, one: (i: number) => Promise<boolean>): Promise<Measured> {
  const rate = task.rate ?? 1;
  const begin = performance.now();
  const from = begin + task.warmUp * 1000,
    until = from + task.seconds * 1000;
  const latencies: number[] = [];
  const under: Promise<void>[] = [];
  let done = 0,
    failed = 0,
    planned = begin,
    i = 0;
  while (planned < until) {
    const now = performance.now();
    while (planned <= now && planned < until) {
      const at = planned;
      under.push(
        one(i++).then((ok) => {
          if (at < from) return;
          if (ok) done++;
          else failed++;
          latencies.push(performance.now() - at);
        }),
      );
      planned += (-Math.log(1 - Math.random()) * 1000) / rate;
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(under);
  return { perSecond: done / task.seconds, latencies, failed };
}

process.on('message', (task: Task) => {
  work(task).then(
    (answer) => process.send?.(answer),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
