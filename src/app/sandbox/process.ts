import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyOf, type KeyObject } from '../../kit/secret.ts';

/** The running sandbox: its address, the key that both sides sign with, and our name there. */
export type Sandbox = { readonly url: string; readonly key: KeyObject; readonly merchant: string; readonly process: ChildProcess; stop(): Promise<void> };

/**
 * Starts the sandbox channel as a process of its own, on loopback, with its store under DATA_DIR/sandbox. A taken port is replaced by a free
 * one. It ends when this process does. Never started in production.
 */
export async function startSandbox(p: { dataDir: string; port?: number }): Promise<Sandbox> {
  const folder = join(p.dataDir, 'sandbox');
  const key = keyIn(folder);
  try {
    return await attempt(folder, key, p.port ?? 0);
  } catch (problem) {
    if (p.port && problem instanceof Error && problem.message.includes('EADDRINUSE')) return attempt(folder, key, 0);
    throw problem;
  }
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
    env: { PATH: process.env['PATH'] ?? '', SANDBOX_DIR: folder, SANDBOX_HOST: '127.0.0.1', SANDBOX_PORT: String(port), SANDBOX_MERCHANT: merchant },
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
        ready({ url: message.origin, key, merchant, process: child, stop });
      } else failed(new Error(`the sandbox cannot listen: ${message.problem}`));
    });
  });
}
