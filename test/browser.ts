import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

// 67 MB that hardly anybody needs: fetched only where there is no other.
const packed = '@sparticuz/chromium';
const packedVersion = '153.0.0';
const besideModules = join(dirname(import.meta.dirname), 'node_modules', '.cache', 'browser');

/**
 * A Chromium to drive: MENGYUE_BROWSER, else an installed one, else the one that @sparticuz/chromium carries
 * (fetched from npm, and unpacked into the temporary folder). Throws when none can be had.
 */
export async function findBrowser(say: (line: string) => void = () => undefined): Promise<string> {
  const given = process.env['MENGYUE_BROWSER'];
  if (given) return given;
  const installed = usualPlaces().find((path) => existsSync(path) && answers(path));
  if (installed) return installed;
  say(`no Chromium is installed; fetching ${packed}@${packedVersion} from npm`);
  const { default: chromium } = (await import(pathToFileURL(fetchPacked()).href)) as {
    default: { executablePath: () => Promise<string> };
  };
  const path = await chromium.executablePath();
  if (!answers(path))
    throw new Error(
      `The Chromium from npm does not run here (${path}). Install chromium, or set MENGYUE_BROWSER.`,
    );
  return path;
}

/** Installs the packed Chromium into a folder of its own, unless it is there; answers the file to import. */
function fetchPacked(): string {
  const file = join(besideModules, 'node_modules', packed, 'build', 'index.js');
  if (existsSync(file)) return file;
  mkdirSync(besideModules, { recursive: true });
  writeFileSync(join(besideModules, 'package.json'), '{ "private": true }\n');
  const flags = ['--no-save', '--no-package-lock', '--prefer-offline', '--no-audit', '--no-fund'];
  execFileSync('npm', ['install', ...flags, `${packed}@${packedVersion}`], {
    cwd: besideModules,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  return file;
}

function usualPlaces(): string[] {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
  const onPath = (process.env['PATH'] ?? '')
    .split(':')
    .flatMap((folder) => names.map((name) => join(folder, name)));
  const caches = [join(homedir(), '.cache/ms-playwright'), join(homedir(), 'Library/Caches/ms-playwright')];
  const cached = caches.flatMap((cache) =>
    globSync(`${cache}/chromium-*/chrome-*/{chrome,Chromium.app/Contents/MacOS/Chromium}`),
  );
  return [
    ...onPath,
    ...cached.sort().toReversed(),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ];
}

function answers(path: string): boolean {
  try {
    execFileSync(path, ['--version'], { timeout: 20_000, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
