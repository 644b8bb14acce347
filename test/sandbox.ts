import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { startSandbox, type Sandbox } from '../src/app/sandbox/process.ts';
import type { Db } from '../src/kit/tx.ts';
import { installPayments } from '../src/payments/channels.actions.ts';
import { installComplaintDesks } from '../src/payments/complaint/actions.ts';
import { complaintNoticeRoutes } from '../src/payments/complaint/http.ts';
import { sandboxDesk } from '../src/payments/complaint/sandbox.actions.ts';
import { noticeRoutes } from '../src/payments/notice.http.ts';
import { sandboxChannel } from '../src/payments/sandbox-channel.actions.ts';

/** The real sandbox process, and a server of ours that takes its notices. */
export type TestSandbox = {
  sandbox: Sandbox;
  noticeUrl: string;
  /** Where the key lies that both sides sign with. */
  keyFile: string;
  driver: Driver;
};

/** The sandbox's API for tests; the caller knows what comes. */
export type Driver = <T = unknown>(path: string, body?: unknown, method?: string) => Promise<T>;

export type SandboxPayment = {
  state: string;
  trades: { tradeNo: string; amount: number }[];
  refunds: { amount: number; state: string; number: string }[];
};

/** Starts both for one test file and installs the channel on `db`; ends them after the last test. */
export async function testSandbox(
  db: Db,
  applyCheckouts?: (ids: readonly string[]) => Promise<void>,
): Promise<TestSandbox> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mengyue-sandbox-'));
  const sandbox = await startSandbox({ dataDir });
  const notices = new Hono().route('/', noticeRoutes(db)).route('/', complaintNoticeRoutes(db));
  const server = serve({ fetch: notices.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise<void>((ready) => server.once('listening', ready));
  const noticeUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/notices/sandbox`;
  const channel = sandboxChannel({
    url: sandbox.url,
    key: sandbox.key,
    merchant: sandbox.merchant,
    wall: db.wall,
    noticeUrl: () => noticeUrl,
    returnUrl: (number) => `http://127.0.0.1/pay/${number}`,
    timeout_ms: 1500,
  });
  installPayments(db, { channels: [channel], ...(applyCheckouts ? { applyCheckouts } : {}) });
  installComplaintDesks(db, [sandboxDesk({ ...sandbox, wall: db.wall, timeout_ms: 1500 })]);
  after(async () => {
    await sandbox.stop();
    await new Promise((closed) => server.close(closed));
    rmSync(dataDir, { recursive: true, force: true });
  });
  const driver: Driver = async <T>(
    path: string,
    body?: unknown,
    method = body === undefined ? 'GET' : 'POST',
  ) => {
    const response = await fetch(`${sandbox.url}/driver/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return (await response.json()) as T;
  };
  return { sandbox, noticeUrl, driver, keyFile: join(dataDir, 'sandbox', 'key') };
}

/** Waits until something is so; fails with what it last saw. */
export async function until<T>(
  look: () => Promise<T | undefined | false>,
  what: string,
  limit_ms = 8000,
): Promise<T> {
  const from = performance.now();
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (performance.now() - from > limit_ms) throw new Error(`never happened: ${what}`);
    await new Promise((wait) => setTimeout(wait, 50));
  }
}
