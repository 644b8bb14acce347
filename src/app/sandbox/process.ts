import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hmac, keyOf, type KeyObject } from '../../kit/secret.ts';

/** The running sandbox: its address, the key that both sides sign with, and our name there. `process` is absent where another process runs it. */
export type Sandbox = {
  readonly url: string;
  readonly key: KeyObject;
  readonly merchant: string;
  readonly process: ChildProcess | undefined;
  stop(): Promise<void>;
};

/**
 * The sandbox channel as a process of its own, on loopback, with its store under DATA_DIR/sandbox. One that another process of this
 * installation started is used; else one is started, which ends when this process does. A taken port is replaced by a free one.
 */
export async function startSandbox(p: { dataDir: string; port?: number }): Promise<Sandbox> {
  const folder = join(p.dataDir, 'sandbox');
  const key = keyIn(folder);
  const running = await runningIn(folder, key);
  if (running) return running;
  try {
    return await attempt(folder, key, p.port ?? 0);
  } catch (problem) {
    if (p.port && problem instanceof Error && problem.message.includes('EADDRINUSE'))
      return attempt(folder, key, 0);
    throw problem;
  }
}

/** What a sandbox answers to /healthz: only one with the same key can. */
export const markOf = (key: KeyObject): string => hmac(key, 'mengyue sandbox').toString('hex');

async function runningIn(folder: string, key: KeyObject): Promise<Sandbox | undefined> {
  const file = join(folder, 'address');
  if (!existsSync(file)) return undefined;
  const url = readFileSync(file, 'utf8').trim();
  const mark = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(1000) })
    .then((answer) => answer.text())
    .catch(() => '');
  return mark === markOf(key)
    ? { url, key, merchant, process: undefined, stop: async () => undefined }
    : undefined;
}

const merchant = 'mengyue-demo';

/** Both sides read the key from one file that only this user may read. */
function keyIn(folder: string): KeyObject {
  const file = join(folder, 'key');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 });
  return keyOf(Buffer.from(readFileSync(file, 'utf8').trim(), 'hex'));
}

function attempt(folder: string, key: KeyObject, port: number): Promise<Sandbox> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'server.ts')], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      PATH: process.env['PATH'] ?? '',
      SANDBOX_DIR: folder,
      SANDBOX_HOST: '127.0.0.1',
      SANDBOX_PORT: String(port),
      SANDBOX_MERCHANT: merchant,
    },
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.ref();
    child.kill('SIGTERM');
    await ended;
  };
  return new Promise((ready, failed) => {
    child.once('exit', (code) => failed(new Error(`the sandbox ended at once with code ${code}`)));
    child.once('error', failed);
    child.once('message', (message: { origin?: string; problem?: string }) => {
      if (message.origin) {
        // It must not keep this process alive by itself.
        child.unref();
        child.channel?.unref();
        writeFileSync(join(folder, 'address'), message.origin, { mode: 0o600 });
        ready({ url: message.origin, key, merchant, process: child, stop });
      } else failed(new Error(`the sandbox cannot listen: ${message.problem}`));
    });
  });
}
