import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Ends a server as gently as it lets us: a checkpoint and clean end first, in the end by force. */
export async function endServer(place: { bin: string; pgdata: string }, pid: number): Promise<void> {
  const signals = [
    { signal: 'SIGINT', seconds: 30 }, // ends sessions, writes a checkpoint
    { signal: 'SIGQUIT', seconds: 5 }, // leaves the rest to recovery
    { signal: 'SIGKILL', seconds: 5 },
  ] as const;
  for (const { signal, seconds } of signals) {
    if (process.platform === 'win32')
      spawnSync(join(place.bin, 'pg_ctl.exe'), ['-D', place.pgdata, '-m', 'fast', '-w', 'stop'], {
        stdio: 'ignore',
      });
    else sendSignal(pid, signal);
    for (const until = performance.now() + seconds * 1000; performance.now() < until; await sleep(20))
      if (!isAlive(pid)) return;
  }
}

/** The server that runs on this data now, by its lock file; a stale file or a reused number is not one. */
export function runningPid(pgdata: string): number | undefined {
  let first: string | undefined;
  try {
    [first] = readFileSync(join(pgdata, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const pid = Math.abs(Number(first));
  if (!pid || !isAlive(pid)) return undefined;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(pgdata) ? pid : undefined;
  } catch {
    if (process.platform === 'win32') return pid;
    const { stdout } = spawnSync('ps', ['-p', String(pid), '-o', 'comm='], { encoding: 'utf8' });
    return stdout?.includes('postgres') ? pid : undefined;
  }
}

/**
 * Call only when no server runs on this data. PostgreSQL removes the lock files of a process that is gone by itself,
 * but takes a killed one that nobody has buried yet, or another process with its number, for a running server.
 */
export function clearStaleLocks(pgdata: string, port: number): void {
  for (const name of ['postmaster.pid', `.s.PGSQL.${port}.lock`]) {
    const path = join(pgdata, name);
    if (!existsSync(path)) continue;
    const pid = Math.abs(Number(readFileSync(path, 'utf8').split('\n')[0]));
    try {
      process.kill(pid, 0);
      rmSync(path, { force: true });
    } catch {
      // No such process: PostgreSQL sees that, too, and uses what else the file says.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (problem) {
    return (problem as NodeJS.ErrnoException).code === 'EPERM';
  }
  try {
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8')); // a zombie has ended
  } catch {
    return process.platform !== 'linux';
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended in the meantime.
  }
}
