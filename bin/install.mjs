// What both commands need first: the packages, and the pinned Node that runs the TypeScript files.
// Plain JavaScript for any Node from 20 on, and nothing from node_modules.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const stamp = join(modules, '.mengyue-installed');

/**
 * Installs what is missing or changed since the last time, and answers the path of the pinned Node. The shop needs
 * no tools of development; what is there once stays.
 * @param {{ tools: boolean }} [needed]
 * @returns {Promise<string>}
 */
export async function install({ tools } = { tools: false }) {
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major < 20)
    fail(
      `Node ${process.versions.node} is too old. Install Node 20 or newer; it fetches the pinned one itself.`,
    );
  const lock = lockHash();
  const known = existsSync(join(modules, '.package-lock.json'));
  const [installed, set] = existsSync(stamp) ? readFileSync(stamp, 'utf8').split(' ') : [];
  const all = tools || (known && set !== 'shop');
  if (installed !== lock || (tools && set !== 'all')) {
    // npm ci is exact and empties node_modules first; npm install mends what is there. Neither changes the lock file.
    if (!known) await step('installing packages', () => npm('ci', all).catch(() => npm('install', all)));
    else if (!isInstalled(all)) await step('updating packages', () => npm('install', all));
    writeFileSync(stamp, `${lock} ${all ? 'all' : 'shop'}`);
  }
  return pinnedNode();
}

function lockHash() {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  return hash.update(`${process.platform} ${process.arch}`).digest('hex');
}

/**
 * Whether npm's own record of node_modules says that it holds what the lock file asks for.
 * @param {boolean} all
 */
function isInstalled(all) {
  const read = (/** @type {string} */ path) => JSON.parse(readFileSync(path, 'utf8')).packages;
  const wanted = read(join(root, 'package-lock.json'));
  const found = read(join(modules, '.package-lock.json'));
  return Object.keys(wanted).every((path) => {
    if (path === '' || (wanted[path].dev && !all)) return true;
    return found[path] ? found[path].version === wanted[path].version : Boolean(wanted[path].optional);
  });
}

/** @param {string} command @param {boolean} all */
function npm(command, all) {
  const flags = [
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    all ? '--include=dev' : '--omit=dev',
    '--include=optional',
    '--loglevel=error',
  ];
  const ours = process.env.npm_execpath?.endsWith('.js') ? process.env.npm_execpath : undefined;
  const [file, args] = ours ? [process.execPath, [ours, command, ...flags]] : ['npm', [command, ...flags]];
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: !ours && process.platform === 'win32',
    });
    let said = '';
    child.stdout.on('data', (data) => (said += data));
    child.stderr.on('data', (data) => (said += data));
    child.on('error', (problem) => reject(new Error(`npm cannot be run: ${problem.message}`)));
    child.on('exit', (code) =>
      code === 0 ? resolve(undefined) : reject(new Error(`npm ${command} failed:\n${said}`)),
    );
  });
}

/** Node as the package `node` placed it; else the Node that runs this, if it is new enough to run TypeScript. */
function pinnedNode() {
  const path = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const version = JSON.parse(readFileSync(join(modules, 'node', 'package.json'), 'utf8')).version;
  if (existsSync(path)) {
    const run = spawnSync(path, ['--version'], { encoding: 'utf8' });
    if (run.status === 0) return path;
    fail(
      `Node ${version} is installed in node_modules but does not run here: ${run.error?.message ?? run.stderr}`,
    );
  }
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 24 || (major === 24 && minor >= 12)) return process.execPath;
  return fail(
    `npm did not place Node ${version} into node_modules: install scripts seem to be switched off (npm config get ignore-scripts).\n` +
      'Run this once:  npm rebuild node --ignore-scripts=false\n' +
      'or start with Node 24.12 or newer.',
  );
}

/**
 * Runs a step; one that takes over a second is shown with its seconds.
 * @param {string} name
 * @param {() => Promise<unknown>} act
 */
async function step(name, act) {
  const from = Date.now();
  const seconds = () => ((Date.now() - from) / 1000).toFixed(0);
  const live = process.stderr.isTTY;
  process.stderr.write(`  ${name} …${live ? '' : '\n'}`);
  const every = live ? 1000 : 10_000;
  const timer = setInterval(
    () => process.stderr.write(live ? `\r  ${name} … ${seconds()} s` : `    ${seconds()} s\n`),
    every,
  );
  try {
    await act();
  } catch (problem) {
    process.stderr.write('\n');
    fail(problem instanceof Error ? problem.message : String(problem));
  } finally {
    clearInterval(timer);
  }
  process.stderr.write(`${live ? '\r' : ''}  ${name}: ${seconds()} s\n`);
}

/**
 * Goes on under the pinned Node: same terminal, signals passed on, and ended when this process ends.
 * @param {string} node
 * @param {string[]} args
 */
export function goOn(node, args) {
  const path = `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`; // tools that say `env node` get the pinned one too
  const env = { ...process.env, PATH: path, NODE_COMPILE_CACHE: join(modules, '.cache', 'compile') };
  const child = spawn(node, args, { cwd: root, stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal));
  child.on('error', (problem) => fail(problem.message));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}

/** @param {string} text @returns {never} */
function fail(text) {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}
