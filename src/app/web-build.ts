import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const stamp = join(root, 'build', '.made-from');

// All that the pages are made from: web/, what it may import, and the tools that build it.
const sources = [
  'web/**/*',
  'public/**/*',
  'src/**/*contract.ts',
  'src/**/*machine.ts',
  'src/**/*.data.ts',
  'src/kit/*.ts',
  'src/app/context.ts',
  '*.config.ts',
  'bin/build-web.mjs',
  'package-lock.json',
];

/** Whether build/ holds the pages of exactly these sources. */
export function webIsBuilt(): boolean {
  if (!existsSync(join(root, 'web', 'root.tsx'))) return true;
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sourcesHash();
}

/** Builds the pages. Throws with the tool's own words when they do not build. */
export async function buildWeb(): Promise<void> {
  rmSync(stamp, { force: true });
  const made = sourcesHash();
  await run('bin/build-web.mjs');
  writeFileSync(stamp, made);
}

function sourcesHash(): string {
  const hash = createHash('sha256');
  const files = globSync(sources, { cwd: root, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const path of files.map((entry) => join(entry.parentPath, entry.name)).sort())
    hash
      .update(`${path.slice(root.length)}\n`)
      .update(readFileSync(path))
      .update('\n');
  return hash.digest('hex');
}

function run(script: string): Promise<void> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [script], { cwd: root });
    let said = '';
    child.stdout.on('data', (data) => (said += data));
    child.stderr.on('data', (data) => (said += data));
    child.on('error', failed);
    child.on('exit', (code) => (code === 0 ? done() : failed(new Error(`The pages do not build:\n${said}`))));
  });
}
