import { execFileSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * A Chromium to drive: MENGYUE_BROWSER, else an installed one, else the one that @sparticuz/chromium carries
 * (unpacked into the temporary folder). Throws when none can be had.
 */
export async function findBrowser(say: (line: string) => void = () => undefined): Promise<string> {
  const given = process.env['MENGYUE_BROWSER'];
  if (given) return given;
  const installed = usualPlaces().find((path) => existsSync(path) && answers(path));
  if (installed) return installed;
  say('no Chromium is installed; unpacking the one from npm');
  const { default: chromium } = await import('@sparticuz/chromium');
  const path = await chromium.executablePath();
  if (!answers(path))
    throw new Error(
      `The Chromium from npm does not run here (${path}). Install chromium, or set MENGYUE_BROWSER.`,
    );
  return path;
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
