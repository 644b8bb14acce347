import { spawn } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { findBrowser } from './browser.ts';
import { type Count, runTestFiles } from './run.files.ts';
import { startTestServer } from './server.ts';

const { values: options } = parseArgs({
  options: { only: { type: 'string' }, keep: { type: 'boolean', default: false } },
});
if (options.keep) process.env['MENGYUE_KEEP'] = '1';

const root = dirname(import.meta.dirname);
const total: Count = { passed: 0, failed: 0 };
process.chdir(root);
process.env['PATH'] = [
  dirname(process.execPath),
  join(root, 'node_modules', '.bin'),
  process.env['PATH'] ?? '',
].join(delimiter);

const wanted = (name: string): boolean => !options.only || name.includes(options.only);
const written = globSync(['src/**/*.test.ts', 'web/**/*.test.ts', 'test/**/*.test.ts'])
  .map((path) => path.replaceAll('\\', '/'))
  .sort();
const under = (folder: string): string[] => written.filter((path) => path.startsWith(folder) && wanted(path));
const [e2e, faults] = [under('test/e2e/'), under('test/faults/')];
const ordinary = written.filter((path) => wanted(path) && !/^test\/(e2e|faults)\//.test(path));
const onDatabase = ordinary.filter((path) => /from '[^']*\/database\.ts'/.test(readFileSync(path, 'utf8')));

/** The checks in their order, cheap ones first. Each prints its name, what came out, and its seconds. */
await tool('format', 'oxfmt', ['--check', 'src', 'web', 'test', 'bin']);
await tool('lint', 'oxlint', ['--quiet', 'src', 'web', 'test', 'bin']);
await tool('types of the routes', 'react-router', ['typegen']);
await tool('types', 'tsc', ['-p', 'tsconfig.json']);
await onPostgres(18, async () => {
  await tool('schema.sql is the schema', process.execPath, ['bin/schema.ts', '--check']);
  await files('tests, PostgreSQL 18', ordinary);
  await files('faults', faults, { concurrency: 1 });
  if (e2e.length > 0) {
    process.env['MENGYUE_BROWSER'] = await findBrowser((line) => console.log(`  ${line}`));
    await files('end to end', e2e, { concurrency: 1 });
  }
});
await onPostgres(15, () => files('database tests, PostgreSQL 15', onDatabase));

console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 ? 1 : 0);

/** A check that is one program: it passes with exit code 0, else its output is shown. */
async function tool(name: string, command: string, args: string[]): Promise<void> {
  if (!wanted(name)) return;
  const from = performance.now();
  const { code, output } = await outputOf(command, args);
  total[code === 0 ? 'passed' : 'failed'] += 1;
  report(name, code === 0 ? 'ok' : 'failed', from);
  if (code !== 0) console.log(indent(output));
}

async function files(name: string, paths: string[], how: { concurrency?: number } = {}): Promise<void> {
  if (paths.length === 0) return;
  const from = performance.now();
  const count = await runTestFiles(paths, how.concurrency ?? Math.min(4, availableParallelism()));
  total.passed += count.passed;
  total.failed += count.failed;
  report(name, `${count.passed} passed, ${count.failed} failed in ${paths.length} files`, from);
}

/** Runs checks while a throw-away server is there. A server that cannot start is a failure, not the end of the run. */
async function onPostgres(version: 18 | 15, act: () => Promise<void>): Promise<void> {
  if (version === 15 && onDatabase.length === 0) return;
  const server = await startTestServer(version).catch((problem: unknown) => {
    total.failed += 1;
    console.log(`✗ PostgreSQL ${version}\n${indent(String(problem))}`);
  });
  if (!server) return;
  process.env['MENGYUE_TEST_SERVER'] = server.url;
  try {
    await act();
  } finally {
    if (options.keep && total.failed > 0) console.log(`  PostgreSQL ${version} stays: ${server.url}`);
    else await server.stop();
  }
}

function outputOf(command: string, args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd: root, shell: process.platform === 'win32' });
    let output = '';
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (output += data));
    child.on('error', (problem) => done({ code: 1, output: problem.message }));
    child.on('exit', (code) => done({ code: code ?? 1, output }));
  });
}

function report(name: string, outcome: string, from: number): void {
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  const good = outcome === 'ok' || / 0 failed /.test(outcome);
  console.log(`${good ? '✓' : '✗'} ${name}: ${outcome} (${seconds} s)`);
}

function indent(text: string): string {
  const lines = text.trimEnd().split('\n');
  const shown = lines.length > 200 ? [...lines.slice(0, 200), `… ${lines.length - 200} more lines`] : lines;
  return shown.map((line) => `    ${line}`).join('\n');
}
